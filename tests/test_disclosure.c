/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "aggregator/disclosure_rule.h"
#include "aggregator/release_inside.h"
#include "core/measurement.h"
#include "tests/sample_questionnaire.h"
#include "tests/sample_round.h"

/* A round, exact totals of invented pupils, and what the rule lets out of them. */
struct desk {
    struct sample_round *sample;
    struct answers *answers;
    uint32_t *measurement;
    struct combine_result result;
    struct release_content content;
};

static struct desk set_up(void) {
    struct desk desk = {.sample = sample_round_small()};
    desk.result.total_count = desk.sample->layout.level_first[LAYOUT_BREAKDOWN];
    void *total = calloc(desk.result.total_count, sizeof *desk.result.total);
    desk.result.total = total;
    desk.measurement = calloc(desk.sample->layout.counter_count, sizeof *desk.measurement);
    assert_non_null(desk.result.total);
    assert_non_null(desk.measurement);
    check_fault(answers_new(&desk.answers), FAULT_NONE);
    return desk;
}

static void tear_down(struct desk *desk) {
    free(desk->result.total);
    free(desk->measurement);
    answers_free(desk->answers);
    release_content_release(&desk->content);
    sample_round_free(desk->sample);
}

static void begin_pupil(struct desk *desk, enum answers_participation participation) {
    answers_forget(desk->answers);
    desk->answers->participation = participation;
    for (int i = 0; i < SAMPLE_ITEMS; i++) {
        desk->answers->shown[i] = participation != ANSWERS_DECLINED;
    }
}

static void choose(struct desk *desk, uint16_t item, const char *option) {
    sample_choose(desk->answers, desk->sample->round->questionnaire, item, option);
}

static void end_pupil(struct desk *desk, uint32_t times) {
    const struct questionnaire *questionnaire = desk->sample->round->questionnaire;
    check_fault(measurement_encode(desk->measurement, &desk->sample->layout, questionnaire, desk->answers),
                FAULT_NONE);
    for (uint32_t i = 0; i < desk->result.total_count; i++) {
        desk->result.total[i] += (uint64_t)times * desk->measurement[i];
    }
    desk->result.contributions += times;
}

static void add_choice(struct desk *desk, uint16_t item, const char *option, uint32_t times) {
    begin_pupil(desk, ANSWERS_ANSWERED);
    if (option) {
        choose(desk, item, option);
    }
    end_pupil(desk, times);
}

static void add_silent(struct desk *desk, enum answers_participation participation, uint32_t times) {
    begin_pupil(desk, participation);
    end_pupil(desk, times);
}

static void judge(struct desk *desk) {
    release_content_release(&desk->content);
    check_fault(
        disclosure_rule_apply(&desk->content, desk->sample->round, &desk->sample->layout, &desk->result),
        FAULT_NONE);
}

static const struct release_figure *figure(const struct desk *desk, enum release_subject about,
                                           uint16_t subject, enum release_kind kind, uint16_t index) {
    for (uint32_t i = 0; i < desk->content.figure_count; i++) {
        const struct release_figure *found = &desk->content.figure[i];
        if (found->about == about && found->subject == subject && found->kind == kind &&
            found->index == index) {
            return found;
        }
    }
    return NULL;
}

static void check_value(const struct desk *desk, uint16_t item, enum release_kind kind, uint16_t index,
                        uint32_t value) {
    const struct release_figure *found = figure(desk, RELEASE_ITEM, item, kind, index);
    assert_non_null(found);
    assert_int_equal(found->status, RELEASE_PUBLISHED);
    assert_int_equal(found->low, value);
    assert_int_equal(found->high, value);
}

static void check_hidden(const struct desk *desk, uint16_t item) {
    const struct release_figure *found = figure(desk, RELEASE_ITEM, item, RELEASE_MISSING, 0);
    assert_non_null(found);
    for (uint32_t i = 0; i < desk->content.figure_count; i++) {
        const struct release_figure *other = &desk->content.figure[i];
        assert_true(other->status == RELEASE_HIDDEN || other->about != RELEASE_ITEM ||
                    other->subject != item);
    }
}

/* The list "often" of the sample: its ANSWER options in order, by name. */
static const struct questionnaire_list *often(const struct desk *desk) {
    return questionnaire_list_of(desk->sample->round->questionnaire, SAMPLE_SAFE_CLASS);
}

