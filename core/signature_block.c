/* SPDX-License-Identifier: Apache-2.0 */
#include "signature_block.h"

void signature_block_put(struct bytes_buffer *out, const struct signature_block *block) {
    bytes_put_u8(out, (uint8_t)(block->is_signed[0] + block->is_signed[1]));
    for (uint8_t i = 0; i < 2; i++) {
        if (block->is_signed[i]) {
            bytes_put_u8(out, i);
            bytes_put(out, block->signature[i], DIGEST_SIGNATURE_BYTES);
        }
    }
}

void signature_block_take(struct signature_block *out, struct bytes_reader *in) {
    *out = (struct signature_block){0};
    uint8_t count = bytes_take_u8(in);
    if (count > 2) {
        bytes_fail(in, FAULT_LIMIT);
    }
    for (uint8_t i = 0; i < count && !in->fault; i++) {
        uint8_t holder = bytes_take_u8(in);
        if (holder > 1) {
            bytes_fail(in, FAULT_LIMIT);
        } else if (i == 1 && !(out->is_signed[0] && holder == 1)) {
            bytes_fail(in, FAULT_FIELD_ORDER);
        } else {
            out->is_signed[holder] = true;
            bytes_take(in, out->signature[holder], DIGEST_SIGNATURE_BYTES);
        }
    }
}

enum fault signature_block_verify(const struct signature_block *block, enum digest_label label,
                                  const uint8_t digest[DIGEST_BYTES],
                                  const uint8_t key_0[DIGEST_SIGN_PUBLIC_BYTES],
                                  const uint8_t key_1[DIGEST_SIGN_PUBLIC_BYTES]) {
    const uint8_t *key[2] = {key_0, key_1};
    for (int i = 0; i < 2; i++) {
        enum fault fault =
            block->is_signed[i] ? digest_verify(block->signature[i], label, digest, key[i]) : FAULT_NONE;
        if (fault) {
            return fault;
        }
    }
    return FAULT_NONE;
}
