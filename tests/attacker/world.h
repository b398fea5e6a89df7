/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_WORLD_H
#define ATTACKER_WORLD_H

#include "known.h"
#include "solver.h"

/*
 * Every school that there could be: columns for what each batch of pupils may have answered, and rows for
 * what must hold of any pupils whatever, from the questionnaire and the numbers of contributions alone. What
 * was published is laid on top of it by published.h.
 *
 * Per batch: who answered, stopped, declined; per item a column a cell (known.h); per scale the columns
 * below.
 */

struct world_scale {
    int n;               /* pupils whose scale counts */
    int mean;            /* the sum of their mean scores */
    int answered[2];     /* items answered by those who count, by those who do not */
    int raw[2];          /* the sums of the scores that they gave there */
    int square;          /* the sum of the squares of their mean scores */
    int bin[KNOWN_BINS]; /* who counts, by where the mean score lies */
};

struct world_batch {
    long contributions;
    bool known; /* false: left out of the figures, so it has no columns */
    int participation[3];
    int *cell[KNOWN_ITEMS]; /* per cell, 0 where there is none */
    struct world_scale scale[KNOWN_SCALES];
};

struct world {
    const struct known *known;
    struct solver *solver;
    int batch_count;
    struct world_batch *batch;
};

/* contributions[i] < 0: batch i is left out. `whole`: columns may be asked for in whole numbers. */
void world_init(struct world *out, const struct known *known, const long *contributions, int batch_count);
void world_release(struct world *world);

/* Everybody of a batch who took part: answered or stopped. */
void world_add_consenting(struct solver_terms *out, const struct world *world, int batch, double factor);
/* One cell of an item, as in the truth; for GROUPS of a select one use world_add_group. */
void world_add_cell(struct solver_terms *out, const struct world *world, int batch, int item, int cell,
                    double factor);
/* Select one: all options of a coarse group. Multiple: who chose any of it. */
void world_add_group(struct solver_terms *out, const struct world *world, int batch, int item, int group,
                     double factor);
/* Everybody who gave an answer that is no missing code. */
void world_add_answered(struct solver_terms *out, const struct world *world, int batch, int item,
                        double factor);

#endif
