/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Property: what decodes re-encodes to the same bytes. Every input is read as it is, and once more signed by
 * a known key.
 */
#include <stdlib.h>
#include <string.h>

#include "core/holder.h"
#include "tests/sample_round.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct bytes content, const uint8_t secret_key[64]) {
    struct holder holder;
    struct bytes_buffer again = {0};
    if (holder_decode(&holder, content)) {
        return;
    }
    enum fault fault = holder_encode(&again, &holder, secret_key);
    if (fault != FAULT_KEY_WRONG &&
        (fault || again.size != content.size || memcmp(again.data, content.data, again.size) != 0)) {
        abort();
    }
    bytes_buffer_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t public_key[32], secret_key[64], digest[DIGEST_BYTES];
    static uint8_t copy[HOLDER_BYTES_LIMIT + 1];
    sample_sign_key(public_key, secret_key, 1);
    check((struct bytes){data, size}, secret_key);
    if (size < 12 + 128 || size > sizeof copy) {
        return 0;
    }
    memcpy(copy, data, size);
    size_t key_at = 12u + copy[10] + 256u * copy[11];
    if (key_at + 128 <= size) {
        memcpy(copy + key_at, public_key, 32);
        digest_make(digest, DIGEST_HOLDER, (struct bytes){copy, size - 64});
        digest_sign(copy + size - 64, DIGEST_HOLDER, digest, secret_key);
        check((struct bytes){copy, size}, secret_key);
    }
    return 0;
}
