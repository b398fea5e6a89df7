/* SPDX-License-Identifier: Apache-2.0 */
#include "contribution.h"

#include <string.h>

#include "secret.h"

_Static_assert(CONTRIBUTION_SEAL_BYTES == crypto_box_SEALBYTES, "the seal of docs/format.md");
_Static_assert(CONTRIBUTION_HEAD_BYTES == 12 + 2 * DIGEST_BYTES + SHARE_ID_BYTES + DIGEST_SIGN_PUBLIC_BYTES,
               "the head of docs/format.md");
_Static_assert(CONTRIBUTION_HEAD_BYTES % sizeof(uint32_t) == 0, "the counters after the head are aligned");

static uint32_t size_count_of(const struct contribution_context *context) {
    return context->layout ? context->layout->size_count : 0;
}

bool contribution_layout_commits(const struct layout *layout) {
    return layout->size_count > 0;
}

bool contribution_commits(const struct contribution_context *context) {
    return size_count_of(context) > 0;
}

static size_t plain1_bytes(bool committed) {
    return CONTRIBUTION_HEAD_BYTES + SHARE_SEED_BYTES + (committed ? (size_t)CONTRIBUTION_TAIL1_BYTES : 0);
}

static size_t plain2_bytes(uint32_t counter_count, bool committed) {
    return CONTRIBUTION_HEAD_BYTES + (size_t)counter_count * 4 +
           (committed ? (size_t)CONTRIBUTION_TAIL2_BYTES : 0);
}

size_t contribution_sealed1_bytes(bool committed) {
    return plain1_bytes(committed) + CONTRIBUTION_SEAL_BYTES;
}

size_t contribution_sealed2_bytes(uint32_t counter_count, bool committed) {
    return plain2_bytes(counter_count, committed) + CONTRIBUTION_SEAL_BYTES;
}

