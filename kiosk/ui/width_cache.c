/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/width_cache.h"

#include "core/secret.h"

struct width_cache {
    uint64_t key[WIDTH_CACHE_SIZE]; /* 0: free */
    int width[WIDTH_CACHE_SIZE];
};

enum fault width_cache_new(struct width_cache **out) {
    void *memory = NULL;
    enum fault fault = secret_new(&memory, sizeof **out);
    *out = memory;
    return fault;
}

struct width_cache *width_cache_free(struct width_cache *cache) {
    return secret_free(cache);
}

void width_cache_wipe(struct width_cache *cache) {
    if (cache != NULL) {
        secret_wipe(cache, sizeof *cache);
    }
}

static uint64_t mix(uint64_t hash, unsigned byte) {
    return (hash ^ byte) * UINT64_C(0x100000001B3);
}

uint64_t width_cache_key(const char *text, size_t size, uint32_t kind) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (unsigned shift = 0; shift < 32; shift += 8) {
        hash = mix(hash, kind >> shift & 0xFF);
    }
    for (size_t i = 0; i < size; i++) {
        hash = mix(hash, (unsigned char)text[i]);
    }
    return hash == 0 ? 1 : hash;
}

/* The upper bits: the lower ones of this hash depend on the last letters alone. */
static size_t place_of(uint64_t key) {
    return (size_t)(key >> 32) % WIDTH_CACHE_SIZE;
}

bool width_cache_find(const struct width_cache *cache, uint64_t key, int *width) {
    size_t place = place_of(key);
    bool found = cache->key[place] == key;
    *width = found ? cache->width[place] : *width;
    return found;
}

void width_cache_keep(struct width_cache *cache, uint64_t key, int width) {
    size_t place = place_of(key);
    cache->key[place] = key;
    cache->width[place] = width;
}
