/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_distance.h"

#include <stdbool.h>
#include <string.h>

static bool same(char a, char b) {
    char low_a = a >= 'A' && a <= 'Z' ? (char)(a - 'A' + 'a') : a;
    char low_b = b >= 'A' && b <= 'Z' ? (char)(b - 'A' + 'a') : b;
    return low_a == low_b;
}

static unsigned least(unsigned a, unsigned b) {
    return a < b ? a : b;
}

unsigned author_distance(const char *a, const char *b) {
    unsigned row[3][AUTHOR_DISTANCE_BYTES + 1] = {{0}};
    size_t size_a = strlen(a), size_b = strlen(b);
    if (size_a > AUTHOR_DISTANCE_BYTES || size_b > AUTHOR_DISTANCE_BYTES) {
        return AUTHOR_DISTANCE_FAR;
    }
    for (size_t j = 0; j <= size_b; j++) {
        row[0][j] = (unsigned)j;
    }
    for (size_t i = 1; i <= size_a; i++) {
        unsigned *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= size_b; j++) {
            unsigned change = before[j - 1] + !same(a[i - 1], b[j - 1]);
            now[j] = least(change, least(before[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
                now[j] = least(now[j], earlier[j - 2] + 1);
            }
        }
    }
    return row[size_a % 3][size_b];
}

int author_distance_is_near(const char *written, const char *guess) {
    unsigned distance = author_distance(written, guess);
    return distance <= 2 && 2 * distance < strlen(guess);
}

const char *author_distance_nearest(const char *written, const char *const *name, size_t count) {
    const char *nearest = NULL;
    unsigned best = AUTHOR_DISTANCE_FAR;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = name[i] ? author_distance(written, name[i]) : AUTHOR_DISTANCE_FAR;
        if (distance < best && author_distance_is_near(written, name[i])) {
            best = distance;
            nearest = name[i];
        }
    }
    return nearest;
}
