/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MACHINE_H
#define MACHINE_H

#include "kiosk/kiosk_state.h"
#include "platform/confine.h"
#include "platform/volume.h"

/*
 * What a person has to know about this machine and cannot see: how the program is shut off, whether memory is
 * locked, what kind of disk the answers lie on. Facts only; which of them is a worry, machine_worries says.
 */

struct machine {
    struct confine_report confined; /* what holds; before confining, what the system offers */
    bool hardened;                  /* no core dumps, no debugger of the same user */
    bool swaps;                     /* the system has swap: pictures of pages may go there */
    uint64_t lock_limit;            /* bytes that may be locked in memory; UINT64_MAX: no limit */
    uint64_t locked;                /* bytes that are */
    bool volume_known;              /* whether `volume` could be asked */
    enum volume_kind volume;        /* of the state folder */
    bool allow_cow; /* the setting: answers may lie on a disk that keeps what is overwritten */
};

/* As many bytes as a session of the largest questionnaire needs, with room to spare. */
enum { MACHINE_LOCK_NEEDED = 16 * 1024 * 1024 };

/* Each is said to people in its own words (kiosk/ui/mentor_say.h). */
enum machine_worry {
    MACHINE_FILES_OPEN = 1,   /* no Landlock */
    MACHINE_CALLS_OPEN = 2,   /* no seccomp */
    MACHINE_OLD_VERSIONS = 4, /* the disk keeps old versions or forgets, and a setting allows it */
    MACHINE_DEBUGGABLE = 8,
    MACHINE_SWAPS = 16,
    MACHINE_LOCK_LOW = 32,   /* less than MACHINE_LOCK_NEEDED may be locked */
    MACHINE_DISK_UNFIT = 64, /* as MACHINE_OLD_VERSIONS, and nothing allows it: no class will open */
};

/* Looks. `state` NULL: nothing is known of the disk. `held`: what confine said, or NULL before it. */
void machine_look(struct machine *out, const struct kiosk_state *state, const struct confine_report *held);

/* A set of enum machine_worry; 0: all is as it should be. */
unsigned machine_worries(const struct machine *machine);

/*
 * What of it the coordinator has to know: flags of a bundle (core/bundle.h). Swap is none: what is secret is
 * locked.
 */
uint16_t machine_flags(const struct machine *machine);

#endif
