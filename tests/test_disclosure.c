/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "aggregator/disclosure_rule.h"
#include "aggregator/release_inside.h"
#include "tests/sample_questionnaire.h"
#include "tests/sample_school.h"

/* A school, and what the policy lets out of it. */
struct desk {
    struct sample_school *made;
    struct release_content content;
};

static void judge(struct desk *desk, bool incidents_in_class) {
    struct disclosure_school school;
    release_content_release(&desk->content);
    check_fault(disclosure_school_init(&school, desk->made->sample->round, &desk->made->sample->layout,
                                       &desk->made->result, incidents_in_class),
                FAULT_NONE);
    check_fault(disclosure_rule_apply(&desk->content, &school), FAULT_NONE);
    disclosure_school_release(&school);
}

static void tear_down(struct desk *desk) {
    release_content_release(&desk->content);
    sample_school_free(desk->made);
}

static const struct release_figure *figure(const struct desk *desk, enum release_level level, uint16_t unit,
                                           enum release_subject about, uint16_t subject,
                                           enum release_kind kind, uint16_t index) {
    for (uint32_t i = 0; i < desk->content.figure_count; i++) {
        const struct release_figure *found = &desk->content.figure[i];
        if (found->level == level && found->unit == unit && found->about == about &&
            found->subject == subject && found->kind == kind && found->index == index) {
            return found;
        }
    }
    return NULL;
}

static uint32_t count_at(const struct desk *desk, enum release_level level, uint16_t unit, uint16_t item) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < desk->content.figure_count; i++) {
        const struct release_figure *found = &desk->content.figure[i];
        count += found->about == RELEASE_ITEM && found->level == level && found->unit == unit &&
                 found->subject == item;
    }
    return count;
}

static const struct questionnaire_list *list_of(const struct desk *desk, uint16_t item) {
    return questionnaire_list_of(desk->made->sample->round->questionnaire, item);
}

/* Pupils of one class who answer one item with this option and nothing else. */
static void add(struct desk *desk, uint16_t batch, uint16_t item, uint16_t option, uint32_t times) {
    sample_school_begin(desk->made, ANSWERS_ANSWERED);
    desk->made->answers->chosen[item] = UINT32_C(1) << option;
    sample_school_add(desk->made, batch, times);
}

static void add_silent(struct desk *desk, uint16_t batch, enum answers_participation participation,
                       uint32_t times) {
    sample_school_begin(desk->made, participation);
    sample_school_add(desk->made, batch, times);
}

static struct desk two_classes(void) {
    static const struct sample_class classes[] = {{"1A", 1, 200, 0}, {"1B", 1, 200, 0}};
    return (struct desk){.made = sample_school_new(NULL, classes, 2)};
}

/* ---- Rule 2: minimum groups ---- */

static void a_unit_in_which_few_took_part_is_hidden_whole(void **state) {
    (void)state;
    struct desk desk = two_classes();
    add(&desk, 0, SAMPLE_SAFE_CLASS, 0, 9);
    add_silent(&desk, 0, ANSWERS_DECLINED, 30);
    add(&desk, 1, SAMPLE_SAFE_CLASS, 0, 30);
    add(&desk, 1, SAMPLE_SAFE_CLASS, 2, 30);
    judge(&desk, true);
    uint32_t seen = 0;
    for (uint32_t i = 0; i < desk.content.figure_count; i++) {
        const struct release_figure *found = &desk.content.figure[i];
        if (found->level == RELEASE_CLASS && found->unit == 0) {
            assert_int_equal(found->status, RELEASE_HIDDEN);
            seen++;
        }
    }
    assert_true(seen > 10);
    tear_down(&desk);
}

/* ---- Rule 3: the grouping follows from numbers that everybody knows ---- */

