/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/flow.h"
#include "sample_questionnaire.h"

#include <string.h>

/* The sample questionnaire with two languages, and a clock that stands still. */
struct fixture {
    struct questionnaire *questionnaire;
    struct flow flow;
};

static const uint16_t both_languages[2] = {0, 1};

static void open_flow(struct fixture *fixture, uint16_t languages) {
    fixture->questionnaire = sample_questionnaire();
    assert_true(fixture->questionnaire->language_count >= 2);
    check_fault(flow_open(&fixture->flow, fixture->questionnaire, both_languages, languages), FAULT_NONE);
}

static int set_up(void **state) {
    static struct fixture fixture;
    open_flow(&fixture, 2);
    *state = &fixture;
    return 0;
}

static int set_up_one_language(void **state) {
    static struct fixture fixture;
    open_flow(&fixture, 1);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    flow_release(&fixture->flow);
    fixture->questionnaire = questionnaire_free(fixture->questionnaire);
    return 0;
}

static bool say(struct flow *flow, enum flow_event event, uint16_t value) {
    return flow_hear(flow, event, value, 1000);
}

static bool answers_are_zero(const struct flow *flow) {
    static const struct answers zero;
    return memcmp(flow->answers, &zero, sizeof zero) == 0;
}

/* Skips to the end. */
static void go_to_check(struct flow *flow) {
    while (flow->state == FLOW_QUESTION) {
        say(flow, FLOW_SKIP, 0);
    }
    assert_int_equal(flow->state, FLOW_CHECK);
}

/* Drives a fresh flow to the state, with two answers given on the way to the states that can have them. */
static void bring(struct flow *flow, enum flow_state state) {
    flow_forget(flow);
    if (state == FLOW_READY) {
        return;
    }
    say(flow, FLOW_START, 0);
    if (state == FLOW_LANGUAGE) {
        return;
    }
    say(flow, FLOW_CHOOSE_LANGUAGE, 1);
    if (state == FLOW_WELCOME) {
        return;
    }
    if (state == FLOW_DECLINED_QUIET) {
        say(flow, FLOW_DECLINE, 0);
        return;
    }
    say(flow, FLOW_AGREE, 0);
    say(flow, FLOW_NEXT, 0); /* the note */
    say(flow, FLOW_CHOOSE, 1);
    say(flow, FLOW_NEXT, 0);
    say(flow, FLOW_CHOOSE, 2);
    if (state == FLOW_QUESTION) {
        return;
    }
    if (state == FLOW_STOP_ASK) {
        say(flow, FLOW_STOP, 0);
        return;
    }
    say(flow, FLOW_NEXT, 0);
    go_to_check(flow);
    if (state == FLOW_CHECK) {
        return;
    }
    say(flow, FLOW_SEND, 0);
    if (state == FLOW_THANKS) {
        say(flow, FLOW_SAVED, 0);
    } else if (state == FLOW_SORRY) {
        say(flow, FLOW_FAILED, 0);
    }
    assert_int_equal(flow->state, state);
}

/*
 * Where every event leads from every state: the letter of a state, "." stays. One letter an event, in the
 * order of enum flow_event: START LANGUAGE AGREE DECLINE, NEXT BACK CHOOSE SKIP, STOP STOP_SEND STOP_DISCARD
 * STOP_RETURN, GOTO SEND LEAVE SAVED, FAILED RESET HIDE PRESENT, TICK. `left`: where the end of the idle time
 * leads.
 */
static const struct {
    enum flow_state from;
    const char *to;
    char left;
} table[] = {
    {FLOW_READY, "L... .... .... .... .... .", '.'},
    {FLOW_LANGUAGE, ".W.. .R.. .... .... .R.. .", 'R'},
    {FLOW_WELCOME, "..QD .L.. .... .... .R.. .", 'R'},
    {FLOW_DECLINED_QUIET, ".... .W.. .... ..N. .R.. .", 'N'},
    {FLOW_QUESTION, ".... .... S... .... .R.. .", 'R'},
    {FLOW_STOP_ASK, ".... .Q.. .NDQ .... .R.. .", 'R'},
    {FLOW_CHECK, ".... .Q.. S... QN.. .R.. .", 'R'},
    {FLOW_SENDING, ".... .... .... ...T Y... .", '.'},
    {FLOW_THANKS, ".... .... .... ..R. .R.. .", 'R'},
    {FLOW_SORRY, ".... .... .... .... .R.. .", '.'},
};

