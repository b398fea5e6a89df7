/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_mean.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "disclosure_figures.h"
#include "disclosure_switch.h"

enum {
    LEAST_ITEMS_IN_CLASS = 3, /* a class's mean of fewer is nearly the item itself */
    LEAST_FOR_SPREAD = 100,   /* pupils, for alpha, deviation and error */
    LEAST_BATCHES = 5         /* for the error with batches as clusters */
};

enum fault disclosure_mean_init(struct disclosure_mean *out, const struct disclosure_school *school,
                                uint16_t scale, const struct disclosure_presence *presence) {
    *out = (struct disclosure_mean){.school = school, .scale = scale};
    out->item_room = school->questionnaire->scale[scale].item_count;
    out->item = calloc(out->item_room, sizeof *out->item);
    out->told = calloc(school->node_count + (size_t)1, sizeof *out->told);
    out->outside = calloc(school->node_count + (size_t)1, sizeof *out->outside);
    if (!out->item || !out->told || !out->outside) {
        return FAULT_MEMORY;
    }
    enum fault fault = disclosure_table_init(&out->scores, school);
    fault = fault ? fault : disclosure_table_add_scores(&out->scores, scale);
    fault = fault ? fault : disclosure_presence_add(presence, &out->scores);
    return fault ? fault : disclosure_table_judge(&out->scores);
}

void disclosure_mean_release(struct disclosure_mean *mean) {
    for (uint32_t i = 0; i < mean->item_count; i++) {
        disclosure_table_release(&mean->item[i]);
    }
    disclosure_table_release(&mean->scores);
    free(mean->item);
    free(mean->told);
    free(mean->outside);
    *mean = (struct disclosure_mean){0};
}

struct disclosure_table *disclosure_mean_table(struct disclosure_mean *mean) {
    return &mean->item[mean->item_count++];
}

/* The exact mean of a node is sum / (n * unit). */
struct exact_mean {
    uint64_t n, sum, whole; /* whole = n * unit */
    uint64_t tenths;        /* rounded half up */
};

static struct exact_mean exact(const struct disclosure_mean *mean, uint32_t node) {
    const uint64_t *sums =
        disclosure_school_counters(mean->school, node, LAYOUT_CLASS, LAYOUT_SCALE_SUM, mean->scale);
    struct exact_mean found = {.n = sums[0], .sum = sums[1]};
    found.whole = found.n * mean->school->layout->scale[mean->scale].unit;
    found.tenths = found.whole ? (20 * found.sum + found.whole) / (2 * found.whole) : 0;
    return found;
}

/* Whether a node's mean is listed at all, by what everybody knows. */
static bool is_candidate(const struct disclosure_mean *mean, uint32_t node) {
    const struct disclosure_node *at = &mean->school->node[node];
    const struct questionnaire_scale *scale = &mean->school->questionnaire->scale[mean->scale];
    if (at->unlisted) {
        return false;
    }
    if (!disclosure_keeps(DISCLOSURE_MEANS)) {
        return true;
    }
    return !at->is_class || (scale->item_count >= LEAST_ITEMS_IN_CLASS &&
                             (!disclosure_school_is_class(mean->school, at) ||
                              disclosure_school_in_class(mean->school, scale->subject)));
}

/* The lowest and highest score of a group after reversing. */
static void group_range(uint32_t *low, uint32_t *high, const struct questionnaire *questionnaire,
                        uint16_t item, uint16_t group) {
    const struct questionnaire_list *options = questionnaire_list_of(questionnaire, item);
    *low = UINT32_MAX;
    *high = 0;
    for (uint16_t i = 0; i < options->option_count; i++) {
        const struct questionnaire_option *option = &options->option[i];
        if (option->kind == QUESTIONNAIRE_OPTION_ANSWER && option->coarse == group) {
            uint32_t score = disclosure_table_score(questionnaire, item, i);
            *low = score < *low ? score : *low;
            *high = score > *high ? score : *high;
        }
    }
}

/* What a told mean says of one cell: scores in twentieths, less the told mean, so that whoever gives no answer weighs nothing. */
struct weighing {
    int32_t least, greatest;
};

