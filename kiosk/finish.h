/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FINISH_H
#define FINISH_H

#include "bundle_export.h"
#include "kiosk_state.h"

/*
 * The administrator's way out when the mentor's PIN is forgotten: closes what is still open of the loaded
 * round and exports everything of it, without a screen. No secret rests on the PIN, and whoever may read the
 * state folder could do the same by hand.
 *
 * Nobody counted the class. A bundle closed here says present: the contributions in its box, damaged ones
 * included; absent: zero (docs/format.md, "Bundle").
 */

/* One session of the loaded round on this machine. */
struct finish_session {
    struct kiosk_state_session found; /* as it lay there before finish_run */
    bool closed_here;                 /* finish_run closed it */
    enum fault fault; /* why it is not in the folder; FAULT_NONE: it is, and `receipt` holds */
    struct bundle_export_receipt receipt; /* zeroed until it is in the folder */
};

struct finish {
    uint32_t count;
    struct finish_session *session;
    uint32_t open;       /* how many of them finish_run would close */
    uint32_t unreadable; /* boxes that cannot be read, of whichever round; they are left alone */
};

/*
 * Looks what there is, and changes nothing; finish_release afterwards. Every session's fault is
 * FAULT_NOT_CLOSED until finish_run. The state's round_fault, or FAULT_ROUND_MISSING when no round is
 * loaded; FAULT_MEMORY; faults of kiosk_state_list_sessions. `out` must be zeroed or released.
 */
enum fault finish_look(struct finish *out, const struct kiosk_state *state) FAULT_MUST_CHECK;
void finish_release(struct finish *finish); /* accepts zeroed ones */

/*
 * Tries the folder first: when it cannot be written to, nothing is closed (FAULT_FILE_MISSING,
 * FAULT_READ_ONLY, FAULT_DISK_FULL, other faults of platform/file.h). Then closes and exports one session
 * after another, as the kiosk does; one that fails (session_resume, session_close, bundle_export_write) keeps
 * its fault and does not stop the others. Done again after an interruption it goes on, and writes the same
 * bytes. Gives the first session's fault; FAULT_STORE_DAMAGED when there is none but boxes are unreadable.
 */
enum fault finish_run(struct finish *finish, const struct kiosk_state *state,
                      const char *folder) FAULT_MUST_CHECK;

#endif
