/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "bits.h"
#include "core/questionnaire.h"
#include "sample_questionnaire.h"
#include "scarce_memory.h"
#include "vector_file.h"

#define FOLDER "tests/vectors/questionnaire"

static struct bytes_buffer valid;
static struct questionnaire *trial;

/* The vector was encoded by another program, written from docs/format.md alone. */
static int set_up(void **state) {
    (void)state;
    vector_file_read(&valid, FOLDER "/valid.klq");
    check_fault(questionnaire_decode(&trial, bytes_buffer_view(&valid)), FAULT_NONE);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    scarce_memory_left = -1;
    trial = questionnaire_free(trial);
    bytes_buffer_release(&valid);
    return 0;
}

static void check_round_trip(const struct questionnaire *questionnaire, struct bytes content) {
    struct bytes_buffer again = {0};
    check_fault(questionnaire_encode(&again, questionnaire), FAULT_NONE);
    assert_int_equal(again.size, content.size);
    assert_memory_equal(again.data, content.data, content.size);
    bytes_buffer_release(&again);
}

static void check_vector(const struct vector_file_line *line, struct bytes content) {
    struct questionnaire *questionnaire = NULL;
    enum fault fault = questionnaire_decode(&questionnaire, content);
    if (strcmp(fault_name(fault), line->expected[0]) != 0) {
        fail_msg("%s: got %s, expected %s", line->name, fault_name(fault), line->expected[0]);
    }
    assert_true((questionnaire != NULL) == (fault == FAULT_NONE));
    questionnaire_free(questionnaire);
}

static void every_vector_gives_its_fault(void **state) {
    (void)state;
    assert_true(vector_file_each(FOLDER, check_vector) >= 150);
}

static void the_valid_vector_says_what_was_put_in(void **state) {
    (void)state;
    assert_string_equal(trial->name, "trial");
    assert_string_equal(trial->age_form, "12-18");
    assert_false(trial->validated);
    assert_int_equal(trial->language_count, 2);
    assert_int_equal(trial->item_count, 6);
    assert_int_equal(trial->list[0].coarse_count, 2);
    assert_int_equal(trial->list[0].option[3].kind, QUESTIONNAIRE_OPTION_RATHER_NOT);
    assert_int_equal(trial->list[1].option[2].kind, QUESTIONNAIRE_OPTION_DONT_KNOW);
    assert_true(trial->list[1].option[1].exclusive);
    assert_int_equal(trial->scale[0].item_count, 2);
    assert_int_equal(trial->scale[0].score_min, 0);
    assert_int_equal(trial->scale[0].score_max, 2);
    assert_true(trial->scale[0].high_is_good);
    assert_true(trial->item[2].reverse && trial->item[2].sensitive && !trial->item[2].breakdown);
    assert_true(trial->item[5].breakdown);
    assert_int_equal(trial->item[4].step_count, 4);
    assert_string_equal(trial->item[1].hint.in[1], "Now");
    check_round_trip(trial, bytes_buffer_view(&valid));
}

static void marks_cut_and_measure_are_read(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct questionnaire *marked = NULL;
    vector_file_read(&content, FOLDER "/valid_marks.klq");
    check_fault(questionnaire_decode(&marked, bytes_buffer_view(&content)), FAULT_NONE);
    assert_true(marked->item[1].faces && marked->item[1].has_cut && !marked->item[1].own);
    assert_int_equal(marked->item[1].cut, 1);
    assert_false(marked->item[2].faces || marked->item[2].has_cut);
    assert_true(marked->item[4].own && !marked->item[4].measure[0]);
    assert_string_equal(marked->item[5].measure, "fountain");
    assert_false(questionnaire_is_local(&marked->item[3]));
    assert_true(questionnaire_is_local(&marked->item[4]) && questionnaire_is_local(&marked->item[5]));
    check_round_trip(marked, bytes_buffer_view(&content));
    questionnaire_free(marked);
    bytes_buffer_release(&content);
}

