/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "aggregator/unseal.h"
#include "core/secret.h"
#include "sample_contribution.h"
#include "sample_questionnaire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 563, SEALED2 = 124 + 4 * COUNT + 48, WHOLE = 16 + 204 + SEALED2 };

static struct sample_session session;
static struct unseal_key key[2];
static struct unseal_scratch scratch;
static struct answers *answers;
static uint32_t measurement[COUNT];
static uint8_t made[WHOLE];

static void make(void) {
    check_fault(contribution_make(made, &session.context, measurement), FAULT_NONE);
}

static int set_up(void **state) {
    (void)state;
    sample_session_new(&session);
    for (int i = 0; i < 2; i++) {
        check_fault(unseal_key_new(&key[i], session.context.box_key[i], session.box_secret[i]), FAULT_NONE);
    }
    check_fault(unseal_scratch_new(&scratch, COUNT), FAULT_NONE);
    check_fault(answers_new(&answers), FAULT_NONE);
    sample_pupil(answers, session.questionnaire);
    sample_measure(measurement, &session, answers);
    make();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    answers = answers_free(answers);
    unseal_scratch_release(&scratch);
    unseal_key_release(&key[0]);
    unseal_key_release(&key[1]);
    sample_session_release(&session);
    return 0;
}

static struct bytes sealed1(void) {
    return (struct bytes){made + 16, CONTRIBUTION_SEALED1_BYTES};
}

static struct bytes sealed2(void) {
    return (struct bytes){made + 16 + CONTRIBUTION_SEALED1_BYTES, SEALED2};
}

static uint8_t seed[SHARE_SEED_BYTES];
static uint32_t counters[COUNT];

/*
 * Opens a share of `made` as belonging to `context` and `id`; after a fault nothing may be left in the
 * output.
 */
static void check_open(int number, const struct contribution_context *context, const uint8_t *id,
                       enum fault expected) {
    memset(seed, 0xA5, sizeof seed);
    memset(counters, 0xA5, sizeof counters);
    if (number == 1) {
        check_fault(unseal_share1(seed, &scratch, &key[0], context, id, sealed1()), expected);
        assert_int_equal(sodium_is_zero(seed, sizeof seed), expected != FAULT_NONE);
    } else {
        check_fault(unseal_share2(counters, &scratch, &key[1], context, id, sealed2()), expected);
        assert_int_equal(sodium_is_zero((uint8_t *)counters, sizeof counters), expected != FAULT_NONE);
    }
}

static void what_was_sealed_is_what_is_opened(void **state) {
    (void)state;
    uint32_t expansion[COUNT];
    check_open(1, &session.context, made, FAULT_NONE);
    share_expand(expansion, &session.context.share, made, seed);
    check_open(2, &session.context, made, FAULT_NONE);
    share_add(counters, expansion, COUNT);
    assert_memory_equal(counters, measurement, sizeof measurement);
}

/* tests/vectors/contribution/sample.bin is the worked sample of docs/format.md, sealed. */
static void the_sample_of_the_document_opens(void **state) {
    (void)state;
    uint8_t digest[DIGEST_BYTES];
    char hex[65];
    FILE *file = fopen(TEST_SOURCE_FOLDER "/tests/vectors/contribution/sample.bin", "rb");
    assert_non_null(file);
    assert_int_equal(fread(made, 1, WHOLE, file), WHOLE);
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
    assert_memory_equal(made, session.id, SHARE_ID_BYTES);
    contribution_digest(digest, made, (struct bytes){made + 16, WHOLE - 16});
    digest_hex(hex, digest, sizeof digest);
    assert_string_equal(hex, "3fc3d00b441cfba34193025d94d0d55023f42553766782e39be2475428ac6fb6");
    check_open(1, &session.context, session.id, FAULT_NONE);
    assert_memory_equal(seed, session.seed, sizeof seed);
    check_open(2, &session.context, session.id, FAULT_NONE);
    uint32_t expansion[COUNT];
    share_expand(expansion, &session.context.share, session.id, session.seed);
    share_add(counters, expansion, COUNT);
    assert_memory_equal(counters, measurement, sizeof measurement);
}

