/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STAT_MULTIPLE_H
#define STAT_MULTIPLE_H

#include <stddef.h>

/*
 * Looking at many figures at once: adjusted probabilities, to be held against the level that one would use
 * for a single figure. `p` and `out` have `count` places and may be the same array; every p in 0..1. Without
 * memory of their own: count * count steps.
 */

/* Holm 1979: at most the level for a single wrong alarm anywhere on the page. */
void stat_multiple_holm(double *out, const double *p, size_t count);

/*
 * Benjamini and Hochberg 1995: at most the level of the alarms is wrong, in the long run. For lists to look
 * into, not for alarms.
 */
void stat_multiple_false_discovery(double *out, const double *p, size_t count);

enum { STAT_MULTIPLE_MOST = 1024 };

#endif
