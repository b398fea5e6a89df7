/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/share.h"
#include "sample_questionnaire.h"

#include <stdio.h>
#include <string.h>

enum { COUNT = 563 };

static struct share_context context;
static uint8_t id[SHARE_ID_BYTES];
static uint8_t seed[SHARE_SEED_BYTES];
static uint32_t expansion[COUNT];

static void fill(uint8_t *data, size_t size, uint8_t from) {
    for (size_t i = 0; i < size; i++) {
        data[i] = (uint8_t)(from + i);
    }
}

static int set_up(void **state) {
    (void)state;
    fill(context.round_digest, sizeof context.round_digest, 0x40);
    fill(context.layout_digest, sizeof context.layout_digest, 0x80);
    context.counter_count = COUNT;
    fill(id, sizeof id, 0x10);
    fill(seed, sizeof seed, 0x20);
    share_expand(expansion, &context, id, seed);
    return 0;
}

/* The worked sample of docs/format.md, "Shares"; also computed by another program in another language. */
static void the_expansion_is_that_of_the_document(void **state) {
    (void)state;
    static const uint32_t expected[4] = {0xB04A6435, 0xC57354F6, 0xEDB178AB, 0xEADC2011};
    assert_memory_equal(expansion, expected, sizeof expected);
    assert_int_equal(expansion[COUNT - 1], 0x4CBB7317);
}

static void the_first_words_do_not_depend_on_how_many_are_asked_for(void **state) {
    (void)state;
    uint32_t some[COUNT + 1];
    for (uint32_t count = 0; count <= COUNT; count += 31) {
        memset(some, 0xA5, sizeof some);
        share_expand_first(some, count, &context, id, seed);
        assert_memory_equal(some, expansion, count * sizeof *some);
        assert_int_equal(some[count], 0xA5A5A5A5);
    }
}

static void check_differs(void) {
    uint32_t other[COUNT];
    share_expand(other, &context, id, seed);
    assert_memory_not_equal(other, expansion, sizeof other);
    assert_int_not_equal(other[0], expansion[0]);
}

static void every_bit_that_a_share_is_bound_to_changes_it(void **state) {
    (void)state;
    uint8_t *const bound[] = {context.round_digest, context.layout_digest, seed, id};
    const size_t bytes[] = {DIGEST_BYTES, DIGEST_BYTES, SHARE_SEED_BYTES, SHARE_ID_BYTES};
    for (size_t i = 0; i < 4; i++) {
        for (size_t bit = 0; bit < 8 * bytes[i]; bit++) {
            bound[i][bit / 8] ^= (uint8_t)(1u << bit % 8);
            check_differs();
            bound[i][bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
    }
    context.counter_count = COUNT - 1;
    uint32_t other[COUNT];
    share_expand(other, &context, id, seed);
    assert_int_not_equal(other[0], expansion[0]);
}

static void the_label_of_the_expansion_is_no_label_of_a_digest(void **state) {
    (void)state;
    for (int i = 0; i <= DIGEST_LABEL_COUNT; i++) {
        assert_memory_not_equal(share_label, digest_label_bytes((enum digest_label)i), DIGEST_LABEL_BYTES);
    }
    assert_memory_equal(share_label, "kb1/expand-share", DIGEST_LABEL_BYTES);
}

static void the_two_shares_add_up_to_the_measurement(void **state) {
    (void)state;
    uint32_t measurement[COUNT], share[COUNT];
    uint64_t chance = 3;
    for (uint32_t i = 0; i < COUNT; i++) {
        measurement[i] = i % 3 == 0 ? UINT32_MAX - i : (uint32_t)sample_random(&chance);
    }
    share_split(share, &context, id, seed, measurement);
    share_add(share, expansion, COUNT);
    assert_memory_equal(share, measurement, sizeof share);
}

static void adding_wraps_at_two_to_the_32(void **state) {
    (void)state;
    uint32_t sum[5] = {UINT32_MAX, 1, 0, 7, 9};
    const uint32_t add[5] = {1, UINT32_MAX, 0, 8, 1};
    share_add(sum, add, 4);
    assert_int_equal(sum[0], 0);
    assert_int_equal(sum[1], 0);
    assert_int_equal(sum[2], 0);
    assert_int_equal(sum[3], 15);
    assert_int_equal(sum[4], 9);
}

static void words_become_little_endian_bytes_and_come_back(void **state) {
    (void)state;
    uint32_t words[2] = {0x04030201, 0xFFEEDDCC};
    static const uint8_t bytes[8] = {1, 2, 3, 4, 0xCC, 0xDD, 0xEE, 0xFF};
    share_little_endian(words, 2);
    assert_memory_equal(words, bytes, 8);
    share_little_endian(words, 2);
    assert_int_equal(words[0], 0x04030201);
    assert_int_equal(words[1], 0xFFEEDDCC);
}

/*
 * Pearson's chi-square of the bytes against the uniform distribution; 255 degrees of freedom, standard
 * deviation 22.6.
 */
static double chi_square(const uint32_t count[256], double draws) {
    double result = 0;
    for (int i = 0; i < 256; i++) {
        double off = count[i] - draws / 256;
        result += off * off / (draws / 256);
    }
    return result;
}

/*
 * Hundreds of pupils who all answered the same: in share 2 nothing of it may show. The bounds lie eight
 * standard deviations away on either side; seeds are fixed, so that the test gives the same on every day.
 */
static void either_share_alone_looks_uniform(void **state) {
    (void)state;
    static uint32_t measurement[COUNT], share1[COUNT], share2[COUNT];
    uint32_t count1[256] = {0}, count2[256] = {0};
    uint64_t chance = 5;
    for (uint32_t i = 0; i < COUNT; i += 3) {
        measurement[i] = 1;
    }
    for (int pupil = 0; pupil < 400; pupil++) {
        for (size_t i = 0; i < sizeof seed; i++) {
            seed[i] = (uint8_t)sample_random(&chance);
        }
        share_expand(share1, &context, id, seed);
        share_split(share2, &context, id, seed, measurement);
        for (size_t i = 0; i < sizeof share1; i++) {
            count1[((const uint8_t *)share1)[i]]++;
            count2[((const uint8_t *)share2)[i]]++;
        }
    }
    double draws = 400.0 * sizeof share1;
    assert_true(chi_square(count1, draws) > 75 && chi_square(count1, draws) < 435);
    assert_true(chi_square(count2, draws) > 75 && chi_square(count2, draws) < 435);
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_expansion_is_that_of_the_document),
        TEST(the_first_words_do_not_depend_on_how_many_are_asked_for),
        TEST(every_bit_that_a_share_is_bound_to_changes_it),
        TEST(the_label_of_the_expansion_is_no_label_of_a_digest),
        TEST(the_two_shares_add_up_to_the_measurement),
        TEST(adding_wraps_at_two_to_the_32),
        TEST(words_become_little_endian_bytes_and_come_back),
        TEST(either_share_alone_looks_uniform),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
