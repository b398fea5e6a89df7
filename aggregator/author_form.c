/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "aggregator/author_distance.h"

const char *author_form_value(const struct author_form *form, struct author_form_cell cell) {
    return author_sheet_cell(&form->sheets, cell.kind, cell.row, cell.column);
}

bool author_form_has(const struct author_form *form, struct author_form_cell cell) {
    const struct author_sheet *sheet = &form->sheets.sheet[cell.kind];
    return sheet->plain[cell.column] || sheet->in[cell.column][0];
}

void author_form_report(struct author_form *form, enum author_message message, struct author_form_cell cell,
                        const char *first, const char *second) {
    struct author_report_place place = author_sheet_place(&form->sheets, cell.kind, cell.row, cell.column);
    author_report_add(form->report, message, place, first, second);
}

static void report_number(struct author_form *form, enum author_message message,
                          struct author_report_place place, size_t number) {
    char text[24];
    snprintf(text, sizeof text, "%zu", number);
    author_report_add(form->report, message, place, text, NULL);
}

static size_t count_words(const char *text) {
    size_t words = 0;
    bool inside = false;
    for (; *text; text++) {
        bool space = *text == ' ' || *text == '\n';
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

/* Whether the text may be shown to pupils; says why not. */
static bool check_text(struct author_form *form, const char *text, struct author_report_place place) {
    const char *reference = strstr(text, "${");
    if (strlen(text) >= QUESTIONNAIRE_TEXT_SIZE) {
        report_number(form, AUTHOR_TEXT_TOO_LONG, place, QUESTIONNAIRE_TEXT_SIZE - 1);
        return false;
    }
    if (!bytes_are_plain_text(text, strlen(text), true)) {
        author_report_add(form->report, AUTHOR_TEXT_CONTROL, place, NULL, NULL);
        return false;
    }
    if (reference) {
        author_report_add(form->report, AUTHOR_TEXT_REFERENCE, place, reference, NULL);
        return false;
    }
    return true;
}

static char *copy_of(struct author_form *form, const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    if (copy) {
        memcpy(copy, text, size);
    } else {
        form->fault = FAULT_MEMORY;
    }
    return copy;
}

static void warn_words(struct author_form *form, const char *text, struct author_report_place place,
                       size_t words) {
    size_t counted = count_words(text);
    char number[24], limit[24];
    if (counted > words) {
        snprintf(number, sizeof number, "%zu", counted);
        snprintf(limit, sizeof limit, "%zu", words);
        author_report_add(form->report, AUTHOR_TEXT_WORDS, place, number, limit);
    }
}

void author_form_text(struct author_form *form, struct questionnaire_text *out, struct author_form_cell cell,
                      bool required, size_t words) {
    const char *standard = author_sheet_cell_in(&form->sheets, cell.kind, cell.row, cell.column, 0);
    for (uint16_t i = 0; i < form->sheets.language_count; i++) {
        const char *text = author_sheet_cell_in(&form->sheets, cell.kind, cell.row, cell.column, i);
        struct author_report_place place =
            author_sheet_place_in(&form->sheets, cell.kind, cell.row, cell.column, i);
        if (text[0]) {
            if (check_text(form, text, place)) {
                out->in[i] = copy_of(form, text);
                warn_words(form, text, place, words);
            }
        } else if (i > 0 && standard[0]) {
            form->untranslated_first[i] = form->untranslated[i] ? form->untranslated_first[i] : place;
            form->untranslated[i]++;
        }
        bool wanted = i == 0 && !text[0] && required && author_form_has(form, cell);
        bool orphan = i > 0 && text[0] && !standard[0] && !required;
        if (wanted || orphan) {
            struct author_report_place standard_place =
                author_sheet_place_in(&form->sheets, cell.kind, cell.row, cell.column, 0);
            author_report_add(form->report, AUTHOR_LABEL_MISSING, standard_place,
                              form->sheets.language[0].name, NULL);
        }
    }
}

bool author_form_is_name(const char *text) {
    size_t size = strlen(text);
    return size > 0 && size < QUESTIONNAIRE_NAME_SIZE && !(text[0] >= '0' && text[0] <= '9') &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == size;
}

void author_form_name(struct author_form *form, char out[QUESTIONNAIRE_NAME_SIZE],
                      struct author_form_cell cell) {
    const char *text = author_form_value(form, cell);
    out[0] = '\0';
    if (!author_form_has(form, cell)) {
        return;
    }
    if (!text[0]) {
        author_form_report(form, AUTHOR_NAME_MISSING, cell, NULL, NULL);
    } else if (!author_form_is_name(text)) {
        author_form_report(form, AUTHOR_NAME_INVALID, cell, text, NULL);
    } else {
        memcpy(out, text, strlen(text) + 1);
    }
}

bool author_form_yes(struct author_form *form, struct author_form_cell cell) {
    static const char *const yes[] = {"yes", "ja", "true", "true()", "1"};
    static const char *const no[] = {"", "no", "nee", "false", "false()", "0"};
    const char *text = author_form_value(form, cell);
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (strcasecmp(text, yes[i]) == 0) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        if (strcasecmp(text, no[i]) == 0) {
            return false;
        }
    }
    author_form_report(form, AUTHOR_VALUE_YES_NO, cell, text, NULL);
    return false;
}

void author_form_too_many(struct author_form *form, struct author_form_cell cell, unsigned limit,
                          const char *what) {
    char text[16];
    snprintf(text, sizeof text, "%u", limit);
    author_form_report(form, AUTHOR_COUNT_LIMIT, cell, text, what);
}

void author_form_guess(char out[AUTHOR_FORM_GUESS], const char *written, const char *const *name,
                       size_t count) {
    const char *guess = author_distance_nearest(written, name, count);
    out[0] = '\0';
    if (guess) {
        snprintf(out, AUTHOR_FORM_GUESS, " (\"%s\"?)", guess);
    }
}
