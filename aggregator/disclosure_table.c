/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "disclosure_switch.h"

enum fault disclosure_table_init(struct disclosure_table *out, const struct disclosure_school *school) {
    *out = (struct disclosure_table){.school = school};
    return FAULT_NONE;
}

void disclosure_table_release(struct disclosure_table *table) {
    protect_release(&table->protect);
    free(table->listing);
    free(table->cells);
    *table = (struct disclosure_table){0};
}

uint32_t disclosure_table_score(const struct questionnaire *questionnaire, uint16_t item, uint16_t option) {
    const struct questionnaire_item *asked = &questionnaire->item[item];
    const struct questionnaire_scale *scale = &questionnaire->scale[asked->scale];
    uint32_t score = questionnaire_list_of(questionnaire, item)->option[option].score;
    return asked->reverse ? (uint32_t)scale->score_min + scale->score_max - score : score;
}

/* What is being added: one subject of the table. */
struct adding {
    struct disclosure_table *table;
    struct protect *protect;
    const struct disclosure_school *school;
    const struct questionnaire_list *list; /* NULL for what is no item */
    enum release_subject about;
    uint16_t subject;
    uint32_t first_row;
    uint32_t k;    /* a count below this is small */
    bool withheld; /* nothing of it is told anywhere */
    bool in_class; /* may stand at class level */
    bool breakdown;
    struct disclosure_cells *cells; /* one a node */
};

