/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MENTOR_H
#define MENTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/bundle.h"
#include "core/fault.h"

/*
 * The mentor's path. Pure like the pupil's (kiosk/flow.h): what has to be done on disk is a *wish* that
 * kiosk/desk.c fulfils and answers with mentor_done or mentor_failed. A state with a wish hears nothing else.
 *
 *   LOCKED --UNLOCK--> PIN --ENTER--> CHECKING (wish) --done--> CLASSES     no session is open
 *     ^  \--LEAVE----> PIN                |  |          \-done--> OVERVIEW    a session is open
 *     |  \--ADMINISTER--> PIN             |  +--done--> ADMIN   (BACK: LOCKED) the PIN was asked for that
 *     |                                   |  +--done--> GONE    the PIN was asked in order to leave
 *     |                                   +--failed--> PIN, after a delay
 *     |
 *   CLASSES --PICK n--> SETUP --SET value, OPEN or REHEARSE--> OPENING (wish) --done--> PUPILS
 *     |  ^  ^--BACK------/ ^-------------------failed----------------/
 *     |  |
 *     |  +--EXPORT_CLASS n--> EXPORT     closed sessions of class n, as often as wanted
 *     +--LOCK--> LOCKED
 *     +--LEAVE--> GONE
 *
 *   PUPILS --UNLOCK--> PIN (BACK: to PUPILS) --...--> OVERVIEW --CONTINUE--> PUPILS
 *                                                       |  \--LEAVE--> GONE    the session goes on next time
 *                                                       |  \--LOCK--> LOCKED   a pause, or another mentor
 *                                                       +--ADMIT twice--> ADMITTING (wish) --done--> PUPILS
 *                                                       +--FINISH--> CLOSE (BACK: to OVERVIEW)
 *   CLOSE --FIELD n, SET value, CONFIRM--> CLOSING (wish) --done--> EXPORT
 *     ^---------------failed-----------------/
 *   EXPORT --PICK folder--> EXPORTING (wish) --done--> RECEIPT --WRITTEN_DOWN--> CLASSES
 *     |  ^--------failed------/                          +--BACK--> EXPORT    once more, elsewhere
 *     +--BACK--> CLASSES
 *     +--CLEAR--> CLEARING (wish) --done--> CLEARED --WRITTEN_DOWN--> CLASSES   (failed: EXPORT)
 *
 * A rehearsal ends with FINISH at once: there is nothing to count and nothing to export.
 *
 * After a failed wish the view's `fault` says why. The PIN keeps pupils out of the mentor's pages; nothing
 * secret rests on it. How many wrong tries there were survives a restart (kiosk/kiosk_state.h), and the wait
 * then begins anew.
 */

enum mentor_state {
    MENTOR_LOCKED,
    MENTOR_PIN,
    MENTOR_CHECKING,
    MENTOR_CLASSES,
    MENTOR_SETUP,
    MENTOR_OPENING,
    MENTOR_PUPILS, /* the machine is the pupils': show the flow */
    MENTOR_OVERVIEW,
    MENTOR_CLOSE,
    MENTOR_CLOSING,
    MENTOR_EXPORT,
    MENTOR_EXPORTING,
    MENTOR_RECEIPT,
    MENTOR_ADMITTING,
    MENTOR_CLEARING,
    MENTOR_CLEARED, /* what both key holders have received is erased here */
    MENTOR_GONE,    /* the program ends */
    MENTOR_ADMIN,   /* facts about this machine (kiosk/status.h) */
    MENTOR_STATES
};

enum mentor_event {
    MENTOR_UNLOCK, /* the mentor's corner or key: asks for the PIN */
    MENTOR_DIGIT,  /* value 0..9 */
    MENTOR_ERASE,  /* the last digit */
    MENTOR_ENTER,
    MENTOR_BACK,
    MENTOR_PICK,         /* value: row of the class list, or of the folder list */
    MENTOR_EXPORT_CLASS, /* value: row of the class list with closed sessions */
    MENTOR_FIELD,        /* value: enum mentor_field; where SET, DIGIT and ERASE go */
    MENTOR_SET,          /* value: the number of the field; above its range: the highest */
    MENTOR_OPEN,         /* not heard while the limit is 0 */
    MENTOR_CONTINUE,
    MENTOR_FINISH,
    MENTOR_CONFIRM,
    MENTOR_WRITTEN_DOWN,
    MENTOR_LOCK,
    MENTOR_LEAVE,
    MENTOR_TICK,     /* time passed: after MENTOR_IDLE_MS in CLASSES, SETUP, OVERVIEW or EXPORT, locks */
    MENTOR_REHEARSE, /* as OPEN, and nothing counts */
    MENTOR_ADMIT,    /* one pupil more than the limit; asks to be pressed once more */
    MENTOR_CLEAR,    /* look for a receipt of both key holders */
    MENTOR_ADMINISTER,
    MENTOR_EVENTS
};

