/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/layout.h"
#include "sample_questionnaire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct questionnaire *sample;
static struct layout layout;

static int set_up(void **state) {
    (void)state;
    sample = sample_questionnaire();
    check_fault(layout_derive(&layout, sample), FAULT_NONE);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    layout_release(&layout);
    sample = questionnaire_free(sample);
    return 0;
}

static const struct layout_block *find(enum layout_level level, enum layout_kind kind, uint16_t subject) {
    return layout_find(&layout, level, kind, subject, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE);
}

static void check_block(enum layout_level level, enum layout_kind kind, uint16_t subject, uint32_t first,
                        uint32_t count) {
    const struct layout_block *block = find(level, kind, subject);
    assert_non_null(block);
    assert_int_equal(block->first, first);
    assert_int_equal(block->count, count);
}

/* Counted by hand from the sample's header. */
static void the_levels_of_the_sample_are_as_counted_by_hand(void **state) {
    (void)state;
    uint32_t class_level = 3 + 5 * (3 + 4) + 2 * (2 + 4) + (1 + 4 + 3) + (2 + 4) + 2 * 2;
    uint32_t school = (3 + 4) + 5 * 5 + 2 * 4 + 4 + 2 + (17 + 21 + 1 + 5 * 5) + (7 + 1 + 2 * 4);
    uint32_t category = 5 * (5 + 4) + 2 * (4 + 4) + (1 + 4 + 4) + (2 + 4) + (17 + 21 + 1) + (7 + 1);
    assert_int_equal(layout.level_first[LAYOUT_CLASS], 0);
    assert_int_equal(layout.level_first[LAYOUT_SCHOOL], class_level);
    assert_int_equal(layout.level_first[LAYOUT_BREAKDOWN], class_level + school);
    assert_int_equal(layout.level_first[LAYOUT_LEVELS], class_level + school + 3 * category);
    assert_int_equal(layout.counter_count, 563);
}

static void the_blocks_lie_in_the_order_of_the_contract(void **state) {
    (void)state;
    check_block(LAYOUT_CLASS, LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE, 0, 3);
    check_block(LAYOUT_CLASS, LAYOUT_GROUPS, SAMPLE_SAFE_CLASS, 3, 3);
    check_block(LAYOUT_CLASS, LAYOUT_MISSING, SAMPLE_SAFE_CLASS, 6, 4);
    check_block(LAYOUT_CLASS, LAYOUT_GROUPS, SAMPLE_HAPPY, 38, 2);
    check_block(LAYOUT_CLASS, LAYOUT_ANSWERED, SAMPLE_HAPPENED, 50, 1);
    check_block(LAYOUT_CLASS, LAYOUT_MISSING, SAMPLE_HAPPENED, 51, 4);
    check_block(LAYOUT_CLASS, LAYOUT_ANY, SAMPLE_HAPPENED, 55, 3);
    check_block(LAYOUT_CLASS, LAYOUT_SCALE_SUM, SAMPLE_SAFETY, 64, 2);
    check_block(LAYOUT_CLASS, LAYOUT_SCALE_SUM, SAMPLE_WELLBEING, 66, 2);
    check_block(LAYOUT_SCHOOL, LAYOUT_OPTIONS, SAMPLE_GENDER, 68, 3);
    check_block(LAYOUT_SCHOOL, LAYOUT_MISSING, SAMPLE_GENDER, 71, 4);
    check_block(LAYOUT_SCHOOL, LAYOUT_OPTIONS, SAMPLE_SAFE_CLASS, 75, 5);
    check_block(LAYOUT_SCHOOL, LAYOUT_CHOSEN, SAMPLE_HAPPENED, 108, 4);
    check_block(LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, SAMPLE_SAFETY, 114, 39);
    check_block(LAYOUT_SCHOOL, LAYOUT_COMPLETE, SAMPLE_SAFETY, 153, 25);
    check_block(LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, SAMPLE_WELLBEING, 178, 8);
    check_block(LAYOUT_SCHOOL, LAYOUT_COMPLETE, SAMPLE_WELLBEING, 186, 8);
}

