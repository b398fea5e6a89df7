/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WIDTH_CACHE_H
#define WIDTH_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/fault.h"

/*
 * How wide pieces of text are that were measured already: a page is laid out several times until it fits, mostly
 * of the same pieces. Holds at most WIDTH_CACHE_SIZE; a piece that falls on another's place takes it. Pieces are
 * told apart by 64 bits of a hash (FNV-1a), so two of them have one width by mistake less than once in 10^14
 * pages. Which pieces were measured tells which questions a pupil was asked, so it lives in secret memory and is
 * wiped between pupils.
 */

enum { WIDTH_CACHE_SIZE = 4096 };

struct width_cache;

/* FAULT_MEMORY, FAULT_MEMORY_LOCK. The caller frees it with width_cache_free. */
enum fault width_cache_new(struct width_cache **out) FAULT_MUST_CHECK;
struct width_cache *width_cache_free(struct width_cache *cache); /* accepts NULL, gives NULL */
void width_cache_wipe(struct width_cache *cache);                /* accepts NULL */

/* The number that a piece has here; `kind` says what its width depends on besides the text: the caller's number. */
uint64_t width_cache_key(const char *text, size_t size, uint32_t kind);

/* False: unknown. */
bool width_cache_find(const struct width_cache *cache, uint64_t key, int *width);
void width_cache_keep(struct width_cache *cache, uint64_t key, int width);

#endif
