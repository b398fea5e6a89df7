/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VOLUME_H
#define VOLUME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/fault.h"
#include "folder.h"

/*
 * What lies under a path: the kind of file system, the sticks that are plugged in, and the times that files
 * keep.
 */

enum volume_kind {
    VOLUME_IN_PLACE,  /* overwriting a file overwrites the blocks it lies in (ext2/3/4, xfs, fat, ...) */
    VOLUME_KEEPS_OLD, /* old versions stay (btrfs, zfs, overlay, f2fs, bcachefs; ext4 with journaled data) */
    VOLUME_FORGETS,   /* nothing outlives the power (tmpfs, ramfs) */
    VOLUME_ELSEWHERE, /* on another computer, or behind a program (nfs, cifs, 9p, fuse): nobody knows */
    VOLUME_UNKNOWN
};

/* The kind of the file system that holds `path` (a file or a folder). FAULT_FILE_MISSING, FAULT_FILE_READ. */
enum fault volume_kind_of(enum volume_kind *out, const char *path) FAULT_MUST_CHECK;

struct volume_facts {
    const char *
        name; /* of the file system: "ext2/ext3/ext4"; "" for one that this program does not know; a constant */
    uint64_t free_bytes; /* for this user */
};

/* Of the file system that holds `path`. FAULT_FILE_MISSING, FAULT_FILE_READ. */
enum fault volume_look(struct volume_facts *out, const char *path) FAULT_MUST_CHECK;

/*
 * Paths of the sticks and disks that this desktop has mounted for its users: mount points in /media/USER,
 * /run/media/USER, /media and /mnt that can be written to. In byte order; `out` must be zeroed or released
 * and is released by the caller (folder_names_release). FAULT_MEMORY.
 */
enum fault volume_list_sticks(struct folder_names *out) FAULT_MUST_CHECK;

/*
 * Sets the times of last change and last reading of a file or folder to 2000-01-01 00:00 UTC, durably. The
 * time of its last change of status cannot be set. FAULT_FILE_MISSING, FAULT_FILE_WRITE.
 */
enum fault volume_forget_times(const char *path) FAULT_MUST_CHECK;

#endif
