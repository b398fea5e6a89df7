/* SPDX-License-Identifier: Apache-2.0 */
#include <SDL_ttf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "core/secret.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/admin_page.h"
#include "kiosk/ui/draw.h"
#include "kiosk/ui/face.h"
#include "kiosk/ui/listen.h"
#include "kiosk/ui/mentor_pages.h"
#include "kiosk/ui/message_page.h"
#include "kiosk/ui/pupil_pages.h"
#include "sample_questionnaire.h"
#include "sample_round.h"
#include "screens/picture.h"

/*
 * Every page at every size in every language: nothing clipped, nothing overlapping, every target large enough
 * and apart. With KLANKBORD_PICTURES=FOLDER the pages are written there, to be looked at.
 */

static const int sizes[][2] = {{1024, 768}, {1366, 768}, {1920, 1080}, {1280, 1024}, {800, 600}, {768, 1024}};
enum { SIZES = sizeof sizes / sizeof sizes[0] };

struct fixture {
    struct sample_round *sample;
    struct strings strings[STRINGS_LANGUAGES];
    struct theme theme;
    struct font_set fonts;
    struct page *page;
    struct flow flow;
    int size;
    enum strings_language language;
    struct view view;
    int most_characters; /* in a line */
    int most_words;      /* on a page */
    enum panel panel;
    struct voices voices;
    struct spoken spoken;
};

static void set_size(struct fixture *f, int size) {
    f->size = size;
    f->theme = theme_for(sizes[size][0], sizes[size][1]);
    font_close(&f->fonts);
    check_fault(font_open(&f->fonts, NULL, &f->theme), FAULT_NONE);
}

static int setup(void **state) {
    static const struct sample_class classes[] = {
        {"2A", 2, 24, 0}, {"2B", 2, 25, 1}, {"gr. 7/8 De Regenboog", 4, 28, 0}};
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->sample = sample_round_new(classes, 3, 1);
    f->most_characters = 80;
    f->most_words = 60;
    f->view.listens = true; /* the most buttons that a page can have */
    spoken_pretend(&f->spoken);
    check_fault(listen_pretend(&f->voices, f->sample->round->questionnaire), FAULT_NONE);
    for (enum strings_language i = 0; i < STRINGS_LANGUAGES; i++) {
        check_fault(strings_open(&f->strings[i], i), FAULT_NONE);
    }
    check_fault(page_new(&f->page), FAULT_NONE);
    set_size(f, 0);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    flow_release(&f->flow);
    page_free(f->page);
    voices_close(&f->voices);
    font_close(&f->fonts);
    for (int i = 0; i < STRINGS_LANGUAGES; i++) {
        strings_close(&f->strings[i]);
    }
    sample_round_free(f->sample);
    free(f);
    return 0;
}

/* ---- what every page must obey ---- */

