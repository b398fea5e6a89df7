/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_adding.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "disclosure_switch.h"

enum fault adding_begin(struct adding *adding, struct disclosure_table *table, uint16_t subject) {
    const struct disclosure_school *school = table->school;
    size_t nodes = school->node_count, count = (size_t)(table->subject_count + 1) * nodes;
    struct disclosure_cells *more = realloc(table->cells, (count + 1) * sizeof *more);
    if (!more) {
        return FAULT_MEMORY;
    }
    table->cells = more;
    *adding = (struct adding){.table = table,
                              .protect = &table->protect,
                              .school = school,
                              .subject = subject,
                              .first_row = (uint32_t)(table->subject_count * nodes),
                              .k = school->k_cell,
                              .in_class = true,
                              .cells = more + count - nodes};
    memset(adding->cells, 0xFF, nodes * sizeof *more); /* DISCLOSURE_NO_CELL everywhere */
    table->k[table->subject_count] = school->k_cell;
    table->subject[table->subject_count++] = subject;
    return FAULT_NONE;
}

/* Where a node is in the tree decides what its cells are worth to readers. */
static double weight_of(const struct disclosure_node *node, uint64_t value) {
    double level = node->level == RELEASE_SCHOOL ? 900 : node->level == RELEASE_CLASS ? 1 : 30;
    return level * log2(2.0 + (double)value);
}

static bool is_withheld(const struct adding *adding, uint32_t node) {
    return adding->withheld || adding->school->node[node].small;
}

uint32_t adding_cell(struct adding *adding, uint32_t node, uint64_t value, uint32_t cap, bool told) {
    const struct disclosure_node *at = &adding->school->node[node];
    struct protect *protect = adding->protect;
    uint32_t index =
        protect_add(protect, adding->first_row + node, (uint32_t)value, cap, weight_of(at, value));
    if (protect->fault) {
        return DISCLOSURE_NO_CELL;
    }
    struct protect_cell *cell = &protect->cell[index];
    uint32_t k = adding->k < at->contributions ? adding->k : at->contributions;
    bool below = value < k, above = !below && value + k > at->contributions;
    bool guarded = told           ? disclosure_keeps(DISCLOSURE_BANDS)
                   : at->unlisted ? disclosure_keeps(DISCLOSURE_BREAKDOWNS)
                                  : disclosure_keeps(DISCLOSURE_DIFFERENCES);
    below = below && guarded;
    above = above && guarded;
    cell->needs = (below || above) && !adding->withheld;
    cell->need_low = below ? 0 : at->contributions - k + 1;
    cell->need_high = below ? k - 1 : at->contributions;
    cell->low = cell->need_low;
    cell->high = cell->need_high;
    cell->need_high = cell->need_high > cap ? cap : cell->need_high;
    if (told && !is_withheld(adding, node)) {
        cell->state = !below && !above                     ? PROTECT_EXACT
                      : at->contributions >= 2 * adding->k ? PROTECT_BANDED
                                                           : PROTECT_HIDDEN;
    }
    return index;
}

static void list(struct adding *adding, uint32_t node, enum release_kind kind, uint16_t index,
                 uint32_t cell) {
    struct disclosure_table *table = adding->table;
    const struct disclosure_node *at = &adding->school->node[node];
    if (table->listing_count == table->listing_room && !adding->protect->fault) {
        uint32_t room = table->listing_room ? 2 * table->listing_room : 256;
        struct disclosure_listing *more = realloc(table->listing, room * sizeof *more);
        if (!more) {
            adding->protect->fault = FAULT_MEMORY;
            return;
        }
        table->listing = more;
        table->listing_room = room;
    }
    if (!adding->protect->fault) {
        table->listing[table->listing_count++] =
            (struct disclosure_listing){.figure = {.level = at->level,
                                                   .unit = at->unit,
                                                   .about = adding->about,
                                                   .subject = adding->subject,
                                                   .kind = kind,
                                                   .index = index,
                                                   .n = at->contributions},
                                        .cell = cell};
    }
}

/* Adds a cell that is told when `told`. */
uint32_t adding_listed(struct adding *adding, uint32_t node, enum release_kind kind, uint16_t index,
                       uint64_t value, bool told) {
    uint32_t cell = adding_cell(adding, node, value, adding->school->node[node].contributions, told);
    if (told) {
        list(adding, node, kind, index, cell);
    }
    return cell;
}

void adding_term(struct adding *adding, uint32_t cell, int32_t factor) {
    if (cell != DISCLOSURE_NO_CELL) {
        protect_term(adding->protect, cell, factor);
    }
}

