/* SPDX-License-Identifier: Apache-2.0 */
#include "unseal.h"

#include <string.h>

#include "core/secret.h"

static const uint8_t nothing[32] = {0};

/* The public key is derived again: a key file that was put together from two halves must not open half a round. */
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
    return CONTRIBUTION_HEAD_BYTES + (payload < SHARE_SEED_BYTES ? SHARE_SEED_BYTES : payload);
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

/* Leaves the plaintext in scratch->plain. */
static enum fault open_sealed(struct unseal_scratch *scratch, const struct unseal_key *key, uint16_t number,
                              const struct contribution_context *context, const uint8_t id[SHARE_ID_BYTES],
                              struct bytes sealed) {
    uint8_t head[CONTRIBUTION_HEAD_BYTES];
    uint32_t count = context->share.counter_count;
    size_t expected = number == 1 ? (size_t)CONTRIBUTION_SEALED1_BYTES : contribution_sealed2_bytes(count);
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
    return FAULT_NONE;
}
