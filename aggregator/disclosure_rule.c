/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_rule.h"

#include <stdlib.h>
#include <string.h>

#include "disclosure_figures.h"
#include "disclosure_mean.h"

static enum fault apply_participation(struct release_content *content, const struct disclosure_school *school,
                                      uint32_t *declined) {
    struct disclosure_table table;
    enum fault fault = disclosure_table_init(&table, school, 0);
    fault = fault ? fault : disclosure_table_add_participation(&table);
    fault = fault ? fault : protect_run(&table.protect);
    fault = fault ? fault : disclosure_figures_add(content, &table);
    *declined = 0;
    if (!fault) {
        const struct protect_cell *cell = &table.protect.cell[table.cells[0].option[2]];
        *declined = cell->state == PROTECT_EXACT ? cell->value : 0;
    }
    disclosure_table_release(&table);
    return fault;
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
    return fault ? fault : protect_run(&table->protect);
}

static enum fault apply_item(struct release_content *content, const struct disclosure_school *school,
                             uint16_t item, uint32_t declined) {
    struct disclosure_table table = {0};
    enum fault fault = make_item(&table, school, item, declined);
    fault = fault ? fault : disclosure_figures_add(content, &table);
    disclosure_table_release(&table);
    return fault;
}

/* A scale's items are protected one by one; its distribution and means are then audited with each of them. */
static enum fault apply_scale(struct release_content *content, const struct disclosure_school *school,
                              uint16_t scale, uint32_t declined) {
    const struct questionnaire *questionnaire = school->questionnaire;
    struct disclosure_mean mean = {0};
    enum fault fault = disclosure_mean_init(&mean, school, scale, declined);
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].scale == scale) {
            struct disclosure_table *table = disclosure_mean_table(&mean);
            fault = make_item(table, school, i, declined);
        }
    }
    fault = fault ? fault : disclosure_mean_audit(&mean);
    fault = fault ? fault : disclosure_mean_figures(content, &mean);
    disclosure_mean_release(&mean);
    return fault;
}

enum fault disclosure_rule_apply_item(struct release_content *content, const struct disclosure_school *school,
                                      uint16_t item) {
    return apply_item(content, school, item, 0);
}

enum fault disclosure_rule_apply(struct release_content *content, const struct disclosure_school *school) {
    const struct questionnaire *questionnaire = school->questionnaire;
    uint32_t declined = 0;
    enum fault fault = school->node_count ? apply_participation(content, school, &declined) : FAULT_NONE;
    for (uint16_t i = 0; !fault && school->node_count && i < questionnaire->scale_count; i++) {
        fault = apply_scale(content, school, i, declined);
    }
    for (uint16_t i = 0; !fault && school->node_count && i < questionnaire->item_count; i++) {
        if (is_root(questionnaire, i) && questionnaire->item[i].scale == QUESTIONNAIRE_NONE) {
            fault = apply_item(content, school, i, declined);
        }
    }
    disclosure_figures_sort(content);
    return fault;
}
