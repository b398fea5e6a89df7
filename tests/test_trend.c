/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <math.h>
#include <string.h>

#include "aggregator/release_inside.h"
#include "aggregator/stat_mean.h"
#include "aggregator/trend.h"

/* Releases made by hand: one scale, one item of it, one item outside, all at school level. */
enum { FIGURES = 12 };

struct year {
    struct release release;
    struct release_item item[2];
    struct release_scale scale[1];
    struct release_figure figure[FIGURES];
};

static void add(struct year *year, enum release_subject about, uint16_t subject, enum release_kind kind,
                uint16_t index, uint32_t value, uint8_t decimals, uint32_t n) {
    struct release_content *content = &year->release.content;
    year->figure[content->figure_count++] = (struct release_figure){
        RELEASE_SCHOOL, 0, about, subject, kind, index, RELEASE_PUBLISHED, value, value, decimals, n};
}

static void make(struct year *year, uint16_t school_year, uint32_t first_day, uint32_t mean, uint32_t often) {
    struct release_content *content = &year->release.content;
    memset(year, 0, sizeof *year);
    *content = (struct release_content){.school_year = school_year,
                                        .first_day = first_day,
                                        .item_count = 2,
                                        .item = year->item,
                                        .scale_count = 1,
                                        .scale = year->scale,
                                        .figure = year->figure};
    strcpy(year->item[0].name, "safe_yard");
    strcpy(year->item[1].name, "told");
    year->item[1].scale = QUESTIONNAIRE_NONE;
    strcpy(year->scale[0].name, "safety");
    year->scale[0].digest[0] = 7;
    year->item[0].digest[0] = 8;
    for (uint16_t i = 0; i < 2; i++) {
        add(year, RELEASE_ITEM, i, RELEASE_GROUP, 0, often, 0, 400);
        add(year, RELEASE_ITEM, i, RELEASE_GROUP, 1, 380 - often, 0, 400);
        add(year, RELEASE_ITEM, i, RELEASE_MISSING, 0, 20, 0, 400);
    }
    add(year, RELEASE_SCALE, 0, RELEASE_MEAN, 0, mean, 2, 390);
    add(year, RELEASE_SCALE, 0, RELEASE_DEVIATION, 0, 80, 2, 390);
    add(year, RELEASE_SCALE, 0, RELEASE_ERROR_CLASSES, 0, 6, 2, 16);
}

static void rounds_are_compared_only_in_the_same_season_and_in_order(void **state) {
    (void)state;
    struct year before;
    struct year now;
    struct trend trend;
    make(&before, 2025, 20251110, 300, 100);
    make(&now, 2026, 20261222, 300, 100);
    check_fault(trend_compare(&trend, &before.release, &now.release), FAULT_NONE);
    assert_int_equal(trend.basis, TREND_BASIS_GOOD);
    assert_int_equal(trend.days_apart, 42);
    assert_int_equal(trend.count, 5);
    trend_release(&trend);
    make(&now, 2026, 20261223, 300, 100);
    check_fault(trend_compare(&trend, &before.release, &now.release), FAULT_NONE);
    assert_int_equal(trend.basis, TREND_BASIS_SEASON);
    assert_int_equal(trend.count, 0);
    trend_release(&trend);
    make(&now, 2026, 20270310, 300, 100); /* the school year counts, not the calendar's */
    check_fault(trend_compare(&trend, &before.release, &now.release), FAULT_NONE);
    assert_int_equal(trend.basis, TREND_BASIS_SEASON);
    trend_release(&trend);
    check_fault(trend_compare(&trend, &before.release, &before.release), FAULT_NONE);
    assert_int_equal(trend.basis, TREND_BASIS_ORDER);
    trend_release(&trend);
}

static void a_change_is_told_with_size_and_doubt(void **state) {
    (void)state;
    struct year before;
    struct year now;
    struct trend trend;
    make(&before, 2025, 20251110, 300, 100);
    make(&now, 2026, 20261109, 340, 190);
    check_fault(trend_compare(&trend, &before.release, &now.release), FAULT_NONE);
    assert_int_equal(trend.line[0].state, TREND_COMPARED);
    assert_int_equal(trend.line[0].change.verdict, TREND_HARD);
    assert_true(fabs(trend.line[0].change.change - 0.40) < 1e-9);
    assert_true(fabs(trend.line[0].change.effect - 0.5 * (1 - 3 / (4 * 778.0 - 1))) < 1e-9);
    assert_true(trend.line[0].change.interval.low > 0 && trend.line[0].change.interval.high > 0.4);
    assert_true(trend.line[0].change.least > 0.2 && trend.line[0].change.least < 0.4);
    assert_int_equal(trend.line[1].change.verdict, TREND_HARD);
    assert_true(fabs(trend.line[1].before - 100.0 / 380) < 1e-9);
    assert_true(trend.line[1].change.adjusted >= trend.line[1].change.p * 3.999);
    trend_release(&trend);
    make(&now, 2026, 20261109, 305, 108);
    check_fault(trend_compare(&trend, &before.release, &now.release), FAULT_NONE);
    for (size_t i = 0; i < trend.count; i++) {
        assert_int_equal(trend.line[i].change.verdict, TREND_CHANCE);
    }
    trend_release(&trend);
}

