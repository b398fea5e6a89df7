/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/ui/action.h"
#include "sample_lesson.h"

#include <string.h>

/*
 * A pupil with one switch, with a keyboard alone, with larger letters, in another language, with somebody
 * looking: a kiosk with an open class and its stage without a window; the clock is `now`.
 */

static struct sample_kiosk kiosk;
static struct desk *desk;
static struct stage stage;
static uint64_t now;

static void mentor(enum mentor_event event, uint16_t value) {
    desk_mentor(desk, event, value, now);
    desk_work(desk, now);
}

static int set_up(void **state) {
    (void)state;
    now = 1000;
    sample_lesson_open(&kiosk, &desk, &stage, now);
    stage_refresh(&stage, now);
    now += STAGE_DEAF_MS;
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    sample_lesson_close(&kiosk, &desk, &stage);
    return 0;
}

static const struct flow *flow(void) {
    return session_flow(desk_session(desk));
}

/* Draws, works, and lets the time pass in which a new page is deaf. */
static void settle(void) {
    do {
        stage_refresh(&stage, now);
    } while (stage_work(&stage, now));
    now += STAGE_DEAF_MS + 1;
}

static void key(enum stage_key which) {
    stage_key(&stage, which, now);
    settle();
}

static void touch(int action, int value) {
    int item = page_find(stage.page, action, value);
    if (item == PAGE_NOTHING) {
        fail_msg("no target %d, %d on the page of state %d", action, value, flow()->state);
    }
    struct paint_rect rect = stage.page->item[item].rect;
    stage_press(&stage, rect.x + rect.w / 2, rect.y + rect.h / 2, now);
    stage_release(&stage, rect.x + rect.w / 2, rect.y + rect.h / 2, now);
    settle();
}

/* ---- what each page wants of somebody who answers the first option everywhere ---- */

static int wanted_target(void) {
    struct flow_view view = flow_look(flow());
    bool choose = view.state == FLOW_QUESTION && !view.note && !view.chosen;
    switch (view.state) {
    case FLOW_READY: return page_find(stage.page, ACTION_PUPIL + FLOW_START, 0);
    case FLOW_LANGUAGE: return page_find(stage.page, ACTION_PUPIL + FLOW_CHOOSE_LANGUAGE, 1);
    case FLOW_WELCOME:
        return view.page == FLOW_PAGE_ASK        ? page_find(stage.page, ACTION_PUPIL + FLOW_AGREE, 0)
               : view.page == FLOW_PAGE_PRACTICE ? page_find(stage.page, ACTION_PUPIL + FLOW_SKIP, 0)
                                                 : page_find(stage.page, ACTION_PUPIL + FLOW_NEXT, 0);
    case FLOW_QUESTION:
        return choose ? page_find(stage.page, ACTION_PUPIL + FLOW_CHOOSE, 0)
                      : page_find(stage.page, ACTION_PUPIL + FLOW_NEXT, 0);
    case FLOW_CHECK: return page_find(stage.page, ACTION_PUPIL + FLOW_SEND, 0);
    case FLOW_THANKS: return page_find(stage.page, ACTION_PUPIL + FLOW_LEAVE, 0);
    case FLOW_DECLINED_QUIET:
    case FLOW_STOP_ASK:
    case FLOW_SENDING:
    case FLOW_SORRY:
    case FLOW_STATES: break;
    }
    return PAGE_NOTHING;
}

static bool ring_holds(int item) {
    const struct page *page = stage.page;
    return page->focus != PAGE_NOTHING &&
           (page->focus == item || (page->focus < item && item < page->focus_end));
}

/* Waits for the ring, presses the one key. The number of seconds is what a pupil would need at this speed. */
static void press_switch_at(int item) {
    for (int waits = 0; !ring_holds(item); waits++) {
        assert_in_range(waits, 0, 200);
        assert_int_not_equal(stage.page->focus, PAGE_NOTHING);
        now = now + (uint64_t)stage_patience_ms(&stage, now);
        stage_tick(&stage, now);
        stage_refresh(&stage, now);
    }
    key(STAGE_SPACE);
}

static void one_switch_answers_everything(void **state) {
    (void)state;
    uint32_t before = session_count(desk_session(desk));
    int presses = 0;
    key(STAGE_SPACE); /* wakes the scanning */
    while (session_count(desk_session(desk)) == before || flow()->state != FLOW_READY) {
        assert_in_range(presses, 0, 400);
        int item = wanted_target();
        assert_int_not_equal(item, PAGE_NOTHING);
        press_switch_at(item);
        presses++;
    }
    assert_int_equal(session_count(desk_session(desk)), before + 1);
    assert_int_equal(stage.scan.speed, 0); /* the next pupil begins as everybody */
    assert_int_equal(stage.page->focus, PAGE_NOTHING);
}

