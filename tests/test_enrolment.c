/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "bits.h"
#include "core/enrolment.h"
#include "sample_round.h"

static struct enrolment sample(uint8_t secret_key[64]) {
    struct enrolment enrolment = {.label = "laptop 07"};
    sample_sign_key(enrolment.key, secret_key, 1);
    return enrolment;
}

static struct bytes_buffer file(void) {
    uint8_t secret_key[64];
    struct enrolment enrolment = sample(secret_key);
    struct bytes_buffer out = {0};
    check_fault(enrolment_encode(&out, &enrolment, secret_key), FAULT_NONE);
    return out;
}

static void what_was_written_is_read_back(void **state) {
    (void)state;
    uint8_t secret_key[64];
    struct enrolment written = sample(secret_key);
    struct bytes_buffer out = file();
    struct enrolment read;
    check_fault(enrolment_decode(&read, bytes_buffer_view(&out)), FAULT_NONE);
    assert_string_equal(read.label, written.label);
    assert_memory_equal(read.key, written.key, 32);
    assert_int_equal(out.size, 8 + 2 + 2 + 9 + 32 + 64);
    bytes_buffer_release(&out);
}

static void must_fail(struct bytes damaged, size_t bit, void *context) {
    struct enrolment enrolment;
    (void)context;
    if (enrolment_decode(&enrolment, damaged) == FAULT_NONE) {
        fail_msg("bit %zu of %zu bytes is not protected", bit, damaged.size);
    }
    assert_int_equal(enrolment.label[0], '\0');
}

static void every_bit_is_protected(void **state) {
    (void)state;
    struct bytes_buffer out = file();
    bits_flip_each(bytes_buffer_view(&out), must_fail, NULL);
    bits_resize_each(bytes_buffer_view(&out), must_fail, NULL);
    bytes_buffer_release(&out);
}

static void nothing_bad_is_written(void **state) {
    (void)state;
    uint8_t secret_key[64], other[64], public_key[32];
    struct bytes_buffer out = {0};
    sample_sign_key(public_key, other, 7);
    struct enrolment enrolment = sample(secret_key);
    check_fault(enrolment_encode(&out, &enrolment, other), FAULT_KEY_WRONG);
    enrolment.label[3] = '\n';
    check_fault(enrolment_encode(&out, &enrolment, secret_key), FAULT_TEXT);
    enrolment.label[0] = '\0';
    check_fault(enrolment_encode(&out, &enrolment, secret_key), FAULT_LIMIT);
    memset(enrolment.label, 'a', sizeof enrolment.label);
    check_fault(enrolment_encode(&out, &enrolment, secret_key), FAULT_LIMIT);
    enrolment = sample(secret_key);
    memset(enrolment.key, 0, sizeof enrolment.key);
    check_fault(enrolment_encode(&out, &enrolment, secret_key), FAULT_KEY_INVALID);
    assert_int_equal(out.size, 0);
}

static void another_kiosks_key_is_noticed(void **state) {
    (void)state;
    struct bytes_buffer out = file();
    struct enrolment enrolment;
    uint8_t secret[64];
    sample_sign_key(out.data + out.size - 64 - 32, secret, 2);
    check_fault(enrolment_decode(&enrolment, bytes_buffer_view(&out)), FAULT_SIGNATURE);
    bytes_buffer_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(every_bit_is_protected),
        cmocka_unit_test(nothing_bad_is_written),
        cmocka_unit_test(another_kiosks_key_is_noticed),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests_name("enrolment", tests, NULL, NULL);
}
