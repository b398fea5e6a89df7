/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/pupil.h"
#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/pupil_pages.h"
#include "screen.h"

/*
 * A preview shows the pages of a lesson and nothing else: of every questionnaire that is shipped each page, in
 * each language, has the same things in the same places and comes in the same parts with and without its mark.
 * With letters of 100 % each of them is whole, and the buttons stay where they are from question to question, as the
 * answers that are no opinion stand alike; with larger ones each part says truly which of how many it is, and
 * holds as many answers as there is room for.
 */

enum { MOST_PARTS = 40 };

struct fixture {
    struct preview *preview;
    struct page *lesson, *shown; /* without and with the mark */
    struct theme theme;
    struct font_set fonts;
    struct strings strings;
    struct view view;
    enum panel panel;
    struct picture picture; /* as large as the theme */
    int compared, in_parts, pairs, hints, cards;
    int next_y, beside; /* of the questions before, in this language and on this screen */
};

static void build(struct fixture *f, struct page *page, bool marked, uint16_t part) {
    struct pupil_pages_scene scene = {.flow = &f->preview->flow,
                                      .round = f->preview->round,
                                      .strings = &f->strings,
                                      .view = &f->view,
                                      .panel = f->panel,
                                      .preview = marked,
                                      .part = part};
    stack_fit(page, &f->theme, &f->fonts, false, pupil_pages_build, &scene);
}

static bool is_same(const struct fixture *f, const struct page_item *a, const struct page_item *b) {
    return a->kind == b->kind && a->rect.x == b->rect.x && a->rect.y == b->rect.y && a->rect.w == b->rect.w &&
           a->rect.h == b->rect.h && a->style == b->style && a->action == b->action && a->value == b->value &&
           a->line_count == b->line_count && strcmp(page_text(f->lesson, a), page_text(f->shown, b)) == 0;
}

/* The mark is there, once, can be read whole, and touches nothing; all else is the lesson's. */
static void check_alike(const struct fixture *f, const char *name) {
    int marks = 0;
    int at = 0;
    for (int i = 0; i < f->shown->item_count; i++) {
        const struct page_item *item = &f->shown->item[i];
        if (item->over) {
            marks++;
            assert_int_equal(item->action, 0);
            assert_true(item->line_count > 0 && item->rect.y > 0 && item->rect.x >= 0);
            assert_true(item->rect.y + item->rect.h < f->theme.height);
            continue;
        }
        if (at >= f->lesson->item_count || !is_same(f, &f->lesson->item[at++], item)) {
            fail_msg("%s at %dx%d, %d %%: \"%s\" is another in the preview", name, f->theme.width,
                     f->theme.height, f->theme.percent, page_text(f->shown, item));
        }
    }
    assert_int_equal(at, f->lesson->item_count);
    assert_int_equal(marks, 1);
    assert_int_equal(f->shown->overflow, f->lesson->overflow);
    assert_int_equal(f->shown->parted, f->lesson->parted);
}

/* What no question of a language and a screen does otherwise than the others: nothing is sought from page to page. */
static void check_same(const struct fixture *f, const char *name, const char *what, int *usual, int now) {
    *usual = *usual == PAGE_NOTHING ? now : *usual;
    if (now != *usual) {
        fail_msg("%s at %dx%d: %s %d, and %d on the questions before", name, f->theme.width, f->theme.height,
                 what, now, *usual);
    }
}

static bool is_no_opinion(const struct questionnaire_list *list, int option) {
    return option >= 0 && list->option[option].kind != QUESTIONNAIRE_OPTION_ANSWER;
}

static void check_places(struct fixture *f, uint16_t question) {
    const struct questionnaire *questionnaire = f->preview->flow.questionnaire;
    const struct questionnaire_item *item = &questionnaire->item[question];
    int next = page_find(f->lesson, ACTION_PUPIL + FLOW_NEXT, 0);
    assert_int_not_equal(next, PAGE_NOTHING);
    check_same(f, item->name, "the button to the next page is at", &f->next_y, f->lesson->item[next].rect.y);
    if (item->kind != QUESTIONNAIRE_SELECT_ONE) {
        return;
    }
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, question);
    if (is_no_opinion(list, list->option_count - 1) && is_no_opinion(list, list->option_count - 2)) {
        const struct page_item *last = &f->lesson->item[page_card(f->lesson, list->option_count)];
        f->pairs++;
        check_same(f, item->name, "two answers without an opinion beside one another:", &f->beside,
                   last->rect.y == last[-1].rect.y);
    }
}