static enum fault begin(struct adding *adding, struct disclosure_table *table, uint16_t subject) {
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

/*
 * A count and the rule of bands: below k it is one of 0..k-1, within k of everybody it is one of n-k+1..n,
 * else it is told. What is not told is as protected as what is, since it may follow from other cells.
 */
static uint32_t add_cell(struct adding *adding, uint32_t node, uint64_t value, uint32_t cap, bool told) {
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
static uint32_t add_listed(struct adding *adding, uint32_t node, enum release_kind kind, uint16_t index,
                           uint64_t value, bool told) {
    uint32_t cell = add_cell(adding, node, value, adding->school->node[node].contributions, told);
    if (told) {
        list(adding, node, kind, index, cell);
    }
    return cell;
}

static void term(struct adding *adding, uint32_t cell, int32_t factor) {
    if (cell != DISCLOSURE_NO_CELL) {
        protect_term(adding->protect, cell, factor);
    }
}

static bool is_answer(const struct questionnaire_list *options, uint16_t option) {
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

/* The school level is told in full where there are k_unit pupils an option; a class never is. */
static bool is_full(const struct adding *adding, uint32_t node) {
    const struct disclosure_node *at = &adding->school->node[node];
    uint32_t answers = 0;
    for (uint16_t i = 0; adding->list && i < adding->list->option_count; i++) {
        answers += is_answer(adding->list, i);
    }
    return adding->breakdown || (!at->is_class && at->contributions >= answers * adding->school->k_unit);
}

/*
 * Of a select multiple no groups are counted by category, so a category too small for its options has none.
 */
static bool is_told(const struct adding *adding, uint32_t node) {
    const struct disclosure_node *at = &adding->school->node[node];
    bool multiple = adding->list && adding->school->questionnaire->item[adding->subject].kind ==
                                        QUESTIONNAIRE_SELECT_MULTIPLE;
    if (at->partition) {
        return !at->unlisted && (!multiple || is_full(adding, node));
    }
    return !disclosure_school_is_class(adding->school, at) || adding->in_class;
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
    if (cell->value >= adding->k && cell->value < declined + adding->k && !cell->needs) {
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
    uint32_t both = add_cell(adding, node, value, adding->school->node[node].contributions, false);
    protect_silent(adding, node, both);
    protect_begin(adding->protect);
    term(adding, both, -1);
    term(adding, skipped, 1);
    term(adding, unasked, 1);
    protect_end_equal(adding->protect);
}

/* Who gave no answer: a pooled node has the codes apart, told in full; each node has them together. */
static void add_missing(struct adding *adding, uint32_t node, uint64_t answered) {
    const struct disclosure_school *school = adding->school;
    const struct disclosure_node *at = &school->node[node];
    struct disclosure_cells *cells = &adding->cells[node];
    bool told = is_told(adding, node), full = at->pooled && is_full(adding, node);
    const uint64_t *missing = disclosure_school_counters(
        school, node, adding->breakdown ? LAYOUT_SCHOOL : LAYOUT_CLASS, LAYOUT_MISSING, adding->subject);
    uint64_t rest = at->contributions - answered;
    static const enum release_kind kinds[] = {RELEASE_DONT_KNOW, RELEASE_RATHER_NOT, RELEASE_NO_ANSWER,
                                              RELEASE_NOT_ASKED};
    const bool has[] = {offers(adding->list, QUESTIONNAIRE_OPTION_DONT_KNOW),
                        offers(adding->list, QUESTIONNAIRE_OPTION_RATHER_NOT), is_conditional(adding), true};
    cells->missing = add_listed(adding, node, RELEASE_MISSING, 0, rest, told && !full);
    protect_silent(adding, node, cells->missing);
    if (!at->pooled && !has[0] && !has[1] && !has[2]) {
        return; /* only one of them there is */
    }
    for (int i = 0; i < DISCLOSURE_CODES; i++) {
        bool last = i == DISCLOSURE_CODES - 1;
        enum release_kind kind = last && !is_conditional(adding) ? RELEASE_NO_ANSWER : kinds[i];
        if (has[i]) {
            uint64_t value = last ? rest : missing[i];
            cells->code[i] = add_listed(adding, node, kind, 0, value, told && full);
            rest -= value;
        }
    }
    protect_silent(adding, node, cells->code[DISCLOSURE_CODES - 1]);
    add_said_nothing(adding, node);
    protect_begin(adding->protect);
    term(adding, cells->missing, -1);
    for (int i = 0; i < DISCLOSURE_CODES; i++) {
        term(adding, cells->code[i], 1);
    }
    protect_end_equal(adding->protect);
}

/* Everybody of a node is somewhere in its row. */
static void add_total(struct adding *adding, uint32_t node, const uint32_t *cell, uint16_t count) {
    protect_begin(adding->protect);
    for (uint16_t i = 0; i < count; i++) {
        term(adding, cell[i], 1);
    }
    term(adding, adding->cells[node].missing, 1);
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
            term(adding, part, 1);
            children++;
        }
    }
    if (children) {
        term(adding, cell, -1);
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

static void add_all_sums(struct adding *adding) {
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

static uint64_t value_of(const struct adding *adding, uint32_t cell) {
    return cell == DISCLOSURE_NO_CELL || adding->protect->fault ? 0 : adding->protect->cell[cell].value;
}

static uint64_t less_than(uint64_t more, uint64_t less) {
    return more > less ? more - less : 0; /* sums that contradict each other are noticed elsewhere */
}

/* A count that is never told but follows: `more` less `less`. */
static uint32_t add_difference(struct adding *adding, uint32_t node, uint32_t more, uint32_t less) {
    uint32_t cell = add_cell(adding, node, less_than(value_of(adding, more), value_of(adding, less)),
                             adding->school->node[node].contributions, false);
    protect_begin(adding->protect);
    term(adding, cell, 1);
    term(adding, more, -1);
    term(adding, less, 1);
    protect_end_equal(adding->protect);
    return cell;
}

/* Of a sensitive question it is also protected how few did not say this. */
static void add_others(struct adding *adding, uint32_t node, const uint32_t *cell, uint16_t count) {
    const struct disclosure_node *at = &adding->school->node[node];
    struct disclosure_cells *cells = &adding->cells[node];
    if (!adding->school->questionnaire->item[adding->subject].sensitive) {
        return;
    }
    if (cells->answered == DISCLOSURE_NO_CELL) {
        cells->answered = add_cell(adding, node, at->contributions - value_of(adding, cells->missing),
                                   at->contributions, false);
        add_total(adding, node, &cells->answered, 1);
    }
    for (uint16_t i = 0; i < count; i++) {
        if (cell[i] != DISCLOSURE_NO_CELL) {
            (void)add_difference(adding, node, cells->answered, cell[i]);
        }
    }
}

/* A group is its options together. */
static void add_group_sums(struct adding *adding, uint32_t node) {
    const struct disclosure_cells *cells = &adding->cells[node];
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        protect_begin(adding->protect);
        term(adding, cells->group[i], -1);
        for (uint16_t j = 0; j < adding->list->option_count; j++) {
            bool member = is_answer(adding->list, j) && adding->list->option[j].coarse == i;
            term(adding, member ? cells->option[j] : DISCLOSURE_NO_CELL, 1);
        }
        protect_end_exactly(adding->protect, 0);
    }
}

/* Options and groups of a select one in a pooled node. */
static void add_one_pooled(struct adding *adding, uint32_t node) {
    const struct disclosure_school *school = adding->school;
    struct disclosure_cells *cells = &adding->cells[node];
    const uint64_t *count =
        disclosure_school_counters(school, node, LAYOUT_SCHOOL, LAYOUT_OPTIONS, adding->subject);
    bool told = is_told(adding, node), full = is_full(adding, node);
    uint64_t group[QUESTIONNAIRE_OPTIONS] = {0}, answered = 0;
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        if (is_answer(adding->list, i)) {
            cells->option[i] = add_listed(adding, node, RELEASE_OPTION, i, *count, told && full);
            group[adding->list->option[i].coarse] += *count;
            answered += *count++;
        }
    }
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        cells->group[i] = add_listed(adding, node, RELEASE_GROUP, i, group[i], told && !full);
    }
    add_group_sums(adding, node);
    add_missing(adding, node, answered);
    add_total(adding, node, cells->option, adding->list->option_count);
    add_others(adding, node, cells->option, adding->list->option_count);
    add_others(adding, node, cells->group, adding->list->coarse_count);
}

/* Whether a count that nobody took must be able to be this or that. */
static bool needs_spread(const struct adding *adding, const struct disclosure_node *at) {
    return !adding->withheld && at->contributions >= adding->school->k_cell &&
           disclosure_keeps(DISCLOSURE_DIFFERENCES);
}

/* How a class divides over the options is counted by nobody, but what is told of it must not tell. */
static void add_unknown_options(struct adding *adding, uint32_t node) {
    const struct disclosure_node *at = &adding->school->node[node];
    struct protect *protect = adding->protect;
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        if (is_answer(adding->list, i)) {
            uint32_t index = protect_add(protect, adding->first_row + node, 0, at->contributions, 0);
            if (!protect->fault) {
                protect->cell[index].spread = adding->school->k_cell - 1;
                protect->cell[index].needs = needs_spread(adding, at);
                adding->cells[node].option[i] = index;
            }
        }
    }
}

/* Whether an item has a condition, or another item's condition names it. */
static bool is_linked(const struct questionnaire *questionnaire, uint16_t item) {
    bool linked = questionnaire->item[item].step_count > 0;
    for (uint16_t i = (uint16_t)(item + 1); !linked && i < questionnaire->item_count; i++) {
        linked = disclosure_table_parent(&questionnaire->item[i]) == item;
    }
    return linked;
}

static void add_one_class(struct adding *adding, uint32_t node) {
    const uint64_t *count =
        disclosure_school_counters(adding->school, node, LAYOUT_CLASS, LAYOUT_GROUPS, adding->subject);
    struct disclosure_cells *cells = &adding->cells[node];
    uint64_t answered = 0;
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        cells->group[i] = add_listed(adding, node, RELEASE_GROUP, i, count[i], true);
        answered += count[i];
    }
    add_missing(adding, node, answered);
    add_total(adding, node, cells->group, adding->list->coarse_count);
    add_others(adding, node, cells->group, adding->list->coarse_count);
    if (adding->table->in_class || is_linked(adding->school->questionnaire, adding->subject)) {
        add_unknown_options(adding, node);
        add_group_sums(adding, node);
    }
}

