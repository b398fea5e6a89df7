/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Closing lists of the sample round (round/seeds/valid.klr): 2, 16 and 1 records, class 2 over its 15 heads
 * and accepted.
 */
#include <string.h>

#include "core/batch.h"
#include "core/signature_block.h"
#include "vectors.h"

enum {
    BUNDLES_AT = 86,
    BUNDLE = 82,
    BUNDLES = 3,
    RECORDS_AT = BUNDLES_AT + BUNDLES * BUNDLE,
    RECORD = 52,
    RECORDS = 19,
    SURPLUS_AT = RECORDS_AT + RECORDS * RECORD
};

struct maker {
    struct vectors *to;
    const struct sample_round *sample;
    struct bytes good; /* the body */
};

static void sign(struct bytes_buffer *body, const struct sample_round *sample, int count) {
    struct signature_block block = {{false, false}, {{0}, {0}}};
    uint8_t digest[DIGEST_BYTES];
    digest_make(digest, DIGEST_CLOSING, bytes_buffer_view(body));
    for (int i = 0; i < count; i++) {
        block.is_signed[i] = true;
        digest_sign(block.signature[i], DIGEST_CLOSING, digest, sample->sign_secret[i]);
    }
    signature_block_put(body, &block);
}

static void add(const struct maker *maker, const char *name, enum fault expected, size_t at, size_t remove,
                const void *data, size_t size) {
    struct bytes_buffer body = vectors_copy(maker->good);
    vectors_splice(&body, at, remove, data, size);
    sign(&body, maker->sample, 2);
    vectors_add(maker->to, name, expected, bytes_buffer_view(&body));
    bytes_buffer_release(&body);
}

static void add_flip(const struct maker *maker, const char *name, enum fault expected, size_t at) {
    uint8_t flipped = maker->good.data[at] ^ 1u;
    add(maker, name, expected, at, 1, &flipped, 1);
}

static void add_head(const struct maker *maker) {
    add(maker, "magic", FAULT_MAGIC, 3, 1, "X", 1);
    add(maker, "version_2", FAULT_VERSION, 8, 1, "\2", 1);
    add(maker, "number_0", FAULT_LIMIT, 10, 1, "\0", 1);
    add(maker, "number_3", FAULT_LIMIT, 10, 1, "\3", 1);
    add_flip(maker, "another_round", FAULT_ROUND_OTHER, 12);
    add_flip(maker, "first_list_with_previous", FAULT_NOT_CANONICAL, 44);
    add(maker, "late_list_without_previous", FAULT_NOT_CANONICAL, 10, 1, "\2", 1);
    add(maker, "bundles_4001", FAULT_LIMIT, 76, 2, "\xA1\x0F", 2);
    add(maker, "records_200001", FAULT_LIMIT, 80, 3, "\x41\x0D\x03", 3);
    add(maker, "surplus_401", FAULT_LIMIT, 84, 2, "\x91\x01", 2);
    add(maker, "bundles_one_more", FAULT_TRUNCATED, 76, 4 + 4 + 2, "\x40\0\0\0\x13\0\0\0\1\0", 10);
}

static void add_bundles(const struct maker *maker) {
    struct bytes_buffer swapped =
        vectors_copy((struct bytes){maker->good.data + BUNDLES_AT + BUNDLE, BUNDLE});
    bytes_put(&swapped, maker->good.data + BUNDLES_AT, BUNDLE);
    add(maker, "bundles_out_of_order", FAULT_RECORD_ORDER, BUNDLES_AT, 2 * BUNDLE, swapped.data,
        swapped.size);
    add(maker, "bundle_twice", FAULT_RECORD_ORDER, BUNDLES_AT + BUNDLE, 32, maker->good.data + BUNDLES_AT,
        32);
    add(maker, "bundle_of_unknown_class", FAULT_CLASS_UNKNOWN, BUNDLES_AT + 64, 1, "\4", 1);
    add_flip(maker, "bundle_of_unknown_kiosk", FAULT_KIOSK_UNKNOWN, BUNDLES_AT + 32);
    add(maker, "bundle_of_4097", FAULT_LIMIT, BUNDLES_AT + 70, 4, "\x01\x10\0\0", 4);
    add(maker, "bundle_that_would_wrap", FAULT_LIMIT, BUNDLES_AT + 70, 4, "\xFF\xFF\xFF\xFF", 4);
    add_flip(maker, "bundle_counts_wrongly", FAULT_NOT_CANONICAL, BUNDLES_AT + 66);
    bytes_buffer_release(&swapped);
}

