/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "kiosk/ui/font.h"

/*
 * Text on the screen: how wide, how it wraps, how it is drawn. Latin script, left to right; everything that
 * would change for other scripts is behind these few functions.
 */

struct SDL_Surface;

/* One line of a wrapped text: `size` bytes of the text from `first`, and how wide they are. */
struct text_line {
    uint16_t first;
    uint16_t size;
    int width;
};

/* The next character of valid UTF-8; *at moves behind it. */
uint32_t text_next(const char **at);

/* From one line to the next, in pixels: 1.4 em. */
int text_line_height(const struct theme *theme, enum theme_text style);

/*
 * Breaks `text` in lines of at most `width` pixels: at line feeds, after spaces and hyphens, inside a word
 * only when the word alone is wider. Gives the number of lines, at most `capacity`; what does not fit is left
 * out and *complete is false then. The spaces at a break belong to no line.
 */
size_t text_wrap(struct text_line *lines, size_t capacity, bool *complete, const struct font_set *fonts,
                 enum theme_text style, const char *text, int width);

/* Draws one line with its left upper corner at (x, y); its height is text_line_height. Out of memory: draws nothing. */
void text_draw(struct SDL_Surface *surface, const struct theme *theme, const struct font_set *fonts,
               enum theme_text style, enum theme_colour colour, int x, int y, const char *text, size_t size);

#endif