static enum flow_state state_of_letter(char letter, enum flow_state from) {
    switch (letter) {
    case 'R': return FLOW_READY;
    case 'L': return FLOW_LANGUAGE;
    case 'W': return FLOW_WELCOME;
    case 'D': return FLOW_DECLINED_QUIET;
    case 'Q': return FLOW_QUESTION;
    case 'S': return FLOW_STOP_ASK;
    case 'C': return FLOW_CHECK;
    case 'N': return FLOW_SENDING;
    case 'T': return FLOW_THANKS;
    case 'Y': return FLOW_SORRY;
    default: return from;
    }
}

static void every_event_in_every_state_leads_where_the_drawing_says(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(sizeof table / sizeof table[0], FLOW_STATES);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        for (int event = 0; event < FLOW_EVENTS; event++) {
            uint16_t value = event == FLOW_GOTO ? SAMPLE_GENDER : 0;
            bring(&fixture->flow, table[i].from);
            assert_int_equal(fixture->flow.state, table[i].from);
            say(&fixture->flow, (enum flow_event)event, value);
            enum flow_state expected = state_of_letter(table[i].to[event + event / 4], table[i].from);
            if (fixture->flow.state != expected) {
                fail_msg("state %d, event %d: %d instead of %d", (int)table[i].from, event,
                         (int)fixture->flow.state, (int)expected);
            }
        }
    }
}

/* One millisecond before: not yet. Afterwards: never again by itself, unless something new is waited for. */
static void the_end_of_the_idle_time_leads_where_the_drawing_says(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        enum flow_state expected = state_of_letter(table[i].left, table[i].from);
        bring(flow, table[i].from);
        flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_FORGET_MS - 1);
        assert_int_equal(flow->state, table[i].from);
        assert_int_equal(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_FORGET_MS), expected != table[i].from);
        if (flow->state != expected) {
            fail_msg("state %d: %d instead of %d", (int)table[i].from, (int)flow->state, (int)expected);
        }
        assert_false(flow_look(flow).hidden);
        assert_int_equal(flow_look(flow).countdown, 0);
        if (expected == FLOW_READY) {
            assert_true(answers_are_zero(flow));
            assert_int_equal(flow_look(flow).language, 0);
        }
        assert_false(flow_hear(flow, FLOW_TICK, 0, 1000 + 9 * (uint64_t)FLOW_FORGET_MS));
        assert_int_equal(flow->state, expected);
    }
}

static void one_language_goes_straight_to_the_welcome(void **state) {
    struct fixture *fixture = *state;
    say(&fixture->flow, FLOW_START, 0);
    assert_int_equal(fixture->flow.state, FLOW_WELCOME);
    assert_true(say(&fixture->flow, FLOW_BACK, 0)); /* there is always a way back */
    assert_int_equal(fixture->flow.state, FLOW_READY);
    assert_true(answers_are_zero(&fixture->flow));
}

static void back_from_the_first_question_returns_to_welcome_and_keeps_the_answers(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    for (int i = 0; i < 3; i++) {
        say(flow, FLOW_BACK, 0);
    }
    assert_int_equal(flow->state, FLOW_WELCOME);
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_ASK);
    assert_int_equal(flow->answers->chosen[SAMPLE_GENDER], 1U << 1);
    say(flow, FLOW_AGREE, 0);
    say(flow, FLOW_NEXT, 0);
    assert_true(flow_is_chosen(flow, 1));
}

static void saying_no_after_going_back_wipes_what_was_chosen(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    for (int i = 0; i < 3; i++) {
        say(flow, FLOW_BACK, 0);
    }
    say(flow, FLOW_DECLINE, 0);
    assert_int_equal(flow->answers->participation, ANSWERS_DECLINED);
    flow->answers->participation = ANSWERS_ANSWERED;
    assert_true(answers_are_zero(flow));
}