/* `counts[i]` pupils choose option i of the list of SAFE_CLASS, and `silent` skip it. */
static void fill(struct desk *desk, const uint32_t *counts, uint32_t silent) {
    for (uint16_t i = 0; i < often(desk)->option_count; i++) {
        if (counts[i]) {
            add_choice(desk, SAMPLE_SAFE_CLASS, often(desk)->option[i].name, counts[i]);
        }
    }
    add_choice(desk, SAMPLE_SAFE_CLASS, NULL, silent);
}

static void full_options_come_out_when_every_count_is_k_cell(void **state) {
    (void)state;
    struct desk desk = set_up();
    uint32_t counts[QUESTIONNAIRE_OPTIONS];
    for (int i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        counts[i] = 5 + (uint32_t)i;
    }
    fill(&desk, counts, 5);
    judge(&desk);
    uint32_t answered = 0;
    for (uint16_t i = 0; i < often(&desk)->option_count; i++) {
        answered += often(&desk)->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER ? counts[i] : 0;
    }
    for (uint16_t i = 0; i < often(&desk)->option_count; i++) {
        if (often(&desk)->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER) {
            check_value(&desk, SAMPLE_SAFE_CLASS, RELEASE_OPTION, i, counts[i]);
            assert_int_equal(figure(&desk, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_OPTION, i)->n,
                             desk.result.contributions);
        }
    }
    check_value(&desk, SAMPLE_SAFE_CLASS, RELEASE_NO_ANSWER, 0, 5);
    tear_down(&desk);
}

static void one_count_of_four_makes_it_coarse(void **state) {
    (void)state;
    struct desk desk = set_up();
    uint32_t counts[QUESTIONNAIRE_OPTIONS];
    for (int i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        counts[i] = 8;
    }
    counts[0] = 4;
    fill(&desk, counts, 6);
    judge(&desk);
    assert_null(figure(&desk, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_OPTION, 0));
    for (uint16_t group = 0; group < often(&desk)->coarse_count; group++) {
        uint32_t expected = 0;
        for (uint16_t i = 0; i < often(&desk)->option_count; i++) {
            const struct questionnaire_option *option = &often(&desk)->option[i];
            expected +=
                option->kind == QUESTIONNAIRE_OPTION_ANSWER && option->coarse == group ? counts[i] : 0;
        }
        check_value(&desk, SAMPLE_SAFE_CLASS, RELEASE_GROUP, group, expected);
    }
    tear_down(&desk);
}

static void a_small_group_or_a_small_rest_hides_it(void **state) {
    (void)state;
    for (int which = 0; which < 2; which++) {
        struct desk desk = set_up();
        uint32_t counts[QUESTIONNAIRE_OPTIONS];
        for (uint16_t i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
            bool answer =
                i < often(&desk)->option_count && often(&desk)->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER;
            bool small = which == 0 && answer && often(&desk)->option[i].coarse == 0;
            counts[i] = !answer ? 0 : small ? 1 : 9;
        }
        fill(&desk, counts, which == 0 ? 9 : 4);
        judge(&desk);
        check_hidden(&desk, SAMPLE_SAFE_CLASS);
        tear_down(&desk);
    }
}

static void a_missing_code_of_four_counts_as_small(void **state) {
    (void)state;
    struct desk desk = set_up();
    const struct questionnaire_list *list =
        questionnaire_list_of(desk.sample->round->questionnaire, SAMPLE_GENDER);
    add_choice(&desk, SAMPLE_GENDER, list->option[0].name, 12);
    add_choice(&desk, SAMPLE_GENDER, list->option[1].name, 12);
    add_choice(&desk, SAMPLE_GENDER, list->option[2].name, 12);
    add_choice(&desk, SAMPLE_GENDER, "rather_not_say", 4);
    add_choice(&desk, SAMPLE_GENDER, NULL, 5);
    judge(&desk);
    check_hidden(&desk, SAMPLE_GENDER);
    add_choice(&desk, SAMPLE_GENDER, "rather_not_say", 1);
    judge(&desk);
    check_value(&desk, SAMPLE_GENDER, RELEASE_RATHER_NOT, 0, 5);
    check_value(&desk, SAMPLE_GENDER, RELEASE_OPTION, 0, 12);
    tear_down(&desk);
}

