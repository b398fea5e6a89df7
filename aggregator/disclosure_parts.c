/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_search.h"

#include <stdlib.h>
#include <string.h>

#include "core/secret.h"

/* What moves at once: one subject in one region, a subject everywhere, a region with all its subjects. */
enum way { PLACE, SUBJECT, REGION };

/* Which part is meant, and from which table it moves. */
struct part {
    enum way way;
    uint16_t subject, region;
    uint32_t
        hint; /* 1 + the scenario that the base has chosen: only what it may help is looked for; 0: none */
};

struct parts {
    struct search *search;
    double *base; /* in secret memory: a verified table, as deviations */
    bool *free_cells, *only;
    uint32_t *moving, *bearing; /* cells, and the relations that they are in */
    uint32_t moving_count, bearing_count;
    uint16_t subjects, regions;
};

static struct protect_part part_of(const struct protect *protect, uint32_t cell) {
    uint32_t row = protect->cell[cell].row;
    return row < protect->part_rows ? protect->part[row] : (struct protect_part){0, 0};
}

/* Whether it moves. What is told cannot; with one subject in one region moves the last one, which is of all. */
static bool is_free(const struct parts *parts, const struct part *part, uint32_t cell) {
    const struct protect *protect = parts->search->protect;
    const struct protect_cell *at = &protect->cell[cell];
    struct protect_part of = part_of(protect, cell);
    bool in_subject = of.subject == 0 || of.subject == part->subject,
         in_region = of.region == 0 || of.region == part->region;
    if (part->way != PLACE && at->choice) {
        return true;
    }
    if (at->choice || at->state == PROTECT_EXACT) {
        return false;
    }
    return (part->way == REGION || in_subject || (part->way == PLACE && of.subject == parts->subjects)) &&
           (part->way == SUBJECT || in_region);
}

static bool is_looked_for(const struct parts *parts, const struct part *part, uint32_t cell) {
    const struct protect *protect = parts->search->protect;
    struct protect_part of = part_of(protect, cell);
    return (part->way == REGION || of.subject == part->subject) &&
           (part->way == SUBJECT || of.region == part->region) &&
           (part->hint == 0 || protect->cell[cell].hint == part->hint);
}

static bool touches(const struct protect *protect, const struct protect_relation *relation,
                    const bool *free_cells) {
    bool does = false;
    for (uint32_t i = 0; !does && i < relation->count; i++) {
        does = free_cells[protect->term[relation->first + i].cell];
    }
    return does;
}

/* All of the part that is not met yet. */
static void reach_in_part(struct search *search, enum way way) {
    search_together(search, true, 0);
    search_together(search, false, 0);
    search_by_row(search, true);
    search_by_row(search, false);
    for (uint32_t i = 0; way == PLACE && i < search->moving_count; i++) {
        for (int high = 0; high < 2; high++) {
            if (search_is_wanted(search, search->moving[i], high)) {
                (void)search_alone(search, search->moving[i], high);
            }
        }
    }
}

/* The choices that this part alone can make possible: most reach beyond it, where nothing makes way. */
static void choose_in_part(const struct parts *parts) {
    struct search *search = parts->search;
    for (uint32_t i = 0; i < search->protect->scenario_count; i++) {
        struct protect_scenario *scenario = &search->protect->scenario[i];
        if (!scenario->met && search_bears_beyond(search, i, parts->free_cells, parts->base)) {
            (void)search_scenario(search, scenario);
        }
    }
}

/* Which cells move, which of them are looked for, and which relations these can break. False: nothing is. */
static bool choose(struct parts *parts, const struct part *part) {
    const struct protect *protect = parts->search->protect;
    bool any = false;
    parts->moving_count = parts->bearing_count = 0;
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        const struct protect_cell *cell = &protect->cell[i];
        parts->only[i] = is_looked_for(parts, part, i);
        parts->free_cells[i] = is_free(parts, part, i);
        any = any ||
              (parts->only[i] && parts->free_cells[i] && cell->needs && !(cell->met_low && cell->met_high));
        if (parts->free_cells[i]) {
            parts->moving[parts->moving_count++] = i;
        }
    }
    for (uint32_t i = 0; any && i < protect->relation_count; i++) {
        if (touches(protect, &protect->relation[i], parts->free_cells)) {
            parts->bearing[parts->bearing_count++] = i;
        }
    }
    return any || part->way == REGION;
}

/* From here on only these cells move; NULL: all. */
static void confine(struct search *search, const struct parts *parts) {
    search->only = parts ? parts->only : NULL;
    search->moving = parts ? parts->moving : NULL;
    search->bearing = parts ? parts->bearing : NULL;
    search->moving_count = parts ? parts->moving_count : 0;
    search->bearing_count = parts ? parts->bearing_count : 0;
}

