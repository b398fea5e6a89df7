/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_protect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/secret.h"
#include "disclosure_lp.h"
#include "disclosure_switch.h"

void protect_release(struct protect *protect) {
    secret_free(protect->cell);
    secret_free(protect->term);
    secret_free(protect->relation);
    secret_free(protect->scenario);
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
    protect->cell[protect->cell_count] = (struct protect_cell){.value = value,
                                                               .cap = cap,
                                                               .row = row,
                                                               .weight = weight,
                                                               .state = PROTECT_HIDDEN,
                                                               .seen_low = UINT32_MAX};
    protect->row_count = row >= protect->row_count ? row + 1 : protect->row_count;
    return protect->cell_count++;
}

uint32_t protect_add_unknown(struct protect *protect, uint32_t row, uint32_t cap) {
    uint32_t cell = protect_add(protect, row, 0, cap, 0);
    if (!protect->fault) {
        protect->cell[cell].unknown = true;
    }
    return cell;
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

void protect_end_exactly(struct protect *protect, int64_t limit) {
    if (!protect->fault) {
        struct protect_relation *relation = &protect->relation[protect->relation_count++];
        relation->equal = true;
        relation->limit = limit;
    }
}

uint32_t protect_add_choice(struct protect *protect) {
    uint32_t cell = protect_add(protect, protect->row_count, 0, 1, 1e-6);
    protect->scenario = grow(protect, protect->scenario, protect->scenario_count, &protect->scenario_room,
                             sizeof *protect->scenario);
    if (!protect->fault) {
        protect->cell[cell].choice = true;
        protect->cell[cell].state = PROTECT_EXACT;
        protect->scenario[protect->scenario_count++] = (struct protect_scenario){.choice = cell};
    }
    return cell;
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
    uint32_t *touched;  /* per scenario: where its relations begin in `of` */
    uint32_t *of;       /* the relations that its choice is in */
    double *point;      /* the table that was found last, as deviations; in secret memory */
    bool *only;         /* NULL, or which cells are looked for */
    double *sum;        /* NULL, or of all tables of fractions without a choice; in secret memory */
    uint32_t found;     /* how many these are */
    bool parted;        /* most was looked for in parts */
    int8_t *direction;
    bool *hide;
    bool *taken;  /* per row */
    uint32_t *at; /* per row */
};

static int64_t lowest(const struct protect_cell *cell) {
    return cell->choice                    ? 0
           : cell->state == PROTECT_EXACT  ? cell->value
           : cell->state == PROTECT_BANDED ? (cell->low > cell->floor ? cell->low : cell->floor)
                                           : cell->floor;
}

static int64_t highest(const struct protect_cell *cell) {
    return cell->choice                    ? 1
           : cell->state == PROTECT_EXACT  ? cell->value
           : cell->state == PROTECT_BANDED ? (cell->high < cell->cap ? cell->high : cell->cap)
                                           : cell->cap;
}

static bool obeys(const struct protect *protect, const struct protect_relation *relation,
                  const int32_t *deviation) {
    int64_t sum = sum_of(protect, relation, deviation);
    return relation->equal ? sum == relation->limit : sum <= relation->limit;
}

static bool obeys_relations(const struct protect *protect, const int32_t *deviation) {
    for (uint32_t i = 0; i < protect->relation_count; i++) {
        if (!obeys(protect, &protect->relation[i], deviation)) {
            return false;
        }
    }
    return true;
}

/* Whether the proposed table obeys everything, in integers. */
static bool is_a_table(const struct protect *protect, const int32_t *deviation) {
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        const struct protect_cell *cell = &protect->cell[i];
        int64_t value = (int64_t)cell->value + deviation[i];
        if (value < lowest(cell) || value > highest(cell)) {
            return false;
        }
    }
    return obeys_relations(protect, deviation);
}

/* How far off a sum of fractions may be, and a number be called whole. */
#define NEARLY 1e-6

