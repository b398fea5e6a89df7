/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AGGREGATE_INSIDE_H
#define AGGREGATE_INSIDE_H

#include "aggregator/aggregate.h"

/* What aggregate.c (the file) and aggregate_add.c (the adding up) share. */

/* How many counters all sums together are. */
size_t aggregate_counters(const struct aggregate_sums *sums);

/*
 * Zeroed sums for these batches; `breakdowns`: of breakdown level too; `sizes`: what shares say of sizes too.
 * FAULT_MEMORY, FAULT_MEMORY_LOCK; released by aggregate_sums_release in any case.
 */
enum fault aggregate_sums_new(struct aggregate_sums *out, const struct layout *layout,
                              const struct batch_list *batches, bool breakdowns, bool sizes) FAULT_MUST_CHECK;

/*
 * Whether a file's open part is of this round, closing list and statement, and of the holder who sends it.
 * FAULT_ROUND_OTHER, FAULT_KEY_WRONG, FAULT_STATEMENTS_DIFFER.
 */
enum fault aggregate_check_head(const struct aggregate_head *head, const struct opening *opening,
                                const struct prepare pair[2]) FAULT_MUST_CHECK;

/* The open part of a file of this kind, without its ledger head. */
void aggregate_fill_head(struct aggregate_head *head, enum aggregate_kind kind, const struct opening *opening,
                         const struct prepare pair[2]);

/* FAULT_MISUSE unless categories can be opened: list 1, and a breakdown. */
enum fault aggregate_has_groups(const struct opening *opening) FAULT_MUST_CHECK;

/*
 * What the other holder claims, against the sum of the commitments that `own` holds to her shares; and the
 * categories that both claims open: open[item].
 * FAULT_SIZES_FALSE, FAULT_MEMORY.
 */
enum fault aggregate_check_sizes(uint32_t open[QUESTIONNAIRE_ITEMS], const struct opening *opening,
                                 const struct batch_list *batches, const struct unseal_sizes *own,
                                 const uint8_t *other_claim) FAULT_MUST_CHECK;

/* Whether a counter of breakdown level belongs to an open category. */
bool aggregate_is_open(const struct layout_block *block, const uint32_t open[QUESTIONNAIRE_ITEMS]);

#endif
