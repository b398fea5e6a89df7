/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_rule.h"

#include <stdlib.h>
#include <string.h>

#include "core/secret.h"

enum form { FORM_HIDDEN, FORM_FULL, FORM_COARSE };

/*
 * The exact counts of one item over its base. Options and groups by their index; what the list does not have
 * is zero.
 */
struct cells {
    uint64_t option[QUESTIONNAIRE_OPTIONS];
    uint64_t group[QUESTIONNAIRE_OPTIONS];
    uint64_t dont_know, rather_not;
    uint64_t no_answer; /* everybody of the base who is nowhere else */
    uint64_t answered;
    bool well; /* false: who was asked cannot be told, so nothing can */
};

/* Lives in secret memory. */
struct judge {
    const struct questionnaire *questionnaire;
    const struct layout *layout;
    const uint64_t *total;
    uint64_t k_cell, k_unit;
    uint64_t answered, stopped, declined;
    uint64_t outside; /* the declined, where their number is not told: counted under "no answer" then */
    uint64_t base;    /* everybody that an unconditional item's cells add up to */
    struct cells item[QUESTIONNAIRE_ITEMS];
    enum form form[QUESTIONNAIRE_ITEMS];
    struct release_content *content;
    enum fault fault;
};

static const uint64_t *counters(const struct judge *judge, enum layout_level level, enum layout_kind kind,
                                uint16_t subject) {
    const struct layout_block *block =
        layout_find(judge->layout, level, kind, subject, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE);
    return judge->total + block->first;
}

static void add_figure(struct judge *judge, struct release_figure figure) {
    struct release_content *content = judge->content;
    uint32_t count = content->figure_count;
    if (judge->fault) {
        return;
    }
    if (count % 64 == 0) {
        struct release_figure *more = realloc(content->figure, (size_t)(count + 64) * sizeof *more);
        if (!more) {
            judge->fault = FAULT_MEMORY;
            return;
        }
        content->figure = more;
    }
    content->figure[content->figure_count++] = figure;
}

static void hide(struct judge *judge, enum release_subject about, uint16_t subject, enum release_kind kind,
                 uint16_t index) {
    add_figure(judge, (struct release_figure){.level = RELEASE_SCHOOL,
                                              .about = about,
                                              .subject = subject,
                                              .kind = kind,
                                              .index = index,
                                              .status = RELEASE_HIDDEN});
}

static void publish(struct judge *judge, enum release_subject about, uint16_t subject, enum release_kind kind,
                    uint16_t index, uint64_t value, uint64_t n) {
    add_figure(judge, (struct release_figure){.level = RELEASE_SCHOOL,
                                              .about = about,
                                              .subject = subject,
                                              .kind = kind,
                                              .index = index,
                                              .low = (uint32_t)value,
                                              .high = (uint32_t)value,
                                              .n = (uint32_t)n});
}

static void judge_participation(struct judge *judge) {
    const uint64_t *count = counters(judge, LAYOUT_CLASS, LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE);
    judge->answered = count[0];
    judge->stopped = count[1];
    judge->declined = count[2];
    bool published = judge->answered >= judge->k_cell && judge->stopped >= judge->k_cell &&
                     judge->declined >= judge->k_cell && judge->answered + judge->stopped >= judge->k_unit;
    judge->outside = published ? 0 : judge->declined;
    judge->base = judge->answered + judge->stopped + judge->outside;
    if (!published) {
        for (int kind = RELEASE_ANSWERED; kind <= RELEASE_DECLINED; kind++) {
            hide(judge, RELEASE_PARTICIPATION, 0, (enum release_kind)kind, 0);
        }
        return;
    }
    uint64_t all = judge->answered + judge->stopped + judge->declined;
    publish(judge, RELEASE_PARTICIPATION, 0, RELEASE_ANSWERED, 0, judge->answered, all);
    publish(judge, RELEASE_PARTICIPATION, 0, RELEASE_STOPPED, 0, judge->stopped, all);
    publish(judge, RELEASE_PARTICIPATION, 0, RELEASE_DECLINED, 0, judge->declined, all);
}

