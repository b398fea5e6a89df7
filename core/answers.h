/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "questionnaire.h"

/*
 * What one pupil has chosen so far. Lives in secret memory (answers_new) and is wiped on every way out. Never
 * encoded as such: only its measurement leaves (core/measurement.h).
 */

enum answers_participation {
    ANSWERS_ANSWERED, /* went through to the end and sent it */
    ANSWERS_STOPPED,  /* stopped on the way and chose to send what was filled in */
    ANSWERS_DECLINED  /* said "no", or stopped and threw it away: consent withdrawn */
};

struct answers {
    enum answers_participation participation;
    bool shown[QUESTIONNAIRE_ITEMS]; /* the item's page has been on screen */
    uint32_t
        chosen[QUESTIONNAIRE_ITEMS]; /* mask of options, bit = index in the item's list; 0: nothing chosen */
};

/*
 * What became of one item of one pupil who did not decline. The last four are the missing codes, always kept
 * apart.
 */
enum answers_state {
    ANSWERS_STATE_ANSWER, /* one or more ANSWER options */
    ANSWERS_STATE_DONT_KNOW,
    ANSWERS_STATE_RATHER_NOT,
    ANSWERS_STATE_SKIPPED,  /* seen, and left open */
    ANSWERS_STATE_NOT_ASKED /* its condition said no, or the pupil stopped before it */
};

/* Zeroed answers in secret memory. FAULT_MEMORY, FAULT_MEMORY_LOCK. */
enum fault answers_new(struct answers **out) FAULT_MUST_CHECK;
/* Wipes and frees; accepts NULL; gives NULL. */
struct answers *answers_free(struct answers *answers);
/* Wipes for the next pupil: all zero. */
void answers_forget(struct answers *answers);

/*
 * A tap on `option` of `item`. select_one: it becomes the choice; tapping the choice again keeps it.
 * select_multiple: toggles it; an exclusive option clears the others, another option clears the exclusive
 * ones. Ignores an item or option out of range.
 */
void answers_choose(struct answers *answers, const struct questionnaire *questionnaire, uint16_t item,
                    uint16_t option);
/* Takes the choice of an item back ("skip"). */
void answers_clear(struct answers *answers, uint16_t item);

/*
 * The state of a select item (see the enum). An item that is no longer asked is NOT_ASKED, whatever was
 * chosen.
 */
enum answers_state answers_state_of(const struct answers *answers, const struct questionnaire *questionnaire,
                                    uint16_t item);

/*
 * FAULT_ANSWERS: a bit outside the list, more than one choice in select_one, an exclusive option beside
 * another.
 */
enum fault answers_check(const struct answers *answers,
                         const struct questionnaire *questionnaire) FAULT_MUST_CHECK;

#endif
