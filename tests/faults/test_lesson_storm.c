/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lessons of random input: taps, PINs, restarts in the middle, clocks that jump ten years either way. Who
 * does not know the PIN never gets past it; who does loses no contribution that was thanked for, whatever
 * happens.
 *   KLANKBORD_STORM_STEPS  how many steps (default 6000 and 3000)
 */
#include "../check.h"

#include "../sample_kiosk.h"
#include "kiosk/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sample_kiosk kiosk;
static struct desk *desk;
static uint64_t now_ms;
static uint64_t chance_state;
static uint32_t thanked, rehearsed, restarts, jumps;

static uint32_t chance(uint32_t bound) {
    chance_state = chance_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(chance_state >> 33) % bound;
}

static long steps_or(long usual) {
    const char *steps = getenv("KLANKBORD_STORM_STEPS");
    return steps ? strtol(steps, NULL, 10) : usual;
}

static void set_year(unsigned year) {
    char today[16];
    snprintf(today, sizeof today, "%04u-06-15", year);
    setenv("KLANKBORD_TODAY", today, 1);
}

static void restart(void) {
    desk = desk_free(desk);
    now_ms = chance(1000); /* a machine's own clock begins anew */
    check_fault(desk_open(&desk, sample_kiosk_open(&kiosk), now_ms), FAULT_NONE);
    restarts++;
}

static int set_up(void **state) {
    (void)state;
    sample_kiosk_new(&kiosk);
    set_year(2026);
    chance_state = 20261125;
    thanked = rehearsed = restarts = jumps = 0;
    restart();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    desk = desk_free(desk);
    sample_kiosk_release(&kiosk);
    unsetenv("KLANKBORD_TODAY");
    return 0;
}

/* What is acknowledged is what goes from being stored to the thanks. */
static void work(void) {
    const struct session *session = desk_session(desk);
    bool sending = session && flow_sending(session_flow(session)) &&
                   desk_mentor_view(desk, now_ms).state == MENTOR_PUPILS;
    bool rehearsal = session && session_is_rehearsal(session);
    uint32_t before = session ? session_count(session) : 0;
    desk_work(desk, now_ms);
    if (sending && desk_session(desk) == session && session_flow(session)->state == FLOW_THANKS) {
        assert_int_equal(session_count(session), before + 1);
        *(rehearsal ? &rehearsed : &thanked) += 1;
    } else if (desk_session(desk) == session && session) {
        assert_int_equal(session_count(session), before);
    }
}

static void any_event(void) {
    switch (chance(12)) {
    case 0: now_ms += chance(400000); break;
    case 1:
        set_year(1970 + chance(100));
        jumps++;
        break;
    case 2: desk_tick(desk, now_ms); break;
    case 3: desk_reset_pupil(desk, now_ms); break;
    case 4:
    case 5:
    case 6:
    case 7: desk_pupil(desk, (enum flow_event)chance(FLOW_EVENTS), (uint16_t)chance(8), now_ms); break;
    case 8:
        if (chance(40) == 0) {
            restart();
        }
        break;
    default: desk_mentor(desk, (enum mentor_event)chance(MENTOR_EVENTS), (uint16_t)chance(8), now_ms); break;
    }
}

static bool is_outside(enum mentor_state state) {
    return state == MENTOR_LOCKED || state == MENTOR_PIN || state == MENTOR_CHECKING ||
           state == MENTOR_PUPILS;
}

/* Only odd digits are typed, and the PIN has none: no guess can be right. */
static void stranger_event(void) {
    if (desk_mentor_view(desk, now_ms).state == MENTOR_PIN) {
        static const uint16_t odd[] = {1, 3, 5, 7, 9};
        uint32_t what = chance(9);
        enum mentor_event event = what < 6    ? MENTOR_DIGIT
                                  : what == 6 ? MENTOR_ENTER
                                  : what == 7 ? MENTOR_BACK
                                              : (enum mentor_event)chance(MENTOR_EVENTS);
        desk_mentor(desk, event, odd[chance(5)], now_ms);
    } else {
        any_event();
    }
}