enum mentor_wish {
    MENTOR_WISH_NONE,
    MENTOR_WISH_CHECK_PIN,
    MENTOR_WISH_OPEN,
    MENTOR_WISH_CLOSE,
    MENTOR_WISH_EXPORT,
    MENTOR_WISH_ADMIT,
    MENTOR_WISH_CLEAR
};

/* SETUP has LIMIT only, CLOSE all others. */
enum mentor_field {
    MENTOR_LIMIT,
    MENTOR_PRESENT,
    MENTOR_ABSENT,
    MENTOR_FIELDS = MENTOR_ABSENT + BUNDLE_ABSENCES
};

enum { MENTOR_PIN_DIGITS = 12, MENTOR_PIN_LEAST = 4, MENTOR_IDLE_MS = 300000 };

/* What the machine must know of the chosen class. Given by desk.c. */
struct mentor_class {
    uint16_t number;
    uint16_t heads;
    uint16_t asked;    /* 0: nobody; SETUP cannot be reached */
    uint16_t answered; /* contributions in closed sessions on this machine */
    bool has_closed;   /* closed sessions lie on this machine: the next one is for who was absent */
};

struct mentor {
    enum mentor_state state;
    enum mentor_state before_pin; /* LOCKED or PUPILS */
    bool leaving;                 /* the PIN was asked in order to leave */
    bool administering;           /* the PIN was asked for the administrator's page */
    bool session_open;
    bool rehearsing;  /* the open session, or the one being opened, counts for nothing */
    bool clock_wrong; /* today is outside the round's period */
    bool
        warned; /* the warning of SETUP, OVERVIEW (ADMIT) or CLOSE is on screen; the same event once more goes on */
    uint16_t class_count;
    const struct mentor_class *classes; /* the caller's */
    uint16_t folder_count;
    uint16_t row;    /* class picked */
    uint16_t folder; /* folder picked */
    enum mentor_field field;
    bool fresh; /* the next DIGIT begins the number anew */
    uint16_t number[MENTOR_FIELDS];
    uint16_t digits;
    char *pin; /* secret memory, zero-terminated */
    uint32_t wrong_tries;
    uint64_t wait_until_ms;
    uint64_t last_ms;
    enum fault fault;        /* of the last wish that failed; FAULT_NONE after the next event that is heard */
    enum mentor_wish failed; /* which one, while `fault` is set */
};

struct mentor_view {
    enum mentor_state state;
    enum fault fault;
    enum mentor_wish failed; /* what the fault is about, when there is one */
    uint16_t digits;         /* PIN: how many were typed */
    uint32_t wait_s;         /* PIN: seconds until ENTER is heard again; 0: now */
    bool leaving;            /* PIN: in order to leave the program */
    bool administering;      /* PIN: for the administrator's page */
    bool session_open;
    bool rehearsing;
    bool catching_up; /* SETUP: the class has been here before */
    bool clock_wrong;
    bool
        warned; /* SETUP: the date is outside the round's period. OVERVIEW: one pupil more. CLOSE: the numbers do not add up */
    uint16_t row; /* class picked (SETUP .. RECEIPT) */
    enum mentor_field field;
    uint16_t number[MENTOR_FIELDS];
    uint32_t sum;   /* CLOSE: present and absent together */
    uint16_t asked; /* CLOSE: what it should be */
};

/*
 * LOCKED. `wrong_tries` as kept from before; a wait that was running begins anew. FAULT_MEMORY,
 * FAULT_MEMORY_LOCK.
 */
enum fault mentor_open(struct mentor *mentor, uint32_t wrong_tries, uint64_t now_ms) FAULT_MUST_CHECK;
void mentor_release(struct mentor *mentor); /* wipes; accepts zeroed and released ones */

/* The class list; `classes` must outlive the mentor or the next call. Rows of older lists become invalid. */
void mentor_set_classes(struct mentor *mentor, const struct mentor_class *classes, uint16_t count);
/* A session is open (found at start): its row in the class list. */
void mentor_set_session(struct mentor *mentor, uint16_t row);
/* EXPORT: how many folders there are to pick from. */
void mentor_set_folders(struct mentor *mentor, uint16_t count);

/* Hears one event. True when what is shown may have changed. */
bool mentor_hear(struct mentor *mentor, enum mentor_event event, uint16_t value, uint64_t now_ms);
enum mentor_wish mentor_wishes(const struct mentor *mentor);
/* The wish was fulfilled, or not. A wrong PIN is FAULT_PIN. Wipes the typed PIN. */
void mentor_done(struct mentor *mentor, uint64_t now_ms);
void mentor_failed(struct mentor *mentor, enum fault fault, uint64_t now_ms);

struct mentor_view mentor_look(const struct mentor *mentor, uint64_t now_ms);

/* Seconds to wait after so many wrong tries: 0 for 0..3, then 5, 15, 60, 300, 300, ... */
uint32_t mentor_delay_s(uint32_t wrong_tries);

#endif
