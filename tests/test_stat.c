/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <math.h>

#include "aggregator/stat_effect.h"
#include "aggregator/stat_funnel.h"
#include "aggregator/stat_math.h"
#include "aggregator/stat_mean.h"
#include "aggregator/stat_multiple.h"
#include "aggregator/stat_proportion.h"
#include "aggregator/stat_reliability.h"
#include "aggregator/stat_response.h"

/* What is right of the numbers is tested against R (tests/oracle); here is what must hold at the edges. */

static void near(double value, double expected) {
    if (!(fabs(value - expected) < 1e-6)) {
        fail_msg("%.9g instead of %.9g", value, expected);
    }
}

static void seven_of_twenty_five_of_twenty_eight(void **state) {
    (void)state;
    struct stat_interval wilson = stat_proportion_wilson(7, 25, 0.95);
    struct stat_interval finite = stat_proportion_wilson_finite(7, 25, 28, 0.95);
    struct stat_counts bounds = stat_proportion_bounds(7, 25, 28);
    struct stat_counts exact = stat_proportion_exact(7, 25, 28, 0.95);
    near(wilson.low, .14283854);
    near(wilson.high, .47576605);
    near(finite.low, .22540233);
    near(finite.high, .34198375);
    assert_int_equal(bounds.low, 7);
    assert_int_equal(bounds.high, 10);
    assert_int_equal(exact.low, 7);
    assert_int_equal(exact.high, 10);
}

/* In a class the finite interval would exclude what the absent could have said. */
static void in_a_class_the_absent_set_the_bounds(void **state) {
    (void)state;
    struct stat_proportion share;
    stat_proportion_describe(&share, 0, 25, 28, 0.95);
    assert_int_equal(share.state, STAT_OK);
    assert_int_equal(share.method, STAT_PROPORTION_BOUNDS);
    near(share.interval.low, 0);
    near(share.interval.high, 3.0 / 28);
    stat_proportion_describe(&share, 30, 100, 160, 0.95);
    assert_int_equal(share.method, STAT_PROPORTION_FINITE);
    assert_true(share.interval.low < 0.3 && share.interval.high > 0.3);
}

static void a_response_above_all_pupils_is_a_wrong_head_count_and_never_clipped(void **state) {
    (void)state;
    const struct stat_group groups[] = {{20, 18}, {20, 21}, {20, 20}};
    const struct stat_class classes[] = {{0, 20, 21, 40}, {0, 20, 18, 40}};
    struct stat_response response;
    struct stat_proportion share;
    struct stat_mean mean;
    stat_response_describe(&response, groups, 3);
    assert_int_equal(response.state, STAT_HEADS_WRONG);
    assert_int_equal(response.wrong_count, 1);
    stat_proportion_describe(&share, 3, 21, 20, 0.95);
    assert_int_equal(share.state, STAT_HEADS_WRONG);
    stat_mean_clusters(&mean, classes, 2, false);
    assert_int_equal(mean.state, STAT_HEADS_WRONG);
}

/* Small classes are uneven by chance; large ones can be so a little and surely. */
static void uneven_is_what_chance_may_do_too(void **state) {
    (void)state;
    const struct stat_group even[] = {{100, 90}, {100, 91}}, small[] = {{10, 10}, {10, 7}, {10, 9}},
                            large[] = {{200, 190}, {200, 172}}, all[] = {{10, 10}, {12, 12}};
    struct stat_response response;
    stat_response_describe(&response, even, 2);
    assert_int_equal(response.verdict, STAT_RESPONSE_EVEN);
    stat_response_describe(&response, small, 3);
    assert_int_equal(response.verdict, STAT_RESPONSE_UNEVEN);
    assert_true(response.r_indicator < 0.8 && response.p > 0.05);
    stat_response_describe(&response, large, 2);
    assert_int_equal(response.verdict, STAT_RESPONSE_BEYOND_CHANCE);
    assert_true(response.r_indicator > 0.9 && response.p < 0.01);
    stat_response_describe(&response, all, 2);
    assert_int_equal(response.verdict, STAT_RESPONSE_EVEN);
}

static void nobody_gives_no_figure(void **state) {
    (void)state;
    const struct stat_class none[] = {{0, 20, 0, 0}};
    const uint64_t zeros[10] = {0};
    struct stat_response response;
    struct stat_proportion share;
    struct stat_mean mean;
    struct stat_spread spread;
    struct stat_order order;
    struct stat_reliability alpha;
    stat_response_describe(&response, NULL, 0);
    assert_int_equal(response.state, STAT_NOTHING);
    stat_proportion_describe(&share, 0, 0, 20, 0.95);
    assert_int_equal(share.state, STAT_NOTHING);
    stat_mean_clusters(&mean, none, 1, true);
    assert_int_equal(mean.state, STAT_NOTHING);
    stat_mean_strata(&mean, none, 1, (const struct stat_stratum[]){{0}}, 1);
    assert_int_equal(mean.state, STAT_NOTHING);
    stat_mean_spread(&spread, none, 1, 0);
    assert_int_equal(spread.state, STAT_NOTHING);
    stat_effect_order(&order, NULL, 0, NULL, 0);
    assert_int_equal(order.state, STAT_NOTHING);
    stat_reliability_alpha(&alpha, zeros, 2, 3, zeros, false, 0.95);
    assert_int_equal(alpha.state, STAT_NOTHING);
    assert_true(isnan(stat_effect_hedges(1, 1, 0, 1, 1, 5)));
}

