/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_condition.h"

uint16_t disclosure_condition_parent(const struct questionnaire_item *item) {
    uint16_t parent = QUESTIONNAIRE_NONE;
    for (uint16_t i = 0; i < item->step_count; i++) {
        enum questionnaire_operator kind = item->step[i].kind;
        if (kind != QUESTIONNAIRE_EQUALS && kind != QUESTIONNAIRE_NOT_EQUALS &&
            kind != QUESTIONNAIRE_SELECTED) {
            continue;
        }
        if (parent != QUESTIONNAIRE_NONE && parent != item->step[i].item) {
            return QUESTIONNAIRE_NONE;
        }
        parent = item->step[i].item;
    }
    return parent;
}

bool disclosure_condition_holds(const struct questionnaire_item *item, uint32_t chosen) {
    bool stack[QUESTIONNAIRE_STEPS + 1] = {false};
    uint16_t depth = 0;
    for (uint16_t i = 0; i < item->step_count; i++) {
        const struct questionnaire_step *step = &item->step[i];
        bool selected = chosen & (UINT32_C(1) << step->option);
        switch (step->kind) {
        case QUESTIONNAIRE_EQUALS:
        case QUESTIONNAIRE_SELECTED: stack[depth++] = selected; break;
        case QUESTIONNAIRE_NOT_EQUALS: stack[depth++] = !selected; break;
        case QUESTIONNAIRE_NOT: stack[depth - 1] = !stack[depth - 1]; break;
        case QUESTIONNAIRE_AND:
            depth--;
            stack[depth - 1] = stack[depth - 1] && stack[depth];
            break;
        case QUESTIONNAIRE_OR:
            depth--;
            stack[depth - 1] = stack[depth - 1] || stack[depth];
            break;
        }
    }
    return stack[0];
}

bool disclosure_condition_links(const struct questionnaire *questionnaire, uint16_t item) {
    bool linked = questionnaire->item[item].step_count > 0;
    for (uint16_t i = (uint16_t)(item + 1); !linked && i < questionnaire->item_count; i++) {
        linked = disclosure_condition_parent(&questionnaire->item[i]) == item;
    }
    return linked;
}