static bool obeys_nearly(const struct protect *protect, const struct protect_relation *relation,
                         const double *point) {
    double sum = (double)(sum_of(protect, relation, NULL) - relation->limit), size = 1;
    for (uint32_t i = 0; i < relation->count; i++) {
        const struct protect_term *term = &protect->term[relation->first + i];
        sum += term->factor * point[term->cell];
        size += fabs(term->factor * point[term->cell]);
    }
    return sum <= NEARLY * size && (!relation->equal || sum >= -NEARLY * size);
}

/* The same for a table of fractions. */
static bool is_a_table_of_fractions(const struct protect *protect, const double *point) {
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        const struct protect_cell *cell = &protect->cell[i];
        double value = cell->value + point[i], room = NEARLY * (1 + fabs(point[i]));
        if (value < (double)lowest(cell) - room || value > (double)highest(cell) + room) {
            return false;
        }
    }
    bool obeyed = true;
    for (uint32_t i = 0; obeyed && i < protect->relation_count; i++) {
        obeyed = obeys_nearly(protect, &protect->relation[i], point);
    }
    return obeyed;
}

/* Of a cell of unknown value: how far apart the tables found so far are. */
static bool learn_spread(struct protect_cell *cell, uint32_t down, uint32_t up) {
    bool wider = up < cell->seen_low || down > cell->seen_high;
    cell->seen_low = up < cell->seen_low ? up : cell->seen_low;
    cell->seen_high = down > cell->seen_high ? down : cell->seen_high;
    bool met = cell->seen_high >= cell->seen_low && cell->seen_high - cell->seen_low >= cell->spread &&
               (cell->seen_low == 0 || !cell->from_zero);
    cell->met_low = cell->met_high = cell->met_low || met;
    return wider;
}

/* `down` and `up`: its value, which differ where it is not whole. */
static uint32_t learn_cell(struct protect_cell *cell, double down, double up) {
    uint32_t met = 0;
    if (cell->spread) {
        return learn_spread(cell, (uint32_t)(down > 0 ? down : 0), (uint32_t)(up > 0 ? up : 0));
    }
    if (!cell->met_high && down >= cell->need_high) {
        cell->met_high = true;
        met++;
    }
    if (!cell->met_low && up <= cell->need_low) {
        cell->met_low = true;
        met++;
    }
    return met;
}

/* The scenario that this table chose; NONE, all choices being 0. */
static uint32_t chosen_in(const struct run *run) {
    for (uint32_t i = 0; i < run->protect->scenario_count; i++) {
        if (run->deviation[run->protect->scenario[i].choice]) {
            return i;
        }
    }
    return UINT32_MAX;
}

static bool bears_in_fractions(struct run *run, uint32_t scenario) {
    const struct protect *protect = run->protect;
    uint32_t choice = protect->scenario[scenario].choice;
    bool does = true;
    run->point[choice] = 1;
    for (uint32_t i = run->touched[scenario]; does && i < run->touched[scenario + 1]; i++) {
        does = obeys_nearly(protect, &protect->relation[run->of[i]], run->point);
    }
    run->point[choice] = 0;
    return does;
}

/* Whether a table without any choice would still be one with this. */
static bool bears(struct run *run, uint32_t scenario) {
    const struct protect *protect = run->protect;
    if (protect->fractions) {
        return bears_in_fractions(run, scenario);
    }
    uint32_t choice = protect->scenario[scenario].choice;
    bool does = true;
    run->deviation[choice] = 1;
    for (uint32_t i = run->touched[scenario]; does && i < run->touched[scenario + 1]; i++) {
        does = obeys(protect, &protect->relation[run->of[i]], run->deviation);
    }
    run->deviation[choice] = 0;
    return does;
}

