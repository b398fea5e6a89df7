/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/sample_opening.h"

static void every_flipped_bit_of_a_statement_is_noticed(void **state) {
    (void)state;
    struct sample_round *sample = sample_round_small();
    struct prepare made = {.holder = 1}, read;
    struct bytes_buffer file = {0}, again = {0};
    uint8_t id[SHARE_ID_BYTES] = {5};
    memcpy(made.sign_key, sample->round->holder[1].sign_key, 32);
    check_fault(prepare_ids_add(&made.unopened, id), FAULT_NONE);
    id[0] = 2;
    check_fault(prepare_ids_add(&made.unopened, id), FAULT_NONE);
    check_fault(prepare_ids_add(&made.unopened, id), FAULT_NONE);
    check_fault(prepare_ids_add(&made.excluded, id), FAULT_NONE);
    assert_int_equal(made.unopened.count, 2);
    check_fault(prepare_encode(&file, &made, sample->sign_secret[0]), FAULT_KEY_WRONG);
    check_fault(prepare_encode(&file, &made, sample->sign_secret[1]), FAULT_NONE);
    check_fault(prepare_decode(&read, bytes_buffer_view(&file)), FAULT_NONE);
    assert_memory_equal(read.digest, made.digest, DIGEST_BYTES);
    check_fault(prepare_encode(&again, &read, sample->sign_secret[1]), FAULT_NONE);
    assert_int_equal(again.size, file.size);
    assert_memory_equal(again.data, file.data, file.size);
    prepare_release(&read);
    for (size_t i = 0; i < file.size * 8; i++) {
        file.data[i / 8] ^= (uint8_t)(1u << (i % 8));
        assert_true(prepare_decode(&read, bytes_buffer_view(&file)) != FAULT_NONE);
        file.data[i / 8] ^= (uint8_t)(1u << (i % 8));
    }
    for (size_t size = 0; size < file.size; size++) {
        assert_true(prepare_decode(&read, (struct bytes){file.data, size}) != FAULT_NONE);
    }
    prepare_release(&made);
    bytes_buffer_release(&file);
    bytes_buffer_release(&again);
    sample_round_free(sample);
}

struct table {
    struct sample_opening *school;
    struct opening opening;
    struct prepare pair[2];
    struct ledger ledger[2];
};

static struct table *set_up(uint64_t seed) {
    struct table *table = calloc(1, sizeof *table);
    assert_non_null(table);
    table->school = sample_opening_full(seed);
    struct sample_opening *school = table->school;
    check_fault(opening_init(&table->opening, school->workspace, school->sample->round, school->closing),
                FAULT_NONE);
    check_fault(sample_opening_prepare(table->pair, &table->opening, school, NULL), FAULT_NONE);
    for (int i = 0; i < 2; i++) {
        check_fault(
            ledger_open(&table->ledger[i], school->ledger[i], school->sample->round->holder[i].sign_key),
            FAULT_NONE);
    }
    return table;
}

static void tear_down(struct table *table) {
    for (int i = 0; i < 2; i++) {
        prepare_release(&table->pair[i]);
        ledger_release(&table->ledger[i]);
    }
    opening_release(&table->opening);
    sample_opening_free(table->school);
    free(table);
}

static enum fault batches_of(struct table *table, int holder) {
    struct batch_list batches;
    uint16_t at = 0;
    enum fault fault =
        prepare_batches(&batches, &table->opening, table->pair, holder, &table->ledger[holder], &at);
    batch_list_release(&batches);
    return fault;
}

static void two_statements_that_differ_stop_everything(void **state) {
    (void)state;
    struct table *table = set_up(1);
    check_fault(batches_of(table, 0), FAULT_NONE);
    check_fault(batches_of(table, 1), FAULT_NONE);
    table->pair[1].closing_digest[0] ^= 1;
    check_fault(batches_of(table, 0), FAULT_STATEMENTS_DIFFER);
    table->pair[1].closing_digest[0] ^= 1;
    check_fault(prepare_ids_add(&table->pair[0].excluded, table->school->closing->record[3].id), FAULT_NONE);
    check_fault(batches_of(table, 0), FAULT_STATEMENTS_DIFFER);
    check_fault(prepare_ids_add(&table->pair[1].excluded, table->school->closing->record[3].id), FAULT_NONE);
    check_fault(batches_of(table, 0), FAULT_NONE);
    uint8_t stranger[SHARE_ID_BYTES] = {1};
    check_fault(prepare_ids_add(&table->pair[0].excluded, stranger), FAULT_NONE);
    check_fault(prepare_ids_add(&table->pair[1].excluded, stranger), FAULT_NONE);
    check_fault(batches_of(table, 0), FAULT_STATEMENTS_DIFFER);
    tear_down(table);
}

