/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAT_H
#define STAT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What the statistics (stat_*.h) have in common. They are pure functions on plain numbers: no files, no
 * clock, no locale, no memory of their own. Counts and sums come in as exact integers; floating point begins
 * where a division or a root is taken and never goes back into a count. docs/statistics.md says who may read
 * what in each figure. Levels of confidence are fractions: 0.95.
 */

struct stat_interval {
    double low, high;
};

/* Why there is no figure. What belongs to a figure is meaningless unless the state is STAT_OK. */
enum stat_state {
    STAT_OK,
    STAT_NOTHING,     /* nobody, or nothing, to compute it from */
    STAT_HEADS_WRONG, /* more contributions than pupils asked: the head count is wrong. Never clipped to 100 % */
    STAT_TOO_FEW,     /* pupils or classes: fewer than the figure needs */
    STAT_NO_VARIATION, /* everybody the same: a ratio of variances does not exist */
    STAT_NOT_MEANT     /* not for this kind of scale: reliability of an index of separate events */
};

#endif
