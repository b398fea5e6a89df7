/* SPDX-License-Identifier: Apache-2.0 */
#include "stat_mean.h"

#include <math.h>

#include "stat_math.h"

struct totals {
    size_t classes; /* with somebody that counts */
    uint64_t n, heads, sum;
    bool wrong;
};

static struct totals add_up(const struct stat_class *classes, size_t count) {
    struct totals totals = {0};
    for (size_t i = 0; i < count; i++) {
        totals.wrong = totals.wrong || classes[i].n > classes[i].heads;
        if (classes[i].n) {
            totals.classes++;
            totals.n += classes[i].n;
            totals.heads += classes[i].heads;
            totals.sum += classes[i].sum;
        }
    }
    return totals;
}

static enum stat_state state_of(const struct totals *totals) {
    return totals->wrong ? STAT_HEADS_WRONG : totals->n == 0 ? STAT_NOTHING : STAT_OK;
}

static double weight_of(const struct stat_class *item, bool weighted) {
    return weighted ? (double)item->heads / item->n : 1;
}

void stat_mean_clusters(struct stat_mean *out, const struct stat_class *classes, size_t count,
                        bool weighted) {
    struct totals totals = add_up(classes, count);
    double whole = 0, sum = 0, squares = 0;
    *out = (struct stat_mean){.state = state_of(&totals)};
    if (out->state != STAT_OK) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (classes[i].n) {
            whole += weight_of(&classes[i], weighted) * classes[i].n;
            sum += weight_of(&classes[i], weighted) * (double)classes[i].sum;
        }
    }
    out->mean = sum / whole;
    if (totals.classes < 2) {
        out->state = STAT_TOO_FEW;
        return;
    }
    /* The u_c add up to nothing, so their mean need not be taken off. */
    for (size_t i = 0; i < count; i++) {
        if (classes[i].n) {
            double off = (double)classes[i].sum - classes[i].n * out->mean;
            double u = weight_of(&classes[i], weighted) * off / whole;
            squares += u * u;
        }
    }
    double m = (double)totals.classes;
    out->se = sqrt(m / (m - 1) * squares);
    out->df = m - 1;
}

/* Sum of squares within the classes of one stratum, and its degrees of freedom. */
static double within_of(double *df, const struct stat_class *classes, size_t count, uint16_t stratum,
                        uint64_t squares) {
    double within = (double)squares;
    *df = 0;
    for (size_t i = 0; i < count; i++) {
        if (classes[i].stratum == stratum && classes[i].n) {
            within -= (double)classes[i].sum * (double)classes[i].sum / classes[i].n;
            *df += classes[i].n - 1.0;
        }
    }
    return fmax(0, within);
}

/* Adds the part of one stratum to the variance; false when it cannot be told. */
static bool add_stratum(struct stat_mean *out, const struct stat_class *classes, size_t count,
                        uint16_t stratum, uint64_t squares, double heads) {
    double df, within = within_of(&df, classes, count, stratum, squares);
    for (size_t i = 0; i < count; i++) {
        const struct stat_class *item = &classes[i];
        if (item->stratum != stratum || item->n == 0 || item->n == item->heads) {
            continue;
        }
        if (df <= 0) {
            return false;
        }
        double share = item->heads / heads;
        out->se += share * share * (1 - (double)item->n / item->heads) * (within / df) / item->n;
    }
    out->df += df;
    return true;
}

void stat_mean_strata(struct stat_mean *out, const struct stat_class *classes, size_t count,
                      const struct stat_stratum *strata, size_t stratum_count) {
    struct totals totals = add_up(classes, count);
    *out = (struct stat_mean){.state = state_of(&totals)};
    if (out->state != STAT_OK) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (classes[i].n) {
            out->mean +=
                (double)classes[i].heads / (double)totals.heads * (double)classes[i].sum / classes[i].n;
        }
    }
    for (size_t i = 0; i < stratum_count; i++) {
        if (!add_stratum(out, classes, count, (uint16_t)i, strata[i].squares, (double)totals.heads)) {
            out->state = STAT_TOO_FEW;
        }
    }
    out->se = sqrt(out->se);
}

/* n * squares - sum^2 as an exact integer; both products stay below 2^64 by the bounds in the header. */
static double about_mean(uint64_t n, uint64_t squares, uint64_t sum) {
    return (double)(n * squares - sum * sum) / (double)n;
}

void stat_mean_spread(struct stat_spread *out, const struct stat_class *classes, size_t count,
                      uint64_t squares) {
    struct totals totals = add_up(classes, count);
    double between = 0, square_sizes = 0;
    *out = (struct stat_spread){.state = totals.n < 2 ? STAT_NOTHING : STAT_OK, .n = totals.n};
    if (out->state != STAT_OK) {
        return;
    }
    double n = (double)totals.n, m = (double)totals.classes;
    double total = about_mean(totals.n, squares, totals.sum), mean = (double)totals.sum / n;
    out->sd = sqrt(total / (n - 1));
    if (totals.classes < 2 || totals.n == totals.classes) {
        out->state = STAT_TOO_FEW;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        if (classes[i].n) {
            double size = classes[i].n, off = (double)classes[i].sum / size - mean;
            between += size * off * off;
            square_sizes += size * size;
        }
    }
    double n0 = (n - square_sizes / n) / (m - 1);
    out->between = between / (m - 1);
    out->within_df = n - m;
    out->within = fmax(0, total - between) / out->within_df;
    if (totals.n * squares == totals.sum * totals.sum) {
        out->state = STAT_NO_VARIATION;
        return;
    }
    out->icc = (out->between - out->within) / (out->between + (n0 - 1) * out->within);
    out->deff = fmax(0, 1 + (n / m - 1) * out->icc);
}

struct stat_interval stat_mean_interval(double mean, double se, double df, double level) {
    double half = se > 0 ? stat_math_t_quantile(0.5 + level / 2, df) * se : 0;
    return (struct stat_interval){mean - half, mean + half};
}

struct stat_interval stat_mean_bounds(double mean, double half, uint32_t n, uint32_t heads, double lowest,
                                      double highest) {
    double absent = (double)heads - n;
    double low = fmax(lowest, mean - half);
    double high = fmin(highest, mean + half);
    return (struct stat_interval){(low * n + lowest * absent) / heads, (high * n + highest * absent) / heads};
}
