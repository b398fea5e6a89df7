/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "platform/program.h"

static FILE *stream_with(const char *text) {
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    return file;
}

static void the_program_reads_what_is_given_and_writes_where_it_should(void **state) {
    char *words[] = {"sh", "-c", "cat; echo behind; exit 7", NULL};
    FILE *in = stream_with("from the file\n");
    FILE *out = stream_with("before\n");
    char text[100] = "";
    int code = 0;
    (void)state;
    check_fault(program_run(&code, "/bin/sh", words, in, out), FAULT_NONE);
    assert_int_equal(code, 7);
    rewind(out);
    text[fread(text, 1, sizeof text - 1, out)] = '\0';
    assert_string_equal(text, "before\nfrom the file\nbehind\n");
    fclose(in);
    fclose(out);
}

static void what_cannot_run_or_does_not_end_by_itself_is_a_fault(void **state) {
    char *words[] = {"sh", "-c", "kill -9 $$", NULL};
    FILE *in = stream_with("");
    FILE *out = stream_with("");
    int code = 0;
    (void)state;
    check_fault(program_run(&code, "/bin/sh", words, in, out), FAULT_MISUSE);
    check_fault(program_run(&code, "/no/such/program", words, in, out), FAULT_FILE_MISSING);
    fclose(in);
    fclose(out);
}

static void a_program_is_found_beside_this_one_first(void **state) {
    char path[PROGRAM_PATH_SIZE];
    (void)state;
    check_fault(program_find(path, "test_program"), FAULT_NONE);
    assert_true(strstr(path, TEST_BUILD_FOLDER) == path);
}

static void put_program(const char *folder, const char *name) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(chmod(path, 0700), 0);
}

static void else_on_the_absolute_folders_of_the_path(void **state) {
    char folder[] = "/tmp/program-XXXXXX";
    char found[PROGRAM_PATH_SIZE];
    char expected[PROGRAM_PATH_SIZE];
    char path[200];
    (void)state;
    assert_non_null(mkdtemp(folder));
    put_program(folder, "only-here");
    check_fault(program_find(found, "only-here"), FAULT_FILE_MISSING);
    snprintf(path, sizeof path, "/nowhere::%s:/usr/bin", folder);
    setenv("PATH", path, 1);
    check_fault(program_find(found, "only-here"), FAULT_NONE);
    snprintf(expected, sizeof expected, "%s/only-here", folder);
    assert_string_equal(found, expected);
    assert_int_equal(chdir(folder), 0);
    setenv("PATH", ".:", 1);
    check_fault(program_find(found, "only-here"), FAULT_FILE_MISSING);
    unsetenv("PATH");
    check_fault(program_find(found, "only-here"), FAULT_FILE_MISSING);
    assert_int_equal(remove(expected), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_program_reads_what_is_given_and_writes_where_it_should),
        cmocka_unit_test(what_cannot_run_or_does_not_end_by_itself_is_a_fault),
        cmocka_unit_test(a_program_is_found_beside_this_one_first),
        cmocka_unit_test(else_on_the_absolute_folders_of_the_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
