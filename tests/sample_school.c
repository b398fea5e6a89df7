/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sample_school.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/measurement.h"
#include "core/secret.h"
#include "tests/sample_questionnaire.h"

static void must(bool truth, const char *what) {
    if (!truth) {
        fprintf(stderr, "sample_school: %s\n", what);
        abort();
    }
}

static void *numbers(size_t count) {
    void *memory = NULL;
    must(secret_new(&memory, (count + 1) * sizeof(uint64_t)) == FAULT_NONE, "memory");
    return memory;
}

static uint16_t stratum_of(struct batch_list *batches, uint16_t years) {
    for (uint16_t i = 0; i < batches->stratum_count; i++) {
        if (batches->stratum_years[i] & years) {
            return i;
        }
    }
    batches->stratum_years[batches->stratum_count] = years;
    return batches->stratum_count++;
}

struct sample_school *sample_school_new(struct questionnaire *questionnaire,
                                        const struct sample_class *classes, uint16_t class_count) {
    struct sample_school *school = calloc(1, sizeof *school);
    must(school != NULL, "memory");
    school->sample = questionnaire ? sample_round_new_of(questionnaire, classes, class_count, 1)
                                   : sample_round_new(classes, class_count, 1);
    struct combine_result *result = &school->result;
    const struct layout *layout = &school->sample->layout;
    result->class_counters = layout->level_first[LAYOUT_SCHOOL];
    result->total_count = layout->level_first[LAYOUT_BREAKDOWN];
    result->batches.batch = calloc(class_count, sizeof *result->batches.batch);
    result->batches.batch_count = class_count;
    must(result->batches.batch != NULL, "memory");
    for (uint16_t i = 0; i < class_count; i++) {
        struct batch *batch = &result->batches.batch[i];
        batch->class_count = 1;
        batch->class_number[0] = (uint16_t)(i + 1);
        batch->years = classes[i].years;
        batch->stratum = stratum_of(&result->batches, classes[i].years);
    }
    result->refused = calloc(class_count, sizeof *result->refused);
    result->stratum_refused = calloc(class_count, sizeof *result->stratum_refused);
    result->batch_sums = numbers((size_t)class_count * result->class_counters);
    result->stratum_sums = numbers((size_t)class_count * result->total_count);
    result->total = numbers(result->total_count);
    school->measurement = calloc(layout->counter_count, sizeof *school->measurement);
    must(result->refused && result->stratum_refused && school->measurement, "memory");
    must(answers_new(&school->answers) == FAULT_NONE, "answers");
    return school;
}

struct sample_school *sample_school_free(struct sample_school *school) {
    if (school) {
        combine_result_release(&school->result);
        answers_free(school->answers);
        free(school->measurement);
        sample_round_free(school->sample);
        free(school);
    }
    return NULL;
}

void sample_school_begin(struct sample_school *school, enum answers_participation participation) {
    answers_forget(school->answers);
    school->answers->participation = participation;
    for (uint16_t i = 0; i < school->sample->round->questionnaire->item_count; i++) {
        school->answers->shown[i] = participation != ANSWERS_DECLINED;
    }
}

void sample_school_add(struct sample_school *school, uint16_t batch, uint32_t times) {
    struct combine_result *result = &school->result;
    struct batch *at = &result->batches.batch[batch];
    uint64_t *own = result->batch_sums + (size_t)batch * result->class_counters;
    uint64_t *year = result->stratum_sums + (size_t)at->stratum * result->total_count;
    must(measurement_encode(school->measurement, &school->sample->layout,
                            school->sample->round->questionnaire, school->answers) == FAULT_NONE,
         "measurement");
    for (uint32_t i = 0; i < result->total_count; i++) {
        uint64_t more = (uint64_t)times * school->measurement[i];
        result->total[i] += more;
        year[i] += more;
        if (i < result->class_counters) {
            own[i] += more;
        }
    }
    at->record_count += times;
    result->contributions += times;
}

/* An option, most likely an end one: the first for half of the items, the last for the others. */
static uint16_t usual_option(const struct questionnaire_list *list, uint16_t item, uint32_t lean,
                             uint64_t *state) {
    uint16_t answers = 0;
    while (answers < list->option_count && list->option[answers].kind == QUESTIONNAIRE_OPTION_ANSWER) {
        answers++;
    }
    uint16_t rank = 0;
    while (rank + 1 < answers && sample_below(state, 100) >= 50 + lean / 5) {
        rank++;
    }
    return item % 2 ? rank : (uint16_t)(answers - 1 - rank);
}

void sample_school_usual(struct sample_school *school, uint16_t batch, uint32_t lean, uint64_t *state) {
    const struct questionnaire *questionnaire = school->sample->round->questionnaire;
    bool declined = sample_below(state, 60) == 0;
    sample_school_begin(school, declined ? ANSWERS_DECLINED : ANSWERS_ANSWERED);
    uint16_t stop = sample_below(state, 40) ? questionnaire->item_count
                                            : (uint16_t)sample_below(state, questionnaire->item_count);
    uint32_t *chosen = school->answers->chosen;
    for (uint16_t i = 0; !declined && i < questionnaire->item_count; i++) {
        const struct questionnaire_list *list = questionnaire_list_of(questionnaire, i);
        school->answers->shown[i] = i < stop && questionnaire_asks(questionnaire, i, chosen);
        if (list && school->answers->shown[i] && sample_below(state, 30)) {
            chosen[i] = UINT32_C(1) << usual_option(list, i, lean, state);
        }
    }
    if (!declined && stop < questionnaire->item_count) {
        school->answers->participation = ANSWERS_STOPPED;
    }
    sample_school_add(school, batch, 1);
}

struct sample_school *sample_school_usual_new(struct questionnaire *questionnaire, uint16_t classes,
                                              uint16_t years, uint32_t heads, uint64_t seed) {
    struct sample_class list[ROUND_CLASSES] = {{0}};
    static char labels[ROUND_CLASSES][8];
    uint64_t state = seed;
    must(classes <= ROUND_CLASSES, "classes");
    for (uint16_t i = 0; i < classes; i++) {
        snprintf(labels[i], sizeof labels[i], "%d%c%d", 1 + i % years, 'A' + i / years % 26, i / years / 26);
        list[i] =
            (struct sample_class){labels[i], (uint16_t)(1u << i % years), (uint16_t)(2 * heads + 20), 0};
    }
    struct sample_school *school = sample_school_new(questionnaire, list, classes);
    for (uint16_t i = 0; i < classes; i++) {
        uint32_t pupils = heads * 3 / 4 + sample_below(&state, heads / 2 + 1),
                 lean = sample_below(&state, 100);
        for (uint32_t j = 0; j < pupils || j < school->sample->round->k_unit; j++) {
            sample_school_usual(school, i, lean, &state);
        }
    }
    return school;
}
