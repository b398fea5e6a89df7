/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_TABLE_H
#define AUTHOR_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "aggregator/author_report.h"
#include "core/bytes.h"

/*
 * A CSV file as rows of cells, read with libcsv and bounded. Rows and columns keep the numbers that a
 * spreadsheet shows: blank rows count, a line break inside a cell does not.
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
void author_table_release(
    struct author_table *table); /* accepts zeroed and released ones; leaves it zeroed */

/* The cell's text, "" when it is empty or not there. `row` is an index, `column` counts from 1. */
const char *author_table_cell(const struct author_table *table, size_t row, uint32_t column);

#endif
