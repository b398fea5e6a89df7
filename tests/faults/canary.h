/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CANARY_H
#define CANARY_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/session.h"
#include "tests/sample_kiosk.h"

/*
 * One pupil's secrets, known by a test, and the search for them: in memory, files, folders, raw disks. What
 * is searched for is kept masked, in memory that children share, so that the search never finds itself. Link
 * sample_kiosk.c and what it needs, with WRAP contribution_make_in crypto_box_seal.
 */

enum canary_which {
    CANARY_CHOICES,
    CANARY_MEASUREMENT,
    CANARY_SEED,
    CANARY_SHARE,
    CANARY_MASK, /* what hides share 2 in its commitment */
    CANARY_SECRETS,
    CANARY_PLANTED = CANARY_SECRETS, /* no secret: for controls, lies where a test puts it */
    CANARIES
};
extern const char *const canary_names[CANARIES];

struct canary_kiosk {
    struct sample_kiosk kiosk;
    struct kiosk_state *state;
    struct session *session; /* open, for class 1 */
};
/* Once a process, before its children. False without memory for the search. */
bool canary_begin(void);
void canary_set_up(struct canary_kiosk *out);
void canary_tear_down(struct canary_kiosk *kiosk);

/*
 * A pupil answers everything and sends; every secret is taken note of. `call` (or NULL) is called when all
 * of them are in memory for the last time: just before the second share is sealed. Back from here the pupil
 * was thanked.
 */
void canary_send(struct canary_kiosk *kiosk, void (*call)(void *context), void *context);

/* Takes note of up to CANARY_LONGEST bytes. */
enum { CANARY_LONGEST = 2048 };
void canary_take(enum canary_which which, const void *bytes, size_t size);
size_t canary_size(enum canary_which which);

/* In how many places it is. Of a folder: in all files below it. Paths may be block devices. */
int canary_in_memory(enum canary_which which);
int canary_in_file(enum canary_which which, const char *path);
int canary_in_folder(enum canary_which which, const char *folder);

/* In how many places of memory it was when it was taken note of. */
int canary_while_needed(enum canary_which which);

#endif
