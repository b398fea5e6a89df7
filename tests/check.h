/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHECK_H
#define CHECK_H

/* cmocka with what it needs included first, and the one assertion it lacks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>

#include <stdlib.h>

#include "core/fault.h"

/* Shows both faults by name. */
#define check_fault(actual, expected) check_fault_at((actual), (expected), __FILE__, __LINE__)

static inline void check_fault_at(enum fault actual, enum fault expected, const char *file, int line) {
    if (actual != expected) {
        print_error("got %s, expected %s\n", fault_name(actual), fault_name(expected));
        _fail(file, line);
    }
}

/* How often something is repeated: as usual, or, with KLANKBORD_SOAK set (./dev soak), for hours. */
static inline int check_amount(int usual, int soak) {
    return getenv("KLANKBORD_SOAK") ? soak : usual;
}

#endif