static void the_explanation_is_read_forwards_and_backwards_and_ends_with_the_question(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_WELCOME);
    for (int page = 0; page < FLOW_PAGES; page++) {
        assert_int_equal(flow_look(flow).page, page);
        say(flow, page == FLOW_PAGE_PRACTICE ? FLOW_SKIP : FLOW_NEXT, 0);
    }
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_ASK); /* NEXT is neither yes nor no */
    assert_int_equal(flow->state, FLOW_WELCOME);
    for (int page = FLOW_PAGE_ASK; page > 0; page--) {
        say(flow, FLOW_BACK, 0);
        assert_int_equal(flow_look(flow).page, page - 1);
    }
    say(flow, FLOW_BACK, 0);
    assert_int_equal(flow->state, FLOW_LANGUAGE);
}

static void go_to_practice(struct flow *flow) {
    bring(flow, FLOW_WELCOME);
    while (flow_look(flow).page != FLOW_PAGE_PRACTICE) {
        assert_false(say(flow, FLOW_CHOOSE, 0));
        say(flow, FLOW_NEXT, 0);
    }
}

static void practising_works_like_answering_and_is_kept_nowhere(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    go_to_practice(flow);
    assert_false(flow_look(flow).chosen);
    say(flow, FLOW_NEXT, 0);
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_PRACTICE);
    assert_true(flow_look(flow).nudge);
    say(flow, FLOW_CHOOSE, 4);
    assert_true(flow_is_chosen(flow, 4) && flow_look(flow).chosen && !flow_look(flow).nudge);
    say(flow, FLOW_CHOOSE, 1);
    assert_true(flow_is_chosen(flow, 1) && !flow_is_chosen(flow, 4));
    assert_false(say(flow, FLOW_CHOOSE, FLOW_PRACTICE_OPTIONS));
    assert_true(answers_are_zero(flow));
    say(flow, FLOW_HIDE, 0);
    assert_false(flow_is_chosen(flow, 1));
    say(flow, FLOW_NEXT, 0);
    say(flow, FLOW_NEXT, 0);
    assert_int_equal(flow_look(flow).page, FLOW_PAGE_ASK);
    say(flow, FLOW_DECLINE, 0);
    assert_int_equal(flow->practice, 0);
    go_to_practice(flow);
    say(flow, FLOW_CHOOSE, 2);
    say(flow, FLOW_RESET, 0);
    assert_int_equal(flow->practice, 0);
    assert_int_equal(flow->page, 0);
}

static void moving_about_a_page_begins_the_idle_time_anew_and_does_nothing_else(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    assert_false(flow_hear(flow, FLOW_PRESENT, 0, 1000 + FLOW_HIDE_MS - 1));
    assert_false(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_HIDE_MS));
    assert_int_equal(flow_due_ms(flow), 1000 + FLOW_HIDE_MS - 1 + FLOW_HIDE_MS);
}

static void a_no_ends_as_everybody_ends(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_DECLINED_QUIET);
    assert_null(flow_sending(flow));
    say(flow, FLOW_LEAVE, 0);
    assert_int_equal(flow_sending(flow)->participation, ANSWERS_DECLINED);
    say(flow, FLOW_SAVED, 0);
    assert_int_equal(flow->state, FLOW_THANKS);
}

static void a_no_can_be_taken_back_before_it_is_left(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_DECLINED_QUIET);
    say(flow, FLOW_BACK, 0);
    say(flow, FLOW_AGREE, 0);
    go_to_check(flow);
    say(flow, FLOW_SEND, 0);
    assert_int_equal(flow_sending(flow)->participation, ANSWERS_ANSWERED);
}

static void throwing_away_wipes_at_once_and_counts_as_a_no(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_STOP_ASK);
    say(flow, FLOW_STOP_DISCARD, 0);
    assert_int_equal(flow->state, FLOW_DECLINED_QUIET);
    for (int i = 0; i < QUESTIONNAIRE_ITEMS; i++) {
        assert_int_equal(flow->answers->chosen[i], 0);
        assert_false(flow->answers->shown[i]);
    }
    say(flow, FLOW_LEAVE, 0);
    assert_int_equal(flow_sending(flow)->participation, ANSWERS_DECLINED);
}