static struct weighing weigh(const struct disclosure_mean *mean, uint32_t node, uint16_t item, uint16_t index,
                             uint64_t tenths) {
    const struct questionnaire *questionnaire = mean->school->questionnaire;
    uint32_t low, high;
    if (mean->school->node[node].pooled) {
        low = high = disclosure_table_score(questionnaire, item, index);
    } else {
        group_range(&low, &high, questionnaire, item, index);
    }
    return (struct weighing){20 * (int32_t)low - 2 * (int32_t)tenths,
                             20 * (int32_t)high - 2 * (int32_t)tenths};
}

static uint32_t cell_at(const struct disclosure_mean *mean, const struct disclosure_table *table,
                        uint32_t node, uint16_t index) {
    const struct disclosure_cells *cells = &table->cells[node];
    return mean->school->node[node].pooled ? cells->option[index] : cells->group[index];
}

/*
 * How far one item may move the scores of a node, all other items as they are, in twentieths: the mean lies from tenths*2-1 up to and without tenths*2+1. In a pooled
 * node scores are known by option, so the room is exact; in a class they are known by group, and may be anywhere in it.
 */
static void find_room(int64_t room[2], const struct disclosure_mean *mean, uint32_t node) {
    const struct exact_mean is = exact(mean, node);
    int64_t items = mean->school->questionnaire->scale[mean->scale].item_count, n = (int64_t)is.n;
    int64_t unit = (int64_t)mean->school->layout->scale[mean->scale].unit, low = 0, high = 0;
    if (mean->school->node[node].pooled) {
        int64_t above = (20 * (int64_t)is.sum - 2 * (int64_t)is.tenths * (int64_t)is.whole) * items / unit;
        room[0] = n * items + above;
        room[1] = n * items - above - 1;
    } else {
        for (uint32_t i = 0; i < mean->item_count; i++) {
            for (uint16_t j = 0; j < QUESTIONNAIRE_OPTIONS; j++) {
                uint32_t cell = cell_at(mean, &mean->item[i], node, j);
                if (cell != DISCLOSURE_NO_CELL) {
                    struct weighing by = weigh(mean, node, mean->item[i].subject[0], j, is.tenths);
                    low += by.least * (int64_t)mean->item[i].protect.cell[cell].value;
                    high += by.greatest * (int64_t)mean->item[i].protect.cell[cell].value;
                }
            }
        }
        room[0] = n * items + high;
        room[1] = n * items - low - 1;
    }
    room[0] = room[0] > 0 ? room[0] : 0;
    room[1] = room[1] > 0 ? room[1] : 0;
}

/*
 * A told mean is one more cell, banded to its room: a weighed sum of cells in the node, from an arbitrary base. Hiding it costs next to nothing, so that it goes
 * before any count does.
 */
struct bound {
    uint32_t cell[QUESTIONNAIRE_OPTIONS];
    int32_t factor[QUESTIONNAIRE_OPTIONS];
    uint16_t count;
    int64_t down, up; /* how far the sum may move; negative: any way */
};

static void add_bound(const struct disclosure_mean *mean, struct protect *protect, uint32_t node,
                      const struct bound *bound) {
    const struct disclosure_node *at = &mean->school->node[node];
    int64_t reach = (bound->down > 0 ? bound->down : 0) + (bound->up > 0 ? bound->up : 0);
    int64_t base = 2 * reach + 240 * (int64_t)at->contributions * (QUESTIONNAIRE_SCORE_LIMIT + 1);
    double weight = at->level == RELEASE_SCHOOL ? 1e-3 : at->level == RELEASE_YEAR ? 1e-4 : 1e-5;
    uint32_t told = protect_add(protect, node, (uint32_t)base, (uint32_t)(2 * base), weight);
    if (protect->fault) {
        return;
    }
    protect->cell[told].state = mean->told[node] ? PROTECT_BANDED : PROTECT_HIDDEN;
    protect->cell[told].low = bound->down < 0 ? 0 : (uint32_t)(base - bound->down);
    protect->cell[told].high = (uint32_t)(bound->up < 0 ? 2 * base : base + bound->up);
    protect_begin(protect);
    protect_term(protect, told, -1);
    for (uint16_t i = 0; i < bound->count; i++) {
        protect_term(protect, bound->cell[i], bound->factor[i]);
    }
    protect_end_equal(protect);
}

