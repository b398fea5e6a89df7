/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FINISH_COMMAND_H
#define FINISH_COMMAND_H

#include <stdbool.h>

#include "kiosk/options.h"

/*
 * klankbord-kiosk --finish: asks at the terminal, does what finish.h does, prints the receipts on standard
 * output and whatever else there is to say on standard error. `state_folder` as in kiosk_state.h. Gives
 * whether everything of the round is in the folder now.
 */
bool finish_command_run(const struct options *options, const struct strings *strings,
                        const char *state_folder);

#endif
