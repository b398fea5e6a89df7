/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/answers.h"
#include "core/secret.h"
#include "sample_questionnaire.h"

#include <string.h>

struct desk {
    struct questionnaire *questionnaire;
    struct answers *answers;
};

static int set_up(void **state) {
    static struct desk desk;
    desk.questionnaire = sample_questionnaire();
    check_fault(answers_new(&desk.answers), FAULT_NONE);
    *state = &desk;
    return 0;
}

static int tear_down(void **state) {
    struct desk *desk = *state;
    desk->answers = answers_free(desk->answers);
    desk->questionnaire = questionnaire_free(desk->questionnaire);
    return 0;
}

static void choose(struct desk *desk, uint16_t item, const char *option) {
    sample_choose(desk->answers, desk->questionnaire, item, option);
}

static enum answers_state state_of(const struct desk *desk, uint16_t item) {
    return answers_state_of(desk->answers, desk->questionnaire, item);
}

static void new_answers_are_all_zero(void **state) {
    const struct desk *desk = *state;
    assert_true(sodium_is_zero((const unsigned char *)desk->answers, sizeof *desk->answers));
    assert_null(answers_free(NULL));
}

static void forgetting_leaves_nothing_behind(void **state) {
    struct desk *desk = *state;
    memset(desk->answers, 0xA5, sizeof *desk->answers);
    answers_forget(desk->answers);
    assert_true(sodium_is_zero((const unsigned char *)desk->answers, sizeof *desk->answers));
}

static void a_second_tap_in_select_one_moves_the_choice(void **state) {
    struct desk *desk = *state;
    choose(desk, SAMPLE_SAFE_CLASS, "never");
    choose(desk, SAMPLE_SAFE_CLASS, "always");
    assert_int_equal(desk->answers->chosen[SAMPLE_SAFE_CLASS], 1u << 4);
    choose(desk, SAMPLE_SAFE_CLASS, "always");
    assert_int_equal(desk->answers->chosen[SAMPLE_SAFE_CLASS], 1u << 4);
}

static void a_tap_in_select_multiple_toggles(void **state) {
    struct desk *desk = *state;
    choose(desk, SAMPLE_HAPPENED, "called_names");
    choose(desk, SAMPLE_HAPPENED, "phone");
    assert_int_equal(desk->answers->chosen[SAMPLE_HAPPENED], 1u | 1u << 2);
    choose(desk, SAMPLE_HAPPENED, "called_names");
    assert_int_equal(desk->answers->chosen[SAMPLE_HAPPENED], 1u << 2);
    choose(desk, SAMPLE_HAPPENED, "phone");
    assert_int_equal(desk->answers->chosen[SAMPLE_HAPPENED], 0);
}

static void an_exclusive_option_clears_the_others_and_is_cleared_by_them(void **state) {
    struct desk *desk = *state;
    choose(desk, SAMPLE_HAPPENED, "called_names");
    choose(desk, SAMPLE_HAPPENED, "pushed");
    choose(desk, SAMPLE_HAPPENED, "nothing");
    assert_int_equal(desk->answers->chosen[SAMPLE_HAPPENED], 1u << 3);
    choose(desk, SAMPLE_HAPPENED, QUESTIONNAIRE_RATHER_NOT);
    assert_int_equal(desk->answers->chosen[SAMPLE_HAPPENED], 1u << 4);
    choose(desk, SAMPLE_HAPPENED, "phone");
    assert_int_equal(desk->answers->chosen[SAMPLE_HAPPENED], 1u << 2);
}

static void a_tap_out_of_range_does_nothing(void **state) {
    struct desk *desk = *state;
    answers_choose(desk->answers, desk->questionnaire, SAMPLE_SAFE_CLASS, 7);
    answers_choose(desk->answers, desk->questionnaire, SAMPLE_WELCOME, 0);
    answers_choose(desk->answers, desk->questionnaire, SAMPLE_ITEMS, 0);
    answers_choose(desk->answers, desk->questionnaire, UINT16_MAX, UINT16_MAX);
    answers_clear(desk->answers, UINT16_MAX);
    assert_true(sodium_is_zero((const unsigned char *)desk->answers, sizeof *desk->answers));
}

static void clearing_takes_the_choice_back(void **state) {
    struct desk *desk = *state;
    choose(desk, SAMPLE_SAFE_CLASS, "never");
    answers_clear(desk->answers, SAMPLE_SAFE_CLASS);
    assert_int_equal(state_of(desk, SAMPLE_SAFE_CLASS), ANSWERS_STATE_SKIPPED);
}

