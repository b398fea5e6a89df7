/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONFINEMENT_H
#define CONFINEMENT_H

#include "kiosk/kiosk_state.h"
#include "platform/confine.h"

/*
 * Which files a kiosk still needs when its screen is open: its state folder, the sticks, the folder that
 * exports go to, and the system's own to read. Nobody's home.
 */

/*
 * Confines the process (platform/confine.h). `state` NULL: no folder to write to, for a kiosk that only shows
 * a message. `font`: a file to read as well, or NULL. Faults of confine; FAULT_LIMIT for a path that is too
 * long.
 */
enum fault confinement_begin(struct confine_report *out, const struct kiosk_state *state,
                             const char *font) FAULT_MUST_CHECK;

#endif
