/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "aggregator/report_folder.h"
#include "platform/file.h"
#include "tests/disk_plan.h"

static char place[64], path[FOLDER_PATH_SIZE];

static int set_up(void **state) {
    (void)state;
    memset(&disk_plan, 0, sizeof disk_plan);
    strcpy(place, "/tmp/report_folder_XXXXXX");
    assert_non_null(mkdtemp(place));
    char report[96];
    snprintf(report, sizeof report, "%s/report/", place);
    check_fault(folder_resolve(path, report), FAULT_NONE);
    return 0;
}

static int tear_down(void **state) {
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", place);
    return system(command);
}

static void add(struct report_files *files, const char *name, const char *content) {
    struct report_file *file = &files->file[files->count++];
    snprintf(file->name, sizeof file->name, "%s", name);
    bytes_put(&file->content, content, strlen(content));
}

/* Report and manifest as report_files_make gives them: two pages, or with `more` a third. */
static struct report_files *some(const char *words, bool more) {
    struct report_files *files = calloc(1, sizeof *files);
    assert_non_null(files);
    add(files, "report.html", words);
    add(files, "figures.csv", "a,b\n");
    if (more) {
        add(files, "class-02-1B.html", words);
    }
    struct bytes_buffer lines = {0};
    for (uint16_t i = 0; i < files->count; i++) {
        uint8_t digest[DIGEST_BYTES];
        char line[300], hex[2 * DIGEST_BYTES + 1];
        crypto_generichash(digest, sizeof digest, files->file[i].content.data, files->file[i].content.size,
                           NULL, 0);
        digest_hex(hex, digest, DIGEST_BYTES);
        snprintf(line, sizeof line, "%s  %s\n", hex, files->file[i].name);
        bytes_put(&lines, line, strlen(line));
    }
    bytes_put_u8(&lines, 0);
    add(files, "manifest.txt", (const char *)lines.data);
    bytes_buffer_release(&lines);
    return files;
}

/* Whether the folder is exactly these files, and nothing stands beside it but what `beside` counts. */
static bool holds(const struct report_files *files, size_t beside) {
    struct folder_names names = {0}, hidden = {0}, around = {0};
    bool same = folder_list(&names, path, "") == FAULT_NONE && names.count == files->count;
    for (uint16_t i = 0; same && i < files->count; i++) {
        char file[FOLDER_PATH_SIZE + 300];
        struct bytes_buffer content = {0};
        snprintf(file, sizeof file, "%s/%s", path, files->file[i].name);
        same = file_read(&content, file, 1 << 20) == FAULT_NONE &&
               content.size == files->file[i].content.size &&
               memcmp(content.data, files->file[i].content.data, content.size) == 0;
        bytes_buffer_release(&content);
    }
    same = same && folder_list_hidden(&hidden, path) == FAULT_NONE && hidden.count == 0;
    same = same && folder_list_hidden(&around, place) == FAULT_NONE && around.count == beside;
    folder_names_release(&names);
    folder_names_release(&hidden);
    folder_names_release(&around);
    return same;
}

static void put_file(const char *name, const char *content) {
    char file[FOLDER_PATH_SIZE + 300];
    snprintf(file, sizeof file, "%s/%s", path, name);
    check_fault(file_write(file, (struct bytes){(const uint8_t *)content, strlen(content)}, FILE_SHARED),
                FAULT_NONE);
}

static void check_refused(const char *name) {
    char in_the_way[REPORT_FOLDER_NAME];
    check_fault(report_folder_check(in_the_way, path), FAULT_FILE_EXISTS);
    assert_string_equal(in_the_way, name);
}

static void an_earlier_report_is_replaced_with_its_old_class_sheets(void **state) {
    (void)state;
    struct report_files *first = some("first", true), *second = some("second", false);
    struct stat status;
    check_fault(report_folder_write(first, path), FAULT_NONE);
    assert_true(holds(first, 0));
    assert_int_equal(chmod(path, 0750), 0);
    check_fault(report_folder_write(second, path), FAULT_NONE);
    assert_true(holds(second, 0));
    check_fault(report_folder_write(second, path), FAULT_NONE);
    assert_true(holds(second, 0));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0750);
    report_files_free(first);
    report_files_free(second);
}

