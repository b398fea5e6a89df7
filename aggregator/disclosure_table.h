/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_TABLE_H
#define DISCLOSURE_TABLE_H

#include "aggregator/disclosure_protect.h"
#include "aggregator/disclosure_school.h"

/*
 * The cells of one subject, or of several that are linked by conditions, over all nodes of a school, as one
 * problem of protection; and where in the release each told cell stands. What is told of which node, what
 * else follows from it by subtraction, and which relations everybody knows, is in docs/statistics.md.
 */

/* A figure of the release and the cell that it tells. */
struct disclosure_listing {
    struct release_figure figure; /* place and n; status and numbers come from the cell */
    uint32_t cell;
};

/* The cells of one subject in one node; DISCLOSURE_NO_CELL where there is none. */
enum { DISCLOSURE_CODES = 4 }; /* don't know, rather not say, no answer, not asked */
#define DISCLOSURE_NO_CELL UINT32_MAX
enum { DISCLOSURE_SUBJECTS = QUESTIONNAIRE_ITEMS + 1 }; /* all items, and the scores of a scale */
struct disclosure_cells {
    uint32_t option
        [QUESTIONNAIRE_OPTIONS]; /* in a class: counted by nobody, there where items are linked and of select multiple */
    uint32_t group[QUESTIONNAIRE_OPTIONS];
    uint32_t code[DISCLOSURE_CODES];
    uint32_t missing;  /* the codes together */
    uint32_t answered; /* select multiple */
};

struct disclosure_table {
    const struct disclosure_school *school;
    struct protect protect;
    struct disclosure_listing *listing;
    uint32_t listing_count, listing_room;
    bool
        in_class; /* set before subjects are added: classes have cells for what nobody counted in them, the options of items and the scores of a scale */
    uint32_t first_choice; /* of the censuses (disclosure_presence.h) */
    uint32_t subject_count;
    bool is_item[DISCLOSURE_SUBJECTS];
    uint16_t subject[DISCLOSURE_SUBJECTS];
    uint32_t
        k[DISCLOSURE_SUBJECTS]; /* per subject: a count below this is small; 0 when nothing of it is told */
    struct disclosure_cells *cells; /* subject_count times node_count */
};

/* An empty one. FAULT_MEMORY. */
enum fault disclosure_table_init(struct disclosure_table *out,
                                 const struct disclosure_school *school) FAULT_MUST_CHECK;
void disclosure_table_release(struct disclosure_table *table); /* wipes; accepts zeroed or released ones */

/*
 * Adds a subject to the problem. Conditions' parents come before what they condition. FAULT_MEMORY,
 * FAULT_MEMORY_LOCK.
 */
enum fault disclosure_table_add_participation(struct disclosure_table *table) FAULT_MUST_CHECK;
/* An item, then whatever hangs on it by conditions: conditions name earlier items only. */
enum fault disclosure_table_add_with_children(struct disclosure_table *table, uint16_t item) FAULT_MUST_CHECK;
enum fault disclosure_table_add_scores(struct disclosure_table *table, uint16_t scale) FAULT_MUST_CHECK;

/*
 * protect_run, and again for what it leaves over: where a parent and some of its children are told, the other
 * children together are a group of their own, and their count is as protected as any. FAULT_MEMORY,
 * FAULT_MEMORY_LOCK, FAULT_LIMIT.
 */
enum fault disclosure_table_judge(struct disclosure_table *table) FAULT_MUST_CHECK;

/* The score of an answer option in its item's scale, after reversing. */
uint32_t disclosure_table_score(const struct questionnaire *questionnaire, uint16_t item, uint16_t option);

#endif
