/* SPDX-License-Identifier: Apache-2.0 */
#include "digest.h"

#include <string.h>

/* 16 characters each, the rest zero; the last row signs. */
static const char labels[DIGEST_LABEL_COUNT + 1][DIGEST_LABEL_BYTES + 1] = {
    [DIGEST_QUESTIONNAIRE] = "kb1/questionnair",
    [DIGEST_LAYOUT] = "kb1/layout",
    [DIGEST_ROUND] = "kb1/round",
    [DIGEST_RECORD] = "kb1/record",
    [DIGEST_BUNDLE] = "kb1/bundle",
    [DIGEST_CLOSING] = "kb1/closing-list",
    [DIGEST_BATCH] = "kb1/batch",
    [DIGEST_PREPARE] = "kb1/prepare",
    [DIGEST_AGGREGATE] = "kb1/aggregate",
    [DIGEST_LEDGER] = "kb1/ledger",
    [DIGEST_RELEASE] = "kb1/release",
    [DIGEST_HOLDER] = "kb1/key-holder",
    [DIGEST_ENROLMENT] = "kb1/enrolment",
    [DIGEST_FINGERPRINT] = "kb1/fingerprint",
    [DIGEST_CHECK_CODE] = "kb1/check-code",
    [DIGEST_RECOVERY] = "kb1/recovery",
    [DIGEST_SECRET_KEYS] = "kb1/secret-keys",
    [DIGEST_BALLOT_BOX] = "kb1/ballot-box",
    [DIGEST_ITEM] = "kb1/item",
    [DIGEST_SCALE] = "kb1/scale",
    [DIGEST_RECEIPT] = "kb1/receipt",
    [DIGEST_SIZES] = "kb1/sizes",
    [DIGEST_LABEL_COUNT] = "kb1/signature",
};

const uint8_t *digest_label_bytes(enum digest_label label) {
    return (const uint8_t *)labels[label];
}

void digest_begin(struct digest_state *state, enum digest_label label) {
    crypto_generichash_blake2b_init_salt_personal(&state->state, NULL, 0, DIGEST_BYTES, NULL,
                                                  digest_label_bytes(label));
}

void digest_add(struct digest_state *state, const void *data, size_t size) {
    if (size) {
        crypto_generichash_blake2b_update(&state->state, data, size);
    }
}

void digest_end(struct digest_state *state, uint8_t out[DIGEST_BYTES]) {
    crypto_generichash_blake2b_final(&state->state, out, DIGEST_BYTES);
}

void digest_make(uint8_t out[DIGEST_BYTES], enum digest_label label, struct bytes content) {
    struct digest_state state;
    digest_begin(&state, label);
    digest_add(&state, content.data, content.size);
    digest_end(&state, out);
}

enum { SIGNED_BYTES = 2 * DIGEST_LABEL_BYTES + DIGEST_BYTES };

static void signed_message(uint8_t out[SIGNED_BYTES], enum digest_label label,
                           const uint8_t digest[DIGEST_BYTES]) {
    memcpy(out, digest_label_bytes(DIGEST_LABEL_COUNT), DIGEST_LABEL_BYTES);
    memcpy(out + DIGEST_LABEL_BYTES, digest_label_bytes(label), DIGEST_LABEL_BYTES);
    memcpy(out + DIGEST_LABEL_BYTES + DIGEST_LABEL_BYTES, digest, DIGEST_BYTES);
}

void digest_sign(uint8_t signature[DIGEST_SIGNATURE_BYTES], enum digest_label label,
                 const uint8_t digest[DIGEST_BYTES], const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    uint8_t message[SIGNED_BYTES];
    signed_message(message, label, digest);
    crypto_sign_ed25519_detached(signature, NULL, message, sizeof message, secret_key);
}

enum fault digest_verify(const uint8_t signature[DIGEST_SIGNATURE_BYTES], enum digest_label label,
                         const uint8_t digest[DIGEST_BYTES],
                         const uint8_t public_key[DIGEST_SIGN_PUBLIC_BYTES]) {
    uint8_t message[SIGNED_BYTES];
    signed_message(message, label, digest);
    int bad = crypto_sign_ed25519_verify_detached(signature, message, sizeof message, public_key);
    return bad ? FAULT_SIGNATURE : FAULT_NONE;
}

enum fault digest_put_signed(struct bytes_buffer *out, enum digest_label label, struct bytes body,
                             const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    uint8_t digest[DIGEST_BYTES];
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    digest_make(digest, label, body);
    digest_sign(signature, label, digest, secret_key);
    bytes_put(out, body.data, body.size);
    bytes_put(out, signature, sizeof signature);
    return out->fault;
}

enum fault digest_take_signature(uint8_t digest[DIGEST_BYTES], uint8_t signature[DIGEST_SIGNATURE_BYTES],
                                 struct bytes_reader *in, enum digest_label label) {
    digest_make(digest, label, (struct bytes){in->data, in->at});
    bytes_take(in, signature, DIGEST_SIGNATURE_BYTES);
    return bytes_finish(in);
}

const char digest_base32_alphabet[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void digest_base32(char *out, const uint8_t *data, size_t characters) {
    size_t used = 0;
    for (size_t i = 0; i < characters; i++) {
        size_t bit = 5 * i;
        unsigned pair = (unsigned)data[bit / 8] << 8 | data[bit / 8 + 1];
        if (i && i % 4 == 0) {
            out[used++] = '-';
        }
        out[used++] = digest_base32_alphabet[pair >> (11 - bit % 8) & 31u];
    }
    out[used] = '\0';
}

static void code_of(char out[DIGEST_CODE_SIZE], enum digest_label label, const uint8_t content[32],
                    size_t characters) {
    uint8_t digest[DIGEST_BYTES];
    digest_make(digest, label, (struct bytes){content, 32});
    digest_base32(out, digest, characters);
}

void digest_fingerprint(char out[DIGEST_CODE_SIZE], const uint8_t public_key[32]) {
    code_of(out, DIGEST_FINGERPRINT, public_key, 16);
}

void digest_check_code(char out[DIGEST_CODE_SIZE], const uint8_t bundle_digest[DIGEST_BYTES]) {
    code_of(out, DIGEST_CHECK_CODE, bundle_digest, 12);
}

void digest_hex(char *out, const uint8_t *data, size_t size) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        out[2 * i] = digits[data[i] >> 4];
        out[2 * i + 1] = digits[data[i] & 15];
    }
    out[2 * size] = '\0';
}