/* One part, all others staying at the base. */
static enum fault reach_part(struct parts *parts, const struct part *part) {
    struct search *search = parts->search;
    struct disclosure_lp *whole = search->lp;
    if (!choose(parts, part)) {
        return FAULT_NONE;
    }
    enum fault fault = disclosure_lp_new(&search->lp, search->protect, parts->free_cells, parts->base);
    if (!fault) {
        search_place(search, parts->base);
        confine(search, parts);
        reach_in_part(search, part->way);
        if (part->way == REGION) {
            choose_in_part(parts);
        }
        confine(search, NULL);
    }
    search->lp = disclosure_lp_free(search->lp);
    search->lp = whole;
    return fault;
}

/* A table from which parts may move: verified as a whole, for in a part only what moves is looked at again. */
static bool take_base(struct parts *parts) {
    memcpy(parts->base, parts->search->point, parts->search->protect->cell_count * sizeof *parts->base);
    return parts->search->verified;
}

/* The middle of all tables so far. */
static bool take_middle(struct parts *parts) {
    struct search *search = parts->search;
    for (uint32_t i = 0; i < search->protect->cell_count; i++) {
        search->point[i] = search->sum[i] / search->found;
    }
    (void)search_learn(search);
    return take_base(parts);
}

static enum fault reach_places(struct parts *parts, uint32_t hint) {
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 1; !fault && i <= parts->subjects; i++) {
        for (uint16_t j = 1; !fault && j <= parts->regions; j++) {
            fault = reach_part(parts, &(struct part){PLACE, i, j, hint});
        }
    }
    return fault;
}

static bool is_hint(const struct protect *protect, uint32_t hint) {
    bool is = false;
    for (uint32_t i = 0; !is && i < protect->cell_count; i++) {
        const struct protect_cell *cell = &protect->cell[i];
        is = cell->hint == hint && cell->needs && !(cell->met_low && cell->met_high);
    }
    return is;
}

/* Ends that a choice may bring within reach: from a table that has made it. */
static enum fault reach_by_hints(struct parts *parts) {
    struct protect *protect = parts->search->protect;
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; !fault && i < protect->scenario_count; i++) {
        if (is_hint(protect, i + 1)) {
            parts->search->verified = false;
            (void)search_scenario(parts->search, &protect->scenario[i]);
            fault = take_base(parts) ? reach_places(parts, i + 1) : FAULT_NONE;
        }
    }
    return fault;
}

static enum fault reach_all_parts(struct parts *parts) {
    enum fault fault = take_middle(parts) ? reach_places(parts, 0) : FAULT_NONE;
    fault = fault ? fault : reach_by_hints(parts);
    bool there = !fault && take_middle(parts);
    for (uint16_t i = 1; there && !fault && parts->subjects > 1 && i <= parts->subjects; i++) {
        fault = reach_part(parts, &(struct part){SUBJECT, i, 0, 0});
    }
    there = there && !fault && take_middle(parts);
    for (uint16_t i = 1; there && !fault && parts->regions > 1 && i <= parts->regions; i++) {
        fault = reach_part(parts, &(struct part){REGION, 0, i, 0});
    }
    return fault;
}

/* A table of the whole: the true one with whatever nobody counted, where that can be. */
static bool find_first(struct search *search) {
    memset(search->point, 0, search->protect->cell_count * sizeof *search->point);
    (void)search_learn(search);
    for (int known = 1; search->found == 0 && known >= 0; known--) {
        search->protect->programs++;
        if (disclosure_lp_any(search->lp, known, !search->protect->fractions, search->point)) {
            (void)search_learn(search);
        }
    }
    return search->found > 0;
}

static void release(struct parts *parts) {
    secret_free(parts->search->sum);
    parts->search->sum = NULL;
    secret_free(parts->base);
    free(parts->free_cells);
    free(parts->only);
    free(parts->moving);
    free(parts->bearing);
}

static enum fault make_room(struct parts *parts) {
    const struct protect *protect = parts->search->protect;
    size_t cells = protect->cell_count + (size_t)1;
    void *memory[2] = {NULL, NULL};
    parts->free_cells = calloc(cells, sizeof *parts->free_cells);
    parts->only = calloc(cells, sizeof *parts->only);
    parts->moving = calloc(cells, sizeof *parts->moving);
    parts->bearing = calloc(protect->relation_count + (size_t)1, sizeof *parts->bearing);
    bool there = parts->free_cells && parts->only && parts->moving && parts->bearing;
    enum fault fault = there ? FAULT_NONE : FAULT_MEMORY;
    fault = fault ? fault : secret_new(&memory[0], cells * sizeof *parts->base);
    parts->search->sum = memory[0];
    fault = fault ? fault : secret_new(&memory[1], cells * sizeof *parts->base);
    parts->base = memory[1];
    return fault;
}

enum fault search_by_parts(struct search *search) {
    struct parts parts = {.search = search};
    for (uint32_t i = 0; i < search->protect->part_rows; i++) {
        const struct protect_part *of = &search->protect->part[i];
        parts.subjects = of->subject > parts.subjects ? of->subject : parts.subjects;
        parts.regions = of->region > parts.regions ? of->region : parts.regions;
    }
    enum fault fault = make_room(&parts);
    if (!fault && find_first(search)) {
        search->parted = true;
        fault = reach_all_parts(&parts);
    }
    release(&parts);
    return fault;
}
