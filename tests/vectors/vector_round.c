/* SPDX-License-Identifier: Apache-2.0 */
/* Rounds: edits of one field of the good round, its sizes put right and signed again. */
#include <string.h>

#include "core/signature_block.h"
#include "vectors.h"

enum { FIELDS_AT = 14, FIELD_HEAD = 6 };

/* Where field `tag` begins in a body. */
static size_t field_at(const struct bytes_buffer *body, uint16_t tag) {
    size_t at = FIELDS_AT;
    while (at < body->size && (body->data[at] | body->data[at + 1] << 8) != tag) {
        at += FIELD_HEAD + bytes_load_u32(body->data + at + 2);
    }
    vectors_must(at < body->size, "no such field");
    return at;
}

static void sign(struct bytes_buffer *body, const struct sample_round *sample, int count) {
    struct signature_block block = {{false, false}, {{0}, {0}}};
    uint8_t digest[DIGEST_BYTES];
    digest_make(digest, DIGEST_ROUND, bytes_buffer_view(body));
    for (int i = 0; i < count; i++) {
        block.is_signed[i] = true;
        digest_sign(block.signature[i], DIGEST_ROUND, digest, sample->sign_secret[i]);
    }
    signature_block_put(body, &block);
}

struct maker {
    struct vectors *to;
    const struct sample_round *sample;
};

static struct bytes_buffer good_body(const struct maker *maker) {
    return vectors_copy(bytes_buffer_view(&maker->sample->round->body));
}

/* Signs, adds and releases the body. */
static void add_body(const struct maker *maker, const char *name, enum fault expected,
                     struct bytes_buffer *body) {
    sign(body, maker->sample, 2);
    vectors_add(maker->to, name, expected, bytes_buffer_view(body));
    bytes_buffer_release(body);
}

static void set_size(struct bytes_buffer *body) {
    bytes_store_u32(body->data + 10, (uint32_t)(body->size - FIELDS_AT));
}

/* Replaces `remove` bytes at `at` of the value of `tag`. */
static void add(const struct maker *maker, const char *name, enum fault expected, uint16_t tag, size_t at,
                size_t remove, const void *data, size_t size) {
    struct bytes_buffer body = good_body(maker);
    size_t field = field_at(&body, tag);
    vectors_splice(&body, field + FIELD_HEAD + at, remove, data, size);
    bytes_store_u32(body.data + field + 2, (uint32_t)(bytes_load_u32(body.data + field + 2) + size - remove));
    set_size(&body);
    add_body(maker, name, expected, &body);
}

static void add_flip(const struct maker *maker, const char *name, enum fault expected, uint16_t tag,
                     size_t at) {
    struct bytes_buffer body = good_body(maker);
    uint8_t flipped = body.data[field_at(&body, tag) + FIELD_HEAD + at] ^ 1u;
    bytes_buffer_release(&body);
    add(maker, name, expected, tag, at, 1, &flipped, 1);
}

