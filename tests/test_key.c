/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <string.h>

#include "core/key.h"
#include "sample_round.h"

static void real_keys_pass(void **state) {
    (void)state;
    uint8_t public_key[32];
    uint8_t secret_key[64];
    for (uint32_t i = 0; i < 200; i++) {
        sample_sign_key(public_key, secret_key, i);
        check_fault(key_check_sign(public_key), FAULT_NONE);
        check_fault(key_check_pair(secret_key, public_key), FAULT_NONE);
        sample_box_key(public_key, secret_key, i);
        check_fault(key_check_box(public_key), FAULT_NONE);
    }
}

/* The little-endian u-coordinates of order 1, 2, 4, 8 (RFC 7748 curve and its twist). */
static const uint8_t low_order[5][32] = {
    {0},
    {1},
    {0xE0, 0xEB, 0x7A, 0x7C, 0x3B, 0x41, 0xB8, 0xAE, 0x16, 0x56, 0xE3, 0xFA, 0xF1, 0x9F, 0xC4, 0x6A,
     0xDA, 0x09, 0x8D, 0xEB, 0x9C, 0x32, 0xB1, 0xFD, 0x86, 0x62, 0x05, 0x16, 0x5F, 0x49, 0xB8, 0x00},
    {0x5F, 0x9C, 0x95, 0xBC, 0xA3, 0x50, 0x8C, 0x24, 0xB1, 0xD0, 0xB1, 0x55, 0x9C, 0x83, 0xEF, 0x5B,
     0x04, 0x44, 0x5C, 0xC4, 0x58, 0x1C, 0x8E, 0x86, 0xD8, 0x22, 0x4E, 0xDD, 0xD0, 0x9F, 0x11, 0x57},
    {0xEC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
     0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F}};

static void box_keys_of_low_order_are_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        check_fault(key_check_box(low_order[i]), FAULT_KEY_INVALID);
    }
}

static void box_keys_have_one_spelling(void **state) {
    (void)state;
    uint8_t key[32];
    uint8_t secret[32];
    sample_box_key(key, secret, 1);
    key[31] |= 0x80;
    check_fault(key_check_box(key), FAULT_KEY_INVALID);
    /* 2^255 - 19 + 9 means 9, the base point. */
    memset(key, 0xFF, sizeof key);
    key[0] = 0xF6;
    key[31] = 0x7F;
    check_fault(key_check_box(key), FAULT_KEY_INVALID);
    /* 2^255 - 19 - 3 is reduced, and no low order. */
    key[0] = 0xEA;
    check_fault(key_check_box(key), FAULT_NONE);
    key[0] = 9;
    memset(key + 1, 0, 31);
    check_fault(key_check_box(key), FAULT_NONE);
}

/* Ed25519's identity, and the point of order two (y = -1). */
static void sign_keys_of_low_order_are_refused(void **state) {
    (void)state;
    uint8_t key[32] = {1};
    check_fault(key_check_sign(key), FAULT_KEY_INVALID);
    check_fault(key_check_sign(low_order[4]), FAULT_KEY_INVALID);
    memset(key, 0, sizeof key);
    check_fault(key_check_sign(key), FAULT_KEY_INVALID);
}

static void a_sign_key_off_the_main_subgroup_is_refused(void **state) {
    (void)state;
    uint8_t key[32];
    uint8_t secret[64];
    uint8_t mixed[32];
    sample_sign_key(key, secret, 5);
    assert_int_equal(crypto_core_ed25519_add(mixed, key, low_order[4]), 0);
    check_fault(key_check_sign(mixed), FAULT_KEY_INVALID);
}

static void a_secret_key_made_of_two_halves_is_refused(void **state) {
    (void)state;
    uint8_t public_a[32], public_b[32], secret_a[64], secret_b[64];
    sample_sign_key(public_a, secret_a, 1);
    sample_sign_key(public_b, secret_b, 2);
    check_fault(key_check_pair(secret_a, public_b), FAULT_KEY_WRONG);
    memcpy(secret_a + 32, public_b, 32);
    check_fault(key_check_pair(secret_a, public_a), FAULT_KEY_WRONG);
    check_fault(key_check_pair(secret_a, public_b), FAULT_KEY_WRONG);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_keys_pass),
        cmocka_unit_test(box_keys_of_low_order_are_refused),
        cmocka_unit_test(box_keys_have_one_spelling),
        cmocka_unit_test(sign_keys_of_low_order_are_refused),
        cmocka_unit_test(a_sign_key_off_the_main_subgroup_is_refused),
        cmocka_unit_test(a_secret_key_made_of_two_halves_is_refused),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests_name("key", tests, NULL, NULL);
}
