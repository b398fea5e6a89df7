/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAGE_H
#define PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "kiosk/ui/icon.h"
#include "kiosk/ui/text.h"

/*
 * What is on the screen at one moment: texts, cards and buttons with their places and what touching them
 * means. Built anew after every change (stack.h), then only looked at: drawn, hit, walked through with the
 * keyboard. Knows no SDL.
 *
 * A page shows what one pupil chose, so it lives in secret memory; page_clear wipes it.
 */

enum { PAGE_ITEMS = 96, PAGE_LINES = 128, PAGE_RUNS = 384, PAGE_STORAGE = 16384, PAGE_NOTHING = -1 };

enum page_kind {
    PAGE_TEXT,
    PAGE_BUTTON, /* text in the middle */
    PAGE_CARD,   /* an answer or a row: mark, then text */
    PAGE_ROW,    /* a card without a mark */
    PAGE_BAR     /* progress: `part` thousandths are done */
};

enum page_mark { PAGE_MARK_NONE, PAGE_MARK_RING, PAGE_MARK_BOX }; /* one choice, several */

struct page_item {
    enum page_kind kind;
    enum page_mark mark;
    enum theme_text style;
    enum theme_colour colour;
    struct paint_rect rect;
    uint16_t text, text_size; /* in the storage */
    uint16_t line_first, line_count;
    uint16_t
        lines_room;   /* it is as high as so many lines, for what stands here on another page; 0: its own */
    uint16_t leading; /* pixels between two of its lines */
    int16_t action;   /* what touching it means, for whoever built the page; 0: cannot be touched */
    uint16_t value;
    uint16_t part;
    uint8_t face;   /* of a card, beside its mark: see face.h */
    uint16_t voice; /* 1 + the recording of this text; 0: it is never read aloud */
    bool chosen;
    bool main; /* the button that leads on; one a page */
    bool tool; /* beside the page, the same on every page; the keyboard comes there last */
    enum icon
        icon; /* a button's drawing in place of its text, which then only names it; a text's, before it */
    bool centred;
    bool fixed; /* stays where it is when the page comes in parts */
    bool over;  /* lies faintly over everything else and takes no room: the mark of a preview */
    bool again; /* a question or a title: stands on every part, above what belongs to it; one a page */
};

struct page {
    int focus;     /* index of the item with the keyboard's ring, or PAGE_NOTHING */
    int focus_end; /* while a switch scans groups: the ring is around all from `focus` to before this; else 0 */
    bool from_right; /* laid out from right to left; set before the first item, mirrored when all are there */
    bool overflow;   /* something did not fit while it was built */
    int excess;      /* then: how many pixels too high or too wide, the worst of them; 0: too many things */
    uint16_t reading; /* the `voice` that is heard now, and marked; 0: none */
    int parted;       /* it comes in parts because it was so many pixels too high for one; 0: it is whole */
    int item_count;
    int line_count;
    int run_count;
    size_t storage_used;
    struct page_item item[PAGE_ITEMS];
    struct paragraph_line line[PAGE_LINES];
    struct paragraph_run run[PAGE_RUNS];
    char storage[PAGE_STORAGE];
};

/*
 * Zeroed memory that cannot be swapped. FAULT_MEMORY, FAULT_MEMORY_LOCK. The caller frees it with page_free.
 */
enum fault page_new(struct page **out) FAULT_MUST_CHECK;
struct page *page_free(struct page *page); /* accepts NULL, gives NULL */
/* Wipes everything and leaves an empty page without focus. */
void page_clear(struct page *page);

/* A new item, zeroed, or NULL (and overflow) when the page is full. `text` is copied. */
struct page_item *page_add(struct page *page, enum page_kind kind, const char *text);

/*
 * A text lent from another language, for lack of a translation: "[NL] " and the text, kept with the page
 * until it is cleared. When the page is full (and then overflows) the text alone.
 */
const char *page_lend(struct page *page, const char *code, const char *text);

const char *page_text(const struct page *page, const struct page_item *item);

/* The target at a point, or PAGE_NOTHING. */
int page_hit(const struct page *page, int x, int y);

/* The target with this meaning, or PAGE_NOTHING. */
int page_find(const struct page *page, int action, int value);

enum page_step {
    PAGE_NEXT,         /* Tab: the next target; a group of cards is one stop */
    PAGE_PREVIOUS,     /* Shift+Tab */
    PAGE_NEXT_CARD,    /* Down, Right: every target is a stop */
    PAGE_PREVIOUS_CARD /* Up, Left */
};

/*
 * Moves the focus, round and round; from PAGE_NOTHING to the first target, or the last. Nothing to touch:
 * stays.
 */
void page_walk(struct page *page, enum page_step step);

/* The n-th card that has a mark, from 1, or PAGE_NOTHING: what the digit keys pick. */
int page_card(const struct page *page, int number);

#endif
