/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAPERS_VALUES_H
#define PAPERS_VALUES_H

#include "aggregator/papers_template.h"
#include "core/round.h"

/*
 * What a round's papers say of the round: names for the templates. All of it follows from the round and from
 * what the coordinator added, so the same round gives the same papers on every day. In Dutch.
 */

enum { PAPERS_VALUES_TEXT = QUESTIONNAIRE_TEXT_SIZE + 64 };

struct papers_values {
    const struct round *round;
    const char *title;             /* of this paper */
    const char *sender;            /* whom parents may ask; NULL: a line to write on */
    const char *counsellor;        /* confidential counsellor; NULL: a line to write on */
    unsigned paper;                /* its number; 0 for the overview */
    uint16_t dutch;                /* the questionnaire's language */
    char text[PAPERS_VALUES_TEXT]; /* of the value asked for last */
};

/* Views of `round` and of the texts, which must outlive `out`. */
void papers_values_open(struct papers_values *out, const struct round *round, const char *sender,
                        const char *counsellor);

/* For papers_template_fill; uses `values` until the next value is asked for. */
struct papers_template_source papers_values_source(struct papers_values *values);

/* "maandag 2 november 2026"; "" for a date that does not exist. */
void papers_values_day(char *out, size_t size, uint32_t date);

#endif
