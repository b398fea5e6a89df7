/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HEAD_COUNT_H
#define HEAD_COUNT_H

#include "core/bundle.h"

/*
 * Who of a class was there and who was not, from several bundles: machines of one lesson, which report the
 * same class each, and lessons in which absent pupils caught up, after which more of the class were there and
 * fewer absent. So the bundle with the most present speaks; among those with equally many, the largest number
 * of each reason. The order of bundles makes no difference.
 */

struct head_count {
    uint32_t present;
    uint32_t absent[BUNDLE_ABSENCES];
};

/* One more bundle of the class. Begin with a zeroed count. */
void head_count_add(struct head_count *count, const struct bundle_header *header);

#endif
