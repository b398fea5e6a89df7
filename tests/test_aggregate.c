/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdlib.h>
#include <string.h>

#include "tests/sample_opening.h"

struct table {
    struct sample_opening *school;
    struct opening opening;
    struct prepare pair[2];
    struct bytes_buffer file;
};

static struct table *set_up(uint64_t seed) {
    struct table *table = calloc(1, sizeof *table);
    uint16_t at = 0;
    assert_non_null(table);
    table->school = sample_opening_full(seed);
    check_fault(opening_init(&table->opening, table->school->workspace, table->school->sample->round,
                             table->school->closing),
                FAULT_NONE);
    check_fault(sample_opening_prepare(table->pair, &table->opening, table->school, NULL), FAULT_NONE);
    check_fault(aggregate_make(&table->file, &table->opening, &table->school->holder[1], table->pair, &at),
                FAULT_NONE);
    return table;
}

static void tear_down(struct table *table) {
    prepare_release(&table->pair[0]);
    prepare_release(&table->pair[1]);
    bytes_buffer_release(&table->file);
    opening_release(&table->opening);
    sample_opening_free(table->school);
    free(table);
}

static enum fault combine_fault(struct table *table) {
    struct combine_result result;
    uint16_t at = 0;
    enum fault fault = combine_make(&result, &table->opening, &table->school->holder[0], table->pair,
                                    bytes_buffer_view(&table->file), &at);
    combine_result_release(&result);
    return fault;
}

static void every_flipped_bit_of_the_file_is_noticed(void **state) {
    (void)state;
    struct table *table = set_up(1);
    struct bytes_buffer *file = &table->file;
    size_t step = file->size * 8 / 4000 + 1;
    for (size_t i = 0; i < file->size * 8; i += i < 174 * 8 ? 1 : step) {
        struct aggregate_head head;
        struct bytes sealed;
        file->data[i / 8] ^= (uint8_t)(1u << (i % 8));
        assert_true(aggregate_decode(&head, &sealed, bytes_buffer_view(file)) != FAULT_NONE);
        file->data[i / 8] ^= (uint8_t)(1u << (i % 8));
    }
    for (size_t size = 0; size < file->size; size += 97) {
        struct aggregate_head head;
        struct bytes sealed;
        assert_true(aggregate_decode(&head, &sealed, (struct bytes){file->data, size}) != FAULT_NONE);
    }
    check_fault(combine_fault(table), FAULT_NONE);
    tear_down(table);
}

static void it_answers_one_statement_of_one_closing_list(void **state) {
    (void)state;
    struct table *table = set_up(2);
    table->pair[0].digest[0] ^= 1;
    check_fault(combine_fault(table), FAULT_STATEMENTS_DIFFER);
    tear_down(table);
}

/* The file made again by `change`, signed as it should be. */
static void remake(struct table *table,
                   void (*change)(struct aggregate_head *, struct aggregate_sums *, struct batch_list *),
                   int box, int signer) {
    struct aggregate_head head;
    struct aggregate_sums sums;
    struct batch_list batches;
    struct bytes sealed;
    const struct round *round = table->school->sample->round;
    const struct opening_holder *holder = &table->school->holder[1];
    check_fault(aggregate_decode(&head, &sealed, bytes_buffer_view(&table->file)), FAULT_NONE);
    check_fault(batch_derive(&batches, round, table->school->closing, NULL, 0), FAULT_NONE);
    check_fault(aggregate_add(&sums, &table->opening, &batches, &holder, 1), FAULT_NONE);
    uint16_t batch_count = batches.batch_count;
    if (change) {
        change(&head, &sums, &batches);
    }
    memcpy(head.sign_key, round->holder[signer].sign_key, 32);
    table->file.size = 0;
    check_fault(aggregate_encode(&table->file, &head, &sums, &batches, table->opening.layout.digest,
                                 round->holder[box].box_key, table->school->sample->sign_secret[signer]),
                FAULT_NONE);
    batches.batch_count = batch_count;
    aggregate_sums_release(&sums);
    batch_list_release(&batches);
}

static void other_round(struct aggregate_head *head, struct aggregate_sums *sums,
                        struct batch_list *batches) {
    (void)sums;
    (void)batches;
    head->round_digest[0] ^= 1;
}

static void other_batch(struct aggregate_head *head, struct aggregate_sums *sums,
                        struct batch_list *batches) {
    (void)sums;
    (void)head;
    batches->batch[1].digest[0] ^= 1;
}

static void other_strata(struct aggregate_head *head, struct aggregate_sums *sums,
                         struct batch_list *batches) {
    (void)sums;
    (void)head;
    batches->batch[0].stratum = 1;
}

static void fewer_batches(struct aggregate_head *head, struct aggregate_sums *sums,
                          struct batch_list *batches) {
    (void)head;
    sums->batch_count--;
    batches->batch_count--;
}

static void one_counter(struct aggregate_head *head, struct aggregate_sums *sums,
                        struct batch_list *batches) {
    (void)head;
    (void)batches;
    sums->memory[0]++;
}

