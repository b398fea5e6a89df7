/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "bench/pupil.h"
#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/pupil_pages.h"
#include "kiosk/ui/sentence.h"
#include "screen.h"

/*
 * The questionnaires that are shipped, in each language, with letters that a pupil made larger: whatever comes
 * in parts is there once, nothing that a page gives up lies idle on it, and letters touch nothing.
 */

static const char *const questionnaires[] = {"primary", "secondary"};
enum { QUESTIONNAIRES = sizeof questionnaires / sizeof questionnaires[0], MOST_PARTS = 40 };

struct fixture {
    struct preview *preview;
    struct page *page;
    struct theme theme;
    struct font_set fonts;
    struct strings strings;
    struct view view;
    enum panel panel;
    struct picture picture; /* as large as the theme */
    const char *name;       /* of the page */
    int seen;
};

static void fails(const struct fixture *f, const char *what, int amount) {
    const struct flow_view view = flow_look(&f->preview->flow);
    fail_msg("%s at %dx%d, %d %%, language %s: %s (%d)", f->name, f->theme.width, f->theme.height,
             f->theme.percent, f->preview->flow.questionnaire->language[view.language].code, what, amount);
}

static void build(struct fixture *f, uint16_t part) {
    struct pupil_pages_scene scene = {.flow = &f->preview->flow,
                                      .round = f->preview->round,
                                      .strings = &f->strings,
                                      .view = &f->view,
                                      .panel = f->panel,
                                      .part = part};
    stack_fit(f->page, &f->theme, &f->fonts, false, pupil_pages_build, &scene);
}

/* Calls `see` for each part of the page; after the last comes the first again. */
static void each_part(struct fixture *f, void (*see)(struct fixture *f, void *context), void *context) {
    char first[PAGE_STORAGE];
    size_t used = 0;
    for (uint16_t part = 0; part < MOST_PARTS; part++) {
        build(f, part);
        if (part > 0 && f->page->storage_used == used && memcmp(f->page->storage, first, used) == 0) {
            return;
        }
        used = part == 0 ? f->page->storage_used : used;
        memcpy(first, part == 0 ? f->page->storage : first, used);
        f->seen++;
        see(f, context);
        if (page_find(f->page, ACTION_MORE, 0) == PAGE_NOTHING) {
            return;
        }
    }
    fails(f, "has no end", MOST_PARTS);
}

/* ---- an answer is on one part ---- */

static void count_answers(struct fixture *f, void *context) {
    int *times = context;
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        if (item->action == ACTION_PUPIL + FLOW_CHOOSE) {
            times[item->value]++;
        }
    }
}

static void each_answer_is_there_once(struct fixture *f) {
    const struct flow *flow = &f->preview->flow;
    if (flow->questionnaire->item[flow->item].kind == QUESTIONNAIRE_NOTE) {
        return;
    }
    int times[QUESTIONNAIRE_OPTIONS] = {0};
    each_part(f, count_answers, times);
    for (int i = 0; i < questionnaire_list_of(flow->questionnaire, flow->item)->option_count; i++) {
        if (times[i] != 1) {
            fails(f, "an answer is not there once", times[i]);
        }
    }
}

/* ---- nothing lies idle ---- */

static const struct page_item *find_item(const struct page *page, int action, int value) {
    int at = page_find(page, action, value);
    assert_int_not_equal(at, PAGE_NOTHING);
    return &page->item[at];
}

static const struct page_item *question_of(const struct page *page) {
    const struct page_item *found = NULL;
    for (int i = 0; i < page->item_count; i++) {
        found = page->item[i].again ? &page->item[i] : found;
    }
    assert_non_null(found);
    return found;
}

/* The air of a page: above its question, under it and its hint, and under its answers. */
struct air {
    int above, under, left;
};

static struct air air_of(const struct page *page, const struct theme *theme) {
    int bar = 0;
    int texts = 0;
    int first = theme->height;
    int last = 0;
    for (int i = 0; i < page->item_count; i++) {
        const struct page_item *item = &page->item[i];
        int end = item->rect.y + item->rect.h;
        if (item->kind == PAGE_BAR) {
            bar = end;
        } else if (item->kind == PAGE_TEXT) {
            texts = end > texts ? end : texts;
        } else if (item->action == ACTION_PUPIL + FLOW_CHOOSE) {
            first = item->rect.y < first ? item->rect.y : first;
            last = end > last ? end : last;
        }
    }
    int buttons = find_item(page, ACTION_PUPIL + FLOW_NEXT, 0)->rect.y - theme->gap * 3 / 2;
    return (struct air){question_of(page)->rect.y - bar, first - texts, buttons - last};
}

/* What could be given up of it: as close as gaps become, divided by so much. */
static int spare(const struct air *air, const struct theme *theme, int divisor) {
    int above = air->above - theme->unit * 14 / 300 / divisor;
    int under = air->under - theme->unit * 12 / 300 / divisor;
    return (above > 0 ? above : 0) + (under > 0 ? under : 0) + air->left;
}

