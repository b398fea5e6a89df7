/* SPDX-License-Identifier: Apache-2.0 */
#include "report_view.h"

#include <string.h>

#include "report_label.h"

static bool is_counted(enum release_kind kind) {
    return kind == RELEASE_OPTION || kind == RELEASE_GROUP || kind == RELEASE_CHOSEN || kind == RELEASE_ANY;
}

/* Who answered: all of the row, less who is in a cell of the missing. */
static void set_answered(struct report_view *out) {
    uint32_t least = 0, most = 0;
    for (uint16_t i = 0; i < out->missing_count; i++) {
        bool hidden = out->missing[i]->status == RELEASE_HIDDEN;
        least += out->missing[i]->low;
        most += hidden ? out->n : out->missing[i]->high;
    }
    out->answered_high = out->n > least ? out->n - least : 0;
    out->answered_low = out->n > most ? out->n - most : 0;
    uint64_t sum = 0;
    for (uint16_t i = 0; i < out->count; i++) {
        sum += out->cell[i].figure->low;
    }
    if (!out->several && sum > out->answered_low) {
        out->answered_low = (uint32_t)sum;
    }
}

static void set_percents(struct report_view *out) {
    for (uint16_t i = 0; i < out->count; i++) {
        struct report_view_cell *cell = &out->cell[i];
        cell->percent_low = report_label_percent(cell->figure->low, out->answered_high);
        cell->percent_high = report_label_percent(cell->figure->high, out->answered_low);
        if (cell->figure->status == RELEASE_HIDDEN || cell->percent_high > 100 || out->answered_low == 0) {
            cell->percent_high = 100;
        }
    }
}

void report_view_item(struct report_view *out, const struct release *release, enum release_level level,
                      uint16_t unit, uint16_t item) {
    uint32_t count = 0;
    const struct release_figure *row = release_row(release, level, unit, RELEASE_ITEM, item, &count);
    *out = (struct report_view){0};
    if (count == 0) {
        return;
    }
    out->state = REPORT_VIEW_HIDDEN;
    for (uint32_t i = 0; i < count; i++) {
        const struct release_figure *figure = &row[i];
        if (is_counted(figure->kind) && out->count < QUESTIONNAIRE_OPTIONS) {
            out->several = figure->kind == RELEASE_CHOSEN || figure->kind == RELEASE_ANY;
            out->coarse = figure->kind == RELEASE_GROUP || figure->kind == RELEASE_ANY;
            out->cell[out->count++].figure = figure;
            out->state = figure->status == RELEASE_HIDDEN ? out->state : REPORT_VIEW_SHOWN;
        } else if (figure->kind >= RELEASE_DONT_KNOW && figure->kind <= RELEASE_MISSING &&
                   out->missing_count < 5) {
            out->missing[out->missing_count++] = figure;
        }
        out->n = figure->n > out->n ? figure->n : out->n;
    }
    set_answered(out);
    set_percents(out);
}

bool report_view_has_level(const struct release *release, enum release_level level) {
    const struct release_content *content = release_content(release);
    for (uint32_t i = 0; i < content->figure_count; i++) {
        if (content->figure[i].level == level) {
            return true;
        }
    }
    return false;
}

bool report_view_has_unit(const struct release *release, enum release_level level, uint16_t unit) {
    const struct release_content *content = release_content(release);
    for (uint32_t i = 0; i < content->figure_count; i++) {
        if (content->figure[i].level == level && content->figure[i].unit == unit) {
            return true;
        }
    }
    return false;
}

bool report_view_value(const struct release_figure *figure, uint32_t *value, uint8_t *decimals) {
    if (!figure || figure->status != RELEASE_PUBLISHED) {
        return false;
    }
    *value = figure->low;
    *decimals = figure->decimals;
    return true;
}

/*
 * Twice the mean score of an option or group, in the direction of "better"; the place in the list outside
 * scales.
 */
static int32_t rank_of(const struct questionnaire *questionnaire, uint16_t item,
                       const struct report_view *view, uint16_t at) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    uint16_t scale = questionnaire->item[item].scale;
    uint16_t index = view->cell[at].figure->index;
    int32_t sum = 0, count = 0;
    if (scale == QUESTIONNAIRE_NONE) {
        return at;
    }
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].has_score && (view->coarse ? list->option[i].coarse == index : i == index)) {
            sum += list->option[i].score;
            count++;
        }
    }
    int32_t mean = count ? 100 * sum / count : 0;
    return questionnaire->scale[scale].high_is_good != questionnaire->item[item].reverse ? mean : -mean;
}

void report_view_order(uint16_t order[QUESTIONNAIRE_OPTIONS], const struct questionnaire *questionnaire,
                       uint16_t item, const struct report_view *view) {
    for (uint16_t i = 0; i < view->count; i++) {
        uint16_t at = i;
        int32_t rank = rank_of(questionnaire, item, view, i);
        for (; at > 0 && rank_of(questionnaire, item, view, order[at - 1]) > rank; at--) {
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
}