/* True when option or group `index` can only stand alone, so that whoever has it has no other. */
static bool stands_alone(const struct questionnaire_list *options, bool coarse, uint16_t index) {
    for (uint16_t i = 0; i < options->option_count; i++) {
        const struct questionnaire_option *option = &options->option[i];
        bool member = coarse ? option->coarse == index : i == index;
        if (member && option->kind == QUESTIONNAIRE_OPTION_ANSWER && !option->exclusive) {
            return false;
        }
    }
    return true;
}

/*
 * Where nothing can be combined with anything, or there is one thing only, who answered are just these counts
 * together. True when it is so.
 */
static bool add_alone(struct adding *adding, uint32_t node, uint32_t answered, const uint32_t *cell,
                      uint16_t count, bool coarse) {
    uint32_t cells = 0;
    bool alone = true;
    for (uint16_t i = 0; i < count; i++) {
        alone = alone && (cell[i] == DISCLOSURE_NO_CELL || stands_alone(adding->list, coarse, i));
        cells += cell[i] != DISCLOSURE_NO_CELL;
    }
    if (!alone && cells > 1) {
        return false;
    }
    protect_begin(adding->protect);
    term(adding, answered, -1);
    for (uint16_t i = 0; i < count; i++) {
        term(adding, cell[i], 1);
    }
    protect_end_equal(adding->protect);
    for (uint16_t i = 0; i < count && cells > 1; i++) {
        if (cell[i] != DISCLOSURE_NO_CELL) {
            (void)add_difference(adding, node, answered, cell[i]);
        }
    }
    return true;
}

