/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_FIGURES_H
#define DISCLOSURE_FIGURES_H

#include "aggregator/disclosure_table.h"

/* From judged cells to figures. Used by the rule only. */

/* Adds the figure of every listed cell of a table that protect_run has judged. FAULT_MEMORY, FAULT_LIMIT. */
enum fault disclosure_figures_add(struct release_content *content,
                                  const struct disclosure_table *table) FAULT_MUST_CHECK;
/* Adds one figure. The same faults. */
enum fault disclosure_figures_put(struct release_content *content,
                                  const struct release_figure *figure) FAULT_MUST_CHECK;
/* Brings the figures into the release's order. */
void disclosure_figures_sort(struct release_content *content);

#endif
