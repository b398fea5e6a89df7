/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_PROTECT_H
#define DISCLOSURE_PROTECT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/fault.h"

/*
 * Which cells of linked tables may be told (docs/statistics.md, "Protection"). A problem is a set of cells
 * with their true counts, and linear relations between them that everybody knows. It knows nothing of pupils,
 * items or units. All of it lives in secret memory.
 *
 * Requirement: for every cell that `needs` protection there are two tables of whole numbers that obey all
 * relations and everything told, one in which the cell is at need_low or below, and one in which it is at
 * need_high or above. Each such table is found by linear programming, rounded and then verified in integers;
 * what is told is reduced until all are found.
 */

enum protect_state {
    PROTECT_EXACT,  /* told */
    PROTECT_BANDED, /* told to be one of low..high */
    PROTECT_HIDDEN  /* not told */
};

struct protect_cell {
    uint32_t value;     /* the true count */
    uint32_t cap;       /* known by everybody to be at most this */
    uint32_t floor;     /* and at least this */
    uint32_t low, high; /* when banded */
    uint32_t need_low, need_high;
    uint32_t row;  /* cells of one row are blanked together */
    double weight; /* what hiding it costs */
    enum protect_state state;
    bool needs, met_low, met_high;
    /*
     * 0 or 1: 1 only in tables of a scenario that sets it, or where nothing else helps. Nothing is told of
     * it, ever: `state` is EXACT.
     */
    bool choice;
    uint32_t hint; /* 1 + the scenario that may bring its ends within reach; 0: none */
    /*
     * A count that nobody took, so that its true value is not known and `value` means nothing: tables must be
     * possible in which it is `spread` apart, one of them with 0 when `from_zero`; or it must surely be more
     * than `spread`. 0 for what is known.
     */
    uint32_t spread;
    bool from_zero;
    bool unknown;                 /* nobody counted it, `value` means nothing, and it protects nothing */
    uint32_t seen_low, seen_high; /* in the tables found so far */
};

/* One choice, which must be possible: there is a table in which it is 1. */
struct protect_scenario {
    uint32_t choice; /* cell */
    bool met;
};

struct protect_term {
    uint32_t cell;
    int32_t factor;
};

struct protect_relation {
    uint32_t first, count; /* of terms */
    int64_t limit;         /* the terms' sum is at most this, or exactly this */
    bool equal;
};

struct protect {
    struct protect_cell *cell;
    struct protect_term *term;
    struct protect_relation *relation;
    struct protect_scenario *scenario;
    uint32_t cell_count, term_count, relation_count, scenario_count;
    uint32_t cell_room, term_room, relation_room, scenario_room;
    uint32_t row_count;
    /*
     * Into which parts a row belongs; 0: to every part. NULL: there are no parts. Not owned. In a large
     * problem one part after another is let be anything while all others stay as in a verified table of the
     * whole: both together are a table of the whole. First one `subject` in one `region`, with which the last
     * subject moves along; then a subject, then a region; what is left is looked for in the whole.
     */
    const struct protect_part { uint16_t subject, region; } * part;
    uint32_t part_rows;
    bool fractions;    /* tables need not be of whole numbers: where whole ones were found before, of less */
    enum fault fault;  /* sticks */
    uint32_t programs; /* linear programs solved so far */
};

void protect_release(struct protect *protect); /* wipes; accepts zeroed or released ones; leaves it zeroed */

/* A cell of `row` with this true count. Gives its index. Faults stick. */
uint32_t protect_add(struct protect *protect, uint32_t row, uint32_t value, uint32_t cap, double weight);
/* A cell that nobody counted, not told. */
uint32_t protect_add_unknown(struct protect *protect, uint32_t row, uint32_t cap);
/* What a reader knows of a cell by itself: its least and its greatest value. */
uint32_t protect_least(const struct protect_cell *cell);
uint32_t protect_most(const struct protect_cell *cell);
/*
 * A relation over the terms added next; protect_end counts `limit` from the true counts when it is an
 * equation.
 */
void protect_begin(struct protect *protect);
void protect_term(struct protect *protect, uint32_t cell, int32_t factor);
void protect_end_equal(struct protect *protect); /* the sum is what it is */
void protect_end_exactly(struct protect *protect,
                         int64_t limit); /* the sum is this: for cells of unknown value */
void protect_end_at_most(struct protect *protect,
                         int64_t limit); /* the sum is at most `limit`, and truly is */

/* What a relation's terms sum up to; `deviation` (NULL: none) is added to the true count of every cell. */
int64_t protect_sum(const struct protect *protect, const struct protect_relation *relation,
                    const int32_t *deviation);

/* A choice that must be possible. Gives its cell. */
uint32_t protect_add_choice(struct protect *protect);

/*
 * The table nearest to the truth, by weight of what is told and moves, in which `cell` is at `value`: `table`
 * has room for the count of every cell, `moved` (may be NULL) is set for every told cell that is not at its
 * told value. Changes no state. False when there is none.
 */
enum fault protect_nearest(bool *found, uint32_t *table, bool *moved, struct protect *protect, uint32_t cell,
                           uint32_t value) FAULT_MUST_CHECK;

/*
 * Hides until the requirement holds. Where hiding single cells cannot bring it about, blanks the row of the
 * cell; in the end everything. FAULT_MEMORY, FAULT_MEMORY_LOCK, FAULT_LIMIT.
 */
enum fault protect_run(struct protect *protect) FAULT_MUST_CHECK;

/*
 * Whether the requirement holds as things are, hiding nothing. `*failed` (may be NULL) is a cell for which it
 * does not.
 */
enum fault protect_audit(bool *holds, struct protect *protect, uint32_t *failed) FAULT_MUST_CHECK;

#endif
