/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet choices: lists of options, with scores, the coarser grouping and what excludes the rest. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author_form.h"

static struct author_form_cell choice(size_t row, enum author_sheet_column column) {
    return (struct author_form_cell){AUTHOR_SHEET_CHOICES, row, column};
}

/* Comments in the manner of XLSForm too: a row without list and name. */
static bool is_comment(const struct author_form *form, size_t row) {
    return author_sheet_is_comment(&form->table, row) ||
           (!author_form_value(form, choice(row, AUTHOR_SHEET_LIST_NAME))[0] &&
            !author_form_value(form, choice(row, AUTHOR_SHEET_NAME))[0]);
}

/* The list's index, made when new; QUESTIONNAIRE_NONE when it cannot be, which was reported. */
static uint16_t list_for(struct author_form *form, size_t row) {
    struct questionnaire *out = form->questionnaire;
    char name[QUESTIONNAIRE_NAME_SIZE];
    author_form_name(form, name, choice(row, AUTHOR_SHEET_LIST_NAME));
    for (uint16_t i = 0; i < out->list_count && name[0]; i++) {
        if (strcmp(out->list[i].name, name) == 0) {
            return i;
        }
    }
    if (!name[0]) {
        return QUESTIONNAIRE_NONE;
    }
    if (out->list_count == QUESTIONNAIRE_LISTS) {
        author_form_too_many(form, choice(row, AUTHOR_SHEET_LIST_NAME), QUESTIONNAIRE_LISTS, "list_name");
        return QUESTIONNAIRE_NONE;
    }
    memcpy(out->list[out->list_count].name, name, sizeof name);
    form->list_row[out->list_count] = row;
    return out->list_count++;
}

static void read_score(struct author_form *form, struct questionnaire_option *option, size_t row) {
    struct author_form_cell cell = choice(row, AUTHOR_SHEET_SCORE);
    const char *text = author_form_value(form, cell);
    if (!text[0]) {
        return;
    }
    if (option->kind != QUESTIONNAIRE_OPTION_ANSWER) {
        author_form_report(form, AUTHOR_SCORE_MISSING_CODE, cell, option->name, NULL);
        return;
    }
    size_t size = strlen(text);
    long score = strspn(text, "0123456789") == size && size <= 3 ? strtol(text, NULL, 10) : -1;
    if (score < 0 || score > QUESTIONNAIRE_SCORE_LIMIT) {
        char limit[8];
        snprintf(limit, sizeof limit, "%d", QUESTIONNAIRE_SCORE_LIMIT);
        author_form_report(form, AUTHOR_SCORE_VALUE, cell, text, limit);
        return;
    }
    option->has_score = true;
    option->score = (uint8_t)score;
}

static void read_option(struct author_form *form, uint16_t at, size_t row) {
    struct questionnaire_list *list = &form->questionnaire->list[at];
    struct author_form_cell name = choice(row, AUTHOR_SHEET_NAME);
    if (list->option_count == QUESTIONNAIRE_OPTIONS) {
        author_form_too_many(form, name, QUESTIONNAIRE_OPTIONS, list->name);
        return;
    }
    struct questionnaire_option *option = &list->option[list->option_count];
    author_form_name(form, option->name, name);
    uint16_t same = option->name[0] ? questionnaire_find_option(list, option->name) : QUESTIONNAIRE_NONE;
    if (same != QUESTIONNAIRE_NONE) {
        char first[16];
        snprintf(first, sizeof first, "%u", form->table.row[form->option_row[at][same]].number);
        author_form_report(form, AUTHOR_NAME_DUPLICATE, name, option->name, first);
    }
    option->kind = strcmp(option->name, QUESTIONNAIRE_DONT_KNOW) == 0    ? QUESTIONNAIRE_OPTION_DONT_KNOW
                   : strcmp(option->name, QUESTIONNAIRE_RATHER_NOT) == 0 ? QUESTIONNAIRE_OPTION_RATHER_NOT
                                                                         : QUESTIONNAIRE_OPTION_ANSWER;
    author_form_text(form, &option->label, choice(row, AUTHOR_SHEET_LABEL), true, AUTHOR_FORM_JUDGED);
    read_score(form, option, row);
    option->exclusive = author_form_yes(form, choice(row, AUTHOR_SHEET_EXCLUSIVE)) ||
                        option->kind != QUESTIONNAIRE_OPTION_ANSWER;
    form->option_row[at][list->option_count++] = row;
}

static const char *coarse_of(const struct author_form *form, uint16_t list, uint16_t option) {
    return author_form_value(form, choice(form->option_row[list][option], AUTHOR_SHEET_COARSE));
}

/* The group of the first earlier answer with the same word, or a new one. */
static uint16_t group_for(struct author_form *form, uint16_t at, uint16_t option, bool declared) {
    struct questionnaire_list *list = &form->questionnaire->list[at];
    for (uint16_t i = 0; i < option && declared; i++) {
        if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER &&
            strcmp(coarse_of(form, at, i), coarse_of(form, at, option)) == 0) {
            return list->option[i].coarse;
        }
    }
    return list->coarse_count++;
}

static void group(struct author_form *form, uint16_t at) {
    struct questionnaire_list *list = &form->questionnaire->list[at];
    bool declared = false;
    for (uint16_t i = 0; i < list->option_count; i++) {
        declared = declared || coarse_of(form, at, i)[0];
    }
    for (uint16_t i = 0; i < list->option_count; i++) {
        struct questionnaire_option *option = &list->option[i];
        struct author_form_cell cell = choice(form->option_row[at][i], AUTHOR_SHEET_COARSE);
        bool answer = option->kind == QUESTIONNAIRE_OPTION_ANSWER;
        option->coarse = answer ? group_for(form, at, i, declared) : QUESTIONNAIRE_NONE;
        if (answer && declared && !coarse_of(form, at, i)[0]) {
            author_form_report(form, AUTHOR_COARSE_INCOMPLETE, cell, list->name, NULL);
        } else if (!answer && coarse_of(form, at, i)[0]) {
            author_form_report(form, AUTHOR_COARSE_MISSING_CODE, cell, option->name, NULL);
        }
    }
    if (list->coarse_count == 0) {
        author_form_report(form, AUTHOR_LIST_ANSWERLESS, choice(form->list_row[at], AUTHOR_SHEET_LIST_NAME),
                           list->name, NULL);
    }
}

void author_form_lists(struct author_form *form) {
    const struct author_sheet *sheet = &form->sheets.sheet[AUTHOR_SHEET_CHOICES];
    for (size_t row = sheet->first; row < sheet->end; row++) {
        if (is_comment(form, row)) {
            continue;
        }
        uint16_t list = list_for(form, row);
        if (list != QUESTIONNAIRE_NONE) {
            read_option(form, list, row);
        }
    }
    for (uint16_t i = 0; i < form->questionnaire->list_count; i++) {
        group(form, i);
    }
}
