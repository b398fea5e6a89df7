/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_FORM_H
#define AUTHOR_FORM_H

#include <stdbool.h>

#include "aggregator/author_media.h"
#include "aggregator/author_sheet.h"
#include "core/questionnaire.h"

/*
 * The workbench of one compilation, shared by the author_*.c: the sheets that were read, the questionnaire
 * that is being made, and from which row each of its parts came. A part with a mistake stays in the
 * questionnaire (a name empty, a reference NONE), so that it does not cause further messages; the errors in
 * the report keep it from ever leaving the workbench.
 */

enum { AUTHOR_FORM_GROUPS = 8, AUTHOR_FORM_WORDS = 30, AUTHOR_FORM_NOTE_WORDS = 80, AUTHOR_FORM_ANSWERS = 7 };

/*
 * No limit here: the texts of questions, notes and answers are judged by age and language in author_words.c.
 */
#define AUTHOR_FORM_JUDGED SIZE_MAX

struct author_form {
    struct author_report *report;
    const struct author_media *media; /* NULL: no recordings to be had */
    struct author_table table;
    struct author_sheets sheets;
    struct questionnaire *questionnaire;
    size_t list_row[QUESTIONNAIRE_LISTS]; /* first row of the list */
    size_t option_row[QUESTIONNAIRE_LISTS][QUESTIONNAIRE_OPTIONS];
    bool list_used[QUESTIONNAIRE_LISTS];
    size_t scale_row[QUESTIONNAIRE_SCALES];
    size_t item_row[QUESTIONNAIRE_ITEMS];
    size_t untranslated[QUESTIONNAIRE_LANGUAGES]; /* texts that are missing, per language */
    struct author_report_place untranslated_first[QUESTIONNAIRE_LANGUAGES];
    enum fault fault; /* FAULT_MEMORY; sticks */
};

/* One cell, so that helpers need not carry four arguments. */
struct author_form_cell {
    enum author_sheet_kind kind;
    size_t row;
    enum author_sheet_column column;
};

const char *author_form_value(const struct author_form *form, struct author_form_cell cell);
/*
 * Whether the sheet has this column at all. When a required one is missing, that was said once; its cells say
 * nothing more.
 */
bool author_form_has(const struct author_form *form, struct author_form_cell cell);
void author_form_report(struct author_form *form, enum author_message message, struct author_form_cell cell,
                        const char *first, const char *second);

/*
 * The text in all languages; at most `words` words each, or a warning. Missing in the default language is an
 * error when `required`.
 */
void author_form_text(struct author_form *form, struct questionnaire_text *out, struct author_form_cell cell,
                      bool required, size_t words);

/*
 * Copies a name of an item, list, option, scale or form; "" and a report when it is missing or cannot be a
 * name.
 */
void author_form_name(struct author_form *form, char out[QUESTIONNAIRE_NAME_SIZE],
                      struct author_form_cell cell);
bool author_form_is_name(const char *text);

/* yes/no, ja/nee, true/false, 1/0; empty is no. */
bool author_form_yes(struct author_form *form, struct author_form_cell cell);

/* Says that a limit was reached: "more than 120 questions", with the word in the author's terms. */
void author_form_too_many(struct author_form *form, struct author_form_cell cell, unsigned limit,
                          const char *what);

/* ` ("guess"?)` when one of the names is near to what was written, else "". */
enum { AUTHOR_FORM_GUESS = 80 };
void author_form_guess(char out[AUTHOR_FORM_GUESS], const char *written, const char *const *name,
                       size_t count);

/* Lowest and highest score of a list's answers; false when one has none, or all have the same. */
bool author_form_scores(uint8_t range[2], const struct questionnaire_list *list);

/* The parts, in the order in which they are made. */
void author_form_settings(struct author_form *form); /* author_settings.c */
void author_form_lists(struct author_form *form);    /* author_lists.c */
void author_form_scales(struct author_form *form);   /* author_scales.c */
void author_form_marks(struct author_form *form, struct questionnaire_item *item,
                       size_t row); /* author_marks.c: faces, cut, own, measure; called by the survey */
void author_form_survey(struct author_form *form); /* author_survey.c */
void author_form_join(struct author_form *form);   /* author_scales.c: what scales ask of their items */
void author_form_appendix(
    struct author_form *form); /* author_appendix.c: translations, recordings, figures to compare with */
void author_form_lint(struct author_form *form); /* author_lint.c: warnings about the whole */
void author_form_asks(
    struct author_form *form); /* author_asks.c: warnings about identity, translations, answers */
void author_form_words(struct author_form *form); /* author_words.c: warnings about the wording */

#endif
