/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/measurement.h"
#include "sample_questionnaire.h"

#include <stdlib.h>
#include <string.h>

static struct questionnaire *sample;
static struct layout layout;
static struct answers *answers;
static uint32_t out[LAYOUT_COUNTERS];
static uint64_t sums[LAYOUT_COUNTERS];

static int set_up(void **state) {
    (void)state;
    sample = sample_questionnaire();
    check_fault(layout_derive(&layout, sample), FAULT_NONE);
    check_fault(answers_new(&answers), FAULT_NONE);
    memset(out, 0xA5, sizeof out);
    memset(sums, 0, sizeof sums);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    layout_release(&layout);
    sample = questionnaire_free(sample);
    answers = answers_free(answers);
    return 0;
}

static void encode(void) {
    check_fault(measurement_encode(out, &layout, sample, answers), FAULT_NONE);
}

static uint32_t first(enum layout_level level, enum layout_kind kind, uint16_t subject) {
    const struct layout_block *block =
        layout_find(&layout, level, kind, subject, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE);
    assert_non_null(block);
    return block->first;
}

/* Exactly these counters are 1, apart from `sum` at the safety scale's sum. */
static void check_marks(const uint32_t *marks, size_t count, uint32_t sum) {
    for (uint32_t i = 0; i < layout.counter_count; i++) {
        uint32_t expected = i == 65 ? sum : 0;
        for (size_t j = 0; j < count; j++) {
            expected = marks[j] == i ? 1 : expected;
        }
        if (out[i] != expected) {
            char line[256];
            layout_describe(line, sizeof line, &layout, sample, i);
            print_error("%u instead of %u: %s\n", (unsigned)out[i], (unsigned)expected, line);
        }
        assert_int_equal(out[i], expected);
    }
}

/* The worked sample of docs/format.md, "Measurement", counted by hand. */
static void the_pupil_of_the_document_has_these_counters(void **state) {
    (void)state;
    static const uint32_t marks[] = {0,   5,   11,  17,  28,  31,  39,  48,  50,  55,  56,  60,
                                     64,  68,  78,  82,  86,  95,  102, 108, 110, 126, 185, 197,
                                     205, 213, 227, 230, 241, 253, 255, 260, 262, 266, 282, 316};
    sample_pupil(answers, sample);
    encode();
    check_marks(marks, sizeof marks / sizeof *marks, 80);
}

static void saying_no_sets_one_counter_whatever_was_tapped(void **state) {
    (void)state;
    static const uint32_t marks[] = {2};
    sample_pupil(answers, sample);
    answers->participation = ANSWERS_DECLINED;
    encode();
    check_marks(marks, 1, 0);
}

static void stopping_keeps_skipped_and_not_asked_apart(void **state) {
    (void)state;
    answers->participation = ANSWERS_STOPPED;
    answers->shown[SAMPLE_GENDER] = true;
    answers->shown[SAMPLE_SAFE_CLASS] = true;
    encode();
    assert_int_equal(out[ANSWERS_STOPPED], 1);
    assert_int_equal(out[first(LAYOUT_CLASS, LAYOUT_MISSING, SAMPLE_SAFE_CLASS) + 2], 1);
    assert_int_equal(out[first(LAYOUT_CLASS, LAYOUT_MISSING, SAMPLE_SAFE_HALL) + 3], 1);
    assert_int_equal(out[first(LAYOUT_CLASS, LAYOUT_MISSING, SAMPLE_HAPPENED) + 3], 1);
    assert_int_equal(out[first(LAYOUT_SCHOOL, LAYOUT_MISSING, SAMPLE_GENDER) + 2], 1);
    assert_int_equal(out[first(LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, SAMPLE_SAFETY) + 38], 1);
}

/* Without a known category nobody appears in a breakdown. */
static void rather_not_say_is_in_no_category(void **state) {
    (void)state;
    sample_pupil(answers, sample);
    sample_choose(answers, sample, SAMPLE_GENDER, QUESTIONNAIRE_RATHER_NOT);
    encode();
    for (uint32_t i = layout.level_first[LAYOUT_BREAKDOWN]; i < layout.counter_count; i++) {
        assert_int_equal(out[i], 0);
    }
    assert_int_equal(out[first(LAYOUT_SCHOOL, LAYOUT_MISSING, SAMPLE_GENDER) + 1], 1);
}

