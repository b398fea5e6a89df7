/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/commitment.h"
#include "core/layout.h"
#include "sample_questionnaire.h"

#include <stdlib.h>
#include <string.h>

enum { COUNT = 5, CLAIM = 32 + COUNT * COMMITMENT_VALUE_BYTES, RECORDS = 60 };

/* The order of the group, 2^252 + 27742317777372353535851937790883648493, little-endian (RFC 9496, 4). */
static const uint8_t order[32] = {0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7,
                                  0xA2, 0xDE, 0xF9, 0xDE, 0x14, 0,    0,    0,    0,    0,    0,
                                  0,    0,    0,    0,    0,    0,    0,    0,    0,    0x10};

static struct share_context context;
static uint8_t id[SHARE_ID_BYTES], seed[COMMITMENT_SEED_BYTES];
static struct commitment_bases bases;
static const uint32_t sizes[COUNT] = {0, 1, 0xFFFFFFFF, 0x80000000, 7};

static void fill(uint8_t *data, size_t size, uint8_t from) {
    for (size_t i = 0; i < size; i++) {
        data[i] = (uint8_t)(from + i);
    }
}

static int set_up(void **state) {
    (void)state;
    fill(context.round_digest, sizeof context.round_digest, 0x40);
    fill(context.layout_digest, sizeof context.layout_digest, 0x80);
    context.counter_count = 563;
    fill(id, sizeof id, 0x10);
    fill(seed, sizeof seed, 0x20);
    check_fault(commitment_bases_new(&bases, COUNT), FAULT_NONE);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    commitment_bases_release(&bases);
    commitment_bases_release(&bases);
    return 0;
}

/*
 * The worked sample of docs/format.md, "Commitments"; also computed by another program, with a group of its
 * own.
 */
static void the_commitment_is_that_of_the_document(void **state) {
    (void)state;
    uint8_t claim[CLAIM], commitment[COMMITMENT_BYTES];
    char hex[2 * COMMITMENT_BYTES + 1];
    commitment_claim(claim, &context, id, seed, sizes, COUNT);
    commitment_make(commitment, &bases, claim);
    digest_hex(hex, bases.point, COMMITMENT_BYTES);
    assert_string_equal(hex, "8e4be6af807b64ec6f87b15d0c7fcff99b543e649da31ff5a7b604fd7914a401");
    digest_hex(hex, claim, 32);
    assert_string_equal(hex, "8e1a8091376a8ca361c2fa9fb5d1548489e3c8eb3f34923b1441d8cf0ccdbc0f");
    digest_hex(hex, claim + 32 + 24, 24);
    assert_string_equal(hex, "010000005ea4a19a8f9cc8cd7265da4b25409b0c00000000");
    digest_hex(hex, commitment, sizeof commitment);
    assert_string_equal(hex, "0c8f1f40cac2776afb4745b26f84876d03ce7e5086dfb1259a8134c896ade87c");
}

static void bases_are_points_and_all_differ(void **state) {
    (void)state;
    uint8_t one[32] = {1}, standard[COMMITMENT_BYTES];
    assert_int_equal(crypto_scalarmult_ristretto255_base(standard, one), 0);
    for (uint32_t i = 0; i <= COUNT; i++) {
        const uint8_t *base = bases.point + (size_t)i * COMMITMENT_BYTES;
        assert_true(commitment_is_valid(base));
        assert_memory_not_equal(base, standard, COMMITMENT_BYTES);
        for (uint32_t j = 0; j < i; j++) {
            assert_memory_not_equal(base, bases.point + (size_t)j * COMMITMENT_BYTES, COMMITMENT_BYTES);
        }
    }
}