/* A group that may not be given back was not meant to be let in, whichever the new folder has. */
static void who_may_enter_the_report_stays_as_it_was(void **state) {
    (void)state;
    static const mode_t given[] = {0750, 02770, 0705}, without[] = {0700, 0700, 0705};
    struct report_files *first = some("first", true), *second = some("second", false);
    const gid_t group = disk_plan_other_group();
    struct stat status;
    check_fault(report_folder_write(first, path), FAULT_NONE);
    disk_plan.error = EPERM;
    disk_plan.always = true;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(chown(path, (uid_t)-1, group), 0);
        assert_int_equal(chmod(path, given[i]), 0);
        check_fault(report_folder_write(second, path), FAULT_NONE);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_gid, group);
        assert_int_equal(status.st_mode & 07777, given[i]);
        disk_plan.call = "chown";
        check_fault(report_folder_write(second, path), FAULT_NONE);
        disk_plan.call = NULL;
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_gid, getegid());
        assert_int_equal(status.st_mode & 07777, without[i]);
    }
    report_files_free(first);
    report_files_free(second);
}

static void what_a_person_wrote_is_never_thrown_away(void **state) {
    (void)state;
    struct report_files *first = some("first", true), *second = some("second", false);
    check_fault(report_folder_write(first, path), FAULT_NONE);
    put_file("notes.txt", "mine");
    check_refused("notes.txt");
    check_fault(report_folder_write(second, path), FAULT_FILE_EXISTS);
    char file[FOLDER_PATH_SIZE + 300];
    snprintf(file, sizeof file, "%s/notes.txt", path);
    check_fault(file_remove(file), FAULT_NONE);
    put_file(".hidden", "mine");
    check_refused(".hidden");
    snprintf(file, sizeof file, "%s/.hidden", path);
    check_fault(file_remove(file), FAULT_NONE);
    put_file("class-02-1B.html", "first, and what I made of it");
    check_refused("class-02-1B.html");
    put_file("class-02-1B.html", "first");
    assert_true(holds(first, 0));
    /* A folder under a name of ours is not ours either. */
    snprintf(file, sizeof file, "%s/report.html", path);
    check_fault(file_remove(file), FAULT_NONE);
    check_fault(folder_create(file), FAULT_NONE);
    check_refused("report.html");
    report_files_free(first);
    report_files_free(second);
}

static void a_place_that_is_no_folder_or_is_where_we_are_is_refused(void **state) {
    (void)state;
    char here[FOLDER_PATH_SIZE], report[FOLDER_PATH_SIZE];
    strcpy(report, path);
    check_fault(file_write(path, (struct bytes){(const uint8_t *)"x", 1}, FILE_SHARED), FAULT_NONE);
    check_refused("");
    check_fault(file_remove(path), FAULT_NONE);
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(place), 0);
    check_fault(folder_resolve(path, "."), FAULT_NONE);
    assert_string_equal(path, place);
    check_refused("");
    check_fault(folder_resolve(path, "../"), FAULT_NONE);
    check_refused("");
    check_fault(folder_resolve(path, "report"), FAULT_NONE);
    assert_string_equal(path, report);
    check_fault(folder_resolve(path, "nowhere/report"), FAULT_FILE_MISSING);
    check_fault(folder_resolve(path, ""), FAULT_FILE_MISSING);
    assert_int_equal(chdir(here), 0);
}

/* Whatever fails: the old report is there, whole, and nothing beside it. */
static void whatever_fails_the_old_report_is_there_whole(void **state) {
    (void)state;
    static const char *const calls[] = {"write", "fsync", "renameat2"};
    struct report_files *first = some("first", true), *second = some("second", false);
    check_fault(report_folder_write(first, path), FAULT_NONE);
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        int failed = 0;
        for (int at = 1; at < 100; at++) {
            disk_plan.call = calls[i];
            disk_plan.countdown = at;
            disk_plan.error = ENOSPC;
            enum fault fault = report_folder_write(second, path);
            disk_plan.call = NULL;
            if (fault == FAULT_NONE) {
                break;
            }
            failed++;
            check_fault(fault, FAULT_DISK_FULL);
            /* Only the last fsync, of the folder around it, comes after the change. */
            assert_true(holds(first, 0) || (strcmp(calls[i], "fsync") == 0 && holds(second, 0)));
        }
        assert_true(failed >= 3);
        assert_true(holds(second, 0));
        check_fault(report_folder_write(first, path), FAULT_NONE);
    }
    report_files_free(first);
    report_files_free(second);
}

static enum fault write_files(const void *files) {
    return report_folder_write(files, path);
}

static bool written_by_another(const struct report_files *files, int killed_at) {
    return disk_plan_done_by_another(killed_at, write_files, files);
}

