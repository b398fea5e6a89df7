/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAT_PROPORTION_H
#define STAT_PROPORTION_H

#include "stat.h"

/*
 * Shares of pupils: x of the n who answered, of N (`heads`) who were asked. Three questions are kept apart:
 * what those who answered said (x / n, exact, no interval); what the absent could change (bounds); what a
 * share tells about more than the pupils of this year (Wilson, without N).
 */

/*
 * Wilson's score interval (Wilson 1927): (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). n > 0
 * need not be whole: an effective sample size will do. 0 <= x <= n.
 */
struct stat_interval stat_proportion_wilson(double x, double n, double level);

/* The same with the quantile itself instead of the level: of a t distribution where there are few classes. */
struct stat_interval stat_proportion_wilson_at(double x, double n, double quantile);

/*
 * Wilson with the finite population correction: n* = n (N-1)/(N-n) in place of n (O'Neill 2021); n = N gives
 * a point.
 */
struct stat_interval stat_proportion_wilson_finite(uint32_t x, uint32_t n, uint32_t heads, double level);

/* Counts of pupils among all N. */
struct stat_counts {
    uint32_t low, high;
};

/* What the absent could change, whoever they are: x .. x + N - n (Manski's worst case). n <= N. */
struct stat_counts stat_proportion_bounds(uint32_t x, uint32_t n, uint32_t heads);

/*
 * Every number of marked pupils K among N that is compatible with x of n, absence taken for chance:
 * P(X >= x | K) > a/2 and P(X <= x | K) > a/2, X hypergeometric, within the bounds above (Wang 2015). n <= N.
 */
struct stat_counts stat_proportion_exact(uint32_t x, uint32_t n, uint32_t heads, double level);

/* How the interval of a share for this school, these pupils, this year is made. */
enum stat_proportion_method {
    STAT_PROPORTION_BOUNDS, /* N - n <= 10 or N < 50: what the absent could change */
    STAT_PROPORTION_FINITE  /* else: Wilson with finite population correction */
};

struct stat_proportion {
    enum stat_state state; /* OK; NOTHING: n = 0 or x > n; HEADS_WRONG: n > N */
    enum stat_proportion_method method;
    double share;                  /* x / n: what those who answered said */
    struct stat_interval interval; /* as a share of N */
};
void stat_proportion_describe(struct stat_proportion *out, uint32_t x, uint32_t n, uint32_t heads,
                              double level);

/*
 * Difference of two independent shares, second minus first: Newcombe's hybrid of Wilson limits (Newcombe
 * 1998, method 10). Effective sample sizes allowed; `quantile` is 1.96 or that of a t distribution.
 */
struct stat_interval stat_proportion_difference(double x1, double n1, double x2, double n2, double quantile);

#endif
