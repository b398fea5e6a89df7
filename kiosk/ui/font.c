/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/font.h"

#include <SDL_ttf.h>
#include <string.h>

#include "kiosk/ui/bidi.h"
#include "kiosk/ui/paragraph_cache.h"
#include "kiosk/ui/width_cache.h"
#include "platform/file.h"

static const char *const regular_files[] = {
    "/usr/share/fonts/truetype/andika/Andika-Regular.ttf", /* Debian, Ubuntu */
    "/usr/share/fonts/truetype/sil-andika/Andika-Regular.ttf",
    "/usr/share/fonts/sil-andika-fonts/Andika-Regular.ttf", /* Fedora */
    "/usr/share/fonts/sil-andika/Andika-R.ttf",
    "/usr/share/fonts/TTF/Andika-Regular.ttf", /* Arch */
    "/usr/local/share/fonts/Andika-Regular.ttf",
};

static const char *const bold_files[] = {
    "/usr/share/fonts/truetype/andika/Andika-Bold.ttf",
    "/usr/share/fonts/truetype/sil-andika/Andika-Bold.ttf",
    "/usr/share/fonts/sil-andika-fonts/Andika-Bold.ttf",
    "/usr/share/fonts/TTF/Andika-Bold.ttf",
    "/usr/local/share/fonts/Andika-Bold.ttf",
};

/* Larger letters than their em says: its Arabic letters are small beside Andika's. */
enum { ARABIC_PERCENT = 145 };

static const char *const arabic_files[] = {
    "/usr/share/fonts/truetype/scheherazade/Scheherazade-Regular.ttf", /* Debian, Ubuntu */
    "/usr/share/fonts/truetype/scheherazade-new/ScheherazadeNew-Regular.ttf",
    "/usr/share/fonts/sil-scheherazade-fonts/Scheherazade-Regular.ttf", /* Fedora */
    "/usr/share/fonts/sil-scheherazade-new-fonts/ScheherazadeNew-Regular.ttf",
    "/usr/share/fonts/TTF/ScheherazadeNew-Regular.ttf", /* Arch */
    "/usr/local/share/fonts/ScheherazadeNew-Regular.ttf",
};

static const char *const arabic_bold_files[] = {
    "/usr/share/fonts/truetype/scheherazade/Scheherazade-Bold.ttf",
    "/usr/share/fonts/truetype/scheherazade-new/ScheherazadeNew-Bold.ttf",
    "/usr/share/fonts/sil-scheherazade-fonts/Scheherazade-Bold.ttf",
    "/usr/share/fonts/sil-scheherazade-new-fonts/ScheherazadeNew-Bold.ttf",
    "/usr/share/fonts/TTF/ScheherazadeNew-Bold.ttf",
    "/usr/local/share/fonts/ScheherazadeNew-Bold.ttf",
};

/* A font without these would show boxes in a Dutch, English, Polish or Turkish text. */
static const char needed[] = "ABCXYZabcxyz0123456789.,:;!?()'\"-/+%éèëêïóöüúáàâçñ€ĳłżşğıİ’‘“”–…";

static const char *first_existing(const char *const *files, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (file_exists(files[i])) {
            return files[i];
        }
    }
    return NULL;
}

/* A regular file, and a bold one or NULL. */
struct face {
    const char *regular, *bold;
    int percent;
};

/* Without a bold file the same letters serve for everything: plainer, never worse to read. */
static const char *file_for(enum theme_text text, const struct face *face) {
    bool heavy = text == THEME_TITLE || text == THEME_QUESTION || text == THEME_CODE;
    return heavy && face->bold != NULL ? face->bold : face->regular;
}

static enum fault open_face(struct _TTF_Font *out[THEME_TEXTS], const struct face *face,
                            const struct theme *theme) {
    for (enum theme_text i = 0; i < THEME_TEXTS; i++) {
        out[i] = TTF_OpenFont(file_for(i, face), theme->text[i] * face->percent / 100);
        if (out[i] == NULL) {
            return FAULT_FONT;
        }
        TTF_SetFontHinting(out[i], TTF_HINTING_LIGHT);
    }
    return FAULT_NONE;
}

