/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_EXTEND_H
#define AUTHOR_EXTEND_H

#include "aggregator/author_table.h"
#include "aggregator/measures.h"

/*
 * A school's copy of an instrument: all its rows as they are, then the school's own questions, then one "Have
 * you noticed …?" for each measure. The copy is a sheet like any other; the compiler says whether it is
 * whole, and author_extend_keeps whether the core is.
 */

struct author_extend {
    const struct author_table *core;
    const struct author_table *own;  /* survey and choices of the school's own questions; NULL for none */
    const struct measures *measures; /* NULL for none */
    uint32_t since;      /* measures decided before this date (20260801) are left out; 0: none is */
    const char *version; /* of the copy; NULL keeps the core's */
};

/*
 * Fills `out`, which the caller releases. Every select row of `own` is marked klankbord::own.
 * FAULT_QUESTIONNAIRE when core or own lacks the sheet survey, or own has a column that is not XLSForm's and
 * not in the core; FAULT_MEMORY.
 */
enum fault author_extend(struct author_table *out, struct author_report *report,
                         const struct author_extend *extend) FAULT_MUST_CHECK;

/*
 * Whether every item of the core is the same item in the copy, in its place: same digest, scale, reversing
 * and scores. FAULT_MEMORY.
 */
enum fault author_extend_keeps(bool *out, const struct questionnaire *core,
                               const struct questionnaire *copy) FAULT_MUST_CHECK;

#endif
