/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/ui/action.h"
#include "kiosk/ui/paragraph_cache.h"
#include "sample_lesson.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A kiosk with an open class, and its stage without a window; the clock is `now`. */
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
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    sample_lesson_close(&kiosk, &desk, &stage);
    return 0;
}

static enum flow_state pupil_state(void) {
    return session_flow(desk_session(desk))->state;
}

static void pupil(enum flow_event event, uint16_t value) {
    desk_pupil(desk, event, value, now);
    stage.dirty = true;
}

static void go_to_a_question(void) {
    pupil(FLOW_START, 0);
    pupil(FLOW_CHOOSE_LANGUAGE, 0);
    pupil(FLOW_AGREE, 0);
    assert_int_equal(pupil_state(), FLOW_QUESTION);
}

struct turns {
    int waits;
    int pictures;
    uint64_t hidden_ms, counting_ms, ready_ms; /* when it was so for the first time, by itself */
};

static void note_first(uint64_t *at, bool is_so) {
    *at = *at == 0 && is_so ? now : *at;
}

/* What kiosk/ui/show.c does while nobody touches anything, each wait lasting as long as it may. */
static struct turns leave_alone_until(uint64_t until) {
    struct turns turns = {0};
    while (now < until) {
        turns.pictures += stage_refresh(&stage, now);
        if (stage_work(&stage, now)) {
            continue;
        }
        uint64_t patience = (uint64_t)stage_patience_ms(&stage, now);
        assert_in_range(patience, 1, 5000);
        now = now + patience < until ? now + patience : until;
        stage_tick(&stage, now);
        turns.waits++;
        struct flow_view view = flow_look(session_flow(desk_session(desk)));
        note_first(&turns.hidden_ms, view.hidden);
        note_first(&turns.counting_ms, view.countdown > 0);
        note_first(&turns.ready_ms, view.state == FLOW_READY);
    }
    turns.pictures += stage_refresh(&stage, now);
    return turns;
}

/* Which texts were laid out tells which questions were asked. */
static void nothing_of_a_pupil_is_left_in_the_memory_of_texts(void **state) {
    (void)state;
    stage_refresh(&stage, now);
    size_t before = paragraph_cache_count(stage.fonts.cache);
    go_to_a_question();
    stage_refresh(&stage, now);
    assert_true(paragraph_cache_count(stage.fonts.cache) > before);
    leave_alone_until(now + 2 * FLOW_FORGET_MS);
    stage_refresh(&stage, now);
    assert_int_equal(pupil_state(), FLOW_READY);
    assert_int_equal(paragraph_cache_count(stage.fonts.cache), before);
}

static void a_page_left_alone_is_hidden_warned_of_and_forgotten_on_the_millisecond(void **state) {
    (void)state;
    uint64_t touched = now;
    go_to_a_question();
    leave_alone_until(touched + 1234); /* out of step with waits of whole seconds */
    struct turns turns = leave_alone_until(touched + 2 * FLOW_FORGET_MS);
    assert_int_equal(turns.hidden_ms, touched + FLOW_HIDE_MS);
    assert_int_equal(turns.counting_ms, touched + FLOW_WARN_MS);
    assert_int_equal(turns.ready_ms, touched + FLOW_FORGET_MS);
    assert_int_not_equal(page_find(stage.page, ACTION_PUPIL + FLOW_START, 0), PAGE_NOTHING);
}

/* The other tests measure by these names; what they stand for is a promise of docs/screen-rules.md. */
static void the_times_and_speeds_are_those_of_the_rules(void **state) {
    static const int letters[THEME_SIZES] = {100, 125, 150, 200};
    (void)state;
    assert_int_equal(FLOW_HIDE_MS, 60 * 1000);
    assert_int_equal(FLOW_WARN_MS, 5 * 60 * 1000);
    assert_int_equal(FLOW_FORGET_MS - FLOW_WARN_MS, 45 * 1000);
    assert_int_equal(STAGE_DEAF_MS, 300);
    assert_int_equal(SCAN_ROUNDS, 3);
    assert_int_equal(scan_speeds_ms[SCAN_NORMAL], 2000);
    for (int i = 1; i < SCAN_SPEEDS; i++) {
        assert_in_range(scan_speeds_ms[i], 800, 5000);
    }
    assert_int_equal(speech_percents[SPEECH_NORMAL], 100);
    assert_int_equal(speech_percents[SPEECH_SLOW], 80);
    assert_int_equal(speech_percents[SPEECH_FAST], 120);
    assert_memory_equal(theme_percents, letters, sizeof letters);
}