static void appendices_are_read_and_found(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct questionnaire *more = NULL;
    uint8_t digest[DIGEST_BYTES];
    vector_file_read(&content, FOLDER "/valid_appendices.klq");
    check_fault(questionnaire_decode(&more, bytes_buffer_view(&content)), FAULT_NONE);
    assert_int_equal(more->language[0].translation, QUESTIONNAIRE_TRANSLATION_NOT_SAID);
    assert_int_equal(more->language[1].translation, QUESTIONNAIRE_TRANSLATION_DRAFT);
    assert_int_equal(more->recording_count, 3);
    crypto_generichash(digest, sizeof digest, (const uint8_t *)"y", 1, NULL, 0);
    const struct questionnaire_recording *found =
        questionnaire_find_recording(more, QUESTIONNAIRE_RECORDED_ITEM, 1, 0, 1);
    assert_non_null(found);
    assert_true(found->robot);
    assert_memory_equal(found->digest, digest, sizeof digest);
    assert_null(questionnaire_find_recording(more, QUESTIONNAIRE_RECORDED_OPTION, 0, 1, 0));
    assert_non_null(questionnaire_find_recording(more, QUESTIONNAIRE_RECORDED_OPTION, 0, 2, 0));
    assert_int_equal(more->reference_count, 2);
    assert_int_equal(more->reference[0].mean, 1400);
    assert_string_equal(more->reference[1].whom.in[0], "Anderen");
    assert_non_null(questionnaire_find_conversion(more, 0));
    assert_null(questionnaire_find_conversion(more, 1));
    assert_int_equal(questionnaire_find_conversion(more, 0)->value[0], -3100);
    assert_int_equal(questionnaire_find_conversion(more, 0)->value[4], 3000);
    check_round_trip(more, bytes_buffer_view(&content));
    questionnaire_free(more);
    bytes_buffer_release(&content);
}

static void check_item_digest(uint16_t item, const char *expected, bool same) {
    uint8_t digest[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];
    check_fault(questionnaire_item_digest(digest, trial, item), FAULT_NONE);
    digest_hex(hex, digest, sizeof digest);
    if ((strcmp(hex, expected) == 0) != same) {
        fail_msg("%s, expected %s%s", hex, same ? "" : "not ", expected);
    }
}

/* Computed by another program, from docs/format.md alone. */
#define HAPPY "b4f1b188afb188fadb9f150534ffefafe652cafa1c8b0f9c9eb016ac71e5aac6"

static void an_item_digest_follows_name_kind_wording_and_options(void **state) {
    (void)state;
    struct questionnaire_item *item = &trial->item[1];
    struct questionnaire_option *option = &trial->list[0].option[1];
    check_item_digest(1, HAPPY, true);
    check_item_digest(2, HAPPY, false);
    item->name[0]++;
    check_item_digest(1, HAPPY, false);
    item->name[0]--;
    item->kind = QUESTIONNAIRE_SELECT_MULTIPLE;
    check_item_digest(1, HAPPY, false);
    item->kind = QUESTIONNAIRE_SELECT_ONE;
    item->label.in[0][0]++;
    check_item_digest(1, HAPPY, false);
    item->label.in[0][0]--;
    option->name[0]++;
    check_item_digest(1, HAPPY, false);
    option->name[0]--;
    option->label.in[0][0]++;
    check_item_digest(1, HAPPY, false);
    option->label.in[0][0]--;
    trial->list[0].option_count--;
    check_item_digest(1, HAPPY, false);
    trial->list[0].option_count++;
    check_item_digest(1, HAPPY, true);
    check_item_digest(0, HAPPY, false); /* a note has a digest too */
}

static void an_item_digest_follows_nothing_else(void **state) {
    (void)state;
    struct questionnaire_item *item = &trial->item[1];
    item->label.in[1][0]++;
    item->hint.in[0][0]++;
    item->sensitive = item->reverse = item->has_cut = true;
    item->scale = item->section = QUESTIONNAIRE_NONE;
    trial->list[0].option[1].label.in[1][0]++;
    trial->list[0].option[1].score++;
    trial->list[0].option[1].coarse++;
    trial->list[0].name[0]++;
    check_item_digest(1, HAPPY, true);
}

