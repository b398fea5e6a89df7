/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_rule.h"

#include <stdlib.h>
#include <string.h>

#include "disclosure_breakdown.h"
#include "disclosure_condition.h"
#include "disclosure_figures.h"
#include "disclosure_mean.h"
#include "disclosure_presence.h"

static bool is_root(const struct questionnaire *questionnaire, uint16_t item) {
    return questionnaire_list_of(questionnaire, item) &&
           disclosure_condition_parent(&questionnaire->item[item]) == QUESTIONNAIRE_NONE;
}

static enum fault make_item(struct disclosure_table *table, const struct disclosure_school *school,
                            uint16_t item, const struct disclosure_presence *presence) {
    enum fault fault = disclosure_table_init(table, school);
    fault = fault ? fault : disclosure_table_add_with_children(table, item);
    fault = fault ? fault : disclosure_presence_add(presence, table);
    return fault ? fault : disclosure_table_judge(table);
}

static enum fault apply_item(struct release_content *content, const struct disclosure_school *school,
                             uint16_t item, const struct disclosure_presence *presence) {
    struct disclosure_table table = {0};
    enum fault fault = make_item(&table, school, item, presence);
    fault = fault ? fault : disclosure_figures_add(content, &table);
    disclosure_table_release(&table);
    return fault;
}

/* One subject of a scale by itself: what is hidden for its own sake is hidden in the scale. */
static enum fault judge_alone(struct disclosure_mean *mean, const struct disclosure_school *school,
                              uint16_t item, const struct disclosure_presence *presence) {
    struct disclosure_table table = {0};
    enum fault fault = make_item(&table, school, item, presence);
    if (!fault) {
        disclosure_scale_hide(&mean->whole, &table);
    }
    disclosure_table_release(&table);
    return fault;
}

/*
 * A scale's items are protected one by one, which is quick and finds most of what has to be hidden; then all
 * of it together.
 */
static enum fault apply_scale(struct release_content *content, const struct disclosure_school *school,
                              uint16_t scale, const struct disclosure_presence *presence) {
    const struct questionnaire *questionnaire = school->questionnaire;
    struct disclosure_mean mean = {0};
    enum fault fault = disclosure_mean_init(&mean, school, scale, presence);
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        fault = questionnaire->item[i].scale == scale ? judge_alone(&mean, school, i, presence) : FAULT_NONE;
    }
    fault = fault ? fault : disclosure_scale_judge(&mean.whole);
    fault = fault ? fault : disclosure_mean_figures(content, &mean);
    disclosure_mean_release(&mean);
    return fault;
}

/* Breakdowns come first: which of their categories are told follows from what is told of their sizes. */
static enum fault apply_breakdowns(struct release_content *content, struct disclosure_school *school,
                                   const struct disclosure_presence *presence) {
    struct disclosure_categories categories = {{0}};
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < school->questionnaire->item_count; i++) {
        struct disclosure_table table = {0};
        if (!school->questionnaire->item[i].breakdown) {
            continue;
        }
        fault = make_item(&table, school, i, presence);
        fault = fault ? fault : disclosure_figures_add(content, &table);
        if (!fault) {
            disclosure_breakdown_choose(&categories, &table, i);
        }
        disclosure_table_release(&table);
    }
    return fault ? fault : disclosure_breakdown_add(school, &categories);
}

enum fault disclosure_rule_apply(struct release_content *content, struct disclosure_school *school) {
    const struct questionnaire *questionnaire = school->questionnaire;
    struct disclosure_presence presence;
    if (school->node_count == 0) {
        return FAULT_NONE;
    }
    enum fault fault = disclosure_presence_init(&presence, school);
    fault = fault ? fault : apply_breakdowns(content, school, &presence);
    for (uint16_t i = 0; !fault && i < questionnaire->scale_count; i++) {
        fault = apply_scale(content, school, i, &presence);
    }
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        if (is_root(questionnaire, i) && questionnaire->item[i].scale == QUESTIONNAIRE_NONE &&
            !questionnaire->item[i].breakdown) {
            fault = apply_item(content, school, i, &presence);
        }
    }
    fault = fault ? fault : disclosure_figures_add(content, &presence.table);
    disclosure_presence_release(&presence);
    disclosure_figures_sort(content);
    return fault;
}
