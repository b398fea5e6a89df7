/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLEARING_H
#define CLEARING_H

#include "kiosk_state.h"

/*
 * Erases what has arrived: ballot boxes whose bundle stands in a receipt that both key holders signed
 * (core/receipt.h). Nothing else ever erases a box that pupils have filled.
 */

enum { CLEARING_FILES = 64 };

struct clearing {
    uint32_t receipts; /* valid ones that were found */
    uint32_t erased;   /* sessions */
    uint32_t kept;     /* closed sessions of this round that no receipt names */
};

/*
 * Looks for receipts (`*.klo`) in each of the folders and erases the closed sessions of the state's round
 * that they name; open ones are never touched. FAULT_FILE_MISSING: there is no receipt; when none of those
 * found is valid for this round, the fault of the last one (receipt_decode, receipt_is_valid).
 * FAULT_FILE_WRITE, FAULT_READ_ONLY: a box could not be erased; it is there as before, or gone, and asking
 * again goes on.
 */
enum fault clearing_run(struct clearing *out, const struct kiosk_state *state,
                        const struct folder_names *folders) FAULT_MUST_CHECK;

#endif
