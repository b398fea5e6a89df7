/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/keyfile.h"
#include "core/secret.h"

enum { SEED_AT = HOLDER_NAME_SIZE, COUNT_AT = SEED_AT + 32, ENTRIES_AT = COUNT_AT + 2 };

static const uint8_t zero[32] = {0};

static bool is_zero(const uint8_t *data) {
    return sodium_memcmp(data, zero, sizeof zero) == 0;
}

/* bytes_put is not for secrets, so this one codec writes in place. */
void keyfile_plain_encode(uint8_t *out, const struct keyfile *keys) {
    memset(out, 0, KEYFILE_PLAIN_BYTES);
    memcpy(out, keys->name, strlen(keys->name));
    memcpy(out + SEED_AT, keys->seed, 32);
    out[COUNT_AT] = (uint8_t)keys->count;
    out[COUNT_AT + 1] = (uint8_t)(keys->count >> 8);
    for (uint16_t i = 0; i < keys->count; i++) {
        uint8_t *at = out + ENTRIES_AT + (size_t)i * KEYFILE_ENTRY_BYTES;
        at[0] = (uint8_t)keys->entry[i].state;
        memcpy(at + 1, keys->entry[i].round_digest, 32);
        memcpy(at + 33, keys->entry[i].public_key, 32);
        memcpy(at + 65, keys->entry[i].secret_key, 32);
    }
}

static enum fault decode_name(char out[HOLDER_NAME_SIZE], const uint8_t *plain) {
    memcpy(out, plain, HOLDER_NAME_SIZE);
    const char *end = memchr(out, '\0', HOLDER_NAME_SIZE);
    if (!end || end == out) {
        return FAULT_LIMIT;
    }
    size_t length = (size_t)(end - out);
    if (!bytes_are_plain_text(out, length, false)) {
        return FAULT_TEXT;
    }
    for (size_t i = length; i < HOLDER_NAME_SIZE; i++) {
        if (out[i]) {
            return FAULT_NOT_CANONICAL;
        }
    }
    return FAULT_NONE;
}

static enum fault check_pair(const struct keyfile_entry *entry) {
    uint8_t derived[32];
    bool well = crypto_scalarmult_curve25519_base(derived, entry->secret_key) == 0 &&
                memcmp(derived, entry->public_key, sizeof derived) == 0;
    return well ? FAULT_NONE : FAULT_KEY_INVALID;
}

static enum fault check_entry(const struct keyfile_entry *entry) {
    bool has_round = !is_zero(entry->round_digest);
    switch (entry->state) {
    case KEYFILE_NEXT:
    case KEYFILE_RESTORED: return has_round ? FAULT_NOT_CANONICAL : check_pair(entry);
    case KEYFILE_BOUND: return has_round ? check_pair(entry) : FAULT_NOT_CANONICAL;
    case KEYFILE_DESTROYED: return has_round && is_zero(entry->secret_key) ? FAULT_NONE : FAULT_NOT_CANONICAL;
    }
    return FAULT_LIMIT;
}

/*
 * Two entries that may not stand beside each other: the same key, the same round, or both waiting for a
 * round.
 */
static bool collide(const struct keyfile_entry *a, const struct keyfile_entry *b) {
    bool same_round =
        !is_zero(a->round_digest) && memcmp(a->round_digest, b->round_digest, DIGEST_BYTES) == 0;
    bool both_next = a->state == KEYFILE_NEXT && b->state == KEYFILE_NEXT;
    return same_round || both_next || memcmp(a->public_key, b->public_key, 32) == 0;
}

static enum fault decode_entry(struct keyfile *keys, uint16_t at, const uint8_t *bytes) {
    struct keyfile_entry *entry = &keys->entry[at];
    entry->state = (enum keyfile_state)bytes[0];
    memcpy(entry->round_digest, bytes + 1, 32);
    memcpy(entry->public_key, bytes + 33, 32);
    memcpy(entry->secret_key, bytes + 65, 32);
    enum fault fault = check_entry(entry);
    for (uint16_t other = 0; !fault && other < at; other++) {
        fault = collide(&keys->entry[other], entry) ? FAULT_NOT_CANONICAL : FAULT_NONE;
    }
    return fault;
}

