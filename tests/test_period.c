/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "kiosk/period.h"

#include <stdlib.h>

static struct strings dutch;
static struct strings english;

static int set_up(void **state) {
    (void)state;
    check_fault(strings_open(&dutch, STRINGS_NL), FAULT_NONE);
    check_fault(strings_open(&english, STRINGS_EN), FAULT_NONE);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    strings_close(&dutch);
    strings_close(&english);
    return unsetenv("KLANKBORD_TODAY");
}

static void a_day_is_said_in_the_mentors_language(void **state) {
    (void)state;
    char text[PERIOD_DAY_SIZE];
    period_day(text, &dutch, 20261102);
    assert_string_equal(text, "2 november 2026");
    period_day(text, &english, 20260131);
    assert_string_equal(text, "31 January 2026");
    period_day(text, &dutch, 20261231);
    assert_string_equal(text, "31 december 2026");
}

static void what_is_no_day_gives_nothing(void **state) {
    (void)state;
    static const uint32_t none[] = {0, 20260001, 20261301, 20260100, 20260132};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        char text[PERIOD_DAY_SIZE] = "before";
        period_day(text, &dutch, none[i]);
        assert_string_equal(text, "");
    }
}

static void a_period_says_its_dates_and_todays(void **state) {
    (void)state;
    char text[STRINGS_TEXT_SIZE];
    setenv("KLANKBORD_TODAY", "2026-11-25", 1);
    period_say(text, &dutch, 20261102, 20261113);
    assert_string_equal(
        text, "Deze ronde loopt van 2 november 2026 tot en met 13 november 2026. Volgens dit apparaat "
              "is het vandaag 25 november 2026.");
    period_say(text, &english, 20261102, 20261113);
    assert_string_equal(text,
                        "This round runs from 2 November 2026 to 13 November 2026. According to this machine "
                        "today is 25 November 2026.");
    setenv("KLANKBORD_TODAY", "no date", 1);
    period_say(text, &english, 20261102, 20261113);
    assert_string_equal(
        text, "This round runs from 2 November 2026 to 13 November 2026. This machine does not know "
              "what day it is.");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_said_in_the_mentors_language),
        cmocka_unit_test(what_is_no_day_gives_nothing),
        cmocka_unit_test(a_period_says_its_dates_and_todays),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
