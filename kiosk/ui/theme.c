/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/theme.h"

#include <math.h>

const int theme_percents[THEME_SIZES] = {100, 125, 150, 200};

static int at_least(int value, int least) {
    return value > least ? value : least;
}

/*
 * Where the tools do not fit beside it the column goes from edge to edge, so that whatever they leave begins
 * where the buttons do.
 */
static void place_column(struct theme *theme) {
    int beside = theme->margin + theme->target + theme->gap + theme->ring_gap;
    theme->column_width = theme->unit * 5 / 4;
    if ((theme->width - theme->column_width) / 2 < beside) {
        theme->column_width = theme->width - 2 * theme->margin;
    }
    theme->column_x = (theme->width - theme->column_width) / 2;
}

struct theme theme_for(int width, int height) {
    struct theme theme = {.width = at_least(width, 320), .height = at_least(height, 320), .percent = 100};
    int unit = theme.width * 3 / 4 < theme.height ? theme.width * 3 / 4 : theme.height;
    theme.unit = unit;
    theme.margin = at_least(unit / 32, 12);
    theme.gap = at_least(unit / 64, 10);
    theme.target = at_least(unit / 12, 64);
    theme.radius = at_least(unit / 96, 6);
    theme.border = at_least(unit / 380, 2);
    theme.ring = at_least(unit / 150, 5);
    theme.ring_gap = 2;
    place_column(&theme);
    theme.text[THEME_TITLE] = at_least(unit / 21, 16);
    theme.text[THEME_QUESTION] = at_least(unit / 24, 16);
    theme.text[THEME_LABEL] = at_least(unit / 28, 14);
    theme.text[THEME_BODY] = at_least(unit / 29, 14);
    theme.text[THEME_SMALL] = at_least(unit / 34, 12);
    theme.text[THEME_CODE] = at_least(unit / 13, 24);
    return theme;
}

/* From what the screen asks for, not from what is there: what is rounded again and again shrinks. */
void theme_enlarge(struct theme *theme, int percent) {
    struct theme plain = theme_for(theme->width, theme->height);
    for (int i = 0; i < THEME_TEXTS; i++) {
        theme->text[i] = plain.text[i] * percent / 100;
    }
    theme->percent = percent;
}

static const struct theme_rgb palettes[THEME_LOOKS][THEME_COLOURS] = {
    [THEME_NORMAL] = {[THEME_PAPER] = {0xF6, 0xF4, 0xEE},
                      [THEME_CARD] = {0xFF, 0xFF, 0xFF},
                      [THEME_INK] = {0x19, 0x19, 0x19},
                      [THEME_HELP] = {0x4A, 0x4A, 0x4A},
                      [THEME_BORDER] = {0x6E, 0x6E, 0x6E},
                      [THEME_CHOSEN] = {0xEA, 0xE6, 0xDA},
                      [THEME_FOCUS] = {0x00, 0x42, 0x8C}},
    [THEME_CONTRAST] = {[THEME_PAPER] = {0xFF, 0xFF, 0xFF},
                        [THEME_CARD] = {0xFF, 0xFF, 0xFF},
                        [THEME_INK] = {0x00, 0x00, 0x00},
                        [THEME_HELP] = {0x00, 0x00, 0x00},
                        [THEME_BORDER] = {0x00, 0x00, 0x00},
                        [THEME_CHOSEN] = {0xE6, 0xE6, 0xE6},
                        [THEME_FOCUS] = {0x00, 0x1E, 0x64}},
    [THEME_DARK] = {[THEME_PAPER] = {0x12, 0x12, 0x12},
                    [THEME_CARD] = {0x1E, 0x1E, 0x1E},
                    [THEME_INK] = {0xE8, 0xE8, 0xE8},
                    [THEME_HELP] = {0xC8, 0xC8, 0xC8},
                    [THEME_BORDER] = {0x8C, 0x8C, 0x8C},
                    [THEME_CHOSEN] = {0x2D, 0x2D, 0x2D},
                    [THEME_FOCUS] = {0x9C, 0xC8, 0xFF}},
};

enum theme_colour theme_colour_in(enum theme_look look, enum theme_colour colour) {
    return (enum theme_colour)((int)look * THEME_COLOURS + (int)colour);
}

struct theme_rgb theme_rgb_of(enum theme_colour colour) {
    return palettes[(int)colour / THEME_COLOURS][(int)colour % THEME_COLOURS];
}

static double linear(uint8_t channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(enum theme_colour colour) {
    struct theme_rgb rgb = theme_rgb_of(colour);
    return 0.2126 * linear(rgb.r) + 0.7152 * linear(rgb.g) + 0.0722 * linear(rgb.b);
}

unsigned theme_contrast(enum theme_colour a, enum theme_colour b) {
    double first = luminance(a);
    double second = luminance(b);
    double ratio = first > second ? (first + 0.05) / (second + 0.05) : (second + 0.05) / (first + 0.05);
    return (unsigned)(ratio * 100.0 + 0.5);
}
