/* SPDX-License-Identifier: Apache-2.0 */
#include "receipt.h"

#include <stdlib.h>
#include <string.h>

#include "signature_block.h"

static const uint8_t MAGIC[8] = {'K', 'L', 'B', 'r', 'c', 'p', 't', '\n'};

static enum fault put_body(struct bytes_buffer *out, const struct receipt *receipt) {
    bytes_put(out, MAGIC, sizeof MAGIC);
    bytes_put_u16(out, RECEIPT_VERSION);
    bytes_put(out, receipt->round_digest, sizeof receipt->round_digest);
    bytes_put(out, receipt->closing_digest, sizeof receipt->closing_digest);
    bytes_put_u32(out, receipt->bundle_count);
    bytes_put(out, receipt->bundle, (size_t)receipt->bundle_count * DIGEST_BYTES);
    return out->fault;
}

enum fault receipt_make(struct receipt *out, const struct closing *closing) {
    struct bytes_buffer body = {0};
    enum fault fault = closing_is_valid(closing);
    if (!fault && closing->bundle_count == 0) {
        fault = FAULT_LIMIT;
    }
    if (!fault) {
        *out = (struct receipt){.bundle_count = closing->bundle_count};
        memcpy(out->round_digest, closing->round_digest, DIGEST_BYTES);
        memcpy(out->closing_digest, closing->digest, DIGEST_BYTES);
        out->bundle = malloc((size_t)closing->bundle_count * DIGEST_BYTES);
        fault = out->bundle ? FAULT_NONE : FAULT_MEMORY;
    }
    for (uint32_t i = 0; !fault && i < closing->bundle_count; i++) {
        memcpy(out->bundle + (size_t)i * DIGEST_BYTES, closing->bundle[i].digest, DIGEST_BYTES);
    }
    if (!fault) {
        fault = put_body(&body, out);
    }
    if (!fault) {
        digest_make(out->digest, DIGEST_RECEIPT, bytes_buffer_view(&body));
    }
    bytes_buffer_release(&body);
    if (fault) {
        receipt_release(out);
    }
    return fault;
}

void receipt_release(struct receipt *receipt) {
    free(receipt->bundle);
    *receipt = (struct receipt){0};
}

enum fault receipt_sign(struct receipt *receipt, const struct round *round, int holder,
                        const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    uint8_t public_key[DIGEST_SIGN_PUBLIC_BYTES];
    if (memcmp(receipt->round_digest, round->digest, DIGEST_BYTES) != 0) {
        return FAULT_ROUND_OTHER;
    }
    crypto_sign_ed25519_sk_to_pk(public_key, secret_key);
    if (memcmp(public_key, round->holder[holder].sign_key, sizeof public_key) != 0) {
        return FAULT_KEY_WRONG;
    }
    digest_sign(receipt->signature[holder], DIGEST_RECEIPT, receipt->digest, secret_key);
    receipt->is_signed[holder] = true;
    return FAULT_NONE;
}

static struct signature_block block_of(const struct receipt *receipt) {
    struct signature_block block;
    memcpy(block.is_signed, receipt->is_signed, sizeof block.is_signed);
    memcpy(block.signature, receipt->signature, sizeof block.signature);
    return block;
}

enum fault receipt_encode(struct bytes_buffer *out, const struct receipt *receipt) {
    struct signature_block block = block_of(receipt);
    enum fault fault = put_body(out, receipt);
    if (!fault) {
        signature_block_put(out, &block);
    }
    return fault ? fault : out->fault;
}

/* The count is checked before memory is asked for. */
static enum fault take_body(struct receipt *out, struct bytes_reader *in) {
    bytes_take(in, out->round_digest, sizeof out->round_digest);
    bytes_take(in, out->closing_digest, sizeof out->closing_digest);
    out->bundle_count = bytes_take_u32(in);
    if (in->fault) {
        return in->fault;
    }
    if (out->bundle_count < 1 || out->bundle_count > CLOSING_BUNDLES) {
        return FAULT_LIMIT;
    }
    size_t size = (size_t)out->bundle_count * DIGEST_BYTES;
    out->bundle = malloc(size);
    if (!out->bundle) {
        return FAULT_MEMORY;
    }
    bytes_take(in, out->bundle, size);
    return in->fault;
}

static enum fault check_order(const struct receipt *receipt) {
    for (uint32_t i = 1; i < receipt->bundle_count; i++) {
        const uint8_t *digest = receipt->bundle + (size_t)i * DIGEST_BYTES;
        if (memcmp(digest - DIGEST_BYTES, digest, DIGEST_BYTES) >= 0) {
            return FAULT_RECORD_ORDER;
        }
    }
    return FAULT_NONE;
}

static enum fault read_receipt(struct receipt *out, struct bytes_reader *in, const struct round *round) {
    struct signature_block block;
    enum fault fault = take_body(out, in);
    if (fault) {
        return fault;
    }
    size_t body_size = in->at;
    signature_block_take(&block, in);
    fault = bytes_finish(in);
    if (!fault && memcmp(out->round_digest, round->digest, DIGEST_BYTES) != 0) {
        fault = FAULT_ROUND_OTHER;
    }
    fault = fault ? fault : check_order(out);
    if (fault) {
        return fault;
    }
    digest_make(out->digest, DIGEST_RECEIPT, (struct bytes){in->data, body_size});
    memcpy(out->is_signed, block.is_signed, sizeof out->is_signed);
    memcpy(out->signature, block.signature, sizeof out->signature);
    return signature_block_verify(&block, DIGEST_RECEIPT, out->digest, round->holder[0].sign_key,
                                  round->holder[1].sign_key);
}

enum fault receipt_decode(struct receipt *out, struct bytes content, const struct round *round) {
    struct bytes_reader in = bytes_reader_of(content);
    *out = (struct receipt){0};
    enum fault fault = bytes_take_beginning(&in, MAGIC, RECEIPT_VERSION, RECEIPT_BYTES_LIMIT);
    fault = fault ? fault : read_receipt(out, &in, round);
    if (fault) {
        receipt_release(out);
    }
    return fault;
}

enum fault receipt_is_valid(const struct receipt *receipt) {
    return receipt->is_signed[0] && receipt->is_signed[1] ? FAULT_NONE : FAULT_SIGNATURE_MISSING;
}

bool receipt_has(const struct receipt *receipt, const uint8_t bundle_digest[DIGEST_BYTES]) {
    for (uint32_t i = 0; i < receipt->bundle_count; i++) {
        if (memcmp(receipt->bundle + (size_t)i * DIGEST_BYTES, bundle_digest, DIGEST_BYTES) == 0) {
            return true;
        }
    }
    return false;
}
