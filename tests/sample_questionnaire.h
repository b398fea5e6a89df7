/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAMPLE_QUESTIONNAIRE_H
#define SAMPLE_QUESTIONNAIRE_H

#include "core/answers.h"

/*
 * Questionnaires to test with: one small one that has everything, and as many random ones as wanted. All have
 * passed questionnaire_check; the caller frees them with questionnaire_free. Any failure ends the test
 * program.
 */

/* Items of sample_questionnaire, in order. */
enum sample_item {
    SAMPLE_WELCOME,    /* note */
    SAMPLE_GENDER,     /* breakdown: girl, boy, other, rather_not_say */
    SAMPLE_SAFE_CLASS, /* scale safety, list often */
    SAMPLE_SAFE_HALL,  /* scale safety */
    SAMPLE_AFRAID,     /* scale safety, reverse */
    SAMPLE_SAFE_WAY,   /* scale safety */
    SAMPLE_ALONE,      /* scale safety, reverse */
    SAMPLE_HAPPY,      /* scale wellbeing, list agree */
    SAMPLE_TIRED,      /* scale wellbeing, reverse */
    SAMPLE_HAPPENED, /* select_multiple, sensitive: called_names, pushed, phone, nothing (exclusive), rather_not_say */
    SAMPLE_TOLD, /* select_one; asked when called_names or pushed is selected: yes, no, dont_know */
    SAMPLE_ITEMS
};
/* Its scales: 5 items of 1..5, and 2 items of 0..3. */
enum sample_scale { SAMPLE_SAFETY, SAMPLE_WELLBEING, SAMPLE_SCALES };

struct questionnaire *sample_questionnaire(void);

/* Up to some 20 items, 4 scales, conditions, breakdowns; the same for the same seed on every machine. */
struct questionnaire *sample_questionnaire_random(uint64_t seed);

/* Chooses the named option of an item; an unknown name ends the program. */
void sample_choose(struct answers *answers, const struct questionnaire *questionnaire, uint16_t item,
                   const char *option);

/* The pupil of the worked samples of docs/format.md; `answers` starts forgotten. */
void sample_pupil(struct answers *answers, const struct questionnaire *questionnaire);

/*
 * A random pupil: any participation, any answers that answers_check accepts; stopped pupils have seen only a
 * part.
 */
void sample_answers(struct answers *answers, const struct questionnaire *questionnaire, uint64_t *state);

/* The next number of a fixed sequence (splitmix64), and one in 0..below-1. For tests only. */
uint64_t sample_random(uint64_t *state);
uint32_t sample_below(uint64_t *state, uint32_t below);

#endif
