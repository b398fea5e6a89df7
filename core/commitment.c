/* SPDX-License-Identifier: Apache-2.0 */
#include "commitment.h"

#include <stdlib.h>
#include <string.h>

#include "secret.h"

enum { SCALAR_BYTES = 32, BLOCK_BYTES = 64, MASK_BYTES = 16, MASKS_A_BLOCK = BLOCK_BYTES / MASK_BYTES };

_Static_assert(COMMITMENT_BYTES == crypto_core_ristretto255_BYTES, "a commitment is a point");
_Static_assert(SCALAR_BYTES == crypto_core_ristretto255_SCALARBYTES, "a blinding is a scalar");
_Static_assert(BLOCK_BYTES == crypto_core_ristretto255_HASHBYTES, "a base is hashed from 64 bytes");
_Static_assert(BLOCK_BYTES == crypto_core_ristretto255_NONREDUCEDSCALARBYTES,
               "a blinding is reduced from 64");

const uint8_t commitment_base_label[DIGEST_LABEL_BYTES] = {'k', 'b', '1', '/', 'c', 'o', 'm', 'm',
                                                           'i', 't', '-', 'b', 'a', 's', 'e'};
const uint8_t commitment_mask_label[DIGEST_LABEL_BYTES] = {'k', 'b', '1', '/', 'c', 'o', 'm', 'm',
                                                           'i', 't', '-', 'm', 'a', 's', 'k'};

/* Hash to group: only the label and the number go in, so there is nothing to choose. */
static void make_base(uint8_t out[COMMITMENT_BYTES], uint32_t number) {
    uint8_t message[4], hash[BLOCK_BYTES];
    static const uint8_t no_salt[crypto_generichash_blake2b_SALTBYTES] = {0};
    bytes_store_u32(message, number);
    crypto_generichash_blake2b_salt_personal(hash, sizeof hash, message, sizeof message, NULL, 0, no_salt,
                                             commitment_base_label);
    crypto_core_ristretto255_from_hash(out, hash);
}

enum fault commitment_bases_new(struct commitment_bases *out, uint32_t count) {
    *out = (struct commitment_bases){.point = calloc((size_t)count + 1, COMMITMENT_BYTES)};
    if (!out->point) {
        return FAULT_MEMORY;
    }
    out->count = count;
    for (uint32_t i = 0; i <= count; i++) {
        make_base(out->point + (size_t)i * COMMITMENT_BYTES, i);
    }
    return FAULT_NONE;
}

void commitment_bases_release(struct commitment_bases *bases) {
    free(bases->point);
    *bases = (struct commitment_bases){0};
}

size_t commitment_claim_bytes(uint32_t count) {
    return SCALAR_BYTES + (size_t)count * COMMITMENT_VALUE_BYTES;
}

static void derive_key(uint8_t key[DIGEST_BYTES], const struct share_context *context,
                       const uint8_t id[SHARE_ID_BYTES], const uint8_t seed[COMMITMENT_SEED_BYTES],
                       uint32_t count) {
    uint8_t message[DIGEST_BYTES + DIGEST_BYTES + 4];
    memcpy(message, context->round_digest, DIGEST_BYTES);
    memcpy(message + DIGEST_BYTES, context->layout_digest, DIGEST_BYTES);
    bytes_store_u32(message + DIGEST_BYTES + DIGEST_BYTES, count);
    crypto_generichash_blake2b_salt_personal(key, DIGEST_BYTES, message, sizeof message, seed,
                                             COMMITMENT_SEED_BYTES, id, commitment_mask_label);
}

/* Block `number` of the stream. */
static void stream_block(uint8_t out[BLOCK_BYTES], uint32_t number, const uint8_t key[DIGEST_BYTES]) {
    static const uint8_t nonce[crypto_stream_chacha20_ietf_NONCEBYTES] = {0}, zero[BLOCK_BYTES] = {0};
    crypto_stream_chacha20_ietf_xor_ic(out, zero, BLOCK_BYTES, nonce, number, key);
}

