/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <SDL.h>
#include <stdlib.h>
#include <unistd.h>

#include "kiosk/preview.h"
#include "kiosk/ui/action.h"
#include "kiosk/ui/stage.h"
#include "kiosk/ui/window.h"
#include "platform/file.h"
#include "sample_questionnaire.h"

/*
 * A window that the session draws out over two screens, as cage does: the page stays on the first of them.
 * SDL draws into memory; how many screens there are, and where, is told here. tests/screens/two_outputs is
 * the same with the real session.
 */

enum { FIRST = 600 }; /* how wide the first screen is; the second has the rest of the window */

static int displays;
static SDL_Rect bounds[2];
static struct window window;
static struct stage stage;
static struct preview *preview;

int __wrap_SDL_GetNumVideoDisplays(void);
int __wrap_SDL_GetDisplayBounds(int index, SDL_Rect *rect);

int __wrap_SDL_GetNumVideoDisplays(void) {
    return displays;
}

int __wrap_SDL_GetDisplayBounds(int index, SDL_Rect *rect) {
    if (index < 0 || index >= displays) {
        return -1;
    }
    *rect = bounds[index];
    return 0;
}

static void open_preview(void) {
    char path[] = "/tmp/test_window-XXXXXX";
    struct bytes_buffer content = {0};
    struct questionnaire *questionnaire = sample_questionnaire();
    int file = mkstemp(path);
    assert_true(file >= 0 && close(file) == 0);
    check_fault(questionnaire_encode(&content, questionnaire), FAULT_NONE);
    check_fault(file_write(path, bytes_buffer_view(&content), FILE_PRIVATE), FAULT_NONE);
    check_fault(preview_open(&preview, path), FAULT_NONE);
    bytes_buffer_release(&content);
    questionnaire_free(questionnaire);
    (void)unlink(path);
}

/* With the screens as told; the stage is as large as the page. */
static void open_all(int screens) {
    struct window_setup glass = {0};
    struct stage_setup setup = {.preview = preview};
    displays = screens;
    check_fault(window_open(&window, &glass), FAULT_NONE);
    window_size(&window, &setup.width, &setup.height);
    check_fault(stage_open(&stage, &setup, window_now_ms()), FAULT_NONE);
    (void)stage_refresh(&stage, window_now_ms());
    SDL_Delay(STAGE_DEAF_MS + 1); /* right after a page has come, it is deaf */
    (void)SDL_FillRect(SDL_GetWindowSurface(window.handle), NULL, 0xFFFFFFFF); /* what was there before */
    assert_true(window_draw(&window, &stage));
}

static void close_all(void) {
    stage_close(&stage);
    window_close(&window);
}

static int set_up(void **state) {
    (void)state;
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    bounds[0] = (SDL_Rect){0, 0, FIRST, 768};
    bounds[1] = (SDL_Rect){FIRST, 0, 1024 - FIRST, 768};
    open_preview();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    close_all();
    preview = preview_free(preview);
    return 0;
}

static uint32_t pixel(int x, int y) {
    const SDL_Surface *surface = SDL_GetWindowSurface(window.handle);
    return ((const uint32_t *)(const void *)((const uint8_t *)surface->pixels + y * surface->pitch))[x] &
           0xFFFFFF;
}

static void a_page_stays_on_the_first_screen_and_the_second_is_black(void **state) {
    int width = 0;
    int height = 0;
    (void)state;
    open_all(2);
    window_size(&window, &width, &height);
    assert_int_equal(width, FIRST);
    assert_int_equal(height, 768);
    assert_int_equal(window.others, 1);
    for (int y = 0; y < 768; y++) {
        for (int x = FIRST; x < 1024; x++) {
            assert_int_equal(pixel(x, y), 0);
        }
    }
    struct theme_rgb paper = theme_rgb_of(THEME_PAPER);
    assert_int_equal(pixel(0, 0), (uint32_t)paper.r << 16 | (uint32_t)paper.g << 8 | paper.b);
    assert_int_equal(pixel(FIRST - 1, 767), pixel(0, 0));
}

/* Both show the same: the page has all of the window, and the mentor is told. */
static void a_page_that_is_mirrored_keeps_all_of_the_window(void **state) {
    int width = 0;
    int height = 0;
    (void)state;
    bounds[0] = bounds[1] = (SDL_Rect){0, 0, 1024, 768};
    open_all(2);
    window_size(&window, &width, &height);
    assert_int_equal(width, 1024);
    assert_int_equal(window.others, 1);
    assert_int_not_equal(pixel(1023, 767), 0);
}

static void click(int x, int y) {
    for (int i = 0; i < 2; i++) {
        SDL_Event event = {.button = {.type = i == 0 ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP,
                                      .windowID = SDL_GetWindowID(window.handle),
                                      .button = SDL_BUTTON_LEFT,
                                      .x = x,
                                      .y = y}};
        SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
        assert_int_equal(SDL_PushEvent(&event), 1);
        while (window_wait(&window, &stage, 0) != WINDOW_HEARD) {
        }
    }
    (void)stage_refresh(&stage, window_now_ms());
}

