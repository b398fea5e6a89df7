/* SPDX-License-Identifier: Apache-2.0 */
#include "closing.h"

#include <stdlib.h>

#include "key.h"

struct closing *closing_new(void) {
    return calloc(1, sizeof(struct closing));
}

struct closing *closing_free(struct closing *closing) {
    if (closing) {
        free(closing->bundle);
        free(closing->record);
        bytes_buffer_release(&closing->body);
        free(closing);
    }
    return NULL;
}

enum fault closing_sign(struct closing *closing, const struct round *round, int holder,
                        const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    if (holder < 0 || holder > 1 || closing->body.size == 0) {
        return FAULT_MISUSE;
    }
    enum fault fault = key_check_pair(secret_key, round->holder[holder].sign_key);
    if (fault) {
        return fault;
    }
    digest_sign(closing->signature[holder], DIGEST_CLOSING, closing->digest, secret_key);
    closing->is_signed[holder] = true;
    return FAULT_NONE;
}

enum fault closing_is_valid(const struct closing *closing) {
    return closing->is_signed[0] && closing->is_signed[1] ? FAULT_NONE : FAULT_SIGNATURE_MISSING;
}
