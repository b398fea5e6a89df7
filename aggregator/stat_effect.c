/* SPDX-License-Identifier: Apache-2.0 */
#include "stat_effect.h"

#include <math.h>

double stat_effect_hedges(double mean1, double sd1, uint32_t n1, double mean2, double sd2, uint32_t n2) {
    double df = (double)n1 + n2 - 2;
    if (n1 == 0 || n2 == 0 || df < 1) {
        return NAN;
    }
    double pooled = sqrt(((n1 - 1.0) * sd1 * sd1 + (n2 - 1.0) * sd2 * sd2) / df);
    return pooled > 0 ? (mean2 - mean1) / pooled * (1 - 3 / (4 * df - 1)) : NAN;
}

double stat_effect_cohen(double p1, double p2) {
    return 2 * asin(sqrt(p2)) - 2 * asin(sqrt(p1));
}

static uint64_t size_of(const struct stat_point *points, size_t count) {
    uint64_t n = 0;
    for (size_t i = 0; i < count; i++) {
        n += points[i].count;
    }
    return n;
}

void stat_effect_order(struct stat_order *out, const struct stat_point *first, size_t first_count,
                       const struct stat_point *second, size_t second_count) {
    uint64_t n1 = size_of(first, first_count), n2 = size_of(second, second_count);
    uint64_t below = 0, twice = 0; /* twice U: a tie counts one, a win two */
    size_t at = 0;
    *out = (struct stat_order){.state = n1 && n2 ? STAT_OK : STAT_NOTHING};
    if (out->state != STAT_OK) {
        return;
    }
    for (size_t i = 0; i < second_count; i++) {
        while (at < first_count && first[at].value < second[i].value) {
            below += first[at++].count;
        }
        uint64_t tied = at < first_count && first[at].value == second[i].value ? first[at].count : 0;
        twice += second[i].count * (2 * below + tied);
    }
    out->superiority = (double)twice / (2.0 * (double)n1 * (double)n2);
    out->cliff = 2 * out->superiority - 1;
}

enum stat_effect_size stat_effect_size(double effect) {
    double size = fabs(effect);
    return size < 0.2   ? STAT_EFFECT_NEGLIGIBLE
           : size < 0.5 ? STAT_EFFECT_SMALL
           : size < 0.8 ? STAT_EFFECT_MEDIUM
                        : STAT_EFFECT_LARGE;
}