static bool asks(const struct judge *judge, uint16_t item, uint16_t parent, uint32_t chosen_there) {
    uint32_t chosen[QUESTIONNAIRE_ITEMS] = {0};
    chosen[parent] = chosen_there;
    return questionnaire_asks(judge->questionnaire, item, chosen);
}

/* The one item that a condition names, or NONE when it names several. */
static uint16_t parent_of(const struct questionnaire_item *item) {
    uint16_t parent = QUESTIONNAIRE_NONE;
    for (uint16_t i = 0; i < item->step_count; i++) {
        enum questionnaire_operator kind = item->step[i].kind;
        if (kind != QUESTIONNAIRE_EQUALS && kind != QUESTIONNAIRE_NOT_EQUALS &&
            kind != QUESTIONNAIRE_SELECTED) {
            continue;
        }
        if (parent != QUESTIONNAIRE_NONE && parent != item->step[i].item) {
            return QUESTIONNAIRE_NONE;
        }
        parent = item->step[i].item;
    }
    return parent;
}

/* A published cell of the parent, as a mask of what may have been chosen there; bit 31: nothing. */
struct published_cell {
    uint32_t members;
    uint64_t count;
};
#define NOTHING_CHOSEN (UINT32_C(1) << 31)

static void add_to(struct published_cell *cell, uint32_t member, uint64_t count) {
    cell->members |= member;
    cell->count += count;
}

static uint16_t published_cells(struct published_cell out[QUESTIONNAIRE_OPTIONS + 1],
                                const struct judge *judge, uint16_t parent) {
    const struct questionnaire_list *list = questionnaire_list_of(judge->questionnaire, parent);
    const struct cells *cells = &judge->item[parent];
    bool full = judge->form[parent] == FORM_FULL;
    uint16_t rest = full ? list->option_count : list->coarse_count;
    memset(out, 0, (QUESTIONNAIRE_OPTIONS + 1) * sizeof *out);
    for (uint16_t i = 0; i < list->option_count; i++) {
        const struct questionnaire_option *option = &list->option[i];
        bool answer = option->kind == QUESTIONNAIRE_OPTION_ANSWER;
        uint64_t count = answer                                           ? cells->option[i]
                         : option->kind == QUESTIONNAIRE_OPTION_DONT_KNOW ? cells->dont_know
                                                                          : cells->rather_not;
        add_to(&out[full ? i : answer ? option->coarse : rest], UINT32_C(1) << i, count);
    }
    add_to(&out[rest], NOTHING_CHOSEN, cells->no_answer);
    return (uint16_t)(rest + 1);
}

/* 1: all members of the cell are asked; 0: none; -1: some are and some are not. */
static int cell_is_asked(const struct judge *judge, uint16_t item, uint16_t parent, uint32_t members) {
    int answer = 2;
    for (int i = 0; i < 32; i++) {
        uint32_t member = UINT32_C(1) << i;
        if (!(members & member)) {
            continue;
        }
        int asked = asks(judge, item, parent, member == NOTHING_CHOSEN ? 0 : member);
        if (answer != 2 && answer != asked) {
            return -1;
        }
        answer = asked;
    }
    return answer;
}

/*
 * How many of the base an item asks, from what is published anyway; false when it cannot be told from that.
 */
static bool asked_by_condition(uint64_t *asked, const struct judge *judge, uint16_t item) {
    const struct questionnaire_item *question = &judge->questionnaire->item[item];
    struct published_cell cell[QUESTIONNAIRE_OPTIONS + 1];
    *asked = judge->base;
    if (question->step_count == 0) {
        return true;
    }
    uint16_t parent = parent_of(question);
    if (parent == QUESTIONNAIRE_NONE || judge->form[parent] == FORM_HIDDEN ||
        judge->questionnaire->item[parent].kind != QUESTIONNAIRE_SELECT_ONE ||
        judge->questionnaire->item[parent].step_count != 0) {
        return false;
    }
    *asked = 0;
    uint16_t count = published_cells(cell, judge, parent);
    for (uint16_t i = 0; i < count; i++) {
        int all = cell_is_asked(judge, item, parent, cell[i].members);
        if (all < 0) {
            return false;
        }
        *asked += all ? cell[i].count : 0;
    }
    return true;
}

