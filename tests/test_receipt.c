/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/receipt.h"
#include "sample_round.h"

#include <string.h>

static struct sample_round *sample;
static struct closing closing;
static struct closing_bundle bundles[3];

static int set_up(void **state) {
    (void)state;
    sample = sample_round_small();
    closing = (struct closing){.number = 1, .bundle_count = 3, .bundle = bundles, .is_signed = {true, true}};
    memcpy(closing.round_digest, sample->round->digest, DIGEST_BYTES);
    for (int i = 0; i < 3; i++) {
        memset(bundles[i].digest, 0x20 * (i + 1), DIGEST_BYTES);
    }
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    sample = sample_round_free(sample);
    return 0;
}

static void what_both_sign_is_what_a_kiosk_reads(void **state) {
    (void)state;
    struct receipt receipt = {0};
    struct receipt read = {0};
    struct bytes_buffer content = {0};
    uint8_t other[DIGEST_BYTES] = {1};
    check_fault(receipt_make(&receipt, &closing), FAULT_NONE);
    check_fault(receipt_sign(&receipt, sample->round, 0, sample->sign_secret[0]), FAULT_NONE);
    check_fault(receipt_is_valid(&receipt), FAULT_SIGNATURE_MISSING);
    check_fault(receipt_sign(&receipt, sample->round, 1, sample->sign_secret[1]), FAULT_NONE);
    check_fault(receipt_encode(&content, &receipt), FAULT_NONE);
    check_fault(receipt_decode(&read, bytes_buffer_view(&content), sample->round), FAULT_NONE);
    check_fault(receipt_is_valid(&read), FAULT_NONE);
    for (int i = 0; i < 3; i++) {
        assert_true(receipt_has(&read, bundles[i].digest));
    }
    assert_false(receipt_has(&read, other));
    bytes_buffer_release(&content);
    receipt_release(&read);
    receipt_release(&receipt);
}

static void a_half_signed_or_empty_list_gives_no_receipt(void **state) {
    (void)state;
    struct receipt receipt = {0};
    closing.is_signed[1] = false;
    check_fault(receipt_make(&receipt, &closing), FAULT_SIGNATURE_MISSING);
    closing.is_signed[1] = true;
    closing.bundle_count = 0;
    check_fault(receipt_make(&receipt, &closing), FAULT_LIMIT);
    assert_null(receipt.bundle);
}

static void nobody_signs_with_anothers_key_or_for_another_round(void **state) {
    (void)state;
    struct receipt receipt = {0};
    check_fault(receipt_make(&receipt, &closing), FAULT_NONE);
    check_fault(receipt_sign(&receipt, sample->round, 0, sample->sign_secret[1]), FAULT_KEY_WRONG);
    receipt.round_digest[0] ^= 1;
    check_fault(receipt_sign(&receipt, sample->round, 0, sample->sign_secret[0]), FAULT_ROUND_OTHER);
    receipt_release(&receipt);
}

static void every_flipped_bit_and_every_missing_byte_is_refused(void **state) {
    (void)state;
    struct receipt receipt = {0};
    struct receipt read = {0};
    struct bytes_buffer content = {0};
    check_fault(receipt_make(&receipt, &closing), FAULT_NONE);
    for (int i = 0; i < 2; i++) {
        check_fault(receipt_sign(&receipt, sample->round, i, sample->sign_secret[i]), FAULT_NONE);
    }
    check_fault(receipt_encode(&content, &receipt), FAULT_NONE);
    for (size_t i = 0; i < 8 * content.size; i++) {
        content.data[i / 8] ^= (uint8_t)(1u << i % 8);
        assert_int_not_equal(receipt_decode(&read, bytes_buffer_view(&content), sample->round), FAULT_NONE);
        content.data[i / 8] ^= (uint8_t)(1u << i % 8);
    }
    for (size_t size = 0; size < content.size; size++) {
        assert_int_not_equal(receipt_decode(&read, (struct bytes){content.data, size}, sample->round),
                             FAULT_NONE);
    }
    bytes_buffer_release(&content);
    receipt_release(&receipt);
}

#define case_of(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        case_of(what_both_sign_is_what_a_kiosk_reads),
        case_of(a_half_signed_or_empty_list_gives_no_receipt),
        case_of(nobody_signs_with_anothers_key_or_for_another_round),
        case_of(every_flipped_bit_and_every_missing_byte_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
