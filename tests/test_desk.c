/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/bundle.h"
#include "kiosk/desk.h"
#include "sample_kiosk.h"
#include "sample_questionnaire.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct sample_kiosk kiosk;
static struct desk *desk;

static void open_desk(void) {
    check_fault(desk_open(&desk, sample_kiosk_open(&kiosk), 0), FAULT_NONE);
}

static int set_up(void **state) {
    (void)state;
    char today[16];
    sample_kiosk_new(&kiosk);
    uint32_t day = kiosk.sample->round->first_day;
    snprintf(today, sizeof today, "%04u-%02u-%02u", (unsigned)(day / 10000), (unsigned)(day / 100 % 100),
             (unsigned)(day % 100));
    setenv("KLANKBORD_TODAY", today, 1);
    open_desk();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    desk = desk_free(desk);
    sample_kiosk_release(&kiosk);
    return 0;
}

static enum mentor_state mentor_state(void) {
    return desk_mentor_view(desk, 0).state;
}

static void mentor(enum mentor_event event, uint16_t value) {
    desk_mentor(desk, event, value, 0);
    desk_work(desk, 0);
}

static void type_pin(const char *pin) {
    for (; *pin; pin++) {
        mentor(MENTOR_DIGIT, (uint16_t)(*pin - '0'));
    }
    mentor(MENTOR_ENTER, 0);
}

static void unlock(void) {
    mentor(MENTOR_UNLOCK, 0);
    type_pin(SAMPLE_PIN);
}

static void open_class(uint16_t row, uint16_t limit) {
    mentor(MENTOR_PICK, row);
    mentor(MENTOR_SET, limit);
    mentor(MENTOR_OPEN, 0);
    assert_int_equal(mentor_state(), MENTOR_PUPILS);
}

static enum flow_state pupil(enum flow_event event, uint16_t value) {
    desk_pupil(desk, event, value, 0);
    desk_work(desk, 0);
    return session_flow(desk_session(desk))->state;
}

static void one_pupil(void) {
    if (pupil(FLOW_START, 0) == FLOW_LANGUAGE) {
        pupil(FLOW_CHOOSE_LANGUAGE, 0);
    }
    pupil(FLOW_AGREE, 0);
    pupil(FLOW_STOP, 0);
    assert_int_equal(pupil(FLOW_STOP_SEND, 0), FLOW_THANKS);
    pupil(FLOW_LEAVE, 0);
}

static void one_pupil_after_restart(void) {
    unlock();
    mentor(MENTOR_CONTINUE, 0);
    one_pupil();
}

static void close_and_export(void) {
    unlock();
    assert_int_equal(mentor_state(), MENTOR_OVERVIEW);
    mentor(MENTOR_FINISH, 0);
    mentor(MENTOR_CONFIRM, 0);
    assert_int_equal(mentor_state(), MENTOR_EXPORT);
    assert_string_equal(desk_folder_at(desk, 0), kiosk.export_folder);
    mentor(MENTOR_PICK, 0);
    assert_int_equal(mentor_state(), MENTOR_RECEIPT);
}

static void decode_export(struct bytes_buffer *content, struct bundle *bundle, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", kiosk.export_folder, name);
    check_fault(file_read(content, path, 1 << 24), FAULT_NONE);
    check_fault(bundle_decode(bundle, bytes_buffer_view(content)), FAULT_NONE);
    check_fault(bundle_belongs(bundle, desk_round(desk), desk_state(desk)->layout.counter_count), FAULT_NONE);
}

