/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPENING_H
#define OPENING_H

#include "kiosk_state.h"
#include "session.h"
#include "stick_list.h"

/*
 * Opening a class: the ballot box on this machine's disk, and its label on every stick that is in. A slow
 * stick makes it last; so it touches nothing of the desk's but what is only read, and may run in a thread of
 * its own.
 */

struct opening {
    const struct kiosk_state *state;     /* given; only read */
    struct session_setup setup;          /* given */
    uint16_t class_number, limit, flags; /* given, as session_open takes them */
    struct session *session;             /* result; the caller's. NULL after a fault */
    char label[STICK_LIST_LABEL_SIZE];   /* result */
    enum fault fault; /* result: faults of kiosk_state_new_box and session_open; none of a stick's */
};

/* `context` is a struct opening: fills its results. */
void opening_run(void *context);

#endif
