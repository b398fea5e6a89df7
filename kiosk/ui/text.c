/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/text.h"

#include <SDL_ttf.h>

#include "kiosk/ui/paragraph_cache.h"
#include "kiosk/ui/width_cache.h"

/* SDL_ttf wants zero-terminated text; no run comes near this. */
enum { RUN_BYTES = 1024 };

int text_line_height(const struct theme *theme, enum theme_text style) {
    return (theme->text[style] * 7 + 4) / 5;
}

/* Measured: of all that is shipped the bold letters reach farthest, 1.2 em up and 0.6 em down. */
int text_leading(const struct theme *theme, enum theme_text style) {
    return (theme->text[style] * 2 + 4) / 5;
}

int text_lines_height(const struct theme *theme, enum theme_text style, int lines, int leading) {
    int between = lines > 1 ? (lines - 1) * leading : 0;
    return lines * text_line_height(theme, style) + between;
}

struct context {
    const struct font_set *fonts;
    enum theme_text style;
};

static TTF_Font *font_for(const struct font_set *fonts, enum theme_text style,
                          const struct paragraph_run *run) {
    TTF_Font *font = fonts->font[run->font][style];
    TTF_SetFontDirection(font, run->from_right ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    return font;
}

static int find_font(const void *context, uint32_t character) {
    const struct context *own = context;
    return font_of(own->fonts, character);
}

static bool font_has(const void *context, unsigned font, uint32_t character) {
    const struct context *own = context;
    TTF_Font *found = own->fonts->font[font][THEME_BODY];
    return found != NULL && TTF_GlyphIsProvided32(found, character);
}

static int run_width(const void *context, const struct paragraph_run *run, const char *text) {
    const struct context *own = context;
    char drawn[RUN_BYTES];
    int width = 0;
    size_t size = paragraph_copy_run(drawn, sizeof drawn, run, text);
    uint32_t kind = (uint32_t)own->style << 16 | (uint32_t)run->font << 8 | run->from_right;
    uint64_t key = width_cache_key(drawn, size, kind);
    if (size == 0 || width_cache_find(own->fonts->widths, key, &width)) {
        return width;
    }
    if (TTF_SizeUTF8(font_for(own->fonts, own->style, run), drawn, &width, NULL) != 0) {
        return 0;
    }
    width_cache_keep(own->fonts->widths, key, width);
    return width;
}

struct paragraph_fit text_wrap(struct paragraph_room *room, const struct font_set *fonts,
                               enum theme_text style, const char *text, struct paragraph_measure measure) {
    struct context context = {fonts, style};
    struct paragraph_letters letters = {&context, find_font, font_has, run_width};
    struct paragraph_key key = {text, (int)style, measure};
    struct paragraph_fit fit = {.complete = true};
    size_t line_first = room->line_count;
    size_t run_first = room->run_count;
    if (!paragraph_cache_find(fonts->cache, &key, room, &fit)) {
        fit = paragraph_lay(room, &letters, text, measure);
        paragraph_cache_keep(fonts->cache, &key, room, line_first, run_first, fit);
    }
    return fit;
}

/*
 * Where the letters stand. The first font's own line is higher (1.6 em, for stacked accents): centred, it
 * overlaps nothing that is drawn. A little higher still, for most letters are small ones. Every font of a
 * line stands where the others do; with Arabic letters in it that is higher again, for these reach as far
 * down as they reach up.
 */
static int baseline(const struct text_ink *ink, bool arabic) {
    TTF_Font *first = ink->fonts->font[FONT_FIRST][ink->style];
    int em = ink->theme->text[ink->style];
    int lift = arabic ? em * 3 / 20 : em / 20;
    return (text_line_height(ink->theme, ink->style) - TTF_FontHeight(first)) / 2 - lift +
           TTF_FontAscent(first);
}

static bool has_arabic(const struct paragraph_line *line, const struct paragraph_run *run) {
    bool found = false;
    for (size_t i = 0; i < line->run_count; i++) {
        found = found || run[line->run_first + i].font == FONT_ARABIC;
    }
    return found;
}

/* The letters stand on y. */
static void draw_run(const struct text_ink *ink, int x, int y, const char *text,
                     const struct paragraph_run *run) {
    char drawn[RUN_BYTES];
    struct theme_rgb rgb = theme_rgb_of(ink->colour);
    if (paragraph_copy_run(drawn, sizeof drawn, run, text) == 0) {
        return;
    }
    TTF_Font *font = font_for(ink->fonts, ink->style, run);
    enum { FAINT = 48, FULL = 255 };
    SDL_Color colour = {rgb.r, rgb.g, rgb.b, ink->faint ? FAINT : FULL};
    SDL_Surface *letters = TTF_RenderUTF8_Blended(font, drawn, colour);
    if (letters == NULL) {
        return;
    }
    SDL_Rect place = {x + run->x, y - TTF_FontAscent(font), letters->w, letters->h};
    SDL_BlitSurface(letters, NULL, ink->surface, &place);
    SDL_FreeSurface(letters);
}

void text_draw(const struct text_ink *ink, int x, int y, const char *text, const struct paragraph_line *line,
               const struct paragraph_run *run) {
    y += baseline(ink, has_arabic(line, run));
    for (size_t i = 0; i < line->run_count; i++) {
        draw_run(ink, x, y, text, &run[line->run_first + i]);
    }
}
