/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ERRAND_H
#define ERRAND_H

#include <stdbool.h>

/* One job in a thread of its own, while this thread goes on with what it was doing. */

struct errand;

/*
 * Starts work(context). What the work touches is nobody else's until errand_end. Gives NULL when there is no
 * memory or no thread for it: then nothing was started.
 */
struct errand *errand_start(void (*work)(void *context), void *context);
bool errand_is_over(const struct errand *errand);
/* Waits for its end, and frees it. Accepts NULL, gives NULL. */
struct errand *errand_end(struct errand *errand);

#endif
