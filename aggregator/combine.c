/* SPDX-License-Identifier: Apache-2.0 */
#include "combine.h"

#include <stdlib.h>
#include <string.h>

#include "aggregate_inside.h"
#include "combine_inside.h"
#include "core/measurement.h"
#include "core/secret.h"

void combine_result_release(struct combine_result *result) {
    batch_list_release(&result->batches);
    free(result->refused);
    free(result->stratum_refused);
    secret_free(result->total);
    secret_free(result->batch_sums);
    secret_free(result->stratum_sums);
    secret_free(result->category_sums);
    *result = (struct combine_result){0};
}

/* The exact class counters of one batch, in the first part of `sums`. */
static void batch_sums(uint64_t *sums, const struct aggregate_sums *own, const struct aggregate_sums *other,
                       uint16_t batch) {
    const uint32_t *a = aggregate_class_sums(own, batch);
    const uint32_t *b = aggregate_class_sums(other, batch);
    for (uint32_t i = 0; i < own->class_counters; i++) {
        sums[i] = (uint32_t)(a[i] + b[i]);
    }
}

static void add_school_sums(uint64_t *sums, const struct aggregate_sums *own,
                            const struct aggregate_sums *other, uint16_t stratum) {
    const uint32_t *a = aggregate_school_sums(own, stratum);
    const uint32_t *b = aggregate_school_sums(other, stratum);
    for (uint32_t i = 0; i < own->school_counters; i++) {
        sums[own->class_counters + i] = (uint32_t)(a[i] + b[i]);
    }
}

/* Secret memory for one batch's and one stratum's exact sums. */
struct room {
    uint64_t *batch;
    uint64_t *stratum;
};

/* Adds one stratum to the total, unless it must be left out. */
static void settle_stratum(struct combine_result *out, const struct opening *opening, const struct room *room,
                           const struct aggregate_sums *own, const struct aggregate_sums *other,
                           uint16_t stratum) {
    const struct questionnaire *questionnaire = opening->round->questionnaire;
    uint32_t contributions = 0;
    memset(room->stratum, 0, out->total_count * sizeof *room->stratum);
    for (uint16_t i = 0; i < out->batches.batch_count; i++) {
        const struct batch *batch = &out->batches.batch[i];
        if (batch->stratum != stratum) {
            continue;
        }
        batch_sums(room->batch, own, other, i);
        out->refused[i] = measurement_check_class(&opening->layout, questionnaire, room->batch,
                                                  batch->record_count) != FAULT_NONE;
        out->stratum_refused[stratum] = out->stratum_refused[stratum] || out->refused[i];
        memcpy(out->batch_sums + (size_t)i * own->class_counters, room->batch,
               own->class_counters * sizeof *room->batch);
        for (uint32_t j = 0; j < own->class_counters; j++) {
            room->stratum[j] += room->batch[j];
        }
        contributions += batch->record_count;
    }
    add_school_sums(room->stratum, own, other, stratum);
    memcpy(out->stratum_sums + (size_t)stratum * out->total_count, room->stratum,
           out->total_count * sizeof *room->stratum);
    if (!out->stratum_refused[stratum]) {
        out->stratum_refused[stratum] = measurement_check_school(&opening->layout, questionnaire,
                                                                 room->stratum, contributions) != FAULT_NONE;
    }
    if (!out->stratum_refused[stratum]) {
        for (uint32_t i = 0; i < out->total_count; i++) {
            out->total[i] += room->stratum[i];
        }
        out->contributions += contributions;
    }
}

static enum fault make_sums(struct combine_result *out) {
    void *batch = NULL, *stratum = NULL;
    size_t batches = (size_t)out->batches.batch_count * out->class_counters;
    size_t strata = (size_t)out->batches.stratum_count * out->total_count;
    enum fault fault = secret_new(&batch, (batches + 1) * sizeof *out->batch_sums);
    fault = fault ? fault : secret_new(&stratum, (strata + 1) * sizeof *out->stratum_sums);
    out->batch_sums = batch;
    out->stratum_sums = stratum;
    return fault;
}

