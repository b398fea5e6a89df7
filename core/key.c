/* SPDX-License-Identifier: Apache-2.0 */
#include "key.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

enum fault key_check_sign(const uint8_t key[32]) {
    return crypto_core_ed25519_is_valid_point(key) ? FAULT_NONE : FAULT_KEY_INVALID;
}

/* 2^255 - 19 and above, with the top bit clear, are ed ff .. ff 7f to ff ff .. ff 7f. */
static bool is_reduced(const uint8_t key[32]) {
    if (key[31] != 0x7F) {
        return key[31] < 0x7F;
    }
    for (size_t i = 30; i >= 1; i--) {
        if (key[i] != 0xFF) {
            return true;
        }
    }
    return key[0] < 0xED;
}

enum fault key_check_box(const uint8_t key[32]) {
    /*
     * Every X25519 scalar is a multiple of the cofactor, so any one of them sends points of low order to
     * zero, which fails.
     */
    static const uint8_t scalar[32] = {8, [31] = 64};
    uint8_t product[32];
    if (!is_reduced(key) || crypto_scalarmult_curve25519(product, scalar, key) != 0) {
        return FAULT_KEY_INVALID;
    }
    return FAULT_NONE;
}

enum fault key_check_pair(const uint8_t secret[64], const uint8_t public_key[32]) {
    uint8_t derived_public[32];
    uint8_t derived_secret[64];
    crypto_sign_ed25519_seed_keypair(derived_public, derived_secret, secret);
    bool same = sodium_memcmp(derived_secret, secret, sizeof derived_secret) == 0;
    sodium_memzero(derived_secret, sizeof derived_secret);
    return same && memcmp(derived_public, public_key, sizeof derived_public) == 0 ? FAULT_NONE
                                                                                  : FAULT_KEY_WRONG;
}
