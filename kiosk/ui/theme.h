/* SPDX-License-Identifier: Apache-2.0 */
#ifndef THEME_H
#define THEME_H

#include <stdint.h>

/*
 * Colours and sizes of every screen, said once. All sizes follow from one unit: the height of the screen, or
 * three quarters of its width where that is less, so that a page looks the same on every screen.
 *
 * Contrasts (WCAG 2.2, relative luminance) of the normal look: text on paper 16.0 and on a card 17.6, help
 * 8.1, border 4.6, focus 9.0. A chosen card is only 1.25 times darker than the others: its own pupil sees it,
 * the neighbour at two metres does not.
 */

enum theme_colour {
    THEME_PAPER,  /* the page */
    THEME_CARD,   /* what can be touched */
    THEME_INK,    /* text, marks */
    THEME_HELP,   /* text that matters less */
    THEME_BORDER, /* around what can be touched */
    THEME_CHOSEN, /* fill of a chosen card */
    THEME_FOCUS,  /* the keyboard's ring, the main button */
    THEME_COLOURS
};

enum theme_text {
    THEME_TITLE,
    THEME_QUESTION,
    THEME_LABEL, /* answers, buttons */
    THEME_BODY,
    THEME_SMALL, /* nothing is smaller */
    THEME_CODE,  /* what is copied on paper */
    THEME_TEXTS
};

/* How the colours are: each has its own palette. */
enum theme_look { THEME_NORMAL, THEME_CONTRAST, THEME_DARK, THEME_LOOKS };

/* How large the letters can be, in hundredths of what the rules ask for. */
enum { THEME_SIZES = 4 };
extern const int theme_percents[THEME_SIZES];

struct theme_rgb {
    uint8_t r, g, b;
};

struct theme {
    int width, height; /* of the screen, in pixels */
    enum theme_look look;
    int percent; /* of the letters */
    int unit;    /* see above */
    int margin;  /* around the page */
    int gap;     /* between two targets; 10 or more */
    int target;  /* least height of a target: unit / 12, 64 or more */
    int column_x; /* the text column, centred: where the tools fit beside it 5/4 of the unit, else from edge to edge */
    int column_width;
    int radius;            /* of corners */
    int border;            /* of a target; 2 or more */
    int ring;              /* of the focus; 5 or more */
    int ring_gap;          /* between a target and its ring; 2 or more */
    int text[THEME_TEXTS]; /* em in pixels */
};

/* The sizes for a screen; both sides are taken as 320 at least. */
struct theme theme_for(int width, int height);

/* Letters of so many percent, whatever they were: only they grow, for larger gaps would take their room. */
void theme_enlarge(struct theme *theme, int percent);

/*
 * A colour in a look, for everything that paints: a number that theme_rgb_of knows, again of this type so
 * that who paints need not know of looks.
 */
enum theme_colour theme_colour_in(enum theme_look look, enum theme_colour colour);

/* Of a colour, or of what theme_colour_in gave. */
struct theme_rgb theme_rgb_of(enum theme_colour colour);

/* Contrast of two colours after WCAG 2.2, in hundredths: 100..2100. Takes what theme_rgb_of takes. */
unsigned theme_contrast(enum theme_colour a, enum theme_colour b);

#endif
