/* SPDX-License-Identifier: Apache-2.0 */
#include "batch.h"

#include <stdlib.h>
#include <string.h>

/* A group is named by its first class's place in the round, which ascends with the class numbers. */
enum { NOWHERE = ROUND_CLASSES };

struct grouping {
    uint16_t count;                /* classes of the round */
    uint16_t group[ROUND_CLASSES]; /* of each class; NOWHERE without records */
    uint32_t size[ROUND_CLASSES];  /* of each group; 0: no group of that name */
    uint16_t years[ROUND_CLASSES]; /* of each group */
};

static uint16_t place_of(const struct round *round, uint16_t class_number) {
    const struct round_class *item = round_find_class(round, class_number);
    return item ? (uint16_t)(item - round->class_list) : NOWHERE;
}

/* Steps through the records that are not excluded: the next one from *at on, false at the end. */
static bool next_record(uint32_t *at, uint32_t *skipped, const struct closing *closing,
                        const uint32_t *excluded, uint32_t excluded_count) {
    while (*skipped < excluded_count && excluded[*skipped] == *at) {
        (*skipped)++;
        (*at)++;
    }
    return *at < closing->record_count;
}

static enum fault check_excluded(const struct closing *closing, const uint32_t *excluded, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (excluded[i] >= closing->record_count || (i && excluded[i - 1] >= excluded[i])) {
            return FAULT_MISUSE;
        }
    }
    return FAULT_NONE;
}

static enum fault begin_groups(struct grouping *out, const struct round *round, const struct closing *closing,
                               const uint32_t *excluded, uint32_t excluded_count) {
    out->count = round->class_count;
    for (uint32_t at = 0, skipped = 0; next_record(&at, &skipped, closing, excluded, excluded_count); at++) {
        uint16_t place = place_of(round, closing->record[at].class_number);
        if (place == NOWHERE) {
            return FAULT_MISUSE;
        }
        out->size[place]++;
    }
    for (uint16_t i = 0; i < out->count; i++) {
        out->group[i] = out->size[i] ? i : NOWHERE;
        out->years[i] = out->size[i] ? round->class_list[i].years : 0;
    }
    return FAULT_NONE;
}

/*
 * The smallest group but `other` that shares a year of `years`; NOWHERE when there is none. The lowest name
 * wins ties.
 */
static uint16_t smallest(const struct grouping *grouping, uint16_t other, uint16_t years) {
    uint16_t best = NOWHERE;
    for (uint16_t i = 0; i < grouping->count; i++) {
        bool fits = grouping->size[i] && i != other && (grouping->years[i] & years);
        if (fits && (best == NOWHERE || grouping->size[i] < grouping->size[best])) {
            best = i;
        }
    }
    return best;
}

static void join(struct grouping *grouping, uint16_t a, uint16_t b) {
    uint16_t into = a < b ? a : b;
    uint16_t from = a < b ? b : a;
    grouping->size[into] += grouping->size[from];
    grouping->years[into] |= grouping->years[from];
    grouping->size[from] = 0;
    grouping->years[from] = 0;
    for (uint16_t i = 0; i < grouping->count; i++) {
        if (grouping->group[i] == from) {
            grouping->group[i] = into;
        }
    }
}

static enum fault join_small_groups(struct grouping *grouping, uint32_t k_unit) {
    for (;;) {
        uint16_t small = smallest(grouping, NOWHERE, UINT16_MAX);
        if (small == NOWHERE) {
            return FAULT_BATCH_TOO_SMALL;
        }
        if (grouping->size[small] >= k_unit) {
            return FAULT_NONE;
        }
        uint16_t partner = smallest(grouping, small, grouping->years[small]);
        partner = partner == NOWHERE ? smallest(grouping, small, UINT16_MAX) : partner;
        if (partner == NOWHERE) {
            return FAULT_BATCH_TOO_SMALL;
        }
        join(grouping, small, partner);
    }
}

