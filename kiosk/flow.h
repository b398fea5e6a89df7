/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLOW_H
#define FLOW_H

#include "core/answers.h"

/*
 * The pupil's path: which page is on screen, and what a tap does. Pure: no screen, no clock (now_ms comes
 * in), no disk. Answers live in secret memory. Every arrow into READY passes flow_forget; every arrow out of
 * SENDING and into DECLINED_QUIET passes wipe_answers. With one language BACK from the first page of WELCOME
 * leads to READY: forget().
 *
 *                     READY <-------------------------------------------------------------+
 *                       | START: start()                  (BACK from LANGUAGE: forget())  |
 *                       |   one language: straight to WELCOME                             |
 *                       v                                                                 |
 *                    LANGUAGE <---+                                                       |
 *   CHOOSE_LANGUAGE n:  |         | BACK: turn_back(), more than one language             |
 *   pick_language()     v         |                                                       |
 *                    WELCOME -----+                                                       |
 *                    |  ^   \                                                             |
 *                    |  |    +-- DECLINE: decline() ------> DECLINED_QUIET                |
 *             AGREE: |  |                                    |    ^   | BACK:             |
 *             agree()|  | BACK from the first: step_back()   |    |   | to_welcome()      |
 *                    v  |                                    |    |   v                   |
 *   +---------->  QUESTION --+ NEXT: next()  BACK: step_back()    |  WELCOME              |
 *   |   CHECK's      |   ^ <-+ CHOOSE: choose()  SKIP: skip()     |                       |
 *   |   BACK:        |   | |                              |       | STOP_DISCARD:         |
 *   |   last_page()  |   | +-- STOP: ask_stop() ---> STOP_ASK ----+   decline()           |
 *   |   GOTO item:   |   |                           | ^  |                               |
 *   |   open_line()  |   +--- STOP_RETURN, BACK: ----+ |  |                               |
 *   |                v        return_from_stop()     | |  | STOP_SEND:                    |
 *   +-------------  CHECK <--------------------------+ |  | send_stopped()                |
 *                    |  \                              |  |                               |
 *                    |   +--- STOP: ask_stop() --------+  |    LEAVE (DECLINED_QUIET):    |
 *                    | SEND: send_answered()              |    send()                     |
 *                    v                                    v                               |
 *                 SENDING <-------------------------------+                               |
 *                    |   \                                                                |
 *            SAVED:  |    +-- FAILED: apologise() --> SORRY -- RESET only (the mentor) -->+
 *            thank() v                                                                    |
 *                 THANKS -- LEAVE: forget() --------------------------------------------->+
 *
 *   RESET (the mentor's: somebody walked away) leads from every state but SENDING to READY; nothing is
 *   stored. CHOOSE_LANGUAGE n also works on the spot in WELCOME, QUESTION, CHECK, STOP_ASK, DECLINED_QUIET,
 *   THANKS and SORRY. An event that is not drawn at a state does nothing there.
 *
 *   WELCOME is a few short pages (enum flow_page): NEXT and BACK turn them; BACK from the first is drawn above.
 *   On the page to practise on, CHOOSE, SKIP and the nudge of NEXT work as in QUESTION; what is chosen there is
 *   no answer and is kept nowhere. AGREE and DECLINE are heard on each of them, and a screen offers them on the
 *   last: who is asked has then read what for, who sees what, and has felt what answering is.
 *
 *   TICK, once there was no event for FLOW_FORGET_MS, leads
 *     from LANGUAGE, WELCOME, QUESTION, STOP_ASK, CHECK and THANKS to READY: forget(). Nothing is sent: who
 *       walked away has not said that it may be;
 *     from DECLINED_QUIET to SENDING: send(), as LEAVE does: this pupil has said no.
 *   SORRY holds nothing and waits for the mentor, who must know of it. Another event that comes so late,
 *   before any TICK, does what the TICK would have done and nothing else.
 *
 * What is true in each state:
 *   READY           nobody answers; answers all zero; the language is the first
 *   LANGUAGE        the round offers more than one language
 *   WELCOME         what assent needs is told, page by page, and asked on the last; answers may hold choices of a pupil who came back here
 *   DECLINED_QUIET  choices wiped, participation DECLINED; nothing is stored yet; left when the pupil is
 *                   ready, so that a "no" ends as everybody ends: sending, thanks
 *   QUESTION        `item` applies and has been shown
 *   STOP_ASK        the answers are untouched; where to return to is known
 *   CHECK           every item that is asked has been shown
 *   SENDING         participation is what will be stored; the answers stay until SAVED or FAILED; nothing
 *                   else is heard
 *   THANKS          the contribution is on stable storage; answers all zero
 *   SORRY           it is not; answers all zero; the mentor must come
 */

enum flow_state {
    FLOW_READY,
    FLOW_LANGUAGE,
    FLOW_WELCOME,
    FLOW_DECLINED_QUIET,
    FLOW_QUESTION,
    FLOW_STOP_ASK,
    FLOW_CHECK,
    FLOW_SENDING,
    FLOW_THANKS,
    FLOW_SORRY,
    FLOW_STATES
};

/* The pages of WELCOME, in order. */
enum flow_page {
    FLOW_PAGE_WHAT, /* what it is and what it is for */
    FLOW_PAGE_WHO,  /* who can see what */
    FLOW_PAGE_HELP, /* that we do not know who you are, and so cannot help */
    FLOW_PAGE_PRACTICE,
    FLOW_PAGE_ASK, /* will you take part? */
    FLOW_PAGES
};

