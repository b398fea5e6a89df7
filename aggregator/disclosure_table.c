/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_table.h"

#include <stdlib.h>

#include "disclosure_adding.h"
#include "disclosure_condition.h"
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

static enum fault add_item(struct disclosure_table *table, uint16_t item) {
    const struct disclosure_school *school = table->school;
    const struct questionnaire_item *asked = &school->questionnaire->item[item];
    struct adding adding;
    enum fault fault = adding_begin(&adding, table, item);
    if (fault) {
        return fault;
    }
    table->is_item[table->subject_count - 1] = true;
    adding.about = RELEASE_ITEM;
    adding.list = questionnaire_list_of(school->questionnaire, item);
    adding.breakdown = asked->breakdown;
    bool by_unit = asked->breakdown && disclosure_keeps(DISCLOSURE_BREAKDOWNS);
    adding.k = by_unit ? school->k_unit : school->k_cell;
    adding.withheld = asked->step_count && disclosure_condition_parent(asked) == QUESTIONNAIRE_NONE;
    adding.in_class = !asked->breakdown && disclosure_school_in_class(
                                               school, questionnaire_subject_of(school->questionnaire, item));
    for (uint32_t i = 0; i < school->node_count; i++) {
        if (school->node[i].partition && asked->breakdown) {
            continue; /* nobody counts one breakdown by another */
        }
        if (asked->kind == QUESTIONNAIRE_SELECT_MULTIPLE) {
            if (school->node[i].pooled || adding.in_class) {
                adding_multiple(&adding, i);
            }
        } else if (school->node[i].pooled) {
            adding_one_pooled(&adding, i);
        } else if (adding.in_class) {
            adding_one_class(&adding, i);
        }
    }
    if (!adding.in_class) {
        adding_unknown_rows(&adding);
    }
    adding_sums(&adding);
    return adding.protect->fault;
}

enum fault disclosure_table_add_with_children(struct disclosure_table *table, uint16_t item) {
    const struct questionnaire *questionnaire = table->school->questionnaire;
    bool in[QUESTIONNAIRE_ITEMS] = {false};
    enum fault fault = add_item(table, item);
    in[item] = true;
    for (uint16_t i = (uint16_t)(item + 1); !fault && i < questionnaire->item_count; i++) {
        uint16_t parent = disclosure_condition_parent(&questionnaire->item[i]);
        if (parent != QUESTIONNAIRE_NONE && in[parent] && questionnaire_list_of(questionnaire, i)) {
            fault = add_item(table, i);
            in[i] = true;
        }
    }
    return fault;
}

enum fault disclosure_table_add_participation(struct disclosure_table *table) {
    struct adding adding;
    enum fault fault = adding_begin(&adding, table, 0);
    if (fault) {
        return fault;
    }
    adding.about = RELEASE_PARTICIPATION;
    for (uint32_t node = 0; node < table->school->node_count; node++) {
        const uint64_t *count = disclosure_school_counters(table->school, node, LAYOUT_CLASS,
                                                           LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE);
        for (uint16_t i = 0; i < 3; i++) {
            adding.cells[node].option[i] =
                adding_listed(&adding, node, (enum release_kind)(RELEASE_ANSWERED + i), 0, count[i],
                              node == 0 && !table->school->late);
        }
        adding_total(&adding, node, adding.cells[node].option, 3);
    }
    adding_sums(&adding);
    return adding.protect->fault;
}
