/* SPDX-License-Identifier: Apache-2.0 */
#ifndef UNSEAL_H
#define UNSEAL_H

#include "core/contribution.h"

/*
 * The one module that opens sealed shares (docs/format.md, "Contribution"). It is not linked into the kiosk.
 * What it opens never leaves secret memory, and one call opens one key holder's half: random-looking on its
 * own.
 */

enum { UNSEAL_SECRET_BYTES = 32 };

/* A key holder's X25519 key of one round. A zeroed one is empty. */
struct unseal_key {
    uint8_t public_key[32];
    uint8_t *secret_key; /* UNSEAL_SECRET_BYTES in secret memory, owned */
};

/*
 * Copies both halves; the caller wipes its own. FAULT_KEY_INVALID: `public_key` does not belong to
 * `secret_key`, or is of low order. FAULT_MEMORY, FAULT_MEMORY_LOCK.
 */
enum fault unseal_key_new(struct unseal_key *out, const uint8_t public_key[32],
                          const uint8_t secret_key[UNSEAL_SECRET_BYTES]) FAULT_MUST_CHECK;
void unseal_key_release(
    struct unseal_key *key); /* wipes; accepts a zeroed or released one; leaves it zeroed */

/*
 * Room for one opened share of at most `counter_count` counters, in secret memory: made once, used for every
 * record.
 */
struct unseal_scratch {
    uint32_t counter_count;
    uint8_t *plain;  /* the opened bytes; aligned as a uint32_t */
    uint32_t *words; /* share 1 expanded */
    /* Of the share that unseal_add opened last, for unseal_sizes_add: */
    const uint32_t *opened; /* its counters, up to `opened_count`; NULL when there is none */
    uint32_t opened_count;
};
/* FAULT_MEMORY, FAULT_MEMORY_LOCK; zeroed then. */
enum fault unseal_scratch_new(struct unseal_scratch *out, uint32_t counter_count) FAULT_MUST_CHECK;
void unseal_scratch_release(
    struct unseal_scratch *scratch); /* wipes; accepts zeroed or released; leaves it zeroed */

/*
 * Opens share 1 of the contribution `id` and gives its seed in the caller's secret memory. `sealed` is
 * CONTRIBUTION_SEALED1_BYTES long. Checks, in this order:
 *   FAULT_MISUSE          the scratch is too small for the context's counter count
 *   FAULT_RECORD_SEALED   another length; or it was not sealed to this key; or a bit was changed
 *   FAULT_RECORD_CONTENT  the head inside is not contribution_head(context, 1, id): version, number, class, count, round, layout,
 *                         id or kiosk differ; or what stands for a commitment is none
 * `seed` is all zero after a fault.
 */
enum fault unseal_share1(uint8_t seed[SHARE_SEED_BYTES], struct unseal_scratch *scratch,
                         const struct unseal_key *key, const struct contribution_context *context,
                         const uint8_t id[SHARE_ID_BYTES], struct bytes sealed) FAULT_MUST_CHECK;

/*
 * The same for share 2, which is contribution_sealed2_bytes(counter_count) long and holds counter_count
 * counters. Here the head is contribution_head(context, 2, id). `counters` is all zero after a fault.
 */
enum fault unseal_share2(uint32_t *counters, struct unseal_scratch *scratch, const struct unseal_key *key,
                         const struct contribution_context *context, const uint8_t id[SHARE_ID_BYTES],
                         struct bytes sealed) FAULT_MUST_CHECK;

/* Where a range of the opened vector goes: sum[i] += share[first + i] mod 2^32 for i < count. */
struct unseal_target {
    uint32_t *sum; /* `count` counters, in secret memory when they are share 1's */
    uint32_t first;
    uint32_t count;
};

/*
 * Opens key holder `number`'s share (1 or 2) of one contribution and adds it to each target: for example the
 * class level to the batch's sums and the school level to the stratum's, in one opening. Counters outside the
 * targets are not even expanded (share 1, above the highest target) or not touched; without targets the share
 * is only checked, its commitment too. Allocates nothing. The scratch holds the opened share until the next
 * call or its release.
 * FAULT_MISUSE (also: a number other than 1 and 2, a target out of range), FAULT_RECORD_SEALED,
 * FAULT_RECORD_CONTENT as above; the sums are untouched then.
 */
enum fault unseal_add(const struct unseal_target *targets, uint32_t target_count,
                      struct unseal_scratch *scratch, const struct unseal_key *key, uint16_t number,
                      const struct contribution_context *context, const uint8_t id[SHARE_ID_BYTES],
                      struct bytes sealed) FAULT_MUST_CHECK;

/*
 * What shares say of the sizes of breakdowns (docs/format.md, "Commitments"), added up by one key holder:
 * what she can claim of her own shares, and the commitment that the other one's claim must open. A zeroed one
 * is empty.
 */
struct unseal_sizes {
    uint32_t count;                       /* layout.size_count */
    uint8_t commitment[COMMITMENT_BYTES]; /* the sum of those to the other's shares */
    uint8_t *claim;                       /* the sum of her own; in secret memory, owned */
    uint8_t *one;                         /* room for one record's, and its sizes behind it */
};
/* Sums of no record. FAULT_MEMORY, FAULT_MEMORY_LOCK; zeroed then. */
enum fault unseal_sizes_new(struct unseal_sizes *out, uint32_t count) FAULT_MUST_CHECK;
void unseal_sizes_release(
    struct unseal_sizes *sizes); /* wipes; accepts zeroed or released; leaves it zeroed */

/*
 * Adds what the share says that `scratch` opened last: unseal_add, of the same number, context and id, with
 * targets up to the end of the school level.
 * FAULT_MISUSE: it did not, or the context does not commit to so many sizes. FAULT_RECORD_CONTENT: what
 * stands for a commitment is none. The sums are untouched then.
 */
enum fault unseal_sizes_add(struct unseal_sizes *sizes, const struct unseal_scratch *scratch, uint16_t number,
                            const struct contribution_context *context,
                            const uint8_t id[SHARE_ID_BYTES]) FAULT_MUST_CHECK;

/*
 * into += from, of other records. FAULT_MISUSE: of other counts; FAULT_RECORD_CONTENT never for sums made
 * here.
 */
enum fault unseal_sizes_join(struct unseal_sizes *into, const struct unseal_sizes *from) FAULT_MUST_CHECK;

#endif
