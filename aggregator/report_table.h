/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "aggregator/release.h"

/*
 * What a release says as tidy tables: a row a figure, a column a property. CSV, JSON and XLSX are such a
 * table written three ways. The status is never empty; a number that is not told is an empty cell, never 0. A
 * table of figures is of one release; a table of changes is of two (trend.h).
 */

enum { REPORT_TABLE_MOST = 20 }; /* columns */

struct report_table_column {
    const char *name;    /* stable, for programs */
    const char *nl, *en; /* what it means */
    double width;        /* in a workbook, in characters */
};

struct report_table_shape {
    const char *name; /* "figures", "changes" */
    uint16_t count;   /* of columns */
    const struct report_table_column *column;
};

enum report_table_figure_column {
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
    REPORT_TABLE_EVERYBODY_LOW, /* had everybody who was asked answered, at worst: percent, or score */
    REPORT_TABLE_EVERYBODY_HIGH,
    REPORT_TABLE_BREAKDOWN, /* name of the background question, at breakdown level */
    REPORT_TABLE_COLUMNS
};

enum report_table_change_column {
    REPORT_CHANGE_ABOUT,   /* round, item, scale */
    REPORT_CHANGE_SUBJECT, /* name of the item or scale, now */
    REPORT_CHANGE_FIGURE,  /* mean, option, group */
    REPORT_CHANGE_OPTION,
    REPORT_CHANGE_LABEL,
    REPORT_CHANGE_STATUS, /* compared, too_few_classes, new, changed, hidden; of the round: wrong_order, other_season */
    REPORT_CHANGE_UNIT, /* score, percent: of the numbers from here to `least`, `effect` excepted */
    REPORT_CHANGE_BEFORE,
    REPORT_CHANGE_NOW,
    REPORT_CHANGE_CHANGE,
    REPORT_CHANGE_LOW, /* 95 % interval of the change */
    REPORT_CHANGE_HIGH,
    REPORT_CHANGE_EFFECT,
    REPORT_CHANGE_EFFECT_MEASURE, /* hedges_g, cohen_h */
    REPORT_CHANGE_LEAST,
    REPORT_CHANGE_P,       /* adjusted */
    REPORT_CHANGE_VERDICT, /* chance, hard_to_explain_by_chance, too_few_classes */
    REPORT_CHANGE_COLUMNS
};

extern const struct report_table_shape report_table_figures, report_table_changes;

enum report_table_kind { REPORT_TABLE_EMPTY, REPORT_TABLE_TEXT, REPORT_TABLE_NUMBER };

struct report_table_cell {
    enum report_table_kind kind;
    const char *text; /* of numbers too, with a full stop; "" when empty. Valid during the call */
    double number;
};

/* Where a table comes from; all borrowed. `previous` only for changes; `language` "nl" or "en". */
struct report_table_source {
    const struct report_table_shape *shape;
    const struct release *release, *previous;
    const struct round *round;
    const char *language;
    bool late; /* the release is of a late list: what the absent could change is left empty */
};

/* As many cells as the shape has columns. */
typedef void report_table_put(void *context, const struct report_table_cell *cells);

/*
 * Calls `put` for each row. Figures: response of every class and of the school, then all figures in the
 * release's order. Changes: trend.h's lines in their order, or one row about the round where nothing may be
 * compared. Faults of release_belongs; FAULT_MEMORY.
 */
enum fault report_table_each(const struct report_table_source *source, report_table_put *put,
                             void *context) FAULT_MUST_CHECK;

#endif
