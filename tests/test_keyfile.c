/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "aggregator/keyfile.h"
#include "bits.h"
#include "core/secret.h"
#include "platform/file.h"

static const char passphrase[] = "een zin van vijf woorden";
enum { NONCE_AT = 36, SALT_AT = 20, PASSES_AT = 12, MEMORY_AT = 16, KDF_AT = 10, KEY_AT = 60 };
enum { NAME_AT = 0, COUNT_AT = 81, ENTRY_AT = 83 };

static struct keyfile *fresh(void) {
    struct keyfile *keys = NULL;
    check_fault(keyfile_new(&keys, "vertrouwenspersoon", NULL, KEYFILE_INTERACTIVE, passphrase), FAULT_NONE);
    check_fault(keyfile_add(keys, NULL), FAULT_NONE);
    return keys;
}

static struct bytes_buffer wrapped(const struct keyfile *keys) {
    struct bytes_buffer out = {0};
    check_fault(keyfile_encode(&out, keys), FAULT_NONE);
    assert_int_equal(out.size, KEYFILE_BYTES);
    return out;
}

static void what_was_wrapped_opens_with_the_passphrase(void **state) {
    (void)state;
    struct keyfile *keys = fresh(), *read = NULL;
    uint8_t round[DIGEST_BYTES] = {1, 2, 3};
    check_fault(keyfile_bind(keys, keyfile_next(keys), round, false), FAULT_NONE);
    check_fault(keyfile_add(keys, NULL), FAULT_NONE);
    struct bytes_buffer file = wrapped(keys);
    check_fault(keyfile_decode(&read, bytes_buffer_view(&file), passphrase), FAULT_NONE);
    assert_memory_equal(read, keys, sizeof *keys);
    assert_int_equal(keyfile_for_round(read, round)->state, KEYFILE_BOUND);
    assert_ptr_not_equal(keyfile_next(read), keyfile_for_round(read, round));
    bytes_buffer_release(&file);
    keyfile_free(read);
    keyfile_free(keys);
}

static bool holds(struct bytes file, const uint8_t secret[32]) {
    for (size_t i = 0; i + 8 <= file.size; i++) {
        if (memcmp(file.data + i, secret, 8) == 0) {
            return true;
        }
    }
    return false;
}

static void nothing_secret_lies_in_the_file_and_no_two_files_are_alike(void **state) {
    (void)state;
    struct keyfile *keys = fresh();
    struct bytes_buffer one = wrapped(keys), two = wrapped(keys);
    assert_false(holds(bytes_buffer_view(&one), keys->seed));
    assert_false(holds(bytes_buffer_view(&one), keys->entry[0].secret_key));
    assert_false(holds(bytes_buffer_view(&one), keys->entry[0].public_key));
    assert_false(holds(bytes_buffer_view(&one), (const uint8_t *)keys->name));
    assert_true(holds(bytes_buffer_view(&one), keys->sign_key));
    assert_memory_not_equal(one.data + NONCE_AT, two.data + NONCE_AT, KEYFILE_NONCE_BYTES);
    assert_memory_not_equal(one.data + KEYFILE_HEADER_BYTES, two.data + KEYFILE_HEADER_BYTES, 64);
    bytes_buffer_release(&one);
    bytes_buffer_release(&two);
    keyfile_free(keys);
}

static void a_wrong_passphrase_is_not_called_damage(void **state) {
    (void)state;
    struct keyfile *keys = fresh(), *read = NULL;
    struct bytes_buffer file = wrapped(keys);
    check_fault(keyfile_decode(&read, bytes_buffer_view(&file), "een zin van vijf woordem"),
                FAULT_PASSPHRASE);
    assert_null(read);
    check_fault(keyfile_decode(&read, bytes_buffer_view(&file), ""), FAULT_PASSPHRASE);
    bytes_buffer_release(&file);
    keyfile_free(keys);
}

static void must_name_the_damage(struct bytes damaged, size_t bit, void *context) {
    struct keyfile *read = NULL;
    (void)context;
    enum fault expected = bit < 64 ? FAULT_MAGIC : bit < 80 ? FAULT_VERSION : FAULT_CHECKSUM;
    check_fault(keyfile_decode(&read, damaged, passphrase), expected);
    assert_null(read);
}

static void must_name_the_size(struct bytes damaged, size_t bit, void *context) {
    struct keyfile *read = NULL;
    (void)bit;
    (void)context;
    check_fault(keyfile_decode(&read, damaged, passphrase),
                damaged.size < KEYFILE_BYTES ? FAULT_TRUNCATED : FAULT_TRAILING);
}