static void the_four_missing_codes_are_kept_apart(void **state) {
    struct desk *desk = *state;
    assert_int_equal(state_of(desk, SAMPLE_SAFE_CLASS), ANSWERS_STATE_NOT_ASKED);
    desk->answers->shown[SAMPLE_SAFE_CLASS] = true;
    assert_int_equal(state_of(desk, SAMPLE_SAFE_CLASS), ANSWERS_STATE_SKIPPED);
    choose(desk, SAMPLE_SAFE_CLASS, QUESTIONNAIRE_DONT_KNOW);
    assert_int_equal(state_of(desk, SAMPLE_SAFE_CLASS), ANSWERS_STATE_DONT_KNOW);
    choose(desk, SAMPLE_SAFE_CLASS, QUESTIONNAIRE_RATHER_NOT);
    assert_int_equal(state_of(desk, SAMPLE_SAFE_CLASS), ANSWERS_STATE_RATHER_NOT);
    choose(desk, SAMPLE_SAFE_CLASS, "never");
    assert_int_equal(state_of(desk, SAMPLE_SAFE_CLASS), ANSWERS_STATE_ANSWER);
    choose(desk, SAMPLE_HAPPENED, QUESTIONNAIRE_RATHER_NOT);
    assert_int_equal(state_of(desk, SAMPLE_HAPPENED), ANSWERS_STATE_RATHER_NOT);
}

static void what_is_no_longer_asked_is_not_asked_whatever_was_chosen(void **state) {
    struct desk *desk = *state;
    choose(desk, SAMPLE_HAPPENED, "called_names");
    choose(desk, SAMPLE_TOLD, "yes");
    assert_int_equal(state_of(desk, SAMPLE_TOLD), ANSWERS_STATE_ANSWER);
    choose(desk, SAMPLE_HAPPENED, "nothing");
    assert_int_equal(state_of(desk, SAMPLE_TOLD), ANSWERS_STATE_NOT_ASKED);
    assert_int_equal(state_of(desk, SAMPLE_WELCOME), ANSWERS_STATE_NOT_ASKED);
    assert_int_equal(state_of(desk, UINT16_MAX), ANSWERS_STATE_NOT_ASKED);
}

static void check_mask(struct desk *desk, uint16_t item, uint32_t mask, enum fault expected) {
    desk->answers->chosen[item] = mask;
    check_fault(answers_check(desk->answers, desk->questionnaire), expected);
    desk->answers->chosen[item] = 0;
}

static void impossible_answers_are_refused(void **state) {
    struct desk *desk = *state;
    check_mask(desk, SAMPLE_SAFE_CLASS, 1u << 6, FAULT_NONE);
    check_mask(desk, SAMPLE_SAFE_CLASS, 1u << 7, FAULT_ANSWERS);
    check_mask(desk, SAMPLE_SAFE_CLASS, 1u << 31, FAULT_ANSWERS);
    check_mask(desk, SAMPLE_SAFE_CLASS, 3, FAULT_ANSWERS);
    check_mask(desk, SAMPLE_HAPPENED, 7, FAULT_NONE);
    check_mask(desk, SAMPLE_HAPPENED, 1u << 3, FAULT_NONE);
    check_mask(desk, SAMPLE_HAPPENED, 1u << 3 | 1, FAULT_ANSWERS);
    check_mask(desk, SAMPLE_HAPPENED, 1u << 4 | 1, FAULT_ANSWERS);
    check_mask(desk, SAMPLE_WELCOME, 1, FAULT_ANSWERS);
    check_mask(desk, SAMPLE_ITEMS, 1, FAULT_ANSWERS);
    check_mask(desk, QUESTIONNAIRE_ITEMS - 1, 1, FAULT_ANSWERS);
    desk->answers->participation = (enum answers_participation)3;
    check_fault(answers_check(desk->answers, desk->questionnaire), FAULT_ANSWERS);
}

static void taps_alone_never_make_impossible_answers(void **state) {
    struct desk *desk = *state;
    uint64_t chance = 1;
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct questionnaire *questionnaire = sample_questionnaire_random(seed);
        for (int i = 0; i < 50; i++) {
            sample_answers(desk->answers, questionnaire, &chance);
            check_fault(answers_check(desk->answers, questionnaire), FAULT_NONE);
        }
        questionnaire_free(questionnaire);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(new_answers_are_all_zero),
        TEST(forgetting_leaves_nothing_behind),
        TEST(a_second_tap_in_select_one_moves_the_choice),
        TEST(a_tap_in_select_multiple_toggles),
        TEST(an_exclusive_option_clears_the_others_and_is_cleared_by_them),
        TEST(a_tap_out_of_range_does_nothing),
        TEST(clearing_takes_the_choice_back),
        TEST(the_four_missing_codes_are_kept_apart),
        TEST(what_is_no_longer_asked_is_not_asked_whatever_was_chosen),
        TEST(impossible_answers_are_refused),
        TEST(taps_alone_never_make_impossible_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
