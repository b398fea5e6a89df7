/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAMPLE_CONTRIBUTION_H
#define SAMPLE_CONTRIBUTION_H

#include "core/contribution.h"
#include "core/measurement.h"

/*
 * A session to make contributions in, with fixed keys: the one of the worked sample of docs/format.md,
 * "Contribution". Anyone can compute these secret keys; they are for tests.
 */

struct sample_session {
    struct questionnaire *questionnaire; /* sample_questionnaire */
    struct layout layout;
    struct contribution_context context;
    uint8_t box_secret[2][32];      /* the key holders', belonging to context.box_key */
    uint8_t id[SHARE_ID_BYTES];     /* 10 11 .. 1f */
    uint8_t seed[SHARE_SEED_BYTES]; /* 20 21 .. 3f */
};

void sample_session_new(struct sample_session *out); /* any failure ends the test program */
void sample_session_release(struct sample_session *session);

/* The measurement of a pupil; `out` holds layout.counter_count counters. */
void sample_measure(uint32_t *out, const struct sample_session *session, const struct answers *answers);

#endif
