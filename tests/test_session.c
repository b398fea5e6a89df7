/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/contribution.h"
#include "core/measurement.h"
#include "kiosk/session.h"
#include "sample_kiosk.h"
#include "sample_questionnaire.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

struct fixture {
    struct sample_kiosk kiosk;
    struct kiosk_state *state;
    struct session_setup setup;
    char path[KIOSK_STATE_PATH_SIZE];
    struct session *session;
};

static int set_up(void **state) {
    static struct fixture fixture;
    fixture = (struct fixture){0};
    sample_kiosk_new(&fixture.kiosk);
    fixture.state = sample_kiosk_open(&fixture.kiosk);
    fixture.setup = (struct session_setup){.round = fixture.state->round,
                                           .layout = &fixture.state->layout,
                                           .kiosk_key = fixture.state->public_key,
                                           .allow_cow = true};
    check_fault(kiosk_state_new_box(fixture.path, fixture.state), FAULT_NONE);
    check_fault(session_open(&fixture.session, &fixture.setup, fixture.path, 1, 4, 0), FAULT_NONE);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    fixture->session = session_free(fixture->session);
    fixture->state = kiosk_state_close(fixture->state);
    sample_kiosk_release(&fixture->kiosk);
    return 0;
}

static bool say(struct session *session, enum flow_event event, uint16_t value) {
    return session_hear(session, event, value, 0);
}

static enum flow_state state_of(const struct session *session) {
    return session_flow(session)->state;
}

static void begin(struct session *session) {
    assert_true(say(session, FLOW_START, 0));
    if (state_of(session) == FLOW_LANGUAGE) {
        say(session, FLOW_CHOOSE_LANGUAGE, 0);
    }
    assert_int_equal(state_of(session), FLOW_WELCOME);
}

/* Answers the first few questions with option `option` (0: the first), skips the rest, sends. */
static void fill_in(struct session *session, uint16_t option) {
    begin(session);
    say(session, FLOW_AGREE, 0);
    for (int i = 0; i < 5; i++) {
        say(session, FLOW_CHOOSE, option);
        say(session, FLOW_NEXT, 0);
    }
    while (state_of(session) == FLOW_QUESTION) {
        say(session, FLOW_SKIP, 0);
    }
    say(session, FLOW_SEND, 0);
}

static void finish(struct session *session) {
    assert_int_equal(state_of(session), FLOW_SENDING);
    assert_true(session_work(session, 0));
    assert_int_equal(state_of(session), FLOW_THANKS);
    say(session, FLOW_LEAVE, 0);
    assert_int_equal(state_of(session), FLOW_READY);
}

/* Opens one contribution as the two key holders together would, and adds it up. */
static void open_one(uint32_t *sums, const struct fixture *fixture, const uint8_t *contribution) {
    const struct round *round = fixture->state->round;
    uint32_t n = fixture->state->layout.counter_count;
    struct share_context context = {.counter_count = n};
    uint8_t plain1[CONTRIBUTION_HEAD_BYTES + SHARE_SEED_BYTES + CONTRIBUTION_TAIL1_BYTES];
    size_t size1 = contribution_sealed1_bytes(true), size2 = contribution_sealed2_bytes(n, true);
    uint8_t *plain2 = malloc(size2);
    uint32_t *expansion = calloc(n, sizeof *expansion);
    const uint8_t *sealed1 = contribution + SHARE_ID_BYTES;
    const uint8_t *sealed2 = sealed1 + size1;
    memcpy(context.round_digest, round->digest, DIGEST_BYTES);
    memcpy(context.layout_digest, round->layout_digest, DIGEST_BYTES);
    assert_int_equal(crypto_box_seal_open(plain1, sealed1, size1, round->holder[0].box_key,
                                          fixture->kiosk.sample->box_secret[0]),
                     0);
    assert_int_equal(crypto_box_seal_open(plain2, sealed2, size2, round->holder[1].box_key,
                                          fixture->kiosk.sample->box_secret[1]),
                     0);
    share_expand(expansion, &context, contribution, plain1 + CONTRIBUTION_HEAD_BYTES);
    for (uint32_t i = 0; i < n; i++) {
        sums[i] += expansion[i] + bytes_load_u32(plain2 + CONTRIBUTION_HEAD_BYTES + 4 * i);
    }
    free(expansion);
    free(plain2);
}

