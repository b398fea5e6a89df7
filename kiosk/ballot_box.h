/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BALLOT_BOX_H
#define BALLOT_BOX_H

#include "core/bundle.h"

/*
 * The kiosk's store: one SQLite file per session (docs/format.md, "Ballot box"; why: docs/decisions). A table
 * of slots of equal size is filled with random bytes when the session opens; a contribution overwrites one
 * uniformly random unused slot in place. So the file holds no order and no time: which slot a contribution
 * got is all there is to see, and chance chose it.
 *
 * What ballot_box_put has acknowledged survives a crash and a power cut. What it has not acknowledged may be
 * there or not.
 */

enum {
    BALLOT_BOX_VERSION = 1,
    BALLOT_BOX_SLOTS = 4096,
    BALLOT_BOX_LABEL_SIZE = 49,
    BALLOT_BOX_DIGEST_BYTES = DIGEST_BYTES /* of the contribution, behind it in the slot */
};

enum ballot_box_state { BALLOT_BOX_OPEN = 1, BALLOT_BOX_CLOSED = 2 };

/* The session as written at opening, when the limit is raised, and at closing; never in between. */
struct ballot_box_head {
    enum ballot_box_state state;
    uint8_t round_digest[DIGEST_BYTES];
    uint8_t layout_digest[DIGEST_BYTES];
    uint8_t kiosk_key[DIGEST_SIGN_PUBLIC_BYTES];
    char class_label[BALLOT_BOX_LABEL_SIZE];
    uint16_t class_number;
    uint16_t limit; /* pupils that this machine may serve; 1..slots */
    uint16_t slots; /* 1..BALLOT_BOX_SLOTS */
    uint16_t flags; /* as in a bundle */
    uint32_t counter_count;
    /* Zero until closed. */
    uint8_t bundle_id[BUNDLE_ID_BYTES];
    uint16_t present;
    uint16_t absent[BUNDLE_ABSENCES];
};

/* Where chance comes from. For tests only; NULL means libsodium. */
struct ballot_box_chance {
    uint32_t (*pick)(void *context, uint32_t bound); /* uniform in 0..bound-1 */
    void (*fill)(void *context, void *out, size_t size);
    void *context;
};

struct ballot_box; /* one connection, held exclusively */

/*
 * Makes the file and opens it; everything is durable on return, space for the journal included.
 * FAULT_FILE_EXISTS; FAULT_STORE_VOLUME when the file system keeps old versions of what is overwritten and
 * allow_cow is false; FAULT_LIMIT; FAULT_DISK_FULL, FAULT_STORE; FAULT_MEMORY. `head->state` must be OPEN.
 * After a fault no file is left.
 */
enum fault ballot_box_create(struct ballot_box **out, const char *path, const struct ballot_box_head *head,
                             bool allow_cow, const struct ballot_box_chance *chance) FAULT_MUST_CHECK;

/*
 * Opens an existing one, open or closed; a crash is recovered from, a closing that was cut short is finished.
 * FAULT_FILE_MISSING; FAULT_MAGIC, FAULT_VERSION: something else; FAULT_STORE_DAMAGED: the head or the table
 * cannot be read; FAULT_TRUNCATED: its making was cut short, nothing was ever in it; FAULT_BUSY;
 * FAULT_STORE_VOLUME as above, for open ones.
 */
enum fault ballot_box_open(struct ballot_box **out, const char *path, bool allow_cow,
                           const struct ballot_box_chance *chance) FAULT_MUST_CHECK;

/* Ends the connection without closing the session. Accepts NULL, gives NULL. */
struct ballot_box *ballot_box_free(struct ballot_box *box);

const struct ballot_box_head *ballot_box_head(const struct ballot_box *box);
/* Contributions acknowledged or found, damaged ones included. */
uint32_t ballot_box_count(const struct ballot_box *box);
/* A write went wrong: nothing more is accepted in this run. What was acknowledged is still there. */
bool ballot_box_is_faulty(const struct ballot_box *box);

/*
 * Stores one contribution of contribution_bytes bytes (of the head's counters and flags). FAULT_NONE means it
 * is on stable storage. FAULT_STORE_FULL: the limit is reached; nothing was done. Every other fault
 * (FAULT_DISK_FULL, FAULT_STORE): not acknowledged, and every later put fails with FAULT_STORE.
 * FAULT_ALREADY_CLOSED.
 */
enum fault ballot_box_put(struct ballot_box *box, const uint8_t *contribution) FAULT_MUST_CHECK;

/*
 * Lets the machine serve up to `limit` pupils, durably. FAULT_LIMIT: not above the limit of before, or above
 * the slots; FAULT_ALREADY_CLOSED; FAULT_DISK_FULL, FAULT_STORE: the limit of before holds, and nothing more
 * is accepted, as after a failed put.
 */
enum fault ballot_box_raise_limit(struct ballot_box *box, uint16_t limit) FAULT_MUST_CHECK;

/*
 * Flags of the machine, as in a bundle, that the closing adds to those of the opening. Nothing is written
 * before.
 */
void ballot_box_add_flags(struct ballot_box *box, uint16_t flags);

/*
 * Closes the session for good: writes present, absent and a fresh bundle id, wipes the journal, sets the
 * file's times to a constant. The box stays readable. FAULT_ALREADY_CLOSED; FAULT_STORE, FAULT_DISK_FULL:
 * still open.
 */
enum fault ballot_box_close(struct ballot_box *box, uint16_t present,
                            const uint16_t absent[BUNDLE_ABSENCES]) FAULT_MUST_CHECK;

/*
 * All undamaged contributions one after another, in no meaningful order; `*damaged` counts used slots that
 * cannot be read back. `out` must be zeroed or released and is released by the caller. FAULT_MEMORY.
 */
enum fault ballot_box_read(struct bytes_buffer *out, uint32_t *count, uint32_t *damaged,
                           struct ballot_box *box) FAULT_MUST_CHECK;

/* The slot (1..slots) that chance would give the next contribution; 0 when all are used. Changes nothing. */
uint16_t ballot_box_choose(const struct ballot_box *box);

#endif
