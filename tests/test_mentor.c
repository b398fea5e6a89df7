/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/mentor.h"

static const struct mentor_class classes[] = {
    {.number = 1, .heads = 28, .asked = 26},
    {.number = 2, .heads = 12, .asked = 0},
    {.number = 3, .heads = 30, .asked = 30, .has_closed = true},
};

static int set_up(void **state) {
    static struct mentor mentor;
    check_fault(mentor_open(&mentor, 0, 0), FAULT_NONE);
    mentor_set_classes(&mentor, classes, 3);
    mentor_set_folders(&mentor, 2);
    *state = &mentor;
    return 0;
}

static int tear_down(void **state) {
    mentor_release(*state);
    return 0;
}

static bool say(struct mentor *mentor, enum mentor_event event, uint16_t value) {
    return mentor_hear(mentor, event, value, 0);
}

static void type_pin(struct mentor *mentor) {
    for (uint16_t digit = 1; digit <= 4; digit++) {
        say(mentor, MENTOR_DIGIT, digit);
    }
}

static void unlock(struct mentor *mentor) {
    say(mentor, MENTOR_UNLOCK, 0);
    type_pin(mentor);
    say(mentor, MENTOR_ENTER, 0);
    mentor_done(mentor, 0);
}

/* Drives a fresh mentor to the state by the shortest way. */
static void bring(struct mentor *mentor, enum mentor_state state) {
    mentor_release(mentor);
    check_fault(mentor_open(mentor, 0, 0), FAULT_NONE);
    mentor_set_classes(mentor, classes, 3);
    mentor_set_folders(mentor, 2);
    static const struct {
        enum mentor_state reached;
        enum mentor_event event;
        uint16_t value;
    } way[] = {
        {MENTOR_LOCKED, MENTOR_UNLOCK, 0}, {MENTOR_PIN, MENTOR_ENTER, 0},
        {MENTOR_CHECKING, MENTOR_TICK, 0}, {MENTOR_CLASSES, MENTOR_PICK, 0},
        {MENTOR_SETUP, MENTOR_OPEN, 0},    {MENTOR_OPENING, MENTOR_TICK, 0},
        {MENTOR_PUPILS, MENTOR_UNLOCK, 0}, {MENTOR_PIN, MENTOR_ENTER, 0},
        {MENTOR_CHECKING, MENTOR_TICK, 0}, {MENTOR_OVERVIEW, MENTOR_FINISH, 0},
        {MENTOR_CLOSE, MENTOR_CONFIRM, 0}, {MENTOR_CLOSING, MENTOR_TICK, 0},
        {MENTOR_EXPORT, MENTOR_PICK, 0},   {MENTOR_EXPORTING, MENTOR_TICK, 0},
        {MENTOR_RECEIPT, MENTOR_TICK, 0},
    };
    for (size_t i = 0; i < sizeof way / sizeof way[0] && mentor->state != state; i++) {
        assert_int_equal(mentor->state, way[i].reached);
        if (way[i].reached == MENTOR_PIN) {
            type_pin(mentor);
        }
        if (mentor_wishes(mentor) != MENTOR_WISH_NONE) {
            mentor_done(mentor, 0);
        } else {
            say(mentor, way[i].event, way[i].value);
        }
    }
    if (state == MENTOR_GONE) {
        bring(mentor, MENTOR_CLASSES);
        say(mentor, MENTOR_LEAVE, 0);
    } else if (state == MENTOR_ADMIN) {
        bring(mentor, MENTOR_LOCKED);
        say(mentor, MENTOR_ADMINISTER, 0);
        type_pin(mentor);
        say(mentor, MENTOR_ENTER, 0);
        mentor_done(mentor, 0);
    } else if (state == MENTOR_ADMITTING) {
        bring(mentor, MENTOR_OVERVIEW);
        say(mentor, MENTOR_ADMIT, 0);
        say(mentor, MENTOR_ADMIT, 0);
    } else if (state == MENTOR_CLEARING || state == MENTOR_CLEARED) {
        bring(mentor, MENTOR_EXPORT);
        say(mentor, MENTOR_CLEAR, 0);
        if (state == MENTOR_CLEARED) {
            mentor_done(mentor, 0);
        }
    }
    assert_int_equal(mentor->state, state);
}

