/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_presence.h"

#include <stdlib.h>
#include <string.h>

#include "core/secret.h"
#include "disclosure_condition.h"
#include "disclosure_switch.h"

enum { ANSWERED, STOPPED, DECLINED, STATES };

void disclosure_presence_release(struct disclosure_presence *presence) {
    disclosure_table_release(&presence->table);
    secret_free(presence->census);
    free(presence->leaf);
    *presence = (struct disclosure_presence){0};
}

static uint32_t truth_of(const struct disclosure_school *school, uint32_t node, int state) {
    return (uint32_t)disclosure_school_counters(school, node, LAYOUT_CLASS, LAYOUT_PARTICIPATION,
                                                QUESTIONNAIRE_NONE)[state];
}

static bool has_children(const struct disclosure_school *school, uint32_t node) {
    for (uint32_t i = 1; i < school->node_count; i++) {
        if (i != node && school->node[i].parent == node) {
            return true;
        }
    }
    return false;
}

static enum fault find_leaves(struct disclosure_presence *out) {
    const struct disclosure_school *school = out->school;
    out->leaf = calloc(school->node_count + (size_t)1, sizeof *out->leaf);
    if (!out->leaf) {
        return FAULT_MEMORY;
    }
    for (uint32_t i = 0; i < school->node_count; i++) {
        if (!has_children(school, i)) {
            out->leaf[out->leaf_count++] = i;
        }
    }
    return FAULT_NONE;
}

/* A search for censuses: cells of the leaves count as told, so that the nearest moves as few as it can. */
struct search {
    struct disclosure_presence *presence;
    uint32_t *table; /* in secret memory */
    bool *moved;
    uint32_t room;
};

static uint32_t cell_of(const struct disclosure_presence *presence, uint32_t node, int state) {
    return presence->table.cells[node].option[state];
}

static enum fault keep_census(struct search *search) {
    struct disclosure_presence *presence = search->presence;
    size_t size = 2 * (size_t)presence->leaf_count;
    if (presence->census_count == search->room) {
        void *memory = NULL;
        uint32_t room = search->room ? 2 * search->room : 32;
        enum fault fault = secret_new(&memory, (room + (size_t)1) * size * sizeof *presence->census);
        if (fault) {
            return fault;
        }
        if (presence->census) {
            memcpy(memory, presence->census, search->room * size * sizeof *presence->census);
        }
        secret_free(presence->census);
        presence->census = memory;
        search->room = room;
    }
    uint32_t *census = presence->census + presence->census_count * size;
    for (uint32_t i = 0; i < presence->leaf_count; i++) {
        census[2 * i] = search->table[cell_of(presence, presence->leaf[i], DECLINED)];
        census[2 * i + 1] = search->table[cell_of(presence, presence->leaf[i], STOPPED)];
    }
    for (uint32_t i = 0; i < presence->census_count; i++) {
        if (memcmp(census, presence->census + i * size, size * sizeof *census) == 0) {
            return FAULT_NONE;
        }
    }
    presence->census_count++;
    return FAULT_NONE;
}

/* One end of one small number. What is told of the school and stands in the way is hidden. */
static enum fault search_end(struct search *search, uint32_t node, int state, uint32_t value) {
    struct disclosure_presence *presence = search->presence;
    struct protect *protect = &presence->table.protect;
    bool found = false;
    if (truth_of(presence->school, node, state) == value) {
        return FAULT_NONE;
    }
    enum fault fault =
        protect_nearest(&found, search->table, search->moved, protect, cell_of(presence, node, state), value);
    for (int i = 0; !fault && found && i < STATES; i++) {
        uint32_t cell = cell_of(presence, 0, i);
        if (search->moved[cell]) {
            protect->cell[cell].state = PROTECT_HIDDEN;
        }
    }
    return !fault && found ? keep_census(search) : fault;
}

static enum fault search_all(struct search *search) {
    struct disclosure_presence *presence = search->presence;
    const struct disclosure_school *school = presence->school;
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; !fault && i < school->node_count; i++) {
        for (int state = 0; !fault && state < STATES; state++) {
            uint32_t truth = truth_of(school, i, state);
            if (truth < school->k_cell && school->node[i].contributions >= school->k_cell) {
                bool whole = disclosure_keeps(DISCLOSURE_WHOLE_BAND);
                uint32_t least = whole || truth == 0 ? 0 : truth - 1;
                uint32_t most = whole || truth + 1 == school->k_cell ? school->k_cell - 1 : truth + 1;
                fault = search_end(search, i, state, most);
                fault = fault ? fault : search_end(search, i, state, least);
            }
        }
    }
    return fault;
}