static void what_is_not_the_same_is_not_compared_and_said_so(void **state) {
    (void)state;
    struct year before;
    struct year now;
    struct trend trend;
    make(&before, 2025, 20251110, 300, 100);
    make(&now, 2026, 20261109, 340, 190);
    now.scale[0].digest[0]++;
    now.item[0].digest[0]++;
    strcpy(now.item[1].name, "else");
    check_fault(trend_compare(&trend, &before.release, &now.release), FAULT_NONE);
    assert_int_equal(trend.line[0].state, TREND_CHANGED);
    assert_int_equal(trend.line[1].state, TREND_CHANGED);
    assert_int_equal(trend.line[3].state, TREND_NEW);
    trend_release(&trend);
    make(&now, 2026, 20261109, 340, 190);
    now.figure[6].status = RELEASE_HIDDEN; /* the mean */
    now.figure[2].status =
        RELEASE_BANDED; /* missing of the first item: who answered is known within a hundred */
    now.figure[2].low = 0;
    now.figure[2].high = 100;
    now.figure[1].status = RELEASE_HIDDEN;
    now.figure[1].low = now.figure[1].high = 0;
    before.figure[4].status = RELEASE_HIDDEN;
    check_fault(trend_compare(&trend, &before.release, &now.release), FAULT_NONE);
    assert_int_equal(trend.line[0].state, TREND_HIDDEN);
    assert_int_equal(trend.line[1].state, TREND_HIDDEN);
    assert_int_equal(trend.line[2].state, TREND_HIDDEN);
    assert_int_equal(trend.line[4].state, TREND_HIDDEN);
    trend_release(&trend);
}

static void a_share_told_within_close_limits_is_compared_and_they_count_as_doubt(void **state) {
    (void)state;
    struct year before, now;
    struct trend exact, about;
    make(&before, 2025, 20251110, 300, 100);
    make(&now, 2026, 20261109, 340, 190);
    check_fault(trend_compare(&exact, &before.release, &now.release), FAULT_NONE);
    now.figure[2].status = RELEASE_BANDED;
    now.figure[2].low = 0;
    now.figure[2].high = now.figure[2].n - now.figure[0].low - now.figure[1].low + 4;
    now.figure[2].low = now.figure[2].high - 8;
    check_fault(trend_compare(&about, &before.release, &now.release), FAULT_NONE);
    const struct trend_line *one = &exact.line[1], *two = &about.line[1];
    assert_int_equal(two->state, TREND_COMPARED);
    assert_true(one->half[1] == 0 && two->half[1] > 0 && two->half[1] <= TREND_HALF);
    assert_true(two->now - two->half[1] <= one->now && one->now <= two->now + two->half[1] + 1e-12);
    assert_true(two->change.interval.high - two->change.interval.low >
                one->change.interval.high - one->change.interval.low + two->half[1]);
    assert_true(two->change.p > one->change.p);
    trend_release(&exact);
    trend_release(&about);
}

static void few_classes_say_nothing_of_chance(void **state) {
    (void)state;
    struct trend_side before = {3.0, 0.005, 0.05, 0.8, 90, 4};
    struct trend_side now = {4.0, 0.005, 0.05, 0.8, 90, 12};
    struct trend_change change;
    trend_mean(&change, &before, &now);
    assert_int_equal(change.verdict, TREND_TOO_FEW);
    before.classes = TREND_CLASSES;
    trend_mean(&change, &before, &now);
    assert_int_equal(change.verdict, TREND_HARD);
}

static void rounding_never_makes_a_change(void **state) {
    (void)state;
    struct trend_side before = {3.0, 0.05, 0.01, 0.8, 400, 16};
    struct trend_side now = {3.1, 0.05, 0.01, 0.8, 400, 16};
    struct trend_change change;
    trend_mean(&change, &before, &now);
    assert_int_equal(change.verdict, TREND_CHANCE);
    before.half = now.half = 0.0005;
    trend_mean(&change, &before, &now);
    assert_int_equal(change.verdict, TREND_HARD);
}

