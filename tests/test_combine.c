/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/sample_opening.h"

static void combine_to_the_end(struct combine_result *result, struct sample_opening *school) {
    struct opening opening;
    struct prepare pair[2] = {{.holder = 0}};
    struct bytes_buffer file = {0};
    uint16_t at = 0;
    check_fault(opening_init(&opening, school->workspace, school->sample->round, school->closing),
                FAULT_NONE);
    check_fault(sample_opening_prepare(pair, &opening, school, NULL), FAULT_NONE);
    check_fault(aggregate_make(&file, &opening, &school->holder[1], pair, &at), FAULT_NONE);
    check_fault(combine_make(result, &opening, &school->holder[0], pair, bytes_buffer_view(&file), &at),
                FAULT_NONE);
    bytes_buffer_release(&file);
    prepare_release(&pair[0]);
    prepare_release(&pair[1]);
    opening_release(&opening);
}

static void the_opened_sums_are_the_plain_sums_of_the_measurements(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct sample_opening *school = sample_opening_full(seed);
        struct combine_result result;
        combine_to_the_end(&result, school);
        assert_int_equal(result.contributions, 200);
        assert_int_equal(result.total_count, school->sample->layout.level_first[LAYOUT_BREAKDOWN]);
        for (uint32_t i = 0; i < result.total_count; i++) {
            assert_int_equal(result.total[i], school->sums[i]);
        }
        combine_result_release(&result);
        sample_opening_free(school);
    }
}

static struct bytes_buffer copy_of(struct bytes content) {
    struct bytes_buffer copy = {0};
    bytes_put(&copy, content.data, content.size);
    return copy;
}

static void repeating_gives_the_same_release_to_the_byte(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(7);
    struct release *first = NULL, *second = NULL;
    check_fault(sample_opening_run(&first, school, NULL), FAULT_NONE);
    for (int i = 0; i < 3; i++) {
        /* On one machine, then once more as if the first time had never been. */
        school->one_machine = i > 0;
        if (i == 2) {
            (void)unlink(school->ledger[0]);
            (void)unlink(school->ledger[1]);
        }
        check_fault(sample_opening_run(&second, school, NULL), FAULT_NONE);
        assert_int_equal(release_file(first).size, release_file(second).size);
        assert_memory_equal(release_file(first).data, release_file(second).data, release_file(first).size);
        second = release_free(second);
    }
    release_free(first);
    sample_opening_free(school);
}

static void merge_in_order(struct sample_opening *school, const uint32_t *order) {
    sample_opening_empty(school);
    for (uint32_t i = 0; i < school->bundle_count; i++) {
        check_fault(sample_opening_merge(school, order[i]).fault, FAULT_NONE);
        check_fault(sample_opening_merge(school, order[i / 2]).fault, FAULT_NONE);
    }
    sample_opening_close(school);
}

static void any_order_of_merging_gives_the_same_list_and_release(void **state) {
    (void)state;
    static const uint32_t order[3][5] = {{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 4, 0, 3, 1}};
    struct sample_opening *school = sample_opening_full(11);
    struct bytes_buffer list = {0}, file = {0};
    for (int i = 0; i < 3; i++) {
        struct release *release = NULL;
        struct bytes_buffer again = {0};
        merge_in_order(school, order[i]);
        (void)unlink(school->ledger[0]);
        (void)unlink(school->ledger[1]);
        check_fault(closing_encode(&again, school->closing), FAULT_NONE);
        check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
        if (i == 0) {
            list = copy_of(bytes_buffer_view(&again));
            file = copy_of(release_file(release));
        }
        assert_int_equal(again.size, list.size);
        assert_memory_equal(again.data, list.data, list.size);
        assert_int_equal(release_file(release).size, file.size);
        assert_memory_equal(release_file(release).data, file.data, file.size);
        bytes_buffer_release(&again);
        release_free(release);
    }
    bytes_buffer_release(&list);
    bytes_buffer_release(&file);
    sample_opening_free(school);
}

static void ending_between_any_two_steps_and_repeating_gives_the_same_release(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(13);
    struct release *expected = NULL;
    check_fault(sample_opening_run(&expected, school, NULL), FAULT_NONE);
    for (int run = 0; run < 4; run++) {
        int holder = run % 2;
        school->one_machine = run >= 2;
        for (int boundary = 0; boundary < OPENING_BOUNDARIES; boundary++) {
            struct release *release = NULL;
            if (holder == 1 && boundary == OPENING_AFTER_RELEASE_ENTRY) {
                continue;
            }
            (void)unlink(school->ledger[0]);
            (void)unlink(school->ledger[1]);
            assert_true(sample_opening_ends_at(school, (enum opening_boundary)boundary, holder));
            check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
            assert_int_equal(release_file(release).size, release_file(expected).size);
            assert_memory_equal(release_file(release).data, release_file(expected).data,
                                release_file(release).size);
            release_free(release);
        }
    }
    release_free(expected);
    sample_opening_free(school);
}

static struct sample_opening *watched;

