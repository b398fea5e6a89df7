/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_protect.h"

#include <math.h>
#include <string.h>

#include "core/secret.h"
#include "disclosure_search.h"
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

uint32_t protect_least(const struct protect_cell *cell) {
    return cell->state == PROTECT_EXACT                               ? cell->value
           : cell->state == PROTECT_BANDED && cell->low > cell->floor ? cell->low
                                                                      : cell->floor;
}

uint32_t protect_most(const struct protect_cell *cell) {
    return cell->state == PROTECT_EXACT                              ? cell->value
           : cell->state == PROTECT_BANDED && cell->high < cell->cap ? cell->high
                                                                     : cell->cap;
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

int64_t protect_sum(const struct protect *protect, const struct protect_relation *relation,
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
        relation->limit = protect_sum(protect, relation, NULL);
    }
}

void protect_end_exactly(struct protect *protect, int64_t limit) {
    if (!protect->fault) {
        struct protect_relation *relation = &protect->relation[protect->relation_count++];
        relation->equal = true;
        relation->limit = limit;
    }
}

void protect_end_at_most(struct protect *protect, int64_t limit) {
    if (!protect->fault) {
        protect->relation[protect->relation_count++].limit = limit;
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

/* Without the rule of the whole band a second value is enough, as in common tools. */
static void weaken(struct protect *protect) {
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        struct protect_cell *cell = &protect->cell[i];
        cell->need_low = cell->value > cell->need_low + 1 ? cell->value - 1 : cell->need_low;
        cell->need_high = cell->value + 1 < cell->need_high ? cell->value + 1 : cell->need_high;
        cell->spread = cell->spread ? 1 : 0;
    }
}

enum fault protect_run(struct protect *protect) {
    struct search search;
    uint32_t cell = 0;
    bool high = false;
    if (!disclosure_keeps(DISCLOSURE_COMPLEMENT)) {
        return protect->fault;
    }
    if (!disclosure_keeps(DISCLOSURE_WHOLE_BAND)) {
        weaken(protect);
    }
    enum fault fault = search_init(&search, protect);
    fault = !fault && protect->part ? search_by_parts(&search) : fault;
    if (!fault && !search.parted) {
        search_first(&search);
    }
    while (!fault && search_next(protect, &cell, &high)) {
        if (!search_alone(&search, cell, high)) {
            search_settle(&search, cell, high);
            if (!search.parted) {
                search_together(&search, true, 0);
                search_together(&search, false, 0);
            }
        }
    }
    for (uint32_t i = 0; !fault && i < protect->scenario_count; i++) {
        if (!protect->scenario[i].met && !search_scenario(&search, &protect->scenario[i])) {
            search_settle_scenario(&search, &protect->scenario[i]);
        }
    }
    search_release(&search);
    return fault;
}

enum fault protect_audit(bool *holds, struct protect *protect, uint32_t *failed) {
    struct search search;
    uint32_t cell = 0;
    bool high = false;
    *holds = true;
    forget(protect);
    enum fault fault = search_init(&search, protect);
    if (!fault) {
        search_first(&search);
    }
    while (!fault && *holds && search_next(protect, &cell, &high)) {
        *holds = search_alone(&search, cell, high);
        if (failed) {
            *failed = cell;
        }
    }
    for (uint32_t i = 0; !fault && *holds && i < protect->scenario_count; i++) {
        *holds = protect->scenario[i].met || search_scenario(&search, &protect->scenario[i]);
    }
    search_release(&search);
    return fault;
}

enum fault protect_nearest(bool *found, uint32_t *table, bool *moved, struct protect *protect, uint32_t cell,
                           uint32_t value) {
    struct search search;
    enum fault fault = search_init(&search, protect);
    *found = !fault && disclosure_lp_complement(search.lp, cell, value, DISCLOSURE_LP_NO_CHOICE, search.point,
                                                search.hide);
    for (uint32_t i = 0; *found && i < protect->cell_count; i++) {
        search.deviation[i] = (int32_t)lround(search.point[i]);
    }
    *found = *found && search_obeys(protect, search.deviation);
    for (uint32_t i = 0; *found && i < protect->cell_count; i++) {
        table[i] = (uint32_t)((int64_t)protect->cell[i].value + search.deviation[i]);
        if (moved) {
            moved[i] = search.hide[i];
        }
    }
    search_release(&search);
    return fault;
}
