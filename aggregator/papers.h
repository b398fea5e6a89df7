/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAPERS_H
#define PAPERS_H

#include <stddef.h>

#include "core/bytes.h"
#include "core/round.h"

/*
 * The papers that a school needs around a round: letter to parents, notice for pupils, the mentor's script
 * and slide, receipt forms, cards for the PIN, recovery envelopes, an annex to the data-protection impact
 * assessment, the participation council's summary, and a page that says what to print when. Each is one HTML
 * page in Dutch: no script, nothing from elsewhere, made for A4. The text follows the round: its opening
 * mode, dates, classes, questions.
 *
 * The same round and texts give the same bytes, on every day and machine. Nothing secret is in them: a PIN or
 * a recovery sheet is never on a disk.
 */

enum { PAPERS_SENDER_SIZE = 200 }; /* bytes of a text that the coordinator adds, with the final zero */

struct papers_extra {
    const char *sender;     /* whom parents may ask: name, telephone; NULL: a line to write on */
    const char *counsellor; /* the confidential counsellor for pupils; NULL: a line to write on */
};

size_t papers_count(void);
/* "1-brief-ouders.html"; which < papers_count(). */
const char *papers_file(size_t which);

/*
 * Fills `out`, which is zeroed and the caller's to release; empty after a fault. FAULT_MEMORY; FAULT_MISUSE
 * when a template is broken.
 */
enum fault papers_make(struct bytes_buffer *out, size_t which, const struct round *round,
                       const struct papers_extra *extra) FAULT_MUST_CHECK;

/* Whether this is a paper that papers_make wrote, of whatever round, perhaps edited since. */
bool papers_is_one(struct bytes content);

#endif