static void classes_are_coarse_and_years_full_only_when_large(void **state) {
    (void)state;
    for (uint32_t pupils = 24; pupils <= 25; pupils++) {
        struct desk desk = two_classes();
        add(&desk, 0, SAMPLE_SAFE_CLASS, 1, pupils); /* 5 options: 50 pupils are needed */
        add(&desk, 1, SAMPLE_SAFE_CLASS, 3, 25);
        judge(&desk, true);
        bool full = pupils == 25;
        assert_true(figure(&desk, RELEASE_SCHOOL, 0, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_OPTION, 1)
                        ? full
                        : !full);
        assert_true(figure(&desk, RELEASE_SCHOOL, 0, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_GROUP, 1)
                        ? !full
                        : full);
        assert_non_null(figure(&desk, RELEASE_CLASS, 0, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_GROUP, 1));
        assert_null(figure(&desk, RELEASE_CLASS, 0, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_OPTION, 1));
        tear_down(&desk);
    }
}

/* ---- Rule 4: bands, at both ends ---- */

static void small_counts_and_nearly_everybody_are_bands(void **state) {
    (void)state;
    struct desk desk = two_classes();
    add(&desk, 0, SAMPLE_SAFE_CLASS, 4, 28);
    add(&desk, 0, SAMPLE_SAFE_CLASS, 0, 2);
    add(&desk, 1, SAMPLE_SAFE_CLASS, 4, 30);
    judge(&desk, true);
    for (uint16_t unit = 0; unit < 2; unit++) {
        const struct release_figure *small =
            figure(&desk, RELEASE_CLASS, unit, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_GROUP, 0);
        const struct release_figure *most =
            figure(&desk, RELEASE_CLASS, unit, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_GROUP,
                   list_of(&desk, SAMPLE_SAFE_CLASS)->option[4].coarse);
        assert_true(small && most);
        assert_int_equal(small->status, RELEASE_BANDED);
        assert_int_equal(small->low, 0); /* two and none look the same */
        assert_int_equal(small->high, 4);
        assert_int_equal(most->status, RELEASE_BANDED);
        assert_int_equal(most->low, 26); /* so do 28 of 30 and all 30 */
        assert_int_equal(most->high, 30);
    }
    tear_down(&desk);
}

/* ---- Rules 5, 6: every protected cell keeps its band, whatever the answers ---- */

enum { CLASSES = 3, GROUPS = 3 };

/* Every table of a few classes and their school that agrees with the release; what each cell can be. */
struct attack {
    const struct desk *desk;
    uint16_t item;
    uint32_t classes, groups, n[CLASSES];
    uint32_t table[CLASSES + 1][GROUPS + 1];
    uint32_t low[CLASSES + 1][GROUPS + 1], high[CLASSES + 1][GROUPS + 1];
    uint64_t tables;
};

static bool agrees(const struct attack *attack, uint32_t row, uint32_t column, uint32_t value) {
    bool school = row == attack->classes;
    const struct release_figure *told =
        figure(attack->desk, school ? RELEASE_SCHOOL : RELEASE_CLASS, school ? 0 : (uint16_t)row,
               RELEASE_ITEM, attack->item, column == attack->groups ? RELEASE_MISSING : RELEASE_GROUP,
               column == attack->groups ? 0 : (uint16_t)column);
    assert_non_null(told);
    return told->status == RELEASE_HIDDEN || (value >= told->low && value <= told->high);
}

static void try_class(struct attack *attack, uint32_t row);

static void try_school(struct attack *attack) {
    for (uint32_t i = 0; i <= attack->groups; i++) {
        uint32_t sum = 0;
        for (uint32_t j = 0; j < attack->classes; j++) {
            sum += attack->table[j][i];
        }
        attack->table[attack->classes][i] = sum;
        if (!agrees(attack, attack->classes, i, sum)) {
            return;
        }
    }
    attack->tables++;
    for (uint32_t j = 0; j <= attack->classes; j++) {
        for (uint32_t i = 0; i <= attack->groups; i++) {
            uint32_t value = attack->table[j][i];
            attack->low[j][i] = value < attack->low[j][i] ? value : attack->low[j][i];
            attack->high[j][i] = value > attack->high[j][i] ? value : attack->high[j][i];
        }
    }
}

static void try_cell(struct attack *attack, uint32_t row, uint32_t column, uint32_t left) {
    if (column == attack->groups) {
        attack->table[row][column] = left;
        if (agrees(attack, row, column, left)) {
            try_class(attack, row + 1);
        }
        return;
    }
    for (uint32_t value = 0; value <= left; value++) {
        if (agrees(attack, row, column, value)) {
            attack->table[row][column] = value;
            try_cell(attack, row, column + 1, left - value);
        }
    }
}

