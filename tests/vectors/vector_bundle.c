/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bundles of two short records: edits of the header or the index, signed again, and of the records, which no
 * signature covers.
 */
#include <string.h>

#include "tests/sample_questionnaire.h"
#include "vectors.h"

enum { COUNTERS = 3, COUNT = 2, RECORD = 376 + 4 * COUNTERS, SIGNED = 148 + 48 * COUNT };

struct maker {
    struct vectors *to;
    const struct sample_round *sample;
    struct bytes good;
};

static void sign(struct bytes_buffer *content, size_t signed_size, const struct maker *maker) {
    uint8_t digest[DIGEST_BYTES];
    digest_make(digest, DIGEST_BUNDLE, (struct bytes){content->data, signed_size});
    digest_sign(content->data + signed_size, DIGEST_BUNDLE, digest, maker->sample->kiosk_secret[0]);
}

/* Replaces as many bytes as there are in `data` at `at` of header or index. */
static void add(const struct maker *maker, const char *name, enum fault expected, size_t at, const void *data,
                size_t size) {
    struct bytes_buffer content = vectors_copy(maker->good);
    vectors_splice(&content, at, size, data, size);
    sign(&content, SIGNED, maker);
    vectors_add(maker->to, name, expected, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

static void add_header(const struct maker *maker) {
    static const uint8_t zero[32];
    const uint8_t *other = maker->sample->round->kiosk[1].key;
    add(maker, "magic", FAULT_MAGIC, 3, "X", 1);
    add(maker, "version_2", FAULT_VERSION, 8, "\2", 1);
    add(maker, "clock_flag", FAULT_NONE, 10, "\1", 1);
    add(maker, "every_flag", FAULT_NONE, 10, "\x0F", 1);
    add(maker, "committed_flag", FAULT_TRUNCATED, 10, "\x10", 1); /* each record would be 96 bytes longer */
    add(maker, "flag_unknown", FAULT_LIMIT, 10, "\x20", 1);
    add(maker, "kiosk_key_zero", FAULT_KEY_INVALID, 92, zero, 32);
    add(maker, "kiosk_key_of_another", FAULT_SIGNATURE, 92, other, 32);
    add(maker, "class_0", FAULT_LIMIT, 124, "\0", 1);
    add(maker, "present_2000", FAULT_NONE, 126, "\xD0\x07", 2);
    add(maker, "present_2001", FAULT_LIMIT, 126, "\xD1\x07", 2);
    add(maker, "absent_2001", FAULT_LIMIT, 134, "\xD1\x07", 2);
    add(maker, "limit_4097", FAULT_LIMIT, 136, "\x01\x10", 2);
    add(maker, "damaged_4097", FAULT_LIMIT, 138, "\x01\x10", 2);
    add(maker, "counters_0", FAULT_LIMIT, 140, zero, 4);
    add(maker, "counters_16385", FAULT_LIMIT, 140, "\x01\x40", 2);
    add(maker, "counters_one_more", FAULT_TRUNCATED, 140, "\4", 1);
    add(maker, "counters_one_less", FAULT_TRAILING, 140, "\2", 1);
    add(maker, "count_4097", FAULT_LIMIT, 144, "\x01\x10", 2);
    add(maker, "count_that_would_wrap", FAULT_LIMIT, 144, "\xFF\xFF\xFF\xFF", 4);
    add(maker, "count_one_more", FAULT_TRUNCATED, 144, "\3", 1);
    add(maker, "count_one_less", FAULT_TRAILING, 144, "\1", 1);
}

static void add_index(const struct maker *maker) {
    struct bytes_buffer index = vectors_copy((struct bytes){maker->good.data + 148 + 48, 48});
    bytes_put(&index, maker->good.data + 148, 48);
    add(maker, "ids_out_of_order", FAULT_RECORD_ORDER, 148, index.data, 96);
    add(maker, "id_twice", FAULT_RECORD_ORDER, 148 + 48, maker->good.data + 148, 16);
    uint8_t digest = maker->good.data[148 + 16] ^ 1u;
    add(maker, "record_digest_of_other_bytes", FAULT_RECORD_DAMAGED, 148 + 16, &digest, 1);
    digest = maker->good.data[148 + 47] ^ 1u;
    add(maker, "record_digest_of_other_bytes_last", FAULT_RECORD_DAMAGED, 148 + 47, &digest, 1);
    bytes_buffer_release(&index);
}

static void add_flip(const struct maker *maker, const char *name, enum fault expected, size_t at) {
    struct bytes_buffer content = vectors_copy(maker->good);
    content.data[at] ^= 0x80;
    vectors_add(maker->to, name, expected, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

static void add_flips(const struct maker *maker) {
    add_flip(maker, "id_flipped", FAULT_SIGNATURE, 12);
    add_flip(maker, "round_digest_flipped", FAULT_SIGNATURE, 28);
    add_flip(maker, "layout_digest_flipped", FAULT_SIGNATURE, 60);
    add_flip(maker, "index_digest_flipped", FAULT_SIGNATURE, 148 + 48 + 20);
    add_flip(maker, "signature_flipped", FAULT_SIGNATURE, SIGNED + 10);
    add_flip(maker, "first_record_first_byte", FAULT_RECORD_DAMAGED, SIGNED + 64);
    add_flip(maker, "first_record_second_share", FAULT_RECORD_DAMAGED, SIGNED + 64 + 204);
    add_flip(maker, "last_record_last_byte", FAULT_RECORD_DAMAGED, SIGNED + 64 + COUNT * RECORD - 1);
}

static void add_sizes(const struct maker *maker) {
    struct bytes_buffer content = vectors_copy(maker->good);
    bytes_put_u8(&content, 0);
    vectors_add(maker->to, "trailing", FAULT_TRAILING, bytes_buffer_view(&content));
    content.size -= 2;
    vectors_add(maker->to, "truncated", FAULT_TRUNCATED, bytes_buffer_view(&content));
    content.size = 147;
    vectors_add(maker->to, "truncated_header", FAULT_TRUNCATED, bytes_buffer_view(&content));
    content.size = 7;
    vectors_add(maker->to, "truncated_magic", FAULT_MAGIC, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

/* Records with commitments, as far as a bundle can tell. */
static void add_committed(const struct maker *maker) {
    uint8_t records[COUNT * (SHARE_ID_BYTES + RECORD + CONTRIBUTION_TAIL1_BYTES + CONTRIBUTION_TAIL2_BYTES)];
    struct bytes_buffer content = {0};
    uint64_t random = 3;
    struct bundle_header header = sample_bundle_header(maker->sample, 1, 0, COUNT, &random);
    header.counter_count = COUNTERS;
    header.flags = BUNDLE_FLAG_COMMITTED;
    for (size_t i = 0; i < sizeof records; i++) {
        records[i] = (uint8_t)sample_random(&random);
    }
    enum fault fault = bundle_encode(&content, &header, records, maker->sample->kiosk_secret[0]);
    vectors_add(maker->to, "committed", fault, bytes_buffer_view(&content));
    content.data[10] = 0;
    sign(&content, SIGNED, maker);
    vectors_add(maker->to, "committed_without_flag", FAULT_TRAILING, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

void vectors_make_bundle(struct vectors *to, const struct sample_round *sample) {
    struct bytes_buffer good = {0};
    uint64_t random = 2;
    sample_bundle_unopenable(&good, sample, COUNTERS, 0, &random);
    vectors_add(to, "empty", FAULT_NONE, bytes_buffer_view(&good));
    bytes_buffer_release(&good);
    random = 1;
    sample_bundle_unopenable(&good, sample, COUNTERS, COUNT, &random);
    struct maker maker = {to, sample, bytes_buffer_view(&good)};
    vectors_add(to, "valid", FAULT_NONE, maker.good);
    vectors_cite_signed(to, DIGEST_BUNDLE, maker.good, maker.good.size - SIGNED);
    add_header(&maker);
    add_index(&maker);
    add_flips(&maker);
    add_sizes(&maker);
    add_committed(&maker);
    bytes_buffer_release(&good);
}

enum fault vectors_read_bundle(struct bytes content, const struct sample_round *sample) {
    struct bundle bundle;
    (void)sample;
    enum fault fault = bundle_decode(&bundle, content);
    for (uint32_t i = 0; !fault && i < bundle.header.count; i++) {
        struct bundle_record record;
        fault = bundle_record_at(&record, &bundle, i);
    }
    return fault;
}