static void a_share_of_other_surroundings_is_refused(void **state) {
    (void)state;
    for (int number = 1; number <= 2; number++) {
        struct contribution_context other = session.context;
        uint8_t id[SHARE_ID_BYTES];
        memcpy(id, made, sizeof id);
        check_open(number, &other, id, FAULT_NONE);
        other.class_number ^= 0x100;
        check_open(number, &other, id, FAULT_RECORD_CONTENT);
        other = session.context;
        other.kiosk_key[31] ^= 1;
        check_open(number, &other, id, FAULT_RECORD_CONTENT);
        other = session.context;
        other.share.round_digest[0] ^= 1;
        check_open(number, &other, id, FAULT_RECORD_CONTENT);
        other = session.context;
        other.share.layout_digest[0] ^= 1;
        check_open(number, &other, id, FAULT_RECORD_CONTENT);
        id[15] ^= 0x80;
        check_open(number, &session.context, id, FAULT_RECORD_CONTENT);
    }
    struct contribution_context other = session.context;
    other.share.counter_count = COUNT - 1; /* share 1 has the same length for every count */
    check_open(1, &other, made, FAULT_RECORD_CONTENT);
}

/* Seals `size` bytes for key holder `number` in the place of its share. */
static void forge(int number, const uint8_t *plain, size_t size) {
    uint8_t *place = number == 1 ? made + 16 : made + 16 + CONTRIBUTION_SEALED1_BYTES;
    assert_int_equal(crypto_box_seal(place, plain, size, session.context.box_key[number - 1]), 0);
}

