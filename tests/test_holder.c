/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "bits.h"
#include "core/holder.h"
#include "sample_round.h"

static struct holder sample(uint8_t secret_key[64]) {
    struct holder holder = {.name = "vertrouwenspersoon"};
    uint8_t box_secret[32];
    sample_sign_key(holder.sign_key, secret_key, 1);
    sample_box_key(holder.box_key, box_secret, 1);
    return holder;
}

static struct bytes_buffer file(void) {
    uint8_t secret_key[64];
    struct holder holder = sample(secret_key);
    struct bytes_buffer out = {0};
    check_fault(holder_encode(&out, &holder, secret_key), FAULT_NONE);
    return out;
}

static void what_was_written_is_read_back(void **state) {
    (void)state;
    uint8_t secret_key[64];
    struct holder written = sample(secret_key);
    struct bytes_buffer out = file();
    struct holder read;
    check_fault(holder_decode(&read, bytes_buffer_view(&out)), FAULT_NONE);
    assert_string_equal(read.name, written.name);
    assert_memory_equal(read.sign_key, written.sign_key, 32);
    assert_memory_equal(read.box_key, written.box_key, 32);
    assert_int_equal(out.size, 8 + 2 + 2 + 18 + 32 + 32 + 64);
    bytes_buffer_release(&out);
}

static void must_fail(struct bytes damaged, size_t bit, void *context) {
    struct holder holder;
    (void)context;
    if (holder_decode(&holder, damaged) == FAULT_NONE) {
        fail_msg("bit %zu of %zu bytes is not protected", bit, damaged.size);
    }
    assert_int_equal(holder.name[0], '\0');
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
    struct holder holder = sample(secret_key);
    check_fault(holder_encode(&out, &holder, other), FAULT_KEY_WRONG);
    holder.name[3] = '\n';
    check_fault(holder_encode(&out, &holder, secret_key), FAULT_TEXT);
    holder.name[0] = '\0';
    check_fault(holder_encode(&out, &holder, secret_key), FAULT_LIMIT);
    memset(holder.name, 'a', sizeof holder.name);
    check_fault(holder_encode(&out, &holder, secret_key), FAULT_LIMIT);
    holder = sample(secret_key);
    memset(holder.box_key, 0, sizeof holder.box_key);
    check_fault(holder_encode(&out, &holder, secret_key), FAULT_KEY_INVALID);
    assert_int_equal(out.size, 0);
}

static void a_box_key_under_another_name_is_noticed(void **state) {
    (void)state;
    struct bytes_buffer out = file();
    struct holder holder;
    uint8_t secret[32];
    sample_box_key(out.data + out.size - 64 - 32, secret, 2);
    check_fault(holder_decode(&holder, bytes_buffer_view(&out)), FAULT_SIGNATURE);
    bytes_buffer_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(every_bit_is_protected),
        cmocka_unit_test(nothing_bad_is_written),
        cmocka_unit_test(a_box_key_under_another_name_is_noticed),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests_name("holder", tests, NULL, NULL);
}
