/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AGGREGATE_INSIDE_H
#define AGGREGATE_INSIDE_H

#include "aggregator/aggregate.h"

/* What aggregate.c (the file) and aggregate_add.c (the adding up) share. */

/* How many counters all sums together are. */
size_t aggregate_counters(const struct aggregate_sums *sums);

/* Zeroed sums for these batches; `breakdowns`: of breakdown level too. FAULT_MEMORY, FAULT_MEMORY_LOCK; released by aggregate_sums_release in any case. */
enum fault aggregate_sums_new(struct aggregate_sums *out, const struct layout *layout,
                              const struct batch_list *batches, bool breakdowns) FAULT_MUST_CHECK;

#endif
