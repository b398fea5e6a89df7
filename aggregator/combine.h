/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMBINE_H
#define COMBINE_H

#include "aggregator/aggregate.h"

/*
 * The third step, for holder 0: her own sums and holder 1's, added in secret memory. The exact results never
 * leave it; what leaves is the release that disclosure control makes of them (disclosure.h).
 */

/* A zeroed one is empty. */
struct combine_result {
    struct batch_list batches; /* owned */
    bool *refused;             /* per batch: its sums contradict each other */
    bool *stratum_refused; /* per stratum: it has a refused batch, or its own sums contradict each other */
    uint64_t
        *total; /* exact, in secret memory: class and school counters over all strata that were not refused */
    uint32_t class_counters;            /* layout.level_first[LAYOUT_SCHOOL] */
    uint64_t *batch_sums;               /* exact, in secret memory: class_counters for each batch */
    uint64_t *stratum_sums;             /* the same: total_count for each stratum */
    uint32_t total_count;               /* counters: layout.level_first[LAYOUT_BREAKDOWN] */
    uint32_t contributions;             /* in `total` */
    uint32_t open[QUESTIONNAIRE_ITEMS]; /* per breakdown item: a bit for each category that was opened */
    uint64_t *
        category_sums; /* exact, in secret memory: the counters of breakdown level over all batches; 0 in what was not opened. NULL: nothing was */
    uint8_t ledger_head[2][DIGEST_BYTES]; /* of the entries for these batches, holder 0's and holder 1's */
};
void combine_result_release(struct combine_result *result); /* wipes; accepts zeroed or released ones */

/*
 * Adds two holders' sums and checks them; no keys, no files. FAULT_MEMORY, FAULT_MEMORY_LOCK. Takes
 * `batches` over (and empties it).
 */
enum fault combine_add(struct combine_result *out, const struct opening *opening, struct batch_list *batches,
                       const struct aggregate_sums *own, const struct aggregate_sums *other) FAULT_MUST_CHECK;

/*
 * The step up to the exact result: checks holder 1's file and both statements as prepare_batches does; her
 * own ledger entry, durable; her own sums; combine_add. `*at` as in prepare_batches.
 */
enum fault combine_make(struct combine_result *out, const struct opening *opening,
                        const struct opening_holder *holder, const struct prepare pair[2],
                        struct bytes aggregate_file, uint16_t *at) FAULT_MUST_CHECK;

/*
 * The same where both holders sit at one machine: each one's checks and ledger entry as in aggregate_make and
 * combine_make, in that order, then one pass over the records for both. The result is that of the two steps,
 * the ledgers too. FAULT_KEY_WRONG: not holder 0 and holder 1.
 */
enum fault combine_both(struct combine_result *out, const struct opening *opening,
                        const struct opening_holder *const holders[2], const struct prepare pair[2],
                        uint16_t *at) FAULT_MUST_CHECK;

#endif
