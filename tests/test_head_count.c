/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "aggregator/head_count.h"

static struct head_count count_of(const struct bundle_header *header, const int *order, int size) {
    struct head_count count = {0};
    for (int i = 0; i < size; i++) {
        head_count_add(&count, &header[order[i]]);
    }
    return count;
}

static const int forward[] = {0, 1, 2};
static const int backward[] = {2, 1, 0};

/* 22 there and 2 ill; the two come later; one machine was finished without its mentor. */
static void who_caught_up_is_no_longer_absent(void **state) {
    (void)state;
    static const struct bundle_header header[] = {{.present = 22, .absent = {2, 0, 0, 0}},
                                                  {.present = 24, .absent = {0, 0, 0, 0}},
                                                  {.present = 7, .absent = {0, 0, 0, 0}}};
    for (int i = 0; i < 2; i++) {
        struct head_count count = count_of(header, i ? backward : forward, 3);
        assert_int_equal(count.present, 24);
        for (int k = 0; k < BUNDLE_ABSENCES; k++) {
            assert_int_equal(count.absent[k], 0);
        }
    }
}

/* Of three machines of one lesson, on one of which a reason was forgotten. */
static void machines_of_one_lesson_do_not_add_up(void **state) {
    (void)state;
    static const struct bundle_header header[] = {{.present = 22, .absent = {1, 0, 1, 0}},
                                                  {.present = 22, .absent = {1, 0, 0, 0}},
                                                  {.present = 22, .absent = {1, 0, 1, 0}}};
    for (int i = 0; i < 2; i++) {
        struct head_count count = count_of(header, i ? backward : forward, 3);
        assert_int_equal(count.present, 22);
        assert_int_equal(count.absent[0], 1);
        assert_int_equal(count.absent[2], 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_caught_up_is_no_longer_absent),
        cmocka_unit_test(machines_of_one_lesson_do_not_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
