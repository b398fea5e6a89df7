/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONTRIBUTION_H
#define CONTRIBUTION_H

#include "commitment.h"
#include "layout.h"

/*
 * One pupil's contribution: a random id and two sealed shares (docs/format.md, "Contribution"). Made here,
 * opened only by aggregator/unseal.h, which the kiosk does not contain.
 *
 *   contribution = id[16] || seal(head || seed[32]) to key holder 1 || seal(head || counters[4 * n]) to key holder 2
 *   head         = version u16, share number u16 (1, 2), class u16, zero u16, counter count u32,
 *                  round digest[32], layout digest[32], id[16], kiosk's public key[32]                        (124 bytes)
 *   seal         = crypto_box_seal: 48 bytes longer
 *
 * Where the questionnaire has a breakdown, both are longer ("committed"; docs/format.md, "Commitments"):
 * behind the seed stands the commitment to share 2's sizes, behind the counters share 2's mask seed[32] and
 * the commitment to share 1's.
 */

enum {
    CONTRIBUTION_VERSION = 1,
    CONTRIBUTION_HEAD_BYTES = 124,
    CONTRIBUTION_SEAL_BYTES = 48,
    CONTRIBUTION_SEALED1_BYTES =
        CONTRIBUTION_HEAD_BYTES + SHARE_SEED_BYTES + CONTRIBUTION_SEAL_BYTES, /* not committed */
    CONTRIBUTION_TAIL1_BYTES = COMMITMENT_BYTES,                              /* more when committed */
    CONTRIBUTION_TAIL2_BYTES = COMMITMENT_SEED_BYTES + COMMITMENT_BYTES
};

/* What all contributions of one session have in common. */
struct contribution_context {
    struct share_context share;
    uint16_t class_number;
    uint8_t kiosk_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint8_t box_key[2][32];      /* the two key holders' X25519 keys of this round; [0] gets the seed */
    const struct layout *layout; /* whose sizes are committed to; must outlive this. NULL: not committed */
};

/* Whether contributions of this layout (context) hold commitments: it has a breakdown. */
bool contribution_layout_commits(const struct layout *layout);
bool contribution_commits(const struct contribution_context *context);

size_t contribution_sealed1_bytes(bool committed);
size_t contribution_sealed2_bytes(uint32_t counter_count, bool committed);
/* id and both sealed shares. */
size_t contribution_bytes(uint32_t counter_count, bool committed);

/* The head of share 1 or 2, as it is sealed and as it must be found on opening. */
void contribution_head(uint8_t out[CONTRIBUTION_HEAD_BYTES], const struct contribution_context *context,
                       uint16_t number, const uint8_t id[SHARE_ID_BYTES]);

/* What is drawn for one contribution; all but the id is secret. */
struct contribution_draw {
    uint8_t id[SHARE_ID_BYTES];
    uint8_t seed[SHARE_SEED_BYTES];
    uint8_t mask_seed[COMMITMENT_SEED_BYTES]; /* of share 2's commitment */
};

/*
 * All of it fresh and random (randombytes_buf); the one place where it comes from. `out` is the caller's
 * secret memory.
 */
void contribution_draw(struct contribution_draw *out);

/*
 * Secret memory for making contributions of one layout, one after the other. Locking memory
 * costs a quarter of what the cryptography costs, and can fail; so a kiosk takes one arena when the session
 * opens, and knows then that it can go on.
 */
struct contribution_arena {
    uint32_t counter_count;
    uint32_t size_count;
    struct commitment_bases bases; /* owned; public */
    uint8_t *memory;               /* owned; all zero between contributions */
    size_t memory_bytes;
};
/*
 * For `size_count` sizes (layout.size_count, 0: not committed). FAULT_MEMORY, FAULT_MEMORY_LOCK; zeroed then.
 */
enum fault contribution_arena_new(struct contribution_arena *out, uint32_t counter_count,
                                  uint32_t size_count) FAULT_MUST_CHECK;
void contribution_arena_release(
    struct contribution_arena *arena); /* wipes; accepts zeroed or released; leaves it zeroed */

/*
 * The two plaintexts for given draws; deterministic. plain1 holds HEAD + 32 bytes (and TAIL1), plain2 HEAD +
 * 4 * counter_count (and TAIL2); both in the caller's secret memory, plain2 aligned as a uint32_t. Works in
 * the arena's memory, and leaves it to the caller to wipe.
 */
void contribution_plain(uint8_t *plain1, uint8_t *plain2, struct contribution_arena *arena,
                        const struct contribution_context *context, const struct contribution_draw *draw,
                        const uint32_t *measurement);

/*
 * Makes one contribution of contribution_bytes(counter_count, contribution_commits(context)) bytes with fresh
 * random draws.
 * Everything in between is in the arena and wiped. FAULT_MISUSE: the arena is of other counts.
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
