/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_STYLE_H
#define REPORT_STYLE_H

#include <stddef.h>
#include <stdint.h>

/*
 * What reports look like: one style sheet for the screen and for A4, and the colours of drawings. Blue and
 * orange, which the colour-blind tell apart; in grey the two sides of a diverging bar are told apart by their
 * place, and steps within a side by their lightness.
 */

/*
 * A box for a table, that scrolls by itself with a finger or a key where a screen is too narrow; and its CSS: a
 * shadow lies on the edge beyond which there is more.
 */
#define REPORT_STYLE_BOX(name) "<div class=\"slide\" tabindex=\"0\" role=\"group\" aria-label=\"" name "\">"
#define REPORT_STYLE_SLIDE                                                                                   \
    ".slide{overflow-x:auto;background:linear-gradient(to right,#ffffff 40%,#ffffff00) 0 0/2.5rem 100% "     \
    "no-repeat local,"                                                                                       \
    "linear-gradient(to left,#ffffff 40%,#ffffff00) 100% 0/2.5rem 100% no-repeat local,"                     \
    "linear-gradient(to right,#1f29335c,#1f293300) 0 0/.8rem 100% no-repeat scroll,"                         \
    "linear-gradient(to left,#1f29335c,#1f293300) 100% 0/.8rem 100% no-repeat scroll}"

/* CSS of every page; and what paper and narrow screens have besides. Constants. */
const char *report_style_sheet(void);
const char *report_style_media(void);

enum report_style_colour {
    REPORT_STYLE_PAPER,
    REPORT_STYLE_TINT,
    REPORT_STYLE_INK,
    REPORT_STYLE_SOFT,   /* text of less weight */
    REPORT_STYLE_ACCENT, /* headings, marks */
    REPORT_STYLE_NOTICE, /* ground of a notice */
    REPORT_STYLE_WORSE_2,
    REPORT_STYLE_WORSE_1,
    REPORT_STYLE_NEUTRAL,
    REPORT_STYLE_BETTER_1,
    REPORT_STYLE_BETTER_2,
    REPORT_STYLE_STEP_1, /* one hue from light to dark, for what is not good or bad */
    REPORT_STYLE_STEP_2,
    REPORT_STYLE_STEP_3,
    REPORT_STYLE_STEP_4,
    REPORT_STYLE_STEP_5,
    REPORT_STYLE_COLOURS
};

/* "#1f2933" */
const char *report_style_hex(enum report_style_colour colour);
/* INK or PAPER: what can be read on it. */
enum report_style_colour report_style_text_on(enum report_style_colour ground);
/*
 * Contrast ratio of two colours in hundredths, 100..2100 (WCAG 2.1, "contrast ratio", with relative
 * luminance).
 */
uint32_t report_style_contrast(enum report_style_colour a, enum report_style_colour b);

/* The colour of option `at` of `count` from unfavourable to favourable, or from little to much. */
enum report_style_colour report_style_diverging(uint16_t at, uint16_t count);
enum report_style_colour report_style_step(uint16_t at, uint16_t count);

#endif