static void add_records(const struct maker *maker) {
    struct bytes_buffer swapped =
        vectors_copy((struct bytes){maker->good.data + RECORDS_AT + RECORD, RECORD});
    bytes_put(&swapped, maker->good.data + RECORDS_AT, RECORD);
    add(maker, "records_out_of_order", FAULT_RECORD_ORDER, RECORDS_AT, 2 * RECORD, swapped.data,
        swapped.size);
    add(maker, "record_twice", FAULT_RECORD_ORDER, RECORDS_AT + RECORD, 16, maker->good.data + RECORDS_AT,
        16);
    add(maker, "record_of_bundle_3", FAULT_LIMIT, RECORDS_AT + 50, 1, "\3", 1);
    add(maker, "record_of_another_class", FAULT_NOT_CANONICAL, RECORDS_AT + 48, 1, "\7", 1);
    bytes_buffer_release(&swapped);
}

static void add_surplus(const struct maker *maker) {
    add(maker, "surplus_of_unknown_class", FAULT_CLASS_UNKNOWN, SURPLUS_AT, 1, "\4", 1);
    add(maker, "surplus_of_the_wrong_class", FAULT_TOO_MANY, SURPLUS_AT, 1, "\3", 1);
    struct bytes_buffer body = vectors_copy(maker->good);
    body.data[84] = 0;
    body.size -= 2;
    sign(&body, maker->sample, 2);
    vectors_add(maker->to, "too_many", FAULT_TOO_MANY, bytes_buffer_view(&body));
    bytes_buffer_release(&body);
    body = vectors_copy(maker->good);
    body.data[84] = 2;
    bytes_put_u16(&body, 3);
    sign(&body, maker->sample, 2);
    vectors_add(maker->to, "surplus_without_surplus", FAULT_NOT_CANONICAL, bytes_buffer_view(&body));
    bytes_buffer_release(&body);
    body = vectors_copy(maker->good);
    body.data[84] = 2;
    bytes_put_u16(&body, 2);
    sign(&body, maker->sample, 2);
    vectors_add(maker->to, "surplus_twice", FAULT_RECORD_ORDER, bytes_buffer_view(&body));
    bytes_buffer_release(&body);
}

static void add_signatures(const struct maker *maker) {
    struct bytes_buffer content = vectors_copy(maker->good);
    size_t body = content.size;
    sign(&content, maker->sample, 1);
    vectors_add(maker->to, "half_signed", FAULT_NONE, bytes_buffer_view(&content));
    content.size = body;
    sign(&content, maker->sample, 2);
    content.data[content.size - 1] ^= 1;
    vectors_add(maker->to, "signature_flipped", FAULT_SIGNATURE, bytes_buffer_view(&content));
    content.data[content.size - 1] ^= 1;
    content.data[body] = 3;
    vectors_add(maker->to, "signatures_3", FAULT_LIMIT, bytes_buffer_view(&content));
    content.data[body] = 2;
    content.data[body + 1 + 65] = 0;
    vectors_add(maker->to, "signature_of_one_holder_twice", FAULT_FIELD_ORDER, bytes_buffer_view(&content));
    content.data[body + 1 + 65] = 1;
    bytes_put_u8(&content, 0);
    vectors_add(maker->to, "trailing", FAULT_TRAILING, bytes_buffer_view(&content));
    content.size -= 2;
    vectors_add(maker->to, "truncated", FAULT_TRUNCATED, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

/* 1 and 2 records are too few: all three classes are one batch. */
static void cite_batch(struct vectors *to, const struct sample_round *sample, const struct closing *closing) {
    struct batch_list list;
    vectors_must(batch_derive(&list, sample->round, closing, NULL, 0) == FAULT_NONE, "no batches");
    vectors_must(list.batch_count == 1 && list.batch[0].record_count == RECORDS, "more than one batch");
    vectors_cite(to, list.batch[0].digest);
    batch_list_release(&list);
}

void vectors_make_closing(struct vectors *to, const struct sample_round *sample) {
    static const uint32_t counts[3] = {2, 16, 1};
    uint64_t random = 3;
    struct closing *closing = sample_closing(sample, counts, &random);
    struct bytes_buffer valid = {0};
    closing->surplus[closing->surplus_count++] = 2;
    vectors_must(sample_closing_sign(closing, sample) == FAULT_NONE, "no good closing list");
    vectors_must(closing_encode(&valid, closing) == FAULT_NONE, "no good closing list");
    struct maker maker = {to, sample, bytes_buffer_view(&closing->body)};
    vectors_add(to, "valid", FAULT_NONE, bytes_buffer_view(&valid));
    vectors_cite(to, closing->digest);
    cite_batch(to, sample, closing);
    add_head(&maker);
    add_bundles(&maker);
    add_records(&maker);
    add_surplus(&maker);
    add_signatures(&maker);
    bytes_buffer_release(&valid);
    closing_free(closing);
}

enum fault vectors_read_closing(struct bytes content, const struct sample_round *sample) {
    struct closing *closing = NULL;
    enum fault fault = closing_decode(&closing, content, sample->round);
    closing_free(closing);
    return fault;
}