static void what_is_sealed_inside_must_be_what_was_agreed(void **state) {
    (void)state;
    struct table *table = set_up(3);
    remake(table, NULL, 0, 1);
    check_fault(combine_fault(table), FAULT_NONE);
    remake(table, other_round, 0, 1);
    check_fault(combine_fault(table), FAULT_ROUND_OTHER);
    tear_down(table);
    void (*const changes[])(struct aggregate_head *, struct aggregate_sums *,
                            struct batch_list *) = {other_batch, other_strata, fewer_batches};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        table = set_up(3);
        remake(table, changes[i], 0, 1);
        check_fault(combine_fault(table), FAULT_STATEMENTS_DIFFER);
        tear_down(table);
    }
}

static void it_must_be_sealed_to_holder_0_and_signed_by_holder_1(void **state) {
    (void)state;
    struct table *table = set_up(4);
    remake(table, NULL, 1, 1);
    check_fault(combine_fault(table), FAULT_RECORD_SEALED);
    remake(table, NULL, 0, 0);
    check_fault(combine_fault(table), FAULT_KEY_WRONG);
    tear_down(table);
}

static void a_counter_that_was_changed_refuses_the_batch(void **state) {
    (void)state;
    struct table *table = set_up(5);
    struct combine_result result;
    uint16_t at = 0;
    remake(table, one_counter, 0, 1);
    check_fault(combine_make(&result, &table->opening, &table->school->holder[0], table->pair,
                             bytes_buffer_view(&table->file), &at),
                FAULT_NONE);
    assert_true(result.refused[0]);
    assert_false(result.refused[1]);
    assert_true(result.stratum_refused[0]);
    assert_false(result.stratum_refused[1]);
    combine_result_release(&result);
    tear_down(table);
}

static void sums_of(struct aggregate_sums sums[2], struct table *table, uint32_t threads) {
    struct batch_list batches;
    const struct opening_holder *both[2] = {&table->school->holder[0], &table->school->holder[1]};
    table->opening.threads = threads;
    check_fault(batch_derive(&batches, table->school->sample->round, table->school->closing, NULL, 0),
                FAULT_NONE);
    check_fault(aggregate_add(sums, &table->opening, &batches, both, 2), FAULT_NONE);
    batch_list_release(&batches);
}

static void the_number_of_threads_changes_no_sum(void **state) {
    (void)state;
    static const uint32_t threads[] = {0, 2, 3, 5, 100};
    struct table *table = set_up(8);
    struct aggregate_sums one[2];
    sums_of(one, table, 1);
    for (size_t i = 0; i < sizeof threads / sizeof *threads; i++) {
        struct aggregate_sums several[2];
        sums_of(several, table, threads[i]);
        for (int j = 0; j < 2; j++) {
            size_t counters = (size_t)one[j].batch_count * one[j].class_counters +
                              (size_t)one[j].stratum_count * one[j].school_counters;
            assert_memory_equal(several[j].memory, one[j].memory, counters * sizeof *one[j].memory);
            aggregate_sums_release(&several[j]);
        }
    }
    aggregate_sums_release(&one[0]);
    aggregate_sums_release(&one[1]);
    tear_down(table);
}

/*
 * Bundle 1 is missing, and bundle 3 names another class: every number of threads meets the first of the two.
 */
static void the_number_of_threads_changes_no_fault(void **state) {
    (void)state;
    struct table *table = set_up(9);
    struct batch_list batches;
    const struct opening_holder *holder = &table->school->holder[1];
    struct closing_bundle *bundle = table->school->closing->bundle;
    check_fault(batch_derive(&batches, table->school->sample->round, table->school->closing, NULL, 0),
                FAULT_NONE);
    bundle[1].digest[5] ^= 1;
    bundle[3].class_number ^= 7;
    for (uint32_t threads = 1; threads <= 6; threads++) {
        struct aggregate_sums sums;
        table->opening.threads = threads;
        check_fault(aggregate_add(&sums, &table->opening, &batches, &holder, 1), FAULT_BATCH_INCOMPLETE);
        assert_null(sums.memory);
    }
    bundle[1].digest[5] ^= 1;
    for (uint32_t threads = 1; threads <= 6; threads++) {
        struct aggregate_sums sums;
        table->opening.threads = threads;
        check_fault(aggregate_add(&sums, &table->opening, &batches, &holder, 1), FAULT_DIGEST);
        assert_null(sums.memory);
    }
    batch_list_release(&batches);
    tear_down(table);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_of_threads_changes_no_sum),
        cmocka_unit_test(the_number_of_threads_changes_no_fault),
        cmocka_unit_test(every_flipped_bit_of_the_file_is_noticed),
        cmocka_unit_test(it_answers_one_statement_of_one_closing_list),
        cmocka_unit_test(what_is_sealed_inside_must_be_what_was_agreed),
        cmocka_unit_test(it_must_be_sealed_to_holder_0_and_signed_by_holder_1),
        cmocka_unit_test(a_counter_that_was_changed_refuses_the_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
