/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_RULE_H
#define DISCLOSURE_RULE_H

#include "aggregator/disclosure.h"

/*
 * The rule in force until audited disclosure control exists (docs/statistics.md, "What is published now, and
 * by which rule"), applied to exact totals. Used by disclosure.c only.
 */

/*
 * Adds every figure that may go out, and a hidden mark for every subject that may not, to `content`.
 * FAULT_MEMORY, FAULT_MEMORY_LOCK.
 */
enum fault disclosure_rule_apply(struct release_content *content, const struct round *round,
                                 const struct layout *layout,
                                 const struct combine_result *result) FAULT_MUST_CHECK;

#endif
