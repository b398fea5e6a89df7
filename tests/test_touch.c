/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <SDL.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench/pupil.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/window.h"
#include "platform/file.h"
#include "sample_questionnaire.h"

/* Fingers, as SDL tells of those on a touch screen, on a preview; SDL draws into memory. */

enum { WIDTH = 1024, HEIGHT = 768, ONE = 11, OTHER = 12, MOST_TOUCHES = 200 };

static struct window window;
static struct stage stage;
static struct preview *preview;

static struct questionnaire *questionnaire_file(char *path) {
    struct bytes_buffer content = {0};
    struct questionnaire *questionnaire = sample_questionnaire();
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    check_fault(questionnaire_encode(&content, questionnaire), FAULT_NONE);
    check_fault(file_write(path, bytes_buffer_view(&content), FILE_PRIVATE), FAULT_NONE);
    bytes_buffer_release(&content);
    return questionnaire;
}

static void settle(void) {
    do {
        stage_refresh(&stage, window_now_ms());
    } while (stage_work(&stage, window_now_ms()));
    stage.changed_ms = 0; /* not deaf: here every touch counts */
}

static int set_up(void **state) {
    (void)state;
    char path[] = "/tmp/test_touch-XXXXXX";
    struct window_setup glass = {.windowed = true, .width = WIDTH, .height = HEIGHT};
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    questionnaire_free(questionnaire_file(path));
    check_fault(preview_open(&preview, path), FAULT_NONE);
    unlink(path);
    check_fault(window_open(&window, &glass), FAULT_NONE);
    SDL_Delay(STAGE_DEAF_MS + 1); /* the clock begins with the window; see settle() */
    struct stage_setup setup = {.preview = preview, .width = WIDTH, .height = HEIGHT};
    check_fault(stage_open(&stage, &setup, window_now_ms()), FAULT_NONE);
    settle();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    stage_close(&stage);
    window_close(&window);
    preview = preview_free(preview);
    return 0;
}

static void hear_everything(void) {
    while (window_has_more()) {
        window_wait(&window, &stage, 0);
        settle();
    }
}

static void finger(uint32_t type, SDL_FingerID id, int x, int y) {
    SDL_Event event = {.type = type};
    event.tfinger.touchId = 1;
    event.tfinger.fingerId = id;
    event.tfinger.x = ((float)x + 0.5F) / WIDTH;
    event.tfinger.y = ((float)y + 0.5F) / HEIGHT;
    assert_int_equal(SDL_PushEvent(&event), 1);
    hear_everything();
}

/* What SDL makes out of a finger where it is told to, and some systems by themselves. */
static void made_up_mouse(uint32_t type, int x, int y) {
    SDL_Event event = {.type = type};
    event.button.button = SDL_BUTTON_LEFT;
    event.button.which = SDL_TOUCH_MOUSEID;
    event.button.x = x;
    event.button.y = y;
    assert_int_equal(SDL_PushEvent(&event), 1);
    hear_everything();
}

static struct paint_rect place_of(int item) {
    assert_int_not_equal(item, PAGE_NOTHING);
    return stage.page->item[item].rect;
}

static void tap(int item) {
    struct paint_rect rect = place_of(item);
    finger(SDL_FINGERDOWN, ONE, rect.x + rect.w / 2, rect.y + rect.h / 2);
    finger(SDL_FINGERUP, ONE, rect.x + rect.w / 2 + 6,
           rect.y + rect.h / 2 - 4); /* nobody's finger lies still */
}

static void to_a_question(void) {
    for (int i = 0; i < MOST_TOUCHES; i++) {
        struct flow_view view = flow_look(&preview->flow);
        if (view.state == FLOW_QUESTION && !view.note) {
            return;
        }
        tap(pupil_wants(&stage, 0));
    }
    fail_msg("no question comes");
}

static int answer(int option) {
    return page_find(stage.page, ACTION_PUPIL + FLOW_CHOOSE, option);
}