static void try_class(struct attack *attack, uint32_t row) {
    if (row == attack->classes) {
        try_school(attack);
    } else {
        try_cell(attack, row, 0, attack->n[row]);
    }
}

static void tiny_schools_tested_with_every_table_there_is(void **state) {
    (void)state;
    static const struct sample_class classes[] = {{"1A", 1, 200, 0}, {"1B", 1, 200, 0}, {"1C", 1, 200, 0}};
    uint64_t chance = 17;
    uint32_t small = 0, exact = 0;
    for (int i = 0; i < 24; i++) {
        struct desk desk = {.made = sample_school_new(NULL, classes, CLASSES)};
        struct round *round = desk.made->sample->round;
        round->k_unit = 6;
        round->k_cell = 3;
        struct attack attack = {.desk = &desk, .item = SAMPLE_SAFE_CLASS, .classes = CLASSES};
        attack.groups = list_of(&desk, attack.item)->coarse_count;
        uint32_t truth[CLASSES + 1][GROUPS + 1] = {{0}};
        memset(attack.low, 0xFF, sizeof attack.low);
        for (uint16_t j = 0; j < CLASSES; j++) {
            attack.n[j] = 7 + sample_below(&chance, 2);
            for (uint32_t p = 0; p < attack.n[j]; p++) {
                uint16_t option = (uint16_t)(sample_below(&chance, 3) ? 4 : sample_below(&chance, 6));
                add(&desk, j, attack.item, option == 5 ? 4 : option, 1);
                uint16_t group = list_of(&desk, attack.item)->option[option == 5 ? 4 : option].coarse;
                truth[j][group]++;
                truth[CLASSES][group]++;
            }
        }
        judge(&desk, true);
        try_class(&attack, 0);
        assert_true(attack.tables > 0);
        uint32_t total = attack.n[0] + attack.n[1] + attack.n[2];
        for (uint32_t j = 0; j <= CLASSES; j++) {
            uint32_t n = j == CLASSES ? total : attack.n[j];
            for (uint32_t g = 0; g <= attack.groups; g++) {
                if (truth[j][g] < 3) {
                    assert_int_equal(attack.low[j][g], 0);
                    assert_true(attack.high[j][g] >= 2);
                    small++;
                } else if (truth[j][g] + 3 > n) {
                    assert_true(attack.low[j][g] <= n - 2);
                    assert_true(attack.high[j][g] >= n);
                    small++;
                }
                exact += attack.low[j][g] == attack.high[j][g];
            }
        }
        tear_down(&desk);
    }
    assert_true(small > 150 && exact > 5);
}

/* ---- Rule 6: conditions link items ---- */

/*
 * Pupils to whom these things happened (a mask of options), and who said `told` about it, if anything (a
 * mask).
 */
static void add_happened(struct desk *desk, uint16_t batch, uint32_t happened, uint32_t told,
                         uint32_t times) {
    sample_school_begin(desk->made, ANSWERS_ANSWERED);
    desk->made->answers->chosen[SAMPLE_HAPPENED] = happened;
    desk->made->answers->chosen[SAMPLE_TOLD] = told;
    sample_school_add(desk->made, batch, times);
}

