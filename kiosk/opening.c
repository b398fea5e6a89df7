/* SPDX-License-Identifier: Apache-2.0 */
#include "opening.h"

#include "platform/volume.h"

/* On every stick that is in: the one that readied this machine is among them. None of them stops a lesson. */
static void list_as_opened(const struct opening *opening) {
    const uint8_t *digest = opening->state->round->digest;
    struct folder_names sticks = {0};
    enum fault ignored = FAULT_NONE;
    if (opening->state->export_folder[0]) {
        ignored = stick_list_add(opening->state->export_folder, digest, opening->label);
    }
    if (!volume_list_sticks(&sticks)) {
        for (size_t i = 0; i < sticks.count; i++) {
            ignored = stick_list_add(sticks.names[i], digest, opening->label);
        }
    }
    (void)ignored;
    folder_names_release(&sticks);
}

void opening_run(void *context) {
    struct opening *opening = context;
    char path[KIOSK_STATE_PATH_SIZE];
    opening->fault = kiosk_state_new_box(path, opening->state);
    if (!opening->fault) {
        opening->fault = session_open(&opening->session, &opening->setup, path, opening->class_number,
                                      opening->limit, opening->flags);
    }
    if (!opening->fault) {
        stick_list_label(opening->label, path);
        list_as_opened(opening);
    }
}
