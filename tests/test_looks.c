/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/draw.h"
#include "kiosk/ui/face.h"
#include "sample_questionnaire.h"
#include "screen.h"

/*
 * How pages look, in each of the looks: colours with their contrast, a choice that nobody beside it sees,
 * a ring that everybody sees, and nothing left of a pupil.
 */

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

static void see_a_choice(struct screen *screen, uint16_t item) {
    struct picture open;
    struct picture chosen;
    screen_go_to(screen, item);
    screen_draw(screen, &open);
    screen_hear(screen, FLOW_CHOOSE, 1);
    screen_draw(screen, &chosen);
    double difference = picture_difference(&open, &chosen);
    assert_true(difference > 0);
    assert_true(difference <= 10);
    picture_close(&open);
    picture_close(&chosen);
}

static void a_choice_changes_at_most_one_hundredth_of_the_grey(void **state) {
    struct screen *screen = *state;
    for (int size = 0; size < SCREEN_SIZES; size++) {
        for (enum theme_look look = 0; look < THEME_LOOKS; look++) {
            screen_set_percent(screen, size, look == THEME_CONTRAST ? 125 : 100);
            screen->theme.look = look;
            see_a_choice(screen, SAMPLE_SAFE_HALL);
            see_a_choice(screen, SAMPLE_HAPPENED);
        }
    }
}

/* What stands in the middle of the mark of an answer. */
static uint32_t inside_mark(struct screen *screen, uint16_t option) {
    struct picture picture;
    screen_draw(screen, &picture);
    struct paint_rect rect = screen->page->item[page_card(screen->page, option + 1)].rect;
    int x = rect.x + screen->theme.unit / 40 + draw_mark_size(&screen->theme) / 2;
    uint32_t pixel = picture_pixel(&picture, x, rect.y + rect.h / 2);
    picture_close(&picture);
    return pixel;
}

/* Who does not see a fill that is a little darker sees the mark. */
static void a_chosen_answer_is_told_by_a_mark_in_every_look(void **state) {
    static const uint16_t items[] = {SAMPLE_SAFE_HALL, SAMPLE_HAPPENED};
    struct screen *screen = *state;
    for (int i = 0; i < 2 * THEME_LOOKS; i++) {
        screen->theme.look = (enum theme_look)(i / 2);
        screen_go_to(screen, items[i % 2]);
        assert_int_equal(inside_mark(screen, 1), screen_rgb(screen, THEME_CARD));
        screen_hear(screen, FLOW_CHOOSE, 1);
        assert_int_equal(inside_mark(screen, 1), screen_rgb(screen, THEME_INK));
        assert_int_equal(inside_mark(screen, 0), screen_rgb(screen, THEME_CARD));
    }
}

/* From a target outwards: the gap, and then so many pixels of the ring. */
static void the_ring_is_seen_as_thick_and_as_far_away_as_it_should_be(void **state) {
    struct screen *screen = *state;
    for (int i = 0; i < SCREEN_SIZES * THEME_LOOKS; i++) {
        struct picture picture;
        screen_set_size(screen, i / THEME_LOOKS);
        screen->theme.look = (enum theme_look)(i % THEME_LOOKS);
        screen_go_to(screen, SAMPLE_SAFE_HALL);
        screen_build(screen, 0);
        page_walk(screen->page, PAGE_NEXT);
        picture_open(&picture, screen->theme.width, screen->theme.height);
        picture_draw(&picture, screen->page, &screen->theme, &screen->fonts);
        struct paint_rect rect = screen->page->item[screen->page->focus].rect;
        int y = rect.y + rect.h / 2;
        int gap = 0;
        int ring = 0;
        while (gap < rect.x &&
               picture_pixel(&picture, rect.x - 1 - gap, y) == screen_rgb(screen, THEME_PAPER)) {
            gap++;
        }
        while (picture_pixel(&picture, rect.x - 1 - gap - ring, y) == screen_rgb(screen, THEME_FOCUS)) {
            ring++;
        }
        assert_in_range(gap, 2, 4);
        assert_true(ring >= 5 && ring >= 2 * screen->theme.border);
        picture_close(&picture);
    }
}