static void stopping_and_sending_keeps_what_was_filled_in(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_STOP_ASK);
    say(flow, FLOW_STOP_SEND, 0);
    const struct answers *answers = flow_sending(flow);
    assert_int_equal(answers->participation, ANSWERS_STOPPED);
    assert_int_equal(answers->chosen[SAMPLE_GENDER], 1U << 1);
    assert_int_equal(answers->chosen[SAMPLE_SAFE_CLASS], 1U << 2);
    assert_false(answers->shown[SAMPLE_SAFE_HALL]);
}

static void going_on_after_stop_returns_to_the_page_that_was_left(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_STOP_ASK);
    say(flow, FLOW_STOP_RETURN, 0);
    assert_int_equal(flow_look(flow).item, SAMPLE_SAFE_CLASS);
    assert_true(flow_is_chosen(flow, 2));
    bring(flow, FLOW_CHECK);
    say(flow, FLOW_STOP, 0);
    say(flow, FLOW_BACK, 0);
    assert_int_equal(flow->state, FLOW_CHECK);
}

static void next_without_a_choice_stays_and_nudges(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    say(flow, FLOW_NEXT, 0);
    assert_int_equal(flow_look(flow).item, SAMPLE_SAFE_HALL);
    assert_false(flow_look(flow).nudge);
    say(flow, FLOW_NEXT, 0);
    assert_int_equal(flow_look(flow).item, SAMPLE_SAFE_HALL);
    assert_true(flow_look(flow).nudge);
    say(flow, FLOW_CHOOSE, 0);
    assert_false(flow_look(flow).nudge);
}

static void skip_takes_the_choice_back(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    say(flow, FLOW_SKIP, 0);
    assert_int_equal(flow->answers->chosen[SAMPLE_SAFE_CLASS], 0);
    assert_true(flow->answers->shown[SAMPLE_SAFE_CLASS]);
    assert_int_equal(flow_look(flow).item, SAMPLE_SAFE_HALL);
}

static void a_fresh_page_has_nothing_chosen(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_WELCOME);
    say(flow, FLOW_AGREE, 0);
    while (flow->state == FLOW_QUESTION) {
        assert_false(flow_look(flow).chosen);
        for (uint16_t option = 0; option < QUESTIONNAIRE_OPTIONS; option++) {
            assert_false(flow_is_chosen(flow, option));
        }
        say(flow, FLOW_SKIP, 0);
    }
}

static void skip_until(struct flow *flow, uint16_t item) {
    while (flow_look(flow).item != item) {
        assert_int_equal(flow->state, FLOW_QUESTION);
        say(flow, FLOW_SKIP, 0);
    }
}

/* Options of SAMPLE_HAPPENED. */
enum { CALLED_NAMES = 0, NOTHING = 3 };

static void a_question_that_is_not_asked_is_passed_over_in_both_directions(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    skip_until(flow, SAMPLE_HAPPENED);
    say(flow, FLOW_CHOOSE, NOTHING);
    say(flow, FLOW_NEXT, 0);
    assert_int_equal(flow->state, FLOW_CHECK);
    say(flow, FLOW_BACK, 0);
    assert_int_equal(flow_look(flow).item, SAMPLE_HAPPENED);
}

static void an_answer_changed_from_the_check_page_asks_what_it_newly_asks_for(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_CHECK);
    say(flow, FLOW_GOTO, SAMPLE_HAPPENED);
    say(flow, FLOW_CHOOSE, CALLED_NAMES);
    say(flow, FLOW_NEXT, 0);
    assert_int_equal(flow_look(flow).item, SAMPLE_TOLD);
    say(flow, FLOW_CHOOSE, 0);
    say(flow, FLOW_NEXT, 0);
    assert_int_equal(flow->state, FLOW_CHECK);

    say(flow, FLOW_GOTO, SAMPLE_HAPPENED);
    say(flow, FLOW_CHOOSE, NOTHING);
    say(flow, FLOW_NEXT, 0);
    assert_int_equal(flow->state, FLOW_CHECK);
    assert_false(say(flow, FLOW_GOTO, SAMPLE_TOLD));
    assert_int_equal(answers_state_of(flow->answers, flow->questionnaire, SAMPLE_TOLD),
                     ANSWERS_STATE_NOT_ASKED);
}

