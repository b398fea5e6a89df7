/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The real `klankbord` in the hands of a key holder who has changed her program: the sums and claims that
 * leave her machine are not those that she made. What LIE in the environment asks for; for tests of what the
 * other holder's program makes of it.
 *
 *   blinding, size N    that number of her claim is one too large
 *   group               twenty of the second category are claimed for the third
 *   sums                the same in her school sums, claim as it is
 *   both                the same in both
 *   shut                sums of a category that stays shut are sent all the same
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/aggregate.h"

enum fault __real_aggregate_encode(struct bytes_buffer *out, struct aggregate_head *head,
                                   const struct aggregate_sums *sums, const struct batch_list *batches,
                                   const uint8_t layout_digest[DIGEST_BYTES], const uint8_t box_key[32],
                                   const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]);
enum fault __wrap_aggregate_encode(struct bytes_buffer *out, struct aggregate_head *head,
                                   const struct aggregate_sums *sums, const struct batch_list *batches,
                                   const uint8_t layout_digest[DIGEST_BYTES], const uint8_t box_key[32],
                                   const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]);

enum { BLINDING = 32, VALUE = COMMITMENT_VALUE_BYTES };

static const uint8_t one[BLINDING] = {1}, twenty[VALUE] = {20};

static void move_claim(uint8_t *claim) {
    sodium_sub(claim + BLINDING + VALUE, twenty, VALUE);
    sodium_add(claim + BLINDING + 2 * VALUE, twenty, VALUE);
}

/* The first breakdown's sizes begin the school level in the questionnaire that this is tried on. */
static void move_sums(const struct aggregate_sums *sums) {
    if (sums->school_counters) {
        aggregate_school_sums(sums, 0)[1] -= 20;
        aggregate_school_sums(sums, 0)[2] += 20;
    }
}

static void lie(const struct aggregate_sums *sums, const char *how) {
    unsigned field = 0;
    if (strcmp(how, "blinding") == 0) {
        crypto_core_ristretto255_scalar_add(sums->sizes.claim, sums->sizes.claim, one);
    } else if (sscanf(how, "size %u", &field) == 1 && field < sums->sizes.count) {
        sodium_add(sums->sizes.claim + BLINDING + (size_t)field * VALUE, one, VALUE);
    } else if (strcmp(how, "shut") == 0 && sums->breakdown_counters) {
        aggregate_breakdown_sums(sums)[sums->breakdown_counters - 1] = 7;
    } else {
        if (strcmp(how, "sums") != 0) {
            move_claim(sums->sizes.claim);
        }
        if (strcmp(how, "group") != 0) {
            move_sums(sums);
        }
    }
}

enum fault __wrap_aggregate_encode(struct bytes_buffer *out, struct aggregate_head *head,
                                   const struct aggregate_sums *sums, const struct batch_list *batches,
                                   const uint8_t layout_digest[DIGEST_BYTES], const uint8_t box_key[32],
                                   const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    const char *how = getenv("LIE");
    if (how && sums->sizes.count) {
        lie(sums, how);
    }
    return __real_aggregate_encode(out, head, sums, batches, layout_digest, box_key, secret_key);
}
