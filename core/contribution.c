/* SPDX-License-Identifier: Apache-2.0 */
#include "contribution.h"

#include <string.h>

#include "secret.h"

_Static_assert(CONTRIBUTION_SEAL_BYTES == crypto_box_SEALBYTES, "the seal of docs/format.md");
_Static_assert(CONTRIBUTION_HEAD_BYTES == 12 + 2 * DIGEST_BYTES + SHARE_ID_BYTES + DIGEST_SIGN_PUBLIC_BYTES,
               "the head of docs/format.md");
_Static_assert(CONTRIBUTION_HEAD_BYTES % sizeof(uint32_t) == 0, "the counters after the head are aligned");

enum { PLAIN1_BYTES = CONTRIBUTION_HEAD_BYTES + SHARE_SEED_BYTES };

static size_t plain2_bytes(uint32_t counter_count) {
    return CONTRIBUTION_HEAD_BYTES + (size_t)counter_count * 4;
}

size_t contribution_sealed2_bytes(uint32_t counter_count) {
    return plain2_bytes(counter_count) + CONTRIBUTION_SEAL_BYTES;
}

size_t contribution_bytes(uint32_t counter_count) {
    return SHARE_ID_BYTES + CONTRIBUTION_SEALED1_BYTES + contribution_sealed2_bytes(counter_count);
}

static uint8_t *put_u16(uint8_t *out, uint16_t value) {
    out[0] = (uint8_t)(value & 0xFF);
    out[1] = (uint8_t)(value >> 8);
    return out + 2;
}

static uint8_t *put(uint8_t *out, const uint8_t *data, size_t size) {
    memcpy(out, data, size);
    return out + size;
}

void contribution_head(uint8_t out[CONTRIBUTION_HEAD_BYTES], const struct contribution_context *context,
                       uint16_t number, const uint8_t id[SHARE_ID_BYTES]) {
    uint8_t *at = put_u16(out, CONTRIBUTION_VERSION);
    at = put_u16(at, number);
    at = put_u16(at, context->class_number);
    at = put_u16(at, 0);
    bytes_store_u32(at, context->share.counter_count);
    at = put(at + 4, context->share.round_digest, DIGEST_BYTES);
    at = put(at, context->share.layout_digest, DIGEST_BYTES);
    at = put(at, id, SHARE_ID_BYTES);
    put(at, context->kiosk_key, DIGEST_SIGN_PUBLIC_BYTES);
}

void contribution_draw(uint8_t id[SHARE_ID_BYTES], uint8_t seed[SHARE_SEED_BYTES]) {
    randombytes_buf(id, SHARE_ID_BYTES);
    randombytes_buf(seed, SHARE_SEED_BYTES);
}

void contribution_plain(uint8_t *plain1, uint8_t *plain2, const struct contribution_context *context,
                        const uint8_t id[SHARE_ID_BYTES], const uint8_t seed[SHARE_SEED_BYTES],
                        const uint32_t *measurement) {
    uint32_t *counters = (uint32_t *)(void *)(plain2 + CONTRIBUTION_HEAD_BYTES);
    contribution_head(plain1, context, 1, id);
    memcpy(plain1 + CONTRIBUTION_HEAD_BYTES, seed, SHARE_SEED_BYTES);
    contribution_head(plain2, context, 2, id);
    share_split(counters, &context->share, id, seed, measurement);
    share_little_endian(counters, context->share.counter_count);
}

static bool seal(uint8_t *out, const struct contribution_context *context, const uint8_t *plain1,
                 const uint8_t *plain2) {
    size_t plain2_size = plain2_bytes(context->share.counter_count);
    return crypto_box_seal(out, plain1, PLAIN1_BYTES, context->box_key[0]) == 0 &&
           crypto_box_seal(out + CONTRIBUTION_SEALED1_BYTES, plain2, plain2_size, context->box_key[1]) == 0;
}

/* Share 2 first: the whole is a multiple of 4 bytes, so sodium_malloc aligns its start, and no more than that. */
static size_t arena_bytes(uint32_t counter_count) {
    return plain2_bytes(counter_count) + PLAIN1_BYTES + SHARE_SEED_BYTES;
}

enum fault contribution_arena_new(struct contribution_arena *out, uint32_t counter_count) {
    void *memory = NULL;
    enum fault fault = secret_new(&memory, arena_bytes(counter_count));
    *out = (struct contribution_arena){fault ? 0 : counter_count, memory};
    return fault;
}

void contribution_arena_release(struct contribution_arena *arena) {
    secret_free(arena->memory);
    *arena = (struct contribution_arena){0};
}

static enum fault make_in(uint8_t *out, struct contribution_arena *arena,
                          const struct contribution_context *context, const uint32_t *measurement) {
    uint8_t *plain2 = arena->memory;
    uint8_t *plain1 = plain2 + plain2_bytes(arena->counter_count);
    uint8_t *seed = plain1 + PLAIN1_BYTES;
    contribution_draw(out, seed);
    contribution_plain(plain1, plain2, context, out, seed, measurement);
    bool sealed = seal(out + SHARE_ID_BYTES, context, plain1, plain2);
    secret_wipe(arena->memory, arena_bytes(arena->counter_count));
    return sealed ? FAULT_NONE : FAULT_SODIUM;
}

enum fault contribution_make_in(uint8_t *out, struct contribution_arena *arena,
                                const struct contribution_context *context, const uint32_t *measurement) {
    bool fits = arena->memory && arena->counter_count == context->share.counter_count;
    enum fault fault = fits ? make_in(out, arena, context, measurement) : FAULT_MISUSE;
    if (fault) {
        memset(out, 0, contribution_bytes(context->share.counter_count));
    }
    return fault;
}

enum fault contribution_make(uint8_t *out, const struct contribution_context *context,
                             const uint32_t *measurement) {
    struct contribution_arena arena = {0};
    enum fault fault = contribution_arena_new(&arena, context->share.counter_count);
    if (fault) {
        memset(out, 0, contribution_bytes(context->share.counter_count));
    } else {
        fault = contribution_make_in(out, &arena, context, measurement);
    }
    contribution_arena_release(&arena);
    return fault;
}

void contribution_digest(uint8_t out[DIGEST_BYTES], const uint8_t id[SHARE_ID_BYTES],
                         struct bytes sealed_shares) {
    struct digest_state state;
    digest_begin(&state, DIGEST_RECORD);
    digest_add(&state, id, SHARE_ID_BYTES);
    digest_add(&state, sealed_shares.data, sealed_shares.size);
    digest_end(&state, out);
}
