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

double stat_funnel_dispersion(const double *distances, size_t count) {
    double cut = stat_math_normal_quantile(0.95), sum = 0;
    for (size_t i = 0; i < count; i++) {
        double distance = fmin(cut, fabs(distances[i]));
        sum += distance * distance;
    }
    return count < STAT_FUNNEL_LEAST ? 1 : fmax(1, sum / (double)count);
}
