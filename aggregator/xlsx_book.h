/* SPDX-License-Identifier: Apache-2.0 */
#ifndef XLSX_BOOK_H
#define XLSX_BOOK_H

#include <stdbool.h>

#include "aggregator/xlsx_parts.h"

/*
 * A workbook in Office Open XML (ECMA-376, part 1, chapters 12 and 18): which sheets it has, and their cells
 * as text. Only what a table of texts needs is read: names, values, shared and inline strings; no styles,
 * dates, macros or links.
 *
 * Faults of every function: FAULT_FILE_MISSING, FAULT_FILE_TOO_LARGE, FAULT_FILE_READ (xlsx_parts.h);
 * FAULT_REFUSED (a DOCTYPE); FAULT_TEXT (not well-formed); FAULT_LIMIT (too deep, or more sheets or strings
 * than below);
 * FAULT_QUESTIONNAIRE (the parts contradict each other); FAULT_MEMORY. xlsx_book.part and .line then say
 * where.
 */

enum {
    XLSX_BOOK_SHEETS = 64,
    XLSX_BOOK_STRINGS = 200000,
    XLSX_BOOK_NAME = 256,
    XLSX_BOOK_ROWS = 1048576, /* what the format allows */
    XLSX_BOOK_COLUMNS = 16384
};

struct xlsx_book_sheet {
    char name[XLSX_BOOK_NAME];
    char id[XLSX_BOOK_NAME];   /* of its relationship */
    char part[XLSX_BOOK_NAME]; /* "" for what is no worksheet (a chart) */
};

struct xlsx_book {
    struct xlsx_parts parts;
    char workbook[XLSX_BOOK_NAME]; /* the part that lists the sheets */
    char strings[XLSX_BOOK_NAME];  /* the part with shared strings, or "" */
    size_t sheet_count;
    struct xlsx_book_sheet *sheet; /* XLSX_BOOK_SHEETS of them */
    struct bytes_buffer text;      /* shared strings, zero-terminated, one after another */
    size_t *string;                /* where each begins */
    size_t string_count, string_capacity;
    char part[XLSX_BOOK_NAME]; /* that was being read */
    unsigned line;             /* in it, where it is not well-formed; else 0 */
};

/* `book` starts zeroed and is closed by the caller in every case. */
enum fault xlsx_book_open(struct xlsx_book *book, struct xlsx_parts parts) FAULT_MUST_CHECK;
void xlsx_book_close(struct xlsx_book *book); /* accepts zeroed and closed ones */

/* Reads a part and hands it to the caller to release; sets book->part. For xlsx_sheet.c. */
enum fault xlsx_book_part(struct xlsx_book *book, struct bytes_buffer *out,
                          const char *name) FAULT_MUST_CHECK;

/* "_x000D_" stands for a character that XML cannot hold; tabs and line ends are given back, in place. */
void xlsx_book_unescape(char *text);

#endif
