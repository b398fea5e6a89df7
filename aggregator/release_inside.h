/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RELEASE_INSIDE_H
#define RELEASE_INSIDE_H

#include "aggregator/release.h"

/*
 * How a release comes into being. Included by release.c, release_codec.c and disclosure.c and by nothing else
 * (tests/test_release.c checks it): whoever wants a report must go through disclosure control.
 */

struct release {
    struct release_content content;
    uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint8_t digest[DIGEST_BYTES];
    struct bytes_buffer file;
};

/*
 * Reads a whole signed file into a zeroed release, `file` excepted. Faults of release_decode. For release.c.
 */
enum fault release_take(struct release *release, struct bytes content) FAULT_MUST_CHECK;

/*
 * Encodes and signs. Takes what `content` owns over, also on failure, and empties it. The result is the same
 * bytes for the same content and key. FAULT_KEY_WRONG, FAULT_LIMIT, FAULT_RECORD_ORDER, FAULT_TEXT,
 * FAULT_MEMORY.
 */
enum fault release_new(struct release **out, struct release_content *content,
                       const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES],
                       const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;
/*
 * The same of the part of `content` that is told at `finest` and above, not finer than
 * release_finest(content); `content` stays as it is, the caller's.
 */
enum fault release_new_at(struct release **out, const struct release_content *content,
                          enum release_level finest, const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES],
                          const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;
/* Fills instrument, period, choices, items and scales from the round. FAULT_MEMORY. */
enum fault release_fill_origin(struct release_content *content, const struct round *round) FAULT_MUST_CHECK;
void release_content_release(struct release_content *content); /* accepts zeroed or released ones */

#endif
