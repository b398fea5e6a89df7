/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include "aggregator/release_inside.h"
#include "aggregator/report_bounds.h"

/* A release made by hand: two classes of one year, one question, one scale. */
static struct release_batch batches[2];
static struct release_class classes[2];
static struct release_scale scale;
static struct release_figure figures[4];
static struct questionnaire_item items[1];
static struct questionnaire questionnaire;
static struct release release;

static int set_up(void **state) {
    (void)state;
    memset(batches, 0, sizeof batches);
    batches[0].class_count = batches[1].class_count = 1;
    batches[0].class_number[0] = 1;
    batches[1].class_number[0] = 2;
    classes[0] = (struct release_class){.number = 1, .asked = 28, .contributions = 25};
    classes[1] = (struct release_class){.number = 2, .asked = 30, .contributions = 30};
    scale = (struct release_scale){.score_min = 1, .score_max = 5};
    figures[0] = (struct release_figure){
        RELEASE_CLASS, 0, RELEASE_ITEM, 0, RELEASE_OPTION, 0, RELEASE_PUBLISHED, 7, 7, 0, 25};
    figures[1] = (struct release_figure){
        RELEASE_CLASS, 0, RELEASE_ITEM, 0, RELEASE_OPTION, 1, RELEASE_BANDED, 0, 4, 0, 25};
    figures[2] = (struct release_figure){
        RELEASE_CLASS, 0, RELEASE_ITEM, 0, RELEASE_OPTION, 2, RELEASE_HIDDEN, 0, 0, 0, 25};
    figures[3] = (struct release_figure){
        RELEASE_CLASS, 0, RELEASE_SCALE, 0, RELEASE_MEAN, 0, RELEASE_PUBLISHED, 34, 34, 1, 25};
    memset(items, 0, sizeof items);
    questionnaire.item_count = 1;
    questionnaire.item = items;
    release.content = (struct release_content){.batch_count = 2,
                                               .batch = batches,
                                               .class_count = 2,
                                               .class_list = classes,
                                               .scale_count = 1,
                                               .scale = &scale,
                                               .figure_count = 4,
                                               .figure = figures};
    return 0;
}

static struct report_view view_of(void) {
    struct report_view view = {
        .state = REPORT_VIEW_SHOWN, .count = 3, .n = 25, .answered_low = 25, .answered_high = 25};
    for (uint16_t i = 0; i < 3; i++) {
        view.cell[i].figure = &figures[i];
    }
    return view;
}

static void who_was_asked_is_counted_for_every_unit(void **state) {
    (void)state;
    uint32_t asked = 0;
    assert_true(report_bounds_asked(&asked, &release, RELEASE_CLASS, 0));
    assert_int_equal(asked, 28);
    assert_true(report_bounds_asked(&asked, &release, RELEASE_CLASS, 1));
    assert_int_equal(asked, 30);
    assert_true(report_bounds_asked(&asked, &release, RELEASE_YEAR, 0));
    assert_int_equal(asked, 58);
    assert_true(report_bounds_asked(&asked, &release, RELEASE_SCHOOL, 0));
    assert_int_equal(asked, 58);
    assert_false(report_bounds_asked(&asked, &release, RELEASE_BREAKDOWN, 0));
    batches[1].stratum = 1;
    assert_true(report_bounds_asked(&asked, &release, RELEASE_YEAR, 1));
    assert_int_equal(asked, 30);
}

/* 7 of 25 of 28: between 25.0 and 35.7 %. */
static void the_absent_are_taken_at_their_worst(void **state) {
    (void)state;
    uint32_t low = 0, high = 0, points = 0;
    struct report_view view = view_of();
    assert_true(report_bounds_share(&low, &high, &release, &questionnaire, &view, &figures[0]));
    assert_int_equal(low, 25);
    assert_int_equal(high, 36);
    assert_true(report_bounds_share(&low, &high, &release, &questionnaire, &view, &figures[1]));
    assert_int_equal(low, 0);
    assert_int_equal(high, 25);
    assert_false(report_bounds_share(&low, &high, &release, &questionnaire, &view, &figures[2]));
    assert_true(report_bounds_shift(&points, &release, &questionnaire, &view));
    assert_int_equal(points, 11); /* 3 of 28 */
    view.answered_low = 20;       /* known within limits: the fewest count */
    assert_true(report_bounds_share(&low, &high, &release, &questionnaire, &view, &figures[0]));
    assert_int_equal(high, 54); /* 15 of 28 */
}

static void a_mean_has_its_rounding_in_its_bounds(void **state) {
    (void)state;
    struct stat_interval bounds;
    assert_true(report_bounds_mean(&bounds, &release, &figures[3]));
    assert_true(fabs(bounds.low - (25 * 3.35 + 3 * 1) / 28) < 1e-12);
    assert_true(fabs(bounds.high - (25 * 3.45 + 3 * 5) / 28) < 1e-12);
    figures[3].n = 0;
    assert_false(report_bounds_mean(&bounds, &release, &figures[3]));
    figures[3].n = 29;
    assert_false(report_bounds_mean(&bounds, &release, &figures[3]));
}

static void nothing_is_said_where_it_cannot_be(void **state) {
    (void)state;
    uint32_t low = 0, high = 0;
    struct report_view view = view_of();
    struct stat_interval bounds;
    questionnaire.item[0].step_count = 1; /* not everybody is asked */
    assert_false(report_bounds_share(&low, &high, &release, &questionnaire, &view, &figures[0]));
    questionnaire.item[0].step_count = 0;
    classes[0].contributions = 29; /* the head count is wrong */
    assert_false(report_bounds_share(&low, &high, &release, &questionnaire, &view, &figures[0]));
    assert_false(report_bounds_mean(&bounds, &release, &figures[3]));
    assert_false(report_bounds_asked(&low, &release, RELEASE_SCHOOL, 0));
    assert_true(report_bounds_asked(&low, &release, RELEASE_CLASS, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(who_was_asked_is_counted_for_every_unit, set_up),
        cmocka_unit_test_setup(the_absent_are_taken_at_their_worst, set_up),
        cmocka_unit_test_setup(a_mean_has_its_rounding_in_its_bounds, set_up),
        cmocka_unit_test_setup(nothing_is_said_where_it_cannot_be, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