bool adding_is_answer(const struct questionnaire_list *options, uint16_t option) {
    return options->option[option].kind == QUESTIONNAIRE_OPTION_ANSWER;
}

static bool offers(const struct questionnaire_list *options, enum questionnaire_option_kind kind) {
    for (uint16_t i = 0; i < options->option_count; i++) {
        if (options->option[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static bool is_conditional(const struct adding *adding) {
    return adding->school->questionnaire->item[adding->subject].step_count > 0;
}

bool adding_is_full(const struct adding *adding, uint32_t node) {
    const struct disclosure_node *at = &adding->school->node[node];
    uint32_t answers = 0;
    for (uint16_t i = 0; adding->list && i < adding->list->option_count; i++) {
        answers += adding_is_answer(adding->list, i);
    }
    return adding->breakdown || (!at->is_class && at->contributions >= answers * adding->school->k_unit);
}

/*
 * Of a select multiple no groups are counted by category, so a category too small for its options has none.
 */
bool adding_is_told(const struct adding *adding, uint32_t node) {
    const struct disclosure_node *at = &adding->school->node[node];
    bool multiple = adding->list && adding->school->questionnaire->item[adding->subject].kind ==
                                        QUESTIONNAIRE_SELECT_MULTIPLE;
    if (at->partition) {
        return !at->unlisted && (!multiple || adding_is_full(adding, node));
    }
    return !disclosure_school_is_class(adding->school, at) || adding->in_class;
}

/*
 * Whether it says too much that a count of a sensitive question is below k: so many are known to have said no
 * that fewer values are left for the others than a small count has.
 */
static bool is_cut_short(const struct adding *adding, uint32_t value, uint32_t declined) {
    uint32_t k_cell = adding->school->k_cell;
    return value < adding->k && declined >= k_cell && declined + k_cell > adding->k;
}

/*
 * Those who said no are in this cell, and how many they are is known more or less. Where all others in it are
 * few, the cell is not told, and the few keep their band even for somebody who knows how many said no.
 */
static void protect_silent(struct adding *adding, uint32_t node, uint32_t index) {
    const uint64_t *took_part = disclosure_school_counters(adding->school, node, LAYOUT_CLASS,
                                                           LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE);
    if (index == DISCLOSURE_NO_CELL || adding->protect->fault || adding->withheld ||
        !disclosure_keeps(DISCLOSURE_DIFFERENCES)) {
        return;
    }
    struct protect_cell *cell = &adding->protect->cell[index];
    uint32_t declined = (uint32_t)took_part[2];
    bool few = cell->value >= adding->k && cell->value < declined + adding->k && !cell->needs;
    if (few || is_cut_short(adding, cell->value, declined)) {
        cell->needs = true;
        cell->need_low = declined;
        cell->need_high = declined + adding->k - 1;
        cell->need_high = cell->need_high > cell->cap ? cell->cap : cell->need_high;
        cell->state = PROTECT_HIDDEN;
    }
}

/* Who skipped a question and who was not asked it, together: told nowhere, and a count like any other. */
static void add_said_nothing(struct adding *adding, uint32_t node) {
    const struct disclosure_cells *cells = &adding->cells[node];
    uint32_t skipped = cells->code[DISCLOSURE_CODES - 2], unasked = cells->code[DISCLOSURE_CODES - 1];
    if (skipped == DISCLOSURE_NO_CELL || unasked == DISCLOSURE_NO_CELL || adding->protect->fault) {
        return;
    }
    uint64_t value = adding->protect->cell[skipped].value + (uint64_t)adding->protect->cell[unasked].value;
    uint32_t both = adding_cell(adding, node, value, adding->school->node[node].contributions, false);
    protect_silent(adding, node, both);
    protect_begin(adding->protect);
    adding_term(adding, both, -1);
    adding_term(adding, skipped, 1);
    adding_term(adding, unasked, 1);
    protect_end_equal(adding->protect);
}

void adding_missing(struct adding *adding, uint32_t node, uint64_t answered) {
    const struct disclosure_school *school = adding->school;
    const struct disclosure_node *at = &school->node[node];
    struct disclosure_cells *cells = &adding->cells[node];
    bool told = adding_is_told(adding, node), full = at->pooled && adding_is_full(adding, node);
    const uint64_t *missing = disclosure_school_counters(
        school, node, adding->breakdown ? LAYOUT_SCHOOL : LAYOUT_CLASS, LAYOUT_MISSING, adding->subject);
    uint64_t rest = at->contributions - answered;
    static const enum release_kind kinds[] = {RELEASE_DONT_KNOW, RELEASE_RATHER_NOT, RELEASE_NO_ANSWER,
                                              RELEASE_NOT_ASKED};
    const bool has[] = {offers(adding->list, QUESTIONNAIRE_OPTION_DONT_KNOW),
                        offers(adding->list, QUESTIONNAIRE_OPTION_RATHER_NOT), is_conditional(adding), true};
    cells->missing = adding_listed(adding, node, RELEASE_MISSING, 0, rest, told && !full);
    protect_silent(adding, node, cells->missing);
    if (!at->pooled && !has[0] && !has[1] && !has[2]) {
        return; /* only one of them there is */
    }
    for (int i = 0; i < DISCLOSURE_CODES; i++) {
        bool last = i == DISCLOSURE_CODES - 1;
        enum release_kind kind = last && !is_conditional(adding) ? RELEASE_NO_ANSWER : kinds[i];
        if (has[i]) {
            uint64_t value = last ? rest : missing[i];
            cells->code[i] = adding_listed(adding, node, kind, 0, value, told && full);
            rest -= value;
        }
    }
    protect_silent(adding, node, cells->code[DISCLOSURE_CODES - 1]);
    add_said_nothing(adding, node);
    protect_begin(adding->protect);
    adding_term(adding, cells->missing, -1);
    for (int i = 0; i < DISCLOSURE_CODES; i++) {
        adding_term(adding, cells->code[i], 1);
    }
    protect_end_equal(adding->protect);
}

void adding_total(struct adding *adding, uint32_t node, const uint32_t *cell, uint16_t count) {
    protect_begin(adding->protect);
    for (uint16_t i = 0; i < count; i++) {
        adding_term(adding, cell[i], 1);
    }
    adding_term(adding, adding->cells[node].missing, 1);
    protect_end_equal(adding->protect);
}

/*
 * One of a node's cells is the sum of its children's in this partition. `at` is where in struct
 * disclosure_cells.
 */
static void add_sum(struct adding *adding, size_t at, uint32_t parent, uint16_t partition) {
    const struct disclosure_school *school = adding->school;
    uint32_t cell, part, children = 0;
    memcpy(&cell, (const char *)&adding->cells[parent] + at, sizeof cell);
    if (cell == DISCLOSURE_NO_CELL) {
        return;
    }
    protect_begin(adding->protect);
    for (uint32_t i = 1; i < school->node_count; i++) {
        memcpy(&part, (const char *)&adding->cells[i] + at, sizeof part);
        if (i != parent && school->node[i].parent == parent && school->node[i].partition == partition &&
            part != DISCLOSURE_NO_CELL) {
            adding_term(adding, part, 1);
            children++;
        }
    }
    if (children) {
        adding_term(adding, cell, -1);
        protect_end_exactly(adding->protect, 0);
    }
}

/* The same of every node. Breakdowns divide the school only. */
static void add_sums_of(struct adding *adding, size_t at) {
    const struct disclosure_school *school = adding->school;
    uint16_t before = 0;
    for (uint32_t parent = 0; parent < school->node_count; parent++) {
        add_sum(adding, at, parent, 0);
    }
    for (uint32_t i = 0; i < school->node_count; i++) {
        if (school->node[i].partition != before) {
            before = school->node[i].partition;
            add_sum(adding, at, 0, before);
        }
    }
}

#define CELL_AT(member, i) (offsetof(struct disclosure_cells, member) + (size_t)(i) * sizeof(uint32_t))

void adding_sums(struct adding *adding) {
    for (uint16_t i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        add_sums_of(adding, CELL_AT(option, i));
        add_sums_of(adding, CELL_AT(group, i));
    }
    for (int i = 0; i < DISCLOSURE_CODES; i++) {
        add_sums_of(adding, CELL_AT(code, i));
    }
    add_sums_of(adding, CELL_AT(missing, 0));
    add_sums_of(adding, CELL_AT(answered, 0));
}

uint64_t adding_value(const struct adding *adding, uint32_t cell) {
    return cell == DISCLOSURE_NO_CELL || adding->protect->fault ? 0 : adding->protect->cell[cell].value;
}

uint64_t adding_less(uint64_t more, uint64_t less) {
    return more > less ? more - less : 0; /* sums that contradict each other are noticed elsewhere */
}

uint32_t adding_difference(struct adding *adding, uint32_t node, uint32_t more, uint32_t less) {
    uint32_t cell =
        adding_cell(adding, node, adding_less(adding_value(adding, more), adding_value(adding, less)),
                    adding->school->node[node].contributions, false);
    protect_begin(adding->protect);
    adding_term(adding, cell, 1);
    adding_term(adding, more, -1);
    adding_term(adding, less, 1);
    protect_end_equal(adding->protect);
    return cell;
}