/* The first and the last row on which the letters of this text alone are drawn. */
static void rows_of(struct fixture *f, const struct page_item *text, int *first, int *last) {
    struct page *alone = f->shown;
    int lines = text->line_count;
    page_clear(alone);
    *alone = *f->lesson;
    for (int i = 0; i < alone->item_count; i++) {
        alone->item[i].kind = PAGE_TEXT;
        alone->item[i].icon = ICON_NONE;
        alone->item[i].line_count = (uint16_t)(&f->lesson->item[i] == text ? lines : 0);
    }
    picture_draw(&f->picture, alone, &f->theme, &f->fonts);
    uint32_t paper = f->picture.pixel[0];
    *first = f->theme.height;
    *last = -1;
    for (int i = 0; i < f->theme.width * f->theme.height; i++) {
        if (f->picture.pixel[i] != paper) {
            int row = i / f->theme.width;
            *first = row < *first ? row : *first;
            *last = row;
        }
    }
}

/* The letters of a question end where those of its hint begin, however far they reach out of their lines. */
static void check_hint(struct fixture *f, const char *name) {
    const struct page_item *question = NULL;
    for (int i = 0; i < f->lesson->item_count; i++) {
        const struct page_item *item = &f->lesson->item[i];
        if (question != NULL && item->kind == PAGE_TEXT &&
            item->rect.y >= question->rect.y + question->rect.h &&
            item->rect.y < question->rect.y + question->rect.h + f->theme.text[THEME_QUESTION] / 2) {
            int above[2];
            int below[2];
            rows_of(f, question, &above[0], &above[1]);
            rows_of(f, item, &below[0], &below[1]);
            f->hints++;
            if (above[1] >= below[0]) {
                fail_msg("%s at %dx%d, %d %%: the question reaches %d pixels into its hint", name,
                         f->theme.width, f->theme.height, f->theme.percent, above[1] - below[0] + 1);
            }
            return;
        }
        question = item->again ? item : question;
    }
}

/* No card lies over the letters of the last text above it, be they as far out of their line as Arabic ones. */
static void check_cards(struct fixture *f, const char *name) {
    const struct page_item *text = NULL;
    for (int i = 0; i < f->lesson->item_count; i++) {
        const struct page_item *item = &f->lesson->item[i];
        if (text != NULL && (item->kind == PAGE_CARD || (item->kind == PAGE_BUTTON && !item->fixed))) {
            int rows[2];
            rows_of(f, text, &rows[0], &rows[1]);
            f->cards++;
            if (rows[1] >= item->rect.y) {
                fail_msg("%s at %dx%d, %d %%: a card lies over %d pixels of \"%s\"", name, f->theme.width,
                         f->theme.height, f->theme.percent, rows[1] - item->rect.y + 1,
                         page_text(f->lesson, text));
            }
            return;
        }
        text = item->kind == PAGE_TEXT ? item : text;
    }
}

/* What the button to the next part says: "More (2 of 3)" is 2 and 3; 0 and 0 without one. */
static void read_parts(const struct page *page, unsigned said[2]) {
    int more = page_find(page, ACTION_MORE, 0);
    const char *at = more == PAGE_NOTHING ? "" : page_text(page, &page->item[more]);
    for (int i = 0; i < 2; i++) {
        at += strcspn(at, "0123456789");
        said[i] = (unsigned)strtoul(at, NULL, 10);
        at += strspn(at, "0123456789");
    }
}

/* One way of cutting for all parts: else a pupil goes from one to the other and misses what lies between. */
static void check_parts(const struct fixture *f, const char *name, unsigned part, unsigned parts) {
    unsigned said[2];
    read_parts(f->lesson, said);
    if (parts > 0 && (said[0] != part + 1 || said[1] != parts)) {
        fail_msg("%s at %dx%d, %d %%: part %u of %u says \"%u of %u\"", name, f->theme.width, f->theme.height,
                 f->theme.percent, part + 1, parts, said[0], said[1]);
    }
}

static int answer(const struct page *page, bool last) {
    int found = PAGE_NOTHING;
    for (int i = 0; i < page->item_count; i++) {
        bool first = found == PAGE_NOTHING;
        found = page->item[i].kind == PAGE_CARD && (first || last) ? i : found;
    }
    return found;
}

/* How much is left between the last answer and the button to more answers; -1: it is another page. */
static int room_above_more(const struct fixture *f) {
    const char *words = strings_get(&f->strings, STRINGS_QUESTION_MORE);
    int more = page_find(f->lesson, ACTION_MORE, 0);
    int last = answer(f->lesson, true);
    if (more == PAGE_NOTHING || last == PAGE_NOTHING ||
        strncmp(page_text(f->lesson, &f->lesson->item[more]), words, strcspn(words, "{")) != 0) {
        return -1;
    }
    const struct paint_rect *rect = &f->lesson->item[last].rect;
    return f->lesson->item[more].rect.y - rect->y - rect->h;
}

/* The first answer of a part does not fit on the part before it, as close as answers may stand. */
static void check_first(const struct fixture *f, const char *name, int left) {
    int first = answer(f->lesson, false);
    if (left >= 0 && first != PAGE_NOTHING && left >= f->lesson->item[first].rect.h + 2 * f->theme.gap) {
        fail_msg("%s at %dx%d, %d %%: \"%s\" has room on the part before", name, f->theme.width,
                 f->theme.height, f->theme.percent, page_text(f->lesson, &f->lesson->item[first]));
    }
}