static void add_fields(const struct maker *maker) {
    static const uint8_t unknown[6] = {20, 0, 0, 0, 0, 0};
    static const uint8_t uncritical[9] = {1, 0x80, 3, 0, 0, 0, 'n', 'e', 'w'};
    struct bytes_buffer body = good_body(maker);
    bytes_put(&body, unknown, sizeof unknown);
    set_size(&body);
    add_body(maker, "field_unknown_critical", FAULT_FIELD_UNKNOWN, &body);
    body = good_body(maker);
    bytes_put(&body, uncritical, sizeof uncritical);
    set_size(&body);
    add_body(maker, "field_unknown_uncritical", FAULT_NONE, &body);
    for (uint8_t choices = 0; choices < 3; choices++) {
        static const char *const names[] = {"choices_none", "choices", "choices_unknown"};
        static const enum fault faults[] = {FAULT_NOT_CANONICAL, FAULT_NONE, FAULT_LIMIT};
        const uint8_t field[8] = {19, 0, 2, 0, 0, 0, choices, 0};
        body = good_body(maker);
        bytes_put(&body, field, sizeof field);
        set_size(&body);
        add_body(maker, names[choices], faults[choices], &body);
    }
    body = good_body(maker);
    vectors_splice(&body, field_at(&body, 3), FIELD_HEAD + 2 + strlen("Dorpsstraat"), NULL, 0);
    set_size(&body);
    add_body(maker, "field_missing", FAULT_FIELD_MISSING, &body);
    body = good_body(maker);
    size_t at = field_at(&body, 7);
    struct bytes_buffer twice = vectors_copy((struct bytes){body.data + at, FIELD_HEAD + 4});
    vectors_splice(&body, at, 0, twice.data, twice.size);
    set_size(&body);
    add_body(maker, "field_twice", FAULT_FIELD_ORDER, &body);
    body = good_body(maker);
    vectors_splice(&body, at, FIELD_HEAD + 4, NULL, 0);
    vectors_splice(&body, field_at(&body, 6), 0, twice.data, twice.size);
    set_size(&body);
    add_body(maker, "field_out_of_order", FAULT_FIELD_ORDER, &body);
    bytes_buffer_release(&twice);
    body = good_body(maker);
    bytes_store_u32(body.data + field_at(&body, 18) + 2, 33);
    add_body(maker, "field_beyond_the_fields", FAULT_TRUNCATED, &body);
    add(maker, "value_too_long", FAULT_TRAILING, 7, 4, 0, "", 1);
    add(maker, "value_too_short", FAULT_TRUNCATED, 7, 3, 1, NULL, 0);
}

static void add_head(const struct maker *maker) {
    struct bytes_buffer body = good_body(maker);
    body.data[3] = 'X';
    add_body(maker, "magic", FAULT_MAGIC, &body);
    body = good_body(maker);
    body.data[8] = 2;
    add_body(maker, "version_2", FAULT_VERSION, &body);
    body = good_body(maker);
    bytes_store_u32(body.data + 10, UINT32_MAX);
    add_body(maker, "size_too_large", FAULT_TRUNCATED, &body);
}

/* The good hash with m=1048577 for its m=8192. */
static void add_costly_pin(const struct maker *maker) {
    static const char cost[] = "$argon2id$v=19$m=";
    const char *hash = maker->sample->round->pin_hash[0];
    struct bytes_buffer text = {0};
    bytes_put_u16(&text, (uint16_t)(strlen(hash) + 3));
    bytes_put(&text, cost, strlen(cost));
    bytes_put(&text, "1048577", 7);
    bytes_put(&text, hash + strlen(cost) + 4, strlen(hash) - strlen(cost) - 4);
    add(maker, "pin_too_costly", FAULT_LIMIT, 12, 2, 2 + strlen(hash), text.data, text.size);
    bytes_buffer_release(&text);
}

static void add_numbers(const struct maker *maker) {
    add(maker, "school_empty", FAULT_LIMIT, 2, 0, 2 + strlen("Voorbeeldschool"), "\0", 2);
    add(maker, "school_line_feed", FAULT_TEXT, 2, 4, 1, "\n", 1);
    add(maker, "site_utf8", FAULT_TEXT, 3, 4, 1, "\xFF", 1);
    add(maker, "school_type_0", FAULT_LIMIT, 4, 0, 1, "\0", 1);
    add(maker, "school_type_11", FAULT_LIMIT, 4, 0, 1, "\13", 1);
    add(maker, "school_year_1999", FAULT_ROUND_DATES, 5, 0, 2, "\xCF\x07", 2);
    add(maker, "period_reversed", FAULT_ROUND_DATES, 6, 4, 4, "\x8A\x27\x35\x01", 4);
    add(maker, "day_that_does_not_exist", FAULT_ROUND_DATES, 6, 0, 4, "\x93\x27\x35\x01", 4);
    add(maker, "retention_within_the_period", FAULT_ROUND_DATES, 7, 0, 4, "\xEB\x27\x35\x01", 4);
    add(maker, "mode_4", FAULT_LIMIT, 8, 0, 1, "\4", 1);
    add(maker, "k_unit_4", FAULT_LIMIT, 9, 0, 1, "\4", 1);
    add(maker, "k_cell_2", FAULT_LIMIT, 9, 2, 1, "\2", 1);
    add(maker, "k_cell_above_k_unit", FAULT_LIMIT, 9, 2, 1, "\13", 1);
    add(maker, "languages_0", FAULT_LIMIT, 10, 0, 6, "\0", 2);
    add(maker, "languages_13", FAULT_LIMIT, 10, 0, 1, "\15", 1);
    add(maker, "language_unknown", FAULT_LIMIT, 10, 4, 2, "zz", 2);
    add(maker, "help_in_unknown_language", FAULT_LIMIT, 11, 4, 2, "zz", 2);
    add(maker, "pin_in_clear", FAULT_LIMIT, 12, 2, 2 + strlen(maker->sample->round->pin_hash[0]),
        "\4\0" SAMPLE_PIN, 6);
    add_costly_pin(maker);
}

