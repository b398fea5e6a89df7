/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Warnings that need no grammar: who is asked for, what differs between translations, and answers that a
 * child cannot use.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author_form.h"
#include "aggregator/author_words_text.h"

enum { YOUNG_AGE = 12, YOUNG_ANSWERS = 5, MARKS = 16, MARK_SIZE = 24 };

/*
 * Words of a question that ask who somebody is. Of a language that is not here nothing is known, so nothing
 * is said.
 */
static const struct {
    const char *code;
    const char *word[14];
} IDENTITY[] = {
    {"nl",
     {"voornaam", "achternaam", "geboortedatum", "geboorteplaats", "verjaardag", "adres", "woonadres",
      "postcode", "huisnummer", "telefoonnummer", "emailadres", "handtekening", "leerlingnummer", NULL}},
    {"en",
     {"surname", "birthday", "birthdate", "birthplace", "address", "postcode", "username", "signature",
      "email", "nickname", NULL}},
    {"tr", {"soyadın", "soyadı", "doğumgünün", "adresin", "adresiniz", "imzan", "imza", NULL}},
    {"ar", {"اسمك", "عنوانك", "ميلادك", "هاتفك", "بريدك", "توقيعك", NULL}},
    {"uk", {"прізвище", "адреса", "адресу", "підпис", NULL}},
    {"pl", {"nazwisko", "adres", "podpis", "pesel", NULL}},
};
/* Two words in a row that do the same: "your name", "je naam". */
static const struct {
    const char *code, *first, *second;
} IDENTITY_PAIR[] = {
    {"nl", "je", "naam"},      {"nl", "jouw", "naam"},      {"nl", "uw", "naam"},
    {"nl", "e", "mail"},       {"en", "your", "name"},      {"en", "e", "mail"},
    {"en", "phone", "number"}, {"tr", "doğum", "tarihin"},  {"tr", "senin", "adın"},
    {"tr", "adın", "ne"},      {"uk", "твоє", "ім'я"},      {"uk", "дата", "народження"},
    {"pl", "twoje", "imię"},   {"pl", "data", "urodzenia"}, {"pl", "imię", "i"},
};

static const char *identity_in(const char *code, const struct author_words_text *text) {
    for (size_t at = 0; at < text->count; at++) {
        const char *word = text->word[at].folded;
        for (size_t i = 0; i < sizeof IDENTITY / sizeof *IDENTITY; i++) {
            for (size_t j = 0; strcmp(code, IDENTITY[i].code) == 0 && IDENTITY[i].word[j]; j++) {
                if (strcmp(word, IDENTITY[i].word[j]) == 0) {
                    return word;
                }
            }
        }
        for (size_t i = 0; at + 1 < text->count && i < sizeof IDENTITY_PAIR / sizeof *IDENTITY_PAIR; i++) {
            if (strcmp(code, IDENTITY_PAIR[i].code) == 0 && strcmp(word, IDENTITY_PAIR[i].first) == 0 &&
                strcmp(text->word[at + 1].folded, IDENTITY_PAIR[i].second) == 0) {
                return text->word[at + 1].folded;
            }
        }
    }
    return NULL;
}

static void warn_identity(struct author_form *form, struct author_words_text *text,
                          const struct questionnaire_text *label, struct author_form_cell cell) {
    for (uint16_t i = 0; i < form->sheets.language_count; i++) {
        if (label->in[i]) {
            author_words_text_split(text, label->in[i]);
            const char *word = identity_in(form->sheets.language[i].code, text);
            if (word) {
                author_report_add(form->report, AUTHOR_ASKS_IDENTITY,
                                  author_sheet_place_in(&form->sheets, cell.kind, cell.row, cell.column, i),
                                  word, NULL);
            }
        }
    }
}

/* ---- what must be the same in every language: {placeholders}, and numbers where both languages write digits ---- */

struct marks {
    size_t count;
    char mark[MARKS][MARK_SIZE];
};

static void add_mark(struct marks *marks, const char *text, size_t size) {
    size = size < MARK_SIZE ? size : MARK_SIZE - 1;
    for (size_t i = 0; i < marks->count; i++) {
        if (strlen(marks->mark[i]) == size && memcmp(marks->mark[i], text, size) == 0) {
            return;
        }
    }
    if (marks->count < MARKS) {
        memcpy(marks->mark[marks->count], text, size);
        marks->mark[marks->count++][size] = '\0';
    }
}

/* The digit at `text` in Latin or either Arabic script, or -1; how many bytes it has. */
static int digit_at(const char *text, size_t *size) {
    const unsigned char *byte = (const unsigned char *)text;
    *size = 1;
    if (byte[0] >= '0' && byte[0] <= '9') {
        return byte[0] - '0';
    }
    *size = 2;
    if (byte[0] == 0xD9 && byte[1] >= 0xA0 && byte[1] <= 0xA9) {
        return byte[1] - 0xA0;
    }
    return byte[0] == 0xDB && byte[1] >= 0xB0 && byte[1] <= 0xB9 ? byte[1] - 0xB0 : -1;
}

