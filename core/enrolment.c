/* SPDX-License-Identifier: Apache-2.0 */
#include "enrolment.h"

#include "key.h"

static const uint8_t MAGIC[8] = {'K', 'L', 'B', 'e', 'n', 'r', 'o', '\n'};

enum fault enrolment_encode(struct bytes_buffer *out, const struct enrolment *enrolment,
                            const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    struct bytes_buffer body = {0};
    enum fault fault = bytes_check_text(enrolment->label, sizeof enrolment->label, 1, false);
    fault = fault ? fault : key_check_sign(enrolment->key);
    fault = fault ? fault : key_check_pair(secret_key, enrolment->key);
    if (fault) {
        goto done;
    }
    bytes_put(&body, MAGIC, sizeof MAGIC);
    bytes_put_u16(&body, ENROLMENT_VERSION);
    bytes_put_text(&body, enrolment->label);
    bytes_put(&body, enrolment->key, sizeof enrolment->key);
    fault = body.fault;
    fault = fault ? fault : digest_put_signed(out, DIGEST_ENROLMENT, bytes_buffer_view(&body), secret_key);
done:
    bytes_buffer_release(&body);
    return fault;
}

static void take_fields(struct bytes_reader *in, struct enrolment *out) {
    bytes_take_text(in, out->label, sizeof out->label);
    if (!in->fault) {
        in->fault = bytes_check_text(out->label, sizeof out->label, 1, false);
    }
    bytes_take(in, out->key, sizeof out->key);
}

enum fault enrolment_decode(struct enrolment *out, struct bytes content) {
    struct bytes_reader in = bytes_reader_of(content);
    struct enrolment enrolment = {0};
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    uint8_t digest[DIGEST_BYTES];
    *out = enrolment;
    enum fault fault = bytes_take_beginning(&in, MAGIC, ENROLMENT_VERSION, ENROLMENT_BYTES_LIMIT);
    if (fault) {
        return fault;
    }
    take_fields(&in, &enrolment);
    fault = digest_take_signature(digest, signature, &in, DIGEST_ENROLMENT);
    fault = fault ? fault : key_check_sign(enrolment.key);
    fault = fault ? fault : digest_verify(signature, DIGEST_ENROLMENT, digest, enrolment.key);
    if (!fault) {
        *out = enrolment;
    }
    return fault;
}