static void add_people(const struct maker *maker) {
    static const uint8_t zero[32];
    size_t holder = 2 + 2 + strlen(maker->sample->round->holder[0].name) + 64;
    size_t name_1 = 2 + strlen(maker->sample->round->holder[1].name);
    const uint8_t *key_0 = maker->sample->round->holder[0].sign_key;
    const uint8_t *box_0 = maker->sample->round->holder[0].box_key;
    add(maker, "holders_1", FAULT_LIMIT, 13, 0, 1, "\1", 1);
    add(maker, "holder_sign_key_zero", FAULT_KEY_INVALID, 13, holder + name_1, 32, zero, 32);
    add(maker, "holder_box_key_zero", FAULT_KEY_INVALID, 13, holder + name_1 + 32, 32, zero, 32);
    add(maker, "holders_with_one_sign_key", FAULT_KEY_SAME, 13, holder + name_1, 32, key_0, 32);
    add(maker, "holders_with_one_box_key", FAULT_KEY_SAME, 13, holder + name_1 + 32, 32, box_0, 32);
    struct bytes_buffer body = good_body(maker);
    size_t kiosk = 2 + strlen("laptop 01") + 32;
    const uint8_t *value = body.data + field_at(&body, 14) + FIELD_HEAD;
    struct bytes_buffer swapped = vectors_copy((struct bytes){value + 2 + kiosk, kiosk});
    bytes_put(&swapped, value + 2, kiosk);
    add(maker, "kiosks_out_of_order", FAULT_NOT_CANONICAL, 14, 2, 2 * kiosk, swapped.data, swapped.size);
    add(maker, "kiosk_twice", FAULT_NOT_CANONICAL, 14, 2 + kiosk + 11, 32, value + 2 + 11, 32);
    add(maker, "kiosk_label_twice", FAULT_NAME_TWICE, 14, 2 + kiosk, 11, value + 2, 11);
    add(maker, "kiosks_401", FAULT_LIMIT, 14, 0, 2, "\x91\x01", 2);
    bytes_buffer_release(&swapped);
    bytes_buffer_release(&body);
}

