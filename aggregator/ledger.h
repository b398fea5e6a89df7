/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LEDGER_H
#define LEDGER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/batch.h"

/*
 * What one key holder opened and released before, chained by digests (docs/format.md, "Ledger"). It lies
 * beside her key. An entry is on stable storage before anything that it announces leaves.
 */

enum { LEDGER_VERSION = 1, LEDGER_BYTES_LIMIT = 64 << 20, LEDGER_ENTRIES = 10000 };

enum ledger_kind {
    LEDGER_OPENED = 1, /* her aggregate shares over these batches were made */
    LEDGER_RELEASED    /* a release was made */
};

struct ledger_batch {
    uint8_t digest[DIGEST_BYTES];
    uint32_t id_count;
    size_t ids_at; /* where in the ledger's content the id_count * SHARE_ID_BYTES stand, ascending */
};

struct ledger_entry {
    enum ledger_kind kind;
    uint8_t round_digest[DIGEST_BYTES];
    uint8_t closing_digest[DIGEST_BYTES];
    uint8_t other_key[DIGEST_SIGN_PUBLIC_BYTES]; /* the other holder of that round */
    uint8_t other_head[DIGEST_BYTES]; /* the head of her ledger when this was written; zero when unknown */
    uint8_t release_digest[DIGEST_BYTES]; /* RELEASED only, else zero */
    uint16_t batch_count;                 /* OPENED only, else 0 */
    struct ledger_batch *batch;
    uint8_t head[DIGEST_BYTES]; /* of the chain up to and including this entry */
};

struct ledger {
    uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES]; /* whose it is */
    size_t entry_count;
    struct ledger_entry *entry;  /* oldest first */
    struct bytes_buffer content; /* the whole file but a torn tail */
    size_t torn;                 /* bytes after it that never became an entry */
    size_t written;              /* bytes of `content` that are in the file */
};

/* An empty ledger of `sign_key`; nothing is written. FAULT_MEMORY. */
enum fault ledger_init(struct ledger *out, const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES]) FAULT_MUST_CHECK;
void ledger_release(struct ledger *ledger); /* accepts zeroed or released ones; leaves it zeroed */

/*
 * Reads a ledger. An unfinished last entry (a power cut while it was appended) is left out and counted in
 * `torn`. FAULT_FILE_TOO_LARGE, FAULT_MAGIC, FAULT_VERSION, FAULT_TRUNCATED (the header), FAULT_KEY_INVALID,
 * FAULT_LEDGER_DAMAGED (anything else that is wrong), FAULT_LIMIT, FAULT_MEMORY.
 */
enum fault ledger_decode(struct ledger *out, struct bytes content) FAULT_MUST_CHECK;

/*
 * Reads the file; a missing or empty one is an empty ledger. A torn tail is cut off the file.
 * FAULT_KEY_WRONG: it is another holder's.
 */
enum fault ledger_open(struct ledger *out, const char *path,
                       const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES]) FAULT_MUST_CHECK;

/* The newest head; zero for an empty ledger. */
void ledger_head(uint8_t out[DIGEST_BYTES], const struct ledger *ledger);
/*
 * True when `head` is zero or the head after one of the entries: what the other holder cites is not newer
 * than this ledger.
 */
bool ledger_knows(const struct ledger *ledger, const uint8_t head[DIGEST_BYTES]);
/*
 * The head of the ledger of `other_key` that was seen last in this round; zero when none. Of this round only:
 * ids and digests are of one round, so older entries protect nothing in it, and a holder whose ledger was
 * lost can open the next round.
 */
void ledger_other_head(uint8_t out[DIGEST_BYTES], const struct ledger *ledger,
                       const uint8_t other_key[DIGEST_SIGN_PUBLIC_BYTES],
                       const uint8_t round_digest[DIGEST_BYTES]);

/*
 * FAULT_BATCH_OVERLAP unless each batch is identical to, or disjoint from, every batch opened before. `*at`
 * names the offending batch.
 */
enum fault ledger_check_batches(const struct ledger *ledger, const struct batch_list *batches,
                                const struct closing *closing, uint16_t *at) FAULT_MUST_CHECK;

/*
 * What the ledger knows of the round must go with the closing list. FAULT_ALREADY_CLOSED: something was
 * opened or released under another list than this one and, for a late list, the one that it names; list 1 may
 * be opened again after a late list. FAULT_LEDGER_GAP: a late list, while the ledger does not know that the
 * list before it was opened.
 */
enum fault ledger_check_closing(const struct ledger *ledger, const struct closing *closing) FAULT_MUST_CHECK;

/* The OPENED entry of exactly these batches of this round and closing list, or NULL. */
const struct ledger_entry *ledger_find_opened(const struct ledger *ledger, const struct batch_list *batches,
                                              const struct closing *closing);
/*
 * FAULT_BATCH_OVERLAP when batches of this list were opened that are not, all together, exactly these: sums
 * over all of them were made.
 */
enum fault ledger_check_whole(const struct ledger *ledger, const struct batch_list *batches,
                              const struct closing *closing) FAULT_MUST_CHECK;
/*
 * The first RELEASED entry of this round and the closing list with this digest, or NULL. Of each level that
 * was asked for there may be one.
 */
const struct ledger_entry *ledger_find_released(const struct ledger *ledger,
                                                const uint8_t round_digest[DIGEST_BYTES],
                                                const uint8_t closing_digest[DIGEST_BYTES]);
/* Whether anything of the round was opened. */
bool ledger_has_opened(const struct ledger *ledger, const uint8_t round_digest[DIGEST_BYTES]);

/*
 * Adds an OPENED entry in memory, without writing. `holder` is whose ledger this is (0, 1), `other_head` the
 * newest head of the other's that she has seen. FAULT_LIMIT, FAULT_MEMORY: the ledger is unchanged. Pointers
 * to entries from before are no longer valid.
 */
enum fault ledger_add_opened(struct ledger *ledger, const struct batch_list *batches,
                             const struct closing *closing, const struct round *round, int holder,
                             const uint8_t other_head[DIGEST_BYTES]) FAULT_MUST_CHECK;
/* The same for a RELEASED entry. */
enum fault ledger_add_released(struct ledger *ledger, const struct closing *closing,
                               const struct round *round, int holder,
                               const uint8_t release_digest[DIGEST_BYTES]) FAULT_MUST_CHECK;
/*
 * Brings the file up to what is in memory: appends what it lacks, durably. The file is as it was after a
 * fault, but for a torn tail, which the next ledger_open cuts off. Faults of platform/file.h.
 */
enum fault ledger_write(struct ledger *ledger, const char *path) FAULT_MUST_CHECK;

#endif
