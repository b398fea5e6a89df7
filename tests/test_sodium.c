/* SPDX-License-Identifier: Apache-2.0 */
/* What we ask of the installed libsodium, checked by behaviour and not by version number. */
#include "check.h"

#include <sodium.h>
#include <string.h>

/* RFC 8032, section 5.1: y = 4/5. */
static const uint8_t base[32] = {0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
                                 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66};

/* The one point of order two, (0, -1): y = p - 1. */
static const uint8_t order_two[32] = {0xec, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                                      0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f};

/*
 * Their sum. Adding (0, -1) turns (x, y) into (-x, -y): y = p - 4/5 = 1/5 mod p, and the sign bit is set
 * because x of the base point is even and p is odd. Computed apart from libsodium with the addition law of
 * RFC 8032; the same sum times the group order gave the point of order two.
 */
static const uint8_t sum[32] = {0x95, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99,
                                0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99,
                                0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99, 0x99};

static void the_base_point_is_a_valid_point(void **state) {
    (void)state;
    assert_int_equal(crypto_core_ed25519_is_valid_point(base), 1);
}

static void a_point_outside_the_main_subgroup_is_not_valid(void **state) {
    (void)state;
    assert_int_equal(crypto_core_ed25519_is_valid_point(order_two), 0);
    assert_int_equal(crypto_core_ed25519_is_valid_point(sum), 0);
}

static void the_sum_in_this_test_is_the_sum_that_libsodium_computes(void **state) {
    (void)state;
    uint8_t computed[32] = {0};
    assert_int_equal(crypto_core_ed25519_add(computed, base, order_two), 0);
    assert_memory_equal(computed, sum, sizeof sum);
}

static void a_sealed_box_opens_with_its_key_only_and_every_flipped_bit_shows(void **state) {
    (void)state;
    uint8_t public_key[crypto_box_PUBLICKEYBYTES];
    uint8_t secret_key[crypto_box_SECRETKEYBYTES];
    uint8_t other_public[crypto_box_PUBLICKEYBYTES];
    uint8_t other_secret[crypto_box_SECRETKEYBYTES];
    uint8_t sealed[16 + crypto_box_SEALBYTES];
    uint8_t opened[16];
    const uint8_t message[16] = "fifteen letters";
    assert_int_equal(crypto_box_keypair(public_key, secret_key), 0);
    assert_int_equal(crypto_box_keypair(other_public, other_secret), 0);
    assert_int_equal(crypto_box_seal(sealed, message, sizeof message, public_key), 0);
    assert_int_equal(crypto_box_seal_open(opened, sealed, sizeof sealed, public_key, secret_key), 0);
    assert_memory_equal(opened, message, sizeof message);
    assert_int_equal(crypto_box_seal_open(opened, sealed, sizeof sealed, other_public, other_secret), -1);
    for (size_t bit = 0; bit < 8 * sizeof sealed; bit++) {
        sealed[bit / 8] ^= (uint8_t)(1u << bit % 8);
        /* X25519 ignores the top bit of a public key, but the sealed box's nonce does not. */
        assert_int_equal(crypto_box_seal_open(opened, sealed, sizeof sealed, public_key, secret_key), -1);
        sealed[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

static int start(void **state) {
    (void)state;
    return sodium_init() < 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_point_is_a_valid_point),
        cmocka_unit_test(a_point_outside_the_main_subgroup_is_not_valid),
        cmocka_unit_test(the_sum_in_this_test_is_the_sum_that_libsodium_computes),
        cmocka_unit_test(a_sealed_box_opens_with_its_key_only_and_every_flipped_bit_shows),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
