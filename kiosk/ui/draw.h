/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DRAW_H
#define DRAW_H

#include "kiosk/ui/page.h"

struct SDL_Surface;

/*
 * Draws the page over what was there, as far as the surface's clip rectangle reaches: as a rule all of it. The
 * surface has 32 bits a pixel and the theme's size.
 */
void draw_page(struct SDL_Surface *surface, const struct page *page, const struct theme *theme,
               const struct font_set *fonts);

/* How far what is drawn of an item reaches at most, letters, the post of what is read and all but the ring. */
struct paint_rect draw_reach(const struct page_item *item, const struct theme *theme);
/* How far the ring reaches. The page has a focus. */
struct paint_rect draw_focus_reach(const struct page *page, const struct theme *theme);

/*
 * Where the mark of a card begins and its text, with the face between them (see face.h) or without: what
 * stack.c leaves free.
 */
int draw_mark_size(const struct theme *theme);
int draw_card_indent(const struct theme *theme, int face);

/* Of a row, where its text begins: what cannot be touched has no edge, and begins where other texts do. */
int draw_row_indent(const struct theme *theme, int action);

/* Where a text begins that has a drawing before it, as high as a line. 0 with ICON_NONE. */
int draw_text_indent(const struct theme *theme, enum icon icon, enum theme_text style);

#endif
