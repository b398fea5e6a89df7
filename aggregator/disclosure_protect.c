/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_protect.h"

#include <stdlib.h>
#include <string.h>

#include "core/secret.h"
#include "disclosure_lp.h"

void protect_release(struct protect *protect) {
    secret_free(protect->cell);
    secret_free(protect->term);
    secret_free(protect->relation);
    *protect = (struct protect){0};
}

/* One more element in secret memory; the old place is wiped. */
static void *grow(struct protect *protect, void *old, uint32_t count, uint32_t *room, size_t size) {
    void *more = NULL;
    if (count < *room || protect->fault) {
        return old;
    }
    uint32_t wanted = *room ? 2 * *room : 512;
    protect->fault = secret_new(&more, wanted * size);
    if (protect->fault) {
        return old;
    }
    if (count) {
        memcpy(more, old, count * size);
    }
    secret_free(old);
    *room = wanted;
    return more;
}

uint32_t protect_add(struct protect *protect, uint32_t row, uint32_t value, uint32_t cap, double weight) {
    protect->cell =
        grow(protect, protect->cell, protect->cell_count, &protect->cell_room, sizeof *protect->cell);
    if (protect->fault) {
        return 0;
    }
    protect->cell[protect->cell_count] = (struct protect_cell){
        .value = value, .cap = cap, .row = row, .weight = weight, .state = PROTECT_HIDDEN};
    protect->row_count = row >= protect->row_count ? row + 1 : protect->row_count;
    return protect->cell_count++;
}

void protect_begin(struct protect *protect) {
    protect->relation = grow(protect, protect->relation, protect->relation_count, &protect->relation_room,
                             sizeof *protect->relation);
    if (!protect->fault) {
        protect->relation[protect->relation_count] = (struct protect_relation){.first = protect->term_count};
    }
}

void protect_term(struct protect *protect, uint32_t cell, int32_t factor) {
    protect->term =
        grow(protect, protect->term, protect->term_count, &protect->term_room, sizeof *protect->term);
    if (!protect->fault && factor) {
        protect->term[protect->term_count++] = (struct protect_term){cell, factor};
        protect->relation[protect->relation_count].count++;
    }
}

static int64_t sum_of(const struct protect *protect, const struct protect_relation *relation,
                      const int32_t *deviation) {
    int64_t sum = 0;
    for (uint32_t i = 0; i < relation->count; i++) {
        const struct protect_term *term = &protect->term[relation->first + i];
        int64_t value = (int64_t)protect->cell[term->cell].value + (deviation ? deviation[term->cell] : 0);
        sum += term->factor * value;
    }
    return sum;
}

void protect_end_equal(struct protect *protect) {
    if (!protect->fault) {
        struct protect_relation *relation = &protect->relation[protect->relation_count++];
        relation->equal = true;
        relation->limit = sum_of(protect, relation, NULL);
    }
}

void protect_end_at_most(struct protect *protect, int64_t limit) {
    if (!protect->fault) {
        protect->relation[protect->relation_count++].limit = limit;
    }
}

/* What one run works with. */
struct run {
    struct protect *protect;
    struct disclosure_lp *lp;
    int32_t *deviation; /* in secret memory */
    int8_t *direction;
    bool *hide;
};

/* Whether the proposed table obeys everything, in integers. */
static bool is_a_table(const struct protect *protect, const int32_t *deviation) {
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        const struct protect_cell *cell = &protect->cell[i];
        int64_t value = (int64_t)cell->value + deviation[i];
        int64_t low = cell->state == PROTECT_EXACT    ? cell->value
                      : cell->state == PROTECT_BANDED ? cell->low
                                                      : 0;
        int64_t high = cell->state == PROTECT_EXACT    ? cell->value
                       : cell->state == PROTECT_BANDED ? cell->high
                                                       : cell->cap;
        if (value < low || value > high) {
            return false;
        }
    }
    for (uint32_t i = 0; i < protect->relation_count; i++) {
        const struct protect_relation *relation = &protect->relation[i];
        int64_t sum = sum_of(protect, relation, deviation);
        if (relation->equal ? sum != relation->limit : sum > relation->limit) {
            return false;
        }
    }
    return true;
}

/* What this table shows to be possible; gives how many bounds are newly met. */
static uint32_t learn(struct run *run) {
    struct protect *protect = run->protect;
    uint32_t met = 0;
    if (!is_a_table(protect, run->deviation)) {
        return 0;
    }
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        struct protect_cell *cell = &protect->cell[i];
        int64_t value = (int64_t)cell->value + run->deviation[i];
        if (cell->needs && !cell->met_high && value >= cell->need_high) {
            cell->met_high = true;
            met++;
        }
        if (cell->needs && !cell->met_low && value <= cell->need_low) {
            cell->met_low = true;
            met++;
        }
    }
    return met;
}

static uint32_t try_direction(struct run *run) {
    run->protect->programs++;
    return disclosure_lp_reach(run->lp, run->direction, run->deviation) ? learn(run) : 0;
}

/* All that is not met yet, one way at once, as long as that brings anything. */
static void reach_together(struct run *run, bool high) {
    struct protect *protect = run->protect;
    uint32_t met = 1;
    while (met) {
        bool any = false;
        for (uint32_t i = 0; i < protect->cell_count; i++) {
            const struct protect_cell *cell = &protect->cell[i];
            bool wanted = cell->needs && !(high ? cell->met_high : cell->met_low);
            run->direction[i] = (int8_t)(!wanted ? 0 : high ? 1 : -1);
            any = any || wanted;
        }
        met = any ? try_direction(run) : 0;
    }
}

static bool is_met(const struct protect_cell *cell, bool high) {
    return high ? cell->met_high : cell->met_low;
}