/*
 * Several may be chosen, so counts overlap. What follows from them: how many of those who answered did not
 * choose this; how many chose anything that can be combined, but not this; and by how much the counts exceed
 * the pupils, since so many choices were second ones.
 */
static void add_overlap(struct adding *adding, uint32_t node, const uint32_t *cell, uint16_t count,
                        bool coarse) {
    uint32_t answered = adding->cells[node].answered;
    uint32_t combined = answered, combinable = 0;
    uint64_t sum = 0;
    if (add_alone(adding, node, answered, cell, count, coarse)) {
        return;
    }
    for (uint16_t i = 0; i < count; i++) {
        if (cell[i] != DISCLOSURE_NO_CELL) {
            (void)add_difference(adding, node, answered, cell[i]);
            if (stands_alone(adding->list, coarse, i)) {
                combined = add_difference(adding, node, combined, cell[i]);
            } else {
                sum += value_of(adding, cell[i]);
                combinable++;
            }
        }
    }
    for (uint16_t i = 0; i < count && combinable > 1; i++) {
        if (cell[i] != DISCLOSURE_NO_CELL && !stands_alone(adding->list, coarse, i)) {
            (void)add_difference(adding, node, combined, cell[i]);
        }
    }
    if (combinable > 0) {
        /* Where only one can be combined there is nothing to combine it with. */
        uint64_t value = less_than(sum, value_of(adding, combined));
        uint32_t room =
            combinable > 1 ? combinable * adding->school->node[node].contributions : (uint32_t)value;
        uint32_t excess = add_cell(adding, node, value, room, false);
        if (excess != DISCLOSURE_NO_CELL) {
            adding->protect->cell[excess].needs =
                combinable > 1 && value < adding->k && disclosure_keeps(DISCLOSURE_DIFFERENCES);
        }
        protect_begin(adding->protect);
        term(adding, excess, 1);
        term(adding, combined, 1);
        for (uint16_t i = 0; i < count; i++) {
            term(adding, stands_alone(adding->list, coarse, i) ? DISCLOSURE_NO_CELL : cell[i], -1);
        }
        protect_end_equal(adding->protect);
    }
}

static bool is_member(const struct questionnaire_list *options, uint16_t option, uint16_t group,
                      bool exclusive) {
    return is_answer(options, option) && options->option[option].coarse == group &&
           options->option[option].exclusive == exclusive;
}

