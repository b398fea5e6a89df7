/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "bits.h"
#include "sample_questionnaire.h"
#include "sample_round.h"

/* Classes of 12, 15 (asked) and 11; see sample_round_small. */
static struct sample_round *sample;

static int make_sample(void **state) {
    (void)state;
    sample = sample_round_small();
    return 0;
}

static int drop_sample(void **state) {
    (void)state;
    sample = sample_round_free(sample);
    return 0;
}

static struct closing *list_of(uint32_t a, uint32_t b, uint32_t c, uint64_t seed) {
    const uint32_t counts[3] = {a, b, c};
    return sample_closing(sample, counts, &seed);
}

static struct bytes_buffer encoded(const struct closing *closing) {
    struct bytes_buffer out = {0};
    check_fault(closing_encode(&out, closing), FAULT_NONE);
    return out;
}

/* A list over the heads in class 2, accepted, and with records set aside. */
static struct closing *full_list(void) {
    struct closing *closing = list_of(3, 16, 2, 1);
    closing->surplus_count = 1;
    closing->surplus[0] = 2;
    closing->bundle[0].damaged = 1;
    closing->bundle[1].duplicate = 2;
    closing->bundle[2].conflicting = 3;
    check_fault(sample_closing_sign(closing, sample), FAULT_NONE);
    return closing;
}

static void what_was_written_is_read_back(void **state) {
    (void)state;
    struct closing *written = full_list();
    struct bytes_buffer file = encoded(written);
    struct closing *read = NULL;
    assert_int_equal(file.size, 86 + 3 * 82 + 21 * 52 + 2 + 1 + 2 * 65);
    check_fault(closing_decode(&read, bytes_buffer_view(&file), sample->round), FAULT_NONE);
    check_fault(closing_is_valid(read), FAULT_NONE);
    assert_memory_equal(read->digest, written->digest, DIGEST_BYTES);
    assert_int_equal(read->number, 1);
    assert_int_equal(read->bundle_count, 3);
    assert_int_equal(read->record_count, 21);
    for (uint32_t i = 0; i < 3; i++) {
        assert_memory_equal(read->bundle[i].digest, written->bundle[i].digest, DIGEST_BYTES);
        assert_memory_equal(read->bundle[i].kiosk_key, written->bundle[i].kiosk_key, 32);
        assert_int_equal(read->bundle[i].class_number, written->bundle[i].class_number);
        assert_int_equal(read->bundle[i].counted, written->bundle[i].counted);
        assert_int_equal(read->bundle[i].damaged, i == 0 ? 1 : 0);
        assert_int_equal(read->bundle[i].duplicate, i == 1 ? 2 : 0);
        assert_int_equal(read->bundle[i].conflicting, i == 2 ? 3 : 0);
    }
    for (uint32_t i = 0; i < 21; i++) {
        assert_memory_equal(read->record[i].id, written->record[i].id, SHARE_ID_BYTES);
        assert_memory_equal(read->record[i].digest, written->record[i].digest, DIGEST_BYTES);
        assert_int_equal(read->record[i].bundle, written->record[i].bundle);
        assert_int_equal(read->record[i].class_number, written->record[i].class_number);
    }
    assert_int_equal(read->surplus_count, 1);
    assert_int_equal(read->surplus[0], 2);
    struct bytes_buffer again = encoded(read);
    assert_int_equal(again.size, file.size);
    assert_memory_equal(again.data, file.data, file.size);
    bytes_buffer_release(&again);
    bytes_buffer_release(&file);
    closing_free(read);
    closing_free(written);
}