static void read_marks(struct marks *placeholders, struct marks *numbers, const char *text) {
    *placeholders = (struct marks){0};
    *numbers = (struct marks){0};
    while (*text) {
        char number[MARK_SIZE] = {0};
        size_t digits = 0, size;
        const char *close = *text == '{' ? strchr(text, '}') : NULL;
        if (close) {
            add_mark(placeholders, text, (size_t)(close - text) + 1);
            text = close;
        }
        for (int digit; (digit = digit_at(text, &size)) >= 0; text += size) {
            number[digits] = (char)('0' + digit);
            digits += digits + 1 < MARK_SIZE;
        }
        if (digits) {
            add_mark(numbers, number, digits);
        } else {
            text++;
        }
    }
}

/* The first mark of `from` that `in` lacks, or NULL. */
static const char *lacking(const struct marks *from, const struct marks *in) {
    for (size_t i = 0; i < from->count; i++) {
        bool found = false;
        for (size_t j = 0; j < in->count; j++) {
            found = found || strcmp(from->mark[i], in->mark[j]) == 0;
        }
        if (!found) {
            return from->mark[i];
        }
    }
    return NULL;
}

static void warn_marks(struct author_form *form, const struct questionnaire_text *text,
                       struct author_form_cell cell) {
    struct marks placeholders[2], numbers[2];
    if (!text->in[0]) {
        return;
    }
    read_marks(&placeholders[0], &numbers[0], text->in[0]);
    for (uint16_t i = 1; i < form->sheets.language_count; i++) {
        if (!text->in[i]) {
            continue;
        }
        read_marks(&placeholders[1], &numbers[1], text->in[i]);
        const char *differs = lacking(&placeholders[0], &placeholders[1]);
        differs = differs ? differs : lacking(&placeholders[1], &placeholders[0]);
        if (!differs && numbers[0].count && numbers[1].count) {
            differs = lacking(&numbers[0], &numbers[1]);
            differs = differs ? differs : lacking(&numbers[1], &numbers[0]);
        }
        if (differs) {
            author_report_add(form->report, AUTHOR_TEXT_DIFFERS,
                              author_sheet_place_in(&form->sheets, cell.kind, cell.row, cell.column, i),
                              differs, form->sheets.language[0].name);
        }
    }
}

/* ---- answers ---- */

static bool is_young(const struct author_form *form) {
    const char *age = form->questionnaire->age_form;
    return isdigit((unsigned char)age[0]) && strtol(age, NULL, 10) < YOUNG_AGE;
}

/* "1", "- -" or "…": nothing that says what the number means. */
static bool is_bare(const char *label) {
    for (; *label; label++) {
        bool dots = strncmp(label, "…", strlen("…")) == 0 || strncmp(label, "–", strlen("–")) == 0;
        if (isalpha((unsigned char)*label) || ((unsigned char)*label >= 0x80 && !dots)) {
            return false;
        }
        label += dots ? 2 : 0;
    }
    return true;
}

static void warn_answers(struct author_form *form, uint16_t at) {
    const struct questionnaire *out = form->questionnaire;
    const struct questionnaire_list *list = &out->list[at];
    bool chosen_one = false, told = false;
    unsigned answers = 0;
    for (uint16_t i = 0; i < out->item_count; i++) {
        chosen_one = chosen_one || (out->item[i].list == at && out->item[i].kind == QUESTIONNAIRE_SELECT_ONE);
    }
    for (uint16_t i = 0; i < list->option_count; i++) {
        struct author_form_cell cell = {AUTHOR_SHEET_CHOICES, form->option_row[at][i], AUTHOR_SHEET_LABEL};
        answers += list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER;
        warn_marks(form, &list->option[i].label, cell);
        if (!told && chosen_one && list->option[i].label.in[0] && is_bare(list->option[i].label.in[0])) {
            author_report_add(form->report, AUTHOR_OPTION_BARE,
                              author_sheet_place_in(&form->sheets, cell.kind, cell.row, cell.column, 0),
                              list->option[i].label.in[0], NULL);
            told = true; /* one of a list is enough to look at it */
        }
    }
    if (chosen_one && is_young(form) && answers > YOUNG_ANSWERS && answers <= AUTHOR_FORM_ANSWERS) {
        char number[16], limit[16];
        snprintf(number, sizeof number, "%u", answers);
        snprintf(limit, sizeof limit, "%d", YOUNG_ANSWERS);
        struct author_form_cell cell = {AUTHOR_SHEET_CHOICES, form->list_row[at], AUTHOR_SHEET_LIST_NAME};
        author_form_report(form, AUTHOR_OPTIONS_YOUNG, cell, number, limit);
    }
}

void author_form_asks(struct author_form *form) {
    const struct questionnaire *out = form->questionnaire;
    struct author_words_text *text = calloc(1, sizeof *text);
    if (!text) {
        form->fault = FAULT_MEMORY;
        return;
    }
    for (uint16_t i = 0; i < out->item_count; i++) {
        struct author_form_cell label = {AUTHOR_SHEET_SURVEY, form->item_row[i], AUTHOR_SHEET_LABEL};
        struct author_form_cell hint = {AUTHOR_SHEET_SURVEY, form->item_row[i], AUTHOR_SHEET_HINT};
        warn_marks(form, &out->item[i].label, label);
        warn_marks(form, &out->item[i].hint, hint);
        if (out->item[i].kind != QUESTIONNAIRE_NOTE) {
            warn_identity(form, text, &out->item[i].label, label);
        }
    }
    for (uint16_t i = 0; i < out->list_count; i++) {
        warn_answers(form, i);
    }
    free(text);
}
