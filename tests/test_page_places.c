/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/draw.h"
#include "kiosk/ui/face.h"
#include "screen.h"

/*
 * What is on every page is where it was on the page before; and where writing runs from the right, all of
 * it is mirrored, with what nobody translated lent from the first language.
 */

static struct paint_rect place_of_back(const struct screen *screen) {
    int panel = page_find(screen->page, ACTION_PANEL, PANEL_NONE);
    int back = panel != PAGE_NOTHING ? panel : page_find(screen->page, ACTION_PUPIL + FLOW_BACK, 0);
    assert_int_not_equal(back, PAGE_NOTHING);
    assert_false(screen->page->item[back].main);
    return screen->page->item[back].rect;
}

static int height_of_title(const struct screen *screen) {
    for (int i = 0; i < screen->page->item_count; i++) {
        if (screen->page->item[i].style == THEME_TITLE && screen->page->item[i].kind == PAGE_TEXT) {
            return screen->page->item[i].rect.y;
        }
    }
    return 0;
}

/* Back and the title stand as on the first page of the explanation; that one begins where reading begins. */
static void check_place(struct screen *screen, const char *name, const struct paint_rect *back, int title) {
    screen_build(screen, 0);
    struct paint_rect found = back == NULL ? (struct paint_rect){0} : place_of_back(screen);
    if (back != NULL &&
        (found.x != back->x || found.y != back->y || found.w != back->w || found.h != back->h)) {
        fail_msg("%s, language %d, %d: Back at %d,%d %dx%d instead of %d,%d %dx%d", name, screen->language,
                 screen->theme.width, found.x, found.y, found.w, found.h, back->x, back->y, back->w, back->h);
    }
    if (title != 0 && height_of_title(screen) != title) {
        fail_msg("%s, language %d, %d: title at %d instead of %d", name, screen->language,
                 screen->theme.width, height_of_title(screen), title);
    }
}

static void check_places_of_panels(struct screen *screen, const struct paint_rect *back, int title) {
    static const enum panel panels[] = {PANEL_LANGUAGE, PANEL_VIEW, PANEL_LISTEN, PANEL_WHO};
    for (size_t i = 0; i < sizeof panels / sizeof *panels; i++) {
        screen->panel = panels[i];
        check_place(screen, "panel", back, panels[i] == PANEL_VIEW ? 0 : title); /* that one may be packed */
    }
    screen->panel = PANEL_NONE;
}

static void check_places(struct screen *screen) {
    screen_start(screen, 2);
    screen_hear(screen, FLOW_START, 0);
    screen_hear(screen, FLOW_CHOOSE_LANGUAGE, 1);
    screen_build(screen, 0);
    struct paint_rect back = place_of_back(screen);
    int title = height_of_title(screen);
    assert_int_equal(screen->page->from_right ? screen->theme.width - back.x - back.w : back.x,
                     screen->theme.column_x);
    assert_int_equal(back.y + back.h, screen->theme.height - screen->theme.margin);
    screen_hear(screen, FLOW_NEXT, 0);
    check_place(screen, "who", &back, title);
    screen_hear(screen, FLOW_AGREE, 0);
    check_places_of_panels(screen, &back, title);
    for (; screen->flow.state == FLOW_QUESTION;
         screen_hear(screen, flow_look(&screen->flow).note ? FLOW_NEXT : FLOW_SKIP, 0)) {
        check_place(screen, "question", &back, 0);
    }
    check_place(screen, "check", &back, title);
    screen_hear(screen, FLOW_STOP, 0);
    check_place(screen, "stop", NULL, title);
    screen_hear(screen, FLOW_HIDE, 0);
    check_place(screen, "hidden", NULL, title);
    screen_start(screen, 2);
    screen_hear(screen, FLOW_START, 0);
    if (screen->language == STRINGS_NL) { /* the language that this page is in before one is chosen */
        check_place(screen, "language", &back, title);
    }
    screen_hear(screen, FLOW_CHOOSE_LANGUAGE, 1);
    screen_hear(screen, FLOW_DECLINE, 0);
    check_place(screen, "quiet", NULL, title);
}