static void next_after_a_visit_from_the_check_page_returns_to_it(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_CHECK);
    say(flow, FLOW_GOTO, SAMPLE_GENDER);
    say(flow, FLOW_NEXT, 0);
    assert_int_equal(flow->state, FLOW_CHECK);
}

static void the_check_page_tells_whether_and_never_lists_notes(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    uint16_t item = 0;
    uint16_t lines = 0;
    bool answered = false;
    bring(flow, FLOW_CHECK);
    while (flow_check_line(flow, lines, &item, &answered)) {
        assert_int_equal(answered, item == SAMPLE_GENDER || item == SAMPLE_SAFE_CLASS);
        assert_int_not_equal(item, SAMPLE_WELCOME);
        assert_int_not_equal(item, SAMPLE_TOLD);
        lines++;
    }
    assert_int_equal(lines, SAMPLE_ITEMS - 2);
    bring(flow, FLOW_THANKS);
    assert_false(flow_check_line(flow, 0, &item, &answered));
}

static void the_total_never_changes_and_the_position_never_falls_on_the_way_forward(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    uint16_t position = 0;
    bring(flow, FLOW_WELCOME);
    say(flow, FLOW_AGREE, 0);
    assert_true(flow_look(flow).note);
    assert_int_equal(flow_look(flow).position, 0);
    while (flow->state == FLOW_QUESTION) {
        assert_int_equal(flow_look(flow).total, SAMPLE_ITEMS - 1);
        assert_true(flow_look(flow).position >= position);
        position = flow_look(flow).position;
        say(flow, FLOW_SKIP, 0);
    }
    assert_int_equal(position, SAMPLE_ITEMS - 2);
}

static void thanks_and_sorry_hold_no_answers_but_keep_the_language(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_THANKS);
    assert_true(answers_are_zero(flow));
    assert_int_equal(flow_look(flow).language, 1);
    bring(flow, FLOW_SORRY);
    assert_true(answers_are_zero(flow));
    say(flow, FLOW_RESET, 0);
    assert_int_equal(flow_look(flow).language, 0);
}

static void the_language_changes_on_the_spot(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    assert_true(say(flow, FLOW_CHOOSE_LANGUAGE, 0));
    assert_int_equal(flow_look(flow).language, 0);
    assert_int_equal(flow_look(flow).item, SAMPLE_SAFE_CLASS);
    assert_true(flow_is_chosen(flow, 2));
    assert_false(say(flow, FLOW_CHOOSE_LANGUAGE, 2));
}

static void a_page_left_alone_hides_itself_and_wakes_without_doing_anything_else(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    assert_false(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_HIDE_MS - 1));
    assert_true(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_HIDE_MS));
    assert_true(flow_look(flow).hidden);
    assert_false(flow_is_chosen(flow, 2));
    assert_true(flow_hear(flow, FLOW_NEXT, 0, 2000 + FLOW_HIDE_MS));
    assert_false(flow_look(flow).hidden);
    assert_int_equal(flow_look(flow).item, SAMPLE_SAFE_CLASS);
    assert_true(flow_is_chosen(flow, 2));
}

static void a_pupil_can_hide_the_page(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    say(flow, FLOW_HIDE, 0);
    assert_true(flow_look(flow).hidden);
    say(flow, FLOW_RESET, 0);
    assert_false(flow_look(flow).hidden);
    assert_int_equal(flow->state, FLOW_READY);
}

/* Counts the ticks that change something, from `from` on, up to the end of the idle time. */
static int changes_until_forgotten(struct flow *flow, uint64_t from) {
    int changes = 0;
    for (uint64_t now = from; now <= 1000 + FLOW_FORGET_MS; now += 50) {
        changes += flow_hear(flow, FLOW_TICK, 0, now);
    }
    return changes;
}

