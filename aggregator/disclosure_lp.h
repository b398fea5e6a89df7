/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_LP_H
#define DISCLOSURE_LP_H

#include "aggregator/disclosure_protect.h"

/*
 * The linear programs of disclosure control, over deviations from the true counts. The only place that knows
 * the LP library (docs/decisions/0024). Results are proposals: protect_run verifies each in integers.
 */

struct disclosure_lp;

/*
 * `free_cells` (NULL: all) are those that may move, all others stay at `base`, as deviations. FAULT_MEMORY,
 * FAULT_MEMORY_LOCK. `protect` must outlive it; cells and relations stay as they are.
 */
enum fault disclosure_lp_new(struct disclosure_lp **out, const struct protect *protect,
                             const bool *free_cells, const double *base) FAULT_MUST_CHECK;
struct disclosure_lp *disclosure_lp_free(struct disclosure_lp *lp); /* accepts NULL, gives NULL */

#define DISCLOSURE_LP_NO_CHOICE UINT32_MAX

/*
 * Moves all cells with a direction (+1, -1; 0: none) as far that way as what is told allows, with this choice
 * at 1, all others at 0; when `whole`, on to whole numbers if that can be. `deviation` has room for every
 * cell: count - true count.
 * False when no solution was found.
 */
bool disclosure_lp_reach(struct disclosure_lp *lp, const int8_t *direction, uint32_t choice, bool whole,
                         double *deviation);

/*
 * Any table; when `known` one in which all that somebody counted is as it is. `deviation` as above. False
 * when none was found.
 */
bool disclosure_lp_any(struct disclosure_lp *lp, bool known, bool whole, double *deviation);

/*
 * How far a cell gets when nothing is told, with this choice at 1: its least or greatest value. False when no
 * solution was found.
 */
bool disclosure_lp_open(struct disclosure_lp *lp, uint32_t cell, bool high, uint32_t choice, double *value);

/*
 * The cheapest set of told cells to hide so that `cell` can reach `value`, with this choice at 1: `hide` is
 * set for them. `deviation` as above. False when there is none.
 */
bool disclosure_lp_complement(struct disclosure_lp *lp, uint32_t cell, uint32_t value, uint32_t choice,
                              double *deviation, bool *hide);

/*
 * A table of whole numbers in which `cell` is at `value` or beyond it (`high`: above). For when the tables of
 * disclosure_lp_reach are not whole. False when none was found within a fixed number of steps.
 */
bool disclosure_lp_whole(struct disclosure_lp *lp, uint32_t cell, uint32_t value, bool high,
                         double *deviation);

#endif