size_t contribution_bytes(uint32_t counter_count, bool committed) {
    return SHARE_ID_BYTES + contribution_sealed1_bytes(committed) +
           contribution_sealed2_bytes(counter_count, committed);
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

void contribution_draw(struct contribution_draw *out) {
    randombytes_buf(out->id, sizeof out->id);
    randombytes_buf(out->seed, sizeof out->seed);
    randombytes_buf(out->mask_seed, sizeof out->mask_seed);
}

/*
 * The arena's memory. Share 2 first: all parts are multiples of 4 bytes, so sodium_malloc aligns its start
 * and what needs it, and no more than that.
 */
struct parts {
    uint8_t *plain2;
    uint32_t *sizes; /* of share 2, then of share 1 */
    struct contribution_draw *draw;
    uint8_t *plain1;
    uint8_t *claim;
    size_t bytes;
};

_Static_assert(_Alignof(struct contribution_draw) == 1 && sizeof(struct contribution_draw) % 4 == 0,
               "the draws fit between words");

static struct parts parts_of(const struct contribution_arena *arena) {
    bool committed = arena->size_count > 0;
    struct parts parts = {.plain2 = arena->memory};
    size_t at = plain2_bytes(arena->counter_count, committed);
    size_t sizes = at, draw = sizes + 2 * (size_t)arena->size_count * sizeof *parts.sizes;
    size_t plain1 = draw + sizeof *parts.draw, claim = plain1 + plain1_bytes(committed);
    parts.bytes = claim + (committed ? commitment_claim_bytes(arena->size_count) : 0);
    if (arena->memory) {
        parts.sizes = (uint32_t *)(void *)(arena->memory + sizes);
        parts.draw = (struct contribution_draw *)(arena->memory + draw);
        parts.plain1 = arena->memory + plain1;
        parts.claim = arena->memory + claim;
    }
    return parts;
}

enum fault contribution_arena_new(struct contribution_arena *out, uint32_t counter_count,
                                  uint32_t size_count) {
    void *memory = NULL;
    *out = (struct contribution_arena){.counter_count = counter_count, .size_count = size_count};
    out->memory_bytes = parts_of(out).bytes;
    enum fault fault = secret_new(&memory, out->memory_bytes);
    out->memory = memory;
    if (!fault && size_count) {
        fault = commitment_bases_new(&out->bases, size_count);
    }
    if (fault) {
        contribution_arena_release(out);
    }
    return fault;
}

void contribution_arena_release(struct contribution_arena *arena) {
    secret_free(arena->memory);
    commitment_bases_release(&arena->bases);
    *arena = (struct contribution_arena){0};
}

/*
 * What the counters are, before they become bytes; `counters` are share 2's. Each tail holds the other
 * share's commitment.
 */
static void commit(uint8_t *tail1, uint8_t *tail2, const struct contribution_arena *arena,
                   const struct contribution_context *context, const struct contribution_draw *draw,
                   const uint32_t *counters, const uint32_t *measurement) {
    struct parts parts = parts_of(arena);
    uint32_t count = arena->size_count, *sizes2 = parts.sizes, *sizes1 = parts.sizes + count;
    layout_sizes(sizes2, context->layout, counters);
    layout_sizes(sizes1, context->layout, measurement);
    for (uint32_t i = 0; i < count; i++) {
        sizes1[i] -= sizes2[i];
    }
    commitment_claim(parts.claim, &context->share, draw->id, draw->mask_seed, sizes2, count);
    commitment_make(tail1, &arena->bases, parts.claim);
    memcpy(tail2, draw->mask_seed, COMMITMENT_SEED_BYTES);
    commitment_claim(parts.claim, &context->share, draw->id, draw->seed, sizes1, count);
    commitment_make(tail2 + COMMITMENT_SEED_BYTES, &arena->bases, parts.claim);
}

void contribution_plain(uint8_t *plain1, uint8_t *plain2, struct contribution_arena *arena,
                        const struct contribution_context *context, const struct contribution_draw *draw,
                        const uint32_t *measurement) {
    uint32_t count = context->share.counter_count;
    uint32_t *counters = (uint32_t *)(void *)(plain2 + CONTRIBUTION_HEAD_BYTES);
    contribution_head(plain1, context, 1, draw->id);
    memcpy(plain1 + CONTRIBUTION_HEAD_BYTES, draw->seed, SHARE_SEED_BYTES);
    contribution_head(plain2, context, 2, draw->id);
    share_split(counters, &context->share, draw->id, draw->seed, measurement);
    if (contribution_commits(context)) {
        commit(plain1 + plain1_bytes(false), plain2 + plain2_bytes(count, false), arena, context, draw,
               counters, measurement);
    }
    share_little_endian(counters, count);
}

static bool seal(uint8_t *out, const struct contribution_context *context, const uint8_t *plain1,
                 const uint8_t *plain2) {
    bool committed = contribution_commits(context);
    size_t plain2_size = plain2_bytes(context->share.counter_count, committed);
    return crypto_box_seal(out, plain1, plain1_bytes(committed), context->box_key[0]) == 0 &&
           crypto_box_seal(out + contribution_sealed1_bytes(committed), plain2, plain2_size,
                           context->box_key[1]) == 0;
}

static enum fault make_in(uint8_t *out, struct contribution_arena *arena,
                          const struct contribution_context *context, const uint32_t *measurement) {
    struct parts parts = parts_of(arena);
    contribution_draw(parts.draw);
    memcpy(out, parts.draw->id, SHARE_ID_BYTES);
    contribution_plain(parts.plain1, parts.plain2, arena, context, parts.draw, measurement);
    bool sealed = seal(out + SHARE_ID_BYTES, context, parts.plain1, parts.plain2);
    secret_wipe(arena->memory, arena->memory_bytes);
    return sealed ? FAULT_NONE : FAULT_SODIUM;
}

enum fault contribution_make_in(uint8_t *out, struct contribution_arena *arena,
                                const struct contribution_context *context, const uint32_t *measurement) {
    uint32_t counters = context->share.counter_count;
    bool fits = arena->memory && arena->counter_count == counters &&
                arena->size_count == size_count_of(context) &&
                (!context->layout || context->layout->counter_count == counters);
    enum fault fault = fits ? make_in(out, arena, context, measurement) : FAULT_MISUSE;
    if (fault) {
        memset(out, 0, contribution_bytes(counters, contribution_commits(context)));
    }
    return fault;
}

enum fault contribution_make(uint8_t *out, const struct contribution_context *context,
                             const uint32_t *measurement) {
    struct contribution_arena arena = {0};
    uint32_t counters = context->share.counter_count;
    enum fault fault = contribution_arena_new(&arena, counters, size_count_of(context));
    if (fault) {
        memset(out, 0, contribution_bytes(counters, contribution_commits(context)));
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