static void back_and_titles_stand_in_one_place(void **state) {
    struct screen *screen = *state;
    for (enum strings_language language = STRINGS_NL; language < STRINGS_LANGUAGES; language++) {
        screen_set_second_language(screen, strings_code(language));
        for (int size = 0; size < SCREEN_USUAL_SIZES; size++) {
            screen_set_size(screen, size);
            screen->language = language;
            check_places(screen);
        }
    }
}

/* With a code that is written from the right and has no texts of ours, the same Dutch page, mirrored. */
static void a_page_from_right_to_left_is_the_mirror_of_the_other(void **state) {
    struct screen *screen = *state;
    struct page *kept = malloc(sizeof *kept);
    assert_non_null(kept);
    screen_set_second_language(screen, "xx");
    screen_agree(screen, 1);
    screen_build(screen, 0);
    *kept = *screen->page;
    screen_set_second_language(screen, "he");
    screen_build(screen, 0);
    assert_true(screen->page->from_right && !kept->from_right);
    assert_int_equal(screen->page->item_count, kept->item_count);
    for (int i = 0; i < kept->item_count; i++) {
        const struct page_item *one = &kept->item[i];
        const struct page_item *other = &screen->page->item[i];
        assert_int_equal(other->rect.x, screen->theme.width - one->rect.x - one->rect.w);
        assert_int_equal(other->rect.y, one->rect.y);
        assert_int_equal(other->action, one->action);
        assert_string_equal(page_text(screen->page, other), page_text(kept, one));
    }
    free(kept);
}

/* A question that nobody translated is asked in the first language, and says so. */
static void what_is_not_translated_is_lent_and_marked(void **state) {
    struct screen *screen = *state;
    struct questionnaire *questionnaire = screen->sample->round->questionnaire;
    screen_set_second_language(screen, "ar");
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        free(questionnaire->item[i].label.in[1]);
        questionnaire->item[i].label.in[1] = NULL;
    }
    screen_agree(screen, 1);
    screen_build(screen, 0);
    char expected[QUESTIONNAIRE_TEXT_SIZE + 8];
    snprintf(expected, sizeof expected, "[NL] %s", questionnaire->item[screen->flow.item].label.in[0]);
    bool found = false;
    for (int i = 0; i < screen->page->item_count; i++) {
        const struct page_item *item = &screen->page->item[i];
        if (strcmp(page_text(screen->page, item), expected) == 0) {
            found = true;
            assert_false(screen->page->line[item->line_first].from_right);
        }
    }
    assert_true(found && screen->page->from_right);
    screen_agree(screen, 0);
    screen_build(screen, 0);
    for (int i = 0; i < screen->page->item_count; i++) {
        assert_null(strstr(page_text(screen->page, &screen->page->item[i]), "[NL]"));
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
    struct screen *screen = *state;
    struct picture picture;
    screen_set_second_language(screen, "he");
    screen_agree(screen, 1);
    picture_open(&picture, screen->theme.width, screen->theme.height);
    for (int tries = 0; tries < 9 && page_card(screen->page, 1) == PAGE_NOTHING; tries++) {
        screen_build(screen, 0);
        if (page_card(screen->page, 1) == PAGE_NOTHING) {
            screen_hear(screen, FLOW_NEXT, 0);
        }
    }
    picture_draw(&picture, screen->page, &screen->theme, &screen->fonts);
    int card = page_card(screen->page, 1);
    assert_int_not_equal(card, PAGE_NOTHING);
    struct paint_rect rect = screen->page->item[card].rect;
    int edge = screen->theme.border + screen->theme.radius;
    int indent = draw_card_indent(&screen->theme, FACE_NONE);
    assert_true(
        is_inked(&picture, rect.x + rect.w - indent, rect.y + edge, indent - edge, rect.h - 2 * edge));
    assert_true(is_inked(&picture, rect.x + rect.w - 2 * indent, rect.y + edge, indent, rect.h - 2 * edge));
    assert_false(is_inked(&picture, rect.x + edge, rect.y + edge, indent, rect.h - 2 * edge));
    picture_close(&picture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(back_and_titles_stand_in_one_place, screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(a_page_from_right_to_left_is_the_mirror_of_the_other, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_translated_is_lent_and_marked, screen_setup,
                                        screen_teardown),
        cmocka_unit_test_setup_teardown(marks_texts_and_progress_begin_at_the_right, screen_setup,
                                        screen_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
