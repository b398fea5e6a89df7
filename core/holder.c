/* SPDX-License-Identifier: Apache-2.0 */
#include "holder.h"

#include "key.h"

static const uint8_t MAGIC[8] = {'K', 'L', 'B', 'h', 'o', 'l', 'd', '\n'};

static enum fault check_keys(const struct holder *holder) {
    enum fault fault = key_check_sign(holder->sign_key);
    return fault ? fault : key_check_box(holder->box_key);
}

enum fault holder_encode(struct bytes_buffer *out, const struct holder *holder,
                         const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    struct bytes_buffer body = {0};
    enum fault fault = bytes_check_text(holder->name, sizeof holder->name, 1, false);
    fault = fault ? fault : check_keys(holder);
    fault = fault ? fault : key_check_pair(secret_key, holder->sign_key);
    if (fault) {
        goto done;
    }
    bytes_put(&body, MAGIC, sizeof MAGIC);
    bytes_put_u16(&body, HOLDER_VERSION);
    bytes_put_text(&body, holder->name);
    bytes_put(&body, holder->sign_key, sizeof holder->sign_key);
    bytes_put(&body, holder->box_key, sizeof holder->box_key);
    fault = body.fault;
    fault = fault ? fault : digest_put_signed(out, DIGEST_HOLDER, bytes_buffer_view(&body), secret_key);
done:
    bytes_buffer_release(&body);
    return fault;
}

static void take_fields(struct bytes_reader *in, struct holder *out) {
    bytes_take_text(in, out->name, sizeof out->name);
    if (!in->fault) {
        in->fault = bytes_check_text(out->name, sizeof out->name, 1, false);
    }
    bytes_take(in, out->sign_key, sizeof out->sign_key);
    bytes_take(in, out->box_key, sizeof out->box_key);
}

enum fault holder_decode(struct holder *out, struct bytes content) {
    struct bytes_reader in = bytes_reader_of(content);
    struct holder holder = {0};
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    uint8_t digest[DIGEST_BYTES];
    *out = holder;
    enum fault fault = bytes_take_beginning(&in, MAGIC, HOLDER_VERSION, HOLDER_BYTES_LIMIT);
    if (fault) {
        return fault;
    }
    take_fields(&in, &holder);
    fault = digest_take_signature(digest, signature, &in, DIGEST_HOLDER);
    fault = fault ? fault : check_keys(&holder);
    fault = fault ? fault : digest_verify(signature, DIGEST_HOLDER, digest, holder.sign_key);
    if (!fault) {
        *out = holder;
    }
    return fault;
}