static void page_fails(const struct fixture *f, const char *name, const struct page_item *item,
                       const char *what) {
    fail_msg("%s at %dx%d, language %d: %s: \"%s\" (%d,%d %dx%d)", name, f->theme.width, f->theme.height,
             f->language, what, page_text(f->page, item), item->rect.x, item->rect.y, item->rect.w,
             item->rect.h);
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

static void check_lines(const struct fixture *f, const char *name, const struct page_item *item) {
    const char *text = page_text(f->page, item);
    int height = item->line_count * text_line_height(&f->theme, item->style);
    if (height > item->rect.h) {
        page_fails(f, name, item, "text higher than its place");
    }
    if (font_missing(&f->fonts, text) != 0) {
        page_fails(f, name, item, "a letter that the font lacks");
    }
    if (item->colour != THEME_INK && item->colour != THEME_HELP) {
        page_fails(f, name, item, "letters in a colour that is not for text");
    }
    for (int i = 0; i < item->line_count; i++) {
        const struct paragraph_line *line = &f->page->line[item->line_first + i];
        const char *end = text + line->first + line->size;
        if (line->width > item->rect.w) {
            page_fails(f, name, item, "line wider than its place");
        }
        if (characters_of(text, line) > f->most_characters) {
            page_fails(f, name, item, "a line too long to find the way back");
        }
        if (*end != '\0' && *end != ' ' && *end != '\n' && end[-1] != '-') {
            page_fails(f, name, item, "broken inside a word");
        }
    }
}

static void check_pair(const struct fixture *f, const char *name, int a, int b) {
    const struct page_item *first = &f->page->item[a];
    const struct page_item *second = &f->page->item[b];
    bool both = first->action != 0 && second->action != 0;
    if (too_close(first->rect, second->rect, both ? 10 : 0)) {
        page_fails(f, name, first, both ? "closer than 10 pixels to another target" : "overlaps something");
    }
    bool row = first->kind == PAGE_BUTTON && second->kind == PAGE_BUTTON && first->rect.y == second->rect.y &&
               !first->tool && !second->tool;
    if (row && first->style != second->style) {
        page_fails(f, name, second, "a button in other letters than the one beside it");
    }
}

/* On a page in parts something of what it is about stands under its title. */
static void check_title(const struct fixture *f, const char *name, int i) {
    const struct page_item *title = &f->page->item[i];
    bool heads = title->style == THEME_TITLE || (title->kind == PAGE_TEXT && title->style == THEME_LABEL);
    bool followed = !heads || !f->page->parted;
    for (int j = i + 1; j < f->page->item_count; j++) {
        followed = followed || (!f->page->item[j].fixed && !f->page->item[j].tool);
    }
    if (!followed) {
        page_fails(f, name, title, "a title with nothing under it");
    }
}

static void check_page(const struct fixture *f, const char *name) {
    const struct page *page = f->page;
    int edge = f->theme.ring + f->theme.ring_gap;
    if (page->overflow) {
        fail_msg("%s does not fit at %dx%d, language %d", name, f->theme.width, f->theme.height, f->language);
    }
    for (int i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        if (item->rect.x < edge || item->rect.y < edge ||
            item->rect.x + item->rect.w > f->theme.width - edge ||
            item->rect.y + item->rect.h > f->theme.height - edge) {
            page_fails(f, name, item, "outside the screen");
        }
        if (item->action != 0 &&
            (item->rect.h < 64 || item->rect.h < f->theme.unit / 12 || item->rect.w < 64)) {
            page_fails(f, name, item, "too small to touch");
        }
        check_lines(f, name, item);
        check_title(f, name, i);
        for (int j = 0; j < i; j++) {
            check_pair(f, name, j, i);
        }
    }
}

static void take_picture(const struct fixture *f, const char *name) {
    const char *folder = getenv("KLANKBORD_PICTURES");
    char path[1024];
    struct picture picture;
    if (folder != NULL && f->size < 3) {
        snprintf(path, sizeof path, "%s/%s-%s-%d.bmp", folder, name, strings_code(f->language),
                 f->theme.width);
        picture_open(&picture, f->theme.width, f->theme.height);
        picture_draw(&picture, f->page, &f->theme, &f->fonts);
        picture_save(&picture, path);
        picture_close(&picture);
    }
}

/* ---- the pupil's pages ---- */

static void build_pupil(struct fixture *f, uint16_t part) {
    const struct questionnaire *questionnaire = f->flow.questionnaire;
    const char *code = questionnaire->language[flow_look(&f->flow).language].code;
    f->language = strings_language_of(code);
    struct pupil_pages_scene scene = {.flow = &f->flow,
                                      .round = f->sample->round,
                                      .strings = &f->strings[f->language],
                                      .view = &f->view,
                                      .panel = f->panel,
                                      .can_listen = true,
                                      .voices = &f->voices,
                                      .spoken = &f->spoken,
                                      .part = part};
    stack_fit(f->page, &f->theme, &f->fonts, false, pupil_pages_build, &scene);
}

static int reading_x(const struct fixture *f, const struct page_item *item) {
    return f->page->from_right ? f->theme.width - item->rect.x - item->rect.w : item->rect.x;
}

/*
 * Texts, answers and buttons begin on one line down the page; what is on every page is where it was on the
 * page before.
 */
static void check_edges(const struct fixture *f, const char *name) {
    int tools = 0;
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        int x = reading_x(f, item);
        if (item->tool) {
            int y = f->theme.margin + tools++ * (f->theme.target + f->theme.gap);
            if (x != f->theme.width - f->theme.margin - f->theme.target || item->rect.y != y) {
                page_fails(f, name, item, "a tool somewhere else than on other pages");
            }
        } else if (x < f->theme.column_x || (item->kind == PAGE_TEXT && x != f->theme.column_x) ||
                   x + item->rect.w > f->theme.column_x + f->theme.column_width) {
            page_fails(f, name, item, "does not begin where the rest begins");
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
static void check_words(const struct fixture *f, const char *name) {
    int words = 0;
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        words += item->fixed || item->tool ? 0 : words_of(page_text(f->page, item));
    }
    if (words > f->most_words) {
        page_fails(f, name, &f->page->item[0], "more words than are read");
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
static void check_ink(const struct fixture *f, const char *name) {
    struct picture picture;
    if (!f->page->from_right || f->theme.percent < 150) {
        return;
    }
    picture_open(&picture, f->theme.width, f->theme.height);
    picture_draw(&picture, f->page, &f->theme, &f->fonts);
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        int edge = f->theme.border;
        for (int j = 0; j < 2 * edge && item->action != 0; j++) {
            if (!is_plain(&picture, &f->theme, &item->rect, item->rect.y + j) ||
                !is_plain(&picture, &f->theme, &item->rect, item->rect.y + item->rect.h - 1 - j)) {
                page_fails(f, name, item, "a letter on its edge");
            }
        }
    }
    picture_close(&picture);
}

static void see_pupil(struct fixture *f, const char *name) {
    build_pupil(f, 0);
    check_words(f, name);
    check_page(f, name);
    check_edges(f, name);
    check_ink(f, name);
    take_picture(f, name);
}

static void start_flow(struct fixture *f, uint16_t language_count) {
    static const uint16_t languages[] = {0, 1};
    flow_release(&f->flow);
    check_fault(flow_open(&f->flow, f->sample->round->questionnaire, languages, language_count), FAULT_NONE);
}

static void hear(struct fixture *f, enum flow_event event, uint16_t value) {
    flow_hear(&f->flow, event, value, 1);
}

/* To the first question, in a language. */
static void agree(struct fixture *f, uint16_t language) {
    start_flow(f, 2);
    hear(f, FLOW_START, 0);
    hear(f, FLOW_CHOOSE_LANGUAGE, language);
    hear(f, FLOW_AGREE, 0);
}

static void see_questions(struct fixture *f) {
    char name[64];
    while (f->flow.state == FLOW_QUESTION) {
        snprintf(name, sizeof name, "pupil-question-%02d", f->flow.item);
        see_pupil(f, name);
        if (!flow_look(&f->flow).note) {
            hear(f, FLOW_NEXT, 0);
            snprintf(name, sizeof name, "pupil-question-%02d-nudge", f->flow.item);
            see_pupil(f, name);
        }
        hear(f, flow_look(&f->flow).note ? FLOW_NEXT : FLOW_SKIP, 0);
    }
}

static void see_panels(struct fixture *f) {
    f->panel = PANEL_LANGUAGE;
    see_pupil(f, "pupil-panel-language");
    f->panel = PANEL_VIEW;
    for (uint16_t part = 0; part < 3; part++) {
        char name[40];
        snprintf(name, sizeof name, "pupil-panel-view-%u", part);
        build_pupil(f, part);
        check_page(f, name);
        take_picture(f, name);
    }
    f->panel = PANEL_NONE;
}

/* On a question: what is said before the first text is heard, and where nothing can be. */
static void see_listening(struct fixture *f) {
    f->panel = PANEL_LISTEN;
    see_pupil(f, "pupil-panel-listen");
    int heads = 0;
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        heads += item->kind == PAGE_TEXT && item->icon == ICON_ROBOT;
    }
    assert_int_equal(heads, f->page->parted ? heads : 1); /* beside the sentence that a computer reads */
    uint16_t *file = f->voices.file;
    f->voices.file = calloc((size_t)f->voices.named + 1, sizeof *file);
    assert_non_null(f->voices.file);
    see_pupil(f, "pupil-panel-listen-missing");
    f->panel = PANEL_NONE;
    see_pupil(f, "pupil-question-mute");
    free(f->voices.file);
    f->voices.file = file;
}

static void see_the_explanation(struct fixture *f) {
    char name[40];
    f->most_characters = f->theme.width >= 1024 && f->theme.percent == 100 ? 60 : 80;
    for (enum flow_page page = 0; page < FLOW_PAGES; page++) {
        for (int mode = ROUND_TWO_MACHINES; mode <= ROUND_SOLO; mode++) {
            snprintf(name, sizeof name, "pupil-welcome-%d-%d", (int)page, mode);
            f->sample->round->mode = (enum round_mode)mode;
            see_pupil(f, name);
        }
        if (page == FLOW_PAGE_WHO) {
            f->sample->round->choices = ROUND_INCIDENTS_IN_CLASS;
            see_pupil(f, "pupil-welcome-incidents");
            f->sample->round->choices = 0;
        }
        if (page == FLOW_PAGE_PRACTICE) {
            hear(f, FLOW_NEXT, 0);
            see_pupil(f, "pupil-practice-nudge");
            hear(f, FLOW_CHOOSE, 1);
            see_pupil(f, "pupil-practice-chosen");
        }
        hear(f, FLOW_NEXT, 0);
    }
    f->most_characters = 80;
}

static void see_the_way_of_a_pupil(struct fixture *f, uint16_t language) {
    start_flow(f, 2);
    see_pupil(f, "pupil-ready");
    hear(f, FLOW_START, 0);
    see_pupil(f, "pupil-language");
    hear(f, FLOW_CHOOSE_LANGUAGE, language);
    see_panels(f);
    see_the_explanation(f);
    hear(f, FLOW_DECLINE, 0);
    see_pupil(f, "pupil-quiet");
    hear(f, FLOW_BACK, 0);
    hear(f, FLOW_AGREE, 0);
    see_listening(f);
    see_questions(f);
    see_pupil(f, "pupil-check");
    hear(f, FLOW_STOP, 0);
    see_pupil(f, "pupil-stop");
    hear(f, FLOW_TICK, 0);
    flow_hear(&f->flow, FLOW_TICK, 0, 10 + FLOW_HIDE_MS);
    see_pupil(f, "pupil-hidden");
    flow_hear(&f->flow, FLOW_TICK, 0, 10 + FLOW_WARN_MS);
    assert_int_equal(flow_look(&f->flow).countdown, 45);
    see_pupil(f, "pupil-hidden-countdown");
    hear(f, FLOW_NEXT, 0);
    hear(f, FLOW_STOP_RETURN, 0);
    hear(f, FLOW_SEND, 0);
    see_pupil(f, "pupil-sending");
    hear(f, FLOW_SAVED, 0);
    see_pupil(f, "pupil-thanks");
}

static void every_page_of_a_pupil_fits_at_every_size_in_every_language(void **state) {
    struct fixture *f = *state;
    for (int size = 0; size < SIZES; size++) {
        set_size(f, size);
        for (uint16_t language = 0; language < 2; language++) {
            see_the_way_of_a_pupil(f, language);
        }
    }
}

/* The sample's second language under other codes: our own texts in that language around its questions. */
static void set_second_language(struct fixture *f, const char *code) {
    struct questionnaire_language *language = &f->sample->round->questionnaire->language[1];
    snprintf(language->code, sizeof language->code, "%s", code);
}

static void every_page_of_a_pupil_fits_in_the_other_languages(void **state) {
    struct fixture *f = *state;
    for (enum strings_language language = STRINGS_MENTOR_LANGUAGES; language < STRINGS_LANGUAGES;
         language++) {
        set_second_language(f, strings_code(language));
        for (int size = 0; size < SIZES; size++) {
            set_size(f, size);
            see_the_way_of_a_pupil(f, 1);
        }
    }
}

static void set_percent(struct fixture *f, int size, int percent) {
    set_size(f, size);
    theme_enlarge(&f->theme, percent);
    font_close(&f->fonts);
    check_fault(font_open(&f->fonts, NULL, &f->theme), FAULT_NONE);
}

static void every_page_of_a_pupil_fits_with_larger_letters(void **state) {
    struct fixture *f = *state;
    for (enum strings_language language = STRINGS_EN; language < STRINGS_LANGUAGES; language++) {
        set_second_language(f, strings_code(language));
        for (int size = 0; size < 3; size++) {
            for (int i = 1; i < THEME_SIZES; i++) {
                set_percent(f, size, theme_percents[i]);
                see_the_way_of_a_pupil(f, 1);
            }
        }
    }
}

/* ---- what is on every page is where it was on the page before ---- */

static struct paint_rect place_of_back(const struct fixture *f) {
    int panel = page_find(f->page, ACTION_PANEL, PANEL_NONE);
    int back = panel != PAGE_NOTHING ? panel : page_find(f->page, ACTION_PUPIL + FLOW_BACK, 0);
    assert_int_not_equal(back, PAGE_NOTHING);
    assert_false(f->page->item[back].main);
    return f->page->item[back].rect;
}

static int height_of_title(const struct fixture *f) {
    for (int i = 0; i < f->page->item_count; i++) {
        if (f->page->item[i].style == THEME_TITLE && f->page->item[i].kind == PAGE_TEXT) {
            return f->page->item[i].rect.y;
        }
    }
    return 0;
}

/* Back and the title stand as on the first page of the explanation; that one begins where reading begins. */
static void check_place(struct fixture *f, const char *name, const struct paint_rect *back, int title) {
    build_pupil(f, 0);
    struct paint_rect found = back == NULL ? (struct paint_rect){0} : place_of_back(f);
    if (back != NULL &&
        (found.x != back->x || found.y != back->y || found.w != back->w || found.h != back->h)) {
        fail_msg("%s, language %d, %d: Back at %d,%d %dx%d instead of %d,%d %dx%d", name, f->language,
                 f->theme.width, found.x, found.y, found.w, found.h, back->x, back->y, back->w, back->h);
    }
    if (title != 0 && height_of_title(f) != title) {
        fail_msg("%s, language %d, %d: title at %d instead of %d", name, f->language, f->theme.width,
                 height_of_title(f), title);
    }
}

static void check_places_of_panels(struct fixture *f, const struct paint_rect *back, int title) {
    static const enum panel panels[] = {PANEL_LANGUAGE, PANEL_VIEW, PANEL_LISTEN, PANEL_WHO};
    for (size_t i = 0; i < sizeof panels / sizeof *panels; i++) {
        f->panel = panels[i];
        check_place(f, "panel", back, panels[i] == PANEL_VIEW ? 0 : title); /* that one may be packed */
    }
    f->panel = PANEL_NONE;
}

static void check_places(struct fixture *f) {
    start_flow(f, 2);
    hear(f, FLOW_START, 0);
    hear(f, FLOW_CHOOSE_LANGUAGE, 1);
    build_pupil(f, 0);
    struct paint_rect back = place_of_back(f);
    int title = height_of_title(f);
    assert_int_equal(f->page->from_right ? f->theme.width - back.x - back.w : back.x, f->theme.column_x);
    assert_int_equal(back.y + back.h, f->theme.height - f->theme.margin);
    hear(f, FLOW_NEXT, 0);
    check_place(f, "who", &back, title);
    hear(f, FLOW_AGREE, 0);
    check_places_of_panels(f, &back, title);
    for (; f->flow.state == FLOW_QUESTION; hear(f, flow_look(&f->flow).note ? FLOW_NEXT : FLOW_SKIP, 0)) {
        check_place(f, "question", &back, 0);
    }
    check_place(f, "check", &back, title);
    hear(f, FLOW_STOP, 0);
    check_place(f, "stop", NULL, title);
    hear(f, FLOW_HIDE, 0);
    check_place(f, "hidden", NULL, title);
    start_flow(f, 2);
    hear(f, FLOW_START, 0);
    if (f->language == STRINGS_NL) { /* the language that this page is in before one is chosen */
        check_place(f, "language", &back, title);
    }
    hear(f, FLOW_CHOOSE_LANGUAGE, 1);
    hear(f, FLOW_DECLINE, 0);
    check_place(f, "quiet", NULL, title);
}

static void back_and_titles_stand_in_one_place(void **state) {
    struct fixture *f = *state;
    for (enum strings_language language = STRINGS_NL; language < STRINGS_LANGUAGES; language++) {
        set_second_language(f, strings_code(language));
        for (int size = 0; size < 3; size++) {
            set_size(f, size);
            f->language = language;
            check_places(f);
        }
    }
}

/* Room for one line, the air above it and half a line: what takes two lines in short ones fits in a long one. */
static void build_just(struct stack *stack, const void *view) {
    (void)view;
    int air = stack->theme->unit * 14 / 300;
    stack->bottom = stack->top + air + text_line_height(stack->theme, THEME_BODY) * 3 / 2;
    stack_gap(stack, 14);
    (void)stack_text(stack, THEME_BODY, THEME_INK,
                     "How often do you feel safe at school, in the yard and on the way there?");
}

static void a_page_that_fits_in_longer_lines_keeps_its_air(void **state) {
    struct fixture *f = *state;
    set_size(f, 2);
    stack_fit(f->page, &f->theme, &f->fonts, false, build_just, NULL);
    assert_false(f->page->overflow);
    assert_int_equal(f->page->item[0].line_count, 1);
    assert_int_equal(f->page->item[0].rect.y, f->theme.margin + f->theme.unit * 14 / 300);
}

/* A page of one long text, a row of two cards and a last card, in a room for a few lines. */
static void build_long(struct stack *stack, const void *view) {
    const struct fixture *f = view;
    static const struct stack_card cards[] = {{.text = "een", .action = 1}, {.text = "twee", .action = 2}};
    static const struct stack_button end = {.text = "Verder", .action = 9, .main = true};
    char text[1000] = "";
    for (int i = 0; i < 60; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "w%02d%s", i, i % 2 == 0 ? " " : "\n");
    }
    stack_in_parts(stack, &f->strings[0], (uint16_t)f->flow.item);
    stack_buttons(stack, &end, 1);
    stack_text(stack, THEME_QUESTION, THEME_INK, text);
    stack_grid(stack, cards, 2, 2, false);
    stack_row(stack, "drie", 3, 0);
}

static bool shows(const struct page *page, const char *word) {
    for (int i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        for (int j = 0; j < item->line_count; j++) {
            const struct paragraph_line *line = &page->line[item->line_first + j];
            const char *text = page_text(page, item) + line->first;
            const char *at = strstr(text, word);
            if (at != NULL && at < text + line->size) {
                return true;
            }
        }
    }
    return false;
}

/* A question with an explanation that takes all the room, and answers. */
static void build_question_again(struct stack *stack, const void *view) {
    const struct fixture *f = view;
    struct stack_button next = {.text = "Next", .action = 9};
    stack_in_parts(stack, &f->strings[0], (uint16_t)f->flow.item);
    stack_buttons(stack, &next, 1);
    struct page_item *question = stack_text(stack, THEME_QUESTION, THEME_INK, "How often?");
    assert_non_null(question);
    question->again = true;
    for (int i = 0; i < 12; i++) {
        stack_text(stack, THEME_QUESTION, THEME_HELP, "It is explained at length.");
    }
    for (int i = 0; i < 12; i++) {
        stack_row(stack, "Answer", 1, i);
    }
}

/* An explanation as high as a part, and then the question: as on the practice page. */
static void build_question_last(struct stack *stack, const void *view) {
    const struct fixture *f = view;
    struct stack_button next = {.text = "Next", .action = 9};
    stack_in_parts(stack, &f->strings[0], (uint16_t)f->flow.item);
    stack_buttons(stack, &next, 1);
    int line = text_line_height(stack->theme, THEME_QUESTION);
    int more = stack->theme->target + stack->theme->gap * 3 / 2;
    char text[200] = "one";
    for (int lines = (stack->bottom - stack->y - more) / line - 2; lines > 0; lines--) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "\none");
    }
    stack_text(stack, THEME_QUESTION, THEME_HELP, text);
    struct page_item *question = stack_text(stack, THEME_QUESTION, THEME_INK, "Which one?\nOf these?");
    assert_non_null(question);
    question->again = true;
    for (int i = 0; i < 12; i++) {
        stack_row(stack, "Answer", 1, i);
    }
}

