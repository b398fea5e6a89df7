/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HANDOVER_H
#define HANDOVER_H

#include "aggregator/release.h"
#include "aggregator/stat_response.h"
#include "core/bundle.h"

/*
 * What a school hands over to whoever supervises it: the means of the three legal subjects as a file, and one
 * page that says who was asked, when, and why not everybody. Made from a release, so no figure of it is new;
 * both from the same `struct handover`, so that they never differ.
 */

enum { HANDOVER_MEANS = 3 + QUESTIONNAIRE_SCALES, HANDOVER_CODE_SIZE = 9 };

enum handover_status {
    HANDOVER_PUBLISHED,
    HANDOVER_HIDDEN,   /* not told, to protect pupils */
    HANDOVER_NOT_ASKED /* the questionnaire has no scale on this subject */
};

/* One scale on one of the three subjects; a subject without any has one, with NOT_ASKED. */
struct handover_mean {
    enum questionnaire_subject subject;
    uint16_t scale; /* or QUESTIONNAIRE_NONE */
    enum handover_status status;
    const struct release_figure *mean, *deviation, *error; /* of the school; NULL where not published */
    bool has_bounds;             /* who counts is told, and the head counts are right */
    struct stat_interval bounds; /* what the absent could change (stat_mean.h) */
};

struct handover {
    const struct release *release; /* views */
    const struct release *late;    /* of what came in later, which names `release`; or NULL */
    const struct round *round;
    char code[HANDOVER_CODE_SIZE], site[HANDOVER_CODE_SIZE]; /* the school's own numbers; may be empty */
    bool has_absences;
    uint32_t absent[BUNDLE_ABSENCES]; /* as the mentors counted, over the school */

    /* From here on by handover_make. */
    uint32_t enrolled, not_asked;
    uint32_t late_count; /* contributions that came in later */
    struct stat_response
        response;       /* over classes, with what came in later; HEADS_WRONG: no percentage anywhere */
    uint32_t set_aside; /* records damaged, duplicate, conflicting or excluded */
    uint32_t left_out;  /* contributions of batches that are not in the figures */
    size_t mean_count;
    struct handover_mean mean[HANDOVER_MEANS]; /* incidents, safety, well-being; scales in order */
};

/*
 * Releases, round, codes and absences have been set. FAULT_MEMORY; FAULT_DIGEST: `late` does not name
 * `release`; faults of release_belongs.
 */
enum fault handover_make(struct handover *handover) FAULT_MUST_CHECK;

/*
 * The file: UTF-8, RFC 4180 with semicolons, a header, one row a mean; numbers with a point whatever the
 * locale. The columns are in docs/statistics.md. A cell without a value is empty, and the status column
 * beside it says why. Errors stick in `out`.
 */
void handover_csv(struct bytes_buffer *out, const struct handover *handover);

/* The page: HTML that needs nothing from elsewhere, one A4 when printed. Errors stick in `out`. */
void handover_page(struct bytes_buffer *out, const struct handover *handover, enum fault_language language);

/* "3.4" of 34 with one decimal; `comma` for people who read Dutch. */
enum { HANDOVER_VALUE_SIZE = 24 };
void handover_value(char out[HANDOVER_VALUE_SIZE], uint32_t value, uint8_t decimals, bool comma);

/*
 * Absences by reason for people outside: a reason with fewer than `least` pupils joins `rest`, and a rest
 * smaller than `least` is not counted out
 * (`rest_is_small`), so that no single pupil's reason stands alone.
 */
struct handover_absence {
    uint32_t told[BUNDLE_ABSENCES]; /* 0: none, or in the rest */
    uint32_t rest;
    bool rest_is_small;
};
void handover_absences(struct handover_absence *out, const uint32_t absent[BUNDLE_ABSENCES], uint32_t least);

#endif