static void claims_and_commitments_add_up(void **state) {
    (void)state;
    uint8_t sum_claim[CLAIM] = {0}, sum[COMMITMENT_BYTES] = {0};
    uint32_t plain[COUNT] = {0}, told[COUNT];
    for (uint32_t i = 0; i < RECORDS; i++) {
        uint8_t claim[CLAIM], commitment[COMMITMENT_BYTES], its_id[SHARE_ID_BYTES],
            its_seed[COMMITMENT_SEED_BYTES];
        uint32_t share[COUNT];
        randombytes_buf(its_id, sizeof its_id);
        randombytes_buf(its_seed, sizeof its_seed);
        randombytes_buf(share, sizeof share);
        commitment_claim(claim, &context, its_id, its_seed, share, COUNT);
        commitment_make(commitment, &bases, claim);
        check_fault(commitment_check(commitment, &bases, claim), FAULT_NONE);
        check_fault(commitment_add(sum, commitment), FAULT_NONE);
        commitment_claim_add(sum_claim, claim, COUNT);
        for (uint32_t j = 0; j < COUNT; j++) {
            plain[j] += share[j];
        }
    }
    check_fault(commitment_check(sum, &bases, sum_claim), FAULT_NONE);
    commitment_claim_sizes(told, sum_claim, COUNT);
    assert_memory_equal(told, plain, sizeof plain);
    uint8_t once_more[COMMITMENT_BYTES];
    memcpy(once_more, sum, sizeof sum);
    check_fault(commitment_add(once_more, bases.point), FAULT_NONE);
    check_fault(commitment_check(once_more, &bases, sum_claim), FAULT_SIZES_FALSE);
}

