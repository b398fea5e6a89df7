/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FOLDER_H
#define FOLDER_H

#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"

/* Folders. The faults are those of platform/file.h. */

/*
 * Makes a folder that only this user may enter; its parent must exist. An existing folder is success and
 * keeps its permissions; FAULT_FILE_EXISTS when something else has the name.
 */
enum fault folder_create(const char *path) FAULT_MUST_CHECK;

/* Removes an empty folder. FAULT_FILE_EXISTS when it is not empty, FAULT_FILE_MISSING when it is gone. */
enum fault folder_remove(const char *path) FAULT_MUST_CHECK;

/* Names (not paths), in byte order. A zeroed list is empty and valid. */
struct folder_names {
    char **names;
    size_t count;
};

/*
 * Gives the names in `folder` that end in `suffix` ("" for all). Names that begin with a dot are left out, so
 * unfinished files are never seen. `out` must be zeroed or released and is released by the caller.
 * FAULT_FILE_MISSING, FAULT_FILE_READ, FAULT_MEMORY; FAULT_LIMIT for more than 100,000 names.
 */
enum fault folder_list(struct folder_names *out, const char *folder, const char *suffix) FAULT_MUST_CHECK;
void folder_names_release(struct folder_names *names); /* accepts zeroed and released ones */

/* How many bytes this user can still write on the file system that holds `folder`. */
enum fault folder_space(uint64_t *free_bytes, const char *folder) FAULT_MUST_CHECK;

#endif
