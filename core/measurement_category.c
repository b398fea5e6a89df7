/* SPDX-License-Identifier: Apache-2.0 */
#include "measurement.h"

/* One category's sums, and everybody's. */
struct sums {
    const struct layout *layout;
    const uint64_t *category, *all;
    uint16_t breakdown, option;
    uint64_t size;
};

static const struct layout_block *find(const struct sums *sums, enum layout_kind kind, uint16_t subject) {
    return layout_find(sums->layout, LAYOUT_BREAKDOWN, kind, subject, sums->breakdown, sums->option);
}

/*
 * Adds a block up; false when a counter exceeds everybody's or the category. With that, nothing leaves 64
 * bits.
 */
static bool add_up(uint64_t *total, const struct sums *sums, const struct layout_block *block) {
    bool by_class = block->kind == LAYOUT_MISSING || block->kind == LAYOUT_ANSWERED;
    const struct layout_block *whole =
        layout_find(sums->layout, by_class ? LAYOUT_CLASS : LAYOUT_SCHOOL, block->kind, block->subject,
                    QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE);
    const uint64_t *counter = sums->category + (block->first - sums->layout->level_first[LAYOUT_BREAKDOWN]);
    bool holds = true;
    for (uint32_t i = 0; i < block->count; i++) {
        holds = holds && counter[i] <= sums->all[whole->first + i] && counter[i] <= sums->size;
        *total += counter[i];
    }
    return holds;
}

static bool item_holds(const struct sums *sums, uint16_t item, bool one) {
    uint64_t answered = 0, missing = 0, chosen = 0;
    bool holds = add_up(&answered, sums, find(sums, one ? LAYOUT_OPTIONS : LAYOUT_ANSWERED, item)) &&
                 add_up(&missing, sums, find(sums, LAYOUT_MISSING, item)) && answered + missing == sums->size;
    if (holds && !one) {
        const struct layout_block *block = find(sums, LAYOUT_CHOSEN, item);
        const uint64_t *counter =
            sums->category + (block->first - sums->layout->level_first[LAYOUT_BREAKDOWN]);
        holds = add_up(&chosen, sums, block) && chosen >= answered;
        for (uint32_t i = 0; holds && i < block->count; i++) {
            holds = counter[i] <= answered;
        }
    }
    return holds;
}

enum fault measurement_check_category(const struct layout *layout, const struct questionnaire *questionnaire,
                                      const uint64_t *category, const uint64_t *all, uint16_t breakdown,
                                      uint16_t option, uint64_t size) {
    struct sums sums = {layout, category, all, breakdown, option, size};
    bool holds = size <= UINT32_MAX;
    for (uint16_t i = 0; holds && i < questionnaire->item_count; i++) {
        if (questionnaire_list_of(questionnaire, i) && !questionnaire->item[i].breakdown) {
            holds = item_holds(&sums, i, questionnaire->item[i].kind == QUESTIONNAIRE_SELECT_ONE);
        }
    }
    for (uint16_t i = 0; holds && i < questionnaire->scale_count; i++) {
        uint64_t counted = 0;
        holds = add_up(&counted, &sums, find(&sums, LAYOUT_HISTOGRAM, i)) && counted == size;
    }
    return holds ? FAULT_NONE : FAULT_BATCH_SUMS;
}
