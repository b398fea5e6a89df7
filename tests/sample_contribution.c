/* SPDX-License-Identifier: Apache-2.0 */
#include "sample_contribution.h"

#include <stdio.h>
#include <stdlib.h>

#include "sample_questionnaire.h"

static void must(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "sample_contribution: %s\n", what);
        abort();
    }
}

static void fill(uint8_t *data, size_t size, uint8_t from) {
    for (size_t i = 0; i < size; i++) {
        data[i] = (uint8_t)(from + i);
    }
}

void sample_session_new(struct sample_session *out) {
    *out = (struct sample_session){.questionnaire = sample_questionnaire()};
    must(layout_derive(&out->layout, out->questionnaire) == FAULT_NONE, "no layout");
    struct contribution_context *context = &out->context;
    fill(context->share.round_digest, DIGEST_BYTES, 0x40);
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        context->share.layout_digest[i] = out->layout.digest[i];
    }
    context->share.counter_count = out->layout.counter_count;
    context->class_number = 0x0201;
    fill(context->kiosk_key, sizeof context->kiosk_key, 0xC0);
    for (uint8_t i = 0; i < 2; i++) {
        fill(out->box_secret[i], 32, (uint8_t)(0x60 + 0x40 * i));
        must(crypto_scalarmult_curve25519_base(context->box_key[i], out->box_secret[i]) == 0, "no box key");
    }
    fill(out->id, sizeof out->id, 0x10);
    fill(out->seed, sizeof out->seed, 0x20);
}

void sample_session_release(struct sample_session *session) {
    session->questionnaire = questionnaire_free(session->questionnaire);
    layout_release(&session->layout);
}

void sample_measure(uint32_t *out, const struct sample_session *session, const struct answers *answers) {
    must(measurement_encode(out, &session->layout, session->questionnaire, answers) == FAULT_NONE,
         "no measurement");
}
