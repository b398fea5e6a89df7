/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_SEARCH_H
#define DISCLOSURE_SEARCH_H

#include "aggregator/disclosure_lp.h"

/*
 * How protect_run looks for the tables that it requires (disclosure_protect.h): the rooms behind that door, and
 * for nobody else. Where a table comes from does not matter (linear programs, parts, rounding); it counts only
 * after search_learn has verified it against everything told and every relation.
 */

/* What one search works with. */
struct search {
    struct protect *protect; /* not owned */
    struct disclosure_lp *lp;
    int32_t *deviation; /* in secret memory */
    uint32_t *touched;  /* per scenario: where its relations begin in `of` */
    uint32_t *of;       /* the relations that its choice is in */
    double *point;      /* the table that was found last, as deviations; in secret memory */
    bool *only;         /* NULL, or which cells are looked for */
    /*
     * In a part (disclosure_parts.c): the cells that may move, and the relations that one of them is in. All
     * others are as in a table that was verified. NULL: all cells, all relations.
     */
    uint32_t *moving, *bearing;
    uint32_t moving_count, bearing_count;
    double *sum;    /* NULL, or of all tables of fractions without a choice; in secret memory */
    uint32_t found; /* how many these are; of tables of whole numbers only the first is kept */
    bool verified;  /* the table that was learnt from last is one */
    bool parted;    /* most was looked for in parts */
    int8_t *direction;
    bool *hide;
    bool *taken;  /* per row */
    uint32_t *at; /* per row */
};

/* How far off a sum of fractions may be, and a number be called whole. */
#define SEARCH_NEARLY 1e-6

/*
 * `protect` must outlive it. FAULT_MEMORY, FAULT_MEMORY_LOCK, or the fault that `protect` holds; release it in
 * every case.
 */
enum fault search_init(struct search *search, struct protect *protect) FAULT_MUST_CHECK;
void search_release(struct search *search); /* wipes */

/* disclosure_witness.c: what is a table, and what it shows */

/* Whether all relations hold, in integers, with these deviations (one a cell) from the true counts. */
bool search_obeys(const struct protect *protect, const int32_t *deviation);
/*
 * Verifies the table in `point`, in integers, or to SEARCH_NEARLY where the problem is one of fractions. When it
 * is a table, marks every end and every scenario that it shows to be possible. Gives how many ends are newly met.
 */
uint32_t search_learn(struct search *search);
/*
 * Whether this choice, made at `base`, breaks no relation in which none of `free_cells` (NULL: no cell) is: where
 * it does, they cannot make it possible. `base` is as before afterwards.
 */
bool search_bears_beyond(const struct search *search, uint32_t scenario, const bool *free_cells,
                         double *base);
/* Puts all cells where a part moves from: `point` and `deviation` as in `base`, nothing looked for. */
void search_place(struct search *search, const double *base);

/* disclosure_search.c: tables within what is told; none of these hides anything */

/* How many cells there are to look at, and the one at this place among them. */
uint32_t search_cells(const struct search *search);
uint32_t search_cell(const struct search *search, uint32_t place);
bool search_is_met(const struct protect_cell *cell, bool high);
/* Whether this end is not met yet, and is looked for. */
bool search_is_wanted(const struct search *search, uint32_t cell, bool high);
/* The next end that is not met, from *cell on; false when all are. */
bool search_next(const struct protect *protect, uint32_t *cell, bool *high);
/* As things truly are, then all ends at once, then one of every row at once, then by scenario. */
void search_first(struct search *search);
/*
 * All that is not met yet, one way at once, as long as that brings anything; only cells with this hint, and
 * its choice, when it is not 0.
 */
void search_together(struct search *search, bool high, uint32_t hint);
/* Ends of one row are in each other's way: one of every row at once, then the next of every row. */
void search_by_row(struct search *search, bool high);
/* One end of one cell, with its scenario's choice or without. Whether it is met. */
bool search_alone(struct search *search, uint32_t cell, bool high);
/* A table in which this choice is 1. Whether it is met. */
bool search_scenario(struct search *search, struct protect_scenario *scenario);
/* Whole numbers for an end (`high`: at `value` or above) that was reached in fractions only. */
void search_whole(struct search *search, uint32_t cell, uint32_t value, bool high);

/* disclosure_parts.c */

/*
 * Part after part (struct protect, `part`), the others staying at the middle of all tables found so far. When
 * there is no first table to start from, `parted` stays false. FAULT_MEMORY, FAULT_MEMORY_LOCK.
 */
enum fault search_by_parts(struct search *search) FAULT_MUST_CHECK;

/* disclosure_settle.c: what cannot be met as things are; these hide */

/*
 * Hides the cheapest cells that let this end be met, or needs less where it could not be met with nothing told;
 * else blanks the row; in the end everything.
 */
void search_settle(struct search *search, uint32_t cell, bool high);
/* The same for a choice that must be possible and is not. */
void search_settle_scenario(struct search *search, struct protect_scenario *scenario);

#endif
