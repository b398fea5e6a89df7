/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <SDL.h>
#include <stdlib.h>

#include "kiosk/ui/stage.h"
#include "kiosk/ui/window.h"
#include "sample_kiosk.h"

/*
 * A class full of hands on one kiosk: ten thousand events, as SDL gives them to the window. The sequence
 * follows from a seed, so that a failure comes back; SDL draws into memory.
 */

enum { EVENTS = 10000, PICTURE_EVERY = 100 };

static struct sample_kiosk kiosk;
static struct desk *desk;
static struct stage stage;
static uint64_t now;
static struct window window;
static uint32_t seed;

static void mentor(enum mentor_event event, uint16_t value) {
    desk_mentor(desk, event, value, now);
    desk_work(desk, now);
}

static uint32_t draw(uint32_t below) {
    seed = seed * 1664525U + 1013904223U;
    return (seed >> 8) % below;
}

static int set_up(void **state) {
    (void)state;
    SDL_setenv("SDL_VIDEODRIVER", "dummy", 1);
    struct window_setup glass = {.windowed = true, .width = 1024, .height = 768};
    check_fault(window_open(&window, &glass), FAULT_NONE);
    SDL_Delay(STAGE_DEAF_MS + 1); /* see turn() */
    now = window_now_ms();
    sample_kiosk_new(&kiosk);
    check_fault(desk_open(&desk, sample_kiosk_open(&kiosk), now), FAULT_NONE);
    struct stage_setup setup = {.desk = desk, .width = 1024, .height = 768};
    check_fault(stage_open(&stage, &setup, now), FAULT_NONE);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    stage_close(&stage);
    desk = desk_free(desk);
    sample_kiosk_release(&kiosk);
    window_close(&window);
    return 0;
}

static void open_class(void) {
    mentor(MENTOR_UNLOCK, 0);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        mentor(MENTOR_DIGIT, (uint16_t)(*digit - '0'));
    }
    mentor(MENTOR_ENTER, 0);
    mentor(MENTOR_PICK, 0);
    mentor(MENTOR_OPEN, 0);
    mentor(MENTOR_OPEN, 0); /* the sample's period may be over */
    assert_int_equal(desk_mentor_view(desk, now).state, MENTOR_PUPILS);
    stage.dirty = true;
}

static void push_button(void) {
    SDL_Event event = {0};
    int x = (int)draw(1024);
    int y = (int)draw(768);
    /* Half of them on something that can be touched, or nobody would ever come to the end. */
    int item = stage.page->item_count > 0 ? (int)draw((uint32_t)stage.page->item_count) : 0;
    /* And most of those on what leads on. */
    bool on = draw(4) != 0;
    for (int i = 0; on && i < stage.page->item_count; i++) {
        item = stage.page->item[i].main ? i : item;
    }
    if (draw(2) == 0 && stage.page->item_count > 0) {
        x = stage.page->item[item].rect.x + 3;
        y = stage.page->item[item].rect.y + 3;
    }
    event.button.button = draw(8) == 0 ? SDL_BUTTON_RIGHT : SDL_BUTTON_LEFT;
    event.button.x = x;
    event.button.y = y;
    event.type = SDL_MOUSEBUTTONDOWN;
    SDL_PushEvent(&event);
    event.type = SDL_MOUSEBUTTONUP;
    SDL_PushEvent(&event);
}

