/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disclosure_rule.h"
#include "platform/process.h"
#include "release_inside.h"

enum { HEAP_LIMIT = 64 << 20 }; /* bytes; a large school takes some 20 MB */

static enum fault fill_batches(struct release_content *content, const struct combine_result *result) {
    content->batch_count = result->batches.batch_count;
    content->batch = calloc((size_t)content->batch_count + 1, sizeof *content->batch);
    if (!content->batch) {
        return FAULT_MEMORY;
    }
    for (uint16_t i = 0; i < content->batch_count; i++) {
        const struct batch *batch = &result->batches.batch[i];
        struct release_batch *out = &content->batch[i];
        memcpy(out->digest, batch->digest, DIGEST_BYTES);
        out->stratum = batch->stratum;
        out->refused = result->refused[i];
        out->left_out = result->stratum_refused[batch->stratum];
        out->contributions = batch->record_count;
        out->class_count = batch->class_count;
        memcpy(out->class_number, batch->class_number, batch->class_count * sizeof *batch->class_number);
    }
    return FAULT_NONE;
}

static enum fault fill_strata(struct release_content *content, const struct combine_result *result) {
    content->stratum_count = result->batches.stratum_count;
    content->stratum = calloc((size_t)content->stratum_count + 1, sizeof *content->stratum);
    if (!content->stratum) {
        return FAULT_MEMORY;
    }
    for (uint16_t i = 0; i < content->stratum_count; i++) {
        content->stratum[i].years = result->batches.stratum_years[i];
        content->stratum[i].left_out = result->stratum_refused[i];
    }
    for (uint16_t i = 0; i < content->batch_count; i++) {
        content->stratum[content->batch[i].stratum].contributions += content->batch[i].contributions;
    }
    return FAULT_NONE;
}

static enum fault fill_classes(struct release_content *content, const struct opening *opening) {
    const struct round *round = opening->round;
    const struct closing *closing = opening->closing;
    content->class_count = round->class_count;
    content->class_list = calloc((size_t)round->class_count + 1, sizeof *content->class_list);
    if (!content->class_list) {
        return FAULT_MEMORY;
    }
    for (uint16_t i = 0; i < round->class_count; i++) {
        struct release_class *out = &content->class_list[i];
        out->number = round->class_list[i].number;
        out->asked = round_class_asked(&round->class_list[i]);
        for (uint32_t j = 0; j < closing->bundle_count; j++) {
            const struct closing_bundle *bundle = &closing->bundle[j];
            if (bundle->class_number == out->number) {
                out->contributions += bundle->counted;
                out->damaged += bundle->damaged;
                out->duplicate += bundle->duplicate;
                out->conflicting += bundle->conflicting;
            }
        }
    }
    return FAULT_NONE;
}

static enum fault fill_excluded(struct release_content *content, const struct prepare_ids *excluded) {
    size_t size = (size_t)excluded->count * SHARE_ID_BYTES;
    content->excluded = malloc(size + 1);
    if (!content->excluded) {
        return FAULT_MEMORY;
    }
    content->excluded_count = excluded->count;
    if (size) {
        memcpy(content->excluded, excluded->ids, size);
    }
    return FAULT_NONE;
}

static void fill_fixed(struct release_content *content, const struct opening *opening,
                       const struct combine_result *result, const uint8_t previous[DIGEST_BYTES]) {
    const struct round *round = opening->round;
    memcpy(content->previous_digest, previous, DIGEST_BYTES);
    content->policy = RELEASE_POLICY_AUDITED;
    content->k_unit = round->k_unit;
    content->k_cell = round->k_cell;
    (void)snprintf(content->program, sizeof content->program, "%s", KLANKBORD_VERSION);
    memcpy(content->round_digest, round->digest, DIGEST_BYTES);
    memcpy(content->questionnaire_digest, round->questionnaire_digest, DIGEST_BYTES);
    memcpy(content->layout_digest, round->layout_digest, DIGEST_BYTES);
    memcpy(content->closing_digest, opening->closing->digest, DIGEST_BYTES);
    memcpy(content->ledger_head, result->ledger_head, sizeof content->ledger_head);
}

/*
 * Everything, whatever level is asked for: what a coarser release tells is part of what a finer one may tell
 * later, so that all releases of these contributions together tell what the finest does, which is what was
 * judged (docs/decisions/0052).
 */
static enum fault judge(struct release **out, const struct opening *opening,
                        const struct combine_result *result, const struct prepare_ids *excluded,
                        const uint8_t previous[DIGEST_BYTES],
                        const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    struct release_content content = {0};
    struct disclosure_school school = {0};
    *out = NULL;
    (void)process_hold_heap(
        HEAP_LIMIT); /* the LP library works on exact sums there; where it may not, docs/privacy.md says what remains */
    fill_fixed(&content, opening, result, previous);
    enum fault fault = release_fill_origin(&content, opening->round);
    fault = fault ? fault : fill_batches(&content, result);
    fault = fault ? fault : fill_strata(&content, result);
    fault = fault ? fault : fill_classes(&content, opening);
    fault = fault ? fault : fill_excluded(&content, excluded);
    fault = fault ? fault
                  : disclosure_school_init(&school, opening->round, &opening->layout, result,
                                           content.choices & RELEASE_INCIDENTS_IN_CLASS);
    school.late = opening->closing->number != 1;
    fault = fault ? fault : disclosure_rule_apply(&content, &school);
    fault = fault ? fault : release_new(out, &content, opening->round->holder[0].sign_key, secret_key);
    disclosure_school_release(&school);
    release_content_release(&content);
    return fault;
}

