/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk_state_parts.h"

#include "platform/volume.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_BYTES = 16 };

static enum fault sessions_folder(char out[KIOSK_STATE_PATH_SIZE], const struct kiosk_state *state) {
    return kiosk_state_path(out, state->folder, "sessions");
}

/* The power went while it was made: no pupil has ever seen it. */
static void remove_unfinished(const char *path) {
    char journal[KIOSK_STATE_PATH_SIZE + sizeof "-journal"];
    snprintf(journal, sizeof journal, "%s-journal", path);
    bool removed = !file_remove(journal);
    removed = !file_remove(path) && removed; /* else it is found again next time */
    (void)removed;
}

static bool is_of_round(const struct ballot_box_head *head, const struct round *round) {
    return round && memcmp(head->round_digest, round->digest, DIGEST_BYTES) == 0;
}

static enum fault add_session(struct kiosk_state_sessions *out, const struct kiosk_state *state,
                              const char *path) {
    struct ballot_box *box = NULL;
    enum fault fault = ballot_box_open(&box, path, state->allow_cow, NULL);
    if (fault == FAULT_MEMORY || fault == FAULT_STORE_VOLUME) {
        return fault;
    }
    if (fault == FAULT_TRUNCATED) {
        remove_unfinished(path);
    } else if (fault) {
        out->unreadable++;
    } else if (is_of_round(ballot_box_head(box), state->round)) {
        struct kiosk_state_session *session = &out->session[out->count++];
        snprintf(session->path, sizeof session->path, "%s", path);
        session->head = *ballot_box_head(box);
        session->count = ballot_box_count(box);
    }
    ballot_box_free(box);
    return FAULT_NONE;
}

enum fault kiosk_state_list_sessions(struct kiosk_state_sessions *out, const struct kiosk_state *state) {
    char folder[KIOSK_STATE_PATH_SIZE];
    char path[KIOSK_STATE_PATH_SIZE];
    struct folder_names names = {0};
    *out = (struct kiosk_state_sessions){0};
    enum fault fault = sessions_folder(folder, state);
    if (!fault) {
        fault = folder_list(&names, folder, ".box");
    }
    if (!fault && names.count > KIOSK_STATE_SESSIONS) {
        fault = FAULT_LIMIT;
    }
    if (!fault && names.count > 0) {
        out->session = calloc(names.count, sizeof *out->session);
        fault = out->session ? FAULT_NONE : FAULT_MEMORY;
    }
    for (size_t i = 0; i < names.count && !fault; i++) {
        fault = kiosk_state_path(path, folder, names.names[i]);
        fault = fault ? fault : add_session(out, state, path);
    }
    folder_names_release(&names);
    if (fault) {
        kiosk_state_sessions_release(out);
    }
    return fault;
}

void kiosk_state_sessions_release(struct kiosk_state_sessions *sessions) {
    free(sessions->session);
    *sessions = (struct kiosk_state_sessions){0};
}

enum fault kiosk_state_forget_times(const struct kiosk_state *state) {
    char folder[KIOSK_STATE_PATH_SIZE];
    enum fault fault = sessions_folder(folder, state);
    return fault ? fault : volume_forget_times(folder);
}

enum fault kiosk_state_new_box(char out[KIOSK_STATE_PATH_SIZE], const struct kiosk_state *state) {
    uint8_t id[NAME_BYTES];
    char name[2 * NAME_BYTES + 1 + sizeof ".box"];
    char folder[KIOSK_STATE_PATH_SIZE];
    enum fault fault = sessions_folder(folder, state);
    if (!fault) {
        fault = folder_create(folder);
    }
    if (fault) {
        return fault;
    }
    randombytes_buf(id, sizeof id);
    digest_hex(name, id, sizeof id);
    snprintf(name + 2 * NAME_BYTES, sizeof name - 2 * NAME_BYTES, ".box");
    return kiosk_state_path(out, folder, name);
}
