/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_rule.h"

#include <stdlib.h>
#include <string.h>

#include "disclosure_breakdown.h"
#include "disclosure_figures.h"
#include "disclosure_mean.h"

/* What participation needs of the items, and the other way round. */
struct participation {
    struct disclosure_table table;
    uint32_t declined; /* told exactly of the school; else 0 */
    uint32_t most;     /* of those who said no: no item has fewer without an answer */
};

static enum fault judge_participation(struct participation *out, const struct disclosure_school *school) {
    *out = (struct participation){.most = UINT32_MAX};
    enum fault fault = disclosure_table_init(&out->table, school, 0);
    fault = fault ? fault : disclosure_table_add_participation(&out->table);
    fault = fault ? fault : protect_run(&out->table.protect);
    if (!fault) {
        const struct protect_cell *cell = &out->table.protect.cell[out->table.cells[0].option[2]];
        out->declined = cell->state == PROTECT_EXACT ? cell->value : 0;
    }
    return fault;
}

/* Whoever said no gave no answer to any item: what a judged item lets be known of those bounds how many said no. */
static enum fault learn_most(struct participation *participation, struct disclosure_table *table) {
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; !fault && i < table->subject_count; i++) {
        const struct disclosure_cells *cells = &table->cells[(size_t)i * table->school->node_count];
        uint32_t cell = cells->code[3] == DISCLOSURE_NO_CELL ? cells->missing : cells->code[3];
        uint32_t least, most = table->protect.cell[cell].value;
        if (table->protect.cell[cell].state == PROTECT_HIDDEN) {
            fault = protect_range(&least, &most, &table->protect, cell);
        } else if (table->protect.cell[cell].state == PROTECT_BANDED) {
            most = table->protect.cell[cell].high;
        }
        participation->most = most < participation->most ? most : participation->most;
    }
    return fault;
}

/* With that bound, participation is judged again; what was told of it before is told at most. */
static enum fault settle_participation(struct release_content *content, struct participation *participation) {
    struct protect *protect = &participation->table.protect;
    protect_begin(protect);
    protect_term(protect, participation->table.cells[0].option[2], 1);
    protect_end_at_most(protect, participation->most);
    protect_forget(protect);
    enum fault fault = protect_run(protect);
    return fault ? fault : disclosure_figures_add(content, &participation->table);
}

/* The item, then whatever hangs on it by conditions: conditions name earlier items only. */
static enum fault add_with_children(struct disclosure_table *table, uint16_t item) {
    const struct questionnaire *questionnaire = table->school->questionnaire;
    bool in[QUESTIONNAIRE_ITEMS] = {false};
    enum fault fault = disclosure_table_add_item(table, item);
    in[item] = true;
    for (uint16_t i = (uint16_t)(item + 1); !fault && i < questionnaire->item_count; i++) {
        uint16_t parent = disclosure_table_parent(&questionnaire->item[i]);
        if (parent != QUESTIONNAIRE_NONE && in[parent] && questionnaire_list_of(questionnaire, i)) {
            fault = disclosure_table_add_item(table, i);
            in[i] = true;
        }
    }
    return fault;
}

static bool is_root(const struct questionnaire *questionnaire, uint16_t item) {
    return questionnaire_list_of(questionnaire, item) &&
           disclosure_table_parent(&questionnaire->item[item]) == QUESTIONNAIRE_NONE;
}

static enum fault make_item(struct disclosure_table *table, const struct disclosure_school *school,
                            uint16_t item, uint32_t declined) {
    enum fault fault = disclosure_table_init(table, school, declined);
    fault = fault ? fault : add_with_children(table, item);
    return fault ? fault : disclosure_table_judge(table);
}

static enum fault apply_item(struct release_content *content, const struct disclosure_school *school,
                             uint16_t item, struct participation *participation) {
    struct disclosure_table table = {0};
    enum fault fault = make_item(&table, school, item, participation->declined);
    fault = fault ? fault : learn_most(participation, &table);
    fault = fault ? fault : disclosure_figures_add(content, &table);
    disclosure_table_release(&table);
    return fault;
}

/* A scale's items are protected one by one; its distribution and means are then audited with each of them. */
static enum fault apply_scale(struct release_content *content, const struct disclosure_school *school,
                              uint16_t scale, struct participation *participation) {
    const struct questionnaire *questionnaire = school->questionnaire;
    struct disclosure_mean mean = {0};
    enum fault fault = disclosure_mean_init(&mean, school, scale, participation->declined);
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].scale == scale) {
            struct disclosure_table *table = disclosure_mean_table(&mean);
            fault = make_item(table, school, i, participation->declined);
        }
    }
    fault = fault ? fault : disclosure_mean_audit(&mean);
    for (uint32_t i = 0; !fault && i < mean.item_count; i++) {
        fault = learn_most(participation, &mean.item[i]);
    }
    fault = fault ? fault : learn_most(participation, &mean.scores);
    fault = fault ? fault : disclosure_mean_figures(content, &mean);
    disclosure_mean_release(&mean);
    return fault;
}

/* Breakdowns come first: which of their categories are told follows from what is told of their sizes. */
static enum fault apply_breakdowns(struct release_content *content, struct disclosure_school *school,
                                   struct participation *participation) {
    struct disclosure_categories categories = {{0}};
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < school->questionnaire->item_count; i++) {
        struct disclosure_table table = {0};
        if (school->questionnaire->item[i].breakdown) {
            fault = make_item(&table, school, i, participation->declined);
            fault = fault ? fault : learn_most(participation, &table);
            fault = fault ? fault : disclosure_figures_add(content, &table);
        }
        if (!fault && school->questionnaire->item[i].breakdown) {
            disclosure_breakdown_choose(&categories, &table, i);
        }
        disclosure_table_release(&table);
    }
    return fault ? fault : disclosure_breakdown_add(school, &categories);
}

enum fault disclosure_rule_apply_item(struct release_content *content, const struct disclosure_school *school,
                                      uint16_t item) {
    struct participation participation = {.most = UINT32_MAX};
    return apply_item(content, school, item, &participation);
}

enum fault disclosure_rule_apply(struct release_content *content, struct disclosure_school *school) {
    const struct questionnaire *questionnaire = school->questionnaire;
    struct participation participation = {.most = UINT32_MAX};
    if (school->node_count == 0) {
        return FAULT_NONE;
    }
    enum fault fault = judge_participation(&participation, school);
    fault = fault ? fault : apply_breakdowns(content, school, &participation);
    for (uint16_t i = 0; !fault && i < questionnaire->scale_count; i++) {
        fault = apply_scale(content, school, i, &participation);
    }
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        if (is_root(questionnaire, i) && questionnaire->item[i].scale == QUESTIONNAIRE_NONE &&
            !questionnaire->item[i].breakdown) {
            fault = apply_item(content, school, i, &participation);
        }
    }
    fault = fault ? fault : settle_participation(content, &participation);
    disclosure_table_release(&participation.table);
    disclosure_figures_sort(content);
    return fault;
}