/* The first screen is at the right: what is touched is what is seen there. */
static void touching_means_what_is_seen_wherever_the_page_is(void **state) {
    (void)state;
    bounds[0] = (SDL_Rect){1024 - FIRST, 0, FIRST, 768};
    bounds[1] = (SDL_Rect){0, 0, 1024 - FIRST, 768};
    open_all(2);
    assert_int_equal(window.page.x, 1024 - FIRST);
    assert_int_equal(pixel(0, 0), 0);
    int start = page_find(stage.page, ACTION_PUPIL + FLOW_START, 0);
    assert_int_not_equal(start, PAGE_NOTHING);
    struct paint_rect place = stage.page->item[start].rect;
    click(place.x + place.w / 2 - (1024 - FIRST), place.y + place.h / 2); /* where it would be without */
    assert_int_equal(flow_look(stage_flow(&stage)).state, FLOW_READY);
    click(place.x + place.w / 2 + 1024 - FIRST, place.y + place.h / 2);
    assert_int_equal(flow_look(stage_flow(&stage)).state, FLOW_LANGUAGE);
}

/* The projector is plugged in and pulled out while the page is there. */
static void a_screen_that_comes_and_goes_moves_the_page(void **state) {
    SDL_Event news = {.display = {.type = SDL_DISPLAYEVENT, .event = SDL_DISPLAYEVENT_CONNECTED}};
    int width = 0;
    int height = 0;
    (void)state;
    open_all(1);
    window_size(&window, &width, &height);
    assert_int_equal(width, 1024);
    for (int screens = 2; screens >= 1; screens--) {
        displays = screens;
        SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
        assert_int_equal(SDL_PushEvent(&news), 1);
        assert_int_equal(window_wait(&window, &stage, 0), WINDOW_RESIZED);
        window_size(&window, &width, &height);
        assert_int_equal(width, screens == 2 ? FIRST : 1024);
        assert_int_equal(window.others, screens - 1);
    }
}

static void press_key(SDL_Scancode code, SDL_Keymod modifiers) {
    SDL_Event event = {.type = SDL_KEYDOWN};
    event.key.windowID = SDL_GetWindowID(window.handle);
    event.key.keysym.scancode = code;
    event.key.keysym.mod = (uint16_t)modifiers;
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    assert_int_equal(SDL_PushEvent(&event), 1);
    assert_int_equal(window_wait(&window, &stage, 0), WINDOW_HEARD);
    (void)stage_refresh(&stage, window_now_ms());
    stage.changed_ms = 0; /* not deaf */
}

/* As in a browser: for keyboards without Page keys. */
static void control_and_an_arrow_turn_the_pages(void **state) {
    const struct flow *flow;
    (void)state;
    open_all(1);
    flow = stage_flow(&stage);
    press_key(SDL_SCANCODE_RETURN, KMOD_NONE);
    while (flow_look(flow).state == FLOW_LANGUAGE) {
        press_key(SDL_SCANCODE_TAB, KMOD_NONE);
        press_key(SDL_SCANCODE_RETURN, KMOD_NONE);
    }
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_WHAT);
    press_key(SDL_SCANCODE_RIGHT, KMOD_NONE); /* alone it moves the ring */
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_WHAT);
    press_key(SDL_SCANCODE_RIGHT, KMOD_LCTRL);
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_WHO);
    press_key(SDL_SCANCODE_RIGHT, KMOD_RCTRL);
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_HELP);
    press_key(SDL_SCANCODE_LEFT, KMOD_LCTRL);
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_WHO);
    press_key(SDL_SCANCODE_PAGEUP, KMOD_NONE);
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_WHAT);
}

/* Nothing that a child presses puts another window over the page, or this one away. */
static void the_page_keeps_the_keyboard_and_the_screen(void **state) {
    static const char *const off[] = {
        SDL_HINT_ALLOW_ALT_TAB_WHILE_GRABBED, SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS,
        SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, SDL_HINT_VIDEO_ALLOW_SCREENSAVER,
        SDL_HINT_FRAMEBUFFER_ACCELERATION}; /* the last: not a hundred megabytes to show a bitmap */
    SDL_Event back = {.window = {.type = SDL_WINDOWEVENT, .event = SDL_WINDOWEVENT_FOCUS_GAINED}};
    (void)state;
    open_all(1);
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) {
        assert_string_equal(SDL_GetHint(off[i]), "0");
    }
    assert_true((SDL_GetWindowFlags(window.handle) & SDL_WINDOW_KEYBOARD_GRABBED) != 0);
    SDL_SetWindowKeyboardGrab(window.handle, SDL_FALSE); /* the system took it */
    back.window.windowID = SDL_GetWindowID(window.handle);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    assert_int_equal(SDL_PushEvent(&back), 1);
    assert_int_equal(window_wait(&window, &stage, 0), WINDOW_EXPOSED);
    assert_true((SDL_GetWindowFlags(window.handle) & SDL_WINDOW_KEYBOARD_GRABBED) != 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_page_stays_on_the_first_screen_and_the_second_is_black, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_page_that_is_mirrored_keeps_all_of_the_window, set_up, tear_down),
        cmocka_unit_test_setup_teardown(touching_means_what_is_seen_wherever_the_page_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_screen_that_comes_and_goes_moves_the_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(control_and_an_arrow_turn_the_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_keeps_the_keyboard_and_the_screen, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