/* What is durable when her sums exist. */
static void ledger_is_written(enum opening_boundary boundary, int holder) {
    struct ledger ledger;
    if (boundary == OPENING_AFTER_LEDGER) {
        check_fault(
            ledger_open(&ledger, watched->ledger[holder], watched->sample->round->holder[holder].sign_key),
            FAULT_NONE);
        assert_int_equal(ledger.entry_count, 1);
        assert_int_equal(ledger.entry[0].kind, LEDGER_OPENED);
        ledger_release(&ledger);
    }
}

static void the_entry_is_in_the_file_before_anything_is_summed(void **state) {
    (void)state;
    struct release *release = NULL;
    watched = sample_opening_full(17);
    watched->holder[0].at_boundary = ledger_is_written;
    watched->holder[1].at_boundary = ledger_is_written;
    for (int i = 0; i < 2; i++) {
        watched->one_machine = i;
        check_fault(sample_opening_run(&release, watched, NULL), FAULT_NONE);
        release = release_free(release);
        (void)unlink(watched->ledger[0]);
        (void)unlink(watched->ledger[1]);
    }
    watched = sample_opening_free(watched);
}

static void a_batch_whose_sums_contradict_each_other_is_refused_and_the_others_proceed(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(19);
    struct combine_result result;
    uint32_t crafted = sample_opening_add_crafted(school, 3, 2, 7);
    check_fault(sample_opening_merge(school, crafted).fault, FAULT_NONE);
    sample_opening_close(school);
    combine_to_the_end(&result, school);
    assert_int_equal(result.batches.batch_count, 4);
    for (uint16_t i = 0; i < 4; i++) {
        assert_int_equal(result.refused[i], result.batches.batch[i].class_number[0] == 3);
    }
    assert_false(result.stratum_refused[0]);
    assert_true(result.stratum_refused[1]);
    assert_int_equal(result.contributions, 115);
    combine_result_release(&result);
    struct release *release = NULL;
    check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
    const struct release_content *content = release_content(release);
    for (uint16_t i = 0; i < content->batch_count; i++) {
        assert_int_equal(content->batch[i].refused, content->batch[i].class_number[0] == 3);
        assert_int_equal(content->batch[i].left_out, content->batch[i].class_number[0] >= 3);
    }
    release_free(release);
    sample_opening_free(school);
}

static void when_every_batch_is_refused_nothing_is_released(void **state) {
    (void)state;
    static const struct sample_class classes[] = {{"1A", 1, 30, 0}};
    struct sample_opening *school = sample_opening_new(classes, 1, 23);
    struct release *release = NULL;
    (void)sample_opening_add(school, 1, 0, 20);
    (void)sample_opening_add_crafted(school, 1, 1, 5);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    check_fault(sample_opening_merge(school, 1).fault, FAULT_NONE);
    sample_opening_close(school);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_BATCH_SUMS);
    assert_null(release);
    sample_opening_free(school);
}

static void a_round_with_another_release_gets_no_second_one(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(37);
    const struct round *round = school->sample->round;
    const uint8_t other[DIGEST_BYTES] = {1};
    struct release *release = NULL;
    struct ledger ledger;
    check_fault(ledger_open(&ledger, school->ledger[0], round->holder[0].sign_key), FAULT_NONE);
    check_fault(ledger_add_released(&ledger, school->closing, round, 0, other), FAULT_NONE);
    check_fault(ledger_write(&ledger, school->ledger[0]), FAULT_NONE);
    ledger_release(&ledger);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_RELEASED);
    assert_null(release);
    sample_opening_free(school);
}

static void holder_1_cannot_combine(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(29);
    struct opening opening;
    struct prepare pair[2] = {{.holder = 0}};
    struct combine_result result;
    struct bytes_buffer file = {0};
    uint16_t at = 0;
    check_fault(opening_init(&opening, school->workspace, school->sample->round, school->closing),
                FAULT_NONE);
    check_fault(sample_opening_prepare(pair, &opening, school, NULL), FAULT_NONE);
    check_fault(aggregate_make(&file, &opening, &school->holder[0], pair, &at), FAULT_KEY_WRONG);
    check_fault(aggregate_make(&file, &opening, &school->holder[1], pair, &at), FAULT_NONE);
    check_fault(combine_make(&result, &opening, &school->holder[1], pair, bytes_buffer_view(&file), &at),
                FAULT_KEY_WRONG);
    bytes_buffer_release(&file);
    prepare_release(&pair[0]);
    prepare_release(&pair[1]);
    opening_release(&opening);
    sample_opening_free(school);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_opened_sums_are_the_plain_sums_of_the_measurements),
        cmocka_unit_test(repeating_gives_the_same_release_to_the_byte),
        cmocka_unit_test(any_order_of_merging_gives_the_same_list_and_release),
        cmocka_unit_test(ending_between_any_two_steps_and_repeating_gives_the_same_release),
        cmocka_unit_test(the_entry_is_in_the_file_before_anything_is_summed),
        cmocka_unit_test(a_batch_whose_sums_contradict_each_other_is_refused_and_the_others_proceed),
        cmocka_unit_test(when_every_batch_is_refused_nothing_is_released),
        cmocka_unit_test(a_round_with_another_release_gets_no_second_one),
        cmocka_unit_test(holder_1_cannot_combine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