/*
 * Who has a group: everybody with one of its exclusive options, and besides them at least everybody with this
 * other option.
 */
static void add_group_least(struct adding *adding, uint32_t node, uint16_t group, uint32_t other) {
    const struct disclosure_cells *cells = &adding->cells[node];
    protect_begin(adding->protect);
    term(adding, other, 1);
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        term(adding, is_member(adding->list, i, group, true) ? cells->option[i] : DISCLOSURE_NO_CELL, 1);
    }
    term(adding, cells->group[group], -1);
    protect_end_at_most(adding->protect, 0);
}

/* Who has a group has at least one option of it, and at most all. */
static void add_group_bounds(struct adding *adding, uint32_t node, uint16_t group) {
    const struct disclosure_cells *cells = &adding->cells[node];
    const struct questionnaire_list *options = adding->list;
    protect_begin(adding->protect);
    term(adding, cells->group[group], 1);
    for (uint16_t i = 0; i < options->option_count; i++) {
        bool member = is_answer(options, i) && options->option[i].coarse == group;
        term(adding, member ? cells->option[i] : DISCLOSURE_NO_CELL, -1);
    }
    protect_end_at_most(adding->protect, 0);
    add_group_least(adding, node, group, DISCLOSURE_NO_CELL);
    for (uint16_t i = 0; i < options->option_count; i++) {
        if (is_member(options, i, group, false)) {
            add_group_least(adding, node, group, cells->option[i]);
        }
    }
}

/* Nobody who chose an exclusive option chose another. */
static void add_unknown_overlap(struct adding *adding, uint32_t node) {
    const struct disclosure_cells *cells = &adding->cells[node];
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        protect_begin(adding->protect);
        term(adding, cells->option[i], 1);
        for (uint16_t j = 0; j < adding->list->option_count; j++) {
            bool exclusive = j != i && is_answer(adding->list, j) && adding->list->option[j].exclusive;
            term(adding, exclusive ? cells->option[j] : DISCLOSURE_NO_CELL, 1);
        }
        term(adding, cells->answered, -1);
        protect_end_at_most(adding->protect, 0);
    }
}

static void add_multiple(struct adding *adding, uint32_t node) {
    const struct disclosure_school *school = adding->school;
    const struct disclosure_node *at = &school->node[node];
    struct disclosure_cells *cells = &adding->cells[node];
    bool told = is_told(adding, node), full = at->pooled && is_full(adding, node);
    uint64_t answered =
        *disclosure_school_counters(school, node, LAYOUT_CLASS, LAYOUT_ANSWERED, adding->subject);
    const uint64_t *any = disclosure_school_counters(school, node, LAYOUT_CLASS, LAYOUT_ANY, adding->subject);
    cells->answered = add_cell(adding, node, answered, at->contributions, false);
    for (uint16_t i = 0; i < adding->list->coarse_count && !at->partition; i++) {
        cells->group[i] = add_listed(adding, node, RELEASE_ANY, i, any[i], told && !full);
    }
    add_missing(adding, node, answered);
    add_total(adding, node, &cells->answered, 1);
    if (!at->partition) {
        add_overlap(adding, node, cells->group, adding->list->coarse_count, true);
    }
    if (!at->pooled) {
        add_unknown_options(adding, node);
        for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
            add_group_bounds(adding, node, i);
        }
        add_unknown_overlap(adding, node);
        return;
    }
    const uint64_t *chosen =
        disclosure_school_counters(school, node, LAYOUT_SCHOOL, LAYOUT_CHOSEN, adding->subject);
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        if (is_answer(adding->list, i)) {
            cells->option[i] = add_listed(adding, node, RELEASE_CHOSEN, i, *chosen++, told && full);
        }
    }
    for (uint16_t i = 0; i < adding->list->coarse_count && !at->partition; i++) {
        add_group_bounds(adding, node, i);
    }
    add_overlap(adding, node, cells->option, adding->list->option_count, false);
}

