/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ROUND_SEARCH_H
#define ROUND_SEARCH_H

#include "kiosk_state.h"

/*
 * Finds the round by itself: in the folder of the settings (round_folder), in the one that exports go to, and
 * on every stick, files `*.klr` beside one another, no folders below. A round is taken only when it is signed
 * by the two pinned key holders, names this kiosk, and runs today.
 */

enum { ROUND_SEARCH_FILES = 64 };

struct round_search {
    uint32_t files; /* looked at */
    char path
        [KIOSK_STATE_PATH_SIZE]; /* the one that was taken, or that the fault is about; "" when there is none */
    uint32_t first_day, last_day; /* its period, for FAULT_ROUND_OVER and FAULT_ROUND_EARLY */
};

/*
 * Looks for the round that passes, and changes nothing; out->path is its file. Faults as round_search_load
 * has them.
 */
enum fault round_search_look(struct round_search *out, const struct kiosk_state *state,
                             bool any_date) FAULT_MUST_CHECK;

/*
 * Loads the round that passes (kiosk_state_load_round). When none does, the fault is that of the file that
 * came furthest, in the order of kiosk_state_load_round and then: FAULT_ROUND_OVER, FAULT_ROUND_EARLY (not
 * today; no fault with `any_date`, for a person who says that the clock is wrong). FAULT_ROUND_MISSING: no
 * file at all.
 * FAULT_ROUND_SEVERAL: two different rounds pass, and neither is taken. What is loaded stays when it fails.
 */
enum fault round_search_load(struct round_search *out, struct kiosk_state *state,
                             bool any_date) FAULT_MUST_CHECK;

/* What was found while a round is loaded that does not run today (kiosk/ui/stage.h). */
struct round_renewal {
    struct round_search search;
    enum fault fault; /* why nothing else is taken */
    uint32_t
        remaining; /* with FAULT_NONE: closed classes of the loaded round, which a person has to think of first */
};

/*
 * FAULT_ROUND_OVER or FAULT_ROUND_EARLY when the round does not run today; a clock that cannot be read is no
 * fault here.
 */
enum fault round_search_period(const struct round *round) FAULT_MUST_CHECK;

#endif