static void fill_options(struct cells *cells, const struct judge *judge, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(judge->questionnaire, item);
    bool one = judge->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE;
    const uint64_t *count = counters(judge, LAYOUT_SCHOOL, one ? LAYOUT_OPTIONS : LAYOUT_CHOSEN, item);
    for (uint16_t i = 0, rank = 0; i < list->option_count; i++) {
        if (list->option[i].kind != QUESTIONNAIRE_OPTION_ANSWER) {
            continue;
        }
        cells->option[i] = count[rank++];
        if (one) {
            cells->group[list->option[i].coarse] += cells->option[i];
            cells->answered += cells->option[i];
        }
    }
    if (!one) {
        const uint64_t *any = counters(judge, LAYOUT_CLASS, LAYOUT_ANY, item);
        cells->answered = *counters(judge, LAYOUT_CLASS, LAYOUT_ANSWERED, item);
        memcpy(cells->group, any, list->coarse_count * sizeof *any);
    }
}

static void fill_cells(struct judge *judge, uint16_t item) {
    struct cells *cells = &judge->item[item];
    bool breakdown = judge->questionnaire->item[item].breakdown;
    const uint64_t *missing = counters(judge, breakdown ? LAYOUT_SCHOOL : LAYOUT_CLASS, LAYOUT_MISSING, item);
    uint64_t asked = 0;
    fill_options(cells, judge, item);
    cells->dont_know = missing[0];
    cells->rather_not = missing[1];
    uint64_t elsewhere = cells->answered + cells->dont_know + cells->rather_not;
    cells->well = asked_by_condition(&asked, judge, item) && elsewhere <= asked;
    cells->no_answer = cells->well ? asked - elsewhere : 0;
}

static bool offers(const struct questionnaire_list *list, enum questionnaire_option_kind kind) {
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].kind == kind) {
            return true;
        }
    }
    return false;
}

static bool one_full_is_safe(const struct judge *judge, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(judge->questionnaire, item);
    const struct cells *cells = &judge->item[item];
    uint64_t least = judge->questionnaire->item[item].breakdown ? judge->k_unit : judge->k_cell;
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER && cells->option[i] < least) {
            return false;
        }
    }
    return (!offers(list, QUESTIONNAIRE_OPTION_DONT_KNOW) || cells->dont_know >= judge->k_cell) &&
           (!offers(list, QUESTIONNAIRE_OPTION_RATHER_NOT) || cells->rather_not >= judge->k_cell) &&
           cells->no_answer >= judge->k_cell;
}

static uint64_t rest_of(const struct cells *cells) {
    return cells->dont_know + cells->rather_not + cells->no_answer;
}

static bool one_coarse_is_safe(const struct judge *judge, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(judge->questionnaire, item);
    const struct cells *cells = &judge->item[item];
    for (uint16_t i = 0; i < list->coarse_count; i++) {
        if (cells->group[i] < judge->k_cell) {
            return false;
        }
    }
    return !judge->questionnaire->item[item].breakdown && rest_of(cells) >= judge->k_cell;
}

/* True when option or group `index` can only stand alone, so that whoever has it has no other. */
static bool stands_alone(const struct questionnaire_list *list, bool coarse, uint16_t index) {
    for (uint16_t i = 0; i < list->option_count; i++) {
        const struct questionnaire_option *option = &list->option[i];
        bool member = coarse ? option->coarse == index : i == index;
        if (member && option->kind == QUESTIONNAIRE_OPTION_ANSWER && !option->exclusive) {
            return false;
        }
    }
    return true;
}

