/* SPDX-License-Identifier: Apache-2.0 */
#include "stat_funnel.h"

#include <math.h>

#include "stat_math.h"

static double share_at(double probability, uint32_t n, double share) {
    int64_t r = stat_math_binomial_quantile(probability, n, share);
    double reached = stat_math_binomial(r, n, share);
    double one = reached - stat_math_binomial(r - 1, n, share);
    double part = one > 0 ? (reached - probability) / one : 0;
    return fmin(1, fmax(0, ((double)r - part) / n));
}

static double widen(double middle, double limit, double dispersion) {
    return middle + (limit - middle) * sqrt(dispersion);
}

struct stat_interval stat_funnel_share(double share, uint32_t n, double level, double dispersion) {
    double tail = (1 - level) / 2;
    double low = widen(share, share_at(tail, n, share), dispersion);
    double high = widen(share, share_at(1 - tail, n, share), dispersion);
    return (struct stat_interval){fmax(0, low), fmin(1, high)};
}

struct stat_interval stat_funnel_mean(double mean, double sd, uint32_t n, double level, double dispersion) {
    double half = stat_math_normal_quantile(0.5 + level / 2) * sd * sqrt(dispersion / n);
    return (struct stat_interval){mean - half, mean + half};
}

static double cut_square(double distance) {
    double cut = stat_math_normal_quantile(0.95);
    double within = fmin(cut, fabs(distance));
    return within * within;
}

static double dispersion_of(double sum, size_t count) {
    return count < STAT_FUNNEL_LEAST ? 1 : fmax(1, sum / (double)count);
}

double stat_funnel_dispersion(const double *distances, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += cut_square(distances[i]);
    }
    return dispersion_of(sum, count);
}

void stat_funnel_judge(struct stat_funnel *out, struct stat_funnel_class *classes, size_t count, double mean,
                       double sd, double rounding) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += cut_square((classes[i].mean - mean) / (sd / sqrt(classes[i].n)));
    }
    double tail = count ? fmin(0.002, 0.05 / (double)count) : 0.002;
    *out = (struct stat_funnel){mean, sd, dispersion_of(sum, count), 1 - tail};
    for (size_t i = 0; i < count; i++) {
        struct stat_interval limit = stat_funnel_mean(mean, sd, classes[i].n, out->level, out->dispersion);
        classes[i].outside =
            classes[i].mean + rounding < limit.low || classes[i].mean - rounding > limit.high;
    }
}

uint32_t stat_funnel_size(uint32_t contributions, uint32_t school_counts, uint64_t school_contributions) {
    return school_contributions ? (uint32_t)((uint64_t)contributions * school_counts / school_contributions)
                                : 0;
}