static void a_long_explanation_before_it_does_not_take_the_question_away(void **state) {
    struct fixture *f = *state;
    f->flow.item = 2;
    stack_fit(f->page, &f->theme, &f->fonts, false, build_question_last, f);
    int questions = 0;
    int answers = 0;
    for (int i = 0; i < f->page->item_count; i++) {
        questions += f->page->item[i].again;
        answers += f->page->item[i].action == 1;
    }
    assert_int_equal(questions, 1);
    assert_in_range(answers, 1, 11);
    f->flow.item = 0;
}

static void the_question_stands_on_every_part_above_its_answers(void **state) {
    struct fixture *f = *state;
    unsigned pages = 1;
    int answers = 0;
    for (unsigned part = 0; part < pages; part++) {
        f->flow.item = (uint16_t)part;
        stack_fit(f->page, &f->theme, &f->fonts, false, build_question_again, f);
        check_page(f, "question again");
        int more = page_find(f->page, ACTION_MORE, 0);
        assert_int_not_equal(more, PAGE_NOTHING);
        assert_int_equal(sscanf(page_text(f->page, &f->page->item[more]), "Meer (%*u van %u)", &pages), 1);
        int questions = 0;
        for (int i = 0; i < f->page->item_count; i++) {
            questions += f->page->item[i].again;
            answers += f->page->item[i].action == 1;
        }
        assert_int_equal(questions, 1);
    }
    assert_in_range(pages, 2, 8);
    assert_int_equal(answers, 12);
}

static void a_page_in_parts_shows_everything_once_and_its_buttons_always(void **state) {
    struct fixture *f = *state;
    int seen[61] = {0};
    int parts = 0;
    unsigned pages = 1;
    for (unsigned part = 0; part < pages; part++, parts++) {
        char word[8];
        f->flow.item = (uint16_t)part;
        stack_fit(f->page, &f->theme, &f->fonts, false, build_long, f);
        check_page(f, "in parts");
        int more = page_find(f->page, ACTION_MORE, 0);
        assert_int_not_equal(more, PAGE_NOTHING);
        assert_int_equal(sscanf(page_text(f->page, &f->page->item[more]), "Meer (%*u van %u)", &pages), 1);
        assert_int_not_equal(page_find(f->page, 9, 0), PAGE_NOTHING);
        for (int i = 0; i < 60; i++) {
            snprintf(word, sizeof word, "w%02d", i);
            seen[i] += shows(f->page, word);
        }
        assert_int_equal(page_find(f->page, 1, 0) != PAGE_NOTHING, page_find(f->page, 2, 0) != PAGE_NOTHING);
        seen[60] += page_find(f->page, 3, 0) != PAGE_NOTHING;
    }
    for (int i = 0; i < 61; i++) {
        assert_int_equal(seen[i], 1);
    }
    assert_in_range(parts, 3, 8);
    f->flow.item = (uint16_t)(pages + 1); /* round and round */
    stack_fit(f->page, &f->theme, &f->fonts, false, build_long, f);
    assert_true(shows(f->page, "van") && !shows(f->page, "w00"));
    f->flow.item = 0;
}

/* With a code that is written from the right and has no texts of ours, the same Dutch page, mirrored. */
static void a_page_from_right_to_left_is_the_mirror_of_the_other(void **state) {
    struct fixture *f = *state;
    struct page *kept = malloc(sizeof *kept);
    assert_non_null(kept);
    set_second_language(f, "xx");
    agree(f, 1);
    build_pupil(f, 0);
    *kept = *f->page;
    set_second_language(f, "he");
    build_pupil(f, 0);
    assert_true(f->page->from_right && !kept->from_right);
    assert_int_equal(f->page->item_count, kept->item_count);
    for (int i = 0; i < kept->item_count; i++) {
        const struct page_item *one = &kept->item[i];
        const struct page_item *other = &f->page->item[i];
        assert_int_equal(other->rect.x, f->theme.width - one->rect.x - one->rect.w);
        assert_int_equal(other->rect.y, one->rect.y);
        assert_int_equal(other->action, one->action);
        assert_string_equal(page_text(f->page, other), page_text(kept, one));
    }
    free(kept);
}

/* A question that nobody translated is asked in the first language, and says so. */
static void what_is_not_translated_is_lent_and_marked(void **state) {
    struct fixture *f = *state;
    struct questionnaire *questionnaire = f->sample->round->questionnaire;
    set_second_language(f, "ar");
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        free(questionnaire->item[i].label.in[1]);
        questionnaire->item[i].label.in[1] = NULL;
    }
    agree(f, 1);
    build_pupil(f, 0);
    char expected[QUESTIONNAIRE_TEXT_SIZE + 8];
    snprintf(expected, sizeof expected, "[NL] %s", questionnaire->item[f->flow.item].label.in[0]);
    bool found = false;
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        if (strcmp(page_text(f->page, item), expected) == 0) {
            found = true;
            assert_false(f->page->line[item->line_first].from_right);
        }
    }
    assert_true(found && f->page->from_right);
    agree(f, 0);
    build_pupil(f, 0);
    for (int i = 0; i < f->page->item_count; i++) {
        assert_null(strstr(page_text(f->page, &f->page->item[i]), "[NL]"));
    }
}

/* Ink of the answer's mark and of its text: in the half of the card where reading begins. */
static bool is_inked(const struct picture *picture, int x, int y, int w, int h) {
    for (int i = 0; i < w * h; i++) {
        if ((picture->pixel[(y + i / w) * picture->width + x + i % w] & 0xFF) < 0xA0) {
            return true;
        }
    }
    return false;
}

