/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "aggregator/release.h"

/*
 * All figures of a release as one tidy table: a row a figure, a column a property. CSV, JSON and XLSX are this table written three ways. The
 * status is never empty; a number that is not told is an empty cell, never 0.
 */

enum report_table_column {
    REPORT_TABLE_LEVEL,   /* class, year, school, breakdown */
    REPORT_TABLE_ABOUT,   /* response, participation, item, scale */
    REPORT_TABLE_SUBJECT, /* name of the item or scale */
    REPORT_TABLE_FIGURE,  /* option, group, mean, ... (report_label_kind); asked, came_in, percent */
    REPORT_TABLE_OPTION,  /* name of the option, number of the group or bin */
    REPORT_TABLE_LABEL,   /* the same in words */
    REPORT_TABLE_STATUS,  /* published, banded, hidden, head_count_wrong */
    REPORT_TABLE_LOW,
    REPORT_TABLE_HIGH,
    REPORT_TABLE_N,
    REPORT_TABLE_UNIT, /* number of the unit at its level, from 0 */
    REPORT_TABLE_UNIT_LABEL,
    REPORT_TABLE_PERCENT_LOW, /* of counts of an item: of who answered */
    REPORT_TABLE_PERCENT_HIGH,
    REPORT_TABLE_BREAKDOWN, /* name of the background question, at breakdown level */
    REPORT_TABLE_COLUMNS
};

enum report_table_kind { REPORT_TABLE_EMPTY, REPORT_TABLE_TEXT, REPORT_TABLE_NUMBER };

struct report_table_cell {
    enum report_table_kind kind;
    const char *text; /* of numbers too, with a full stop; "" when empty. Valid during the call */
    double number;
};

/* A stable name for programs; and what it means, in the language. */
const char *report_table_name(enum report_table_column column);
const char *report_table_meaning(enum report_table_column column, bool english);

typedef void report_table_put(void *context, const struct report_table_cell cells[REPORT_TABLE_COLUMNS]);

/* Calls `put` for each row: response of every class and of the school, then all figures in the release's order. Faults of release_belongs. */
enum fault report_table_each(const struct release *release, const struct round *round, const char *language,
                             report_table_put *put, void *context) FAULT_MUST_CHECK;

#endif