static void a_breakdown_needs_k_unit_in_every_category(void **state) {
    (void)state;
    struct desk desk = set_up();
    const struct questionnaire_list *list =
        questionnaire_list_of(desk.sample->round->questionnaire, SAMPLE_GENDER);
    add_choice(&desk, SAMPLE_GENDER, list->option[0].name, 20);
    add_choice(&desk, SAMPLE_GENDER, list->option[1].name, 20);
    add_choice(&desk, SAMPLE_GENDER, list->option[2].name, 9);
    add_choice(&desk, SAMPLE_GENDER, "rather_not_say", 6);
    add_choice(&desk, SAMPLE_GENDER, NULL, 6);
    judge(&desk);
    check_hidden(&desk, SAMPLE_GENDER);
    add_choice(&desk, SAMPLE_GENDER, list->option[2].name, 1);
    judge(&desk);
    check_value(&desk, SAMPLE_GENDER, RELEASE_OPTION, 2, 10);
    tear_down(&desk);
}

static void few_refusals_cannot_be_found_by_subtraction(void **state) {
    (void)state;
    struct desk desk = set_up();
    uint32_t counts[QUESTIONNAIRE_OPTIONS];
    for (int i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        counts[i] = 10;
    }
    fill(&desk, counts, 7);
    add_silent(&desk, ANSWERS_DECLINED, 2);
    add_silent(&desk, ANSWERS_STOPPED, 6);
    judge(&desk);
    assert_int_equal(figure(&desk, RELEASE_PARTICIPATION, 0, RELEASE_DECLINED, 0)->status, RELEASE_HIDDEN);
    assert_int_equal(figure(&desk, RELEASE_PARTICIPATION, 0, RELEASE_ANSWERED, 0)->status, RELEASE_HIDDEN);
    /* Everything that is told of an item adds up to all contributions, so nothing is left over for "no". */
    check_value(&desk, SAMPLE_SAFE_CLASS, RELEASE_NO_ANSWER, 0, 7 + 6 + 2);
    add_silent(&desk, ANSWERS_DECLINED, 3);
    judge(&desk);
    assert_int_equal(figure(&desk, RELEASE_PARTICIPATION, 0, RELEASE_DECLINED, 0)->low, 5);
    check_value(&desk, SAMPLE_SAFE_CLASS, RELEASE_NO_ANSWER, 0, 7 + 6);
    tear_down(&desk);
}

static void fewer_than_k_unit_who_took_part_hide_everything(void **state) {
    (void)state;
    struct desk desk = set_up();
    add_choice(&desk, SAMPLE_SAFE_CLASS, often(&desk)->option[0].name, 9);
    add_silent(&desk, ANSWERS_DECLINED, 40);
    judge(&desk);
    for (uint32_t i = 0; i < desk.content.figure_count; i++) {
        assert_int_equal(desk.content.figure[i].status, RELEASE_HIDDEN);
    }
    tear_down(&desk);
}

static void a_condition_on_several_choices_is_hidden(void **state) {
    (void)state;
    struct desk desk = set_up();
    uint64_t chance = 3;
    for (int i = 0; i < 400; i++) {
        answers_forget(desk.answers);
        sample_answers(desk.answers, desk.sample->round->questionnaire, &chance);
        end_pupil(&desk, 1);
    }
    judge(&desk);
    check_hidden(&desk, SAMPLE_TOLD);
    tear_down(&desk);
}

