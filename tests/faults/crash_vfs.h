/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CRASH_VFS_H
#define CRASH_VFS_H

/*
 * A layer under SQLite that ends this process, or fails, at a chosen step. A step is a write, a sync or a
 * truncation. Files are real; what a power cut does is imitated: writes that no sync has followed are taken
 * back, all of them or some.
 */

enum crash_mode {
    CRASH_KILL,      /* the process ends; the system writes what it was given (kill -9) */
    CRASH_TORN,      /* the same, in the middle of the write */
    CRASH_ALL_LOST,  /* power cut: nothing since the last sync of each file has arrived */
    CRASH_SOME_LOST, /* power cut: of the writes since then, some have arrived and some have not */
    CRASH_ERROR,     /* this step and all after it fail; the process goes on */
    CRASH_MODES
};

/* From now on in this process. `target` is a step, from 1; 0: never. `seed`: what CRASH_SOME_LOST loses. */
void crash_vfs_install(enum crash_mode mode, long target, unsigned seed);

/* Steps so far. */
long crash_vfs_steps(void);

/* The exit status of a process that was ended. */
enum { CRASH_VFS_STATUS = 86 };

#endif