static void open_all(uint32_t *sums, const struct fixture *fixture) {
    struct bytes_buffer records = {0};
    struct ballot_box *box = NULL;
    uint32_t count = 0;
    uint32_t damaged = 0;
    check_fault(ballot_box_open(&box, fixture->path, true, NULL), FAULT_NONE);
    check_fault(ballot_box_read(&records, &count, &damaged, box), FAULT_NONE);
    for (uint32_t i = 0; i < count; i++) {
        open_one(sums, fixture,
                 records.data + i * contribution_bytes(fixture->state->layout.counter_count, true));
    }
    bytes_buffer_release(&records);
    ballot_box_free(box);
}

static void what_was_tapped_equals_what_is_opened(void **state) {
    struct fixture *fixture = *state;
    const struct layout *layout = &fixture->state->layout;
    const struct questionnaire *questionnaire = fixture->state->round->questionnaire;
    uint32_t *expected = calloc(layout->counter_count, sizeof *expected);
    uint32_t *one = calloc(layout->counter_count, sizeof *one);
    uint32_t *opened = calloc(layout->counter_count, sizeof *opened);
    for (uint16_t pupil = 0; pupil < 3; pupil++) {
        if (pupil == 2) {
            begin(fixture->session);
            say(fixture->session, FLOW_DECLINE, 0);
            say(fixture->session, FLOW_LEAVE, 0);
        } else {
            fill_in(fixture->session, pupil);
        }
        const struct answers *answers = flow_sending(session_flow(fixture->session));
        assert_non_null(answers);
        check_fault(measurement_encode(one, layout, questionnaire, answers), FAULT_NONE);
        for (uint32_t i = 0; i < layout->counter_count; i++) {
            expected[i] += one[i];
        }
        finish(fixture->session);
    }
    fixture->session = session_free(fixture->session);
    open_all(opened, fixture);
    assert_memory_equal(opened, expected, layout->counter_count * sizeof *expected);
    assert_int_equal(opened[0] + opened[1] + opened[2], 3); /* participation */
    assert_int_equal(opened[2], 1);
    free(expected);
    free(one);
    free(opened);
}

static void a_no_counts_like_everybody_and_has_the_same_size(void **state) {
    struct fixture *fixture = *state;
    begin(fixture->session);
    say(fixture->session, FLOW_DECLINE, 0);
    assert_false(session_work(fixture->session, 0)); /* the quiet page stores nothing */
    assert_int_equal(session_count(fixture->session), 0);
    say(fixture->session, FLOW_LEAVE, 0);
    finish(fixture->session);
    assert_int_equal(session_count(fixture->session), 1);
}

static void when_the_machine_is_full_nobody_can_start(void **state) {
    struct fixture *fixture = *state;
    for (uint16_t pupil = 0; pupil < 4; pupil++) {
        assert_false(session_is_full(fixture->session));
        fill_in(fixture->session, 0);
        finish(fixture->session);
    }
    assert_true(session_is_full(fixture->session));
    assert_false(say(fixture->session, FLOW_START, 0));
    assert_int_equal(state_of(fixture->session), FLOW_READY);
}

static void only_the_session_says_that_something_was_saved(void **state) {
    struct fixture *fixture = *state;
    fill_in(fixture->session, 0);
    assert_false(say(fixture->session, FLOW_SAVED, 0));
    assert_false(say(fixture->session, FLOW_FAILED, 0));
    assert_int_equal(state_of(fixture->session), FLOW_SENDING);
    assert_int_equal(session_count(fixture->session), 0);
}

