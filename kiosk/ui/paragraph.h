/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PARAGRAPH_H
#define PARAGRAPH_H

#include "kiosk/ui/bidi.h"

/*
 * From a text to lines, and from each line to runs: pieces of one direction in one font, with their places.
 * Lines break at line feeds, after spaces and hyphens (not those in numbers, and in names of files and
 * packages only where one is wider than a line), at zero width spaces and at soft hyphens (which are drawn
 * there and nowhere else); never inside a word; in a path, between a program and its option, and in the
 * program's name, only where these are wider than a line. No line has more letters and signs than the measure
 * allows; no word stands alone on the last line where the line above can spare another, and no line ends with
 * what belongs to the next word (paragraph_break_leads) where that can hold it. A last line of less than a third
 * of the widest one makes all of them narrower, as far as that costs no line more and no line becomes less than
 * half as wide as it was. Knows no SDL: what fonts have and how wide they write, the caller says.
 */

struct paragraph_run {
    uint16_t first, size; /* bytes of the text */
    int x, width;         /* from the left end of the line */
    uint8_t font;         /* as `font_of` numbers them */
    bool from_right;
    bool hyphen; /* a hyphen is drawn at the end of what is written */
};

struct paragraph_line {
    uint16_t first, size; /* bytes of the text; the spaces at a break belong to no line */
    int width;
    uint16_t run_first, run_count; /* runs from left to right */
    bool from_right;               /* the paragraph runs from right to left */
};

/* The caller's room; lines and runs are put behind those that are there. */
struct paragraph_room {
    struct paragraph_line *line;
    size_t line_capacity, line_count;
    struct paragraph_run *run;
    size_t run_capacity, run_count;
};

struct paragraph_letters {
    const void *context;
    /* The first font that has this character, or -1; fonts are numbered from 0, the first is preferred. */
    int (*font_of)(const void *context, uint32_t character);
    /* Whether this font has it. */
    bool (*has)(const void *context, unsigned font, uint32_t character);
    /* How wide a run is, in pixels. */
    int (*width)(const void *context, const struct paragraph_run *run, const char *text);
};

struct paragraph_fit {
    bool complete; /* false: the room was too small, or a paragraph longer than BIDI_CHARACTERS */
    int excess;    /* how many pixels the widest word is wider than asked; 0: everything fits */
};

/* What a line may be. */
struct paragraph_measure {
    int width;            /* pixels */
    int characters;       /* letters and signs; a longer line is lost on the way back to the next */
    bool page_from_right; /* see bidi_read */
    bool cuts_names;      /* room is short: names of files and packages break at hyphens like other words */
    bool balanced;        /* as narrow as the number of its lines allows, so that these are alike */
};

/* Lays out valid UTF-8. */
struct paragraph_fit paragraph_lay(struct paragraph_room *room, const struct paragraph_letters *letters,
                                   const char *text, struct paragraph_measure measure);

/* The bytes of a run that are drawn, with the hyphen, zero-terminated; at most `capacity` with the zero. */
size_t paragraph_copy_run(char *out, size_t capacity, const struct paragraph_run *run, const char *text);

#endif
