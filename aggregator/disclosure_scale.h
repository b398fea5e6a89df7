/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_SCALE_H
#define DISCLOSURE_SCALE_H

#include "aggregator/disclosure_presence.h"

/*
 * A scale as one problem: its items (with what hangs on them by conditions), its distribution and its means,
 * with all that answers and scores have to do with each other in every smallest unit (docs/statistics.md,
 * "Scales as a whole"). How many answers those gave who count, and their scores, nobody counted by class:
 * these are cells that follow, chosen to fit (disclosure_protect.h).
 */

/* What may be told of a scale besides counts, before anything is judged. */
struct disclosure_scale_candidates {
    const bool *mean;       /* one a node */
    const uint64_t *tenths; /* and the mean to tell */
    /*
     * What the standard error says: how far the sum of a batch's scores can be at most from its n times the
     * school's mean; 0 when no error is told.
     */
    double far;
};

struct disclosure_scale {
    const struct disclosure_school *school;
    uint16_t scale;
    struct disclosure_table table;      /* the items in the order of the questionnaire, last the scores */
    uint32_t scores;                    /* which subject of the table the scores are */
    struct disclosure_scale_unit *unit; /* one a node */
    struct protect_part *part;          /* one a row */
    uint32_t *told; /* two cells a node: the lower and the upper end of its mean; DISCLOSURE_NO_CELL: none */
    uint32_t far_first, far_end; /* cells: how far batches are from the school's mean */
};

/*
 * Makes the problem; everything is in the state that the rule of bands gives it. FAULT_MEMORY,
 * FAULT_MEMORY_LOCK, FAULT_LIMIT.
 */
enum fault disclosure_scale_init(struct disclosure_scale *out, const struct disclosure_school *school,
                                 uint16_t scale, const struct disclosure_presence *presence,
                                 const struct disclosure_scale_candidates *candidates) FAULT_MUST_CHECK;
void disclosure_scale_release(struct disclosure_scale *scale); /* wipes; accepts zeroed or released ones */

/* Hides what is hidden in a table of some of the same subjects that was judged by itself. */
void disclosure_scale_hide(struct disclosure_scale *scale, const struct disclosure_table *like);

/* Judges it. The same faults. */
enum fault disclosure_scale_judge(struct disclosure_scale *scale) FAULT_MUST_CHECK;

/* Whether the mean of a node is told, after judging. */
bool disclosure_scale_tells_mean(const struct disclosure_scale *scale, uint32_t node);
/* Whether the standard error is, after judging: it takes no end from any count. */
bool disclosure_scale_tells_error(const struct disclosure_scale *scale);

#endif
