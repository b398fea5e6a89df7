/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/finish.h"
#include "kiosk/session.h"
#include "platform/file.h"
#include "sample_kiosk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PUT = 3, KILLED = 7 };

static struct sample_kiosk kiosk;
static struct kiosk_state *open_state;
static struct finish finish;
static uint8_t ids[PUT][SHARE_ID_BYTES]; /* of the box that was filled last */

/* ---- a folder that fills up, and a power cut: when a bundle is written ---- */

static enum { NORMAL, DISK_FULL, POWER_CUT } bundle_writing;

enum fault __real_file_write_new(const char *path, struct bytes content, enum file_audience audience);
enum fault __wrap_file_write_new(const char *path, struct bytes content, enum file_audience audience);

enum fault __wrap_file_write_new(const char *path, struct bytes content, enum file_audience audience) {
    if (strstr(path, ".klb") && bundle_writing == DISK_FULL) {
        return FAULT_DISK_FULL;
    }
    if (strstr(path, ".klb") && bundle_writing == POWER_CUT) {
        _exit(KILLED);
    }
    return __real_file_write_new(path, content, audience);
}

/* ---- what a class leaves behind when nobody knows the PIN ---- */

static void leave_open(char path[KIOSK_STATE_PATH_SIZE], uint16_t class_number) {
    struct session_setup setup = {.round = open_state->round,
                                  .layout = &open_state->layout,
                                  .kiosk_key = open_state->public_key,
                                  .allow_cow = true};
    struct session *session = NULL;
    struct ballot_box *box = NULL;
    size_t size = contribution_bytes(open_state->layout.counter_count, true);
    uint8_t *contribution = calloc(1, size);
    assert_non_null(contribution);
    check_fault(kiosk_state_new_box(path, open_state), FAULT_NONE);
    check_fault(session_open(&session, &setup, path, class_number, 8, 0), FAULT_NONE);
    session_free(session);
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
    for (int i = 0; i < PUT; i++) {
        randombytes_buf(contribution, size);
        memcpy(ids[i], contribution, SHARE_ID_BYTES);
        check_fault(ballot_box_put(box, contribution), FAULT_NONE);
    }
    ballot_box_free(box);
    free(contribution);
}

static void close_as_mentor(const char *path) {
    static const uint16_t absent[BUNDLE_ABSENCES] = {2, 0, 1, 0};
    struct ballot_box *box = NULL;
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
    check_fault(ballot_box_close(box, 9, absent), FAULT_NONE);
    ballot_box_free(box);
}

static enum fault run_again(const char *folder) {
    finish_release(&finish);
    check_fault(finish_look(&finish, open_state), FAULT_NONE);
    return finish_run(&finish, open_state, folder);
}

static const struct finish_session *session_at(const char *path) {
    for (uint32_t i = 0; i < finish.count; i++) {
        if (strcmp(finish.session[i].found.path, path) == 0) {
            return &finish.session[i];
        }
    }
    fail_msg("%s is not among the sessions", path);
    return NULL;
}

static void read_exported(struct bytes_buffer *out, const struct finish_session *session) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", kiosk.export_folder, session->receipt.name);
    check_fault(file_read(out, path, 1 << 24), FAULT_NONE);
}

static size_t files_in_folder(void) {
    struct folder_names names = {0};
    check_fault(folder_list(&names, kiosk.export_folder, ""), FAULT_NONE);
    size_t count = names.count;
    folder_names_release(&names);
    return count;
}

static enum ballot_box_state state_of(const char *path) {
    struct ballot_box *box = NULL;
    check_fault(ballot_box_open(&box, path, true, NULL), FAULT_NONE);
    enum ballot_box_state found = ballot_box_head(box)->state;
    assert_int_equal(ballot_box_count(box), PUT);
    ballot_box_free(box);
    return found;
}

static void assert_holds_ids(const struct bundle *bundle) {
    for (int i = 0; i < PUT; i++) {
        bool found = false;
        for (uint32_t at = 0; at < bundle->header.count; at++) {
            struct bundle_record record;
            check_fault(bundle_record_at(&record, bundle, at), FAULT_NONE);
            found = found || memcmp(record.id, ids[i], SHARE_ID_BYTES) == 0;
        }
        assert_true(found);
    }
}

/* Everything of the session that is left open last is in its bundle; and nobody was counted. */
static void assert_is_finished(const struct finish_session *session) {
    struct bytes_buffer content = {0};
    struct bundle bundle;
    char code[DIGEST_CODE_SIZE];
    check_fault(session->fault, FAULT_NONE);
    read_exported(&content, session);
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&content)), FAULT_NONE);
    check_fault(bundle_belongs(&bundle, open_state->round, open_state->layout.counter_count), FAULT_NONE);
    assert_int_equal(bundle.header.count, PUT);
    assert_int_equal(bundle.header.present, PUT);
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        assert_int_equal(bundle.header.absent[i], 0);
    }
    assert_holds_ids(&bundle);
    digest_check_code(code, bundle.digest);
    assert_string_equal(session->receipt.code, code);
    assert_int_equal(session->receipt.count, PUT);
    bytes_buffer_release(&content);
}

