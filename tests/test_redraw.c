/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/redraw.h"

#include <SDL.h>

#include "check.h"
#include "screen.h"

/*
 * What is drawn again is only what looks different, and the picture is the one that drawing everything gives.
 * tests/test_storm.c compares the same after thousands of things that hands do.
 */

struct glass {
    struct redraw redraw;
    struct picture changed, whole;
    struct paint_rect place[REDRAW_PLACES];
    size_t count;
};

static void glass_open(struct glass *out, const struct screen *screen) {
    memset(out, 0, sizeof *out);
    check_fault(redraw_init(&out->redraw), FAULT_NONE);
    picture_open(&out->changed, screen->theme.width, screen->theme.height);
    picture_open(&out->whole, screen->theme.width, screen->theme.height);
}

static void glass_close(struct glass *glass) {
    redraw_release(&glass->redraw);
    picture_close(&glass->changed);
    picture_close(&glass->whole);
}

/* The first question with answers, and nothing chosen. */
static void ask(struct screen *screen) {
    uint16_t item = 0;
    while (screen->flow.questionnaire->item[item].kind == QUESTIONNAIRE_NOTE) {
        item++;
    }
    screen_go_to(screen, item);
    screen_build(screen, 0);
    assert_in_range(screen_count_cards(screen->page), 2, REDRAW_PLACES);
}

/* The page as it is now, in both ways. */
static void show(struct glass *glass, const struct screen *screen) {
    glass->count = redraw_page(&glass->redraw, glass->place, glass->changed.surface, screen->page,
                               &screen->theme, &screen->fonts);
    picture_draw(&glass->whole, screen->page, &screen->theme, &screen->fonts);
    assert_in_range(glass->count, 1, REDRAW_PLACES);
    assert_int_equal(picture_pixels_apart(&glass->changed, &glass->whole), 0);
}

static bool is_whole(const struct glass *glass, const struct screen *screen) {
    return glass->count == 1 && glass->place[0].w == screen->theme.width &&
           glass->place[0].h == screen->theme.height;
}

/* In hundredths of the screen. */
static int share(const struct glass *glass, const struct screen *screen) {
    int64_t pixels = 0;
    for (size_t i = 0; i < glass->count; i++) {
        pixels += (int64_t)glass->place[i].w * glass->place[i].h;
    }
    return (int)(100 * pixels / screen->theme.width / screen->theme.height);
}

/* A question is on the glass, drawn whole. */
static void begin(struct glass *glass, struct screen *screen) {
    ask(screen);
    glass_open(glass, screen);
    show(glass, screen);
    assert_true(is_whole(glass, screen));
}

static void walk_round(struct glass *glass, struct screen *screen) {
    for (int i = 0; i <= screen->page->item_count; i++) {
        page_walk(screen->page, PAGE_NEXT_CARD);
        show(glass, screen);
        assert_false(is_whole(glass, screen));
        assert_in_range(share(glass, screen), 0, 40);
    }
}

static void a_ring_that_goes_on_is_drawn_where_it_was_and_where_it_is(void **state) {
    struct screen *screen = *state;
    struct glass glass;
    screen_set_size(screen, 0);
    for (uint16_t language = 0; language < 2; language++) {
        screen_agree(screen, language);
        screen_build(screen, 0);
        glass_open(&glass, screen);
        show(&glass, screen);
        assert_true(is_whole(&glass, screen));
        walk_round(&glass, screen);
        glass_close(&glass);
    }
}

static void a_group_that_a_switch_comes_to_is_ringed_and_left(void **state) {
    struct screen *screen = *state;
    struct glass glass;
    begin(&glass, screen);
    int first = page_card(screen->page, 1);
    screen->page->focus = first;
    screen->page->focus_end = first + screen_count_cards(screen->page);
    show(&glass, screen);
    screen->page->focus_end = 0;
    show(&glass, screen);
    assert_false(is_whole(&glass, screen));
    screen->page->focus = PAGE_NOTHING;
    show(&glass, screen);
    assert_false(is_whole(&glass, screen));
    glass_close(&glass);
}