/* The first class is number 1, label "1A", year 1, 12 heads, all asked. */
static void add_classes(const struct maker *maker) {
    add(maker, "classes_401", FAULT_LIMIT, 15, 0, 2, "\x91\x01", 2);
    add(maker, "class_0", FAULT_LIMIT, 15, 2, 1, "\0", 1);
    add(maker, "class_numbers_out_of_order", FAULT_NOT_CANONICAL, 15, 2, 1, "\2", 1);
    add(maker, "class_label_twice", FAULT_NAME_TWICE, 15, 7, 1, "B", 1);
    add(maker, "class_without_year", FAULT_LIMIT, 15, 8, 1, "\0", 1);
    add(maker, "class_of_2001", FAULT_LIMIT, 15, 10, 2, "\xD1\x07", 2);
    add(maker, "class_with_all_but_minus_one_asked", FAULT_LIMIT, 15, 12, 4, "\15\0\4\0ziek", 8);
    add(maker, "class_with_pupils_not_asked_without_reason", FAULT_LIMIT, 15, 12, 1, "\1", 1);
    add(maker, "class_with_reason_for_nobody", FAULT_LIMIT, 15, 14, 2, "\4\0ziek", 6);
    static const uint8_t tiny[] = {1, 0, 1, 0, 2, 0, '1', 'A', 1, 0, 9, 0, 0, 0, 0, 0};
    struct bytes_buffer body = good_body(maker);
    size_t size = bytes_load_u32(body.data + field_at(&body, 15) + 2);
    bytes_buffer_release(&body);
    add(maker, "too_small", FAULT_ROUND_TOO_SMALL, 15, 0, size, tiny, sizeof tiny);
}

static void add_instrument(const struct maker *maker) {
    add_flip(maker, "questionnaire_magic", FAULT_MAGIC, 16, 0);
    add_flip(maker, "questionnaire_digest", FAULT_DIGEST, 17, 5);
    add_flip(maker, "layout_digest", FAULT_LAYOUT_MISMATCH, 18, 5);
}

static void add_signatures(const struct maker *maker) {
    struct bytes_buffer content = good_body(maker);
    size_t body = content.size;
    sign(&content, maker->sample, 0);
    vectors_add(maker->to, "draft", FAULT_NONE, bytes_buffer_view(&content));
    content.size = body;
    sign(&content, maker->sample, 1);
    vectors_add(maker->to, "half_signed", FAULT_NONE, bytes_buffer_view(&content));
    content.size = body;
    sign(&content, maker->sample, 2);
    vectors_add(maker->to, "valid", FAULT_NONE, bytes_buffer_view(&content));
    vectors_cite(maker->to, maker->sample->round->digest);
    content.data[body] = 3;
    vectors_add(maker->to, "signatures_3", FAULT_LIMIT, bytes_buffer_view(&content));
    content.data[body] = 1;
    vectors_add(maker->to, "signature_not_counted", FAULT_TRAILING, bytes_buffer_view(&content));
    content.data[body] = 2;
    content.data[body + 1 + 65] = 0;
    vectors_add(maker->to, "signature_of_one_holder_twice", FAULT_FIELD_ORDER, bytes_buffer_view(&content));
    content.data[body + 1 + 65] = 2;
    vectors_add(maker->to, "signature_of_holder_2", FAULT_LIMIT, bytes_buffer_view(&content));
    content.data[body + 1 + 65] = 1;
    memcpy(content.data + body + 1 + 65 + 1, content.data + body + 1 + 1, 64);
    vectors_add(maker->to, "signature_of_the_other_holder", FAULT_SIGNATURE, bytes_buffer_view(&content));
    content.size = body;
    sign(&content, maker->sample, 2);
    content.data[content.size - 1] ^= 1;
    vectors_add(maker->to, "signature_flipped", FAULT_SIGNATURE, bytes_buffer_view(&content));
    content.data[content.size - 1] ^= 1;
    bytes_put_u8(&content, 0);
    vectors_add(maker->to, "trailing", FAULT_TRAILING, bytes_buffer_view(&content));
    content.size -= 2;
    vectors_add(maker->to, "truncated", FAULT_TRUNCATED, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

void vectors_make_round(struct vectors *to, const struct sample_round *sample) {
    struct maker maker = {to, sample};
    add_signatures(&maker);
    add_head(&maker);
    add_fields(&maker);
    add_numbers(&maker);
    add_people(&maker);
    add_classes(&maker);
    add_instrument(&maker);
}

enum fault vectors_read_round(struct bytes content, const struct sample_round *sample) {
    struct round *round = NULL;
    (void)sample;
    enum fault fault = round_decode(&round, content);
    round_free(round);
    return fault;
}