static void marks_texts_and_progress_begin_at_the_right(void **state) {
    struct fixture *f = *state;
    struct picture picture;
    set_second_language(f, "he");
    agree(f, 1);
    picture_open(&picture, f->theme.width, f->theme.height);
    for (int tries = 0; tries < 9 && page_card(f->page, 1) == PAGE_NOTHING; tries++) {
        build_pupil(f, 0);
        if (page_card(f->page, 1) == PAGE_NOTHING) {
            hear(f, FLOW_NEXT, 0);
        }
    }
    picture_draw(&picture, f->page, &f->theme, &f->fonts);
    int card = page_card(f->page, 1);
    assert_int_not_equal(card, PAGE_NOTHING);
    struct paint_rect rect = f->page->item[card].rect;
    int edge = f->theme.border + f->theme.radius;
    int indent = draw_card_indent(&f->theme, FACE_NONE);
    assert_true(
        is_inked(&picture, rect.x + rect.w - indent, rect.y + edge, indent - edge, rect.h - 2 * edge));
    assert_true(is_inked(&picture, rect.x + rect.w - 2 * indent, rect.y + edge, indent, rect.h - 2 * edge));
    assert_false(is_inked(&picture, rect.x + edge, rect.y + edge, indent, rect.h - 2 * edge));
    picture_close(&picture);
}

static void the_page_of_a_failed_store_fits(void **state) {
    struct fixture *f = *state;
    for (int size = 0; size < SIZES; size++) {
        set_size(f, size);
        agree(f, 0);
        hear(f, FLOW_STOP, 0);
        hear(f, FLOW_STOP_SEND, 0);
        hear(f, FLOW_FAILED, 0);
        see_pupil(f, "pupil-sorry");
    }
}

static void replace(char **text, const char *by) {
    free(*text);
    *text = malloc(strlen(by) + 1);
    assert_non_null(*text);
    strcpy(*text, by);
}

static void go_to(struct fixture *f, uint16_t item) {
    agree(f, 0);
    while (f->flow.state == FLOW_QUESTION && f->flow.item != item) {
        hear(f, flow_look(&f->flow).note ? FLOW_NEXT : FLOW_SKIP, 0);
    }
    assert_int_equal(f->flow.item, item);
}

enum { LONGEST_ANSWER = 1000 };

static int count_cards(const struct page *page) {
    int count = 0;
    while (page_card(page, count + 1) != PAGE_NOTHING) {
        count++;
    }
    return count;
}

/* Answers that have an order stand under one another; those that are no opinion may share a line. */
static void check_one_column(const struct fixture *f, uint16_t item) {
    const struct questionnaire *questionnaire = f->sample->round->questionnaire;
    const struct questionnaire_list *list = &questionnaire->list[questionnaire->item[item].list];
    const struct page_item *first = &f->page->item[page_card(f->page, 1)];
    for (int i = 1; i < list->option_count && list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER; i++) {
        const struct page_item *card = &f->page->item[page_card(f->page, i + 1)];
        assert_int_equal(card->rect.x, first->rect.x);
        assert_int_equal(card->rect.w, first->rect.w);
        assert_true(card->rect.y >= card[-1].rect.y + card[-1].rect.h);
    }
}

/*
 * Seven answers under a question of twenty words with an explanation of twenty-five: the most that authors
 * are allowed.
 */
static void the_longest_question_that_is_allowed_fits(void **state) {
    struct fixture *f = *state;
    struct questionnaire_item *item = &f->sample->round->questionnaire->item[SAMPLE_SAFE_HALL];
    replace(&item->label.in[0],
            "Hoe vaak voelde jij je in de afgelopen vier weken veilig in de gangen, in de kantine en op "
            "het schoolplein?");
    replace(&item->hint.in[0],
            "Met de afgelopen vier weken bedoelen we de tijd sinds de laatste vakantie; weet je het niet "
            "meer precies, kies dan wat het meest klopt voor jou.");
    f->most_words = 80; /* authors are warned of each of its texts, not of all together */
    for (int size = 0; size < SIZES; size++) {
        set_size(f, size);
        go_to(f, SAMPLE_SAFE_HALL);
        see_pupil(f, "pupil-longest");
        if (f->theme.width >= 1024) {
            assert_int_equal(count_cards(f->page), 7); /* all at once: what is out of sight is chosen less */
            check_one_column(f, SAMPLE_SAFE_HALL);
        }
    }
}

/* Every answer on one part, none on two, whatever way the page is cut. */
static void see_every_answer_once(struct fixture *f, uint16_t options) {
    bool seen[QUESTIONNAIRE_OPTIONS] = {false};
    int total = 0;
    go_to(f, SAMPLE_SAFE_WAY);
    for (uint16_t part = 0; total < options; part++) {
        build_pupil(f, part);
        check_page(f, "pupil-parts");
        take_picture(f, part == 0 ? "pupil-parts-1" : "pupil-parts-2");
        int cards = count_cards(f->page);
        assert_in_range(cards, 1, options);
        for (int i = 1; i <= cards; i++) {
            uint16_t option = f->page->item[page_card(f->page, i)].value;
            assert_false(seen[option]);
            seen[option] = true;
        }
        total += cards;
    }
    assert_int_equal(total, options);
}

/* More answers than a screen holds come in parts; also when one of them fills most of a screen. */
static void too_many_answers_come_in_parts_that_fit(void **state) {
    struct fixture *f = *state;
    struct questionnaire *questionnaire = f->sample->round->questionnaire;
    struct questionnaire_list *list = &questionnaire->list[questionnaire->item[SAMPLE_SAFE_WAY].list];
    uint16_t before = list->option_count;
    for (uint16_t i = before; i < QUESTIONNAIRE_OPTIONS; i++) {
        list->option[i] = list->option[0];
        list->option[i].label.in[0] = calloc(1, LONGEST_ANSWER);
        list->option[i].label.in[1] = NULL;
        snprintf(list->option[i].label.in[0], LONGEST_ANSWER,
                 "Antwoord nummer %d van een veel te lange lijst", i);
    }
    list->option_count = QUESTIONNAIRE_OPTIONS;
    for (int words = 0; words < 12; words += 2) {
        char *text = list->option[before + 5].label.in[0];
        for (int i = 0; i < 2 && words > 0; i++) {
            strcat(text, " woorden");
        }
        for (int size = 0; size < (words ? 3 : SIZES); size++) {
            set_percent(f, size, 100);
            see_every_answer_once(f, QUESTIONNAIRE_OPTIONS);
            set_percent(f, size, 200);
            see_every_answer_once(f, QUESTIONNAIRE_OPTIONS);
        }
    }
    list->option_count = before;
}

static void see_hint_once(struct fixture *f) {
    int answers = 0;
    bool more = true;
    for (uint16_t part = 0; more && answers < 7; part++) {
        build_pupil(f, part);
        check_page(f, "pupil-hint");
        take_picture(f, part == 0 ? "pupil-hint-1" : "pupil-hint-2");
        more = page_find(f->page, ACTION_MORE, 0) != PAGE_NOTHING;
        assert_true(shows(f->page, "gang."));
        assert_int_equal(shows(f->page, "zomervakantie"), part == 0);
        answers += count_cards(f->page);
    }
    assert_int_equal(answers, 7);
}

/* The hint is read once: on the other parts there is room for more answers, and the question itself. */
static void a_hint_stands_on_the_first_part_of_the_answers_alone(void **state) {
    struct fixture *f = *state;
    struct questionnaire_item *item = &f->sample->round->questionnaire->item[SAMPLE_SAFE_HALL];
    replace(&item->hint.in[0], "Denk aan de gangen, de trappen en de kantine, sinds de zomervakantie.");
    for (int size = 0; size < 3; size++) {
        for (int i = 2; i < THEME_SIZES; i++) {
            set_percent(f, size, theme_percents[i]);
            go_to(f, SAMPLE_SAFE_HALL);
            see_hint_once(f);
        }
    }
}

static void set_faces(struct fixture *f, uint16_t item, bool faces) {
    f->sample->round->questionnaire->item[item].faces = faces;
}

/*
 * Faces of one size in one column, wider for a better answer; none for who has no opinion; other items have
 * none.
 */
static void faces_stand_beside_the_answers_only_where_they_are_asked_for(void **state) {
    struct fixture *f = *state;
    const struct questionnaire *questionnaire = f->sample->round->questionnaire;
    const struct questionnaire_item *asked = &questionnaire->item[SAMPLE_SAFE_HALL];
    const struct questionnaire_list *list = &questionnaire->list[asked->list];
    bool rises = questionnaire->scale[asked->scale].high_is_good != asked->reverse;
    set_faces(f, SAMPLE_SAFE_HALL, true);
    for (int size = 0; size < SIZES; size++) {
        set_size(f, size);
        go_to(f, SAMPLE_SAFE_HALL);
        see_pupil(f, "pupil-faces");
        int before = rises ? 0 : FACE_WIDEST + 1;
        for (int i = 0; f->theme.width >= 1024 && i < list->option_count; i++) {
            int face = f->page->item[page_card(f->page, i + 1)].face;
            if (!list->option[i].has_score) {
                assert_int_equal(face, FACE_NONE);
                continue;
            }
            assert_in_range(face, FACE_STRAIGHT, FACE_WIDEST);
            assert_true(rises ? face > before : face < before);
            before = face;
        }
    }
    set_faces(f, SAMPLE_SAFE_HALL, false);
    go_to(f, SAMPLE_SAFE_HALL);
    build_pupil(f, 0);
    for (int i = 0; i < f->page->item_count; i++) {
        assert_int_equal(f->page->item[i].face, FACE_NONE);
    }
}

static void see_nothing_chosen(struct fixture *f) {
    build_pupil(f, 0);
    for (int i = 0; i < f->page->item_count; i++) {
        assert_false(f->page->item[i].chosen);
    }
    assert_int_equal(f->page->focus, PAGE_NOTHING);
}

