/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WORKSPACE_H
#define WORKSPACE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/bundle.h"
#include "core/round.h"

/*
 * The folder in which one key holder gathers one round: `workspace.sqlite`, a copy of the round file, the
 * closing lists. The only place in the aggregator with a database. It holds bundles whole, and nothing that
 * is secret: what is in it is sealed.
 *
 * What a record is (counted, duplicate, conflicting) is never stored: it follows from the set of bundles
 * (closing_draft.h), so that order and grouping of merging cannot matter. Stored per record is only whether
 * its bytes are intact; a second copy of a bundle heals what was damaged in the first.
 */

struct workspace;

/*
 * Opens, or makes, the workspace of `round` in `folder`, and takes its lock. FAULT_ROUND_OTHER: it belongs to
 * another round. FAULT_BUSY: another program has it open. FAULT_VERSION, FAULT_STORE_DAMAGED, FAULT_STORE,
 * FAULT_MEMORY, faults of platform/file.h. `*out` NULL on failure.
 */
enum fault workspace_open(struct workspace **out, const char *folder,
                          const struct round *round) FAULT_MUST_CHECK;
struct workspace *workspace_close(struct workspace *workspace); /* accepts NULL, gives NULL */

/* What became of a bundle. */
enum workspace_outcome {
    WORKSPACE_NEW,   /* it was not there */
    WORKSPACE_KNOWN, /* it was there, and nothing in it is better */
    WORKSPACE_HEALED /* it was there, and records damaged before are intact now */
};

/*
 * Puts a bundle in, durably when this returns, unless it is in a group. `bundle` has been decoded from
 * `content` and belongs to the round. `damaged`: how many of its records are damaged now. FAULT_STORE,
 * FAULT_DISK_FULL, FAULT_MEMORY: nothing has changed (in a group: end it with the fault).
 */
enum fault workspace_put(struct workspace *workspace, enum workspace_outcome *outcome, uint32_t *damaged,
                         const struct bundle *bundle, struct bytes content) FAULT_MUST_CHECK;

/*
 * A group of puts that become durable together: one flush for many bundles. workspace_end takes the fault so
 * far; with one, nothing of the group stays, and it is given back. FAULT_STORE, FAULT_DISK_FULL.
 */
enum fault workspace_begin(struct workspace *workspace) FAULT_MUST_CHECK;
enum fault workspace_end(struct workspace *workspace, enum fault fault) FAULT_MUST_CHECK;

/*
 * Remembers a file that was refused: its name without folder, a digest of its bytes, the fault's name. Once
 * per content.
 */
enum fault workspace_set_aside(struct workspace *workspace, const char *name, struct bytes content,
                               enum fault reason) FAULT_MUST_CHECK;

struct workspace_refused {
    char name[256];
    char reason[48];
};

struct workspace_record {
    uint8_t id[SHARE_ID_BYTES];
    uint8_t digest[DIGEST_BYTES];
    uint32_t bundle; /* index in the inventory's bundles */
    bool intact;
};

struct workspace_bundle {
    uint8_t digest[DIGEST_BYTES];
    struct bundle_header header;
};

/* Everything that is in the workspace, but not the contents. A zeroed one is empty. */
struct workspace_inventory {
    uint32_t bundle_count;
    struct workspace_bundle *bundle; /* ascending by digest */
    size_t record_count;
    struct workspace_record *record; /* ascending by id, then bundle */
    uint32_t refused_count;
    struct workspace_refused *refused; /* ascending by name */
};
enum fault workspace_list(struct workspace_inventory *out, struct workspace *workspace) FAULT_MUST_CHECK;
void workspace_inventory_release(struct workspace_inventory *inventory); /* accepts zeroed or released ones */

/*
 * The bundle's file as it came in (healed where it was healed), into `out`, zeroed or used before by this
 * function. FAULT_BATCH_INCOMPLETE: it is not here.
 */
enum fault workspace_content(struct bytes_buffer *out, struct workspace *workspace,
                             const uint8_t digest[DIGEST_BYTES]) FAULT_MUST_CHECK;

#endif