uint16_t disclosure_table_parent(const struct questionnaire_item *item) {
    uint16_t parent = QUESTIONNAIRE_NONE;
    for (uint16_t i = 0; i < item->step_count; i++) {
        enum questionnaire_operator kind = item->step[i].kind;
        if (kind != QUESTIONNAIRE_EQUALS && kind != QUESTIONNAIRE_NOT_EQUALS &&
            kind != QUESTIONNAIRE_SELECTED) {
            continue;
        }
        if (parent != QUESTIONNAIRE_NONE && parent != item->step[i].item) {
            return QUESTIONNAIRE_NONE;
        }
        parent = item->step[i].item;
    }
    return parent;
}

bool disclosure_table_holds(const struct questionnaire_item *item, uint32_t chosen) {
    bool stack[QUESTIONNAIRE_STEPS + 1] = {false};
    uint16_t depth = 0;
    for (uint16_t i = 0; i < item->step_count; i++) {
        const struct questionnaire_step *step = &item->step[i];
        bool selected = chosen & (UINT32_C(1) << step->option);
        switch (step->kind) {
        case QUESTIONNAIRE_EQUALS:
        case QUESTIONNAIRE_SELECTED: stack[depth++] = selected; break;
        case QUESTIONNAIRE_NOT_EQUALS: stack[depth++] = !selected; break;
        case QUESTIONNAIRE_NOT: stack[depth - 1] = !stack[depth - 1]; break;
        case QUESTIONNAIRE_AND:
            depth--;
            stack[depth - 1] = stack[depth - 1] && stack[depth];
            break;
        case QUESTIONNAIRE_OR:
            depth--;
            stack[depth - 1] = stack[depth - 1] || stack[depth];
            break;
        }
    }
    return stack[0];
}

/* A count of a class that nobody is told. */
static uint32_t add_unknown(struct adding *adding, uint32_t node, bool from_zero) {
    const struct disclosure_node *at = &adding->school->node[node];
    uint32_t index = protect_add(adding->protect, adding->first_row + node, 0, at->contributions, 0);
    if (!adding->protect->fault) {
        adding->protect->cell[index].spread = adding->school->k_cell - 1;
        adding->protect->cell[index].from_zero = from_zero;
        adding->protect->cell[index].needs = needs_spread(adding, at);
    }
    return index;
}

/*
 * Where nothing of an item is told of a class, what is told of its year may still not fit into the other
 * classes.
 */
static void add_unknown_row(struct adding *adding, uint32_t node) {
    struct disclosure_cells *cells = &adding->cells[node];
    const struct disclosure_cells *like = &adding->cells[adding->school->node[node].parent];
    bool multiple =
        like->answered != DISCLOSURE_NO_CELL &&
        adding->school->questionnaire->item[adding->subject].kind == QUESTIONNAIRE_SELECT_MULTIPLE;
    add_unknown_options(adding, node);
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        cells->group[i] = add_unknown(adding, node, true);
    }
    cells->missing = add_unknown(adding, node, true);
    protect_begin(adding->protect);
    term(adding, cells->missing, -1);
    for (int i = 0; i < DISCLOSURE_CODES; i++) {
        cells->code[i] =
            like->code[i] == DISCLOSURE_NO_CELL ? DISCLOSURE_NO_CELL : add_unknown(adding, node, false);
        term(adding, cells->code[i], 1);
    }
    protect_end_exactly(adding->protect, 0);
    if (multiple) {
        cells->answered = add_unknown(adding, node, false);
        for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
            add_group_bounds(adding, node, i);
        }
        add_unknown_overlap(adding, node);
    } else {
        add_group_sums(adding, node);
    }
    protect_begin(adding->protect);
    for (uint16_t i = 0; i < adding->list->coarse_count && !multiple; i++) {
        term(adding, cells->group[i], 1);
    }
    term(adding, multiple ? cells->answered : DISCLOSURE_NO_CELL, 1);
    term(adding, cells->missing, 1);
    protect_end_exactly(adding->protect, adding->school->node[node].contributions);
}