static void one_class_has_a_mean_and_no_error_of_it(void **state) {
    (void)state;
    const struct stat_class one[] = {{0, 20, 18, 45}};
    struct stat_mean mean;
    stat_mean_clusters(&mean, one, 1, false);
    assert_int_equal(mean.state, STAT_TOO_FEW);
    near(mean.mean, 2.5);
}

static void reliability_is_for_a_hundred_pupils_and_never_for_incidents(void **state) {
    (void)state;
    uint64_t items[4] = {50, 49, 49, 50};
    uint64_t sums[3] = {40, 19, 40};
    struct stat_reliability alpha;
    stat_reliability_alpha(&alpha, items, 2, 2, sums, false, 0.95);
    assert_int_equal(alpha.state, STAT_TOO_FEW);
    items[0]++;
    items[2]++;
    sums[0]++;
    stat_reliability_alpha(&alpha, items, 2, 2, sums, true, 0.95);
    assert_int_equal(alpha.state, STAT_NOT_MEANT);
    stat_reliability_alpha(&alpha, items, 2, 2, sums, false, 0.95);
    assert_int_equal(alpha.state, STAT_OK);
    assert_int_equal(alpha.n, 100);
    const uint64_t same[3] = {0, 100, 0};
    stat_reliability_alpha(&alpha, items, 2, 2, same, false, 0.95);
    assert_int_equal(alpha.state, STAT_NO_VARIATION);
}

static void impossible_arguments_give_no_number(void **state) {
    (void)state;
    assert_true(isnan(stat_math_normal_quantile(0)) && isnan(stat_math_normal_quantile(1)));
    assert_true(isnan(stat_math_t_quantile(0.5, 0)) && isnan(stat_math_t_two_sided(1, -1)));
    assert_true(isnan(stat_math_beta(-0.1, 1, 1)) && isnan(stat_math_gamma_upper(0, 1)));
    assert_true(isnan(stat_math_hypergeometric(1, 5, 6, 4)));
    near(stat_math_t_quantile(0.5, 3), 0);
}

static void few_classes_do_not_widen_the_funnel_and_wild_ones_do(void **state) {
    (void)state;
    const double calm[] = {0.1, -0.2, 0.3, -0.1, 0.2, 0.1};
    const double wild[] = {9, -9, 9, -9, 9, -9};
    near(stat_funnel_dispersion(wild, 4), 1);
    near(stat_funnel_dispersion(calm, 6), 1);
    near(stat_funnel_dispersion(wild, 6), 1.6448536 * 1.6448536);
    struct stat_interval inner = stat_funnel_share(0.2, 25, 0.95, 1);
    struct stat_interval outer = stat_funnel_share(0.2, 25, 0.998, 1);
    struct stat_interval wide = stat_funnel_share(0.2, 25, 0.95, 2);
    assert_true(outer.low <= inner.low && outer.high > inner.high && wide.high > inner.high);
}

static void equal_probabilities_stay_equal_when_adjusted(void **state) {
    (void)state;
    double p[] = {0.04, 0.01, 0.04, 1};
    double holm[4];
    stat_multiple_holm(holm, p, 4);
    near(holm[0], holm[2]);
    near(holm[1], 0.04);
    near(holm[3], 1);
    stat_multiple_false_discovery(p, p, 4); /* in place */
    near(p[1], 0.04);
    near(p[0], 0.16 / 3);
}

static void sums_are_the_same_in_any_order_of_the_classes(void **state) {
    (void)state;
    struct stat_class classes[] = {{0, 20, 19, 61}, {1, 30, 25, 77}, {0, 24, 24, 50}, {1, 18, 11, 40}};
    struct stat_class turned[4];
    struct stat_spread one;
    struct stat_spread other;
    for (int i = 0; i < 4; i++) {
        turned[i] = classes[3 - i];
    }
    stat_mean_spread(&one, classes, 4, 900);
    stat_mean_spread(&other, turned, 4, 900);
    assert_true(one.sd == other.sd && one.n == other.n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seven_of_twenty_five_of_twenty_eight),
        cmocka_unit_test(in_a_class_the_absent_set_the_bounds),
        cmocka_unit_test(a_response_above_all_pupils_is_a_wrong_head_count_and_never_clipped),
        cmocka_unit_test(uneven_is_what_chance_may_do_too),
        cmocka_unit_test(nobody_gives_no_figure),
        cmocka_unit_test(one_class_has_a_mean_and_no_error_of_it),
        cmocka_unit_test(reliability_is_for_a_hundred_pupils_and_never_for_incidents),
        cmocka_unit_test(impossible_arguments_give_no_number),
        cmocka_unit_test(few_classes_do_not_widen_the_funnel_and_wild_ones_do),
        cmocka_unit_test(equal_probabilities_stay_equal_when_adjusted),
        cmocka_unit_test(sums_are_the_same_in_any_order_of_the_classes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
