/* SPDX-License-Identifier: Apache-2.0 */
#include "report_bounds.h"

#include "stat_mean.h"

static bool is_in(const struct release_content *content, enum release_level level, uint16_t unit,
                  const struct release_class *item) {
    if (level == RELEASE_SCHOOL) {
        return true;
    }
    for (uint16_t i = 0; i < content->batch_count; i++) {
        const struct release_batch *batch = &content->batch[i];
        for (uint16_t j = 0; j < batch->class_count; j++) {
            if (batch->class_number[j] == item->number) {
                return level == RELEASE_CLASS ? i == unit : batch->stratum == unit;
            }
        }
    }
    return false;
}

bool report_bounds_asked(uint32_t *asked, const struct release *release, enum release_level level,
                         uint16_t unit) {
    const struct release_content *content = release_content(release);
    *asked = 0;
    for (uint16_t i = 0; level != RELEASE_BREAKDOWN && i < content->class_count; i++) {
        const struct release_class *item = &content->class_list[i];
        if (!is_in(content, level, unit, item)) {
            continue;
        }
        if (item->contributions > item->asked) {
            *asked = 0;
            return false;
        }
        *asked += item->asked;
    }
    return *asked > 0;
}

static bool asked_of(uint32_t *asked, const struct release *release,
                     const struct questionnaire *questionnaire, const struct report_view *view) {
    if (view->count == 0) {
        return false;
    }
    const struct release_figure *first = view->cell[0].figure;
    return questionnaire->item[first->subject].step_count == 0 &&
           report_bounds_asked(asked, release, first->level, first->unit) && view->answered_low > 0 &&
           view->answered_high <= *asked;
}

bool report_bounds_share(uint32_t *low, uint32_t *high, const struct release *release,
                         const struct questionnaire *questionnaire, const struct report_view *view,
                         const struct release_figure *figure) {
    uint32_t asked = 0;
    if (figure->status == RELEASE_HIDDEN || !asked_of(&asked, release, questionnaire, view)) {
        return false;
    }
    uint64_t most = (uint64_t)figure->high + asked - view->answered_low;
    most = most < asked ? most : asked;
    *low = (uint32_t)(100ull * figure->low / asked);
    *high = (uint32_t)((100 * most + asked - 1) / asked);
    return true;
}

bool report_bounds_shift(uint32_t *points, const struct release *release,
                         const struct questionnaire *questionnaire, const struct report_view *view) {
    uint32_t asked = 0;
    if (!asked_of(&asked, release, questionnaire, view)) {
        return false;
    }
    *points = (uint32_t)((100ull * (asked - view->answered_low) + asked - 1) / asked);
    return true;
}

bool report_bounds_mean(struct stat_interval *out, const struct release *release,
                        const struct release_figure *mean) {
    uint32_t asked = 0, value = 0;
    uint8_t decimals = 0;
    if (!report_view_value(mean, &value, &decimals) || mean->n == 0 ||
        !report_bounds_asked(&asked, release, mean->level, mean->unit) || mean->n > asked) {
        return false;
    }
    const struct release_scale *scale = &release_content(release)->scale[mean->subject];
    double units = 1;
    for (; decimals; decimals--) {
        units *= 10;
    }
    *out = stat_mean_bounds(value / units, 0.5 / units, mean->n, asked, scale->score_min, scale->score_max);
    return true;
}
