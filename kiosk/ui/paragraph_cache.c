/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/paragraph_cache.h"

#include <string.h>

#include "core/secret.h"

struct entry {
    uint64_t used; /* when it was last asked for; 0: free */
    int style, excess;
    struct paragraph_measure measure;
    uint8_t line_count, run_count;
    struct paragraph_line line[PARAGRAPH_CACHE_LINES]; /* their runs count from 0 */
    struct paragraph_run run[PARAGRAPH_CACHE_RUNS];
    char text[PARAGRAPH_CACHE_TEXT];
};

struct paragraph_cache {
    uint64_t clock;
    struct entry entry[PARAGRAPH_CACHE_SIZE];
};

enum fault paragraph_cache_new(struct paragraph_cache **out) {
    void *memory = NULL;
    enum fault fault = secret_new(&memory, sizeof **out);
    *out = memory;
    return fault;
}

struct paragraph_cache *paragraph_cache_free(struct paragraph_cache *cache) {
    return secret_free(cache);
}

void paragraph_cache_wipe(struct paragraph_cache *cache) {
    if (cache != NULL) {
        secret_wipe(cache, sizeof *cache);
    }
}

static bool same_measure(const struct paragraph_measure *a, const struct paragraph_measure *b) {
    return a->width == b->width && a->characters == b->characters &&
           a->page_from_right == b->page_from_right && a->cuts_names == b->cuts_names &&
           a->balanced == b->balanced;
}

static bool matches(const struct entry *entry, const struct paragraph_key *key) {
    return entry->used != 0 && entry->style == key->style && same_measure(&entry->measure, &key->measure) &&
           strcmp(entry->text, key->text) == 0;
}

bool paragraph_cache_find(struct paragraph_cache *cache, const struct paragraph_key *key,
                          struct paragraph_room *room, struct paragraph_fit *fit) {
    struct entry *entry = NULL;
    for (size_t i = 0; i < PARAGRAPH_CACHE_SIZE && entry == NULL; i++) {
        entry = matches(&cache->entry[i], key) ? &cache->entry[i] : NULL;
    }
    if (entry == NULL || entry->line_count > room->line_capacity - room->line_count ||
        entry->run_count > room->run_capacity - room->run_count) {
        return false;
    }
    entry->used = ++cache->clock;
    for (size_t i = 0; i < entry->line_count; i++) {
        struct paragraph_line *line = &room->line[room->line_count + i];
        *line = entry->line[i];
        line->run_first = (uint16_t)(line->run_first + room->run_count);
    }
    memcpy(room->run + room->run_count, entry->run, entry->run_count * sizeof *entry->run);
    room->line_count += entry->line_count;
    room->run_count += entry->run_count;
    *fit = (struct paragraph_fit){.complete = true, .excess = entry->excess};
    return true;
}

static struct entry *oldest(struct paragraph_cache *cache) {
    struct entry *found = &cache->entry[0];
    for (size_t i = 1; i < PARAGRAPH_CACHE_SIZE; i++) {
        found = cache->entry[i].used < found->used ? &cache->entry[i] : found;
    }
    return found;
}

void paragraph_cache_keep(struct paragraph_cache *cache, const struct paragraph_key *key,
                          const struct paragraph_room *room, size_t line_first, size_t run_first,
                          struct paragraph_fit fit) {
    size_t size = strlen(key->text);
    size_t lines = room->line_count - line_first;
    size_t runs = room->run_count - run_first;
    if (!fit.complete || size >= PARAGRAPH_CACHE_TEXT || lines > PARAGRAPH_CACHE_LINES ||
        runs > PARAGRAPH_CACHE_RUNS) {
        return;
    }
    struct entry *entry = oldest(cache);
    secret_wipe(entry, sizeof *entry);
    entry->used = ++cache->clock;
    entry->style = key->style;
    entry->excess = fit.excess;
    entry->measure = key->measure;
    entry->line_count = (uint8_t)lines;
    entry->run_count = (uint8_t)runs;
    memcpy(entry->text, key->text, size + 1);
    memcpy(entry->run, room->run + run_first, runs * sizeof *entry->run);
    for (size_t i = 0; i < lines; i++) {
        entry->line[i] = room->line[line_first + i];
        entry->line[i].run_first = (uint16_t)(entry->line[i].run_first - run_first);
    }
}

size_t paragraph_cache_count(const struct paragraph_cache *cache) {
    size_t count = 0;
    for (size_t i = 0; i < PARAGRAPH_CACHE_SIZE; i++) {
        count += cache->entry[i].used != 0;
    }
    return count;
}
