/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECEIPT_H
#define RECEIPT_H

#include "closing.h"

/*
 * What the two key holders have received and could open: the bundles of one closing list, signed by both
 * after they have prepared the opening (docs/format.md, "Receipt"). A kiosk erases a ballot box only when its
 * bundle is in a receipt that both have signed.
 */

enum { RECEIPT_VERSION = 1, RECEIPT_HEAD_BYTES = 78, RECEIPT_BYTES_LIMIT = 1 << 20 };

struct receipt {
    uint8_t round_digest[DIGEST_BYTES];
    uint8_t closing_digest[DIGEST_BYTES];
    uint32_t bundle_count; /* 1..CLOSING_BUNDLES */
    uint8_t *bundle;       /* bundle_count digests of DIGEST_BYTES, strictly ascending */

    uint8_t digest[DIGEST_BYTES]; /* of all of the above as bytes */
    bool is_signed[2];
    uint8_t signature[2][DIGEST_SIGNATURE_BYTES];
};

/*
 * The receipt of a closing list that both have signed, without signatures of its own. `out` must be zeroed or
 * released. FAULT_SIGNATURE_MISSING (the list is half signed), FAULT_LIMIT (it has no bundle), FAULT_MEMORY.
 */
enum fault receipt_make(struct receipt *out, const struct closing *closing) FAULT_MUST_CHECK;
void receipt_release(struct receipt *receipt); /* accepts zeroed and released ones */

/* Signs as holder 0 or 1. FAULT_ROUND_OTHER; FAULT_KEY_WRONG: not the key that the round names. */
enum fault receipt_sign(struct receipt *receipt, const struct round *round, int holder,
                        const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;

enum fault receipt_encode(struct bytes_buffer *out, const struct receipt *receipt) FAULT_MUST_CHECK;

/*
 * Reads it and checks the signatures that are there. Order: FILE_TOO_LARGE, MAGIC, VERSION, TRUNCATED (head),
 * LIMIT
 * (count), TRUNCATED, FIELD_ORDER or LIMIT (signature block), TRAILING, ROUND_OTHER, RECORD_ORDER, SIGNATURE.
 * `out` must be zeroed or released; released after a fault.
 */
enum fault receipt_decode(struct receipt *out, struct bytes content,
                          const struct round *round) FAULT_MUST_CHECK;

/* FAULT_SIGNATURE_MISSING unless both have signed. */
enum fault receipt_is_valid(const struct receipt *receipt) FAULT_MUST_CHECK;

/* Whether the bundle with this digest has been received. */
bool receipt_has(const struct receipt *receipt, const uint8_t bundle_digest[DIGEST_BYTES]);

#endif