static int set_up(void **state) {
    (void)state;
    sample_kiosk_new(&kiosk);
    open_state = sample_kiosk_open(&kiosk);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    bundle_writing = NORMAL;
    finish_release(&finish);
    open_state = kiosk_state_close(open_state);
    sample_kiosk_release(&kiosk);
    return 0;
}

/* ---- the main path ---- */

static void what_was_left_open_is_closed_and_exported_in_full(void **state) {
    (void)state;
    char path[KIOSK_STATE_PATH_SIZE];
    leave_open(path, 2);
    check_fault(finish_look(&finish, open_state), FAULT_NONE);
    assert_int_equal(finish.count, 1);
    assert_int_equal(finish.open, 1);
    assert_int_equal(finish.session[0].found.count, PUT);
    check_fault(finish.session[0].fault, FAULT_NOT_CLOSED);
    assert_int_equal(state_of(path), BALLOT_BOX_OPEN);
    check_fault(finish_run(&finish, open_state, kiosk.export_folder), FAULT_NONE);
    assert_true(finish.session[0].closed_here);
    assert_int_equal(finish.session[0].found.head.class_number, 2);
    assert_is_finished(session_at(path));
    assert_int_equal(state_of(path), BALLOT_BOX_CLOSED);
    assert_int_equal(files_in_folder(), 1);
}

static void what_the_mentor_closed_keeps_the_mentors_counts(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct bundle bundle;
    char closed[KIOSK_STATE_PATH_SIZE];
    char open[KIOSK_STATE_PATH_SIZE];
    leave_open(closed, 1);
    close_as_mentor(closed);
    leave_open(open, 3);
    check_fault(run_again(kiosk.export_folder), FAULT_NONE);
    assert_int_equal(finish.count, 2);
    assert_int_equal(finish.open, 1);
    assert_is_finished(session_at(open));
    assert_false(session_at(closed)->closed_here);
    read_exported(&content, session_at(closed));
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&content)), FAULT_NONE);
    assert_int_equal(bundle.header.present, 9);
    assert_int_equal(bundle.header.absent[BUNDLE_ABSENT_PARENTS], 1);
    bytes_buffer_release(&content);
}

static void doing_it_again_gives_the_same_bytes(void **state) {
    (void)state;
    struct bytes_buffer first = {0};
    struct bytes_buffer second = {0};
    char path[KIOSK_STATE_PATH_SIZE];
    leave_open(path, 1);
    check_fault(run_again(kiosk.export_folder), FAULT_NONE);
    read_exported(&first, &finish.session[0]);
    struct bundle_export_receipt receipt = finish.session[0].receipt;
    check_fault(run_again(kiosk.export_folder), FAULT_NONE);
    assert_int_equal(finish.open, 0);
    assert_false(finish.session[0].closed_here);
    assert_memory_equal(&finish.session[0].receipt, &receipt, sizeof receipt);
    read_exported(&second, &finish.session[0]);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    assert_int_equal(files_in_folder(), 1);
    bytes_buffer_release(&first);
    bytes_buffer_release(&second);
}

static void the_folder_of_sessions_does_not_tell_when_it_was(void **state) {
    (void)state;
    char path[KIOSK_STATE_PATH_SIZE];
    struct stat status;
    leave_open(path, 1);
    check_fault(run_again(kiosk.export_folder), FAULT_NONE);
    assert_int_equal(stat(path, &status), 0);
    time_t constant = status.st_mtime;
    *strrchr(path, '/') = '\0';
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mtime, constant);
}

/* ---- what stands in the way ---- */

static void a_folder_that_takes_nothing_closes_nothing(void **state) {
    (void)state;
    char path[KIOSK_STATE_PATH_SIZE];
    char file[128];
    leave_open(path, 1);
    snprintf(file, sizeof file, "%s/round.klr", kiosk.folder);
    check_fault(run_again("/nowhere/at/all"), FAULT_FILE_MISSING);
    assert_int_equal(state_of(path), BALLOT_BOX_OPEN);
    assert_int_not_equal(run_again(file), FAULT_NONE);
    assert_int_equal(state_of(path), BALLOT_BOX_OPEN);
    assert_int_not_equal(run_again("/proc"), FAULT_NONE);
    assert_int_equal(state_of(path), BALLOT_BOX_OPEN);
    check_fault(finish.session[0].fault, FAULT_NOT_CLOSED);
    assert_string_equal(finish.session[0].receipt.code, "");
}

static void no_check_code_is_given_for_what_is_not_in_the_folder(void **state) {
    (void)state;
    char path[KIOSK_STATE_PATH_SIZE];
    leave_open(path, 1);
    bundle_writing = DISK_FULL;
    check_fault(run_again(kiosk.export_folder), FAULT_DISK_FULL);
    check_fault(finish.session[0].fault, FAULT_DISK_FULL);
    assert_string_equal(finish.session[0].receipt.code, "");
    assert_int_equal(finish.session[0].receipt.count, 0);
    assert_int_equal(files_in_folder(), 0);
    bundle_writing = NORMAL;
    check_fault(run_again(kiosk.export_folder), FAULT_NONE);
    assert_is_finished(&finish.session[0]);
}

