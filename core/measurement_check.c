/* SPDX-License-Identifier: Apache-2.0 */
#include "measurement.h"

struct sums {
    const struct layout *layout;
    const struct questionnaire *questionnaire;
    const uint64_t *sum;
    uint64_t consenting; /* answered + stopped */
};

static const struct layout_block *find(const struct sums *sums, enum layout_level level,
                                       enum layout_kind kind, uint16_t subject) {
    return layout_find(sums->layout, level, kind, subject, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE);
}

/*
 * Cannot wrap round: at most LAYOUT_COUNTERS counters, each at most the number of contributions
 * (bounds_hold).
 */
static uint64_t total(const struct sums *sums, const struct layout_block *block) {
    uint64_t result = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        result += sums->sum[block->first + i];
    }
    return result;
}

/*
 * Every counter but the scales' sums counts pupils. With this, no later addition or product can leave 64
 * bits.
 */
static bool bounds_hold(const struct sums *sums, enum layout_level level, uint64_t contributions) {
    if (contributions > UINT32_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < sums->layout->block_count; i++) {
        const struct layout_block *block = &sums->layout->block[i];
        uint32_t counted = block->kind == LAYOUT_SCALE_SUM ? 1 : block->count;
        for (uint32_t j = 0; block->level == level && j < counted; j++) {
            if (sums->sum[block->first + j] > contributions) {
                return false;
            }
        }
    }
    return true;
}

static bool participation_holds(struct sums *sums, uint64_t contributions) {
    const struct layout_block *block = find(sums, LAYOUT_CLASS, LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE);
    sums->consenting = sums->sum[block->first + ANSWERS_ANSWERED] + sums->sum[block->first + ANSWERS_STOPPED];
    return total(sums, block) == contributions;
}

static bool any_holds(const struct sums *sums, uint16_t item, uint64_t answered) {
    const struct layout_block *any = find(sums, LAYOUT_CLASS, LAYOUT_ANY, item);
    for (uint32_t i = 0; i < any->count; i++) {
        if (sums->sum[any->first + i] > answered) {
            return false;
        }
    }
    return total(sums, any) >= answered;
}

static bool class_item_holds(const struct sums *sums, uint16_t item) {
    bool one = sums->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE;
    const struct layout_block *given = find(sums, LAYOUT_CLASS, one ? LAYOUT_GROUPS : LAYOUT_ANSWERED, item);
    const struct layout_block *missing = find(sums, LAYOUT_CLASS, LAYOUT_MISSING, item);
    uint64_t answered = total(sums, given);
    return answered + total(sums, missing) == sums->consenting && (one || any_holds(sums, item, answered));
}

static bool scale_sum_holds(const struct sums *sums, uint16_t scale) {
    const struct layout_block *block = find(sums, LAYOUT_CLASS, LAYOUT_SCALE_SUM, scale);
    const struct questionnaire_scale *range = &sums->questionnaire->scale[scale];
    uint64_t n = sums->sum[block->first];
    uint64_t sum = sums->sum[block->first + 1];
    uint64_t unit = sums->layout->scale[scale].unit;
    return n <= sums->consenting && sum >= n * unit * range->score_min && sum <= n * unit * range->score_max;
}

static bool is_counted(const struct questionnaire *questionnaire, uint16_t item) {
    return questionnaire_list_of(questionnaire, item) && !questionnaire->item[item].breakdown;
}

static bool class_holds(struct sums *sums, uint64_t contributions) {
    bool holds = bounds_hold(sums, LAYOUT_CLASS, contributions) && participation_holds(sums, contributions);
    for (uint16_t i = 0; holds && i < sums->questionnaire->item_count; i++) {
        holds = !is_counted(sums->questionnaire, i) || class_item_holds(sums, i);
    }
    for (uint16_t i = 0; holds && i < sums->questionnaire->scale_count; i++) {
        holds = scale_sum_holds(sums, i);
    }
    return holds;
}

enum fault measurement_check_class(const struct layout *layout, const struct questionnaire *questionnaire,
                                   const uint64_t *sums, uint64_t contributions) {
    struct sums all = {layout, questionnaire, sums, 0};
    return class_holds(&all, contributions) ? FAULT_NONE : FAULT_BATCH_SUMS;
}

/* Sum and maximum of one coarse group's options in an OPTIONS or CHOSEN block. */
struct group {
    uint64_t total;
    uint64_t most;
};

static struct group group_of(const struct sums *sums, const struct layout_block *block, uint32_t number) {
    const struct questionnaire_list *list = questionnaire_list_of(sums->questionnaire, block->subject);
    struct group group = {0};
    for (uint32_t i = 0, rank = 0; i < list->option_count; i++) {
        if (list->option[i].kind != QUESTIONNAIRE_OPTION_ANSWER) {
            continue;
        }
        uint64_t sum = sums->sum[block->first + rank++];
        if (list->option[i].coarse == number) {
            group.total += sum;
            group.most = sum > group.most ? sum : group.most;
        }
    }
    return group;
}

