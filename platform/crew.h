/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CREW_H
#define CREW_H

#include <stddef.h>
#include <stdint.h>

/* Several threads at one job, and the lock that they share. */

enum { CREW_LIMIT = 64 };

/*
 * Calls work(&members[i * size]) for every i < count (at most CREW_LIMIT), the first in this thread and the
 * others in threads of their own; comes back when all are done. What the system has no thread for is done in
 * this one, after the first.
 */
void crew_run(void (*work)(void *member), void *members, size_t size, uint32_t count);

/*
 * One lock; NULL when memory is out. crew_lock_free accepts NULL. Taking it twice in one thread never ends.
 */
struct crew_lock;
struct crew_lock *crew_lock_new(void);
void crew_lock_free(struct crew_lock *lock);
void crew_lock_take(struct crew_lock *lock);
void crew_lock_give(struct crew_lock *lock);

#endif