static void a_class_goes_from_the_pin_to_the_receipt(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct bundle bundle;
    unlock();
    assert_int_equal(mentor_state(), MENTOR_CLASSES);
    assert_int_equal(desk_class_count(desk), 3);
    open_class(0, 5);
    one_pupil();
    one_pupil();
    assert_int_equal(desk_class_at(desk, 0).contributions, 2);
    assert_true(desk_class_at(desk, 0).is_open);
    close_and_export();
    assert_int_equal(desk_receipt_count(desk), 1);
    assert_int_equal(desk_receipt_at(desk, 0)->count, 2);
    decode_export(&content, &bundle, desk_receipt_at(desk, 0)->name);
    assert_int_equal(bundle.header.class_number, 1);
    assert_int_equal(bundle.header.present, 10); /* the pupils asked: 12, 2 not */
    assert_int_equal(bundle.header.limit, 5);
    assert_int_equal(bundle.header.flags, BUNDLE_FLAG_COMMITTED);
    bytes_buffer_release(&content);
    mentor(MENTOR_WRITTEN_DOWN, 0);
    assert_int_equal(mentor_state(), MENTOR_CLASSES);
    assert_int_equal(desk_class_at(desk, 0).closed_sessions, 1);
    assert_null(desk_session(desk));
}

static void late_pupils_get_a_second_session_and_both_are_exported(void **state) {
    (void)state;
    unlock();
    open_class(1, 15);
    one_pupil();
    close_and_export();
    mentor(MENTOR_WRITTEN_DOWN, 0);
    open_class(1, 2);
    one_pupil();
    one_pupil();
    close_and_export();
    assert_int_equal(desk_receipt_count(desk), 2);
    assert_int_equal(desk_receipt_at(desk, 0)->count + desk_receipt_at(desk, 1)->count, 3);
    mentor(MENTOR_WRITTEN_DOWN, 0);
    mentor(MENTOR_EXPORT_CLASS, 1);
    mentor(MENTOR_PICK, 0);
    assert_int_equal(mentor_state(), MENTOR_RECEIPT);
    mentor(MENTOR_WRITTEN_DOWN, 0);
    mentor(MENTOR_EXPORT_CLASS, 2); /* nothing there */
    assert_int_equal(mentor_state(), MENTOR_CLASSES);
}

static void a_restart_in_mid_session_goes_on_with_it(void **state) {
    (void)state;
    unlock();
    open_class(2, 3);
    one_pupil();
    pupil(FLOW_START, 0);
    desk = desk_free(desk);
    open_desk();
    assert_non_null(desk_session(desk));
    assert_int_equal(mentor_state(), MENTOR_LOCKED);
    assert_true(desk_mentor_view(desk, 0).session_open);
    assert_false(desk_pupil(desk, FLOW_START, 0, 0));
    unlock();
    assert_int_equal(mentor_state(), MENTOR_OVERVIEW);
    assert_int_equal(desk_mentor_view(desk, 0).row, 2);
    mentor(MENTOR_CONTINUE, 0);
    one_pupil();
    assert_int_equal(session_count(desk_session(desk)), 2);
}

static void while_the_mentor_is_there_pupils_are_not_heard_and_their_page_waits(void **state) {
    (void)state;
    unlock();
    open_class(0, 5);
    pupil(FLOW_START, 0);
    pupil(FLOW_CHOOSE_LANGUAGE, 0);
    pupil(FLOW_AGREE, 0);
    assert_false(desk_pupil(desk, FLOW_RESET, 0, 0)); /* the mentor's */
    assert_false(desk_reset_pupil(desk, 0));
    mentor(MENTOR_UNLOCK, 0);
    assert_int_equal(pupil(FLOW_STOP, 0), FLOW_QUESTION);
    type_pin(SAMPLE_PIN);
    mentor(MENTOR_CONTINUE, 0);
    assert_int_equal(pupil(FLOW_HIDE, 0), FLOW_QUESTION);
    mentor(MENTOR_UNLOCK, 0);
    type_pin(SAMPLE_PIN);
    assert_true(desk_reset_pupil(desk, 0));
    assert_int_equal(session_flow(desk_session(desk))->state, FLOW_READY);
    assert_int_equal(session_count(desk_session(desk)), 0);
}

static enum flow_state after(uint64_t now_ms) {
    desk_tick(desk, now_ms);
    desk_work(desk, now_ms);
    return session_flow(desk_session(desk))->state;
}

