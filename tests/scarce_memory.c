/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/scarce_memory.h"

#include <stdbool.h>
#include <stddef.h>

long scarce_memory_left = -1;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *data, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *data, size_t size);

static bool refuses(void) {
    return scarce_memory_left >= 0 && scarce_memory_left-- == 0;
}

void *__wrap_malloc(size_t size) {
    return refuses() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size) {
    return refuses() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *data, size_t size) {
    return refuses() ? NULL : __real_realloc(data, size);
}
