/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANSWERS_CSV_H
#define ANSWERS_CSV_H

#include "core/answers.h"
#include "core/round.h"

/*
 * A known data set as a CSV, one row per pupil, for tests only (the product has no such format):
 *
 *   class,participation,q1,q2,...
 *   2A,answered,often,football chess
 *
 * `class` is a label of the round. `participation` is optional (answered, stopped, declined; empty:
 * answered). Every other heading is an item's name; a missing column is the same as an empty one. A cell
 * holds the name of an option (select_multiple: names with spaces between), empty for skipped. A pupil who
 * `stopped` has seen every item up to the last filled column in questionnaire order and none after; for one
 * who `declined` the cells must be empty. An item whose condition says no must be empty.
 */

struct answers_csv_problem {
    size_t row; /* 1 is the heading */
    char text[256];
};

typedef enum fault answers_csv_each(void *self, const struct round_class *class_item,
                                    const struct answers *answers);

/*
 * Calls `each` for every row, with answers that it may read until it returns. FAULT_USAGE with *problem
 * filled when the CSV does not fit the round; else what `each` gave, or FAULT_MEMORY.
 */
enum fault answers_csv_read(struct answers_csv_problem *problem, const struct round *round,
                            struct bytes content, answers_csv_each *each, void *self) FAULT_MUST_CHECK;

#endif