static void every_bit_and_every_length_is_protected(void **state) {
    (void)state;
    struct keyfile *keys = fresh();
    struct bytes_buffer file = wrapped(keys);
    bits_flip_each(bytes_buffer_view(&file), must_name_the_damage, NULL);
    bits_resize_each(bytes_buffer_view(&file), must_name_the_size, NULL);
    bytes_buffer_release(&file);
    keyfile_free(keys);
}

/* What somebody does who knows the format: the checksum is right again. */
static void put_checksum(struct bytes_buffer *file) {
    digest_make(file->data + file->size - DIGEST_BYTES, DIGEST_SECRET_KEYS,
                (struct bytes){file->data, file->size - DIGEST_BYTES});
}

static void check_forged(size_t at, uint8_t mask, enum fault expected) {
    struct keyfile *keys = fresh(), *read = NULL;
    struct bytes_buffer file = wrapped(keys);
    file.data[at] ^= mask;
    put_checksum(&file);
    if (expected == FAULT_LIMIT) { /* before any memory is asked for */
        struct keyfile_header header;
        check_fault(keyfile_header_decode(&header, bytes_buffer_view(&file)), expected);
    }
    check_fault(keyfile_decode(&read, bytes_buffer_view(&file), passphrase), expected);
    assert_null(read);
    bytes_buffer_release(&file);
    keyfile_free(keys);
}

static void a_forged_header_does_not_open(void **state) {
    (void)state;
    check_forged(SALT_AT, 1, FAULT_PASSPHRASE);
    check_forged(NONCE_AT, 1, FAULT_PASSPHRASE);
    check_forged(PASSES_AT, 1, FAULT_PASSPHRASE); /* 3 passes for 2 */
    check_forged(MEMORY_AT + 3, 1, FAULT_LIMIT);  /* 16 GiB: refused before it is asked for */
    check_forged(MEMORY_AT + 2, 1, FAULT_LIMIT);  /* next to nothing */
    check_forged(PASSES_AT + 3, 128, FAULT_LIMIT);
    check_forged(PASSES_AT, 3, FAULT_LIMIT); /* 1 pass */
    check_forged(KDF_AT, 3, FAULT_LIMIT);
    check_forged(KEYFILE_HEADER_BYTES, 1, FAULT_PASSPHRASE);
    check_forged(KEYFILE_BYTES - DIGEST_BYTES - 1, 1, FAULT_PASSPHRASE);
}

/* The one part of the header that does not change the key: only the associated data protects it. */
static void another_holders_name_tag_on_the_file_is_noticed(void **state) {
    (void)state;
    struct keyfile *keys = fresh(), *other = fresh(), *read = NULL;
    struct bytes_buffer file = wrapped(keys);
    memcpy(file.data + KEY_AT, other->sign_key, 32);
    put_checksum(&file);
    check_fault(keyfile_decode(&read, bytes_buffer_view(&file), passphrase), FAULT_PASSPHRASE);
    memset(file.data + KEY_AT, 0, 32);
    put_checksum(&file);
    check_fault(keyfile_decode(&read, bytes_buffer_view(&file), passphrase), FAULT_KEY_INVALID);
    bytes_buffer_release(&file);
    keyfile_free(other);
    keyfile_free(keys);
}

struct plain {
    uint8_t bytes[KEYFILE_PLAIN_BYTES];
    struct keyfile keys;
};

/* Three entries: bound, destroyed, next. Made once: wrapping is slow on purpose. */
static struct plain *plain_new(void) {
    static uint8_t made[KEYFILE_PLAIN_BYTES];
    void *memory = NULL;
    check_fault(secret_new(&memory, sizeof(struct plain)), FAULT_NONE);
    struct plain *plain = memory;
    if (!made[NAME_AT]) {
        struct keyfile *keys = fresh();
        uint8_t one[32] = {1}, two[32] = {2};
        check_fault(keyfile_bind(keys, &keys->entry[0], one, false), FAULT_NONE);
        check_fault(keyfile_add(keys, NULL), FAULT_NONE);
        keyfile_destroy(&keys->entry[1], two);
        check_fault(keyfile_add(keys, NULL), FAULT_NONE);
        keyfile_plain_encode(made, keys);
        keyfile_free(keys);
    }
    memcpy(plain->bytes, made, sizeof made);
    return plain;
}

static uint8_t *entry(struct plain *plain, size_t number) {
    return plain->bytes + ENTRY_AT + number * KEYFILE_ENTRY_BYTES;
}

enum { STATE = 0, ROUND = 1, PUBLIC = 33, SECRET = 65 };