static void cut_short_between_closing_and_exporting_it_goes_on(void **state) {
    (void)state;
    char path[KIOSK_STATE_PATH_SIZE];
    int status = 0;
    leave_open(path, 3);
    open_state = kiosk_state_close(open_state);
    pid_t child = fork();
    if (child == 0) {
        bundle_writing = POWER_CUT;
        open_state = sample_kiosk_open(&kiosk);
        _exit(run_again(kiosk.export_folder) ? 1 : 0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == KILLED);
    assert_int_equal(files_in_folder(), 0);
    open_state = sample_kiosk_open(&kiosk);
    check_fault(run_again(kiosk.export_folder), FAULT_NONE);
    assert_int_equal(finish.open, 0);
    assert_is_finished(session_at(path));
}

static void another_file_of_that_name_is_kept(void **state) {
    (void)state;
    static const uint8_t other[] = "somebody else's";
    struct bytes_buffer content = {0};
    char path[KIOSK_STATE_PATH_SIZE];
    char taken[256];
    leave_open(path, 1);
    check_fault(run_again(kiosk.export_folder), FAULT_NONE);
    snprintf(taken, sizeof taken, "%s/%s", kiosk.export_folder, finish.session[0].receipt.name);
    check_fault(file_write(taken, (struct bytes){other, sizeof other}, FILE_PRIVATE), FAULT_NONE);
    check_fault(run_again(kiosk.export_folder), FAULT_FILE_EXISTS);
    check_fault(file_read(&content, taken, 100), FAULT_NONE);
    assert_memory_equal(content.data, other, sizeof other);
    bytes_buffer_release(&content);
}

static void damage(const char *path) {
    static const uint8_t zero[4096] = {0};
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fwrite(zero, sizeof zero, 1, file), 1);
    assert_int_equal(fclose(file), 0);
}

static void a_damaged_box_does_not_keep_the_others_in(void **state) {
    (void)state;
    char damaged[KIOSK_STATE_PATH_SIZE];
    char sound[KIOSK_STATE_PATH_SIZE];
    leave_open(damaged, 1);
    leave_open(sound, 2);
    damage(damaged);
    check_fault(run_again(kiosk.export_folder), FAULT_STORE_DAMAGED);
    assert_int_equal(finish.unreadable, 1);
    assert_int_equal(finish.count, 1);
    assert_is_finished(session_at(sound));
    assert_true(file_exists(damaged));
}

static void a_box_that_breaks_after_the_look_does_not_keep_the_others_in(void **state) {
    (void)state;
    char first[KIOSK_STATE_PATH_SIZE];
    char second[KIOSK_STATE_PATH_SIZE];
    leave_open(first, 1);
    leave_open(second, 2);
    check_fault(finish_look(&finish, open_state), FAULT_NONE);
    damage(finish.session[0].found.path);
    assert_int_not_equal(finish_run(&finish, open_state, kiosk.export_folder), FAULT_NONE);
    assert_int_not_equal(finish.session[0].fault, FAULT_NONE);
    assert_false(finish.session[0].closed_here);
    check_fault(finish.session[1].fault, FAULT_NONE);
    assert_int_equal(finish.session[1].receipt.count, PUT);
    assert_int_equal(files_in_folder(), 1);
}

static void without_sessions_there_is_nothing_to_finish(void **state) {
    (void)state;
    check_fault(finish_look(&finish, open_state), FAULT_NONE);
    assert_int_equal(finish.count, 0);
    assert_int_equal(finish.unreadable, 0);
}

static void without_a_round_it_says_why(void **state) {
    (void)state;
    char path[KIOSK_STATE_PATH_SIZE];
    leave_open(path, 1);
    open_state = kiosk_state_close(open_state);
    snprintf(path, sizeof path, "%s/round.klr", kiosk.state_folder);
    check_fault(file_remove(path), FAULT_NONE);
    open_state = sample_kiosk_open(&kiosk);
    check_fault(finish_look(&finish, open_state), FAULT_ROUND_MISSING);
    assert_int_equal(finish.count, 0);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(what_was_left_open_is_closed_and_exported_in_full),
        case_of(what_the_mentor_closed_keeps_the_mentors_counts),
        case_of(doing_it_again_gives_the_same_bytes),
        case_of(the_folder_of_sessions_does_not_tell_when_it_was),
        case_of(a_folder_that_takes_nothing_closes_nothing),
        case_of(no_check_code_is_given_for_what_is_not_in_the_folder),
        case_of(cut_short_between_closing_and_exporting_it_goes_on),
        case_of(another_file_of_that_name_is_kept),
        case_of(a_damaged_box_does_not_keep_the_others_in),
        case_of(a_box_that_breaks_after_the_look_does_not_keep_the_others_in),
        case_of(without_sessions_there_is_nothing_to_finish),
        case_of(without_a_round_it_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
