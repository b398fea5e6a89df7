/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FONT_H
#define FONT_H

#include <stdbool.h>

#include "core/fault.h"
#include "kiosk/ui/theme.h"

/*
 * The letters: Andika, made for new readers, from the system's package (Debian: fonts-sil-andika), or the
 * file of --font. One open font for each text size of a theme. Only text.c draws with them.
 */

struct _TTF_Font;

/* Zeroed: closed. */
struct font_set {
    bool started; /* SDL_ttf itself */
    struct _TTF_Font *font[THEME_TEXTS];
};

/*
 * Opens `file`, or with NULL the first Andika in the known folders. FAULT_FONT when there is none, it is no
 * font, or it lacks a letter of European languages in Latin script. Nothing stays open after a fault.
 */
enum fault font_open(struct font_set *out, const char *file, const struct theme *theme) FAULT_MUST_CHECK;
void font_close(struct font_set *set); /* accepts zeroed and closed ones */

/* True when every character of the text has a letter in the font; line feeds count as such. */
bool font_covers(const struct font_set *set, const char *text);

#endif