/* Leaves count as told while the censuses are looked for. */
static void hold_leaves(struct disclosure_presence *presence) {
    for (uint32_t i = 0; i < presence->leaf_count; i++) {
        for (int state = 0; state < STATES && presence->leaf[i]; state++) {
            struct protect_cell *cell =
                &presence->table.protect.cell[cell_of(presence, presence->leaf[i], state)];
            cell->state = PROTECT_EXACT;
            cell->weight = state == ANSWERED ? 1e-3 : 1;
        }
    }
}

static enum fault find_censuses(struct disclosure_presence *presence) {
    struct search search = {.presence = presence};
    void *memory = NULL;
    uint32_t cells = presence->table.protect.cell_count;
    enum fault fault = secret_new(&memory, (cells + (size_t)1) * sizeof *search.table);
    search.table = memory;
    search.moved = calloc(cells + (size_t)1, sizeof *search.moved);
    fault = fault ? fault : search.moved ? FAULT_NONE : FAULT_MEMORY;
    if (!fault) {
        hold_leaves(presence);
        fault = search_all(&search);
    }
    secret_free(search.table);
    free(search.moved);
    return fault;
}

enum fault disclosure_presence_init(struct disclosure_presence *out, const struct disclosure_school *school) {
    *out = (struct disclosure_presence){.school = school};
    enum fault fault = find_leaves(out);
    fault = fault ? fault : disclosure_table_init(&out->table, school);
    fault = fault ? fault : disclosure_table_add_participation(&out->table);
    fault = fault ? fault : protect_run(&out->table.protect);
    return fault ? fault : find_censuses(out);
}

/* Who took part, laid on one table: truly, or as in the census that is chosen. */
struct laying {
    const struct disclosure_presence *presence;
    struct disclosure_table *table;
    struct protect *protect;
    uint32_t first; /* choice, one a census */
};

static void put(struct laying *laying, uint32_t cell, int32_t factor) {
    if (cell != DISCLOSURE_NO_CELL) {
        protect_term(laying->protect, cell, factor);
    }
}

/* Those of one state in a node in a census. */
static uint32_t census_of(const struct disclosure_presence *presence, uint32_t number, uint32_t node,
                          int state) {
    const uint32_t *census = presence->census + 2 * (size_t)presence->leaf_count * number;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < presence->leaf_count; i++) {
        if (presence->leaf[i] == node ||
            (node == 0 || presence->school->node[presence->leaf[i]].parent == node)) {
            sum += census[2 * i + (state == STOPPED)];
        }
    }
    return sum;
}

/*
 * `factor` times those of one state in a node. Gives what is true of it; the choices' terms are what a census
 * has more.
 */
static int64_t put_state(struct laying *laying, uint32_t node, int state, int32_t factor) {
    int64_t truth = truth_of(laying->presence->school, node, state);
    for (uint32_t i = 0; i < laying->presence->census_count; i++) {
        int64_t more = census_of(laying->presence, i, node, state) - truth;
        protect_term(laying->protect, laying->first + i, factor * (int32_t)more);
    }
    return truth * factor;
}

/* The same of those who said no. Of a breakdown none are in a category: all are in what these leave. */
static int64_t put_declined(struct laying *laying, uint32_t node, int32_t factor) {
    const struct disclosure_node *at = &laying->presence->school->node[node];
    return at->partition && !at->unlisted ? 0 : put_state(laying, at->partition ? 0 : node, DECLINED, factor);
}

static struct disclosure_cells *cells_of(const struct laying *laying, uint32_t subject, uint32_t node) {
    return &laying->table->cells[(size_t)subject * laying->presence->school->node_count + node];
}

static uint32_t silent_cell(const struct disclosure_cells *cells) {
    return cells->code[3] == DISCLOSURE_NO_CELL ? cells->missing : cells->code[3];
}

