/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aggregator/handover_folder.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "tests/disk_plan.h"

static char place[64], path[FOLDER_PATH_SIZE];

static int set_up(void **state) {
    (void)state;
    memset(&disk_plan, 0, sizeof disk_plan);
    strcpy(place, "/tmp/handover_folder_XXXXXX");
    assert_non_null(mkdtemp(place));
    char folder[96];
    snprintf(folder, sizeof folder, "%s/to/", place);
    check_fault(folder_resolve(path, folder), FAULT_NONE);
    return 0;
}

static int tear_down(void **state) {
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", place);
    return system(command);
}

static struct bytes text(const char *words) {
    return (struct bytes){(const uint8_t *)words, strlen(words)};
}

/* Both files of a run hold its name. */
static enum fault hand_over(const char *run) {
    return handover_folder_write(path, text(run), text(run));
}

static void file_of(char out[FOLDER_PATH_SIZE + 300], const char *name) {
    snprintf(out, FOLDER_PATH_SIZE + 300, "%s/%s", path, name);
}

static void put_file(const char *name, const char *words) {
    char file[FOLDER_PATH_SIZE + 300];
    file_of(file, name);
    check_fault(file_write(file, text(words), FILE_SHARED), FAULT_NONE);
}

/* The first letter of what a file holds, '-' when it is not there; every file is one run's, whole. */
static char run_of(const char *name) {
    char file[FOLDER_PATH_SIZE + 300];
    struct bytes_buffer content = {0};
    file_of(file, name);
    if (!file_exists(file)) {
        return '-';
    }
    check_fault(file_read(&content, file, 100), FAULT_NONE);
    assert_int_equal(content.size, 3);
    char run = (char)content.data[0];
    bytes_buffer_release(&content);
    return run;
}

static bool both_of(char run) {
    return run_of(HANDOVER_FOLDER_TABLE) == run && run_of(HANDOVER_FOLDER_PAGE) == run;
}

static size_t hidden_in(const char *folder) {
    struct folder_names names = {0};
    enum fault fault = folder_list_hidden(&names, folder);
    size_t count = fault ? 0 : names.count;
    folder_names_release(&names);
    return count;
}

static size_t left_behind(void) {
    return hidden_in(place) + hidden_in(path);
}

static enum fault hand_over_run(const void *run) {
    return hand_over(run);
}

static bool handed_over_by_another(const char *run, int killed_at) {
    return disk_plan_done_by_another(killed_at, hand_over_run, run);
}

static void killed_at_any_step_the_pair_is_the_old_or_the_new_one(void **state) {
    (void)state;
    int old = 0, new = 0;
    check_fault(hand_over("old"), FAULT_NONE);
    for (int at = 1; !handed_over_by_another("new", at); at++) {
        assert_in_range(at, 1, 100);
        assert_true(both_of('o') || both_of('n'));
        old += both_of('o');
        new += both_of('n');
        check_fault(hand_over("old"), FAULT_NONE);
        assert_true(both_of('o'));
        assert_int_equal(left_behind(), 0);
    }
    assert_true(both_of('n'));
    assert_true(old >= 9); /* a folder, and of two files each the writing, the flushing and the name */
    assert_true(new >= 3); /* the old files are taken away afterwards */
}

static void killed_at_any_step_a_first_pair_is_whole_or_not_there(void **state) {
    (void)state;
    int without = 0;
    for (int at = 1; !handed_over_by_another("new", at); at++) {
        assert_in_range(at, 1, 100);
        assert_true(file_exists(path) ? both_of('n') : true);
        without += !file_exists(path);
        check_fault(hand_over("old"), FAULT_NONE);
        assert_true(both_of('o'));
        assert_int_equal(left_behind(), 0);
        check_fault(folder_remove_with_files(path), FAULT_NONE);
    }
    assert_true(both_of('n'));
    assert_true(without >= 9);
}

/* A folder in which somebody has something else cannot be replaced, and two files not in one step. */
static void killed_at_any_step_beside_other_files_no_pair_disagrees(void **state) {
    (void)state;
    int old = 0, new = 0, alone = 0;
    check_fault(hand_over("old"), FAULT_NONE);
    put_file("notes.txt", "our");
    for (int at = 1; !handed_over_by_another("new", at); at++) {
        assert_in_range(at, 1, 100);
        bool table_alone = run_of(HANDOVER_FOLDER_PAGE) == '-';
        assert_true(both_of('o') || both_of('n') || table_alone);
        old += both_of('o');
        new += both_of('n');
        alone += table_alone;
        assert_int_equal(run_of("notes.txt"), 'o');
        check_fault(hand_over("old"), FAULT_NONE);
        assert_true(both_of('o'));
        assert_int_equal(left_behind(), 0);
    }
    assert_true(both_of('n'));
    assert_int_equal(run_of("notes.txt"), 'o');
    assert_true(old >= 8); /* of two files each the writing, the flushing and the name */
    assert_true(new >= 1);
    assert_in_range(alone, 1, 6); /* and no longer than that */
}

