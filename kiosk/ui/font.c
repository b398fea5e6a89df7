/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/font.h"

#include <SDL_ttf.h>
#include <string.h>

#include "kiosk/ui/text.h"
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

/* Without a bold file the same letters serve for everything: plainer, never worse to read. */
static const char *file_for(enum theme_text text, const char *regular, const char *bold) {
    bool heavy = text == THEME_TITLE || text == THEME_QUESTION || text == THEME_CODE;
    return heavy && bold != NULL ? bold : regular;
}

enum fault font_open(struct font_set *out, const char *file, const struct theme *theme) {
    enum fault fault = FAULT_FONT;
    const char *regular = file;
    const char *bold = NULL;
    memset(out, 0, sizeof *out);
    if (regular == NULL) {
        regular = first_existing(regular_files, sizeof regular_files / sizeof regular_files[0]);
        bold = first_existing(bold_files, sizeof bold_files / sizeof bold_files[0]);
    }
    if (regular == NULL || TTF_Init() != 0) {
        goto done;
    }
    out->started = true;
    for (enum theme_text i = 0; i < THEME_TEXTS; i++) {
        out->font[i] = TTF_OpenFont(file_for(i, regular, bold), theme->text[i]);
        if (out->font[i] == NULL) {
            goto done;
        }
        TTF_SetFontHinting(out->font[i], TTF_HINTING_LIGHT);
    }
    fault = font_covers(out, needed) ? FAULT_NONE : FAULT_FONT;
done:
    if (fault) {
        font_close(out);
    }
    return fault;
}

void font_close(struct font_set *set) {
    for (int i = 0; i < THEME_TEXTS; i++) {
        if (set->font[i] != NULL) {
            TTF_CloseFont(set->font[i]);
        }
    }
    if (set->started) {
        TTF_Quit();
    }
    memset(set, 0, sizeof *set);
}

bool font_covers(const struct font_set *set, const char *text) {
    while (*text != '\0') {
        uint32_t character = text_next(&text);
        if (character != '\n' && !TTF_GlyphIsProvided32(set->font[THEME_BODY], character)) {
            return false;
        }
    }
    return true;
}
