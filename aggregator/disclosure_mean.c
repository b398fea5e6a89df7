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

/*
 * A mean so near to an end of the scale that fewer than k_cell - 1 who count could be a step away from it
 * tells what everybody said.
 */
static bool leaves_room(const struct disclosure_mean *mean, const struct exact_mean *is) {
    const struct questionnaire_scale *range = &mean->school->questionnaire->scale[mean->scale];
    uint64_t needed = 20 * (uint64_t)(mean->school->k_cell - 1);
    return is->n * (20 * (uint64_t)range->score_max + 1 - 2 * is->tenths) >= needed &&
           is->n * (2 * is->tenths + 1 - 20 * (uint64_t)range->score_min) >= needed;
}

/*
 * Binder 1983, with batches as clusters: m/(m-1) times the sum of squares of sum - n * mean, over n squared.
 */
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
 * What the error, told in thousandths, says of each batch: all residuals add up to 0, so that none is above
 * error * n * (m - 1) / m. 0 when it is not told.
 */
static double far_of(const struct disclosure_mean *mean) {
    uint32_t batches;
    double thousandths = round(1000 * error_of(mean, &batches)), n = (double)exact(mean, 0).n;
    bool candidate = disclosure_keeps(DISCLOSURE_MEANS) && n >= LEAST_FOR_SPREAD && batches >= LEAST_BATCHES;
    return candidate ? (thousandths + 0.5) / 1000 * n * (batches - 1) / batches : 0;
}

/* Which means may be told, as tenths, before anything is judged. */
static enum fault make_whole(struct disclosure_mean *mean, const struct disclosure_presence *presence) {
    const struct disclosure_school *school = mean->school;
    bool *told = calloc(school->node_count + (size_t)1, sizeof *told);
    uint64_t *tenths = calloc(school->node_count + (size_t)1, sizeof *tenths);
    enum fault fault = told && tenths ? FAULT_NONE : FAULT_MEMORY;
    for (uint32_t i = 0; !fault && i < school->node_count; i++) {
        const struct exact_mean is = exact(mean, i);
        told[i] = disclosure_keeps(DISCLOSURE_MEANS) && is_candidate(mean, i) && !school->node[i].small &&
                  is.n >= school->k_unit && leaves_room(mean, &is);
        tenths[i] = is.tenths;
    }
    const struct disclosure_scale_candidates candidates = {told, tenths, far_of(mean)};
    fault = fault ? fault : disclosure_scale_init(&mean->whole, school, mean->scale, presence, &candidates);
    free(told);
    free(tenths);
    return fault;
}

enum fault disclosure_mean_init(struct disclosure_mean *out, const struct disclosure_school *school,
                                uint16_t scale, const struct disclosure_presence *presence) {
    struct disclosure_table scores = {0};
    *out = (struct disclosure_mean){.school = school, .scale = scale};
    enum fault fault = make_whole(out, presence);
    fault = fault ? fault : disclosure_table_init(&scores, school);
    fault = fault ? fault : disclosure_table_add_scores(&scores, scale);
    fault = fault ? fault : disclosure_presence_add(presence, &scores);
    fault = fault ? fault : disclosure_table_judge(&scores);
    if (!fault) {
        disclosure_scale_hide(&out->whole, &scores);
    }
    disclosure_table_release(&scores);
    return fault;
}

void disclosure_mean_release(struct disclosure_mean *mean) {
    disclosure_scale_release(&mean->whole);
    *mean = (struct disclosure_mean){0};
}

static bool tells_mean(const struct disclosure_mean *mean, uint32_t node) {
    return disclosure_keeps(DISCLOSURE_MEANS) ? disclosure_scale_tells_mean(&mean->whole, node)
                                              : is_candidate(mean, node) && exact(mean, node).n > 0;
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
    const struct disclosure_table *table = &mean->whole.table;
    uint32_t missing = table->cells[(size_t)mean->whole.scores * mean->school->node_count + node].missing;
    bool n_told = missing != DISCLOSURE_NO_CELL && !mean->school->node[node].is_class &&
                  table->protect.cell[missing].state == PROTECT_EXACT;
    return put_number(content, mean, node, RELEASE_MEAN, tells_mean(mean, node), (double)is.tenths, 1,
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

/*
 * Alpha and the deviation together say how far the variances of the items go, and so what the counts can be.
 * Where all of them are told exactly, that is nothing new; else alpha is not told to a tenth only, which
 * leaves a tenth or more of the variances open. `content` has the items' figures already.
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

/*
 * What comparisons need. These hang on how answers go together within pupils and on large numbers, not on any
 * cell.
 */
static enum fault put_spread(struct release_content *content, const struct disclosure_mean *mean) {
    const struct questionnaire_scale *scale = &mean->school->questionnaire->scale[mean->scale];
    double n, complete;
    uint32_t batches;
    double deviation = sqrt(variance_of(mean, false, &n));
    double alpha = alpha_of(mean, &complete), error = error_of(mean, &batches);
    bool told = tells_mean(mean, 0) && n >= LEAST_FOR_SPREAD;
    enum fault fault = put_number(content, mean, 0, RELEASE_DEVIATION, told, 100 * deviation, 2, 0);
    bool error_told = told && batches >= LEAST_BATCHES && disclosure_scale_tells_error(&mean->whole);
    fault = fault ? fault
                  : put_number(content, mean, 0, RELEASE_ERROR_CLASSES, error_told, 1000 * error, 3, batches);
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
    enum fault fault = disclosure_figures_add(content, &mean->whole.table);
    for (uint32_t i = 0; !fault && i < mean->school->node_count; i++) {
        fault = is_candidate(mean, i) ? put_mean(content, mean, i) : FAULT_NONE;
    }
    return fault ? fault : put_spread(content, mean);
}