/*
 * Where every event leads from every state: the letter of a state, "." stays. One letter an event, in the
 * order of enum mentor_event: UNLOCK DIGIT ERASE ENTER, BACK PICK EXPORT_CLASS FIELD, SET OPEN CONTINUE
 * FINISH, CONFIRM WRITTEN_DOWN LOCK LEAVE, TICK REHEARSE ADMIT CLEAR, ADMINISTER. Values are 2.
 */
static const struct {
    enum mentor_state from;
    const char *to;
} table[] = {
    {MENTOR_LOCKED, "P... .... .... ...P .... P"},    {MENTOR_PIN, "...K L... .... .... .... ."},
    {MENTOR_CHECKING, ".... .... .... .... .... ."},  {MENTOR_CLASSES, ".... .SE. .... ..LG .... ."},
    {MENTOR_SETUP, ".... C... .O.. .... .O.. ."},     {MENTOR_OPENING, ".... .... .... .... .... ."},
    {MENTOR_PUPILS, "P... .... .... .... .... ."},    {MENTOR_OVERVIEW, ".... .... ..UF ..LG .... ."},
    {MENTOR_CLOSE, ".... V... .... N... .... ."},     {MENTOR_CLOSING, ".... .... .... .... .... ."},
    {MENTOR_EXPORT, ".... C... .... .... ...R ."},    {MENTOR_EXPORTING, ".... .... .... .... .... ."},
    {MENTOR_RECEIPT, ".... E... .... .C.. .... ."},   {MENTOR_GONE, ".... .... .... .... .... ."},
    {MENTOR_ADMITTING, ".... .... .... .... .... ."}, {MENTOR_CLEARING, ".... .... .... .... .... ."},
    {MENTOR_CLEARED, ".... .... .... .C.. .... ."},   {MENTOR_ADMIN, ".... L... .... .... .... ."},
};

static enum mentor_state state_of_letter(char letter, enum mentor_state from) {
    static const struct {
        char letter;
        enum mentor_state state;
    } letters[] = {{'L', MENTOR_LOCKED},   {'P', MENTOR_PIN},      {'K', MENTOR_CHECKING},
                   {'C', MENTOR_CLASSES},  {'S', MENTOR_SETUP},    {'O', MENTOR_OPENING},
                   {'U', MENTOR_PUPILS},   {'V', MENTOR_OVERVIEW}, {'F', MENTOR_CLOSE},
                   {'R', MENTOR_CLEARING}, {'N', MENTOR_CLOSING},  {'E', MENTOR_EXPORT},
                   {'G', MENTOR_GONE}};
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (letters[i].letter == letter) {
            return letters[i].state;
        }
    }
    return from;
}

static void every_event_in_every_state_leads_where_the_drawing_says(void **state) {
    struct mentor *mentor = *state;
    assert_int_equal(sizeof table / sizeof table[0], MENTOR_STATES);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        for (int event = 0; event < MENTOR_EVENTS; event++) {
            bring(mentor, table[i].from);
            if (table[i].from == MENTOR_PIN) {
                type_pin(mentor);
            }
            say(mentor, (enum mentor_event)event, 2);
            enum mentor_state expected = state_of_letter(table[i].to[event + event / 4], table[i].from);
            if (mentor->state != expected) {
                fail_msg("state %d, event %d: %d instead of %d", (int)table[i].from, event,
                         (int)mentor->state, (int)expected);
            }
        }
    }
}