static size_t hidden_beside(void) {
    struct folder_names around = {0};
    check_fault(folder_list_hidden(&around, place), FAULT_NONE);
    size_t count = around.count;
    folder_names_release(&around);
    return count;
}

/* Nothing half-written under the name of the report, and giving the command again is all there is to do. */
static void killed_at_any_step_the_report_is_the_old_or_the_new_one(void **state) {
    (void)state;
    struct report_files *first = some("first", true), *second = some("second", false);
    check_fault(report_folder_write(first, path), FAULT_NONE);
    int old = 0, new = 0;
    for (int at = 1; !written_by_another(second, at); at++) {
        assert_in_range(at, 1, 200);
        bool is_old = holds(first, hidden_beside());
        assert_true(is_old || holds(second, hidden_beside()));
        old += is_old;
        new += !is_old;
        check_fault(report_folder_write(second, path), FAULT_NONE);
        assert_true(holds(second, 0));
        check_fault(report_folder_write(first, path), FAULT_NONE);
        assert_true(holds(first, 0));
    }
    assert_true(holds(second, 0));
    assert_true(old >= 12); /* a folder, and of three files each the writing, the flushing and the name */
    assert_true(new >= 4);  /* the old files are taken away afterwards */
    report_files_free(first);
    report_files_free(second);
}

/* The first report ever: no folder, or the whole report. */
static void killed_at_any_step_a_first_report_is_whole_or_not_there(void **state) {
    (void)state;
    struct report_files *first = some("first", true);
    int without = 0;
    for (int at = 1; !written_by_another(first, at); at++) {
        assert_in_range(at, 1, 200);
        without += !file_exists(path);
        assert_true(!file_exists(path) || holds(first, hidden_beside()));
        check_fault(report_folder_write(first, path), FAULT_NONE);
        assert_true(holds(first, 0));
        check_fault(folder_remove_with_files(path), FAULT_NONE);
    }
    assert_true(holds(first, 0));
    assert_true(without >= 12);
    report_files_free(first);
}

static void a_file_system_that_cannot_exchange_gets_there_too(void **state) {
    (void)state;
    struct report_files *first = some("first", true);
    check_fault(report_folder_write(first, path), FAULT_NONE);
    disk_plan.error = EINVAL;
    disk_plan.always = true;
    char made[FOLDER_PATH_SIZE + 16], file[FOLDER_PATH_SIZE + 32];
    snprintf(made, sizeof made, "%s/.made", place);
    check_fault(folder_create(made), FAULT_NONE);
    snprintf(file, sizeof file, "%s/new", made);
    check_fault(file_write(file, (struct bytes){(const uint8_t *)"x", 1}, FILE_SHARED), FAULT_NONE);
    disk_plan.call = "renameat2";
    check_fault(folder_put(made, path), FAULT_NONE);
    disk_plan.call = NULL;
    snprintf(file, sizeof file, "%s/new", path);
    assert_true(file_exists(file));
    snprintf(file, sizeof file, "%s/report.html", made);
    assert_true(file_exists(file));
    report_files_free(first);
}

static void what_killed_runs_left_is_taken_away(void **state) {
    (void)state;
    struct report_files *first = some("first", true);
    char file[FOLDER_PATH_SIZE + 64];
    static const char *const left[] = {".report.0011.part", ".report.0022.part.old", ".other.0011.part"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(file, sizeof file, "%s/%s", place, left[i]);
        check_fault(folder_create(file), FAULT_NONE);
        snprintf(file, sizeof file, "%s/%s/.report.html.12.part", place, left[i]);
        check_fault(file_write(file, (struct bytes){(const uint8_t *)"x", 1}, FILE_SHARED), FAULT_NONE);
    }
    snprintf(file, sizeof file, "%s/.report.0033.part", place);
    check_fault(file_write(file, (struct bytes){(const uint8_t *)"x", 1}, FILE_SHARED), FAULT_NONE);
    check_fault(report_folder_write(first, path), FAULT_NONE);
    assert_true(holds(first, 1));
    report_files_free(first);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_earlier_report_is_replaced_with_its_old_class_sheets, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_may_enter_the_report_stays_as_it_was, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_person_wrote_is_never_thrown_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_place_that_is_no_folder_or_is_where_we_are_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(whatever_fails_the_old_report_is_there_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(killed_at_any_step_the_report_is_the_old_or_the_new_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(killed_at_any_step_a_first_report_is_whole_or_not_there, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_file_system_that_cannot_exchange_gets_there_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_killed_runs_left_is_taken_away, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
