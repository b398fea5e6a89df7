/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_PUPILS_H
#define ATTACKER_PUPILS_H

#include <stdio.h>

#include "tests/sample_questionnaire.h"
#include "tests/sample_round.h"

/*
 * Pupils of made-up classes that are hard to keep apart: classes of one opinion, options that nobody chooses,
 * few who decline, few who skip. Keeps count of what they said, as the attacker's judge wants to know it
 * (known.h). Link sample_questionnaire.c too.
 */

enum { PUPILS_CELLS = QUESTIONNAIRE_OPTIONS * 2 + 3, PUPILS_BINS = 5 };

/* How one class answers. */
struct pupils_mood {
    uint32_t declining, stopping, missing; /* in a hundred */
    uint32_t weight[QUESTIONNAIRE_ITEMS][QUESTIONNAIRE_OPTIONS];
};

/* What one class said: cells as known.h orders them. */
struct pupils_count {
    uint32_t participation[3];
    uint32_t cell[QUESTIONNAIRE_ITEMS][PUPILS_CELLS];
    uint32_t score[QUESTIONNAIRE_SCALES][PUPILS_BINS + 1]; /* the last: does not count */
};

struct pupils {
    const struct questionnaire *questionnaire;
    struct pupils_mood mood;
    struct pupils_count *count; /* of the class that is answering */
    struct pupils_count *category
        [QUESTIONNAIRE_ITEMS]; /* per breakdown item, an option each: of whoever chose it; NULL: not kept */
    /*
     * One pupil's own answers, kept of the `keep`-th who answers (from 0), for an attacker among the pupils.
     */
    uint32_t keep;
    bool kept;
    struct pupils_count kept_count;
};

/* What a school is like, of the kinds that a seed chooses among. */
enum pupils_kind {
    PUPILS_ORDINARY,
    PUPILS_UNANIMOUS, /* most questions have one answer in a whole class */
    PUPILS_EMPTY,     /* options that nobody in the school chooses */
    PUPILS_FEW_MISSING,
    PUPILS_MANY_MISSING,
    PUPILS_KINDS
};

/* A mood for the next class. `school` has the weights that all classes lean to. */
void pupils_mood_school(struct pupils_mood *school, const struct questionnaire *questionnaire,
                        enum pupils_kind kind, uint64_t *state);
void pupils_mood_class(struct pupils_mood *mood, const struct pupils_mood *school,
                       const struct questionnaire *questionnaire, enum pupils_kind kind, uint64_t *state);

/* A sample_answering; the context is a struct pupils. Counts what it answers. */
void pupils_answer(void *context, struct answers *answers, const struct questionnaire *questionnaire,
                   uint64_t *state);

/* Keeps count of one pupil's answers, whoever gave them. */
void pupils_count(struct pupils *pupils, const struct answers *answers,
                  const struct questionnaire *questionnaire);

void pupils_add(struct pupils_count *sum, const struct pupils_count *more);
void pupils_take(struct pupils_count *sum, const struct pupils_count *less);
uint32_t pupils_cell_count(const struct questionnaire *questionnaire, uint16_t item);

/*
 * The lines of known.h: what everybody knows; what is true of a batch; what one pupil of batch `batch` knows.
 */
void pupils_write_questionnaire(FILE *out, const struct questionnaire *questionnaire);
void pupils_write_truth(FILE *out, const struct questionnaire *questionnaire, int batch,
                        const struct pupils_count *count);
void pupils_write_pupil(FILE *out, const struct questionnaire *questionnaire, int batch,
                        const struct pupils_count *count);

#endif