static enum fault open_first(struct font_set *out, const char *file, const struct theme *theme) {
    struct face face = {.regular = file, .percent = 100};
    if (file == NULL) {
        face.regular = first_existing(regular_files, sizeof regular_files / sizeof regular_files[0]);
        face.bold = first_existing(bold_files, sizeof bold_files / sizeof bold_files[0]);
    }
    return face.regular == NULL ? FAULT_FONT : open_face(out->font[FONT_FIRST], &face, theme);
}

/* Shaping needs to know the script; the direction is set for every run. */
static enum fault open_arabic(struct font_set *out, const struct theme *theme) {
    struct face face = {
        .regular = first_existing(arabic_files, sizeof arabic_files / sizeof arabic_files[0]),
        .bold = first_existing(arabic_bold_files, sizeof arabic_bold_files / sizeof arabic_bold_files[0]),
        .percent = ARABIC_PERCENT};
    if (face.regular == NULL) {
        return FAULT_NONE;
    }
    enum fault fault = open_face(out->font[FONT_ARABIC], &face, theme);
    for (int i = 0; !fault && i < THEME_TEXTS; i++) {
        fault = TTF_SetFontScriptName(out->font[FONT_ARABIC][i], "Arab") == 0 ? FAULT_NONE : FAULT_FONT;
    }
    return fault;
}

enum fault font_open(struct font_set *out, const char *file, const struct theme *theme) {
    memset(out, 0, sizeof *out);
    enum fault fault = TTF_Init() == 0 ? FAULT_NONE : FAULT_FONT;
    out->started = !fault;
    if (!fault) {
        fault = paragraph_cache_new(&out->cache);
    }
    if (!fault) {
        fault = width_cache_new(&out->widths);
    }
    if (!fault) {
        fault = open_first(out, file, theme);
    }
    if (!fault) {
        fault = font_check(out, needed);
    }
    if (!fault) {
        fault = open_arabic(out, theme);
    }
    if (fault) {
        font_close(out);
    }
    return fault;
}

void font_close(struct font_set *set) {
    for (int i = 0; i < FONT_STACK; i++) {
        for (int j = 0; j < THEME_TEXTS; j++) {
            if (set->font[i][j] != NULL) {
                TTF_CloseFont(set->font[i][j]);
            }
        }
    }
    paragraph_cache_free(set->cache);
    width_cache_free(set->widths);
    if (set->started) {
        TTF_Quit();
    }
    memset(set, 0, sizeof *set);
}

void font_forget(struct font_set *set) {
    paragraph_cache_wipe(set->cache);
    width_cache_wipe(set->widths);
}

int font_of(const struct font_set *set, uint32_t character) {
    for (int i = 0; i < FONT_STACK; i++) {
        struct _TTF_Font *font = set->font[i][THEME_BODY];
        if (font != NULL && TTF_GlyphIsProvided32(font, character)) {
            return i;
        }
    }
    return -1;
}

uint32_t font_missing(const struct font_set *set, const char *text) {
    while (*text != '\0') {
        uint32_t character = bidi_next(&text);
        if (character != '\n' && !bidi_is_hidden(character) && font_of(set, character) < 0) {
            return character;
        }
    }
    return 0;
}

static bool is_arabic(uint32_t character) {
    return (character >= 0x0600 && character <= 0x06FF) || (character >= 0x0750 && character <= 0x077F) ||
           (character >= 0xFB50 && character <= 0xFDFF) || (character >= 0xFE70 && character <= 0xFEFE);
}

enum fault font_check(const struct font_set *set, const char *text) {
    uint32_t missing = font_missing(set, text);
    if (missing == 0) {
        return FAULT_NONE;
    }
    return is_arabic(missing) && set->font[FONT_ARABIC][0] == NULL ? FAULT_FONT_ARABIC : FAULT_FONT;
}
