/* SPDX-License-Identifier: Apache-2.0 */
#include "measurement.h"

#include <string.h>

#include "secret.h"

struct pupil {
    const struct layout *layout;
    const struct questionnaire *questionnaire;
    const struct answers *answers;
};

static bool gave_answer(const struct pupil *pupil, uint16_t item) {
    return answers_state_of(pupil->answers, pupil->questionnaire, item) == ANSWERS_STATE_ANSWER;
}

/* One mark a coarse group of a chosen option; for select_one that is one mark. */
static void mark_groups(uint32_t *out, const struct pupil *pupil, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(pupil->questionnaire, item);
    if (!gave_answer(pupil, item)) {
        return;
    }
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (pupil->answers->chosen[item] >> i & 1u) {
            out[list->option[i].coarse] = 1;
        }
    }
}

static void mark_options(uint32_t *out, const struct pupil *pupil, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(pupil->questionnaire, item);
    if (!gave_answer(pupil, item)) {
        return;
    }
    for (uint16_t i = 0, rank = 0; i < list->option_count; i++) {
        if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER) {
            out[rank++] = pupil->answers->chosen[item] >> i & 1u;
        }
    }
}

static void mark_missing(uint32_t *out, const struct pupil *pupil, uint16_t item) {
    enum answers_state state = answers_state_of(pupil->answers, pupil->questionnaire, item);
    if (state != ANSWERS_STATE_ANSWER) {
        out[state - ANSWERS_STATE_DONT_KNOW] = 1;
    }
}

/* The score after reversing; false when the item was not answered. */
static bool score_of(uint32_t *out, const struct pupil *pupil, uint16_t item) {
    const struct questionnaire_item *question = &pupil->questionnaire->item[item];
    const struct questionnaire_scale *scale = &pupil->questionnaire->scale[question->scale];
    const struct questionnaire_list *list = questionnaire_list_of(pupil->questionnaire, item);
    if (!gave_answer(pupil, item)) {
        return false;
    }
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (pupil->answers->chosen[item] >> i & 1u) {
            uint32_t score = list->option[i].score;
            *out = question->reverse ? (uint32_t)scale->score_min + scale->score_max - score : score;
        }
    }
    return true;
}

struct score {
    uint32_t answered;
    uint32_t raw;
};

static struct score score_scale(const struct pupil *pupil, uint16_t scale) {
    struct score score = {0};
    for (uint16_t i = 0; i < pupil->questionnaire->item_count; i++) {
        uint32_t value = 0;
        if (pupil->questionnaire->item[i].scale == scale && score_of(&value, pupil, i)) {
            score.answered++;
            score.raw += value;
        }
    }
    return score;
}

/* Nobody counts without an answer, even in a scale without items: the sum is divided by the answers. */
static bool counts(const struct pupil *pupil, uint16_t scale, const struct score *score) {
    return score->answered > 0 && score->answered * 5 >= pupil->layout->scale[scale].items * 4;
}

static void mark_sum(uint32_t *out, const struct pupil *pupil, uint16_t scale) {
    struct score score = score_scale(pupil, scale);
    if (counts(pupil, scale, &score)) {
        out[0] = 1;
        out[1] = (uint32_t)(score.raw * pupil->layout->scale[scale].unit / score.answered);
    }
    secret_wipe(&score, sizeof score);
}

static void mark_histogram(uint32_t *out, const struct pupil *pupil, uint16_t scale, uint32_t count) {
    struct score score = score_scale(pupil, scale);
    if (counts(pupil, scale, &score)) {
        out[layout_cell(pupil->layout, pupil->questionnaire, scale, score.answered, score.raw)] = 1;
    } else {
        out[count - 1] = 1;
    }
    secret_wipe(&score, sizeof score);
}

static void mark_complete(uint32_t *out, const struct pupil *pupil, uint16_t scale) {
    const struct questionnaire_scale *range = &pupil->questionnaire->scale[scale];
    struct score score = score_scale(pupil, scale);
    bool complete = score.answered == pupil->layout->scale[scale].items;
    for (uint16_t i = 0; complete && i < pupil->questionnaire->item_count; i++) {
        uint32_t value = 0;
        if (pupil->questionnaire->item[i].scale == scale && score_of(&value, pupil, i)) {
            out[value - range->score_min] = 1;
            out += range->score_max - range->score_min + 1;
        }
    }
    secret_wipe(&score, sizeof score);
}

static bool in_category(const struct pupil *pupil, const struct layout_block *block) {
    return block->breakdown == QUESTIONNAIRE_NONE ||
           (gave_answer(pupil, block->breakdown) &&
            pupil->answers->chosen[block->breakdown] >> block->category & 1u);
}

static void mark_block(uint32_t *out, const struct pupil *pupil, const struct layout_block *block) {
    if (!in_category(pupil, block)) {
        return;
    }
    switch (block->kind) {
    case LAYOUT_PARTICIPATION: out[pupil->answers->participation] = 1; break;
    case LAYOUT_GROUPS:
    case LAYOUT_ANY: mark_groups(out, pupil, block->subject); break;
    case LAYOUT_ANSWERED: out[0] = gave_answer(pupil, block->subject); break;
    case LAYOUT_MISSING: mark_missing(out, pupil, block->subject); break;
    case LAYOUT_OPTIONS:
    case LAYOUT_CHOSEN: mark_options(out, pupil, block->subject); break;
    case LAYOUT_SCALE_SUM: mark_sum(out, pupil, block->subject); break;
    case LAYOUT_HISTOGRAM: mark_histogram(out, pupil, block->subject, block->count); break;
    case LAYOUT_COMPLETE: mark_complete(out, pupil, block->subject); break;
    }
}

enum fault measurement_encode(uint32_t *out, const struct layout *layout,
                              const struct questionnaire *questionnaire, const struct answers *answers) {
    struct pupil pupil = {layout, questionnaire, answers};
    memset(out, 0, layout->counter_count * sizeof *out);
    enum fault fault = answers_check(answers, questionnaire);
    if (fault) {
        return fault;
    }
    bool declined = answers->participation == ANSWERS_DECLINED;
    for (uint32_t i = 0; i < layout->block_count; i++) {
        if (!declined || layout->block[i].kind == LAYOUT_PARTICIPATION) {
            mark_block(out + layout->block[i].first, &pupil, &layout->block[i]);
        }
    }
    return FAULT_NONE;
}
