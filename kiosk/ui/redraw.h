/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDRAW_H
#define REDRAW_H

#include "kiosk/ui/page.h"

/*
 * Draws again only what looks different: the ring that went on, the answer that was chosen. The picture is the
 * same, pixel for pixel, as if all of it had been drawn. For that it keeps a copy of the page that is on the
 * surface, in secret memory, for as long as it is there.
 */

enum { REDRAW_PLACES = 8 };

struct redraw {
    struct page *drawn;
    struct theme theme; /* it was drawn with */
    bool known;         /* false: what is on the surface is not known, or another theme's */
};

/* FAULT_MEMORY, FAULT_MEMORY_LOCK. redraw_release gives back what it took, and accepts a zeroed one. */
enum fault redraw_init(struct redraw *out) FAULT_MUST_CHECK;
void redraw_release(struct redraw *redraw);

/* Somebody else drew on the surface, or it is another one: wipes the copy, and the next picture is drawn whole. */
void redraw_forget(struct redraw *redraw);

/*
 * Brings the surface, which has 32 bits a pixel and the theme's size, from the page drawn last to this one. Gives
 * how many places of it changed, one or more, and where: inside the surface, and possibly lying over one another.
 * Where more than REDRAW_PLACES changed, or nothing did, everything is drawn, and the place is the whole surface.
 */
size_t redraw_page(struct redraw *redraw, struct paint_rect place[REDRAW_PLACES], struct SDL_Surface *surface,
                   const struct page *page, const struct theme *theme, const struct font_set *fonts);

#endif