static void check_safety(uint32_t n, uint32_t sum, uint32_t cell) {
    encode();
    assert_int_equal(out[first(LAYOUT_CLASS, LAYOUT_SCALE_SUM, SAMPLE_SAFETY)], n);
    assert_int_equal(out[first(LAYOUT_CLASS, LAYOUT_SCALE_SUM, SAMPLE_SAFETY) + 1], sum);
    assert_int_equal(out[first(LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, SAMPLE_SAFETY) + cell], 1);
}

static void a_scale_counts_from_four_fifths_of_its_items(void **state) {
    (void)state;
    static const char *const often[] = {"always", "always", "never", "always", "never"};
    for (uint16_t i = 0; i < 5; i++) {
        sample_choose(answers, sample, (uint16_t)(SAMPLE_SAFE_CLASS + i), often[i]);
    }
    check_safety(1, 100, 17 + 20); /* 25 of 25: every item at its best after reversing */
    sample_choose(answers, sample, SAMPLE_ALONE, QUESTIONNAIRE_DONT_KNOW);
    check_safety(1, 100, 16); /* 20 of 20 */
    sample_choose(answers, sample, SAMPLE_AFRAID, "always");
    check_safety(1, 80, 12); /* 5 + 5 + 1 + 5 = 16 */
    answers_clear(answers, SAMPLE_SAFE_HALL);
    check_safety(0, 0, 38);
}

static void complete_cases_are_counted_item_by_item_after_reversing(void **state) {
    (void)state;
    uint32_t block = first(LAYOUT_SCHOOL, LAYOUT_COMPLETE, SAMPLE_WELLBEING);
    static const uint32_t expected[8] = {0, 0, 1, 0, /* tired = yes: 0 + 3 - 3 */ 1, 0, 0, 0};
    sample_choose(answers, sample, SAMPLE_HAPPY, "bit_yes");
    encode();
    for (uint32_t i = 0; i < 8; i++) {
        assert_int_equal(out[block + i], 0);
    }
    sample_choose(answers, sample, SAMPLE_TIRED, "yes");
    encode();
    assert_memory_equal(out + block, expected, sizeof expected);
}

static void impossible_answers_leave_only_zeros(void **state) {
    (void)state;
    sample_pupil(answers, sample);
    answers->chosen[SAMPLE_SAFE_CLASS] = 3;
    check_fault(measurement_encode(out, &layout, sample, answers), FAULT_ANSWERS);
    for (uint32_t i = 0; i < layout.counter_count; i++) {
        assert_int_equal(out[i], 0);
    }
    assert_int_equal(out[layout.counter_count], 0xA5A5A5A5); /* and not one counter too many */
}

/* ---- sums ---- */

static void add_pupils(uint32_t pupils, uint64_t *chance) {
    memset(sums, 0, sizeof sums);
    for (uint32_t i = 0; i < pupils; i++) {
        sample_answers(answers, sample, chance);
        encode();
        for (uint32_t j = 0; j < layout.counter_count; j++) {
            sums[j] += out[j];
        }
    }
}

static void exchange_sample(uint64_t seed) {
    layout_release(&layout);
    sample = questionnaire_free(sample);
    sample = sample_questionnaire_random(seed);
    check_fault(layout_derive(&layout, sample), FAULT_NONE);
}

static void every_counter_of_a_pupil_is_0_or_1_but_the_sum_of_a_scale(void **state) {
    (void)state;
    uint64_t chance = 7;
    for (uint64_t seed = 0; seed < 60; seed++) {
        exchange_sample(seed);
        for (int i = 0; i < 10; i++) {
            sample_answers(answers, sample, &chance);
            encode();
            for (uint32_t j = 0; j < layout.block_count; j++) {
                const struct layout_block *block = &layout.block[j];
                uint32_t counted = block->kind == LAYOUT_SCALE_SUM ? 1 : block->count;
                for (uint32_t k = 0; k < counted; k++) {
                    assert_true(out[block->first + k] <= 1);
                }
            }
        }
    }
}

static void sums_of_any_pupils_of_any_questionnaire_agree(void **state) {
    (void)state;
    uint64_t chance = 11;
    for (uint64_t seed = 0; seed < 150; seed++) {
        uint32_t pupils = sample_below(&chance, 50);
        exchange_sample(seed);
        add_pupils(pupils, &chance);
        check_fault(measurement_check_class(&layout, sample, sums, pupils), FAULT_NONE);
        check_fault(measurement_check_school(&layout, sample, sums, pupils), FAULT_NONE);
        check_fault(measurement_check_class(&layout, sample, sums, pupils + 1), FAULT_BATCH_SUMS);
        check_fault(measurement_check_school(&layout, sample, sums, pupils + 1), FAULT_BATCH_SUMS);
    }
}