void commitment_claim(uint8_t *claim, const struct share_context *context, const uint8_t id[SHARE_ID_BYTES],
                      const uint8_t seed[COMMITMENT_SEED_BYTES], const uint32_t *sizes, uint32_t count) {
    uint8_t key[DIGEST_BYTES], block[BLOCK_BYTES];
    derive_key(key, context, id, seed, count);
    stream_block(block, 0, key);
    crypto_core_ristretto255_scalar_reduce(claim, block);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *value = claim + SCALAR_BYTES + (size_t)i * COMMITMENT_VALUE_BYTES;
        if (i % MASKS_A_BLOCK == 0) {
            stream_block(block, 1 + i / MASKS_A_BLOCK, key);
        }
        bytes_store_u32(value, sizes[i]);
        memcpy(value + 4, block + (size_t)(i % MASKS_A_BLOCK) * MASK_BYTES, MASK_BYTES);
        memset(value + 4 + MASK_BYTES, 0, COMMITMENT_VALUE_BYTES - 4 - MASK_BYTES);
    }
    secret_wipe(key, sizeof key);
    secret_wipe(block, sizeof block);
}

void commitment_claim_add(uint8_t *sum, const uint8_t *add, uint32_t count) {
    crypto_core_ristretto255_scalar_add(sum, sum, add);
    for (uint32_t i = 0; i < count; i++) {
        size_t at = SCALAR_BYTES + (size_t)i * COMMITMENT_VALUE_BYTES;
        sodium_add(sum + at, add + at, COMMITMENT_VALUE_BYTES);
    }
}

void commitment_claim_sizes(uint32_t *out, const uint8_t *claim, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        out[i] = bytes_load_u32(claim + SCALAR_BYTES + (size_t)i * COMMITMENT_VALUE_BYTES);
    }
}

/*
 * The library calls the neutral element a failure, but gives it; a multiple of none of our bases is invalid
 * otherwise.
 */
static void add_multiple(uint8_t sum[COMMITMENT_BYTES], const uint8_t *base,
                         const uint8_t scalar[SCALAR_BYTES]) {
    uint8_t point[COMMITMENT_BYTES];
    if (crypto_scalarmult_ristretto255(point, scalar, base) == 0) {
        crypto_core_ristretto255_add(sum, sum, point);
    }
    secret_wipe(point, sizeof point);
}

void commitment_make(uint8_t out[COMMITMENT_BYTES], const struct commitment_bases *bases,
                     const uint8_t *claim) {
    uint8_t scalar[SCALAR_BYTES] = {0};
    memset(out, 0, COMMITMENT_BYTES); /* the neutral element */
    add_multiple(out, bases->point, claim);
    for (uint32_t i = 0; i < bases->count; i++) {
        memcpy(scalar, claim + SCALAR_BYTES + (size_t)i * COMMITMENT_VALUE_BYTES, COMMITMENT_VALUE_BYTES);
        add_multiple(out, bases->point + ((size_t)i + 1) * COMMITMENT_BYTES, scalar);
    }
    secret_wipe(scalar, sizeof scalar);
}

bool commitment_is_valid(const uint8_t commitment[COMMITMENT_BYTES]) {
    return crypto_core_ristretto255_is_valid_point(commitment) == 1;
}

enum fault commitment_add(uint8_t sum[COMMITMENT_BYTES], const uint8_t add[COMMITMENT_BYTES]) {
    uint8_t result[COMMITMENT_BYTES];
    if (crypto_core_ristretto255_add(result, sum, add) != 0) {
        return FAULT_RECORD_CONTENT;
    }
    memcpy(sum, result, sizeof result);
    return FAULT_NONE;
}

/* The library takes a blinding that is not reduced, too: one claim has one form. */
static bool is_reduced(const uint8_t scalar[SCALAR_BYTES]) {
    uint8_t wide[BLOCK_BYTES] = {0}, reduced[SCALAR_BYTES];
    memcpy(wide, scalar, SCALAR_BYTES);
    crypto_core_ristretto255_scalar_reduce(reduced, wide);
    return memcmp(reduced, scalar, SCALAR_BYTES) == 0;
}

enum fault commitment_check(const uint8_t sum[COMMITMENT_BYTES], const struct commitment_bases *bases,
                            const uint8_t *claim) {
    uint8_t made[COMMITMENT_BYTES];
    if (!is_reduced(claim)) {
        return FAULT_SIZES_FALSE;
    }
    commitment_make(made, bases, claim);
    return sodium_memcmp(made, sum, sizeof made) == 0 ? FAULT_NONE : FAULT_SIZES_FALSE;
}
