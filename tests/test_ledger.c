/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aggregator/ledger.h"
#include "tests/sample_round.h"

static const struct sample_class classes[] = {{"1A", 1, 60, 0}, {"1B", 1, 60, 0}, {"2A", 2, 60, 0}};
static const uint8_t unknown[DIGEST_BYTES] = {0};

struct bench {
    struct sample_round *sample;
    struct closing *closing;
    struct batch_list batches;
    struct ledger ledger;
};

static struct bench set_up(void) {
    const uint32_t counts[] = {20, 15, 12};
    uint64_t chance = 5;
    struct bench bench = {.sample = sample_round_new(classes, 3, 2)};
    bench.closing = sample_closing(bench.sample, counts, &chance);
    check_fault(sample_closing_sign(bench.closing, bench.sample), FAULT_NONE);
    check_fault(batch_derive(&bench.batches, bench.sample->round, bench.closing, NULL, 0), FAULT_NONE);
    check_fault(ledger_init(&bench.ledger, bench.sample->round->holder[0].sign_key), FAULT_NONE);
    return bench;
}

static void tear_down(struct bench *bench) {
    ledger_release(&bench->ledger);
    batch_list_release(&bench->batches);
    closing_free(bench->closing);
    sample_round_free(bench->sample);
}

static void add_both_kinds(struct bench *bench) {
    uint8_t digest[DIGEST_BYTES] = {7}, head[DIGEST_BYTES] = {9};
    check_fault(
        ledger_add_opened(&bench->ledger, &bench->batches, bench->closing, bench->sample->round, 0, head),
        FAULT_NONE);
    check_fault(ledger_add_released(&bench->ledger, bench->closing, bench->sample->round, 0, digest),
                FAULT_NONE);
}

static void what_was_added_is_read_back(void **state) {
    (void)state;
    struct bench bench = set_up();
    struct ledger again;
    uint8_t head[DIGEST_BYTES], other[DIGEST_BYTES];
    add_both_kinds(&bench);
    check_fault(ledger_decode(&again, bytes_buffer_view(&bench.ledger.content)), FAULT_NONE);
    assert_int_equal(again.entry_count, 2);
    assert_int_equal(again.torn, 0);
    assert_non_null(ledger_find_opened(&again, &bench.batches, bench.closing));
    assert_int_equal(
        ledger_find_released(&again, bench.sample->round->digest, bench.closing->digest)->release_digest[0],
        7);
    ledger_other_head(other, &again, bench.sample->round->holder[1].sign_key, bench.sample->round->digest);
    assert_int_equal(other[0], 9);
    /* A head that was seen in one round is not cited in another. */
    ledger_other_head(other, &again, bench.sample->round->holder[1].sign_key, unknown);
    assert_memory_equal(other, unknown, sizeof other);
    ledger_head(head, &again);
    assert_true(ledger_knows(&again, head));
    assert_true(ledger_knows(&again, again.entry[0].head));
    assert_true(ledger_knows(&again, unknown));
    head[3] ^= 1;
    assert_false(ledger_knows(&again, head));
    ledger_release(&again);
    tear_down(&bench);
}

static void every_flipped_bit_is_noticed(void **state) {
    (void)state;
    struct bench bench = set_up();
    add_both_kinds(&bench);
    struct bytes_buffer *content = &bench.ledger.content;
    for (size_t i = 0; i < content->size * 8; i++) {
        struct ledger again;
        content->data[i / 8] ^= (uint8_t)(1u << (i % 8));
        enum fault fault = ledger_decode(&again, bytes_buffer_view(content));
        assert_true(fault != FAULT_NONE);
        if (i >= 42 * 8) {
            check_fault(fault, FAULT_LEDGER_DAMAGED);
        }
        content->data[i / 8] ^= (uint8_t)(1u << (i % 8));
    }
    tear_down(&bench);
}

static void a_last_entry_cut_short_is_left_out_and_the_ones_before_stay(void **state) {
    (void)state;
    struct bench bench = set_up();
    add_both_kinds(&bench);
    size_t whole = bench.ledger.content.size;
    size_t second = whole - (4 + 16 + 164 + 32);
    for (size_t size = second; size < whole; size++) {
        struct ledger again;
        check_fault(ledger_decode(&again, (struct bytes){bench.ledger.content.data, size}), FAULT_NONE);
        assert_int_equal(again.entry_count, 1);
        assert_int_equal(again.torn, size - second);
        ledger_release(&again);
    }
    /* A power cut may also leave zeros where the bytes should be. */
    struct ledger again;
    memset(bench.ledger.content.data + second, 0, whole - second);
    check_fault(ledger_decode(&again, (struct bytes){bench.ledger.content.data, whole}), FAULT_NONE);
    assert_int_equal(again.entry_count, 1);
    ledger_release(&again);
    tear_down(&bench);
}

