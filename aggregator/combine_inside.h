/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMBINE_INSIDE_H
#define COMBINE_INSIDE_H

#include "aggregator/combine.h"

/*
 * The second step of combining: the sums of the categories that breakdown_open allows, and no others, into an
 * otherwise complete result. Nothing where a stratum is refused, since category sums are over all of them. A
 * breakdown with sums that contradict each other or the school's is left shut. FAULT_MEMORY,
 * FAULT_MEMORY_LOCK.
 */
enum fault combine_breakdowns(struct combine_result *result, const struct opening *opening,
                              const struct aggregate_sums *own,
                              const struct aggregate_sums *other) FAULT_MUST_CHECK;

/*
 * Holder 1's part of a share with groups, for holder 0. FAULT_SIZES_FALSE: her claim does not open the
 * commitments that holder 0 has, or is not of her own school sums;
 * FAULT_STATEMENTS_DIFFER: there are sums of a category that the sizes keep shut. FAULT_MEMORY,
 * FAULT_MEMORY_LOCK.
 */
enum fault combine_check_groups(const struct opening *opening, const struct batch_list *batches,
                                const struct aggregate_sums *own,
                                const struct aggregate_sums *other) FAULT_MUST_CHECK;

#endif
