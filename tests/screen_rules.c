/* SPDX-License-Identifier: Apache-2.0 */
#include "screen_rules.h"

#include "check.h"
#include "kiosk/ui/action.h"

static void page_fails(const struct screen *screen, const char *name, const struct page_item *item,
                       const char *what) {
    fail_msg("%s at %dx%d, language %d: %s: \"%s\" (%d,%d %dx%d)", name, screen->theme.width,
             screen->theme.height, screen->language, what, page_text(screen->page, item), item->rect.x,
             item->rect.y, item->rect.w, item->rect.h);
}

static bool too_close(struct paint_rect a, struct paint_rect b, int gap) {
    return a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;
}

/* Letters and signs of a line; marks above and below them are counted too, which only makes this stricter. */
static int characters_of(const char *text, const struct paragraph_line *line) {
    const char *at = text + line->first;
    const char *end = at + line->size;
    int count = 0;
    while (at < end) {
        count += !bidi_is_hidden(bidi_next(&at));
    }
    return count;
}

static void check_lines(const struct screen *screen, const char *name, const struct page_item *item) {
    const char *text = page_text(screen->page, item);
    int height = item->line_count * text_line_height(&screen->theme, item->style);
    if (height > item->rect.h) {
        page_fails(screen, name, item, "text higher than its place");
    }
    if (font_missing(&screen->fonts, text) != 0) {
        page_fails(screen, name, item, "a letter that the font lacks");
    }
    if (item->colour != THEME_INK && item->colour != THEME_HELP) {
        page_fails(screen, name, item, "letters in a colour that is not for text");
    }
    for (int i = 0; i < item->line_count; i++) {
        const struct paragraph_line *line = &screen->page->line[item->line_first + i];
        const char *end = text + line->first + line->size;
        if (line->width > item->rect.w) {
            page_fails(screen, name, item, "line wider than its place");
        }
        if (characters_of(text, line) > screen->most_characters) {
            page_fails(screen, name, item, "a line too long to find the way back");
        }
        if (*end != '\0' && *end != ' ' && *end != '\n' && end[-1] != '-') {
            page_fails(screen, name, item, "broken inside a word");
        }
    }
}

static void check_pair(const struct screen *screen, const char *name, int a, int b) {
    const struct page_item *first = &screen->page->item[a];
    const struct page_item *second = &screen->page->item[b];
    bool both = first->action != 0 && second->action != 0;
    if (too_close(first->rect, second->rect, both ? 10 : 0)) {
        page_fails(screen, name, first,
                   both ? "closer than 10 pixels to another target" : "overlaps something");
    }
    bool row = first->kind == PAGE_BUTTON && second->kind == PAGE_BUTTON && first->rect.y == second->rect.y &&
               !first->tool && !second->tool;
    if (row && first->style != second->style) {
        page_fails(screen, name, second, "a button in other letters than the one beside it");
    }
}

/* On a page in parts something of what it is about stands under its title. */
static void check_title(const struct screen *screen, const char *name, int i) {
    const struct page_item *title = &screen->page->item[i];
    bool heads = title->style == THEME_TITLE || (title->kind == PAGE_TEXT && title->style == THEME_LABEL);
    bool followed = !heads || !screen->page->parted;
    for (int j = i + 1; j < screen->page->item_count; j++) {
        followed = followed || (!screen->page->item[j].fixed && !screen->page->item[j].tool);
    }
    if (!followed) {
        page_fails(screen, name, title, "a title with nothing under it");
    }
}

void screen_rules_check(const struct screen *screen, const char *name) {
    const struct page *page = screen->page;
    int edge = screen->theme.ring + screen->theme.ring_gap;
    if (page->overflow) {
        fail_msg("%s does not fit at %dx%d, language %d", name, screen->theme.width, screen->theme.height,
                 screen->language);
    }
    for (int i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        if (item->rect.x < edge || item->rect.y < edge ||
            item->rect.x + item->rect.w > screen->theme.width - edge ||
            item->rect.y + item->rect.h > screen->theme.height - edge) {
            page_fails(screen, name, item, "outside the screen");
        }
        if (item->action != 0 &&
            (item->rect.h < 64 || item->rect.h < screen->theme.unit / 12 || item->rect.w < 64)) {
            page_fails(screen, name, item, "too small to touch");
        }
        check_lines(screen, name, item);
        check_title(screen, name, i);
        for (int j = 0; j < i; j++) {
            check_pair(screen, name, j, i);
        }
    }
}

