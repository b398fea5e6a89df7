/* SPDX-License-Identifier: Apache-2.0 */
#include "clearing.h"

#include "bundle_export.h"
#include "core/receipt.h"
#include "kiosk_state_parts.h"

#include <stdlib.h>
#include <string.h>

/* The valid receipts of this round. */
struct found {
    struct receipt receipt[CLEARING_FILES];
    uint32_t count;
    enum fault fault; /* of the last file that is none */
};

static void read_one(struct found *found, const struct kiosk_state *state, const char *path) {
    struct bytes_buffer content = {0};
    struct receipt receipt = {0};
    enum fault fault = file_read(&content, path, RECEIPT_BYTES_LIMIT);
    if (!fault) {
        fault = receipt_decode(&receipt, bytes_buffer_view(&content), state->round);
    }
    if (!fault) {
        fault = receipt_is_valid(&receipt);
    }
    if (fault) {
        receipt_release(&receipt);
        found->fault = fault;
    } else {
        found->receipt[found->count++] = receipt;
    }
    bytes_buffer_release(&content);
}

static void read_all(struct found *found, const struct kiosk_state *state, const char *folder) {
    struct folder_names names = {0};
    if (folder_list(&names, folder, ".klo")) {
        return; /* pulled out */
    }
    for (size_t i = 0; i < names.count && found->count < CLEARING_FILES; i++) {
        char path[KIOSK_STATE_PATH_SIZE];
        if (!kiosk_state_path(path, folder, names.names[i])) {
            read_one(found, state, path);
        }
    }
    folder_names_release(&names);
}

static bool is_received(const struct found *found, const uint8_t digest[DIGEST_BYTES]) {
    bool received = false;
    for (uint32_t i = 0; i < found->count && !received; i++) {
        received = receipt_has(&found->receipt[i], digest);
    }
    return received;
}

/*
 * The digest of the bundle that the box gives today: one that has changed since its export was not received.
 */
static enum fault digest_of(uint8_t out[DIGEST_BYTES], const struct kiosk_state *state, const char *path) {
    struct ballot_box *box = NULL;
    struct bytes_buffer content = {0};
    struct bundle_export_receipt ignored;
    struct bundle bundle;
    enum fault fault = ballot_box_open(&box, path, state->allow_cow, NULL);
    if (!fault) {
        fault = bundle_export_make(&content, &ignored, box, state->secret_key);
    }
    if (!fault) {
        fault = bundle_decode(&bundle, bytes_buffer_view(&content));
    }
    if (!fault) {
        memcpy(out, bundle.digest, DIGEST_BYTES);
    }
    bytes_buffer_release(&content);
    ballot_box_free(box);
    return fault;
}

static enum fault clear_one(struct clearing *out, const struct kiosk_state *state, const struct found *found,
                            const struct kiosk_state_session *session) {
    uint8_t digest[DIGEST_BYTES];
    if (session->head.state != BALLOT_BOX_CLOSED) {
        return FAULT_NONE;
    }
    if (digest_of(digest, state, session->path) || !is_received(found, digest)) {
        out->kept++;
        return FAULT_NONE;
    }
    enum fault fault = file_destroy(session->path);
    out->erased += !fault;
    return fault;
}

enum fault clearing_run(struct clearing *out, const struct kiosk_state *state,
                        const struct folder_names *folders) {
    struct kiosk_state_sessions sessions = {0};
    struct found *found = calloc(1, sizeof *found);
    *out = (struct clearing){0};
    if (!found) {
        return FAULT_MEMORY;
    }
    found->fault = FAULT_FILE_MISSING;
    for (size_t i = 0; i < folders->count; i++) {
        read_all(found, state, folders->names[i]);
    }
    out->receipts = found->count;
    enum fault fault = found->count > 0 ? FAULT_NONE : found->fault;
    if (!fault) {
        fault = kiosk_state_list_sessions(&sessions, state);
    }
    for (uint32_t i = 0; i < sessions.count && !fault; i++) {
        fault = clear_one(out, state, found, &sessions.session[i]);
    }
    for (uint32_t i = 0; i < found->count; i++) {
        receipt_release(&found->receipt[i]);
    }
    free(found);
    kiosk_state_sessions_release(&sessions);
    return fault ? fault : kiosk_state_forget_times(state);
}