static void how_many_were_asked_does_not_tell_what_few_chose_above(void **state) {
    (void)state;
    enum { NAMES = 1, PUSHED = 2, PHONE = 4, NOTHING = 8, YES = 1, NO = 2 };
    struct desk desk = two_classes();
    for (uint16_t i = 0; i < 2; i++) {
        add_happened(&desk, i, NAMES, YES, i ? 1 : 2);
        add_happened(&desk, i, PUSHED, YES, 5);
        add_happened(&desk, i, PUSHED, NO, i);
        add_happened(&desk, i, PUSHED | PHONE, NO, 4);
        add_happened(&desk, i, PUSHED | PHONE, YES, 1);
        add_happened(&desk, i, PHONE, 0, 5);
        add_happened(&desk, i, NOTHING, 0, 20);
        add_silent(&desk, i, ANSWERS_ANSWERED, 3);
    }
    judge(&desk, true);
    const struct release_figure *names =
        figure(&desk, RELEASE_SCHOOL, 0, RELEASE_ITEM, SAMPLE_HAPPENED, RELEASE_CHOSEN, 0);
    const struct release_figure *pushed =
        figure(&desk, RELEASE_SCHOOL, 0, RELEASE_ITEM, SAMPLE_HAPPENED, RELEASE_CHOSEN, 1);
    const struct release_figure *not_asked =
        figure(&desk, RELEASE_SCHOOL, 0, RELEASE_ITEM, SAMPLE_TOLD, RELEASE_NOT_ASKED, 0);
    assert_true(names && pushed && not_asked);
    assert_int_equal(names->status, RELEASE_BANDED);
    /* All but the not asked were asked; of these, all but the pushed were called names. */
    assert_false(pushed->status == RELEASE_PUBLISHED && not_asked->status == RELEASE_PUBLISHED);
    tear_down(&desk);
}

/* ---- Rule 7: differences are groups ---- */

static void a_year_of_one_class_is_that_class_with_its_grouping(void **state) {
    (void)state;
    static const struct sample_class classes[] = {{"1A", 1, 200, 0}, {"2A", 2, 200, 0}, {"2B", 2, 200, 0}};
    struct desk desk = {.made = sample_school_new(NULL, classes, 3)};
    for (uint16_t i = 0; i < 3; i++) {
        for (uint16_t j = 0; j < 5; j++) {
            add(&desk, i, SAMPLE_SAFE_CLASS, j, 12);
        }
        add_silent(&desk, i, ANSWERS_ANSWERED, 6);
    }
    judge(&desk, true);
    assert_int_equal(count_at(&desk, RELEASE_YEAR, 0, SAMPLE_SAFE_CLASS), 0);
    assert_int_equal(count_at(&desk, RELEASE_CLASS, 0, SAMPLE_SAFE_CLASS), 4);
    assert_non_null(figure(&desk, RELEASE_YEAR, 1, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_OPTION, 0));
    tear_down(&desk);
}

static void what_other_years_leave_over_is_protected_too(void **state) {
    (void)state;
    static const struct sample_class classes[] = {{"1A", 1, 200, 0}, {"2A", 2, 200, 0}, {"2B", 2, 200, 0}};
    struct desk desk = {.made = sample_school_new(NULL, classes, 3)};
    /* Of year 1, one pupil chose option 0; the school and year 2 minus each other would tell. */
    add(&desk, 0, SAMPLE_SAFE_CLASS, 0, 1);
    add(&desk, 0, SAMPLE_SAFE_CLASS, 1, 30);
    add(&desk, 0, SAMPLE_SAFE_CLASS, 2, 12);
    add(&desk, 0, SAMPLE_SAFE_CLASS, 4, 12);
    add_silent(&desk, 0, ANSWERS_ANSWERED, 6);
    for (uint16_t i = 1; i < 3; i++) {
        for (uint16_t j = 0; j < 5; j++) {
            add(&desk, i, SAMPLE_SAFE_CLASS, j, 12);
        }
        add_silent(&desk, i, ANSWERS_ANSWERED, 6);
    }
    judge(&desk, true);
    const struct release_figure *all =
        figure(&desk, RELEASE_SCHOOL, 0, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_OPTION, 0);
    const struct release_figure *year =
        figure(&desk, RELEASE_YEAR, 1, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_OPTION, 0);
    assert_true(all && year);
    assert_true(all->status == RELEASE_HIDDEN || year->status == RELEASE_HIDDEN);
    tear_down(&desk);
}

