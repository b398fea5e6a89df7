/* SPDX-License-Identifier: Apache-2.0 */
#ifndef XLSX_SHEET_H
#define XLSX_SHEET_H

#include "aggregator/xlsx_book.h"

/* The cells of one sheet that hold something, from left to right and from top to bottom. */

enum xlsx_sheet_kind {
    XLSX_SHEET_TEXT,    /* text; a number as it is written; TRUE or FALSE */
    XLSX_SHEET_FORMULA, /* a formula whose result was not saved; the text is the formula's */
    XLSX_SHEET_ERROR    /* the text is an error: "#REF!" */
};

struct xlsx_sheet_cell {
    enum xlsx_sheet_kind kind;
    uint32_t row, column; /* from 1 */
    const char *text;     /* zero-terminated, UTF-8, never empty */
};

/* `take` gets one cell after the other; its fault ends the reading. */
struct xlsx_sheet_sink {
    enum fault (*take)(void *context, const struct xlsx_sheet_cell *cell);
    void *context;
};

/*
 * Faults as in xlsx_book.h; FAULT_QUESTIONNAIRE also for a cell that is out of order, outside the format's
 * limits or names a shared string that is not there. book->sheet[at].part is not "".
 */
enum fault xlsx_sheet_read(struct xlsx_book *book, size_t at,
                           const struct xlsx_sheet_sink *sink) FAULT_MUST_CHECK;

#endif