static void a_session_goes_on_after_a_restart(void **state) {
    struct fixture *fixture = *state;
    fill_in(fixture->session, 0);
    finish(fixture->session);
    fill_in(fixture->session, 1); /* and then the power goes */
    fixture->session = session_free(fixture->session);
    check_fault(session_resume(&fixture->session, &fixture->setup, fixture->path), FAULT_NONE);
    assert_int_equal(session_count(fixture->session), 1);
    assert_int_equal(session_head(fixture->session)->limit, 4);
    assert_int_equal(session_head(fixture->session)->slots, 12);
    fill_in(fixture->session, 1);
    finish(fixture->session);
    assert_int_equal(session_count(fixture->session), 2);
}

static void a_box_that_belongs_elsewhere_is_not_gone_on_with(void **state) {
    struct fixture *fixture = *state;
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    fixture->session = session_free(fixture->session);
    struct round *round = fixture->state->round;
    struct layout *layout = &fixture->state->layout;
    uint8_t *values[3] = {round->digest, layout->digest, fixture->state->public_key};
    static const enum fault faults[3] = {FAULT_ROUND_OTHER, FAULT_LAYOUT_MISMATCH, FAULT_KIOSK_UNKNOWN};
    for (int i = 0; i < 3; i++) {
        values[i][5] ^= 1;
        check_fault(session_resume(&fixture->session, &fixture->setup, fixture->path), faults[i]);
        assert_null(fixture->session);
        values[i][5] ^= 1;
    }
    check_fault(session_resume(&fixture->session, &fixture->setup, fixture->path), FAULT_NONE);
    check_fault(session_close(fixture->session, 0, absent), FAULT_NONE);
    fixture->session = session_free(fixture->session);
    check_fault(session_resume(&fixture->session, &fixture->setup, fixture->path), FAULT_ALREADY_CLOSED);
}

static void classes_and_limits_outside_the_round_are_refused(void **state) {
    struct fixture *fixture = *state;
    char path[KIOSK_STATE_PATH_SIZE];
    struct session *other = NULL;
    check_fault(kiosk_state_new_box(path, fixture->state), FAULT_NONE);
    check_fault(session_open(&other, &fixture->setup, path, 9, 4, 0), FAULT_CLASS_UNKNOWN);
    check_fault(session_open(&other, &fixture->setup, path, 1, 13, 0), FAULT_LIMIT);
    check_fault(session_open(&other, &fixture->setup, path, 1, 0, 0), FAULT_LIMIT);
    assert_null(other);
    assert_false(file_exists(path));
}

static void limit_file_size(rlim_t bytes) {
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
}

static void when_storing_fails_nobody_is_thanked_and_nothing_is_left_in_memory(void **state) {
    struct fixture *fixture = *state;
    static const struct answers zero;
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    fill_in(fixture->session, 0);
    finish(fixture->session);
    fill_in(fixture->session, 1);
    signal(SIGXFSZ, SIG_IGN);
    limit_file_size(1000);
    assert_true(session_work(fixture->session, 0));
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(state_of(fixture->session), FLOW_SORRY);
    assert_int_not_equal(session_fault(fixture->session), FAULT_NONE);
    assert_memory_equal(session_flow(fixture->session)->answers, &zero, sizeof zero);
    say(fixture->session, FLOW_RESET, 0);
    assert_false(say(fixture->session, FLOW_START, 0)); /* nothing more is accepted in this run */
    assert_int_not_equal(session_fault(fixture->session), FAULT_NONE);
    check_fault(session_close(fixture->session, 1, absent), FAULT_NONE);
    assert_int_equal(session_count(fixture->session), 1);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(what_was_tapped_equals_what_is_opened),
        case_of(a_no_counts_like_everybody_and_has_the_same_size),
        case_of(when_the_machine_is_full_nobody_can_start),
        case_of(only_the_session_says_that_something_was_saved),
        case_of(a_session_goes_on_after_a_restart),
        case_of(a_box_that_belongs_elsewhere_is_not_gone_on_with),
        case_of(classes_and_limits_outside_the_round_are_refused),
        case_of(when_storing_fails_nobody_is_thanked_and_nothing_is_left_in_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
