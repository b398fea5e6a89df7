/* SPDX-License-Identifier: Apache-2.0 */
#include "breakdown.h"

#include "disclosure_switch.h"

_Static_assert(QUESTIONNAIRE_OPTIONS <= 32, "a bit for each option");

uint64_t breakdown_size(const struct layout *layout, const struct questionnaire *questionnaire,
                        const uint64_t *sums, uint16_t item, uint16_t option) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    const struct layout_block *block =
        layout_find(layout, LAYOUT_SCHOOL, LAYOUT_OPTIONS, item, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE);
    uint32_t rank = 0;
    for (uint16_t i = 0; i < option; i++) {
        rank += list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER;
    }
    return list->option[option].kind == QUESTIONNAIRE_OPTION_ANSWER ? sums[block->first + rank] : 0;
}

static uint64_t took_part(const struct layout *layout, const uint64_t *sums) {
    const struct layout_block *block =
        layout_find(layout, LAYOUT_CLASS, LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE,
                    QUESTIONNAIRE_NONE);
    return sums[block->first] + sums[block->first + 1];
}

/* `size` by option, 0 for a missing code; `all` took part. */
static uint32_t decide(const struct questionnaire_list *list, const uint64_t size[QUESTIONNAIRE_OPTIONS],
                       uint64_t all, uint32_t k_unit) {
    uint64_t opened = 0, least = UINT64_MAX;
    uint32_t open = 0, smallest = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER && size[i] >= k_unit) {
            open |= UINT32_C(1) << i;
            opened += size[i];
            smallest = size[i] < least ? UINT32_C(1) << i : smallest;
            least = size[i] < least ? size[i] : least;
        }
    }
    if (opened > all) {
        return 0; /* sums that contradict each other */
    }
    return all - opened < k_unit ? open & ~smallest : open;
}

uint32_t breakdown_open(const struct layout *layout, const struct questionnaire *questionnaire,
                        const uint64_t *sums, uint16_t item, uint32_t k_unit) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    uint64_t size[QUESTIONNAIRE_OPTIONS] = {0};
    for (uint16_t i = 0; i < list->option_count; i++) {
        size[i] = breakdown_size(layout, questionnaire, sums, item, i);
    }
    return decide(list, size, took_part(layout, sums), k_unit);
}

/* An item's sizes by option, and everybody who took part; gives where the next item's begin. */
static const uint32_t *take_sizes(uint64_t size[QUESTIONNAIRE_OPTIONS], uint64_t *all,
                                  const struct questionnaire_list *list, const uint32_t *sizes) {
    *all = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        size[i] = list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER ? *sizes++ : 0;
        *all += size[i];
    }
    *all += *sizes++;
    return sizes;
}

void breakdown_decide(uint32_t open[QUESTIONNAIRE_ITEMS], const struct questionnaire *questionnaire,
                      const uint32_t *sizes, uint64_t records, uint32_t k_unit) {
    uint64_t first = UINT64_MAX;
    bool well = true;
    for (uint16_t i = 0; i < QUESTIONNAIRE_ITEMS; i++) {
        open[i] = 0;
        if (i < questionnaire->item_count && questionnaire->item[i].breakdown) {
            const struct questionnaire_list *list = questionnaire_list_of(questionnaire, i);
            uint64_t size[QUESTIONNAIRE_OPTIONS] = {0}, all = 0;
            sizes = take_sizes(size, &all, list, sizes);
            first = first == UINT64_MAX ? all : first;
            well = well && all == first && all <= records;
            open[i] = decide(list, size, all, k_unit);
        }
    }
    for (uint16_t i = 0; !well && i < QUESTIONNAIRE_ITEMS; i++) {
        open[i] = 0;
    }
}
