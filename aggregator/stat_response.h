/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAT_RESPONSE_H
#define STAT_RESPONSE_H

#include <stddef.h>

#include "stat.h"

/*
 * Who answered, and whether the classes answered evenly: from head counts alone, nothing that a pupil said. A
 * refusal at the screen is a contribution like any other, so this says nothing about who refused.
 */

struct stat_group {
    uint32_t heads;    /* pupils asked */
    uint32_t answered; /* contributions */
};

/* How the probability of the chi-square came about. */
enum stat_response_test {
    STAT_RESPONSE_NO_TEST, /* everybody or nobody answered, or there is one class: nothing to test */
    STAT_RESPONSE_CHI_SQUARE,
    STAT_RESPONSE_SIMULATED /* an expected number is below 5: 4,000 fixed random schools with the same margins (Hope 1968) */
};

/* What may be said of the difference between classes: R and p below these. */
#define STAT_RESPONSE_UNEVEN_BELOW 0.9
#define STAT_RESPONSE_CHANCE_BELOW 0.05
enum stat_response_verdict {
    STAT_RESPONSE_EVEN,
    STAT_RESPONSE_UNEVEN,       /* R < 0.9, as chance alone makes of small classes too: p >= 0.05 */
    STAT_RESPONSE_BEYOND_CHANCE /* p < 0.05, whatever R */
};

struct stat_response {
    enum stat_state state; /* OK; NOTHING: nobody was asked; HEADS_WRONG */
    size_t wrong_count;    /* classes with more contributions than pupils asked */
    uint32_t heads, answered;
    double rate; /* answered / heads */
    /*
     * Schouten, Cobben and Bethlehem 2009, on classes as groups: S^2 = sum of N_g (r_g - r)^2 / (N - 1), r_g
     * = n_g / N_g;
     * R = 1 - 2S (1: evenly), CV = S / r: the largest possible bias of a mean, in standard deviations of what
     * was asked.
     */
    double r_indicator, cv;
    /* Pearson's chi-square of answered or not by class: sum of N_g (r_g - r)^2 / (r (1 - r)). */
    enum stat_response_test test;
    double chi_square, df, p;
    enum stat_response_verdict verdict;
};

/*
 * Classes in which nobody was asked are left out. `groups` may be NULL when `count` is 0. Same input, same
 * result.
 */
void stat_response_describe(struct stat_response *out, const struct stat_group *groups, size_t count);

#endif