/* The list of questions is a group of its own: sending is not somewhere among twenty lines. */
static void the_ring_takes_the_check_pages_lines_and_its_buttons_apart(void **state) {
    (void)state;
    bool lines_seen = false;
    bool send_seen = false;
    key(STAGE_SPACE);
    while (flow()->state != FLOW_CHECK) {
        press_switch_at(wanted_target());
    }
    for (int i = 0; i < 6; i++) {
        int lines = 0;
        bool send = false;
        assert_int_not_equal(stage.page->focus, PAGE_NOTHING);
        for (int k = stage.page->focus; k < stage.page->focus_end; k++) {
            lines += stage.page->item[k].action == ACTION_PUPIL + FLOW_GOTO;
            send = send || stage.page->item[k].action == ACTION_PUPIL + FLOW_SEND;
        }
        assert_false(send && lines > 0);
        lines_seen = lines_seen || lines > 1;
        send_seen = send_seen || send;
        now = now + (uint64_t)stage_patience_ms(&stage, now);
        stage_tick(&stage, now);
        stage_refresh(&stage, now);
    }
    assert_true(lines_seen && send_seen);
}

/* Two switches are Tab and Enter. */
static void tab_and_enter_answer_everything(void **state) {
    (void)state;
    uint32_t before = session_count(desk_session(desk));
    for (int pages = 0; session_count(desk_session(desk)) == before || flow()->state != FLOW_READY; pages++) {
        assert_in_range(pages, 0, 200);
        int item = wanted_target();
        assert_int_not_equal(item, PAGE_NOTHING);
        for (int presses = 0; stage.page->focus != item; presses++) {
            assert_in_range(presses, 0, 12);
            key(STAGE_TAB);
        }
        key(STAGE_ENTER);
    }
}

static void one_switch_never_leads_to_the_mentor_and_always_back_to_the_page(void **state) {
    (void)state;
    key(STAGE_SPACE);
    int corner = page_find(stage.page, ACTION_MENTOR + MENTOR_UNLOCK, 0);
    assert_int_not_equal(corner, PAGE_NOTHING);
    for (int waits = 0; !stage.scan.resting; waits++) {
        assert_in_range(waits, 0, 100);
        assert_int_not_equal(stage.page->focus, corner);
        now += (uint64_t)stage_patience_ms(&stage, now);
        stage_tick(&stage, now);
        stage_refresh(&stage, now);
    }
    key(STAGE_SPACE);
    press_switch_at(page_find(stage.page, ACTION_PUPIL + FLOW_START, 0));
    assert_int_equal(flow()->state, FLOW_WELCOME);
    key(STAGE_HIDE);
    assert_true(flow_look(flow()).hidden);
    key(STAGE_SPACE); /* the one target there is */
    assert_false(flow_look(flow()).hidden);
    assert_int_equal(flow()->state, FLOW_WELCOME);
}

static void space_brings_a_hidden_page_back_and_begins_nothing(void **state) {
    (void)state;
    touch(ACTION_PUPIL + FLOW_START, 0);
    key(STAGE_HIDE);
    key(STAGE_SPACE);
    assert_false(flow_look(flow()).hidden);
    assert_int_equal(stage.scan.speed, 0);
}

/* ---- the view ---- */

static void go_to_a_question(void) {
    touch(ACTION_PUPIL + FLOW_START, 0);
    while (flow()->state != FLOW_QUESTION || flow_look(flow()).note) {
        int item = wanted_target();
        touch(stage.page->item[item].action, stage.page->item[item].value);
    }
}

/* The sample's round offers one language of its questionnaire's two. */
static void offer_both_languages(void) {
    struct flow *both = (struct flow *)flow();
    both->languages[1] = 1;
    both->language_count = 2;
}

/* Until the ring rests: how long that is, and at how many places it was on the way. */
static uint64_t ring_around(int *places) {
    uint64_t began = now;
    uint32_t seen = 0;
    while (!stage.scan.resting) {
        assert_in_range(stage.page->focus, 0, 31);
        seen |= 1U << stage.page->focus;
        now += (uint64_t)stage_patience_ms(&stage, now);
        assert_true(now - began < 100000);
        stage_tick(&stage, now);
        stage_refresh(&stage, now);
    }
    *places = __builtin_popcount(seen);
    return now - began;
}

