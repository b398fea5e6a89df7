/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONTRIBUTION_H
#define CONTRIBUTION_H

#include "share.h"

/*
 * One pupil's contribution: a random id and two sealed shares (docs/format.md, "Contribution"). Made here,
 * opened only by aggregator/unseal.h, which the kiosk does not contain.
 *
 *   contribution = id[16] || seal(head || seed[32]) to key holder 1 || seal(head || counters[4 * n]) to key holder 2
 *   head         = version u16, share number u16 (1, 2), class u16, zero u16, counter count u32,
 *                  round digest[32], layout digest[32], id[16], kiosk's public key[32]                        (124 bytes)
 *   seal         = crypto_box_seal: 48 bytes longer
 */

enum {
    CONTRIBUTION_VERSION = 1,
    CONTRIBUTION_HEAD_BYTES = 124,
    CONTRIBUTION_SEAL_BYTES = 48,
    CONTRIBUTION_SEALED1_BYTES = CONTRIBUTION_HEAD_BYTES + SHARE_SEED_BYTES + CONTRIBUTION_SEAL_BYTES
};

/* What all contributions of one session have in common. */
struct contribution_context {
    struct share_context share;
    uint16_t class_number;
    uint8_t kiosk_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint8_t box_key[2][32]; /* the two key holders' X25519 keys of this round; [0] gets the seed */
};

size_t contribution_sealed2_bytes(uint32_t counter_count);
/* id and both sealed shares. */
size_t contribution_bytes(uint32_t counter_count);

/* The head of share 1 or 2, as it is sealed and as it must be found on opening. */
void contribution_head(uint8_t out[CONTRIBUTION_HEAD_BYTES], const struct contribution_context *context,
                       uint16_t number, const uint8_t id[SHARE_ID_BYTES]);

/* A fresh random id and seed (randombytes_buf); the one place where they come from. `seed` is the caller's secret memory. */
void contribution_draw(uint8_t id[SHARE_ID_BYTES], uint8_t seed[SHARE_SEED_BYTES]);

/*
 * The two plaintexts for a given id and seed; deterministic. plain1 holds HEAD + 32 bytes, plain2 HEAD + 4 *
 * counter_count; both in the caller's secret memory, plain2 aligned as a uint32_t.
 */
void contribution_plain(uint8_t *plain1, uint8_t *plain2, const struct contribution_context *context,
                        const uint8_t id[SHARE_ID_BYTES], const uint8_t seed[SHARE_SEED_BYTES],
                        const uint32_t *measurement);

/*
 * Secret memory for making contributions of `counter_count` counters, one after the other. Locking memory
 * costs a quarter of what the cryptography costs, and can fail; so a kiosk takes one arena when the session
 * opens, and knows then that it can go on.
 */
struct contribution_arena {
    uint32_t counter_count;
    uint8_t *memory; /* owned; all zero between contributions */
};
/* FAULT_MEMORY, FAULT_MEMORY_LOCK; zeroed then. */
enum fault contribution_arena_new(struct contribution_arena *out, uint32_t counter_count) FAULT_MUST_CHECK;
void contribution_arena_release(
    struct contribution_arena *arena); /* wipes; accepts zeroed or released; leaves it zeroed */

/*
 * Makes one contribution of contribution_bytes(counter_count) bytes with a fresh random id and seed.
 * Everything in between is in the arena and wiped. FAULT_MISUSE: the arena is of another counter count.
 * FAULT_SODIUM: sealing fails (an invalid box key). `out` is all zero after a fault.
 */
enum fault contribution_make_in(uint8_t *out, struct contribution_arena *arena,
                                const struct contribution_context *context,
                                const uint32_t *measurement) FAULT_MUST_CHECK;

/* The same with an arena of its own: also FAULT_MEMORY, FAULT_MEMORY_LOCK. */
enum fault contribution_make(uint8_t *out, const struct contribution_context *context,
                             const uint32_t *measurement) FAULT_MUST_CHECK;

/* The digest that the bundle's signed index holds for this contribution (all its bytes, the id first). */
void contribution_digest(uint8_t out[DIGEST_BYTES], const uint8_t id[SHARE_ID_BYTES],
                         struct bytes sealed_shares);

#endif
