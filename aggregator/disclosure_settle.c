/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_search.h"

#include <math.h>

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
static bool complement_to(struct search *search, uint32_t cell, uint32_t value, uint32_t choice) {
    struct protect *protect = search->protect;
    protect->programs++;
    if (!disclosure_lp_complement(search->lp, cell, value, choice, search->point, search->hide)) {
        return false;
    }
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        if (search->hide[i]) {
            protect->cell[i].state = PROTECT_HIDDEN;
        }
    }
    (void)search_learn(search);
    return true;
}

static bool complement(struct search *search, uint32_t cell, bool high) {
    const struct protect_cell *wanted = &search->protect->cell[cell];
    uint32_t value = target_of(wanted, high);
    if (complement_to(search, cell, value, DISCLOSURE_LP_NO_CHOICE)) {
        return search_is_met(wanted, high);
    }
    return wanted->hint &&
           complement_to(search, cell, value, search->protect->scenario[wanted->hint - 1].choice) &&
           search_is_met(wanted, high);
}

/* The end of a cell when nothing is told at all, as far as this choice lets it. */
static bool open_end(struct search *search, uint32_t cell, bool high, double *end) {
    const struct protect_cell *wanted = &search->protect->cell[cell];
    double other;
    bool found = disclosure_lp_open(search->lp, cell, high, DISCLOSURE_LP_NO_CHOICE, end);
    search->protect->programs++;
    if (wanted->hint) {
        uint32_t choice = search->protect->scenario[wanted->hint - 1].choice;
        search->protect->programs++;
        if (disclosure_lp_open(search->lp, cell, high, choice, &other)) {
            *end = !found || (high ? other > *end : other < *end) ? other : *end;
            found = true;
        }
    }
    *end = found ? high ? floor(*end + SEARCH_NEARLY) : ceil(*end - SEARCH_NEARLY) : 0;
    return found;
}

/*
 * What is known without anything told is not held against what is told: brings down what a cell needs to what
 * it could then be. False when it could be all that it needs.
 */
static bool need_less(struct search *search, uint32_t cell, bool high) {
    struct protect_cell *wanted = &search->protect->cell[cell];
    double end = 0, low = 0;
    if (wanted->spread) {
        bool found = open_end(search, cell, false, &low) && open_end(search, cell, true, &end);
        bool less = found && (end - low < wanted->spread || (wanted->from_zero && low > 0));
        if (less) {
            wanted->spread =
                end - low < wanted->spread ? (uint32_t)(end > low ? end - low : 0) : wanted->spread;
            wanted->from_zero = wanted->from_zero && low <= 0;
            wanted->met_low = wanted->met_high = wanted->spread == 0;
        }
        return less;
    }
    if (!open_end(search, cell, high, &end)) {
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
void search_settle(struct search *search, uint32_t cell, bool high) {
    struct protect *protect = search->protect;
    if (complement(search, cell, high) || search_alone(search, cell, high)) {
        return;
    }
    if (need_less(search, cell, high) &&
        (search_is_met(&protect->cell[cell], high) || complement(search, cell, high) ||
         search_alone(search, cell, high))) {
        return;
    }
    if (blank(protect, protect->cell[cell].row, false) && search_alone(search, cell, high)) {
        return;
    }
    if (blank(protect, 0, true) == 0 || !search_alone(search, cell, high)) {
        /* Nothing at all is told any more: what is known now was known before. */
        protect->cell[cell].met_high = protect->cell[cell].met_low = true;
    }
}

/* What must be possible and is not. */
void search_settle_scenario(struct search *search, struct protect_scenario *scenario) {
    struct protect *protect = search->protect;
    (void)complement_to(search, scenario->choice, 1, scenario->choice);
    if (scenario->met || search_scenario(search, scenario)) {
        return;
    }
    if (blank(protect, 0, true) == 0 || !search_scenario(search, scenario)) {
        scenario->met = true;
    }
}
