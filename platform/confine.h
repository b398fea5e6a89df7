/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CONFINE_H
#define CONFINE_H

#include <stddef.h>

#include "core/fault.h"

/*
 * Takes away from this process, for good, what it does not need: files outside its own folders (Landlock),
 * and system calls with which modified data could do harm (seccomp): starting programs, internet sockets,
 * other processes' memory, mounting, keys of the kernel. Local sockets, threads and memory stay. To be called
 * when the screen is open. Older systems offer less; then as much as there is, and the report says so.
 */

enum confine_access {
    CONFINE_READ, /* read files, list folders */
    CONFINE_WRITE /* that, and make, change, rename and remove them */
};

struct confine_folder {
    const char *path; /* a file or a folder with all that is in it, also what is mounted there later */
    enum confine_access access;
};

struct confine_report {
    int landlock; /* the version of Landlock that holds; 0 when this system has none */
    int calls;    /* 1 when system calls are filtered; 0 when this system cannot */
};

/*
 * Both, in that order. A folder that is not there is left out. FAULT_CONFINE: the system offers it and then
 * refuses; the process may be confined in part, and should end. NULL `folders` with count 0 takes all files
 * away.
 */
enum fault confine(struct confine_report *out, const struct confine_folder *folders,
                   size_t count) FAULT_MUST_CHECK;

/* What this system offers, without taking anything away. */
struct confine_report confine_look(void);

#endif
