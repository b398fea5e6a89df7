/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <string.h>

#include "aggregator/disclosure_rule.h"
#include "aggregator/release_inside.h"
#include "tests/sample_opening.h"
#include "tests/sample_questionnaire.h"
#include "tests/sample_school.h"

/*
 * Rules 1 and 3 of docs/statistics.md directly. Rules 2 and 4-9 are asked by tests/attacker what they are
 * good for, and rule 10 by tests/house/attacker_alone.cmake.
 */

/* ---- Rule 1: content only of closed rounds ---- */

static enum fault open_it(struct sample_opening *school) {
    struct release *release = NULL;
    enum fault fault = sample_opening_run(&release, school, NULL);
    assert_true(!release == !!fault);
    release_free(release);
    return fault;
}

static void nothing_is_released_before_both_have_closed(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(5);
    closing_free(school->closing);
    school->closing = sample_opening_draft(school);
    check_fault(open_it(school), FAULT_SIGNATURE_MISSING);
    for (int i = 0; i < 2; i++) {
        check_fault(closing_sign(school->closing, school->sample->round, i, school->sample->sign_secret[i]),
                    FAULT_NONE);
        check_fault(open_it(school), i == 0 ? FAULT_SIGNATURE_MISSING : FAULT_NONE);
    }
    sample_opening_free(school);
}

/* What came in after closing is in no figure, not even in a number. */
static void what_was_not_closed_is_in_no_figure(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(6);
    struct release *before = NULL, *after = NULL;
    check_fault(sample_opening_run(&before, school, NULL), FAULT_NONE);
    uint32_t late = sample_opening_add(school, 1, 4, 20);
    check_fault(sample_opening_merge(school, late).fault, FAULT_NONE);
    check_fault(sample_opening_run(&after, school, NULL), FAULT_NONE);
    assert_int_equal(release_file(after).size, release_file(before).size);
    assert_memory_equal(release_file(after).data, release_file(before).data, release_file(before).size);
    release_free(before);
    release_free(after);
    sample_opening_free(school);
}

/* ---- Rule 3: what is told at which level follows from numbers and the questionnaire ---- */

static void judge(struct release_content *content, const struct sample_school *made) {
    struct disclosure_school school;
    check_fault(
        disclosure_school_init(&school, made->sample->round, &made->sample->layout, &made->result, false),
        FAULT_NONE);
    check_fault(disclosure_rule_apply(content, &school), FAULT_NONE);
    disclosure_school_release(&school);
}

/* Classes of so many pupils, who say the same in every class, or each class something else, or nothing. */
static struct sample_school *school_of(const uint32_t *pupils, uint16_t classes, int opinion) {
    struct sample_class class_list[8];
    static const char *const labels[] = {"1", "2", "3", "4", "5", "6", "7", "8"};
    for (uint16_t i = 0; i < classes; i++) {
        class_list[i] = (struct sample_class){labels[i], (uint16_t)(1U << i / 3), 200, 0};
    }
    struct sample_school *made = sample_school_new(NULL, class_list, classes);
    const struct questionnaire *questionnaire = made->sample->round->questionnaire;
    for (uint16_t i = 0; i < classes; i++) {
        sample_school_begin(made, ANSWERS_ANSWERED);
        for (uint16_t j = 0; opinion && j < questionnaire->item_count; j++) {
            const struct questionnaire_list *list = questionnaire_list_of(questionnaire, j);
            if (list && !questionnaire->item[j].breakdown) {
                uint32_t option = opinion == 1 ? 0 : (uint32_t)(i + j) % list->option_count;
                made->answers->chosen[j] = made->answers->shown[j] ? UINT32_C(1) << option : 0;
            }
        }
        made->answers->chosen[SAMPLE_TOLD] = 0;
        made->answers->shown[SAMPLE_TOLD] = made->answers->chosen[SAMPLE_HAPPENED] & 3;
        sample_school_add(made, i, pupils[i]);
    }
    return made;
}

static void what_is_listed_hangs_on_numbers_and_never_on_answers(void **state) {
    (void)state;
    static const uint32_t sizes[][8] = {{12, 25, 50, 51, 10, 10, 30, 90}, {10, 10, 10, 10, 11, 49, 19, 29}};
    uint32_t listed[2] = {0, 0};
    for (int size = 0; size < 2; size++) {
        struct release_content content[3];
        memset(content, 0, sizeof content);
        for (int opinion = 0; opinion < 3; opinion++) {
            struct sample_school *made = school_of(sizes[size], 8, opinion);
            judge(&content[opinion], made);
            sample_school_free(made);
        }
        for (int opinion = 1; opinion < 3; opinion++) {
            assert_int_equal(content[opinion].figure_count, content[0].figure_count);
            for (uint32_t i = 0; i < content[0].figure_count; i++) {
                assert_true(release_rank(&content[opinion].figure[i]) == release_rank(&content[0].figure[i]));
            }
        }
        listed[size] = content[0].figure_count;
        for (int opinion = 0; opinion < 3; opinion++) {
            release_content_release(&content[opinion]);
        }
    }
    assert_int_not_equal(listed[0], listed[1]); /* other numbers, other levels */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_released_before_both_have_closed),
        cmocka_unit_test(what_was_not_closed_is_in_no_figure),
        cmocka_unit_test(what_is_listed_hangs_on_numbers_and_never_on_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
