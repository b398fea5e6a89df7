/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_PLANNED_H
#define ATTACKER_PLANNED_H

#include "made.h"

/*
 * A school that was planned by hand: a text file says what is asked and what every pupil answers. One word
 * first on each line; `#` begins a comment line:
 *
 *   scale, item, option, step        as in known.h
 *   class YEAR                       the next class, of this year (1-16)
 *   pupils COUNT FATE ITEM:OPTION... so many of that class; FATE answered, stopped or declined; what is not named was skipped. Who stopped saw
 *                                    no question after the last one named
 *   late COUNT FATE ITEM:OPTION...   the same, after the first release
 *
 * k_unit is 10, k_cell 5, as in every made-up round. A line that cannot be read ends the program with 2 and
 * its number.
 */

enum { PLANNED_CROWDS = 128 };

struct planned_crowd {
    uint16_t class_index;
    bool late;
    uint32_t count;
    enum answers_participation fate;
    uint16_t pair_count;
    uint16_t item[QUESTIONNAIRE_ITEMS], option[QUESTIONNAIRE_ITEMS];
};

struct planned {
    struct questionnaire *questionnaire; /* not checked yet; planned_begin takes it */
    uint16_t class_count, crowd_count;
    uint16_t year[MADE_CLASSES];
    struct planned_crowd crowd[PLANNED_CROWDS];
};

void planned_read(struct planned *out, const char *path);

/*
 * Makes the round, on one machine; then lets answer who was in time, or who came late. True when anybody was.
 */
void planned_begin(struct made *made, struct planned *planned);
bool planned_answer(struct made *made, const struct planned *planned, bool late);

#endif