static void the_screen_is_drawn_once_a_second_and_only_while_counting(void **state) {
    (void)state;
    uint64_t touched = now;
    go_to_a_question();
    leave_alone_until(touched + FLOW_HIDE_MS);
    struct turns covered = leave_alone_until(touched + FLOW_WARN_MS - 1);
    assert_int_equal(covered.pictures, 0);
    assert_in_range(covered.waits, 1, 49); /* every 5 seconds */
    struct turns counting = leave_alone_until(touched + FLOW_FORGET_MS);
    assert_int_equal(counting.pictures, 46); /* 45 numbers, and the next pupil's page */
    assert_in_range(counting.waits, 46, 46);
    struct turns ready = leave_alone_until(touched + FLOW_FORGET_MS + 600000);
    assert_int_equal(ready.pictures, 0);
    assert_in_range(ready.waits, 1, 120);
}

static void the_page_says_how_long_and_its_button_brings_everything_back(void **state) {
    (void)state;
    uint64_t touched = now;
    go_to_a_question();
    leave_alone_until(touched + FLOW_WARN_MS + 5000);
    bool told = false;
    for (int i = 0; i < stage.page->item_count; i++) {
        told = told || strcmp(page_text(stage.page, &stage.page->item[i]), "We tellen af: 40") == 0;
    }
    assert_true(told);
    stage_key(&stage, STAGE_ENTER, now); /* the dark button */
    leave_alone_until(now + 1);
    assert_int_equal(pupil_state(), FLOW_QUESTION);
    assert_false(stage.place.hidden);
}

/* A finger that comes down on the last second must not press what stands there on the next pupil's page. */
static void a_tap_for_the_page_that_was_wiped_does_not_start_anything(void **state) {
    (void)state;
    uint64_t touched = now;
    go_to_a_question();
    leave_alone_until(touched + FLOW_FORGET_MS - 1);
    const struct paint_rect *rect =
        &stage.page->item[page_find(stage.page, ACTION_PUPIL + FLOW_NEXT, 0)].rect;
    int x = rect->x + rect->w / 2;
    int y = rect->y + rect->h / 2;
    stage_press(&stage, x, y, now);
    leave_alone_until(touched + FLOW_FORGET_MS);
    stage_release(&stage, x, y, now + 50);
    stage_press(&stage, x, y, now + 100);
    stage_release(&stage, x, y, now + 150);
    assert_int_equal(pupil_state(), FLOW_READY);
}

static bool page_says(const char *text) {
    stage.dirty = true;
    stage_refresh(&stage, now);
    for (int i = 0; i < stage.page->item_count; i++) {
        if (strcmp(page_text(stage.page, &stage.page->item[i]), text) == 0) {
            return true;
        }
    }
    return false;
}

static bool mentor_reads(enum strings_key key) {
    return page_says(strings_get(&stage.strings[stage.setup.language], key));
}

static void see_screens(int others) {
    stage_set_others(&stage, others);
    (void)stage_refresh(&stage, now);
}

static void come_by(void) {
    mentor(MENTOR_UNLOCK, 0);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        mentor(MENTOR_DIGIT, (uint16_t)(*digit - '0'));
    }
    mentor(MENTOR_ENTER, 0);
    stage.dirty = true;
}

static void a_screen_that_came_and_went_while_a_pupil_answered_is_told_to_the_mentor(void **state) {
    (void)state;
    go_to_a_question();
    see_screens(0);
    struct stage_place before = stage.place;
    see_screens(1);
    see_screens(0);
    assert_memory_equal(&before, &stage.place, sizeof before);
    assert_false(mentor_reads(STRINGS_DISPLAY_WAS)); /* that is not for pupils */
    come_by();
    see_screens(0);
    assert_int_equal(stage.place.mentor, MENTOR_OVERVIEW);
    assert_true(mentor_reads(STRINGS_DISPLAY_WAS));
    see_screens(1);
    assert_true(mentor_reads(STRINGS_DISPLAY_DURING));
    see_screens(0);
    mentor(MENTOR_LOCK, 0);
    see_screens(0);
    assert_true(mentor_reads(STRINGS_DISPLAY_WAS)); /* to the colleague who takes over, too */
    come_by();
    desk_reset_pupil(desk, now);
    mentor(MENTOR_FINISH, 0);
    mentor(MENTOR_CONFIRM, 0);
    mentor(MENTOR_CONFIRM, 0); /* the counters say otherwise */
    assert_int_equal(desk_mentor_view(desk, now).state, MENTOR_EXPORT);
    see_screens(0);
    assert_false(stage.had_others); /* the next class has other pupils */
}

