/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SIGNATURE_BLOCK_H
#define SIGNATURE_BLOCK_H

#include "digest.h"

/*
 * The signatures of the two key holders at the end of a round and of a closing list (docs/format.md,
 * "Digests, labels, signatures"): u8 how many, and for each a u8 holder, ascending, and 64 bytes.
 */

struct signature_block {
    bool is_signed[2];
    uint8_t signature[2][DIGEST_SIGNATURE_BYTES];
};

void signature_block_put(struct bytes_buffer *out, const struct signature_block *block);

/*
 * Sticks in the reader: FAULT_TRUNCATED, FAULT_LIMIT (more than two, a holder above 1), FAULT_FIELD_ORDER
 * (not ascending).
 */
void signature_block_take(struct signature_block *out, struct bytes_reader *in);

/* FAULT_SIGNATURE unless every signature that is there is its holder's over `digest` for this purpose. */
enum fault signature_block_verify(const struct signature_block *block, enum digest_label label,
                                  const uint8_t digest[DIGEST_BYTES],
                                  const uint8_t key_0[DIGEST_SIGN_PUBLIC_BYTES],
                                  const uint8_t key_1[DIGEST_SIGN_PUBLIC_BYTES]) FAULT_MUST_CHECK;

#endif