static void overlapping_choices_come_out_only_when_no_difference_is_small(void **state) {
    (void)state;
    struct desk desk = set_up();
    const char *const three[] = {"called_names", "pushed", "phone"};
    for (int i = 0; i < 3; i++) {
        begin_pupil(&desk, ANSWERS_ANSWERED);
        choose(&desk, SAMPLE_HAPPENED, three[i]);
        choose(&desk, SAMPLE_HAPPENED, three[(i + 1) % 3]);
        end_pupil(&desk, 12);
        add_choice(&desk, SAMPLE_HAPPENED, three[i], 8);
    }
    add_choice(&desk, SAMPLE_HAPPENED, "nothing", 20);
    add_choice(&desk, SAMPLE_HAPPENED, "rather_not_say", 6);
    judge(&desk);
    check_value(&desk, SAMPLE_HAPPENED, RELEASE_CHOSEN, 0, 32);
    check_value(&desk, SAMPLE_HAPPENED, RELEASE_MISSING, 0, 6);
    assert_int_equal(figure(&desk, RELEASE_ITEM, SAMPLE_HAPPENED, RELEASE_CHOSEN, 0)->n, 86);
    tear_down(&desk);
    /* Nobody chose two: the counts would tell that, so they stay in. */
    desk = set_up();
    for (int i = 0; i < 3; i++) {
        add_choice(&desk, SAMPLE_HAPPENED, three[i], 20);
    }
    add_choice(&desk, SAMPLE_HAPPENED, "nothing", 20);
    add_choice(&desk, SAMPLE_HAPPENED, "rather_not_say", 6);
    judge(&desk);
    check_hidden(&desk, SAMPLE_HAPPENED);
    tear_down(&desk);
}

static void add_happy(struct desk *desk, const char *option, uint32_t times) {
    const struct questionnaire *questionnaire = desk->sample->round->questionnaire;
    begin_pupil(desk, ANSWERS_ANSWERED);
    choose(desk, SAMPLE_HAPPY, option);
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, SAMPLE_TIRED);
    choose(desk, SAMPLE_TIRED, list->option[0].name);
    end_pupil(desk, times);
}

static void a_mean_is_rounded_half_up_and_told_with_its_n_where_that_is_safe(void **state) {
    (void)state;
    struct desk desk = set_up();
    const struct questionnaire_list *list =
        questionnaire_list_of(desk.sample->round->questionnaire, SAMPLE_HAPPY);
    const struct release_figure *mean = NULL;
    /* TIRED is reversed: its lowest option scores 3. Scores 0 and 1 at HAPPY give 1.5 and 2.0 for the pupil. */
    add_happy(&desk, list->option[0].name, 15);
    add_happy(&desk, list->option[1].name, 5);
    judge(&desk);
    mean = figure(&desk, RELEASE_SCALE, SAMPLE_WELLBEING, RELEASE_MEAN, 0);
    assert_non_null(mean);
    assert_int_equal(mean->low, 16); /* (15 * 1.5 + 5 * 2.0) / 20 = 1.625 */
    assert_int_equal(mean->decimals, 1);
    assert_int_equal(mean->n, 0);
    add_happy(&desk, list->option[1].name, 4);
    add_silent(&desk, ANSWERS_ANSWERED, 5);
    judge(&desk);
    mean = figure(&desk, RELEASE_SCALE, SAMPLE_WELLBEING, RELEASE_MEAN, 0);
    assert_int_equal(mean->low, 17); /* (15 * 1.5 + 9 * 2.0) / 24 = 1.6875 */
    assert_int_equal(mean->n, 24);
    tear_down(&desk);
}

/* Both items of the scale, option by option. */
static void add_both(struct desk *desk, const struct questionnaire_list *list, uint32_t times) {
    for (uint16_t i = 0; i < list->option_count; i++) {
        begin_pupil(desk, ANSWERS_ANSWERED);
        choose(desk, SAMPLE_HAPPY, list->option[i].name);
        choose(desk, SAMPLE_TIRED, list->option[i].name);
        end_pupil(desk, times);
    }
}

static void the_n_of_a_short_scale_does_not_tell_who_answered_one_item_only(void **state) {
    (void)state;
    struct desk desk = set_up();
    const struct questionnaire_list *list =
        questionnaire_list_of(desk.sample->round->questionnaire, SAMPLE_HAPPY);
    add_both(&desk, list, 6);
    add_choice(&desk, SAMPLE_HAPPY, list->option[0].name, 2);
    add_choice(&desk, SAMPLE_TIRED, list->option[0].name, 7);
    add_silent(&desk, ANSWERS_ANSWERED, 6);
    judge(&desk);
    const struct release_figure *mean = figure(&desk, RELEASE_SCALE, SAMPLE_WELLBEING, RELEASE_MEAN, 0);
    assert_non_null(mean);
    assert_int_equal(mean->n, 0);
    /* With three more who answered only that item, no difference is small any more. */
    add_choice(&desk, SAMPLE_HAPPY, list->option[0].name, 3);
    judge(&desk);
    mean = figure(&desk, RELEASE_SCALE, SAMPLE_WELLBEING, RELEASE_MEAN, 0);
    assert_true(mean->n > 0);
    tear_down(&desk);
}

