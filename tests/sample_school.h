/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAMPLE_SCHOOL_H
#define SAMPLE_SCHOOL_H

#include "aggregator/combine.h"
#include "tests/sample_round.h"

/*
 * The exact result of a school of invented pupils, as combine would give it, without keys and seals. Any
 * failure ends the program. Link sample_round.c and sample_questionnaire.c too.
 */

struct sample_school {
    struct sample_round *sample;
    struct combine_result result;
    struct answers *answers;
    uint32_t *measurement;
};

/*
 * Classes as in sample_round_new, each a batch, years as strata; no pupils yet. Takes `questionnaire` over;
 * NULL: the sample questionnaire.
 */
struct sample_school *sample_school_new(struct questionnaire *questionnaire,
                                        const struct sample_class *classes, uint16_t class_count);
struct sample_school *sample_school_free(struct sample_school *school); /* accepts NULL, gives NULL */

/* `times` pupils of a batch (index) who answered what is in school->answers. */
void sample_school_add(struct sample_school *school, uint16_t batch, uint32_t times);

/* Empties school->answers for a pupil who saw every page. */
void sample_school_begin(struct sample_school *school, enum answers_participation participation);

/*
 * A pupil as pupils mostly are: 1 of 60 says no, 1 of 40 stops, 1 of 30 leaves a question out; options as a
 * skewed distribution that differs a little from class to class (`lean`, 0..99) with most at one end.
 */
void sample_school_usual(struct sample_school *school, uint16_t batch, uint32_t lean, uint64_t *state);

/* A whole usual school: `classes` of about `heads` pupils over `years` years. */
struct sample_school *sample_school_usual_new(struct questionnaire *questionnaire, uint16_t classes,
                                              uint16_t years, uint32_t heads, uint64_t seed);

#endif
