/* SPDX-License-Identifier: Apache-2.0 */
#include "stat_response.h"

#include <math.h>

#include "stat_math.h"

enum { DRAWS = 4000, EXPECTED_FEW = 5 };

/*
 * Sum of squared deviations of the classes' response from the school's, weighted by heads: exact up to one
 * division a class.
 */
static double spread_of(const struct stat_group *groups, size_t count, double rate) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (groups[i].heads) {
            double off = (double)groups[i].answered / groups[i].heads - rate;
            sum += groups[i].heads * off * off;
        }
    }
    return sum;
}

/*
 * splitmix64 from a fixed start: the same schools on every machine, so that the same input gives the same
 * bytes.
 */
static uint64_t next_random(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Of `marks` seats among all that are left, this many fall in a class: one seat after the other. */
static uint32_t draw_in(uint32_t heads, uint32_t *marks, uint32_t *left, uint64_t *state) {
    uint32_t drawn = 0;
    for (uint32_t seat = 0; seat < heads; seat++, (*left)--) {
        if (next_random(state) % *left < *marks) {
            drawn++;
            (*marks)--;
        }
    }
    return drawn;
}

/* How often chance alone spreads as many absences as unevenly, or more so. */
static double simulate(const struct stat_group *groups, size_t count, const struct stat_response *response,
                       double observed) {
    uint64_t state = 1;
    uint32_t as_uneven = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
        uint32_t marks = response->answered, left = response->heads;
        double sum = 0;
        for (size_t i = 0; i < count; i++) {
            if (groups[i].heads) {
                double off = (double)draw_in(groups[i].heads, &marks, &left, &state) / groups[i].heads -
                             response->rate;
                sum += groups[i].heads * off * off;
            }
        }
        as_uneven += sum >= observed * (1 - 1e-9);
    }
    return (1.0 + as_uneven) / (1.0 + DRAWS);
}

static void add_up(struct stat_response *out, const struct stat_group *groups, size_t count) {
    for (size_t i = 0; i < count; i++) {
        out->heads += groups[i].heads;
        out->answered += groups[i].answered;
        out->wrong_count += groups[i].answered > groups[i].heads;
    }
}

static void test_evenness(struct stat_response *out, const struct stat_group *groups, size_t count,
                          double spread) {
    size_t used = 0;
    double rarest = fmin(out->rate, 1 - out->rate), expected = INFINITY;
    for (size_t i = 0; i < count; i++) {
        used += groups[i].heads > 0;
        expected = groups[i].heads ? fmin(expected, groups[i].heads * rarest) : expected;
    }
    if (used < 2 || out->answered == 0 || out->answered == out->heads) {
        out->p = 1;
        return;
    }
    out->df = (double)used - 1;
    out->chi_square = spread / (out->rate * (1 - out->rate));
    out->test = expected < EXPECTED_FEW ? STAT_RESPONSE_SIMULATED : STAT_RESPONSE_CHI_SQUARE;
    out->p = out->test == STAT_RESPONSE_SIMULATED ? simulate(groups, count, out, spread)
                                                  : stat_math_chi_square_upper(out->chi_square, out->df);
}

void stat_response_describe(struct stat_response *out, const struct stat_group *groups, size_t count) {
    *out = (struct stat_response){0};
    add_up(out, groups, count);
    out->state = out->wrong_count ? STAT_HEADS_WRONG : out->heads == 0 ? STAT_NOTHING : STAT_OK;
    if (out->state != STAT_OK) {
        return;
    }
    out->rate = (double)out->answered / out->heads;
    double spread = spread_of(groups, count, out->rate);
    double deviation = out->heads > 1 ? sqrt(spread / (out->heads - 1.0)) : 0;
    out->r_indicator = 1 - 2 * deviation;
    out->cv = out->answered ? deviation / out->rate : 0;
    test_evenness(out, groups, count, spread);
    out->verdict = out->p < STAT_RESPONSE_CHANCE_BELOW             ? STAT_RESPONSE_BEYOND_CHANCE
                   : out->r_indicator < STAT_RESPONSE_UNEVEN_BELOW ? STAT_RESPONSE_UNEVEN
                                                                   : STAT_RESPONSE_EVEN;
}