static void nothing_is_chosen_before_the_pupil_chooses(void **state) {
    struct fixture *f = *state;
    start_flow(f, 1);
    hear(f, FLOW_START, 0);
    while (flow_look(&f->flow).page != FLOW_PAGE_PRACTICE) {
        hear(f, FLOW_NEXT, 0);
    }
    see_nothing_chosen(f);
    assert_int_equal(count_cards(f->page), FLOW_PRACTICE_OPTIONS);
    agree(f, 0);
    while (f->flow.state == FLOW_QUESTION) {
        see_nothing_chosen(f);
        hear(f, flow_look(&f->flow).note ? FLOW_NEXT : FLOW_SKIP, 0);
    }
}

/* ---- pixels ---- */

static void draw_pupil(struct fixture *f, struct picture *out) {
    build_pupil(f, 0);
    picture_open(out, f->theme.width, f->theme.height);
    picture_draw(out, f->page, &f->theme, &f->fonts);
}

static void see_a_choice(struct fixture *f, uint16_t item) {
    struct picture open;
    struct picture chosen;
    go_to(f, item);
    draw_pupil(f, &open);
    hear(f, FLOW_CHOOSE, 1);
    draw_pupil(f, &chosen);
    double difference = picture_difference(&open, &chosen);
    assert_true(difference > 0);
    assert_true(difference <= 10);
    picture_close(&open);
    picture_close(&chosen);
}

static void a_choice_changes_at_most_one_hundredth_of_the_grey(void **state) {
    struct fixture *f = *state;
    for (int size = 0; size < SIZES; size++) {
        for (enum theme_look look = 0; look < THEME_LOOKS; look++) {
            set_percent(f, size, look == THEME_CONTRAST ? 125 : 100);
            f->theme.look = look;
            see_a_choice(f, SAMPLE_SAFE_HALL);
            see_a_choice(f, SAMPLE_HAPPENED);
        }
    }
}

static uint32_t painted(const struct fixture *f, enum theme_colour colour) {
    struct theme_rgb rgb = theme_rgb_of(theme_colour_in(f->theme.look, colour));
    return (uint32_t)rgb.r << 16 | (uint32_t)rgb.g << 8 | rgb.b;
}

static uint32_t pixel_at(const struct picture *picture, int x, int y) {
    return picture->pixel[y * picture->width + x] & 0xFFFFFF;
}

/* What stands in the middle of the mark of an answer. */
static uint32_t inside_mark(struct fixture *f, uint16_t option) {
    struct picture picture;
    draw_pupil(f, &picture);
    struct paint_rect rect = f->page->item[page_card(f->page, option + 1)].rect;
    int x = rect.x + f->theme.unit / 40 + draw_mark_size(&f->theme) / 2;
    uint32_t pixel = pixel_at(&picture, x, rect.y + rect.h / 2);
    picture_close(&picture);
    return pixel;
}

/* Who does not see a fill that is a little darker sees the mark. */
static void a_chosen_answer_is_told_by_a_mark_in_every_look(void **state) {
    static const uint16_t items[] = {SAMPLE_SAFE_HALL, SAMPLE_HAPPENED};
    struct fixture *f = *state;
    for (int i = 0; i < 2 * THEME_LOOKS; i++) {
        f->theme.look = (enum theme_look)(i / 2);
        go_to(f, items[i % 2]);
        assert_int_equal(inside_mark(f, 1), painted(f, THEME_CARD));
        hear(f, FLOW_CHOOSE, 1);
        assert_int_equal(inside_mark(f, 1), painted(f, THEME_INK));
        assert_int_equal(inside_mark(f, 0), painted(f, THEME_CARD));
    }
}

/* From a target outwards: the gap, and then so many pixels of the ring. */
static void the_ring_is_seen_as_thick_and_as_far_away_as_it_should_be(void **state) {
    struct fixture *f = *state;
    for (int i = 0; i < SIZES * THEME_LOOKS; i++) {
        struct picture picture;
        set_size(f, i / THEME_LOOKS);
        f->theme.look = (enum theme_look)(i % THEME_LOOKS);
        go_to(f, SAMPLE_SAFE_HALL);
        build_pupil(f, 0);
        page_walk(f->page, PAGE_NEXT);
        picture_open(&picture, f->theme.width, f->theme.height);
        picture_draw(&picture, f->page, &f->theme, &f->fonts);
        struct paint_rect rect = f->page->item[f->page->focus].rect;
        int y = rect.y + rect.h / 2;
        int gap = 0;
        int ring = 0;
        while (gap < rect.x && pixel_at(&picture, rect.x - 1 - gap, y) == painted(f, THEME_PAPER)) {
            gap++;
        }
        while (pixel_at(&picture, rect.x - 1 - gap - ring, y) == painted(f, THEME_FOCUS)) {
            ring++;
        }
        assert_in_range(gap, 2, 4);
        assert_true(ring >= 5 && ring >= 2 * f->theme.border);
        picture_close(&picture);
    }
}

static bool is_painted(const struct fixture *f, const struct picture *picture, struct paint_rect rect,
                       enum theme_colour colour) {
    bool found = false;
    for (int i = 0; i < rect.w * rect.h; i++) {
        found = found || pixel_at(picture, rect.x + i % rect.w, rect.y + i / rect.w) == painted(f, colour);
    }
    return found;
}

/* The colours whose contrast is measured are those of the letters on the dark button, and of the faces. */
static void letters_on_the_dark_button_and_faces_have_the_colours_that_are_measured(void **state) {
    struct fixture *f = *state;
    set_faces(f, SAMPLE_SAFE_HALL, true);
    for (f->theme.look = 0; f->theme.look < THEME_LOOKS; f->theme.look++) {
        struct picture picture;
        go_to(f, SAMPLE_SAFE_HALL);
        draw_pupil(f, &picture);
        struct paint_rect next =
            f->page->item[page_find(f->page, ACTION_PUPIL + FLOW_NEXT, 0)].rect; /* the main button */
        struct paint_rect card = f->page->item[page_card(f->page, 1)].rect;
        card.x += draw_card_indent(&f->theme, FACE_NONE);
        card.w = draw_card_indent(&f->theme, FACE_WIDEST) - draw_card_indent(&f->theme, FACE_NONE);
        assert_true(is_painted(f, &picture, next, THEME_FOCUS));
        assert_true(is_painted(f, &picture, next, THEME_CARD));
        assert_true(is_painted(f, &picture, card, THEME_INK));
        picture_close(&picture);
    }
}

static void after_the_thanks_the_screen_is_that_of_before_the_first_pupil(void **state) {
    struct fixture *f = *state;
    struct picture first;
    struct picture last;
    start_flow(f, 2);
    draw_pupil(f, &first);
    hear(f, FLOW_START, 0);
    hear(f, FLOW_CHOOSE_LANGUAGE, 1);
    hear(f, FLOW_AGREE, 0);
    hear(f, FLOW_NEXT, 0);
    hear(f, FLOW_CHOOSE, 1);
    hear(f, FLOW_STOP, 0);
    hear(f, FLOW_STOP_SEND, 0);
    hear(f, FLOW_SAVED, 0);
    hear(f, FLOW_LEAVE, 0);
    draw_pupil(f, &last);
    assert_int_equal(picture_pixels_apart(&first, &last), 0);
    picture_close(&first);
    picture_close(&last);
}

static void yes_and_no_look_the_same(void **state) {
    struct fixture *f = *state;
    start_flow(f, 1);
    hear(f, FLOW_START, 0);
    while (flow_look(&f->flow).page != FLOW_PAGE_ASK) {
        hear(f, flow_look(&f->flow).page == FLOW_PAGE_PRACTICE ? FLOW_SKIP : FLOW_NEXT, 0);
    }
    build_pupil(f, 0);
    const struct page_item *yes = &f->page->item[page_find(f->page, ACTION_PUPIL + FLOW_AGREE, 0)];
    const struct page_item *no = &f->page->item[page_find(f->page, ACTION_PUPIL + FLOW_DECLINE, 0)];
    assert_int_equal(yes->rect.w, no->rect.w);
    assert_int_equal(yes->rect.h, no->rect.h);
    assert_false(yes->main || no->main);
}

/* ---- the keyboard ---- */

static int presses_to(struct page *page, enum page_step step, int wanted) {
    page->focus = PAGE_NOTHING;
    for (int i = 1; i <= 40; i++) {
        page_walk(page, step);
        if (page->focus == wanted) {
            return i;
        }
    }
    return 99;
}

static void every_target_of_a_question_is_reached_by_keys_alone(void **state) {
    struct fixture *f = *state;
    go_to(f, SAMPLE_HAPPENED);
    build_pupil(f, 0);
    for (int i = 0; i < f->page->item_count; i++) {
        if (f->page->item[i].action != 0) {
            int forward = presses_to(f->page, PAGE_NEXT_CARD, i);
            int backward = presses_to(f->page, PAGE_PREVIOUS_CARD, i);
            assert_in_range(forward < backward ? forward : backward, 1, 12);
        }
    }
}

static void tab_takes_the_answers_as_one_stop(void **state) {
    struct fixture *f = *state;
    go_to(f, SAMPLE_SAFE_HALL);
    hear(f, FLOW_CHOOSE, 3);
    build_pupil(f, 0);
    int next = page_find(f->page, ACTION_PUPIL + FLOW_NEXT, 0);
    page_walk(f->page, PAGE_NEXT);
    assert_int_equal(f->page->item[f->page->focus].action, ACTION_PUPIL + FLOW_CHOOSE);
    assert_int_equal(f->page->item[f->page->focus].value, 3);
    assert_int_equal(presses_to(f->page, PAGE_NEXT, next), 5);
    assert_int_equal(presses_to(f->page, PAGE_PREVIOUS, next), 1 + 6); /* the tools beside come last */
}

static void a_digit_is_the_card_at_that_place(void **state) {
    struct fixture *f = *state;
    go_to(f, SAMPLE_SAFE_HALL);
    build_pupil(f, 0);
    for (int i = 1; i <= 7; i++) {
        assert_int_equal(f->page->item[page_card(f->page, i)].value, i - 1);
    }
    assert_int_equal(page_card(f->page, 8), PAGE_NOTHING);
    assert_int_equal(page_card(f->page, 0), PAGE_NOTHING);
}

