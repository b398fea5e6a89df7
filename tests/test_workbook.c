/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "aggregator/author.h"
#include "aggregator/author_book.h"
#include "aggregator/xlsx_book.h"
#include "scarce_memory.h"
#include "vector_file.h"

#define FOLDER "tests/vectors/workbook"

static struct questionnaire *made;
static struct author_report report;
static struct bytes_buffer trial; /* what every valid workbook says, compiled from its CSV twin */

static int set_up(void **state) {
    (void)state;
    vector_file_read(&trial, "tests/vectors/questionnaire/valid.klq");
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    scarce_memory_left = -1;
    made = questionnaire_free(made);
    author_report_release(&report);
    bytes_buffer_release(&trial);
    return 0;
}

static enum fault compile(struct bytes content) {
    made = questionnaire_free(made);
    author_report_release(&report);
    return author_compile(&made, &report, content);
}

/* "survey!C5", "survey!-" for a sheet as a whole, "-" for the file. */
static void name_place(char out[128], const struct author_report_finding *finding) {
    char cell[32] = "-";
    if (finding->row) {
        snprintf(cell, sizeof cell, "%s%u", finding->letters, finding->row);
    }
    snprintf(out, 128, "%s%s%s", finding->sheet, finding->sheet[0] ? "!" : "", cell);
}

static void check_same_bytes(const char *name) {
    struct bytes_buffer content = {0};
    check_fault(questionnaire_encode(&content, made), FAULT_NONE);
    if (content.size != trial.size || memcmp(content.data, trial.data, trial.size) != 0) {
        fail_msg("%s: compiles to something else than its CSV twin", name);
    }
    bytes_buffer_release(&content);
}

static void check_vector(const struct vector_file_line *line, struct bytes content) {
    bool valid = strcmp(line->expected[0], "-") == 0;
    enum fault fault = compile(content);
    for (size_t i = 0; i < report.count; i++) {
        char place[128];
        name_place(place, &report.finding[i]);
        if (valid || strcmp(report.finding[i].code, line->expected[0]) != 0 ||
            strcmp(place, line->expected[1]) != 0) {
            fail_msg("%s: got %s at %s, expected %s at %s", line->name, report.finding[i].code, place,
                     line->expected[0], line->expected[1]);
        }
    }
    if (report.errors != (valid ? 0u : 1u)) {
        fail_msg("%s: %zu errors", line->name, report.errors);
    }
    check_fault(fault, valid ? FAULT_NONE : FAULT_QUESTIONNAIRE);
    if (valid) {
        check_same_bytes(line->name);
    }
}

static void every_vector_gives_its_code_at_its_cell(void **state) {
    (void)state;
    assert_true(vector_file_each(FOLDER, check_vector) >= 65);
}

static void findings_come_in_the_order_of_the_workbook(void **state) {
    (void)state;
    author_report_sheet(&report, "choices");
    author_report_sheet(&report, "survey");
    report.workbook = true;
    author_report_add(&report, AUTHOR_NAME_MISSING, (struct author_report_place){"survey", 2, 2, NULL}, NULL,
                      NULL);
    author_report_add(&report, AUTHOR_NAME_MISSING, (struct author_report_place){"choices", 9, 28, NULL},
                      NULL, NULL);
    author_report_add(&report, AUTHOR_NAME_MISSING, (struct author_report_place){"choices", 9, 3, NULL}, NULL,
                      NULL);
    author_report_add(&report, AUTHOR_BOOK_ZIP, (struct author_report_place){0}, NULL, NULL);
    author_report_sort(&report);
    char place[4][128];
    for (size_t i = 0; i < 4; i++) {
        name_place(place[i], &report.finding[i]);
    }
    assert_string_equal(place[0], "-");
    assert_string_equal(place[1], "choices!B9");
    assert_string_equal(place[2], "choices!AA9");
    assert_string_equal(place[3], "survey!A2");
}

static void characters_that_xml_cannot_hold_come_back(void **state) {
    (void)state;
    static const char *const pair[][2] = {
        {"a_x000D_b", "a\rb"},  {"_x000a__x0009_", "\n\t"}, {"_x005F_x000D_", "_x000D_"},
        {"_x0000_", "_x0000_"}, {"_x0041_", "_x0041_"},     {"_x00D_", "_x00D_"},
        {"_x000G_", "_x000G_"}, {"_x000D", "_x000D"},       {"", ""},
    };
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) {
        char text[32];
        snprintf(text, sizeof text, "%s", pair[i][0]);
        xlsx_book_unescape(text);
        assert_string_equal(text, pair[i][1]);
    }
}

static void a_workbook_without_memory_says_so_and_loses_nothing(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    vector_file_read(&content, FOLDER "/valid_openpyxl.xlsx");
    enum fault fault = FAULT_MEMORY;
    long refused = 0;
    for (long i = 0; fault == FAULT_MEMORY && i < 5000; i++) {
        scarce_memory_left = i;
        fault = compile(bytes_buffer_view(&content));
        scarce_memory_left = -1;
        assert_true(fault == FAULT_MEMORY || fault == FAULT_NONE);
        refused += fault == FAULT_MEMORY;
    }
    check_fault(fault, FAULT_NONE);
    assert_true(refused > 50); /* otherwise nothing was refused at all */
    check_same_bytes("valid_openpyxl.xlsx");
    bytes_buffer_release(&content);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_vector_gives_its_code_at_its_cell),
        TEST(findings_come_in_the_order_of_the_workbook),
        TEST(characters_that_xml_cannot_hold_come_back),
        TEST(a_workbook_without_memory_says_so_and_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
