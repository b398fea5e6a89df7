/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_RULE_H
#define DISCLOSURE_RULE_H

#include "aggregator/disclosure_school.h"

/*
 * Policy 2 (docs/statistics.md, "What is published, and by which rule"), applied to exact results. Used by
 * disclosure.c, tests and benches; it makes figures, not releases.
 */

/*
 * Also adds the categories that are told to the school's nodes. Adds a figure for every cell that the policy
 * lists, whatever its status, to `content`, in the release's order. FAULT_MEMORY, FAULT_MEMORY_LOCK,
 * FAULT_LIMIT.
 */
enum fault disclosure_rule_apply(struct release_content *content,
                                 struct disclosure_school *school) FAULT_MUST_CHECK;

#endif