/* Whether a count of a node is so large that it hardly fits into all of it but a class of this many. */
static bool is_tight(const struct adding *adding, uint32_t node, uint32_t pupils) {
    const struct disclosure_cells *cells = &adding->cells[node];
    uint32_t others = adding->school->node[node].contributions - pupils;
    bool tight = value_of(adding, cells->missing) > others;
    for (uint16_t i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        tight = tight || value_of(adding, cells->option[i]) > others ||
                value_of(adding, cells->group[i]) > others;
    }
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        /* And for who did not say so. */
        uint64_t value = value_of(adding, cells->option[i]);
        bool sensitive = adding->school->questionnaire->item[adding->subject].sensitive;
        tight = tight || (sensitive && value < pupils && value + adding->school->k_cell > pupils);
    }
    return tight;
}

static void add_unknown_rows(struct adding *adding) {
    const struct disclosure_school *school = adding->school;
    for (uint32_t parent = 0; parent < school->node_count; parent++) {
        bool tight = false;
        for (uint32_t i = 1; i < school->node_count; i++) {
            bool child = !school->node[i].pooled && school->node[i].parent == parent;
            tight = tight || (child && (is_tight(adding, parent, school->node[i].contributions) ||
                                        is_tight(adding, 0, school->node[i].contributions)));
        }
        for (uint32_t i = 1; tight && i < school->node_count; i++) {
            if (!school->node[i].pooled && school->node[i].parent == parent) {
                add_unknown_row(adding, i);
            }
        }
    }
}

static enum fault add_item(struct disclosure_table *table, uint16_t item) {
    const struct disclosure_school *school = table->school;
    const struct questionnaire_item *asked = &school->questionnaire->item[item];
    struct adding adding;
    enum fault fault = begin(&adding, table, item);
    if (fault) {
        return fault;
    }
    table->is_item[table->subject_count - 1] = true;
    adding.about = RELEASE_ITEM;
    adding.list = questionnaire_list_of(school->questionnaire, item);
    adding.breakdown = asked->breakdown;
    bool by_unit = asked->breakdown && disclosure_keeps(DISCLOSURE_BREAKDOWNS);
    adding.k = by_unit ? school->k_unit : school->k_cell;
    adding.withheld = asked->step_count && disclosure_table_parent(asked) == QUESTIONNAIRE_NONE;
    adding.in_class = !asked->breakdown && disclosure_school_in_class(
                                               school, questionnaire_subject_of(school->questionnaire, item));
    for (uint32_t i = 0; i < school->node_count; i++) {
        if (school->node[i].partition && asked->breakdown) {
            continue; /* nobody counts one breakdown by another */
        }
        if (asked->kind == QUESTIONNAIRE_SELECT_MULTIPLE) {
            if (school->node[i].pooled || adding.in_class) {
                add_multiple(&adding, i);
            }
        } else if (school->node[i].pooled) {
            add_one_pooled(&adding, i);
        } else if (adding.in_class) {
            add_one_class(&adding, i);
        }
    }
    if (!adding.in_class) {
        add_unknown_rows(&adding);
    }
    add_all_sums(&adding);
    return adding.protect->fault;
}

enum fault disclosure_table_add_with_children(struct disclosure_table *table, uint16_t item) {
    const struct questionnaire *questionnaire = table->school->questionnaire;
    bool in[QUESTIONNAIRE_ITEMS] = {false};
    enum fault fault = add_item(table, item);
    in[item] = true;
    for (uint16_t i = (uint16_t)(item + 1); !fault && i < questionnaire->item_count; i++) {
        uint16_t parent = disclosure_table_parent(&questionnaire->item[i]);
        if (parent != QUESTIONNAIRE_NONE && in[parent] && questionnaire_list_of(questionnaire, i)) {
            fault = add_item(table, i);
            in[i] = true;
        }
    }
    return fault;
}

