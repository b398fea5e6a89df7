/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_TABLE_H
#define AUTHOR_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aggregator/author_report.h"
#include "core/bytes.h"

/*
 * A CSV file as rows of cells, read with libcsv and bounded; or a workbook (author_book.h), which fills the
 * same rows. Rows and columns keep the numbers that a spreadsheet shows: blank rows count, a line break
 * inside a cell does not.
 */

enum {
    AUTHOR_TABLE_BYTES = 4 << 20,
    AUTHOR_TABLE_ROWS = 5000, /* filled ones */
    AUTHOR_TABLE_COLUMNS = 200,
    AUTHOR_TABLE_CELL = 8000 /* bytes */
};

struct author_table_row {
    uint32_t number; /* 1 is the first row of the file */
    uint32_t cells;  /* up to the last filled one */
    size_t first;    /* index in cell[] */
};

/* A zeroed one is empty and valid. */
struct author_table {
    char *text; /* all cells one after another, each zero-terminated */
    size_t text_size, text_capacity;
    size_t *cell; /* offsets in text */
    size_t cell_count, cell_capacity;
    struct author_table_row *row; /* filled rows only */
    size_t row_count, row_capacity;
};

/*
 * Checks the bytes (size, encoding, NUL), finds out the delimiter (comma, semicolon or tab: the most frequent
 * one outside quotation marks), reads the cells and trims them. Line breaks inside a cell become single line
 * feeds. What is wrong goes into `report`. FAULT_QUESTIONNAIRE when nothing can be read; FAULT_MEMORY. Unless
 * it gives a fault, the table may be read even when there are errors in the report: what was too much is then
 * left out.
 */
enum fault author_table_read(struct author_table *table, struct author_report *report,
                             struct bytes csv) FAULT_MUST_CHECK;

/*
 * Filling a table row by row, for both readers. Zeroed but for the pointers and `number`, the row that
 * begins.
 */
struct author_table_writer {
    struct author_table *table;
    struct author_report *report;
    const char *sheet; /* for messages; NULL for the file as a whole */
    uint32_t number;   /* of the row that is being read; the caller may set it between rows */
    uint32_t column;   /* cells of it that were added */
    size_t first;      /* cell index where it began */
    uint32_t filled;   /* up to the last filled cell */
    bool full;         /* too many rows; the rest is not kept */
    enum fault fault;  /* FAULT_MEMORY; sticks */
};
/* The next cell of the row; trimmed. What is too much is reported and left out. */
void author_table_add_cell(struct author_table_writer *writer, const char *data, size_t size);
/* Ends the row: kept when a cell of it is filled. The next one begins, with the next number. */
void author_table_end_row(struct author_table_writer *writer);

void author_table_release(
    struct author_table *table); /* accepts zeroed and released ones; leaves it zeroed */

/* The cell's text, "" when it is empty or not there. `row` is an index, `column` counts from 1. */
const char *author_table_cell(const struct author_table *table, size_t row, uint32_t column);

#endif
