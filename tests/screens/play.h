/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAY_H
#define PLAY_H

#include <stdio.h>

#include "core/questionnaire.h"
#include "kiosk/flow.h"
#include "tests/screens/actor.h"
#include "tests/screens/tapped.h"

/*
 * A class at a running kiosk (drive_class.c): who comes, and what they do. Whatever is not as it should be
 * ends the program.
 */

enum play_cast {
    PLAY_CLASS,     /* see drive_class.c */
    PLAY_LANGUAGES, /* each pupil in another one */
    PLAY_SWITCH,    /* everybody with one switch and nothing else */
    PLAY_IDLE,      /* some walk away before the others come; the first of those walks away after a no */
    PLAY_STORM      /* after the first pupil hands that do not look where they go */
};

struct play {
    struct actor actor;
    struct desk *desk;
    const struct questionnaire *questionnaire;
    const char *class_label;
    FILE *answers;
    enum play_cast cast;
    int pupil; /* from 1 */
    int pupils;
    int answered;         /* items on this pupil's way */
    int stormed;          /* contributions that came of the storm */
    struct picture first; /* the real screen before the first pupil */
    struct tapped tapped;
};

void play_die(const char *what);

/* What the pupil on screen does, and where the pupil is. */
void play_do(struct play *play, enum flow_event event, int value);
struct flow_view play_view(const struct play *play);

/* From the start to the question whether to take part. */
void play_begin(struct play *play, int language);
/* Some answer to the question on screen, the same on every run; more than one where that is allowed. */
void play_answer(struct play *play);
/* One pupil, from the first page to the first page. */
void play_pupil(struct play *play);

/* The real screen is what it was before the first pupil, pixel by pixel. */
void play_compare_with_first(struct play *play);

/* Pupils who walk away: nothing of them is sent, and nothing is left on the screen. */
void play_walk_away(struct play *play);
/*
 * The pupil on the quiet page walks away: the no is sent, as by the button. Ends on the page of the thanks.
 */
void play_walk_away_after_no(struct play *play);

/*
 * Some hundreds of keys, clicks and drags by whoever does not know the PIN, anywhere, and time that passes. The
 * screen is right after each; nobody finds an answer of somebody before; in the end it is what it was before
 * the first pupil, and what is stored is what was thanked for. It ends early when the class is almost full.
 *   KLANKBORD_STORM_SEED    another sequence; then nothing is asked of where it gets to
 *   KLANKBORD_STORM_EVENTS  another number than 600, and the same
 */
void play_storm(struct play *play);

#endif
