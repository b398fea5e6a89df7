/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAT_MEAN_H
#define STAT_MEAN_H

#include <stddef.h>

#include "stat.h"

/*
 * Means of whole numbers (a scale's scores in units of 1 / layout unit, or 0 and 1 for a share) over classes.
 * What exists of a class is only how many count and their sum; the sum of squares exists per stratum (a group
 * of years), from the histogram. So the spread within a class is known only as the pooled one of its stratum:
 * total minus between. It is exact; what it assumes is one spread for all classes of a stratum.
 *
 * Bounds, so that every total is exact in 64 bits: n * largest score < 2^32 over the school (core/layout.h,
 * layout_fits).
 */

struct stat_class {
    uint16_t stratum; /* index; classes of a stratum need not lie together */
    uint32_t heads;   /* pupils asked; n <= heads */
    uint32_t n;       /* whose score counts */
    uint64_t sum;
};

struct stat_mean {
    enum stat_state state;
    double mean;
    double se;
    double df;
};

/*
 * The school's mean as one of the schools that it might have been: classes are clusters, no finite population
 * correction. The only standard error from which a difference or a trend may be claimed. ratio mean of the
 * class sums; V = m/(m-1) sum of (u_c - u)^2, u_c = w_c (s_c - n_c mean) / sum of w n; df = m - 1 (Binder
 * 1983). With `weighted`, w_c = N_c / n_c (each class counts for its heads), else 1.
 * Classes with n = 0 are left out. TOO_FEW: fewer than two classes; NOTHING: no pupils; HEADS_WRONG. With one
 * class the mean is still given.
 */
void stat_mean_clusters(struct stat_mean *out, const struct stat_class *classes, size_t count, bool weighted);

/* Sum of squares over one stratum. */
struct stat_stratum {
    uint64_t squares;
};

/*
 * The school's mean of these pupils this year, all classes asked, the absent taken for missing by chance:
 * mean = sum of N_c mean_c / N; V = sum of
 * (N_c / N)^2 (1 - n_c / N_c) s^2 / n_c (Cochran 1977, section 5), s^2 pooled within the classes of the
 * stratum; df = sum of (n - classes).
 * A description; never the margin of a comparison. TOO_FEW: a stratum whose every class has one pupil that
 * counts, while somebody was absent. NOTHING; HEADS_WRONG.
 */
void stat_mean_strata(struct stat_mean *out, const struct stat_class *classes, size_t count,
                      const struct stat_stratum *strata, size_t stratum_count);

/* One-way analysis of variance over classes, and what follows from it (Kish 1965). */
struct stat_spread {
    enum stat_state
        state; /* OK; TOO_FEW: fewer than two classes, or nobody shares one; NO_VARIATION; NOTHING */
    uint64_t n;
    double sd;              /* over all pupils, with n - 1 */
    double within, between; /* mean squares */
    double within_df;       /* n - classes */
    double icc;             /* (MSB - MSW) / (MSB + (n0 - 1) MSW); may be below 0 */
    double deff;            /* 1 + (mean class size - 1) icc, at least 0 */
};
void stat_mean_spread(struct stat_spread *out, const struct stat_class *classes, size_t count,
                      uint64_t squares);

/* The two-sided interval of a mean with its t quantile; df may be fractional, > 0. */
struct stat_interval stat_mean_interval(double mean, double se, double df, double level);

/*
 * What the absent could change: the mean over all `heads` when the heads - n whose score does not count all
 * had the lowest, or all the highest, possible score (Manski's worst case). `half`: what the rounding of a
 * published mean may have taken or given. n <= heads, heads > 0.
 */
struct stat_interval stat_mean_bounds(double mean, double half, uint32_t n, uint32_t heads, double lowest,
                                      double highest);

#endif