static void push_key(void) {
    static const SDL_Scancode codes[] = {
        SDL_SCANCODE_TAB,    SDL_SCANCODE_RETURN, SDL_SCANCODE_SPACE,  SDL_SCANCODE_LEFT,
        SDL_SCANCODE_RIGHT,  SDL_SCANCODE_UP,     SDL_SCANCODE_DOWN,   SDL_SCANCODE_PAGEDOWN,
        SDL_SCANCODE_PAGEUP, SDL_SCANCODE_ESCAPE, SDL_SCANCODE_F9,     SDL_SCANCODE_F10,
        SDL_SCANCODE_F12,    SDL_SCANCODE_1,      SDL_SCANCODE_2,      SDL_SCANCODE_9,
        SDL_SCANCODE_F4,     SDL_SCANCODE_Q,      SDL_SCANCODE_DELETE, SDL_SCANCODE_BACKSPACE};
    SDL_Event event = {.type = SDL_KEYDOWN};
    event.key.keysym.scancode = codes[draw(sizeof codes / sizeof codes[0])];
    event.key.keysym.mod = draw(4) == 0 ? (uint16_t)(KMOD_LCTRL | KMOD_LALT) : 0;
    event.key.repeat = draw(5) == 0;
    SDL_PushEvent(&event);
}

static void push_something(void) {
    static const uint32_t others[] = {SDL_MOUSEMOTION, SDL_MOUSEWHEEL, SDL_FINGERDOWN, SDL_TEXTINPUT,
                                      SDL_DROPFILE,    SDL_KEYUP,      SDL_USEREVENT};
    static const uint8_t windows[] = {SDL_WINDOWEVENT_EXPOSED, SDL_WINDOWEVENT_FOCUS_LOST,
                                      SDL_WINDOWEVENT_CLOSE, SDL_WINDOWEVENT_LEAVE};
    SDL_Event event = {0};
    switch (draw(8)) {
    case 0:
        event.type = others[draw(sizeof others / sizeof others[0])];
        SDL_PushEvent(&event);
        break;
    case 1:
        event.type = SDL_WINDOWEVENT;
        event.window.event = windows[draw(sizeof windows)];
        SDL_PushEvent(&event);
        break;
    case 2:
    case 3: push_key(); break;
    default: push_button(); break;
    }
}

/*
 * Nobody who does not know the PIN gets further than the pad for it, and nothing is stored that nobody sent.
 */
static void check_place(uint32_t limit) {
    enum mentor_state place = desk_mentor_view(desk, window_now_ms()).state;
    assert_true(place == MENTOR_PUPILS || place == MENTOR_PIN);
    assert_false(stage.over);
    assert_false(stage.page->overflow);
    assert_non_null(desk_session(desk));
    assert_in_range(session_count(desk_session(desk)), 0, limit);
}

static void turn(void) {
    stage.changed_ms = 0; /* not deaf: here everything counts */
    enum window_news news = window_wait(&window, &stage, 0);
    assert_int_not_equal(news, WINDOW_ENDED);
    stage.dirty = stage.dirty || news == WINDOW_EXPOSED;
    stage_refresh(&stage, window_now_ms());
    stage_work(&stage, window_now_ms());
    stage_refresh(&stage, window_now_ms());
}

static void ten_thousand_events_leave_the_kiosk_where_it_should_be(void **state) {
    (void)state;
    int seen[FLOW_STATES] = {0};
    open_class();
    uint32_t limit = session_head(desk_session(desk))->limit;
    stage_refresh(&stage, window_now_ms());
    seed = 20261;
    for (int i = 0; i < EVENTS; i++) {
        push_something();
        while (SDL_PollEvent(NULL)) {
            turn();
        }
        if (i % PICTURE_EVERY == 0) {
            assert_true(window_draw(&window, &stage));
        }
        check_place(limit);
        seen[session_flow(desk_session(desk))->state]++;
        if (desk_mentor_view(desk, window_now_ms()).state == MENTOR_PIN) {
            mentor(MENTOR_BACK, 0); /* the mentor sees it and turns it away */
            stage.dirty = true;
        }
    }
    assert_true(seen[FLOW_WELCOME] > 0 && seen[FLOW_DECLINED_QUIET] > 0 && seen[FLOW_CHECK] > 0 &&
                seen[FLOW_QUESTION] > 0);
    assert_true(session_count(desk_session(desk)) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ten_thousand_events_leave_the_kiosk_where_it_should_be, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
