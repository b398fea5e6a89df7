/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BREAKDOWN_H
#define BREAKDOWN_H

#include "core/layout.h"

/*
 * The second step of a breakdown: which categories' sums may be made, decided from the sizes alone
 * (docs/format.md, "Breakdowns"). The opened categories and the rest (everybody who took part and is in none
 * of them) are a partition into groups of k_unit or more, whatever the sizes.
 */

/*
 * A bit for each option of breakdown item `item` whose category may be opened: those of k_unit pupils or
 * more; where fewer than k_unit would be left over, the smallest of them (ties: the first) stays shut too,
 * and joins the rest. `sums` are exact class and school counters over everybody who is opened.
 * 0: none. Whether a category is empty or small makes no difference, so nothing follows about it.
 */
uint32_t breakdown_open(const struct layout *layout, const struct questionnaire *questionnaire,
                        const uint64_t *sums, uint16_t item, uint32_t k_unit);

/*
 * The same from sizes (core/layout.h, layout_sizes) of `records` contributions, for every item: open[item].
 * Nothing where the sizes cannot be those of so many pupils: an item's, with who is in no category, exceed
 * the records or differ from another item's.
 */
void breakdown_decide(uint32_t open[QUESTIONNAIRE_ITEMS], const struct questionnaire *questionnaire,
                      const uint32_t *sizes, uint64_t records, uint32_t k_unit);

/* How many chose `option` of breakdown item `item`; 0 for a missing code. */
uint64_t breakdown_size(const struct layout *layout, const struct questionnaire *questionnaire,
                        const uint64_t *sums, uint16_t item, uint16_t option);

#endif
