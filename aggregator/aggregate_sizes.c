/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Categories on two machines: holder 0 claims the sizes, holder 1 checks them and lets go of what they open.
 */
#include <stdlib.h>
#include <string.h>

#include "aggregate_inside.h"
#include "aggregator/breakdown.h"
#include "core/secret.h"

enum fault aggregate_has_groups(const struct opening *opening) {
    return opening->layout.size_count && opening->closing->number == 1 ? FAULT_NONE : FAULT_MISUSE;
}

static uint64_t records_of(const struct batch_list *batches) {
    uint64_t records = 0;
    for (uint16_t i = 0; i < batches->batch_count; i++) {
        records += batches->batch[i].record_count;
    }
    return records;
}

enum fault aggregate_check_sizes(uint32_t open[QUESTIONNAIRE_ITEMS], const struct opening *opening,
                                 const struct batch_list *batches, const struct unseal_sizes *own,
                                 const uint8_t *other_claim) {
    struct commitment_bases bases = {0};
    void *memory = NULL;
    enum fault fault = commitment_bases_new(&bases, own->count);
    fault = fault ? fault : commitment_check(own->commitment, &bases, other_claim);
    fault = fault ? fault : secret_new(&memory, 2 * (size_t)own->count * sizeof(uint32_t));
    if (!fault) {
        uint32_t *sizes = memory, *others = sizes + own->count;
        commitment_claim_sizes(sizes, own->claim, own->count);
        commitment_claim_sizes(others, other_claim, own->count);
        share_add(sizes, others, own->count);
        breakdown_decide(open, opening->round->questionnaire, sizes, records_of(batches),
                         opening->round->k_unit);
    }
    secret_free(memory);
    commitment_bases_release(&bases);
    return fault;
}

bool aggregate_is_open(const struct layout_block *block, const uint32_t open[QUESTIONNAIRE_ITEMS]) {
    return block->level == LAYOUT_BREAKDOWN && (open[block->breakdown] >> block->category & 1);
}

enum fault aggregate_make_sizes(struct bytes_buffer *out, const struct opening *opening,
                                const struct opening_holder *holder, const struct prepare pair[2],
                                uint16_t *at) {
    struct opening told = *opening;
    struct batch_list batches = {0};
    struct aggregate_sums sums = {0};
    struct aggregate_head head = {0};
    told.sizes = true;
    enum fault fault = holder->number == 0 ? aggregate_has_groups(opening) : FAULT_KEY_WRONG;
    fault = fault ? fault
                  : aggregate_commit(&batches, head.ledger_head, &told, holder, pair, pair[1].own_head, at);
    fault = fault ? fault : aggregate_add(&sums, &told, &batches, &holder, 1);
    if (!fault) {
        struct aggregate_sums claim = {.batch_count = batches.batch_count,
                                       .stratum_count = batches.stratum_count,
                                       .sizes = sums.sizes}; /* a view */
        opening_reached(holder, OPENING_AFTER_SUMS);
        aggregate_fill_head(&head, AGGREGATE_SIZES, opening, pair);
        fault = aggregate_encode(out, &head, &claim, &batches, opening->layout.digest,
                                 opening->round->holder[1].box_key, holder->sign_secret);
    }
    aggregate_sums_release(&sums);
    batch_list_release(&batches);
    return fault;
}

/* What stays shut never leaves: not even her own half of it. */
static void wipe_shut(struct aggregate_sums *sums, const struct layout *layout,
                      const uint32_t open[QUESTIONNAIRE_ITEMS]) {
    uint32_t *breakdown = aggregate_breakdown_sums(sums);
    for (uint32_t i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        if (block->level == LAYOUT_BREAKDOWN && !aggregate_is_open(block, open)) {
            secret_wipe(breakdown + block->first - layout->level_first[LAYOUT_BREAKDOWN],
                        block->count * sizeof *breakdown);
        }
    }
}

/* Her sums and claim, holder 0's claim, and what both let go. */
static enum fault add_groups(struct aggregate_sums *sums, const struct opening *opening,
                             const struct opening_holder *holder, const struct batch_list *batches,
                             const uint8_t *claim) {
    struct opening all = *opening;
    uint32_t open[QUESTIONNAIRE_ITEMS];
    all.breakdowns = all.sizes = true;
    enum fault fault = aggregate_add(sums, &all, batches, &holder, 1);
    fault = fault ? fault : aggregate_check_sizes(open, opening, batches, &sums->sizes, claim);
    if (!fault) {
        opening_reached(holder, OPENING_AFTER_SUMS);
        wipe_shut(sums, &opening->layout, open);
    }
    return fault;
}

enum fault aggregate_make_groups(struct bytes_buffer *out, const struct opening *opening,
                                 const struct opening_holder *holder, const struct prepare pair[2],
                                 struct bytes sizes_file, uint16_t *at) {
    struct opening told = *opening;
    struct batch_list batches = {0};
    struct aggregate_sums sums = {0}, claimed = {0};
    struct aggregate_head sent = {0}, head = {0};
    struct bytes sealed = {0};
    told.sizes = true;
    enum fault fault = holder->number == 1 ? aggregate_has_groups(opening) : FAULT_KEY_WRONG;
    fault = fault ? fault : aggregate_decode_sizes(&sent, &sealed, sizes_file);
    fault = fault ? fault : aggregate_check_head(&sent, opening, pair);
    fault = fault ? fault
                  : aggregate_commit(&batches, head.ledger_head, &told, holder, pair, sent.ledger_head, at);
    fault = fault ? fault : aggregate_unseal(&claimed, &sent, sealed, opening, &batches, holder->key);
    fault = fault ? fault : add_groups(&sums, opening, holder, &batches, claimed.sizes.claim);
    if (!fault) {
        aggregate_fill_head(&head, AGGREGATE_SHARE, opening, pair);
        fault = aggregate_encode(out, &head, &sums, &batches, opening->layout.digest,
                                 opening->round->holder[0].box_key, holder->sign_secret);
    }
    aggregate_sums_release(&sums);
    aggregate_sums_release(&claimed);
    batch_list_release(&batches);
    return fault;
}
