/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/paint.h"

#include <SDL.h>
#include <math.h>
#include <stdbool.h>

static uint32_t blend_channel(uint32_t below, uint32_t above, unsigned cover) {
    return (below * (255 - cover) + above * cover + 127) / 255;
}

/* `cover` 0..255 of the pixel is the colour. */
static void blend(SDL_Surface *surface, int x, int y, struct theme_rgb rgb, unsigned cover) {
    const SDL_PixelFormat *format = surface->format;
    uint32_t *pixel = (uint32_t *)(void *)((uint8_t *)surface->pixels + y * surface->pitch) + x;
    uint32_t r = blend_channel(*pixel >> format->Rshift & 0xFF, rgb.r, cover);
    uint32_t g = blend_channel(*pixel >> format->Gshift & 0xFF, rgb.g, cover);
    uint32_t b = blend_channel(*pixel >> format->Bshift & 0xFF, rgb.b, cover);
    *pixel = r << format->Rshift | g << format->Gshift | b << format->Bshift | format->Amask;
}

void paint_fill(SDL_Surface *surface, struct paint_rect rect, enum theme_colour colour) {
    struct theme_rgb rgb = theme_rgb_of(colour);
    SDL_Rect place = {rect.x, rect.y, rect.w, rect.h};
    SDL_FillRect(surface, &place, SDL_MapRGB(surface->format, rgb.r, rgb.g, rgb.b));
}

/* Distance of a pixel's middle to the edge of the round rectangle: negative inside. */
static double edge_distance(struct paint_rect rect, double radius, int x, int y) {
    double half_w = rect.w / 2.0;
    double half_h = rect.h / 2.0;
    double dx = fabs(x + 0.5 - (rect.x + half_w)) - (half_w - radius);
    double dy = fabs(y + 0.5 - (rect.y + half_h)) - (half_h - radius);
    double outside = hypot(dx > 0 ? dx : 0, dy > 0 ? dy : 0);
    double inside = dx > dy ? dx : dy;
    return outside + (inside < 0 ? inside : 0) - radius;
}

static unsigned cover_of(double distance) {
    double cover = 0.5 - distance;
    return cover <= 0 ? 0 : cover >= 1 ? 255 : (unsigned)(cover * 255 + 0.5);
}

static struct paint_rect clipped(const SDL_Surface *surface, struct paint_rect rect) {
    SDL_Rect whole = {rect.x, rect.y, rect.w, rect.h};
    SDL_Rect seen;
    if (!SDL_IntersectRect(&whole, &surface->clip_rect, &seen)) {
        return (struct paint_rect){0, 0, 0, 0};
    }
    return (struct paint_rect){seen.x, seen.y, seen.w, seen.h};
}

/* The part of a round rectangle that is no corner: whole pixels, in three blocks. */
static void fill_straight(SDL_Surface *surface, struct paint_rect rect, int corner,
                          enum theme_colour colour) {
    paint_fill(surface, (struct paint_rect){rect.x, rect.y + corner, rect.w, rect.h - 2 * corner}, colour);
    paint_fill(surface, (struct paint_rect){rect.x + corner, rect.y, rect.w - 2 * corner, corner}, colour);
    paint_fill(surface,
               (struct paint_rect){rect.x + corner, rect.y + rect.h - corner, rect.w - 2 * corner, corner},
               colour);
}

/* Only the four bands of it that are the edge. */
static void frame_straight(SDL_Surface *surface, struct paint_rect rect, int corner, int thick,
                           enum theme_colour colour) {
    int w = rect.w - 2 * corner;
    int h = rect.h - 2 * corner;
    paint_fill(surface, (struct paint_rect){rect.x + corner, rect.y, w, thick}, colour);
    paint_fill(surface, (struct paint_rect){rect.x + corner, rect.y + rect.h - thick, w, thick}, colour);
    paint_fill(surface, (struct paint_rect){rect.x, rect.y + corner, thick, h}, colour);
    paint_fill(surface, (struct paint_rect){rect.x + rect.w - thick, rect.y + corner, thick, h}, colour);
}

/*
 * The pixels in the four corners, each covered as far as it lies inside; with `thick` less those that lie
 * deeper. Only here are edges slanted, and only here does a pixel cost a root.
 */
static void paint_corners(SDL_Surface *surface, struct paint_rect rect, int radius, int corner, int thick,
                          enum theme_colour colour) {
    struct paint_rect seen = clipped(surface, rect);
    struct theme_rgb rgb = theme_rgb_of(colour);
    for (int y = seen.y; y < seen.y + seen.h; y++) {
        if (y >= rect.y + corner && y < rect.y + rect.h - corner) {
            y = rect.y + rect.h - corner - 1;
            continue;
        }
        for (int x = seen.x; x < seen.x + seen.w; x++) {
            if (x >= rect.x + corner && x < rect.x + rect.w - corner) {
                x = rect.x + rect.w - corner - 1;
                continue;
            }
            double distance = edge_distance(rect, radius, x, y);
            unsigned outer = cover_of(distance);
            unsigned inner = thick > 0 ? cover_of(distance + thick) : 0;
            if (outer > inner) {
                blend(surface, x, y, rgb, outer - inner);
            }
        }
    }
}

/* As much of a corner as there is room for: the halves of a disc meet in the middle. */
static int corner_of(struct paint_rect rect, int wanted) {
    int side = rect.w < rect.h ? rect.w : rect.h;
    return wanted < (side + 1) / 2 ? wanted : (side + 1) / 2;
}

void paint_round(SDL_Surface *surface, struct paint_rect rect, int radius, enum theme_colour colour) {
    int corner = corner_of(rect, radius);
    fill_straight(surface, rect, corner, colour);
    paint_corners(surface, rect, radius, corner, 0, colour);
}

void paint_frame(SDL_Surface *surface, struct paint_rect rect, int radius, int thick,
                 enum theme_colour colour) {
    int corner = corner_of(rect, radius > thick ? radius : thick);
    frame_straight(surface, rect, corner, thick, colour);
    paint_corners(surface, rect, radius, corner, thick, colour);
}

/* Distance to the bow, measured across it: exact enough for a line that bends less than it is long. */
static double bow_distance(struct paint_rect rect, double x, double y) {
    double half = rect.w / 2.0;
    double from_middle = x - (rect.x + half);
    double on_line = from_middle < -half ? -half : from_middle > half ? half : from_middle;
    double share = on_line / half;
    double line = rect.y + rect.h * (1 - share * share);
    double slope = -2 * rect.h * share / half;
    double across = fabs(y - line) / sqrt(1 + slope * slope);
    return from_middle == on_line ? across : hypot(from_middle - on_line, y - line);
}

void paint_bow(SDL_Surface *surface, struct paint_rect rect, int thick, enum theme_colour colour) {
    struct paint_rect around = {rect.x - thick, rect.y - thick, rect.w + 2 * thick, rect.h + 2 * thick};
    struct paint_rect seen = clipped(surface, around);
    struct theme_rgb rgb = theme_rgb_of(colour);
    for (int y = seen.y; y < seen.y + seen.h; y++) {
        for (int x = seen.x; x < seen.x + seen.w; x++) {
            double distance = bow_distance(rect, x + 0.5, y + 0.5) - thick / 2.0;
            blend(surface, x, y, rgb, cover_of(distance));
        }
    }
}
