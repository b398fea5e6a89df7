/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregate_inside.h"
#include "aggregator/breakdown.h"
#include "combine_inside.h"
#include "core/measurement.h"
#include "core/secret.h"

/* What one category is combined from. */
struct category {
    struct combine_result *result;
    const struct opening *opening;
    const struct aggregate_sums *own, *other;
    uint16_t item, option;
};

static bool is_of(const struct layout_block *block, const struct category *category) {
    return block->level == LAYOUT_BREAKDOWN && block->breakdown == category->item &&
           block->category == category->option;
}

/* Only here do the two holders' sums of a category meet. */
static void add_category(const struct category *category) {
    const struct layout *layout = &category->opening->layout;
    uint32_t before = layout->level_first[LAYOUT_BREAKDOWN];
    const uint32_t *a = aggregate_breakdown_sums(category->own),
                   *b = aggregate_breakdown_sums(category->other);
    for (uint32_t i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        for (uint32_t j = block->first; is_of(block, category) && j < block->first + block->count; j++) {
            category->result->category_sums[j - before] = (uint32_t)(a[j - before] + b[j - before]);
        }
    }
}

static void wipe_category(const struct category *category) {
    const struct layout *layout = &category->opening->layout;
    for (uint32_t i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        if (is_of(block, category)) {
            secret_wipe(category->result->category_sums + block->first -
                            layout->level_first[LAYOUT_BREAKDOWN],
                        block->count * sizeof *category->result->category_sums);
        }
    }
}

static bool category_holds(const struct category *category) {
    const struct combine_result *result = category->result;
    const struct opening *opening = category->opening;
    const struct questionnaire *questionnaire = opening->round->questionnaire;
    uint64_t size =
        breakdown_size(&opening->layout, questionnaire, result->total, category->item, category->option);
    return measurement_check_category(&opening->layout, questionnaire, result->category_sums, result->total,
                                      category->item, category->option, size) == FAULT_NONE;
}

static void combine_item(struct category *category) {
    uint32_t *open = &category->result->open[category->item];
    bool holds = true;
    for (uint16_t i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        category->option = i;
        if (*open >> i & 1) {
            add_category(category);
            holds = category_holds(category) && holds;
        }
    }
    for (uint16_t i = 0; !holds && i < QUESTIONNAIRE_OPTIONS; i++) {
        category->option = i;
        wipe_category(category);
    }
    *open = holds ? *open : 0;
}

static bool is_whole(const struct combine_result *result) {
    bool whole = true;
    for (uint16_t i = 0; i < result->batches.stratum_count; i++) {
        whole = whole && !result->stratum_refused[i];
    }
    return whole;
}

/*
 * Whether her claim is of the very sums that she sent: else categories would be opened by other sizes than
 * are published.
 */
static bool claim_is_of_sums(const struct aggregate_sums *sums, const struct layout *layout,
                             uint32_t *counters) {
    uint32_t *summed = counters + layout->level_first[LAYOUT_BREAKDOWN], *told = summed + layout->size_count;
    for (uint16_t i = 0; i < sums->stratum_count; i++) {
        share_add(counters + sums->class_counters, aggregate_school_sums(sums, i), sums->school_counters);
    }
    layout_sizes(summed, layout, counters);
    commitment_claim_sizes(told, sums->sizes.claim, layout->size_count);
    return memcmp(summed, told, layout->size_count * sizeof *told) == 0;
}

static bool shut_is_empty(const struct aggregate_sums *sums, const struct layout *layout,
                          const uint32_t open[QUESTIONNAIRE_ITEMS]) {
    const uint32_t *breakdown = aggregate_breakdown_sums(sums);
    uint32_t before = layout->level_first[LAYOUT_BREAKDOWN];
    bool empty = true;
    for (uint32_t i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        for (uint32_t j = block->first; block->level == LAYOUT_BREAKDOWN && j < block->first + block->count;
             j++) {
            empty = empty && (aggregate_is_open(block, open) || breakdown[j - before] == 0);
        }
    }
    return empty;
}

enum fault combine_check_groups(const struct opening *opening, const struct batch_list *batches,
                                const struct aggregate_sums *own, const struct aggregate_sums *other) {
    const struct layout *layout = &opening->layout;
    uint32_t open[QUESTIONNAIRE_ITEMS];
    void *memory = NULL;
    enum fault fault = aggregate_check_sizes(open, opening, batches, &own->sizes, other->sizes.claim);
    fault =
        fault ? fault
              : secret_new(&memory, (layout->level_first[LAYOUT_BREAKDOWN] + 2 * (size_t)layout->size_count) *
                                        sizeof(uint32_t));
    if (!fault && !claim_is_of_sums(other, layout, memory)) {
        fault = FAULT_SIZES_FALSE;
    }
    if (!fault && !shut_is_empty(other, layout, open)) {
        fault = FAULT_STATEMENTS_DIFFER;
    }
    secret_free(memory);
    return fault;
}

enum fault combine_breakdowns(struct combine_result *result, const struct opening *opening,
                              const struct aggregate_sums *own, const struct aggregate_sums *other) {
    const struct questionnaire *questionnaire = opening->round->questionnaire;
    void *memory = NULL;
    if (!own->breakdown_counters || own->breakdown_counters != other->breakdown_counters ||
        !is_whole(result)) {
        return FAULT_NONE;
    }
    enum fault fault = secret_new(&memory, own->breakdown_counters * sizeof *result->category_sums);
    result->category_sums = memory;
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        struct category category = {result, opening, own, other, i, 0};
        if (questionnaire->item[i].breakdown) {
            result->open[i] =
                breakdown_open(&opening->layout, questionnaire, result->total, i, opening->round->k_unit);
            combine_item(&category);
        }
    }
    return fault;
}