static void a_category_of_a_breakdown_has_blocks_of_its_own(void **state) {
    (void)state;
    for (uint16_t category = 0; category < 3; category++) {
        const struct layout_block *block = layout_find(&layout, LAYOUT_BREAKDOWN, LAYOUT_OPTIONS,
                                                       SAMPLE_SAFE_CLASS, SAMPLE_GENDER, category);
        assert_non_null(block);
        assert_int_equal(block->first, 194 + category * 123u);
    }
    assert_null(layout_find(&layout, LAYOUT_BREAKDOWN, LAYOUT_OPTIONS, SAMPLE_SAFE_CLASS, SAMPLE_GENDER, 3));
    assert_null(layout_find(&layout, LAYOUT_BREAKDOWN, LAYOUT_COMPLETE, SAMPLE_SAFETY, SAMPLE_GENDER, 0));
    assert_null(layout_find(&layout, LAYOUT_BREAKDOWN, LAYOUT_OPTIONS, SAMPLE_GENDER, SAMPLE_GENDER, 0));
}

static void what_a_level_does_not_have_is_not_found(void **state) {
    (void)state;
    assert_null(find(LAYOUT_CLASS, LAYOUT_GROUPS, SAMPLE_WELCOME));
    assert_null(find(LAYOUT_CLASS, LAYOUT_GROUPS, SAMPLE_GENDER));
    assert_null(find(LAYOUT_CLASS, LAYOUT_MISSING, SAMPLE_GENDER));
    assert_null(find(LAYOUT_CLASS, LAYOUT_OPTIONS, SAMPLE_SAFE_CLASS));
    assert_null(find(LAYOUT_SCHOOL, LAYOUT_MISSING, SAMPLE_SAFE_CLASS));
    assert_null(find(LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, SAMPLE_SCALES));
}

/* Holds for every questionnaire: no gap, no overlap, levels in order, no empty block. */
static void check_tiling(const struct layout *any) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < any->block_count; i++) {
        const struct layout_block *block = &any->block[i];
        assert_int_equal(block->first, next);
        assert_true(block->count > 0);
        assert_true(block->first >= any->level_first[block->level]);
        assert_true(block->first + block->count <= any->level_first[block->level + 1]);
        next += block->count;
        assert_ptr_equal(block, layout_find(any, block->level, block->kind, block->subject, block->breakdown,
                                            block->category));
    }
    assert_int_equal(next, any->counter_count);
    assert_int_equal(next, any->level_first[LAYOUT_LEVELS]);
}

static void blocks_cover_the_vector_without_gaps(void **state) {
    (void)state;
    check_tiling(&layout);
    for (uint64_t seed = 0; seed < 100; seed++) {
        struct questionnaire *questionnaire = sample_questionnaire_random(seed);
        struct layout any;
        check_fault(layout_derive(&any, questionnaire), FAULT_NONE);
        check_tiling(&any);
        layout_release(&any);
        questionnaire_free(questionnaire);
    }
}

static void a_scale_divides_by_every_number_of_answers_that_counts(void **state) {
    (void)state;
    assert_int_equal(layout.scale[SAMPLE_SAFETY].items, 5);
    assert_int_equal(layout.scale[SAMPLE_SAFETY].least, 4);
    assert_int_equal(layout.scale[SAMPLE_SAFETY].unit, 20);
    assert_int_equal(layout.scale[SAMPLE_WELLBEING].least, 2);
    assert_int_equal(layout.scale[SAMPLE_WELLBEING].unit, 2);
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct questionnaire *questionnaire = sample_questionnaire_random(seed);
        struct layout any;
        check_fault(layout_derive(&any, questionnaire), FAULT_NONE);
        for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
            uint32_t items = any.scale[i].items;
            for (uint32_t answered = 0; answered <= items; answered++) {
                assert_int_equal(answered >= any.scale[i].least, answered * 5 >= items * 4);
                assert_true(answered < any.scale[i].least || any.scale[i].unit % answered == 0);
            }
        }
        layout_release(&any);
        questionnaire_free(questionnaire);
    }
}

static void cells_of_the_histogram_follow_each_other(void **state) {
    (void)state;
    uint32_t next = 0;
    for (uint32_t answered = 4; answered <= 5; answered++) {
        for (uint32_t raw = answered * 1; raw <= answered * 5; raw++) {
            assert_int_equal(layout_cell(&layout, sample, SAMPLE_SAFETY, answered, raw), next++);
        }
    }
    assert_int_equal(next + 1, find(LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, SAMPLE_SAFETY)->count);
}

/* The worked sample of docs/format.md, "Layout". */
static void the_digest_is_that_of_the_document(void **state) {
    (void)state;
    char hex[2 * DIGEST_BYTES + 1];
    digest_hex(hex, layout.digest, DIGEST_BYTES);
    assert_string_equal(hex, "f9958a94385c82001e58513631c61ba7778af392f77c64998e679b71f4a4a893");
}