/* What a told mean says of one item in its node: `way` 0 downwards, 1 upwards, 2 both at once. */
static void add_item_bound(const struct disclosure_mean *mean, struct disclosure_table *table, uint32_t node,
                           int way) {
    const struct exact_mean is = exact(mean, node);
    struct bound bound = {.count = 0};
    int64_t room[2];
    find_room(room, mean, node);
    bound.down = way == 1 ? -1 : room[0];
    bound.up = way == 0 ? -1 : room[1];
    for (uint16_t j = 0; j < QUESTIONNAIRE_OPTIONS; j++) {
        uint32_t cell = cell_at(mean, table, node, j);
        if (cell != DISCLOSURE_NO_CELL) {
            struct weighing by = weigh(mean, node, table->subject[0], j, is.tenths);
            bound.cell[bound.count] = cell;
            bound.factor[bound.count++] = way == 0 ? by.greatest : by.least;
        }
    }
    add_bound(mean, &table->protect, node, &bound);
}

static void add_mean(const struct disclosure_mean *mean, struct disclosure_table *table, uint32_t node) {
    if (mean->school->node[node].pooled) {
        add_item_bound(mean, table, node, 2);
    } else {
        add_item_bound(mean, table, node, 0);
        add_item_bound(mean, table, node, 1);
    }
}

/* And of the distribution: the mean lies between those of everybody at the lower, and at the upper end of his bin. */
static void add_bin_bounds(struct disclosure_mean *mean, uint32_t node) {
    const struct questionnaire_scale *range = &mean->school->questionnaire->scale[mean->scale];
    const struct disclosure_cells *cells = &mean->scores.cells[node];
    struct protect *protect = &mean->scores.protect;
    int32_t bins = release_bins(range->score_min, range->score_max),
            span = range->score_max - range->score_min;
    int32_t tenths = (int32_t)exact(mean, node).tenths;
    for (int way = 0; way < 2; way++) {
        struct bound bound = {.count = 0};
        int64_t now = 0;
        for (int32_t i = 0; i < bins; i++) {
            int32_t edge = range->score_min * bins + (i + 1 - way) * span;
            bound.cell[i] = cells->option[i];
            bound.factor[i] = 20 * edge - (2 * tenths + (way ? 1 : -1)) * bins;
            now += (int64_t)bound.factor[i] * protect->cell[cells->option[i]].value;
        }
        bound.count = (uint16_t)bins;
        bound.down = way ? -1 : now > 0 ? now : 0;
        bound.up = !way ? -1 : now < 0 ? -now : 0;
        add_bound(mean, protect, node, &bound);
    }
}

/*
 * Whoever does not count lacks at least m - least + 1 answers, whoever counts lacks at most m - least. As far as the number who does not count is known, that binds this
 * item's missing to the others'.
 */
static void add_not_counted(const struct disclosure_mean *mean, struct disclosure_table *table,
                            uint32_t node) {
    const struct layout_scale *arithmetic = &mean->school->layout->scale[mean->scale];
    uint32_t own = table->cells[node].missing;
    int64_t n = mean->school->node[node].contributions, others = 0;
    int64_t fewest = mean->outside[node].least, greatest = mean->outside[node].most;
    if (!mean->school->node[node].pooled || (fewest == 0 && greatest == n) || own == DISCLOSURE_NO_CELL) {
        return;
    }
    for (uint32_t i = 0; i < mean->item_count; i++) {
        uint32_t other = mean->item[i].cells[node].missing;
        others += &mean->item[i] == table ? 0 : mean->item[i].protect.cell[other].value;
    }
    int64_t slack = arithmetic->items - arithmetic->least;
    int64_t most = (int64_t)arithmetic->items * greatest + slack * (n - greatest) - others;
    int64_t least = (slack + 1) * fewest - others;
    if (slack == 0 && most > greatest) {
        most = greatest;
    }
    int64_t truth = table->protect.cell[own].value;
    protect_begin(&table->protect);
    protect_term(&table->protect, own, 1);
    protect_end_at_most(&table->protect, most > truth ? most : truth);
    protect_begin(&table->protect);
    protect_term(&table->protect, own, -1);
    protect_end_at_most(&table->protect, -(least < truth ? least : truth));
}