static void wishes_lead_on_when_done_and_back_when_not(void **state) {
    struct mentor *mentor = *state;
    static const struct {
        enum mentor_state from;
        enum mentor_wish wish;
        enum mentor_state done;
        enum mentor_state failed;
    } expected[] = {
        {MENTOR_CHECKING, MENTOR_WISH_CHECK_PIN, MENTOR_CLASSES, MENTOR_PIN},
        {MENTOR_OPENING, MENTOR_WISH_OPEN, MENTOR_PUPILS, MENTOR_SETUP},
        {MENTOR_CLOSING, MENTOR_WISH_CLOSE, MENTOR_EXPORT, MENTOR_CLOSE},
        {MENTOR_EXPORTING, MENTOR_WISH_EXPORT, MENTOR_RECEIPT, MENTOR_EXPORT},
        {MENTOR_ADMITTING, MENTOR_WISH_ADMIT, MENTOR_PUPILS, MENTOR_OVERVIEW},
        {MENTOR_CLEARING, MENTOR_WISH_CLEAR, MENTOR_CLEARED, MENTOR_EXPORT},
    };
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        bring(mentor, expected[i].from);
        assert_int_equal(mentor_wishes(mentor), expected[i].wish);
        mentor_done(mentor, 0);
        assert_int_equal(mentor->state, expected[i].done);
        bring(mentor, expected[i].from);
        mentor_failed(mentor, FAULT_DISK_FULL, 0);
        assert_int_equal(mentor->state, expected[i].failed);
        assert_int_equal(mentor_look(mentor, 0).fault, FAULT_DISK_FULL);
    }
    bring(mentor, MENTOR_CLASSES);
    mentor_done(mentor, 0);
    mentor_failed(mentor, FAULT_STORE, 0);
    assert_int_equal(mentor->state, MENTOR_CLASSES);
}

static void wrong_pins_cost_more_and_more_time(void **state) {
    struct mentor *mentor = *state;
    static const uint32_t seconds[] = {0, 0, 0, 5, 15, 60, 300, 300, 300};
    uint64_t now = 1000;
    mentor_hear(mentor, MENTOR_UNLOCK, 0, now);
    for (size_t i = 0; i < sizeof seconds / sizeof seconds[0]; i++) {
        type_pin(mentor);
        mentor_hear(mentor, MENTOR_ENTER, 0, now);
        assert_int_equal(mentor->state, MENTOR_CHECKING);
        assert_string_equal(mentor->pin, "1234");
        mentor_failed(mentor, FAULT_PIN, now);
        assert_int_equal(mentor_look(mentor, now).digits, 0);
        assert_string_equal(mentor->pin, "");
        assert_int_equal(mentor_look(mentor, now).wait_s, seconds[i]);
        if (seconds[i] > 0) {
            type_pin(mentor);
            mentor_hear(mentor, MENTOR_ENTER, 0, now + 1000 * seconds[i] - 1);
            assert_int_equal(mentor->state, MENTOR_PIN);
            for (int digit = 0; digit < 4; digit++) {
                mentor_hear(mentor, MENTOR_ERASE, 0, now);
            }
        }
        now += 1000 * seconds[i];
    }
    type_pin(mentor);
    mentor_hear(mentor, MENTOR_ENTER, 0, now);
    mentor_done(mentor, now);
    assert_int_equal(mentor->wrong_tries, 0);
    assert_int_equal(mentor->state, MENTOR_CLASSES);
}

static void a_restart_does_not_win_a_try(void **state) {
    (void)state;
    struct mentor mentor;
    check_fault(mentor_open(&mentor, 5, 777), FAULT_NONE);
    mentor_hear(&mentor, MENTOR_UNLOCK, 0, 777);
    assert_int_equal(mentor_look(&mentor, 777).wait_s, 15);
    mentor_release(&mentor);
}

static void only_a_wrong_pin_counts_as_a_try(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_CHECKING);
    mentor_failed(mentor, FAULT_DISK_FULL, 0);
    assert_int_equal(mentor->wrong_tries, 0);
}

