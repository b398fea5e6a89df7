/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/kiosk_state.h"
#include "sample_kiosk.h"
#include "sample_questionnaire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sample_kiosk kiosk;

static int set_up(void **state) {
    (void)state;
    sample_kiosk_new(&kiosk);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    sample_kiosk_release(&kiosk);
    unsetenv("KLANKBORD_TODAY");
    return 0;
}

static const char *in_state(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", kiosk.state_folder, name);
    return path;
}

static void write_text(const char *path, const char *text) {
    check_fault(file_write(path, (struct bytes){(const uint8_t *)text, strlen(text)}, FILE_PRIVATE),
                FAULT_NONE);
}

static void what_was_installed_is_there_after_a_restart(void **state) {
    (void)state;
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    assert_string_equal(open->label, "laptop 07");
    assert_memory_equal(open->public_key, kiosk.sample->round->kiosk[0].key, 32);
    assert_true(open->is_trusting);
    assert_true(open->allow_cow);
    assert_string_equal(open->export_folder, kiosk.export_folder);
    assert_non_null(open->round);
    assert_memory_equal(open->round->digest, kiosk.sample->round->digest, DIGEST_BYTES);
    assert_memory_equal(open->layout.digest, open->round->layout_digest, DIGEST_BYTES);
    kiosk_state_close(open);
}

