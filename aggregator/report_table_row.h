/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_TABLE_ROW_H
#define REPORT_TABLE_ROW_H

#include "aggregator/report_label.h"
#include "aggregator/report_table.h"

/* A row in the making; only for report_table*.c. `column` < REPORT_TABLE_MOST. */

struct report_table_row {
    struct report_table_cell cell[REPORT_TABLE_MOST];
    char number[REPORT_TABLE_MOST][REPORT_LABEL_NUMBER]; /* what the cells of numbers point to */
};

void report_table_row_clear(struct report_table_row *row);
/* `text` is borrowed; "" is an empty cell. */
void report_table_row_text(struct report_table_row *row, int column, const char *text);
/* `value` units of 10^-decimals. */
void report_table_row_number(struct report_table_row *row, int column, uint64_t value, uint8_t decimals);
/* Rounded to that many decimals; an empty cell when it is no number. */
void report_table_row_real(struct report_table_row *row, int column, double value, uint8_t decimals);
/*
 * Name of an option, number of a group; leaves the cell of whatever has none. `room` stays until the row is
 * put.
 */
void report_table_row_option(struct report_table_row *row, int column, char room[16],
                             const struct questionnaire *questionnaire, const struct release_figure *figure);

/* The table of changes, for report_table_each. */
enum fault report_table_each_change(const struct report_table_source *source, report_table_put *put,
                                    void *context) FAULT_MUST_CHECK;

#endif
