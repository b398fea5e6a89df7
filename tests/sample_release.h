/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAMPLE_RELEASE_H
#define SAMPLE_RELEASE_H

#include "aggregator/release.h"
#include "tests/sample_round.h"

/*
 * A release with figures at every level, for what reads releases (reports) and must not wait for a whole
 * round to be opened. Pupils are invented; counts below k_cell are bands, one more cell of such a row is
 * hidden, and rows of fewer than k_unit are hidden altogether. This is not disclosure control, only something
 * that looks like what comes out of it. Any failure ends the test program. Link sample_round.c and
 * sample_questionnaire.c too.
 */

struct sample_release_school {
    struct sample_class *classes; /* as for sample_round */
    uint16_t class_count;
    uint32_t absent_percent; /* of every class */
    uint32_t mood;           /* 0..100: how favourable the answers are */
    uint64_t seed;
    uint32_t too_many;   /* come in from every class beyond its pupils */
    uint16_t years_back; /* how many school years before the sample round's */
};

/* The caller frees both. Takes the questionnaire over. */
void sample_release_make(struct release **release, struct sample_round **sample,
                         struct questionnaire *questionnaire, const struct sample_release_school *school);
/* The questionnaire of this folder under questionnaires/, compiled. `path` is of its CSV. */
struct questionnaire *sample_release_questionnaire(const char *path);
/*
 * `classes` pupils' classes of `least` to `most` pupils in years from..to; labels "1A", "1B", ... in memory
 * that stays.
 */
void sample_release_classes(struct sample_class *out, uint16_t count, uint32_t least, uint32_t most,
                            uint16_t from, uint16_t to, uint64_t seed);

#endif