static void a_pupil_who_walked_away_is_forgotten_and_not_counted(void **state) {
    (void)state;
    unlock();
    open_class(0, 5);
    one_pupil();
    pupil(FLOW_START, 0);
    pupil(FLOW_CHOOSE_LANGUAGE, 0);
    assert_int_equal(pupil(FLOW_AGREE, 0), FLOW_QUESTION);
    assert_int_equal(desk_due_ms(desk), FLOW_HIDE_MS);
    assert_int_equal(after(FLOW_FORGET_MS - 1), FLOW_QUESTION);
    assert_int_equal(desk_due_ms(desk), FLOW_FORGET_MS);
    assert_int_equal(after(FLOW_FORGET_MS), FLOW_READY);
    assert_true(desk_due_ms(desk) == UINT64_MAX);
    assert_int_equal(session_count(desk_session(desk)), 1);
}

static void a_pupil_who_walked_away_is_forgotten_behind_the_mentors_page_too(void **state) {
    (void)state;
    unlock();
    open_class(0, 5);
    pupil(FLOW_START, 0);
    pupil(FLOW_CHOOSE_LANGUAGE, 0);
    pupil(FLOW_AGREE, 0);
    unlock();
    assert_int_equal(mentor_state(), MENTOR_OVERVIEW);
    assert_int_equal(after(FLOW_FORGET_MS), FLOW_READY);
    assert_int_equal(mentor_state(), MENTOR_LOCKED);
}

static void a_no_that_is_left_alone_counts_as_one_that_was_left(void **state) {
    (void)state;
    unlock();
    open_class(0, 5);
    pupil(FLOW_START, 0);
    pupil(FLOW_CHOOSE_LANGUAGE, 0);
    assert_int_equal(pupil(FLOW_DECLINE, 0), FLOW_DECLINED_QUIET);
    assert_int_equal(after(FLOW_FORGET_MS - 1), FLOW_DECLINED_QUIET);
    assert_int_equal(session_count(desk_session(desk)), 0);
    assert_int_equal(after(FLOW_FORGET_MS), FLOW_THANKS);
    assert_int_equal(session_count(desk_session(desk)), 1);
    assert_int_equal(after(2 * FLOW_FORGET_MS), FLOW_READY);
    assert_int_equal(session_count(desk_session(desk)), 1);
}

static size_t files_in(const char *folder, const char *suffix) {
    struct folder_names names = {0};
    check_fault(folder_list(&names, folder, suffix), FAULT_NONE);
    size_t count = names.count;
    folder_names_release(&names);
    return count;
}

static void a_rehearsal_leaves_nothing_behind(void **state) {
    (void)state;
    char sessions[128];
    snprintf(sessions, sizeof sessions, "%s/sessions", kiosk.state_folder);
    unlock();
    mentor(MENTOR_PICK, 0);
    mentor(MENTOR_SET, 2);
    mentor(MENTOR_REHEARSE, 0);
    assert_int_equal(mentor_state(), MENTOR_PUPILS);
    assert_true(session_is_rehearsal(desk_session(desk)));
    assert_string_equal(desk_session_label(desk), "");
    one_pupil();
    one_pupil();
    assert_int_equal(session_count(desk_session(desk)), 2);
    assert_true(session_is_full(desk_session(desk)));
    unlock();
    mentor(MENTOR_ADMIT, 0);
    mentor(MENTOR_ADMIT, 0);
    one_pupil();
    assert_int_equal(files_in(sessions, ""), 0);
    unlock();
    mentor(MENTOR_FINISH, 0);
    assert_int_equal(mentor_state(), MENTOR_CLASSES);
    assert_null(desk_session(desk));
    assert_int_equal(desk_class_at(desk, 0).closed_sessions, 0);
    assert_int_equal(files_in(kiosk.export_folder, ""), 0);
    mentor(MENTOR_EXPORT_CLASS, 0);
    assert_int_equal(mentor_state(), MENTOR_CLASSES);
}