static uint64_t total(enum layout_kind kind, uint16_t subject) {
    const struct layout_block *block =
        layout_find(&layout, LAYOUT_CLASS, kind, subject, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE);
    uint64_t result = 0;
    for (uint32_t i = 0; i < block->count; i++) {
        result += sums[block->first + i];
    }
    return result;
}

/*
 * Whether one counter of a true class sum, raised by one, still could be the sum of some pupils, said once
 * more and apart from the program. Only two things could: one more pupil among those who chose something of a
 * group (ANY) while not all who answered did, and a scale's n or sum that stays in range.
 */
static bool could_be_true(const struct layout_block *block, uint32_t at, uint64_t consenting) {
    if (block->kind == LAYOUT_ANY) {
        return sums[block->first + at] < total(LAYOUT_ANSWERED, block->subject);
    }
    if (block->kind != LAYOUT_SCALE_SUM) {
        return false;
    }
    uint64_t n = sums[block->first] + (at == 0);
    uint64_t sum = sums[block->first + 1] + (at == 1);
    uint64_t unit = layout.scale[block->subject].unit;
    return n <= consenting && sum >= n * unit * sample->scale[block->subject].score_min &&
           sum <= n * unit * sample->scale[block->subject].score_max;
}

static void one_more_in_a_class_counter_is_noticed_wherever_it_can_be(void **state) {
    (void)state;
    uint64_t chance = 13;
    uint32_t unnoticed = 0, tried = 0;
    for (uint64_t seed = 0; seed < 60; seed++) {
        exchange_sample(seed);
        add_pupils(25, &chance);
        uint64_t consenting = sums[ANSWERS_ANSWERED] + sums[ANSWERS_STOPPED];
        for (uint32_t i = 0; layout.block[i].level == LAYOUT_CLASS; i++) {
            for (uint32_t j = 0; j < layout.block[i].count; j++) {
                bool passes = could_be_true(&layout.block[i], j, consenting);
                sums[layout.block[i].first + j]++;
                check_fault(measurement_check_class(&layout, sample, sums, 25),
                            passes ? FAULT_NONE : FAULT_BATCH_SUMS);
                sums[layout.block[i].first + j]--;
                unnoticed += passes;
                tried++;
            }
        }
    }
    assert_true(unnoticed < tried / 4);
}

/* Options of the item in the same coarse group as its answer option number `rank`. */
static uint32_t group_size(uint16_t item, uint32_t rank) {
    const struct questionnaire_list *list = questionnaire_list_of(sample, item);
    uint16_t coarse = QUESTIONNAIRE_NONE;
    uint32_t size = 0;
    for (uint32_t i = 0, at = 0; i < list->option_count; i++) {
        bool answer = list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER;
        coarse = answer && at++ == rank ? list->option[i].coarse : coarse;
    }
    for (uint32_t i = 0; i < list->option_count; i++) {
        size += list->option[i].coarse == coarse;
    }
    return size;
}

static bool is_tied(const struct layout_block *block, uint32_t at) {
    if (block->kind == LAYOUT_CHOSEN) {
        return group_size(block->subject, at) == 1;
    }
    return block->kind != LAYOUT_ANY;
}

/*
 * With the school level every counter is tied to another, up and down, except several options of one group in
 * select_multiple: nobody can say how many chose two of them.
 */
static void one_more_or_less_anywhere_is_noticed_at_school_level(void **state) {
    (void)state;
    uint64_t chance = 17;
    for (uint64_t seed = 0; seed < 60; seed++) {
        exchange_sample(seed);
        add_pupils(25, &chance);
        for (uint32_t i = 0; i < layout.block_count && layout.block[i].level != LAYOUT_BREAKDOWN; i++) {
            for (uint32_t j = 0; j < layout.block[i].count; j++) {
                uint64_t *counter = &sums[layout.block[i].first + j];
                if (is_tied(&layout.block[i], j)) {
                    ++*counter;
                    check_fault(measurement_check_school(&layout, sample, sums, 25), FAULT_BATCH_SUMS);
                    *counter -= 2; /* below zero it is a very large number */
                    check_fault(measurement_check_school(&layout, sample, sums, 25), FAULT_BATCH_SUMS);
                    ++*counter;
                }
            }
        }
        check_fault(measurement_check_school(&layout, sample, sums, 25), FAULT_NONE);
    }
}

/* ---- one rule, one defect: ten pupils like the one of the document ---- */