/* An item's problem with more in it for a while. */
struct extended {
    struct protect *protect;
    uint32_t cells, relations, terms;
};

static struct extended extend(const struct disclosure_mean *mean, struct disclosure_table *table) {
    struct protect *protect = &table->protect;
    struct extended now = {protect, protect->cell_count, protect->relation_count, protect->term_count};
    for (uint32_t i = 0; i < mean->school->node_count; i++) {
        add_not_counted(mean, table, i);
    }
    return now;
}

static void reduce(const struct extended *before) {
    before->protect->cell_count = before->cells;
    before->protect->relation_count = before->relations;
    before->protect->term_count = before->terms;
}

static void hide_all(struct protect *protect) {
    for (uint32_t i = 0; i < protect->cell_count; i++) {
        protect->cell[i].state = PROTECT_HIDDEN;
    }
}

/* Between what and what the number who does not count is known to lie. */
static enum fault find_outside(struct disclosure_mean *mean) {
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; !fault && i < mean->school->node_count; i++) {
        uint32_t cell = mean->scores.cells[i].missing;
        if (cell != DISCLOSURE_NO_CELL) {
            fault =
                protect_range(&mean->outside[i].least, &mean->outside[i].most, &mean->scores.protect, cell);
        }
    }
    return fault;
}

/* Whether the distribution tells too much of any item; it goes altogether then. */
static enum fault audit_scores(struct disclosure_mean *mean) {
    enum fault fault = find_outside(mean);
    bool holds = true;
    for (uint32_t i = 0; !fault && holds && i < mean->item_count; i++) {
        struct extended item = extend(mean, &mean->item[i]);
        fault = item.protect->fault ? item.protect->fault : protect_audit(&holds, item.protect, NULL);
        reduce(&item);
    }
    if (!holds) {
        hide_all(&mean->scores.protect);
        fault = fault ? fault : find_outside(mean);
    }
    return fault;
}

/*
 * Where so many answers are missing that a small number of pupils who do not count would follow from that, nothing of the items is told: nothing less is sure to help.
 */
static void audit_missing(struct disclosure_mean *mean) {
    const struct layout_scale *arithmetic = &mean->school->layout->scale[mean->scale];
    for (uint32_t i = 0; i < mean->school->node_count; i++) {
        uint32_t cell = mean->scores.cells[i].missing;
        uint64_t missing = 0, allowed = (uint64_t)(arithmetic->items - arithmetic->least) *
                                        mean->school->node[i].contributions;
        for (uint32_t j = 0; cell != DISCLOSURE_NO_CELL && j < mean->item_count; j++) {
            missing += mean->item[j].protect.cell[mean->item[j].cells[i].missing].value;
        }
        if (cell == DISCLOSURE_NO_CELL || arithmetic->items == arithmetic->least || missing <= allowed ||
            mean->scores.protect.cell[cell].value >= mean->school->k_cell) {
            continue;
        }
        for (uint32_t j = 0; j < mean->item_count; j++) {
            hide_all(&mean->item[j].protect);
        }
    }
}

/* Hides the means that the distribution cannot bear. */
static enum fault audit_bins(struct disclosure_mean *mean) {
    struct protect *protect = &mean->scores.protect;
    struct extended scores = {protect, protect->cell_count, protect->relation_count, protect->term_count};
    for (uint32_t i = 0; i < mean->school->node_count; i++) {
        if (mean->told[i] && mean->school->node[i].pooled) {
            add_bin_bounds(mean, i);
        }
    }
    protect_forget(protect);
    enum fault fault = protect_run(protect);
    for (uint32_t i = scores.cells; !fault && i < protect->cell_count; i++) {
        if (protect->cell[i].state == PROTECT_HIDDEN) {
            mean->told[disclosure_table_node_of(&mean->scores, i)] = false;
        }
    }
    reduce(&scores);
    return fault;
}

/* Hides the means that an item cannot bear. */
static enum fault audit_means(struct disclosure_mean *mean, struct disclosure_table *table) {
    struct extended item = extend(mean, table);
    for (uint32_t i = 0; i < mean->school->node_count; i++) {
        if (mean->told[i]) {
            add_mean(mean, table, i);
        }
    }
    protect_forget(item.protect);
    enum fault fault = protect_run(item.protect);
    for (uint32_t i = item.cells; !fault && i < item.protect->cell_count; i++) {
        if (item.protect->cell[i].state == PROTECT_HIDDEN) {
            mean->told[disclosure_table_node_of(table, i)] = false;
        }
    }
    reduce(&item);
    return fault;
}

