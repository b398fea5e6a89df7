/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever the table: classes or problems, never both, and every class is one that a round may hold. */
#include <stdlib.h>
#include <string.h>

#include "aggregator/school_csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check_class(const struct round_class *item, uint16_t number) {
    must(item->number == number && item->years != 0);
    must(item->label[0] && memchr(item->label, '\0', sizeof item->label) != NULL);
    must(bytes_are_plain_text(item->label, strlen(item->label), false));
    must(memchr(item->reason, '\0', sizeof item->reason) != NULL);
    must(bytes_are_plain_text(item->reason, strlen(item->reason), false));
    must(item->heads >= 1 && item->heads <= ROUND_HEADS && item->not_asked <= item->heads);
    must((item->not_asked == 0) == (item->reason[0] == '\0'));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct school_csv csv = {0};
    enum fault fault = school_csv_read(&csv, (struct bytes){data, size});
    must(fault == FAULT_NONE || fault == FAULT_USAGE);
    must((fault == FAULT_NONE) == (csv.class_count > 0));
    must((fault == FAULT_NONE) == (csv.problem_count == 0));
    must(csv.class_count <= ROUND_CLASSES);
    for (uint16_t i = 0; i < csv.class_count; i++) {
        check_class(&csv.class_list[i], (uint16_t)(i + 1));
    }
    school_csv_release(&csv);
    return 0;
}
