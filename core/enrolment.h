/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ENROLMENT_H
#define ENROLMENT_H

#include "digest.h"

/*
 * A kiosk's request to be put on a round's kiosk list: its label and public signing key, signed by that key
 * (docs/format.md, "Enrolment").
 */

enum { ENROLMENT_VERSION = 1, ENROLMENT_LABEL_SIZE = 49, ENROLMENT_BYTES_LIMIT = 4096 };

struct enrolment {
    char label[ENROLMENT_LABEL_SIZE]; /* "laptop 07", plain text, not empty */
    uint8_t key[DIGEST_SIGN_PUBLIC_BYTES];
};

/* FAULT_LIMIT, FAULT_TEXT, FAULT_KEY_WRONG, FAULT_MEMORY. */
enum fault enrolment_encode(struct bytes_buffer *out, const struct enrolment *enrolment,
                            const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;
/* MAGIC, VERSION, TRUNCATED, LIMIT, TEXT, TRAILING, KEY_INVALID, SIGNATURE. */
enum fault enrolment_decode(struct enrolment *out, struct bytes content) FAULT_MUST_CHECK;

#endif
