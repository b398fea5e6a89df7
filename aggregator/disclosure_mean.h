/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISCLOSURE_MEAN_H
#define DISCLOSURE_MEAN_H

#include "aggregator/disclosure_scale.h"

/*
 * A scale: its items' tables, its distribution, its means. A mean is told in tenths where, with all means
 * that are told, every protected cell of every item still has its whole band; means are the first to go
 * (docs/statistics.md, "Means").
 */

struct disclosure_mean {
    const struct disclosure_school *school;
    uint16_t scale;
    struct disclosure_scale whole;
};

/* Also judges the distribution by itself. FAULT_MEMORY, FAULT_MEMORY_LOCK, FAULT_LIMIT. */
enum fault disclosure_mean_init(struct disclosure_mean *out, const struct disclosure_school *school,
                                uint16_t scale, const struct disclosure_presence *presence) FAULT_MUST_CHECK;
void disclosure_mean_release(struct disclosure_mean *mean); /* wipes; accepts zeroed or released ones */

/* Adds the figures of the items, the distribution and the means. FAULT_MEMORY, FAULT_LIMIT. */
enum fault disclosure_mean_figures(struct release_content *content,
                                   const struct disclosure_mean *mean) FAULT_MUST_CHECK;

#endif
