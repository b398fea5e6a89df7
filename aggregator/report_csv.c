/* SPDX-License-Identifier: Apache-2.0 */
#include "report_csv.h"

#include <string.h>

#include "report_table.h"

static void put(struct bytes_buffer *out, const char *text) {
    bytes_put(out, text, strlen(text));
}

void report_csv_text(struct bytes_buffer *out, const char *text) {
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;
    put(out, quoted ? "\"" : "");
    put(out, text[0] && strchr("=+-@\t\r", text[0]) ? "'" : "");
    for (const char *at = text; *at; at++) {
        bytes_put(out, at, 1);
        put(out, *at == '"' ? "\"" : "");
    }
    put(out, quoted ? "\"" : "");
}

static void put_row(void *context, const struct report_table_cell cells[REPORT_TABLE_COLUMNS]) {
    struct bytes_buffer *out = context;
    for (int i = 0; i < REPORT_TABLE_COLUMNS; i++) {
        put(out, i ? "," : "");
        if (cells[i].kind == REPORT_TABLE_NUMBER) {
            put(out, cells[i].text);
        } else {
            report_csv_text(out, cells[i].text);
        }
    }
    put(out, "\r\n");
}

enum fault report_csv(struct bytes_buffer *out, const struct release *release, const struct round *round,
                      const char *language) {
    enum fault fault = release_belongs(release, round);
    for (int i = 0; !fault && i < REPORT_TABLE_COLUMNS; i++) {
        put(out, i ? "," : "");
        put(out, report_table_name((enum report_table_column)i));
    }
    if (!fault) {
        put(out, "\r\n");
        fault = report_table_each(release, round, language, put_row, out);
    }
    return fault ? fault : out->fault;
}

enum fault report_csv_dictionary(struct bytes_buffer *out, const char *language) {
    put(out, "column,meaning\r\n");
    for (int i = 0; i < REPORT_TABLE_COLUMNS; i++) {
        report_csv_text(out, report_table_name((enum report_table_column)i));
        put(out, ",");
        report_csv_text(out, report_table_meaning((enum report_table_column)i, strcmp(language, "en") == 0));
        put(out, "\r\n");
    }
    return out->fault;
}
