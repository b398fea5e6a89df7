/* SPDX-License-Identifier: Apache-2.0 */
#include "reference.h"

#include <math.h>

#include "stat_multiple.h"

static void compare(struct reference_line *line, const struct release *release,
                    const struct questionnaire_reference *reference) {
    struct trend_side school;
    const struct trend_side elsewhere = {.value = reference->mean / 1000.0,
                                         .half = 0.0005,
                                         .error = reference->deviation / 1000.0 / sqrt(reference->pupils),
                                         .sd = reference->deviation / 1000.0,
                                         .n = reference->pupils,
                                         .classes = UINT32_MAX};
    *line = (struct reference_line){.reference = reference};
    line->is_told = trend_scale_side(&school, release, reference->scale);
    if (line->is_told) {
        line->mean = school.value;
        trend_mean(&line->change, &elsewhere, &school);
    }
}

static bool is_judged(const struct reference_line *line) {
    return line->is_told && line->change.verdict != TREND_TOO_FEW;
}

static void adjust(struct reference_list *list) {
    double p[QUESTIONNAIRE_REFERENCES] = {0};
    size_t count = 0;
    for (uint16_t i = 0; i < list->count; i++) {
        if (is_judged(&list->line[i])) {
            p[count++] = list->line[i].change.p;
        }
    }
    stat_multiple_holm(p, p, count);
    count = 0;
    for (uint16_t i = 0; i < list->count; i++) {
        if (is_judged(&list->line[i])) {
            struct trend_change *change = &list->line[i].change;
            change->adjusted = p[count++];
            change->verdict = change->adjusted < 0.05 ? TREND_HARD : TREND_CHANCE;
        }
    }
}

void reference_compare(struct reference_list *out, const struct release *release,
                       const struct questionnaire *questionnaire) {
    out->count = questionnaire->reference_count;
    for (uint16_t i = 0; i < out->count; i++) {
        compare(&out->line[i], release, &questionnaire->reference[i]);
    }
    adjust(out);
}

static double value_at(const struct questionnaire_conversion *table, double place) {
    double last = table->count - 1.0;
    place = fmin(last, fmax(0, place));
    uint16_t below = (uint16_t)place;
    uint16_t above = below + 1 < table->count ? (uint16_t)(below + 1) : below;
    double part = place - below;
    return (table->value[below] * (1 - part) + table->value[above] * part) / 1000;
}

bool reference_convert(struct stat_interval *out, const struct release *release,
                       const struct questionnaire *questionnaire, uint16_t scale) {
    const struct questionnaire_conversion *table = questionnaire_find_conversion(questionnaire, scale);
    const struct release_figure *mean = release_find(release, RELEASE_SCALE, scale, RELEASE_MEAN, 0);
    if (!table || !mean || mean->status != RELEASE_PUBLISHED) {
        return false;
    }
    const struct questionnaire_scale *about = &questionnaire->scale[scale];
    double unit = pow(10, -(double)mean->decimals);
    double low = ((mean->low - 0.5) * unit - about->score_min) * about->item_count;
    double high = ((mean->low + 0.5) * unit - about->score_min) * about->item_count;
    *out = (struct stat_interval){value_at(table, low), value_at(table, high)};
    return true;
}
