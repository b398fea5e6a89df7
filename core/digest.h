/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DIGEST_H
#define DIGEST_H

#include <sodium.h>
#include <stdint.h>

#include "bytes.h"

/*
 * Digests and signatures with domain separation (docs/format.md, "Digests, labels, signatures"). A digest is
 * BLAKE2b-256 with a 16-byte personal label; one label is one purpose. A signature is Ed25519 over 64 bytes:
 * the signature label, the purpose's label and the digest; never over raw files.
 */

enum {
    DIGEST_BYTES = 32,
    DIGEST_LABEL_BYTES = 16,
    DIGEST_SIGNATURE_BYTES = 64,
    DIGEST_SIGN_PUBLIC_BYTES = 32,
    DIGEST_SIGN_SECRET_BYTES = 64,
    DIGEST_CODE_SIZE = 20
};

enum digest_label {
    DIGEST_QUESTIONNAIRE, /* canonical questionnaire */
    DIGEST_LAYOUT,        /* canonical layout */
    DIGEST_ROUND,         /* body of a round */
    DIGEST_RECORD,        /* one contribution in a bundle */
    DIGEST_BUNDLE,        /* header and index of a bundle */
    DIGEST_CLOSING,       /* body of a closing list */
    DIGEST_BATCH,         /* the ids of one batch */
    DIGEST_PREPARE,       /* body of a prepare statement */
    DIGEST_AGGREGATE,     /* body of a sealed aggregate share */
    DIGEST_LEDGER,        /* one ledger entry */
    DIGEST_RELEASE,       /* body of a release */
    DIGEST_HOLDER,        /* body of a key holder's public file */
    DIGEST_ENROLMENT,     /* body of a kiosk's enrolment request */
    DIGEST_FINGERPRINT,   /* a public key, for people to compare */
    DIGEST_CHECK_CODE,    /* a bundle, for people to compare */
    DIGEST_RECOVERY,      /* a line of a recovery sheet */
    DIGEST_SECRET_KEYS,   /* the file of wrapped secret keys, against damage */
    DIGEST_BALLOT_BOX,    /* the head of a kiosk's ballot box */
    DIGEST_ITEM,          /* wording and options of one item, for comparing rounds */
    DIGEST_SCALE,         /* the items and scores of one scale, for comparing rounds */
    DIGEST_RECEIPT,       /* body of a receipt */
    DIGEST_SIZES,         /* body of a sealed sizes file */
    DIGEST_LABEL_COUNT
};

/*
 * The 16 bytes of a label, not zero-terminated. The expansion of shares has its own (core/share.h), distinct
 * from all.
 */
const uint8_t *digest_label_bytes(enum digest_label label);

/* out = BLAKE2b-256(content) with the label as personal string, zero salt, no key. Cannot fail. */
void digest_make(uint8_t out[DIGEST_BYTES], enum digest_label label, struct bytes content);

/* The same over parts. */
struct digest_state {
    crypto_generichash_blake2b_state state;
};
void digest_begin(struct digest_state *state, enum digest_label label);
void digest_add(struct digest_state *state, const void *data, size_t size);
void digest_end(struct digest_state *state, uint8_t out[DIGEST_BYTES]);

/* Signs `digest` for the purpose `label`. `secret_key` is libsodium's 64-byte Ed25519 secret key. */
void digest_sign(uint8_t signature[DIGEST_SIGNATURE_BYTES], enum digest_label label,
                 const uint8_t digest[DIGEST_BYTES], const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]);

/* FAULT_SIGNATURE unless the signature is `public_key`'s over this digest for this purpose. */
enum fault digest_verify(const uint8_t signature[DIGEST_SIGNATURE_BYTES], enum digest_label label,
                         const uint8_t digest[DIGEST_BYTES],
                         const uint8_t public_key[DIGEST_SIGN_PUBLIC_BYTES]) FAULT_MUST_CHECK;

/*
 * How a file with one signer ends. put: `body` and behind it the signature over the body's digest;
 * FAULT_MEMORY. take: the digest of everything read so far, and the signature, which must be the last bytes;
 * faults of bytes_finish. Whose it is, is digest_verify's matter.
 */
enum fault digest_put_signed(struct bytes_buffer *out, enum digest_label label, struct bytes body,
                             const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;
enum fault digest_take_signature(uint8_t digest[DIGEST_BYTES], uint8_t signature[DIGEST_SIGNATURE_BYTES],
                                 struct bytes_reader *in, enum digest_label label) FAULT_MUST_CHECK;

/*
 * A code for people: the first 80 bits (fingerprints) or 60 bits (check codes) of digest(label, content) in
 * Crockford's base 32 (0-9 A-Z without I L O U), in groups of four with hyphens: "7K3M-9QX2-04TB-HW5Z" or
 * "7K3M-9QX2-04TB".
 */
void digest_fingerprint(char out[DIGEST_CODE_SIZE], const uint8_t public_key[32]);
void digest_check_code(char out[DIGEST_CODE_SIZE], const uint8_t bundle_digest[DIGEST_BYTES]);

/*
 * `characters` characters of that base 32, most significant bit first, in groups of four with hyphens,
 * zero-terminated. Reads 5 * characters / 8 + 1 bytes, so `data` has one byte beyond the last whole one.
 * `out` holds characters + (characters - 1) / 4 + 1.
 */
extern const char digest_base32_alphabet[33];
void digest_base32(char *out, const uint8_t *data, size_t characters);

/* Hexadecimal, lower case, zero-terminated; `out` holds 2 * size + 1. */
void digest_hex(char *out, const uint8_t *data, size_t size);

#endif
