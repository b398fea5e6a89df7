/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ATTACKER_PARTS_H
#define ATTACKER_PARTS_H

#include "published.h"

/*
 * The parts of breakdowns in the world. A part has the columns of a batch; whatever is counted, the parts of
 * one breakdown add up to what the batches of that release do. Whoever is in a category chose it, and nobody
 * of the others did.
 */

/* Adds the rows that say so. */
void parts_link(const struct published *published, struct world *world);

/* Into which parts the pupil falls, as well as his batch. */
void parts_place_pupil(struct known *known, const struct published *published);

#endif
