/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/school_csv.h"
#include "platform/file.h"

static enum fault read_vector(struct school_csv *out, const char *name) {
    char path[512];
    struct bytes_buffer content = {0};
    snprintf(path, sizeof path, TEST_SOURCE_FOLDER "/tests/vectors/school_csv/%s", name);
    check_fault(file_read(&content, path, 1 << 20), FAULT_NONE);
    enum fault fault = school_csv_read(out, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    return fault;
}

static void check_class(const struct round_class *item, const char *label, uint16_t years, uint16_t heads,
                        uint16_t not_asked, const char *reason) {
    assert_string_equal(item->label, label);
    assert_int_equal(item->years, years);
    assert_int_equal(item->heads, heads);
    assert_int_equal(item->not_asked, not_asked);
    assert_string_equal(item->reason, reason);
}

static void an_english_table_is_read_in_its_own_order(void **state) {
    (void)state;
    struct school_csv csv = {0};
    check_fault(read_vector(&csv, "english.csv"), FAULT_NONE);
    assert_int_equal(csv.class_count, 2);
    check_class(&csv.class_list[0], "1A", 1, 26, 0, "");
    check_class(&csv.class_list[1], "2B", 2, 24, 1, "ill for long");
    assert_int_equal(csv.class_list[0].number, 1);
    assert_int_equal(csv.class_list[1].number, 2);
    school_csv_release(&csv);
}

static void what_dutch_excel_saves_is_read(void **state) {
    (void)state;
    struct school_csv csv = {0};
    check_fault(read_vector(&csv, "dutch_excel.csv"), FAULT_NONE);
    assert_int_equal(csv.class_count, 3);
    check_class(&csv.class_list[0], "2B", 1 << 1, 25, 1, "op stage");
    check_class(&csv.class_list[1], "7/8", 1 << 6 | 1 << 7, 9, 0, "");
    check_class(&csv.class_list[2], "Groep \"3\"", 1 << 2, 12, 0, "");
    school_csv_release(&csv);
}

static void columns_may_stand_in_any_order(void **state) {
    (void)state;
    struct school_csv csv = {0};
    check_fault(read_vector(&csv, "tabs_reordered.csv"), FAULT_NONE);
    assert_int_equal(csv.class_count, 1);
    check_class(&csv.class_list[0], "3C", 1 << 2 | 1 << 3 | 1 << 4, 12, 0, "");
    school_csv_release(&csv);
}

static void check_refused(const char *name, size_t problems, uint32_t row, const char *column,
                          const char *word) {
    struct school_csv csv = {0};
    check_fault(read_vector(&csv, name), FAULT_USAGE);
    assert_null(csv.class_list);
    assert_int_equal(csv.class_count, 0);
    assert_int_equal(csv.problem_count, problems);
    assert_int_equal(csv.problem[0].row, row);
    assert_string_equal(csv.problem[0].column, column);
    assert_non_null(strstr(csv.problem[0].reason[FAULT_LANGUAGE_EN], word));
    assert_true(csv.problem[0].reason[FAULT_LANGUAGE_NL][0] != '\0');
    assert_true(csv.problem[0].remedy[FAULT_LANGUAGE_NL][0] != '\0');
    assert_true(csv.problem[0].remedy[FAULT_LANGUAGE_EN][0] != '\0');
    school_csv_release(&csv);
}

static void a_table_that_is_wrong_as_a_whole_says_why(void **state) {
    (void)state;
    check_refused("heads_missing.csv", 1, 1, "", "heads is missing");
    check_refused("column_unknown.csv", 1, 1, "teacher", "'teacher' is unknown");
    check_refused("column_twice.csv", 1, 1, "heads", "twice");
    check_refused("no_classes.csv", 1, 0, "", "no classes");
    check_refused("only_commas.csv", 1, 0, "", "no classes");
    check_refused("empty.csv", 1, 0, "", "empty");
}

static void the_old_windows_encoding_is_refused_with_a_remedy(void **state) {
    (void)state;
    struct school_csv csv = {0};
    check_fault(read_vector(&csv, "windows.csv"), FAULT_USAGE);
    assert_true(csv.problem_count >= 1);
    assert_non_null(strstr(csv.problem[0].remedy[FAULT_LANGUAGE_EN], "UTF-8"));
    school_csv_release(&csv);
}

static void every_error_is_found_in_one_go_with_its_row_and_column(void **state) {
    (void)state;
    static const struct {
        uint32_t row;
        const char *column;
    } expected[] = {{2, "class"},   {3, "years"},  {4, "years"},     {5, "years"},      {6, "years"},
                    {7, "heads"},   {8, "heads"},  {9, "heads"},     {10, "not_asked"}, {11, "reason"},
                    {12, "reason"}, {14, "class"}, {15, "not_asked"}};
    struct school_csv csv = {0};
    check_fault(read_vector(&csv, "many_errors.csv"), FAULT_USAGE);
    assert_int_equal(csv.problem_count, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < csv.problem_count; i++) {
        assert_int_equal(csv.problem[i].row, expected[i].row);
        assert_string_equal(csv.problem[i].column, expected[i].column);
    }
    assert_string_equal(csv.problem[3].reason[FAULT_LANGUAGE_EN], "'1-3' is not a year from 1 to 16.");
    school_csv_release(&csv);
}

static char *repeat(size_t rows) {
    char *text = malloc(rows * 16 + 64);
    assert_non_null(text);
    size_t used = (size_t)sprintf(text, "class,years,heads\n");
    for (size_t i = 0; i < rows; i++) {
        used += (size_t)sprintf(text + used, "k%zu,1,9\n", i);
    }
    return text;
}

static void four_hundred_classes_fit_and_one_more_does_not(void **state) {
    (void)state;
    for (size_t rows = ROUND_CLASSES; rows <= ROUND_CLASSES + 1; rows++) {
        struct school_csv csv = {0};
        char *text = repeat(rows);
        check_fault(school_csv_read(&csv, (struct bytes){(const uint8_t *)text, strlen(text)}),
                    rows == ROUND_CLASSES ? FAULT_NONE : FAULT_USAGE);
        assert_int_equal(csv.class_count, rows == ROUND_CLASSES ? ROUND_CLASSES : 0);
        school_csv_release(&csv);
        free(text);
    }
}

static void a_name_or_reason_that_is_too_long_is_an_error(void **state) {
    (void)state;
    char text[512], name[ROUND_LABEL_SIZE + 1], reason[ROUND_TEXT_SIZE + 1];
    struct school_csv csv = {0};
    memset(name, 'n', sizeof name);
    memset(reason, 'r', sizeof reason);
    name[ROUND_LABEL_SIZE] = reason[ROUND_TEXT_SIZE] = '\0';
    int size =
        snprintf(text, sizeof text, "class,years,heads,not_asked,reason\n%s,1,20,1,%s\n", name, reason);
    check_fault(school_csv_read(&csv, (struct bytes){(const uint8_t *)text, (size_t)size}), FAULT_USAGE);
    assert_int_equal(csv.problem_count, 2);
    school_csv_release(&csv);
    name[ROUND_LABEL_SIZE - 1] = reason[ROUND_TEXT_SIZE - 1] = '\0';
    size = snprintf(text, sizeof text, "class,years,heads,not_asked,reason\n%s,1,20,1,%s\n", name, reason);
    check_fault(school_csv_read(&csv, (struct bytes){(const uint8_t *)text, (size_t)size}), FAULT_NONE);
    school_csv_release(&csv);
}

static void problems_beyond_the_limit_are_counted_and_not_kept(void **state) {
    (void)state;
    char *text = repeat(390);
    struct school_csv csv = {0};
    for (char *at = text; (at = strstr(at, ",1,9")); at++) {
        at[1] = 'x';
    }
    check_fault(school_csv_read(&csv, (struct bytes){(const uint8_t *)text, strlen(text)}), FAULT_USAGE);
    assert_int_equal(csv.problem_count, 390);
    assert_int_equal(csv.problem[SCHOOL_CSV_PROBLEMS - 1].row, SCHOOL_CSV_PROBLEMS + 1);
    school_csv_release(&csv);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_english_table_is_read_in_its_own_order),
        cmocka_unit_test(what_dutch_excel_saves_is_read),
        cmocka_unit_test(columns_may_stand_in_any_order),
        cmocka_unit_test(a_table_that_is_wrong_as_a_whole_says_why),
        cmocka_unit_test(the_old_windows_encoding_is_refused_with_a_remedy),
        cmocka_unit_test(every_error_is_found_in_one_go_with_its_row_and_column),
        cmocka_unit_test(four_hundred_classes_fit_and_one_more_does_not),
        cmocka_unit_test(a_name_or_reason_that_is_too_long_is_an_error),
        cmocka_unit_test(problems_beyond_the_limit_are_counted_and_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