static void every_bit_of_a_claim_counts(void **state) {
    (void)state;
    uint8_t claim[CLAIM], commitment[COMMITMENT_BYTES];
    commitment_claim(claim, &context, id, seed, sizes, COUNT);
    commitment_make(commitment, &bases, claim);
    for (size_t bit = 0; bit < (size_t)CLAIM * 8; bit += bit % 8 == 7 ? 1 : 3) {
        claim[bit / 8] ^= (uint8_t)(1U << bit % 8);
        check_fault(commitment_check(commitment, &bases, claim), FAULT_SIZES_FALSE);
        claim[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    check_fault(commitment_check(commitment, &bases, claim), FAULT_NONE);
}

/* Blinding plus the group's order opens the same commitment; it is not the one form of it. */
static void a_blinding_that_is_not_reduced_is_false(void **state) {
    (void)state;
    uint8_t claim[CLAIM] = {3}, commitment[COMMITMENT_BYTES], same[COMMITMENT_BYTES];
    commitment_make(commitment, &bases, claim);
    check_fault(commitment_check(commitment, &bases, claim), FAULT_NONE);
    sodium_add(claim, order, sizeof order);
    commitment_make(same, &bases, claim);
    assert_memory_equal(same, commitment, sizeof same);
    check_fault(commitment_check(commitment, &bases, claim), FAULT_SIZES_FALSE);
}

static void what_is_no_point_is_refused_and_changes_nothing(void **state) {
    (void)state;
    uint8_t sum[COMMITMENT_BYTES], before[COMMITMENT_BYTES], damaged[COMMITMENT_BYTES];
    uint32_t refused = 0;
    memcpy(sum, bases.point, sizeof sum);
    memcpy(before, sum, sizeof sum);
    for (int bit = 0; bit < 256; bit++) {
        memcpy(damaged, before, sizeof damaged);
        damaged[bit / 8] ^= (uint8_t)(1U << bit % 8);
        if (!commitment_is_valid(damaged)) {
            refused++;
            check_fault(commitment_add(sum, damaged), FAULT_RECORD_CONTENT);
            assert_memory_equal(sum, before, sizeof sum);
        }
    }
    assert_true(refused > 128);
    memset(damaged, 0xFF, sizeof damaged);
    assert_false(commitment_is_valid(damaged));
}

static void nothing_is_the_sum_of_no_records(void **state) {
    (void)state;
    uint8_t none[COMMITMENT_BYTES] = {0}, claim[CLAIM] = {0}, made[COMMITMENT_BYTES];
    assert_true(commitment_is_valid(none));
    commitment_make(made, &bases, claim);
    assert_memory_equal(made, none, sizeof none);
    check_fault(commitment_check(none, &bases, claim), FAULT_NONE);
    claim[32] = 1;
    check_fault(commitment_check(none, &bases, claim), FAULT_SIZES_FALSE);
}

static void claim_of(uint8_t claim[CLAIM]) {
    commitment_claim(claim, &context, id, seed, sizes, COUNT);
}

/* Blinding and every mask change with each thing that a share is bound to. */
static void blinding_and_masks_are_of_one_share_only(void **state) {
    (void)state;
    uint8_t *const bound[] = {seed, id, context.round_digest, context.layout_digest};
    uint8_t claim[CLAIM], other[CLAIM];
    claim_of(claim);
    for (size_t i = 0; i < sizeof bound / sizeof *bound; i++) {
        bound[i][i] ^= 1;
        claim_of(other);
        assert_memory_not_equal(other, claim, 32);
        for (size_t j = 0; j < COUNT; j++) {
            const size_t mask = 32 + j * COMMITMENT_VALUE_BYTES + 4;
            assert_memory_not_equal(other + mask, claim + mask, 16);
            assert_memory_equal(other + mask - 4, claim + mask - 4, 4);
        }
        bound[i][i] ^= 1;
    }
    for (size_t j = 1; j < COUNT; j++) {
        const size_t mask = 32 + j * COMMITMENT_VALUE_BYTES + 4;
        assert_memory_not_equal(claim + mask, claim + mask - COMMITMENT_VALUE_BYTES, 16);
    }
    assert_memory_not_equal(commitment_mask_label, share_label, DIGEST_LABEL_BYTES);
    assert_memory_not_equal(commitment_mask_label, commitment_base_label, DIGEST_LABEL_BYTES);
    for (int i = 0; i < DIGEST_LABEL_COUNT; i++) {
        const uint8_t *label = digest_label_bytes((enum digest_label)i);
        assert_memory_not_equal(commitment_base_label, label, DIGEST_LABEL_BYTES);
        assert_memory_not_equal(commitment_mask_label, label, DIGEST_LABEL_BYTES);
    }
}

/* The sizes of a share and of its counterpart are those of the whole. */
static void sizes_are_found_in_shares_too(void **state) {
    (void)state;
    struct questionnaire *questionnaire = sample_questionnaire();
    struct layout layout;
    check_fault(layout_derive(&layout, questionnaire), FAULT_NONE);
    assert_int_equal(layout.size_count, 4); /* girl, boy, other; who took part and said none */
    uint32_t whole[4], first[4], second[4];
    uint32_t *counters = calloc(3 * (size_t)layout.counter_count, sizeof *counters);
    assert_non_null(counters);
    uint32_t *one = counters + layout.counter_count, *two = one + layout.counter_count;
    const struct layout_block *options = layout_find(&layout, LAYOUT_SCHOOL, LAYOUT_OPTIONS, SAMPLE_GENDER,
                                                     QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE);
    for (uint32_t i = 0; i < 7; i++) { /* three options, four ways of saying none */
        counters[options->first + i] = 1U << i;
    }
    layout_sizes(whole, &layout, counters);
    const uint32_t expected[4] = {1, 2, 4, 8 + 16 + 32 + 64};
    assert_memory_equal(whole, expected, sizeof whole);
    randombytes_buf(one, layout.counter_count * sizeof *one);
    for (uint32_t i = 0; i < layout.counter_count; i++) {
        two[i] = counters[i] - one[i];
    }
    layout_sizes(first, &layout, one);
    layout_sizes(second, &layout, two);
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal((uint32_t)(first[i] + second[i]), whole[i]);
    }
    free(counters);
    layout_release(&layout);
    questionnaire_free(questionnaire);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_commitment_is_that_of_the_document),
        cmocka_unit_test(bases_are_points_and_all_differ),
        cmocka_unit_test(claims_and_commitments_add_up),
        cmocka_unit_test(every_bit_of_a_claim_counts),
        cmocka_unit_test(a_blinding_that_is_not_reduced_is_false),
        cmocka_unit_test(what_is_no_point_is_refused_and_changes_nothing),
        cmocka_unit_test(nothing_is_the_sum_of_no_records),
        cmocka_unit_test(blinding_and_masks_are_of_one_share_only),
        cmocka_unit_test(sizes_are_found_in_shares_too),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