static void a_list_needs_both_signatures(void **state) {
    (void)state;
    struct closing *closing = list_of(1, 0, 0, 1);
    check_fault(closing_sign(closing, sample->round, 0, sample->sign_secret[0]), FAULT_MISUSE);
    check_fault(closing_seal_body(closing, sample->round), FAULT_NONE);
    check_fault(closing_is_valid(closing), FAULT_SIGNATURE_MISSING);
    check_fault(closing_sign(closing, sample->round, 1, sample->sign_secret[0]), FAULT_KEY_WRONG);
    check_fault(closing_sign(closing, sample->round, 2, sample->sign_secret[0]), FAULT_MISUSE);
    check_fault(closing_sign(closing, sample->round, 1, sample->sign_secret[1]), FAULT_NONE);
    check_fault(closing_is_valid(closing), FAULT_SIGNATURE_MISSING);
    struct bytes_buffer file = encoded(closing);
    struct closing *read = NULL;
    check_fault(closing_decode(&read, bytes_buffer_view(&file), sample->round), FAULT_NONE);
    check_fault(closing_is_valid(read), FAULT_SIGNATURE_MISSING);
    check_fault(closing_sign(read, sample->round, 0, sample->sign_secret[0]), FAULT_NONE);
    check_fault(closing_is_valid(read), FAULT_NONE);
    bytes_buffer_release(&file);
    closing_free(read);
    closing_free(closing);
}

static void must_fail(struct bytes damaged, size_t bit, void *context) {
    struct closing *read = NULL;
    (void)context;
    if (closing_decode(&read, damaged, sample->round) == FAULT_NONE) {
        fail_msg("bit %zu of %zu bytes is not protected", bit, damaged.size);
    }
    assert_null(read);
}

static void every_bit_is_protected(void **state) {
    (void)state;
    struct closing *closing = full_list();
    struct bytes_buffer file = encoded(closing);
    bits_flip_each(bytes_buffer_view(&file), must_fail, NULL);
    bits_resize_each(bytes_buffer_view(&file), must_fail, NULL);
    bytes_buffer_release(&file);
    closing_free(closing);
}

static void another_rounds_list_is_refused(void **state) {
    (void)state;
    struct closing *closing = full_list();
    struct bytes_buffer file = encoded(closing);
    struct sample_round *other = sample_round_small();
    struct closing *read = NULL;
    other->round->retention_day++;
    check_fault(sample_round_sign_again(other), FAULT_NONE);
    check_fault(closing_decode(&read, bytes_buffer_view(&file), other->round), FAULT_ROUND_OTHER);
    sample_round_free(other);
    bytes_buffer_release(&file);
    closing_free(closing);
}

/* The fault of a list of 3, 15 and 2 records after `change`. */
static enum fault after(void (*change)(struct closing *closing)) {
    struct closing *closing = list_of(3, 15, 2, 1);
    change(closing);
    enum fault fault = closing_seal_body(closing, sample->round);
    assert_true(fault == FAULT_NONE || closing->body.size == 0);
    closing_free(closing);
    return fault;
}

static void nothing(struct closing *closing) {
    (void)closing;
}
static void list_zero(struct closing *closing) {
    closing->number = 0;
}
static void list_three(struct closing *closing) {
    closing->number = 3;
}
static void late_without_previous(struct closing *closing) {
    closing->number = 2;
}
static void first_with_previous(struct closing *closing) {
    closing->previous[5] = 1;
}
static void late_with_previous(struct closing *closing) {
    closing->number = 2;
    closing->previous[5] = 1;
}
static void bundles_swapped(struct closing *closing) {
    struct closing_bundle kept = closing->bundle[0];
    closing->bundle[0] = closing->bundle[1];
    closing->bundle[1] = kept;
}
static void bundle_twice(struct closing *closing) {
    memcpy(closing->bundle[1].digest, closing->bundle[0].digest, DIGEST_BYTES);
}
static void bundle_of_unknown_class(struct closing *closing) {
    closing->bundle[0].class_number = 4;
}
static void bundle_of_unknown_kiosk(struct closing *closing) {
    closing->bundle[0].kiosk_key[7] ^= 1;
}
static void bundle_too_large(struct closing *closing) {
    closing->bundle[0].damaged = 4097;
}
static void bundle_wraps(struct closing *closing) {
    closing->bundle[0].damaged = UINT32_MAX;
    closing->bundle[0].duplicate = 1;
}
static void bundle_counts_one_more(struct closing *closing) {
    closing->bundle[1].counted++;
}
static void bundle_counts_one_less(struct closing *closing) {
    closing->bundle[1].counted--;
}
static void records_swapped(struct closing *closing) {
    struct closing_record kept = closing->record[4];
    closing->record[4] = closing->record[5];
    closing->record[5] = kept;
}
static void record_twice(struct closing *closing) {
    memcpy(closing->record[1].id, closing->record[0].id, SHARE_ID_BYTES);
}
static void record_of_no_bundle(struct closing *closing) {
    closing->record[0].bundle = 3;
}
static void record_of_another_class(struct closing *closing) {
    closing->record[0].class_number = closing->record[0].class_number == 1 ? 2 : 1;
}
static void surplus_without_need(struct closing *closing) {
    closing->surplus[closing->surplus_count++] = 2;
}
static void surplus_of_unknown_class(struct closing *closing) {
    closing->surplus[closing->surplus_count++] = 9;
}
static void surplus_twice(struct closing *closing) {
    closing->surplus[closing->surplus_count++] = 2;
    closing->surplus[closing->surplus_count++] = 2;
}

