/* SPDX-License-Identifier: Apache-2.0 */
#include "pupils.h"

#include <string.h>

static bool one_in(uint64_t *state, uint32_t many) {
    return sample_below(state, many) == 0;
}

static uint32_t one_of(uint64_t *state, const uint32_t *values, uint32_t count) {
    return values[sample_below(state, count)];
}

void pupils_mood_school(struct pupils_mood *school, const struct questionnaire *questionnaire,
                        enum pupils_kind kind, uint64_t *state) {
    static const uint32_t weights[] = {1, 2, 4, 10, 30};
    memset(school, 0, sizeof *school);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        const struct questionnaire_list *list = questionnaire_list_of(questionnaire, i);
        for (uint16_t j = 0; list && j < list->option_count; j++) {
            school->weight[i][j] = one_of(state, weights, 5);
            if (kind == PUPILS_EMPTY && one_in(state, 3)) {
                school->weight[i][j] = 0;
            }
        }
    }
}

void pupils_mood_class(struct pupils_mood *mood, const struct pupils_mood *school,
                       const struct questionnaire *questionnaire, enum pupils_kind kind, uint64_t *state) {
    static const uint32_t few[] = {0, 0, 2, 5};
    static const uint32_t many[] = {5, 15, 30};
    bool often = kind == PUPILS_MANY_MISSING;
    *mood = *school;
    mood->declining = one_of(state, often ? many : few, often ? 3 : 4);
    mood->stopping = one_of(state, often ? many : few, often ? 3 : 4);
    mood->missing = kind == PUPILS_UNANIMOUS ? 0 : one_of(state, often ? many : few, often ? 3 : 4);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        const struct questionnaire_list *list = questionnaire_list_of(questionnaire, i);
        if (list && (kind == PUPILS_UNANIMOUS ? !one_in(state, 3) : one_in(state, 8))) {
            memset(mood->weight[i], 0, sizeof mood->weight[i]);
            mood->weight[i][sample_below(state, list->option_count)] = 1;
        }
    }
}

static uint16_t weighed(const uint32_t *weight, uint16_t count, uint64_t *state) {
    uint32_t total = 0;
    for (uint16_t i = 0; i < count; i++) {
        total += weight[i];
    }
    uint32_t at = total ? sample_below(state, total) : 0;
    for (uint16_t i = 0; total && i < count; i++) {
        if (at < weight[i]) {
            return i;
        }
        at -= weight[i];
    }
    return 0;
}

uint32_t pupils_cell_count(const struct questionnaire *questionnaire, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    if (!list) {
        return 0;
    }
    bool multiple = questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_MULTIPLE;
    return list->option_count + (multiple ? 3u + list->coarse_count : 2u);
}

static void count_answer(uint32_t *cell, const struct questionnaire *questionnaire, uint16_t item,
                         uint32_t chosen) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    uint32_t groups = 0;
    bool multiple = questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_MULTIPLE;
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (chosen >> i & 1) {
            cell[i]++;
            groups |= list->option[i].coarse == QUESTIONNAIRE_NONE ? 0 : 1u << list->option[i].coarse;
        }
    }
    cell[list->option_count + 2] += multiple && groups;
    for (uint16_t i = 0; multiple && i < list->coarse_count; i++) {
        cell[list->option_count + 3 + i] += groups >> i & 1;
    }
}

static uint32_t bin_count(const struct questionnaire_scale *scale) {
    uint32_t span = (uint32_t)(scale->score_max - scale->score_min);
    return span == 1 ? 2 : span <= PUPILS_BINS ? span : PUPILS_BINS;
}

static void count_score(struct pupils_count *count, const struct answers *answers,
                        const struct questionnaire *questionnaire, uint16_t number) {
    const struct questionnaire_scale *scale = &questionnaire->scale[number];
    uint32_t answered = 0;
    uint32_t raw = 0;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        const struct questionnaire_item *item = &questionnaire->item[i];
        const struct questionnaire_list *list = questionnaire_list_of(questionnaire, i);
        for (uint16_t j = 0; item->scale == number && list && j < list->option_count; j++) {
            if ((answers->chosen[i] >> j & 1) && list->option[j].kind == QUESTIONNAIRE_OPTION_ANSWER) {
                uint32_t score = list->option[j].score;
                raw += item->reverse ? (uint32_t)(scale->score_min + scale->score_max) - score : score;
                answered++;
            }
        }
    }
    uint32_t bin = PUPILS_BINS;
    if (answered * 5 >= scale->item_count * 4u) {
        uint32_t span = (uint32_t)(scale->score_max - scale->score_min);
        bin = (raw - answered * scale->score_min) * bin_count(scale) / (answered * span);
        bin = bin < bin_count(scale) ? bin : bin_count(scale) - 1;
    }
    count->score[number][bin]++;
}

