/* SPDX-License-Identifier: Apache-2.0 */
#include "answers.h"

#include "secret.h"

enum fault answers_new(struct answers **out) {
    void *memory = NULL;
    enum fault fault = secret_new(&memory, sizeof **out);
    *out = memory;
    return fault;
}

struct answers *answers_free(struct answers *answers) {
    return secret_free(answers);
}

void answers_forget(struct answers *answers) {
    secret_wipe(answers, sizeof *answers);
}

static uint32_t bit_of(uint16_t option) {
    return UINT32_C(1) << option;
}

static uint32_t exclusive_options(const struct questionnaire_list *list) {
    uint32_t mask = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        mask |= list->option[i].exclusive ? bit_of(i) : 0;
    }
    return mask;
}

void answers_choose(struct answers *answers, const struct questionnaire *questionnaire, uint16_t item,
                    uint16_t option) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    if (!list || option >= list->option_count) {
        return;
    }
    uint32_t *chosen = &answers->chosen[item];
    bool one = questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE;
    if (one) {
        *chosen = bit_of(option);
    } else if (*chosen & bit_of(option)) {
        *chosen &= ~bit_of(option);
    } else {
        uint32_t kept = list->option[option].exclusive ? 0 : *chosen & ~exclusive_options(list);
        *chosen = kept | bit_of(option);
    }
}

void answers_clear(struct answers *answers, uint16_t item) {
    if (item < QUESTIONNAIRE_ITEMS) {
        answers->chosen[item] = 0;
    }
}

/* Missing codes are exclusive, so the lowest option chosen tells the kind of them all. */
static enum answers_state state_of_choice(const struct questionnaire_list *list, uint32_t chosen) {
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (chosen & bit_of(i)) {
            switch (list->option[i].kind) {
            case QUESTIONNAIRE_OPTION_ANSWER: return ANSWERS_STATE_ANSWER;
            case QUESTIONNAIRE_OPTION_DONT_KNOW: return ANSWERS_STATE_DONT_KNOW;
            case QUESTIONNAIRE_OPTION_RATHER_NOT: return ANSWERS_STATE_RATHER_NOT;
            }
        }
    }
    return ANSWERS_STATE_SKIPPED;
}

enum answers_state answers_state_of(const struct answers *answers, const struct questionnaire *questionnaire,
                                    uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    if (!list) {
        return ANSWERS_STATE_NOT_ASKED;
    }
    bool always = questionnaire->item[item].step_count == 0;
    if (!always && !questionnaire_asks(questionnaire, item, answers->chosen)) {
        return ANSWERS_STATE_NOT_ASKED;
    }
    if (!answers->chosen[item] && !answers->shown[item]) {
        return ANSWERS_STATE_NOT_ASKED;
    }
    return state_of_choice(list, answers->chosen[item]);
}

static bool choice_is_possible(const struct questionnaire *questionnaire, uint16_t item, uint32_t chosen) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    if (!list) {
        return chosen == 0;
    }
    bool several = (chosen & (chosen - 1)) != 0;
    bool inside = chosen >> list->option_count == 0;
    bool alone =
        questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE || chosen & exclusive_options(list);
    return inside && !(several && alone);
}

enum fault answers_check(const struct answers *answers, const struct questionnaire *questionnaire) {
    bool possible = (unsigned)answers->participation <= ANSWERS_DECLINED;
    for (uint16_t i = 0; i < QUESTIONNAIRE_ITEMS; i++) {
        possible = possible && choice_is_possible(questionnaire, i, answers->chosen[i]);
    }
    return possible ? FAULT_NONE : FAULT_ANSWERS;
}
