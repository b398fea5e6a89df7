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

uint32_t breakdown_open(const struct layout *layout, const struct questionnaire *questionnaire,
                        const uint64_t *sums, uint16_t item, uint32_t k_unit) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    uint64_t opened = 0, least = UINT64_MAX, all = took_part(layout, sums);
    uint32_t open = 0, smallest = 0;
    if (!disclosure_keeps(DISCLOSURE_BREAKDOWNS)) {
        k_unit = 1;
    }
    for (uint16_t i = 0; i < list->option_count; i++) {
        uint64_t size = breakdown_size(layout, questionnaire, sums, item, i);
        if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER && size >= k_unit) {
            open |= UINT32_C(1) << i;
            opened += size;
            smallest = size < least ? UINT32_C(1) << i : smallest;
            least = size < least ? size : least;
        }
    }
    if (opened > all) {
        return 0; /* sums that contradict each other */
    }
    return all - opened < k_unit && disclosure_keeps(DISCLOSURE_BREAKDOWNS) ? open & ~smallest : open;
}