static void learn_scenarios(struct run *run) {
    struct protect *protect = run->protect;
    uint32_t chosen = chosen_in(run);
    if (chosen != UINT32_MAX) {
        protect->scenario[chosen].met = true;
        return;
    }
    for (uint32_t i = 0; i < protect->scenario_count; i++) {
        protect->scenario[i].met = protect->scenario[i].met || bears(run, i);
    }
}

/* The middle of tables is a table, and one from which parts may move further. */
static void add_up(struct run *run) {
    bool chosen = !run->sum || chosen_in(run) != UINT32_MAX;
    for (uint32_t i = 0; !chosen && i < run->protect->cell_count; i++) {
        run->sum[i] += run->point[i];
    }
    run->found += !chosen;
}

/* What this table shows to be possible; gives how many bounds are newly met. */
static uint32_t learn(struct run *run) {
    struct protect *protect = run->protect;
    uint32_t met = 0;
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        run->deviation[i] = (int32_t)lround(run->point[i]);
    }
    if (protect->fractions ? !is_a_table_of_fractions(protect, run->point)
                           : !is_a_table(protect, run->deviation)) {
        return 0;
    }
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        struct protect_cell *cell = &protect->cell[i];
        if (cell->needs && !(cell->met_low && cell->met_high)) {
            double value = cell->value + run->point[i];
            met += learn_cell(cell, floor(value + NEARLY), ceil(value - NEARLY));
        }
    }
    add_up(run);
    learn_scenarios(run);
    return met;
}

static uint32_t try_direction(struct run *run, uint32_t choice) {
    run->protect->programs++;
    return disclosure_lp_reach(run->lp, run->direction, choice, !run->protect->fractions, run->point)
               ? learn(run)
               : 0;
}

static bool is_wanted(const struct run *run, uint32_t cell, bool high) {
    const struct protect_cell *wanted = &run->protect->cell[cell];
    return wanted->needs && !(high ? wanted->met_high : wanted->met_low) && (!run->only || run->only[cell]);
}

/*
 * All that is not met yet, one way at once, as long as that brings anything; only cells with this hint, and
 * its choice, when it is not 0.
 */
static void reach_together(struct run *run, bool high, uint32_t hint) {
    struct protect *protect = run->protect;
    uint32_t met = 1;
    while (met) {
        bool any = false;
        for (uint32_t i = 0; i < protect->cell_count; i++) {
            const struct protect_cell *cell = &protect->cell[i];
            bool wanted = is_wanted(run, i, high) && (hint == 0 || cell->hint == hint);
            run->direction[i] = (int8_t)(!wanted ? 0 : high ? 1 : -1);
            any = any || wanted;
        }
        met =
            any ? try_direction(run, hint ? protect->scenario[hint - 1].choice : DISCLOSURE_LP_NO_CHOICE) : 0;
    }
}

/*
 * Ends of one row are in each other's way, so one of every row at once: the next after the last one that was
 * tried. `at` has what was tried of every row. False when there is none left.
 */
static bool one_of_each(struct run *run, bool high) {
    struct protect *protect = run->protect;
    bool any = false;
    memset(run->taken, 0, (protect->row_count + (size_t)1) * sizeof *run->taken);
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        const struct protect_cell *cell = &protect->cell[i];
        bool wanted = is_wanted(run, i, high) && !run->taken[cell->row] && i >= run->at[cell->row];
        run->direction[i] = (int8_t)(!wanted ? 0 : high ? 1 : -1);
        if (wanted) {
            run->taken[cell->row] = true;
            run->at[cell->row] = i + 1;
            any = true;
        }
    }
    return any;
}

static void reach_by_row(struct run *run, bool high) {
    memset(run->at, 0, (run->protect->row_count + (size_t)1) * sizeof *run->at);
    while (one_of_each(run, high)) {
        while (try_direction(run, DISCLOSURE_LP_NO_CHOICE)) {
            for (uint32_t i = 0; i < run->protect->cell_count; i++) {
                const struct protect_cell *cell = &run->protect->cell[i];
                run->direction[i] = (int8_t)((high ? cell->met_high : cell->met_low) ? 0 : run->direction[i]);
            }
        }
    }
}