static void a_pupil_beyond_the_set_number_is_let_in_and_counted(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct bundle bundle;
    unlock();
    open_class(0, 1);
    one_pupil();
    assert_int_equal(pupil(FLOW_START, 0), FLOW_READY);
    unlock();
    mentor(MENTOR_ADMIT, 0);
    assert_int_equal(mentor_state(), MENTOR_OVERVIEW);
    mentor(MENTOR_ADMIT, 0);
    assert_int_equal(mentor_state(), MENTOR_PUPILS);
    desk = desk_free(desk); /* the power goes */
    open_desk();
    unlock();
    mentor(MENTOR_CONTINUE, 0);
    one_pupil();
    assert_int_equal(pupil(FLOW_START, 0), FLOW_READY);
    close_and_export();
    decode_export(&content, &bundle, desk_receipt_at(desk, 0)->name);
    assert_int_equal(bundle.header.count, 2);
    assert_int_equal(bundle.header.limit, 2);
    bytes_buffer_release(&content);
}

static void nobody_is_let_in_while_there_is_room_or_beyond_the_class(void **state) {
    (void)state;
    unlock();
    open_class(2, 11);
    unlock();
    mentor(MENTOR_ADMIT, 0);
    mentor(MENTOR_ADMIT, 0);
    assert_int_equal(mentor_state(), MENTOR_OVERVIEW);
    check_fault(desk_mentor_view(desk, 0).fault, FAULT_MISUSE);
    mentor(MENTOR_CONTINUE, 0);
    for (int i = 0; i < 11; i++) {
        one_pupil();
    }
    unlock();
    mentor(MENTOR_ADMIT, 0);
    mentor(MENTOR_ADMIT, 0);
    check_fault(desk_mentor_view(desk, 0).fault, FAULT_LIMIT);
}

static void a_machine_stands_on_the_sticks_list_from_opening_to_export(void **state) {
    (void)state;
    struct stick_list list;
    char label[STICK_LIST_LABEL_SIZE];
    unlock();
    open_class(0, 5);
    memcpy(label, desk_session_label(desk), sizeof label);
    stick_list_read(&list, kiosk.export_folder, desk_round(desk)->digest);
    assert_int_equal(list.count, 1);
    assert_string_equal(list.label[0], label);
    desk = desk_free(desk);
    open_desk();
    assert_string_equal(desk_session_label(desk), label);
    check_fault(stick_list_add(kiosk.export_folder, desk_round(desk)->digest, "00AA-77FF"), FAULT_NONE);
    one_pupil_after_restart();
    close_and_export();
    assert_int_equal(desk_unexported(desk)->count, 1); /* the other machine */
    assert_string_equal(desk_unexported(desk)->label[0], "00AA-77FF");
    assert_int_equal(files_in(kiosk.export_folder, ".klb"), 1);
}

static void wrong_tries_wait_through_restarts_and_changed_clocks(void **state) {
    (void)state;
    static const char *const days[] = {"2036-01-01", "1970-01-01", "2016-02-29", "2026-11-25"};
    mentor(MENTOR_UNLOCK, 0);
    for (int i = 0; i < 4; i++) {
        type_pin("9999");
    }
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        setenv("KLANKBORD_TODAY", days[i], 1);
        assert_int_equal(desk_mentor_view(desk, 0).wait_s, 5);
        type_pin(SAMPLE_PIN);
        assert_int_equal(mentor_state(), MENTOR_PIN);
        desk = desk_free(desk);
        open_desk();
        mentor(MENTOR_UNLOCK, 0);
    }
    desk_mentor(desk, MENTOR_LEAVE, 0, 0);
    assert_int_equal(mentor_state(), MENTOR_PIN);
    for (const char *digit = SAMPLE_PIN; *digit; digit++) {
        desk_mentor(desk, MENTOR_DIGIT, (uint16_t)(*digit - '0'), 5000);
    }
    desk_mentor(desk, MENTOR_ENTER, 0, 5000);
    desk_work(desk, 5000);
    assert_int_equal(mentor_state(), MENTOR_CLASSES);
}

