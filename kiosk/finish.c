/* SPDX-License-Identifier: Apache-2.0 */
#include "finish.h"

#include "session.h"

#include <stdio.h>
#include <stdlib.h>

enum fault finish_look(struct finish *out, const struct kiosk_state *state) {
    struct kiosk_state_sessions sessions = {0};
    *out = (struct finish){0};
    if (!state->round) {
        return state->round_fault ? state->round_fault : FAULT_ROUND_MISSING;
    }
    enum fault fault = kiosk_state_list_sessions(&sessions, state);
    if (!fault) {
        out->session = calloc((size_t)sessions.count + 1, sizeof *out->session);
        fault = out->session ? FAULT_NONE : FAULT_MEMORY;
    }
    if (!fault) {
        out->unreadable = sessions.unreadable;
        out->count = sessions.count;
        for (uint32_t i = 0; i < out->count; i++) {
            out->session[i] =
                (struct finish_session){.found = sessions.session[i], .fault = FAULT_NOT_CLOSED};
            out->open += out->session[i].found.head.state == BALLOT_BOX_OPEN;
        }
    }
    kiosk_state_sessions_release(&sessions);
    return fault;
}

void finish_release(struct finish *finish) {
    free(finish->session);
    *finish = (struct finish){0};
}

/* Closing is for good, so whether the folder takes a file is found out before. */
static enum fault try_folder(const char *folder) {
    static const char content[] = "klankbord\n";
    char path[4096];
    int size = snprintf(path, sizeof path, "%s/.klankbord-kiosk.try", folder);
    if (size < 0 || (size_t)size >= sizeof path) {
        return FAULT_FILE_WRITE;
    }
    enum fault fault =
        file_write_new(path, (struct bytes){(const uint8_t *)content, sizeof content - 1}, FILE_SHARED);
    return fault ? fault : file_remove(path);
}

static enum fault close_one(struct finish_session *line, const struct kiosk_state *state) {
    static const uint16_t nobody[BUNDLE_ABSENCES] = {0};
    struct session_setup setup = {.round = state->round,
                                  .layout = &state->layout,
                                  .kiosk_key = state->public_key,
                                  .allow_cow = state->allow_cow};
    struct session *session = NULL;
    enum fault fault = session_resume(&session, &setup, line->found.path);
    if (!fault) {
        fault = session_close(session, (uint16_t)session_count(session), nobody);
    }
    line->closed_here = !fault;
    session_free(session);
    return fault;
}

static enum fault export_one(struct finish_session *line, const struct kiosk_state *state,
                             const char *folder) {
    struct ballot_box *box = NULL;
    enum fault fault = ballot_box_open(&box, line->found.path, state->allow_cow, NULL);
    if (!fault) {
        fault = bundle_export_write(&line->receipt, folder, box, state->secret_key);
    }
    if (fault) {
        line->receipt = (struct bundle_export_receipt){0}; /* a code that is written down stands for a file */
    }
    ballot_box_free(box);
    return fault;
}

enum fault finish_run(struct finish *finish, const struct kiosk_state *state, const char *folder) {
    enum fault first = try_folder(folder);
    if (first) {
        return first;
    }
    for (uint32_t i = 0; i < finish->count; i++) {
        struct finish_session *line = &finish->session[i];
        line->fault = line->found.head.state == BALLOT_BOX_OPEN ? close_one(line, state) : FAULT_NONE;
        if (!line->fault) {
            line->fault = export_one(line, state, folder);
        }
        first = first ? first : line->fault;
    }
    enum fault forgotten = kiosk_state_forget_times(state);
    first = first ? first : forgotten;
    return first || finish->unreadable == 0 ? first : FAULT_STORE_DAMAGED;
}
