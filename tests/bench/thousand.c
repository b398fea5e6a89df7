/* SPDX-License-Identifier: Apache-2.0 */
#include "thousand.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/sample_questionnaire.h"

enum { LEAST = 980, MOST = 1020 };

void thousand_must(int holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "%s\n", what);
        exit(1);
    }
}

void thousand_session_new(struct sample_session *out) {
    sample_session_new(out);
    for (uint64_t seed = 0; out->layout.counter_count < LEAST || out->layout.counter_count > MOST; seed++) {
        layout_release(&out->layout);
        questionnaire_free(out->questionnaire);
        out->questionnaire = sample_questionnaire_random(seed);
        thousand_must(layout_derive(&out->layout, out->questionnaire) == FAULT_NONE, "no layout");
    }
    out->context.share.counter_count = out->layout.counter_count;
}