enum fault keyfile_plain_decode(struct keyfile *out, const uint8_t plain[KEYFILE_PLAIN_BYTES]) {
    enum fault fault = decode_name(out->name, plain);
    if (fault) {
        return fault;
    }
    memcpy(out->seed, plain + SEED_AT, 32);
    crypto_sign_ed25519_seed_keypair(out->sign_key, out->sign_secret, out->seed);
    unsigned count = plain[COUNT_AT] | (unsigned)plain[COUNT_AT + 1] << 8;
    if (count > KEYFILE_ENTRIES) {
        return FAULT_LIMIT;
    }
    out->count = (uint16_t)count;
    for (uint16_t i = 0; !fault && i < out->count; i++) {
        fault = decode_entry(out, i, plain + ENTRIES_AT + (size_t)i * KEYFILE_ENTRY_BYTES);
    }
    size_t used = ENTRIES_AT + (size_t)count * KEYFILE_ENTRY_BYTES;
    if (!fault && !sodium_is_zero(plain + used, KEYFILE_PLAIN_BYTES - used)) {
        fault = FAULT_NOT_CANONICAL;
    }
    return fault;
}

struct keyfile_entry *keyfile_find(struct keyfile *keys, const uint8_t public_key[32]) {
    for (uint16_t i = 0; i < keys->count; i++) {
        if (memcmp(keys->entry[i].public_key, public_key, 32) == 0) {
            return &keys->entry[i];
        }
    }
    return NULL;
}

struct keyfile_entry *keyfile_next(struct keyfile *keys) {
    for (uint16_t i = 0; i < keys->count; i++) {
        if (keys->entry[i].state == KEYFILE_NEXT) {
            return &keys->entry[i];
        }
    }
    return NULL;
}

struct keyfile_entry *keyfile_for_round(struct keyfile *keys, const uint8_t round_digest[DIGEST_BYTES]) {
    for (uint16_t i = 0; i < keys->count; i++) {
        if (keys->entry[i].state >= KEYFILE_BOUND &&
            memcmp(keys->entry[i].round_digest, round_digest, DIGEST_BYTES) == 0) {
            return &keys->entry[i];
        }
    }
    return NULL;
}

struct keyfile_entry *keyfile_latest(struct keyfile *keys) {
    return keys->count ? &keys->entry[keys->count - 1] : NULL;
}

enum fault keyfile_add(struct keyfile *keys, const uint8_t *secret) {
    if (keyfile_next(keys)) {
        return FAULT_KEY_USED;
    }
    if (keys->count == KEYFILE_ENTRIES) {
        return FAULT_LIMIT;
    }
    struct keyfile_entry *entry = &keys->entry[keys->count];
    memset(entry, 0, sizeof *entry);
    if (secret) {
        entry->state = KEYFILE_RESTORED;
        memcpy(entry->secret_key, secret, sizeof entry->secret_key);
    } else {
        entry->state = KEYFILE_NEXT;
        randombytes_buf(entry->secret_key, sizeof entry->secret_key);
    }
    if (crypto_scalarmult_curve25519_base(entry->public_key, entry->secret_key) != 0) {
        return FAULT_SODIUM;
    }
    keys->count++;
    return FAULT_NONE;
}

enum fault keyfile_bind(struct keyfile *keys, struct keyfile_entry *entry,
                        const uint8_t round_digest[DIGEST_BYTES], bool was_signed) {
    const struct keyfile_entry *present = keyfile_for_round(keys, round_digest);
    switch (entry->state) {
    case KEYFILE_DESTROYED: return FAULT_KEY_DESTROYED;
    case KEYFILE_BOUND: return present == entry ? FAULT_NONE : FAULT_KEY_USED;
    case KEYFILE_NEXT:
    case KEYFILE_RESTORED: break;
    }
    if (present || (entry->state == KEYFILE_RESTORED && !was_signed)) {
        return FAULT_KEY_USED;
    }
    entry->state = KEYFILE_BOUND;
    memcpy(entry->round_digest, round_digest, DIGEST_BYTES);
    return FAULT_NONE;
}

void keyfile_destroy(struct keyfile_entry *entry, const uint8_t round_digest[DIGEST_BYTES]) {
    secret_wipe(entry->secret_key, sizeof entry->secret_key);
    entry->state = KEYFILE_DESTROYED;
    memcpy(entry->round_digest, round_digest, DIGEST_BYTES);
}