/* The part that is asked for. */
static enum fault cut(struct release **out, const struct release *full, const struct opening *opening,
                      const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    return release_new_at(out, release_content(full), (enum release_level)opening->finest,
                          opening->round->holder[0].sign_key, secret_key);
}

enum fault disclosure_release(struct release **out, const struct opening *opening,
                              const struct combine_result *result, const struct prepare_ids *excluded,
                              const uint8_t previous[DIGEST_BYTES],
                              const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    struct release *full = NULL;
    *out = NULL;
    enum fault fault = judge(&full, opening, result, excluded, previous, secret_key);
    fault = fault ? fault : cut(out, full, opening, secret_key);
    release_free(full);
    return fault;
}

/*
 * What is judged together with everything before (docs/statistics.md, "Several releases of one round"): the
 * batches of a late list are disjoint from those before, which the ledgers have seen to; what is left is that
 * the release before is known, and that it is named.
 */
static enum fault find_previous(uint8_t out[DIGEST_BYTES], const struct opening *opening,
                                const struct opening_holder *holder) {
    struct ledger ledger = {0};
    const struct closing *closing = opening->closing;
    memset(out, 0, DIGEST_BYTES);
    if (closing->number == 1) {
        return FAULT_NONE;
    }
    enum fault fault = ledger_open(&ledger, holder->ledger_path, opening->round->holder[0].sign_key);
    const struct ledger_entry *before =
        fault ? NULL : ledger_find_released(&ledger, opening->round->digest, closing->previous);
    if (before) {
        memcpy(out, before->release_digest, DIGEST_BYTES);
    } else if (!fault) {
        fault = FAULT_LEDGER_GAP;
    }
    ledger_release(&ledger);
    return fault;
}

static bool is_of(const struct ledger_entry *entry, const struct opening *opening) {
    return entry->kind == LEDGER_RELEASED &&
           memcmp(entry->round_digest, opening->round->digest, DIGEST_BYTES) == 0 &&
           memcmp(entry->closing_digest, opening->closing->digest, DIGEST_BYTES) == 0;
}

/*
 * Every release of a closing list must be one level of what was judged now, `full`: then all of them together
 * tell no more than that. Any other (made by another version, under another rule) was judged against figures
 * that can no longer be taken back: refused.
 */
static enum fault record_release(const struct opening *opening, const struct opening_holder *holder,
                                 const struct release *full, const struct release *release) {
    struct ledger ledger = {0};
    bool there = false;
    enum fault fault = ledger_open(&ledger, holder->ledger_path, opening->round->holder[0].sign_key);
    for (size_t i = 0; !fault && i < ledger.entry_count; i++) {
        const struct ledger_entry *entry = &ledger.entry[i];
        if (is_of(entry, opening)) {
            there = there || memcmp(entry->release_digest, release_digest(release), DIGEST_BYTES) == 0;
            fault = release_holds(full, entry->release_digest) ? FAULT_NONE : FAULT_RELEASED;
        }
    }
    if (!fault && !there) {
        fault = ledger_add_released(&ledger, opening->closing, opening->round, 0, release_digest(release));
        fault = fault ? fault : ledger_write(&ledger, holder->ledger_path);
    }
    ledger_release(&ledger);
    return fault;
}

/* From what combine gave (or did not) to a release that is in the ledger. Releases the result. */
static enum fault settle(struct release **out, enum fault fault, struct combine_result *result,
                         const struct opening *opening, const struct opening_holder *holder,
                         const struct prepare_ids *excluded, const uint8_t previous[DIGEST_BYTES]) {
    struct release *full = NULL;
    *out = NULL;
    if (!fault && result->contributions == 0) {
        fault = FAULT_BATCH_SUMS;
    }
    fault = fault ? fault : judge(&full, opening, result, excluded, previous, holder->sign_secret);
    fault = fault ? fault : cut(out, full, opening, holder->sign_secret);
    fault = fault ? fault : record_release(opening, holder, full, *out);
    combine_result_release(result);
    release_free(full);
    if (fault) {
        *out = release_free(*out);
    } else {
        opening_reached(holder, OPENING_AFTER_RELEASE_ENTRY);
    }
    return fault;
}

enum fault disclosure_open(struct release **out, const struct opening *opening,
                           const struct opening_holder *holder, const struct prepare pair[2],
                           struct bytes aggregate_file, uint16_t *at) {
    struct combine_result result = {0};
    uint8_t previous[DIGEST_BYTES];
    enum fault fault = find_previous(previous, opening, holder);
    fault = fault ? fault : combine_make(&result, opening, holder, pair, aggregate_file, at);
    return settle(out, fault, &result, opening, holder, &pair[0].excluded, previous);
}

enum fault disclosure_open_both(struct release **out, const struct opening *opening,
                                const struct opening_holder *const holders[2], const struct prepare pair[2],
                                uint16_t *at) {
    struct combine_result result = {0};
    uint8_t previous[DIGEST_BYTES];
    enum fault fault = find_previous(previous, opening, holders[0]);
    fault = fault ? fault : combine_both(&result, opening, holders, pair, at);
    return settle(out, fault, &result, opening, holders[0], &pair[0].excluded, previous);
}
