/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Property: what decodes re-encodes to the same bytes and makes the same body again; its batches, if any,
 * hold every record once.
 */
#include <stdlib.h>
#include <string.h>

#include "core/batch.h"
#include "tests/sample_round.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check_batches(const struct closing *closing, const struct round *round) {
    struct batch_list list;
    if (batch_derive(&list, round, closing, NULL, 0)) {
        return;
    }
    uint32_t records = 0;
    for (uint16_t i = 0; i < list.batch_count; i++) {
        must(list.batch[i].record_count >= round->k_unit);
        records += list.batch[i].record_count;
    }
    must(records == closing->record_count);
    batch_list_release(&list);
}

static void check(struct bytes content, const struct round *round) {
    struct closing *closing = NULL;
    struct bytes_buffer again = {0};
    uint8_t digest[DIGEST_BYTES];
    if (closing_decode(&closing, content, round)) {
        must(closing == NULL);
        return;
    }
    must(!closing_encode(&again, closing) && again.size == content.size &&
         memcmp(again.data, content.data, again.size) == 0);
    bytes_buffer_release(&again);
    memcpy(digest, closing->digest, sizeof digest);
    check_batches(closing, round);
    must(!closing_seal_body(closing, round) && memcmp(digest, closing->digest, sizeof digest) == 0);
    closing_free(closing);
}

/* Where the body ends, from the counts in the head; 0 when they do not fit. */
static size_t body_size(const uint8_t *data, size_t size) {
    if (size < 87) {
        return 0;
    }
    uint64_t surplus = data[84] | (uint64_t)data[85] << 8;
    uint64_t body = 86 + 82 * (uint64_t)bytes_load_u32(data + 76) + 52 * (uint64_t)bytes_load_u32(data + 80) +
                    2 * surplus;
    return body < size ? (size_t)body : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct sample_round *sample;
    sample = sample ? sample : sample_round_small();
    check((struct bytes){data, size}, sample->round);
    size_t body = body_size(data, size);
    uint8_t *copy = body ? malloc(body + 1) : NULL;
    if (copy) { /* the same without signatures */
        memcpy(copy, data, body);
        copy[body] = 0;
        check((struct bytes){copy, body + 1}, sample->round);
    }
    free(copy);
    return 0;
}
