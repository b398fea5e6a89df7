/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/screens/page_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGES = 512, NAME = 64, LEAST = 400 }; /* pixels of a word */

struct seen {
    char name[NAME];
    uint64_t digest;
};

static struct seen seen[PAGES];
static int seen_count;

static bool complain(const char *name, const char *what, long a, long b) {
    fprintf(stderr, "page_check: %s: %s (%ld, %ld)\n", name, what, a, b);
    return false;
}

static uint64_t digest_of(const struct picture *picture) {
    uint64_t sum = 1469598103934665603U;
    for (size_t i = 0; i < (size_t)picture->width * (size_t)picture->height; i++) {
        sum = (sum ^ (picture->pixel[i] & 0xFFFFFF)) * 1099511628211U;
    }
    return sum;
}

static uint32_t paper_of(const struct theme *theme) {
    struct theme_rgb rgb = theme_rgb_of(theme_colour_in(theme->look, THEME_PAPER));
    return (uint32_t)rgb.r << 16 | (uint32_t)rgb.g << 8 | rgb.b;
}

/* Where something may be drawn: in an item, and so many pixels beside and above it. */
static void allow(uint8_t *may, const struct picture *picture, struct paint_rect rect, int beside,
                  int above) {
    int left = rect.x - beside < 0 ? 0 : rect.x - beside;
    int right = rect.x + rect.w + beside > picture->width ? picture->width : rect.x + rect.w + beside;
    for (int y = rect.y - above; y < rect.y + rect.h + above; y++) {
        if (y >= 0 && y < picture->height && right > left) {
            memset(may + (size_t)y * (size_t)picture->width + left, 1, (size_t)(right - left));
        }
    }
}

static uint8_t *allowed(const struct picture *picture, const struct page *page, const struct theme *theme) {
    uint8_t *may = calloc((size_t)picture->width, (size_t)picture->height);
    if (may == NULL) {
        abort();
    }
    for (int i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        int ring = page->focus != PAGE_NOTHING && i == page->focus ? theme->ring + theme->ring_gap : 0;
        int above = item->kind == PAGE_TEXT ? theme->text[item->style] / 4 : ring;
        allow(may, picture, item->rect, item->kind == PAGE_TEXT ? 2 : ring, above);
    }
    return may;
}

static bool check_pixels(const struct picture *picture, const struct page *page, const struct theme *theme,
                         const char *name) {
    uint32_t paper = paper_of(theme);
    uint8_t *may = allowed(picture, page, theme);
    int margin = theme->margin / 4; /* what a full page leaves of it below its buttons */
    long drawn = 0;
    bool right = true;
    for (int i = 0; right && i < picture->width * picture->height; i++) {
        int x = i % picture->width;
        int y = i / picture->width;
        bool outer =
            x < margin || y < margin || x >= picture->width - margin || y >= picture->height - margin;
        if ((picture->pixel[i] & 0xFFFFFF) == paper) {
            continue;
        }
        drawn++;
        if (outer) {
            right = complain(name, "something is in the outer margin", x, y);
        } else if (may[i] == 0) {
            right = complain(name, "something is beside every text and button", x, y);
        }
    }
    free(may);
    return right && drawn < LEAST ? complain(name, "nothing is on the page", drawn, LEAST) : right;
}

/* The same page may come by twice, where a pupil went back. */
static bool check_twins(const struct picture *picture, const char *name) {
    uint64_t digest = digest_of(picture);
    for (int i = 0; i < seen_count; i++) {
        if (seen[i].digest == digest && strcmp(seen[i].name, name) != 0) {
            fprintf(stderr, "page_check: %s looks as %s does\n", name, seen[i].name);
            return false;
        }
    }
    if (seen_count < PAGES) {
        snprintf(seen[seen_count].name, NAME, "%s", name);
        seen[seen_count++].digest = digest;
    }
    return true;
}

bool page_check(const struct picture *picture, const struct page *page, const struct theme *theme,
                const char *name) {
    bool pixels = check_pixels(picture, page, theme, name);
    return check_twins(picture, name) && pixels;
}
