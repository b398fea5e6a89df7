/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RELEASE_H
#define RELEASE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/round.h"

/*
 * What disclosure control let out: the only thing that a report can be made from (docs/format.md, "Release").
 * `struct release` is opaque: one comes from disclosure.h, or from a file that holder 0 signed, and from
 * nowhere else. It never says why a figure is hidden.
 */

enum {
    RELEASE_VERSION = 1,
    RELEASE_BYTES_LIMIT = 16 << 20,
    RELEASE_FIGURES = 100000,
    RELEASE_EXCLUDED = 10000
};

/* The rule by which figures were let out (docs/statistics.md). */
enum release_policy { RELEASE_POLICY_SCHOOL_ONLY = 1 };

enum release_level { RELEASE_SCHOOL };
enum release_subject { RELEASE_PARTICIPATION, RELEASE_ITEM, RELEASE_SCALE };

enum release_kind {
    RELEASE_ANSWERED, /* participation: went through to the end */
    RELEASE_STOPPED,  /* participation: sent what was filled in */
    RELEASE_DECLINED, /* participation: said no */
    RELEASE_OPTION,   /* item, select one: pupils who chose option `index` */
    RELEASE_GROUP,    /* item, select one: pupils who chose an option of coarse group `index` */
    RELEASE_CHOSEN,   /* item, select multiple: pupils who chose option `index`, among others */
    RELEASE_ANY, /* item, select multiple: pupils who chose an option of coarse group `index`, among others */
    RELEASE_DONT_KNOW,  /* item */
    RELEASE_RATHER_NOT, /* item */
    RELEASE_NO_ANSWER, /* item: no answer was given although it was asked; see docs/statistics.md for who is in it */
    RELEASE_MISSING, /* item: the three above together */
    RELEASE_MEAN,    /* scale: mean score, low and high in units of 10^-decimals */
    RELEASE_WHOLE,   /* the subject as a whole; only ever hidden */
    RELEASE_KINDS
};

enum release_status { RELEASE_PUBLISHED, RELEASE_HIDDEN };

struct release_figure {
    enum release_level level;
    uint16_t unit; /* 0 for the school */
    enum release_subject about;
    uint16_t subject; /* item or scale; 0 for participation */
    enum release_kind kind;
    uint16_t index; /* option or group; 0 otherwise */
    enum release_status status;
    uint32_t low, high; /* equal for an exact figure; 0 when hidden */
    uint8_t decimals;
    uint32_t n; /* pupils it is about: who gave an answer, or whose scale counts; 0 when not told */
};

struct release_batch {
    uint8_t digest[DIGEST_BYTES];
    uint16_t stratum;
    bool refused;  /* its sums contradicted each other */
    bool left_out; /* not in the figures: refused, or in a stratum with a refused batch */
    uint16_t class_count;
    uint16_t class_number[ROUND_CLASSES];
    uint32_t contributions; /* opened */
};

struct release_class {
    uint16_t number;
    uint32_t asked;
    uint32_t contributions;                   /* in the closing list */
    uint32_t damaged, duplicate, conflicting; /* records that came in and were not counted */
};

struct release_content {
    uint8_t round_digest[DIGEST_BYTES];
    uint8_t questionnaire_digest[DIGEST_BYTES];
    uint8_t layout_digest[DIGEST_BYTES];
    uint8_t closing_digest[DIGEST_BYTES];
    uint8_t ledger_head[2][DIGEST_BYTES]; /* both holders', at the entries for these batches */
    char program[33];                     /* version of the program that made it */
    enum release_policy policy;
    uint16_t k_unit, k_cell;
    uint16_t batch_count;
    struct release_batch *batch;
    uint16_t class_count; /* every class of the round, in its order */
    struct release_class *class_list;
    uint32_t excluded_count;
    uint8_t *excluded; /* ids, ascending */
    uint32_t figure_count;
    struct release_figure *figure; /* in the order of docs/format.md */
};

struct release;
const struct release_content *release_content(const struct release *release);
const uint8_t *release_digest(const struct release *release);   /* DIGEST_BYTES */
const uint8_t *release_sign_key(const struct release *release); /* whose signature it bears */
/* The bytes before the signature, made from the content. Errors stick in `out`. */
void release_put_body(struct bytes_buffer *out, const struct release *release);
/* The signed file, byte for byte. A view. */
struct bytes release_file(const struct release *release);
struct release *release_free(struct release *release); /* accepts NULL, gives NULL */

/*
 * FILE_TOO_LARGE, MAGIC, VERSION, TRUNCATED, LIMIT, TEXT, RECORD_ORDER (figures, classes, ids out of order),
 * TRAILING, NOT_CANONICAL, KEY_INVALID, SIGNATURE; FAULT_MEMORY. `*out` NULL on failure.
 */
enum fault release_decode(struct release **out, struct bytes content) FAULT_MUST_CHECK;

/*
 * FAULT_ROUND_OTHER; FAULT_KEY_WRONG: not signed by the round's holder 0; FAULT_DIGEST: another questionnaire
 * or layout; FAULT_LIMIT: a figure or class that this round does not have.
 */
enum fault release_belongs(const struct release *release, const struct round *round) FAULT_MUST_CHECK;

/* The figure, or NULL. */
const struct release_figure *release_find(const struct release *release, enum release_subject about,
                                          uint16_t subject, enum release_kind kind, uint16_t index);

#endif
