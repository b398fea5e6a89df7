/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KIOSK_STATE_PARTS_H
#define KIOSK_STATE_PARTS_H

#include "kiosk_state.h"

/* Shared by the kiosk_state*.c files only. */

/* out = folder "/" name. FAULT_LIMIT when it does not fit. */
enum fault kiosk_state_path(char out[KIOSK_STATE_PATH_SIZE], const char *folder,
                            const char *name) FAULT_MUST_CHECK;

/* The round that lies in the state folder, checked as kiosk_state_load_round does; none is no fault. */
enum fault kiosk_state_read_round(struct kiosk_state *state) FAULT_MUST_CHECK;

/*
 * Reads a round and checks it as kiosk_state_load_round does, and changes nothing; *out is the caller's after
 * FAULT_NONE only.
 */
enum fault kiosk_state_examine(struct round **out, const struct kiosk_state *state,
                               const char *path) FAULT_MUST_CHECK;

#endif
