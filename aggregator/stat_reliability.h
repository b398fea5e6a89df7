/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAT_RELIABILITY_H
#define STAT_RELIABILITY_H

#include <stddef.h>

#include "stat.h"

/*
 * How well the items of a scale measure one thing, over the pupils who answered all of them. Of a school or a
 * year, never of a class.
 * Cronbach's alpha needs no cross-products: the spread of each item and of the sum are enough, and both are
 * counts in the layout (COMPLETE, and HISTOGRAM where every item was answered). Omega would need them, so it
 * does not exist here.
 */

enum { STAT_RELIABILITY_LEAST = 100 /* complete cases */ };

struct stat_reliability {
    enum stat_state
        state; /* OK; TOO_FEW: n < 100; NO_VARIATION; NOT_MEANT: formative, or fewer than two items; NOTHING */
    uint32_t n;
    double
        alpha; /* k/(k-1) (1 - sum of item variances / variance of the sum) (Cronbach 1951); may be below 0 */
    struct stat_interval interval; /* Feldt 1965: 1 - (1 - alpha) F */
};

/*
 * `item_counts` are `items` rows of `scores` counters: how many complete cases have the lowest score, the
 * next, ... at that item; each row adds up to n. `sum_counts` are items * (scores - 1) + 1 counters: of the
 * sum, from its lowest. A score's own value does not matter, only the distance from the lowest.
 */
void stat_reliability_alpha(struct stat_reliability *out, const uint64_t *item_counts, uint32_t items,
                            uint32_t scores, const uint64_t *sum_counts, bool formative, double level);

#endif
