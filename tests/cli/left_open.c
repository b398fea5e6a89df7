/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A class whose mentor never came back: left_open STATE CLASS_NUMBER PUPILS opens a session in a kiosk's
 * state folder, lets so many pupils say no, and ends as a power cut would.
 */
#include <stdio.h>
#include <stdlib.h>

#include "kiosk/kiosk_state.h"
#include "kiosk/session.h"

static bool say_no(struct session *session) {
    bool heard = session_hear(session, FLOW_START, 0, 0);
    if (heard && session_flow(session)->state == FLOW_LANGUAGE) {
        heard = session_hear(session, FLOW_CHOOSE_LANGUAGE, 0, 0);
    }
    heard = heard && session_hear(session, FLOW_DECLINE, 0, 0) && session_hear(session, FLOW_LEAVE, 0, 0);
    return heard && session_work(session, 0) && session_hear(session, FLOW_LEAVE, 0, 0);
}

static enum fault leave(const struct kiosk_state *state, uint16_t class_number, uint16_t pupils) {
    char path[KIOSK_STATE_PATH_SIZE];
    struct session *session = NULL;
    if (!state->round) {
        return FAULT_ROUND_NOT_VALID;
    }
    struct session_setup setup = {.round = state->round,
                                  .layout = &state->layout,
                                  .kiosk_key = state->public_key,
                                  .allow_cow = state->allow_cow};
    enum fault fault = kiosk_state_new_box(path, state);
    if (!fault) {
        fault = session_open(&session, &setup, path, class_number, pupils, 0);
    }
    for (uint16_t i = 0; i < pupils && !fault; i++) {
        fault = say_no(session) ? FAULT_NONE : FAULT_STORE;
    }
    session_free(session);
    return fault;
}

int main(int argc, char *argv[]) {
    struct kiosk_state *state = NULL;
    if (argc != 4) {
        return 2;
    }
    enum fault fault = kiosk_state_open(&state, argv[1]);
    if (!fault) {
        fault = leave(state, (uint16_t)strtoul(argv[2], NULL, 10), (uint16_t)strtoul(argv[3], NULL, 10));
    }
    kiosk_state_close(state);
    if (fault) {
        fprintf(stderr, "left_open: %s\n", fault_text(fault, FAULT_LANGUAGE_EN));
    }
    return fault ? 1 : 0;
}
