/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/secret.h"

static uint32_t try_direction(struct search *search, uint32_t choice) {
    search->protect->programs++;
    return disclosure_lp_reach(search->lp, search->direction, choice, !search->protect->fractions,
                               search->point)
               ? search_learn(search)
               : 0;
}

uint32_t search_cells(const struct search *search) {
    return search->moving ? search->moving_count : search->protect->cell_count;
}

uint32_t search_cell(const struct search *search, uint32_t place) {
    return search->moving ? search->moving[place] : place;
}

bool search_is_wanted(const struct search *search, uint32_t cell, bool high) {
    const struct protect_cell *wanted = &search->protect->cell[cell];
    return wanted->needs && !(high ? wanted->met_high : wanted->met_low) &&
           (!search->only || search->only[cell]);
}

void search_together(struct search *search, bool high, uint32_t hint) {
    struct protect *protect = search->protect;
    uint32_t met = 1;
    while (met) {
        bool any = false;
        for (uint32_t j = 0; j < search_cells(search); j++) {
            uint32_t i = search_cell(search, j);
            const struct protect_cell *cell = &protect->cell[i];
            bool wanted = search_is_wanted(search, i, high) && (hint == 0 || cell->hint == hint);
            search->direction[i] = (int8_t)(!wanted ? 0 : high ? 1 : -1);
            any = any || wanted;
        }
        met = any ? try_direction(search, hint ? protect->scenario[hint - 1].choice : DISCLOSURE_LP_NO_CHOICE)
                  : 0;
    }
}

/*
 * Ends of one row are in each other's way, so one of every row at once: the next after the last one that was
 * tried. `at` has what was tried of every row. False when there is none left.
 */
static bool one_of_each(struct search *search, bool high) {
    struct protect *protect = search->protect;
    bool any = false;
    memset(search->taken, 0, (protect->row_count + (size_t)1) * sizeof *search->taken);
    for (uint32_t j = 0; j < search_cells(search); j++) {
        uint32_t i = search_cell(search, j);
        const struct protect_cell *cell = &protect->cell[i];
        bool wanted =
            search_is_wanted(search, i, high) && !search->taken[cell->row] && i >= search->at[cell->row];
        search->direction[i] = (int8_t)(!wanted ? 0 : high ? 1 : -1);
        if (wanted) {
            search->taken[cell->row] = true;
            search->at[cell->row] = i + 1;
            any = true;
        }
    }
    return any;
}

void search_by_row(struct search *search, bool high) {
    memset(search->at, 0, (search->protect->row_count + (size_t)1) * sizeof *search->at);
    while (one_of_each(search, high)) {
        while (try_direction(search, DISCLOSURE_LP_NO_CHOICE)) {
            for (uint32_t j = 0; j < search_cells(search); j++) {
                uint32_t i = search_cell(search, j);
                const struct protect_cell *cell = &search->protect->cell[i];
                search->direction[i] =
                    (int8_t)((high ? cell->met_high : cell->met_low) ? 0 : search->direction[i]);
            }
        }
    }
}

static void reach_all(struct search *search) {
    search_together(search, true, 0);
    search_together(search, false, 0);
    search_by_row(search, true);
    search_by_row(search, false);
    for (uint32_t i = 0; i < search->protect->scenario_count; i++) {
        search_together(search, true, i + 1);
        search_together(search, false, i + 1);
    }
}

bool search_is_met(const struct protect_cell *cell, bool high) {
    return high ? cell->met_high : cell->met_low;
}

void search_whole(struct search *search, uint32_t cell, uint32_t value, bool high) {
    search->protect->programs++;
    if (disclosure_lp_whole(search->lp, cell, value, high, search->point)) {
        (void)search_learn(search);
    }
}

/*
 * Both ends of a count that nobody took. That it is surely large is as good as that it can be anything; in a
 * part nothing is sure, for elsewhere it may be smaller.
 */
static bool reach_spread(struct search *search, uint32_t cell) {
    struct protect_cell *wanted = &search->protect->cell[cell];
    double end[2] = {0, 0};
    for (int high = 0; high < 2 && !wanted->met_low; high++) {
        memset(search->direction, 0, search->protect->cell_count * sizeof *search->direction);
        search->direction[cell] = (int8_t)(high ? 1 : -1);
        search->protect->programs++;
        if (!disclosure_lp_reach(search->lp, search->direction, DISCLOSURE_LP_NO_CHOICE, false,
                                 search->point)) {
            return false;
        }
        end[high] = wanted->value + search->point[cell];
        (void)search_learn(search);
        bool large = !search->moving && !high && end[0] > wanted->spread + SEARCH_NEARLY;
        wanted->met_low = wanted->met_high = wanted->met_low || large;
    }
    end[0] = ceil(end[0] - SEARCH_NEARLY);
    end[1] = floor(end[1] + SEARCH_NEARLY);
    if (!wanted->met_low && end[1] - end[0] >= wanted->spread && !search->protect->fractions) {
        search_whole(search, cell, (uint32_t)(end[0] > 0 ? end[0] : 0), false);
        search_whole(search, cell, (uint32_t)(end[1] > 0 ? end[1] : 0), true);
    }
    return wanted->met_low;
}

