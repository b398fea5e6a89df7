/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include "aggregator/reference.h"
#include "aggregator/release_inside.h"

/* Two scales at school level, made by hand; the second one's error is hidden. */
struct school {
    struct release release;
    struct release_scale scale[2];
    struct release_figure figure[4];
    struct questionnaire questionnaire;
    struct questionnaire_scale asked[2];
    struct questionnaire_reference reference[3];
    struct questionnaire_conversion conversion;
};

static struct school school;

static int set_up(void **state) {
    (void)state;
    memset(&school, 0, sizeof school);
    school.release.content = (struct release_content){
        .scale_count = 2, .scale = school.scale, .figure_count = 4, .figure = school.figure};
    school.figure[0] = (struct release_figure){
        RELEASE_SCHOOL, 0, RELEASE_SCALE, 0, RELEASE_MEAN, 0, RELEASE_PUBLISHED, 31, 31, 1, 400};
    school.figure[1] = (struct release_figure){
        RELEASE_SCHOOL, 0, RELEASE_SCALE, 0, RELEASE_DEVIATION, 0, RELEASE_PUBLISHED, 80, 80, 2, 400};
    school.figure[2] = (struct release_figure){
        RELEASE_SCHOOL, 0, RELEASE_SCALE, 0, RELEASE_ERROR_CLASSES, 0, RELEASE_PUBLISHED, 10, 10, 2, 18};
    school.figure[3] = (struct release_figure){
        RELEASE_SCHOOL, 0, RELEASE_SCALE, 1, RELEASE_MEAN, 0, RELEASE_PUBLISHED, 40, 40, 1, 400};
    school.questionnaire = (struct questionnaire){.scale_count = 2,
                                                  .scale = school.asked,
                                                  .reference_count = 3,
                                                  .reference = school.reference,
                                                  .conversion_count = 1,
                                                  .conversion = &school.conversion};
    for (uint16_t i = 0; i < 2; i++) {
        school.asked[i] = (struct questionnaire_scale){.item_count = 4, .score_min = 1, .score_max = 5};
    }
    static const uint32_t means[3] = {3150, 3600, 4000};
    for (uint16_t i = 0; i < 3; i++) {
        school.reference[i] = (struct questionnaire_reference){
            .scale = i == 2, .year = 2024, .month = 5, .mean = means[i], .deviation = 900, .pupils = 9000};
    }
    school.conversion.count = 17;
    for (int32_t i = 0; i < 17; i++) {
        school.conversion.value[i] = 1000 * i * i;
    }
    return 0;
}

static void a_small_difference_could_be_chance_and_a_large_one_hardly(void **state) {
    (void)state;
    struct reference_list list;
    reference_compare(&list, &school.release, &school.questionnaire);
    assert_int_equal(list.count, 3);
    assert_ptr_equal(list.line[1].reference, &school.reference[1]);
    assert_true(fabs(list.line[0].change.change - -0.05) < 1e-9);
    assert_int_equal(list.line[0].change.verdict, TREND_CHANCE);
    assert_true(fabs(list.line[1].change.change - -0.5) < 1e-9);
    assert_int_equal(list.line[1].change.verdict, TREND_HARD);
    assert_true(list.line[1].change.interval.high < 0 && list.line[1].change.interval.low < -0.7);
    assert_true(fabs(list.line[1].change.adjusted - 2 * list.line[1].change.p) < 1e-12);
    double error = hypot(0.9 / sqrt(9000), 0.105); /* the school's own rounded upwards */
    double t = (0.5 - 0.05 - 0.0005) / error;
    assert_true(t > 4.2 && t < 4.3 && list.line[1].change.p < 0.001 && list.line[1].change.p > 0.0003);
}

static void what_is_hidden_is_not_compared_and_few_classes_tell_nothing(void **state) {
    (void)state;
    struct reference_list list;
    reference_compare(&list, &school.release, &school.questionnaire);
    assert_false(list.line[2].is_told);
    school.figure[2].n = TREND_CLASSES - 1;
    reference_compare(&list, &school.release, &school.questionnaire);
    assert_int_equal(list.line[1].change.verdict, TREND_TOO_FEW);
    school.questionnaire.reference_count = 0;
    reference_compare(&list, &school.release, &school.questionnaire);
    assert_int_equal(list.count, 0);
}

/*
 * Raw sums 4..20, values 0, 1, 4, 9, ...: a mean of 3.1 is a sum of 12.4, place 8.4; its rounding goes from
 * 8.2 to 8.6.
 */
static void a_mean_becomes_the_value_at_the_average_raw_sum(void **state) {
    (void)state;
    struct stat_interval value;
    assert_true(reference_convert(&value, &school.release, &school.questionnaire, 0));
    assert_true(fabs(value.low - (64 + 0.2 * 17)) < 1e-9 && fabs(value.high - (64 + 0.6 * 17)) < 1e-9);
    school.figure[0].low = school.figure[0].high = 50;
    assert_true(reference_convert(&value, &school.release, &school.questionnaire, 0));
    assert_true(fabs(value.high - 256) < 1e-9);
    assert_false(reference_convert(&value, &school.release, &school.questionnaire, 1));
    school.figure[0].status = RELEASE_HIDDEN;
    assert_false(reference_convert(&value, &school.release, &school.questionnaire, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_small_difference_could_be_chance_and_a_large_one_hardly, set_up),
        cmocka_unit_test_setup(what_is_hidden_is_not_compared_and_few_classes_tell_nothing, set_up),
        cmocka_unit_test_setup(a_mean_becomes_the_value_at_the_average_raw_sum, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
