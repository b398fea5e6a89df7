/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TEXT_H
#define TEXT_H

#include "kiosk/ui/font.h"
#include "kiosk/ui/paragraph.h"

/* Text on the screen: how it wraps (paragraph.h, with the real fonts), and how it is drawn. */

struct SDL_Surface;

/* How high a line is, in pixels: 1.4 em. */
int text_line_height(const struct theme *theme, enum theme_text style);

/*
 * What stays free between two lines on a page from right to left: Arabic letters reach out of their line, and the
 * dots of one meet what is written above the next.
 */
int text_leading(const struct theme *theme, enum theme_text style);

/* How high lines are that have `leading` pixels between them. */
int text_lines_height(const struct theme *theme, enum theme_text style, int lines, int leading);

/* Lays out a text as paragraph_lay says, or from what the fonts remember of it. */
struct paragraph_fit text_wrap(struct paragraph_room *room, const struct font_set *fonts,
                               enum theme_text style, const char *text, struct paragraph_measure measure);

/*
 * Draws one line of a text with its left upper corner at (x, y); its height is text_line_height. `run` is
 * where the room began whose line it is. Out of memory: draws nothing.
 */
struct text_ink {
    struct SDL_Surface *surface;
    const struct theme *theme;
    const struct font_set *fonts;
    enum theme_text style;
    enum theme_colour colour;
    bool faint; /* what lies under it can be read through it */
};
void text_draw(const struct text_ink *ink, int x, int y, const char *text, const struct paragraph_line *line,
               const struct paragraph_run *run);

#endif