/* One end of one cell, with a choice or without. */
static bool reach_end(struct search *search, uint32_t cell, bool high, uint32_t choice) {
    struct protect_cell *wanted = &search->protect->cell[cell];
    memset(search->direction, 0, search->protect->cell_count * sizeof *search->direction);
    search->direction[cell] = high ? 1 : -1;
    search->protect->programs++;
    if (!disclosure_lp_reach(search->lp, search->direction, choice, false, search->point)) {
        return false;
    }
    double value = wanted->value + search->point[cell];
    bool reached =
        high ? value >= wanted->need_high - SEARCH_NEARLY : value <= wanted->need_low + SEARCH_NEARLY;
    (void)search_learn(search);
    if (reached && !search_is_met(wanted, high) && !search->protect->fractions) {
        search_whole(search, cell, high ? wanted->need_high : wanted->need_low, high);
    }
    return search_is_met(wanted, high);
}

bool search_alone(struct search *search, uint32_t cell, bool high) {
    const struct protect_cell *wanted = &search->protect->cell[cell];
    if (wanted->spread) {
        return reach_spread(search, cell);
    }
    if (!wanted->hint || search->moving) {
        return reach_end(search, cell, high, DISCLOSURE_LP_NO_CHOICE);
    }
    /* With the choice far more ends are within reach than without. */
    uint32_t choice = search->protect->scenario[wanted->hint - 1].choice;
    return reach_end(search, cell, high, choice) || reach_end(search, cell, high, DISCLOSURE_LP_NO_CHOICE);
}

bool search_next(const struct protect *protect, uint32_t *cell, bool *high) {
    for (uint32_t i = *cell; i < protect->cell_count; i++) {
        if (protect->cell[i].needs && !(protect->cell[i].met_high && protect->cell[i].met_low)) {
            *cell = i;
            *high = !protect->cell[i].met_high;
            return true;
        }
    }
    return false;
}

bool search_scenario(struct search *search, struct protect_scenario *scenario) {
    memset(search->direction, 0, search->protect->cell_count * sizeof *search->direction);
    search->protect->programs++;
    if (disclosure_lp_reach(search->lp, search->direction, scenario->choice, !search->protect->fractions,
                            search->point)) {
        (void)search_learn(search);
        if (!scenario->met && !search->protect->fractions) {
            search_whole(search, scenario->choice, 1, true);
        }
    }
    return scenario->met;
}

void search_first(struct search *search) {
    memset(search->point, 0, search->protect->cell_count * sizeof *search->point);
    (void)search_learn(search);
    reach_all(search);
}

void search_release(struct search *search) {
    search->lp = disclosure_lp_free(search->lp);
    secret_free(search->deviation);
    free(search->taken);
    free(search->at);
    free(search->touched);
    free(search->of);
    secret_free(search->point);
    free(search->direction);
    free(search->hide);
}

/* Counts (`fill` false), then lists in which relations each choice is. */
static void index_relations(struct search *search, const uint32_t *owner, bool fill) {
    const struct protect *protect = search->protect;
    for (uint32_t i = 0; i < protect->relation_count; i++) {
        const struct protect_relation *relation = &protect->relation[i];
        for (uint32_t j = 0; j < relation->count; j++) {
            uint32_t scenario = owner[protect->term[relation->first + j].cell];
            if (scenario && fill) {
                search->of[search->touched[scenario]++] = i;
            } else if (scenario) {
                search->touched[scenario + 1]++;
            }
        }
    }
}

static enum fault index_scenarios(struct search *search) {
    const struct protect *protect = search->protect;
    uint32_t *owner = calloc(protect->cell_count + (size_t)1, sizeof *owner); /* 1 + scenario */
    search->touched = calloc(protect->scenario_count + (size_t)3, sizeof *search->touched);
    search->of = calloc(protect->term_count + (size_t)1, sizeof *search->of);
    if (!owner || !search->touched || !search->of) {
        free(owner);
        return FAULT_MEMORY;
    }
    for (uint32_t i = 0; i < protect->scenario_count; i++) {
        owner[protect->scenario[i].choice] = i + 1;
    }
    index_relations(search, owner, false);
    for (uint32_t i = 0; i <= protect->scenario_count; i++) {
        search->touched[i + 1] += search->touched[i];
    }
    index_relations(search, owner, true);
    free(owner);
    return FAULT_NONE;
}

enum fault search_init(struct search *search, struct protect *protect) {
    void *memory = NULL;
    *search = (struct search){.protect = protect};
    if (protect->fault) {
        return protect->fault;
    }
    enum fault fault = secret_new(&memory, (protect->cell_count + (size_t)1) * sizeof *search->deviation);
    search->deviation = memory;
    memory = NULL;
    fault = fault ? fault : secret_new(&memory, (protect->cell_count + (size_t)1) * sizeof *search->point);
    search->point = memory;
    search->direction = calloc(protect->cell_count + (size_t)1, sizeof *search->direction);
    search->hide = calloc(protect->cell_count + (size_t)1, sizeof *search->hide);
    search->taken = calloc(protect->row_count + (size_t)1, sizeof *search->taken);
    search->at = calloc(protect->row_count + (size_t)1, sizeof *search->at);
    bool there = search->direction && search->hide && search->taken && search->at;
    fault = fault ? fault : there ? FAULT_NONE : FAULT_MEMORY;
    fault = fault ? fault : index_scenarios(search);
    return fault ? fault : disclosure_lp_new(&search->lp, protect, NULL, NULL);
}