static void type_pin(void) {
    desk_mentor(desk, MENTOR_UNLOCK, 0, now_ms);
    while (desk_mentor_view(desk, now_ms).digits > 0) {
        desk_mentor(desk, MENTOR_ERASE, 0, now_ms);
    }
    now_ms += 1000 * (uint64_t)desk_mentor_view(desk, now_ms).wait_s;
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        desk_mentor(desk, MENTOR_DIGIT, (uint16_t)(*digit - '0'), now_ms);
    }
    desk_mentor(desk, MENTOR_ENTER, 0, now_ms);
}

static void who_does_not_know_the_pin_is_never_let_out(void **state) {
    (void)state;
    long steps = steps_or(6000);
    type_pin();
    work();
    desk_mentor(desk, MENTOR_PICK, 1, now_ms);
    desk_mentor(desk, MENTOR_OPEN, 0, now_ms);
    desk_mentor(desk, MENTOR_OPEN, 0, now_ms); /* the sample's period may be over */
    work();
    assert_int_equal(desk_mentor_view(desk, now_ms).state, MENTOR_PUPILS);
    for (long i = 0; i < steps; i++) {
        stranger_event();
        work();
        enum mentor_state now = desk_mentor_view(desk, now_ms).state;
        if (!is_outside(now)) {
            fail_msg("step %ld: in state %d", i, (int)now);
        }
    }
    printf("%ld random events without the PIN, %u restarts, %u changed clocks: nobody let in or out\n", steps,
           (unsigned)restarts, (unsigned)jumps);
}

/* Mostly forward, so that something happens: a pupil who goes through, a mentor who opens. */
static void helpful_event(void) {
    static const enum flow_event through[] = {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE, FLOW_STOP,
                                              FLOW_STOP_SEND};
    enum mentor_state now = desk_mentor_view(desk, now_ms).state;
    if (now == MENTOR_PUPILS && chance(10)) {
        for (size_t i = 0; i < sizeof through / sizeof *through; i++) {
            desk_pupil(desk, through[i], 0, now_ms);
        }
        work();
        desk_pupil(desk, FLOW_LEAVE, 0, now_ms);
    } else if (now == MENTOR_LOCKED || now == MENTOR_PIN || now == MENTOR_PUPILS) {
        type_pin();
    } else if (now == MENTOR_CLASSES) {
        desk_mentor(desk, MENTOR_PICK, (uint16_t)chance(3), now_ms);
    } else if (now == MENTOR_SETUP) {
        desk_mentor(desk, chance(8) ? MENTOR_OPEN : MENTOR_REHEARSE, 0, now_ms);
    } else if (now == MENTOR_EXPORT) {
        desk_mentor(desk, MENTOR_PICK, 0, now_ms);
    } else if (now == MENTOR_OVERVIEW) {
        desk_mentor(desk, chance(3) ? MENTOR_CONTINUE : MENTOR_FINISH, 0, now_ms);
    } else {
        any_event();
    }
}

static uint32_t kept(void) {
    struct kiosk_state_sessions sessions = {0};
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    uint32_t sum = 0;
    check_fault(kiosk_state_list_sessions(&sessions, open), FAULT_NONE);
    assert_int_equal(sessions.unreadable, 0);
    for (uint32_t i = 0; i < sessions.count; i++) {
        sum += sessions.session[i].count;
    }
    kiosk_state_sessions_release(&sessions);
    kiosk_state_close(open);
    return sum;
}

static void whatever_happens_every_thanked_contribution_is_kept_once(void **state) {
    (void)state;
    long steps = steps_or(3000);
    for (long i = 0; i < steps; i++) {
        if (chance(3)) {
            helpful_event();
        } else {
            any_event();
        }
        work();
        if (desk_mentor_view(desk, now_ms).state == MENTOR_GONE) {
            restart();
        }
    }
    desk = desk_free(desk);
    uint32_t found = kept();
    printf("%ld random events with the PIN, %u restarts, %u changed clocks: %u thanked for, %u kept; %u "
           "rehearsed\n",
           steps, (unsigned)restarts, (unsigned)jumps, (unsigned)thanked, (unsigned)found,
           (unsigned)rehearsed);
    assert_int_equal(found, thanked);
    assert_true(thanked > 20 || steps < 3000);
    assert_true(rehearsed > 0 || steps < 3000);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(who_does_not_know_the_pin_is_never_let_out),
        case_of(whatever_happens_every_thanked_contribution_is_kept_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
