/* SPDX-License-Identifier: Apache-2.0 */
#include "stat_multiple.h"

#include <math.h>

/*
 * Both are a running maximum or minimum over the ranks. Rank of p[i]: how many are at least as small. Of
 * several equal ones the extreme that counts is that of the whole tie, so no order among them is needed.
 */
static size_t smaller_than(const double *p, size_t count, double value) {
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        below += p[i] < value;
    }
    return below;
}

static size_t at_most(const double *p, size_t count, double value) {
    size_t below = 0;
    for (size_t i = 0; i < count; i++) {
        below += p[i] <= value;
    }
    return below;
}

void stat_multiple_holm(double *out, const double *p, size_t count) {
    double copy[STAT_MULTIPLE_MOST];
    for (size_t i = 0; i < count; i++) {
        copy[i] = p[i];
    }
    for (size_t i = 0; i < count; i++) {
        double highest = 0;
        for (size_t j = 0; j < count; j++) {
            if (copy[j] <= copy[i]) {
                highest = fmax(highest, (double)(count - smaller_than(copy, count, copy[j])) * copy[j]);
            }
        }
        out[i] = fmin(1, highest);
    }
}

void stat_multiple_false_discovery(double *out, const double *p, size_t count) {
    double copy[STAT_MULTIPLE_MOST];
    for (size_t i = 0; i < count; i++) {
        copy[i] = p[i];
    }
    for (size_t i = 0; i < count; i++) {
        double lowest = 1;
        for (size_t j = 0; j < count; j++) {
            if (copy[j] >= copy[i]) {
                lowest = fmin(lowest, (double)count / (double)at_most(copy, count, copy[j]) * copy[j]);
            }
        }
        out[i] = lowest;
    }
}
