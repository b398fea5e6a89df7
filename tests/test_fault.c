/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/bytes.h"

#include <string.h>

static void check_sentence(const char *text) {
    size_t size = strlen(text);
    assert_true(size > 5);
    assert_true(bytes_are_plain_text(text, size, false));
    assert_int_equal(text[size - 1], '.');
    assert_true(text[0] >= 'A' && text[0] <= 'Z');
}

static void every_fault_has_a_sentence_in_both_languages(void **state) {
    (void)state;
    for (int i = 0; i < FAULT_COUNT; i++) {
        check_sentence(fault_text((enum fault)i, FAULT_LANGUAGE_NL));
        check_sentence(fault_text((enum fault)i, FAULT_LANGUAGE_EN));
        assert_string_not_equal(fault_text((enum fault)i, FAULT_LANGUAGE_NL),
                                fault_text((enum fault)i, FAULT_LANGUAGE_EN));
    }
}

static void no_two_faults_look_the_same(void **state) {
    (void)state;
    for (int i = 0; i < FAULT_COUNT; i++) {
        assert_int_equal(strncmp(fault_name((enum fault)i), "FAULT_", 6), 0);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(fault_name((enum fault)i), fault_name((enum fault)j));
            assert_string_not_equal(fault_text((enum fault)i, FAULT_LANGUAGE_NL),
                                    fault_text((enum fault)j, FAULT_LANGUAGE_NL));
            assert_string_not_equal(fault_text((enum fault)i, FAULT_LANGUAGE_EN),
                                    fault_text((enum fault)j, FAULT_LANGUAGE_EN));
        }
    }
}

static void a_name_belongs_to_its_value(void **state) {
    (void)state;
    assert_int_equal(FAULT_NONE, 0);
    assert_string_equal(fault_name(FAULT_NONE), "FAULT_NONE");
    assert_string_equal(fault_name(FAULT_MAGIC), "FAULT_MAGIC");
    assert_string_equal(fault_name(FAULT_FONT), "FAULT_FONT");
    assert_string_equal(fault_text(FAULT_NONE, FAULT_LANGUAGE_NL), "Er is niets misgegaan.");
    assert_string_equal(fault_text(FAULT_NONE, FAULT_LANGUAGE_EN), "Nothing went wrong.");
}

static void a_value_outside_the_list_has_a_sentence_too(void **state) {
    (void)state;
    const int outside[] = {-1, FAULT_COUNT, FAULT_COUNT + 1, 1 << 20, -(1 << 20)};
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++) {
        assert_string_equal(fault_name((enum fault)outside[i]), "FAULT_?");
        check_sentence(fault_text((enum fault)outside[i], FAULT_LANGUAGE_NL));
        check_sentence(fault_text((enum fault)outside[i], FAULT_LANGUAGE_EN));
    }
    assert_string_equal(fault_text(FAULT_MAGIC, (enum fault_language)7),
                        fault_text(FAULT_MAGIC, FAULT_LANGUAGE_NL));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_has_a_sentence_in_both_languages),
        cmocka_unit_test(no_two_faults_look_the_same),
        cmocka_unit_test(a_name_belongs_to_its_value),
        cmocka_unit_test(a_value_outside_the_list_has_a_sentence_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
