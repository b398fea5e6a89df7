/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KEY_H
#define KEY_H

#include "fault.h"

#include <stdint.h>

/* What makes a public key acceptable, said once. */

/*
 * FAULT_KEY_INVALID unless the 32 bytes are a canonical Ed25519 point on the main subgroup
 * (crypto_core_ed25519_is_valid_point).
 */
enum fault key_check_sign(const uint8_t key[32]) FAULT_MUST_CHECK;

/*
 * FAULT_KEY_INVALID when the X25519 key is of low order or not canonical (its top bit is set, or it is 2^255
 * - 19 or more): every shared secret would be known, or the same key could be written twice.
 */
enum fault key_check_box(const uint8_t key[32]) FAULT_MUST_CHECK;

/*
 * FAULT_KEY_WRONG unless `secret` is libsodium's Ed25519 secret key of `public_key`: both its halves. Signing
 * with halves of two keys would give the secret away.
 */
enum fault key_check_pair(const uint8_t secret[64], const uint8_t public_key[32]) FAULT_MUST_CHECK;

#endif
