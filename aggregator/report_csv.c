/* SPDX-License-Identifier: Apache-2.0 */
#include "report_csv.h"

#include <string.h>

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

struct rows {
    struct bytes_buffer *out;
    uint16_t columns;
};

static void put_row(void *context, const struct report_table_cell *cells) {
    struct rows *rows = context;
    for (uint16_t i = 0; i < rows->columns; i++) {
        put(rows->out, i ? "," : "");
        if (cells[i].kind == REPORT_TABLE_NUMBER) {
            put(rows->out, cells[i].text);
        } else {
            report_csv_text(rows->out, cells[i].text);
        }
    }
    put(rows->out, "\r\n");
}

enum fault report_csv(struct bytes_buffer *out, const struct report_table_source *source) {
    struct rows rows = {out, source->shape->count};
    enum fault fault = release_belongs(source->release, source->round);
    for (uint16_t i = 0; !fault && i < rows.columns; i++) {
        put(out, i ? "," : "");
        put(out, source->shape->column[i].name);
    }
    if (!fault) {
        put(out, "\r\n");
        fault = report_table_each(source, put_row, &rows);
    }
    return fault ? fault : out->fault;
}

enum fault report_csv_dictionary(struct bytes_buffer *out, const char *language) {
    const struct report_table_shape *const shapes[] = {&report_table_figures, &report_table_changes};
    put(out, "table,column,meaning\r\n");
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        for (uint16_t j = 0; j < shapes[i]->count; j++) {
            const struct report_table_column *column = &shapes[i]->column[j];
            report_csv_text(out, shapes[i]->name);
            put(out, ",");
            report_csv_text(out, column->name);
            put(out, ",");
            report_csv_text(out, strcmp(language, "en") == 0 ? column->en : column->nl);
            put(out, "\r\n");
        }
    }
    return out->fault;
}
