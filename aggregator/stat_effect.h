/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAT_EFFECT_H
#define STAT_EFFECT_H

#include <stddef.h>

#include "stat.h"

/* How large a difference is, whether or not chance explains it. Second group minus first. */

/*
 * Hedges' g (Hedges 1981): (mean2 - mean1) / s J, s pooled over n - 1 in each group (not over n, as some
 * programs do), J = 1 - 3 / (4 df - 1), df = n1 + n2 - 2. NaN when df < 1 or nothing varies.
 */
double stat_effect_hedges(double mean1, double sd1, uint32_t n1, double mean2, double sd2, uint32_t n2);

/* Cohen's h of two shares: 2 asin sqrt p2 - 2 asin sqrt p1 (Cohen 1988). */
double stat_effect_cohen(double p1, double p2);

/* How many pupils have which value. */
struct stat_point {
    uint64_t value, count;
};

struct stat_order {
    enum stat_state state; /* OK; NOTHING: a group is empty */
    double
        superiority; /* chance that one of the second group is above one of the first, ties half: U / (n1 n2) */
    double cliff;    /* 2 superiority - 1 (Cliff 1993) */
};

/*
 * From histograms; each list ascending by value, without doubles. The counting is exact: n1 n2 < 2^63.
 */
void stat_effect_order(struct stat_order *out, const struct stat_point *first, size_t first_count,
                       const struct stat_point *second, size_t second_count);

/* In words, by customary marks (Cohen 1988): |g| or |h| below 0.2, 0.5, 0.8, and above. */
enum stat_effect_size { STAT_EFFECT_NEGLIGIBLE, STAT_EFFECT_SMALL, STAT_EFFECT_MEDIUM, STAT_EFFECT_LARGE };
enum stat_effect_size stat_effect_size(double effect);

#endif
