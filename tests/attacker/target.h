/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_TARGET_H
#define ATTACKER_TARGET_H

#include "published.h"

/*
 * What must stay hidden: every count below k_cell, and for sensitive questions every number of pupils who did
 * not say so below k_cell, in every group that there is: a batch, a stratum, the school, and what is left of
 * a larger one when those are taken off for whom the same count was published exactly. A reader's best
 * interval must contain the whole band 0..k_cell - 1. Of counts that no table has (a full option of one
 * class, who skipped without those who declined) it must contain k_cell values, wherever they lie: nobody who
 * makes a release can know such a count, and so not whether it is small.
 *
 * An attacker who is one of the pupils knows one pupil of every k_cell: of any count he must be left with
 * k_cell - 1 values.
 */

struct target {
    struct solver_terms terms;
    long truth, own;
    bool in_table;    /* a cell that releases have; else one that can only be worked out */
    double low, high; /* the attacker's interval as far as it is known */
    bool low_done, high_done;
    bool low_whole, high_whole; /* reached by whole pupils */
    char name[96];              /* "batches 0-3: item 4 option 2" */
};

struct target_list {
    bool with_pupil;
    bool with_reasons; /* print by which rows each was found */
    const struct published *published;
    int count, room;
    struct target *target;
};

/* Which batches make a group. */
struct target_group {
    char name[48];
    bool has[KNOWN_BATCHES];
};

/* Every count of the truth below k_cell becomes a target. */
void target_list_init(struct target_list *out, const struct world *world, const struct published *published,
                      bool with_pupil);
void target_list_release(struct target_list *list);

struct target_result {
    int targets, programs; /* linear programs solved */
    int found;             /* targets whose interval does not contain the band */
    int exact;             /* of these: known to the pupil */
    int undecided;         /* ends that no search in whole numbers reached within its time */
};

/*
 * Looks for every target's interval, prints a line for each that is found out. `plain` is a world without
 * anything published: what it gives away by itself is not held against the release; made only when needed.
 * whole: what a program with fractions leaves open is tried in whole numbers too.
 */
struct target_result target_list_attack(struct target_list *list, struct world *world,
                                        const struct world *plain, bool whole);

#endif
