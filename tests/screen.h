/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_H
#define SCREEN_H

#include "kiosk/ui/pupil_pages.h"
#include "sample_round.h"
#include "screens/picture.h"

/*
 * A screen to test pages on, without a display: the sample round's questionnaire, the program's own texts,
 * one page, and a pupil (`flow`) on it. Any failure ends the test. Link screens/picture.c, sample_round.c
 * and sample_questionnaire.c too.
 */

/* Width and height; the first ones are those that rules and pictures are made for, the others must do. */
enum { SCREEN_SIZES = 6, SCREEN_USUAL_SIZES = 3 };
extern const int screen_sizes[SCREEN_SIZES][2];

/* The theme of screen_sizes[size] with letters of `percent` (theme_percents), and its fonts: font_close them. */
void screen_dress(struct theme *theme, struct font_set *fonts, int size, int percent);

struct screen {
    struct sample_round *sample; /* three classes */
    struct strings strings[STRINGS_LANGUAGES];
    struct theme theme;
    struct font_set fonts; /* of the theme */
    struct page *page;
    struct flow flow;
    int size;                       /* of screen_sizes */
    enum strings_language language; /* of the page */
    struct view view;
    int most_characters; /* in a line: 80 */
    int most_words;      /* on a page: 60 */
    enum panel panel;
    struct voices voices; /* every text is there, none has a sound */
    struct spoken spoken;
};

/* For cmocka: *state is a screen of the first size, whose pupil has not begun (screen_start). */
int screen_setup(void **state);
int screen_teardown(void **state);

/* screen_dress of this screen; letters of 100 % unless told otherwise. */
void screen_set_size(struct screen *screen, int size);
void screen_set_percent(struct screen *screen, int size, int percent);

/*
 * The questionnaire's second language under another code: our own texts in that language around its
 * questions.
 */
void screen_set_second_language(struct screen *screen, const char *code);

/* A new pupil, before the first page, who can choose among this many languages (1 or 2). */
void screen_start(struct screen *screen, uint16_t language_count);
void screen_hear(struct screen *screen, enum flow_event event, uint16_t value);
/* A new pupil on the first question, in language 0 or 1; or, in language 0, on that item. */
void screen_agree(struct screen *screen, uint16_t language);
void screen_go_to(struct screen *screen, uint16_t item);

/*
 * What the pupil has on the screen now, on screen->page; screen_draw opens `out`, and its caller closes
 * it.
 */
void screen_build(struct screen *screen, uint16_t part);
void screen_draw(struct screen *screen, struct picture *out);

/* Writes the page as NAME-LANGUAGE-WIDTH.bmp in the folder KLANKBORD_PICTURES, if there is one. */
void screen_take_picture(const struct screen *screen, const char *name);

/* A colour of this look, as pixels have it; and whether any pixel of a place has it. */
uint32_t screen_rgb(const struct screen *screen, enum theme_colour colour);
bool screen_is_painted(const struct screen *screen, const struct picture *picture, struct paint_rect rect,
                       enum theme_colour colour);

int screen_count_cards(const struct page *page);
/* Whether one of the page's texts holds these words. */
bool screen_holds(const struct screen *screen, const char *words);

/* Another text in the questionnaire; `by` is copied. */
void screen_replace(char **text, const char *by);

#endif
