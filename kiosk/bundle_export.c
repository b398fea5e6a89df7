/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle_export.h"

#include "platform/file.h"

#include <stdio.h>
#include <string.h>

/* Labels hold what schools write: "2B/C" or "groep 7". Sticks take letters, digits, hyphens. */
static void name_file(char out[BUNDLE_EXPORT_NAME_SIZE], const struct ballot_box_head *head) {
    char id[2 * BUNDLE_ID_BYTES + 1];
    size_t at = 0;
    for (const char *c = head->class_label; *c && at < BALLOT_BOX_LABEL_SIZE - 1; c++) {
        bool plain = (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z');
        if (plain || (at > 0 && out[at - 1] != '-')) {
            out[at++] = plain ? *c : '-';
        }
    }
    if (at > 0 && out[at - 1] != '-') {
        out[at++] = '-';
    }
    digest_hex(id, head->bundle_id, BUNDLE_ID_BYTES);
    snprintf(out + at, BUNDLE_EXPORT_NAME_SIZE - at, "%s.klb", id);
}

static void fill_header(struct bundle_header *out, const struct ballot_box_head *head, uint32_t count,
                        uint32_t damaged) {
    *out = (struct bundle_header){.class_number = head->class_number,
                                  .present = head->present,
                                  .limit = head->limit,
                                  .damaged = (uint16_t)damaged,
                                  .flags = head->flags,
                                  .counter_count = head->counter_count,
                                  .count = count};
    memcpy(out->id, head->bundle_id, BUNDLE_ID_BYTES);
    memcpy(out->round_digest, head->round_digest, DIGEST_BYTES);
    memcpy(out->layout_digest, head->layout_digest, DIGEST_BYTES);
    memcpy(out->kiosk_key, head->kiosk_key, DIGEST_SIGN_PUBLIC_BYTES);
    memcpy(out->absent, head->absent, sizeof out->absent);
}

static enum fault check_key(const struct ballot_box_head *head,
                            const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    uint8_t public_key[DIGEST_SIGN_PUBLIC_BYTES];
    crypto_sign_ed25519_sk_to_pk(public_key, secret_key);
    return memcmp(public_key, head->kiosk_key, sizeof public_key) == 0 ? FAULT_NONE : FAULT_KEY_WRONG;
}

/* Reads back what was made: a bundle that our own aggregator refuses must not leave the room. */
static enum fault fill_receipt(struct bundle_export_receipt *out, struct bytes content,
                               const struct ballot_box_head *head) {
    struct bundle bundle;
    enum fault fault = bundle_decode(&bundle, content);
    if (!fault) {
        out->count = bundle.header.count;
        out->damaged = bundle.header.damaged;
        digest_check_code(out->code, bundle.digest);
        name_file(out->name, head);
    }
    return fault;
}

enum fault bundle_export_make(struct bytes_buffer *out, struct bundle_export_receipt *receipt,
                              struct ballot_box *box, const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    const struct ballot_box_head *head = ballot_box_head(box);
    struct bytes_buffer records = {0};
    struct bundle_header header;
    uint32_t count = 0;
    uint32_t damaged = 0;
    *receipt = (struct bundle_export_receipt){0};
    if (head->state != BALLOT_BOX_CLOSED) {
        return FAULT_NOT_CLOSED;
    }
    enum fault fault = check_key(head, secret_key);
    if (!fault) {
        fault = ballot_box_read(&records, &count, &damaged, box);
    }
    if (!fault) {
        fill_header(&header, head, count, damaged);
        fault = bundle_encode(out, &header, records.data, secret_key);
    }
    if (!fault) {
        fault = fill_receipt(receipt, bytes_buffer_view(out), head);
    }
    bytes_buffer_release(&records);
    return fault;
}

enum fault bundle_export_write(struct bundle_export_receipt *receipt, const char *folder,
                               struct ballot_box *box, const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    struct bytes_buffer content = {0};
    char path[4096];
    enum fault fault = bundle_export_make(&content, receipt, box, secret_key);
    if (!fault) {
        int size = snprintf(path, sizeof path, "%s/%s", folder, receipt->name);
        fault = size > 0 && (size_t)size < sizeof path ? FAULT_NONE : FAULT_FILE_WRITE;
    }
    if (!fault) {
        fault = file_write_new(path, bytes_buffer_view(&content), FILE_SHARED);
    }
    bytes_buffer_release(&content);
    return fault;
}