static void the_subject_of_an_item_is_that_of_its_scale(void **state) {
    (void)state;
    assert_int_equal(questionnaire_subject_of(trial, 1), QUESTIONNAIRE_SUBJECT_WELLBEING);
    assert_int_equal(questionnaire_subject_of(trial, 0), QUESTIONNAIRE_SUBJECT_OTHER);
    assert_int_equal(questionnaire_subject_of(trial, 5), QUESTIONNAIRE_SUBJECT_OTHER);
    assert_int_equal(questionnaire_subject_of(trial, QUESTIONNAIRE_NONE), QUESTIONNAIRE_SUBJECT_OTHER);
}

/* Whatever is accepted must be the only spelling of what it says. */
static void look_at_damage(struct bytes damaged, size_t bit, void *context) {
    struct questionnaire *questionnaire = NULL;
    (void)bit;
    size_t *accepted = context;
    if (questionnaire_decode(&questionnaire, damaged) == FAULT_NONE) {
        check_round_trip(questionnaire, damaged);
        ++*accepted;
    }
    questionnaire_free(questionnaire);
}

static void a_flipped_bit_is_refused_or_makes_another_canonical_file(void **state) {
    (void)state;
    size_t accepted = 0;
    bits_flip_each(bytes_buffer_view(&valid), look_at_damage, &accepted);
    assert_true(accepted > 0); /* a letter that became another letter */
}

static void a_shorter_or_longer_file_is_refused(void **state) {
    (void)state;
    size_t accepted = 0;
    bits_resize_each(bytes_buffer_view(&valid), look_at_damage, &accepted);
    assert_int_equal(accepted, 0);
}

static void more_than_a_mebibyte_is_refused_before_it_is_read(void **state) {
    (void)state;
    struct questionnaire *questionnaire = NULL;
    uint8_t *large = calloc(QUESTIONNAIRE_BYTES_LIMIT + 1, 1);
    assert_non_null(large);
    memcpy(large, valid.data, valid.size);
    check_fault(questionnaire_decode(&questionnaire, (struct bytes){large, QUESTIONNAIRE_BYTES_LIMIT + 1}),
                FAULT_FILE_TOO_LARGE);
    check_fault(questionnaire_decode(&questionnaire, (struct bytes){large, QUESTIONNAIRE_BYTES_LIMIT}),
                FAULT_TRAILING);
    free(large);
}

static char *copy_of(const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, text, size);
    return copy;
}

/* 22 notes of 12 texts of 2 kB, twice, are within every single limit and together over a mebibyte. */
static void what_could_not_be_read_back_does_not_pass_the_check(void **state) {
    (void)state;
    char text[QUESTIONNAIRE_TEXT_SIZE];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (uint16_t i = 2; i < QUESTIONNAIRE_LANGUAGES; i++) {
        snprintf(trial->language[i].code, sizeof trial->language[i].code, "x%c", 'a' + i);
        snprintf(trial->language[i].name, sizeof trial->language[i].name, "Language %c", 'a' + i);
    }
    trial->language_count = QUESTIONNAIRE_LANGUAGES;
    for (unsigned i = 0; i < 22; i++) {
        struct questionnaire_item *item = &trial->item[trial->item_count++];
        snprintf(item->name, sizeof item->name, "note_%u", i);
        item->list = item->section = item->scale = QUESTIONNAIRE_NONE;
        for (size_t j = 0; j < QUESTIONNAIRE_LANGUAGES; j++) {
            item->label.in[j] = copy_of(text);
            item->hint.in[j] = copy_of(text);
        }
    }
    check_fault(questionnaire_check(trial), FAULT_LIMIT);
    trial->item_count--;
    check_fault(questionnaire_check(trial), FAULT_NONE);
}