static void a_torn_tail_is_cut_off_the_file_and_writing_goes_on(void **state) {
    (void)state;
    struct bench bench = set_up();
    const uint8_t *key = bench.sample->round->holder[0].sign_key;
    char path[] = "/tmp/klankbord-ledger-XXXXXX";
    struct ledger again;
    int handle = mkstemp(path);
    assert_true(handle >= 0);
    (void)close(handle);
    add_both_kinds(&bench);
    check_fault(ledger_write(&bench.ledger, path), FAULT_NONE);
    assert_int_equal(truncate(path, (off_t)bench.ledger.content.size - 5), 0);
    check_fault(ledger_open(&again, path, key), FAULT_NONE);
    assert_int_equal(again.entry_count, 1);
    uint8_t digest[DIGEST_BYTES] = {7};
    check_fault(ledger_add_released(&again, bench.closing, bench.sample->round, 0, digest), FAULT_NONE);
    check_fault(ledger_write(&again, path), FAULT_NONE);
    ledger_release(&again);
    check_fault(ledger_open(&again, path, key), FAULT_NONE);
    assert_int_equal(again.entry_count, 2);
    assert_memory_equal(again.entry[1].head, bench.ledger.entry[1].head, DIGEST_BYTES);
    ledger_release(&again);
    check_fault(ledger_open(&again, path, bench.sample->round->holder[1].sign_key), FAULT_KEY_WRONG);
    (void)unlink(path);
    check_fault(ledger_open(&again, path, key), FAULT_NONE);
    assert_int_equal(again.entry_count, 0);
    ledger_release(&again);
    tear_down(&bench);
}

static void identical_and_disjoint_batches_may_be_opened_and_no_others(void **state) {
    (void)state;
    struct bench bench = set_up();
    struct batch_list other = {0};
    uint16_t at = 99;
    const uint32_t excluded = 0;
    add_both_kinds(&bench);
    check_fault(ledger_check_batches(&bench.ledger, &bench.batches, bench.closing, &at), FAULT_NONE);
    check_fault(batch_derive(&other, bench.sample->round, bench.closing, &excluded, 1), FAULT_NONE);
    check_fault(ledger_check_batches(&bench.ledger, &other, bench.closing, &at), FAULT_BATCH_OVERLAP);
    assert_true(at < other.batch_count);
    batch_list_release(&other);
    const uint32_t counts[] = {11, 11, 11};
    uint64_t chance = 77;
    struct closing *disjoint = sample_closing(bench.sample, counts, &chance);
    check_fault(sample_closing_sign(disjoint, bench.sample), FAULT_NONE);
    check_fault(batch_derive(&other, bench.sample->round, disjoint, NULL, 0), FAULT_NONE);
    check_fault(ledger_check_batches(&bench.ledger, &other, disjoint, &at), FAULT_NONE);
    check_fault(ledger_check_closing(&bench.ledger, disjoint), FAULT_ALREADY_CLOSED);
    check_fault(ledger_check_closing(&bench.ledger, bench.closing), FAULT_NONE);
    batch_list_release(&other);
    closing_free(disjoint);
    tear_down(&bench);
}

/*
 * `list` as a late list that names the one with digest `previous`; only what ledger_check_closing looks at.
 */
static enum fault late_fault(const struct bench *bench, const struct ledger *ledger, uint8_t digest,
                             const uint8_t *previous) {
    struct closing late = {.number = 2};
    memcpy(late.round_digest, bench->closing->round_digest, DIGEST_BYTES);
    memset(late.digest, digest, DIGEST_BYTES);
    memcpy(late.previous, previous, DIGEST_BYTES);
    return ledger_check_closing(ledger, &late);
}

static void a_late_list_goes_with_a_ledger_that_knows_the_first_and_no_other(void **state) {
    (void)state;
    struct bench bench = set_up();
    const struct round *round = bench.sample->round;
    const uint8_t *first = bench.closing->digest, zero[DIGEST_BYTES] = {0}, other[DIGEST_BYTES] = {9};
    struct closing late = *bench.closing;
    assert_false(ledger_has_opened(&bench.ledger, round->digest));
    check_fault(late_fault(&bench, &bench.ledger, 7, first), FAULT_LEDGER_GAP);
    add_both_kinds(&bench);
    assert_true(ledger_has_opened(&bench.ledger, round->digest));
    check_fault(late_fault(&bench, &bench.ledger, 7, first), FAULT_NONE);
    /* Another first list was opened here: a fork, or another's workspace. */
    check_fault(late_fault(&bench, &bench.ledger, 7, other), FAULT_ALREADY_CLOSED);
    late.number = 2;
    memset(late.digest, 7, DIGEST_BYTES);
    check_fault(ledger_add_opened(&bench.ledger, &bench.batches, &late, round, 0, zero), FAULT_NONE);
    check_fault(late_fault(&bench, &bench.ledger, 7, first), FAULT_NONE);
    check_fault(late_fault(&bench, &bench.ledger, 8, first), FAULT_ALREADY_CLOSED);
    check_fault(ledger_check_closing(&bench.ledger, bench.closing), FAULT_NONE);
    /* A release of the one list is none of the other. */
    assert_non_null(ledger_find_released(&bench.ledger, round->digest, first));
    assert_null(ledger_find_released(&bench.ledger, round->digest, late.digest));
    tear_down(&bench);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_is_read_back),
        cmocka_unit_test(every_flipped_bit_is_noticed),
        cmocka_unit_test(a_last_entry_cut_short_is_left_out_and_the_ones_before_stay),
        cmocka_unit_test(a_torn_tail_is_cut_off_the_file_and_writing_goes_on),
        cmocka_unit_test(a_late_list_goes_with_a_ledger_that_knows_the_first_and_no_other),
        cmocka_unit_test(identical_and_disjoint_batches_may_be_opened_and_no_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
