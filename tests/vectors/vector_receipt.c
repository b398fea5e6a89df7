/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Receipts of the sample round (round/seeds/valid.klr) with three bundles, whose digests are 11.., 22..,
 * 33...
 */
#include <string.h>

#include "core/receipt.h"
#include "core/signature_block.h"
#include "vectors.h"

enum { BUNDLES = 3, COUNT_AT = 74 };

struct maker {
    struct vectors *to;
    const struct sample_round *sample;
    struct bytes good; /* the body */
};

static void sign(struct bytes_buffer *body, const struct sample_round *sample, int count) {
    struct signature_block block = {{false, false}, {{0}, {0}}};
    uint8_t digest[DIGEST_BYTES];
    digest_make(digest, DIGEST_RECEIPT, bytes_buffer_view(body));
    for (int i = 0; i < count; i++) {
        block.is_signed[i] = true;
        digest_sign(block.signature[i], DIGEST_RECEIPT, digest, sample->sign_secret[i]);
    }
    signature_block_put(body, &block);
}

static void add(const struct maker *maker, const char *name, enum fault expected, size_t at, const void *data,
                size_t size) {
    struct bytes_buffer body = vectors_copy(maker->good);
    vectors_splice(&body, at, size, data, size);
    sign(&body, maker->sample, 2);
    vectors_add(maker->to, name, expected, bytes_buffer_view(&body));
    bytes_buffer_release(&body);
}

static void put_good(struct bytes_buffer *out, const struct sample_round *sample) {
    static const uint8_t magic[8] = {'K', 'L', 'B', 'r', 'c', 'p', 't', '\n'};
    uint8_t closing[DIGEST_BYTES];
    uint8_t bundle[DIGEST_BYTES];
    memset(closing, 0xC1, sizeof closing);
    bytes_put(out, magic, sizeof magic);
    bytes_put_u16(out, RECEIPT_VERSION);
    bytes_put(out, sample->round->digest, DIGEST_BYTES);
    bytes_put(out, closing, sizeof closing);
    bytes_put_u32(out, BUNDLES);
    for (int i = 1; i <= BUNDLES; i++) {
        memset(bundle, 0x11 * i, sizeof bundle);
        bytes_put(out, bundle, sizeof bundle);
    }
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

void vectors_make_receipt(struct vectors *to, const struct sample_round *sample) {
    struct bytes_buffer good = {0};
    put_good(&good, sample);
    struct maker maker = {to, sample, bytes_buffer_view(&good)};
    struct bytes_buffer whole = vectors_copy(maker.good);
    sign(&whole, sample, 2);
    vectors_add(to, "valid", FAULT_NONE, bytes_buffer_view(&whole));
    vectors_cite_signed(to, DIGEST_RECEIPT, bytes_buffer_view(&whole), whole.size - good.size);
    uint8_t other_round = (uint8_t)(good.data[10] ^ 1u);
    add(&maker, "magic", FAULT_MAGIC, 3, "X", 1);
    add(&maker, "version_2", FAULT_VERSION, 8, "\2", 1);
    add(&maker, "no_bundle", FAULT_LIMIT, COUNT_AT, "\0", 1);
    add(&maker, "bundles_4001", FAULT_LIMIT, COUNT_AT, "\xA1\x0F", 2);
    add(&maker, "bundles_more_than_there_are", FAULT_TRUNCATED, COUNT_AT, "\x09", 1);
    add(&maker, "another_round", FAULT_ROUND_OTHER, 10, &other_round, 1);
    add(&maker, "bundle_twice", FAULT_RECORD_ORDER, RECEIPT_HEAD_BYTES + DIGEST_BYTES,
        good.data + RECEIPT_HEAD_BYTES, DIGEST_BYTES);
    add(&maker, "bundles_out_of_order", FAULT_RECORD_ORDER, RECEIPT_HEAD_BYTES, "\x77", 1);
    add_signatures(&maker);
    bytes_buffer_release(&whole);
    bytes_buffer_release(&good);
}

enum fault vectors_read_receipt(struct bytes content, const struct sample_round *sample) {
    struct receipt receipt = {0};
    enum fault fault = receipt_decode(&receipt, content, sample->round);
    receipt_release(&receipt);
    return fault;
}
