/* SPDX-License-Identifier: Apache-2.0 */
#include "bench/many_pupils.h"
#include "check.h"

/*
 * What stays behind of one pupil would be there a thousand times by the end of a school week, and might be
 * what was answered. The long run is `./dev bench screen_growth`. Every page is drawn once in 16 pupils, and
 * every language comes by.
 */

enum { WARM = 64, PUPILS = 192 };

static void nothing_stays_in_memory_of_a_pupil_who_left(void **state) {
    (void)state;
    struct many_pupils_memory memory = many_pupils_answer(WARM, PUPILS);
    assert_true(memory.early > 0);
    assert_int_equal(memory.late, memory.early);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(nothing_stays_in_memory_of_a_pupil_who_left)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
