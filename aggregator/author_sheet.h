/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_SHEET_H
#define AUTHOR_SHEET_H

#include <stdbool.h>

#include "aggregator/author_table.h"
#include "core/questionnaire.h"

/*
 * The sheets in a table, their columns and the languages. pyxform's convention for a workbook in one CSV
 * file: column A holds the name of a sheet in a row of its own; the rows below it leave column A empty, the
 * first of them is the row of headers. A row whose first filled cell begins with # is a comment.
 */

enum author_sheet_kind {
    AUTHOR_SHEET_SURVEY,
    AUTHOR_SHEET_CHOICES,
    AUTHOR_SHEET_SCALES,
    AUTHOR_SHEET_SETTINGS,
    AUTHOR_SHEET_REFERENCES,
    AUTHOR_SHEET_CONVERSIONS,
    AUTHOR_SHEET_KINDS
};

/* Every column that means something; which sheets have it stands in author_sheet_header.c. */
enum author_sheet_column {
    AUTHOR_SHEET_TYPE,
    AUTHOR_SHEET_NAME,
    AUTHOR_SHEET_LABEL, /* translated */
    AUTHOR_SHEET_HINT,  /* translated */
    AUTHOR_SHEET_AUDIO, /* translated */
    AUTHOR_SHEET_RELEVANT,
    AUTHOR_SHEET_SCALE,
    AUTHOR_SHEET_REVERSE,
    AUTHOR_SHEET_SENSITIVE,
    AUTHOR_SHEET_BREAKDOWN,
    AUTHOR_SHEET_FACES,
    AUTHOR_SHEET_CUT,
    AUTHOR_SHEET_OWN,
    AUTHOR_SHEET_MEASURE,
    AUTHOR_SHEET_REQUIRED,
    AUTHOR_SHEET_CONSTRAINT,
    AUTHOR_SHEET_CHOICE_FILTER,
    AUTHOR_SHEET_CALCULATION,
    AUTHOR_SHEET_DEFAULT,
    AUTHOR_SHEET_LIST_NAME,
    AUTHOR_SHEET_SCORE,
    AUTHOR_SHEET_COARSE,
    AUTHOR_SHEET_EXCLUSIVE,
    AUTHOR_SHEET_SUBJECT,
    AUTHOR_SHEET_DIRECTION,
    AUTHOR_SHEET_FORMATIVE,
    AUTHOR_SHEET_FORM_TITLE, /* translated */
    AUTHOR_SHEET_FORM_ID,
    AUTHOR_SHEET_VERSION,
    AUTHOR_SHEET_DEFAULT_LANGUAGE,
    AUTHOR_SHEET_AGE_FORM,
    AUTHOR_SHEET_PROVENANCE, /* translated */
    AUTHOR_SHEET_VALIDITY,
    AUTHOR_SHEET_TRANSLATION, /* translated */
    AUTHOR_SHEET_DATE,
    AUTHOR_SHEET_MEAN,
    AUTHOR_SHEET_DEVIATION,
    AUTHOR_SHEET_PUPILS,
    AUTHOR_SHEET_SOURCE,
    AUTHOR_SHEET_RAW,
    AUTHOR_SHEET_VALUE,
    AUTHOR_SHEET_COLUMNS
};

struct author_sheet {
    bool present; /* its name was found */
    bool has_header;
    uint32_t number;                      /* row with its name, from 1 */
    size_t header;                        /* row index in the table */
    size_t first, end;                    /* rows below the header, as indices: first <= row < end */
    uint32_t plain[AUTHOR_SHEET_COLUMNS]; /* column in the table, 0 when absent (A never holds data) */
    uint32_t in[AUTHOR_SHEET_COLUMNS][QUESTIONNAIRE_LANGUAGES]; /* translated columns */
};

struct author_sheets {
    const struct author_table *table;
    struct author_report *report;
    struct author_sheet sheet[AUTHOR_SHEET_KINDS];
    uint16_t language_count;
    struct questionnaire_language language[QUESTIONNAIRE_LANGUAGES]; /* 0 is the default */
};

/*
 * Finds sheets (author_sheet.c), then languages and columns (author_sheet_header.c). Everything wrong goes
 * into the report. What was not found is absent in the result, which may be read all the same.
 */
void author_sheet_find(struct author_sheets *out, const struct author_table *table,
                       struct author_report *report);
void author_sheet_header_read(struct author_sheets *sheets); /* called by author_sheet_find */

const char *author_sheet_kind_name(enum author_sheet_kind kind);
const char *author_sheet_column_name(enum author_sheet_column column); /* as an author writes it */

/* The text of a cell, "" when empty or when the sheet has no such column. `row` is an index in the table. */
const char *author_sheet_cell(const struct author_sheets *sheets, enum author_sheet_kind kind, size_t row,
                              enum author_sheet_column column);
const char *author_sheet_cell_in(const struct author_sheets *sheets, enum author_sheet_kind kind, size_t row,
                                 enum author_sheet_column column, uint16_t language);

/* Where that cell is, or would be. */
struct author_report_place author_sheet_place(const struct author_sheets *sheets, enum author_sheet_kind kind,
                                              size_t row, enum author_sheet_column column);
struct author_report_place author_sheet_place_in(const struct author_sheets *sheets,
                                                 enum author_sheet_kind kind, size_t row,
                                                 enum author_sheet_column column, uint16_t language);
/* The sheet as a whole: the row with its name. */
struct author_report_place author_sheet_place_whole(const struct author_sheets *sheets,
                                                    enum author_sheet_kind kind);

/* Whether the row is a comment: its first filled cell begins with #. */
bool author_sheet_is_comment(const struct author_table *table, size_t row);

#endif