static void count_pupil(struct pupils_count *count, const struct answers *answers,
                        const struct questionnaire *questionnaire) {
    count->participation[answers->participation]++;
    for (uint16_t i = 0; answers->participation != ANSWERS_DECLINED && i < questionnaire->scale_count; i++) {
        count_score(count, answers, questionnaire, i);
    }
    for (uint16_t i = 0; answers->participation != ANSWERS_DECLINED && i < questionnaire->item_count; i++) {
        const struct questionnaire_list *list = questionnaire_list_of(questionnaire, i);
        if (!list) {
            continue;
        }
        enum answers_state became = answers_state_of(answers, questionnaire, i);
        if (became == ANSWERS_STATE_SKIPPED || became == ANSWERS_STATE_NOT_ASKED) {
            count->cell[i][list->option_count + (became == ANSWERS_STATE_NOT_ASKED)]++;
        } else {
            count_answer(count->cell[i], questionnaire, i, answers->chosen[i]);
        }
    }
}

static void choose(struct answers *answers, const struct pupils *pupils, uint16_t item, uint64_t *state) {
    const struct questionnaire_list *list = questionnaire_list_of(pupils->questionnaire, item);
    answers->shown[item] = true;
    if (!list || sample_below(state, 100) < pupils->mood.missing) {
        return;
    }
    bool multiple = pupils->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_MULTIPLE;
    for (uint32_t i = 0; i == 0 || (multiple && i < 3 && one_in(state, 2)); i++) {
        answers_choose(answers, pupils->questionnaire, item,
                       weighed(pupils->mood.weight[item], list->option_count, state));
    }
}

/* Whoever chose a category of a breakdown counts there too. */
static void count_categories(const struct pupils *pupils, const struct answers *answers,
                             const struct questionnaire *questionnaire) {
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        const struct questionnaire_list *list = questionnaire_list_of(questionnaire, i);
        for (uint16_t j = 0; pupils->category[i] && j < list->option_count; j++) {
            bool chosen = answers->participation != ANSWERS_DECLINED && answers->chosen[i] >> j & 1;
            if (chosen && list->option[j].kind == QUESTIONNAIRE_OPTION_ANSWER) {
                count_pupil(&pupils->category[i][j], answers, questionnaire);
            }
        }
    }
}

void pupils_count(struct pupils *pupils, const struct answers *answers,
                  const struct questionnaire *questionnaire) {
    count_pupil(pupils->count, answers, questionnaire);
    count_categories(pupils, answers, questionnaire);
    if (!pupils->kept && pupils->keep-- == 0) {
        pupils->kept = true;
        count_pupil(&pupils->kept_count, answers, questionnaire);
    }
}

void pupils_answer(void *context, struct answers *answers, const struct questionnaire *questionnaire,
                   uint64_t *state) {
    struct pupils *pupils = context;
    uint32_t fate = sample_below(state, 100);
    uint16_t seen = questionnaire->item_count;
    answers->participation = fate < pupils->mood.declining                           ? ANSWERS_DECLINED
                             : fate < pupils->mood.declining + pupils->mood.stopping ? ANSWERS_STOPPED
                                                                                     : ANSWERS_ANSWERED;
    if (answers->participation != ANSWERS_ANSWERED) {
        seen = (uint16_t)sample_below(state, questionnaire->item_count);
    }
    for (uint16_t i = 0; i < seen; i++) {
        choose(answers, pupils, i, state);
    }
    pupils_count(pupils, answers, questionnaire);
}