static double uniform(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(uint64_t *state) {
    return sqrt(-2 * log(uniform(state))) * cos(6.283185307179586 * uniform(state));
}

/* A school whose classes differ (a fifth of the variance) around `level`, as its release would tell it. */
static struct trend_side simulate(uint64_t *state, int classes, double level) {
    struct stat_class made[40];
    struct stat_mean mean;
    double squares = 0;
    double total = 0;
    uint32_t n = 0;
    for (int i = 0; i < classes; i++) {
        double lean = level + 0.45 * normal(state);
        made[i] = (struct stat_class){0, 30, 18 + (uint32_t)(8 * uniform(state)), 0};
        for (uint32_t j = 0; j < made[i].n; j++) {
            double score = fmin(5, fmax(1, lean + 0.9 * normal(state)));
            made[i].sum += (uint64_t)lround(score * 100);
            squares += score * score;
            total += score;
        }
        n += made[i].n;
    }
    stat_mean_clusters(&mean, made, (size_t)classes, false);
    double sd = sqrt((squares - total * total / n) / (n - 1.0));
    return (struct trend_side){round(mean.mean / 10) / 10, 0.05, mean.se / 100 + 0.005, sd, n,
                               (uint32_t)classes};
}

static double called_hard(int classes, double from, double change, uint64_t *state) {
    enum { SCHOOLS = 2000 };
    int hard = 0;
    for (int i = 0; i < SCHOOLS; i++) {
        struct trend_side before = simulate(state, classes, from);
        struct trend_side now = simulate(state, classes, from + change);
        struct trend_change result;
        trend_mean(&result, &before, &now);
        hard += result.verdict == TREND_HARD;
    }
    return (double)hard / SCHOOLS;
}

static void without_a_change_at_most_one_in_twenty_is_called_hard_to_explain(void **state) {
    (void)state;
    uint64_t random = 5;
    const int sizes[] = {5, 8, 18, 36};
    for (int i = 0; i < 4; i++) {
        double share = called_hard(sizes[i], 3.2, 0, &random);
        print_message("%d classes, no change: %.1f %% called hard to explain\n", sizes[i], share * 100);
        assert_true(share <= 0.05);
    }
    double seen = called_hard(18, 3.2, 0.8, &random);
    print_message("18 classes, a change of 0.8: %.1f %%\n", seen * 100);
    assert_true(seen > 0.8);
}

/* The least of a comparison is a promise about many like it. */
static void the_smallest_that_shows_shows_in_four_of_five(void **state) {
    (void)state;
    uint64_t random = 9;
    double least = 0;
    enum { PAIRS = 300 };
    for (int i = 0; i < PAIRS; i++) {
        struct trend_side before = simulate(&random, 18, 3.2), now = simulate(&random, 18, 3.2);
        struct trend_change change;
        trend_mean(&change, &before, &now);
        least += change.least / PAIRS;
        double alone = change.least;
        trend_least(&change, 20);
        assert_true(change.least > alone);
    }
    double seen = called_hard(18, 3 - least / 2, least, &random);
    print_message("18 classes, a change of %.2f: %.1f %%\n", least, seen * 100);
    /*
     * Made-up scores are cut off at 1 and 5, so that the change is a little smaller than it was meant to be.
     */
    assert_true(seen > 0.7 && seen < 0.9);
}

static void every_verdict_has_words_in_both_languages(void **state) {
    (void)state;
    for (int i = 0; i <= TREND_TOO_FEW; i++) {
        assert_string_not_equal(trend_verdict_text((enum trend_verdict)i, FAULT_LANGUAGE_NL),
                                trend_verdict_text((enum trend_verdict)i, FAULT_LANGUAGE_EN));
    }
    for (int i = 0; i <= TREND_HIDDEN; i++) {
        assert_string_not_equal(trend_state_text((enum trend_state)i, FAULT_LANGUAGE_NL),
                                trend_state_text((enum trend_state)i, FAULT_LANGUAGE_EN));
    }
    for (int i = 0; i <= TREND_BASIS_SEASON; i++) {
        assert_string_not_equal(trend_basis_text((enum trend_basis)i, FAULT_LANGUAGE_NL),
                                trend_basis_text((enum trend_basis)i, FAULT_LANGUAGE_EN));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_are_compared_only_in_the_same_season_and_in_order),
        cmocka_unit_test(a_change_is_told_with_size_and_doubt),
        cmocka_unit_test(what_is_not_the_same_is_not_compared_and_said_so),
        cmocka_unit_test(a_share_told_within_close_limits_is_compared_and_they_count_as_doubt),
        cmocka_unit_test(few_classes_say_nothing_of_chance),
        cmocka_unit_test(rounding_never_makes_a_change),
        cmocka_unit_test(without_a_change_at_most_one_in_twenty_is_called_hard_to_explain),
        cmocka_unit_test(the_smallest_that_shows_shows_in_four_of_five),
        cmocka_unit_test(every_verdict_has_words_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