static void the_content_is_written_in_one_way(void **state) {
    (void)state;
    struct plain *plain = plain_new();
    uint8_t again[KEYFILE_PLAIN_BYTES];
    check_fault(keyfile_plain_decode(&plain->keys, plain->bytes), FAULT_NONE);
    keyfile_plain_encode(again, &plain->keys);
    assert_memory_equal(again, plain->bytes, sizeof again);
    secret_free(plain);
}

/* One defect each. */
static void defect(size_t number, size_t at, uint8_t value, enum fault expected) {
    struct plain *plain = plain_new();
    entry(plain, number)[at] = value;
    check_fault(keyfile_plain_decode(&plain->keys, plain->bytes), expected);
    secret_free(plain);
}

static void defect_at(size_t at, uint8_t value, enum fault expected) {
    struct plain *plain = plain_new();
    plain->bytes[at] = value;
    check_fault(keyfile_plain_decode(&plain->keys, plain->bytes), expected);
    secret_free(plain);
}

static void each_defect_of_the_content_has_its_fault(void **state) {
    (void)state;
    defect_at(NAME_AT, 0, FAULT_LIMIT);
    defect_at(NAME_AT, '\n', FAULT_TEXT);
    defect_at(NAME_AT + 1, 0xff, FAULT_TEXT);
    defect_at(NAME_AT + 40, 'x', FAULT_NOT_CANONICAL);
    defect_at(COUNT_AT, 65, FAULT_LIMIT);
    defect_at(COUNT_AT + 1, 1, FAULT_LIMIT);
    defect_at(COUNT_AT, 2, FAULT_NOT_CANONICAL); /* the third entry lies where zeros must be */
    defect_at(COUNT_AT, 4, FAULT_LIMIT);         /* a fourth one without a state */
    defect_at(KEYFILE_PLAIN_BYTES - 1, 1, FAULT_NOT_CANONICAL);
    defect(0, STATE, 0, FAULT_LIMIT);
    defect(0, STATE, 5, FAULT_LIMIT);
    defect(0, STATE, KEYFILE_NEXT, FAULT_NOT_CANONICAL);
    defect(0, STATE, KEYFILE_DESTROYED, FAULT_NOT_CANONICAL);
    defect(0, ROUND, 0, FAULT_NOT_CANONICAL);  /* bound to nothing */
    defect(1, SECRET, 1, FAULT_NOT_CANONICAL); /* destroyed, and yet something is left */
    defect(1, ROUND, 1, FAULT_NOT_CANONICAL);  /* two keys of one round */
    defect(2, ROUND, 1, FAULT_NOT_CANONICAL);  /* free, and yet of a round */
}

static void swapped_halves_are_refused(void **state) {
    (void)state;
    struct plain *plain = plain_new();
    uint8_t half[32];
    memcpy(half, entry(plain, 0) + SECRET, 32);
    memcpy(entry(plain, 0) + SECRET, entry(plain, 2) + SECRET, 32);
    memcpy(entry(plain, 2) + SECRET, half, 32);
    check_fault(keyfile_plain_decode(&plain->keys, plain->bytes), FAULT_KEY_INVALID);
    secret_free(plain);
}

static void the_same_key_twice_is_refused(void **state) {
    (void)state;
    struct plain *plain = plain_new();
    memcpy(entry(plain, 2) + PUBLIC, entry(plain, 0) + PUBLIC, 64);
    check_fault(keyfile_plain_decode(&plain->keys, plain->bytes), FAULT_NOT_CANONICAL);
    secret_free(plain);
}

static void a_round_key_belongs_to_one_round_for_ever(void **state) {
    (void)state;
    struct keyfile *keys = fresh();
    uint8_t one[32] = {1}, two[32] = {2};
    struct keyfile_entry *first = keyfile_next(keys);
    check_fault(keyfile_add(keys, NULL), FAULT_KEY_USED);
    check_fault(keyfile_bind(keys, first, one, false), FAULT_NONE);
    check_fault(keyfile_bind(keys, first, one, false), FAULT_NONE);
    check_fault(keyfile_bind(keys, first, two, false), FAULT_KEY_USED);
    check_fault(keyfile_bind(keys, first, two, true), FAULT_KEY_USED);
    check_fault(keyfile_add(keys, NULL), FAULT_NONE);
    check_fault(keyfile_bind(keys, keyfile_next(keys), one, true), FAULT_KEY_USED);
    assert_memory_not_equal(keyfile_next(keys)->secret_key, first->secret_key, 32);
    keyfile_destroy(first, one);
    assert_true(sodium_is_zero(first->secret_key, 32));
    check_fault(keyfile_bind(keys, first, one, true), FAULT_KEY_DESTROYED);
    assert_ptr_equal(keyfile_for_round(keys, one), first);
    keyfile_free(keys);
}