static void pins_are_of_four_to_twelve_digits(void **state) {
    struct mentor *mentor = *state;
    say(mentor, MENTOR_UNLOCK, 0);
    assert_false(say(mentor, MENTOR_ERASE, 0));
    assert_false(say(mentor, MENTOR_DIGIT, 10));
    for (uint16_t i = 0; i < 3; i++) {
        assert_true(say(mentor, MENTOR_DIGIT, i));
    }
    assert_false(say(mentor, MENTOR_ENTER, 0));
    for (uint16_t i = 3; i < MENTOR_PIN_DIGITS; i++) {
        assert_true(say(mentor, MENTOR_DIGIT, (uint16_t)(i % 10)));
    }
    assert_false(say(mentor, MENTOR_DIGIT, 0));
    assert_string_equal(mentor->pin, "012345678901");
    say(mentor, MENTOR_BACK, 0);
    assert_string_equal(mentor->pin, "");
}

static void leaving_the_program_needs_the_pin(void **state) {
    struct mentor *mentor = *state;
    say(mentor, MENTOR_LEAVE, 0);
    assert_int_equal(mentor->state, MENTOR_PIN);
    assert_true(mentor_look(mentor, 0).leaving);
    type_pin(mentor);
    say(mentor, MENTOR_ENTER, 0);
    mentor_failed(mentor, FAULT_PIN, 0);
    assert_int_equal(mentor->state, MENTOR_PIN);
    type_pin(mentor);
    say(mentor, MENTOR_ENTER, 0);
    mentor_done(mentor, 0);
    assert_int_equal(mentor->state, MENTOR_GONE);
    bring(mentor, MENTOR_PUPILS);
    assert_false(say(mentor, MENTOR_LEAVE, 0));
}

static void a_pin_asked_for_among_pupils_goes_back_to_them(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_PUPILS);
    say(mentor, MENTOR_UNLOCK, 0);
    say(mentor, MENTOR_BACK, 0);
    assert_int_equal(mentor->state, MENTOR_PUPILS);
    say(mentor, MENTOR_UNLOCK, 0);
    mentor_hear(mentor, MENTOR_TICK, 0, MENTOR_IDLE_MS);
    assert_int_equal(mentor->state, MENTOR_PUPILS);
}

static void a_session_found_at_the_start_is_gone_on_with(void **state) {
    struct mentor *mentor = *state;
    mentor_set_session(mentor, 2);
    unlock(mentor);
    assert_int_equal(mentor->state, MENTOR_OVERVIEW);
    assert_int_equal(mentor_look(mentor, 0).asked, 30);
    say(mentor, MENTOR_CONTINUE, 0);
    assert_int_equal(mentor->state, MENTOR_PUPILS);
}

static void the_limit_begins_at_the_pupils_asked_and_stays_within_the_heads(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_SETUP);
    assert_int_equal(mentor_look(mentor, 0).number[MENTOR_LIMIT], 26);
    say(mentor, MENTOR_DIGIT, 1);
    say(mentor, MENTOR_DIGIT, 4);
    assert_int_equal(mentor_look(mentor, 0).number[MENTOR_LIMIT], 14);
    say(mentor, MENTOR_DIGIT, 4);
    assert_int_equal(mentor_look(mentor, 0).number[MENTOR_LIMIT], 28);
    say(mentor, MENTOR_SET, 99);
    assert_int_equal(mentor_look(mentor, 0).number[MENTOR_LIMIT], 28);
    say(mentor, MENTOR_SET, 0);
    assert_false(say(mentor, MENTOR_OPEN, 0));
    assert_int_equal(mentor->state, MENTOR_SETUP);
    say(mentor, MENTOR_SET, 5);
    say(mentor, MENTOR_ERASE, 0);
    assert_int_equal(mentor_look(mentor, 0).number[MENTOR_LIMIT], 0);
}

