/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PREVIEW_H
#define PREVIEW_H

#include "core/round.h"
#include "flow.h"
#include "voices.h"

/*
 * A pupil's way without a session: for whoever writes a questionnaire or wants to show it to parents. Nothing
 * is stored and there is nowhere it could be: no ballot box, no keys, no state folder.
 */

struct preview {
    struct round *round; /* as read, or one made up around a questionnaire, in the mode of two machines */
    struct flow flow;
    struct voices voices; /* in the folder "audio" beside the file; none for standard input */
};

/*
 * Reads a round, signed or not, or a questionnaire in its canonical form, from a file, or from standard input
 * for "-".
 * A round that was made up has no classes. FAULT_MAGIC when it is neither; faults of reading a file, of
 * round_decode and questionnaire_decode. *out is the caller's to free with round_free, NULL after a fault.
 */
enum fault preview_read(struct round **out, const char *path) FAULT_MUST_CHECK;

/*
 * The same, with a pupil's way through it. Faults of preview_read and flow_open. *out is the caller's to
 * free.
 */
enum fault preview_open(struct preview **out, const char *path) FAULT_MUST_CHECK;
struct preview *preview_free(struct preview *preview); /* accepts NULL, gives NULL */

bool preview_hear(struct preview *preview, enum flow_event event, uint16_t value, uint64_t now_ms);
/* In SENDING: goes on to the thanks, as if it had been stored. True when it did. */
bool preview_work(struct preview *preview, uint64_t now_ms);

#endif
