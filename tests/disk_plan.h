/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DISK_PLAN_H
#define DISK_PLAN_H

#include <stdbool.h>

/*
 * What goes wrong on the disk, for tests linked with disk_plan.c and WRAP write fsync renameat2 rename unlink
 * rmdir mkdir: the n-th call of one kind fails, or at the n-th call of any kind the process is gone; the
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

/* How a killed process ends. */
enum { DISK_PLAN_KILLED = 77 };

#endif