static void a_class_of_which_nobody_is_asked_cannot_be_opened(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_CLASSES);
    assert_false(say(mentor, MENTOR_PICK, 1));
    assert_false(say(mentor, MENTOR_PICK, 3));
    assert_false(say(mentor, MENTOR_EXPORT_CLASS, 0));
}

static void one_pupil_more_is_let_in_when_the_mentor_says_it_twice(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_OVERVIEW);
    say(mentor, MENTOR_ADMIT, 0);
    assert_int_equal(mentor->state, MENTOR_OVERVIEW);
    assert_true(mentor_look(mentor, 0).warned);
    say(mentor, MENTOR_CONTINUE, 0);
    assert_int_equal(mentor->state, MENTOR_PUPILS);
    bring(mentor, MENTOR_ADMITTING);
}

static void a_rehearsal_ends_without_counting_and_the_next_session_is_real(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_SETUP);
    mentor->clock_wrong = true;
    say(mentor, MENTOR_REHEARSE, 0);
    mentor_done(mentor, 0);
    assert_int_equal(mentor->state, MENTOR_PUPILS);
    assert_true(mentor_look(mentor, 0).rehearsing);
    unlock(mentor);
    say(mentor, MENTOR_FINISH, 0);
    assert_int_equal(mentor_wishes(mentor), MENTOR_WISH_CLOSE);
    mentor_done(mentor, 0);
    assert_int_equal(mentor->state, MENTOR_CLASSES);
    assert_false(mentor_look(mentor, 0).session_open);
    say(mentor, MENTOR_PICK, 0);
    say(mentor, MENTOR_REHEARSE, 0);
    mentor_failed(mentor, FAULT_MEMORY, 0);
    assert_false(mentor_look(mentor, 0).rehearsing);
}

static void a_class_that_was_here_before_is_opened_for_who_was_absent(void **state) {
    struct mentor *mentor = *state;
    static const struct mentor_class before[] = {
        {.number = 1, .heads = 28, .asked = 26, .answered = 23, .has_closed = true},
        {.number = 2, .heads = 12, .asked = 12, .answered = 12, .has_closed = true}};
    bring(mentor, MENTOR_CLASSES);
    mentor_set_classes(mentor, before, 2);
    say(mentor, MENTOR_PICK, 0);
    assert_true(mentor_look(mentor, 0).catching_up);
    assert_int_equal(mentor_look(mentor, 0).number[MENTOR_LIMIT], 3);
    say(mentor, MENTOR_BACK, 0);
    say(mentor, MENTOR_PICK, 1);
    assert_int_equal(mentor_look(mentor, 0).number[MENTOR_LIMIT], 1);
}

static void a_wrong_clock_warns_once_and_may_go_on(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_SETUP);
    mentor->clock_wrong = true;
    say(mentor, MENTOR_OPEN, 0);
    assert_int_equal(mentor->state, MENTOR_SETUP);
    assert_true(mentor_look(mentor, 0).warned);
    say(mentor, MENTOR_OPEN, 0);
    assert_int_equal(mentor->state, MENTOR_OPENING);
}

static void numbers_that_do_not_add_up_warn_once_and_again_after_a_change(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_CLOSE);
    assert_int_equal(mentor_look(mentor, 0).sum, 26);
    say(mentor, MENTOR_FIELD, MENTOR_PRESENT);
    say(mentor, MENTOR_SET, 24);
    say(mentor, MENTOR_CONFIRM, 0);
    assert_int_equal(mentor->state, MENTOR_CLOSE);
    assert_true(mentor_look(mentor, 0).warned);
    say(mentor, MENTOR_FIELD, MENTOR_ABSENT + BUNDLE_ABSENT_ILL);
    say(mentor, MENTOR_SET, 1);
    assert_false(mentor_look(mentor, 0).warned);
    say(mentor, MENTOR_CONFIRM, 0);
    assert_int_equal(mentor->state, MENTOR_CLOSE);
    say(mentor, MENTOR_SET, 2);
    say(mentor, MENTOR_CONFIRM, 0);
    assert_int_equal(mentor->state, MENTOR_CLOSING);
    bring(mentor, MENTOR_CLOSE);
    say(mentor, MENTOR_SET, 20);
    say(mentor, MENTOR_CONFIRM, 0);
    say(mentor, MENTOR_CONFIRM, 0);
    assert_int_equal(mentor->state, MENTOR_CLOSING);
    assert_int_equal(mentor->number[MENTOR_PRESENT], 20);
}

