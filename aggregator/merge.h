/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MERGE_H
#define MERGE_H

#include "aggregator/workspace.h"

/*
 * Takes the bundles from files into a workspace. Every file is accounted for: new, known, healed, or refused
 * with a reason; none stops the others. A bundle file that is damaged or foreign is set aside, its name and
 * reason kept.
 */

struct merge_totals {
    uint32_t files;
    uint32_t added, known, healed, refused;
    uint32_t damaged_records; /* in the bundles that were taken */
};

/* What happened to one file; for the caller to say. */
struct merge_event {
    const char *path;
    enum fault fault;               /* FAULT_NONE: taken; else refused, and why */
    enum workspace_outcome outcome; /* when taken */
    uint16_t class_number;          /* when taken */
    uint32_t records, damaged;      /* when taken */
    uint16_t flags;                 /* when taken: as in the bundle */
};
typedef void merge_listener(void *context, const struct merge_event *event);

/*
 * Merges one file, or every `*.klb` of one folder in the order of names. `counters`: counters of the round's
 * layout. `listener` may be NULL. Gives a fault only when the workspace itself fails (FAULT_STORE,
 * FAULT_DISK_FULL, FAULT_MEMORY, …); what was merged before stays.
 */
enum fault merge_path(struct merge_totals *totals, struct workspace *workspace, const struct round *round,
                      uint32_t counters, const char *path, merge_listener *listener,
                      void *context) FAULT_MUST_CHECK;

/* The same for content that is already in memory. */
enum fault merge_content(struct merge_totals *totals, struct workspace *workspace, const struct round *round,
                         uint32_t counters, const char *path, struct bytes content, merge_listener *listener,
                         void *context) FAULT_MUST_CHECK;

#endif
