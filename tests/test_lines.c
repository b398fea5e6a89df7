/* SPDX-License-Identifier: Apache-2.0 */
#include <SDL.h>
#include <string.h>

#include "bench/pupil.h"
#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/pupil_pages.h"
#include "screen.h"

/*
 * The lines of what is shipped, on every page of a pupil, with letters of every size: those of Arabic never meet,
 * and those of an answer are alike.
 */

static const char *const questionnaires[] = {"primary", "secondary"};
enum {
    QUESTIONNAIRES = sizeof questionnaires / sizeof questionnaires[0],
    MOST_PARTS = 40,
    WIDEST = 1920,
    NO_INK = -1000
};

/* How far the letters of one line reach at each pixel of the screen's width. */
struct skyline {
    int top[WIDEST], bottom[WIDEST];
};

struct fixture {
    struct preview *preview;
    struct page *page;
    struct theme theme;
    struct font_set fonts;
    struct strings strings;
    struct view view;
    enum panel panel;
    SDL_Surface *band; /* as wide as the theme, and as high as letters reach */
    const char *name;  /* of the page */
    int seen;
};

static void fails(const struct fixture *f, const char *what, const struct page_item *item) {
    const struct flow_view view = flow_look(&f->preview->flow);
    fail_msg("%s at %dx%d, %d %%, language %s: %s: \"%s\"", f->name, f->theme.width, f->theme.height,
             f->theme.percent, f->preview->flow.questionnaire->language[view.language].code, what,
             page_text(f->page, item));
}

/* ---- lines of Arabic ---- */

/* How far above its line letters are looked for. */
static int reach(const struct fixture *f) {
    return f->theme.text[THEME_CODE];
}

/* The line as it stands at height y. */
static void look_at_line(struct fixture *f, const struct page_item *item, int i, int y, struct skyline *out) {
    const struct paragraph_line *line = &f->page->line[item->line_first + i];
    struct text_ink ink = {f->band, &f->theme, &f->fonts, item->style, THEME_INK, false};
    int room = item->rect.w - line->width;
    SDL_FillRect(f->band, NULL, 0xFFFFFF);
    text_draw(&ink, item->rect.x + (item->centred ? room / 2 : room), reach(f), page_text(f->page, item),
              line, f->page->run);
    for (int x = 0; x < f->theme.width; x++) {
        out->top[x] = out->bottom[x] = NO_INK;
        for (int row = 0; row < f->band->h; row++) {
            const uint32_t *pixel = (const uint32_t *)f->band->pixels + row * (f->band->pitch / 4) + x;
            if ((*pixel & 0xFF) < 0xC0) {
                out->top[x] = out->top[x] == NO_INK ? y - reach(f) + row : out->top[x];
                out->bottom[x] = y - reach(f) + row;
            }
        }
    }
}

static bool meet(const struct skyline *above, const struct skyline *below, int width) {
    bool found = false;
    for (int x = 1; x + 1 < width; x++) {
        for (int beside = x - 1; beside <= x + 1; beside++) {
            bool both = above->bottom[x] != NO_INK && below->top[beside] != NO_INK;
            found = found || (both && above->bottom[x] + 1 >= below->top[beside]);
        }
    }
    return found;
}

static void lines_are_apart(struct fixture *f) {
    static struct skyline line[2];
    const struct page_item *last = NULL;
    int count = 0;
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        bool follows = item->kind == PAGE_TEXT && last != NULL && last->kind == PAGE_TEXT;
        int y = item->rect.y;
        for (int j = 0; j < item->line_count && item->icon == ICON_NONE && !item->over; j++) {
            look_at_line(f, item, j, y, &line[count % 2]);
            if ((j > 0 || follows) && meet(&line[(count + 1) % 2], &line[count % 2], f->theme.width)) {
                fails(f, "two lines touch", item);
            }
            y += text_line_height(&f->theme, item->style) + item->leading;
            last = item;
            count++;
            f->seen++;
        }
    }
}

/* ---- lines of an answer ---- */

/* Narrower ones would be more. */
static void lines_are_alike(struct fixture *f) {
    enum { LINES = 16, RUNS = 64, MOST = 80 };
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        struct paragraph_line line[LINES];
        struct paragraph_run run[RUNS];
        struct paragraph_room room = {line, LINES, 0, run, RUNS, 0};
        int widest = 0;
        if ((item->kind != PAGE_CARD && item->kind != PAGE_ROW) || item->line_count < 2) {
            continue;
        }
        for (int j = 0; j < item->line_count; j++) {
            int width = f->page->line[item->line_first + j].width;
            widest = width > widest ? width : widest;
        }
        struct paragraph_measure measure = {widest - 1, MOST, f->page->from_right, false, true};
        struct paragraph_fit fit =
            text_wrap(&room, &f->fonts, item->style, page_text(f->page, item), measure);
        if (fit.complete && fit.excess == 0 && (int)room.line_count <= item->line_count) {
            fails(f, "lines that could be alike", item);
        }
        f->seen++;
    }
}

