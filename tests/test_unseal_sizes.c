/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "aggregator/unseal.h"
#include "core/secret.h"
#include "sample_contribution.h"
#include "sample_questionnaire.h"

#include <stdio.h>
#include <string.h>

/* What two key holders can say of sizes, and check of each other, from committed contributions. */

enum {
    COUNT = 563,
    SIZES = 4,
    CLAIM = 32 + 24 * SIZES,
    PLAIN1 = 124 + 32 + 32,
    PLAIN2 = 124 + 4 * COUNT + 64,
    WHOLE = 16 + PLAIN1 + 48 + PLAIN2 + 48,
    PUPILS = 40
};

static struct sample_session session;
static struct unseal_key key[2];
static struct unseal_scratch scratch;
static struct unseal_sizes sizes[2];
static struct commitment_bases bases;
static struct answers *answers;
static uint32_t measurement[COUNT], total[COUNT], sums[2][COUNT];
static uint8_t made[WHOLE];

static int set_up(void **state) {
    (void)state;
    sample_session_new(&session);
    session.context.layout = &session.layout;
    for (int i = 0; i < 2; i++) {
        check_fault(unseal_key_new(&key[i], session.context.box_key[i], session.box_secret[i]), FAULT_NONE);
        check_fault(unseal_sizes_new(&sizes[i], SIZES), FAULT_NONE);
    }
    check_fault(unseal_scratch_new(&scratch, COUNT), FAULT_NONE);
    check_fault(commitment_bases_new(&bases, SIZES), FAULT_NONE);
    check_fault(answers_new(&answers), FAULT_NONE);
    memset(total, 0, sizeof total);
    memset(sums, 0, sizeof sums);
    sample_pupil(answers, session.questionnaire);
    sample_measure(measurement, &session, answers);
    check_fault(contribution_make(made, &session.context, measurement), FAULT_NONE);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    answers = answers_free(answers);
    commitment_bases_release(&bases);
    unseal_scratch_release(&scratch);
    for (int i = 0; i < 2; i++) {
        unseal_key_release(&key[i]);
        unseal_sizes_release(&sizes[i]);
        unseal_sizes_release(&sizes[i]);
    }
    sample_session_release(&session);
    return 0;
}

static struct bytes sealed(int holder) {
    return holder == 0 ? (struct bytes){made + 16, PLAIN1 + 48}
                       : (struct bytes){made + 16 + PLAIN1 + 48, PLAIN2 + 48};
}

static enum fault open_for(int holder, uint32_t counters) {
    const struct unseal_target target = {sums[holder], 0, counters};
    return unseal_add(&target, counters > 0, &scratch, &key[holder], (uint16_t)(holder + 1), &session.context,
                      made, sealed(holder));
}

static void add_for(int holder, struct unseal_sizes *into) {
    check_fault(open_for(holder, session.layout.level_first[LAYOUT_BREAKDOWN]), FAULT_NONE);
    check_fault(unseal_sizes_add(into, &scratch, (uint16_t)(holder + 1), &session.context, made), FAULT_NONE);
}