/* Two seconds at each place as long as nobody asks for more or less. */
static void the_ring_rests_after_three_rounds_and_wakes(void **state) {
    int places = 0;
    (void)state;
    go_to_a_question();
    key(STAGE_SPACE);
    now -= STAGE_DEAF_MS + 1; /* the ring began when the key was pressed */
    uint64_t took = ring_around(&places);
    assert_int_equal(places, 3); /* the answers, the buttons, the tools */
    assert_int_equal(took, 3 * 3 * 2000);
    assert_int_equal(stage.page->focus, PAGE_NOTHING);
    key(STAGE_SPACE);
    assert_int_not_equal(stage.page->focus, PAGE_NOTHING);
    assert_int_equal(flow()->state, FLOW_QUESTION);
}

/* Who has one switch could press nothing on the mentor's pages: the ring never comes there. */
/* The key that points where reading goes leads on. */
static void left_and_right_swap_where_writing_runs_from_the_right(void **state) {
    (void)state;
    go_to_a_question();
    stage_key(&stage, STAGE_DOWN, now);
    int first = stage.page->focus;
    stage_key(&stage, STAGE_RIGHT, now);
    int second = stage.page->focus;
    assert_true(first != PAGE_NOTHING && second > first);
    stage_key(&stage, STAGE_LEFT, now);
    assert_int_equal(stage.page->focus, first);
    stage.page->from_right = true;
    stage_key(&stage, STAGE_LEFT, now);
    assert_int_equal(stage.page->focus, second);
    stage_key(&stage, STAGE_RIGHT, now);
    assert_int_equal(stage.page->focus, first);
}

/* Who wants to take a letter back in another program goes a page back in this one otherwise. */
static void backspace_leads_nowhere(void **state) {
    (void)state;
    go_to_a_question();
    uint16_t item = flow()->item;
    key(STAGE_ERASE);
    assert_int_equal(flow()->state, FLOW_QUESTION);
    assert_int_equal(flow()->item, item);
    assert_false(flow()->hidden);
}

static void another_language_keeps_the_page_and_the_answer(void **state) {
    (void)state;
    offer_both_languages();
    go_to_a_question();
    uint16_t item = flow()->item;
    touch(ACTION_PUPIL + FLOW_CHOOSE, 1);
    touch(ACTION_PANEL, PANEL_LANGUAGE);
    for (uint16_t i = 0; i < 2; i++) { /* each under its own name */
        int card = page_find(stage.page, ACTION_PUPIL + FLOW_CHOOSE_LANGUAGE, i);
        assert_int_not_equal(card, PAGE_NOTHING);
        assert_string_equal(page_text(stage.page, &stage.page->item[card]),
                            flow()->questionnaire->language[i].name);
    }
    touch(ACTION_PUPIL + FLOW_CHOOSE_LANGUAGE, 1);
    assert_int_equal(stage.panel, PANEL_NONE);
    assert_int_equal(flow()->item, item);
    assert_int_equal(flow()->language, 1);
    assert_true(flow_is_chosen(flow(), 1));
}

static void what_a_pupil_set_ends_with_the_turn_and_is_not_the_mentors(void **state) {
    (void)state;
    go_to_a_question();
    touch(ACTION_PANEL, PANEL_VIEW);
    touch(ACTION_SIZE, 3);
    assert_int_equal(stage.theme.percent, 200);
    while (page_find(stage.page, ACTION_LOOK, THEME_DARK) == PAGE_NOTHING) {
        touch(ACTION_MORE, 0);
    }
    touch(ACTION_LOOK, THEME_DARK);
    assert_int_equal(stage.theme.look, THEME_DARK);
    key(STAGE_MENTOR);
    assert_int_equal(stage.theme.percent, 100);
    assert_int_equal(stage.theme.look, THEME_NORMAL);
    mentor(MENTOR_BACK, 0);
    stage.dirty = true;
    settle();
    assert_int_equal(stage.theme.percent, 200);
    desk_pupil(desk, FLOW_STOP, 0, now);
    desk_pupil(desk, FLOW_STOP_SEND, 0, now);
    stage.dirty = true;
    settle();
    assert_int_equal(flow()->state, FLOW_THANKS);
    desk_pupil(desk, FLOW_LEAVE, 0, now);
    stage.dirty = true;
    settle();
    assert_int_equal(stage.theme.percent, 100);
    assert_int_equal(stage.theme.look, THEME_NORMAL);
}