/* Choices on the page to practise on: three answers, "don't know" and "rather not say". */
enum { FLOW_PRACTICE_OPTIONS = 5 };

enum flow_event {
    FLOW_START,           /* "I am next" */
    FLOW_CHOOSE_LANGUAGE, /* value: which of the languages given to flow_open, from 0 */
    FLOW_AGREE,
    FLOW_DECLINE,
    FLOW_NEXT, /* on a question without a choice: stays, and the view's `nudge` becomes true */
    FLOW_BACK,
    FLOW_CHOOSE, /* value: option of the item on screen, or of the page to practise on */
    FLOW_SKIP,   /* takes the choice back and goes on */
    FLOW_STOP,
    FLOW_STOP_SEND,
    FLOW_STOP_DISCARD,
    FLOW_STOP_RETURN,
    FLOW_GOTO, /* value: item, from the check page; only one that the check page lists */
    FLOW_SEND,
    FLOW_LEAVE,   /* the quiet page or the thanks are left */
    FLOW_SAVED,   /* from the session only: the contribution is on stable storage */
    FLOW_FAILED,  /* from the session only: it is not, or nobody knows */
    FLOW_RESET,   /* from the mentor only */
    FLOW_HIDE,    /* "somebody is looking": hides the page; see `hidden` */
    FLOW_PRESENT, /* somebody moved about the page: does nothing but begin the idle time anew */
    FLOW_TICK,    /* time passed; see `hidden`, `countdown` and flow_due_ms */
    FLOW_EVENTS
};

/*
 * Without an event for so long WELCOME, QUESTION, STOP_ASK and CHECK hide themselves; a page that is hidden,
 * by time or by HIDE, warns that it will be wiped; and every pupil's page is left, as drawn above.
 */
enum { FLOW_HIDE_MS = 60000, FLOW_WARN_MS = 300000, FLOW_FORGET_MS = 345000 };

struct flow {
    const struct questionnaire *questionnaire; /* the caller's; must outlive the flow */
    uint16_t language_count;
    uint16_t languages[QUESTIONNAIRE_LANGUAGES]; /* indexes in the questionnaire */
    struct answers *answers;                     /* secret memory */
    enum flow_state state;
    enum flow_state asked_from; /* STOP_ASK: where STOP was said */
    uint16_t language;          /* index in `languages` */
    uint16_t item;              /* QUESTION, or where STOP_ASK came from */
    enum flow_page page;        /* WELCOME */
    uint16_t practice;          /* 1 + what is chosen on the page to practise on; 0: nothing */
    bool checked;               /* the check page was seen: NEXT goes back to it */
    bool nudge;
    bool hidden;
    uint16_t countdown; /* see the view */
    uint64_t last_ms;   /* of the last event */
};

/* What is to be shown. */
struct flow_view {
    enum flow_state state;
    uint16_t language;   /* index in the questionnaire */
    uint16_t item;       /* QUESTION: index in the questionnaire; else QUESTIONNAIRE_NONE */
    enum flow_page page; /* WELCOME; else 0 */
    bool note;           /* QUESTION: a note; no options, no position */
    bool chosen;         /* QUESTION, and the page to practise on: something is chosen */
    bool nudge;          /* the same: "choose, or skip" */
    bool hidden; /* show a neutral page; any event but TICK brings the page back and does nothing else */
    uint16_t countdown; /* while hidden, in the last 45 seconds before all is wiped: seconds left; else 0 */
    /*
     * "Question 4 of 18". Every select item of the questionnaire counts, also those that are passed over: the
     * number may jump, the total never changes. On a note: that of the question before it; 0 at the start.
     */
    uint16_t position;
    uint16_t total;
};

/*
 * READY. `languages` are count (1..) indexes of the questionnaire's languages, in the order offered.
 * FAULT_MISUSE (count, index), FAULT_MEMORY, FAULT_MEMORY_LOCK: no session may be opened then.
 */
enum fault flow_open(struct flow *flow, const struct questionnaire *questionnaire, const uint16_t *languages,
                     uint16_t count) FAULT_MUST_CHECK;
void flow_release(struct flow *flow); /* wipes; accepts zeroed and released ones; leaves it zeroed */

/* Wipes everything of this pupil: answers, language, place. The state is READY afterwards. */
void flow_forget(struct flow *flow);

/* Hears one event. `now_ms` is any clock that does not go back. True when what is shown may have changed. */
bool flow_hear(struct flow *flow, enum flow_event event, uint16_t value, uint64_t now_ms);

/*
 * When TICK will next change what is shown, by the clock of flow_hear; UINT64_MAX: not before another event.
 * After a TICK it lies in the future.
 */
uint64_t flow_due_ms(const struct flow *flow);

struct flow_view flow_look(const struct flow *flow);

/*
 * QUESTION, and the page to practise on: whether this option of what is on screen is chosen; false elsewhere
 * and while hidden.
 */
bool flow_is_chosen(const struct flow *flow, uint16_t option);

/*
 * The check page: its n-th line (from 0) in questionnaire order. False when there is no such line. Tells
 * whether a question was answered, never what.
 */
bool flow_check_line(const struct flow *flow, uint16_t n, uint16_t *item, bool *answered);

/* For the session, in SENDING; NULL in every other state. */
const struct answers *flow_sending(const struct flow *flow);

#endif