static void statements_of_others_are_refused(void **state) {
    (void)state;
    struct table *table = set_up(2);
    table->pair[0].round_digest[5] ^= 1;
    check_fault(batches_of(table, 0), FAULT_ROUND_OTHER);
    table->pair[0].round_digest[5] ^= 1;
    struct prepare swapped = table->pair[0];
    table->pair[0] = table->pair[1];
    table->pair[1] = swapped;
    check_fault(batches_of(table, 0), FAULT_KEY_WRONG);
    memcpy(table->pair[0].sign_key, table->pair[1].sign_key, 32);
    table->pair[0].holder = 0;
    table->pair[1].holder = 1;
    check_fault(batches_of(table, 0), FAULT_KEY_WRONG);
    tear_down(table);
}

static void a_record_that_somebody_cannot_open_must_be_excluded_first(void **state) {
    (void)state;
    struct table *table = set_up(3);
    check_fault(prepare_ids_add(&table->pair[1].unopened, table->school->closing->record[7].id), FAULT_NONE);
    check_fault(batches_of(table, 0), FAULT_RECORD_SEALED);
    for (int i = 0; i < 2; i++) {
        check_fault(prepare_ids_add(&table->pair[i].excluded, table->school->closing->record[7].id),
                    FAULT_NONE);
    }
    check_fault(batches_of(table, 0), FAULT_NONE);
    tear_down(table);
}

static void an_old_ledger_is_refused_when_the_other_cites_a_newer_one(void **state) {
    (void)state;
    struct table *table = set_up(4);
    table->pair[1].other_head[0] = 1;
    check_fault(batches_of(table, 0), FAULT_LEDGER_OLD);
    check_fault(batches_of(table, 1), FAULT_NONE);
    table->pair[1].other_head[0] = 0;
    table->pair[0].own_head[0] = 1;
    check_fault(batches_of(table, 0), FAULT_LEDGER_OLD);
    tear_down(table);
}

static void what_does_not_open_is_named_and_left_out_only_when_both_say_so(void **state) {
    (void)state;
    struct sample_opening *school =
        sample_opening_new((const struct sample_class[]){{"1A", 1, 60, 0}, {"1B", 1, 60, 0}}, 2, 5);
    struct opening opening;
    struct prepare pair[2];
    struct release *release = NULL;
    (void)sample_opening_add(school, 1, 0, 30);
    (void)sample_opening_add(school, 2, 1, 30);
    struct sample_round *sample = school->sample;
    /* Its second share is sealed to somebody else, so every public check passes. */
    uint8_t keep[32], secret[32];
    memcpy(keep, sample->round->holder[1].box_key, 32);
    sample_box_key(sample->round->holder[1].box_key, secret, 888);
    uint32_t index = sample_opening_add_crafted(school, 1, 2, 0);
    memcpy(sample->round->holder[1].box_key, keep, 32);
    for (uint32_t i = 0; i <= index; i++) {
        check_fault(sample_opening_merge(school, i).fault, FAULT_NONE);
    }
    sample_opening_close(school);
    check_fault(opening_init(&opening, school->workspace, sample->round, school->closing), FAULT_NONE);
    check_fault(sample_opening_prepare(pair, &opening, school, NULL), FAULT_NONE);
    assert_int_equal(pair[0].unopened.count, 0);
    assert_int_equal(pair[1].unopened.count, 1);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_RECORD_SEALED);
    check_fault(sample_opening_run(&release, school, pair[1].unopened.ids), FAULT_NONE);
    assert_int_equal(release_content(release)->excluded_count, 1);
    assert_memory_equal(release_content(release)->excluded, pair[1].unopened.ids, SHARE_ID_BYTES);
    assert_int_equal(release_content(release)->batch[0].contributions, 30);
    release_free(release);
    prepare_release(&pair[0]);
    prepare_release(&pair[1]);
    opening_release(&opening);
    sample_opening_free(school);
}

