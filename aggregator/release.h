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
    RELEASE_VERSION = 2,
    RELEASE_BYTES_LIMIT = 16 << 20,
    RELEASE_FIGURES = 400000,
    RELEASE_EXCLUDED = 10000,
    RELEASE_BINS = 5,             /* of a scale's scores, at most */
    RELEASE_CATEGORY_STRIDE = 32, /* a breakdown's unit is this times the item, plus the option */
    RELEASE_INCIDENTS_IN_CLASS = 1,
    RELEASE_FINEST_SHIFT = 1 /* the two bits of `choices` above it: the finest level that is told */
};

/* The rule by which figures were let out (docs/statistics.md). */
enum release_policy { RELEASE_POLICY_SCHOOL_ONLY = 1, RELEASE_POLICY_AUDITED };

/* What a unit is at each level: a batch, a stratum, the school (0), a category of a breakdown item. */
enum release_level { RELEASE_CLASS, RELEASE_YEAR, RELEASE_SCHOOL, RELEASE_BREAKDOWN, RELEASE_LEVELS };
enum release_subject { RELEASE_PARTICIPATION, RELEASE_ITEM, RELEASE_SCALE };

enum release_kind {
    RELEASE_ANSWERED, /* participation: went through to the end */
    RELEASE_STOPPED,  /* participation: sent what was filled in */
    RELEASE_DECLINED, /* participation: said no */
    RELEASE_OPTION,   /* item, select one: pupils who chose option `index` */
    RELEASE_GROUP,    /* item, select one: pupils who chose an option of coarse group `index` */
    RELEASE_CHOSEN,   /* item, select multiple: pupils who chose option `index`, among others */
    RELEASE_ANY, /* item, select multiple: pupils who chose an option of coarse group `index`, among others */
    RELEASE_DONT_KNOW,     /* item */
    RELEASE_RATHER_NOT,    /* item */
    RELEASE_NO_ANSWER,     /* item: everybody of the row who is in no other cell */
    RELEASE_NOT_ASKED,     /* item with a condition: was not asked, stopped before it, or declined */
    RELEASE_MISSING,       /* item: the four above together */
    RELEASE_SCORE,         /* scale: pupils whose score lies in bin `index` */
    RELEASE_NOT_COUNTED,   /* scale: everybody of the row whose scale does not count */
    RELEASE_MEAN,          /* scale: mean score */
    RELEASE_DEVIATION,     /* scale: standard deviation of pupils' scores */
    RELEASE_ERROR_CLASSES, /* scale: standard error of the mean, batches as clusters; n is their number */
    RELEASE_ALPHA,         /* scale: Cronbach's alpha over complete cases */
    RELEASE_KINDS
};

/*
 * PUBLISHED: low == high. BANDED: low < high, the value is one of low..high. HIDDEN: all zero, no reason
 * told.
 */
enum release_status { RELEASE_PUBLISHED, RELEASE_BANDED, RELEASE_HIDDEN };

struct release_figure {
    enum release_level level;
    uint16_t unit;
    enum release_subject about;
    uint16_t subject; /* item or scale; 0 for participation */
    enum release_kind kind;
    uint16_t index; /* option, group or bin; 0 otherwise */
    enum release_status status;
    uint32_t low, high; /* in units of 10^-decimals */
    uint8_t decimals;
    uint32_t
        n; /* what the row adds up to; of a mean who counts, 0 when not told; of ERROR_CLASSES the batches */
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

struct release_stratum {
    uint16_t years;         /* mask; never 0 */
    bool left_out;          /* it holds a refused batch, or its own sums contradicted each other */
    uint32_t contributions; /* opened */
};

struct release_item {
    char name[QUESTIONNAIRE_NAME_SIZE];
    enum questionnaire_kind kind;
    uint16_t scale;               /* or QUESTIONNAIRE_NONE */
    uint8_t digest[DIGEST_BYTES]; /* questionnaire_item_digest: equal ones may be compared between rounds */
};

struct release_scale {
    char name[QUESTIONNAIRE_NAME_SIZE];
    enum questionnaire_subject subject;
    bool high_is_good, formative;
    uint8_t score_min, score_max;
    uint16_t item_count;
    uint8_t digest[DIGEST_BYTES]; /* questionnaire_scale_digest */
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
    uint8_t previous_digest[DIGEST_BYTES]; /* of the round's release before this one; zero for the first */
    uint8_t ledger_head[2][DIGEST_BYTES];  /* both holders', at the entries for these batches */
    char program[33];                      /* version of the program that made it */
    enum release_policy policy;
    uint16_t k_unit, k_cell;
    char instrument[QUESTIONNAIRE_NAME_SIZE], instrument_version[33]; /* the questionnaire's own */
    bool recognised;                                                  /* as a validated instrument */
    uint16_t school_year;
    uint32_t first_day, last_day; /* of the round */
    uint8_t choices;              /* RELEASE_INCIDENTS_IN_CLASS; release_finest */
    uint16_t batch_count;
    struct release_batch *batch;
    uint16_t stratum_count;
    struct release_stratum *stratum;
    uint16_t item_count; /* every item of the questionnaire, notes too */
    struct release_item *item;
    uint16_t scale_count;
    struct release_scale *scale;
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
/* The finest level that it tells anything at: CLASS (everything), YEAR or SCHOOL. */
enum release_level release_finest(const struct release_content *content);
/*
 * Whether `digest` is this release's, or that of the release of the same content at a coarser level: whether
 * everything that one tells stands in this one.
 * False too when memory is out.
 */
bool release_holds(const struct release *release, const uint8_t digest[DIGEST_BYTES]);
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

/* Whether from some class more came in than it has pupils: then there is no response, of the school neither. */
bool release_heads_wrong(const struct release_content *content);

/* The figure, or NULL. At school level: */
const struct release_figure *release_find(const struct release *release, enum release_subject about,
                                          uint16_t subject, enum release_kind kind, uint16_t index);
/* At any level. */
const struct release_figure *release_find_at(const struct release *release, enum release_level level,
                                             uint16_t unit, enum release_subject about, uint16_t subject,
                                             enum release_kind kind, uint16_t index);
/*
 * All figures of one subject in one unit: a view of content->figure, `*count` of them, in order. NULL and 0
 * when the unit has none.
 */
const struct release_figure *release_row(const struct release *release, enum release_level level,
                                         uint16_t unit, enum release_subject about, uint16_t subject,
                                         uint32_t *count);

/* A number that orders figures as the format asks. */
uint64_t release_rank(const struct release_figure *figure);
/* How many bins a scale of this range has, 2..RELEASE_BINS; and the bin of the score raw / answered. */
uint16_t release_bins(uint8_t score_min, uint8_t score_max);
uint16_t release_bin_of(uint8_t score_min, uint8_t score_max, uint32_t answered, uint32_t raw);

#endif
