/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_DISTANCE_H
#define AUTHOR_DISTANCE_H

#include <stddef.h>

/*
 * Edit distance for "did you mean": insertions, deletions, substitutions and swaps of neighbours each count 1
 * (optimal string alignment; Damerau 1964, Boytsov 2011 section 2.2.1). Bytes are compared without regard to
 * the case of ASCII letters. Strings of more than AUTHOR_DISTANCE_BYTES are infinitely far from everything.
 */
enum { AUTHOR_DISTANCE_BYTES = 64, AUTHOR_DISTANCE_FAR = 1000 };
unsigned author_distance(const char *a, const char *b);

/*
 * Whether `guess` is near enough to be what somebody meant by `written`: at most 2, and less than half of its
 * length.
 */
int author_distance_is_near(const char *written, const char *guess);

/*
 * The nearest of `count` names that is near enough, the first of equals; NULL when none is. NULL names are
 * skipped.
 */
const char *author_distance_nearest(const char *written, const char *const *name, size_t count);

#endif
