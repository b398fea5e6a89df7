/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_table.h"

#include <csv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author_bytes.h"

/* What libcsv's callbacks get. */
struct reading {
    struct author_table_writer writer;
    bool after_return; /* the last thing was a carriage return that ended a row */
};

/*
 * The array with room for `more` elements of `size` bytes; NULL when memory is out, and then it is as it was.
 */
static void *grown(void *data, size_t *capacity, size_t count, size_t more, size_t size) {
    if (data && more <= *capacity - count) {
        return data;
    }
    size_t wanted = *capacity < 256 ? 256 : *capacity * 2;
    wanted = wanted < count + more ? count + more : wanted;
    void *larger = realloc(data, wanted * size);
    *capacity = larger ? wanted : *capacity;
    return larger;
}

static bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/*
 * Trims, and writes every kind of line break as one line feed. Returns the length kept in `out`, which has
 * room for `size`.
 */
static size_t tidy(char *out, const char *data, size_t size) {
    size_t start = 0, used = 0;
    while (start < size && is_blank(data[start])) {
        start++;
    }
    while (size > start && is_blank(data[size - 1])) {
        size--;
    }
    for (size_t i = start; i < size; i++) {
        if (data[i] == '\r') {
            out[used++] = '\n';
            i += i + 1 < size && data[i + 1] == '\n';
        } else {
            out[used++] = data[i];
        }
    }
    return used;
}

static bool store(struct author_table *table, const char *data, size_t size) {
    size_t *cell = grown(table->cell, &table->cell_capacity, table->cell_count, 1, sizeof *cell);
    table->cell = cell ? cell : table->cell;
    char *text = cell ? grown(table->text, &table->text_capacity, table->text_size, size + 1, 1) : NULL;
    if (!text) {
        return false;
    }
    table->text = text;
    char *out = table->text + table->text_size;
    size_t used = size ? tidy(out, data, size) : 0;
    out[used] = '\0';
    table->cell[table->cell_count++] = table->text_size;
    table->text_size += used + 1;
    return true;
}

static void report_limit(struct author_table_writer *writer, enum author_message message, uint32_t column,
                         int limit) {
    char text[16];
    struct author_report_place place = {writer->sheet, writer->number, column, NULL};
    snprintf(text, sizeof text, "%d", limit);
    author_report_add(writer->report, message, place, text, NULL);
}

void author_table_add_cell(struct author_table_writer *writer, const char *data, size_t size) {
    writer->column++;
    if (writer->fault || writer->full) {
        return;
    }
    if (writer->column > AUTHOR_TABLE_COLUMNS) {
        if (size > 0 && writer->column == AUTHOR_TABLE_COLUMNS + 1) {
            report_limit(writer, AUTHOR_FILE_COLUMNS, writer->column, AUTHOR_TABLE_COLUMNS);
        }
        return;
    }
    if (size > AUTHOR_TABLE_CELL) {
        report_limit(writer, AUTHOR_FILE_CELL, writer->column, AUTHOR_TABLE_CELL);
        size = 0;
    }
    if (!store(writer->table, data, size)) {
        writer->fault = FAULT_MEMORY;
        return;
    }
    if (writer->table->text[writer->table->cell[writer->table->cell_count - 1]]) {
        writer->filled = writer->column;
    }
}

/*
 * Keeps the row when it is filled; gives the room of its empty tail back, for spreadsheets save thousands of
 * those.
 */
static void keep_row(struct author_table_writer *writer) {
    struct author_table *table = writer->table;
    table->cell_count = writer->first + writer->filled;
    if (writer->filled == 0) {
        return;
    }
    if (table->row_count == AUTHOR_TABLE_ROWS) {
        report_limit(writer, AUTHOR_FILE_ROWS, 0, AUTHOR_TABLE_ROWS);
        table->cell_count = writer->first;
        writer->full = true;
        return;
    }
    struct author_table_row *row = grown(table->row, &table->row_capacity, table->row_count, 1, sizeof *row);
    if (!row) {
        writer->fault = FAULT_MEMORY;
        return;
    }
    table->row = row;
    row[table->row_count++] = (struct author_table_row){writer->number, writer->filled, writer->first};
}

void author_table_end_row(struct author_table_writer *writer) {
    if (!writer->fault && !writer->full) {
        keep_row(writer);
    }
    writer->number++;
    writer->column = 0;
    writer->filled = 0;
    writer->first = writer->table->cell_count;
}

static void end_cell(void *data, size_t size, void *context) {
    struct reading *reading = context;
    reading->after_return = false;
    author_table_add_cell(&reading->writer, data, size);
}

/* libcsv reports both halves of a CR LF; together they end one row. */
static void end_row(int ending, void *context) {
    struct reading *reading = context;
    bool second_half = ending == '\n' && reading->after_return;
    reading->after_return = ending == '\r';
    if (second_half) {
        return;
    }
    author_table_end_row(&reading->writer);
}

static enum fault parse(struct reading *reading, struct bytes csv) {
    struct csv_parser parser;
    enum fault fault = FAULT_NONE;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
        return FAULT_MEMORY;
    }
    csv_set_delim(&parser, author_bytes_delimiter(csv));
    size_t read = csv_parse(&parser, csv.data, csv.size, end_cell, end_row, reading);
    if (read != csv.size || csv_fini(&parser, end_cell, end_row, reading) != 0) {
        if (csv_error(&parser) == CSV_EPARSE) {
            struct author_report_place place = {NULL, reading->writer.number, reading->writer.column + 1,
                                                NULL};
            author_report_add(reading->writer.report, AUTHOR_FILE_QUOTE, place, NULL, NULL);
            fault = FAULT_QUESTIONNAIRE;
        } else {
            fault = FAULT_MEMORY;
        }
    }
    csv_free(&parser);
    return reading->writer.fault ? reading->writer.fault : fault;
}

enum fault author_table_read(struct author_table *table, struct author_report *report, struct bytes csv) {
    struct reading reading = {.writer = {.table = table, .report = report, .number = 1}};
    *table = (struct author_table){0};
    if (!author_bytes_are_text(&csv, report)) {
        return FAULT_QUESTIONNAIRE;
    }
    enum fault fault = parse(&reading, csv);
    if (fault) {
        author_table_release(table);
    }
    return fault;
}

void author_table_release(struct author_table *table) {
    free(table->text);
    free(table->cell);
    free(table->row);
    *table = (struct author_table){0};
}

const char *author_table_cell(const struct author_table *table, size_t row, uint32_t column) {
    if (row >= table->row_count || column == 0 || column > table->row[row].cells) {
        return "";
    }
    return table->text + table->cell[table->row[row].first + column - 1];
}
