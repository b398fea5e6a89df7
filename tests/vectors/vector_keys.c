/* SPDX-License-Identifier: Apache-2.0 */
/* Key holders' files and enrolments: a text, one or two keys, a signature. */
#include <string.h>

#include "core/enrolment.h"
#include "core/holder.h"
#include "vectors.h"

enum { TEXT_AT = 10 };

/* One of the two kinds: how it is signed, and where its keys are. */
struct kind {
    struct vectors *to;
    struct bytes good;
    enum digest_label label;
    const uint8_t *secret;
    bool has_box_key;
};

static size_t key_at(const struct bytes_buffer *content) {
    return TEXT_AT + 2 + (size_t)content->data[TEXT_AT] + 256u * content->data[TEXT_AT + 1];
}

static void sign(struct bytes_buffer *content, const struct kind *kind) {
    uint8_t digest[DIGEST_BYTES];
    size_t body = content->size - DIGEST_SIGNATURE_BYTES;
    digest_make(digest, kind->label, (struct bytes){content->data, body});
    digest_sign(content->data + body, kind->label, digest, kind->secret);
}

/* The good file with `remove` bytes at `at` replaced, signed again. */
static void add(const struct kind *kind, const char *name, enum fault expected, size_t at, size_t remove,
                const void *data, size_t size) {
    struct bytes_buffer content = vectors_copy(kind->good);
    vectors_splice(&content, at, remove, data, size);
    sign(&content, kind);
    vectors_add(kind->to, name, expected, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

static void add_text(const struct kind *kind, const char *name, enum fault expected, const char *text,
                     size_t size) {
    uint8_t field[2 + 128] = {(uint8_t)size};
    memcpy(field + 2, text, size);
    add(kind, name, expected, TEXT_AT, 2u + kind->good.data[TEXT_AT], field, 2 + size);
}

static void add_texts(const struct kind *kind) {
    char long_text[50];
    memset(long_text, 'a', sizeof long_text);
    add_text(kind, "text_longest", FAULT_NONE, long_text, 48);
    add_text(kind, "text_too_long", FAULT_LIMIT, long_text, 49);
    add_text(kind, "text_empty", FAULT_LIMIT, "", 0);
    add_text(kind, "text_line_feed", FAULT_TEXT, "a\nb", 3);
    add_text(kind, "text_zero_byte", FAULT_TEXT, "a\0b", 3);
    add_text(kind, "text_overlong_utf8", FAULT_TEXT, "\xC0\xAF", 2);
    add_text(kind, "text_cut_utf8", FAULT_TEXT, "a\xC3", 2);
    add_text(kind, "text_surrogate", FAULT_TEXT, "\xED\xA0\x80", 3);
    add_text(kind, "text_c1_control", FAULT_TEXT, "\xC2\x85", 2);
}

static void add_keys(const struct kind *kind) {
    static const uint8_t zero[32];
    static const uint8_t order_two[32] = {0xEC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                          0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                          0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F};
    uint8_t box_key[32];
    uint8_t mixed[32];
    uint8_t secret[64];
    struct bytes_buffer good = vectors_copy(kind->good);
    size_t at = key_at(&good);
    vectors_must(crypto_core_ed25519_add(mixed, good.data + at, order_two) == 0, "the good key is no point");
    add(kind, "sign_key_zero", FAULT_KEY_INVALID, at, 32, zero, 32);
    add(kind, "sign_key_order_two", FAULT_KEY_INVALID, at, 32, order_two, 32);
    add(kind, "sign_key_off_the_main_subgroup", FAULT_KEY_INVALID, at, 32, mixed, 32);
    sample_sign_key(mixed, secret, 77);
    add(kind, "sign_key_of_another", FAULT_SIGNATURE, at, 32, mixed, 32);
    if (kind->has_box_key) {
        sample_box_key(box_key, secret, 1);
        box_key[31] |= 0x80;
        add(kind, "box_key_zero", FAULT_KEY_INVALID, at + 32, 32, zero, 32);
        add(kind, "box_key_order_two", FAULT_KEY_INVALID, at + 32, 32, order_two, 32);
        add(kind, "box_key_top_bit", FAULT_KEY_INVALID, at + 32, 32, box_key, 32);
    }
    bytes_buffer_release(&good);
}

static void add_ends(const struct kind *kind) {
    struct bytes_buffer content = vectors_copy(kind->good);
    content.data[content.size - 1] ^= 1;
    vectors_add(kind->to, "signature_flipped", FAULT_SIGNATURE, bytes_buffer_view(&content));
    content.data[content.size - 1] ^= 1;
    uint8_t digest[DIGEST_BYTES];
    size_t body = content.size - DIGEST_SIGNATURE_BYTES;
    digest_make(digest, DIGEST_ROUND, (struct bytes){content.data, body});
    digest_sign(content.data + body, DIGEST_ROUND, digest, kind->secret);
    vectors_add(kind->to, "signature_for_another_purpose", FAULT_SIGNATURE, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    content = vectors_copy(kind->good);
    bytes_put_u8(&content, 0);
    vectors_add(kind->to, "trailing", FAULT_TRAILING, bytes_buffer_view(&content));
    content.size -= 2;
    vectors_add(kind->to, "truncated", FAULT_TRUNCATED, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    static const uint8_t large[4097 - 16];
    content = vectors_copy((struct bytes){kind->good.data, 16});
    bytes_put(&content, large, sizeof large);
    vectors_add(kind->to, "too_large", FAULT_FILE_TOO_LARGE, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

static void make(const struct kind *kind) {
    vectors_add(kind->to, "valid", FAULT_NONE, kind->good);
    vectors_cite_signed(kind->to, kind->label, kind->good, DIGEST_SIGNATURE_BYTES);
    add(kind, "magic", FAULT_MAGIC, 3, 1, "X", 1);
    add(kind, "version_2", FAULT_VERSION, 8, 1, "\2", 1);
    add_texts(kind);
    add_keys(kind);
    add_ends(kind);
}

void vectors_make_holder(struct vectors *to, const struct sample_round *sample) {
    struct holder holder = {.name = "vertrouwenspersoon"};
    struct bytes_buffer good = {0};
    memcpy(holder.sign_key, sample->round->holder[1].sign_key, sizeof holder.sign_key);
    memcpy(holder.box_key, sample->round->holder[1].box_key, sizeof holder.box_key);
    vectors_must(holder_encode(&good, &holder, sample->sign_secret[1]) == FAULT_NONE, "no good holder");
    make(&(struct kind){to, bytes_buffer_view(&good), DIGEST_HOLDER, sample->sign_secret[1], true});
    bytes_buffer_release(&good);
}

void vectors_make_enrolment(struct vectors *to, const struct sample_round *sample) {
    struct enrolment enrolment = {.label = "laptop 07"};
    struct bytes_buffer good = {0};
    memcpy(enrolment.key, sample->round->kiosk[0].key, sizeof enrolment.key);
    vectors_must(enrolment_encode(&good, &enrolment, sample->kiosk_secret[0]) == FAULT_NONE,
                 "no good enrolment");
    make(&(struct kind){to, bytes_buffer_view(&good), DIGEST_ENROLMENT, sample->kiosk_secret[0], false});
    bytes_buffer_release(&good);
}

enum fault vectors_read_holder(struct bytes content, const struct sample_round *sample) {
    struct holder holder;
    (void)sample;
    return holder_decode(&holder, content);
}

enum fault vectors_read_enrolment(struct bytes content, const struct sample_round *sample) {
    struct enrolment enrolment;
    (void)sample;
    return enrolment_decode(&enrolment, content);
}