/* ---- every page of what is shipped ---- */

struct look {
    const char *language; /* or NULL: all */
    void (*see)(struct fixture *f);
};

static void build(struct fixture *f, uint16_t part) {
    struct pupil_pages_scene scene = {.flow = &f->preview->flow,
                                      .round = f->preview->round,
                                      .strings = &f->strings,
                                      .view = &f->view,
                                      .panel = f->panel,
                                      .part = part};
    stack_fit(f->page, &f->theme, &f->fonts, false, pupil_pages_build, &scene);
}

/* Each part of the page; after the last comes the first again. */
static void see(struct fixture *f, const char *name, const struct look *look) {
    char first[PAGE_STORAGE];
    size_t used = 0;
    bool more = true;
    f->name = name;
    for (uint16_t part = 0; more && part < MOST_PARTS; part++) {
        build(f, part);
        bool again = part > 0 && f->page->storage_used == used && memcmp(f->page->storage, first, used) == 0;
        used = part == 0 ? f->page->storage_used : used;
        memcpy(first, part == 0 ? f->page->storage : first, used);
        if (!again) {
            look->see(f);
        }
        more = !again && page_find(f->page, ACTION_MORE, 0) != PAGE_NOTHING;
    }
}

static void see_explanation(struct fixture *f, const struct look *look) {
    enum { ENOUGH = 12 };
    for (int i = 0; i < ENOUGH; i++) {
        see(f, "welcome", look);
        flow_hear(&f->preview->flow, FLOW_CHOOSE, 0, 1);
        if (!flow_hear(&f->preview->flow, FLOW_NEXT, 0, 1)) {
            break;
        }
    }
}

static void see_language(struct fixture *f, uint16_t language, const struct look *look) {
    static const enum flow_state ends[] = {FLOW_STOP_ASK, FLOW_CHECK, FLOW_THANKS, FLOW_SORRY};
    struct flow *flow = &f->preview->flow;
    flow_forget(flow);
    flow_hear(flow, FLOW_START, 0, 1);
    flow_hear(flow, FLOW_CHOOSE_LANGUAGE, language, 1);
    see_explanation(f, look);
    flow_hear(flow, FLOW_AGREE, 0, 1);
    for (uint16_t i = 0; i < flow->questionnaire->item_count; i++) {
        flow->item = i;
        see(f, flow->questionnaire->item[i].name, look);
    }
    for (f->panel = PANEL_LANGUAGE; f->panel <= PANEL_WHO; f->panel++) {
        see(f, "panel", look);
    }
    f->panel = PANEL_NONE;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        flow->state = ends[i];
        see(f, "end", look);
    }
    flow_forget(flow);
}

static void see_size(struct fixture *f, int size, int letters, const struct look *look) {
    f->view.size = letters;
    screen_dress(&f->theme, &f->fonts, size, theme_percents[letters]);
    f->band = SDL_CreateRGBSurfaceWithFormat(0, f->theme.width, 3 * reach(f), 32, SDL_PIXELFORMAT_RGB888);
    assert_non_null(f->band);
    for (uint16_t i = 0; i < f->preview->flow.language_count; i++) {
        const char *code = f->preview->round->questionnaire->language[i].code;
        if (look->language == NULL || strcmp(look->language, code) == 0) {
            check_fault(strings_open(&f->strings, strings_language_of(code)), FAULT_NONE);
            see_language(f, i, look);
            strings_close(&f->strings);
        }
    }
    SDL_FreeSurface(f->band);
    font_close(&f->fonts);
}

static void see_all(const struct look *look) {
    for (int i = 0; i < QUESTIONNAIRES; i++) {
        struct fixture f = {.preview = pupil_preview(questionnaires[i])};
        check_fault(page_new(&f.page), FAULT_NONE);
        for (int j = 0; j < SCREEN_USUAL_SIZES * THEME_SIZES; j++) {
            see_size(&f, j % SCREEN_USUAL_SIZES, j / SCREEN_USUAL_SIZES, look);
        }
        assert_true(f.seen > 100);
        page_free(f.page);
        preview_free(f.preview);
    }
}

static void no_two_lines_of_arabic_touch(void **state) {
    (void)state;
    see_all(&(struct look){"ar", lines_are_apart});
}

static void the_lines_of_an_answer_are_alike(void **state) {
    (void)state;
    see_all(&(struct look){NULL, lines_are_alike});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_lines_of_arabic_touch),
        cmocka_unit_test(the_lines_of_an_answer_are_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
