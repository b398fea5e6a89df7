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
    int x0 = rect.x > 0 ? rect.x : 0;
    int y0 = rect.y > 0 ? rect.y : 0;
    int x1 = rect.x + rect.w < surface->w ? rect.x + rect.w : surface->w;
    int y1 = rect.y + rect.h < surface->h ? rect.y + rect.h : surface->h;
    return (struct paint_rect){x0, y0, x1 - x0, y1 - y0};
}

static void fill_row(SDL_Surface *surface, struct paint_rect rect, int y, int radius,
                     enum theme_colour colour) {
    struct paint_rect seen = clipped(surface, rect);
    struct theme_rgb rgb = theme_rgb_of(colour);
    bool middle = y >= rect.y + radius && y < rect.y + rect.h - radius;
    if (middle) {
        paint_fill(surface, (struct paint_rect){seen.x, y, seen.w, 1}, colour);
        return;
    }
    for (int x = seen.x; x < seen.x + seen.w; x++) {
        blend(surface, x, y, rgb, cover_of(edge_distance(rect, radius, x, y)));
    }
}

void paint_round(SDL_Surface *surface, struct paint_rect rect, int radius, enum theme_colour colour) {
    struct paint_rect seen = clipped(surface, rect);
    for (int y = seen.y; y < seen.y + seen.h; y++) {
        fill_row(surface, rect, y, radius, colour);
    }
}

void paint_frame(SDL_Surface *surface, struct paint_rect rect, int radius, int thick,
                 enum theme_colour colour) {
    struct paint_rect seen = clipped(surface, rect);
    struct theme_rgb rgb = theme_rgb_of(colour);
    int keep = radius > thick ? radius : thick;
    for (int y = seen.y; y < seen.y + seen.h; y++) {
        bool middle = y >= rect.y + keep && y < rect.y + rect.h - keep;
        for (int x = seen.x; x < seen.x + seen.w; x++) {
            if (middle && x >= rect.x + keep && x < rect.x + rect.w - keep) {
                x = rect.x + rect.w - keep;
                if (x >= seen.x + seen.w) {
                    break;
                }
            }
            double distance = edge_distance(rect, radius, x, y);
            unsigned outer = cover_of(distance);
            unsigned inner = cover_of(distance + thick);
            blend(surface, x, y, rgb, outer > inner ? outer - inner : 0);
        }
    }
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
