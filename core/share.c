/* SPDX-License-Identifier: Apache-2.0 */
#include "share.h"

#include <string.h>

#include "secret.h"

_Static_assert(SHARE_ID_BYTES == crypto_generichash_blake2b_SALTBYTES, "the id is the salt");
_Static_assert(SHARE_SEED_BYTES <= crypto_generichash_blake2b_KEYBYTES_MAX, "the seed is the key");
_Static_assert(DIGEST_BYTES == crypto_stream_chacha20_ietf_KEYBYTES, "the digest is the stream's key");

const uint8_t share_label[DIGEST_LABEL_BYTES] = {'k', 'b', '1', '/', 'e', 'x', 'p', 'a',
                                                 'n', 'd', '-', 's', 'h', 'a', 'r', 'e'};

static void derive_key(uint8_t key[DIGEST_BYTES], const struct share_context *context,
                       const uint8_t id[SHARE_ID_BYTES], const uint8_t seed[SHARE_SEED_BYTES]) {
    uint8_t message[DIGEST_BYTES + DIGEST_BYTES + 4];
    memcpy(message, context->round_digest, DIGEST_BYTES);
    memcpy(message + DIGEST_BYTES, context->layout_digest, DIGEST_BYTES);
    bytes_store_u32(message + DIGEST_BYTES + DIGEST_BYTES, context->counter_count);
    crypto_generichash_blake2b_salt_personal(key, DIGEST_BYTES, message, sizeof message, seed,
                                             SHARE_SEED_BYTES, id, share_label);
}

void share_little_endian(uint32_t *words, uint32_t count) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    for (uint32_t i = 0; i < count; i++) {
        uint32_t word = words[i];
        bytes_store_u32((uint8_t *)&words[i], word);
    }
#else
    (void)words;
    (void)count;
#endif
}

void share_expand_first(uint32_t *out, uint32_t count, const struct share_context *context,
                        const uint8_t id[SHARE_ID_BYTES], const uint8_t seed[SHARE_SEED_BYTES]) {
    static const uint8_t nonce[crypto_stream_chacha20_ietf_NONCEBYTES] = {0};
    uint8_t key[DIGEST_BYTES];
    derive_key(key, context, id, seed);
    crypto_stream_chacha20_ietf((unsigned char *)out, (size_t)count * 4, nonce, key);
    secret_wipe(key, sizeof key);
    /* Swapping bytes is its own inverse. */
    share_little_endian(out, count);
}

void share_expand(uint32_t *out, const struct share_context *context, const uint8_t id[SHARE_ID_BYTES],
                  const uint8_t seed[SHARE_SEED_BYTES]) {
    share_expand_first(out, context->counter_count, context, id, seed);
}

void share_split(uint32_t *share2, const struct share_context *context, const uint8_t id[SHARE_ID_BYTES],
                 const uint8_t seed[SHARE_SEED_BYTES], const uint32_t *measurement) {
    share_expand(share2, context, id, seed);
    for (uint32_t i = 0; i < context->counter_count; i++) {
        share2[i] = measurement[i] - share2[i];
    }
}

void share_add(uint32_t *restrict sum, const uint32_t *restrict add, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        sum[i] += add[i];
    }
}
