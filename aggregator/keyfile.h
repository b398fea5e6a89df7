/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KEYFILE_H
#define KEYFILE_H

#include <stdbool.h>

#include "core/digest.h"
#include "core/holder.h"

/*
 * A key holder's secret keys, and the file they lie in: wrapped with a passphrase (docs/format.md, "Secret
 * keys").
 *
 *   file   = header || XChaCha20-Poly1305(plain; key, nonce, associated data = header) || digest of it all
 *   header = magic[8], version u16, kdf u16 (1: Argon2id 1.3), passes u32, memory in KiB u32, salt[16],
 *   nonce[24], signing key[32]
 *   plain  = name[49], seed[32], count u16, 64 entries (state u8, round digest[32], public[32], secret[32]);
 *   unused all zero
 *
 * Every file has the same size. The digest at the end tells damage from a wrong passphrase; it protects
 * nothing else.
 */

enum {
    KEYFILE_VERSION = 1,
    KEYFILE_ENTRIES = 64,
    KEYFILE_SALT_BYTES = 16,
    KEYFILE_NONCE_BYTES = 24,
    KEYFILE_HEADER_BYTES = 92,
    KEYFILE_ENTRY_BYTES = 97,
    KEYFILE_PLAIN_BYTES = HOLDER_NAME_SIZE + 32 + 2 + KEYFILE_ENTRIES * KEYFILE_ENTRY_BYTES,
    KEYFILE_BYTES = KEYFILE_HEADER_BYTES + KEYFILE_PLAIN_BYTES + 16 + DIGEST_BYTES,
    KEYFILE_PASSES_LOWEST = 2, /* what libsodium calls interactive; nothing weaker is written or read */
    KEYFILE_PASSES_LIMIT = 6,
    KEYFILE_MEMORY_LOWEST = 64 << 10, /* KiB */
    KEYFILE_MEMORY_LIMIT = 1 << 20 /* KiB: 1 GiB, so that a forged file cannot ask for all memory there is */
};

enum keyfile_kdf { KEYFILE_INTERACTIVE, KEYFILE_MODERATE, KEYFILE_SENSITIVE };

/* The life of a round's box key. It never goes back up this list. */
enum keyfile_state {
    KEYFILE_NEXT = 1, /* made, in the public file, not promised to any round; at most one */
    KEYFILE_RESTORED, /* from a recovery sheet: opens the round that it signed before, signs no other */
    KEYFILE_BOUND,    /* promised to one round, for ever */
    KEYFILE_DESTROYED /* the secret half is gone; the public half stays as a tombstone */
};

struct keyfile_entry {
    enum keyfile_state state;
    uint8_t round_digest[DIGEST_BYTES]; /* BOUND, DESTROYED; else zero */
    uint8_t public_key[32];
    uint8_t secret_key[32]; /* zero when DESTROYED */
};

/* In secret memory as a whole. */
struct keyfile {
    char name[HOLDER_NAME_SIZE];
    uint8_t seed[32];                              /* Ed25519 */
    uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES];    /* from the seed */
    uint8_t sign_secret[DIGEST_SIGN_SECRET_BYTES]; /* from the seed */
    uint16_t count;
    struct keyfile_entry entry[KEYFILE_ENTRIES]; /* in the order in which they were made */
    /* How it is wrapped: kept, so that a change can be written without asking for the passphrase again. */
    uint32_t passes, memory;
    uint8_t salt[KEYFILE_SALT_BYTES];
    uint8_t wrap_key[32];
};

/* What can be known without the passphrase. */
struct keyfile_header {
    uint32_t passes, memory;
    uint8_t salt[KEYFILE_SALT_BYTES];
    uint8_t nonce[KEYFILE_NONCE_BYTES];
    uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES];
};

/*
 * A holder with the identity of `seed` (NULL: a fresh random one) and no round key yet. *out is the caller's;
 * keyfile_free wipes it. FAULT_LIMIT (name empty or too long), FAULT_TEXT, FAULT_MEMORY (also: less than the
 * kdf needs), FAULT_MEMORY_LOCK.
 */
enum fault keyfile_new(struct keyfile **out, const char *name, const uint8_t *seed, enum keyfile_kdf kdf,
                       const char *passphrase) FAULT_MUST_CHECK;
struct keyfile *keyfile_free(struct keyfile *keys); /* accepts NULL, gives NULL */

/* The wrapped file, under a fresh random nonce. FAULT_MEMORY, FAULT_MEMORY_LOCK. */
enum fault keyfile_encode(struct bytes_buffer *out, const struct keyfile *keys) FAULT_MUST_CHECK;

/*
 * Everything that can be checked without the passphrase, in this order: FAULT_TRUNCATED (no magic and
 * version), FAULT_MAGIC, FAULT_VERSION, FAULT_TRUNCATED, FAULT_TRAILING, FAULT_CHECKSUM, FAULT_LIMIT (kdf,
 * passes, memory), FAULT_KEY_INVALID.
 */
enum fault keyfile_header_decode(struct keyfile_header *out, struct bytes content) FAULT_MUST_CHECK;

/*
 * The same, and then FAULT_PASSPHRASE, and what keyfile_plain_decode finds, FAULT_KEY_WRONG (the seed is not
 * the header's). FAULT_MEMORY, FAULT_MEMORY_LOCK. *out is NULL after a fault.
 */
enum fault keyfile_decode(struct keyfile **out, struct bytes content,
                          const char *passphrase) FAULT_MUST_CHECK;

/* The content without its wrapping, KEYFILE_PLAIN_BYTES in the caller's secret memory. */
void keyfile_plain_encode(uint8_t *out, const struct keyfile *keys);
/*
 * FAULT_TEXT, FAULT_LIMIT (name, count, state), FAULT_KEY_INVALID (halves that do not belong together),
 * FAULT_NOT_CANONICAL (bytes that must be zero, a doubled key or round, two next keys). Fills everything but
 * the wrapping.
 */
enum fault keyfile_plain_decode(struct keyfile *out,
                                const uint8_t plain[KEYFILE_PLAIN_BYTES]) FAULT_MUST_CHECK;

/*
 * By public key; the one that is NEXT; the one bound to (or destroyed for) a round; the one made last. NULL
 * when there is none.
 */
struct keyfile_entry *keyfile_find(struct keyfile *keys, const uint8_t public_key[32]);
struct keyfile_entry *keyfile_next(struct keyfile *keys);
struct keyfile_entry *keyfile_for_round(struct keyfile *keys, const uint8_t round_digest[DIGEST_BYTES]);
struct keyfile_entry *keyfile_latest(struct keyfile *keys);

/*
 * Adds a round key: random (secret NULL) and NEXT, or a given one and RESTORED. FAULT_KEY_USED: there is a
 * NEXT one still. FAULT_LIMIT: no room; start a new folder.
 */
enum fault keyfile_add(struct keyfile *keys, const uint8_t *secret) FAULT_MUST_CHECK;

/*
 * Promises a key to a round. Nothing changes when it is bound to this round already. FAULT_KEY_USED: to
 * another, or restored and `was_signed` is false, or this round has another key. FAULT_KEY_DESTROYED.
 * `was_signed`: the round carries this holder's verified signature.
 */
enum fault keyfile_bind(struct keyfile *keys, struct keyfile_entry *entry,
                        const uint8_t round_digest[DIGEST_BYTES], bool was_signed) FAULT_MUST_CHECK;

/* Wipes the secret half and leaves a tombstone for this round. */
void keyfile_destroy(struct keyfile_entry *entry, const uint8_t round_digest[DIGEST_BYTES]);

#endif
