/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HANDS_H
#define HANDS_H

#include "kiosk/ui/stage.h"
#include "kiosk/ui/window.h"

/*
 * Many hands on one kiosk: random events as SDL gives them to the window, each followed by what
 * kiosk/ui/show.c does, and a look whether the pupil's page is where that event may have led. The sequence
 * follows from the seed, so that a failure comes back. Time stands but for the steps that are drawn too:
 * SDL's clock is the program's own here (it takes the place of SDL's, so link this only into a test of
 * events). Any failure ends the test.
 *
 * Looked at after each event:
 *   what means nothing (movement, a wheel, the other mouse buttons, letters) changes nothing at all;
 *   choosing leads to no other page; a chosen language, size or look is the one that was chosen;
 *   hiding hides, from every page that has something to hide, and silences;
 *   time alone leads to the hidden page or to the beginning, and stores nothing but a "no";
 *   something is stored at most once, from a page on which somebody can send, and then there are thanks;
 *   at the beginning nothing is left of a pupil: no answer, no size, no look, no switch, no voice, no panel;
 *   every page has its way on, fits, and shows no answers while it is hidden.
 */

struct hands {
    struct window *window;
    struct stage *stage;
    bool is_preview; /* it may be ended where there is a button for it, and goes on */
    uint32_t seed;
    uint64_t (*stored)(void); /* how much is stored; or NULL */
    bool (*is_playing)(void); /* sound; or NULL */
    /* What was seen, to know that the hands came everywhere. */
    int states[FLOW_STATES];
    int languages[QUESTIONNAIRE_LANGUAGES];
    int sizes[THEME_SIZES], looks[3], panels[PANEL_WHO + 1];
    int hidden, warned, forgotten, scanned, listened, fingers;
};

uint64_t hands_now_ms(void);
void hands_pass(uint64_t ms); /* time, of which nobody is told yet */

/* Pushes one event, lets the kiosk hear it, and looks. */
void hands_act(struct hands *hands);
/* Everybody goes away, until the kiosk is at the beginning again. */
void hands_leave(struct hands *hands);

#endif