static void a_wrong_pin_stays_outside_and_is_remembered(void **state) {
    (void)state;
    mentor(MENTOR_UNLOCK, 0);
    for (int i = 0; i < 4; i++) {
        type_pin("9999");
        assert_int_equal(mentor_state(), MENTOR_PIN);
        check_fault(desk_mentor_view(desk, 0).fault, FAULT_PIN);
    }
    assert_int_equal(desk_mentor_view(desk, 0).wait_s, 5);
    desk = desk_free(desk);
    open_desk();
    assert_int_equal(desk_mentor_view(desk, 0).wait_s, 5);
}

/*
 * Opened on a machine that locks little, gone on with after a restart on one that is not confined: both are
 * told.
 */
static void what_the_machine_lacks_goes_into_the_bundle(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct bundle bundle;
    desk_tell_machine(desk, BUNDLE_FLAG_LOCK_LOW);
    unlock();
    open_class(0, 5);
    one_pupil();
    desk = desk_free(desk);
    open_desk();
    desk_tell_machine(desk, BUNDLE_FLAG_UNCONFINED);
    unlock();
    mentor(MENTOR_CONTINUE, 0);
    one_pupil();
    close_and_export();
    decode_export(&content, &bundle, desk_receipt_at(desk, 0)->name);
    assert_int_equal(bundle.header.count, 2);
    assert_int_equal(bundle.header.flags,
                     BUNDLE_FLAG_LOCK_LOW | BUNDLE_FLAG_UNCONFINED | BUNDLE_FLAG_COMMITTED);
    bytes_buffer_release(&content);
}

static void a_clock_outside_the_period_is_told_and_goes_into_the_bundle(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct bundle bundle;
    setenv("KLANKBORD_TODAY", "2001-01-01", 1);
    unlock();
    assert_true(desk_mentor_view(desk, 0).clock_wrong);
    mentor(MENTOR_PICK, 0);
    mentor(MENTOR_OPEN, 0);
    assert_int_equal(mentor_state(), MENTOR_SETUP);
    assert_true(desk_mentor_view(desk, 0).warned);
    mentor(MENTOR_OPEN, 0);
    one_pupil();
    close_and_export();
    decode_export(&content, &bundle, desk_receipt_at(desk, 0)->name);
    assert_int_equal(bundle.header.flags, BUNDLE_FLAG_CLOCK | BUNDLE_FLAG_COMMITTED);
    bytes_buffer_release(&content);
}

static void an_export_that_fails_says_why_and_can_be_done_again(void **state) {
    (void)state;
    unlock();
    open_class(0, 5);
    one_pupil();
    unlock();
    mentor(MENTOR_FINISH, 0);
    mentor(MENTOR_CONFIRM, 0);
    assert_int_equal(rename(kiosk.export_folder, sample_kiosk_path(&kiosk, "pulled-out")), 0);
    mentor(MENTOR_PICK, 0);
    assert_int_equal(mentor_state(), MENTOR_EXPORT);
    check_fault(desk_mentor_view(desk, 0).fault, FAULT_FILE_MISSING);
    check_fault(folder_create(kiosk.export_folder), FAULT_NONE);
    mentor(MENTOR_PICK, 0);
    assert_int_equal(mentor_state(), MENTOR_RECEIPT);
}

static void work_waits_until_it_is_asked_for(void **state) {
    (void)state;
    unlock();
    open_class(0, 5);
    assert_false(desk_is_working(desk));
    pupil(FLOW_START, 0);
    pupil(FLOW_CHOOSE_LANGUAGE, 0);
    pupil(FLOW_DECLINE, 0);
    desk_pupil(desk, FLOW_LEAVE, 0, 0);
    assert_true(desk_is_working(desk));
    assert_int_equal(session_flow(desk_session(desk))->state, FLOW_SENDING);
    assert_true(desk_work(desk, 0));
    assert_int_equal(session_flow(desk_session(desk))->state, FLOW_THANKS);
    assert_false(desk_work(desk, 0));
}

