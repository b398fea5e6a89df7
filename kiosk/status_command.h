/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STATUS_COMMAND_H
#define STATUS_COMMAND_H

#include "kiosk/status.h"

/*
 * Prints what status_say says of the state folder, a line a subject; "! " before what somebody has to act
 * upon. Changes nothing, needs no display, and may be asked while the kiosk is running. False: status_is_well
 * is, or standard output cannot be written to.
 */
bool status_command_run(const struct strings *strings, const char *folder);

#endif