static void every_bit_of_the_head_is_compared(void **state) {
    (void)state;
    static uint8_t plain[124 + 4 * COUNT];
    for (int number = 1; number <= 2; number++) {
        size_t size = number == 1 ? 124 + 32 : sizeof plain;
        contribution_head(plain, &session.context, (uint16_t)number, made);
        forge(number, plain, size);
        memset(counters, 0, sizeof counters);
        for (size_t bit = 0; bit < 8 * (size_t)CONTRIBUTION_HEAD_BYTES; bit++) {
            plain[bit / 8] ^= (uint8_t)(1u << bit % 8);
            forge(number, plain, size);
            check_open(number, &session.context, made, FAULT_RECORD_CONTENT);
            plain[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
    }
}

static void the_share_of_the_other_holder_is_refused(void **state) {
    (void)state;
    static uint8_t plain[124 + 4 * COUNT];
    contribution_head(plain, &session.context, 1, made);
    forge(2, plain, sizeof plain);
    check_open(2, &session.context, made, FAULT_RECORD_CONTENT);
    contribution_head(plain, &session.context, 2, made);
    forge(1, plain, 124 + 32);
    check_open(1, &session.context, made, FAULT_RECORD_CONTENT);
}

static void a_key_opens_only_its_own_half(void **state) {
    (void)state;
    struct unseal_key swapped = key[0];
    key[0] = key[1];
    key[1] = swapped;
    check_open(1, &session.context, made, FAULT_RECORD_SEALED);
    check_open(2, &session.context, made, FAULT_RECORD_SEALED);
}

static void flipping_any_bit_of_a_sealed_share_keeps_it_shut(void **state) {
    (void)state;
    for (size_t bit = 8 * 16; bit < 8 * (size_t)WHOLE; bit += bit < 8 * 300u ? 1 : 37) {
        made[bit / 8] ^= (uint8_t)(1u << bit % 8);
        int number = bit / 8 < 16 + CONTRIBUTION_SEALED1_BYTES ? 1 : 2;
        /* X25519 takes no notice of the top bit of the sender's key, but the nonce does: shut too. */
        check_open(number, &session.context, made, FAULT_RECORD_SEALED);
        made[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

static void another_length_is_refused(void **state) {
    (void)state;
    for (size_t size = 0; size <= CONTRIBUTION_SEALED1_BYTES + 1; size++) {
        struct bytes sealed = {made + 16, size};
        enum fault expected = size == CONTRIBUTION_SEALED1_BYTES ? FAULT_NONE : FAULT_RECORD_SEALED;
        check_fault(unseal_share1(seed, &scratch, &key[0], &session.context, made, sealed), expected);
    }
    struct bytes sealed = sealed2();
    sealed.size--;
    check_fault(unseal_share2(counters, &scratch, &key[1], &session.context, made, sealed),
                FAULT_RECORD_SEALED);
    sealed = (struct bytes){NULL, 0};
    check_fault(unseal_share2(counters, &scratch, &key[1], &session.context, made, sealed),
                FAULT_RECORD_SEALED);
    /* A shorter plaintext, well sealed: its length is wrong before it is opened. */
    struct contribution_context other = session.context;
    other.share.counter_count = COUNT - 1;
    check_fault(unseal_share2(counters, &scratch, &key[1], &other, made, sealed2()), FAULT_RECORD_SEALED);
}

static void misuse_is_said_before_anything_is_opened(void **state) {
    (void)state;
    struct contribution_context other = session.context;
    uint32_t sum[COUNT] = {0};
    other.share.counter_count = COUNT + 1;
    check_fault(unseal_share1(seed, &scratch, &key[0], &other, made, sealed1()), FAULT_MISUSE);
    struct unseal_key none = {0};
    check_fault(unseal_share1(seed, &scratch, &none, &session.context, made, sealed1()), FAULT_MISUSE);
    const struct unseal_target past[] = {{sum, 1, COUNT}, {sum, COUNT + 1, 0}, {sum, 2, UINT32_MAX}};
    for (int i = 0; i < 3; i++) {
        check_fault(unseal_add(&past[i], 1, &scratch, &key[0], 1, &session.context, made, sealed1()),
                    FAULT_MISUSE);
    }
    const struct unseal_target all = {sum, 0, COUNT};
    check_fault(unseal_add(&all, 1, &scratch, &key[0], 0, &session.context, made, sealed1()), FAULT_MISUSE);
    check_fault(unseal_add(&all, 1, &scratch, &key[0], 3, &session.context, made, sealed1()), FAULT_MISUSE);
    assert_true(sodium_is_zero((uint8_t *)sum, sizeof sum));
}

static void without_targets_a_share_is_only_checked(void **state) {
    (void)state;
    check_fault(unseal_add(NULL, 0, &scratch, &key[0], 1, &session.context, made, sealed1()), FAULT_NONE);
    check_fault(unseal_add(NULL, 0, &scratch, &key[1], 2, &session.context, made, sealed2()), FAULT_NONE);
    check_fault(unseal_add(NULL, 0, &scratch, &key[0], 2, &session.context, made, sealed2()),
                FAULT_RECORD_SEALED);
}

static void a_fault_leaves_the_sums_untouched(void **state) {
    (void)state;
    uint32_t sum[COUNT] = {0};
    const struct unseal_target all = {sum, 0, COUNT};
    made[16 + 100] ^= 1;
    check_fault(unseal_add(&all, 1, &scratch, &key[0], 1, &session.context, made, sealed1()),
                FAULT_RECORD_SEALED);
    made[0] ^= 1;
    check_fault(unseal_add(&all, 1, &scratch, &key[1], 2, &session.context, made, sealed2()),
                FAULT_RECORD_CONTENT);
    assert_true(sodium_is_zero((uint8_t *)sum, sizeof sum));
}

/* Both holders' sums over the same pupils, in two targets each: the class level, and a part further on. */
static void sums_of_shares_over_any_pupils_are_the_sums_of_their_measurements(void **state) {
    (void)state;
    static uint32_t total[COUNT], low[2][68], high[2][100];
    uint64_t chance = 23;
    memset(total, 0, sizeof total);
    for (int pupil = 0; pupil < 60; pupil++) {
        sample_answers(answers, session.questionnaire, &chance);
        sample_measure(measurement, &session, answers);
        share_add(total, measurement, COUNT);
        make();
        for (uint16_t i = 0; i < 2; i++) {
            const struct unseal_target targets[2] = {{high[i], 194, 100}, {low[i], 0, 68}};
            check_fault(unseal_add(targets, 2, &scratch, &key[i], (uint16_t)(i + 1), &session.context, made,
                                   i == 0 ? sealed1() : sealed2()),
                        FAULT_NONE);
        }
    }
    share_add(low[0], low[1], 68);
    share_add(high[0], high[1], 100);
    assert_memory_equal(low[0], total, sizeof low[0]);
    assert_memory_equal(high[0], total + 194, sizeof high[0]);
}

static void keys_that_do_not_belong_together_are_refused(void **state) {
    (void)state;
    struct unseal_key any;
    uint8_t public_key[32];
    memset(&any, 0xA5, sizeof any);
    check_fault(unseal_key_new(&any, session.context.box_key[0], session.box_secret[1]), FAULT_KEY_INVALID);
    assert_true(sodium_is_zero((uint8_t *)&any, sizeof any));
    memset(public_key, 0, 32);
    check_fault(unseal_key_new(&any, public_key, session.box_secret[0]), FAULT_KEY_INVALID);
    public_key[0] = 1;
    check_fault(unseal_key_new(&any, public_key, session.box_secret[0]), FAULT_KEY_INVALID);
    memcpy(public_key, session.context.box_key[0], 32);
    public_key[31] ^= 0x80; /* the same point, written otherwise */
    check_fault(unseal_key_new(&any, public_key, session.box_secret[0]), FAULT_KEY_INVALID);
}

static void released_things_are_zeroed_and_may_be_released_again(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        unseal_key_release(&key[0]);
        unseal_scratch_release(&scratch);
        assert_true(sodium_is_zero((uint8_t *)&key[0], sizeof key[0]));
        assert_true(sodium_is_zero((uint8_t *)&scratch, sizeof scratch));
    }
}

/* ---- what lies in the store does not give a seed away ---- */

enum { STORED = 3000 };

struct candidates {
    uint8_t (*seed)[SHARE_SEED_BYTES]; /* sorted */
    uint8_t begins[1 << 16]; /* by their first two bytes, so that most windows are dismissed at once */
};

static int compare_seeds(const void *a, const void *b) {
    return memcmp(a, b, SHARE_SEED_BYTES);
}

static bool is_a_seed(const struct candidates *all, const uint8_t *window) {
    return all->begins[window[0] | window[1] << 8] &&
           bsearch(window, all->seed, STORED, SHARE_SEED_BYTES, compare_seeds) != NULL;
}

static bool hash_is_a_seed(const struct candidates *all, const uint8_t *data, size_t size) {
    uint8_t hash[32];
    bool found = false;
    crypto_generichash_blake2b(hash, 32, data, size, NULL, 0);
    found = is_a_seed(all, hash);
    crypto_hash_sha256(hash, data, size);
    found = found || is_a_seed(all, hash);
    for (int i = 0; i <= DIGEST_LABEL_COUNT; i++) {
        digest_make(hash, (enum digest_label)i, (struct bytes){data, size});
        found = found || is_a_seed(all, hash);
    }
    return found;
}

static void collect(struct candidates *all, uint8_t (*store)[WHOLE]) {
    for (size_t i = 0; i < STORED; i++) {
        make();
        memcpy(store[i], made, WHOLE);
        check_fault(unseal_share1(all->seed[i], &scratch, &key[0], &session.context, made, sealed1()),
                    FAULT_NONE);
        all->begins[all->seed[i][0] | all->seed[i][1] << 8] = 1;
    }
    qsort(all->seed, STORED, SHARE_SEED_BYTES, compare_seeds);
}

static void no_seed_lies_in_the_store_or_is_a_hash_of_what_lies_there(void **state) {
    (void)state;
    static struct candidates all;
    uint8_t(*store)[WHOLE] = malloc(STORED * sizeof *store);
    all.seed = malloc(STORED * sizeof *all.seed);
    assert_non_null(store);
    assert_non_null(all.seed);
    collect(&all, store);
    for (size_t i = 0; i < STORED; i++) {
        assert_true(i == 0 || compare_seeds(all.seed[i - 1], all.seed[i]) != 0);
        assert_true(is_a_seed(&all, all.seed[i]));
        for (size_t j = 0; j + SHARE_SEED_BYTES <= WHOLE; j++) {
            assert_false(is_a_seed(&all, store[i] + j));
        }
        assert_false(hash_is_a_seed(&all, store[i], 16));
        assert_false(hash_is_a_seed(&all, store[i], WHOLE));
        assert_false(hash_is_a_seed(&all, store[i] + 16, CONTRIBUTION_SEALED1_BYTES));
        assert_false(hash_is_a_seed(&all, store[i] + 16 + CONTRIBUTION_SEALED1_BYTES, SEALED2));
        assert_false(hash_is_a_seed(&all, all.seed[i], SHARE_SEED_BYTES)); /* nor of the seed before it */
    }
    free(store);
    free(all.seed);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_sealed_is_what_is_opened),
        TEST(the_sample_of_the_document_opens),
        TEST(a_share_of_other_surroundings_is_refused),
        TEST(every_bit_of_the_head_is_compared),
        TEST(the_share_of_the_other_holder_is_refused),
        TEST(a_key_opens_only_its_own_half),
        TEST(flipping_any_bit_of_a_sealed_share_keeps_it_shut),
        TEST(another_length_is_refused),
        TEST(misuse_is_said_before_anything_is_opened),
        TEST(without_targets_a_share_is_only_checked),
        TEST(a_fault_leaves_the_sums_untouched),
        TEST(sums_of_shares_over_any_pupils_are_the_sums_of_their_measurements),
        TEST(keys_that_do_not_belong_together_are_refused),
        TEST(released_things_are_zeroed_and_may_be_released_again),
        TEST(no_seed_lies_in_the_store_or_is_a_hash_of_what_lies_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