static void a_screen_that_was_there_before_the_pupils_alone_is_not_told_later(void **state) {
    (void)state;
    come_by();
    (void)stage_refresh(&stage, now);
    see_screens(1);
    see_screens(0);
    assert_false(mentor_reads(STRINGS_DISPLAY_WAS));
}

static void unlock(void) {
    mentor(MENTOR_UNLOCK, 0);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        mentor(MENTOR_DIGIT, (uint16_t)(*digit - '0'));
    }
    mentor(MENTOR_ENTER, 0);
}

static void a_rehearsal_is_marked_on_every_page_and_a_real_lesson_on_none(void **state) {
    (void)state;
    static const enum flow_event through[] = {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE, FLOW_STOP};
    const char *mark = strings_get(&stage.strings[STRINGS_NL], STRINGS_APP_REHEARSAL);
    assert_false(page_says(mark));
    unlock();
    mentor(MENTOR_FINISH, 0);
    mentor(MENTOR_CONFIRM, 0);
    mentor(MENTOR_BACK, 0);
    mentor(MENTOR_PICK, 1);
    mentor(MENTOR_REHEARSE, 0);
    for (size_t i = 0; i < sizeof through / sizeof *through; i++) {
        assert_true(page_says(mark));
        pupil(through[i], 0);
    }
    assert_true(page_says(mark));
    unlock();
    assert_int_equal(desk_mentor_view(desk, now).state, MENTOR_OVERVIEW);
    assert_true(page_says(mark));
}

static bool round_is_there;

static enum fault find(void *context, bool any_date, struct desk **out, enum strings_key *remedy) {
    (void)context;
    *out = round_is_there && any_date ? desk : NULL;
    *remedy = STRINGS_MESSAGE_NEXT_CLOCK;
    return *out ? FAULT_NONE : FAULT_ROUND_OVER;
}

static void press(int action) {
    int item = page_find(stage.page, action, 0);
    assert_in_range(item, 0, PAGE_ITEMS);
    const struct paint_rect *rect = &stage.page->item[item].rect;
    now += STAGE_DEAF_MS;
    stage_press(&stage, rect->x + 1, rect->y + 1, now);
    stage_release(&stage, rect->x + 1, rect->y + 1, now);
}

static void a_round_that_turns_up_later_is_taken_and_a_wrong_clock_needs_a_person(void **state) {
    (void)state;
    struct stage_setup setup = {.width = 1024,
                                .height = 768,
                                .fault = FAULT_ROUND_MISSING,
                                .search = find,
                                .remedy = STRINGS_MESSAGE_NEXT_STICK};
    stage_close(&stage);
    check_fault(stage_open(&stage, &setup, now), FAULT_NONE);
    stage_refresh(&stage, now);
    assert_int_equal(page_find(stage.page, ACTION_SEARCH_ANY_DATE, 0), PAGE_NOTHING);
    round_is_there = true;
    assert_in_range(stage_patience_ms(&stage, now), 1, 2000);
    stage_tick(&stage, now); /* looks by itself: it is over */
    assert_true(page_says(fault_text(FAULT_ROUND_OVER, FAULT_LANGUAGE_NL)));
    assert_null(stage.setup.desk);
    press(ACTION_SEARCH_ANY_DATE);
    assert_ptr_equal(stage.setup.desk, desk);
    stage_refresh(&stage, now);
    assert_int_equal(stage.place.mentor, MENTOR_PUPILS);
}

/*
 * While the PIN is looked at, nothing on the screen says that something was erased, or anything but to wait.
 */