static void reach_all(struct run *run) {
    reach_together(run, true, 0);
    reach_together(run, false, 0);
    reach_by_row(run, true);
    reach_by_row(run, false);
    for (uint32_t i = 0; i < run->protect->scenario_count; i++) {
        reach_together(run, true, i + 1);
        reach_together(run, false, i + 1);
    }
}

static bool is_met(const struct protect_cell *cell, bool high) {
    return high ? cell->met_high : cell->met_low;
}

/* Whole numbers for an end that was reached in fractions only. */
static void reach_whole(struct run *run, uint32_t cell, uint32_t value, bool high) {
    run->protect->programs++;
    if (disclosure_lp_whole(run->lp, cell, value, high, run->point)) {
        (void)learn(run);
    }
}

/* Both ends of a count that nobody took. That it is surely large is as good as that it can be anything. */
static bool reach_spread(struct run *run, uint32_t cell) {
    struct protect_cell *wanted = &run->protect->cell[cell];
    double end[2] = {0, 0};
    for (int high = 0; high < 2 && !wanted->met_low; high++) {
        memset(run->direction, 0, run->protect->cell_count * sizeof *run->direction);
        run->direction[cell] = (int8_t)(high ? 1 : -1);
        run->protect->programs++;
        if (!disclosure_lp_reach(run->lp, run->direction, DISCLOSURE_LP_NO_CHOICE, false, run->point)) {
            return false;
        }
        end[high] = wanted->value + run->point[cell];
        (void)learn(run);
        bool large = !high && end[0] > wanted->spread + NEARLY;
        wanted->met_low = wanted->met_high = wanted->met_low || large;
    }
    end[0] = ceil(end[0] - NEARLY);
    end[1] = floor(end[1] + NEARLY);
    if (!wanted->met_low && end[1] - end[0] >= wanted->spread && !run->protect->fractions) {
        reach_whole(run, cell, (uint32_t)(end[0] > 0 ? end[0] : 0), false);
        reach_whole(run, cell, (uint32_t)(end[1] > 0 ? end[1] : 0), true);
    }
    return wanted->met_low;
}

/* One end of one cell, with a choice or without. */
static bool reach_end(struct run *run, uint32_t cell, bool high, uint32_t choice) {
    struct protect_cell *wanted = &run->protect->cell[cell];
    memset(run->direction, 0, run->protect->cell_count * sizeof *run->direction);
    run->direction[cell] = high ? 1 : -1;
    run->protect->programs++;
    if (!disclosure_lp_reach(run->lp, run->direction, choice, false, run->point)) {
        return false;
    }
    double value = wanted->value + run->point[cell];
    bool reached = high ? value >= wanted->need_high - NEARLY : value <= wanted->need_low + NEARLY;
    (void)learn(run);
    if (reached && !is_met(wanted, high) && !run->protect->fractions) {
        reach_whole(run, cell, high ? wanted->need_high : wanted->need_low, high);
    }
    return is_met(wanted, high);
}

static bool reach_alone(struct run *run, uint32_t cell, bool high) {
    const struct protect_cell *wanted = &run->protect->cell[cell];
    if (wanted->spread) {
        return reach_spread(run, cell);
    }
    if (!wanted->hint) {
        return reach_end(run, cell, high, DISCLOSURE_LP_NO_CHOICE);
    }
    uint32_t choice = run->protect->scenario[wanted->hint - 1].choice;
    return reach_end(run, cell, high, high ? DISCLOSURE_LP_NO_CHOICE : choice) ||
           reach_end(run, cell, high, high ? choice : DISCLOSURE_LP_NO_CHOICE);
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
        if ((all || protect->cell[i].row == row) && protect->cell[i].state != PROTECT_HIDDEN &&
            !protect->cell[i].choice) {
            protect->cell[i].state = PROTECT_HIDDEN;
            changed++;
        }
    }
    return changed;
}