static void compare(struct fixture *f, const char *name) {
    char first[PAGE_STORAGE];
    size_t used = 0;
    unsigned said[2] = {0, 0};
    int left = -1;
    for (uint16_t part = 0; part < MOST_PARTS; part++) {
        build(f, f->lesson, false, part);
        if (part > 0 && f->lesson->storage_used == used && memcmp(f->lesson->storage, first, used) == 0) {
            assert_int_equal(part, said[1]);
            return; /* the first again */
        }
        if (part == 0) {
            read_parts(f->lesson, said);
        }
        check_parts(f, name, part, said[1]);
        check_first(f, name, left);
        left = room_above_more(f);
        build(f, f->shown, true, part);
        check_alike(f, name);
        if (f->theme.percent == 100 && part > 0) {
            fail_msg("%s at %dx%d comes in parts", name, f->theme.width, f->theme.height);
        }
        f->compared++;
        f->in_parts += part > 0;
        if (part == 0) {
            if (f->lesson->from_right) {
                check_cards(f, name);
            }
            used = f->lesson->storage_used;
            memcpy(first, f->lesson->storage, used);
        }
        if (page_find(f->lesson, ACTION_MORE, 0) == PAGE_NOTHING) {
            return;
        }
    }
    fail_msg("%s has no end", name);
}

static void compare_questions(struct fixture *f) {
    struct flow *flow = &f->preview->flow;
    f->next_y = f->beside = PAGE_NOTHING;
    for (uint16_t i = 0; i < flow->questionnaire->item_count; i++) {
        flow->item = i;
        compare(f, flow->questionnaire->item[i].name);
        if (f->lesson->from_right) {
            build(f, f->lesson, false, 0);
            check_hint(f, flow->questionnaire->item[i].name);
        }
        if (f->theme.percent == 100) {
            build(f, f->lesson, false, 0);
            check_places(f, i);
        }
    }
    flow->item = 0;
}

/* All but the first page and the hidden one: there the mentor's corner is the way out of the preview. */
static void compare_all(struct fixture *f, uint16_t language) {
    static const enum flow_state ends[] = {FLOW_STOP_ASK, FLOW_CHECK, FLOW_SENDING, FLOW_THANKS,
                                           FLOW_DECLINED_QUIET};
    struct flow *flow = &f->preview->flow;
    flow_forget(flow);
    flow_hear(flow, FLOW_START, 0, 1);
    compare(f, "language");
    flow_hear(flow, FLOW_CHOOSE_LANGUAGE, language, 1);
    while (flow->state == FLOW_WELCOME) {
        compare(f, "welcome");
        flow_hear(flow, FLOW_CHOOSE, 0, 1);
        if (!flow_hear(flow, FLOW_NEXT, 0, 1)) {
            flow_hear(flow, FLOW_AGREE, 0, 1);
        }
    }
    assert_int_equal(flow->state, FLOW_QUESTION);
    compare_questions(f);
    for (f->panel = PANEL_LANGUAGE; f->panel <= PANEL_WHO; f->panel++) {
        compare(f, "panel");
    }
    f->panel = PANEL_NONE;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        flow->state = ends[i];
        compare(f, "an end");
    }
    flow_forget(flow);
}

static void compare_questionnaire(const char *name) {
    struct fixture f = {.preview = pupil_preview(name)};
    check_fault(page_new(&f.lesson), FAULT_NONE);
    check_fault(page_new(&f.shown), FAULT_NONE);
    for (int i = 0; i < SCREEN_USUAL_SIZES * THEME_SIZES; i++) {
        f.view.size = i % THEME_SIZES;
        screen_dress(&f.theme, &f.fonts, i / THEME_SIZES, theme_percents[f.view.size]);
        picture_open(&f.picture, f.theme.width, f.theme.height);
        for (uint16_t language = 0; language < f.preview->flow.language_count; language++) {
            const char *code = f.preview->round->questionnaire->language[language].code;
            check_fault(strings_open(&f.strings, strings_language_of(code)), FAULT_NONE);
            compare_all(&f, language);
            strings_close(&f.strings);
        }
        picture_close(&f.picture);
        font_close(&f.fonts);
    }
    assert_true(f.compared > 1000 && f.in_parts > 100 && f.pairs > 10 && f.hints > 10 &&
                f.cards > 100); /* else some were not seen */
    page_free(f.shown);
    page_free(f.lesson);
    preview_free(f.preview);
}

static void a_preview_of_the_secondary_schools_shows_the_pages_of_a_lesson(void **state) {
    (void)state;
    compare_questionnaire("secondary");
}

static void a_preview_of_the_primary_schools_shows_the_pages_of_a_lesson(void **state) {
    (void)state;
    compare_questionnaire("primary");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_preview_of_the_secondary_schools_shows_the_pages_of_a_lesson),
        cmocka_unit_test(a_preview_of_the_primary_schools_shows_the_pages_of_a_lesson),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
