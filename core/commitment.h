/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMMITMENT_H
#define COMMITMENT_H

#include "share.h"

/*
 * Commitments to the shares of sizes (docs/format.md, "Commitments"): each sealed share holds one to the
 * *other* share's part of the sizes of breakdowns. They add up over records as the shares do, so a key holder
 * can check what the other one says her sum is. Pedersen's, over ristretto255, of a vector at once:
 *
 *   commitment = blinding * H + value[0] * G[0] + ... + value[count - 1] * G[count - 1]
 *   value[i]   = size share + 2^32 * mask[i], mask of 128 bits, so that a sum of values tells the sum mod 2^32 and no carries
 *
 * H and G follow from a label, so nobody knows how one is a multiple of another.
 */

enum { COMMITMENT_BYTES = 32, COMMITMENT_SEED_BYTES = 32, COMMITMENT_VALUE_BYTES = 24 };

/* The labels of the bases and of blinding and masks, distinct from all of core/digest.h. */
extern const uint8_t commitment_base_label[DIGEST_LABEL_BYTES];
extern const uint8_t commitment_mask_label[DIGEST_LABEL_BYTES];

/* H and the first `count` of G; public. A zeroed one is empty. */
struct commitment_bases {
    uint32_t count;
    uint8_t *point; /* owned: (count + 1) * COMMITMENT_BYTES, H first */
};
enum fault commitment_bases_new(struct commitment_bases *out,
                                uint32_t count) FAULT_MUST_CHECK; /* FAULT_MEMORY */
void commitment_bases_release(struct commitment_bases *bases);    /* accepts a zeroed or released one */

/*
 * A *claim* is what opens a commitment, or a sum of them: the blinding, reduced mod the group's order, then
 * `count` values of COMMITMENT_VALUE_BYTES, little-endian. Of one record it is as secret as a share.
 */
size_t commitment_claim_bytes(uint32_t count);

/* The claim of one record: blinding and masks follow from `seed` and from what the share is bound to. */
void commitment_claim(uint8_t *claim, const struct share_context *context, const uint8_t id[SHARE_ID_BYTES],
                      const uint8_t seed[COMMITMENT_SEED_BYTES], const uint32_t *sizes, uint32_t count);

/* sum += add; of at most 2^32 records. A zeroed claim is that of no record. They may not overlap. */
void commitment_claim_add(uint8_t *sum, const uint8_t *add, uint32_t count);

/* The sums of the size shares mod 2^32 that a claim tells. */
void commitment_claim_sizes(uint32_t *out, const uint8_t *claim, uint32_t count);

/* The commitment that `claim` opens. Takes about (count + 1) multiplications of a point, in constant time. */
void commitment_make(uint8_t out[COMMITMENT_BYTES], const struct commitment_bases *bases,
                     const uint8_t *claim);

/* Whether these bytes are a commitment at all. */
bool commitment_is_valid(const uint8_t commitment[COMMITMENT_BYTES]);

/*
 * sum += add. The sum of none is all zero. FAULT_RECORD_CONTENT: one of them is no commitment; the sum is
 * unchanged.
 */
enum fault commitment_add(uint8_t sum[COMMITMENT_BYTES],
                          const uint8_t add[COMMITMENT_BYTES]) FAULT_MUST_CHECK;

/* FAULT_SIZES_FALSE unless `claim` opens `sum`. */
enum fault commitment_check(const uint8_t sum[COMMITMENT_BYTES], const struct commitment_bases *bases,
                            const uint8_t *claim) FAULT_MUST_CHECK;

#endif