/* Where a cell has to get to. */
static uint32_t target_of(const struct protect_cell *cell, bool high) {
    uint32_t value = high ? cell->need_high : cell->need_low;
    if (cell->spread) {
        bool seen = cell->seen_low <= cell->seen_high;
        value = (seen ? cell->seen_low : 0) + cell->spread;
        if (cell->from_zero && seen && cell->seen_low > 0) {
            value = 0;
        } else if (value > cell->cap) {
            value = seen && cell->seen_high > cell->spread ? cell->seen_high - cell->spread : 0;
        }
    }
    return value;
}

/* Hides the cheapest set that lets this cell get there; false when no set of single cells does. */
static bool complement_to(struct run *run, uint32_t cell, uint32_t value, uint32_t choice) {
    struct protect *protect = run->protect;
    protect->programs++;
    if (!disclosure_lp_complement(run->lp, cell, value, choice, run->point, run->hide)) {
        return false;
    }
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        if (run->hide[i]) {
            protect->cell[i].state = PROTECT_HIDDEN;
        }
    }
    (void)learn(run);
    return true;
}

static bool complement(struct run *run, uint32_t cell, bool high) {
    const struct protect_cell *wanted = &run->protect->cell[cell];
    uint32_t value = target_of(wanted, high);
    if (complement_to(run, cell, value, DISCLOSURE_LP_NO_CHOICE)) {
        return is_met(wanted, high);
    }
    return wanted->hint && complement_to(run, cell, value, run->protect->scenario[wanted->hint - 1].choice) &&
           is_met(wanted, high);
}

/* The end of a cell when nothing is told at all, as far as this choice lets it. */
static bool open_end(struct run *run, uint32_t cell, bool high, double *end) {
    const struct protect_cell *wanted = &run->protect->cell[cell];
    double other;
    bool found = disclosure_lp_open(run->lp, cell, high, DISCLOSURE_LP_NO_CHOICE, end);
    run->protect->programs++;
    if (wanted->hint) {
        uint32_t choice = run->protect->scenario[wanted->hint - 1].choice;
        run->protect->programs++;
        if (disclosure_lp_open(run->lp, cell, high, choice, &other)) {
            *end = !found || (high ? other > *end : other < *end) ? other : *end;
            found = true;
        }
    }
    *end = found ? high ? floor(*end + NEARLY) : ceil(*end - NEARLY) : 0;
    return found;
}

/*
 * What is known without anything told is not held against what is told: brings down what a cell needs to what
 * it could then be. False when it could be all that it needs.
 */
static bool need_less(struct run *run, uint32_t cell, bool high) {
    struct protect_cell *wanted = &run->protect->cell[cell];
    double end = 0, low = 0;
    if (wanted->spread) {
        bool found = open_end(run, cell, false, &low) && open_end(run, cell, true, &end);
        bool less = found && (end - low < wanted->spread || (wanted->from_zero && low > 0));
        if (less) {
            wanted->spread =
                end - low < wanted->spread ? (uint32_t)(end > low ? end - low : 0) : wanted->spread;
            wanted->from_zero = wanted->from_zero && low <= 0;
            wanted->met_low = wanted->met_high = wanted->spread == 0;
        }
        return less;
    }
    if (!open_end(run, cell, high, &end)) {
        return false;
    }
    if (high && end < wanted->need_high) {
        wanted->need_high = end > wanted->value ? (uint32_t)end : wanted->value;
        return true;
    }
    if (!high && end > wanted->need_low) {
        wanted->need_low = end < wanted->value ? (uint32_t)end : wanted->value;
        return true;
    }
    return false;
}