static void few_refusals_are_a_band_and_follow_from_nothing(void **state) {
    (void)state;
    struct desk desk = two_classes();
    add(&desk, 0, SAMPLE_SAFE_CLASS, 1, 40);
    add(&desk, 1, SAMPLE_SAFE_CLASS, 2, 40);
    add_silent(&desk, 1, ANSWERS_STOPPED, 9);
    add_silent(&desk, 1, ANSWERS_DECLINED, 2);
    judge(&desk, true);
    const struct release_figure *declined =
        figure(&desk, RELEASE_SCHOOL, 0, RELEASE_PARTICIPATION, 0, RELEASE_DECLINED, 0);
    const struct release_figure *stopped =
        figure(&desk, RELEASE_SCHOOL, 0, RELEASE_PARTICIPATION, 0, RELEASE_STOPPED, 0);
    const struct release_figure *answered =
        figure(&desk, RELEASE_SCHOOL, 0, RELEASE_PARTICIPATION, 0, RELEASE_ANSWERED, 0);
    assert_int_equal(declined->status, RELEASE_BANDED);
    assert_true(stopped->status == RELEASE_HIDDEN || answered->status == RELEASE_HIDDEN);
    assert_null(figure(&desk, RELEASE_CLASS, 1, RELEASE_PARTICIPATION, 0, RELEASE_DECLINED, 0));
    /* An item's row adds up to all contributions, so nothing is left over for those who said no. */
    assert_int_equal(figure(&desk, RELEASE_CLASS, 1, RELEASE_ITEM, SAMPLE_SAFE_CLASS, RELEASE_GROUP, 0)->n,
                     51);
    tear_down(&desk);
}

/* ---- Rule 8: means ---- */

static void add_scale(struct desk *desk, uint16_t batch, uint16_t option, uint32_t times) {
    const struct questionnaire *questionnaire = desk->made->sample->round->questionnaire;
    sample_school_begin(desk->made, ANSWERS_ANSWERED);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].scale == SAMPLE_SAFETY) {
            uint16_t mirrored = questionnaire->item[i].reverse ? (uint16_t)(4 - option) : option;
            desk->made->answers->chosen[i] = UINT32_C(1) << mirrored;
        }
    }
    sample_school_add(desk->made, batch, times);
}

static void a_mean_that_tells_what_everybody_said_is_hidden(void **state) {
    (void)state;
    struct desk desk = two_classes();
    add_scale(&desk, 0, 4, 24);
    add_scale(&desk, 1, 4, 20);
    add_scale(&desk, 1, 2, 12);
    add_scale(&desk, 1, 0, 12);
    judge(&desk, true);
    const struct release_figure *mean =
        figure(&desk, RELEASE_CLASS, 0, RELEASE_SCALE, SAMPLE_SAFETY, RELEASE_MEAN, 0);
    assert_non_null(mean);
    assert_int_equal(mean->status, RELEASE_HIDDEN);
    tear_down(&desk);
}

static void usual_classes_have_their_means(void **state) {
    (void)state;
    struct desk desk = {.made = sample_school_usual_new(NULL, 8, 2, 24, 3)};
    judge(&desk, true);
    uint32_t told = 0, all = 0;
    for (uint16_t i = 0; i < 8; i++) {
        const struct release_figure *mean =
            figure(&desk, RELEASE_CLASS, i, RELEASE_SCALE, SAMPLE_SAFETY, RELEASE_MEAN, 0);
        assert_non_null(mean);
        all++;
        if (mean->status == RELEASE_PUBLISHED) {
            assert_in_range(mean->low, 10, 50);
            assert_int_equal(mean->decimals, 1);
            assert_int_equal(mean->n, 0);
            told++;
        }
    }
    assert_true(4 * told >= 3 * all);
    tear_down(&desk);
}

static void class_means_need_three_items_and_distributions_a_year(void **state) {
    (void)state;
    struct desk desk = {.made = sample_school_usual_new(NULL, 4, 2, 24, 3)};
    judge(&desk, true);
    for (uint32_t i = 0; i < desk.content.figure_count; i++) {
        const struct release_figure *found = &desk.content.figure[i];
        assert_false(found->level == RELEASE_CLASS && found->about == RELEASE_SCALE &&
                     (found->subject == SAMPLE_WELLBEING || found->kind != RELEASE_MEAN));
    }
    assert_non_null(figure(&desk, RELEASE_YEAR, 0, RELEASE_SCALE, SAMPLE_WELLBEING, RELEASE_SCORE, 0));
    assert_non_null(figure(&desk, RELEASE_SCHOOL, 0, RELEASE_SCALE, SAMPLE_WELLBEING, RELEASE_MEAN, 0));
    tear_down(&desk);
}

/* ---- Rule 9: breakdowns ---- */

