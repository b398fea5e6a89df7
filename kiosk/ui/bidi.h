/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BIDI_H
#define BIDI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Which way every character of a text runs: the Unicode Bidirectional Algorithm (UAX #9), by FriBidi, and one
 * thing more: telephone numbers and dates stay whole (docs/decisions/0010). Knows no fonts and no screen.
 */

enum { BIDI_CHARACTERS = 1024 };

enum bidi_kind {
    BIDI_LETTER,  /* has its own direction */
    BIDI_DIGIT,   /* 0 to 9 as in Dutch */
    BIDI_NEUTRAL, /* spaces and signs: like what is around them */
    BIDI_MARK,    /* stands on the character before it */
    BIDI_HIDDEN   /* never drawn: soft hyphen, zero width space, direction marks */
};

/* One paragraph: text without line feeds. */
struct bidi_text {
    bool from_right; /* the paragraph runs from right to left */
    size_t count;
    uint32_t character[BIDI_CHARACTERS];
    uint16_t at[BIDI_CHARACTERS + 1]; /* where it begins, in bytes; behind the last: the end */
    uint8_t level[BIDI_CHARACTERS];   /* embedding level; odd: from right to left */
    enum bidi_kind kind[BIDI_CHARACTERS];
};

/* The next character of valid UTF-8; *at moves behind it. */
uint32_t bidi_next(const char **at);

/* True for what is never drawn (BIDI_HIDDEN). */
bool bidi_is_hidden(uint32_t character);

/*
 * Reads `size` bytes of valid UTF-8. `page_from_right` says how the page runs on which it stands: a text with
 * a letter of that direction runs the same way, whatever it begins with ("WhatsApp" at the beginning of an
 * Arabic question); a text that has only letters of the other direction runs the other way; one without
 * letters like the page. False: longer than BIDI_CHARACTERS characters or 65,535 bytes, the rest is left out;
 * or out of memory, all levels are the paragraph's then.
 */
bool bidi_read(struct bidi_text *out, const char *text, size_t size, bool page_from_right);

/*
 * Rule L2: the order in which `count` runs with these levels stand on the line, from left to right. order[i]
 * is the index of the run at place i.
 */
void bidi_order(uint16_t *order, const uint8_t *level, size_t count);

#endif
