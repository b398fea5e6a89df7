/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_ADDING_H
#define DISCLOSURE_ADDING_H

#include "aggregator/disclosure_table.h"

/*
 * Adding one subject to a table (disclosure_table.h): the rooms behind that door, and for nobody else. Node by
 * node its cells are made, then the sums over the tree. Faults stick in `protect`; until then every cell that is
 * given back is one, or DISCLOSURE_NO_CELL.
 */

/* What is being added: one subject of the table. Owns nothing. */
struct adding {
    struct disclosure_table *table;
    struct protect *protect;
    const struct disclosure_school *school;
    const struct questionnaire_list *list; /* NULL for what is no item */
    enum release_subject about;
    uint16_t subject;
    uint32_t first_row;
    uint32_t k;    /* a count below this is small */
    bool withheld; /* nothing of it is told anywhere */
    bool in_class; /* may stand at class level */
    bool breakdown;
    struct disclosure_cells *cells; /* one a node */
};

/* The next subject, with no cells yet. FAULT_MEMORY. */
enum fault adding_begin(struct adding *adding, struct disclosure_table *table,
                        uint16_t subject) FAULT_MUST_CHECK;

/* disclosure_adding.c: what every kind of subject is made of */

/*
 * A count and the rule of bands: below k it is one of 0..k-1, within k of everybody it is one of n-k+1..n,
 * else it is told. What is not told is as protected as what is, since it may follow from other cells.
 */
uint32_t adding_cell(struct adding *adding, uint32_t node, uint64_t value, uint32_t cap, bool told);
/* The same, and when `told` a figure of the release that tells it. */
uint32_t adding_listed(struct adding *adding, uint32_t node, enum release_kind kind, uint16_t index,
                       uint64_t value, bool told);
/* A count that is never told but follows: `more` less `less`. */
uint32_t adding_difference(struct adding *adding, uint32_t node, uint32_t more, uint32_t less);
/* A term of the relation that was begun; nothing for DISCLOSURE_NO_CELL. */
void adding_term(struct adding *adding, uint32_t cell, int32_t factor);
/* A cell's true count; 0 for DISCLOSURE_NO_CELL. */
uint64_t adding_value(const struct adding *adding, uint32_t cell);
/* `more` less `less`, at least 0. */
uint64_t adding_less(uint64_t more, uint64_t less);
/* Who gave no answer: a pooled node has the codes apart, told in full; each node has them together. */
void adding_missing(struct adding *adding, uint32_t node, uint64_t answered);
/* Everybody of a node is in one of these cells or in its missing answers. */
void adding_total(struct adding *adding, uint32_t node, const uint32_t *cell, uint16_t count);
/* Every cell of a node is the sum of its children's, in the tree and in every breakdown. */
void adding_sums(struct adding *adding);

bool adding_is_answer(const struct questionnaire_list *options, uint16_t option);
/* Whether anything of this subject is told of this node. */
bool adding_is_told(const struct adding *adding, uint32_t node);
/* Whether option by option: where there are k_unit pupils an option; in a class never. */
bool adding_is_full(const struct adding *adding, uint32_t node);

/* disclosure_one.c: select one */

void adding_one_pooled(struct adding *adding, uint32_t node);
void adding_one_class(struct adding *adding, uint32_t node);
/* A group is its options together. */
void adding_group_sums(struct adding *adding, uint32_t node);

/* disclosure_multiple.c: select multiple */

void adding_multiple(struct adding *adding, uint32_t node);
/* Who has a group has at least one option of it, and at most all. */
void adding_group_bounds(struct adding *adding, uint32_t node, uint16_t group);
/* Nobody who chose an exclusive option has a group that it is not in. */
void adding_group_overlap(struct adding *adding, uint32_t node);
/* Nobody who chose an exclusive option chose another. */
void adding_unknown_overlap(struct adding *adding, uint32_t node);

/* disclosure_unknown.c: what nobody counted in a class, and what is told of its year must not tell */

/* How a class divides over the options. */
void adding_unknown_options(struct adding *adding, uint32_t node);
/* All of an item, in classes of which nothing of it is told, where it may not fit into the others. */
void adding_unknown_rows(struct adding *adding);

#endif
