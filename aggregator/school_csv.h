/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCHOOL_CSV_H
#define SCHOOL_CSV_H

#include "core/round.h"

/*
 * The classes of a school from a table: what a coordinator saves as CSV from a spreadsheet. The first filled
 * row holds the headings, in Dutch or English, in any order, capitals or not:
 *
 *   class      klas            "2B"; unique, at most 48 bytes
 *   years      leerjaren       "2", or "7 8" for a combination class; 1..16; also leerjaar, year
 *   heads      leerlingen      pupils in the class, 1..2000
 *   not_asked  niet_gevraagd   of these, not invited; empty is 0; may be left out
 *   reason     reden           why; exactly when not_asked is more than 0; may be left out
 *
 * UTF-8 with or without byte order mark; comma, semicolon or tab. Everything that is wrong is found in one
 * go.
 */

enum { SCHOOL_CSV_PROBLEMS = 100, SCHOOL_CSV_TEXT = 256, SCHOOL_CSV_COLUMN = 24 };

/* Reason and remedy by enum fault_language. */
struct school_csv_problem {
    uint32_t row;                   /* as a spreadsheet counts; 0 for the file as a whole */
    char column[SCHOOL_CSV_COLUMN]; /* the heading as it stands in the file; "" for the row as a whole */
    char reason[2][SCHOOL_CSV_TEXT];
    char remedy[2][SCHOOL_CSV_TEXT];
};

/* A zeroed one is empty and valid. */
struct school_csv {
    uint16_t class_count;
    struct round_class *class_list;     /* numbers 1.. in the order of the file; owned */
    size_t problem_count;               /* all of them, also beyond SCHOOL_CSV_PROBLEMS */
    struct school_csv_problem *problem; /* the first ones, owned */
};

/*
 * Reads and checks. FAULT_USAGE: there are problems, and no classes. FAULT_MEMORY. `out` must be zeroed or
 * released; the caller releases it in every case.
 */
enum fault school_csv_read(struct school_csv *out, struct bytes content) FAULT_MUST_CHECK;
void school_csv_release(struct school_csv *csv); /* accepts zeroed and released ones; leaves it zeroed */

#endif
