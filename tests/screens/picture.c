/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/screens/picture.h"

#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk/ui/draw.h"

void picture_open(struct picture *out, int width, int height) {
    out->width = width;
    out->height = height;
    out->pixel = calloc((size_t)width * (size_t)height, sizeof *out->pixel);
    out->surface =
        SDL_CreateRGBSurfaceWithFormatFrom(out->pixel, width, height, 32, width * 4, SDL_PIXELFORMAT_RGB888);
    if (out->pixel == NULL || out->surface == NULL) {
        abort();
    }
}

void picture_close(struct picture *picture) {
    SDL_FreeSurface(picture->surface);
    free(picture->pixel);
    memset(picture, 0, sizeof *picture);
}

void picture_draw(struct picture *picture, const struct page *page, const struct theme *theme,
                  const struct font_set *fonts) {
    draw_page(picture->surface, page, theme, fonts);
}

uint32_t picture_pixel(const struct picture *picture, int x, int y) {
    return picture->pixel[y * picture->width + x] & 0xFFFFFF;
}

static double grey(uint32_t pixel) {
    return (0.2126 * (pixel >> 16 & 0xFF) + 0.7152 * (pixel >> 8 & 0xFF) + 0.0722 * (pixel & 0xFF)) / 255;
}

double picture_difference(const struct picture *a, const struct picture *b) {
    double sum = 0;
    size_t count = (size_t)a->width * (size_t)a->height;
    for (size_t i = 0; i < count; i++) {
        double difference = grey(a->pixel[i]) - grey(b->pixel[i]);
        sum += difference < 0 ? -difference : difference;
    }
    return 1000 * sum / (double)count;
}

size_t picture_pixels_apart(const struct picture *a, const struct picture *b) {
    size_t apart = 0;
    for (size_t i = 0; i < (size_t)a->width * (size_t)a->height; i++) {
        apart += ((a->pixel[i] ^ b->pixel[i]) & 0xFFFFFF) != 0;
    }
    return apart;
}

bool picture_save(const struct picture *picture, const char *path) {
    return SDL_SaveBMP(picture->surface, path) == 0;
}
