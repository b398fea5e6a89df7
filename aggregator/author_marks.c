/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The marks of a question beyond its scale: faces, cut, and what belongs to the school and not to the
 * instrument.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author_form.h"

static struct author_form_cell survey(size_t row, enum author_sheet_column column) {
    return (struct author_form_cell){AUTHOR_SHEET_SURVEY, row, column};
}

static void read_faces(struct author_form *form, struct questionnaire_item *item, size_t row) {
    struct author_form_cell cell = survey(row, AUTHOR_SHEET_FACES);
    bool unknown = author_form_value(form, survey(row, AUTHOR_SHEET_SCALE))[0] != '\0' &&
                   item->scale == QUESTIONNAIRE_NONE;
    item->faces = author_form_yes(form, cell);
    if (item->faces && !unknown &&
        (item->scale == QUESTIONNAIRE_NONE ||
         form->questionnaire->scale[item->scale].subject == QUESTIONNAIRE_SUBJECT_INCIDENTS)) {
        author_form_report(form, AUTHOR_FACES_PLACE, cell, NULL, NULL);
    }
}

static void read_cut(struct author_form *form, struct questionnaire_item *item, size_t row) {
    struct author_form_cell cell = survey(row, AUTHOR_SHEET_CUT);
    const char *text = author_form_value(form, cell);
    char between[16];
    uint8_t range[2];
    if (!text[0] || item->list == QUESTIONNAIRE_NONE) {
        return; /* a list that is missing was reported */
    }
    if (item->kind != QUESTIONNAIRE_SELECT_ONE || item->reverse ||
        !author_form_scores(range, &form->questionnaire->list[item->list])) {
        author_form_report(form, AUTHOR_CUT_PLACE, cell, NULL, NULL);
        return;
    }
    size_t digits = strspn(text, "0123456789");
    unsigned long value = !text[digits] ? strtoul(text, NULL, 10) : 0;
    if (value <= range[0] || value > range[1]) {
        snprintf(between, sizeof between, "%u-%u", range[0], range[1]);
        author_form_report(form, AUTHOR_CUT_VALUE, cell, text, between);
        return;
    }
    item->has_cut = true;
    item->cut = (uint8_t)value;
}

static void read_measure(struct author_form *form, struct questionnaire_item *item, size_t row) {
    const struct questionnaire *out = form->questionnaire;
    struct author_form_cell cell = survey(row, AUTHOR_SHEET_MEASURE);
    const char *text = author_form_value(form, cell);
    if (!text[0]) {
        return;
    }
    if (!author_form_is_name(text)) {
        author_form_report(form, AUTHOR_MEASURE_NAME, cell, text, NULL);
        return;
    }
    for (uint16_t i = 0; i < out->item_count; i++) {
        if (strcmp(out->item[i].measure, text) == 0) {
            author_form_report(form, AUTHOR_MEASURE_TWICE, cell, text, NULL);
            break;
        }
    }
    snprintf(item->measure, sizeof item->measure, "%s", text);
}

/* `item` is not counted yet: those before it are the questionnaire's. */
static void check_place(struct author_form *form, const struct questionnaire_item *item, size_t row) {
    const struct questionnaire *out = form->questionnaire;
    bool local = item->own || author_form_value(form, survey(row, AUTHOR_SHEET_MEASURE))[0];
    enum author_sheet_column column = item->own ? AUTHOR_SHEET_OWN : AUTHOR_SHEET_MEASURE;
    bool behind = false;
    unsigned own = item->own;
    for (uint16_t i = 0; i < out->item_count; i++) {
        behind = behind || questionnaire_is_local(&out->item[i]);
        own += out->item[i].own;
    }
    if (!local && behind) {
        author_form_report(form, AUTHOR_OWN_ORDER, survey(row, AUTHOR_SHEET_NAME), NULL, NULL);
    }
    if (local &&
        (item->breakdown || author_form_value(form, survey(row, AUTHOR_SHEET_SCALE))[0] ||
         (item->own && item->measure[0]) || (!item->own && item->kind != QUESTIONNAIRE_SELECT_ONE))) {
        author_form_report(form, AUTHOR_OWN_PLACE, survey(row, column), NULL, NULL);
    }
    if (item->own && own > QUESTIONNAIRE_OWN_ITEMS) {
        char limit[8];
        snprintf(limit, sizeof limit, "%d", QUESTIONNAIRE_OWN_ITEMS);
        author_form_report(form, AUTHOR_OWN_MANY, survey(row, AUTHOR_SHEET_OWN), limit, NULL);
    }
}

void author_form_marks(struct author_form *form, struct questionnaire_item *item, size_t row) {
    read_faces(form, item, row);
    read_cut(form, item, row);
    item->own = author_form_yes(form, survey(row, AUTHOR_SHEET_OWN));
    read_measure(form, item, row);
    check_place(form, item, row);
}