static int reading_x(const struct screen *screen, const struct page_item *item) {
    return screen->page->from_right ? screen->theme.width - item->rect.x - item->rect.w : item->rect.x;
}

/*
 * Texts, answers and buttons begin on one line down the page; what is on every page is where it was on the
 * page before; where languages are chosen the place of their tool is empty.
 */
static void check_edges(const struct screen *screen, const char *name) {
    bool has_globe = page_find(screen->page, ACTION_PANEL, PANEL_LANGUAGE) != PAGE_NOTHING;
    int tools = screen->flow.language_count > 1 && !has_globe ? 1 : 0;
    for (int i = 0; i < screen->page->item_count; i++) {
        const struct page_item *item = &screen->page->item[i];
        int x = reading_x(screen, item);
        if (item->tool) {
            int y = screen->theme.margin + tools++ * (screen->theme.target + screen->theme.gap);
            if (x != screen->theme.width - screen->theme.margin - screen->theme.target || item->rect.y != y) {
                page_fails(screen, name, item, "a tool somewhere else than on other pages");
            }
        } else if (x < screen->theme.column_x || (item->kind == PAGE_TEXT && x != screen->theme.column_x) ||
                   x + item->rect.w > screen->theme.column_x + screen->theme.column_width) {
            page_fails(screen, name, item, "does not begin where the rest begins");
        }
    }
}

static int words_of(const char *text) {
    int count = 0;
    for (const char *at = text; *at != '\0'; at++) {
        count += *at != ' ' && *at != '\n' && (at[1] == ' ' || at[1] == '\n' || at[1] == '\0');
    }
    return count;
}

/* What is to be read before a button can be pressed. */
static void check_words(const struct screen *screen, const char *name) {
    int words = 0;
    for (int i = 0; i < screen->page->item_count; i++) {
        const struct page_item *item = &screen->page->item[i];
        words += item->fixed || item->tool ? 0 : words_of(page_text(screen->page, item));
    }
    if (words > screen->most_words) {
        page_fails(screen, name, &screen->page->item[0], "more words than are read");
    }
}

/* Of one colour between two corners, above and below what is written on a target. */
static bool is_plain(const struct picture *picture, const struct theme *theme, const struct paint_rect *rect,
                     int y) {
    int first = y * picture->width + rect->x + theme->radius;
    int count = rect->w - 2 * theme->radius;
    bool plain = true;
    for (int i = 1; i < count; i++) {
        plain = plain && picture->pixel[first + i] == picture->pixel[first];
    }
    return plain;
}

/*
 * No letter reaches the edge of its button or card. Looked at where letters reach deepest, as large as they
 * become beside it.
 */
static void check_ink(const struct screen *screen, const char *name) {
    struct picture picture;
    if (!screen->page->from_right || screen->theme.percent < 150) {
        return;
    }
    picture_open(&picture, screen->theme.width, screen->theme.height);
    picture_draw(&picture, screen->page, &screen->theme, &screen->fonts);
    for (int i = 0; i < screen->page->item_count; i++) {
        const struct page_item *item = &screen->page->item[i];
        int edge = screen->theme.border;
        for (int j = 0; j < 2 * edge && item->action != 0; j++) {
            if (!is_plain(&picture, &screen->theme, &item->rect, item->rect.y + j) ||
                !is_plain(&picture, &screen->theme, &item->rect, item->rect.y + item->rect.h - 1 - j)) {
                page_fails(screen, name, item, "a letter on its edge");
            }
        }
    }
    picture_close(&picture);
}

void screen_rules_see(struct screen *screen, const char *name) {
    screen_build(screen, 0);
    check_words(screen, name);
    screen_rules_check(screen, name);
    check_edges(screen, name);
    check_ink(screen, name);
    screen_take_picture(screen, name);
}