static void random_questionnaires_survive_the_round_trip(void **state) {
    (void)state;
    uint8_t before[DIGEST_BYTES] = {0}, digest[DIGEST_BYTES], again[DIGEST_BYTES];
    for (uint64_t seed = 0; seed < 200; seed++) {
        struct questionnaire *made = sample_questionnaire_random(seed), *read = NULL;
        struct bytes_buffer content = {0};
        check_fault(questionnaire_encode(&content, made), FAULT_NONE);
        check_fault(questionnaire_decode(&read, bytes_buffer_view(&content)), FAULT_NONE);
        check_round_trip(read, bytes_buffer_view(&content));
        check_fault(questionnaire_digest(digest, made), FAULT_NONE);
        check_fault(questionnaire_digest(again, read), FAULT_NONE);
        assert_memory_equal(digest, again, sizeof digest);
        assert_memory_not_equal(digest, before, sizeof digest);
        memcpy(before, digest, sizeof before);
        bytes_buffer_release(&content);
        questionnaire_free(made);
        questionnaire_free(read);
    }
}

static void running_out_of_memory_anywhere_gives_only_that_fault(void **state) {
    (void)state;
    struct questionnaire *questionnaire = NULL;
    enum fault fault = FAULT_MEMORY;
    long at = 0;
    for (; fault == FAULT_MEMORY && at < 10000; at++) {
        scarce_memory_left = at;
        fault = questionnaire_decode(&questionnaire, bytes_buffer_view(&valid));
        scarce_memory_left = -1;
        assert_true((questionnaire != NULL) == (fault == FAULT_NONE));
    }
    check_fault(fault, FAULT_NONE);
    assert_true(at > 30);
    questionnaire_free(questionnaire);
}

/*
 * Gives item 4 (`told`) a condition. Items: 1 happy {never, sometimes, always, rather_not}, 3 helpers
 * {friend, nobody, dont_know}.
 */
static void set_condition(const struct questionnaire_step *step, uint16_t count) {
    trial->item[4].step_count = count;
    memcpy(trial->item[4].step, step, count * sizeof *step);
    check_fault(questionnaire_check(trial), FAULT_NONE);
}

static bool asks(uint32_t happy, uint32_t helpers) {
    const uint32_t chosen[6] = {0, happy, 0, helpers, 0, 0};
    return questionnaire_asks(trial, 4, chosen);
}

static void a_comparison_holds_for_its_option_only(void **state) {
    (void)state;
    set_condition((const struct questionnaire_step[]){{QUESTIONNAIRE_EQUALS, 1, 2}}, 1);
    assert_false(asks(0, 0));
    assert_false(asks(1u << 0, 0));
    assert_true(asks(1u << 2, 0));
    set_condition((const struct questionnaire_step[]){{QUESTIONNAIRE_NOT_EQUALS, 1, 2}}, 1);
    assert_true(asks(0, 0)); /* unanswered is not that option */
    assert_true(asks(1u << 3, 0));
    assert_false(asks(1u << 2, 0));
    set_condition((const struct questionnaire_step[]){{QUESTIONNAIRE_SELECTED, 3, 0}}, 1);
    assert_false(asks(0, 1u << 1));
    assert_true(asks(0, 1u << 0 | 1u << 1));
}

static void and_or_and_not_follow_their_truth_tables(void **state) {
    (void)state;
    const struct questionnaire_step a = {QUESTIONNAIRE_EQUALS, 1, 0}, b = {QUESTIONNAIRE_SELECTED, 3, 0};
    const struct questionnaire_step both = {QUESTIONNAIRE_AND, 0, 0}, either = {QUESTIONNAIRE_OR, 0, 0};
    const struct questionnaire_step neither = {QUESTIONNAIRE_NOT, 0, 0};
    for (unsigned row = 0; row < 4; row++) {
        bool is_a = row & 1u, is_b = row & 2u;
        set_condition((const struct questionnaire_step[]){a, b, both}, 3);
        assert_int_equal(asks(is_a, is_b), is_a && is_b);
        set_condition((const struct questionnaire_step[]){a, b, either}, 3);
        assert_int_equal(asks(is_a, is_b), is_a || is_b);
        set_condition((const struct questionnaire_step[]){a, neither, b, both}, 4);
        assert_int_equal(asks(is_a, is_b), !is_a && is_b);
        set_condition((const struct questionnaire_step[]){a, b, either, neither}, 4);
        assert_int_equal(asks(is_a, is_b), !(is_a || is_b));
    }
}

