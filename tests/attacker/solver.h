/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_SOLVER_H
#define ATTACKER_SOLVER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Linear programs over GLPK: columns with bounds, rows of terms with bounds, the least or greatest value of
 * an expression, and the point where it is reached. Columns and rows are numbered from 1, as GLPK does. Any
 * failure that is not an answer (memory, a misuse, an unbounded or impossible program) ends the program: an
 * attacker that cannot compute must never look like one that found nothing.
 */

struct solver;

/* A sum of coefficient × column. A zeroed one is empty; solver_terms_release frees it. */
struct solver_terms {
    int count, room;
    int *column;         /* [1..count], as GLPK wants */
    double *coefficient; /* [1..count] */
};
void solver_terms_add(struct solver_terms *terms, int column, double coefficient);
void solver_terms_add_all(struct solver_terms *terms, const struct solver_terms *more, double factor);
void solver_terms_clear(struct solver_terms *terms);
void solver_terms_release(struct solver_terms *terms);
/* Its value in the solver's last point. */
double solver_terms_value(const struct solver *solver, const struct solver_terms *terms);

#define SOLVER_FREE 1e30 /* no bound at this side, as its negative is at the other */

/* Whether every column of the last point that must be whole is. */
bool solver_is_whole(const struct solver *solver);

struct solver *solver_new(void);
struct solver *solver_free(struct solver *solver); /* accepts NULL, gives NULL */

/* A new column with these bounds; a whole number in solver_whole's programs when `whole`. */
int solver_column(struct solver *solver, double low, double high, bool whole);
void solver_bound(struct solver *solver, int column, double low, double high);
/* A new row low <= terms <= high. Terms of one column are added together. */
int solver_row(struct solver *solver, const struct solver_terms *terms, double low, double high);
int solver_column_count(const struct solver *solver);
int solver_row_count(const struct solver *solver);

/* Whether there is a point at all. Keeps it. */
bool solver_possible(struct solver *solver);

/*
 * The least or greatest value of the expression over all points; keeps the point. SOLVER_FREE or its negative
 * when there is no end to it. The program must be possible.
 */
double solver_least(struct solver *solver, const struct solver_terms *terms);
double solver_greatest(struct solver *solver, const struct solver_terms *terms);

/* Whether the row held the last program's end where it is. */
bool solver_holds(const struct solver *solver, int row);

enum solver_answer { SOLVER_NO, SOLVER_YES, SOLVER_UNKNOWN };

/*
 * Whether a point in whole numbers has low <= terms <= high. It looks first where `others` is small, and
 * keeps the point. UNKNOWN when `seconds` of search did not tell.
 */
enum solver_answer solver_whole(struct solver *solver, const struct solver_terms *terms, double low,
                                double high, const struct solver_terms *others, int seconds);

#endif