/* A node that has cells of the subject, and none of whose children has. */
static bool is_lowest(const struct laying *laying, uint32_t subject, uint32_t node) {
    const struct disclosure_school *school = laying->presence->school;
    bool lowest = cells_of(laying, subject, node)->missing != DISCLOSURE_NO_CELL;
    for (uint32_t i = 1; lowest && i < school->node_count; i++) {
        lowest = i == node || school->node[i].parent != node || school->node[i].partition ||
                 cells_of(laying, subject, i)->missing == DISCLOSURE_NO_CELL;
    }
    return lowest;
}

/* The census in which nobody of a node said no; 1 + its number, 0 where there is none or none is needed. */
static uint32_t find_hint(const struct laying *laying, uint32_t node) {
    if (truth_of(laying->presence->school, node, DECLINED) > 0) {
        for (uint32_t i = 0; i < laying->presence->census_count; i++) {
            if (census_of(laying->presence, i, node, DECLINED) == 0) {
                return 1 + i;
            }
        }
    }
    return 0;
}

/*
 * Whoever said no is among those who gave no answer; of a breakdown's parts in the one beside the categories,
 * for who is in a category took part.
 */
static void add_declined(struct laying *laying, uint32_t subject) {
    const struct disclosure_school *school = laying->presence->school;
    for (uint32_t i = 0; i < school->node_count; i++) {
        const struct disclosure_cells *cells = cells_of(laying, subject, i);
        bool category = school->node[i].partition && !school->node[i].unlisted;
        if (is_lowest(laying, subject, i) && !category) {
            protect_begin(laying->protect);
            put(laying, silent_cell(cells), -1);
            int64_t truth = put_declined(laying, i, 1);
            protect_end_at_most(laying->protect, -truth);
        }
    }
}

/* What a condition is about: who chose something above for which it does not hold. */
struct link {
    const struct questionnaire_item *item, *above;
    const struct questionnaire_list *options;
    const struct disclosure_cells *cells, *parent;
    uint32_t node;
    bool none; /* it holds for who chose nothing */
};

static void put_options(struct laying *laying, const struct link *link, bool held, int32_t factor) {
    for (uint16_t i = 0; i < link->options->option_count; i++) {
        if (disclosure_condition_holds(link->item, UINT32_C(1) << i) != held) {
            continue;
        }
        switch (link->options->option[i].kind) {
        case QUESTIONNAIRE_OPTION_ANSWER: put(laying, link->parent->option[i], factor); break;
        case QUESTIONNAIRE_OPTION_DONT_KNOW: put(laying, link->parent->code[0], factor); break;
        case QUESTIONNAIRE_OPTION_RATHER_NOT: put(laying, link->parent->code[1], factor); break;
        }
    }
}

/* Of a breakdown's category nobody counted who stopped: at most all of the school. */
static uint32_t stopped_within(const struct laying *laying, const struct link *link) {
    return laying->presence->school->node[link->node].partition ? 0 : link->node;
}

/*
 * Of a select one exactly those are not asked whose choice makes the condition false, and besides them some
 * of those who stopped; and nobody who said no was asked, who is among those who chose nothing.
 */
static void link_one(struct laying *laying, const struct link *link) {
    for (int way = -1; way <= 1; way += 2) {
        int64_t truth = 0;
        protect_begin(laying->protect);
        put(laying, link->cells->code[3], way);
        put_options(laying, link, false, -way);
        if (link->none) {
            truth += put_declined(laying, link->node, -way);
        } else {
            put(laying, link->parent->code[2], -way);
            put(laying, silent_cell(link->parent), -way);
        }
        if (way > 0) {
            truth += put_state(laying, stopped_within(laying, link), STOPPED, -1);
        }
        protect_end_at_most(laying->protect, -truth);
    }
}

/* Whether the condition is that any of some options was chosen. */
static bool is_any_of(const struct questionnaire_item *item) {
    bool any = true;
    for (uint16_t i = 0; i < item->step_count; i++) {
        enum questionnaire_operator kind = item->step[i].kind;
        any = any && (kind == QUESTIONNAIRE_SELECTED || kind == QUESTIONNAIRE_OR);
    }
    return any;
}

/*
 * Of a select multiple: asked are at most those who chose something for which it holds, or nothing where it
 * holds then.
 */
