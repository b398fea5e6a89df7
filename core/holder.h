/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HOLDER_H
#define HOLDER_H

#include "digest.h"

/*
 * A key holder's public file: who she is and the keys that a round needs from her (docs/format.md, "Key
 * holder"). Signed by the identity itself, so that a damaged file or a box key put under someone else's name
 * is noticed.
 */

enum { HOLDER_VERSION = 1, HOLDER_NAME_SIZE = 49, HOLDER_BYTES_LIMIT = 4096 };

struct holder {
    char name[HOLDER_NAME_SIZE]; /* a role, not a person */
    uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint8_t box_key[32]; /* for the next round */
};

/*
 * FAULT_LIMIT (empty or too long name), FAULT_TEXT, FAULT_KEY_WRONG (the secret key is not sign_key's),
 * FAULT_MEMORY.
 */
enum fault holder_encode(struct bytes_buffer *out, const struct holder *holder,
                         const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;
/* MAGIC, VERSION, TRUNCATED, LIMIT, TEXT, TRAILING, KEY_INVALID (not a point, or of low order), SIGNATURE. */
enum fault holder_decode(struct holder *out, struct bytes content) FAULT_MUST_CHECK;

#endif
