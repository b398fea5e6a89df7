/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BITS_H
#define BITS_H

/* Damage, exhaustively: every single bit, every shorter file, and up to 64 bytes more. */
#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"

/* Every bit; under the address checker, which makes readers ten times slower, every 13th of a long file. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BITS_STEP 13
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define BITS_STEP 13
#endif
#ifndef BITS_STEP
#define BITS_STEP 1
#endif

/* Calls `look` once for every damaged form; it fails the test itself. `context` is handed through. */
typedef void bits_look(struct bytes damaged, size_t bit, void *context);

static inline void bits_flip_each(struct bytes content, bits_look *look, void *context) {
    uint8_t *copy = malloc(content.size);
    assert_non_null(copy);
    memcpy(copy, content.data, content.size);
    size_t step = content.size > 2000 ? BITS_STEP : 1;
    for (size_t bit = 0; bit < content.size * 8; bit += step) {
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
        look((struct bytes){copy, content.size}, bit, context);
        copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    free(copy);
}

/*
 * Each is a block of exactly its size, so that the address checker sees a read beyond. `bit` is the first
 * that is missing or added.
 */
static inline void bits_resize_each(struct bytes content, bits_look *look, void *context) {
    for (size_t size = 0; size <= content.size + 64; size++) {
        if (size != content.size) {
            uint8_t *copy = calloc(size + (size == 0), 1);
            assert_non_null(copy);
            memcpy(copy, content.data, size < content.size ? size : content.size);
            look((struct bytes){copy, size}, size * 8, context);
            free(copy);
        }
    }
}

#endif
