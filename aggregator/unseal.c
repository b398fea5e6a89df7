/* SPDX-License-Identifier: Apache-2.0 */
#include "unseal.h"

#include <string.h>

#include "core/secret.h"

static const uint8_t nothing[32] = {0};

/*
 * The public key is derived again: a key file that was put together from two halves must not open half a
 * round.
 */
static enum fault check_pair(const uint8_t public_key[32], const uint8_t secret_key[UNSEAL_SECRET_BYTES]) {
    uint8_t derived[32];
    bool well = crypto_scalarmult_curve25519_base(derived, secret_key) == 0 &&
                sodium_memcmp(derived, public_key, sizeof derived) == 0 &&
                sodium_memcmp(derived, nothing, sizeof derived) != 0;
    return well ? FAULT_NONE : FAULT_KEY_INVALID;
}

enum fault unseal_key_new(struct unseal_key *out, const uint8_t public_key[32],
                          const uint8_t secret_key[UNSEAL_SECRET_BYTES]) {
    *out = (struct unseal_key){0};
    enum fault fault = check_pair(public_key, secret_key);
    if (fault) {
        return fault;
    }
    void *memory = NULL;
    fault = secret_new(&memory, UNSEAL_SECRET_BYTES);
    if (fault) {
        return fault;
    }
    out->secret_key = memory;
    memcpy(out->secret_key, secret_key, UNSEAL_SECRET_BYTES);
    memcpy(out->public_key, public_key, sizeof out->public_key);
    return FAULT_NONE;
}

void unseal_key_release(struct unseal_key *key) {
    secret_free(key->secret_key);
    *key = (struct unseal_key){0};
}

/* Room for either share's plaintext. A multiple of 4 bytes, so that sodium_malloc aligns the start. */
static size_t plain_bytes(uint32_t counter_count) {
    size_t payload = (size_t)counter_count * 4;
    return CONTRIBUTION_HEAD_BYTES + (payload < SHARE_SEED_BYTES ? SHARE_SEED_BYTES : payload) +
           CONTRIBUTION_TAIL2_BYTES;
}

enum fault unseal_scratch_new(struct unseal_scratch *out, uint32_t counter_count) {
    void *memory = NULL;
    *out = (struct unseal_scratch){0};
    enum fault fault = secret_new(&memory, plain_bytes(counter_count) + (size_t)counter_count * 4);
    if (!fault) {
        out->counter_count = counter_count;
        out->plain = memory;
        out->words = (uint32_t *)(void *)(out->plain + plain_bytes(counter_count));
    }
    return fault;
}

void unseal_scratch_release(struct unseal_scratch *scratch) {
    secret_free(scratch->plain);
    *scratch = (struct unseal_scratch){0};
}

/* Behind the payload of an opened share: share 2's mask seed, and the commitment to the other share. */
static const uint8_t *tail_of(const struct unseal_scratch *scratch, uint16_t number,
                              const struct contribution_context *context) {
    size_t payload = number == 1 ? (size_t)SHARE_SEED_BYTES : (size_t)context->share.counter_count * 4;
    return scratch->plain + CONTRIBUTION_HEAD_BYTES + payload;
}

static const uint8_t *commitment_of(const struct unseal_scratch *scratch, uint16_t number,
                                    const struct contribution_context *context) {
    return tail_of(scratch, number, context) + (number == 1 ? 0 : COMMITMENT_SEED_BYTES);
}

static enum fault check_commitment(const struct unseal_scratch *scratch, uint16_t number,
                                   const struct contribution_context *context) {
    bool well =
        !contribution_commits(context) || commitment_is_valid(commitment_of(scratch, number, context));
    return well ? FAULT_NONE : FAULT_RECORD_CONTENT;
}

/* Leaves the plaintext in scratch->plain. */
static enum fault open_sealed(struct unseal_scratch *scratch, const struct unseal_key *key, uint16_t number,
                              const struct contribution_context *context, const uint8_t id[SHARE_ID_BYTES],
                              struct bytes sealed) {
    uint8_t head[CONTRIBUTION_HEAD_BYTES];
    uint32_t count = context->share.counter_count;
    scratch->opened = NULL;
    bool committed = contribution_commits(context);
    size_t expected =
        number == 1 ? contribution_sealed1_bytes(committed) : contribution_sealed2_bytes(count, committed);
    if (count > scratch->counter_count || !key->secret_key) {
        return FAULT_MISUSE;
    }
    if (sealed.size != expected || crypto_box_seal_open(scratch->plain, sealed.data, sealed.size,
                                                        key->public_key, key->secret_key) != 0) {
        return FAULT_RECORD_SEALED;
    }
    contribution_head(head, context, number, id);
    return memcmp(scratch->plain, head, sizeof head) == 0 ? FAULT_NONE : FAULT_RECORD_CONTENT;
}

static uint32_t *counters_of(const struct unseal_scratch *scratch) {
    return (uint32_t *)(void *)(scratch->plain + CONTRIBUTION_HEAD_BYTES);
}

