/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/text.h"

#include <SDL_ttf.h>
#include <string.h>

/* SDL_ttf wants zero-terminated text; no line on a screen comes near this. */
enum { LINE_BYTES = 1024 };

uint32_t text_next(const char **at) {
    const unsigned char *byte = (const unsigned char *)*at;
    uint32_t character = byte[0];
    size_t more = character < 0x80 ? 0 : character < 0xE0 ? 1 : character < 0xF0 ? 2 : 3;
    if (more > 0) {
        character &= 0x3Fu >> more;
    }
    size_t taken = 1;
    for (; taken <= more && (byte[taken] & 0xC0) == 0x80; taken++) {
        character = character << 6 | (byte[taken] & 0x3Fu);
    }
    *at += taken;
    return character;
}

int text_line_height(const struct theme *theme, enum theme_text style) {
    return (theme->text[style] * 7 + 4) / 5;
}

static size_t copy_line(char line[LINE_BYTES], const char *text, size_t size) {
    size_t taken = size < LINE_BYTES ? size : LINE_BYTES - 1;
    while (taken < size && taken > 0 && ((unsigned char)text[taken] & 0xC0) == 0x80) {
        taken--;
    }
    memcpy(line, text, taken);
    line[taken] = '\0';
    return taken;
}

static int width_of(TTF_Font *font, const char *text, size_t size) {
    char line[LINE_BYTES];
    int width = 0;
    copy_line(line, text, size);
    if (TTF_SizeUTF8(font, line, &width, NULL) != 0) {
        return 0;
    }
    return width;
}

/* How many bytes of the paragraph fit in `width`, breaks left aside; at least one character. */
static size_t fitting_bytes(TTF_Font *font, const char *text, size_t size, int width) {
    char line[LINE_BYTES];
    int extent = 0;
    int count = 0;
    size_t copied = copy_line(line, text, size);
    if (TTF_MeasureUTF8(font, line, width, &extent, &count) != 0 || count < 1) {
        count = 1;
    }
    const char *at = line;
    while (count-- > 0 && at < line + copied) {
        text_next(&at);
    }
    return (size_t)(at - line);
}

/* Where to break when only `fits` of `size` bytes fit: behind the last space or hyphen, else in the word. */
static size_t break_at(const char *text, size_t fits) {
    if (text[fits] == ' ') {
        return fits;
    }
    for (size_t at = fits; at > 1; at--) {
        if (text[at - 1] == ' ' || (text[at - 1] == '-' && text[at - 2] != ' ')) {
            return at;
        }
    }
    return fits;
}

static size_t without_spaces(const char *text, size_t size) {
    while (size > 0 && text[size - 1] == ' ') {
        size--;
    }
    return size;
}

size_t text_wrap(struct text_line *lines, size_t capacity, bool *complete, const struct font_set *fonts,
                 enum theme_text style, const char *text, int width) {
    TTF_Font *font = fonts->font[style];
    size_t count = 0;
    size_t at = 0;
    size_t end = strlen(text);
    *complete = true;
    while (at < end) {
        if (count == capacity || at > UINT16_MAX) {
            *complete = false;
            break;
        }
        size_t paragraph = strcspn(text + at, "\n");
        size_t fits = paragraph == 0 ? 0 : fitting_bytes(font, text + at, paragraph, width);
        size_t taken = fits < paragraph ? break_at(text + at, fits) : paragraph;
        size_t shown = without_spaces(text + at, taken);
        lines[count++] = (struct text_line){
            .first = (uint16_t)at, .size = (uint16_t)shown, .width = width_of(font, text + at, shown)};
        at += taken;
        if (taken == paragraph && at < end) {
            at++; /* the line feed */
        } else {
            at += strspn(text + at, " ");
        }
    }
    return count;
}

void text_draw(struct SDL_Surface *surface, const struct theme *theme, const struct font_set *fonts,
               enum theme_text style, enum theme_colour colour, int x, int y, const char *text, size_t size) {
    char line[LINE_BYTES];
    struct theme_rgb rgb = theme_rgb_of(colour);
    if (copy_line(line, text, size) == 0) {
        return;
    }
    SDL_Surface *drawn =
        TTF_RenderUTF8_Blended(fonts->font[style], line, (SDL_Color){rgb.r, rgb.g, rgb.b, 255});
    if (drawn == NULL) {
        return;
    }
    /* The font's own line is higher (1.6 em, for stacked accents): centred, it overlaps nothing that is drawn. A
       little higher still, for most letters are small ones. */
    int lift = theme->text[style] / 20;
    SDL_Rect place = {x, y + (text_line_height(theme, style) - drawn->h) / 2 - lift, drawn->w, drawn->h};
    SDL_BlitSurface(drawn, NULL, surface, &place);
    SDL_FreeSurface(drawn);
}