static void a_list_that_contradicts_itself_is_refused(void **state) {
    (void)state;
    check_fault(after(nothing), FAULT_NONE);
    check_fault(after(list_zero), FAULT_LIMIT);
    check_fault(after(list_three), FAULT_LIMIT);
    check_fault(after(late_without_previous), FAULT_NOT_CANONICAL);
    check_fault(after(first_with_previous), FAULT_NOT_CANONICAL);
    check_fault(after(late_with_previous), FAULT_NONE);
    check_fault(after(bundles_swapped), FAULT_RECORD_ORDER);
    check_fault(after(bundle_twice), FAULT_RECORD_ORDER);
    check_fault(after(bundle_of_unknown_class), FAULT_CLASS_UNKNOWN);
    check_fault(after(bundle_of_unknown_kiosk), FAULT_KIOSK_UNKNOWN);
    check_fault(after(bundle_too_large), FAULT_LIMIT);
    check_fault(after(bundle_wraps), FAULT_LIMIT);
    check_fault(after(bundle_counts_one_more), FAULT_NOT_CANONICAL);
    check_fault(after(bundle_counts_one_less), FAULT_NOT_CANONICAL);
    check_fault(after(records_swapped), FAULT_RECORD_ORDER);
    check_fault(after(record_twice), FAULT_RECORD_ORDER);
    check_fault(after(record_of_no_bundle), FAULT_LIMIT);
    check_fault(after(record_of_another_class), FAULT_NOT_CANONICAL);
    check_fault(after(surplus_without_need), FAULT_NOT_CANONICAL);
    check_fault(after(surplus_of_unknown_class), FAULT_CLASS_UNKNOWN);
    check_fault(after(surplus_twice), FAULT_RECORD_ORDER);
}

static void more_than_the_heads_needs_both_signatures(void **state) {
    (void)state;
    struct closing *closing = list_of(12, 15, 11, 1);
    check_fault(closing_seal_body(closing, sample->round), FAULT_NONE);
    closing_free(closing);
    closing = list_of(12, 16, 11, 1); /* sixteen sit in 1B, one of them was not asked */
    check_fault(closing_seal_body(closing, sample->round), FAULT_TOO_MANY);
    closing->surplus[closing->surplus_count++] = 1;
    check_fault(closing_seal_body(closing, sample->round), FAULT_NOT_CANONICAL);
    closing->surplus[0] = 2;
    check_fault(closing_seal_body(closing, sample->round), FAULT_NONE);
    closing_free(closing);
}

static void sealing_again_drops_the_signatures(void **state) {
    (void)state;
    struct closing *closing = full_list();
    check_fault(closing_seal_body(closing, sample->round), FAULT_NONE);
    check_fault(closing_is_valid(closing), FAULT_SIGNATURE_MISSING);
    closing_free(closing);
}

/* A late list that names `first`. */
static struct closing *late_list(const struct closing *first, uint32_t a, uint32_t b, uint32_t c) {
    struct closing *late = list_of(a, b, c, 99);
    late->number = 2;
    memcpy(late->previous, first->digest, DIGEST_BYTES);
    check_fault(closing_seal_body(late, sample->round), FAULT_NONE);
    return late;
}

