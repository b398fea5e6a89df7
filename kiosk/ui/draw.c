/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/draw.h"

#include <SDL.h>

#include "kiosk/ui/face.h"

int draw_mark_size(const struct theme *theme) {
    return theme->unit / 26;
}

int draw_row_indent(const struct theme *theme, int action) {
    return action == 0 ? 0 : theme->unit / 40;
}

static int mark_end(const struct theme *theme) {
    return theme->unit / 40 + draw_mark_size(theme) + theme->unit / 48;
}

static int face_size(const struct theme *theme) {
    return theme->target * 11 / 16;
}

int draw_card_indent(const struct theme *theme, int face) {
    return mark_end(theme) + (face == FACE_NONE ? 0 : face_size(theme) + theme->unit / 48);
}

int draw_text_indent(const struct theme *theme, enum icon icon, enum theme_text style) {
    return icon == ICON_NONE ? 0 : text_line_height(theme, style) * 5 / 4;
}

struct canvas {
    SDL_Surface *surface;
    const struct page *page;
    const struct theme *theme;
    const struct font_set *fonts;
};

/* What is drawn, in the colours of the pupil who looks. */
static enum theme_colour in_look(const struct canvas *on, enum theme_colour colour) {
    return theme_colour_in(on->theme->look, colour);
}

static struct paint_rect grown(struct paint_rect rect, int by) {
    return (struct paint_rect){rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by};
}

/* What stands at the beginning and the end of a line of reading, in a place of the page. */
static struct paint_rect inside(const struct canvas *on, struct paint_rect rect, int before, int after) {
    rect.x += on->page->from_right ? after : before;
    rect.w -= before + after;
    return rect;
}

/* The lines of an item from y on, where reading begins in the place, or in the middle of it. */
static void draw_lines(const struct canvas *on, const struct page_item *item, struct paint_rect place,
                       int y) {
    enum theme_colour colour = item->kind == PAGE_BUTTON && item->main ? THEME_CARD : item->colour;
    struct text_ink ink = {on->surface, on->theme, on->fonts, item->style, in_look(on, colour), item->over};
    for (int i = 0; i < item->line_count; i++) {
        const struct paragraph_line *line = &on->page->line[item->line_first + i];
        int room = place.w - line->width;
        int shift = item->centred ? room / 2 : on->page->from_right ? room : 0;
        text_draw(&ink, place.x + shift, y, page_text(on->page, item), line, on->page->run);
        y += text_line_height(on->theme, item->style) + item->leading;
    }
}

static int lines_height(const struct canvas *on, const struct page_item *item) {
    return text_lines_height(on->theme, item->style, item->line_count, item->leading);
}

static int middle(const struct canvas *on, const struct page_item *item) {
    return item->rect.y + (item->rect.h - lines_height(on, item)) / 2;
}

static void draw_target(const struct canvas *on, const struct page_item *item) {
    const struct theme *theme = on->theme;
    enum theme_colour fill = item->main ? THEME_FOCUS : item->chosen ? THEME_CHOSEN : THEME_CARD;
    enum theme_colour edge = item->main ? THEME_FOCUS : THEME_BORDER;
    paint_round(on->surface, item->rect, theme->radius, in_look(on, edge));
    paint_round(on->surface, grown(item->rect, -theme->border), theme->radius - theme->border,
                in_look(on, fill));
}

/* A ring for one choice, a box for several; the dark mark inside it is all that tells a chosen one apart. */
static void draw_mark(const struct canvas *on, const struct page_item *item) {
    int size = draw_mark_size(on->theme);
    int side = on->theme->unit / 40;
    struct paint_rect rect = inside(on, item->rect, side, item->rect.w - side - size);
    rect.y += (rect.h - size) / 2;
    rect.h = size;
    int radius = item->mark == PAGE_MARK_RING ? size / 2 : size / 6;
    paint_frame(on->surface, rect, radius, on->theme->border, in_look(on, THEME_BORDER));
    if (item->chosen) {
        struct paint_rect inner = grown(rect, -size / 4);
        paint_round(on->surface, inner, item->mark == PAGE_MARK_RING ? inner.w / 2 : inner.w / 6,
                    in_look(on, THEME_INK));
    }
}

static void draw_card(const struct canvas *on, const struct page_item *item) {
    int side = on->theme->unit / 40;
    int indent = item->mark == PAGE_MARK_NONE ? side : draw_card_indent(on->theme, item->face);
    draw_target(on, item);
    if (item->mark != PAGE_MARK_NONE) {
        draw_mark(on, item);
    }
    if (item->face != FACE_NONE) {
        int size = face_size(on->theme);
        int before = mark_end(on->theme);
        struct paint_rect place = inside(on, item->rect, before, item->rect.w - before - size);
        place.y += (place.h - size) / 2;
        place.h = size;
        face_draw(on->surface, item->face, place, in_look(on, THEME_INK));
    }
    draw_lines(on, item, inside(on, item->rect, indent, side), middle(on, item));
}

