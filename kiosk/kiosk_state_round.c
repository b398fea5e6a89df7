/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk_state_parts.h"

#include "platform/process.h"
#include "voices.h"

#include <stdio.h>
#include <string.h>

/* Reads and checks one file; *out and the layout are the caller's after FAULT_NONE only. */
static enum fault read_checked(struct round **out, struct layout *layout, struct bytes_buffer *content,
                               const struct kiosk_state *state, const char *path) {
    struct round *round = NULL;
    enum fault fault = file_read(content, path, ROUND_BYTES_LIMIT);
    if (!fault) {
        fault = round_decode(&round, bytes_buffer_view(content));
    }
    if (!fault) {
        fault = round_is_valid(round);
    }
    if (!fault) {
        fault = state->is_trusting ? round_is_trusted(round, state->trusted[0], state->trusted[1])
                                   : FAULT_ROUND_UNTRUSTED;
    }
    if (!fault && !round_find_kiosk(round, state->public_key)) {
        fault = FAULT_KIOSK_UNKNOWN;
    }
    if (!fault) {
        fault = layout_derive(layout, round->questionnaire);
    }
    if (fault) {
        round = round_free(round);
    }
    *out = round;
    return fault;
}

enum fault kiosk_state_examine(struct round **out, const struct kiosk_state *state, const char *path) {
    struct bytes_buffer content = {0};
    struct layout layout = {0};
    enum fault fault = read_checked(out, &layout, &content, state, path);
    bytes_buffer_release(&content);
    layout_release(&layout);
    return fault;
}

static void adopt(struct kiosk_state *state, struct round *round, const struct layout *layout) {
    round_free(state->round);
    layout_release(&state->layout);
    state->round = round;
    state->round_fault = FAULT_NONE;
    state->layout = *layout;
}

enum fault kiosk_state_read_round(struct kiosk_state *state) {
    char path[KIOSK_STATE_PATH_SIZE];
    struct bytes_buffer content = {0};
    struct layout layout = {0};
    struct round *round = NULL;
    enum fault fault = kiosk_state_path(path, state->folder, "round.klr");
    if (fault || !file_exists(path)) {
        return fault;
    }
    fault = read_checked(&round, &layout, &content, state, path);
    bytes_buffer_release(&content);
    if (!fault) {
        adopt(state, round, &layout);
    }
    return fault;
}

/* Another round may come only when no pupil's session of the old one is waiting. */
static enum fault check_replaces(const struct kiosk_state *state, const struct round *round) {
    struct kiosk_state_sessions sessions = {0};
    if (!state->round || memcmp(state->round->digest, round->digest, DIGEST_BYTES) == 0) {
        return FAULT_NONE;
    }
    enum fault fault = kiosk_state_list_sessions(&sessions, state);
    for (uint32_t i = 0; i < sessions.count && !fault; i++) {
        fault = sessions.session[i].head.state == BALLOT_BOX_OPEN ? FAULT_NOT_CLOSED : FAULT_NONE;
    }
    kiosk_state_sessions_release(&sessions);
    return fault;
}

/* Recordings that are not there are only not heard; the round is loaded all the same. */
static enum fault bring_voices(const struct kiosk_state *state, const char *path) {
    char from[KIOSK_STATE_PATH_SIZE];
    enum fault fault = voices_beside(from, path);
    return fault ? fault : voices_bring(state->folder, state->round->questionnaire, from);
}

static enum fault load_file(struct kiosk_state *state, const char *path) {
    char kept[KIOSK_STATE_PATH_SIZE];
    struct bytes_buffer content = {0};
    struct layout layout = {0};
    struct round *round = NULL;
    enum fault fault = kiosk_state_path(kept, state->folder, "round.klr");
    if (!fault) {
        fault = read_checked(&round, &layout, &content, state, path);
    }
    if (!fault) {
        fault = check_replaces(state, round);
    }
    if (!fault) {
        fault = file_write(kept, bytes_buffer_view(&content), FILE_PRIVATE);
    }
    bytes_buffer_release(&content);
    if (fault) {
        layout_release(&layout);
        round_free(round);
        return fault;
    }
    adopt(state, round, &layout);
    return bring_voices(state, path);
}

static enum fault load_from_folder(struct kiosk_state *state, const struct folder_names *names,
                                   const char *folder) {
    enum fault first = FAULT_FILE_MISSING;
    for (size_t i = 0; i < names->count; i++) {
        char path[KIOSK_STATE_PATH_SIZE];
        enum fault fault = kiosk_state_path(path, folder, names->names[i]);
        fault = fault ? fault : load_file(state, path);
        if (!fault) {
            return FAULT_NONE;
        }
        first = i == 0 ? fault : first;
    }
    return first;
}

enum fault kiosk_state_load_round(struct kiosk_state *state, const char *path) {
    struct folder_names names = {0};
    if (!file_exists(path)) {
        return FAULT_FILE_MISSING;
    }
    if (folder_list(&names, path, ".klr")) {
        return load_file(state, path); /* not a folder */
    }
    enum fault fault = load_from_folder(state, &names, path);
    folder_names_release(&names);
    return fault;
}

bool kiosk_state_clock_is_wrong(const struct kiosk_state *state) {
    struct process_date date;
    if (!state->round || process_today(&date)) {
        return true;
    }
    uint32_t today = (uint32_t)(date.year * 10000 + date.month * 100 + date.day);
    return today < state->round->first_day || today > state->round->last_day;
}
