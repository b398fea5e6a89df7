/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "questionnaire.h"

/*
 * The layout of the measurement: which counter of the vector counts what. It follows from the questionnaire
 * alone (docs/format.md, "Layout"), has a digest, and can be printed. It is a row of blocks; every block
 * belongs to a level:
 *
 *   class      added up per class batch: participation, coarse counts, per scale n and sum
 *   school     added up per stratum (years) only: full options, score histograms, complete cases, sizes of breakdowns
 *   breakdown  per category of a breakdown item; opened only where every category is 0 or at least k_unit
 *
 * Order: first all class blocks, then all school blocks, then all breakdown blocks, so a level is one range.
 */

enum {
    LAYOUT_COUNTERS = 16384,
    LAYOUT_COUNTERS_ADVISED = 2000,
    LAYOUT_MISSING_CODES = 4,
    LAYOUT_VERSION = 1
};

enum layout_level { LAYOUT_CLASS, LAYOUT_SCHOOL, LAYOUT_BREAKDOWN, LAYOUT_LEVELS };

enum layout_kind {
    LAYOUT_PARTICIPATION, /* 3: answered, stopped, declined; one-hot over everybody */
    LAYOUT_GROUPS,        /* select_one: one a coarse group; with MISSING one-hot over consenting */
    LAYOUT_ANSWERED, /* select_multiple: 1 counter, gave an answer; with MISSING one-hot over consenting */
    LAYOUT_MISSING,  /* 4: don't know, rather not say, skipped, not asked */
    LAYOUT_ANY, /* select_multiple: one a coarse group, chose at least one option of it; each <= ANSWERED */
    LAYOUT_SCALE_SUM, /* 2: n (scale counts), sum of raw * unit / answered */
    LAYOUT_OPTIONS,   /* select_one: one an ANSWER option in list order; adds up to GROUPS group by group */
    LAYOUT_CHOSEN,    /* select_multiple: one an ANSWER option in list order; each <= ANSWERED */
    LAYOUT_HISTOGRAM, /* one-hot: for answered = least..items, for raw = answered*min..answered*max; last: not counted */
    LAYOUT_COMPLETE /* per item of the scale, per score min..max: complete cases only; each item adds up to their number */
};

struct layout_block {
    enum layout_kind kind;
    enum layout_level level;
    uint16_t subject;   /* item, or scale for SCALE_SUM, HISTOGRAM, COMPLETE; NONE for PARTICIPATION */
    uint16_t breakdown; /* the breakdown item whose `category` this block is about, or NONE */
    uint16_t category;  /* option index of that item, or NONE */
    uint32_t first;     /* index of its first counter */
    uint32_t count;
};

/*
 * A scale's arithmetic. A pupil's score counts when answered * 5 >= items * 4; then raw (after reversing) *
 * unit / answered is an integer, because unit = lcm(least, ..., items), least = ceil(4 * items / 5). "Rather
 * not say" and "don't know" are unanswered. Mean of the scale = sum / (n * unit), on the items' own score
 * range.
 */
struct layout_scale {
    uint32_t items;
    uint32_t least;
    uint64_t unit;
};

struct layout {
    uint32_t counter_count;
    uint32_t level_first[LAYOUT_LEVELS + 1]; /* level l is [level_first[l], level_first[l + 1]) */
    uint32_t block_count;
    struct layout_block *block;
    struct layout_scale scale[QUESTIONNAIRE_SCALES];
    uint32_t
        size_count; /* sizes that decide which categories are opened; 0 without a breakdown (layout_sizes) */
    uint8_t digest[DIGEST_BYTES];
};

/*
 * Derives the layout; the caller releases it. Same questionnaire, same layout and digest, on every machine.
 *   class:      PARTICIPATION; per select item that is no breakdown, in item order: select_one GROUPS, MISSING; select_multiple
 *               ANSWERED, MISSING, ANY; per scale SCALE_SUM
 *   school:     per item in item order: breakdown OPTIONS, MISSING; select_one OPTIONS; select_multiple CHOSEN; per scale
 *               HISTOGRAM, COMPLETE
 *   breakdown:  per breakdown item, per ANSWER option: per other item (no breakdown) select_one OPTIONS, MISSING; select_multiple
 *               ANSWERED, MISSING, CHOSEN; per scale HISTOGRAM
 * FAULT_LAYOUT_TOO_LARGE: more than LAYOUT_COUNTERS counters, or a unit that does not fit. FAULT_MEMORY.
 */
enum fault layout_derive(struct layout *out, const struct questionnaire *questionnaire) FAULT_MUST_CHECK;
void layout_release(struct layout *layout); /* accepts a zeroed or released one; leaves it zeroed */

/* FAULT_SUM_TOO_LARGE when `pupils` contributions could bring any counter to 2^32. */
enum fault layout_fits(const struct layout *layout, const struct questionnaire *questionnaire,
                       uint32_t pupils) FAULT_MUST_CHECK;

/*
 * The block of this kind and subject at this level (breakdown, category NONE unless level is BREAKDOWN), or
 * NULL.
 */
const struct layout_block *layout_find(const struct layout *layout, enum layout_level level,
                                       enum layout_kind kind, uint16_t subject, uint16_t breakdown,
                                       uint16_t category);

/*
 * The place in a HISTOGRAM block of the cell of (`answered`, `raw`): the cells of fewer answered items come
 * first, each row from raw = answered * min to answered * max. `answered` is least..items. The block's last
 * counter, after all cells, is "not counted".
 */
uint32_t layout_cell(const struct layout *layout, const struct questionnaire *questionnaire, uint16_t scale,
                     uint32_t answered, uint32_t raw);

/*
 * The sizes of breakdowns in a vector of counter_count counters, or of its class and school levels only: per
 * breakdown item, in item order, how many chose each ANSWER, and then how many took part and chose none
 * (MISSING, added mod 2^32). Of a share they are that share's part: they add up as shares do. `out` holds
 * size_count.
 */
void layout_sizes(uint32_t *out, const struct layout *layout, const uint32_t *counters);

/*
 * One line of description of counter `counter` for `klankbord questionnaire layout`:
 * "17<TAB>class<TAB>groups<TAB>safe_school<TAB>group 2: often, always". English, stable, for developers and
 * auditors. Truncated to `size` bytes, zero-terminated.
 */
void layout_describe(char *out, size_t size, const struct layout *layout,
                     const struct questionnaire *questionnaire, uint32_t counter);

#endif