static void texts_do_not_change_the_layout_and_options_do(void **state) {
    (void)state;
    struct layout other;
    sample->title.in[0][0] = 'W';
    check_fault(layout_derive(&other, sample), FAULT_NONE);
    assert_memory_equal(other.digest, layout.digest, DIGEST_BYTES);
    layout_release(&other);
    sample->list[1].coarse_count = 4;
    check_fault(layout_derive(&other, sample), FAULT_NONE);
    assert_memory_not_equal(other.digest, layout.digest, DIGEST_BYTES);
    layout_release(&other);
}

static void sums_must_stay_below_two_to_the_32(void **state) {
    (void)state;
    /* 5 * 20 a pupil: 42,949,672 pupils reach 4,294,967,200. */
    check_fault(layout_fits(&layout, sample, 42949672), FAULT_NONE);
    check_fault(layout_fits(&layout, sample, 42949673), FAULT_SUM_TOO_LARGE);
    check_fault(layout_fits(&layout, sample, UINT32_MAX), FAULT_SUM_TOO_LARGE);
    check_fault(layout_fits(&layout, sample, 0), FAULT_NONE);
}

static void fill_list(struct questionnaire_list *list, uint16_t options) {
    list->option_count = options;
    list->coarse_count = 1;
    for (uint16_t i = 0; i < options; i++) {
        list->option[i].has_score = true;
        list->option[i].score = (uint8_t)i;
    }
}

/* A breakdown with `categories`, then `items` select_one items of `options` in one coarse group. */
static struct questionnaire *wide(uint16_t categories, uint16_t options, uint16_t items) {
    struct questionnaire *questionnaire = questionnaire_new();
    assert_non_null(questionnaire);
    fill_list(&questionnaire->list[0], categories);
    fill_list(&questionnaire->list[1], options);
    questionnaire->list_count = 2;
    questionnaire->item_count = (uint16_t)(items + 1);
    for (uint16_t i = 0; i <= items; i++) {
        questionnaire->item[i] = (struct questionnaire_item){.kind = QUESTIONNAIRE_SELECT_ONE,
                                                             .list = i > 0,
                                                             .scale = QUESTIONNAIRE_NONE,
                                                             .section = QUESTIONNAIRE_NONE,
                                                             .breakdown = i == 0};
    }
    return questionnaire;
}

static void sixteen_thousand_and_some_counters_are_the_limit(void **state) {
    (void)state;
    struct layout any;
    struct questionnaire *questionnaire = wide(23, 16, 34);
    check_fault(layout_derive(&any, questionnaire), FAULT_NONE);
    assert_int_equal(any.counter_count, LAYOUT_COUNTERS);
    check_tiling(&any);
    layout_release(&any);
    questionnaire_free(questionnaire);
    questionnaire = wide(7, 15, 107); /* one more */
    check_fault(layout_derive(&any, questionnaire), FAULT_LAYOUT_TOO_LARGE);
    assert_null(any.block);
    assert_int_equal(any.counter_count, 0);
    questionnaire_free(questionnaire);
}

/* One scale of `items` items with scores 0..`most`. */
static struct questionnaire *long_scale(uint16_t items, uint8_t most) {
    struct questionnaire *questionnaire = wide(1, (uint16_t)(most + 1), items);
    questionnaire->scale_count = 1;
    questionnaire->scale[0].item_count = items;
    questionnaire->scale[0].score_max = most;
    for (uint16_t i = 1; i <= items; i++) {
        questionnaire->item[i].scale = 0;
    }
    return questionnaire;
}

static enum fault derive_long_scale(uint16_t items) {
    struct layout any;
    struct questionnaire *questionnaire = long_scale(items, 5);
    enum fault fault = layout_derive(&any, questionnaire);
    layout_release(&any);
    questionnaire_free(questionnaire);
    return fault;
}

/* 2 * 4 a pupil: 2^29 pupils would reach just 2^32. */
static void a_sum_of_exactly_two_to_the_32_is_too_large(void **state) {
    (void)state;
    struct layout any;
    struct questionnaire *questionnaire = long_scale(2, 4);
    check_fault(layout_derive(&any, questionnaire), FAULT_NONE);
    check_fault(layout_fits(&any, questionnaire, (1u << 29) - 1), FAULT_NONE);
    check_fault(layout_fits(&any, questionnaire, 1u << 29), FAULT_SUM_TOO_LARGE);
    layout_release(&any);
    questionnaire_free(questionnaire);
}

