/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SESSION_H
#define SESSION_H

#include "ballot_box.h"
#include "core/layout.h"
#include "core/round.h"
#include "flow.h"

/*
 * One class answering on this machine: the way of an answer from the pupil's path to the ballot box.
 *
 *   tap -> flow_hear -> answers -> measurement_encode -> contribution_make -> ballot_box_put -> SAVED
 *
 * and only then thanks.
 *
 * Answers and measurement are wiped before the pupil is thanked, whatever happened.
 */

struct session;

/* What a session needs; the pointers must outlive it. */
struct session_setup {
    const struct round *round;
    const struct layout *layout;
    const uint8_t *kiosk_key; /* DIGEST_SIGN_PUBLIC_BYTES */
    bool allow_cow;
};

/*
 * Opens a new session for a class: makes the ballot box at `path`. limit: 1..heads of the class. `flags` as
 * in a bundle. FAULT_CLASS_UNKNOWN, FAULT_LIMIT, FAULT_MEMORY_LOCK, faults of ballot_box_create.
 */
enum fault session_open(struct session **out, const struct session_setup *setup, const char *path,
                        uint16_t class_number, uint16_t limit, uint16_t flags) FAULT_MUST_CHECK;
/*
 * Goes on with an open session after a restart. FAULT_ROUND_OTHER, FAULT_LAYOUT_MISMATCH,
 * FAULT_KIOSK_UNKNOWN, FAULT_CLASS_UNKNOWN: it belongs elsewhere; FAULT_ALREADY_CLOSED; faults of
 * ballot_box_open.
 */
enum fault session_resume(struct session **out, const struct session_setup *setup,
                          const char *path) FAULT_MUST_CHECK;
/*
 * A rehearsal: all that a pupil sees, and nothing of it is kept. There is no ballot box and no file; what is
 * made is sealed to keys that nobody has, for no round, and overwritten. session_count counts in memory only.
 * FAULT_CLASS_UNKNOWN, FAULT_LIMIT, FAULT_MEMORY, FAULT_MEMORY_LOCK.
 */
enum fault session_rehearse(struct session **out, const struct session_setup *setup, uint16_t class_number,
                            uint16_t limit) FAULT_MUST_CHECK;
/*
 * What the machine is like when the session is closed (flags of a bundle): kept with what it was like at the
 * opening.
 */
void session_add_flags(struct session *session, uint16_t flags);
bool session_is_rehearsal(const struct session *session);
struct session *session_free(
    struct session *session); /* leaves the session open on disk; wipes; accepts NULL, gives NULL */

/*
 * Hears a pupil's event. START is refused when the session is full or the store is faulty. SAVED and FAILED
 * are not for callers.
 */
bool session_hear(struct session *session, enum flow_event event, uint16_t value, uint64_t now_ms);

/*
 * When the flow is in SENDING: stores, and tells the flow. True when it did. Call it after the page has been
 * drawn; it takes as long as the disk does.
 */
bool session_work(struct session *session, uint64_t now_ms);

const struct flow *session_flow(const struct session *session);
const struct ballot_box_head *session_head(const struct session *session);
uint32_t session_count(const struct session *session);
bool session_is_full(const struct session *session);
/*
 * Lets one pupil more answer here; the mentor has confirmed it. FAULT_MISUSE while there is room;
 * FAULT_LIMIT: as many as the class has pupils; faults of ballot_box_raise_limit.
 */
enum fault session_admit(struct session *session) FAULT_MUST_CHECK;
/* Why storing failed; FAULT_NONE while all is well. */
enum fault session_fault(const struct session *session);

/* Closes it for good. The flow is reset. Faults of ballot_box_close; a rehearsal has nothing to close. */
enum fault session_close(struct session *session, uint16_t present,
                         const uint16_t absent[BUNDLE_ABSENCES]) FAULT_MUST_CHECK;

#endif
