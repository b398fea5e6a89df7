/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whatever comes as a workbook: a questionnaire or errors that say why. A ZIP file goes through the compiler.
 * Everything else is taken as the parts themselves, each a name between the bytes 1 and 2 and its content, so
 * that the fuzzer reaches the XML without having to find checksums.
 */
#include <stdlib.h>
#include <string.h>

#include "aggregator/author.h"
#include "aggregator/author_book.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum fault read_part(void *context, struct bytes_buffer *out, const char *name) {
    const struct bytes *all = context;
    size_t length = strlen(name);
    for (size_t at = 0; at + length + 2 <= all->size; at++) {
        if (all->data[at] == 1 && memcmp(all->data + at + 1, name, length) == 0 &&
            all->data[at + 1 + length] == 2) {
            size_t start = at + length + 2;
            const uint8_t *end = memchr(all->data + start, 1, all->size - start);
            bytes_put(out, all->data + start, end ? (size_t)(end - all->data) - start : all->size - start);
            return out->fault;
        }
    }
    return FAULT_FILE_MISSING;
}

static void check_report(const struct author_report *report) {
    for (size_t i = 0; i < report->count; i++) {
        const struct author_report_finding *finding = &report->finding[i];
        for (int language = 0; language < 2; language++) {
            if (!bytes_are_plain_text(finding->reason[language], strlen(finding->reason[language]), false)) {
                abort();
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct bytes all = {data, size};
    struct author_report report = {0};
    struct author_table table = {0};
    struct questionnaire *made = NULL;
    enum fault fault = author_book_is_zip(all)
                           ? author_compile(&made, &report, all)
                           : author_book_read_parts(&table, &report, (struct xlsx_parts){read_part, &all});
    if (fault ? fault != FAULT_QUESTIONNAIRE || report.errors == 0 || table.row_count : false) {
        abort();
    }
    for (size_t row = 0; row < table.row_count; row++) {
        for (uint32_t column = 1; column <= table.row[row].cells; column++) {
            if (strlen(author_table_cell(&table, row, column)) > AUTHOR_TABLE_CELL) {
                abort();
            }
        }
    }
    check_report(&report);
    author_table_release(&table);
    author_report_release(&report);
    questionnaire_free(made);
    return 0;
}
