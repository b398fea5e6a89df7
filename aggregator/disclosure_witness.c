/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_search.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static int64_t lowest(const struct protect_cell *cell) {
    return cell->choice ? 0 : protect_least(cell);
}

static int64_t highest(const struct protect_cell *cell) {
    return cell->choice ? 1 : protect_most(cell);
}

static bool obeys(const struct protect *protect, const struct protect_relation *relation,
                  const int32_t *deviation) {
    int64_t sum = protect_sum(protect, relation, deviation);
    return relation->equal ? sum == relation->limit : sum <= relation->limit;
}

bool search_obeys(const struct protect *protect, const int32_t *deviation) {
    for (uint32_t i = 0; i < protect->relation_count; i++) {
        if (!obeys(protect, &protect->relation[i], deviation)) {
            return false;
        }
    }
    return true;
}

/* The relation at this place among those that a moving cell is in. */
static const struct protect_relation *relation_at(const struct search *search, uint32_t place) {
    return &search->protect->relation[search->moving ? search->bearing[place] : place];
}

static uint32_t relations(const struct search *search) {
    return search->moving ? search->bearing_count : search->protect->relation_count;
}

/* Whether the proposed table obeys everything, in integers. */
static bool is_a_table(const struct search *search) {
    for (uint32_t i = 0; i < search_cells(search); i++) {
        uint32_t at = search_cell(search, i);
        const struct protect_cell *cell = &search->protect->cell[at];
        int64_t value = (int64_t)cell->value + search->deviation[at];
        if (value < lowest(cell) || value > highest(cell)) {
            return false;
        }
    }
    bool obeyed = true;
    for (uint32_t i = 0; obeyed && i < relations(search); i++) {
        obeyed = obeys(search->protect, relation_at(search, i), search->deviation);
    }
    return obeyed;
}

static bool obeys_nearly(const struct protect *protect, const struct protect_relation *relation,
                         const double *point) {
    double sum = (double)(protect_sum(protect, relation, NULL) - relation->limit), size = 1;
    for (uint32_t i = 0; i < relation->count; i++) {
        const struct protect_term *term = &protect->term[relation->first + i];
        sum += term->factor * point[term->cell];
        size += fabs(term->factor * point[term->cell]);
    }
    return sum <= SEARCH_NEARLY * size && (!relation->equal || sum >= -SEARCH_NEARLY * size);
}

/* The same for a table of fractions. */
static bool is_a_table_of_fractions(const struct search *search) {
    for (uint32_t i = 0; i < search_cells(search); i++) {
        uint32_t at = search_cell(search, i);
        const struct protect_cell *cell = &search->protect->cell[at];
        double off = search->point[at], value = cell->value + off, room = SEARCH_NEARLY * (1 + fabs(off));
        if (value < (double)lowest(cell) - room || value > (double)highest(cell) + room) {
            return false;
        }
    }
    bool obeyed = true;
    for (uint32_t i = 0; obeyed && i < relations(search); i++) {
        obeyed = obeys_nearly(search->protect, relation_at(search, i), search->point);
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
static uint32_t chosen_in(const struct search *search) {
    for (uint32_t i = 0; i < search->protect->scenario_count; i++) {
        if (search->deviation[search->protect->scenario[i].choice]) {
            return i;
        }
    }
    return UINT32_MAX;
}

/* Whether a cell that may move, and is no choice, is in this relation. */
static bool moves(const struct protect *protect, const struct protect_relation *relation,
                  const bool *free_cells) {
    bool does = false;
    for (uint32_t i = 0; !does && i < relation->count; i++) {
        uint32_t cell = protect->term[relation->first + i].cell;
        does = free_cells[cell] && !protect->cell[cell].choice;
    }
    return does;
}

bool search_bears_beyond(const struct search *search, uint32_t scenario, const bool *free_cells,
                         double *base) {
    const struct protect *protect = search->protect;
    uint32_t choice = protect->scenario[scenario].choice;
    double before = base[choice];
    bool does = true;
    base[choice] = 1;
    for (uint32_t i = search->touched[scenario]; does && i < search->touched[scenario + 1]; i++) {
        const struct protect_relation *relation = &protect->relation[search->of[i]];
        does = (free_cells && moves(protect, relation, free_cells)) || obeys_nearly(protect, relation, base);
    }
    base[choice] = before;
    return does;
}

/* Whether a table without any choice would still be one with this. */
static bool bears(struct search *search, uint32_t scenario) {
    const struct protect *protect = search->protect;
    if (protect->fractions) {
        return search_bears_beyond(search, scenario, NULL, search->point);
    }
    uint32_t choice = protect->scenario[scenario].choice;
    bool does = true;
    search->deviation[choice] = 1;
    for (uint32_t i = search->touched[scenario]; does && i < search->touched[scenario + 1]; i++) {
        does = obeys(protect, &protect->relation[search->of[i]], search->deviation);
    }
    search->deviation[choice] = 0;
    return does;
}

static void learn_scenarios(struct search *search) {
    struct protect *protect = search->protect;
    uint32_t chosen = chosen_in(search);
    if (chosen != UINT32_MAX) {
        protect->scenario[chosen].met = true;
        return;
    }
    for (uint32_t i = 0; i < protect->scenario_count; i++) {
        protect->scenario[i].met = protect->scenario[i].met || bears(search, i);
    }
}

/* The middle of tables is a table, and one from which parts may move further. */
static void add_up(struct search *search) {
    bool enough = !search->protect->fractions && search->found > 0;
    bool chosen = !search->sum || enough || chosen_in(search) != UINT32_MAX;
    for (uint32_t i = 0; !chosen && i < search->protect->cell_count; i++) {
        search->sum[i] += search->point[i];
    }
    search->found += !chosen;
}

void search_place(struct search *search, const double *base) {
    memset(search->direction, 0, search->protect->cell_count * sizeof *search->direction);
    memcpy(search->point, base, search->protect->cell_count * sizeof *search->point);
    for (uint32_t i = 0; i < search->protect->cell_count; i++) {
        search->deviation[i] = (int32_t)lround(base[i]);
    }
}

uint32_t search_learn(struct search *search) {
    struct protect *protect = search->protect;
    uint32_t met = 0;
    for (uint32_t i = 0; i < search_cells(search); i++) {
        uint32_t at = search_cell(search, i);
        search->deviation[at] = (int32_t)lround(search->point[at]);
    }
    search->verified = protect->fractions ? is_a_table_of_fractions(search) : is_a_table(search);
    if (!search->verified) {
        return 0;
    }
    for (uint32_t i = 0; i < search_cells(search); i++) {
        uint32_t at = search_cell(search, i);
        struct protect_cell *cell = &protect->cell[at];
        if (cell->needs && !(cell->met_low && cell->met_high)) {
            double value = cell->value + search->point[at];
            met += learn_cell(cell, floor(value + SEARCH_NEARLY), ceil(value - SEARCH_NEARLY));
        }
    }
    add_up(search);
    learn_scenarios(search);
    return met;
}
