/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MEASUREMENT_H
#define MEASUREMENT_H

#include "answers.h"
#include "layout.h"

/*
 * One pupil's answers as a vector of counters, almost all 0 or 1 (docs/format.md, "Measurement"). The vector
 * is as long for a "no" as for a full questionnaire. Adding the vectors of many pupils gives every count that
 * a report needs.
 */

/*
 * Writes layout->counter_count counters to `out`, which the caller keeps in secret memory and wipes.
 * FAULT_ANSWERS as answers_check; `out` is all zero then.
 */
enum fault measurement_encode(uint32_t *out, const struct layout *layout,
                              const struct questionnaire *questionnaire,
                              const struct answers *answers) FAULT_MUST_CHECK;

/*
 * Whether the exact class-level sums of one batch of `contributions` pupils agree with each other:
 * PARTICIPATION adds up to `contributions`; GROUPS + MISSING, and ANSWERED + MISSING, add up to answered +
 * stopped for every item; each ANY <= ANSWERED and, where ANSWERED > 0, the ANYs together >= ANSWERED;
 * SCALE_SUM: n <= answered + stopped, and n * min * unit <= sum <= n * max * unit. No counter but a scale's
 * sum exceeds `contributions`, which is below 2^32. Reads only class counters. FAULT_BATCH_SUMS.
 */
enum fault measurement_check_class(const struct layout *layout, const struct questionnaire *questionnaire,
                                   const uint64_t *sums, uint64_t contributions) FAULT_MUST_CHECK;

/*
 * The same for a stratum, whose class counters are the sums over its batches: everything above, and OPTIONS
 * add up to GROUPS group by group (for a breakdown, with MISSING to answered + stopped); each CHOSEN <=
 * ANSWERED, and per group the largest CHOSEN <= ANY <= their sum; HISTOGRAM adds up to answered + stopped,
 * all but its last to n of SCALE_SUM, and gives the same sum; COMPLETE adds up, item by item, to the
 * histogram's cells with every item answered, and over items to their raw sum. Reads class and school
 * counters.
 */
enum fault measurement_check_school(const struct layout *layout, const struct questionnaire *questionnaire,
                                    const uint64_t *sums, uint64_t contributions) FAULT_MUST_CHECK;

/*
 * The same for one category of a breakdown item, chosen by `size` pupils, over everybody who was opened: in
 * each item OPTIONS (ANSWERED) and MISSING add up to `size`, each CHOSEN <= ANSWERED, each HISTOGRAM adds up
 * to `size`, and no counter exceeds the same one of `all`. `category` are the counters of breakdown level:
 * category[0] is counter level_first[LAYOUT_BREAKDOWN]. `all` are class and school counters for which
 * measurement_check_school holds. FAULT_BATCH_SUMS.
 */
enum fault measurement_check_category(const struct layout *layout, const struct questionnaire *questionnaire,
                                      const uint64_t *category, const uint64_t *all, uint16_t breakdown,
                                      uint16_t option, uint64_t size) FAULT_MUST_CHECK;

#endif