static void the_signing_key_is_for_this_user_only(void **state) {
    (void)state;
    struct stat status;
    assert_int_equal(stat(in_state("kiosk.key"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(kiosk.state_folder, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

static void enrolling_again_keeps_the_key_and_refuses_another_label(void **state) {
    (void)state;
    struct bytes_buffer first = {0};
    struct bytes_buffer second = {0};
    char path[128];
    snprintf(path, sizeof path, "%s/again.kle", kiosk.folder);
    check_fault(kiosk_state_enrol(kiosk.state_folder, "laptop 07", path), FAULT_NONE);
    check_fault(file_read(&first, sample_kiosk_path(&kiosk, "request.kle"), 4096), FAULT_NONE);
    check_fault(file_read(&second, path, 4096), FAULT_NONE);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    bytes_buffer_release(&first);
    bytes_buffer_release(&second);
    check_fault(kiosk_state_enrol(kiosk.state_folder, "laptop 08", path), FAULT_FILE_EXISTS);
    check_fault(kiosk_state_enrol(kiosk.state_folder, "", path), FAULT_LIMIT);
    check_fault(kiosk_state_enrol(kiosk.state_folder, "a\tb", path), FAULT_TEXT);
}

static void a_second_program_on_the_same_folder_is_refused(void **state) {
    (void)state;
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    pid_t child = fork();
    if (child == 0) {
        struct kiosk_state *second = NULL;
        _exit(kiosk_state_open(&second, kiosk.state_folder) == FAULT_BUSY ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    kiosk_state_close(open);
}

static void a_folder_that_was_never_enrolled_is_not_opened(void **state) {
    (void)state;
    struct kiosk_state *open = NULL;
    check_fault(kiosk_state_open(&open, kiosk.folder), FAULT_FILE_MISSING);
    check_fault(kiosk_state_open(&open, "/nowhere/at/all"), FAULT_FILE_MISSING);
    assert_null(open);
}

static void pinned_key_holders_are_not_replaced(void **state) {
    (void)state;
    char a[128];
    char b[128];
    char fingerprint[2][DIGEST_CODE_SIZE];
    char expected[DIGEST_CODE_SIZE];
    snprintf(a, sizeof a, "%s/a.klh", kiosk.folder);
    snprintf(b, sizeof b, "%s/b.klh", kiosk.folder);
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    check_fault(kiosk_state_trust(open, fingerprint, b, a), FAULT_NONE); /* the same two */
    digest_fingerprint(expected, kiosk.sample->round->holder[1].sign_key);
    assert_string_equal(fingerprint[0], expected);
    check_fault(kiosk_state_trust(open, fingerprint, a, a), FAULT_KEY_SAME);
    memset(open->trusted[0], 9, 32);
    check_fault(kiosk_state_trust(open, fingerprint, a, b), FAULT_FILE_EXISTS);
    kiosk_state_close(open);
}

static enum fault load_again(void) {
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    enum fault fault = kiosk_state_load_round(open, sample_kiosk_path(&kiosk, "round.klr"));
    kiosk_state_close(open);
    return fault;
}

static void rounds_are_refused_each_for_its_own_reason(void **state) {
    (void)state;
    struct round *round = kiosk.sample->round;
    write_text(sample_kiosk_path(&kiosk, "round.klr"), "something else altogether");
    check_fault(load_again(), FAULT_MAGIC);

    round->is_signed[1] = false;
    sample_kiosk_write_round(&kiosk);
    check_fault(load_again(), FAULT_ROUND_NOT_VALID);

    uint8_t secret[64];
    sample_sign_key(round->kiosk[0].key, secret, 4711);
    check_fault(sample_round_sign_again(kiosk.sample), FAULT_NONE);
    sample_kiosk_write_round(&kiosk);
    check_fault(load_again(), FAULT_KIOSK_UNKNOWN);

    sample_sign_key(round->holder[0].sign_key, kiosk.sample->sign_secret[0], 4712);
    check_fault(sample_round_sign_again(kiosk.sample), FAULT_NONE);
    sample_kiosk_write_round(&kiosk);
    check_fault(load_again(), FAULT_ROUND_UNTRUSTED);

    assert_int_equal(unlink(sample_kiosk_path(&kiosk, "round.klr")), 0);
    check_fault(load_again(), FAULT_FILE_MISSING);
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    assert_non_null(open->round); /* the old one stays */
    kiosk_state_close(open);
}

static void nobody_pinned_means_no_round_is_trusted(void **state) {
    (void)state;
    assert_int_equal(unlink(in_state("trusted-2.klh")), 0);
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    assert_false(open->is_trusting);
    assert_null(open->round);
    check_fault(open->round_fault, FAULT_ROUND_UNTRUSTED);
    check_fault(kiosk_state_load_round(open, sample_kiosk_path(&kiosk, "round.klr")), FAULT_ROUND_UNTRUSTED);
    kiosk_state_close(open);
}

static void a_round_is_found_in_a_folder(void **state) {
    (void)state;
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    write_text(sample_kiosk_path(&kiosk, "aaa.klr"), "not a round");
    check_fault(kiosk_state_load_round(open, kiosk.folder), FAULT_NONE);
    check_fault(kiosk_state_load_round(open, kiosk.export_folder), FAULT_FILE_MISSING);
    kiosk_state_close(open);
}

static void settings_that_mean_nothing_are_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {"allow_cow=maybe", "allow_cow=", "colour=red",
                                        "export_folder=", "yes"};
    struct kiosk_state *open = NULL;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        write_text(in_state("settings"), wrong[i]);
        check_fault(kiosk_state_open(&open, kiosk.state_folder), FAULT_USAGE);
    }
    write_text(in_state("settings"), "\n# comment\nallow_cow=no");
    open = sample_kiosk_open(&kiosk);
    assert_false(open->allow_cow);
    kiosk_state_close(open);
}

static void wrong_pins_are_counted_across_restarts(void **state) {
    (void)state;
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    check_fault(kiosk_state_check_pin(open, "0000"), FAULT_PIN);
    check_fault(kiosk_state_check_pin(open, "24680"), FAULT_PIN);
    kiosk_state_close(open);
    open = sample_kiosk_open(&kiosk);
    assert_int_equal(open->wrong_tries, 2);
    check_fault(kiosk_state_check_pin(open, SAMPLE_PIN), FAULT_NONE);
    kiosk_state_close(open);
    open = sample_kiosk_open(&kiosk);
    assert_int_equal(open->wrong_tries, 0);
    kiosk_state_close(open);
    write_text(in_state("tries"), "many");
    open = sample_kiosk_open(&kiosk);
    assert_true(open->wrong_tries >= 7);
    kiosk_state_close(open);
}

static void a_try_is_counted_before_it_is_looked_at(void **state) {
    (void)state;
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    assert_int_equal(chmod(kiosk.state_folder, 0700), 0);
    memset(open->round->pin_hash, 0, sizeof open->round->pin_hash); /* no PIN is right any more */
    check_fault(kiosk_state_check_pin(open, SAMPLE_PIN), FAULT_PIN);
    kiosk_state_close(open);
    open = sample_kiosk_open(&kiosk);
    assert_int_equal(open->wrong_tries, 1);
    kiosk_state_close(open);
}

static void the_clock_is_wrong_outside_the_period(void **state) {
    (void)state;
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    char text[16];
    uint32_t days[4] = {open->round->first_day, open->round->last_day, 20010101, 21900101};
    for (int i = 0; i < 4; i++) {
        snprintf(text, sizeof text, "%04u-%02u-%02u", (unsigned)(days[i] / 10000),
                 (unsigned)(days[i] / 100 % 100), (unsigned)(days[i] % 100));
        setenv("KLANKBORD_TODAY", text, 1);
        assert_int_equal(kiosk_state_clock_is_wrong(open), i >= 2);
    }
    kiosk_state_close(open);
}

static struct ballot_box *make_box(const struct kiosk_state *open, char path[KIOSK_STATE_PATH_SIZE]) {
    struct ballot_box *box = NULL;
    struct ballot_box_head head = {.state = BALLOT_BOX_OPEN,
                                   .class_label = "1A",
                                   .class_number = 1,
                                   .limit = 3,
                                   .slots = 3,
                                   .counter_count = open->layout.counter_count};
    memcpy(head.round_digest, open->round->digest, DIGEST_BYTES);
    check_fault(kiosk_state_new_box(path, open), FAULT_NONE);
    check_fault(ballot_box_create(&box, path, &head, true, NULL), FAULT_NONE);
    return box;
}

static void sessions_are_listed_and_unfinished_ones_removed(void **state) {
    (void)state;
    char path[KIOSK_STATE_PATH_SIZE];
    char unfinished[KIOSK_STATE_PATH_SIZE];
    struct kiosk_state_sessions sessions = {0};
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    ballot_box_free(make_box(open, path));
    check_fault(kiosk_state_new_box(unfinished, open), FAULT_NONE);
    write_text(unfinished, "");
    write_text(in_state("sessions/0.box"),
               "this is not a ballot box, but a text that is long enough to be looked at "
               "by SQLite before it says so");
    check_fault(kiosk_state_list_sessions(&sessions, open), FAULT_NONE);
    assert_int_equal(sessions.count, 1);
    assert_int_equal(sessions.unreadable, 1);
    assert_string_equal(sessions.session[0].path, path);
    assert_int_equal(sessions.session[0].count, 0);
    assert_false(file_exists(unfinished));
    assert_true(file_exists(in_state("sessions/0.box")));
    kiosk_state_sessions_release(&sessions);
    open->round->digest[0] ^= 1; /* sessions of another round are not shown */
    check_fault(kiosk_state_list_sessions(&sessions, open), FAULT_NONE);
    assert_int_equal(sessions.count, 0);
    kiosk_state_sessions_release(&sessions);
    kiosk_state_close(open);
}

static void another_round_waits_until_the_session_is_closed(void **state) {
    (void)state;
    static const uint16_t absent[BUNDLE_ABSENCES] = {0};
    char path[KIOSK_STATE_PATH_SIZE];
    struct kiosk_state *open = sample_kiosk_open(&kiosk);
    struct ballot_box *box = ballot_box_free(make_box(open, path));
    kiosk.sample->round->school_year++;
    check_fault(sample_round_sign_again(kiosk.sample), FAULT_NONE);
    sample_kiosk_write_round(&kiosk);
    check_fault(kiosk_state_load_round(open, sample_kiosk_path(&kiosk, "round.klr")), FAULT_NOT_CLOSED);
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
    check_fault(ballot_box_close(box, 0, absent), FAULT_NONE);
    ballot_box_free(box);
    check_fault(kiosk_state_load_round(open, sample_kiosk_path(&kiosk, "round.klr")), FAULT_NONE);
    kiosk_state_close(open);
}

static void the_default_folder_follows_the_base_directories(void **state) {
    (void)state;
    char folder[KIOSK_STATE_PATH_SIZE];
    setenv("HOME", "/somewhere", 1);
    setenv("XDG_STATE_HOME", "/var/x", 1);
    check_fault(kiosk_state_default_folder(folder), FAULT_NONE);
    assert_string_equal(folder, "/var/x/klankbord-kiosk");
    unsetenv("XDG_STATE_HOME");
    check_fault(kiosk_state_default_folder(folder), FAULT_NONE);
    assert_string_equal(folder, "/somewhere/.local/state/klankbord-kiosk");
    unsetenv("HOME");
    check_fault(kiosk_state_default_folder(folder), FAULT_FILE_MISSING);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(what_was_installed_is_there_after_a_restart),
        case_of(the_signing_key_is_for_this_user_only),
        case_of(enrolling_again_keeps_the_key_and_refuses_another_label),
        case_of(a_second_program_on_the_same_folder_is_refused),
        case_of(a_folder_that_was_never_enrolled_is_not_opened),
        case_of(pinned_key_holders_are_not_replaced),
        case_of(rounds_are_refused_each_for_its_own_reason),
        case_of(nobody_pinned_means_no_round_is_trusted),
        case_of(a_round_is_found_in_a_folder),
        case_of(settings_that_mean_nothing_are_refused),
        case_of(wrong_pins_are_counted_across_restarts),
        case_of(a_try_is_counted_before_it_is_looked_at),
        case_of(the_clock_is_wrong_outside_the_period),
        case_of(sessions_are_listed_and_unfinished_ones_removed),
        case_of(another_round_waits_until_the_session_is_closed),
        case_of(the_default_folder_follows_the_base_directories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
