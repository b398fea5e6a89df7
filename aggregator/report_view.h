/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_VIEW_H
#define REPORT_VIEW_H

#include "aggregator/release.h"

/*
 * A row of a release, ready to be shown: how many answered, and each share. Nothing is derived that any
 * reader of the release could not derive.
 */

enum report_view_state {
    REPORT_VIEW_ABSENT, /* the release has no such row */
    REPORT_VIEW_HIDDEN, /* it has, and no count of it is told */
    REPORT_VIEW_SHOWN
};

struct report_view_cell {
    const struct release_figure *figure;
    uint32_t percent_low, percent_high; /* whole percent of who answered; 0..100 when hidden */
};

struct report_view {
    enum report_view_state state;
    bool several; /* more than one could be chosen */
    bool coarse;  /* cells are groups of options */
    uint32_t n;   /* contributions of the row, 0 when not told */
    uint32_t answered_low, answered_high;
    uint16_t count;
    struct report_view_cell cell[QUESTIONNAIRE_OPTIONS]; /* options or groups, ascending */
    uint16_t missing_count;
    const struct release_figure *missing[5]; /* DONT_KNOW .. MISSING that are there */
};

/* One item in one unit. `item` is in range. */
void report_view_item(struct report_view *out, const struct release *release, enum release_level level,
                      uint16_t unit, uint16_t item);

/* Whether any figure of the release is at this level. */
bool report_view_has_level(const struct release *release, enum release_level level);
/* Whether any figure is about this unit. */
bool report_view_has_unit(const struct release *release, enum release_level level, uint16_t unit);

/* The published value of one figure in units of 10^-decimals; false when hidden, banded or not there. */
bool report_view_value(const struct release_figure *figure, uint32_t *value, uint8_t *decimals);

/*
 * How favourable option or group `index` of the item is, by the direction of its scale, from 0: least
 * favourable. `coarse`: a group. Items outside scales: the order of the list. Returns the cells' positions as
 * a permutation in `order` (order[0] is the cell to show first).
 */
void report_view_order(uint16_t order[QUESTIONNAIRE_OPTIONS], const struct questionnaire *questionnaire,
                       uint16_t item, const struct report_view *view);

#endif
