/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_search.h"

#include <stdlib.h>

#include "core/secret.h"

enum { SUBJECT, REGION, WAYS };

static uint16_t part_of(const struct protect *protect, uint32_t cell, int way) {
    uint32_t row = protect->cell[cell].row;
    return row >= protect->part_rows ? 0
           : way == SUBJECT          ? protect->part[row].subject
                                     : protect->part[row].region;
}

/* All of the part that is not met yet, and the choices that it may make possible. */
static void reach_in_part(struct search *search, int way) {
    struct protect *protect = search->protect;
    search_together(search, true, 0);
    search_together(search, false, 0);
    search_by_row(search, true);
    search_by_row(search, false);
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        for (int high = 0; high < 2; high++) {
            if (search_is_wanted(search, i, high)) {
                (void)search_alone(search, i, high);
            }
        }
    }
    for (uint32_t i = 0; way == REGION && i < protect->scenario_count; i++) {
        if (!protect->scenario[i].met) {
            (void)search_scenario(search, &protect->scenario[i]);
        }
    }
}

/* One part, all others staying at `base`. */
static enum fault reach_part(struct search *search, int way, uint16_t which, const double *base,
                             bool *free_cells) {
    struct protect *protect = search->protect;
    struct disclosure_lp *whole = search->lp;
    bool any = false;
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        uint16_t of = part_of(protect, i, way);
        free_cells[i] = protect->cell[i].choice || of == 0 || of == which;
        search->only[i] = of == which;
        any = any ||
              (search->only[i] && (search_is_wanted(search, i, false) || search_is_wanted(search, i, true)));
    }
    if (!any && way == SUBJECT) {
        return FAULT_NONE;
    }
    enum fault fault = disclosure_lp_new(&search->lp, protect, free_cells, base);
    if (!fault) {
        reach_in_part(search, way);
    }
    search->lp = disclosure_lp_free(search->lp);
    search->lp = whole;
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

static enum fault reach_parts(struct search *search, double *base, bool *free_cells) {
    static const int ways[] = {SUBJECT, REGION};
    const struct protect *protect = search->protect;
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        uint16_t count = count_parts(protect, ways[i]);
        for (uint32_t j = 0; j < protect->cell_count; j++) {
            base[j] = search->sum[j] / search->found;
        }
        for (uint16_t j = 1; !fault && count > 1 && j <= count; j++) {
            fault = reach_part(search, ways[i], j, base, free_cells);
        }
    }
    return fault;
}

/* A table from which parts may move: the true one with whatever nobody counted, where that can be. */
static bool find_base(struct search *search) {
    for (int known = 1; search->found == 0 && known >= 0; known--) {
        search->protect->programs++;
        if (disclosure_lp_any(search->lp, known, search->point)) {
            (void)search_learn(search);
        }
    }
    return search->found > 0;
}

enum fault search_by_parts(struct search *search) {
    uint32_t cells = search->protect->cell_count;
    void *memory[2] = {NULL, NULL};
    bool *free_cells = calloc(cells + (size_t)1, sizeof *free_cells);
    search->only = calloc(cells + (size_t)1, sizeof *search->only);
    enum fault fault = free_cells && search->only ? FAULT_NONE : FAULT_MEMORY;
    for (int i = 0; !fault && i < 2; i++) {
        fault = secret_new(&memory[i], (cells + (size_t)1) * sizeof *search->point);
    }
    search->sum = memory[0];
    if (!fault && find_base(search)) {
        search->parted = true;
        fault = reach_parts(search, memory[1], free_cells);
    }
    search->sum = NULL;
    secret_free(memory[0]);
    secret_free(memory[1]);
    free(free_cells);
    free(search->only);
    search->only = NULL;
    return fault;
}
