/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_school.h"

#include <stdlib.h>

#include "core/secret.h"
#include "disclosure_switch.h"

void disclosure_school_release(struct disclosure_school *school) {
    free(school->node);
    secret_free(school->category_sums);
    *school = (struct disclosure_school){0};
}

const uint64_t *disclosure_school_counters(const struct disclosure_school *school, uint32_t node,
                                           enum layout_level level, enum layout_kind kind, uint16_t subject) {
    return school->node[node].sums +
           layout_find(school->layout, level, kind, subject, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE)->first;
}

bool disclosure_school_in_class(const struct disclosure_school *school, enum questionnaire_subject subject) {
    return subject != QUESTIONNAIRE_SUBJECT_INCIDENTS || school->incidents_in_class;
}

bool disclosure_school_is_class(const struct disclosure_school *school, const struct disclosure_node *node) {
    return node->is_class && (node->level != RELEASE_SCHOOL || school->late);
}

/* Batches and strata that have figures. */
struct counting {
    uint32_t strata;
    uint32_t batches;
    uint32_t of_stratum[ROUND_CLASSES]; /* batches */
    uint32_t contributions[ROUND_CLASSES];
    uint16_t last_batch[ROUND_CLASSES];
};

static void count_units(struct counting *out, const struct combine_result *result) {
    for (uint16_t i = 0; i < result->batches.batch_count; i++) {
        const struct batch *batch = &result->batches.batch[i];
        if (!result->stratum_refused[batch->stratum]) {
            out->batches++;
            out->strata += out->of_stratum[batch->stratum]++ == 0;
            out->contributions[batch->stratum] += batch->record_count;
            out->last_batch[batch->stratum] = i;
        }
    }
}

/* Too few to be told of, by those who took part; the number itself is never told for this reason alone. */
static bool is_small(const struct disclosure_school *school, const struct disclosure_node *node) {
    const uint64_t *count =
        node->sums + layout_find(school->layout, LAYOUT_CLASS, LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE,
                                 QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE)
                         ->first;
    bool small = count[0] + count[1] < school->k_unit || node->contributions < 2 * school->k_cell;
    return small && disclosure_keeps(DISCLOSURE_MINIMUM_GROUPS);
}

static uint32_t add_node(struct disclosure_school *school, struct disclosure_node node) {
    node.small = is_small(school, &node);
    school->node[school->node_count] = node;
    return school->node_count++;
}

static void add_year(struct disclosure_school *school, const struct combine_result *result,
                     const struct counting *counting, uint16_t stratum, uint32_t *year) {
    bool is_class = counting->of_stratum[stratum] == 1;
    *year = add_node(school, (struct disclosure_node){
                                 .level = is_class ? RELEASE_CLASS : RELEASE_YEAR,
                                 .unit = is_class ? counting->last_batch[stratum] : stratum,
                                 .pooled = true,
                                 .is_class = is_class,
                                 .contributions = counting->contributions[stratum],
                                 .sums = result->stratum_sums + (size_t)stratum * result->total_count});
}

static void add_all(struct disclosure_school *school, const struct combine_result *result,
                    const struct counting *counting) {
    uint32_t year[ROUND_CLASSES] = {0};
    (void)add_node(school, (struct disclosure_node){.level = RELEASE_SCHOOL,
                                                    .pooled = true,
                                                    .is_class = counting->batches == 1,
                                                    .contributions = result->contributions,
                                                    .sums = result->total});
    for (uint16_t i = 0; i < result->batches.stratum_count; i++) {
        if (counting->of_stratum[i] && counting->strata > 1) {
            add_year(school, result, counting, i, &year[i]);
        }
    }
    for (uint16_t i = 0; i < result->batches.batch_count; i++) {
        const struct batch *batch = &result->batches.batch[i];
        if (counting->of_stratum[batch->stratum] > 1) {
            (void)add_node(school, (struct disclosure_node){.level = RELEASE_CLASS,
                                                            .unit = i,
                                                            .is_class = true,
                                                            .parent = year[batch->stratum],
                                                            .contributions = batch->record_count,
                                                            .sums = result->batch_sums +
                                                                    (size_t)i * result->class_counters});
        }
    }
}

enum fault disclosure_school_init(struct disclosure_school *out, const struct round *round,
                                  const struct layout *layout, const struct combine_result *result,
                                  bool incidents_in_class) {
    struct counting counting = {0};
    *out = (struct disclosure_school){.round = round,
                                      .layout = layout,
                                      .questionnaire = round->questionnaire,
                                      .result = result,
                                      .k_unit = round->k_unit,
                                      .k_cell = round->k_cell,
                                      .incidents_in_class = incidents_in_class};
    count_units(&counting, result);
    out->node = calloc((size_t)counting.batches + counting.strata + 1, sizeof *out->node);
    if (!out->node) {
        return FAULT_MEMORY;
    }
    if (counting.batches) {
        add_all(out, result, &counting);
    }
    return FAULT_NONE;
}