enum fault disclosure_mean_audit(struct disclosure_mean *mean) {
    if (!disclosure_keeps(DISCLOSURE_MEANS)) {
        for (uint32_t i = 0; i < mean->school->node_count; i++) {
            mean->told[i] = is_candidate(mean, i) && exact(mean, i).n > 0;
        }
        return FAULT_NONE;
    }
    audit_missing(mean);
    for (uint32_t i = 0; i < mean->school->node_count; i++) {
        const struct disclosure_node *node = &mean->school->node[i];
        mean->told[i] = is_candidate(mean, i) && !node->small && exact(mean, i).n >= mean->school->k_unit;
    }
    enum fault fault = audit_bins(mean);
    fault = fault ? fault : audit_scores(mean);
    for (uint32_t i = 0; !fault && i < mean->item_count; i++) {
        fault = audit_means(mean, &mean->item[i]);
    }
    return fault;
}

static enum fault put_number(struct release_content *content, const struct disclosure_mean *mean,
                             uint32_t node, enum release_kind kind, bool told, double value, uint8_t decimals,
                             uint64_t n) {
    const struct disclosure_node *at = &mean->school->node[node];
    struct release_figure figure = {.level = at->level,
                                    .unit = at->unit,
                                    .about = RELEASE_SCALE,
                                    .subject = mean->scale,
                                    .kind = kind,
                                    .status = RELEASE_HIDDEN};
    if (told) {
        figure.status = RELEASE_PUBLISHED;
        figure.low = figure.high = (uint32_t)lround(value);
        figure.decimals = decimals;
        figure.n = (uint32_t)n;
    }
    return disclosure_figures_put(content, &figure);
}

/* The mean, with the number of pupils where the distribution tells it too. */
static enum fault put_mean(struct release_content *content, const struct disclosure_mean *mean,
                           uint32_t node) {
    const struct exact_mean is = exact(mean, node);
    uint32_t missing = mean->scores.cells[node].missing;
    bool n_told = missing != DISCLOSURE_NO_CELL && !mean->school->node[node].is_class &&
                  mean->scores.protect.cell[missing].state == PROTECT_EXACT;
    return put_number(content, mean, node, RELEASE_MEAN, mean->told[node], (double)is.tenths, 1,
                      n_told ? is.n : 0);
}

/* Variance of pupils' scores, in score units; whole numbers up to the last division. */
static double variance_of(const struct disclosure_mean *mean, bool complete_only, double *n) {
    const struct disclosure_school *school = mean->school;
    const struct questionnaire_scale *range = &school->questionnaire->scale[mean->scale];
    const struct layout_scale *arithmetic = &school->layout->scale[mean->scale];
    const uint64_t *histogram =
        disclosure_school_counters(school, 0, LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, mean->scale);
    double count = 0, sum = 0, squares = 0;
    for (uint32_t a = complete_only ? arithmetic->items : arithmetic->least; a <= arithmetic->items; a++) {
        for (uint32_t raw = a * range->score_min; raw <= a * range->score_max; raw++) {
            double pupils =
                (double)histogram[layout_cell(school->layout, school->questionnaire, mean->scale, a, raw)];
            double score = complete_only ? raw : (double)raw / a;
            count += pupils;
            sum += pupils * score;
            squares += pupils * score * score;
        }
    }
    *n = count;
    return count > 1 ? (squares - sum * sum / count) / (count - 1) : 0;
}

/* Cronbach 1951: k/(k-1) (1 - sum of item variances / variance of the sum), over complete cases. */
static double alpha_of(const struct disclosure_mean *mean, double *n) {
    const struct questionnaire_scale *range = &mean->school->questionnaire->scale[mean->scale];
    const uint64_t *count =
        disclosure_school_counters(mean->school, 0, LAYOUT_SCHOOL, LAYOUT_COMPLETE, mean->scale);
    double whole = variance_of(mean, true, n), parts = 0, k = range->item_count;
    for (uint16_t i = 0; i < range->item_count; i++) {
        double sum = 0, squares = 0;
        for (uint32_t score = range->score_min; score <= range->score_max; score++) {
            double pupils = (double)*count++;
            sum += pupils * score;
            squares += pupils * score * score;
        }
        parts += *n > 1 ? (squares - sum * sum / *n) / (*n - 1) : 0;
    }
    return whole > 0 ? k / (k - 1) * (1 - parts / whole) : 0;
}

