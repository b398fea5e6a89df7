/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REFERENCE_H
#define REFERENCE_H

#include "aggregator/trend.h"

/*
 * What a questionnaire brings to compare its scales with: dated figures from elsewhere, and tables from raw
 * sums to published scale values. Made from published figures only. Other pupils, another year, perhaps other
 * wording around it: an indication, never a norm.
 */

struct reference_line {
    const struct questionnaire_reference *reference; /* a view */
    bool is_told;               /* false: the school's own mean or error is not published */
    double mean;                /* the school's */
    struct trend_change change; /* school minus reference; `adjusted` by Holm over all lines */
};

struct reference_list {
    uint16_t count;
    struct reference_line line[QUESTIONNAIRE_REFERENCES];
};

/*
 * All references of the questionnaire, in its order. The school's error is that of classes as clusters; the
 * reference's is deviation / sqrt(pupils), as if its pupils had been drawn one by one (they rarely were, so a
 * difference close to the line is no difference). t with the school's classes less 1; fewer than
 * TREND_CLASSES: TREND_TOO_FEW. `questionnaire` is the one that the release belongs to, and must outlive
 * `out`.
 */
void reference_compare(struct reference_list *out, const struct release *release,
                       const struct questionnaire *questionnaire);

/*
 * The published scale value at the school's average raw sum, items * mean, between two sums in a straight
 * line; `out` are the values that the rounding of the mean leaves open, in the table's own units. It is the
 * value of the average, not the average of pupils' values, which would need every pupil's sum. False: no
 * table, or the mean is not published.
 */
bool reference_convert(struct stat_interval *out, const struct release *release,
                       const struct questionnaire *questionnaire, uint16_t scale);

#endif