static void a_scale_whose_unit_does_not_fit_is_refused(void **state) {
    (void)state;
    check_fault(derive_long_scale(35), FAULT_NONE);
    check_fault(derive_long_scale(36), FAULT_LAYOUT_TOO_LARGE);
    check_fault(derive_long_scale(119), FAULT_LAYOUT_TOO_LARGE);
}

static void check_line(uint32_t counter, const char *expected) {
    char line[256];
    layout_describe(line, sizeof line, &layout, sample, counter);
    assert_string_equal(line, expected);
}

static void every_kind_of_counter_can_be_described(void **state) {
    (void)state;
    check_line(0, "0\tclass\tparticipation\t-\tanswered");
    check_line(2, "2\tclass\tparticipation\t-\tdeclined");
    check_line(3, "3\tclass\tgroups\tsafe_class\tgroup 0: never, rarely");
    check_line(5, "5\tclass\tgroups\tsafe_class\tgroup 2: often, always");
    check_line(8, "8\tclass\tmissing\tsafe_class\tskipped");
    check_line(50, "50\tclass\tanswered\thappened\tgave an answer");
    check_line(55, "55\tclass\tany\thappened\tgroup 0: called_names, pushed");
    check_line(64, "64\tclass\tscale_sum\tsafety\tn");
    check_line(65, "65\tclass\tscale_sum\tsafety\tsum of raw * 20 / answered");
    check_line(68, "68\tschool\toptions\tgender\toption girl");
    check_line(102, "102\tschool\toptions\thappy\toption bit_yes");
    check_line(111, "111\tschool\tchosen\thappened\toption nothing");
    check_line(114, "114\tschool\thistogram\tsafety\tanswered 4, raw 4");
    check_line(131, "131\tschool\thistogram\tsafety\tanswered 5, raw 5");
    check_line(152, "152\tschool\thistogram\tsafety\tnot counted");
    check_line(153, "153\tschool\tcomplete\tsafety\titem safe_class, score 1");
    check_line(163, "163\tschool\tcomplete\tsafety\titem afraid, score 1");
    check_line(194, "194\tbreakdown\toptions\tsafe_class\toption never, where gender = girl");
    check_line(562, "562\tbreakdown\thistogram\twellbeing\tnot counted, where gender = other");
    check_line(563, "");
}

static void a_short_line_is_cut_and_ends_in_zero(void **state) {
    (void)state;
    char whole[256];
    layout_describe(whole, sizeof whole, &layout, sample, 55);
    for (size_t size = 1; size <= strlen(whole) + 1; size++) {
        char *line = malloc(size); /* so that the address checker sees one byte too many */
        assert_non_null(line);
        layout_describe(line, size, &layout, sample, 55);
        assert_int_equal(strlen(line), size - 1);
        assert_memory_equal(line, whole, size - 1);
        free(line);
    }
    whole[0] = 'x';
    layout_describe(whole, 0, &layout, sample, 55);
    assert_int_equal(whole[0], 'x');
}

static void no_two_counters_have_the_same_description(void **state) {
    (void)state;
    static char line[563][256];
    for (uint32_t i = 0; i < layout.counter_count; i++) {
        layout_describe(line[i], sizeof line[i], &layout, sample, i);
        for (uint32_t j = 0; j < i; j++) {
            assert_string_not_equal(strchr(line[i], '\t'), strchr(line[j], '\t'));
        }
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_levels_of_the_sample_are_as_counted_by_hand),
        TEST(the_blocks_lie_in_the_order_of_the_contract),
        TEST(a_category_of_a_breakdown_has_blocks_of_its_own),
        TEST(what_a_level_does_not_have_is_not_found),
        TEST(blocks_cover_the_vector_without_gaps),
        TEST(a_scale_divides_by_every_number_of_answers_that_counts),
        TEST(cells_of_the_histogram_follow_each_other),
        TEST(the_digest_is_that_of_the_document),
        TEST(texts_do_not_change_the_layout_and_options_do),
        TEST(sums_must_stay_below_two_to_the_32),
        TEST(sixteen_thousand_and_some_counters_are_the_limit),
        TEST(a_sum_of_exactly_two_to_the_32_is_too_large),
        TEST(a_scale_whose_unit_does_not_fit_is_refused),
        TEST(every_kind_of_counter_can_be_described),
        TEST(a_short_line_is_cut_and_ends_in_zero),
        TEST(no_two_counters_have_the_same_description),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
