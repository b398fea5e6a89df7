/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_BREAKDOWN_H
#define DISCLOSURE_BREAKDOWN_H

#include "aggregator/disclosure_table.h"

/*
 * Breakdowns among the units that are judged together (docs/statistics.md, "Breakdowns"): the categories
 * whose sums were opened and whose size is told exactly are nodes below the school, and what is left of the
 * school beside them is one more, of which nothing is told.
 */

/* Categories that are told, a bit an option, per item. */
struct disclosure_categories {
    uint32_t told[QUESTIONNAIRE_ITEMS];
};

/*
 * Notes the categories of breakdown item `item` from its judged table (its first subject): opened, and of
 * exactly told size.
 */
void disclosure_breakdown_choose(struct disclosure_categories *categories,
                                 const struct disclosure_table *table, uint16_t item);

/*
 * Adds their nodes to the school. Tables that were made before must not be used after. FAULT_MEMORY,
 * FAULT_MEMORY_LOCK: unchanged.
 */
enum fault disclosure_breakdown_add(struct disclosure_school *school,
                                    const struct disclosure_categories *categories) FAULT_MUST_CHECK;

#endif
