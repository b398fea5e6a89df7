/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_adding.h"
#include "disclosure_switch.h"

/* Whether a count that nobody took must be able to be this or that. */
static bool needs_spread(const struct adding *adding, const struct disclosure_node *at) {
    return !adding->withheld && at->contributions >= adding->school->k_cell &&
           disclosure_keeps(DISCLOSURE_DIFFERENCES);
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

void adding_unknown_options(struct adding *adding, uint32_t node) {
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        if (adding_is_answer(adding->list, i)) {
            adding->cells[node].option[i] = add_unknown(adding, node, false);
        }
    }
}

/*
 * Of a sensitive question also how few did not say this: of a group everybody else in the class, of an option
 * everybody else who answered.
 */
static void add_unknown_others(struct adding *adding, uint32_t node) {
    const struct disclosure_cells *cells = &adding->cells[node];
    uint32_t pupils = adding->school->node[node].contributions;
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        uint32_t others = add_unknown(adding, node, true);
        protect_begin(adding->protect);
        adding_term(adding, others, 1);
        adding_term(adding, cells->group[i], 1);
        protect_end_exactly(adding->protect, pupils);
    }
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        if (cells->option[i] != DISCLOSURE_NO_CELL) {
            uint32_t others = add_unknown(adding, node, false);
            protect_begin(adding->protect);
            adding_term(adding, others, 1);
            adding_term(adding, cells->option[i], 1);
            adding_term(adding, cells->missing, 1);
            protect_end_exactly(adding->protect, pupils);
        }
    }
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
    adding_unknown_options(adding, node);
    for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
        cells->group[i] = add_unknown(adding, node, true);
    }
    cells->missing = add_unknown(adding, node, true);
    protect_begin(adding->protect);
    adding_term(adding, cells->missing, -1);
    for (int i = 0; i < DISCLOSURE_CODES; i++) {
        cells->code[i] =
            like->code[i] == DISCLOSURE_NO_CELL ? DISCLOSURE_NO_CELL : add_unknown(adding, node, false);
        adding_term(adding, cells->code[i], 1);
    }
    protect_end_exactly(adding->protect, 0);
    if (multiple) {
        cells->answered = add_unknown(adding, node, false);
        for (uint16_t i = 0; i < adding->list->coarse_count; i++) {
            adding_group_bounds(adding, node, i);
        }
        adding_group_overlap(adding, node);
        adding_unknown_overlap(adding, node);
    } else {
        adding_group_sums(adding, node);
    }
    protect_begin(adding->protect);
    for (uint16_t i = 0; i < adding->list->coarse_count && !multiple; i++) {
        adding_term(adding, cells->group[i], 1);
    }
    adding_term(adding, multiple ? cells->answered : DISCLOSURE_NO_CELL, 1);
    adding_term(adding, cells->missing, 1);
    protect_end_exactly(adding->protect, adding->school->node[node].contributions);
    if (adding->school->questionnaire->item[adding->subject].sensitive) {
        add_unknown_others(adding, node);
    }
}

/* Whether a count of a node is so large that it hardly fits into all of it but a class of this many. */
static bool is_tight(const struct adding *adding, uint32_t node, uint32_t pupils) {
    const struct disclosure_cells *cells = &adding->cells[node];
    uint32_t others = adding->school->node[node].contributions - pupils;
    bool tight = adding_value(adding, cells->missing) > others;
    for (uint16_t i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        tight = tight || adding_value(adding, cells->option[i]) > others ||
                adding_value(adding, cells->group[i]) > others;
    }
    for (uint16_t i = 0; i < adding->list->option_count; i++) {
        /* And for who did not say so. A small count is told to be below k at most. */
        uint64_t count = adding_value(adding, cells->option[i]);
        uint64_t value = count < adding->k ? adding->k - 1 : count;
        bool sensitive = adding->school->questionnaire->item[adding->subject].sensitive;
        tight = tight || (sensitive && value < pupils && value + adding->school->k_cell > pupils);
    }
    return tight;
}

void adding_unknown_rows(struct adding *adding) {
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