/* Nothing of a run that could not write stays, wherever it is written. */
static void a_full_disk_leaves_the_old_pair(void **state) {
    (void)state;
    static const char *const calls[] = {"write", "fsync", "mkdir"};
    check_fault(hand_over("old"), FAULT_NONE);
    for (int beside = 0; beside < 2; beside++) {
        for (size_t i = 0; i < 3; i++) {
            disk_plan = (struct disk_plan){.call = calls[i], .error = ENOSPC, .always = true};
            enum fault fault = hand_over("new");
            disk_plan = (struct disk_plan){0};
            check_fault(fault, FAULT_DISK_FULL);
            assert_true(both_of('o'));
            assert_int_equal(left_behind(), 0);
        }
        put_file("notes.txt", "our");
    }
}

/* The root of a stick, where everything is written and then its place cannot be taken. */
static void where_the_folder_cannot_be_replaced_the_files_are(void **state) {
    (void)state;
    check_fault(hand_over("old"), FAULT_NONE);
    disk_plan = (struct disk_plan){.call = "renameat2", .countdown = 3, .error = EBUSY};
    check_fault(hand_over("new"), FAULT_NONE);
    assert_true(disk_plan.countdown <= 0);
    assert_true(both_of('n'));
    assert_int_equal(left_behind(), 0);
}

static void the_folder_that_we_are_in_stays_the_same(void **state) {
    (void)state;
    char here[FOLDER_PATH_SIZE];
    struct stat before, after;
    check_fault(hand_over("old"), FAULT_NONE);
    assert_int_equal(stat(path, &before), 0);
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(path), 0);
    check_fault(hand_over("new"), FAULT_NONE);
    assert_int_equal(chdir(here), 0);
    assert_int_equal(stat(path, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_true(both_of('n'));
}

/* A new folder is private; who may enter it is then for the user to say. */
static void what_the_user_decided_about_the_folder_stays(void **state) {
    (void)state;
    static const mode_t modes[] = {0755, 0700, 02770};
    const gid_t group = disk_plan_other_group();
    struct stat status;
    check_fault(hand_over("old"), FAULT_NONE);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0700);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(chown(path, (uid_t)-1, group), 0);
        assert_int_equal(chmod(path, modes[i]), 0);
        ino_t before = status.st_ino;
        check_fault(hand_over("new"), FAULT_NONE);
        assert_int_equal(stat(path, &status), 0);
        assert_true(status.st_ino != before); /* it is another one */
        assert_int_equal(status.st_mode & 07777, modes[i]);
        assert_int_equal(status.st_gid, group);
        assert_true(both_of('n'));
    }
}

/* A folder under one of the two names is somebody else's; what is beside it stays what it was. */
static void what_is_no_file_is_not_replaced(void **state) {
    (void)state;
    static const char *const names[] = {HANDOVER_FOLDER_TABLE, HANDOVER_FOLDER_PAGE};
    for (int i = 0; i < 2; i++) {
        char file[FOLDER_PATH_SIZE + 300], inside[FOLDER_PATH_SIZE + 310];
        check_fault(hand_over("old"), FAULT_NONE);
        file_of(file, names[i]);
        check_fault(file_remove(file), FAULT_NONE);
        check_fault(folder_create(file), FAULT_NONE);
        snprintf(inside, sizeof inside, "%s/mine", file);
        check_fault(file_write(inside, text("our"), FILE_SHARED), FAULT_NONE);
        check_fault(hand_over("new"), FAULT_FILE_WRITE);
        assert_true(file_exists(inside));
        assert_int_equal(run_of(names[1 - i]), 'o');
        assert_int_equal(left_behind(), 0);
        check_fault(folder_remove_with_files(file), FAULT_NONE);
    }
    check_fault(folder_remove_with_files(path), FAULT_NONE);
    check_fault(file_write(path, text("our"), FILE_SHARED), FAULT_NONE);
    assert_int_not_equal(hand_over("new"), FAULT_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_at_any_step_the_pair_is_the_old_or_the_new_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(killed_at_any_step_a_first_pair_is_whole_or_not_there, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(killed_at_any_step_beside_other_files_no_pair_disagrees, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_old_pair, set_up, tear_down),
        cmocka_unit_test_setup_teardown(where_the_folder_cannot_be_replaced_the_files_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_folder_that_we_are_in_stays_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_user_decided_about_the_folder_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_not_replaced, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
