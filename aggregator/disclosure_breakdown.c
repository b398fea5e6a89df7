/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_breakdown.h"

#include <stdlib.h>
#include <string.h>

#include "aggregator/breakdown.h"
#include "core/secret.h"
#include "disclosure_switch.h"

void disclosure_breakdown_choose(struct disclosure_categories *categories,
                                 const struct disclosure_table *table, uint16_t item) {
    const struct disclosure_school *school = table->school;
    uint32_t open = school->result->category_sums && !school->node[0].is_class && !school->node[0].small
                        ? school->result->open[item]
                        : 0;
    categories->told[item] = 0;
    for (uint16_t i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        uint32_t cell = table->cells[0].option[i];
        bool told = cell != DISCLOSURE_NO_CELL && table->protect.cell[cell].state == PROTECT_EXACT;
        if (open >> i & 1 && told) {
            categories->told[item] |= UINT32_C(1) << i;
        }
    }
}

/* The class and school counters of one category, made from its block of breakdown level. */
struct spread {
    const struct disclosure_school *school;
    uint64_t *sums;
    uint16_t breakdown, option;
};

static uint64_t *at(const struct spread *spread, enum layout_level level, enum layout_kind kind,
                    uint16_t subject) {
    return spread->sums +
           layout_find(spread->school->layout, level, kind, subject, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE)
               ->first;
}

/* Copies a block; gives where it came from. */
static const uint64_t *copy(const struct spread *spread, enum layout_level level, enum layout_kind kind,
                            uint16_t subject) {
    const struct layout *layout = spread->school->layout;
    const struct layout_block *from =
        layout_find(layout, LAYOUT_BREAKDOWN, kind, subject, spread->breakdown, spread->option);
    const uint64_t *counter =
        spread->school->result->category_sums + (from->first - layout->level_first[LAYOUT_BREAKDOWN]);
    memcpy(at(spread, level, kind, subject), counter, from->count * sizeof *counter);
    return counter;
}

/*
 * Of a select multiple nobody counted coarse groups by category: they stay 0, and disclosure_table makes no
 * cells of them.
 */
static void spread_item(const struct spread *spread, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(spread->school->questionnaire, item);
    (void)copy(spread, LAYOUT_CLASS, LAYOUT_MISSING, item);
    if (spread->school->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_MULTIPLE) {
        (void)copy(spread, LAYOUT_CLASS, LAYOUT_ANSWERED, item);
        (void)copy(spread, LAYOUT_SCHOOL, LAYOUT_CHOSEN, item);
        return;
    }
    const uint64_t *count = copy(spread, LAYOUT_SCHOOL, LAYOUT_OPTIONS, item);
    uint64_t *group = at(spread, LAYOUT_CLASS, LAYOUT_GROUPS, item);
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER) {
            group[list->option[i].coarse] += *count++;
        }
    }
}

/* The sum of scores follows from the distribution. */
static void spread_scale(const struct spread *spread, uint16_t scale) {
    const struct layout_scale *arithmetic = &spread->school->layout->scale[scale];
    const struct questionnaire_scale *range = &spread->school->questionnaire->scale[scale];
    const uint64_t *cell = copy(spread, LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, scale);
    uint64_t *sum = at(spread, LAYOUT_CLASS, LAYOUT_SCALE_SUM, scale);
    for (uint32_t answered = arithmetic->least; answered <= arithmetic->items; answered++) {
        for (uint32_t raw = answered * range->score_min; raw <= answered * range->score_max; raw++, cell++) {
            sum[0] += *cell;
            sum[1] += *cell * (raw * arithmetic->unit / answered);
        }
    }
}

/* Everybody of a category took part; whether to the end is not counted. */
static void spread_category(const struct spread *spread, uint64_t size) {
    const struct questionnaire *questionnaire = spread->school->questionnaire;
    *at(spread, LAYOUT_CLASS, LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE) = size;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (questionnaire_list_of(questionnaire, i) && !questionnaire->item[i].breakdown) {
            spread_item(spread, i);
        }
    }
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        spread_scale(spread, i);
    }
}

static void add_node(struct disclosure_school *school, uint16_t item, uint16_t option, uint64_t size,
                     const uint64_t *sums) {
    bool rest = option == QUESTIONNAIRE_NONE;
    bool few = size < school->k_unit || size < 2 * school->k_cell;
    uint16_t unit = (uint16_t)(RELEASE_CATEGORY_STRIDE * item + (rest ? 0 : option));
    school->node[school->node_count++] =
        (struct disclosure_node){.level = RELEASE_BREAKDOWN,
                                 .unit = unit,
                                 .pooled = true,
                                 .small = rest || (disclosure_keeps(DISCLOSURE_BREAKDOWNS) && few),
                                 .unlisted = rest,
                                 .partition = (uint16_t)(1 + item),
                                 .contributions = (uint32_t)size,
                                 .sums = sums};
}

/* The categories of one item, and what is left of the school beside them. Gives the room after them. */
static uint64_t *add_item(struct disclosure_school *school, uint16_t item, uint32_t told, uint64_t *room) {
    uint32_t counters = school->layout->level_first[LAYOUT_BREAKDOWN];
    const uint64_t *all = school->node[0].sums;
    uint64_t *rest = room, left = school->node[0].contributions;
    memcpy(rest, all, counters * sizeof *rest);
    room += counters;
    for (uint16_t i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        if (told >> i & 1) {
            const struct spread spread = {school, room, item, i};
            uint64_t size = breakdown_size(school->layout, school->questionnaire, all, item, i);
            spread_category(&spread, size);
            for (uint32_t j = 0; j < counters; j++) {
                rest[j] -= room[j] < rest[j] ? room[j] : rest[j];
            }
            add_node(school, item, i, size, room);
            left -= size;
            room += counters;
        }
    }
    /* Whoever took part and is left over, and everybody who said no. */
    const uint64_t *took_part =
        disclosure_school_counters(school, 0, LAYOUT_CLASS, LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE);
    uint64_t *left_over = rest + (took_part - all);
    left_over[0] = left - took_part[2];
    left_over[1] = 0;
    add_node(school, item, QUESTIONNAIRE_NONE, left, rest);
    return room;
}

enum fault disclosure_breakdown_add(struct disclosure_school *school,
                                    const struct disclosure_categories *categories) {
    uint32_t more = 0, counters = school->layout->level_first[LAYOUT_BREAKDOWN];
    void *memory = NULL;
    for (uint16_t i = 0; i < school->questionnaire->item_count; i++) {
        more += categories->told[i] ? 1 : 0;
        for (uint32_t bits = categories->told[i]; bits; bits &= bits - 1) {
            more++;
        }
    }
    if (!more) {
        return FAULT_NONE;
    }
    struct disclosure_node *node = realloc(school->node, (school->node_count + (size_t)more) * sizeof *node);
    if (!node) {
        return FAULT_MEMORY;
    }
    school->node = node;
    enum fault fault = secret_new(&memory, (size_t)more * counters * sizeof(uint64_t));
    uint64_t *room = school->category_sums = memory;
    for (uint16_t i = 0; !fault && i < school->questionnaire->item_count; i++) {
        room = categories->told[i] ? add_item(school, i, categories->told[i], room) : room;
    }
    return fault;
}
