/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the questionnaire asks: its words in each language, by the age of who reads them. Only warnings, for a
 * list of words is no reader; that a text of another language is judged at all rests on its code
 * (author_words_language.h).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author_form.h"
#include "aggregator/author_words_language.h"

enum { YOUNG = 12, LEVEL_WORDS = 100, LEVEL_YOUNG = 30, LEVEL_OLDER = 40 };

struct judge {
    struct author_form *form;
    struct author_words_text text;
    const struct author_words_language *language;
    uint16_t in; /* the language's index */
    bool young;
    size_t words, sentences, long_words; /* of everything that is read in this language */
};

struct judge_cell {
    struct author_form_cell cell;
    enum author_words_language_part part;
};

static void warn(struct judge *judge, enum author_message message, struct author_form_cell cell,
                 const char *first, const char *second) {
    struct author_report_place place =
        author_sheet_place_in(&judge->form->sheets, cell.kind, cell.row, cell.column, judge->in);
    author_report_add(judge->form->report, message, place, first, second);
}

static void warn_count(struct judge *judge, enum author_message message, struct author_form_cell cell,
                       size_t counted, size_t limit) {
    char number[24], most[24];
    if (counted > limit) {
        snprintf(number, sizeof number, "%zu", counted);
        snprintf(most, sizeof most, "%zu", limit);
        warn(judge, message, cell, number, most);
    }
}

static void judge_length(struct judge *judge, const struct judge_cell *at) {
    const struct author_words_text *text = &judge->text;
    uint16_t letters = author_words_language_letters(judge->language, judge->young);
    warn_count(judge, AUTHOR_TEXT_WORDS, at->cell, text->count,
               author_words_language_limit(judge->language, at->part, judge->young));
    warn_count(judge, AUTHOR_WORDING_SENTENCE, at->cell, author_words_text_sentence(text),
               author_words_language_limit(judge->language, AUTHOR_WORDS_SENTENCE, judge->young));
    for (size_t i = 0; i < text->count; i++) {
        if (text->word[i].letters > letters) {
            char limit[8];
            snprintf(limit, sizeof limit, "%u", letters);
            warn(judge, AUTHOR_WORDING_LONG_WORD, at->cell, text->word[i].folded, limit);
            break; /* one of a text is enough to look at it */
        }
    }
}

static void judge_question(struct judge *judge, struct author_form_cell cell) {
    const struct author_words_text *text = &judge->text;
    bool joins = text->questions > 1, negates = false;
    if (text->questions == 0) {
        warn(judge, AUTHOR_WORDING_STATEMENT, cell, NULL, NULL);
    } else if (joins) {
        warn(judge, AUTHOR_WORDING_DOUBLE, cell, "? ?", NULL);
    }
    for (size_t i = 0; i < text->count; i++) {
        const char *word = text->word[i].folded;
        if (!joins && author_words_language_joins(judge->language, text, i)) {
            warn(judge, AUTHOR_WORDING_DOUBLE, cell, word, NULL);
            joins = true;
        }
        if (!negates && author_words_language_negates(judge->language, text, i)) {
            warn(judge, AUTHOR_WORDING_NEGATION, cell, word, NULL);
            negates = true;
        }
    }
}

/* False when the text is missing, or was refused. */
static bool take(struct judge *judge, const struct questionnaire_text *text) {
    const char *written = text->in[judge->in];
    if (written) {
        author_words_text_split(&judge->text, written);
    }
    return written != NULL;
}

static void judge_reading(struct judge *judge) {
    uint16_t lengthy = author_words_language_long(judge->language);
    judge->words += judge->text.count;
    judge->sentences += judge->text.sentences;
    for (size_t i = 0; i < judge->text.count; i++) {
        judge->long_words += judge->text.word[i].letters > lengthy;
    }
}

static void judge_item(struct judge *judge, uint16_t at) {
    const struct questionnaire_item *item = &judge->form->questionnaire->item[at];
    bool note = item->kind == QUESTIONNAIRE_NOTE;
    struct judge_cell cell = {{AUTHOR_SHEET_SURVEY, judge->form->item_row[at], AUTHOR_SHEET_LABEL},
                              note ? AUTHOR_WORDS_NOTE : AUTHOR_WORDS_QUESTION};
    if (take(judge, &item->label)) {
        judge_length(judge, &cell);
        judge_reading(judge);
        if (!note) {
            judge_question(judge, cell.cell);
        }
    }
    if (take(judge, &item->hint)) {
        cell.cell.column = AUTHOR_SHEET_HINT;
        cell.part = AUTHOR_WORDS_HINT;
        judge_length(judge, &cell);
        judge_reading(judge);
    }
}

static void judge_list(struct judge *judge, uint16_t at) {
    const struct questionnaire_list *list = &judge->form->questionnaire->list[at];
    bool agrees = false;
    for (uint16_t i = 0; judge->form->list_used[at] && i < list->option_count; i++) {
        struct judge_cell cell = {{AUTHOR_SHEET_CHOICES, judge->form->option_row[at][i], AUTHOR_SHEET_LABEL},
                                  AUTHOR_WORDS_ANSWER};
        if (!take(judge, &list->option[i].label)) {
            continue;
        }
        judge_length(judge, &cell);
        if (!agrees && author_words_language_agrees(judge->language, &judge->text)) {
            warn(judge, AUTHOR_WORDING_AGREE, cell.cell, list->option[i].label.in[judge->in], NULL);
            agrees = true;
        }
    }
}

/* LIX: words a sentence, and long words in a hundred. Of little text it says nothing. */
static void judge_level(struct judge *judge) {
    size_t limit = judge->young ? LEVEL_YOUNG : LEVEL_OLDER;
    struct author_report_place place = author_sheet_place_in(
        &judge->form->sheets, AUTHOR_SHEET_SURVEY, judge->form->sheets.sheet[AUTHOR_SHEET_SURVEY].header,
        AUTHOR_SHEET_LABEL, judge->in);
    if (judge->words < LEVEL_WORDS || judge->sentences == 0) {
        return;
    }
    size_t level = (judge->words * judge->words + 100 * judge->long_words * judge->sentences) /
                   (judge->words * judge->sentences);
    if (level > limit) {
        char number[24], most[24];
        snprintf(number, sizeof number, "%zu", level);
        snprintf(most, sizeof most, "%zu", limit);
        author_report_add(judge->form->report, AUTHOR_WORDING_LEVEL, place, number, most);
    }
}

static bool is_for_young(const char *age_form) {
    char *end = NULL;
    unsigned long from = strtoul(age_form, &end, 10);
    return end != age_form && from < YOUNG;
}

void author_form_words(struct author_form *form) {
    struct judge *judge = calloc(1, sizeof *judge);
    if (!judge) {
        form->fault = FAULT_MEMORY;
        return;
    }
    const struct questionnaire *out = form->questionnaire;
    judge->form = form;
    judge->young = is_for_young(out->age_form);
    for (judge->in = 0; judge->in < form->sheets.language_count; judge->in++) {
        judge->language = author_words_language_find(form->sheets.language[judge->in].code);
        judge->words = judge->sentences = judge->long_words = 0;
        for (uint16_t i = 0; i < out->item_count; i++) {
            judge_item(judge, i);
        }
        for (uint16_t i = 0; i < out->list_count; i++) {
            judge_list(judge, i);
        }
        judge_level(judge);
    }
    free(judge);
}
