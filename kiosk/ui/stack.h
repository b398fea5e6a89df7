/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STACK_H
#define STACK_H

#include "kiosk/strings.h"
#include "kiosk/ui/page.h"

/*
 * Builds a page from the top down, with the buttons at the bottom: things are put under one another in the
 * text column, each as high as its text needs. What comes too low sets page->overflow; stack_fit then tries
 * the page again, closer packed, and last in parts (stack_flow.h).
 */

struct stack {
    struct page *page;
    const struct theme *theme;
    const struct font_set *fonts;
    int x, width;                  /* of the column */
    int y;                         /* where the next thing goes */
    int top;                       /* where the first thing goes */
    int bottom;                    /* where the buttons begin */
    int tools_bottom;              /* where the tools beside the column end; 0: there are none */
    int packing;                   /* 0: airy; each step is closer, up to STACK_PACKINGS - 1 */
    int gap_divisor;               /* of the air between things */
    bool squeezed;                 /* and a third of that */
    bool quiet;                    /* a question has the letters of its answers */
    const struct strings *strings; /* see stack_in_parts */
    uint16_t part;
    int more_columns; /* the button to the next part is as wide as one of a row of so many; 0, 1: as the column */
};

/*
 * From STACK_WIDE on lines may be longer; from STACK_PAIR on the last two answers may stand beside one another where
 * each needs two lines for it; from STACK_CLOSE on what asks to choose stands in the line of progress; from
 * STACK_TIGHT on hints are small, and the margins and what is between lines of Arabic smaller; from STACK_PARTS on
 * answers may come in parts. With STACK_FLOW everything is put under one another without end, and cut in parts
 * afterwards.
 */
enum {
    STACK_WIDE = 2,
    STACK_PAIR = 3,
    STACK_CLOSE = 4,
    STACK_TIGHT = 5,
    STACK_PARTS = 6,
    STACK_FLOW = 7,
    STACK_PACKINGS = 8
};

/*
 * Clears the page and calls `build` with more and more packing until everything fits; the last try stays. A page
 * that fits whole gets back what there is room for: the question's own letters, buttons in their usual
 * place, the air between its things, the margin above. The focus is kept when `keep_focus` and the item is still a target. Overflow is left set when even that was not
 * enough.
 */
void stack_fit(struct page *page, const struct theme *theme, const struct font_set *fonts, bool keep_focus,
               void (*build)(struct stack *stack, const void *view), const void *view);

/*
 * For a builder whose page may come in parts when nothing else helps: which part is shown, counted round and
 * round, and the words of the button to the next.
 */
void stack_in_parts(struct stack *stack, const struct strings *strings, uint16_t part);

/* Empty space: `tenths` of the unit's thirtieth, less when packed and there is no room. */
void stack_gap(struct stack *stack, int tenths);

/*
 * What comes next begins below the letters of the text before it: Arabic ones reach out of their line, and a
 * card over the dots of a letter makes it another letter. stack_grid does so by itself.
 */
void stack_below_letters(struct stack *stack);

/* The least that a page leaves of its margins. */
int stack_edge(const struct theme *theme);

/* How far Arabic letters reach out above the line that they stand in. */
int stack_reach_above(const struct theme *theme, enum theme_text style);

/*
 * Room for a line of progress on a page without one, so that its title stands where those of the others do; none
 * where the page is packed.
 */
void stack_below_progress(struct stack *stack);

/* Text over the whole column, wrapped. NULL when the page is full. */
struct page_item *stack_text(struct stack *stack, enum theme_text style, enum theme_colour colour,
                             const char *text);

/* The same centred. */
struct page_item *stack_centred(struct stack *stack, enum theme_text style, enum theme_colour colour,
                                const char *text);

/* A text with a drawing as high as a line before it, where reading begins. NULL when the page is full. */
struct page_item *stack_text_with(struct stack *stack, enum theme_text style, enum theme_colour colour,
                                  const char *text, enum icon icon);

/*
 * A text in the place where `twin` stands on a page that must look the same: there is room for the longer of
 * them, in letters that both fit in.
 */
struct page_item *stack_twin(struct stack *stack, enum theme_text style, enum theme_colour colour,
                             const char *text, const char *twin);

/* Gives a text on the page its lines and its height once more, after line feeds were put into it. */
void stack_lay_again(struct stack *stack, struct page_item *item);

/* How high such a text is. */
int stack_text_height(const struct stack *stack, enum theme_text style, const char *text);

struct stack_card {
    enum page_mark mark;
    const char *text;
    int action;
    int value;
    int face;       /* see face.h; only with a mark */
    uint16_t voice; /* see page_item */
    bool chosen;
    bool small; /* in the smallest letters */
};

/* One card over the whole column and the gap under it. */
void stack_card(struct stack *stack, const struct stack_card *card);

/* A row without a mark; with action 0 it is a line of a list, not a target. */
void stack_row(struct stack *stack, const char *text, int action, int value);

/*
 * Cards next to one another, in as many columns as given; all as high as the highest of their line.
 * An empty text leaves its place empty.
 */
void stack_grid(struct stack *stack, const struct stack_card *cards, size_t count, int columns, bool centred);

/* How high this card is in one of `columns`, the gap left aside. */
int stack_card_height(const struct stack *stack, const struct stack_card *card, int columns);

/* Whether each of these cards with a mark has its text in one line, in one of `columns`. */
bool stack_cards_fit(const struct stack *stack, const struct stack_card *cards, size_t count, int columns);

struct stack_button {
    const char *text;
    int action;
    int value;
    bool main;
    const char *
        twin; /* or NULL: what stands in this place on a page that must look the same; there is room for it */
    uint16_t voice; /* see page_item */
};

/*
 * Lays a text faintly over the middle of the page. It takes no room and is no reason to pack the page closer
 * or to cut it: to be put last; where the page has no place for it, it is left out.
 */
void stack_mark(struct stack *stack, const char *text);

/*
 * A row of buttons of equal width at the bottom, above the rows put there before; empty texts leave their
 * place empty.
 * Two rows where letters are so large that a word would not fit in one. Where a word fits only in small
 * letters all of them are small.
 */
void stack_buttons(struct stack *stack, const struct stack_button *buttons, size_t count);

/*
 * Square buttons with a drawing, under one another in the upper corner beside the column, which becomes
 * narrower where the screen has no room there. To be put first.
 */
struct stack_tool {
    const char *name; /* NULL: its place stays empty, so that the others keep theirs */
    enum icon icon;
    int action;
    int value;
};
void stack_tools(struct stack *stack, const struct stack_tool *tools, size_t count);

/* The line of progress at the top of a page, "Question 4 of 18", with its bar. */
void stack_progress(struct stack *stack, const char *text, unsigned done, unsigned total);

/*
 * A label with a number, and four buttons that change it by -5, -1, +1 and +5: `action` with value
 * STACK_COUNTER_STEPS * value and the three after it.
 */
enum { STACK_COUNTER_STEPS = 4 };
void stack_counter(struct stack *stack, const char *label, unsigned number, int action, int value);

#endif
