/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAMPLE_KIOSK_H
#define SAMPLE_KIOSK_H

#include "kiosk/kiosk_state.h"
#include "sample_round.h"

/*
 * A kiosk to test with, in a folder of its own under /tmp (or $KLANKBORD_SAMPLES): enrolled as "laptop 07",
 * the sample round's key holders pinned, the round (three classes of 12, 15 and 11 pupils, the first with 2
 * not asked) loaded. Any failure ends the test program. Link sample_round.c and sample_questionnaire.c too.
 */

struct sample_kiosk {
    char folder[64]; /* holds state/, export/, a.klh, b.klh, round.klr, request.kle */
    char state_folder[80];
    char export_folder[80]; /* the one of the settings */
    struct sample_round *sample;
};

void sample_kiosk_new(struct sample_kiosk *out);
void sample_kiosk_release(struct sample_kiosk *kiosk); /* removes the folder */

/* The kiosk's state, open; the caller closes it. */
struct kiosk_state *sample_kiosk_open(const struct sample_kiosk *kiosk);

/*
 * Writes the round, as it is now, to folder/round.klr; and a path in the folder (overwritten by the next
 * call).
 */
void sample_kiosk_write_round(const struct sample_kiosk *kiosk);
const char *sample_kiosk_path(const struct sample_kiosk *kiosk, const char *name);

#endif