/* The colours whose contrast is measured are those of the letters on the dark button, and of the faces. */
static void letters_on_the_dark_button_and_faces_have_the_colours_that_are_measured(void **state) {
    struct screen *screen = *state;
    screen->sample->round->questionnaire->item[SAMPLE_SAFE_HALL].faces = true;
    for (screen->theme.look = 0; screen->theme.look < THEME_LOOKS; screen->theme.look++) {
        struct picture picture;
        screen_go_to(screen, SAMPLE_SAFE_HALL);
        screen_draw(screen, &picture);
        struct paint_rect next = screen->page->item[page_find(screen->page, ACTION_PUPIL + FLOW_NEXT, 0)]
                                     .rect; /* the main button */
        struct paint_rect card = screen->page->item[page_card(screen->page, 1)].rect;
        card.x += draw_card_indent(&screen->theme, FACE_NONE);
        card.w = draw_card_indent(&screen->theme, FACE_WIDEST) - draw_card_indent(&screen->theme, FACE_NONE);
        assert_true(screen_is_painted(screen, &picture, next, THEME_FOCUS));
        assert_true(screen_is_painted(screen, &picture, next, THEME_CARD));
        assert_true(screen_is_painted(screen, &picture, card, THEME_INK));
        picture_close(&picture);
    }
}

static void after_the_thanks_the_screen_is_that_of_before_the_first_pupil(void **state) {
    struct screen *screen = *state;
    struct picture first;
    struct picture last;
    screen_start(screen, 2);
    screen_draw(screen, &first);
    screen_hear(screen, FLOW_START, 0);
    screen_hear(screen, FLOW_CHOOSE_LANGUAGE, 1);
    screen_hear(screen, FLOW_AGREE, 0);
    screen_hear(screen, FLOW_NEXT, 0);
    screen_hear(screen, FLOW_CHOOSE, 1);
    screen_hear(screen, FLOW_STOP, 0);
    screen_hear(screen, FLOW_STOP_SEND, 0);
    screen_hear(screen, FLOW_SAVED, 0);
    screen_hear(screen, FLOW_LEAVE, 0);
    screen_draw(screen, &last);
    assert_int_equal(picture_pixels_apart(&first, &last), 0);
    picture_close(&first);
    picture_close(&last);
}

static void yes_and_no_look_the_same(void **state) {
    struct screen *screen = *state;
    screen_start(screen, 1);
    screen_hear(screen, FLOW_START, 0);
    while (flow_look(&screen->flow).page != FLOW_PAGE_ASK) {
        screen_hear(screen, flow_look(&screen->flow).page == FLOW_PAGE_PRACTICE ? FLOW_SKIP : FLOW_NEXT, 0);
    }
    screen_build(screen, 0);
    const struct page_item *yes = &screen->page->item[page_find(screen->page, ACTION_PUPIL + FLOW_AGREE, 0)];
    const struct page_item *no = &screen->page->item[page_find(screen->page, ACTION_PUPIL + FLOW_DECLINE, 0)];
    assert_int_equal(yes->rect.w, no->rect.w);
    assert_int_equal(yes->rect.h, no->rect.h);
    assert_false(yes->main || no->main);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_colours_have_the_contrast_they_promise),
        cmocka_unit_test_setup_teardown(a_choice_changes_at_most_one_hundredth_of_the_grey, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(a_chosen_answer_is_told_by_a_mark_in_every_look, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(the_ring_is_seen_as_thick_and_as_far_away_as_it_should_be,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(
            letters_on_the_dark_button_and_faces_have_the_colours_that_are_measured, screen_setup,
            screen_teardown),
        cmocka_unit_test_setup_teardown(after_the_thanks_the_screen_is_that_of_before_the_first_pupil,
                                        screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(yes_and_no_look_the_same, screen_setup, screen_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
