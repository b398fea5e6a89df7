/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "aggregator/measures.h"
#include "vector_file.h"

#define FOLDER "tests/vectors/measures"

static void check_round_trip(const char *name, const struct measures *measures) {
    struct bytes_buffer content = {0}, rewritten = {0};
    struct measures again;
    uint32_t line, column;
    check_fault(measures_write(&content, measures), FAULT_NONE);
    check_fault(measures_read(&again, &line, &column, bytes_buffer_view(&content)), FAULT_NONE);
    check_fault(measures_write(&rewritten, &again), FAULT_NONE);
    if (again.count != measures->count || rewritten.size != content.size ||
        memcmp(rewritten.data, content.data, content.size) != 0) {
        fail_msg("%s: written and read again it is another list", name);
    }
    bytes_buffer_release(&rewritten);
    bytes_buffer_release(&content);
}

static void check_vector(const struct vector_file_line *vector, struct bytes content) {
    struct measures measures;
    uint32_t line, column;
    char place[32] = "-", letters[AUTHOR_REPORT_COLUMN];
    enum fault fault = measures_read(&measures, &line, &column, content);
    author_report_letters(letters, column);
    if (fault && line) {
        snprintf(place, sizeof place, "%s%u", letters, line);
    }
    if (strcmp(fault_name(fault), vector->expected[0]) != 0 || strcmp(place, vector->expected[1]) != 0) {
        fail_msg("%s: got %s at %s, expected %s at %s", vector->name, fault_name(fault), place,
                 vector->expected[0], vector->expected[1]);
    }
    if (!fault) {
        check_round_trip(vector->name, &measures);
    }
}

static void every_vector_gives_its_fault_at_its_cell(void **state) {
    (void)state;
    assert_true(vector_file_each(FOLDER, check_vector) >= 39);
}

static void a_measure_is_found_by_name(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct measures measures;
    uint32_t line, column;
    vector_file_read(&content, FOLDER "/valid_quotes.csv");
    check_fault(measures_read(&measures, &line, &column, bytes_buffer_view(&content)), FAULT_NONE);
    const struct measures_row *row = measures_find(&measures, "fountain");
    assert_non_null(row);
    assert_string_equal(row->goal, "Meer, en \"leuker\"");
    assert_string_equal(row->text_en, "the fountain");
    assert_int_equal(row->date, 20260305);
    assert_null(measures_find(&measures, "fountains"));
    bytes_buffer_release(&content);
}

static void a_language_is_told_by_its_header(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct measures measures;
    uint32_t line, column;
    vector_file_read(&content, FOLDER "/valid_languages.csv");
    check_fault(measures_read(&measures, &line, &column, bytes_buffer_view(&content)), FAULT_NONE);
    for (size_t i = 0; i < MEASURES_MORE; i++) {
        bool polish = strcmp(measures_language[i], "pl") == 0;
        assert_int_equal(strcmp(measures.row[0].text[i], "woda na podwórku") == 0, polish);
        assert_string_equal(measures.row[1].text[i], "");
    }
    bytes_buffer_release(&content);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_gives_its_fault_at_its_cell),
        cmocka_unit_test(a_measure_is_found_by_name),
        cmocka_unit_test(a_language_is_told_by_its_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