static void each_claim_opens_what_the_other_holds_and_both_tell_the_sizes(void **state) {
    (void)state;
    uint64_t chance = 31;
    struct unseal_sizes second_half;
    uint32_t told[2][SIZES], expected[SIZES];
    check_fault(unseal_sizes_new(&second_half, SIZES), FAULT_NONE);
    for (int pupil = 0; pupil < PUPILS; pupil++) {
        sample_answers(answers, session.questionnaire, &chance);
        sample_measure(measurement, &session, answers);
        share_add(total, measurement, COUNT);
        check_fault(contribution_make(made, &session.context, measurement), FAULT_NONE);
        add_for(0, &sizes[0]);
        add_for(1, pupil < PUPILS / 2 ? &sizes[1] : &second_half);
    }
    check_fault(commitment_check(sizes[1].commitment, &bases, sizes[0].claim), FAULT_SIZES_FALSE);
    check_fault(unseal_sizes_join(&sizes[1], &second_half), FAULT_NONE);
    check_fault(commitment_check(sizes[1].commitment, &bases, sizes[0].claim), FAULT_NONE);
    check_fault(commitment_check(sizes[0].commitment, &bases, sizes[1].claim), FAULT_NONE);
    check_fault(commitment_check(sizes[0].commitment, &bases, sizes[0].claim), FAULT_SIZES_FALSE);
    for (int i = 0; i < 2; i++) {
        uint32_t summed[SIZES];
        commitment_claim_sizes(told[i], sizes[i].claim, SIZES);
        layout_sizes(summed, &session.layout, sums[i]);
        assert_memory_equal(told[i], summed, sizeof summed);
    }
    layout_sizes(expected, &session.layout, total);
    share_add(told[0], told[1], SIZES);
    assert_memory_equal(told[0], expected, sizeof expected);
    assert_true(expected[0] > 0 && expected[3] > 0);
    unseal_sizes_release(&second_half);
}

/* Seals over what `made` holds for a holder: the opened plaintext with bytes changed at `at`. */
static void damage(int holder, size_t at, const uint8_t *bytes, size_t size) {
    static uint8_t plain[PLAIN2];
    struct bytes box = sealed(holder);
    assert_int_equal(
        crypto_box_seal_open(plain, box.data, box.size, key[holder].public_key, key[holder].secret_key), 0);
    memcpy(plain + at, bytes, size);
    assert_int_equal(
        crypto_box_seal((uint8_t *)made + (box.data - made), plain, box.size - 48, key[holder].public_key),
        0);
}

static void what_is_no_commitment_is_noticed_when_a_share_is_looked_at(void **state) {
    (void)state;
    static uint32_t counters[COUNT];
    static const size_t at[2] = {PLAIN1 - 32, PLAIN2 - 32};
    uint8_t seed[32], none[32];
    memset(none, 0xFF, sizeof none);
    for (int holder = 0; holder < 2; holder++) {
        check_fault(open_for(holder, 0), FAULT_NONE);
        damage(holder, at[holder], none, sizeof none);
        check_fault(open_for(holder, 0), FAULT_RECORD_CONTENT);
        check_fault(open_for(holder, session.layout.level_first[LAYOUT_BREAKDOWN]), FAULT_NONE);
        check_fault(
            unseal_sizes_add(&sizes[holder], &scratch, (uint16_t)(holder + 1), &session.context, made),
            FAULT_RECORD_CONTENT);
        assert_true(sodium_is_zero(sizes[holder].claim, CLAIM));
        assert_true(sodium_is_zero(sizes[holder].commitment, 32));
    }
    check_fault(unseal_share1(seed, &scratch, &key[0], &session.context, made, sealed(0)),
                FAULT_RECORD_CONTENT);
    check_fault(unseal_share2(counters, &scratch, &key[1], &session.context, made, sealed(1)),
                FAULT_RECORD_CONTENT);
}

/*
 * A kiosk that commits to something else, or masks with another seed, makes the sum false; so does a swap
 * between two records.
 */
static void a_false_commitment_or_mask_seed_makes_the_sum_false(void **state) {
    (void)state;
    damage(1, PLAIN2 - 32, bases.point, 32);
    add_for(0, &sizes[0]);
    add_for(1, &sizes[1]);
    check_fault(commitment_check(sizes[1].commitment, &bases, sizes[0].claim), FAULT_SIZES_FALSE);
    check_fault(commitment_check(sizes[0].commitment, &bases, sizes[1].claim), FAULT_NONE);
    damage(1, PLAIN2 - 64, bases.point, 32);
    unseal_sizes_release(&sizes[1]);
    check_fault(unseal_sizes_new(&sizes[1], SIZES), FAULT_NONE);
    add_for(1, &sizes[1]);
    check_fault(commitment_check(sizes[0].commitment, &bases, sizes[1].claim), FAULT_SIZES_FALSE);
}