static void ten_like_the_document(void) {
    sample_pupil(answers, sample);
    encode();
    for (uint32_t i = 0; i < layout.counter_count; i++) {
        sums[i] = 10 * (uint64_t)out[i];
    }
    check_fault(measurement_check_class(&layout, sample, sums, 10), FAULT_NONE);
    check_fault(measurement_check_school(&layout, sample, sums, 10), FAULT_NONE);
}

/*
 * Moves `amount` from one counter to another (equal: only adds); then only the school check, or both, must
 * refuse.
 */
static void check_defect(uint32_t from, uint32_t to, uint64_t amount, bool class_level) {
    uint64_t kept[2] = {sums[from], sums[to]};
    sums[from] -= from == to ? 0 : amount;
    sums[to] += amount;
    check_fault(measurement_check_class(&layout, sample, sums, 10),
                class_level ? FAULT_BATCH_SUMS : FAULT_NONE);
    check_fault(measurement_check_school(&layout, sample, sums, 10), FAULT_BATCH_SUMS);
    sums[to] = kept[1];
    sums[from] = kept[0];
}

static void participation_must_add_up_to_the_contributions(void **state) {
    (void)state;
    ten_like_the_document();
    check_defect(ANSWERS_DECLINED, ANSWERS_DECLINED, 1, true);
}

static void groups_and_missing_must_add_up_to_the_consenting(void **state) {
    (void)state;
    ten_like_the_document();
    check_defect(ANSWERS_ANSWERED, ANSWERS_DECLINED, 1, true);
    check_defect(first(LAYOUT_CLASS, LAYOUT_GROUPS, SAMPLE_TIRED),
                 first(LAYOUT_CLASS, LAYOUT_GROUPS, SAMPLE_TIRED), 1, true);
    check_defect(60, 61, UINT64_MAX, true); /* told: one more don't know, and less than nobody rather not */
}

static void answered_and_missing_must_add_up_to_the_consenting(void **state) {
    (void)state;
    ten_like_the_document();
    check_defect(50, 50, 1, true);
    check_defect(51, 51, 1, true);
}

static void any_may_not_exceed_answered(void **state) {
    (void)state;
    ten_like_the_document();
    check_defect(57, 57, 11, true); /* and above the contributions */
    sums[50] = 9;                   /* answered by nine, one skipped: now ten in a group are too many */
    sums[53] = 1;
    check_fault(measurement_check_class(&layout, sample, sums, 10), FAULT_BATCH_SUMS);
    sums[55] = sums[56] = 9;
    check_fault(measurement_check_class(&layout, sample, sums, 10), FAULT_NONE);
}

static void who_answered_chose_at_least_one_group(void **state) {
    (void)state;
    ten_like_the_document();
    sums[55] = 4;
    sums[56] = 6;
    check_fault(measurement_check_class(&layout, sample, sums, 10), FAULT_NONE);
    sums[56] = 5;
    check_fault(measurement_check_class(&layout, sample, sums, 10), FAULT_BATCH_SUMS);
}

static void a_scale_counts_no_more_pupils_than_consented(void **state) {
    (void)state;
    ten_like_the_document();
    sums[ANSWERS_DECLINED] = 1;
    check_fault(measurement_check_class(&layout, sample, sums, 11), FAULT_NONE);
    sums[64] = 11; /* not above the contributions, and 800 would be in range for 11 */
    check_fault(measurement_check_class(&layout, sample, sums, 11), FAULT_BATCH_SUMS);
}

static void a_scale_stays_within_its_range(void **state) {
    (void)state;
    ten_like_the_document();
    sums[65] = 200; /* 10 * 20 * 1 */
    check_fault(measurement_check_class(&layout, sample, sums, 10), FAULT_NONE);
    check_defect(65, 65, UINT64_MAX, true);
    sums[65] = 1000; /* 10 * 20 * 5 */
    check_fault(measurement_check_class(&layout, sample, sums, 10), FAULT_NONE);
    check_defect(65, 65, 1, true);
    sums[65] = 800;
    check_defect(64, 64, 1, true); /* n = 11 of ten */
    check_defect(67, 67, 1, true); /* a sum of nobody */
}

static void options_of_another_group_are_noticed(void **state) {
    (void)state;
    ten_like_the_document();
    check_defect(78, 75, 3, false); /* often to never */
    sums[78] = 7; /* often to always stays in the group, but for the scale, which does not see options */
    sums[79] = 3;
    check_fault(measurement_check_school(&layout, sample, sums, 10), FAULT_NONE);
    check_defect(68, 68, 1, false); /* a girl too many */
    check_defect(71, 71, 1, false);
}