static void a_mean_at_the_end_of_its_scale_is_hidden(void **state) {
    (void)state;
    struct desk desk = set_up();
    const struct questionnaire_list *list =
        questionnaire_list_of(desk.sample->round->questionnaire, SAMPLE_HAPPY);
    uint16_t best = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        best = list->option[i].has_score && list->option[i].score == 3 ? i : best;
    }
    add_happy(&desk, list->option[best].name, 40);
    add_happy(&desk, list->option[0].name, 4);
    judge(&desk);
    assert_int_equal(figure(&desk, RELEASE_SCALE, SAMPLE_WELLBEING, RELEASE_MEAN, 0)->status, RELEASE_HIDDEN);
    add_happy(&desk, list->option[0].name, 1);
    judge(&desk);
    assert_int_equal(figure(&desk, RELEASE_SCALE, SAMPLE_WELLBEING, RELEASE_MEAN, 0)->status,
                     RELEASE_PUBLISHED);
    tear_down(&desk);
}

/* What anybody can do with the release: add the cells of an item up and subtract. */
static void check_release_of(const struct desk *desk) {
    const struct questionnaire *questionnaire = desk->sample->round->questionnaire;
    bool told = figure(desk, RELEASE_PARTICIPATION, 0, RELEASE_ANSWERED, 0)->status == RELEASE_PUBLISHED;
    for (uint16_t item = 0; item < questionnaire->item_count; item++) {
        uint64_t sum = 0;
        bool any = false;
        for (uint32_t i = 0; i < desk->content.figure_count; i++) {
            const struct release_figure *found = &desk->content.figure[i];
            if (found->about == RELEASE_ITEM && found->subject == item &&
                found->status == RELEASE_PUBLISHED) {
                assert_true(found->low >= 5);
                sum += found->low;
                any = true;
            }
        }
        if (any && questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE &&
            !questionnaire->item[item].step_count) {
            uint64_t declined = told ? figure(desk, RELEASE_PARTICIPATION, 0, RELEASE_DECLINED, 0)->low : 0;
            assert_int_equal(sum, desk->result.contributions - declined);
        }
    }
}

static void whatever_pupils_answer_no_published_count_or_difference_is_small(void **state) {
    (void)state;
    uint64_t chance = 99;
    for (int school = 0; school < 120; school++) {
        struct desk desk = set_up();
        uint32_t pupils = 10 + sample_below(&chance, 300);
        for (uint32_t i = 0; i < pupils; i++) {
            answers_forget(desk.answers);
            sample_answers(desk.answers, desk.sample->round->questionnaire, &chance);
            if (school % 3 && desk.answers->participation != ANSWERS_ANSWERED && sample_below(&chance, 20)) {
                desk.answers->participation = ANSWERS_ANSWERED;
            }
            end_pupil(&desk, 1);
        }
        judge(&desk);
        check_release_of(&desk);
        tear_down(&desk);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_options_come_out_when_every_count_is_k_cell),
        cmocka_unit_test(one_count_of_four_makes_it_coarse),
        cmocka_unit_test(a_small_group_or_a_small_rest_hides_it),
        cmocka_unit_test(a_missing_code_of_four_counts_as_small),
        cmocka_unit_test(a_breakdown_needs_k_unit_in_every_category),
        cmocka_unit_test(few_refusals_cannot_be_found_by_subtraction),
        cmocka_unit_test(fewer_than_k_unit_who_took_part_hide_everything),
        cmocka_unit_test(a_condition_on_several_choices_is_hidden),
        cmocka_unit_test(overlapping_choices_come_out_only_when_no_difference_is_small),
        cmocka_unit_test(a_mean_is_rounded_half_up_and_told_with_its_n_where_that_is_safe),
        cmocka_unit_test(the_n_of_a_short_scale_does_not_tell_who_answered_one_item_only),
        cmocka_unit_test(a_mean_at_the_end_of_its_scale_is_hidden),
        cmocka_unit_test(whatever_pupils_answer_no_published_count_or_difference_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
