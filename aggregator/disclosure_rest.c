/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_table.h"

#include <string.h>

#include "disclosure_switch.h"

/* Where a cell stands in struct disclosure_cells; the whole struct is one array of them. */
enum { PLACES = sizeof(struct disclosure_cells) / sizeof(uint32_t) };

static uint32_t cell_at(const struct disclosure_table *table, uint32_t subject, uint32_t node, size_t place) {
    uint32_t cell;
    const struct disclosure_cells *cells = &table->cells[(size_t)subject * table->school->node_count + node];
    memcpy(&cell, (const char *)cells + place * sizeof cell, sizeof cell);
    return cell;
}

/* The parts of a node whose cell is not told exactly, together. */
struct rest {
    uint32_t count;         /* of parts */
    uint32_t told;          /* parts that are told */
    uint32_t contributions; /* public */
    uint64_t value;
    uint32_t hint; /* of the first part that has one (struct protect_cell) */
};

/*
 * Which left-over group is meant: that of the children, or that of the children and of what is told below
 * them.
 */
struct search {
    struct disclosure_table *table;
    uint32_t subject;
    size_t place;
    uint16_t partition; /* of the children */
    bool deep;
    bool add_terms; /* of the parts, to the relation that was begun */
};

static bool is_exact(const struct search *search, uint32_t cell) {
    return cell != DISCLOSURE_NO_CELL && search->table->protect.cell[cell].state == PROTECT_EXACT;
}

/*
 * Whether something below is told, and every part of the node has the cell, so that its parts add up to it.
 */
static bool is_told_below(const struct search *search, uint32_t node) {
    const struct disclosure_school *school = search->table->school;
    bool told = false;
    for (uint32_t i = 1; i < school->node_count; i++) {
        if (i != node && school->node[i].parent == node && !school->node[i].partition) {
            uint32_t cell = cell_at(search->table, search->subject, i, search->place);
            if (cell == DISCLOSURE_NO_CELL) {
                return false;
            }
            told = told || is_exact(search, cell);
        }
    }
    return told;
}

/* School, years, classes: no deeper. */
static void gather(struct rest *rest, const struct search *search, uint32_t parent) {
    const struct disclosure_school *school = search->table->school;
    for (uint32_t i = 1; i < school->node_count; i++) {
        bool is_part =
            i != parent && school->node[i].parent == parent && school->node[i].partition == search->partition;
        uint32_t cell =
            is_part ? cell_at(search->table, search->subject, i, search->place) : DISCLOSURE_NO_CELL;
        if (cell == DISCLOSURE_NO_CELL) {
            continue;
        }
        if (is_exact(search, cell)) {
            rest->told++;
        } else if (search->deep && is_told_below(search, i)) {
            gather(rest, search, i);
        } else {
            rest->count++;
            rest->contributions += school->node[i].contributions;
            rest->value += search->table->protect.cell[cell].value;
            rest->hint = rest->hint ? rest->hint : search->table->protect.cell[cell].hint;
            if (search->add_terms) {
                protect_term(&search->table->protect, cell, 1);
            }
        }
    }
}

static void add_rest(const struct search *search, uint32_t parent, const struct rest *rest, uint32_t k) {
    struct protect *protect = &search->table->protect;
    uint32_t whole = cell_at(search->table, search->subject, parent, search->place);
    uint32_t hint = protect->cell[whole].hint;
    uint32_t sum =
        protect_add(protect, protect->cell[whole].row, (uint32_t)rest->value, rest->contributions, 0);
    if (protect->fault) {
        return;
    }
    struct search again = *search;
    struct rest unused = {0};
    bool below = rest->value < k;
    protect->cell[sum].needs = true;
    protect->cell[sum].hint = hint ? hint : rest->hint; /* who said no is in the way of its ends too */
    protect->cell[sum].need_low = below ? 0 : rest->contributions - k + 1;
    protect->cell[sum].need_high = below ? k - 1 : rest->contributions;
    protect_begin(protect);
    protect_term(protect, sum, -1);
    again.add_terms = true;
    gather(&unused, &again, parent);
    protect_end_equal(protect);
}

/* One left-over group; 1 when it is small and was added. */
static uint32_t try_rest(const struct search *search, uint32_t parent, uint32_t k) {
    struct rest rest = {0};
    gather(&rest, search, parent);
    bool small = rest.value < k || rest.value + k > rest.contributions;
    if (rest.count < 2 || !rest.told || !small || search->table->protect.fault) {
        return 0;
    }
    add_rest(search, parent, &rest, k);
    return 1;
}

/* The same of a breakdown: a told category leaves the others over. */
static uint32_t add_category_rests(struct disclosure_table *table, uint32_t subject) {
    const struct disclosure_school *school = table->school;
    uint32_t added = 0;
    uint16_t before = 0;
    for (uint32_t i = 0; i < school->node_count; i++) {
        if (school->node[i].partition != before) {
            before = school->node[i].partition;
            for (size_t place = 0; place < PLACES; place++) {
                const struct search search = {table, subject, place, before, false, false};
                bool there = cell_at(table, subject, 0, place) != DISCLOSURE_NO_CELL;
                added += there ? try_rest(&search, 0, table->k[subject]) : 0;
            }
        }
    }
    return added;
}

