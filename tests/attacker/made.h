/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_MADE_H
#define ATTACKER_MADE_H

#include "aggregator/release.h"
#include "pupils.h"
#include "tests/sample_opening.h"

/*
 * A made-up school on its way through the real chain: pupils answer, bundles are merged, the round is closed
 * and opened, and what comes out lies in a folder with what the attacker may know of it (known.h). Any
 * failure ends the program with 2. Link pupils.c, sample_opening.c, sample_round.c and sample_questionnaire.c
 * too.
 */

enum { MADE_CLASSES = 10 };

struct made {
    const char *folder; /* of what is written */
    uint16_t class_count;
    struct pupils_count said[2][MADE_CLASSES]; /* in time, late */
    struct pupils answering;                   /* `mood` and `keep` are the caller's */
    uint16_t kept_class;                       /* class number of the pupil whose answers are kept */
    struct pupils_count
        *category[2][QUESTIONNAIRE_ITEMS]; /* in time, late; per breakdown item, an option each */
    struct sample_opening *opening;
};

/* Ends the program with `what` when it does not hold. */
void made_must(bool truth, const char *what);

/*
 * A round of these classes; `alone`: both key holders at one machine, else on two; breakdowns are opened on
 * both. Takes the questionnaire over.
 */
void made_begin(struct made *out, struct questionnaire *questionnaire, const struct sample_class *classes,
                uint16_t class_count, uint16_t choices, bool alone, uint64_t seed);

/*
 * `count` pupils of a class (index) answer at its kiosk, and their bundle is merged. The context of `answer`
 * is made->answering or begins with it.
 */
void made_answer(struct made *made, bool late, uint16_t class_index, uint32_t count, sample_answering *answer,
                 void *context);

/*
 * Closes and opens, and writes the release there; with `levels` first that of the school alone, then that
 * down to years (NAME-school and so on), and sees to it that each is part of the next. NULL when the chain
 * refused, which it may for too few. `name` without ".klr".
 */
struct release *made_open(struct made *made, bool late, bool levels, const char *name);

/*
 * Writes `known`. The batches of the first release come first, then its parts of breakdowns, then those of
 * the second.
 */
void made_write_known(const struct made *made, const struct release *const releases[2]);

/*
 * Writes the whole report of what was released, every edition and every format, into the folder `report`
 * there: what readers get. `late` may be NULL.
 */
void made_report(const struct made *made, const struct release *release, const struct release *late);

/* How many files, of what was written and of what the chain left lying, hold exact sums; a line each. */
int made_search(const struct made *made);

void made_end(struct made *made);

#endif
