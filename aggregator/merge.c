/* SPDX-License-Identifier: Apache-2.0 */
#include "merge.h"

#include <stdio.h>
#include <string.h>

#include "platform/file.h"
#include "platform/folder.h"

/*
 * The largest bundle that can be: header, index, signature and BUNDLE_RECORDS records of LAYOUT_COUNTERS
 * counters.
 */
static size_t bundle_limit(uint32_t counters) {
    size_t record = contribution_bytes(counters, true);
    return BUNDLE_HEADER_BYTES + DIGEST_SIGNATURE_BYTES +
           BUNDLE_RECORDS * (BUNDLE_INDEX_ENTRY_BYTES + record);
}

static const char *name_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void tell(const struct merge_event *event, struct merge_totals *totals, merge_listener *listener,
                 void *context) {
    totals->files++;
    if (event->fault) {
        totals->refused++;
    } else {
        totals->added += event->outcome == WORKSPACE_NEW;
        totals->known += event->outcome == WORKSPACE_KNOWN;
        totals->healed += event->outcome == WORKSPACE_HEALED;
        totals->damaged_records += event->damaged;
    }
    if (listener) {
        listener(context, event);
    }
}

enum fault merge_content(struct merge_totals *totals, struct workspace *workspace, const struct round *round,
                         uint32_t counters, const char *path, struct bytes content, merge_listener *listener,
                         void *context) {
    struct bundle bundle;
    struct merge_event event = {.path = path};
    enum fault fault = FAULT_NONE;
    event.fault = bundle_decode_for(&bundle, content, round);
    event.fault = event.fault ? event.fault : bundle_belongs(&bundle, round, counters);
    if (event.fault) {
        fault = workspace_set_aside(workspace, name_of(path), content, event.fault);
    } else {
        event.class_number = bundle.header.class_number;
        event.records = bundle.header.count;
        event.flags = bundle.header.flags;
        fault = workspace_put(workspace, &event.outcome, &event.damaged, &bundle, content);
    }
    if (!fault) {
        tell(&event, totals, listener, context);
    }
    return fault;
}

static enum fault merge_file(struct merge_totals *totals, struct workspace *workspace,
                             const struct round *round, uint32_t counters, const char *path,
                             merge_listener *listener, void *context) {
    struct bytes_buffer content = {0};
    enum fault fault = file_read(&content, path, bundle_limit(counters));
    if (fault == FAULT_MEMORY) {
        return fault;
    }
    if (fault) {
        struct merge_event event = {.path = path, .fault = fault};
        tell(&event, totals, listener, context);
        fault = FAULT_NONE;
    } else {
        fault = merge_content(totals, workspace, round, counters, path, bytes_buffer_view(&content), listener,
                              context);
    }
    bytes_buffer_release(&content);
    return fault;
}

/* What a folder lists, in groups: one flush for many bundles, and an interrupted merge keeps what it had. */
enum { GROUP = 64 };

static enum fault merge_names(struct merge_totals *totals, struct workspace *workspace,
                              const struct round *round, uint32_t counters, const char *folder,
                              const struct folder_names *names, size_t first, merge_listener *listener,
                              void *context) {
    enum fault fault = workspace_begin(workspace);
    if (fault) {
        return fault;
    }
    for (size_t i = first; !fault && i < names->count && i < first + GROUP; i++) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s/%s", folder, names->names[i]);
        fault = length > 0 && (size_t)length < sizeof path ? FAULT_NONE : FAULT_LIMIT;
        fault = fault ? fault : merge_file(totals, workspace, round, counters, path, listener, context);
    }
    return workspace_end(workspace, fault);
}

enum fault merge_path(struct merge_totals *totals, struct workspace *workspace, const struct round *round,
                      uint32_t counters, const char *path, merge_listener *listener, void *context) {
    struct folder_names names = {0};
    enum fault fault = FAULT_NONE;
    if (folder_list(&names, path, ".klb")) {
        fault = merge_file(totals, workspace, round, counters, path, listener, context);
    }
    for (size_t i = 0; !fault && i < names.count; i += GROUP) {
        fault = merge_names(totals, workspace, round, counters, path, &names, i, listener, context);
    }
    folder_names_release(&names);
    return fault;
}
