/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TAPPED_H
#define TAPPED_H

#include <stdio.h>

#include "core/answers.h"

/*
 * What a pupil tapped, as the one who tapped it knows it, not as the kiosk does: written in the form that
 * tests/tools/pupils reads, to be compared with the sums that are opened in the end.
 */

struct tapped {
    enum answers_participation participation;
    uint32_t chosen[QUESTIONNAIRE_ITEMS]; /* mask of options */
};

void tapped_heading(FILE *out, const struct questionnaire *questionnaire);
void tapped_row(FILE *out, const struct questionnaire *questionnaire, const char *class_label,
                const struct tapped *tapped);

#endif