enum fault combine_add(struct combine_result *out, const struct opening *opening, struct batch_list *batches,
                       const struct aggregate_sums *own, const struct aggregate_sums *other) {
    void *memory = NULL, *total = NULL;
    *out = (struct combine_result){.batches = *batches,
                                   .class_counters = own->class_counters,
                                   .total_count = own->class_counters + own->school_counters};
    *batches = (struct batch_list){0};
    out->refused = calloc((size_t)out->batches.batch_count + 1, sizeof *out->refused);
    out->stratum_refused = calloc((size_t)out->batches.stratum_count + 1, sizeof *out->stratum_refused);
    enum fault fault = out->refused && out->stratum_refused ? FAULT_NONE : FAULT_MEMORY;
    fault = fault ? fault : secret_new(&total, (out->total_count + (size_t)1) * sizeof *out->total);
    out->total = total;
    fault = fault ? fault : make_sums(out);
    fault = fault ? fault : secret_new(&memory, 2 * (out->total_count + (size_t)1) * sizeof *out->total);
    if (!fault) {
        struct room room = {memory, (uint64_t *)memory + out->total_count};
        for (uint16_t i = 0; i < out->batches.stratum_count; i++) {
            settle_stratum(out, opening, &room, own, other, i);
        }
        fault = combine_breakdowns(out, opening, own, other);
    }
    secret_free(memory);
    if (fault) {
        combine_result_release(out);
    }
    return fault;
}

/*
 * Holder 1's file against what was agreed. Her newest head as of this file is what holder 0's ledger will
 * remember.
 */
static enum fault check_file(struct aggregate_head *head, struct bytes *sealed, const struct opening *opening,
                             const struct prepare pair[2], struct bytes file) {
    enum fault fault = aggregate_decode(head, sealed, file);
    return fault ? fault : aggregate_check_head(head, opening, pair);
}

enum fault combine_make(struct combine_result *out, const struct opening *opening,
                        const struct opening_holder *holder, const struct prepare pair[2],
                        struct bytes aggregate_file, uint16_t *at) {
    struct ledger ledger = {0};
    struct batch_list batches = {0};
    struct aggregate_sums own = {0}, other = {0};
    struct aggregate_head head = {0};
    struct bytes sealed = {0};
    uint8_t own_head[DIGEST_BYTES];
    *out = (struct combine_result){0};
    enum fault fault = holder->number == 0 ? opening_holder_check(opening, holder) : FAULT_KEY_WRONG;
    fault = fault ? fault : check_file(&head, &sealed, opening, pair, aggregate_file);
    fault = fault ? fault : ledger_open(&ledger, holder->ledger_path, opening->round->holder[0].sign_key);
    fault = fault ? fault : prepare_batches(&batches, opening, pair, 0, &ledger, at);
    fault = fault ? fault : aggregate_unseal(&other, &head, sealed, opening, &batches, holder->key);
    struct opening mine = *opening;
    mine.breakdowns = mine.sizes = other.sizes.count > 0;
    if (!fault && mine.sizes) {
        fault = ledger_check_whole(&ledger, &batches, opening->closing);
    }
    fault = fault ? fault : aggregate_record(own_head, &ledger, opening, holder, &batches, head.ledger_head);
    fault = fault ? fault : aggregate_add(&own, &mine, &batches, &holder, 1);
    if (!fault && mine.sizes) {
        fault = combine_check_groups(opening, &batches, &own, &other);
    }
    if (!fault) {
        opening_reached(holder, OPENING_AFTER_SUMS);
        fault = combine_add(out, opening, &batches, &own, &other);
    }
    if (!fault) {
        memcpy(out->ledger_head[0], own_head, DIGEST_BYTES);
        memcpy(out->ledger_head[1], head.ledger_head, DIGEST_BYTES);
    }
    aggregate_sums_release(&own);
    aggregate_sums_release(&other);
    batch_list_release(&batches);
    ledger_release(&ledger);
    return fault;
}

enum fault combine_both(struct combine_result *out, const struct opening *opening,
                        const struct opening_holder *const holders[2], const struct prepare pair[2],
                        uint16_t *at) {
    struct batch_list batches = {0}, same = {0};
    struct aggregate_sums sums[2] = {{0}, {0}};
    struct opening both = *opening;
    both.breakdowns = opening->round->mode != ROUND_TWO_MACHINES && opening->closing->number == 1;
    uint8_t head[2][DIGEST_BYTES];
    *out = (struct combine_result){0};
    enum fault fault = holders[0]->number == 0 && holders[1]->number == 1 ? FAULT_NONE : FAULT_KEY_WRONG;
    fault = fault ? fault : aggregate_commit(&same, head[1], &both, holders[1], pair, pair[0].own_head, at);
    fault = fault ? fault : aggregate_commit(&batches, head[0], &both, holders[0], pair, head[1], at);
    fault = fault ? fault : aggregate_add(sums, &both, &batches, holders, 2);
    if (!fault) {
        opening_reached(holders[1], OPENING_AFTER_SUMS);
        opening_reached(holders[0], OPENING_AFTER_SUMS);
        fault = combine_add(out, opening, &batches, &sums[0], &sums[1]);
    }
    if (!fault) {
        memcpy(out->ledger_head, head, sizeof head);
    }
    aggregate_sums_release(&sums[0]);
    aggregate_sums_release(&sums[1]);
    batch_list_release(&batches);
    batch_list_release(&same);
    return fault;
}