static void a_restored_key_serves_only_a_round_that_was_signed_with_it(void **state) {
    (void)state;
    struct keyfile *keys = fresh();
    uint8_t one[32] = {1}, two[32] = {2}, secret[32] = {7};
    check_fault(keyfile_bind(keys, keyfile_next(keys), one, false), FAULT_NONE);
    check_fault(keyfile_add(keys, secret), FAULT_NONE);
    struct keyfile_entry *restored = keyfile_latest(keys);
    check_fault(keyfile_bind(keys, restored, two, false), FAULT_KEY_USED);
    check_fault(keyfile_bind(keys, restored, two, true), FAULT_NONE);
    assert_int_equal(restored->state, KEYFILE_BOUND);
    keyfile_free(keys);
}

static void a_full_folder_says_so(void **state) {
    (void)state;
    struct keyfile *keys = fresh();
    for (int i = 1; i < KEYFILE_ENTRIES; i++) {
        uint8_t round[32] = {(uint8_t)i};
        check_fault(keyfile_bind(keys, keyfile_next(keys), round, false), FAULT_NONE);
        check_fault(keyfile_add(keys, NULL), FAULT_NONE);
    }
    uint8_t last[32] = {255};
    check_fault(keyfile_bind(keys, keyfile_next(keys), last, false), FAULT_NONE);
    check_fault(keyfile_add(keys, NULL), FAULT_LIMIT);
    keyfile_free(keys);
}

static void a_name_must_be_a_name(void **state) {
    (void)state;
    struct keyfile *keys = NULL;
    char name[HOLDER_NAME_SIZE + 1];
    memset(name, 'a', sizeof name);
    name[HOLDER_NAME_SIZE] = '\0';
    check_fault(keyfile_new(&keys, name, NULL, KEYFILE_INTERACTIVE, passphrase), FAULT_LIMIT);
    check_fault(keyfile_new(&keys, "", NULL, KEYFILE_INTERACTIVE, passphrase), FAULT_LIMIT);
    check_fault(keyfile_new(&keys, "a\nb", NULL, KEYFILE_INTERACTIVE, passphrase), FAULT_TEXT);
    assert_null(keys);
}

/* A file of an earlier build: "vector" is the holder, its key is bound to round 01 02 … 20. */
static void a_file_from_before_still_opens(void **state) {
    (void)state;
    struct bytes_buffer file = {0};
    struct keyfile *keys = NULL;
    uint8_t round[32], seed[32];
    for (uint8_t i = 0; i < 32; i++) {
        round[i] = (uint8_t)(i + 1);
        seed[i] = (uint8_t)(0x80 + i);
    }
    check_fault(file_read(&file, TEST_SOURCE_FOLDER "/tests/vectors/keyfile/valid.kls", KEYFILE_BYTES),
                FAULT_NONE);
    check_fault(keyfile_decode(&keys, bytes_buffer_view(&file), "correct horse battery"), FAULT_NONE);
    assert_string_equal(keys->name, "vector");
    assert_memory_equal(keys->seed, seed, 32);
    assert_int_equal(keys->count, 2);
    assert_int_equal(keyfile_for_round(keys, round)->state, KEYFILE_BOUND);
    assert_int_equal(keys->entry[1].state, KEYFILE_NEXT);
    bytes_buffer_release(&file);
    keyfile_free(keys);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_wrapped_opens_with_the_passphrase),
        cmocka_unit_test(nothing_secret_lies_in_the_file_and_no_two_files_are_alike),
        cmocka_unit_test(a_wrong_passphrase_is_not_called_damage),
        cmocka_unit_test(every_bit_and_every_length_is_protected),
        cmocka_unit_test(a_forged_header_does_not_open),
        cmocka_unit_test(another_holders_name_tag_on_the_file_is_noticed),
        cmocka_unit_test(the_content_is_written_in_one_way),
        cmocka_unit_test(each_defect_of_the_content_has_its_fault),
        cmocka_unit_test(swapped_halves_are_refused),
        cmocka_unit_test(the_same_key_twice_is_refused),
        cmocka_unit_test(a_round_key_belongs_to_one_round_for_ever),
        cmocka_unit_test(a_restored_key_serves_only_a_round_that_was_signed_with_it),
        cmocka_unit_test(a_full_folder_says_so),
        cmocka_unit_test(a_name_must_be_a_name),
        cmocka_unit_test(a_file_from_before_still_opens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