static void a_late_list_is_judged_with_the_first(void **state) {
    (void)state;
    struct closing *first = list_of(3, 10, 11, 1);
    check_fault(closing_seal_body(first, sample->round), FAULT_NONE);
    struct closing *late = late_list(first, 9, 5, 0);
    check_fault(closing_follows(late, first, sample->round), FAULT_NONE);
    check_fault(closing_follows(first, late, sample->round), FAULT_MISUSE);
    late->previous[0] ^= 1;
    check_fault(closing_follows(late, first, sample->round), FAULT_DIGEST);
    closing_free(late);

    late = late_list(first, 9, 6, 0);
    check_fault(closing_follows(late, first, sample->round), FAULT_TOO_MANY);
    late->surplus[late->surplus_count++] = 2;
    check_fault(closing_follows(late, first, sample->round), FAULT_NONE);
    late->surplus[late->surplus_count++] = 3; /* full, but nothing late */
    check_fault(closing_follows(late, first, sample->round), FAULT_NOT_CANONICAL);
    closing_free(late);
    closing_free(first);
}

static void nothing_is_counted_in_two_lists(void **state) {
    (void)state;
    struct closing *first = list_of(3, 3, 3, 1);
    check_fault(closing_seal_body(first, sample->round), FAULT_NONE);
    struct closing *late = late_list(first, 2, 2, 2);
    memcpy(late->record[5].id, first->record[8].id, SHARE_ID_BYTES);
    check_fault(closing_follows(late, first, sample->round), FAULT_RECORD_CONFLICT);
    closing_free(late);
    late = late_list(first, 2, 2, 2);
    memcpy(late->bundle[0].digest, first->bundle[0].digest, DIGEST_BYTES);
    check_fault(closing_follows(late, first, sample->round), FAULT_RECORD_CONFLICT);
    closing_free(late);
    closing_free(first);
}

static void more_records_than_the_counters_can_hold_are_refused(void **state) {
    (void)state;
    static const struct sample_class classes[1] = {{"1A", 1, 100, 0}};
    struct sample_round *large = sample_round_new(classes, 1, 1);
    sample_round_enlarge(large);
    check_fault(sample_round_sign_again(large), FAULT_NONE);
    for (uint32_t count = 184; count <= 185; count++) {
        uint64_t random = 4;
        struct closing *closing = sample_closing(large, &count, &random);
        closing->surplus[closing->surplus_count++] = 1;
        check_fault(closing_seal_body(closing, large->round),
                    count == 184 ? FAULT_NONE : FAULT_SUM_TOO_LARGE);
        closing_free(closing);
    }
    sample_round_free(large);
}

static void counts_above_the_limits_are_refused_before_anything_is_read(void **state) {
    (void)state;
    struct closing *closing = list_of(1, 0, 0, 1);
    closing->record_count = CLOSING_RECORDS + 1;
    check_fault(closing_check(closing, sample->round), FAULT_LIMIT);
    closing->record_count = 1;
    closing->bundle_count = CLOSING_BUNDLES + 1;
    check_fault(closing_check(closing, sample->round), FAULT_LIMIT);
    closing->bundle_count = 1;
    closing->surplus_count = ROUND_CLASSES + 1;
    check_fault(closing_check(closing, sample->round), FAULT_LIMIT);
    closing_free(closing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(a_list_needs_both_signatures),
        cmocka_unit_test(another_rounds_list_is_refused),
        cmocka_unit_test(a_list_that_contradicts_itself_is_refused),
        cmocka_unit_test(more_than_the_heads_needs_both_signatures),
        cmocka_unit_test(sealing_again_drops_the_signatures),
        cmocka_unit_test(a_late_list_is_judged_with_the_first),
        cmocka_unit_test(nothing_is_counted_in_two_lists),
        cmocka_unit_test(more_records_than_the_counters_can_hold_are_refused),
        cmocka_unit_test(counts_above_the_limits_are_refused_before_anything_is_read),
        cmocka_unit_test(every_bit_is_protected),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests_name("closing", tests, make_sample, drop_sample);
}
