/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_PRESENCE_H
#define DISCLOSURE_PRESENCE_H

#include "aggregator/disclosure_table.h"

/*
 * Who took part, stopped or said no, and what that has to do with everything else: who said no gave no answer
 * to any item, and who stopped was not asked what came after. That links every subject to every other, so
 * each is judged with it (docs/statistics.md, "Who took part").
 *
 * A *census* is how many said no and how many stopped in every smallest unit. For each of these numbers that
 * is small there is a census in which it is 0, and one in which it is k_cell - 1, as near to the true one as
 * can be. Every subject must have tables for every census: then no subject, and no subjects together, tell
 * more of who took part than what is told of it.
 */

struct disclosure_presence {
    const struct disclosure_school *school;
    struct disclosure_table table;  /* what is told of who took part; judged */
    uint32_t leaf_count, *leaf;     /* nodes without children */
    uint32_t census_count, *census; /* leaf_count pairs each: said no, stopped; in secret memory */
};

/* Judges participation. FAULT_MEMORY, FAULT_MEMORY_LOCK, FAULT_LIMIT. */
enum fault disclosure_presence_init(struct disclosure_presence *out,
                                    const struct disclosure_school *school) FAULT_MUST_CHECK;
void disclosure_presence_release(
    struct disclosure_presence *presence); /* wipes; accepts zeroed or released ones */

/*
 * Adds to a table that has all its subjects who took part, what follows from that for them, the conditions
 * between them, and the censuses that must be possible. Before it is judged.
 * FAULT_MEMORY, FAULT_MEMORY_LOCK, FAULT_LIMIT.
 */
enum fault disclosure_presence_add(const struct disclosure_presence *presence,
                                   struct disclosure_table *table) FAULT_MUST_CHECK;

/*
 * A term for `factor` times those who said no in a node, in the relation that was begun: the table has its
 * choices. Gives the constant part. Of a breakdown's parts all are in the one beside the categories.
 */
int64_t disclosure_presence_put_declined(const struct disclosure_presence *presence,
                                         struct disclosure_table *table, uint32_t node, int32_t factor);

#endif
