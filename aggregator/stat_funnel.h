/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAT_FUNNEL_H
#define STAT_FUNNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "stat.h"

/*
 * Within which limits a class of n pupils lies when it is like the others: instead of a ranking
 * (Spiegelhalter 2005). Drawn at
 * 95 % and 99.8 %, against n. Outside the outer limits: worth a conversation; inside: nothing to explain.
 */

/*
 * Limits of a share: exact binomial, interpolated between counts as Spiegelhalter 2005 (appendix): with r the
 * smallest count whose P(X <= r) reaches the tail a, limit = (r - (P(X <= r) - a) / P(X = r)) / n. 0 < share
 * < 1, n > 0. At `dispersion` 1; see below.
 */
struct stat_interval stat_funnel_share(double share, uint32_t n, double level, double dispersion);

/* Limits of a mean: mean -+ z sd sqrt(dispersion / n); `sd` is that within classes. */
struct stat_interval stat_funnel_mean(double mean, double sd, uint32_t n, double level, double dispersion);

/*
 * How much more classes differ than chance alone makes them: the mean of the squared standardised distances,
 * each cut at the 5th and
 * 95th percentile of a standard normal, at least 1 (Spiegelhalter 2005, winsorised). Limits are widened by
 * its root around the middle, so that an ordinary difference between classes is not an alarm. 1 for fewer
 * than `STAT_FUNNEL_LEAST` classes.
 */
enum { STAT_FUNNEL_LEAST = 5 };
double stat_funnel_dispersion(const double *distances, size_t count);

/* One class in a funnel of means. */
struct stat_funnel_class {
    uint32_t n;
    double mean;
    bool outside; /* set by stat_funnel_judge */
};

struct stat_funnel {
    double mean, sd;
    double dispersion;
    double level; /* of the outer limits */
};

/*
 * Which classes lie outside the outer limits by more than `rounding`, the most that the rounding of their
 * means can have made. The outer limits are at
 * 99.8 %; with more than 25 classes at 1 - 0.05 / classes (Bonferroni), so that in a school whose classes do
 * not differ at most one in twenty funnels has any class outside. Simulated in tests/test_funnel.c. `sd` > 0,
 * each n > 0.
 */
void stat_funnel_judge(struct stat_funnel *out, struct stat_funnel_class *classes, size_t count, double mean,
                       double sd, double rounding);

/*
 * How many pupils count in the mean of a class, where only the school's number is told: as large a part of
 * the class's contributions as of all, rounded down; 0 when nobody contributed.
 */
uint32_t stat_funnel_size(uint32_t contributions, uint32_t school_counts, uint64_t school_contributions);

#endif