/*
 * Several may be chosen, so the counts overlap. Told or derivable are: each count; how many of those who
 * answered did not choose it; how many of those who chose anything that can be combined did not choose it;
 * and from the excess of the counts over the pupils, that at least excess / (number of options - 1) chose
 * several.
 */
static bool multiple_is_safe(const struct judge *judge, uint16_t item, bool coarse) {
    const struct questionnaire_list *list = questionnaire_list_of(judge->questionnaire, item);
    const struct cells *cells = &judge->item[item];
    const uint64_t *count = coarse ? cells->group : cells->option;
    uint16_t entries = coarse ? list->coarse_count : list->option_count;
    uint64_t combined = cells->answered, sum = 0, combinable = 0;
    bool safe = rest_of(cells) >= judge->k_cell;
    for (uint16_t i = 0; i < entries; i++) {
        bool present = coarse || list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER;
        bool alone = present && stands_alone(list, coarse, i);
        safe =
            safe && (!present || (count[i] >= judge->k_cell && cells->answered >= count[i] + judge->k_cell));
        combined -= alone && combined >= count[i] ? count[i] : 0;
        sum += present && !alone ? count[i] : 0;
        combinable += present && !alone;
    }
    for (uint16_t i = 0; i < entries; i++) {
        bool present = coarse || list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER;
        bool judged = present && !stands_alone(list, coarse, i) && combinable > 1;
        safe = safe && (!judged || combined >= count[i] + judge->k_cell);
    }
    return safe && (combinable <= 1 || sum >= combined + judge->k_cell * (combinable - 1));
}

static enum form form_of(const struct judge *judge, uint16_t item) {
    bool one = judge->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE;
    if (!judge->item[item].well || judge->answered + judge->stopped < judge->k_unit) {
        return FORM_HIDDEN;
    }
    if (one ? one_full_is_safe(judge, item) : multiple_is_safe(judge, item, false)) {
        return FORM_FULL;
    }
    bool coarse = one ? one_coarse_is_safe(judge, item) : multiple_is_safe(judge, item, true);
    return coarse ? FORM_COARSE : FORM_HIDDEN;
}

static void publish_full(struct judge *judge, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(judge->questionnaire, item);
    const struct cells *cells = &judge->item[item];
    uint64_t all = cells->answered + rest_of(cells);
    bool one = judge->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE;
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER) {
            publish(judge, RELEASE_ITEM, item, one ? RELEASE_OPTION : RELEASE_CHOSEN, i, cells->option[i],
                    all);
        }
    }
    if (!one) {
        publish(judge, RELEASE_ITEM, item, RELEASE_MISSING, 0, rest_of(cells), all);
        return;
    }
    if (offers(list, QUESTIONNAIRE_OPTION_DONT_KNOW)) {
        publish(judge, RELEASE_ITEM, item, RELEASE_DONT_KNOW, 0, cells->dont_know, all);
    }
    if (offers(list, QUESTIONNAIRE_OPTION_RATHER_NOT)) {
        publish(judge, RELEASE_ITEM, item, RELEASE_RATHER_NOT, 0, cells->rather_not, all);
    }
    publish(judge, RELEASE_ITEM, item, RELEASE_NO_ANSWER, 0, cells->no_answer, all);
}

static void publish_coarse(struct judge *judge, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(judge->questionnaire, item);
    const struct cells *cells = &judge->item[item];
    uint64_t all = cells->answered + rest_of(cells);
    bool one = judge->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE;
    for (uint16_t i = 0; i < list->coarse_count; i++) {
        publish(judge, RELEASE_ITEM, item, one ? RELEASE_GROUP : RELEASE_ANY, i, cells->group[i], all);
    }
    publish(judge, RELEASE_ITEM, item, RELEASE_MISSING, 0, rest_of(cells), all);
}

/* Nothing of the row is told: every cell that it would have is marked so. */
static void publish_hidden(struct judge *judge, uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(judge->questionnaire, item);
    bool one = judge->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE;
    for (uint16_t i = 0; i < list->coarse_count; i++) {
        hide(judge, RELEASE_ITEM, item, one ? RELEASE_GROUP : RELEASE_ANY, i);
    }
    hide(judge, RELEASE_ITEM, item, RELEASE_MISSING, 0);
}

