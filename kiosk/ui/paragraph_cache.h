/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARAGRAPH_CACHE_H
#define PARAGRAPH_CACHE_H

#include "core/fault.h"
#include "kiosk/ui/paragraph.h"

/*
 * Paragraphs that were laid out already, so that a page that comes back costs no shaping. Holds the last
 * PARAGRAPH_CACHE_SIZE; the one that was not asked for longest makes place. Which texts were laid out tells
 * which questions a pupil was asked, so it lives in secret memory and is wiped between pupils.
 */

enum {
    PARAGRAPH_CACHE_SIZE = 64,
    PARAGRAPH_CACHE_TEXT = 640,
    PARAGRAPH_CACHE_LINES = 12,
    PARAGRAPH_CACHE_RUNS = 40
};

struct paragraph_cache;

/* What the lines depend on besides the fonts. */
struct paragraph_key {
    const char *text;
    int style; /* the caller's number */
    struct paragraph_measure measure;
};

/* FAULT_MEMORY, FAULT_MEMORY_LOCK. The caller frees it with paragraph_cache_free. */
enum fault paragraph_cache_new(struct paragraph_cache **out) FAULT_MUST_CHECK;
struct paragraph_cache *paragraph_cache_free(struct paragraph_cache *cache); /* accepts NULL, gives NULL */
void paragraph_cache_wipe(struct paragraph_cache *cache);                    /* accepts NULL */

/*
 * Puts the lines of an earlier paragraph into the room. False: unknown, or the room is too small; nothing is
 * put then.
 */
bool paragraph_cache_find(struct paragraph_cache *cache, const struct paragraph_key *key,
                          struct paragraph_room *room, struct paragraph_fit *fit);

/*
 * Keeps what lies in the room from line `line_first` on, whose runs begin at `run_first`. What is incomplete
 * or larger than an entry is not kept.
 */
void paragraph_cache_keep(struct paragraph_cache *cache, const struct paragraph_key *key,
                          const struct paragraph_room *room, size_t line_first, size_t run_first,
                          struct paragraph_fit fit);

/* How many are kept, for tests. */
size_t paragraph_cache_count(const struct paragraph_cache *cache);

#endif
