/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "check.h"
#include "kiosk/options.h"

static enum fault read_options(struct options *out, const char *a, const char *b, const char *c) {
    char words[4][64] = {"klankbord-kiosk", "", "", ""};
    char *argv[5] = {words[0], NULL, NULL, NULL, NULL};
    const char *given[] = {a, b, c};
    int argc = 1;
    for (int i = 0; i < 3 && given[i] != NULL; i++) {
        strncpy(words[argc], given[i], sizeof words[0] - 1);
        argv[argc] = words[argc];
        argc++;
    }
    return options_read(out, argc, argv);
}

static void without_options_it_shows_the_whole_screen_in_dutch(void **state) {
    struct options options;
    (void)state;
    check_fault(read_options(&options, NULL, NULL, NULL), FAULT_NONE);
    assert_int_equal(options.job, OPTIONS_SHOW);
    assert_int_equal(options.language, STRINGS_NL);
    assert_false(options.windowed);
}

static void a_file_to_lay_out_is_a_job_of_its_own(void **state) {
    struct options options;
    (void)state;
    check_fault(read_options(&options, "--layout", "q.klq", NULL), FAULT_NONE);
    assert_int_equal(options.job, OPTIONS_LAYOUT);
    assert_string_equal(options.layout, "q.klq");
    check_fault(read_options(&options, "--layout", NULL, NULL), FAULT_USAGE);
}

static void a_window_may_be_given_a_size_within_reason(void **state) {
    struct options options;
    (void)state;
    check_fault(read_options(&options, "--windowed", NULL, NULL), FAULT_NONE);
    assert_true(options.windowed);
    assert_int_equal(options.width, 1024);
    assert_int_equal(options.height, 768);
    check_fault(read_options(&options, "--windowed=1366x768", NULL, NULL), FAULT_NONE);
    assert_int_equal(options.width, 1366);
    check_fault(read_options(&options, "--windowed=639x480", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--windowed=640x479", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--windowed=7681x4320", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--windowed=1366x768x", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--windowed=1366", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--windowed=1366x", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--windowed=x768", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--windowed=1366X768", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--windowed=99999999999x768", NULL, NULL), FAULT_USAGE);
}

static void trust_takes_exactly_two_files(void **state) {
    struct options options;
    (void)state;
    check_fault(read_options(&options, "--trust", "a.klh", "b.klh"), FAULT_NONE);
    assert_int_equal(options.job, OPTIONS_TRUST);
    assert_string_equal(options.trust[0], "a.klh");
    assert_string_equal(options.trust[1], "b.klh");
    check_fault(read_options(&options, "--trust", "a.klh", NULL), FAULT_USAGE);
}

static void finishing_needs_a_folder_and_only_it_takes_yes(void **state) {
    struct options options;
    (void)state;
    check_fault(read_options(&options, "--finish", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--yes", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--finish=stick", NULL, NULL), FAULT_NONE);
    assert_int_equal(options.job, OPTIONS_FINISH);
    assert_string_equal(options.finish, "stick");
    assert_false(options.yes);
    check_fault(read_options(&options, "--yes", "--finish=stick", NULL), FAULT_NONE);
    assert_true(options.yes);
}

static void enrolling_needs_a_label(void **state) {
    struct options options;
    (void)state;
    check_fault(read_options(&options, "--enrol=out.kle", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--enrol=out.kle", "--label=laptop 1", NULL), FAULT_NONE);
    assert_int_equal(options.job, OPTIONS_ENROL);
    assert_string_equal(options.label, "laptop 1");
}

static void what_it_does_not_know_is_refused(void **state) {
    struct options options;
    (void)state;
    check_fault(read_options(&options, "--no-such-option", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "stray", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--lang=de", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--state", NULL, NULL), FAULT_USAGE);
    check_fault(read_options(&options, "--lang=en", "--help", NULL), FAULT_NONE);
    assert_int_equal(options.job, OPTIONS_HELP);
    assert_non_null(strstr(options_help(options.language), "--windowed"));
    assert_string_not_equal(options_help(STRINGS_NL), options_help(STRINGS_EN));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_options_it_shows_the_whole_screen_in_dutch),
        cmocka_unit_test(a_file_to_lay_out_is_a_job_of_its_own),
        cmocka_unit_test(a_window_may_be_given_a_size_within_reason),
        cmocka_unit_test(trust_takes_exactly_two_files),
        cmocka_unit_test(finishing_needs_a_folder_and_only_it_takes_yes),
        cmocka_unit_test(enrolling_needs_a_label),
        cmocka_unit_test(what_it_does_not_know_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