static void draw_bar(const struct canvas *on, const struct page_item *item) {
    struct paint_rect done = inside(on, item->rect, 0, item->rect.w - item->rect.w * item->part / 1000);
    paint_round(on->surface, item->rect, item->rect.h / 2, in_look(on, THEME_CHOSEN));
    if (done.w >= done.h) {
        paint_round(on->surface, done, done.h / 2, in_look(on, THEME_BORDER));
    }
}

/* A post before what is being read aloud: nothing else looks so, least of all a chosen answer. */
static void draw_reading(const struct canvas *on, const struct page_item *item) {
    int wide = on->theme->ring;
    int away = 2 * on->theme->ring_gap;
    struct paint_rect post = item->rect;
    post.x = on->page->from_right ? item->rect.x + item->rect.w + away : item->rect.x - away - wide;
    post.w = wide;
    paint_round(on->surface, post, wide / 2, in_look(on, THEME_FOCUS));
}

/* A drawing beside a text is as high as its first line. */
static void draw_text(const struct canvas *on, const struct page_item *item) {
    int indent = draw_text_indent(on->theme, item->icon, item->style);
    if (item->icon != ICON_NONE) {
        int size = text_line_height(on->theme, item->style);
        struct paint_rect place = inside(on, item->rect, 0, item->rect.w - size);
        place.h = size;
        icon_draw(on->surface, item->icon, place, in_look(on, item->colour));
    }
    draw_lines(on, item, inside(on, item->rect, indent, 0), item->rect.y);
}

static int row_side(const struct canvas *on, const struct page_item *item) {
    return item->centred ? 0 : draw_row_indent(on->theme, item->action);
}

static void draw_item(const struct canvas *on, const struct page_item *item) {
    switch (item->kind) {
    case PAGE_TEXT: draw_text(on, item); break;
    case PAGE_BUTTON:
        draw_target(on, item);
        if (item->icon != ICON_NONE) {
            icon_draw(on->surface, item->icon, grown(item->rect, -item->rect.w / 4), in_look(on, THEME_INK));
            break;
        }
        draw_lines(on, item, item->rect, middle(on, item));
        break;
    case PAGE_CARD: draw_card(on, item); break;
    case PAGE_ROW:
        if (item->action != 0) {
            draw_target(on, item);
        }
        draw_lines(on, item, inside(on, item->rect, row_side(on, item), row_side(on, item)),
                   middle(on, item));
        break;
    case PAGE_BAR: draw_bar(on, item); break;
    }
}

/* Around one target, or around all of a group. */
struct paint_rect draw_focus_reach(const struct page *page, const struct theme *theme) {
    struct paint_rect all = page->item[page->focus].rect;
    for (int i = page->focus + 1; i < page->focus_end; i++) {
        const struct paint_rect *rect = &page->item[i].rect;
        int right = all.x + all.w > rect->x + rect->w ? all.x + all.w : rect->x + rect->w;
        int bottom = all.y + all.h > rect->y + rect->h ? all.y + all.h : rect->y + rect->h;
        all.x = all.x < rect->x ? all.x : rect->x;
        all.y = all.y < rect->y ? all.y : rect->y;
        all.w = right - all.x;
        all.h = bottom - all.y;
    }
    return grown(all, theme->ring_gap + theme->ring);
}

static void draw_focus(const struct canvas *on) {
    const struct theme *theme = on->theme;
    paint_frame(on->surface, draw_focus_reach(on->page, theme), theme->radius + theme->ring_gap + theme->ring,
                theme->ring, in_look(on, THEME_FOCUS));
}

struct paint_rect draw_reach(const struct page_item *item, const struct theme *theme) {
    int letters = theme->text[item->style] / 2; /* measured: they reach less far out of their lines */
    int post = 2 * theme->ring_gap + theme->ring;
    return grown(item->rect, letters > post ? letters : post);
}

static bool is_wanted(const struct canvas *on, const struct page_item *item) {
    struct paint_rect reach = draw_reach(item, on->theme);
    SDL_Rect place = {reach.x, reach.y, reach.w, reach.h};
    return SDL_HasIntersection(&place, &on->surface->clip_rect);
}

void draw_page(SDL_Surface *surface, const struct page *page, const struct theme *theme,
               const struct font_set *fonts) {
    struct canvas on = {surface, page, theme, fonts};
    paint_fill(surface, (struct paint_rect){0, 0, surface->w, surface->h},
               theme_colour_in(theme->look, THEME_PAPER));
    for (int i = 0; i < page->item_count; i++) {
        if (page->item[i].over || !is_wanted(&on, &page->item[i])) {
            continue;
        }
        draw_item(&on, &page->item[i]);
        if (page->reading != 0 && page->item[i].voice == page->reading) {
            draw_reading(&on, &page->item[i]);
        }
    }
    if (page->focus != PAGE_NOTHING) {
        draw_focus(&on);
    }
    for (int i = 0; i < page->item_count; i++) {
        if (page->item[i].over) {
            draw_item(&on, &page->item[i]);
        }
    }
}