static void a_hidden_page_counts_down_whole_seconds_and_then_forgets_everything(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_HIDE_MS);
    assert_false(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_WARN_MS - 1));
    assert_int_equal(flow_look(flow).countdown, 0);
    assert_true(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_WARN_MS));
    assert_int_equal(flow_look(flow).countdown, 45);
    assert_true(flow_look(flow).hidden);
    assert_false(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_WARN_MS + 999));
    assert_true(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_WARN_MS + 1000));
    assert_int_equal(flow_look(flow).countdown, 44);
    assert_int_equal(changes_until_forgotten(flow, 1000 + FLOW_WARN_MS + 1000), 44); /* 43 to 1, and READY */
    assert_int_equal(flow->state, FLOW_READY);
    assert_true(answers_are_zero(flow));
    assert_null(flow_sending(flow));
}

static void a_pupil_who_is_still_there_finds_everything_and_has_all_the_time_again(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    uint64_t late = 1000 + FLOW_FORGET_MS - 1;
    bring(flow, FLOW_QUESTION);
    flow_hear(flow, FLOW_TICK, 0, late);
    assert_int_equal(flow_look(flow).countdown, 1);
    assert_true(flow_hear(flow, FLOW_NEXT, 0, late));
    assert_false(flow_look(flow).hidden);
    assert_int_equal(flow_look(flow).countdown, 0);
    assert_int_equal(flow_look(flow).item, SAMPLE_SAFE_CLASS);
    assert_true(flow_is_chosen(flow, 2));
    flow_hear(flow, FLOW_TICK, 0, late + FLOW_FORGET_MS - 1);
    assert_int_equal(flow->state, FLOW_QUESTION);
    flow_hear(flow, FLOW_TICK, 0, late + FLOW_FORGET_MS);
    assert_int_equal(flow->state, FLOW_READY);
}

static void a_page_that_the_pupil_hid_is_forgotten_too(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_CHECK);
    say(flow, FLOW_HIDE, 0);
    assert_false(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_WARN_MS - 1));
    assert_true(flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_WARN_MS));
    assert_int_equal(flow_look(flow).countdown, 45);
    flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_FORGET_MS);
    assert_int_equal(flow->state, FLOW_READY);
    assert_true(answers_are_zero(flow));
}

/* The machine may have been too busy to tell the time. */
static void after_the_idle_time_no_event_finds_the_answers_even_if_no_tick_came(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    static const enum flow_state holding[] = {FLOW_WELCOME, FLOW_QUESTION, FLOW_STOP_ASK, FLOW_CHECK};
    for (size_t i = 0; i < sizeof holding / sizeof holding[0]; i++) {
        for (int event = 0; event < FLOW_EVENTS; event++) {
            bring(flow, holding[i]);
            assert_true(flow_hear(flow, (enum flow_event)event, 0, 1000 + FLOW_FORGET_MS));
            assert_int_equal(flow->state, FLOW_READY);
            assert_true(answers_are_zero(flow));
        }
    }
}

static void a_pupil_who_went_back_to_the_languages_is_forgotten_too(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    bring(flow, FLOW_QUESTION);
    for (int i = 0; i < 3 + FLOW_PAGES; i++) {
        say(flow, FLOW_BACK, 0);
    }
    assert_int_equal(flow->state, FLOW_LANGUAGE);
    assert_false(answers_are_zero(flow));
    flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_FORGET_MS);
    assert_int_equal(flow->state, FLOW_READY);
    assert_true(answers_are_zero(flow));
}

static void a_no_that_is_left_alone_is_sent_and_the_thanks_then_go_by_themselves(void **state) {
    struct flow *flow = &((struct fixture *)*state)->flow;
    uint64_t saved = 1000 + FLOW_FORGET_MS + 20;
    bring(flow, FLOW_DECLINED_QUIET);
    flow_hear(flow, FLOW_TICK, 0, 1000 + FLOW_FORGET_MS);
    assert_int_equal(flow_sending(flow)->participation, ANSWERS_DECLINED);
    flow_hear(flow, FLOW_SAVED, 0, saved);
    flow_hear(flow, FLOW_TICK, 0, saved + FLOW_FORGET_MS - 1);
    assert_int_equal(flow->state, FLOW_THANKS);
    flow_hear(flow, FLOW_TICK, 0, saved + FLOW_FORGET_MS);
    assert_int_equal(flow->state, FLOW_READY);
}