static void room_is_used(struct fixture *f) {
    enum { CLOSE = 2, SQUEEZED = 12 };
    const struct flow *flow = &f->preview->flow;
    build(f, 0);
    if (flow->questionnaire->item[flow->item].kind == QUESTIONNAIRE_NOTE ||
        page_find(f->page, ACTION_MORE, 0) != PAGE_NOTHING) {
        return;
    }
    const struct page_item *question = question_of(f->page);
    struct stack stack = {.page = f->page,
                          .theme = &f->theme,
                          .fonts = &f->fonts,
                          .width = question->rect.w,
                          .packing = STACK_TIGHT};
    struct air air = air_of(f->page, &f->theme);
    int own = stack_text_height(&stack, THEME_QUESTION, page_text(f->page, question)) - question->rect.h;
    own += f->page->from_right ? f->theme.text[THEME_QUESTION] : f->theme.gap / 2; /* what they reach out */
    if (question->style != THEME_QUESTION && spare(&air, &f->theme, SQUEEZED) >= own) {
        fails(f, "there is room for a question in its own letters", spare(&air, &f->theme, SQUEEZED));
    }
    const struct page_item *next = find_item(f->page, ACTION_PUPIL + FLOW_NEXT, 0);
    int taken = next->rect.y + next->rect.h - (f->theme.height - f->theme.margin); /* at the top as well */
    int nudge = question->style == THEME_QUESTION ? text_line_height(&f->theme, THEME_BODY) : 0;
    if (taken > 0 && spare(&air, &f->theme, CLOSE) - nudge >= 2 * taken + f->theme.gap / 2) {
        fails(f, "there is room for the margins", spare(&air, &f->theme, CLOSE));
    }
    f->seen++;
}

static void nothing_moves_when_a_choice_is_asked_for(struct fixture *f) {
    struct flow *flow = &f->preview->flow;
    struct paint_rect before[QUESTIONNAIRE_OPTIONS];
    if (flow->questionnaire->item[flow->item].kind == QUESTIONNAIRE_NOTE) {
        return;
    }
    build(f, 0);
    int count = 0;
    for (; page_find(f->page, ACTION_PUPIL + FLOW_CHOOSE, count) != PAGE_NOTHING; count++) {
        before[count] = find_item(f->page, ACTION_PUPIL + FLOW_CHOOSE, count)->rect;
    }
    flow->nudge = true;
    build(f, 0);
    flow->nudge = false;
    for (int i = 0; i < count; i++) {
        struct paint_rect after = find_item(f->page, ACTION_PUPIL + FLOW_CHOOSE, i)->rect;
        if (memcmp(&after, &before[i], sizeof after) != 0) {
            fails(f, "an answer moves when a choice is asked for", after.y - before[i].y);
        }
    }
    f->seen++;
}

/* ---- letters touch nothing ---- */

static bool is_plain(const struct picture *picture, int x, int y, int width) {
    const uint32_t *row = picture->pixel + (size_t)y * (size_t)picture->width + x;
    bool plain = true;
    for (int i = 1; i < width; i++) {
        plain = plain && row[i] == row[0];
    }
    return plain;
}

static void look_at_letters(struct fixture *f, void *context) {
    (void)context;
    picture_draw(&f->picture, f->page, &f->theme, &f->fonts);
    for (int y = 0; y < f->theme.margin / 4; y++) {
        if (!is_plain(&f->picture, 0, y, f->theme.width)) {
            fails(f, "a letter on the edge of the screen", y);
        }
    }
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        if (item->kind == PAGE_BAR &&
            !is_plain(&f->picture, item->rect.x, item->rect.y + item->rect.h, item->rect.w)) {
            fails(f, "a letter on the bar of progress", item->rect.y);
        }
    }
}

static void letters_touch_nothing(struct fixture *f) {
    build(f, 0);
    if (f->page->from_right) { /* they reach farthest */
        each_part(f, look_at_letters, NULL);
        f->preview->flow.nudge = true;
        build(f, 0);
        look_at_letters(f, NULL);
        f->preview->flow.nudge = false;
    }
}

/* ---- how a page is cut ---- */

/* As if another sentence followed: the page may have put a line feed there. */
static bool ends_a_sentence(const char *text, size_t at) {
    char copy[PAGE_STORAGE];
    memcpy(copy, text, at);
    memcpy(copy + at, " X", sizeof " X");
    return sentence_ends_at(copy, at);
}

static void look_at_ends(struct fixture *f, void *context) {
    (void)context;
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        if (item->kind != PAGE_TEXT || item->line_count == 0) {
            continue;
        }
        const struct paragraph_line *last = &f->page->line[item->line_first + item->line_count - 1];
        size_t end = (size_t)last->first + last->size;
        if (end < item->text_size && !ends_a_sentence(page_text(f->page, item), end)) {
            fails(f, page_text(f->page, item), (int)end);
        }
    }
}

