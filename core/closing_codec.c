/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a closing list, in the order of docs/format.md, "Closing list". */
#include <stdlib.h>
#include <string.h>

#include "closing.h"
#include "signature_block.h"

static const uint8_t MAGIC[8] = {'K', 'L', 'B', 'c', 'l', 'o', 's', '\n'};

static enum fault put_body(struct bytes_buffer *out, const struct closing *closing) {
    bytes_put(out, MAGIC, sizeof MAGIC);
    bytes_put_u16(out, CLOSING_VERSION);
    bytes_put_u16(out, closing->number);
    bytes_put(out, closing->round_digest, sizeof closing->round_digest);
    bytes_put(out, closing->previous, sizeof closing->previous);
    bytes_put_u32(out, closing->bundle_count);
    bytes_put_u32(out, closing->record_count);
    bytes_put_u16(out, closing->surplus_count);
    for (uint32_t i = 0; i < closing->bundle_count; i++) {
        const struct closing_bundle *bundle = &closing->bundle[i];
        bytes_put(out, bundle->digest, sizeof bundle->digest);
        bytes_put(out, bundle->kiosk_key, sizeof bundle->kiosk_key);
        bytes_put_u16(out, bundle->class_number);
        bytes_put_u32(out, bundle->counted);
        bytes_put_u32(out, bundle->damaged);
        bytes_put_u32(out, bundle->duplicate);
        bytes_put_u32(out, bundle->conflicting);
    }
    for (uint32_t i = 0; i < closing->record_count; i++) {
        const struct closing_record *record = &closing->record[i];
        bytes_put(out, record->id, sizeof record->id);
        bytes_put(out, record->digest, sizeof record->digest);
        bytes_put_u16(out, record->class_number);
        bytes_put_u16(out, record->bundle);
    }
    for (uint16_t i = 0; i < closing->surplus_count; i++) {
        bytes_put_u16(out, closing->surplus[i]);
    }
    return out->fault;
}

enum fault closing_seal_body(struct closing *closing, const struct round *round) {
    struct bytes_buffer body = {0};
    enum fault fault = closing_check(closing, round);
    fault = fault ? fault : put_body(&body, closing);
    if (fault) {
        bytes_buffer_release(&body);
        return fault;
    }
    bytes_buffer_release(&closing->body);
    closing->body = body;
    digest_make(closing->digest, DIGEST_CLOSING, bytes_buffer_view(&body));
    memset(closing->is_signed, 0, sizeof closing->is_signed);
    memset(closing->signature, 0, sizeof closing->signature);
    return FAULT_NONE;
}

static struct signature_block block_of(const struct closing *closing) {
    struct signature_block block;
    memcpy(block.is_signed, closing->is_signed, sizeof block.is_signed);
    memcpy(block.signature, closing->signature, sizeof block.signature);
    return block;
}

enum fault closing_encode(struct bytes_buffer *out, const struct closing *closing) {
    if (closing->body.size == 0) {
        return FAULT_MISUSE;
    }
    struct signature_block block = block_of(closing);
    bytes_put(out, closing->body.data, closing->body.size);
    signature_block_put(out, &block);
    return out->fault;
}

/* The fixed beginning after magic and version; refuses counts before anybody asks memory for them. */
static enum fault take_head(struct bytes_reader *in, struct closing *closing) {
    closing->number = bytes_take_u16(in);
    bytes_take(in, closing->round_digest, sizeof closing->round_digest);
    bytes_take(in, closing->previous, sizeof closing->previous);
    closing->bundle_count = bytes_take_u32(in);
    closing->record_count = bytes_take_u32(in);
    closing->surplus_count = bytes_take_u16(in);
    if (in->fault) {
        return in->fault;
    }
    bool inside = closing->number >= 1 && closing->number <= CLOSING_LISTS &&
                  closing->bundle_count <= CLOSING_BUNDLES && closing->record_count <= CLOSING_RECORDS &&
                  closing->surplus_count <= ROUND_CLASSES;
    return inside ? FAULT_NONE : FAULT_LIMIT;
}

/* One more than needed, so that an empty list is no NULL. */
static enum fault make_room(struct closing *closing) {
    closing->bundle = calloc(closing->bundle_count + (size_t)1, sizeof *closing->bundle);
    closing->record = calloc(closing->record_count + (size_t)1, sizeof *closing->record);
    return closing->bundle && closing->record ? FAULT_NONE : FAULT_MEMORY;
}

static void take_lists(struct bytes_reader *in, struct closing *closing) {
    for (uint32_t i = 0; i < closing->bundle_count && !in->fault; i++) {
        struct closing_bundle *bundle = &closing->bundle[i];
        bytes_take(in, bundle->digest, sizeof bundle->digest);
        bytes_take(in, bundle->kiosk_key, sizeof bundle->kiosk_key);
        bundle->class_number = bytes_take_u16(in);
        bundle->counted = bytes_take_u32(in);
        bundle->damaged = bytes_take_u32(in);
        bundle->duplicate = bytes_take_u32(in);
        bundle->conflicting = bytes_take_u32(in);
    }
    for (uint32_t i = 0; i < closing->record_count && !in->fault; i++) {
        struct closing_record *record = &closing->record[i];
        bytes_take(in, record->id, sizeof record->id);
        bytes_take(in, record->digest, sizeof record->digest);
        record->class_number = bytes_take_u16(in);
        record->bundle = bytes_take_u16(in);
    }
    for (uint16_t i = 0; i < closing->surplus_count && !in->fault; i++) {
        closing->surplus[i] = bytes_take_u16(in);
    }
}

static enum fault take_signatures(struct closing *closing, struct bytes_reader *in) {
    struct signature_block block;
    signature_block_take(&block, in);
    memcpy(closing->is_signed, block.is_signed, sizeof closing->is_signed);
    memcpy(closing->signature, block.signature, sizeof closing->signature);
    return bytes_finish(in);
}

static enum fault keep_body(struct closing *closing, struct bytes body) {
    bytes_put(&closing->body, body.data, body.size);
    digest_make(closing->digest, DIGEST_CLOSING, body);
    return closing->body.fault;
}

static enum fault read_closing(struct closing *closing, struct bytes_reader *in, const struct round *round) {
    enum fault fault = take_head(in, closing);
    fault = fault ? fault : make_room(closing);
    if (fault) {
        return fault;
    }
    take_lists(in, closing);
    size_t body_size = in->at;
    fault = take_signatures(closing, in);
    fault = fault ? fault : closing_check(closing, round);
    fault = fault ? fault : keep_body(closing, (struct bytes){in->data, body_size});
    if (fault) {
        return fault;
    }
    struct signature_block block = block_of(closing);
    return signature_block_verify(&block, DIGEST_CLOSING, closing->digest, round->holder[0].sign_key,
                                  round->holder[1].sign_key);
}

enum fault closing_decode(struct closing **out, struct bytes content, const struct round *round) {
    struct bytes_reader in = bytes_reader_of(content);
    *out = NULL;
    enum fault fault = bytes_take_beginning(&in, MAGIC, CLOSING_VERSION, CLOSING_BYTES_LIMIT);
    if (fault) {
        return fault;
    }
    struct closing *closing = closing_new();
    if (!closing) {
        return FAULT_MEMORY;
    }
    fault = read_closing(closing, &in, round);
    if (!fault) {
        *out = closing;
        closing = NULL;
    }
    closing_free(closing);
    return fault;
}
