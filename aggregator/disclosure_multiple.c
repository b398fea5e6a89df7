/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_adding.h"
#include "disclosure_switch.h"

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
    adding_term(adding, answered, -1);
    for (uint16_t i = 0; i < count; i++) {
        adding_term(adding, cell[i], 1);
    }
    protect_end_equal(adding->protect);
    for (uint16_t i = 0; i < count && cells > 1; i++) {
        if (cell[i] != DISCLOSURE_NO_CELL) {
            (void)adding_difference(adding, node, answered, cell[i]);
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
            (void)adding_difference(adding, node, answered, cell[i]);
            if (stands_alone(adding->list, coarse, i)) {
                combined = adding_difference(adding, node, combined, cell[i]);
            } else {
                sum += adding_value(adding, cell[i]);
                combinable++;
            }
        }
    }
    for (uint16_t i = 0; i < count && combinable > 1; i++) {
        if (cell[i] != DISCLOSURE_NO_CELL && !stands_alone(adding->list, coarse, i)) {
            (void)adding_difference(adding, node, combined, cell[i]);
        }
    }
    if (combinable > 0) {
        /* Where only one can be combined there is nothing to combine it with. */
        uint64_t value = adding_less(sum, adding_value(adding, combined));
        uint32_t room =
            combinable > 1 ? combinable * adding->school->node[node].contributions : (uint32_t)value;
        uint32_t excess = adding_cell(adding, node, value, room, false);
        if (excess != DISCLOSURE_NO_CELL) {
            adding->protect->cell[excess].needs =
                combinable > 1 && value < adding->k && disclosure_keeps(DISCLOSURE_DIFFERENCES);
        }
        protect_begin(adding->protect);
        adding_term(adding, excess, 1);
        adding_term(adding, combined, 1);
        for (uint16_t i = 0; i < count; i++) {
            adding_term(adding, stands_alone(adding->list, coarse, i) ? DISCLOSURE_NO_CELL : cell[i], -1);
        }
        protect_end_equal(adding->protect);
    }
}

static bool is_member(const struct questionnaire_list *options, uint16_t option, uint16_t group,
                      bool exclusive) {
    return adding_is_answer(options, option) && options->option[option].coarse == group &&
           options->option[option].exclusive == exclusive;
}

/*
 * Who has a group: everybody with one of its exclusive options, and besides them at least everybody with this
 * other option.
 */
static void add_group_least(struct adding *adding, uint32_t node, uint16_t group, uint32_t other) {
    const struct disclosure_cells *cells = &adding->cells[node];
    protect_begin(adding->protect);
    adding_term(adding, other, 1);
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        adding_term(adding, is_member(adding->list, i, group, true) ? cells->option[i] : DISCLOSURE_NO_CELL,
                    1);
    }
    adding_term(adding, cells->group[group], -1);
    protect_end_at_most(adding->protect, 0);
}

void adding_group_bounds(struct adding *adding, uint32_t node, uint16_t group) {
    const struct disclosure_cells *cells = &adding->cells[node];
    const struct questionnaire_list *options = adding->list;
    protect_begin(adding->protect);
    adding_term(adding, cells->group[group], 1);
    for (uint16_t i = 0; i < options->option_count; i++) {
        bool member = adding_is_answer(options, i) && options->option[i].coarse == group;
        adding_term(adding, member ? cells->option[i] : DISCLOSURE_NO_CELL, -1);
    }
    protect_end_at_most(adding->protect, 0);
    add_group_least(adding, node, group, DISCLOSURE_NO_CELL);
    for (uint16_t i = 0; i < options->option_count; i++) {
        if (is_member(options, i, group, false)) {
            add_group_least(adding, node, group, cells->option[i]);
        }
    }
}

void adding_group_overlap(struct adding *adding, uint32_t node) {
    const struct disclosure_cells *cells = &adding->cells[node];
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        protect_begin(adding->protect);
        adding_term(adding, cells->group[i], 1);
        for (uint16_t j = 0; j < adding->list->option_count; j++) {
            const struct questionnaire_option *option = &adding->list->option[j];
            bool outside = adding_is_answer(adding->list, j) && option->exclusive && option->coarse != i;
            adding_term(adding, outside ? cells->option[j] : DISCLOSURE_NO_CELL, 1);
        }
        adding_term(adding, cells->answered, -1);
        protect_end_at_most(adding->protect, 0);
    }
}

void adding_unknown_overlap(struct adding *adding, uint32_t node) {
    const struct disclosure_cells *cells = &adding->cells[node];
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        protect_begin(adding->protect);
        adding_term(adding, cells->option[i], 1);
        for (uint16_t j = 0; j < adding->list->option_count; j++) {
            bool exclusive = j != i && adding_is_answer(adding->list, j) && adding->list->option[j].exclusive;
            adding_term(adding, exclusive ? cells->option[j] : DISCLOSURE_NO_CELL, 1);
        }
        adding_term(adding, cells->answered, -1);
        protect_end_at_most(adding->protect, 0);
    }
}

void adding_multiple(struct adding *adding, uint32_t node) {
    const struct disclosure_school *school = adding->school;
    const struct disclosure_node *at = &school->node[node];
    struct disclosure_cells *cells = &adding->cells[node];
    bool told = adding_is_told(adding, node), full = at->pooled && adding_is_full(adding, node);
    uint64_t answered =
        *disclosure_school_counters(school, node, LAYOUT_CLASS, LAYOUT_ANSWERED, adding->subject);
    const uint64_t *any = disclosure_school_counters(school, node, LAYOUT_CLASS, LAYOUT_ANY, adding->subject);
    cells->answered = adding_cell(adding, node, answered, at->contributions, false);
    for (uint16_t i = 0; i < adding->list->coarse_count && !at->partition; i++) {
        cells->group[i] = adding_listed(adding, node, RELEASE_ANY, i, any[i], told && !full);
    }
    adding_missing(adding, node, answered);
    adding_total(adding, node, &cells->answered, 1);
    if (!at->partition) {
        add_overlap(adding, node, cells->group, adding->list->coarse_count, true);
    }
    if (!at->pooled) {
        adding_unknown_options(adding, node);
        for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
            adding_group_bounds(adding, node, i);
        }
        adding_group_overlap(adding, node);
        adding_unknown_overlap(adding, node);
        return;
    }
    const uint64_t *chosen =
        disclosure_school_counters(school, node, LAYOUT_SCHOOL, LAYOUT_CHOSEN, adding->subject);
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        if (adding_is_answer(adding->list, i)) {
            cells->option[i] = adding_listed(adding, node, RELEASE_CHOSEN, i, *chosen++, told && full);
        }
    }
    for (uint16_t i = 0; i < adding->list->coarse_count && !at->partition; i++) {
        adding_group_bounds(adding, node, i);
    }
    if (!at->partition) {
        adding_group_overlap(adding, node);
    }
    add_overlap(adding, node, cells->option, adding->list->option_count, false);
}