static void chosen_lies_between_its_group_and_their_sum(void **state) {
    (void)state;
    ten_like_the_document();
    check_defect(109, 109, 11, false);         /* pushed by more than answered */
    check_defect(108, 108, UINT64_MAX, false); /* nine called names or pushed; ten in their group */
}

static void the_histogram_gives_the_same_n_and_sum(void **state) {
    (void)state;
    ten_like_the_document();
    check_defect(126, 126, 1, false);
    check_defect(126, 127, 1, false); /* the sum */
    check_defect(126, 152, 1, false); /* n */
}

static void complete_cases_agree_with_the_histogram(void **state) {
    (void)state;
    ten_like_the_document();
    check_defect(153, 153, 1, false);
    /*
     * Ten complete cases of 2 and 3 points: all in the histogram at 5 of (0..6), one item moved to another
     * score.
     */
    sample_choose(answers, sample, SAMPLE_TIRED, "no");
    encode();
    for (uint32_t i = 0; i < layout.counter_count; i++) {
        sums[i] = 10 * (uint64_t)out[i];
    }
    check_fault(measurement_check_school(&layout, sample, sums, 10), FAULT_NONE);
    check_defect(188, 189, 1, false);
    check_defect(188, 191, 1, false);
}

static void hostile_sums_are_refused_without_wrapping_round(void **state) {
    (void)state;
    static const uint64_t huge[] = {UINT64_MAX, UINT64_MAX / 2 + 1, (uint64_t)1 << 32};
    for (size_t i = 0; i < 3; i++) {
        for (uint32_t j = 0; j < layout.counter_count; j++) {
            sums[j] = huge[i];
        }
        check_fault(measurement_check_class(&layout, sample, sums, huge[i]), FAULT_BATCH_SUMS);
        check_fault(measurement_check_school(&layout, sample, sums, huge[i]), FAULT_BATCH_SUMS);
        check_fault(measurement_check_school(&layout, sample, sums, 10), FAULT_BATCH_SUMS);
    }
    /* No batch is that large, however well its sums agree. */
    memset(sums, 0, sizeof sums);
    sums[ANSWERS_DECLINED] = UINT32_MAX;
    check_fault(measurement_check_class(&layout, sample, sums, UINT32_MAX), FAULT_NONE);
    sums[ANSWERS_DECLINED]++;
    check_fault(measurement_check_class(&layout, sample, sums, (uint64_t)UINT32_MAX + 1), FAULT_BATCH_SUMS);
    /* Two halves of 2^64 in one block add up to nothing. */
    memset(sums, 0, sizeof sums);
    sums[ANSWERS_STOPPED] = sums[ANSWERS_DECLINED] = (uint64_t)1 << 63;
    check_fault(measurement_check_class(&layout, sample, sums, 0), FAULT_BATCH_SUMS);
}

static void nobody_is_a_true_sum(void **state) {
    (void)state;
    check_fault(measurement_check_class(&layout, sample, sums, 0), FAULT_NONE);
    check_fault(measurement_check_school(&layout, sample, sums, 0), FAULT_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_pupil_of_the_document_has_these_counters),
        TEST(saying_no_sets_one_counter_whatever_was_tapped),
        TEST(stopping_keeps_skipped_and_not_asked_apart),
        TEST(rather_not_say_is_in_no_category),
        TEST(a_scale_counts_from_four_fifths_of_its_items),
        TEST(complete_cases_are_counted_item_by_item_after_reversing),
        TEST(impossible_answers_leave_only_zeros),
        TEST(every_counter_of_a_pupil_is_0_or_1_but_the_sum_of_a_scale),
        TEST(sums_of_any_pupils_of_any_questionnaire_agree),
        TEST(one_more_in_a_class_counter_is_noticed_wherever_it_can_be),
        TEST(one_more_or_less_anywhere_is_noticed_at_school_level),
        TEST(participation_must_add_up_to_the_contributions),
        TEST(groups_and_missing_must_add_up_to_the_consenting),
        TEST(answered_and_missing_must_add_up_to_the_consenting),
        TEST(any_may_not_exceed_answered),
        TEST(who_answered_chose_at_least_one_group),
        TEST(a_scale_counts_no_more_pupils_than_consented),
        TEST(a_scale_stays_within_its_range),
        TEST(options_of_another_group_are_noticed),
        TEST(chosen_lies_between_its_group_and_their_sum),
        TEST(the_histogram_gives_the_same_n_and_sum),
        TEST(complete_cases_agree_with_the_histogram),
        TEST(hostile_sums_are_refused_without_wrapping_round),
        TEST(nobody_is_a_true_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
