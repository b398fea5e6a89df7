/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/redraw.h"

#include <SDL.h>
#include <string.h>

#include "kiosk/ui/draw.h"

enum fault redraw_init(struct redraw *out) {
    memset(out, 0, sizeof *out);
    return page_new(&out->drawn);
}

void redraw_release(struct redraw *redraw) {
    redraw->drawn = page_free(redraw->drawn);
    redraw->known = false;
}

void redraw_forget(struct redraw *redraw) {
    if (redraw->drawn != NULL) {
        page_clear(redraw->drawn);
    }
    redraw->known = false;
}

/* ---- what looks different ---- */

struct places {
    struct paint_rect *rect;
    size_t count;
    bool everything;
    int width, height;
};

static void add(struct places *places, struct paint_rect rect) {
    SDL_Rect all = {0, 0, places->width, places->height};
    SDL_Rect wanted = {rect.x, rect.y, rect.w, rect.h};
    SDL_Rect seen;
    if (!SDL_IntersectRect(&all, &wanted, &seen)) {
        return;
    }
    if (places->count == REDRAW_PLACES) {
        places->everything = true;
        return;
    }
    places->rect[places->count++] = (struct paint_rect){seen.x, seen.y, seen.w, seen.h};
}

static bool same_run(const struct paragraph_run *a, const struct paragraph_run *b) {
    return a->first == b->first && a->size == b->size && a->x == b->x && a->width == b->width &&
           a->font == b->font && a->from_right == b->from_right && a->hyphen == b->hyphen;
}

static bool same_line(const struct page *page, const struct paragraph_line *a, const struct page *other,
                      const struct paragraph_line *b) {
    bool same = a->width == b->width && a->run_count == b->run_count;
    for (size_t i = 0; same && i < a->run_count; i++) {
        same = same_run(&page->run[a->run_first + i], &other->run[b->run_first + i]);
    }
    return same;
}

static bool same_text(const struct page *page, const struct page_item *a, const struct page *other,
                      const struct page_item *b) {
    bool same = a->line_count == b->line_count && strcmp(page_text(page, a), page_text(other, b)) == 0;
    for (int i = 0; same && i < a->line_count; i++) {
        same = same_line(page, &page->line[a->line_first + i], other, &other->line[b->line_first + i]);
    }
    return same;
}

static bool same_rect(struct paint_rect a, struct paint_rect b) {
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static bool is_read(const struct page *page, const struct page_item *item) {
    return page->reading != 0 && item->voice == page->reading;
}

/* Of everything that draw.c looks at. */
static bool same_item(const struct page *page, const struct page_item *a, const struct page *other,
                      const struct page_item *b) {
    bool kind = a->kind == b->kind && a->mark == b->mark && a->style == b->style && a->colour == b->colour &&
                a->leading == b->leading && a->part == b->part && a->face == b->face && a->icon == b->icon;
    bool look = a->chosen == b->chosen && a->main == b->main && a->centred == b->centred &&
                a->over == b->over && (a->action == 0) == (b->action == 0) &&
                is_read(page, a) == is_read(other, b);
    return kind && look && same_rect(a->rect, b->rect) && same_text(page, a, other, b);
}

/* Empty where there is no ring. */
static struct paint_rect ring_of(const struct page *page, const struct theme *theme) {
    return page->focus == PAGE_NOTHING ? (struct paint_rect){0, 0, 0, 0} : draw_focus_reach(page, theme);
}

static void compare(struct places *places, const struct page *before, const struct page *now,
                    const struct theme *theme) {
    places->everything = before->item_count != now->item_count || before->from_right != now->from_right;
    for (int i = 0; !places->everything && i < now->item_count; i++) {
        if (!same_item(before, &before->item[i], now, &now->item[i])) {
            add(places, draw_reach(&before->item[i], theme));
            add(places, draw_reach(&now->item[i], theme));
        }
    }
    struct paint_rect ring_before = ring_of(before, theme);
    struct paint_rect ring_now = ring_of(now, theme);
    if (!same_rect(ring_before, ring_now)) {
        add(places, ring_before);
        add(places, ring_now);
    }
}

/* ---- drawing ---- */

size_t redraw_page(struct redraw *redraw, struct paint_rect place[REDRAW_PLACES], struct SDL_Surface *surface,
                   const struct page *page, const struct theme *theme, const struct font_set *fonts) {
    struct places places = {.rect = place, .width = surface->w, .height = surface->h};
    if (redraw->known && memcmp(&redraw->theme, theme, sizeof *theme) == 0) {
        compare(&places, redraw->drawn, page, theme);
    }
    if (places.everything || places.count == 0) {
        places.count = 1;
        place[0] = (struct paint_rect){0, 0, surface->w, surface->h};
    }
    for (size_t i = 0; i < places.count; i++) {
        SDL_Rect clip = {place[i].x, place[i].y, place[i].w, place[i].h};
        SDL_SetClipRect(surface, &clip);
        draw_page(surface, page, theme, fonts);
    }
    SDL_SetClipRect(surface, NULL);
    *redraw->drawn = *page;
    redraw->theme = *theme;
    redraw->known = true;
    return places.count;
}