/* ---- hiding ---- */

static bool page_says(const char *text) {
    for (int i = 0; i < stage.page->item_count; i++) {
        if (strcmp(page_text(stage.page, &stage.page->item[i]), text) == 0) {
            return true;
        }
    }
    return false;
}

static void hiding_is_heard_at_once_and_from_a_panel_too(void **state) {
    (void)state;
    go_to_a_question();
    const char *question = questionnaire_text_in(&flow()->questionnaire->item[flow()->item].label, 0, NULL);
    assert_true(page_says(question));
    touch(ACTION_PUPIL + FLOW_CHOOSE, 0);
    stage_key(&stage, STAGE_PAGE_DOWN, now);
    stage_refresh(&stage, now);
    stage_key(&stage, STAGE_HIDE, now); /* in the same millisecond as the new page */
    assert_true(stage_refresh(&stage, now));
    assert_true(flow_look(flow()).hidden);
    for (uint16_t i = 0; i < flow()->questionnaire->item_count; i++) {
        assert_false(page_says(questionnaire_text_in(&flow()->questionnaire->item[i].label, 0, NULL)));
    }
    now += STAGE_DEAF_MS + 1;
    key(STAGE_ENTER);
    assert_false(flow_look(flow()).hidden);
    touch(ACTION_PANEL, PANEL_VIEW);
    key(STAGE_HIDE);
    assert_true(flow_look(flow()).hidden);
    assert_int_equal(stage.panel, PANEL_NONE);
}

static void touch_now(struct paint_rect rect) {
    stage_press(&stage, rect.x + rect.w / 2, rect.y + rect.h / 2, now);
    stage_release(&stage, rect.x + rect.w / 2, rect.y + rect.h / 2, now);
    (void)stage_refresh(&stage, now);
}

static void the_button_hides_at_once_and_nothing_else_is_heard_so_soon(void **state) {
    (void)state;
    go_to_a_question();
    uint16_t item = flow_look(flow()).item;
    touch(ACTION_PUPIL + FLOW_SKIP, 0);
    stage_key(&stage, STAGE_PAGE_UP, now);
    (void)stage_refresh(&stage, now);
    assert_int_equal(flow_look(flow()).item, item); /* the page has come up in this very millisecond */
    int next = page_find(stage.page, ACTION_PUPIL + FLOW_NEXT, 0);
    int button = page_find(stage.page, ACTION_PUPIL + FLOW_HIDE, 0);
    struct paint_rect place = stage.page->item[button].rect;
    touch_now(stage.page->item[next].rect);
    assert_int_equal(flow_look(flow()).item, item);
    touch_now(place);
    assert_true(flow_look(flow()).hidden);
    touch_now(place); /* the second tap of two */
    assert_true(flow_look(flow()).hidden);
}

static void enter_and_page_up_lead_back_from_a_panel(void **state) {
    static const enum panel panels[] = {PANEL_LANGUAGE, PANEL_VIEW};
    (void)state;
    offer_both_languages();
    go_to_a_question();
    for (size_t i = 0; i < sizeof panels / sizeof *panels; i++) {
        touch(ACTION_PANEL, (int)panels[i]);
        assert_int_equal(stage.panel, panels[i]);
        key(STAGE_ENTER);
        assert_int_equal(stage.panel, PANEL_NONE);
        touch(ACTION_PANEL, (int)panels[i]);
        key(STAGE_PAGE_UP);
        assert_int_equal(stage.panel, PANEL_NONE);
        assert_int_equal(flow_look(flow()).state, FLOW_QUESTION);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(enter_and_page_up_lead_back_from_a_panel, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_switch_answers_everything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_ring_takes_the_check_pages_lines_and_its_buttons_apart, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(tab_and_enter_answer_everything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_ring_rests_after_three_rounds_and_wakes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_switch_never_leads_to_the_mentor_and_always_back_to_the_page,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(space_brings_a_hidden_page_back_and_begins_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(left_and_right_swap_where_writing_runs_from_the_right, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(backspace_leads_nowhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_language_keeps_the_page_and_the_answer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_pupil_set_ends_with_the_turn_and_is_not_the_mentors, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(hiding_is_heard_at_once_and_from_a_panel_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_button_hides_at_once_and_nothing_else_is_heard_so_soon, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