enum fault unseal_share1(uint8_t seed[SHARE_SEED_BYTES], struct unseal_scratch *scratch,
                         const struct unseal_key *key, const struct contribution_context *context,
                         const uint8_t id[SHARE_ID_BYTES], struct bytes sealed) {
    enum fault fault = open_sealed(scratch, key, 1, context, id, sealed);
    fault = fault ? fault : check_commitment(scratch, 1, context);
    if (fault) {
        memset(seed, 0, SHARE_SEED_BYTES);
    } else {
        memcpy(seed, scratch->plain + CONTRIBUTION_HEAD_BYTES, SHARE_SEED_BYTES);
    }
    return fault;
}

enum fault unseal_share2(uint32_t *counters, struct unseal_scratch *scratch, const struct unseal_key *key,
                         const struct contribution_context *context, const uint8_t id[SHARE_ID_BYTES],
                         struct bytes sealed) {
    size_t size = (size_t)context->share.counter_count * 4;
    enum fault fault = open_sealed(scratch, key, 2, context, id, sealed);
    fault = fault ? fault : check_commitment(scratch, 2, context);
    if (fault) {
        memset(counters, 0, size);
    } else {
        memcpy(counters, counters_of(scratch), size);
        share_little_endian(counters, context->share.counter_count);
    }
    return fault;
}

/* FAULT_MISUSE when a target leaves the vector; else *end is where the highest target ends. */
static enum fault check_targets(uint32_t *end, const struct unseal_target *targets, uint32_t target_count,
                                uint32_t counter_count) {
    *end = 0;
    for (uint32_t i = 0; i < target_count; i++) {
        const struct unseal_target *target = &targets[i];
        if (target->first > counter_count || target->count > counter_count - target->first) {
            return FAULT_MISUSE;
        }
        *end = target->first + target->count > *end ? target->first + target->count : *end;
    }
    return FAULT_NONE;
}

enum fault unseal_add(const struct unseal_target *targets, uint32_t target_count,
                      struct unseal_scratch *scratch, const struct unseal_key *key, uint16_t number,
                      const struct contribution_context *context, const uint8_t id[SHARE_ID_BYTES],
                      struct bytes sealed) {
    uint32_t end = 0;
    enum fault fault = number == 1 || number == 2 ? FAULT_NONE : FAULT_MISUSE;
    fault = fault ? fault : check_targets(&end, targets, target_count, context->share.counter_count);
    fault = fault ? fault : open_sealed(scratch, key, number, context, id, sealed);
    if (!fault && target_count == 0) {
        fault = check_commitment(scratch, number, context);
    }
    if (fault) {
        return fault;
    }
    uint32_t *share = number == 1 ? scratch->words : counters_of(scratch);
    if (number == 1) {
        share_expand_first(share, end, &context->share, id, scratch->plain + CONTRIBUTION_HEAD_BYTES);
    } else {
        share_little_endian(share, end);
    }
    for (uint32_t i = 0; i < target_count; i++) {
        share_add(targets[i].sum, share + targets[i].first, targets[i].count);
    }
    scratch->opened = share;
    scratch->opened_count = end;
    return FAULT_NONE;
}

/* A claim is a multiple of 4 bytes, so the sizes behind two of them are aligned. */
enum fault unseal_sizes_new(struct unseal_sizes *out, uint32_t count) {
    void *memory = NULL;
    *out = (struct unseal_sizes){0};
    enum fault fault =
        secret_new(&memory, 2 * commitment_claim_bytes(count) + (size_t)count * sizeof(uint32_t));
    if (!fault) {
        out->count = count;
        out->claim = memory;
        out->one = out->claim + commitment_claim_bytes(count);
    }
    return fault;
}

void unseal_sizes_release(struct unseal_sizes *sizes) {
    secret_free(sizes->claim);
    *sizes = (struct unseal_sizes){0};
}

enum fault unseal_sizes_add(struct unseal_sizes *sizes, const struct unseal_scratch *scratch, uint16_t number,
                            const struct contribution_context *context, const uint8_t id[SHARE_ID_BYTES]) {
    const struct layout *layout = context->layout;
    if (!layout || layout->size_count != sizes->count || !sizes->count || !scratch->opened ||
        scratch->opened_count < layout->level_first[LAYOUT_BREAKDOWN]) {
        return FAULT_MISUSE;
    }
    enum fault fault = commitment_add(sizes->commitment, commitment_of(scratch, number, context));
    if (!fault) {
        uint32_t *own = (uint32_t *)(void *)(sizes->one + commitment_claim_bytes(sizes->count));
        const uint8_t *seed =
            number == 1 ? scratch->plain + CONTRIBUTION_HEAD_BYTES : tail_of(scratch, 2, context);
        layout_sizes(own, layout, scratch->opened);
        commitment_claim(sizes->one, &context->share, id, seed, own, sizes->count);
        commitment_claim_add(sizes->claim, sizes->one, sizes->count);
    }
    return fault;
}

enum fault unseal_sizes_join(struct unseal_sizes *into, const struct unseal_sizes *from) {
    enum fault fault = into->count == from->count ? FAULT_NONE : FAULT_MISUSE;
    fault = fault ? fault : commitment_add(into->commitment, from->commitment);
    if (!fault) {
        commitment_claim_add(into->claim, from->claim, into->count);
    }
    return fault;
}
