/* SPDX-License-Identifier: Apache-2.0 */
#include "trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report_view.h"
#include "stat_multiple.h"

/*
 * Days since a fixed one, of year * 10000 + month * 100 + day; from the counting of leap days, March first.
 */
static int day_number(uint32_t date) {
    int year = (int)(date / 10000);
    int month = (int)(date / 100 % 100);
    int day = (int)(date % 100);
    int shifted = month > 2 ? month - 3 : month + 9;
    year -= month <= 2;
    return year * 365 + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + day;
}

static int day_of_school_year(const struct release_content *content) {
    return day_number(content->first_day) - day_number(content->school_year * 10000u + 801);
}

static enum trend_basis basis_of(int *apart, const struct release_content *before,
                                 const struct release_content *now) {
    *apart = day_of_school_year(now) - day_of_school_year(before);
    if (before->school_year >= now->school_year) {
        return TREND_BASIS_ORDER;
    }
    return abs(*apart) > TREND_DAYS_APART ? TREND_BASIS_SEASON : TREND_BASIS_GOOD;
}

static bool exact(double *value, double *half, const struct release_figure *figure) {
    if (!figure || figure->status != RELEASE_PUBLISHED) {
        return false;
    }
    double unit = pow(10, -(double)figure->decimals);
    *value = figure->low * unit;
    *half = figure->decimals ? unit / 2 : 0;
    return true;
}

static const struct release_figure *scale_figure(const struct release *release, uint16_t scale,
                                                 enum release_kind kind) {
    return release_find(release, RELEASE_SCALE, scale, kind, 0);
}

bool trend_scale_side(struct trend_side *out, const struct release *release, uint16_t scale) {
    const struct release_figure *mean = scale_figure(release, scale, RELEASE_MEAN);
    const struct release_figure *error = scale_figure(release, scale, RELEASE_ERROR_CLASSES);
    double half = 0;
    *out = (struct trend_side){.sd = NAN};
    if (!exact(&out->value, &out->half, mean) || !exact(&out->error, &half, error)) {
        return false;
    }
    out->error += half;
    out->classes = error->n;
    out->n = mean->n;
    if (!exact(&out->sd, &half, scale_figure(release, scale, RELEASE_DEVIATION))) {
        out->sd = NAN;
    }
    return true;
}

/*
 * How many pupils answering by themselves one answering within a class is worth less, and over how many
 * classes that was told; 0 when nothing tells.
 */
static double design_effect(uint32_t *classes, const struct release *release, uint16_t scale) {
    struct trend_side side;
    *classes = 0;
    if (!trend_scale_side(&side, release, scale) || isnan(side.sd) || side.sd <= 0 || side.n < 2) {
        return 0;
    }
    *classes = side.classes;
    return fmax(1, side.error * side.error * side.n / (side.sd * side.sd));
}

static double largest_design_effect(uint32_t *classes, const struct release *release) {
    double largest = 0;
    *classes = 0;
    for (uint16_t i = 0; i < release_content(release)->scale_count; i++) {
        uint32_t told;
        double effect = design_effect(&told, release, i);
        if (effect > largest) {
            largest = effect;
            *classes = told;
        }
    }
    return largest;
}

static bool share_side(struct trend_side *out, const struct release *release, uint16_t item,
                       const struct release_figure *figure) {
    const struct release_content *content = release_content(release);
    uint16_t scale = content->item[item].scale;
    struct report_view view;
    *out = (struct trend_side){.sd = NAN};
    report_view_item(&view, release, RELEASE_SCHOOL, 0, item);
    if (!figure || figure->status == RELEASE_HIDDEN || view.answered_low == 0) {
        return false;
    }
    double low = (double)figure->low / view.answered_high;
    double high = fmin(1, (double)figure->high / view.answered_low);
    double answered = (view.answered_low + view.answered_high) / 2.0;
    if (high - low > 2 * TREND_HALF) {
        return false;
    }
    out->half = (high - low) / 2;
    double effect = scale == QUESTIONNAIRE_NONE ? 0 : design_effect(&out->classes, release, scale);
    if (effect <= 0) {
        effect = largest_design_effect(&out->classes, release);
    }
    out->value = (low + high) / 2;
    out->n = effect > 0 ? answered / effect : answered;
    return true;
}

static uint8_t published_decimals(const struct release *before, uint16_t old, const struct release *now,
                                  uint16_t scale) {
    const struct release_figure *a = scale_figure(before, old, RELEASE_MEAN);
    const struct release_figure *b = scale_figure(now, scale, RELEASE_MEAN);
    return a->decimals > b->decimals ? a->decimals : b->decimals;
}

