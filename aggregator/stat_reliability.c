/* SPDX-License-Identifier: Apache-2.0 */
#include "stat_reliability.h"

#include "stat_math.h"

/* n * sum of squares - sum^2 of values 0.. with these counts: n (n - 1) times the variance, exactly. */
static uint64_t spread_of(uint64_t *n, const uint64_t *counts, uint32_t values) {
    uint64_t sum = 0, squares = 0;
    *n = 0;
    for (uint32_t i = 0; i < values; i++) {
        *n += counts[i];
        sum += i * counts[i];
        squares += (uint64_t)i * i * counts[i];
    }
    return *n * squares - sum * sum;
}

void stat_reliability_alpha(struct stat_reliability *out, const uint64_t *item_counts, uint32_t items,
                            uint32_t scores, const uint64_t *sum_counts, bool formative, double level) {
    uint64_t n = 0, of_items = 0, row = 0;
    *out = (struct stat_reliability){.state = STAT_NOT_MEANT};
    if (formative || items < 2 || scores < 2) {
        return;
    }
    uint64_t of_sum = spread_of(&n, sum_counts, items * (scores - 1) + 1);
    for (uint32_t i = 0; i < items; i++) {
        of_items += spread_of(&row, item_counts + (size_t)i * scores, scores);
    }
    out->n = (uint32_t)n;
    out->state = n == 0                       ? STAT_NOTHING
                 : n < STAT_RELIABILITY_LEAST ? STAT_TOO_FEW
                 : of_sum == 0                ? STAT_NO_VARIATION
                                              : STAT_OK;
    if (out->state != STAT_OK) {
        return;
    }
    double k = items, df1 = (double)n - 1, df2 = df1 * (k - 1), tail = (1 - level) / 2;
    out->alpha = k / (k - 1) * (1 - (double)of_items / (double)of_sum);
    out->interval.low = 1 - (1 - out->alpha) * stat_math_f_quantile(1 - tail, df1, df2);
    out->interval.high = 1 - (1 - out->alpha) * stat_math_f_quantile(tail, df1, df2);
}