/* One bound that cannot be met as things are. */
static void settle(struct run *run, uint32_t cell, bool high) {
    struct protect *protect = run->protect;
    if (complement(run, cell, high) || reach_alone(run, cell, high)) {
        return;
    }
    if (need_less(run, cell, high) &&
        (is_met(&protect->cell[cell], high) || complement(run, cell, high) || reach_alone(run, cell, high))) {
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

static bool reach_scenario(struct run *run, struct protect_scenario *scenario) {
    memset(run->direction, 0, run->protect->cell_count * sizeof *run->direction);
    run->protect->programs++;
    if (disclosure_lp_reach(run->lp, run->direction, scenario->choice, !run->protect->fractions,
                            run->point)) {
        (void)learn(run);
        if (!scenario->met && !run->protect->fractions) {
            reach_whole(run, scenario->choice, 1, true);
        }
    }
    return scenario->met;
}

/* What must be possible and is not. */
static void settle_scenario(struct run *run, struct protect_scenario *scenario) {
    struct protect *protect = run->protect;
    (void)complement_to(run, scenario->choice, 1, scenario->choice);
    if (scenario->met || reach_scenario(run, scenario)) {
        return;
    }
    if (blank(protect, 0, true) == 0 || !reach_scenario(run, scenario)) {
        scenario->met = true;
    }
}

static void run_release(struct run *run) {
    run->lp = disclosure_lp_free(run->lp);
    secret_free(run->deviation);
    free(run->taken);
    free(run->at);
    free(run->touched);
    free(run->of);
    secret_free(run->point);
    free(run->direction);
    free(run->hide);
}

/* Counts (`fill` false), then lists in which relations each choice is. */
static void index_relations(struct run *run, const uint32_t *owner, bool fill) {
    const struct protect *protect = run->protect;
    for (uint32_t i = 0; i < protect->relation_count; i++) {
        const struct protect_relation *relation = &protect->relation[i];
        for (uint32_t j = 0; j < relation->count; j++) {
            uint32_t scenario = owner[protect->term[relation->first + j].cell];
            if (scenario && fill) {
                run->of[run->touched[scenario]++] = i;
            } else if (scenario) {
                run->touched[scenario + 1]++;
            }
        }
    }
}

static enum fault index_scenarios(struct run *run) {
    const struct protect *protect = run->protect;
    uint32_t *owner = calloc(protect->cell_count + (size_t)1, sizeof *owner); /* 1 + scenario */
    run->touched = calloc(protect->scenario_count + (size_t)3, sizeof *run->touched);
    run->of = calloc(protect->term_count + (size_t)1, sizeof *run->of);
    if (!owner || !run->touched || !run->of) {
        free(owner);
        return FAULT_MEMORY;
    }
    for (uint32_t i = 0; i < protect->scenario_count; i++) {
        owner[protect->scenario[i].choice] = i + 1;
    }
    index_relations(run, owner, false);
    for (uint32_t i = 0; i <= protect->scenario_count; i++) {
        run->touched[i + 1] += run->touched[i];
    }
    index_relations(run, owner, true);
    free(owner);
    return FAULT_NONE;
}

static enum fault run_init(struct run *run, struct protect *protect) {
    void *memory = NULL;
    *run = (struct run){.protect = protect};
    if (protect->fault) {
        return protect->fault;
    }
    enum fault fault = secret_new(&memory, (protect->cell_count + (size_t)1) * sizeof *run->deviation);
    run->deviation = memory;
    memory = NULL;
    fault = fault ? fault : secret_new(&memory, (protect->cell_count + (size_t)1) * sizeof *run->point);
    run->point = memory;
    run->direction = calloc(protect->cell_count + (size_t)1, sizeof *run->direction);
    run->hide = calloc(protect->cell_count + (size_t)1, sizeof *run->hide);
    run->taken = calloc(protect->row_count + (size_t)1, sizeof *run->taken);
    run->at = calloc(protect->row_count + (size_t)1, sizeof *run->at);
    bool there = run->direction && run->hide && run->taken && run->at;
    fault = fault ? fault : there ? FAULT_NONE : FAULT_MEMORY;
    fault = fault ? fault : index_scenarios(run);
    return fault ? fault : disclosure_lp_new(&run->lp, protect, NULL, NULL);
}

/* Which tables were found. */
static void forget(struct protect *protect) {
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        protect->cell[i].met_low = protect->cell[i].met_high = false;
        protect->cell[i].seen_low = UINT32_MAX;
        protect->cell[i].seen_high = 0;
    }
    for (uint32_t i = 0; i < protect->scenario_count; i++) {
        protect->scenario[i].met = false;
    }
}

/* The first thing to try: as things truly are. Where counts are unknown, no such table is known. */
static void reach_first(struct run *run) {
    memset(run->point, 0, run->protect->cell_count * sizeof *run->point);
    (void)learn(run);
    reach_all(run);
}

/* Without the rule of the whole band a second value is enough, as in common tools. */
static void weaken(struct protect *protect) {
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        struct protect_cell *cell = &protect->cell[i];
        cell->need_low = cell->value > cell->need_low + 1 ? cell->value - 1 : cell->need_low;
        cell->need_high = cell->value + 1 < cell->need_high ? cell->value + 1 : cell->need_high;
        cell->spread = cell->spread ? 1 : 0;
    }
}