static void an_item_that_was_not_asked_counts_as_unanswered_whatever_its_mask_says(void **state) {
    (void)state;
    set_condition((const struct questionnaire_step[]){{QUESTIONNAIRE_EQUALS, 1, 2}}, 1);
    trial->item[5].breakdown = false;
    trial->item[5].step_count = 1;
    trial->item[5].step[0] = (struct questionnaire_step){QUESTIONNAIRE_EQUALS, 4, 0};
    check_fault(questionnaire_check(trial), FAULT_NONE);
    const uint32_t asked[6] = {0, 1u << 2, 0, 0, 1, 0}, not_asked[6] = {0, 1u << 0, 0, 0, 1, 0};
    assert_true(questionnaire_asks(trial, 5, asked));
    assert_false(questionnaire_asks(trial, 5, not_asked));
    trial->item[5].step[0].kind = QUESTIONNAIRE_NOT_EQUALS;
    assert_true(questionnaire_asks(trial, 5, not_asked));
}

static void an_item_without_condition_is_always_asked_and_one_that_does_not_exist_never(void **state) {
    (void)state;
    const uint32_t chosen[6] = {0};
    assert_true(questionnaire_asks(trial, 0, chosen));
    assert_true(questionnaire_asks(trial, 1, chosen));
    assert_false(questionnaire_asks(trial, 6, chosen));
    assert_false(questionnaire_asks(trial, QUESTIONNAIRE_NONE, chosen));
}

static void a_missing_translation_falls_back_and_says_so(void **state) {
    (void)state;
    bool fallback = true;
    struct questionnaire_text text = {{copy_of("hallo"), NULL, copy_of("tere")}};
    assert_string_equal(questionnaire_text_in(&text, 2, &fallback), "tere");
    assert_false(fallback);
    assert_string_equal(questionnaire_text_in(&text, 1, &fallback), "hallo");
    assert_true(fallback);
    assert_string_equal(questionnaire_text_in(&text, QUESTIONNAIRE_NONE, NULL), "hallo");
    free(text.in[0]);
    free(text.in[2]);
    text = (struct questionnaire_text){{NULL}};
    assert_string_equal(questionnaire_text_in(&text, 0, NULL), "");
}

static void parts_are_found_by_name(void **state) {
    (void)state;
    assert_int_equal(questionnaire_find_item(trial, "told"), 4);
    assert_int_equal(questionnaire_find_item(trial, "tol"), QUESTIONNAIRE_NONE);
    assert_int_equal(questionnaire_find_option(&trial->list[1], "nobody"), 1);
    assert_int_equal(questionnaire_find_option(&trial->list[1], "yes"), QUESTIONNAIRE_NONE);
    assert_int_equal(questionnaire_find_language(trial, "en"), 1);
    assert_int_equal(questionnaire_find_language(trial, "tr"), QUESTIONNAIRE_NONE);
    assert_null(questionnaire_list_of(trial, 0));
    assert_ptr_equal(questionnaire_list_of(trial, 3), &trial->list[1]);
    assert_null(questionnaire_list_of(trial, 6));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(every_vector_gives_its_fault),
        TEST(the_valid_vector_says_what_was_put_in),
        TEST(marks_cut_and_measure_are_read),
        TEST(appendices_are_read_and_found),
        TEST(an_item_digest_follows_name_kind_wording_and_options),
        TEST(an_item_digest_follows_nothing_else),
        TEST(the_subject_of_an_item_is_that_of_its_scale),
        TEST(a_flipped_bit_is_refused_or_makes_another_canonical_file),
        TEST(a_shorter_or_longer_file_is_refused),
        TEST(more_than_a_mebibyte_is_refused_before_it_is_read),
        TEST(what_could_not_be_read_back_does_not_pass_the_check),
        TEST(random_questionnaires_survive_the_round_trip),
        TEST(running_out_of_memory_anywhere_gives_only_that_fault),
        TEST(a_comparison_holds_for_its_option_only),
        TEST(and_or_and_not_follow_their_truth_tables),
        TEST(an_item_that_was_not_asked_counts_as_unanswered_whatever_its_mask_says),
        TEST(an_item_without_condition_is_always_asked_and_one_that_does_not_exist_never),
        TEST(a_missing_translation_falls_back_and_says_so),
        TEST(parts_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
