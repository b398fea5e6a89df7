/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SHARE_H
#define SHARE_H

#include "digest.h"

/*
 * Additive secret sharing mod 2^32 (docs/format.md, "Shares"). Share 1 is a random 32-byte seed, expanded to
 * a vector; share 2 is measurement minus expansion. Either alone is uniformly random; their sum is the
 * measurement.
 *
 * Expansion: key = BLAKE2b-256(round digest || layout digest || counter count as u32; key = seed, salt =
 * contribution id, personal = "kb1/expand-share"); stream = ChaCha20 (IETF) with zero nonce, as little-endian
 * 32-bit words.
 */

enum { SHARE_SEED_BYTES = 32, SHARE_ID_BYTES = 16 };

/* The expansion's own label, distinct from all of core/digest.h. */
extern const uint8_t share_label[DIGEST_LABEL_BYTES];

/* What every share of a round is bound to. */
struct share_context {
    uint8_t round_digest[DIGEST_BYTES];
    uint8_t layout_digest[DIGEST_BYTES];
    uint32_t counter_count;
};

/* out[i] = expansion of the seed, counter_count words. `out` is the caller's secret memory. */
void share_expand(uint32_t *out, const struct share_context *context, const uint8_t id[SHARE_ID_BYTES],
                  const uint8_t seed[SHARE_SEED_BYTES]);

/* The same, only its first `count` words (at most counter_count): they do not depend on `count`. */
void share_expand_first(uint32_t *out, uint32_t count, const struct share_context *context,
                        const uint8_t id[SHARE_ID_BYTES], const uint8_t seed[SHARE_SEED_BYTES]);

/* share2[i] = measurement[i] - expansion[i] mod 2^32. share2 and measurement may not overlap. */
void share_split(uint32_t *share2, const struct share_context *context, const uint8_t id[SHARE_ID_BYTES],
                 const uint8_t seed[SHARE_SEED_BYTES], const uint32_t *measurement);

/* sum[i] += add[i] mod 2^32. They may not overlap. */
void share_add(uint32_t *restrict sum, const uint32_t *restrict add, uint32_t count);

/* Turns words into little-endian bytes in place, and back. Nothing to do on a little-endian machine. */
void share_little_endian(uint32_t *words, uint32_t count);

#endif