/* ---- the mentor's pages ---- */

static struct mentor_pages_scene mentor_scene(struct fixture *f, enum mentor_state state) {
    static const char *const folders[] = {"/media/begeleider/KLANKBORD-STICK", "/run/media/begeleider/USB"};
    static const struct bundle_export_receipt receipt = {.count = 23,
                                                         .damaged = 1,
                                                         .code = "0123-4567-89AB",
                                                         .name = "2A-00112233445566778899aabbccddeeff.klb"};
    static const struct bundle_export_receipt *const receipts[] = {&receipt, &receipt};
    static const struct stick_list others = {3, {"3F9A-01BC", "77E0-D4C2", "A0B1-C2D3"}};
    return (struct mentor_pages_scene){
        .round = f->sample->round,
        .strings = &f->strings[f->language],
        .view = {.state = state,
                 .session_open = true,
                 .clock_wrong = true,
                 .warned = true,
                 .sum = 23,
                 .asked = 24,
                 .number = {24, 21, 1, 1, 0, 1}},
        .class_label = "gr. 7/8 De Regenboog",
        .count = 23,
        .limit = 24,
        .others = 1,
        .pupil_is_busy = true,
        .session_fault = FAULT_DISK_FULL,
        .is_full = true,
        .may_admit = true,
        .session_label = "3F9A-01BC",
        .allows_old_versions = true,
        .worries = MACHINE_FILES_OPEN | MACHINE_CALLS_OPEN | MACHINE_DEBUGGABLE,
        .unexported = &others,
        .folder_count = 2,
        .folders = folders,
        .receipt_count = 2,
        .receipts = receipts,
    };
}

static void see_mentor(struct fixture *f, const struct mentor_pages_scene *scene, const char *name) {
    stack_fit(f->page, &f->theme, &f->fonts, false, mentor_pages_build, scene);
    check_page(f, name);
    take_picture(f, name);
}

static void see_classes(struct fixture *f) {
    struct mentor_pages_scene scene = mentor_scene(f, MENTOR_CLASSES);
    struct desk_class classes[40];
    for (int i = 0; i < 40; i++) {
        classes[i] = (struct desk_class){.class_item = &f->sample->round->class_list[i % 3],
                                         .closed_sessions = (uint32_t)i % 2,
                                         .contributions = (uint32_t)i};
    }
    scene.classes = classes;
    for (scene.class_count = 3; scene.class_count <= 40; scene.class_count += 37) {
        for (scene.part = 0; scene.part < 2; scene.part++) {
            see_mentor(f, &scene, scene.part == 0 ? "mentor-classes" : "mentor-classes-2");
        }
    }
}

static void see_mentors_pages(struct fixture *f) {
    static const struct {
        enum mentor_state state;
        const char *name;
    } pages[] = {{MENTOR_LOCKED, "mentor-locked"},   {MENTOR_PIN, "mentor-pin"},
                 {MENTOR_SETUP, "mentor-setup"},     {MENTOR_OVERVIEW, "mentor-overview"},
                 {MENTOR_CLOSE, "mentor-close"},     {MENTOR_EXPORT, "mentor-export"},
                 {MENTOR_RECEIPT, "mentor-receipt"}, {MENTOR_CLOSING, "mentor-waiting"}};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        struct mentor_pages_scene scene = mentor_scene(f, pages[i].state);
        see_mentor(f, &scene, pages[i].name);
    }
    struct mentor_pages_scene pin = mentor_scene(f, MENTOR_PIN);
    pin.view.digits = MENTOR_PIN_DIGITS;
    pin.view.fault = FAULT_PIN;
    pin.view.leaving = true;
    see_mentor(f, &pin, "mentor-pin-wrong");
    pin.view.wait_s = 300;
    see_mentor(f, &pin, "mentor-pin-wait");
    struct mentor_pages_scene none = mentor_scene(f, MENTOR_EXPORT);
    none.folder_count = 0;
    see_mentor(f, &none, "mentor-export-none");
    none.folder_count = 2;
    none.view.fault = FAULT_FILE_WRITE;
    see_mentor(f, &none, "mentor-export-failed");
    struct mentor_pages_scene full = mentor_scene(f, MENTOR_OVERVIEW);
    full.pupil_is_busy = false;
    full.session_fault = FAULT_NONE;
    see_mentor(f, &full, "mentor-overview-full");
    struct mentor_pages_scene waiting = mentor_scene(f, MENTOR_EXPORTING);
    see_mentor(f, &waiting, "mentor-exporting");
    struct mentor_pages_scene cleared = mentor_scene(f, MENTOR_CLEARED);
    cleared.clearing = (struct clearing){.receipts = 1, .erased = 12, .kept = 3};
    see_mentor(f, &cleared, "mentor-cleared");
    struct mentor_pages_scene again = mentor_scene(f, MENTOR_SETUP);
    again.view.catching_up = true;
    see_mentor(f, &again, "mentor-setup-again");
    see_classes(f);
}

/* Where the first of what is drawn in a place stands, from its left. */
static int first_ink(const struct fixture *f, const struct picture *picture, struct paint_rect rect) {
    int x = 0;
    while (x < rect.w &&
           !is_painted(f, picture, (struct paint_rect){rect.x + x, rect.y, 1, rect.h}, THEME_INK)) {
        x++;
    }
    return x;
}

/* What stands before a counter is no button: it begins where the text above it does. */
static void the_labels_of_counters_begin_where_texts_begin(void **state) {
    static const enum mentor_state states[] = {MENTOR_SETUP, MENTOR_CLOSE};
    struct fixture *f = *state;
    for (int i = 0; i < 2 * SIZES; i++) {
        struct picture picture;
        set_size(f, i / 2);
        struct mentor_pages_scene scene = mentor_scene(f, states[i % 2]);
        stack_fit(f->page, &f->theme, &f->fonts, false, mentor_pages_build, &scene);
        picture_open(&picture, f->theme.width, f->theme.height);
        picture_draw(&picture, f->page, &f->theme, &f->fonts);
        int labels = 0;
        for (int j = 0; j < f->page->item_count; j++) {
            const struct page_item *item = &f->page->item[j];
            if (item->kind == PAGE_ROW && item->action == 0 && !item->centred) {
                assert_int_equal(item->rect.x, f->theme.column_x);
                assert_in_range(first_ink(f, &picture, item->rect), 0, f->theme.text[THEME_LABEL] / 4);
                labels++;
            }
        }
        assert_int_equal(labels, i % 2 == 0 ? 1 : 1 + BUNDLE_ABSENCES);
        picture_close(&picture);
    }
}

static void every_page_of_the_mentor_fits_at_every_size_in_every_language(void **state) {
    struct fixture *f = *state;
    for (int size = 0; size < SIZES; size++) {
        set_size(f, size);
        for (f->language = 0; f->language < STRINGS_MENTOR_LANGUAGES; f->language++) {
            see_mentors_pages(f);
        }
    }
}

static bool page_says(const struct fixture *f, enum strings_key key) {
    for (int i = 0; i < f->page->item_count; i++) {
        if (strcmp(page_text(f->page, &f->page->item[i]), strings_get(&f->strings[f->language], key)) == 0) {
            return true;
        }
    }
    return false;
}

static void the_mentor_is_told_of_a_second_screen_before_pupils_begin(void **state) {
    struct fixture *f = *state;
    static const enum mentor_state states[] = {MENTOR_LOCKED, MENTOR_SETUP};
    for (size_t i = 0; i < 2; i++) {
        for (int others = 0; others < 3; others++) {
            struct mentor_pages_scene scene = mentor_scene(f, states[i]);
            scene.others = others;
            scene.view.session_open = false;
            see_mentor(f, &scene, "mentor-second-screen");
            assert_int_equal(page_says(f, STRINGS_DISPLAY_SECOND), others > 0);
            assert_false(page_says(f, STRINGS_DISPLAY_WAS));
        }
    }
}

/* On any part of the mentor's page. */
static bool parts_say(struct fixture *f, struct mentor_pages_scene *scene, enum strings_key key,
                      const char *name) {
    bool says = false;
    for (scene->part = 0; scene->part < 3; scene->part++) {
        see_mentor(f, scene, name);
        says = says || page_says(f, key);
    }
    return says;
}

/* On what she comes to in the middle of a lesson, at every size: a screen that is there, and one that was. */
static void the_mentor_is_told_of_a_second_screen_in_the_middle_of_a_lesson(void **state) {
    struct fixture *f = *state;
    static const enum mentor_state states[] = {MENTOR_LOCKED, MENTOR_OVERVIEW};
    for (int run = 0; run < SIZES * STRINGS_MENTOR_LANGUAGES * 2 * 4; run++) {
        bool there = (run & 1) != 0;
        bool was = (run & 2) != 0;
        struct mentor_pages_scene scene;
        set_size(f, run / 8 % SIZES);
        f->language = (enum strings_language)(run / 8 / SIZES);
        scene = mentor_scene(f, states[run / 4 % 2]);
        scene.others = there;
        scene.had_others = was;
        const char *name = there ? "mentor-second-now" : was ? "mentor-second-was" : "mentor-alone";
        assert_int_equal(parts_say(f, &scene, STRINGS_DISPLAY_DURING, name), there);
        assert_int_equal(parts_say(f, &scene, STRINGS_DISPLAY_WAS, name), was && !there);
    }
}

static bool page_holds(const struct fixture *f, const char *words) {
    for (int i = 0; i < f->page->item_count; i++) {
        if (strstr(page_text(f->page, &f->page->item[i]), words) != NULL) {
            return true;
        }
    }
    return false;
}

