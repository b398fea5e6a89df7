/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PICTURE_H
#define PICTURE_H

#include "kiosk/ui/page.h"

/*
 * A page drawn in memory, without a display: to be compared with others and with a real screen. Out of memory
 * ends the program.
 */

struct picture {
    int width, height;
    uint32_t *pixel; /* 0x00RRGGBB, row by row */
    struct SDL_Surface *surface;
};

void picture_open(struct picture *out, int width, int height);
void picture_close(struct picture *picture);

void picture_draw(struct picture *picture, const struct page *page, const struct theme *theme,
                  const struct font_set *fonts);

/* 0x00RRGGBB. */
uint32_t picture_pixel(const struct picture *picture, int x, int y);

/* Mean absolute difference of grey, in thousandths of full scale. Both have the same size. */
double picture_difference(const struct picture *a, const struct picture *b);
/* How many pixels differ at all. */
size_t picture_pixels_apart(const struct picture *a, const struct picture *b);

/* Writes a BMP file; false when that fails. */
bool picture_save(const struct picture *picture, const char *path);

#endif