enum fault disclosure_table_add_participation(struct disclosure_table *table) {
    struct adding adding;
    enum fault fault = begin(&adding, table, 0);
    if (fault) {
        return fault;
    }
    adding.about = RELEASE_PARTICIPATION;
    for (uint32_t node = 0; node < table->school->node_count; node++) {
        const uint64_t *count = disclosure_school_counters(table->school, node, LAYOUT_CLASS,
                                                           LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE);
        for (uint16_t i = 0; i < 3; i++) {
            adding.cells[node].option[i] =
                add_listed(&adding, node, (enum release_kind)(RELEASE_ANSWERED + i), 0, count[i],
                           node == 0 && !table->school->late);
        }
        add_total(&adding, node, adding.cells[node].option, 3);
    }
    add_all_sums(&adding);
    return adding.protect->fault;
}

/* How many of a pooled node score in each bin; gives how many count. */
static uint64_t fill_bins(uint64_t bins[RELEASE_BINS], const struct disclosure_school *school, uint32_t node,
                          uint16_t scale) {
    const struct questionnaire_scale *range = &school->questionnaire->scale[scale];
    const struct layout_scale *arithmetic = &school->layout->scale[scale];
    const uint64_t *histogram =
        disclosure_school_counters(school, node, LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, scale);
    uint64_t counted = 0;
    for (uint32_t answered = arithmetic->least; answered <= arithmetic->items; answered++) {
        for (uint32_t raw = answered * range->score_min; raw <= answered * range->score_max; raw++) {
            uint64_t count =
                histogram[layout_cell(school->layout, school->questionnaire, scale, answered, raw)];
            bins[release_bin_of(range->score_min, range->score_max, answered, raw)] += count;
            counted += count;
        }
    }
    return counted;
}

/* Of a class nobody counted who scores what, and of who counts nobody is told. */
static void add_class_scores(struct adding *adding, uint32_t node, uint16_t bins) {
    const struct disclosure_node *at = &adding->school->node[node];
    const uint64_t *sums =
        disclosure_school_counters(adding->school, node, LAYOUT_CLASS, LAYOUT_SCALE_SUM, adding->subject);
    struct disclosure_cells *cells = &adding->cells[node];
    uint32_t row = adding->first_row + node;
    cells->missing =
        protect_add(adding->protect, row, at->contributions - (uint32_t)sums[0], at->contributions, 0);
    protect_begin(adding->protect);
    term(adding, cells->missing, 1);
    for (uint16_t i = 0; i < bins; i++) {
        cells->option[i] = protect_add(adding->protect, row, 0, at->contributions, 0);
        if (!adding->protect->fault) {
            adding->protect->cell[cells->option[i]].unknown = true;
        }
        term(adding, cells->option[i], 1);
    }
    protect_end_exactly(adding->protect, at->contributions);
}

enum fault disclosure_table_add_scores(struct disclosure_table *table, uint16_t scale) {
    const struct disclosure_school *school = table->school;
    const struct questionnaire_scale *range = &school->questionnaire->scale[scale];
    uint16_t bins = release_bins(range->score_min, range->score_max);
    struct adding adding;
    enum fault fault = begin(&adding, table, scale);
    if (fault) {
        return fault;
    }
    adding.about = RELEASE_SCALE;
    adding.in_class = false; /* distributions never */
    for (uint32_t i = 0; i < school->node_count; i++) {
        uint64_t count[RELEASE_BINS] = {0};
        struct disclosure_cells *cells = &adding.cells[i];
        /*
         * Of a breakdown's categories neither: what they leave of the school's would be a distribution too.
         */
        bool told = !school->node[i].is_class && !school->node[i].partition;
        if (!school->node[i].pooled) {
            if (table->in_class) {
                add_class_scores(&adding, i, bins);
            }
            continue;
        }
        uint64_t counted = fill_bins(count, school, i, scale);
        for (uint16_t j = 0; j < bins; j++) {
            cells->option[j] = add_listed(&adding, i, RELEASE_SCORE, j, count[j], told);
        }
        cells->missing =
            add_listed(&adding, i, RELEASE_NOT_COUNTED, 0, school->node[i].contributions - counted, told);
        add_total(&adding, i, cells->option, bins);
    }
    add_all_sums(&adding);
    return adding.protect->fault;
}