static void languages_that_the_questionnaire_lacks_are_refused(void **state) {
    struct fixture *fixture = *state;
    static const uint16_t wrong[1] = {QUESTIONNAIRE_LANGUAGES};
    struct flow flow;
    check_fault(flow_open(&flow, fixture->questionnaire, wrong, 1), FAULT_MISUSE);
    flow_release(&flow);
    check_fault(flow_open(&flow, fixture->questionnaire, both_languages, 0), FAULT_MISUSE);
    flow_release(&flow);
}

/* What must hold after every event, whatever was tapped. */
static void check_invariants(const struct flow *flow, enum flow_state before, enum flow_event event,
                             bool was_hidden) {
    const struct flow_view view = flow_look(flow);
    if (flow->state == FLOW_READY || flow->state == FLOW_THANKS || flow->state == FLOW_SORRY ||
        flow->state == FLOW_LANGUAGE) {
        if (flow->state != FLOW_LANGUAGE || before == FLOW_READY) {
            assert_true(answers_are_zero(flow));
        }
    }
    if (flow->state != before) {
        assert_true(!was_hidden || event == FLOW_RESET || flow->state == FLOW_READY);
    }
    if (flow->state == FLOW_SENDING && before != FLOW_SENDING) {
        bool said = event == FLOW_SEND || event == FLOW_STOP_SEND || event == FLOW_LEAVE;
        assert_true(said || before == FLOW_DECLINED_QUIET);
    }
    assert_true(view.countdown == 0 || (view.hidden && view.countdown <= 45));
    if (flow->state == FLOW_THANKS && before != FLOW_THANKS) {
        assert_true(before == FLOW_SENDING && event == FLOW_SAVED);
    }
    if (flow->state == FLOW_QUESTION) {
        assert_true(flow->answers->shown[flow->item]);
        assert_true(questionnaire_asks(flow->questionnaire, flow->item, flow->answers->chosen));
        assert_true(view.position <= view.total);
    }
    for (uint16_t i = 0; flow->state == FLOW_CHECK && i < flow->questionnaire->item_count; i++) {
        bool asked = questionnaire_asks(flow->questionnaire, i, flow->answers->chosen);
        assert_true(!asked || flow->answers->shown[i]);
    }
    if (flow->state == FLOW_DECLINED_QUIET) {
        assert_int_equal(flow->answers->participation, ANSWERS_DECLINED);
    }
    check_fault(answers_check(flow->answers, flow->questionnaire), FAULT_NONE);
}

static bool nothing_is_chosen(const struct flow *flow) {
    static const struct answers zero;
    return memcmp(flow->answers->chosen, zero.chosen, sizeof zero.chosen) == 0 &&
           memcmp(flow->answers->shown, zero.shown, sizeof zero.shown) == 0;
}

/* Ticks as the screen does, when something is due, until nothing is; true when the idle time ended. */
static bool wait_until(struct flow *flow, uint64_t now) {
    bool left = false;
    for (uint64_t due = flow_due_ms(flow); due <= now; due = flow_due_ms(flow)) {
        enum flow_state before = flow->state;
        assert_false(flow_hear(flow, FLOW_TICK, 0, due - 1));
        assert_true(flow_hear(flow, FLOW_TICK, 0, due));
        assert_true(flow_due_ms(flow) > due);
        left = left || flow->state != before;
    }
    return left;
}

/*
 * Mostly short waits; sometimes until the page hides, warns or is left. What was sent may still wait for the
 * disk; else, after the idle time, nothing is left.
 */
static uint64_t wait_a_while(struct flow *flow, uint64_t *random, uint64_t now) {
    static const uint64_t waits[] = {FLOW_HIDE_MS, FLOW_WARN_MS, FLOW_WARN_MS + 3500, FLOW_FORGET_MS};
    bool said_it = flow->state == FLOW_SENDING;
    bool was_no = flow->state == FLOW_DECLINED_QUIET;
    bool ticking = sample_below(random, 2) == 0;
    uint64_t wait = sample_below(random, 40) == 0 ? waits[sample_below(random, 4)] : 10;
    if (ticking && wait_until(flow, now + wait)) {
        assert_true(flow->state == (was_no ? FLOW_SENDING : FLOW_READY));
    }
    if (ticking && wait == FLOW_FORGET_MS && !said_it) {
        assert_true(nothing_is_chosen(flow));
        assert_true(was_no || answers_are_zero(flow));
    }
    return now + wait;
}

