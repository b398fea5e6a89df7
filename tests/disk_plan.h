/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISK_PLAN_H
#define DISK_PLAN_H

#include <stdbool.h>
#include <sys/types.h>

#include "core/fault.h"

/*
 * What goes wrong on the disk, for tests linked with disk_plan.c and WRAP write fsync renameat2 rename unlink
 * rmdir mkdir chown: the n-th call of one kind fails, or at the n-th call of any kind the process is gone; the
 * others go to the system.
 */
struct disk_plan {
    const char *call; /* NULL: none fails */
    int countdown;
    int error;
    bool always;
    int killed_at; /* 0: never */
};
extern struct disk_plan disk_plan;

/*
 * Lets another process do this, which is gone at its n-th call of any kind. Whether it got to the end instead;
 * a fault is a test's failure.
 */
bool disk_plan_done_by_another(int killed_at, enum fault (*deed)(const void *about), const void *about);

/* A group that new files do not have and that this user may give them; the one they have where there is none. */
gid_t disk_plan_other_group(void);

#endif
