/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FONT_H
#define FONT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/fault.h"
#include "kiosk/ui/theme.h"

/*
 * The letters, a stack of two fonts: Andika, made for new readers (Latin and Cyrillic script; Debian:
 * fonts-sil-andika), or the file of --font; and for Arabic script Scheherazade (Debian:
 * fonts-sil-scheherazade). One open font for each text size of a theme. Only text.c draws with them.
 */

struct _TTF_Font;
struct paragraph_cache;

enum { FONT_FIRST, FONT_ARABIC, FONT_STACK };

/* Zeroed: closed. */
struct font_set {
    bool started;                                    /* SDL_ttf itself */
    struct _TTF_Font *font[FONT_STACK][THEME_TEXTS]; /* NULL where there is no font for Arabic script */
    struct paragraph_cache *cache;                   /* paragraphs laid out with these fonts */
    struct width_cache *widths;                      /* of what was measured with them */
};

/*
 * Opens `file`, or with NULL the first Andika in the known folders, and the font for Arabic script when there
 * is one. FAULT_FONT when there is no first one, it is no font, or it lacks a letter of European languages in
 * Latin script; FAULT_MEMORY, FAULT_MEMORY_LOCK. Nothing stays open after a fault.
 */
enum fault font_open(struct font_set *out, const char *file, const struct theme *theme) FAULT_MUST_CHECK;
void font_close(struct font_set *set); /* accepts zeroed and closed ones */

/* Wipes what tells which texts were shown; for the moment between two pupils. Accepts closed ones. */
void font_forget(struct font_set *set);

/* The first font that has the character, or -1. */
int font_of(const struct font_set *set, uint32_t character);

/*
 * The first character of the text that no font has, or 0. Line feeds and what is never drawn are left aside.
 */
uint32_t font_missing(const struct font_set *set, const char *text);

/*
 * FAULT_NONE when no character of the text would be a box; FAULT_FONT_ARABIC when it needs the font for
 * Arabic script, which is not installed; FAULT_FONT.
 */
enum fault font_check(const struct font_set *set, const char *text) FAULT_MUST_CHECK;

#endif