static void storm(struct flow *flow, uint64_t *random, int events) {
    uint64_t now = 0;
    for (int i = 0; i < events; i++) {
        enum flow_event event = (enum flow_event)sample_below(random, FLOW_EVENTS);
        if (sample_below(random, 3) == 0) {
            event = flow->state == FLOW_QUESTION ? FLOW_NEXT : FLOW_AGREE;
        }
        uint16_t value = (uint16_t)sample_below(random, 12);
        now = wait_a_while(flow, random, now);
        enum flow_state before = flow->state;
        bool hidden = flow->hidden;
        flow_hear(flow, event, value, now);
        check_invariants(flow, before, event, hidden);
    }
}

static void no_storm_of_events_breaks_what_must_hold(void **state) {
    (void)state;
    uint64_t random = 20261123;
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct questionnaire *questionnaire = sample_questionnaire_random(seed);
        struct flow flow;
        uint16_t languages[QUESTIONNAIRE_LANGUAGES] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        check_fault(flow_open(&flow, questionnaire, languages, questionnaire->language_count), FAULT_NONE);
        storm(&flow, &random, 3000);
        flow_release(&flow);
        questionnaire_free(questionnaire);
    }
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(every_event_in_every_state_leads_where_the_drawing_says),
        case_of(the_end_of_the_idle_time_leads_where_the_drawing_says),
        cmocka_unit_test_setup_teardown(one_language_goes_straight_to_the_welcome, set_up_one_language,
                                        tear_down),
        case_of(back_from_the_first_question_returns_to_welcome_and_keeps_the_answers),
        case_of(saying_no_after_going_back_wipes_what_was_chosen),
        case_of(the_explanation_is_read_forwards_and_backwards_and_ends_with_the_question),
        case_of(practising_works_like_answering_and_is_kept_nowhere),
        case_of(moving_about_a_page_begins_the_idle_time_anew_and_does_nothing_else),
        case_of(a_no_ends_as_everybody_ends),
        case_of(a_no_can_be_taken_back_before_it_is_left),
        case_of(throwing_away_wipes_at_once_and_counts_as_a_no),
        case_of(stopping_and_sending_keeps_what_was_filled_in),
        case_of(going_on_after_stop_returns_to_the_page_that_was_left),
        case_of(next_without_a_choice_stays_and_nudges),
        case_of(skip_takes_the_choice_back),
        case_of(a_fresh_page_has_nothing_chosen),
        case_of(a_question_that_is_not_asked_is_passed_over_in_both_directions),
        case_of(an_answer_changed_from_the_check_page_asks_what_it_newly_asks_for),
        case_of(next_after_a_visit_from_the_check_page_returns_to_it),
        case_of(the_check_page_tells_whether_and_never_lists_notes),
        case_of(the_total_never_changes_and_the_position_never_falls_on_the_way_forward),
        case_of(thanks_and_sorry_hold_no_answers_but_keep_the_language),
        case_of(the_language_changes_on_the_spot),
        case_of(a_page_left_alone_hides_itself_and_wakes_without_doing_anything_else),
        case_of(a_pupil_can_hide_the_page),
        case_of(a_hidden_page_counts_down_whole_seconds_and_then_forgets_everything),
        case_of(a_pupil_who_is_still_there_finds_everything_and_has_all_the_time_again),
        case_of(a_page_that_the_pupil_hid_is_forgotten_too),
        case_of(after_the_idle_time_no_event_finds_the_answers_even_if_no_tick_came),
        case_of(a_pupil_who_went_back_to_the_languages_is_forgotten_too),
        case_of(a_no_that_is_left_alone_is_sent_and_the_thanks_then_go_by_themselves),
        case_of(languages_that_the_questionnaire_lacks_are_refused),
        cmocka_unit_test(no_storm_of_events_breaks_what_must_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