/* The ring stays around the same cards, but is another one: what they hold has grown. */
static void a_ring_that_grows_with_its_group_is_drawn_anew(void **state) {
    struct screen *screen = *state;
    struct glass glass;
    begin(&glass, screen);
    int first = page_card(screen->page, 1);
    screen->page->focus = first;
    screen->page->focus_end = first + 2;
    show(&glass, screen);
    screen->page->item[first + 1].rect.w -= screen->theme.target;
    screen->page->item[first].rect.w -= screen->theme.target;
    show(&glass, screen);
    screen->page->item[first + 1].rect.w += screen->theme.target;
    show(&glass, screen);
    glass_close(&glass);
}

static void an_answer_that_is_chosen_and_taken_back_is_drawn_alone(void **state) {
    struct screen *screen = *state;
    struct glass glass;
    for (int look = 0; look < THEME_LOOKS; look++) {
        screen->theme.look = (enum theme_look)look;
        begin(&glass, screen);
        for (int i = 1; i <= screen_count_cards(screen->page); i++) {
            screen->page->item[page_card(screen->page, i)].chosen = true;
            show(&glass, screen);
            assert_false(is_whole(&glass, screen));
            screen->page->item[page_card(screen->page, i)].chosen = false;
            show(&glass, screen);
            assert_false(is_whole(&glass, screen));
        }
        glass_close(&glass);
    }
    screen->theme.look = THEME_NORMAL;
}

static void what_is_read_aloud_is_marked_and_no_more(void **state) {
    struct screen *screen = *state;
    struct glass glass;
    ask(screen);
    glass_open(&glass, screen);
    uint16_t cards = (uint16_t)screen_count_cards(screen->page);
    for (int i = 0; i < screen->page->item_count; i++) {
        screen->page->item[i].voice = 0;
    }
    for (uint16_t voice = 1; voice <= cards; voice++) {
        screen->page->item[page_card(screen->page, voice)].voice = voice;
    }
    show(&glass, screen);
    for (uint16_t voice = 1; voice <= cards; voice++) {
        screen->page->reading = voice;
        show(&glass, screen);
        assert_false(is_whole(&glass, screen));
    }
    screen->page->reading = 0;
    show(&glass, screen);
    assert_false(is_whole(&glass, screen));
    glass_close(&glass);
}

static void another_page_or_another_look_is_drawn_whole(void **state) {
    struct screen *screen = *state;
    struct glass glass;
    begin(&glass, screen);
    screen_start(screen, 2);
    screen_build(screen, 0);
    show(&glass, screen);
    assert_true(is_whole(&glass, screen));
    screen->theme.look = THEME_DARK;
    show(&glass, screen);
    assert_true(is_whole(&glass, screen));
    screen->theme.look = THEME_NORMAL;
    show(&glass, screen);
    assert_true(is_whole(&glass, screen));
    glass_close(&glass);
}

/* What lay over the window is gone, or nothing looks different: drawn all the same, so that it mends itself. */
static void what_was_painted_over_comes_back(void **state) {
    struct screen *screen = *state;
    struct glass glass;
    begin(&glass, screen);
    SDL_FillRect(glass.changed.surface, NULL, 0x00FF00FF);
    show(&glass, screen);
    page_walk(screen->page, PAGE_NEXT_CARD);
    SDL_FillRect(glass.changed.surface, NULL, 0x00FF00FF);
    redraw_forget(&glass.redraw);
    assert_int_equal(glass.redraw.drawn->item_count, 0); /* nor is it kept any longer than it is there */
    show(&glass, screen);
    assert_true(is_whole(&glass, screen));
    glass_close(&glass);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ring_that_goes_on_is_drawn_where_it_was_and_where_it_is),
        cmocka_unit_test(a_group_that_a_switch_comes_to_is_ringed_and_left),
        cmocka_unit_test(a_ring_that_grows_with_its_group_is_drawn_anew),
        cmocka_unit_test(an_answer_that_is_chosen_and_taken_back_is_drawn_alone),
        cmocka_unit_test(what_is_read_aloud_is_marked_and_no_more),
        cmocka_unit_test(another_page_or_another_look_is_drawn_whole),
        cmocka_unit_test(what_was_painted_over_comes_back),
    };
    return cmocka_run_group_tests(tests, screen_setup, screen_teardown);
}