static void the_page_while_a_pin_is_checked_says_only_to_wait(void **state) {
    (void)state;
    desk_mentor(desk, MENTOR_UNLOCK, 0, now);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        desk_mentor(desk, MENTOR_DIGIT, (uint16_t)(*digit - '0'), now);
    }
    desk_mentor(desk, MENTOR_ENTER, 0, now);
    assert_int_equal(desk_mentor_view(desk, now).state, MENTOR_CHECKING);
    stage.dirty = true;
    stage_refresh(&stage, now);
    for (int i = 0; i < stage.page->item_count; i++) {
        assert_int_equal(stage.page->item[i].action, ACTION_NONE);
    }
}

/* A desk whose round is over, and what the callback found. */
static struct round_renewal renewal;
static int renewals;
static bool last_confirmed;

static enum fault renew(void *context, bool confirmed, struct desk **out, enum strings_key *remedy) {
    (void)context;
    (void)out;
    (void)remedy;
    renewals++;
    last_confirmed = confirmed;
    return FAULT_NONE;
}

static void another_round_is_looked_for_only_while_locked_on_a_wrong_date_with_no_class_open(void **state) {
    (void)state;
    char today[16];
    uint32_t last = kiosk.sample->round->last_day;
    snprintf(today, sizeof today, "%04u-12-31", (unsigned)(last / 10000 + 1));
    setenv("KLANKBORD_TODAY", today, 1);
    stage.setup.renew = renew;
    stage.setup.renewal = &renewal;
    stage_tick(&stage, now);
    assert_int_equal(renewals, 0); /* a class is open */
    stage_close(&stage);
    desk = desk_free(desk);
    sample_kiosk_release(&kiosk);
    sample_kiosk_new(&kiosk);
    check_fault(desk_open(&desk, sample_kiosk_open(&kiosk), now), FAULT_NONE);
    struct stage_setup setup = {
        .desk = desk, .width = 1024, .height = 768, .renew = renew, .renewal = &renewal};
    check_fault(stage_open(&stage, &setup, now), FAULT_NONE);
    stage_tick(&stage, now);
    assert_int_equal(renewals, 1);
    assert_false(last_confirmed);
    assert_int_equal(stage_patience_ms(&stage, now), 2000);
    stage_refresh(&stage, now);
    assert_int_equal(page_find(stage.page, ACTION_RENEW, 0), PAGE_NOTHING);
    renewal.remaining = 2;
    stage.dirty = true;
    stage_refresh(&stage, now);
    now += 2 * STAGE_DEAF_MS;
    press(ACTION_RENEW);
    assert_true(last_confirmed);
    setenv("KLANKBORD_TODAY", "2000-01-01", 1);
    desk_tick(desk, now);
    assert_true(desk_mentor_view(desk, now).clock_wrong);
    snprintf(today, sizeof today, "%04u-%02u-%02u", (unsigned)(last / 10000), (unsigned)(last / 100 % 100),
             (unsigned)(last % 100));
    setenv("KLANKBORD_TODAY", today, 1);
    assert_true(desk_tick(desk, now));
    assert_false(desk_mentor_view(desk, now).clock_wrong);
    int before = renewals;
    stage_tick(&stage, now);
    assert_int_equal(renewals, before); /* the round runs today */
    unsetenv("KLANKBORD_TODAY");
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(nothing_of_a_pupil_is_left_in_the_memory_of_texts),
        case_of(a_page_left_alone_is_hidden_warned_of_and_forgotten_on_the_millisecond),
        cmocka_unit_test(the_times_and_speeds_are_those_of_the_rules),
        case_of(the_screen_is_drawn_once_a_second_and_only_while_counting),
        case_of(the_page_says_how_long_and_its_button_brings_everything_back),
        case_of(a_tap_for_the_page_that_was_wiped_does_not_start_anything),
        case_of(the_page_while_a_pin_is_checked_says_only_to_wait),
        case_of(another_round_is_looked_for_only_while_locked_on_a_wrong_date_with_no_class_open),
        case_of(a_screen_that_came_and_went_while_a_pupil_answered_is_told_to_the_mentor),
        case_of(a_screen_that_was_there_before_the_pupils_alone_is_not_told_later),
        case_of(a_rehearsal_is_marked_on_every_page_and_a_real_lesson_on_none),
        case_of(a_round_that_turns_up_later_is_taken_and_a_wrong_clock_needs_a_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
