/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STICK_DESK_H
#define STICK_DESK_H

#include "../sample_kiosk.h"
#include "kiosk/desk.h"

/*
 * A kiosk with a closed class that is waiting for a stick, and calls to that stick that fail when they are
 * told to.
 * Any failure ends the test program. Link it with WRAP write read fsync renameat2 fchmod unlink.
 */

enum { STICK_DESK_PUPILS = 3 };

struct stick_desk {
    struct sample_kiosk kiosk; /* its export folder is the stick */
    struct desk *desk;
    struct bytes_buffer expected; /* the bundle, once a stick has got it */
};
extern struct stick_desk stick_desk;

/* What the stick does to the calls that reach it. Off after stick_desk_open. */
extern struct stick_calls {
    int armed; /* 0: nothing fails; n: the n-th call from now on does */
    int error;
    bool for_good;    /* and so do all that follow it */
    bool poor;        /* as FAT and exFAT are at their poorest: no promise not to replace, no permissions, no
                           fsync of folders */
    void (*at)(void); /* done just before the armed call; NULL: nothing */
} stick_calls;

int stick_desk_open(void **state); /* MENTOR_EXPORT */
int stick_desk_close(void **state);

void stick_desk_say(enum mentor_event event, uint16_t value);
enum mentor_state stick_desk_state(void);

/*
 * Every file with a bundle's name is a whole bundle, byte for byte the expected one, or empty; how many whole
 * ones.
 */
size_t stick_desk_bundles(const char *folder);
void stick_desk_empty(const char *folder);

/* Exports, which must succeed, and goes back to where the next export can be asked for. */
void stick_desk_export(void);

/*
 * Exports with the n-th call failing, for every n until an export needs fewer calls; gives how many it needs.
 * After each, `check` (NULL: nothing) and then the export again, with a stick that works.
 */
int stick_desk_every_call(int error, bool for_good, void (*check)(bool exported));

#endif