static void the_mentor_is_told_what_does_not_shut_the_program_off(void **state) {
    struct fixture *f = *state;
    static const struct {
        unsigned worries;
        const char *said, *unsaid;
    } cases[] = {
        {0, "", "verzegeld. Meld"},
        {MACHINE_SWAPS, "", "verzegeld. Meld"},
        {MACHINE_FILES_OPEN, ": Landlock ontbreekt. ", "seccomp"},
        {MACHINE_CALLS_OPEN, ": seccomp ontbreekt. ", "Landlock"},
        {MACHINE_FILES_OPEN | MACHINE_CALLS_OPEN, "Landlock ontbreekt, seccomp ontbreekt.", "geheugen"}};
    static const enum mentor_state states[] = {MENTOR_LOCKED, MENTOR_SETUP};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t j = 0; j < 2; j++) {
            struct mentor_pages_scene scene = mentor_scene(f, states[j]);
            scene.worries = cases[i].worries;
            scene.view.clock_wrong = scene.view.warned = false; /* all of it on one part */
            see_mentor(f, &scene, "mentor-worries");
            assert_true(page_holds(f, cases[i].said));
            assert_false(page_holds(f, cases[i].unsaid));
        }
    }
}

static void the_mentor_sees_that_an_unfit_disk_is_allowed(void **state) {
    struct fixture *f = *state;
    for (int allowed = 0; allowed < 2; allowed++) {
        struct mentor_pages_scene scene = mentor_scene(f, MENTOR_SETUP);
        scene.allows_old_versions = allowed;
        see_mentor(f, &scene, "mentor-old-versions");
        assert_int_equal(page_says(f, STRINGS_SETUP_OLD_VERSIONS), allowed);
    }
}

/* What can be heard, at both places where a mentor comes by before a pupil does. */
static void the_mentor_is_told_what_can_be_heard(void **state) {
    static const struct {
        uint16_t named, there;
        bool works;
        int locked, setup; /* a text, or -1 for none */
    } cases[] = {{0, 0, true, -1, -1},
                 {9, 9, true, -1, STRINGS_SETUP_HEADPHONES},
                 {9, 9, false, STRINGS_SETUP_SOUNDLESS, STRINGS_SETUP_SOUNDLESS}};
    static const enum strings_key all[] = {STRINGS_SETUP_HEADPHONES, STRINGS_SETUP_SOUNDLESS};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct voices voices = {.named = cases[i].named, .there = cases[i].there};
        for (int setup_page = 0; setup_page < 2; setup_page++) {
            struct mentor_pages_scene scene = mentor_scene(f, setup_page ? MENTOR_SETUP : MENTOR_LOCKED);
            scene.view.clock_wrong = scene.view.warned = false; /* all of it on one part */
            scene.voices = &voices;
            scene.can_listen = cases[i].works;
            see_mentor(f, &scene, "mentor-listening");
            for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
                assert_int_equal(page_says(f, all[k]),
                                 (setup_page ? cases[i].setup : cases[i].locked) == (int)all[k]);
            }
        }
    }
}

/* The number that is missing is in the text: it is looked for by its beginning. */
static void the_mentor_is_told_how_many_recordings_are_missing(void **state) {
    struct fixture *f = *state;
    struct voices voices = {.named = 90, .there = 41};
    struct mentor_pages_scene scene = mentor_scene(f, MENTOR_SETUP);
    scene.view.warned = false; /* all of it on one part */
    scene.voices = &voices;
    scene.can_listen = true;
    see_mentor(f, &scene, "mentor-recordings");
    int found = 0;
    for (int i = 0; i < f->page->item_count; i++) {
        const char *text = page_text(f->page, &f->page->item[i]);
        found += strstr(text, "90") != NULL && strstr(text, "41") != NULL;
    }
    assert_int_equal(found, 1);
}

/* Which file, which dates, which day it is; and of a damaged file no more than that it is damaged. */
static void a_refused_round_is_named_with_its_dates(void **state) {
    struct fixture *f = *state;
    struct round_search found = {
        .first_day = 20261102, .last_day = 20261113, .path = "/media/school/STICK/ronde.klr"};
    struct message_page_scene scene = {.strings = &f->strings[STRINGS_NL],
                                       .fault = FAULT_ROUND_OVER,
                                       .remedy = message_page_remedy(FAULT_ROUND_OVER),
                                       .can_search = true,
                                       .found = &found};
    setenv("KLANKBORD_TODAY", "2026-11-25", 1);
    stack_fit(f->page, &f->theme, &f->fonts, false, message_page_build, &scene);
    check_page(f, "message-over");
    assert_true(page_holds(f, "2 november 2026") && page_holds(f, "13 november 2026"));
    assert_true(page_holds(f, "25 november 2026"));
    assert_true(page_holds(f, "ronde.klr") && page_holds(f, "STICK"));
    found.first_day = found.last_day = 0;
    scene.fault = FAULT_NOT_CANONICAL;
    scene.remedy = message_page_remedy(scene.fault);
    stack_fit(f->page, &f->theme, &f->fonts, false, message_page_build, &scene);
    assert_true(page_holds(f, "beschadigd"));
    assert_false(page_holds(f, "voorgeschreven"));
    assert_false(page_holds(f, "loopt van"));
    scene.fault = FAULT_VERSION;
    scene.remedy = message_page_remedy(scene.fault);
    stack_fit(f->page, &f->theme, &f->fonts, false, message_page_build, &scene);
    assert_true(page_holds(f, "dezelfde versie"));
    unsetenv("KLANKBORD_TODAY");
}

static void every_message_fits_and_says_what_to_do(void **state) {
    struct fixture *f = *state;
    for (int size = 0; size < SIZES; size++) {
        set_size(f, size);
        for (f->language = 0; f->language < STRINGS_MENTOR_LANGUAGES; f->language++) {
            for (enum fault fault = 1; fault < FAULT_COUNT; fault++) {
                struct message_page_scene scene = {.strings = &f->strings[f->language],
                                                   .fault = fault,
                                                   .remedy = message_page_remedy(fault),
                                                   .can_search = true};
                struct round_search found = {.first_day = 20260928, .last_day = 20261113};
                memset(found.path, 'W', 300); /* a stick with a long name, and a file with one */
                found.path[150] = '/';
                memcpy(found.path, "/media/", 7);
                scene.found = fault % 2 == 0 ? &found : NULL;
                stack_fit(f->page, &f->theme, &f->fonts, false, message_page_build, &scene);
                check_page(f, fault_name(fault));
                assert_in_range(page_find(f->page, ACTION_CLOSE, 0), 0, PAGE_ITEMS);
                if (scene.remedy != STRINGS_MESSAGE_NEXT_OTHER) {
                    char name[80];
                    snprintf(name, sizeof name, "message-%s", fault_name(fault));
                    take_picture(f, name);
                }
            }
        }
    }
}

/* The longest that each line can be: everything is wrong, and every name is long. */
static struct status worst_status(enum fault fault) {
    struct status status = {.fault = fault,
                            .label = "laptop 07 van het lokaal naast de gymzaal, links",
                            .own = "WWWW-WWWW-WWWW-WWWW",
                            .trusts = true,
                            .trusted = {"MMMM-MMMM-MMMM-MMMM", "WWWW-WWWW-WWWW-WWWW"},
                            .has_round = true,
                            .school =
                                "Openbare Scholengemeenschap De Vallei en Omstreken, locatie Beatrixlaan",
                            .first_day = 20260928,
                            .last_day = 20261127,
                            .boxes = 4000,
                            .space_known = true,
                            .file_system = "ext2/ext3/ext4",
                            .free_bytes = UINT64_C(123456789012),
                            .packaged = true,
                            .runs = true};
    snprintf(status.folder, sizeof status.folder, "/var/lib/beheer/van/deze/school/state/klankbord-kiosk");
    status.machine = (struct machine){.swaps = true,
                                      .lock_limit = 8 << 20,
                                      .locked = 1 << 20,
                                      .volume_known = true,
                                      .volume = VOLUME_KEEPS_OLD};
    return status;
}

static void every_part_of_the_administrators_page_fits(void **state) {
    struct fixture *f = *state;
    char stick[] = "/media/klankbord-kiosk/KLANKBORD-STICK";
    char *names[] = {stick, stick};
    char name[16];
    struct folder_names folders = {.count = 2, .names = names};
    for (int size = 0; size < SIZES; size++) {
        set_size(f, size);
        for (f->language = 0; f->language < STRINGS_MENTOR_LANGUAGES; f->language++) {
            for (uint16_t part = 0; part < 8; part++) {
                struct status status = worst_status(part < 4 ? FAULT_NONE : FAULT_FILE_MISSING);
                struct admin_page_scene scene = {.strings = &f->strings[f->language],
                                                 .status = &status,
                                                 .folders = &folders,
                                                 .behind_pin = part % 2,
                                                 .part = part,
                                                 .done = STRINGS_ADMIN_REQUESTED,
                                                 .file = "klankbord-WWWW-WWWW-WWWW-WWWW.kle"};
                stack_fit(f->page, &f->theme, &f->fonts, false, admin_page_build, &scene);
                check_page(f, "admin");
                snprintf(name, sizeof name, "admin-%u", part);
                take_picture(f, name);
                assert_int_not_equal(page_find(f->page, ACTION_MORE, 0), PAGE_NOTHING);
                bool compares = page_find(f->page, ACTION_ADMIN_COMPARED, 0) != PAGE_NOTHING;
                assert_int_equal(compares, part % 4 == 1); /* only behind the PIN, where the keys are */
            }
        }
    }
}

/* ---- theme, font, text ---- */