enum { SUBJECT, REGION, WAYS };

static uint16_t part_of(const struct protect *protect, uint32_t cell, int way) {
    uint32_t row = protect->cell[cell].row;
    return row >= protect->part_rows ? 0
           : way == SUBJECT          ? protect->part[row].subject
                                     : protect->part[row].region;
}

/* All of the part that is not met yet, and the choices that it may make possible. */
static void reach_in_part(struct run *run, int way) {
    struct protect *protect = run->protect;
    reach_together(run, true, 0);
    reach_together(run, false, 0);
    reach_by_row(run, true);
    reach_by_row(run, false);
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        for (int high = 0; high < 2; high++) {
            if (is_wanted(run, i, high)) {
                (void)reach_alone(run, i, high);
            }
        }
    }
    for (uint32_t i = 0; way == REGION && i < protect->scenario_count; i++) {
        if (!protect->scenario[i].met) {
            (void)reach_scenario(run, &protect->scenario[i]);
        }
    }
}

/* One part, all others staying at `base`. */
static enum fault reach_part(struct run *run, int way, uint16_t which, const double *base, bool *free_cells) {
    struct protect *protect = run->protect;
    struct disclosure_lp *whole = run->lp;
    bool any = false;
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        uint16_t of = part_of(protect, i, way);
        free_cells[i] = protect->cell[i].choice || of == 0 || of == which;
        run->only[i] = of == which;
        any = any || (run->only[i] && (is_wanted(run, i, false) || is_wanted(run, i, true)));
    }
    if (!any && way == SUBJECT) {
        return FAULT_NONE;
    }
    enum fault fault = disclosure_lp_new(&run->lp, protect, free_cells, base);
    if (!fault) {
        reach_in_part(run, way);
    }
    run->lp = disclosure_lp_free(run->lp);
    run->lp = whole;
    return fault;
}

static uint16_t count_parts(const struct protect *protect, int way) {
    uint16_t count = 0;
    for (uint32_t i = 0; i < protect->part_rows; i++) {
        uint16_t of = way == SUBJECT ? protect->part[i].subject : protect->part[i].region;
        count = of > count ? of : count;
    }
    return count;
}

static enum fault reach_parts(struct run *run, double *base, bool *free_cells) {
    static const int ways[] = {SUBJECT, REGION};
    const struct protect *protect = run->protect;
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        uint16_t count = count_parts(protect, ways[i]);
        for (uint32_t j = 0; j < protect->cell_count; j++) {
            base[j] = run->sum[j] / run->found;
        }
        for (uint16_t j = 1; !fault && count > 1 && j <= count; j++) {
            fault = reach_part(run, ways[i], j, base, free_cells);
        }
    }
    return fault;
}

