/* SPDX-License-Identifier: Apache-2.0 */
#include "ballot_box_head.h"

#include "core/layout.h"

#include <string.h>

/* Offsets of docs/format.md, "Ballot box". */
enum { AT_DIGEST = 188, LABEL_BYTES = BALLOT_BOX_LABEL_SIZE - 1 };

static uint8_t *store_u16(uint8_t *at, uint32_t value) {
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
    return at + 2;
}

static uint8_t *store_bytes(uint8_t *at, const void *data, size_t size) {
    memcpy(at, data, size);
    return at + size;
}

/* Without the final zero; BALLOT_BOX_LABEL_SIZE when there is none. */
static size_t label_length(const struct ballot_box_head *head) {
    const char *end = memchr(head->class_label, '\0', BALLOT_BOX_LABEL_SIZE);
    return end ? (size_t)(end - head->class_label) : BALLOT_BOX_LABEL_SIZE;
}

static void digest_head(uint8_t out[DIGEST_BYTES], const uint8_t head[BALLOT_BOX_HEAD_BYTES]) {
    digest_make(out, DIGEST_BALLOT_BOX, (struct bytes){head, AT_DIGEST});
}

enum fault ballot_box_head_check(const struct ballot_box_head *head) {
    size_t label = label_length(head);
    bool in_range = (head->state == BALLOT_BOX_OPEN || head->state == BALLOT_BOX_CLOSED) &&
                    head->limit >= 1 && head->limit <= head->slots && head->slots <= BALLOT_BOX_SLOTS &&
                    head->counter_count >= 1 && head->counter_count <= LAYOUT_COUNTERS && label >= 1 &&
                    label < BALLOT_BOX_LABEL_SIZE;
    if (!in_range) {
        return FAULT_LIMIT;
    }
    return bytes_are_plain_text(head->class_label, label, false) ? FAULT_NONE : FAULT_TEXT;
}

void ballot_box_head_encode(uint8_t out[BALLOT_BOX_HEAD_BYTES], const struct ballot_box_head *head) {
    size_t label = label_length(head) < LABEL_BYTES ? label_length(head) : LABEL_BYTES;
    memset(out, 0, BALLOT_BOX_HEAD_BYTES);
    uint8_t *at = store_u16(out, BALLOT_BOX_VERSION);
    at = store_u16(at, (uint32_t)head->state);
    at = store_u16(at, head->class_number);
    at = store_u16(at, head->limit);
    at = store_u16(at, head->slots);
    at = store_u16(at, head->flags);
    at = store_u16(at, head->counter_count);
    at = store_u16(at, head->counter_count >> 16);
    at = store_bytes(at, head->round_digest, DIGEST_BYTES);
    at = store_bytes(at, head->layout_digest, DIGEST_BYTES);
    at = store_bytes(at, head->kiosk_key, DIGEST_SIGN_PUBLIC_BYTES);
    at = store_bytes(at, head->bundle_id, BUNDLE_ID_BYTES);
    at = store_u16(at, head->present);
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        at = store_u16(at, head->absent[i]);
    }
    at = store_u16(at, (uint32_t)label);
    memcpy(at, head->class_label, label);
    digest_head(out + AT_DIGEST, out);
}

static void take_fields(struct ballot_box_head *out, struct bytes_reader *reader) {
    out->state = (enum ballot_box_state)bytes_take_u16(reader);
    out->class_number = bytes_take_u16(reader);
    out->limit = bytes_take_u16(reader);
    out->slots = bytes_take_u16(reader);
    out->flags = bytes_take_u16(reader);
    out->counter_count = bytes_take_u32(reader);
    bytes_take(reader, out->round_digest, DIGEST_BYTES);
    bytes_take(reader, out->layout_digest, DIGEST_BYTES);
    bytes_take(reader, out->kiosk_key, DIGEST_SIGN_PUBLIC_BYTES);
    bytes_take(reader, out->bundle_id, BUNDLE_ID_BYTES);
    out->present = bytes_take_u16(reader);
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        out->absent[i] = bytes_take_u16(reader);
    }
}

enum fault ballot_box_head_decode(struct ballot_box_head *out, const uint8_t head[BALLOT_BOX_HEAD_BYTES]) {
    uint8_t again[BALLOT_BOX_HEAD_BYTES];
    struct bytes_reader reader = bytes_reader_of((struct bytes){head, BALLOT_BOX_HEAD_BYTES});
    *out = (struct ballot_box_head){0};
    if (bytes_take_u16(&reader) != BALLOT_BOX_VERSION) {
        return FAULT_VERSION;
    }
    take_fields(out, &reader);
    uint16_t label = bytes_take_u16(&reader);
    if (label <= LABEL_BYTES) {
        bytes_take(&reader, out->class_label, label);
    }
    ballot_box_head_encode(again, out); /* the digest included */
    bool sound = !ballot_box_head_check(out) && memcmp(again, head, BALLOT_BOX_HEAD_BYTES) == 0;
    return sound ? FAULT_NONE : FAULT_STORE_DAMAGED;
}
