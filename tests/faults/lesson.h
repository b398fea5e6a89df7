/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LESSON_H
#define LESSON_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tests/sample_kiosk.h"

/*
 * A short lesson at the desk (kiosk/desk.h), in a process of its own, with one place at which the system is
 * made to fail. What came of it lies in memory that both processes see. Link sample_kiosk.c and what it
 * needs, with WRAP contribution_make_in.
 */

enum lesson_phase { LESSON_OPENING, LESSON_STORING, LESSON_CLOSING, LESSON_EXPORTING, LESSON_PHASES };
extern const char *const lesson_phase_names[LESSON_PHASES];

enum { LESSON_PUPILS = 3, LESSON_SENT = 16, LESSON_CONTRIBUTION_BYTES = 16384 };

struct lesson {
    struct sample_kiosk kiosk;
    /* Around the work of this phase; of storing, the second pupil's. Called in the child. */
    enum lesson_phase phase;
    void (*begin)(void *context);
    void (*end)(void *context);
    void *context;
    /* What came of it. */
    uint32_t sent; /* contributions made, in order */
    uint32_t size; /* of each */
    uint8_t contribution[LESSON_SENT][LESSON_CONTRIBUTION_BYTES];
    bool thanked[LESSON_SENT];
    bool failed;    /* the phase's work failed the first time, and said so */
    uint32_t wrong; /* the line of tests/faults/lesson.c at which it was not as it must be; 0: nowhere */
};

/* Zeroed, shared with children; NULL-safe release. */
struct lesson *lesson_new(void);
void lesson_free(struct lesson *lesson);

/*
 * Opens a class, lets pupils answer until one is not thanked, closes, exports; what fails the mentor tries
 * once more.
 * In the calling process; gives lesson->wrong.
 */
uint32_t lesson_hold(struct lesson *lesson);

/*
 * What a mentor does the next day, in a child in which nothing fails: whatever was left is closed and
 * exported, then another short class.
 */
void lesson_go_on(struct lesson *lesson);

/*
 * Everybody who was thanked is in the bundles, once; nobody else is in them but who was sent. Fails the test,
 * naming `what`, otherwise.
 */
void lesson_check(const struct lesson *lesson, const char *what);

#endif