static void misuse_is_said_and_adds_nothing(void **state) {
    (void)state;
    struct contribution_context other = session.context;
    struct unseal_sizes three;
    uint32_t school = session.layout.level_first[LAYOUT_BREAKDOWN];
    check_fault(unseal_sizes_new(&three, 3), FAULT_NONE);
    check_fault(unseal_sizes_add(&sizes[0], &scratch, 1, &session.context, made), FAULT_MISUSE);
    check_fault(open_for(0, school - 1), FAULT_NONE); /* not all that sizes are made of */
    check_fault(unseal_sizes_add(&sizes[0], &scratch, 1, &session.context, made), FAULT_MISUSE);
    check_fault(open_for(0, school), FAULT_NONE);
    check_fault(unseal_sizes_add(&three, &scratch, 1, &session.context, made), FAULT_MISUSE);
    other.layout = NULL;
    check_fault(unseal_sizes_add(&sizes[0], &scratch, 1, &other, made), FAULT_MISUSE);
    check_fault(unseal_sizes_join(&sizes[0], &three), FAULT_MISUSE);
    made[16] ^= 1;
    check_fault(open_for(0, school), FAULT_RECORD_SEALED); /* nothing of the share before stays to be added */
    check_fault(unseal_sizes_add(&sizes[0], &scratch, 1, &session.context, made), FAULT_MISUSE);
    assert_true(sodium_is_zero(sizes[0].claim, CLAIM));
    unseal_sizes_release(&three);
}

/* A committed share is not taken for one without commitments, nor the other way round. */
static void both_kinds_have_their_own_length(void **state) {
    (void)state;
    session.context.layout = NULL;
    check_fault(open_for(0, 0), FAULT_RECORD_SEALED);
    check_fault(open_for(1, 0), FAULT_RECORD_SEALED);
    check_fault(contribution_make(made, &session.context, measurement), FAULT_NONE);
    session.context.layout = &session.layout;
    check_fault(open_for(0, 0), FAULT_RECORD_SEALED);
    check_fault(open_for(1, 0), FAULT_RECORD_SEALED);
}

/*
 * tests/vectors/contribution/committed.bin is the second worked sample of docs/format.md, "Contribution",
 * sealed.
 */
static void the_committed_sample_of_the_document_opens(void **state) {
    (void)state;
    uint8_t digest[DIGEST_BYTES];
    char hex[65];
    FILE *file = fopen(TEST_SOURCE_FOLDER "/tests/vectors/contribution/committed.bin", "rb");
    assert_non_null(file);
    assert_int_equal(fread(made, 1, WHOLE, file), WHOLE);
    assert_int_equal(fgetc(file), EOF);
    fclose(file);
    contribution_digest(digest, made, (struct bytes){made + 16, WHOLE - 16});
    digest_hex(hex, digest, sizeof digest);
    assert_string_equal(hex, "ec5e4317e0bda122667d66b5f36120e2daad2dae57d97d197ff44e43f74919f5");
    add_for(0, &sizes[0]);
    add_for(1, &sizes[1]);
    check_fault(commitment_check(sizes[1].commitment, &bases, sizes[0].claim), FAULT_NONE);
    check_fault(commitment_check(sizes[0].commitment, &bases, sizes[1].claim), FAULT_NONE);
    digest_hex(hex, sizes[0].commitment, 32);
    assert_string_equal(hex, "dc8243d4ebbf693a81ea63af3e5cbfb4ba97c7305ec8bb99223bb160d3209937");
    digest_hex(hex, sizes[1].commitment, 32);
    assert_string_equal(hex, "009e34c3086fab23c16ff86dbe781d3649c73a81a2a74431f67786f7c1e3c41e");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_claim_opens_what_the_other_holds_and_both_tell_the_sizes),
        TEST(what_is_no_commitment_is_noticed_when_a_share_is_looked_at),
        TEST(a_false_commitment_or_mask_seed_makes_the_sum_false),
        TEST(misuse_is_said_and_adds_nothing),
        TEST(both_kinds_have_their_own_length),
        TEST(the_committed_sample_of_the_document_opens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