static enum fault init_fault(struct sample_opening *school) {
    struct opening opening;
    enum fault fault = opening_init(&opening, school->workspace, school->sample->round, school->closing);
    opening_release(&opening);
    return fault;
}

static void half_signed_rounds_and_lists_do_not_open(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(6);
    check_fault(init_fault(school), FAULT_NONE);
    school->closing->is_signed[1] = false;
    check_fault(init_fault(school), FAULT_SIGNATURE_MISSING);
    school->closing->is_signed[1] = true;
    school->sample->round->is_signed[0] = false;
    check_fault(init_fault(school), FAULT_ROUND_NOT_VALID);
    school->sample->round->is_signed[0] = true;
    sample_opening_free(school);
}

static void wrong_and_swapped_keys_are_refused(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(7);
    struct release *release = NULL;
    struct unseal_key keep = school->key[0];
    school->key[0] = school->key[1];
    check_fault(sample_opening_run(&release, school, NULL), FAULT_KEY_WRONG);
    school->key[0] = keep;
    school->holder[1].sign_secret = school->sample->sign_secret[0];
    check_fault(sample_opening_run(&release, school, NULL), FAULT_KEY_WRONG);
    sample_opening_free(school);
}

static void bundles_that_are_not_here_or_were_damaged_stop_the_opening(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(8);
    struct release *release = NULL;
    sample_opening_empty(school);
    for (uint32_t i = 0; i < 4; i++) {
        check_fault(sample_opening_merge(school, i).fault, FAULT_NONE);
    }
    check_fault(sample_opening_run(&release, school, NULL), FAULT_BATCH_INCOMPLETE);
    school->bundle[4].data[school->bundle[4].size - 1] ^= 1;
    check_fault(sample_opening_merge(school, 4).fault, FAULT_NONE);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_RECORD_DAMAGED);
    sample_opening_free(school);
}

static void too_few_contributions_are_never_opened(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_new((const struct sample_class[]){{"1A", 1, 60, 0}}, 1, 9);
    struct release *release = NULL;
    (void)sample_opening_add(school, 1, 0, 9);
    check_fault(sample_opening_merge(school, 0).fault, FAULT_NONE);
    sample_opening_close(school);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_BATCH_TOO_SMALL);
    (void)sample_opening_add(school, 1, 1, 1);
    check_fault(sample_opening_merge(school, 1).fault, FAULT_NONE);
    sample_opening_close(school);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
    release_free(release);
    sample_opening_free(school);
}

static void another_closing_list_or_other_exclusions_after_opening_are_refused(void **state) {
    (void)state;
    struct sample_opening *school = sample_opening_full(10);
    struct release *release = NULL;
    check_fault(sample_opening_run(&release, school, NULL), FAULT_NONE);
    release = release_free(release);
    check_fault(sample_opening_run(&release, school, school->closing->record[11].id), FAULT_BATCH_OVERLAP);
    (void)sample_opening_add(school, 3, 4, 1);
    check_fault(sample_opening_merge(school, 5).fault, FAULT_NONE);
    sample_opening_close(school);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_ALREADY_CLOSED);
    /* Each ledger alone is enough to refuse. */
    (void)unlink(school->ledger[1]);
    check_fault(sample_opening_run(&release, school, NULL), FAULT_LEDGER_OLD);
    sample_opening_free(school);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_flipped_bit_of_a_statement_is_noticed),
        cmocka_unit_test(two_statements_that_differ_stop_everything),
        cmocka_unit_test(statements_of_others_are_refused),
        cmocka_unit_test(a_record_that_somebody_cannot_open_must_be_excluded_first),
        cmocka_unit_test(an_old_ledger_is_refused_when_the_other_cites_a_newer_one),
        cmocka_unit_test(what_does_not_open_is_named_and_left_out_only_when_both_say_so),
        cmocka_unit_test(half_signed_rounds_and_lists_do_not_open),
        cmocka_unit_test(wrong_and_swapped_keys_are_refused),
        cmocka_unit_test(bundles_that_are_not_here_or_were_damaged_stop_the_opening),
        cmocka_unit_test(too_few_contributions_are_never_opened),
        cmocka_unit_test(another_closing_list_or_other_exclusions_after_opening_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