static void compare_scale(struct trend_line *line, const struct release *before, const struct release *now,
                          uint16_t scale) {
    const struct release_content *old = release_content(before);
    const struct release_scale *wanted = &release_content(now)->scale[scale];
    struct trend_side sides[2];
    uint16_t found = 0;
    *line = (struct trend_line){
        .about = RELEASE_SCALE, .subject = scale, .kind = RELEASE_MEAN, .state = TREND_NEW};
    for (uint16_t i = 0; i < old->scale_count; i++) {
        if (strcmp(old->scale[i].name, wanted->name) != 0) {
            continue;
        }
        line->state = TREND_CHANGED;
        found = i;
        if (memcmp(old->scale[i].digest, wanted->digest, DIGEST_BYTES) == 0) {
            bool told = trend_scale_side(&sides[0], before, i) && trend_scale_side(&sides[1], now, scale);
            line->state = told ? TREND_COMPARED : TREND_HIDDEN;
        }
    }
    if (line->state == TREND_COMPARED) {
        line->before = sides[0].value;
        line->now = sides[1].value;
        line->half[0] = sides[0].half;
        line->half[1] = sides[1].half;
        line->decimals = published_decimals(before, found, now, scale);
        trend_mean(&line->change, &sides[0], &sides[1]);
    }
}

static void compare_cell(struct trend_line *line, const struct release *before, const struct release *now,
                         const struct release_figure *figure) {
    const struct release_content *old = release_content(before);
    const struct release_item *wanted = &release_content(now)->item[figure->subject];
    struct trend_side sides[2];
    *line = (struct trend_line){.about = RELEASE_ITEM,
                                .subject = figure->subject,
                                .kind = figure->kind,
                                .index = figure->index,
                                .state = TREND_NEW};
    for (uint16_t i = 0; i < old->item_count; i++) {
        if (strcmp(old->item[i].name, wanted->name) != 0) {
            continue;
        }
        line->state = TREND_CHANGED;
        if (memcmp(old->item[i].digest, wanted->digest, DIGEST_BYTES) == 0) {
            const struct release_figure *same =
                release_find(before, RELEASE_ITEM, i, figure->kind, figure->index);
            bool told =
                share_side(&sides[0], before, i, same) && share_side(&sides[1], now, figure->subject, figure);
            line->state = told ? TREND_COMPARED : TREND_HIDDEN;
        }
    }
    if (line->state == TREND_COMPARED) {
        line->before = sides[0].value;
        line->now = sides[1].value;
        line->half[0] = sides[0].half;
        line->half[1] = sides[1].half;
        trend_share(&line->change, &sides[0], &sides[1]);
    }
}

static bool is_judged(const struct trend_line *line, enum release_subject about) {
    return line->about == about && line->state == TREND_COMPARED && line->change.verdict != TREND_TOO_FEW;
}

/* Looking at many makes one stand out by chance: all that were compared of one kind count. More than Holm has room
 * for are each held against all of them, which is stricter. */
static void adjust(struct trend *trend, enum release_subject about) {
    double p[STAT_MULTIPLE_MOST] = {0};
    size_t count = 0;
    for (size_t i = 0; i < trend->count; i++) {
        if (is_judged(&trend->line[i], about)) {
            if (count < STAT_MULTIPLE_MOST) {
                p[count] = trend->line[i].change.p;
            }
            count++;
        }
    }
    bool fits = count <= STAT_MULTIPLE_MOST;
    if (fits) {
        stat_multiple_holm(p, p, count);
    }
    for (size_t i = 0, at = 0; i < trend->count; i++) {
        struct trend_change *change = &trend->line[i].change;
        if (is_judged(&trend->line[i], about)) {
            change->adjusted = fits ? p[at] : fmin(1, change->p * (double)count);
            change->verdict = change->adjusted < 0.05 ? TREND_HARD : TREND_CHANCE;
            trend_least(change, count);
            at++;
        }
    }
}

static bool is_cell(const struct release_figure *figure) {
    return figure->level == RELEASE_SCHOOL && figure->about == RELEASE_ITEM &&
           (figure->kind == RELEASE_OPTION || figure->kind == RELEASE_GROUP);
}

enum fault trend_compare(struct trend *out, const struct release *before, const struct release *now) {
    const struct release_content *content = release_content(now);
    *out = (struct trend){0};
    out->basis = basis_of(&out->days_apart, release_content(before), content);
    if (out->basis != TREND_BASIS_GOOD) {
        return FAULT_NONE;
    }
    out->line = calloc((size_t)content->scale_count + content->figure_count + 1, sizeof *out->line);
    if (!out->line) {
        return FAULT_MEMORY;
    }
    for (uint16_t i = 0; i < content->scale_count; i++) {
        compare_scale(&out->line[out->count++], before, now, i);
    }
    for (uint32_t i = 0; i < content->figure_count; i++) {
        if (is_cell(&content->figure[i])) {
            compare_cell(&out->line[out->count++], before, now, &content->figure[i]);
        }
    }
    adjust(out, RELEASE_SCALE);
    adjust(out, RELEASE_ITEM);
    return FAULT_NONE;
}

void trend_release(struct trend *trend) {
    free(trend->line);
    *trend = (struct trend){0};
}
