/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DESK_H
#define DESK_H

#include "bundle_export.h"
#include "clearing.h"
#include "kiosk_state.h"
#include "mentor.h"
#include "session.h"
#include "stick_list.h"
#include "voices.h"

/*
 * The whole kiosk without a screen: the mentor's path, the pupils' path, and the disk. A screen does three
 * things: it gives events to desk_mentor and desk_pupil, draws what the views say, and calls desk_work after
 * every frame.
 *
 *   while (mentor view is not GONE) { events -> desk_mentor / desk_pupil; tick; draw; desk_start; desk_work; }
 */

struct desk;

/*
 * Takes the state over: closes it in desk_free, and also when this fails. A round must be loaded:
 * FAULT_ROUND_NOT_VALID otherwise. FAULT_MEMORY, FAULT_MEMORY_LOCK.
 */
enum fault desk_open(struct desk **out, struct kiosk_state *state, uint64_t now_ms) FAULT_MUST_CHECK;
/*
 * What this machine is like (flags of a bundle, machine_flags): goes into the bundles of the classes that are
 * opened or closed from now on. 0 before the first call.
 */
void desk_tell_machine(struct desk *desk, uint16_t flags);
struct desk *desk_free(struct desk *desk); /* an open session stays open on disk; accepts NULL, gives NULL */

/*
 * Events. desk_pupil is heard only while the mentor's state is PUPILS. A PIN asked for in PUPILS leaves the
 * pupil's page as it is; when the mentor then comes back with CONTINUE, it is still there, unless the pupil's
 * time was over (desk_tick). desk_reset_pupil: somebody walked away (OVERVIEW only); nothing is stored. True
 * when what is shown may have changed.
 */
bool desk_mentor(struct desk *desk, enum mentor_event event, uint16_t value, uint64_t now_ms);
bool desk_pupil(struct desk *desk, enum flow_event event, uint16_t value, uint64_t now_ms);
bool desk_reset_pupil(struct desk *desk, uint64_t now_ms);
/*
 * TICK to both. The pupil's time passes behind the mentor's pages too: whoever left is forgotten, whatever is
 * on screen.
 */
bool desk_tick(struct desk *desk, uint64_t now_ms);
/* When desk_tick will next change the pupil's page (flow_due_ms); UINT64_MAX: not by itself. */
uint64_t desk_due_ms(const struct desk *desk);

/*
 * Does what is waiting (checks a PIN, stores a contribution, opens, closes, exports). May take a second. True
 * when it did something.
 */
bool desk_work(struct desk *desk, uint64_t now_ms);
/* True when desk_work has something to do: draw a waiting page first. */
bool desk_is_working(const struct desk *desk);

/*
 * A slow stick makes an export last for minutes, and the opening of a class, which lists the machine on it,
 * for seconds. desk_start lets it run apart from this thread (true), so that a screen can go on drawing;
 * desk_work, called once desk_is_apart is false again, says how it ended (called before, it waits). False:
 * nothing to run apart, or no thread for it; then desk_work does it as always. desk_apart_s: for how many
 * seconds it has been running. While one runs the mentor's path hears nothing, and only the functions that
 * show may be called.
 */
bool desk_start(struct desk *desk, uint64_t now_ms);
bool desk_is_apart(const struct desk *desk);
uint32_t desk_apart_s(const struct desk *desk, uint64_t now_ms);

/* What to show. */
struct mentor_view desk_mentor_view(const struct desk *desk, uint64_t now_ms);
/* NULL when no session is open. */
const struct session *desk_session(const struct desk *desk);
const struct round *desk_round(const struct desk *desk);
const struct kiosk_state *desk_state(const struct desk *desk);
/* The recordings of the round's questionnaire that are on this machine. */
const struct voices *desk_voices(const struct desk *desk);

/* The class list, in the round's order: one row per class. */
struct desk_class {
    const struct round_class *class_item;
    uint32_t closed_sessions; /* on this machine */
    uint32_t contributions;   /* in them and in the open one */
    bool is_open;             /* the open session is this class's */
};
uint16_t desk_class_count(const struct desk *desk);
struct desk_class desk_class_at(const struct desk *desk, uint16_t row);

/*
 * Folders that a bundle can be written to: the one of the settings, then sticks. Looked up when EXPORT is
 * entered and at desk_refresh_folders.
 */
uint16_t desk_folder_count(const struct desk *desk);
const char *desk_folder_at(const struct desk *desk, uint16_t row);
void desk_refresh_folders(struct desk *desk);

/*
 * What the open session is called on sticks (kiosk/stick_list.h); "" when none is open, and for a rehearsal.
 */
const char *desk_session_label(const struct desk *desk);
/* RECEIPT: the machines that the folder just exported to says were opened and not exported to it. */
const struct stick_list *desk_unexported(const struct desk *desk);

/* CLEARED: what the receipts on the sticks let go. */
struct clearing desk_clearing(const struct desk *desk);

/* RECEIPT: one line for each closed session of the class. */
uint16_t desk_receipt_count(const struct desk *desk);
const struct bundle_export_receipt *desk_receipt_at(const struct desk *desk, uint16_t row);

#endif
