/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FOLDER_H
#define FOLDER_H

#include <stdbool.h>
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

/*
 * The names that folder_list leaves out: those that begin with a dot, without "." and "..". Otherwise the
 * same.
 */
enum fault folder_list_hidden(struct folder_names *out, const char *folder) FAULT_MUST_CHECK;

/*
 * The absolute path of `path` without links, "." and ".."; its last component need not exist.
 * FAULT_FILE_MISSING when the folder that it is in does not; FAULT_LIMIT when it does not fit.
 */
enum { FOLDER_PATH_SIZE = 4096 };
enum fault folder_resolve(char out[FOLDER_PATH_SIZE], const char *path) FAULT_MUST_CHECK;

/* Whether this resolved path is the folder that the program was started in, or holds it. */
bool folder_is_around_us(const char *path);

/*
 * Puts the folder `made` in the place `path`, both resolved and on one file system, in one step where the
 * file system knows how: at every moment `path` is the old folder or the new one, whole. What was there is
 * then called `made`. Where it does not (FAT before Linux 6.0), `path` is for a moment not there, and a
 * program that is killed in that moment leaves the old folder under `made` followed by ".old". The new folder
 * has the group and the permissions of the old one, as far as this user may give them. Durable when it
 * returns.
 */
enum fault folder_put(const char *made, const char *path) FAULT_MUST_CHECK;

/*
 * Removes a folder and the regular files in it. FAULT_FILE_EXISTS when it holds anything else; the files are
 * gone then.
 */
enum fault folder_remove_with_files(const char *path) FAULT_MUST_CHECK;

/* How many bytes this user can still write on the file system that holds `folder`. */
enum fault folder_space(uint64_t *free_bytes, const char *folder) FAULT_MUST_CHECK;

#endif
