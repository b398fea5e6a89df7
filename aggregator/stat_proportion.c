/* SPDX-License-Identifier: Apache-2.0 */
#include "stat_proportion.h"

#include <math.h>

#include "stat_math.h"

enum { ABSENT_FEW = 10, HEADS_FEW = 50 };

static double two_sided(double level) {
    return stat_math_normal_quantile(0.5 + level / 2);
}

struct stat_interval stat_proportion_wilson_at(double x, double n, double quantile) {
    double p = x / n, z = quantile, shrink = 1 + z * z / n;
    double centre = (p + z * z / (2 * n)) / shrink;
    double half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / shrink;
    /* Rounding may leave a hair outside where x is 0 or n; the formula itself never does. */
    return (struct stat_interval){fmax(0, centre - half), fmin(1, centre + half)};
}

struct stat_interval stat_proportion_wilson(double x, double n, double level) {
    return stat_proportion_wilson_at(x, n, two_sided(level));
}

struct stat_interval stat_proportion_wilson_finite(uint32_t x, uint32_t n, uint32_t heads, double level) {
    double p = (double)x / n;
    if (n >= heads) {
        return (struct stat_interval){p, p};
    }
    double effective = (double)n * (heads - 1.0) / (heads - n);
    return stat_proportion_wilson(p * effective, effective, level);
}

struct stat_counts stat_proportion_bounds(uint32_t x, uint32_t n, uint32_t heads) {
    return (struct stat_counts){x, x + (heads - n)};
}

static bool is_compatible(uint32_t marked, uint32_t x, uint32_t n, uint32_t heads, double tail) {
    double at_most = stat_math_hypergeometric(x, n, marked, heads);
    double at_least = x == 0 ? 1 : 1 - stat_math_hypergeometric((int64_t)x - 1, n, marked, heads);
    return at_most > tail && at_least > tail;
}

struct stat_counts stat_proportion_exact(uint32_t x, uint32_t n, uint32_t heads, double level) {
    struct stat_counts set = stat_proportion_bounds(x, n, heads);
    double tail = (1 - level) / 2;
    while (set.low < set.high && !is_compatible(set.low, x, n, heads, tail)) {
        set.low++;
    }
    while (set.high > set.low && !is_compatible(set.high, x, n, heads, tail)) {
        set.high--;
    }
    return set;
}

void stat_proportion_describe(struct stat_proportion *out, uint32_t x, uint32_t n, uint32_t heads,
                              double level) {
    *out = (struct stat_proportion){.state = n > heads         ? STAT_HEADS_WRONG
                                             : n == 0 || x > n ? STAT_NOTHING
                                                               : STAT_OK};
    if (out->state != STAT_OK) {
        return;
    }
    out->share = (double)x / n;
    if (heads - n <= ABSENT_FEW || heads < HEADS_FEW) {
        struct stat_counts bounds = stat_proportion_bounds(x, n, heads);
        out->method = STAT_PROPORTION_BOUNDS;
        out->interval = (struct stat_interval){(double)bounds.low / heads, (double)bounds.high / heads};
    } else {
        out->method = STAT_PROPORTION_FINITE;
        out->interval = stat_proportion_wilson_finite(x, n, heads, level);
    }
}

struct stat_interval stat_proportion_difference(double x1, double n1, double x2, double n2, double quantile) {
    struct stat_interval first = stat_proportion_wilson_at(x1, n1, quantile);
    struct stat_interval second = stat_proportion_wilson_at(x2, n2, quantile);
    double p1 = x1 / n1, p2 = x2 / n2, d = p2 - p1;
    return (struct stat_interval){d - hypot(p2 - second.low, first.high - p1),
                                  d + hypot(second.high - p2, p1 - first.low)};
}
