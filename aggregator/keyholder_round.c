/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/keyholder.h"
#include "core/contribution.h"
#include "core/secret.h"

int keyholder_number(const struct keyholder *holder, const struct round *round) {
    for (int i = 0; i < 2; i++) {
        if (memcmp(round->holder[i].sign_key, holder->keys->sign_key, DIGEST_SIGN_PUBLIC_BYTES) == 0) {
            return i;
        }
    }
    return -1;
}

/* The entry whose public half stands in the round under this holder's name, or NULL. */
static struct keyfile_entry *entry_of(struct keyholder *holder, const struct round *round, int *number) {
    *number = keyholder_number(holder, round);
    return *number < 0 ? NULL : keyfile_find(holder->keys, round->holder[*number].box_key);
}

static bool is_bound_to(const struct keyfile_entry *entry, const struct round *round) {
    return entry->state == KEYFILE_BOUND && memcmp(entry->round_digest, round->digest, DIGEST_BYTES) == 0;
}

/*
 * Without her signature nobody promised that this key and this round belong together. What is destroyed is
 * refused later, by that name.
 */
static bool is_promised(const struct keyfile_entry *entry, const struct round *round, int number) {
    return entry->state == KEYFILE_DESTROYED || is_bound_to(entry, round) || round->is_signed[number];
}

static enum fault bind_entry(struct keyholder *holder, struct keyfile_entry *entry, const struct round *round,
                             int number) {
    if (is_bound_to(entry, round)) {
        return FAULT_NONE;
    }
    enum fault fault = keyfile_bind(holder->keys, entry, round->digest, round->is_signed[number]);
    return fault ? fault : keyholder_save(holder);
}

enum fault keyholder_bind(struct keyholder *holder, const struct round *round) {
    int number = -1;
    struct keyfile_entry *entry = entry_of(holder, round, &number);
    return entry ? bind_entry(holder, entry, round, number) : FAULT_KEY_WRONG;
}

enum fault keyholder_box_key(struct unseal_key *out, struct keyholder *holder, const struct round *round) {
    int number = -1;
    struct keyfile_entry *entry = entry_of(holder, round, &number);
    *out = (struct unseal_key){0};
    if (!entry) {
        return FAULT_KEY_WRONG;
    }
    if (!is_promised(entry, round, number)) {
        return FAULT_ROUND_NOT_VALID;
    }
    enum fault fault = bind_entry(holder, entry, round, number);
    return fault ? fault : unseal_key_new(out, entry->public_key, entry->secret_key);
}

enum fault keyholder_sheet(struct recovery *out, struct keyholder *holder) {
    memset(out, 0, sizeof *out);
    for (uint16_t i = holder->keys->count; i-- > 0;) {
        const struct keyfile_entry *entry = &holder->keys->entry[i];
        if (entry->state != KEYFILE_DESTROYED) {
            memcpy(out->seed, holder->keys->seed, sizeof out->seed);
            memcpy(out->box_secret, entry->secret_key, sizeof out->box_secret);
            return FAULT_NONE;
        }
    }
    return FAULT_KEY_DESTROYED;
}

enum fault keyholder_fresh_key(struct keyholder *holder) {
    enum fault fault = keyfile_add(holder->keys, NULL);
    return fault ? fault : keyholder_save(holder);
}

enum fault keyholder_destroy_round(struct keyholder *holder, const struct round *round) {
    int number = -1;
    struct keyfile_entry *entry = entry_of(holder, round, &number);
    if (!entry) {
        return FAULT_KEY_WRONG;
    }
    if (!is_promised(entry, round, number)) {
        return FAULT_ROUND_NOT_VALID;
    }
    /* Refuses what belongs to another round, and what is destroyed already. */
    enum fault fault = keyfile_bind(holder->keys, entry, round->digest, round->is_signed[number]);
    if (fault) {
        return fault;
    }
    keyfile_destroy(entry, round->digest);
    return keyholder_save(holder);
}

enum { TEST_COUNTERS = 8 };

static void test_context(struct contribution_context *out, const uint8_t box_key[32]) {
    *out = (struct contribution_context){.class_number = 1, .share.counter_count = TEST_COUNTERS};
    randombytes_buf(out->share.round_digest, sizeof out->share.round_digest);
    memcpy(out->box_key[0], box_key, 32);
    memcpy(out->box_key[1], box_key, 32);
}

/* Seals as a kiosk does, opens as the aggregator does, and compares. `memory` is secret, for both shares. */
static enum fault open_test_share(const struct unseal_key *key, const uint8_t box_key[32], uint32_t *sum,
                                  uint8_t *sealed) {
    static const uint32_t measured[TEST_COUNTERS] = {1, 0, 0, 1, 1, 0, 4, 0};
    struct contribution_context context;
    struct unseal_scratch scratch = {0};
    struct unseal_target target = {sum, 0, TEST_COUNTERS};
    size_t second = contribution_sealed2_bytes(TEST_COUNTERS, false);
    test_context(&context, box_key);
    enum fault fault = unseal_scratch_new(&scratch, TEST_COUNTERS);
    if (!fault) {
        fault = contribution_make(sealed, &context, measured);
    }
    const uint8_t *first = sealed + SHARE_ID_BYTES;
    if (!fault) {
        fault = unseal_add(&target, 1, &scratch, key, 1, &context, sealed,
                           (struct bytes){first, CONTRIBUTION_SEALED1_BYTES});
    }
    if (!fault) {
        fault = unseal_add(&target, 1, &scratch, key, 2, &context, sealed,
                           (struct bytes){first + CONTRIBUTION_SEALED1_BYTES, second});
    }
    unseal_scratch_release(&scratch);
    if (!fault && memcmp(sum, measured, sizeof measured) != 0) {
        fault = FAULT_RECORD_CONTENT;
    }
    return fault;
}

enum fault keyholder_prove(struct keyholder *holder, const uint8_t box_key[32]) {
    const struct keyfile_entry *entry = keyfile_find(holder->keys, box_key);
    struct unseal_key key = {0};
    void *memory = NULL;
    size_t sums = TEST_COUNTERS * sizeof(uint32_t);
    size_t sealed = contribution_bytes(TEST_COUNTERS, false);
    if (!entry) {
        return FAULT_KEY_WRONG;
    }
    if (entry->state == KEYFILE_DESTROYED) {
        return FAULT_KEY_DESTROYED;
    }
    enum fault fault = unseal_key_new(&key, entry->public_key, entry->secret_key);
    if (!fault) {
        /*
         * sodium_malloc puts the end of the block against a guard page: rounded up, its start is aligned for
         * counters.
         */
        fault = secret_new(&memory, sums + (sealed + 3) / 4 * 4);
    }
    if (!fault) {
        fault = open_test_share(&key, box_key, memory, (uint8_t *)memory + sums);
    }
    secret_free(memory);
    unseal_key_release(&key);
    return fault;
}
