/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk_state_parts.h"

#include "core/enrolment.h"

#include <stdio.h>
#include <string.h>

enum { COMPARED_SIZE = 2 * DIGEST_CODE_SIZE };

/* What the file says when these two were compared: others, pinned later, were not. */
static size_t compared_text(char out[COMPARED_SIZE + 1], const struct kiosk_state *state) {
    char code[2][DIGEST_CODE_SIZE];
    for (int i = 0; i < 2; i++) {
        digest_fingerprint(code[i], state->trusted[i]);
    }
    return (size_t)snprintf(out, COMPARED_SIZE + 1, "%s\n%s\n", code[0], code[1]);
}

bool kiosk_state_is_compared(const struct kiosk_state *state) {
    char path[KIOSK_STATE_PATH_SIZE];
    char text[COMPARED_SIZE + 1];
    struct bytes_buffer content = {0};
    size_t size = compared_text(text, state);
    enum fault fault = kiosk_state_path(path, state->folder, "compared");
    fault = fault ? fault : file_read(&content, path, COMPARED_SIZE);
    bool same = !fault && content.size == size && memcmp(content.data, text, size) == 0;
    bytes_buffer_release(&content);
    return state->is_trusting && same;
}

enum fault kiosk_state_compare(const struct kiosk_state *state) {
    char path[KIOSK_STATE_PATH_SIZE];
    char text[COMPARED_SIZE + 1];
    size_t size = compared_text(text, state);
    enum fault fault = state->is_trusting ? FAULT_NONE : FAULT_ROUND_UNTRUSTED;
    fault = fault ? fault : kiosk_state_path(path, state->folder, "compared");
    return fault ? fault : file_write(path, (struct bytes){(const uint8_t *)text, size}, FILE_PRIVATE);
}

enum fault kiosk_state_request(char name[KIOSK_STATE_REQUEST_SIZE], const struct kiosk_state *state,
                               const char *folder) {
    struct enrolment enrolment = {0};
    struct bytes_buffer content = {0};
    char code[DIGEST_CODE_SIZE];
    char path[KIOSK_STATE_PATH_SIZE];
    digest_fingerprint(code, state->public_key);
    snprintf(name, KIOSK_STATE_REQUEST_SIZE, "klankbord-%s.kle", code);
    memcpy(enrolment.key, state->public_key, sizeof enrolment.key);
    snprintf(enrolment.label, sizeof enrolment.label, "%s", state->label);
    enum fault fault = kiosk_state_path(path, folder, name);
    fault = fault ? fault : enrolment_encode(&content, &enrolment, state->secret_key);
    fault = fault ? fault : file_write_new(path, bytes_buffer_view(&content), FILE_SHARED);
    bytes_buffer_release(&content);
    return fault;
}

enum fault kiosk_state_count_boxes(uint32_t *out, const struct kiosk_state *state) {
    char path[KIOSK_STATE_PATH_SIZE];
    struct folder_names names = {0};
    enum fault fault = kiosk_state_path(path, state->folder, "sessions");
    fault = fault ? fault : folder_list(&names, path, ".box");
    *out = fault ? 0 : (uint32_t)names.count;
    folder_names_release(&names);
    return fault;
}