static void fields_of_another_page_are_not_heard(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_SETUP);
    assert_false(say(mentor, MENTOR_FIELD, MENTOR_PRESENT));
    bring(mentor, MENTOR_CLOSE);
    assert_false(say(mentor, MENTOR_FIELD, MENTOR_LIMIT));
    assert_false(say(mentor, MENTOR_FIELD, MENTOR_FIELDS));
    say(mentor, MENTOR_SET, 60000);
    assert_int_equal(mentor->number[MENTOR_PRESENT], 2000);
}

static void a_machine_left_alone_locks_itself_but_never_loses_a_receipt(void **state) {
    struct mentor *mentor = *state;
    static const struct {
        enum mentor_state from;
        enum mentor_state to;
    } expected[] = {{MENTOR_CLASSES, MENTOR_LOCKED},  {MENTOR_SETUP, MENTOR_LOCKED},
                    {MENTOR_OVERVIEW, MENTOR_LOCKED}, {MENTOR_EXPORT, MENTOR_LOCKED},
                    {MENTOR_PUPILS, MENTOR_PUPILS},   {MENTOR_CLOSE, MENTOR_CLOSE},
                    {MENTOR_RECEIPT, MENTOR_RECEIPT}, {MENTOR_LOCKED, MENTOR_LOCKED}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        bring(mentor, expected[i].from);
        assert_false(mentor_hear(mentor, MENTOR_TICK, 0, MENTOR_IDLE_MS - 1));
        mentor_hear(mentor, MENTOR_TICK, 0, MENTOR_IDLE_MS);
        assert_int_equal(mentor->state, expected[i].to);
    }
}

static void folders_that_are_not_there_cannot_be_picked(void **state) {
    struct mentor *mentor = *state;
    bring(mentor, MENTOR_EXPORT);
    assert_false(say(mentor, MENTOR_PICK, 2));
    assert_true(say(mentor, MENTOR_PICK, 1));
    assert_int_equal(mentor->folder, 1);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(every_event_in_every_state_leads_where_the_drawing_says),
        case_of(wishes_lead_on_when_done_and_back_when_not),
        case_of(wrong_pins_cost_more_and_more_time),
        case_of(a_restart_does_not_win_a_try),
        case_of(only_a_wrong_pin_counts_as_a_try),
        case_of(pins_are_of_four_to_twelve_digits),
        case_of(leaving_the_program_needs_the_pin),
        case_of(a_pin_asked_for_among_pupils_goes_back_to_them),
        case_of(a_session_found_at_the_start_is_gone_on_with),
        case_of(the_limit_begins_at_the_pupils_asked_and_stays_within_the_heads),
        case_of(a_class_of_which_nobody_is_asked_cannot_be_opened),
        case_of(one_pupil_more_is_let_in_when_the_mentor_says_it_twice),
        case_of(a_rehearsal_ends_without_counting_and_the_next_session_is_real),
        case_of(a_class_that_was_here_before_is_opened_for_who_was_absent),
        case_of(a_wrong_clock_warns_once_and_may_go_on),
        case_of(numbers_that_do_not_add_up_warn_once_and_again_after_a_change),
        case_of(fields_of_another_page_are_not_heard),
        case_of(a_machine_left_alone_locks_itself_but_never_loses_a_receipt),
        case_of(folders_that_are_not_there_cannot_be_picked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