static void link_multiple(struct laying *laying, const struct link *link) {
    int64_t all = laying->presence->school->node[link->node].contributions, truth = 0;
    protect_begin(laying->protect);
    put(laying, link->cells->code[3], -1);
    put_options(laying, link, true, -1);
    if (link->none) {
        put(laying, link->parent->code[2], -1);
        put(laying, silent_cell(link->parent), -1);
        truth = put_declined(laying, link->node, 1);
    }
    protect_end_at_most(laying->protect, -all - truth);
    for (uint16_t i = 0; is_any_of(link->item) && i < link->options->option_count; i++) {
        if (disclosure_condition_holds(link->item, UINT32_C(1) << i) &&
            link->parent->option[i] != DISCLOSURE_NO_CELL) {
            /* Whoever chose it was asked, or had stopped. */
            protect_begin(laying->protect);
            put(laying, link->parent->option[i], 1);
            put(laying, link->cells->code[3], 1);
            truth = put_state(laying, stopped_within(laying, link), STOPPED, -1);
            protect_end_at_most(laying->protect, all - truth);
        }
    }
}

static void add_links(struct laying *laying, uint32_t subject) {
    const struct questionnaire *questionnaire = laying->presence->school->questionnaire;
    struct link link = {.item = &questionnaire->item[laying->table->subject[subject]]};
    uint16_t parent = disclosure_condition_parent(link.item);
    uint32_t above = 0;
    while (above < subject && laying->table->subject[above] != parent) {
        above++;
    }
    if (parent == QUESTIONNAIRE_NONE || above == subject) {
        return;
    }
    link.above = &questionnaire->item[parent];
    link.options = questionnaire_list_of(questionnaire, parent);
    link.none = disclosure_condition_holds(link.item, 0);
    for (link.node = 0; link.node < laying->presence->school->node_count; link.node++) {
        link.cells = cells_of(laying, subject, link.node);
        link.parent = cells_of(laying, above, link.node);
        if ((is_lowest(laying, subject, link.node) || is_lowest(laying, above, link.node)) &&
            link.cells->missing != DISCLOSURE_NO_CELL && link.parent->missing != DISCLOSURE_NO_CELL) {
            (link.above->kind == QUESTIONNAIRE_SELECT_ONE ? link_one : link_multiple)(laying, &link);
        }
    }
}

/* Who said no is in the way of all ends in his row. */
static void add_hints(struct laying *laying) {
    const struct disclosure_school *school = laying->presence->school;
    for (uint32_t node = 0; node < school->node_count; node++) {
        const struct disclosure_node *at = &school->node[node];
        /* Who said no is in no category, so all of the school's are in what they leave. */
        uint32_t hint = !at->partition ? find_hint(laying, node) : at->unlisted ? find_hint(laying, 0) : 0;
        for (uint32_t i = 0; hint && i < laying->first; i++) {
            if (laying->protect->cell[i].row % school->node_count == node) {
                laying->protect->cell[i].hint = hint;
            }
        }
    }
}

/* A choice for every census, of which one at most is made. */
static void add_choices(struct laying *laying) {
    laying->first = laying->protect->cell_count;
    for (uint32_t i = 0; i < laying->presence->census_count; i++) {
        (void)protect_add_choice(laying->protect);
    }
    protect_begin(laying->protect);
    for (uint32_t i = 0; i < laying->presence->census_count; i++) {
        protect_term(laying->protect, laying->first + i, 1);
    }
    protect_end_at_most(laying->protect, 1);
}

enum fault disclosure_presence_add(const struct disclosure_presence *presence,
                                   struct disclosure_table *table) {
    struct laying laying = {.presence = presence, .table = table, .protect = &table->protect};
    add_choices(&laying);
    table->first_choice = laying.first;
    add_hints(&laying);
    for (uint32_t i = 0; i < table->subject_count && !table->protect.fault; i++) {
        add_declined(&laying, i);
        if (table->is_item[i]) {
            add_links(&laying, i);
        }
    }
    return table->protect.fault;
}

int64_t disclosure_presence_put_declined(const struct disclosure_presence *presence,
                                         struct disclosure_table *table, uint32_t node, int32_t factor) {
    struct laying laying = {presence, table, &table->protect, table->first_choice};
    return put_declined(&laying, node, factor);
}