static bool reach_alone(struct run *run, uint32_t cell, bool high) {
    struct protect_cell *wanted = &run->protect->cell[cell];
    memset(run->direction, 0, run->protect->cell_count * sizeof *run->direction);
    run->direction[cell] = high ? 1 : -1;
    run->protect->programs++;
    if (!disclosure_lp_reach(run->lp, run->direction, run->deviation)) {
        return false;
    }
    int64_t value = (int64_t)wanted->value + run->deviation[cell];
    bool reached = high ? value >= wanted->need_high : value <= wanted->need_low;
    (void)learn(run);
    if (reached && !is_met(wanted, high)) {
        run->protect->programs++;
        if (disclosure_lp_whole(run->lp, cell, high ? wanted->need_high : wanted->need_low, high,
                                run->deviation)) {
            (void)learn(run);
        }
    }
    return is_met(wanted, high);
}

/* The next bound that is not met; false when all are. */
static bool next_unmet(const struct protect *protect, uint32_t *cell, bool *high) {
    for (uint32_t i = *cell; i < protect->cell_count; i++) {
        if (protect->cell[i].needs && !(protect->cell[i].met_high && protect->cell[i].met_low)) {
            *cell = i;
            *high = !protect->cell[i].met_high;
            return true;
        }
    }
    return false;
}

static uint32_t blank(struct protect *protect, uint32_t row, bool all) {
    uint32_t changed = 0;
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        if ((all || protect->cell[i].row == row) && protect->cell[i].state != PROTECT_HIDDEN) {
            protect->cell[i].state = PROTECT_HIDDEN;
            changed++;
        }
    }
    return changed;
}

/* Hides the cheapest set that lets this cell go there; false when no set of single cells does. */
static bool complement(struct run *run, uint32_t cell, bool high) {
    struct protect *protect = run->protect;
    uint32_t target = high ? protect->cell[cell].need_high : protect->cell[cell].need_low;
    protect->programs++;
    if (!disclosure_lp_complement(run->lp, cell, target, run->deviation, run->hide)) {
        return false;
    }
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        if (run->hide[i]) {
            protect->cell[i].state = PROTECT_HIDDEN;
        }
    }
    (void)learn(run);
    return is_met(&protect->cell[cell], high);
}

/* One bound that cannot be met as things are. */
static void settle(struct run *run, uint32_t cell, bool high) {
    struct protect *protect = run->protect;
    if (complement(run, cell, high) || reach_alone(run, cell, high)) {
        return;
    }
    if (blank(protect, protect->cell[cell].row, false) && reach_alone(run, cell, high)) {
        return;
    }
    if (blank(protect, 0, true) == 0 || !reach_alone(run, cell, high)) {
        /* Nothing at all is told any more: what is known now was known before. */
        protect->cell[cell].met_high = protect->cell[cell].met_low = true;
    }
}

static void run_release(struct run *run) {
    run->lp = disclosure_lp_free(run->lp);
    secret_free(run->deviation);
    free(run->direction);
    free(run->hide);
}

static enum fault run_init(struct run *run, struct protect *protect) {
    void *memory = NULL;
    *run = (struct run){.protect = protect};
    if (protect->fault) {
        return protect->fault;
    }
    enum fault fault = secret_new(&memory, (protect->cell_count + (size_t)1) * sizeof *run->deviation);
    run->deviation = memory;
    run->direction = calloc(protect->cell_count + (size_t)1, sizeof *run->direction);
    run->hide = calloc(protect->cell_count + (size_t)1, sizeof *run->hide);
    fault = fault ? fault : run->direction && run->hide ? FAULT_NONE : FAULT_MEMORY;
    return fault ? fault : disclosure_lp_new(&run->lp, protect);
}

void protect_forget(struct protect *protect) {
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        protect->cell[i].met_low = protect->cell[i].met_high = false;
    }
}

enum fault protect_run(struct protect *protect) {
    struct run run;
    uint32_t cell = 0;
    bool high = false;
    enum fault fault = run_init(&run, protect);
    if (!fault) {
        reach_together(&run, true);
        reach_together(&run, false);
    }
    while (!fault && next_unmet(protect, &cell, &high)) {
        if (!reach_alone(&run, cell, high)) {
            settle(&run, cell, high);
            reach_together(&run, true);
            reach_together(&run, false);
        }
    }
    run_release(&run);
    return fault;
}

enum fault protect_audit(bool *holds, struct protect *protect, uint32_t *failed) {
    struct run run;
    uint32_t cell = 0;
    bool high = false;
    *holds = true;
    protect_forget(protect);
    enum fault fault = run_init(&run, protect);
    if (!fault) {
        reach_together(&run, true);
        reach_together(&run, false);
    }
    while (!fault && *holds && next_unmet(protect, &cell, &high)) {
        *holds = reach_alone(&run, cell, high);
        if (failed) {
            *failed = cell;
        }
    }
    run_release(&run);
    return fault;
}

enum fault protect_range(uint32_t *least, uint32_t *most, struct protect *protect, uint32_t cell) {
    struct run run;
    enum fault fault = run_init(&run, protect);
    *least = *most = fault ? 0 : protect->cell[cell].value;
    for (int way = -1; !fault && way <= 1; way += 2) {
        run.direction[cell] = (int8_t)way;
        protect->programs++;
        if (disclosure_lp_reach(run.lp, run.direction, run.deviation) && is_a_table(protect, run.deviation)) {
            uint32_t value = (uint32_t)((int64_t)protect->cell[cell].value + run.deviation[cell]);
            *least = way < 0 ? value : *least;
            *most = way > 0 ? value : *most;
        }
    }
    run_release(&run);
    return fault;
}
