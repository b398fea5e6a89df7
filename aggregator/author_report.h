/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_REPORT_H
#define AUTHOR_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aggregator/author_message.h"
#include "core/fault.h"

/*
 * What the compiler found in one file: all of it, up to a limit, each with its place, in both languages.
 * Nothing is printed here; the command does that.
 */

enum {
    AUTHOR_REPORT_FINDINGS = 200,
    AUTHOR_REPORT_TEXT = 480,
    AUTHOR_REPORT_NAME = 64,
    AUTHOR_REPORT_COLUMN = 4,
    AUTHOR_REPORT_SHEETS = 32
};

/*
 * Where something was found. Row and column count from 1, as a spreadsheet does; 0 means the sheet or file as
 * a whole.
 */
struct author_report_place {
    const char *sheet; /* NULL: the file as a whole */
    uint32_t row;
    uint32_t column;    /* 1 is A */
    const char *header; /* of the column; may be NULL */
};

struct author_report_finding {
    enum author_message message;
    enum author_message_severity severity;
    const char *code;                   /* a constant */
    char sheet[AUTHOR_REPORT_NAME];     /* "" for the file as a whole */
    char header[AUTHOR_REPORT_NAME];    /* of the column, or "" */
    char letters[AUTHOR_REPORT_COLUMN]; /* "C", or "" */
    uint32_t row, column;
    char reason[2][AUTHOR_REPORT_TEXT]; /* by enum fault_language; plain text on one line, UTF-8 */
    char remedy[2][AUTHOR_REPORT_TEXT];
};

/* A zeroed one is empty and valid. */
struct author_report {
    struct author_report_finding *finding;
    size_t count;                   /* kept, at most AUTHOR_REPORT_FINDINGS */
    size_t errors, warnings, notes; /* all of them, also those beyond the limit */
    enum fault fault;               /* FAULT_MEMORY after a failed growth; sticks */
    bool workbook;                  /* column B of the table is column A of a sheet, rows count per sheet */
    size_t sheet_count;             /* of a workbook, in its order; findings are sorted by it */
    char sheet[AUTHOR_REPORT_SHEETS][AUTHOR_REPORT_NAME];
};

/*
 * Adds a finding; `first` and `second` take the places {0} and {1} and may be NULL. Values from the file are
 * cut at 60 bytes. Errors take the place of warnings and notes when the limit is reached.
 */
void author_report_add(struct author_report *report, enum author_message message,
                       struct author_report_place place, const char *first, const char *second);

/* The next sheet of a workbook; beyond AUTHOR_REPORT_SHEETS the order is that of finding. */
void author_report_sheet(struct author_report *report, const char *name);

/* Sorts by sheet when it is a workbook, by row and column, in the order of adding where those are equal. */
void author_report_sort(struct author_report *report);

void author_report_release(
    struct author_report *report); /* accepts zeroed and released ones; leaves it zeroed */

/* 1 is "A", 27 is "AA", up to "ZZZ"; "" for 0 and beyond. */
void author_report_letters(char out[AUTHOR_REPORT_COLUMN], uint32_t column);

#endif
