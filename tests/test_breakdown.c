/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "aggregator/breakdown.h"
#include "aggregator/report_csv.h"
#include "aggregator/report_edition.h"
#include "core/measurement.h"
#include "tests/sample_opening.h"
#include "tests/sample_questionnaire.h"

/* The sizes of the sample's breakdown, laid into otherwise empty sums. */
struct sizes {
    struct questionnaire *questionnaire;
    struct layout layout;
    uint64_t *sums;
};

static void set_up(struct sizes *sizes, uint64_t girls, uint64_t boys, uint64_t others, uint64_t silent) {
    *sizes = (struct sizes){.questionnaire = sample_questionnaire()};
    check_fault(layout_derive(&sizes->layout, sizes->questionnaire), FAULT_NONE);
    sizes->sums = calloc(sizes->layout.counter_count, sizeof *sizes->sums);
    assert_non_null(sizes->sums);
    uint64_t *size = sizes->sums + layout_find(&sizes->layout, LAYOUT_SCHOOL, LAYOUT_OPTIONS, SAMPLE_GENDER,
                                               QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE)
                                       ->first;
    size[0] = girls;
    size[1] = boys;
    size[2] = others;
    sizes->sums[ANSWERS_ANSWERED] = girls + boys + others;
    sizes->sums[ANSWERS_STOPPED] = silent;
    sizes->sums[ANSWERS_DECLINED] = 50;
}

static void tear_down(struct sizes *sizes) {
    free(sizes->sums);
    layout_release(&sizes->layout);
    questionnaire_free(sizes->questionnaire);
}

