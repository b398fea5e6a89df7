/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACTION_H
#define ACTION_H

/*
 * What touching something on a page means: an event of the pupil's path (ACTION_PUPIL + enum flow_event) or
 * of the mentor's (ACTION_MENTOR + enum mentor_event) with its value, or one of the screen's own.
 */
enum action {
    ACTION_NONE,
    ACTION_PUPIL = 100,
    ACTION_MENTOR = 200,
    ACTION_MORE = 300, /* the next part of a list that is too long; after the last the first again */
    ACTION_LESS,       /* the part before */
    ACTION_COUNTER,    /* value: field * STACK_COUNTER_STEPS + step */
    ACTION_RESET_PUPIL,
    ACTION_REFRESH, /* look for folders again */
    ACTION_CLOSE,   /* of a message page, and of a preview */
    ACTION_SEARCH,  /* for the round, on sticks */
    ACTION_SEARCH_ANY_DATE,
    ACTION_RENEW,         /* take the new round, though classes of the old one lie here */
    ACTION_ADMIN,         /* the administrator's page from a message, where there is no PIN; value 0: back */
    ACTION_ADMIN_REQUEST, /* value: row of the folders */
    ACTION_ADMIN_COMPARED,
    ACTION_PANEL,  /* value: enum panel; what lies over the pupil's page, PANEL_NONE to go back to it */
    ACTION_SIZE,   /* value: index in theme_percents */
    ACTION_LOOK,   /* value: enum theme_look */
    ACTION_SCAN,   /* value: index in scan_speeds_ms */
    ACTION_LISTEN, /* value: enum listen */
    ACTION_PACE    /* value: enum speech_pace */
};

/* Reading aloud. */
enum listen {
    LISTEN_SWITCH, /* begins to read the page, or stops; the first time it tells what will happen */
    LISTEN_BEGIN,  /* it was told */
    LISTEN_AGAIN   /* the same text once more */
};

#endif
