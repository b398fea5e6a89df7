/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAINT_H
#define PAINT_H

#include "kiosk/ui/theme.h"

/*
 * Shapes with smooth edges, drawn straight into a surface of 32 bits a pixel; what lies outside its
 * clip rectangle is left out.
 */

struct SDL_Surface;

struct paint_rect {
    int x, y, w, h;
};

void paint_fill(struct SDL_Surface *surface, struct paint_rect rect, enum theme_colour colour);

/* A filled rectangle with round corners; a radius of half the side makes a disc. */
void paint_round(struct SDL_Surface *surface, struct paint_rect rect, int radius, enum theme_colour colour);

/* Only the edge of it, `thick` pixels inside the rectangle. */
void paint_frame(struct SDL_Surface *surface, struct paint_rect rect, int radius, int thick,
                 enum theme_colour colour);

/*
 * A line from the left upper corner of the rectangle to the right one, sagging to its bottom in the middle: a
 * parabola.
 */
void paint_bow(struct SDL_Surface *surface, struct paint_rect rect, int thick, enum theme_colour colour);

#endif
