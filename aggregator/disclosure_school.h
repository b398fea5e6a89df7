/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_SCHOOL_H
#define DISCLOSURE_SCHOOL_H

#include "aggregator/combine.h"
#include "aggregator/release.h"

/*
 * The units whose figures are judged together: the school, its years (strata), their classes (batches). What
 * coincides is one node: a school of one stratum is that stratum, a year of one class is that class, with its
 * grouping. What is left out has no node.
 */

struct disclosure_node {
    enum release_level level; /* at which it is told */
    uint16_t unit;
    bool pooled;   /* has school counters: the school and every year */
    bool is_class; /* told with class grouping and without distributions */
    bool small;    /* too few took part: nothing of it is told */
    bool
        unlisted; /* nobody counts it, and no figure is about it: what is left of the school beside a breakdown's categories */
    uint16_t
        partition; /* 0: years and classes; else 1 + the breakdown item. The children of a node in one partition add up to it */
    uint32_t parent;        /* node; its own index for the school */
    uint32_t contributions; /* public */
    const uint64_t
        *sums; /* class counters; when pooled, school counters too. In the result's secret memory */
};

struct disclosure_school {
    const struct round *round;
    const struct layout *layout;
    const struct questionnaire *questionnaire;
    uint32_t k_unit, k_cell;
    bool incidents_in_class;
    const struct combine_result *result;
    uint64_t *
        category_sums; /* owned, in secret memory: class and school counters of every category node, one after another */
    bool late;           /* of what came late; false after disclosure_school_init */
    uint32_t node_count; /* 0: nothing was left to judge */
    struct disclosure_node
        *node; /* the school first, then years, then classes, then categories; parents come before children */
};

/* FAULT_MEMORY. `round`, `layout` and `result` must outlive it. */
enum fault disclosure_school_init(struct disclosure_school *out, const struct round *round,
                                  const struct layout *layout, const struct combine_result *result,
                                  bool incidents_in_class) FAULT_MUST_CHECK;
void disclosure_school_release(struct disclosure_school *school); /* accepts zeroed or released ones */

/*
 * The counters of a block in a node; the block must exist at that level, and the node be pooled for school
 * level.
 */
const uint64_t *disclosure_school_counters(const struct disclosure_school *school, uint32_t node,
                                           enum layout_level level, enum layout_kind kind, uint16_t subject);

/*
 * Whether what stands in a class must not: incidents, distributions. A school of one class is a school all
 * the same; what came late from one class is that class.
 */
bool disclosure_school_is_class(const struct disclosure_school *school, const struct disclosure_node *node);

/* Whether items of this subject may stand at class level. */
bool disclosure_school_in_class(const struct disclosure_school *school, enum questionnaire_subject subject);

#endif