static bool options_hold(const struct sums *sums, uint16_t item) {
    const struct layout_block *options = find(sums, LAYOUT_SCHOOL, LAYOUT_OPTIONS, item);
    const struct layout_block *groups = find(sums, LAYOUT_CLASS, LAYOUT_GROUPS, item);
    bool holds = true;
    for (uint32_t i = 0; holds && i < groups->count; i++) {
        holds = group_of(sums, options, i).total == sums->sum[groups->first + i];
    }
    return holds;
}

static bool breakdown_holds(const struct sums *sums, uint16_t item) {
    const struct layout_block *options = find(sums, LAYOUT_SCHOOL, LAYOUT_OPTIONS, item);
    const struct layout_block *missing = find(sums, LAYOUT_SCHOOL, LAYOUT_MISSING, item);
    return total(sums, options) + total(sums, missing) == sums->consenting;
}

static bool chosen_hold(const struct sums *sums, uint16_t item) {
    const struct layout_block *chosen = find(sums, LAYOUT_SCHOOL, LAYOUT_CHOSEN, item);
    const struct layout_block *any = find(sums, LAYOUT_CLASS, LAYOUT_ANY, item);
    bool holds = true;
    /* ANY <= ANSWERED is known by now, so the group's largest CHOSEN <= ANY covers CHOSEN <= ANSWERED. */
    for (uint32_t i = 0; holds && i < any->count; i++) {
        struct group group = group_of(sums, chosen, i);
        uint64_t sum = sums->sum[any->first + i];
        holds = group.most <= sum && sum <= group.total;
    }
    return holds;
}

static bool school_item_holds(const struct sums *sums, uint16_t item) {
    if (sums->questionnaire->item[item].breakdown) {
        return breakdown_holds(sums, item);
    }
    return sums->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE ? options_hold(sums, item)
                                                                            : chosen_hold(sums, item);
}

/* What the histogram says: how many count, their sum in units, the complete cases and their raw sum. */
struct read_off {
    uint64_t n;
    uint64_t sum;
    uint64_t complete;
    uint64_t complete_raw;
};

static struct read_off read_histogram(const struct sums *sums, const struct layout_block *block) {
    const struct layout_scale *scale = &sums->layout->scale[block->subject];
    const struct questionnaire_scale *range = &sums->questionnaire->scale[block->subject];
    struct read_off all = {0};
    const uint64_t *cell = sums->sum + block->first;
    for (uint32_t answered = scale->least; answered <= scale->items; answered++) {
        for (uint32_t raw = answered * range->score_min; raw <= answered * range->score_max; raw++, cell++) {
            all.n += *cell;
            all.sum += *cell * (raw * scale->unit / answered);
            all.complete += answered == scale->items ? *cell : 0;
            all.complete_raw += answered == scale->items ? *cell * raw : 0;
        }
    }
    return all;
}

static bool complete_holds(const struct sums *sums, uint16_t scale, const struct read_off *all) {
    const struct layout_block *block = find(sums, LAYOUT_SCHOOL, LAYOUT_COMPLETE, scale);
    const struct questionnaire_scale *range = &sums->questionnaire->scale[scale];
    const uint64_t *cell = sums->sum + block->first;
    uint64_t raw = 0;
    for (uint32_t item = 0; item < sums->layout->scale[scale].items; item++) {
        uint64_t cases = 0;
        for (uint32_t score = range->score_min; score <= range->score_max; score++, cell++) {
            cases += *cell;
            raw += *cell * score;
        }
        if (cases != all->complete) {
            return false;
        }
    }
    return raw == all->complete_raw;
}

static bool histogram_holds(const struct sums *sums, uint16_t scale) {
    const struct layout_block *block = find(sums, LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, scale);
    const struct layout_block *sum = find(sums, LAYOUT_CLASS, LAYOUT_SCALE_SUM, scale);
    /* First the total: it keeps the products below within 64 bits. */
    if (total(sums, block) != sums->consenting) {
        return false;
    }
    struct read_off all = read_histogram(sums, block);
    return all.n == sums->sum[sum->first] && all.sum == sums->sum[sum->first + 1] &&
           complete_holds(sums, scale, &all);
}

enum fault measurement_check_school(const struct layout *layout, const struct questionnaire *questionnaire,
                                    const uint64_t *sums, uint64_t contributions) {
    struct sums all = {layout, questionnaire, sums, 0};
    bool holds = class_holds(&all, contributions) && bounds_hold(&all, LAYOUT_SCHOOL, contributions);
    for (uint16_t i = 0; holds && i < questionnaire->item_count; i++) {
        holds = !questionnaire_list_of(questionnaire, i) || school_item_holds(&all, i);
    }
    for (uint16_t i = 0; holds && i < questionnaire->scale_count; i++) {
        holds = histogram_holds(&all, i);
    }
    return holds ? FAULT_NONE : FAULT_BATCH_SUMS;
}
