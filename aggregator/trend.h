/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TREND_H
#define TREND_H

#include "aggregator/release.h"
#include "aggregator/stat_effect.h"

/*
 * What changed since the previous round, from the two releases alone. Compared is only what is the same: a
 * scale with the same scale digest, an item with the same item digest, at the same time of the school year.
 * Published figures are rounded, and that rounding counts as doubt: it never makes a change.
 *
 * Pupils of the two years partly are the same, but nothing links them; the years are treated as independent,
 * which makes intervals wider rather than narrower (Kish 1965, section 12).
 */

enum {
    TREND_DAYS_APART = 42, /* of the first days, counted from 1 August of each school year */
    TREND_CLASSES = 5      /* batches in either year below which nothing is said about chance */
};

/*
 * Of a share that is told within limits: at most this far to either side, else it is TREND_HIDDEN. The limits
 * count as rounding does.
 */
#define TREND_HALF 0.025

/* Whether the two rounds may be compared at all. */
enum trend_basis {
    TREND_BASIS_GOOD,
    TREND_BASIS_ORDER, /* the previous one is not of an earlier school year */
    TREND_BASIS_SEASON /* more than six weeks apart in the school year: another season, another mood */
};

enum trend_state {
    TREND_COMPARED,
    TREND_NEW,     /* not asked, or no such scale, in the previous round */
    TREND_CHANGED, /* asked in other words, with other options, or the scale has other items */
    TREND_HIDDEN   /* a figure that it takes is hidden in one of the two, or its limits are too far apart */
};

enum trend_verdict {
    TREND_CHANCE, /* could well be chance */
    TREND_HARD,   /* hard to explain by chance */
    TREND_TOO_FEW /* too few classes to tell */
};

/* One year's side of a comparison. */
struct trend_side {
    double value, half; /* a mean, or a share; its rounding is at most `half` to either side */
    double error;       /* standard error with classes as clusters, rounded upwards; > 0 */
    double sd;          /* of pupils, of a mean; NaN when not published; not used for a share */
    double n;           /* pupils; of a share the effective number, n / design effect */
    uint32_t classes;
};

struct trend_change {
    double change;                 /* now minus before */
    struct stat_interval interval; /* 95 %, the rounding included; meaningless with TREND_TOO_FEW */
    double effect;                 /* Hedges' g of a mean, Cohen's h of a share; NaN when it cannot be told */
    double
        least; /* change that four of five such pairs of rounds would show, when as many are compared; NaN with TREND_TOO_FEW */
    double error, df; /* standard error of the change; degrees of freedom; of TREND_TOO_FEW meaningless */
    double rounding;  /* what the rounding of both sides can make */
    double p;         /* two-sided, for this figure alone */
    double adjusted;  /* Holm, over all means, or all shares, of the comparison */
    enum trend_verdict verdict; /* of `adjusted` at 5 % */
};

struct trend_line {
    enum release_subject about; /* RELEASE_SCALE or RELEASE_ITEM */
    uint16_t subject;           /* in the release of now */
    enum release_kind kind;     /* MEAN; OPTION or GROUP */
    uint16_t index;
    enum trend_state state; /* the rest is meaningless unless COMPARED */
    double before, now;
    double half[2];   /* before and now are known to this much to either side */
    uint8_t decimals; /* of a mean: as published, the more of both rounds */
    struct trend_change change;
};

struct trend {
    enum trend_basis basis; /* not GOOD: no lines */
    int days_apart;
    size_t count;
    struct trend_line *line; /* owned: scales in order, then select one items in order, each cell */
};

/*
 * At school level. The caller releases `out`, also after a fault. FAULT_MEMORY. Standard errors of shares:
 * the design effect of the item's scale, ERROR_CLASSES² n / DEVIATION², at least 1 (Kish 1965); of an item
 * outside scales the largest of any scale. Where there is none: TREND_TOO_FEW.
 */
enum fault trend_compare(struct trend *out, const struct release *before,
                         const struct release *now) FAULT_MUST_CHECK;
void trend_release(struct trend *trend); /* accepts zeroed and released ones */

/*
 * The statistics by themselves; `adjusted` becomes `p`. Of means: t = (|change| - rounding) / sqrt(error1² + error2²), df = the smaller number of
 * classes less 1, which is stricter than Welch. Of shares: the same with p (1 - p) pooled over both years;
 * the interval is Newcombe's
 * (stat_proportion.h) on effective numbers. `least` = (t at 1 - 0.025/m + t at 80 %) times the error, and the
 * rounding; m = 1 here, and in trend_compare how many were judged together, which is Holm's strictest step.
 */
void trend_mean(struct trend_change *out, const struct trend_side *before, const struct trend_side *now);
void trend_share(struct trend_change *out, const struct trend_side *before, const struct trend_side *now);

/* `least` when so many (at least 1) are judged together. Not of TREND_TOO_FEW. */
void trend_least(struct trend_change *change, size_t together);

/* One year's side of a scale at school level; false when mean or error are not published. */
bool trend_scale_side(struct trend_side *out, const struct release *release, uint16_t scale);

/* In words that people say. Constants. */
const char *trend_verdict_text(enum trend_verdict verdict, enum fault_language language);
const char *trend_state_text(enum trend_state state, enum fault_language language);
const char *trend_basis_text(enum trend_basis basis, enum fault_language language);

#endif
