/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_adding.h"
#include "disclosure_condition.h"

/* A small count in a node so small that all others are few too: it may be none of them, and everybody. */
static void widen(struct adding *adding, uint32_t node, uint32_t index) {
    uint32_t pupils = adding->school->node[node].contributions;
    struct protect_cell *cell = &adding->protect->cell[index];
    if (!adding->protect->fault && cell->needs && cell->value + adding->k > pupils) {
        cell->need_high = pupils < cell->cap ? pupils : cell->cap;
    }
}

/* Of a sensitive question it is also protected how few did not say this. */
static void add_others(struct adding *adding, uint32_t node, const uint32_t *cell, uint16_t count) {
    const struct disclosure_node *at = &adding->school->node[node];
    struct disclosure_cells *cells = &adding->cells[node];
    if (!adding->school->questionnaire->item[adding->subject].sensitive) {
        return;
    }
    if (cells->answered == DISCLOSURE_NO_CELL) {
        cells->answered = adding_cell(adding, node, at->contributions - adding_value(adding, cells->missing),
                                      at->contributions, false);
        adding_total(adding, node, &cells->answered, 1);
    }
    for (uint16_t i = 0; i < count; i++) {
        if (cell[i] != DISCLOSURE_NO_CELL) {
            (void)adding_difference(adding, node, cells->answered, cell[i]);
            widen(adding, node, cell[i]);
        }
    }
}

void adding_group_sums(struct adding *adding, uint32_t node) {
    const struct disclosure_cells *cells = &adding->cells[node];
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        protect_begin(adding->protect);
        adding_term(adding, cells->group[i], -1);
        for (uint16_t j = 0; j < adding->list->option_count; j++) {
            bool member = adding_is_answer(adding->list, j) && adding->list->option[j].coarse == i;
            adding_term(adding, member ? cells->option[j] : DISCLOSURE_NO_CELL, 1);
        }
        protect_end_exactly(adding->protect, 0);
    }
}

/* Options and groups of a select one in a pooled node. */
void adding_one_pooled(struct adding *adding, uint32_t node) {
    const struct disclosure_school *school = adding->school;
    struct disclosure_cells *cells = &adding->cells[node];
    const uint64_t *count =
        disclosure_school_counters(school, node, LAYOUT_SCHOOL, LAYOUT_OPTIONS, adding->subject);
    bool told = adding_is_told(adding, node), full = adding_is_full(adding, node);
    uint64_t group[QUESTIONNAIRE_OPTIONS] = {0}, answered = 0;
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        if (adding_is_answer(adding->list, i)) {
            cells->option[i] = adding_listed(adding, node, RELEASE_OPTION, i, *count, told && full);
            group[adding->list->option[i].coarse] += *count;
            answered += *count++;
        }
    }
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        cells->group[i] = adding_listed(adding, node, RELEASE_GROUP, i, group[i], told && !full);
    }
    adding_group_sums(adding, node);
    adding_missing(adding, node, answered);
    adding_total(adding, node, cells->option, adding->list->option_count);
    add_others(adding, node, cells->option, adding->list->option_count);
    add_others(adding, node, cells->group, adding->list->coarse_count);
}

void adding_one_class(struct adding *adding, uint32_t node) {
    const uint64_t *count =
        disclosure_school_counters(adding->school, node, LAYOUT_CLASS, LAYOUT_GROUPS, adding->subject);
    struct disclosure_cells *cells = &adding->cells[node];
    uint64_t answered = 0;
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        cells->group[i] = adding_listed(adding, node, RELEASE_GROUP, i, count[i], true);
        answered += count[i];
    }
    adding_missing(adding, node, answered);
    adding_total(adding, node, cells->group, adding->list->coarse_count);
    add_others(adding, node, cells->group, adding->list->coarse_count);
    if (adding->table->in_class ||
        disclosure_condition_links(adding->school->questionnaire, adding->subject)) {
        adding_unknown_options(adding, node);
        adding_group_sums(adding, node);
    }
}