static void groups_of_the_minimum_open_and_leave_the_minimum_over(void **state) {
    (void)state;
    enum { GIRLS = 1, BOYS = 2, OTHERS = 4 };
    static const struct {
        uint64_t girls, boys, others, silent;
        uint32_t open;
    } cases[] = {
        {40, 30, 10, 10, GIRLS | BOYS | OTHERS},
        {40, 30, 9, 1, GIRLS | BOYS},  /* 9 and 1 are 10 together */
        {40, 30, 2, 8, GIRLS | BOYS},  /* a small category is one of the rest */
        {40, 30, 10, 9, GIRLS | BOYS}, /* the smallest joins who did not say */
        {40, 30, 0, 9, GIRLS},         /* an empty one changes nothing: */
        {40, 30, 9, 0, GIRLS},         /* nobody can tell which of these it was, */
        {40, 30, 0, 0, GIRLS},         /* nor this */
        {30, 30, 0, 0, BOYS},          /* ties: the first joins the rest */
        {9, 9, 9, 9, 0},
        {40, 0, 0, 9, 0}, /* alone it would be everybody but a few */
        {40, 0, 0, 10, GIRLS},
        {0, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sizes sizes;
        set_up(&sizes, cases[i].girls, cases[i].boys, cases[i].others, cases[i].silent);
        assert_int_equal(breakdown_open(&sizes.layout, sizes.questionnaire, sizes.sums, SAMPLE_GENDER, 10),
                         cases[i].open);
        assert_int_equal(breakdown_size(&sizes.layout, sizes.questionnaire, sizes.sums, SAMPLE_GENDER, 1),
                         cases[i].boys);
        assert_int_equal(breakdown_size(&sizes.layout, sizes.questionnaire, sizes.sums, SAMPLE_GENDER, 3), 0);
        tear_down(&sizes);
    }
}

static void sizes_above_the_whole_open_nothing(void **state) {
    struct sizes sizes;
    (void)state;
    set_up(&sizes, 40, 30, 10, 10);
    sizes.sums[ANSWERS_ANSWERED] = 60;
    assert_int_equal(breakdown_open(&sizes.layout, sizes.questionnaire, sizes.sums, SAMPLE_GENDER, 10), 0);
    tear_down(&sizes);
}

/*
 * Pupils of a school in which girls, boys and others are as many as is said, the rest says nothing about it.
 */
struct pupils {
    uint32_t girls, boys, others, silent;
};

static void answer(void *context, struct answers *answers, const struct questionnaire *questionnaire,
                   uint64_t *state) {
    struct pupils *pupils = context;
    static const char *const names[] = {"girl", "boy", "other"};
    uint32_t *left[] = {&pupils->girls, &pupils->boys, &pupils->others, &pupils->silent};
    int which = 0;
    do {
        sample_answers(answers, questionnaire, state);
    } while (answers->participation == ANSWERS_DECLINED);
    while (which < 3 && *left[which] == 0) {
        which++;
    }
    --*left[which];
    answers->chosen[SAMPLE_GENDER] = 0;
    answers->shown[SAMPLE_GENDER] = true;
    if (which < 3) {
        sample_choose(answers, questionnaire, SAMPLE_GENDER, names[which]);
    }
}

static struct sample_opening *school_of(struct pupils pupils, uint64_t seed) {
    static const struct sample_class classes[] = {{"1A", 1, 200, 0}, {"1B", 1, 200, 0}, {"2A", 2, 200, 0}};
    uint32_t all = pupils.girls + pupils.boys + pupils.others + pupils.silent;
    struct sample_opening *school = sample_opening_new(classes, 3, seed);
    sample_opening_alone(school);
    for (uint16_t i = 0; i < 3; i++) {
        uint32_t count = i == 2 ? all - 2 * (all / 3) : all / 3;
        uint32_t bundle = sample_opening_add_of(school, (uint16_t)(i + 1), i, count, answer, &pupils);
        check_fault(sample_opening_merge(school, bundle).fault, FAULT_NONE);
    }
    sample_opening_close(school);
    return school;
}

static void combine(struct combine_result *result, struct sample_opening *school, bool two_machines) {
    struct opening opening;
    struct prepare pair[2] = {{.holder = 0}};
    uint16_t at = 0;
    const struct opening_holder *const both[2] = {&school->holder[0], &school->holder[1]};
    check_fault(opening_init(&opening, school->workspace, school->sample->round, school->closing),
                FAULT_NONE);
    check_fault(sample_opening_prepare(pair, &opening, school, NULL), FAULT_NONE);
    if (two_machines) {
        struct bytes_buffer file = {0};
        check_fault(aggregate_make(&file, &opening, &school->holder[1], pair, &at), FAULT_NONE);
        check_fault(combine_make(result, &opening, &school->holder[0], pair, bytes_buffer_view(&file), &at),
                    FAULT_NONE);
        bytes_buffer_release(&file);
    } else {
        check_fault(combine_both(result, &opening, both, pair, &at), FAULT_NONE);
    }
    prepare_release(&pair[0]);
    prepare_release(&pair[1]);
    opening_release(&opening);
}

/* Every counter of an opened category is the plain sum, every other is 0. */
static void check_categories(const struct combine_result *result, const struct sample_opening *school,
                             uint32_t open) {
    const struct layout *layout = &school->sample->layout;
    uint32_t before = layout->level_first[LAYOUT_BREAKDOWN];
    uint64_t opened = 0, shut = 0;
    for (uint32_t i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        for (uint32_t j = block->first; block->level == LAYOUT_BREAKDOWN && j < block->first + block->count;
             j++) {
            bool in = open >> block->category & 1;
            assert_int_equal(result->category_sums[j - before], in ? school->sums[j] : 0);
            opened += in ? school->sums[j] : 0;
            shut += in ? 0 : school->sums[j];
        }
    }
    assert_true(opened > 0 && shut > 0); /* else the above would say nothing */
}

static void opened_sums_are_the_plain_sums_and_no_others_are_made(void **state) {
    (void)state;
    struct sample_opening *school = school_of((struct pupils){60, 50, 4, 16}, 5);
    struct combine_result result;
    combine(&result, school, false);
    assert_int_equal(result.open[SAMPLE_GENDER], 3);
    assert_int_equal(result.open[SAMPLE_SAFE_CLASS], 0);
    check_categories(&result, school, 3);
    combine_result_release(&result);
    /* Again, as after an interruption: the same. */
    combine(&result, school, false);
    check_categories(&result, school, 3);
    combine_result_release(&result);
    sample_opening_free(school);
}

static void on_two_machines_no_sum_of_a_category_is_made(void **state) {
    (void)state;
    struct sample_opening *school = school_of((struct pupils){60, 50, 4, 16}, 6);
    struct combine_result result;
    combine(&result, school, true);
    assert_int_equal(result.open[SAMPLE_GENDER], 0);
    assert_null(result.category_sums);
    combine_result_release(&result);
    school->sample->round->mode =
        ROUND_TWO_MACHINES; /* nor where both sit at one although they promised otherwise */
    combine(&result, school, false);
    assert_null(result.category_sums);
    combine_result_release(&result);
    sample_opening_free(school);
}

/* A category whose counters do not go together, or exceed everybody's, is refused. */
static void contradicting_categories_are_noticed(void **state) {
    (void)state;
    struct sample_opening *school = school_of((struct pupils){60, 50, 4, 16}, 7);
    const struct layout *layout = &school->sample->layout;
    const struct questionnaire *questionnaire = school->sample->round->questionnaire;
    uint64_t *category = school->sums + layout->level_first[LAYOUT_BREAKDOWN];
    check_fault(
        measurement_check_category(layout, questionnaire, category, school->sums, SAMPLE_GENDER, 1, 50),
        FAULT_NONE);
    check_fault(
        measurement_check_category(layout, questionnaire, category, school->sums, SAMPLE_GENDER, 1, 51),
        FAULT_BATCH_SUMS);
    uint32_t noticed = 0, changed = 0;
    for (uint32_t i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        for (uint32_t j = block->first; block->category == 1 && j < block->first + block->count; j++) {
            school->sums[j]++;
            changed++;
            noticed += measurement_check_category(layout, questionnaire, category, school->sums,
                                                  SAMPLE_GENDER, 1, 50) == FAULT_BATCH_SUMS;
            school->sums[j]--;
        }
    }
    /* A choice more of a list of several goes unnoticed while it stays within who answered. */
    assert_true(changed == 123 && noticed >= changed - 4);
    sample_opening_free(school);
}

static const struct release_figure *category_figure(const struct release *release, uint16_t option,
                                                    uint16_t item, enum release_kind kind, uint16_t index) {
    return release_find_at(release, RELEASE_BREAKDOWN,
                           (uint16_t)(RELEASE_CATEGORY_STRIDE * SAMPLE_GENDER + option), RELEASE_ITEM, item,
                           kind, index);
}

static void the_release_tells_large_categories_and_no_small_one(void **state) {
    (void)state;
    struct sample_opening *school = school_of((struct pupils){160, 150, 4, 30}, 8);
    struct release *release = NULL;
    uint32_t told = 0, units[3] = {0};
    check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
    const struct release_content *content = release_content(release);
    check_fault(release_belongs(release, school->sample->round), FAULT_NONE);
    for (uint32_t i = 0; i < content->figure_count; i++) {
        const struct release_figure *figure = &content->figure[i];
        if (figure->level == RELEASE_BREAKDOWN) {
            assert_int_equal(figure->unit / RELEASE_CATEGORY_STRIDE, SAMPLE_GENDER);
            units[figure->unit % RELEASE_CATEGORY_STRIDE]++;
            told += figure->status == RELEASE_PUBLISHED;
        }
    }
    assert_true(units[0] > 20 && units[0] == units[1]);
    assert_int_equal(units[2], 0);
    assert_true(told > 10);
    const struct layout_block *block = layout_find(&school->sample->layout, LAYOUT_BREAKDOWN, LAYOUT_OPTIONS,
                                                   SAMPLE_SAFE_CLASS, SAMPLE_GENDER, 0);
    const struct release_figure *figure = category_figure(release, 0, SAMPLE_SAFE_CLASS, RELEASE_OPTION, 2);
    assert_non_null(figure);
    assert_int_equal(figure->n, 160);
    assert_true(figure->status != RELEASE_PUBLISHED || figure->low == school->sums[block->first + 2]);
    release_free(release);
    sample_opening_free(school);
}

static bool has(const struct bytes_buffer *page, const char *text) {
    size_t length = strlen(text);
    for (size_t i = 0; i + length <= page->size; i++) {
        if (memcmp(page->data + i, text, length) == 0) {
            return true;
        }
    }
    return false;
}

static void write_edition(struct bytes_buffer *out, const struct release *release,
                          const struct sample_opening *school, enum report_edition edition,
                          const char *language) {
    bytes_buffer_release(out);
    check_fault(report_edition_write(out, release, NULL, school->sample->round, edition, 0, language),
                FAULT_NONE);
}

/* Where it belongs: the team sees questions by group, the board means; nobody else anything. */
static void the_report_shows_told_groups_where_they_belong(void **state) {
    (void)state;
    struct sample_opening *school = school_of((struct pupils){160, 150, 4, 30}, 9);
    struct release *release = NULL;
    struct bytes_buffer page = {0};
    check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
    write_edition(&page, release, school, REPORT_EDITION_TEAM, "nl");
    assert_true(has(&page, "<h2>Naar achtergrond: Wat ben je?</h2>"));
    assert_true(has(&page, "Meisje (160); Jongen (150). Van andere groepen"));
    assert_true(has(&page, "<th scope=\"row\">Meisje</th>") && has(&page, "<th scope=\"row\">Jongen</th>"));
    assert_true(has(&page, "Antwoorden per groep"));
    write_edition(&page, release, school, REPORT_EDITION_TEAM, "en");
    assert_true(has(&page, "<h2>By background: What are you?</h2>") && has(&page, "Girl (160); Boy (150)."));
    write_edition(&page, release, school, REPORT_EDITION_BOARD, "nl");
    assert_true(has(&page, "<h2>Naar achtergrond: Wat ben je?</h2>"));
    assert_false(has(&page, "Antwoorden per groep"));
    write_edition(&page, release, school, REPORT_EDITION_PARENTS, "nl");
    assert_false(has(&page, "Naar achtergrond"));
    write_edition(&page, release, school, REPORT_EDITION_POSTER, "nl");
    assert_false(has(&page, "Naar achtergrond"));
    bytes_buffer_release(&page);
    check_fault(report_csv(&page, &(struct report_table_source){.shape = &report_table_figures,
                                                                .release = release,
                                                                .round = school->sample->round,
                                                                .language = "nl"}),
                FAULT_NONE);
    assert_true(has(&page, "\r\nbreakdown,item,safe_class,option,"));
    assert_true(has(&page, ",Meisje,") && has(&page, ",gender\r\n"));
    bytes_buffer_release(&page);
    release_free(release);
    sample_opening_free(school);
}

static void without_a_told_group_the_report_says_so(void **state) {
    (void)state;
    struct sample_opening *school = school_of((struct pupils){50, 4, 3, 2}, 10);
    struct release *release = NULL;
    struct bytes_buffer page = {0};
    check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
    write_edition(&page, release, school, REPORT_EDITION_TEAM, "nl");
    assert_true(has(&page, "Van geen enkele groep kan iets apart getoond worden"));
    assert_false(has(&page, "Antwoorden per groep"));
    bytes_buffer_release(&page);
    release_free(release);
    sample_opening_free(school);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_of_the_minimum_open_and_leave_the_minimum_over),
        cmocka_unit_test(sizes_above_the_whole_open_nothing),
        cmocka_unit_test(opened_sums_are_the_plain_sums_and_no_others_are_made),
        cmocka_unit_test(on_two_machines_no_sum_of_a_category_is_made),
        cmocka_unit_test(contradicting_categories_are_noticed),
        cmocka_unit_test(the_release_tells_large_categories_and_no_small_one),
        cmocka_unit_test(the_report_shows_told_groups_where_they_belong),
        cmocka_unit_test(without_a_told_group_the_report_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