static void sizes_of_a_breakdown_need_k_unit_and_stand_from_year_level_up(void **state) {
    (void)state;
    struct desk desk = two_classes();
    add(&desk, 0, SAMPLE_GENDER, 0, 20);
    add(&desk, 0, SAMPLE_GENDER, 1, 20);
    add(&desk, 1, SAMPLE_GENDER, 2, 9);
    add(&desk, 1, SAMPLE_GENDER, 3, 20);
    add_silent(&desk, 1, ANSWERS_ANSWERED, 15);
    judge(&desk, true);
    const struct release_figure *nine =
        figure(&desk, RELEASE_SCHOOL, 0, RELEASE_ITEM, SAMPLE_GENDER, RELEASE_OPTION, 2);
    assert_non_null(nine);
    assert_int_not_equal(nine->status, RELEASE_PUBLISHED);
    assert_int_equal(count_at(&desk, RELEASE_CLASS, 0, SAMPLE_GENDER), 0);
    tear_down(&desk);
}

/* ---- Incidents ---- */

static void incidents_stand_at_class_level_only_by_choice(void **state) {
    (void)state;
    for (int chosen = 0; chosen < 2; chosen++) {
        static const struct sample_class classes[] = {{"1A", 1, 200, 0}, {"1B", 1, 200, 0}};
        struct desk desk = {.made = sample_school_new(NULL, classes, 2)};
        struct questionnaire *questionnaire = desk.made->sample->round->questionnaire;
        questionnaire->scale[SAMPLE_SAFETY].subject = QUESTIONNAIRE_SUBJECT_INCIDENTS;
        add(&desk, 0, SAMPLE_SAFE_CLASS, 0, 30);
        add(&desk, 1, SAMPLE_SAFE_CLASS, 2, 30);
        judge(&desk, chosen);
        assert_int_equal(count_at(&desk, RELEASE_CLASS, 0, SAMPLE_SAFE_CLASS) > 0, chosen);
        assert_true(count_at(&desk, RELEASE_SCHOOL, 0, SAMPLE_SAFE_CLASS) > 0);
        assert_true(count_at(&desk, RELEASE_CLASS, 0, SAMPLE_HAPPY) > 0);
        tear_down(&desk);
    }
}

static void the_same_result_gives_the_same_figures(void **state) {
    (void)state;
    struct desk one = {.made = sample_school_usual_new(NULL, 6, 3, 20, 8)};
    struct desk two = {.made = sample_school_usual_new(NULL, 6, 3, 20, 8)};
    judge(&one, false);
    judge(&two, false);
    assert_int_equal(one.content.figure_count, two.content.figure_count);
    for (uint32_t i = 0; i < one.content.figure_count; i++) {
        const struct release_figure *a = &one.content.figure[i], *b = &two.content.figure[i];
        assert_true(release_rank(a) == release_rank(b) && a->status == b->status && a->low == b->low &&
                    a->high == b->high && a->n == b->n);
        assert_true(i == 0 || release_rank(a) > release_rank(&one.content.figure[i - 1]));
    }
    tear_down(&one);
    tear_down(&two);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_in_which_few_took_part_is_hidden_whole),
        cmocka_unit_test(classes_are_coarse_and_years_full_only_when_large),
        cmocka_unit_test(small_counts_and_nearly_everybody_are_bands),
        cmocka_unit_test(tiny_schools_tested_with_every_table_there_is),
        cmocka_unit_test(how_many_were_asked_does_not_tell_what_few_chose_above),
        cmocka_unit_test(a_year_of_one_class_is_that_class_with_its_grouping),
        cmocka_unit_test(what_other_years_leave_over_is_protected_too),
        cmocka_unit_test(few_refusals_are_a_band_and_follow_from_nothing),
        cmocka_unit_test(a_mean_that_tells_what_everybody_said_is_hidden),
        cmocka_unit_test(usual_classes_have_their_means),
        cmocka_unit_test(class_means_need_three_items_and_distributions_a_year),
        cmocka_unit_test(sizes_of_a_breakdown_need_k_unit_and_stand_from_year_level_up),
        cmocka_unit_test(incidents_stand_at_class_level_only_by_choice),
        cmocka_unit_test(the_same_result_gives_the_same_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