/* Conditions name earlier items only, so the parent's form is known when it is needed. */
static void judge_item(struct judge *judge, uint16_t item) {
    if (!questionnaire_list_of(judge->questionnaire, item)) {
        return;
    }
    fill_cells(judge, item);
    judge->form[item] = form_of(judge, item);
    switch (judge->form[item]) {
    case FORM_FULL: publish_full(judge, item); break;
    case FORM_COARSE: publish_coarse(judge, item); break;
    case FORM_HIDDEN: publish_hidden(judge, item); break;
    }
}

/* How many pupils score exactly `score`, the lowest or the highest there is, on every item they answered. */
static uint64_t at_end(const struct judge *judge, uint16_t scale, uint32_t score) {
    const uint64_t *histogram = counters(judge, LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, scale);
    const struct layout_scale *arithmetic = &judge->layout->scale[scale];
    uint64_t count = 0;
    for (uint32_t i = arithmetic->least; i <= arithmetic->items; i++) {
        count += histogram[layout_cell(judge->layout, judge->questionnaire, scale, i, i * score)];
    }
    return count;
}

/*
 * Whether a mean may stand with its n. Where a scale counts only when every item was answered (four items or fewer), those who count are some of those
 * who answered each item, so the difference from every published item's number is a count too.
 */
static bool may_tell_n(const struct judge *judge, uint16_t scale, uint64_t n) {
    const struct layout_scale *arithmetic = &judge->layout->scale[scale];
    bool may = judge->base - n >= judge->k_cell;
    for (uint16_t i = 0; arithmetic->least == arithmetic->items && i < judge->questionnaire->item_count;
         i++) {
        bool counts = judge->questionnaire->item[i].scale == scale && judge->form[i] != FORM_HIDDEN;
        may = may && (!counts || judge->item[i].answered - n >= judge->k_cell);
    }
    return may;
}

static void judge_scale(struct judge *judge, uint16_t scale) {
    const struct questionnaire_scale *range = &judge->questionnaire->scale[scale];
    const uint64_t *sums = counters(judge, LAYOUT_CLASS, LAYOUT_SCALE_SUM, scale);
    uint64_t n = sums[0], whole = sums[0] * judge->layout->scale[scale].unit;
    bool safe = n >= judge->k_unit && n - at_end(judge, scale, range->score_min) >= judge->k_cell &&
                n - at_end(judge, scale, range->score_max) >= judge->k_cell;
    if (!safe) {
        hide(judge, RELEASE_SCALE, scale, RELEASE_MEAN, 0);
        return;
    }
    uint64_t tenths = (20 * sums[1] + whole) / (2 * whole); /* rounded half up; scores are not negative */
    publish(judge, RELEASE_SCALE, scale, RELEASE_MEAN, 0, tenths, may_tell_n(judge, scale, n) ? n : 0);
    if (!judge->fault) {
        judge->content->figure[judge->content->figure_count - 1].decimals = 1;
    }
}

enum fault disclosure_rule_apply(struct release_content *content, const struct round *round,
                                 const struct layout *layout, const struct combine_result *result) {
    void *memory = NULL;
    enum fault fault = secret_new(&memory, sizeof(struct judge));
    if (fault) {
        return fault;
    }
    struct judge *judge = memory;
    judge->questionnaire = round->questionnaire;
    judge->layout = layout;
    judge->total = result->total;
    judge->k_cell = round->k_cell;
    judge->k_unit = round->k_unit;
    judge->content = content;
    judge_participation(judge);
    for (uint16_t i = 0; i < round->questionnaire->item_count; i++) {
        judge_item(judge, i);
    }
    for (uint16_t i = 0; i < round->questionnaire->scale_count; i++) {
        judge_scale(judge, i);
    }
    fault = judge->fault;
    secret_free(memory);
    return fault;
}