/* Makes the batches without their records; `index` gives the batch of each group. */
static enum fault make_batches(struct batch_list *out, uint16_t index[ROUND_CLASSES],
                               const struct grouping *grouping, const struct round *round) {
    out->batch = calloc(grouping->count, sizeof *out->batch);
    if (!out->batch) {
        return FAULT_MEMORY;
    }
    for (uint16_t i = 0; i < grouping->count; i++) {
        if (grouping->size[i] == 0) {
            continue;
        }
        struct batch *batch = &out->batch[out->batch_count];
        index[i] = out->batch_count++;
        batch->years = grouping->years[i];
        batch->record = malloc(grouping->size[i] * sizeof *batch->record);
        if (!batch->record) {
            return FAULT_MEMORY;
        }
        for (uint16_t j = 0; j < grouping->count; j++) {
            if (grouping->group[j] == i) {
                batch->class_number[batch->class_count++] = round->class_list[j].number;
            }
        }
    }
    return FAULT_NONE;
}

static void digest_batch(struct batch *batch, const struct round *round, const struct closing *closing) {
    struct digest_state state;
    digest_begin(&state, DIGEST_BATCH);
    digest_add(&state, round->digest, sizeof round->digest);
    for (uint32_t i = 0; i < batch->record_count; i++) {
        digest_add(&state, closing->record[batch->record[i]].id, SHARE_ID_BYTES);
    }
    digest_end(&state, batch->digest);
}

/*
 * Years of one stratum are disjoint from those of every other, so merging masks until nothing overlaps is
 * enough.
 */
static void make_strata(struct batch_list *list) {
    uint16_t years[ROUND_CLASSES] = {0};
    for (uint16_t i = 0; i < list->batch_count; i++) {
        years[i] = list->batch[i].years;
    }
    for (bool grown = true; grown;) {
        grown = false;
        for (uint16_t i = 0; i < list->batch_count; i++) {
            for (uint16_t j = 0; j < list->batch_count; j++) {
                if ((years[i] & years[j]) && years[i] != years[j]) {
                    years[i] |= years[j];
                    years[j] = years[i];
                    grown = true;
                }
            }
        }
    }
    for (uint16_t i = 0; i < list->batch_count; i++) {
        uint16_t at = 0;
        while (at < list->stratum_count && list->stratum_years[at] != years[i]) {
            at++;
        }
        list->stratum_years[at] = years[i];
        if (at == list->stratum_count) {
            list->stratum_count++;
        }
        list->batch[i].stratum = at;
    }
}

enum fault batch_derive(struct batch_list *out, const struct round *round, const struct closing *closing,
                        const uint32_t *excluded, uint32_t excluded_count) {
    struct grouping grouping = {0};
    uint16_t index[ROUND_CLASSES] = {0};
    *out = (struct batch_list){0};
    enum fault fault = check_excluded(closing, excluded, excluded_count);
    fault = fault ? fault : begin_groups(&grouping, round, closing, excluded, excluded_count);
    fault = fault ? fault : join_small_groups(&grouping, batch_least(round));
    fault = fault ? fault : make_batches(out, index, &grouping, round);
    if (fault) {
        batch_list_release(out);
        return fault;
    }
    for (uint32_t at = 0, skipped = 0; next_record(&at, &skipped, closing, excluded, excluded_count); at++) {
        uint16_t place = place_of(round, closing->record[at].class_number);
        struct batch *batch = &out->batch[index[grouping.group[place]]];
        batch->record[batch->record_count++] = at;
    }
    for (uint16_t i = 0; i < out->batch_count; i++) {
        digest_batch(&out->batch[i], round, closing);
    }
    make_strata(out);
    return FAULT_NONE;
}

void batch_list_release(struct batch_list *list) {
    for (uint16_t i = 0; list->batch && i < list->batch_count; i++) {
        free(list->batch[i].record);
    }
    free(list->batch);
    *list = (struct batch_list){0};
}
