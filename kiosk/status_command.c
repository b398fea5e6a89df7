/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/status_command.h"

#include <stdio.h>

bool status_command_run(const struct strings *strings, const char *folder) {
    struct kiosk_state *state = NULL;
    struct machine machine;
    struct status status;
    struct status_line line[STATUS_LINES];
    enum fault fault = kiosk_state_look(&state, folder);
    machine_look(&machine, state, NULL);
    status_look(&status, folder, state, fault, &machine, false);
    status_say(line, &status, strings);
    for (int i = 0; i < STATUS_LINES; i++) {
        printf("%s%s: %s\n", line[i].calls ? "! " : "  ", strings_get(strings, line[i].topic), line[i].text);
    }
    kiosk_state_close(state);
    return fflush(stdout) == 0 && !ferror(stdout) && status_is_well(line);
}