static void sentences_are_whole(struct fixture *f) {
    each_part(f, look_at_ends, NULL);
}

static void look_at_title(struct fixture *f, void *context) {
    int *height = context;
    const char *title = strings_get(&f->strings, STRINGS_CHECK_TITLE);
    bool found = false;
    for (int i = 0; i < f->page->item_count; i++) {
        const struct page_item *item = &f->page->item[i];
        found = found || (item->style == THEME_TITLE && strcmp(page_text(f->page, item), title) == 0);
        if (item->action == ACTION_PUPIL + FLOW_GOTO) {
            *height = *height == 0 ? item->rect.h : *height;
            if (item->rect.h != *height) {
                fails(f, "a row is not as high as the others", item->rect.h);
            }
        }
    }
    if (!found) {
        fails(f, "a part has no title", 0);
    }
}

static void parts_have_titles(struct fixture *f) {
    int height = 0;
    each_part(f, look_at_title, &height);
}

/* ---- every page of what is shipped ---- */

/* What is looked at, on the questions and on the other pages; either may be NULL. */
struct look {
    void (*question)(struct fixture *f);
    void (*check)(struct fixture *f);
    void (*panel)(struct fixture *f);
};

static void look_at_language(struct fixture *f, uint16_t language, const struct look *look) {
    struct flow *flow = &f->preview->flow;
    flow_forget(flow);
    flow_hear(flow, FLOW_START, 0, 1);
    flow_hear(flow, FLOW_CHOOSE_LANGUAGE, language, 1);
    flow_hear(flow, FLOW_AGREE, 0, 1);
    for (uint16_t i = 0; look->question != NULL && i < flow->questionnaire->item_count; i++) {
        flow->item = i;
        f->name = flow->questionnaire->item[i].name;
        look->question(f);
    }
    f->name = "panel";
    for (f->panel = PANEL_LANGUAGE; look->panel != NULL && f->panel <= PANEL_WHO; f->panel++) {
        look->panel(f);
    }
    f->panel = PANEL_NONE;
    f->name = "check";
    flow->state = FLOW_CHECK;
    if (look->check != NULL) {
        look->check(f);
    }
    flow_forget(flow);
}

static void look_at_size(struct fixture *f, int size, int letters, const struct look *look) {
    f->view.size = letters;
    screen_dress(&f->theme, &f->fonts, size, theme_percents[letters]);
    picture_open(&f->picture, f->theme.width, f->theme.height);
    for (uint16_t language = 0; language < f->preview->flow.language_count; language++) {
        const char *code = f->preview->round->questionnaire->language[language].code;
        check_fault(strings_open(&f->strings, strings_language_of(code)), FAULT_NONE);
        look_at_language(f, language, look);
        strings_close(&f->strings);
    }
    picture_close(&f->picture);
    font_close(&f->fonts);
}

static void look_at_all(const struct look *look) {
    for (int i = 0; i < QUESTIONNAIRES; i++) {
        struct fixture f = {.preview = pupil_preview(questionnaires[i])};
        check_fault(page_new(&f.page), FAULT_NONE);
        for (int j = 0; j < SCREEN_USUAL_SIZES * (THEME_SIZES - 1); j++) {
            look_at_size(&f, j % SCREEN_USUAL_SIZES, 1 + j / SCREEN_USUAL_SIZES, look);
        }
        assert_true(f.seen > 100);
        page_free(f.page);
        preview_free(f.preview);
    }
}

static void an_answer_is_on_one_part(void **state) {
    (void)state;
    look_at_all(&(struct look){.question = each_answer_is_there_once});
}

static void what_a_page_gives_up_does_not_lie_idle(void **state) {
    (void)state;
    look_at_all(&(struct look){.question = room_is_used});
}

static void no_answer_moves_when_a_choice_is_asked_for(void **state) {
    (void)state;
    look_at_all(&(struct look){.question = nothing_moves_when_a_choice_is_asked_for});
}

static void no_letter_touches_the_edge_or_the_bar(void **state) {
    (void)state;
    look_at_all(&(struct look){letters_touch_nothing, letters_touch_nothing, letters_touch_nothing});
}

static void a_text_is_cut_where_a_sentence_ends(void **state) {
    (void)state;
    look_at_all(&(struct look){sentences_are_whole, sentences_are_whole, sentences_are_whole});
}

static void the_parts_of_the_check_page_have_its_title_and_rows_of_one_height(void **state) {
    (void)state;
    look_at_all(&(struct look){.question = each_answer_is_there_once, .check = parts_have_titles});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_on_one_part),
        cmocka_unit_test(what_a_page_gives_up_does_not_lie_idle),
        cmocka_unit_test(no_answer_moves_when_a_choice_is_asked_for),
        cmocka_unit_test(no_letter_touches_the_edge_or_the_bar),
        cmocka_unit_test(a_text_is_cut_where_a_sentence_ends),
        cmocka_unit_test(the_parts_of_the_check_page_have_its_title_and_rows_of_one_height),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
