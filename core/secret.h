/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SECRET_H
#define SECRET_H

#include <stddef.h>

#include "fault.h"

/*
 * Memory for secrets: between guard pages, locked so that it is never swapped, left out of core dumps, zeroed
 * when made and wiped when freed. sodium_malloc alone succeeds even when locking fails, so the lock is asked
 * for once more here.
 *
 * Many small secrets are dear (each takes at least two locked pages): keep one arena per job.
 */

/*
 * Gives `size` (1 or more) zeroed bytes in *out; the caller frees them with secret_free. They end at a guard
 * page, so they begin aligned only when `size` is a whole number of elements. FAULT_MEMORY: none left.
 * FAULT_MEMORY_LOCK: the system refuses to lock; *out is NULL then, as with every fault.
 */
enum fault secret_new(void **out, size_t size) FAULT_MUST_CHECK;

/* Wipes and frees; accepts NULL; gives NULL, so that `x = secret_free(x)` cannot be used twice. */
void *secret_free(void *secret);

/* Wipes `size` bytes so that no compiler can leave it out. For secrets that had to live on the stack. */
void secret_wipe(void *data, size_t size);

#endif
