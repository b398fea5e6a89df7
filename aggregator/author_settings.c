/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet settings: one row that says what this questionnaire is. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "aggregator/author_form.h"

enum { AGE_LEAST = 4, AGE_MOST = 25 };

static struct author_form_cell setting(size_t row, enum author_sheet_column column) {
    return (struct author_form_cell){AUTHOR_SHEET_SETTINGS, row, column};
}

static void report_missing(struct author_form *form, struct author_form_cell cell) {
    if (author_form_has(form, cell)) {
        author_form_report(form, AUTHOR_SETTING_MISSING, cell, author_sheet_column_name(cell.column), NULL);
    }
}

/* A short text on one line into `out`. */
static void copy_line(struct author_form *form, char *out, size_t capacity, struct author_form_cell cell) {
    const char *text = author_form_value(form, cell);
    if (strlen(text) >= capacity || !bytes_are_plain_text(text, strlen(text), false)) {
        char limit[16];
        snprintf(limit, sizeof limit, "%zu", capacity - 1);
        author_form_report(form, AUTHOR_SETTING_LONG, cell, author_sheet_column_name(cell.column), limit);
        return;
    }
    memcpy(out, text, strlen(text) + 1);
}

static void read_validity(struct author_form *form, struct author_form_cell cell) {
    const char *text = author_form_value(form, cell);
    if (!text[0]) {
        report_missing(form, cell);
    } else if (strcasecmp(text, "recognised") == 0) {
        form->questionnaire->validated = true;
    } else if (strcasecmp(text, "not validated") != 0) {
        author_form_report(form, AUTHOR_SETTING_VALIDITY, cell, text, NULL);
    }
}

/* The number at *text, which moves behind it; 0 when there is none, or none that is an age. */
static unsigned read_age(const char **text) {
    unsigned age = 0;
    for (; **text >= '0' && **text <= '9' && age < 100; (*text)++) {
        age = age * 10 + (unsigned)(**text - '0');
    }
    return age >= AGE_LEAST && age <= AGE_MOST ? age : 0;
}

/*
 * "8-12", "8 - 12", "8–12", "8 tot 12", "8 t/m 12", "8 to 12", "12+" or one age. The wording rules begin from
 * the first number.
 */
static bool is_age_form(const char *text) {
    static const char *const between[] = {"-", "\xE2\x80\x93", "tot", "t/m", "to"};
    unsigned from = read_age(&text);
    bool range = false;
    if (!from || !text[0] || strcmp(text, "+") == 0) {
        return from;
    }
    text += strspn(text, " ");
    for (size_t i = 0; !range && i < sizeof between / sizeof *between; i++) {
        size_t size = strlen(between[i]);
        range = strncasecmp(text, between[i], size) == 0 &&
                (text[size] == ' ' || (text[size] >= '0' && text[size] <= '9'));
        text += range ? size : 0;
    }
    text += strspn(text, " ");
    return range && read_age(&text) > from && !text[0];
}

/* Excel shows 8-12 as 08-dec, and keeps it as a number of days: both are told apart from an age. */
static void read_age_form(struct author_form *form, struct author_form_cell cell) {
    const char *text = author_form_value(form, cell);
    copy_line(form, form->questionnaire->age_form, sizeof form->questionnaire->age_form, cell);
    if (text[0] && !is_age_form(text)) {
        author_form_report(form, AUTHOR_SETTING_AGE, cell, text, NULL);
    }
}

static void read_row(struct author_form *form, size_t row) {
    struct questionnaire *out = form->questionnaire;
    const enum author_sheet_column needed[] = {AUTHOR_SHEET_FORM_ID, AUTHOR_SHEET_VERSION};
    author_form_text(form, &out->title, setting(row, AUTHOR_SHEET_FORM_TITLE), true, AUTHOR_FORM_WORDS);
    author_form_text(form, &out->provenance, setting(row, AUTHOR_SHEET_PROVENANCE), true,
                     AUTHOR_FORM_NOTE_WORDS);
    for (size_t i = 0; i < 2; i++) {
        if (!author_form_value(form, setting(row, needed[i]))[0]) {
            report_missing(form, setting(row, needed[i]));
        }
    }
    if (author_form_value(form, setting(row, AUTHOR_SHEET_FORM_ID))[0]) {
        author_form_name(form, out->name, setting(row, AUTHOR_SHEET_FORM_ID));
    }
    copy_line(form, out->version, sizeof out->version, setting(row, AUTHOR_SHEET_VERSION));
    read_age_form(form, setting(row, AUTHOR_SHEET_AGE_FORM));
    read_validity(form, setting(row, AUTHOR_SHEET_VALIDITY));
}

void author_form_settings(struct author_form *form) {
    const struct author_sheet *sheet = &form->sheets.sheet[AUTHOR_SHEET_SETTINGS];
    bool found = false;
    form->questionnaire->language_count = form->sheets.language_count;
    memcpy(form->questionnaire->language, form->sheets.language, sizeof form->sheets.language);
    for (size_t row = sheet->first; row < sheet->end; row++) {
        if (author_sheet_is_comment(&form->table, row)) {
            continue;
        }
        if (found) {
            author_form_report(form, AUTHOR_SETTING_ROWS, setting(row, AUTHOR_SHEET_FORM_ID), NULL, NULL);
            return;
        }
        read_row(form, row);
        found = true;
    }
    if (!found && sheet->present && sheet->first < sheet->end) {
        report_missing(form, setting(sheet->header, AUTHOR_SHEET_FORM_ID)); /* comments only */
    }
}