/* A table from which parts may move: the true one with whatever nobody counted, where that can be. */
static bool find_base(struct run *run) {
    for (int known = 1; run->found == 0 && known >= 0; known--) {
        run->protect->programs++;
        if (disclosure_lp_any(run->lp, known, run->point)) {
            (void)learn(run);
        }
    }
    return run->found > 0;
}

static enum fault reach_by_parts(struct run *run) {
    uint32_t cells = run->protect->cell_count;
    void *memory[2] = {NULL, NULL};
    bool *free_cells = calloc(cells + (size_t)1, sizeof *free_cells);
    run->only = calloc(cells + (size_t)1, sizeof *run->only);
    enum fault fault = free_cells && run->only ? FAULT_NONE : FAULT_MEMORY;
    for (int i = 0; !fault && i < 2; i++) {
        fault = secret_new(&memory[i], (cells + (size_t)1) * sizeof *run->point);
    }
    run->sum = memory[0];
    if (!fault && find_base(run)) {
        run->parted = true;
        fault = reach_parts(run, memory[1], free_cells);
    }
    run->sum = NULL;
    secret_free(memory[0]);
    secret_free(memory[1]);
    free(free_cells);
    free(run->only);
    run->only = NULL;
    return fault;
}

enum fault protect_run(struct protect *protect) {
    struct run run;
    uint32_t cell = 0;
    bool high = false;
    if (!disclosure_keeps(DISCLOSURE_COMPLEMENT)) {
        return protect->fault;
    }
    if (!disclosure_keeps(DISCLOSURE_WHOLE_BAND)) {
        weaken(protect);
    }
    enum fault fault = run_init(&run, protect);
    fault = !fault && protect->part ? reach_by_parts(&run) : fault;
    if (!fault && !run.parted) {
        reach_first(&run);
    }
    while (!fault && next_unmet(protect, &cell, &high)) {
        if (!reach_alone(&run, cell, high)) {
            settle(&run, cell, high);
            if (!run.parted) {
                reach_together(&run, true, 0);
                reach_together(&run, false, 0);
            }
        }
    }
    for (uint32_t i = 0; !fault && i < protect->scenario_count; i++) {
        if (!protect->scenario[i].met && !reach_scenario(&run, &protect->scenario[i])) {
            settle_scenario(&run, &protect->scenario[i]);
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
    forget(protect);
    enum fault fault = run_init(&run, protect);
    if (!fault) {
        reach_first(&run);
    }
    while (!fault && *holds && next_unmet(protect, &cell, &high)) {
        *holds = reach_alone(&run, cell, high);
        if (failed) {
            *failed = cell;
        }
    }
    for (uint32_t i = 0; !fault && *holds && i < protect->scenario_count; i++) {
        *holds = protect->scenario[i].met || reach_scenario(&run, &protect->scenario[i]);
    }
    run_release(&run);
    return fault;
}

enum fault protect_nearest(bool *found, uint32_t *table, bool *moved, struct protect *protect, uint32_t cell,
                           uint32_t value) {
    struct run run;
    enum fault fault = run_init(&run, protect);
    *found =
        !fault && disclosure_lp_complement(run.lp, cell, value, DISCLOSURE_LP_NO_CHOICE, run.point, run.hide);
    for (uint32_t i = 0; *found && i < protect->cell_count; i++) {
        run.deviation[i] = (int32_t)lround(run.point[i]);
    }
    *found = *found && obeys_relations(protect, run.deviation);
    for (uint32_t i = 0; *found && i < protect->cell_count; i++) {
        table[i] = (uint32_t)((int64_t)protect->cell[i].value + run.deviation[i]);
        if (moved) {
            moved[i] = run.hide[i];
        }
    }
    run_release(&run);
    return fault;
}