/*
 * One subject's left-over groups that are small, or nearly everybody, beside others that are told. Gives how
 * many there are.
 */
static uint32_t add_rests(struct disclosure_table *table, uint32_t subject) {
    const struct disclosure_school *school = table->school;
    uint32_t added = 0, k = table->k[subject];
    for (uint32_t parent = 0; parent < school->node_count; parent++) {
        for (size_t place = 0; place < PLACES; place++) {
            if (cell_at(table, subject, parent, place) != DISCLOSURE_NO_CELL) {
                const struct search shallow = {table, subject, place, 0, false, false};
                const struct search deep = {table, subject, place, 0, true, false};
                added += try_rest(&shallow, parent, k);
                added += parent == 0 ? try_rest(&deep, parent, k) : 0;
            }
        }
    }
    return added;
}

/* The most that a cell is told to be. */
static uint64_t told_most(const struct protect_cell *cell) {
    return cell->state == PROTECT_EXACT    ? cell->value
           : cell->state == PROTECT_BANDED ? cell->high
                                           : cell->cap;
}

/* The most that the other options of this one's group are told to count in a node. */
static uint64_t others_most(const struct disclosure_table *table, const struct questionnaire_list *options,
                            const struct disclosure_cells *cells, uint16_t option) {
    uint64_t most = 0;
    for (uint16_t i = 0; i < options->option_count; i++) {
        bool other = i != option && cells->option[i] != DISCLOSURE_NO_CELL &&
                     options->option[i].coarse == options->option[option].coarse;
        most += other ? told_most(&table->protect.cell[cells->option[i]]) : 0;
    }
    return most;
}

/*
 * A class's group less what the year's other options of it can be: at least so many chose this one. Nobody
 * counted how many, so whenever that could be few, the group is not told, and must be able to be so small
 * that nothing follows.
 */
static bool loosen_group(struct disclosure_table *table, uint32_t group, uint64_t others, uint32_t k) {
    struct protect_cell *cell = &table->protect.cell[group];
    uint64_t least = cell->state == PROTECT_EXACT    ? cell->value
                     : cell->state == PROTECT_BANDED ? cell->low
                                                     : 0;
    if (least <= others || least - others >= k) {
        return false;
    }
    cell->need_high = cell->needs ? cell->need_high : cell->value;
    cell->need_low = cell->needs && cell->need_low < others ? cell->need_low : (uint32_t)others;
    cell->needs = true;
    cell->met_low = false;
    cell->state = PROTECT_HIDDEN;
    return true;
}

/* The same for all classes of one subject; gives how many groups are no longer told. */
static uint32_t loosen_groups(struct disclosure_table *table, uint32_t subject) {
    const struct disclosure_school *school = table->school;
    const struct disclosure_cells *cells = &table->cells[(size_t)subject * school->node_count];
    const struct questionnaire_list *options =
        table->is_item[subject] ? questionnaire_list_of(school->questionnaire, table->subject[subject])
                                : NULL;
    uint32_t changed = 0;
    if (!options || school->questionnaire->item[table->subject[subject]].kind != QUESTIONNAIRE_SELECT_ONE) {
        return 0;
    }
    for (uint32_t i = 1; i < school->node_count; i++) {
        for (uint16_t j = 0; j < options->option_count && !school->node[i].pooled; j++) {
            uint16_t coarse = options->option[j].coarse;
            uint32_t group = coarse == QUESTIONNAIRE_NONE ? DISCLOSURE_NO_CELL : cells[i].group[coarse];
            if (group != DISCLOSURE_NO_CELL && table->k[subject]) {
                uint64_t others = others_most(table, options, &cells[school->node[i].parent], j);
                bool alone = others == 0;
                changed += !alone && loosen_group(table, group, others, table->k[subject]);
            }
        }
    }
    return changed;
}

enum fault disclosure_table_judge(struct disclosure_table *table) {
    enum { PASSES = 4 };
    enum fault fault = protect_run(&table->protect);
    uint32_t added = 1, before = UINT32_MAX;
    for (int i = 0; !fault && added && i < PASSES; i++) {
        uint32_t hidden = 0;
        for (uint32_t j = 0; j < table->protect.cell_count; j++) {
            hidden += table->protect.cell[j].state != PROTECT_EXACT && !table->protect.cell[j].needs;
        }
        added = hidden == before ? 0 : 1;
        before = hidden;
        uint32_t found = 0;
        bool wanted = added && disclosure_keeps(DISCLOSURE_DIFFERENCES);
        for (uint32_t j = 0; wanted && j < table->subject_count; j++) {
            found += add_rests(table, j) + add_category_rests(table, j) + loosen_groups(table, j);
        }
        added = found;
        fault = table->protect.fault ? table->protect.fault
                : added              ? protect_run(&table->protect)
                                     : FAULT_NONE;
    }
    return fault;
}