/* Binder 1983, with batches as clusters: m/(m-1) times the sum of squares of sum - n * mean, over n squared. */
static double error_of(const struct disclosure_mean *mean, uint32_t *batches) {
    const struct disclosure_school *school = mean->school;
    const struct exact_mean all = exact(mean, 0);
    double unit = (double)school->layout->scale[mean->scale].unit, squares = 0;
    double middle = all.n ? (double)all.sum / ((double)all.n * unit) : 0;
    *batches = 0;
    for (uint32_t i = 0; i < school->node_count; i++) {
        if (school->node[i].is_class) {
            const struct exact_mean is = exact(mean, i);
            double residual = (double)is.sum / unit - (double)is.n * middle;
            squares += residual * residual;
            *batches += 1;
        }
    }
    double m = *batches;
    return m > 1 && all.n ? sqrt(m / (m - 1) * squares) / (double)all.n : 0;
}

/*
 * Alpha and the deviation together say how far the variances of the items go, and so what the counts can be. Where all of them are told exactly, that is nothing new; else alpha is not
 * told to a tenth only, which leaves a tenth or more of the variances open. `content` has the items' figures already.
 */
static bool bears_alpha(const struct release_content *content, const struct disclosure_mean *mean) {
    const struct questionnaire *questionnaire = mean->school->questionnaire;
    bool exact = true;
    for (uint32_t i = 0; exact && i < content->figure_count; i++) {
        const struct release_figure *figure = &content->figure[i];
        exact = figure->level != RELEASE_SCHOOL || figure->about != RELEASE_ITEM ||
                questionnaire->item[figure->subject].scale != mean->scale ||
                figure->status == RELEASE_PUBLISHED;
    }
    return exact || !disclosure_keeps(DISCLOSURE_MEANS);
}

/* What comparisons need. These hang on how answers go together within pupils and on large numbers, not on any cell. */
static enum fault put_spread(struct release_content *content, const struct disclosure_mean *mean) {
    const struct questionnaire_scale *scale = &mean->school->questionnaire->scale[mean->scale];
    double n, complete;
    uint32_t batches;
    double deviation = sqrt(variance_of(mean, false, &n));
    double alpha = alpha_of(mean, &complete), error = error_of(mean, &batches);
    bool told = mean->told[0] && n >= LEAST_FOR_SPREAD;
    enum fault fault = put_number(content, mean, 0, RELEASE_DEVIATION, told, 100 * deviation, 2, 0);
    fault = fault ? fault
                  : put_number(content, mean, 0, RELEASE_ERROR_CLASSES, told && batches >= LEAST_BATCHES,
                               1000 * error, 3, batches);
    if (!fault && !scale->formative) {
        bool known = told && complete >= LEAST_FOR_SPREAD && alpha > 0;
        fault = put_number(content, mean, 0, RELEASE_ALPHA, known, 100 * alpha, 2, 0);
        if (!fault && known && !bears_alpha(content, mean)) {
            struct release_figure *figure = &content->figure[content->figure_count - 1];
            figure->status = RELEASE_BANDED;
            figure->low -= figure->low % 10;
            figure->high = figure->low + 9;
        }
    }
    return fault;
}

enum fault disclosure_mean_figures(struct release_content *content, const struct disclosure_mean *mean) {
    enum fault fault = disclosure_figures_add(content, &mean->scores);
    for (uint32_t i = 0; !fault && i < mean->item_count; i++) {
        fault = disclosure_figures_add(content, &mean->item[i]);
    }
    for (uint32_t i = 0; !fault && i < mean->school->node_count; i++) {
        fault = is_candidate(mean, i) ? put_mean(content, mean, i) : FAULT_NONE;
    }
    return fault ? fault : put_spread(content, mean);
}
