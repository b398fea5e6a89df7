/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What only shows when the whole is there: unused lists, ways out, how much pupils have to read, languages.
 */
#include <stdio.h>

#include "aggregator/author_form.h"

static void lint_list(struct author_form *form, uint16_t at) {
    const struct questionnaire_list *list = &form->questionnaire->list[at];
    struct author_form_cell cell = {AUTHOR_SHEET_CHOICES, form->list_row[at], AUTHOR_SHEET_LIST_NAME};
    unsigned answers = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        answers += list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER;
    }
    if (!form->list_used[at]) {
        author_form_report(form, AUTHOR_LIST_UNUSED, cell, list->name, NULL);
    } else if (answers > AUTHOR_FORM_ANSWERS) {
        char number[16];
        snprintf(number, sizeof number, "%u", answers);
        author_form_report(form, AUTHOR_OPTIONS_MANY, cell, list->name, number);
    }
}

static void lint_item(struct author_form *form, uint16_t at) {
    const struct questionnaire_item *item = &form->questionnaire->item[at];
    const struct questionnaire_list *list = questionnaire_list_of(form->questionnaire, at);
    struct author_form_cell cell = {AUTHOR_SHEET_SURVEY, form->item_row[at], AUTHOR_SHEET_SENSITIVE};
    if (item->sensitive && list &&
        questionnaire_find_option(list, QUESTIONNAIRE_RATHER_NOT) == QUESTIONNAIRE_NONE) {
        author_form_report(form, AUTHOR_SENSITIVE_WAY_OUT, cell, list->name, NULL);
    }
}

static void lint_languages(struct author_form *form) {
    for (uint16_t i = 1; i < form->sheets.language_count; i++) {
        if (form->untranslated[i]) {
            char number[24];
            snprintf(number, sizeof number, "%zu", form->untranslated[i]);
            author_report_add(form->report, AUTHOR_LANGUAGE_INCOMPLETE, form->untranslated_first[i],
                              form->sheets.language[i].name, number);
        }
    }
}

void author_form_lint(struct author_form *form) {
    const struct questionnaire *out = form->questionnaire;
    const struct author_sheet *survey = &form->sheets.sheet[AUTHOR_SHEET_SURVEY];
    uint16_t asked = 0;
    for (uint16_t i = 0; i < out->list_count; i++) {
        lint_list(form, i);
    }
    for (uint16_t i = 0; i < out->item_count; i++) {
        lint_item(form, i);
        asked = (uint16_t)(asked + (out->item[i].kind != QUESTIONNAIRE_NOTE));
    }
    lint_languages(form);
    author_form_asks(form);
    author_form_words(form);
    if (asked == 0 && survey->first < survey->end) {
        struct author_report_place place = author_sheet_place_whole(&form->sheets, AUTHOR_SHEET_SURVEY);
        author_report_add(form->report, AUTHOR_ITEMS_NONE, place, NULL, NULL);
    }
}