static void the_colours_have_the_contrast_they_promise(void **state) {
    (void)state;
    for (enum theme_look look = 0; look < THEME_LOOKS; look++) {
        enum theme_colour in[THEME_COLOURS];
        for (enum theme_colour i = 0; i < THEME_COLOURS; i++) {
            in[i] = theme_colour_in(look, i);
        }
        assert_true(theme_contrast(in[THEME_INK], in[THEME_PAPER]) >= 700);
        assert_true(theme_contrast(in[THEME_INK], in[THEME_CARD]) >= 700);
        assert_true(theme_contrast(in[THEME_INK], in[THEME_CHOSEN]) >= 700);
        assert_true(theme_contrast(in[THEME_HELP], in[THEME_PAPER]) >= 700);
        assert_true(theme_contrast(in[THEME_CARD], in[THEME_FOCUS]) >= 700);
        assert_true(theme_contrast(in[THEME_FOCUS], in[THEME_PAPER]) >= 300);
        assert_true(theme_contrast(in[THEME_FOCUS], in[THEME_CARD]) >= 300);
        assert_true(theme_contrast(in[THEME_BORDER], in[THEME_PAPER]) >= 300);
        assert_true(theme_contrast(in[THEME_BORDER], in[THEME_CARD]) >= 300); /* the mark of an answer */
        assert_true(theme_contrast(in[THEME_BORDER], in[THEME_CHOSEN]) >=
                    300); /* of a chosen one; progress */
        assert_in_range(theme_contrast(in[THEME_CHOSEN], in[THEME_CARD]), 115, 130);
    }
    assert_true(theme_contrast(theme_colour_in(THEME_CONTRAST, THEME_INK),
                               theme_colour_in(THEME_CONTRAST, THEME_PAPER)) == 2100);
}

static void sizes_follow_the_rules_on_every_screen(void **state) {
    (void)state;
    for (int size = 0; size < SIZES; size++) {
        struct theme theme = theme_for(sizes[size][0], sizes[size][1]);
        int unit = sizes[size][0] * 3 / 4 < sizes[size][1] ? sizes[size][0] * 3 / 4 : sizes[size][1];
        assert_in_range(theme.text[THEME_QUESTION], unit / 24, unit / 22);
        assert_in_range(theme.text[THEME_LABEL], unit / 30, unit / 28);
        for (int i = 0; i < THEME_TEXTS; i++) {
            assert_true(theme.text[i] >= unit / 34);
        }
        assert_true(theme.target >= 64 && theme.target >= unit / 12);
        assert_true(theme.gap >= 10 && theme.ring >= 5 && theme.ring_gap >= 2);
        assert_true(theme.ring >= 2 * theme.border); /* told apart from an edge by more than its colour */
        for (enum theme_text i = 0; i < THEME_TEXTS; i++) {
            assert_in_range(text_line_height(&theme, i) * 10, theme.text[i] * 13, theme.text[i] * 16);
        }
        int tools_x = theme.width - theme.margin - theme.target;
        assert_true(theme.column_x == theme.margin ||
                    theme.column_x + theme.column_width <= tools_x - theme.gap - theme.ring_gap);
    }
}

static void a_font_without_the_letters_is_refused(void **state) {
    struct fixture *f = *state;
    struct font_set fonts;
    check_fault(font_open(&fonts, "no-such-font.ttf", &f->theme), FAULT_FONT);
    check_fault(font_open(&fonts, TEST_SOURCE_FOLDER "/LICENSE", &f->theme), FAULT_FONT);
    assert_int_equal(font_missing(&f->fonts, "\xC5\x82\xC4\xB0\n\xD0\x87\xD8\xB3\xC2\xAD"),
                     0); /* Polish, Turkish, Ukrainian, Arabic */
    assert_int_equal(font_missing(&f->fonts, "a\xE4\xBD\xA0"), 0x4F60);
    check_fault(font_check(&f->fonts, "a\xE4\xBD\xA0"), FAULT_FONT);
}

/* As on a machine where only the first font is installed. */
static void without_the_arabic_font_the_fault_says_which(void **state) {
    struct fixture *f = *state;
    struct font_set fonts = f->fonts;
    memset(fonts.font[FONT_ARABIC], 0, sizeof fonts.font[FONT_ARABIC]);
    check_fault(font_check(&fonts, "a"), FAULT_NONE);
    check_fault(font_check(&fonts, "a\xD8\xB3"), FAULT_FONT_ARABIC);
    check_fault(font_check(&fonts, "a\xE4\xBD\xA0"), FAULT_FONT);
    assert_int_equal(message_page_remedy(FAULT_FONT_ARABIC), STRINGS_MESSAGE_NEXT_FONT_ARABIC);
}

static void letters_are_upright_and_not_underlined(void **state) {
    struct fixture *f = *state;
    for (int font = 0; font < FONT_STACK; font++) {
        for (enum theme_text style = 0; style < THEME_TEXTS; style++) {
            int found = TTF_GetFontStyle(f->fonts.font[font][style]);
            assert_true(found == TTF_STYLE_NORMAL || found == TTF_STYLE_BOLD); /* titles are bold */
        }
    }
}

static void every_text_of_the_interface_can_be_written(void **state) {
    struct fixture *f = *state;
    for (enum strings_language language = 0; language < STRINGS_LANGUAGES; language++) {
        for (enum strings_key key = 0; key < STRINGS_COUNT; key++) {
            uint32_t missing = font_missing(&f->fonts, strings_get(&f->strings[language], key));
            if (missing != 0) {
                fail_msg("%s, %s: no font has U+%04X", strings_code(language), strings_key_name(key),
                         missing);
            }
        }
    }
}

static void letters_of_one_hundred_percent_are_the_same_after_all_others(void **state) {
    (void)state;
    for (int size = 0; size < SIZES; size++) {
        struct theme theme = theme_for(sizes[size][0], sizes[size][1]);
        struct theme before = theme;
        for (int i = 0; i < 5 * THEME_SIZES; i++) {
            theme_enlarge(&theme, theme_percents[(i + 1) % THEME_SIZES]);
        }
        assert_int_equal(theme.percent, 100);
        assert_memory_equal(theme.text, before.text, sizeof before.text);
    }
}

static int test_pupils_pages(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_of_one_hundred_percent_are_the_same_after_all_others),
        cmocka_unit_test_setup_teardown(every_page_of_a_pupil_fits_at_every_size_in_every_language, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(every_page_of_a_pupil_fits_in_the_other_languages, setup, teardown),
        cmocka_unit_test_setup_teardown(a_page_that_fits_in_longer_lines_keeps_its_air, setup, teardown),
        cmocka_unit_test_setup_teardown(back_and_titles_stand_in_one_place, setup, teardown),
        cmocka_unit_test_setup_teardown(every_page_of_a_pupil_fits_with_larger_letters, setup, teardown),
        cmocka_unit_test_setup_teardown(the_question_stands_on_every_part_above_its_answers, setup, teardown),
        cmocka_unit_test_setup_teardown(a_long_explanation_before_it_does_not_take_the_question_away, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_page_in_parts_shows_everything_once_and_its_buttons_always, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_page_from_right_to_left_is_the_mirror_of_the_other, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(what_is_not_translated_is_lent_and_marked, setup, teardown),
        cmocka_unit_test_setup_teardown(marks_texts_and_progress_begin_at_the_right, setup, teardown),
        cmocka_unit_test_setup_teardown(the_page_of_a_failed_store_fits, setup, teardown),
        cmocka_unit_test_setup_teardown(the_longest_question_that_is_allowed_fits, setup, teardown),
        cmocka_unit_test_setup_teardown(too_many_answers_come_in_parts_that_fit, setup, teardown),
        cmocka_unit_test_setup_teardown(a_hint_stands_on_the_first_part_of_the_answers_alone, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(faces_stand_beside_the_answers_only_where_they_are_asked_for, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(nothing_is_chosen_before_the_pupil_chooses, setup, teardown),
        cmocka_unit_test_setup_teardown(a_choice_changes_at_most_one_hundredth_of_the_grey, setup, teardown),
        cmocka_unit_test_setup_teardown(
            letters_on_the_dark_button_and_faces_have_the_colours_that_are_measured, setup, teardown),
        cmocka_unit_test_setup_teardown(a_chosen_answer_is_told_by_a_mark_in_every_look, setup, teardown),
        cmocka_unit_test_setup_teardown(the_ring_is_seen_as_thick_and_as_far_away_as_it_should_be, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(after_the_thanks_the_screen_is_that_of_before_the_first_pupil, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(yes_and_no_look_the_same, setup, teardown),
        cmocka_unit_test_setup_teardown(every_target_of_a_question_is_reached_by_keys_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(tab_takes_the_answers_as_one_stop, setup, teardown),
        cmocka_unit_test_setup_teardown(a_digit_is_the_card_at_that_place, setup, teardown),
    };
    return cmocka_run_group_tests_name("the pupils' pages", tests, NULL, NULL);
}

static int test_mentors_pages(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_page_of_the_mentor_fits_at_every_size_in_every_language, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_labels_of_counters_begin_where_texts_begin, setup, teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_of_a_second_screen_in_the_middle_of_a_lesson,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_of_a_second_screen_before_pupils_begin, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_what_does_not_shut_the_program_off, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_mentor_sees_that_an_unfit_disk_is_allowed, setup, teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_what_can_be_heard, setup, teardown),
        cmocka_unit_test_setup_teardown(the_mentor_is_told_how_many_recordings_are_missing, setup, teardown),
        cmocka_unit_test_setup_teardown(every_message_fits_and_says_what_to_do, setup, teardown),
        cmocka_unit_test_setup_teardown(every_part_of_the_administrators_page_fits, setup, teardown),
        cmocka_unit_test_setup_teardown(a_refused_round_is_named_with_its_dates, setup, teardown),
    };
    return cmocka_run_group_tests_name("the mentor's pages", tests, NULL, NULL);
}

static int test_letters_and_colours(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_colours_have_the_contrast_they_promise),
        cmocka_unit_test(sizes_follow_the_rules_on_every_screen),
        cmocka_unit_test_setup_teardown(a_font_without_the_letters_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(without_the_arabic_font_the_fault_says_which, setup, teardown),
        cmocka_unit_test_setup_teardown(letters_are_upright_and_not_underlined, setup, teardown),
        cmocka_unit_test_setup_teardown(every_text_of_the_interface_can_be_written, setup, teardown),
    };
    return cmocka_run_group_tests_name("letters and colours", tests, NULL, NULL);
}

int main(void) {
    int failed = test_pupils_pages();
    failed += test_mentors_pages();
    failed += test_letters_and_colours();
    return failed;
}
