/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARAGRAPH_BREAK_H
#define PARAGRAPH_BREAK_H

#include "kiosk/ui/bidi.h"

/*
 * A room of paragraph.h: where a line of a text may end, and where it had better not. Knows neither widths nor
 * fonts.
 */

/* What breaks nowhere; without it, like other words. */
struct paragraph_break_whole {
    bool names;    /* of files and packages */
    bool commands; /* a program and its first option, and paths */
};

bool paragraph_break_is_space(const struct bidi_text *bidi, size_t i);

/* Whether a line that begins at `first` may end behind character i. */
bool paragraph_break_after(const struct bidi_text *bidi, struct paragraph_break_whole whole, size_t first,
                           size_t i);

/*
 * Whether what is in [first, end) belongs to what follows it: a word of one letter, of which Polish and Ukrainian
 * are full, or a small number; whatever quote or bracket opens before it.
 */
bool paragraph_break_leads(const struct bidi_text *bidi, size_t first, size_t end);

#endif