static bool chosen(uint16_t option) {
    return flow_is_chosen(&preview->flow, option);
}

static void a_whole_questionnaire_is_answered_by_touch(void **state) {
    (void)state;
    bool thanked = false;
    for (int i = 0; i < MOST_TOUCHES && !(thanked && preview->flow.state == FLOW_READY); i++) {
        tap(pupil_wants(&stage, 1));
        thanked = thanked || preview->flow.state == FLOW_THANKS;
    }
    assert_true(thanked);
    assert_int_equal(preview->flow.state, FLOW_READY);
}

static void a_second_finger_changes_nothing(void **state) {
    (void)state;
    to_a_question();
    struct paint_rect first = place_of(answer(0));
    struct paint_rect second = place_of(answer(1));
    finger(SDL_FINGERDOWN, ONE, first.x + 9, first.y + 9);
    finger(SDL_FINGERDOWN, OTHER, second.x + 9, second.y + 9);
    finger(SDL_FINGERUP, OTHER, second.x + 9, second.y + 9);
    assert_false(chosen(0) || chosen(1));
    finger(SDL_FINGERUP, ONE, first.x + 9, first.y + 9);
    assert_true(chosen(0));
    assert_false(chosen(1));
}

static void what_is_released_elsewhere_or_was_pressed_nowhere_does_nothing(void **state) {
    (void)state;
    to_a_question();
    struct paint_rect first = place_of(answer(0));
    struct paint_rect second = place_of(answer(1));
    finger(SDL_FINGERDOWN, ONE, first.x + 9, first.y + 9);
    finger(SDL_FINGERUP, ONE, second.x + 9, second.y + 9);
    finger(SDL_FINGERDOWN, ONE, 1, HEIGHT / 2);
    finger(SDL_FINGERUP, ONE, first.x + 9, first.y + 9);
    finger(SDL_FINGERUP, ONE, second.x + 9, second.y + 9);
    assert_false(chosen(0) || chosen(1));
}

/* Held for long, with others coming and going: it is a touch like any other. */
static void a_long_press_is_one_touch(void **state) {
    (void)state;
    to_a_question();
    struct paint_rect rect = place_of(answer(1));
    finger(SDL_FINGERDOWN, ONE, rect.x + 9, rect.y + 9);
    window.touched_ms -= 9000;
    stage_tick(&stage, window_now_ms());
    settle();
    finger(SDL_FINGERUP, ONE, rect.x + 9, rect.y + 9);
    assert_true(chosen(1));
}

/* One whose leaving nobody told, as when a screen is pulled out, does not keep the others away for ever. */
static void a_finger_that_was_never_lifted_makes_way(void **state) {
    (void)state;
    to_a_question();
    struct paint_rect rect = place_of(answer(1));
    finger(SDL_FINGERDOWN, ONE, 1, 1);
    window.touched_ms -= 20000;
    finger(SDL_FINGERDOWN, OTHER, rect.x + 9, rect.y + 9);
    finger(SDL_FINGERUP, OTHER, rect.x + 9, rect.y + 9);
    assert_true(chosen(1));
}

/* A choice of several is taken back by a second touch: heard twice, one touch would be none. */
static void a_mouse_made_of_a_finger_is_not_heard(void **state) {
    (void)state;
    to_a_question();
    struct paint_rect rect = place_of(answer(1));
    made_up_mouse(SDL_MOUSEBUTTONDOWN, rect.x + 9, rect.y + 9);
    made_up_mouse(SDL_MOUSEBUTTONUP, rect.x + 9, rect.y + 9);
    assert_false(chosen(1));
    assert_string_equal(SDL_GetHint(SDL_HINT_TOUCH_MOUSE_EVENTS), "0");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_whole_questionnaire_is_answered_by_touch, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_finger_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_released_elsewhere_or_was_pressed_nowhere_does_nothing,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_press_is_one_touch, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_finger_that_was_never_lifted_makes_way, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mouse_made_of_a_finger_is_not_heard, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