void pupils_add(struct pupils_count *sum, const struct pupils_count *more) {
    for (int i = 0; i < 3; i++) {
        sum->participation[i] += more->participation[i];
    }
    for (int i = 0; i < QUESTIONNAIRE_SCALES; i++) {
        for (int j = 0; j <= PUPILS_BINS; j++) {
            sum->score[i][j] += more->score[i][j];
        }
    }
    for (int i = 0; i < QUESTIONNAIRE_ITEMS; i++) {
        for (int j = 0; j < PUPILS_CELLS; j++) {
            sum->cell[i][j] += more->cell[i][j];
        }
    }
}

void pupils_take(struct pupils_count *sum, const struct pupils_count *less) {
    for (int i = 0; i < 3; i++) {
        sum->participation[i] -= less->participation[i];
    }
    for (int i = 0; i < QUESTIONNAIRE_SCALES; i++) {
        for (int j = 0; j <= PUPILS_BINS; j++) {
            sum->score[i][j] -= less->score[i][j];
        }
    }
    for (int i = 0; i < QUESTIONNAIRE_ITEMS; i++) {
        for (int j = 0; j < PUPILS_CELLS; j++) {
            sum->cell[i][j] -= less->cell[i][j];
        }
    }
}

static void write_or_none(FILE *out, bool there, uint32_t value) {
    if (there) {
        fprintf(out, " %u", value);
    } else {
        fprintf(out, " -");
    }
}

static void write_options(FILE *out, const struct questionnaire_list *list) {
    static const char *const kinds[] = {"answer", "dont_know", "rather_not"};
    for (uint16_t i = 0; list && i < list->option_count; i++) {
        const struct questionnaire_option *option = &list->option[i];
        fprintf(out, "option %s", kinds[option->kind]);
        write_or_none(out, option->coarse != QUESTIONNAIRE_NONE, option->coarse);
        write_or_none(out, option->has_score, option->score);
        fprintf(out, " %d\n", option->exclusive);
    }
}

void pupils_write_questionnaire(FILE *out, const struct questionnaire *questionnaire) {
    static const char *const kinds[] = {"note", "one", "multiple"};
    static const char *const steps[] = {"equals", "not_equals", "selected", "and", "or", "not"};
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        fprintf(out, "scale %u %u\n", questionnaire->scale[i].score_min, questionnaire->scale[i].score_max);
    }
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        const struct questionnaire_item *item = &questionnaire->item[i];
        fprintf(out, "item %s %d %d", kinds[item->kind], item->sensitive, item->breakdown);
        write_or_none(out, item->scale != QUESTIONNAIRE_NONE, item->scale);
        fprintf(out, " %d\n", item->reverse);
        write_options(out, questionnaire_list_of(questionnaire, i));
        for (uint16_t j = 0; j < item->step_count; j++) {
            fprintf(out, "step %s %u %u\n", steps[item->step[j].kind], item->step[j].item,
                    item->step[j].option);
        }
    }
}

void pupils_write_truth(FILE *out, const struct questionnaire *questionnaire, int batch,
                        const struct pupils_count *count) {
    fprintf(out, "true %d %u %u %u\n", batch, count->participation[0], count->participation[1],
            count->participation[2]);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (questionnaire_list_of(questionnaire, i)) {
            fprintf(out, "cell %d %u", batch, i);
            for (uint32_t j = 0; j < pupils_cell_count(questionnaire, i); j++) {
                fprintf(out, " %u", count->cell[i][j]);
            }
            fprintf(out, "\n");
        }
    }
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        fprintf(out, "score %d %u", batch, i);
        for (uint32_t j = 0; j < bin_count(&questionnaire->scale[i]); j++) {
            fprintf(out, " %u", count->score[i][j]);
        }
        fprintf(out, " %u\n", count->score[i][PUPILS_BINS]);
    }
}

void pupils_write_pupil(FILE *out, const struct questionnaire *questionnaire, int batch,
                        const struct pupils_count *count) {
    int participation = count->participation[1] ? 1 : count->participation[2] ? 2 : 0;
    fprintf(out, "pupil %d %d", batch, participation);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        for (uint32_t j = 0; j < pupils_cell_count(questionnaire, i); j++) {
            if (count->cell[i][j]) {
                fprintf(out, " %u:%u", i, j);
            }
        }
    }
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        for (uint32_t j = 0; j <= PUPILS_BINS; j++) {
            if (count->score[i][j]) {
                fprintf(out, " s%u:%u", i, j);
            }
        }
    }
    fprintf(out, "\n");
}