static void without_a_round_there_is_no_desk(void **state) {
    (void)state;
    char path[256];
    desk = desk_free(desk);
    snprintf(path, sizeof path, "%s/round.klr", kiosk.state_folder);
    assert_int_equal(remove(path), 0);
    check_fault(desk_open(&desk, sample_kiosk_open(&kiosk), 0), FAULT_ROUND_NOT_VALID);
    assert_null(desk);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* Flushing is slow: the stick's. */
static atomic_bool held;
static void wait_while_held(void) {
    const struct timespec moment = {.tv_nsec = 2000000};
    while (held) {
        nanosleep(&moment, NULL);
    }
}
int __real_fsync(int handle);
int __wrap_fsync(int handle);
int __wrap_fsync(int handle) {
    wait_while_held();
    return __real_fsync(handle);
}

static void to_a_slow_stick(void) {
    unlock();
    open_class(0, 3);
    one_pupil();
    unlock();
    mentor(MENTOR_FINISH, 0);
    mentor(MENTOR_CONFIRM, 0);
    held = true;
    desk_mentor(desk, MENTOR_PICK, 0, 0);
    assert_true(desk_start(desk, 1000));
    assert_true(desk_start(desk, 2000)); /* once */
}

static void a_slow_stick_holds_nobody_up_and_the_receipt_comes_when_it_is_there(void **state) {
    (void)state;
    assert_false(desk_start(desk, 0)); /* nothing to do apart */
    to_a_slow_stick();
    for (uint64_t now_ms = 2000; now_ms < 200000; now_ms += 1000) {
        assert_true(desk_is_apart(desk));
        assert_int_equal(desk_apart_s(desk, now_ms), (now_ms - 1000) / 1000);
        assert_false(desk_mentor(desk, MENTOR_BACK, 0, now_ms));
        assert_false(desk_mentor(desk, MENTOR_UNLOCK, 0, now_ms));
        assert_int_equal(mentor_state(), MENTOR_EXPORTING);
        assert_int_equal(desk_receipt_count(desk), 0);
        desk_tick(desk, now_ms);
    }
    held = false;
    assert_true(desk_work(desk, 200000));
    assert_false(desk_is_apart(desk));
    assert_int_equal(mentor_state(), MENTOR_RECEIPT);
    assert_int_equal(desk_receipt_count(desk), 1);
    assert_int_equal(desk_apart_s(desk, 300000), 0);
}

static void a_slow_stick_that_goes_wrong_is_said_and_takes_the_next_try(void **state) {
    (void)state;
    char moved[128];
    snprintf(moved, sizeof moved, "%s.out", kiosk.export_folder);
    unlock();
    open_class(0, 3);
    one_pupil();
    unlock();
    mentor(MENTOR_FINISH, 0);
    mentor(MENTOR_CONFIRM, 0);
    assert_int_equal(rename(kiosk.export_folder, moved), 0); /* out */
    desk_mentor(desk, MENTOR_PICK, 0, 0);
    assert_true(desk_start(desk, 0));
    desk_work(desk, 0);
    assert_int_equal(mentor_state(), MENTOR_EXPORT);
    check_fault(desk_mentor_view(desk, 0).fault, FAULT_FILE_MISSING);
    assert_int_equal(rename(moved, kiosk.export_folder), 0); /* in again */
    desk_mentor(desk, MENTOR_PICK, 0, 0);
    assert_true(desk_start(desk, 0));
    desk_work(desk, 0);
    assert_int_equal(mentor_state(), MENTOR_RECEIPT);
}

/* The label of the machine goes onto the stick while the class is opened. */
static void a_slow_stick_holds_nobody_up_when_a_class_is_opened(void **state) {
    (void)state;
    unlock();
    mentor(MENTOR_PICK, 0);
    mentor(MENTOR_SET, 3);
    held = true;
    desk_mentor(desk, MENTOR_OPEN, 0, 0);
    assert_true(desk_start(desk, 1000));
    for (uint64_t now_ms = 2000; now_ms < 60000; now_ms += 1000) {
        assert_true(desk_is_apart(desk));
        assert_int_equal(desk_apart_s(desk, now_ms), (now_ms - 1000) / 1000);
        assert_false(desk_mentor(desk, MENTOR_UNLOCK, 0, now_ms));
        assert_null(desk_session(desk)); /* nobody sees it before it is there */
        desk_tick(desk, now_ms);
    }
    held = false;
    assert_true(desk_work(desk, 60000));
    assert_int_equal(mentor_state(), MENTOR_PUPILS);
    assert_non_null(desk_session(desk));
    assert_string_not_equal(desk_session_label(desk), "");
    one_pupil();
    assert_int_equal(session_count(desk_session(desk)), 1);
}

static void a_program_that_ends_while_a_class_is_opened_goes_on_with_it_next_time(void **state) {
    (void)state;
    unlock();
    mentor(MENTOR_PICK, 0);
    mentor(MENTOR_SET, 3);
    held = true;
    desk_mentor(desk, MENTOR_OPEN, 0, 0);
    assert_true(desk_start(desk, 0));
    held = false;
    desk = desk_free(desk);
    check_fault(desk_open(&desk, sample_kiosk_open(&kiosk), 0), FAULT_NONE);
    assert_non_null(desk_session(desk));
    assert_int_equal(session_count(desk_session(desk)), 0);
}

static void a_program_that_ends_during_an_export_waits_for_it(void **state) {
    (void)state;
    struct folder_names names = {0};
    to_a_slow_stick();
    held = false;
    desk = desk_free(desk);
    check_fault(folder_list(&names, kiosk.export_folder, ".klb"), FAULT_NONE);
    assert_int_equal(names.count, 1);
    folder_names_release(&names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(a_slow_stick_holds_nobody_up_and_the_receipt_comes_when_it_is_there),
        case_of(a_slow_stick_that_goes_wrong_is_said_and_takes_the_next_try),
        case_of(a_slow_stick_holds_nobody_up_when_a_class_is_opened),
        case_of(a_program_that_ends_while_a_class_is_opened_goes_on_with_it_next_time),
        case_of(a_program_that_ends_during_an_export_waits_for_it),
        case_of(a_class_goes_from_the_pin_to_the_receipt),
        case_of(late_pupils_get_a_second_session_and_both_are_exported),
        case_of(a_restart_in_mid_session_goes_on_with_it),
        case_of(while_the_mentor_is_there_pupils_are_not_heard_and_their_page_waits),
        case_of(a_pupil_who_walked_away_is_forgotten_and_not_counted),
        case_of(a_pupil_who_walked_away_is_forgotten_behind_the_mentors_page_too),
        case_of(a_no_that_is_left_alone_counts_as_one_that_was_left),
        case_of(a_rehearsal_leaves_nothing_behind),
        case_of(a_pupil_beyond_the_set_number_is_let_in_and_counted),
        case_of(nobody_is_let_in_while_there_is_room_or_beyond_the_class),
        case_of(a_machine_stands_on_the_sticks_list_from_opening_to_export),
        case_of(wrong_tries_wait_through_restarts_and_changed_clocks),
        case_of(a_wrong_pin_stays_outside_and_is_remembered),
        case_of(a_clock_outside_the_period_is_told_and_goes_into_the_bundle),
        case_of(what_the_machine_lacks_goes_into_the_bundle),
        case_of(an_export_that_fails_says_why_and_can_be_done_again),
        case_of(work_waits_until_it_is_asked_for),
        case_of(without_a_round_there_is_no_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
