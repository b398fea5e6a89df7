/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/contribution.h"
#include "sample_contribution.h"
#include "sample_questionnaire.h"

#include <stdlib.h>
#include <string.h>

enum {
    COUNT = 563,
    PLAIN1 = CONTRIBUTION_HEAD_BYTES + SHARE_SEED_BYTES,
    PLAIN2 = CONTRIBUTION_HEAD_BYTES + 4 * COUNT,
    WHOLE = 16 + 204 + 124 + 4 * COUNT + 48
};

static struct sample_session session;
static struct answers *answers;

static int set_up(void **state) {
    (void)state;
    sample_session_new(&session);
    check_fault(answers_new(&answers), FAULT_NONE);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    sample_session_release(&session);
    answers = answers_free(answers);
    return 0;
}

static void check_hex(const uint8_t *data, size_t size, const char *expected) {
    char hex[2 * 128 + 1];
    digest_hex(hex, data, size);
    assert_string_equal(hex, expected);
}

static void sizes_are_those_of_the_document(void **state) {
    (void)state;
    assert_int_equal(CONTRIBUTION_SEALED1_BYTES, 204);
    assert_int_equal(contribution_sealed2_bytes(1000, false), 4172);
    assert_int_equal(contribution_bytes(1000, false), 16 + 204 + 4172);
    assert_int_equal(contribution_bytes(COUNT, false), WHOLE);
    assert_int_equal(contribution_bytes(LAYOUT_COUNTERS, false), 16 + 204 + 172 + 65536);
}

/* The worked sample of docs/format.md, "Contribution". */
static void the_head_is_that_of_the_document(void **state) {
    (void)state;
    uint8_t head[CONTRIBUTION_HEAD_BYTES];
    contribution_head(head, &session.context, 2, session.id);
    check_hex(head, 12, "010002000102000033020000");
    check_hex(head + 12, 32, "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f");
    assert_memory_equal(head + 44, session.layout.digest, 32);
    check_hex(head + 76, 16, "101112131415161718191a1b1c1d1e1f");
    check_hex(head + 92, 32, "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf");
}

/* With the fixed draws of the document: mask seed e0 e1 .. ff. */
static void plain(uint8_t *plain1, uint8_t *plain2, const uint32_t *measurement) {
    struct contribution_arena arena;
    struct contribution_draw draw;
    uint32_t size_count = session.context.layout ? session.context.layout->size_count : 0;
    memcpy(draw.id, session.id, sizeof draw.id);
    memcpy(draw.seed, session.seed, sizeof draw.seed);
    for (size_t i = 0; i < sizeof draw.mask_seed; i++) {
        draw.mask_seed[i] = (uint8_t)(0xE0 + i);
    }
    check_fault(contribution_arena_new(&arena, COUNT, size_count), FAULT_NONE);
    contribution_plain(plain1, plain2, &arena, &session.context, &draw, measurement);
    contribution_arena_release(&arena);
}

static void the_plaintexts_are_those_of_the_document(void **state) {
    (void)state;
    static uint32_t measurement[COUNT];
    static uint32_t aligned[PLAIN2 / 4];
    uint8_t plain1[PLAIN1], digest[32];
    uint8_t *plain2 = (uint8_t *)aligned;
    sample_pupil(answers, session.questionnaire);
    sample_measure(measurement, &session, answers);
    plain(plain1, plain2, measurement);
    check_hex(plain1 + 124, 32, "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
    check_hex(plain2 + 124, 16, "724ffdb1e245c60e85a4d40e155e1b8a");
    crypto_generichash_blake2b(digest, 32, plain1, sizeof plain1, NULL, 0);
    check_hex(digest, 32, "a98a8208a1a8718f243635282f20ce9604eee48ebe8c6904463ffcb5304f2cb8");
    crypto_generichash_blake2b(digest, 32, plain2, PLAIN2, NULL, 0);
    check_hex(digest, 32, "fe5744a20e5cfad71c88bb42ac8591a08770b24eaf9279e46c5947e3c3ee499f");
}

/* The second worked sample; computed by a second program too, with a group of its own. */
static void committed_plaintexts_are_those_of_the_document(void **state) {
    (void)state;
    static uint32_t measurement[COUNT];
    static uint32_t aligned[(PLAIN2 + CONTRIBUTION_TAIL2_BYTES) / 4];
    uint8_t plain1[PLAIN1 + CONTRIBUTION_TAIL1_BYTES], digest[32];
    uint8_t *plain2 = (uint8_t *)aligned;
    session.context.layout = &session.layout;
    sample_pupil(answers, session.questionnaire);
    sample_measure(measurement, &session, answers);
    plain(plain1, plain2, measurement);
    check_hex(plain1 + PLAIN1, 32, "dc8243d4ebbf693a81ea63af3e5cbfb4ba97c7305ec8bb99223bb160d3209937");
    check_hex(plain2 + PLAIN2, 32, "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    check_hex(plain2 + PLAIN2 + 32, 32, "009e34c3086fab23c16ff86dbe781d3649c73a81a2a74431f67786f7c1e3c41e");
    crypto_generichash_blake2b(digest, 32, plain1, sizeof plain1, NULL, 0);
    check_hex(digest, 32, "1b90c2edff4629d0adcec59e98bb0d9c92fc0ca45c00f047a13e45efd8cddf6d");
    crypto_generichash_blake2b(digest, 32, plain2, sizeof aligned, NULL, 0);
    check_hex(digest, 32, "8645aebda1f15224916216afbdc6cd532efa45de67123fe278bcd279ff5fd13a");
    assert_int_equal(contribution_bytes(COUNT, true), 16 + sizeof plain1 + 48 + sizeof aligned + 48);
}

/* Each tail opens with the other share's claim, and the two claims' sizes are those of the pupil. */
static void each_share_holds_the_commitment_to_the_other(void **state) {
    (void)state;
    enum { SIZES = 4 };
    static uint32_t measurement[COUNT], expansion[COUNT], aligned[(PLAIN2 + CONTRIBUTION_TAIL2_BYTES) / 4];
    uint8_t plain1[PLAIN1 + CONTRIBUTION_TAIL1_BYTES], claim[32 + 24 * SIZES];
    uint8_t *tail2 = (uint8_t *)aligned + PLAIN2;
    uint32_t sizes[2][SIZES], whole[SIZES];
    struct commitment_bases bases;
    session.context.layout = &session.layout;
    check_fault(commitment_bases_new(&bases, SIZES), FAULT_NONE);
    sample_pupil(answers, session.questionnaire);
    sample_measure(measurement, &session, answers);
    plain(plain1, (uint8_t *)aligned, measurement);
    layout_sizes(sizes[1], &session.layout, aligned + CONTRIBUTION_HEAD_BYTES / 4);
    commitment_claim(claim, &session.context.share, session.id, tail2, sizes[1], SIZES);
    check_fault(commitment_check(plain1 + PLAIN1, &bases, claim), FAULT_NONE);
    share_expand(expansion, &session.context.share, session.id, session.seed);
    layout_sizes(sizes[0], &session.layout, expansion);
    commitment_claim(claim, &session.context.share, session.id, session.seed, sizes[0], SIZES);
    check_fault(commitment_check(tail2 + 32, &bases, claim), FAULT_NONE);
    check_fault(commitment_check(plain1 + PLAIN1, &bases, claim), FAULT_SIZES_FALSE);
    layout_sizes(whole, &session.layout, measurement);
    for (int i = 0; i < SIZES; i++) {
        assert_int_equal((uint32_t)(sizes[0][i] + sizes[1][i]), whole[i]);
    }
    commitment_bases_release(&bases);
}

static void opposite(struct answers *other) {
    answers_forget(other);
    for (uint16_t i = 0; i < SAMPLE_ITEMS; i++) {
        other->shown[i] = true;
    }
    sample_choose(other, session.questionnaire, SAMPLE_GENDER, "boy");
    sample_choose(other, session.questionnaire, SAMPLE_SAFE_CLASS, "rarely");
    sample_choose(other, session.questionnaire, SAMPLE_SAFE_HALL, "never");
    sample_choose(other, session.questionnaire, SAMPLE_AFRAID, "often");
    sample_choose(other, session.questionnaire, SAMPLE_ALONE, "always");
    sample_choose(other, session.questionnaire, SAMPLE_HAPPY, "bit_no");
    sample_choose(other, session.questionnaire, SAMPLE_HAPPENED, "nothing");
}

static void opposite_answers_give_the_same_share_1_and_share_2s_that_differ_by_the_measurements(
    void **state) {
    (void)state;
    static uint32_t measurement[2][COUNT], aligned[2][PLAIN2 / 4];
    uint8_t plain1[2][PLAIN1];
    sample_pupil(answers, session.questionnaire);
    for (int i = 0; i < 2; i++) {
        sample_measure(measurement[i], &session, answers);
        plain(plain1[i], (uint8_t *)aligned[i], measurement[i]);
        opposite(answers);
    }
    assert_memory_not_equal(measurement[0], measurement[1], sizeof measurement[0]);
    assert_memory_equal(plain1[0], plain1[1], PLAIN1);
    assert_memory_equal(aligned[0], aligned[1], CONTRIBUTION_HEAD_BYTES);
    for (uint32_t i = 0; i < COUNT; i++) {
        const uint8_t *at[2] = {(uint8_t *)aligned[0] + 124 + 4 * i, (uint8_t *)aligned[1] + 124 + 4 * i};
        uint32_t difference = bytes_load_u32(at[0]) - bytes_load_u32(at[1]);
        assert_int_equal(difference, measurement[0][i] - measurement[1][i]);
    }
}

static void check_make(enum fault expected) {
    static uint32_t measurement[COUNT];
    static uint8_t out[WHOLE + 1];
    memset(out, 0xA5, sizeof out);
    check_fault(contribution_make(out, &session.context, measurement), expected);
    assert_int_equal(sodium_is_zero(out, WHOLE), expected != FAULT_NONE);
    assert_int_equal(out[WHOLE], 0xA5);
}

static void a_bad_box_key_leaves_only_zeros(void **state) {
    (void)state;
    check_make(FAULT_NONE);
    for (int i = 0; i < 2; i++) {
        memset(session.context.box_key[i], 0, 32);
        check_make(FAULT_SODIUM);
        session.context.box_key[i][0] = 1; /* the point of order one in Edwards form */
        check_make(FAULT_SODIUM);
        crypto_scalarmult_curve25519_base(session.context.box_key[i], session.box_secret[i]);
    }
    check_make(FAULT_NONE);
}

static void an_arena_is_all_zero_between_contributions(void **state) {
    (void)state;
    static uint32_t measurement[COUNT];
    static uint8_t out[WHOLE];
    struct contribution_arena arena;
    check_fault(contribution_arena_new(&arena, COUNT, 0), FAULT_NONE);
    for (int i = 0; i < 3; i++) {
        check_fault(contribution_make_in(out, &arena, &session.context, measurement), FAULT_NONE);
        assert_true(sodium_is_zero(arena.memory, arena.memory_bytes));
    }
    memset(session.context.box_key[1], 0, 32);
    check_fault(contribution_make_in(out, &arena, &session.context, measurement), FAULT_SODIUM);
    assert_true(sodium_is_zero(arena.memory, arena.memory_bytes));
    contribution_arena_release(&arena);
    contribution_arena_release(&arena);
    assert_null(arena.memory);
}

static void an_arena_for_commitments_is_all_zero_between_contributions(void **state) {
    (void)state;
    static uint32_t measurement[COUNT];
    static uint8_t out[2][WHOLE + CONTRIBUTION_TAIL1_BYTES + CONTRIBUTION_TAIL2_BYTES];
    struct contribution_arena arena;
    session.context.layout = &session.layout;
    check_fault(contribution_arena_new(&arena, COUNT, session.layout.size_count), FAULT_NONE);
    for (int i = 0; i < 2; i++) {
        check_fault(contribution_make_in(out[i], &arena, &session.context, measurement), FAULT_NONE);
        assert_true(sodium_is_zero(arena.memory, arena.memory_bytes));
    }
    for (size_t i = 0; i + 8 <= sizeof out[0]; i++) {
        assert_memory_not_equal(out[0] + i, out[1] + i, 8);
    }
    contribution_arena_release(&arena);
}

static void an_arena_of_another_size_is_refused(void **state) {
    (void)state;
    static uint32_t measurement[COUNT];
    static uint8_t out[WHOLE];
    struct contribution_arena arena = {0};
    memset(out, 0xA5, sizeof out);
    check_fault(contribution_make_in(out, &arena, &session.context, measurement), FAULT_MISUSE);
    assert_true(sodium_is_zero(out, sizeof out));
    check_fault(contribution_arena_new(&arena, COUNT + 1, 0), FAULT_NONE);
    check_fault(contribution_make_in(out, &arena, &session.context, measurement), FAULT_MISUSE);
    contribution_arena_release(&arena);
    check_fault(contribution_arena_new(&arena, COUNT, 4), FAULT_NONE);
    check_fault(contribution_make_in(out, &arena, &session.context, measurement), FAULT_MISUSE);
    contribution_arena_release(&arena);
}

static void two_contributions_of_one_pupil_have_nothing_in_common(void **state) {
    (void)state;
    static uint32_t measurement[COUNT];
    static uint8_t out[2][WHOLE];
    for (int i = 0; i < 2; i++) {
        check_fault(contribution_make(out[i], &session.context, measurement), FAULT_NONE);
    }
    for (size_t i = 0; i + 8 <= WHOLE; i++) {
        assert_memory_not_equal(out[0] + i, out[1] + i, 8);
    }
}

static int compare_seeds(const void *a, const void *b) {
    return memcmp(a, b, SHARE_SEED_BYTES);
}

static int compare_ids(const void *a, const void *b) {
    return memcmp(a, b, SHARE_ID_BYTES);
}

/*
 * Also: no seed begins or ends with an id that was drawn with any other, as it would from one short stream.
 */
static void a_hundred_thousand_draws_are_all_distinct(void **state) {
    (void)state;
    enum { DRAWS = 100000 };
    uint8_t(*seeds)[SHARE_SEED_BYTES] = malloc(DRAWS * sizeof *seeds);
    uint8_t(*ids)[SHARE_ID_BYTES] = malloc(DRAWS * sizeof *ids);
    assert_non_null(seeds);
    assert_non_null(ids);
    for (size_t i = 0; i < DRAWS; i++) {
        struct contribution_draw draw;
        contribution_draw(&draw);
        memcpy(ids[i], draw.id, SHARE_ID_BYTES);
        memcpy(seeds[i], i % 2 ? draw.seed : draw.mask_seed, SHARE_SEED_BYTES);
        assert_memory_not_equal(draw.seed, draw.mask_seed, SHARE_SEED_BYTES);
    }
    qsort(seeds, DRAWS, sizeof *seeds, compare_seeds);
    qsort(ids, DRAWS, sizeof *ids, compare_ids);
    for (size_t i = 0; i < DRAWS; i++) {
        assert_true(i == 0 || compare_seeds(seeds[i - 1], seeds[i]) != 0);
        assert_true(i == 0 || compare_ids(ids[i - 1], ids[i]) != 0);
        assert_null(bsearch(seeds[i], ids, DRAWS, sizeof *ids, compare_ids));
        assert_null(bsearch(seeds[i] + SHARE_ID_BYTES, ids, DRAWS, sizeof *ids, compare_ids));
    }
    free(seeds);
    free(ids);
}

static void flipping_any_bit_changes_the_digest(void **state) {
    (void)state;
    static uint32_t measurement[COUNT];
    static uint8_t out[WHOLE];
    uint8_t before[DIGEST_BYTES], after[DIGEST_BYTES];
    check_fault(contribution_make(out, &session.context, measurement), FAULT_NONE);
    contribution_digest(before, out, (struct bytes){out + 16, WHOLE - 16});
    for (size_t bit = 0; bit < 8 * (size_t)WHOLE; bit++) {
        out[bit / 8] ^= (uint8_t)(1u << bit % 8);
        contribution_digest(after, out, (struct bytes){out + 16, WHOLE - 16});
        assert_memory_not_equal(before, after, DIGEST_BYTES);
        out[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    digest_make(after, DIGEST_RECORD, (struct bytes){out, WHOLE});
    assert_memory_equal(before, after, DIGEST_BYTES);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(sizes_are_those_of_the_document),
        TEST(the_head_is_that_of_the_document),
        TEST(the_plaintexts_are_those_of_the_document),
        TEST(committed_plaintexts_are_those_of_the_document),
        TEST(each_share_holds_the_commitment_to_the_other),
        TEST(opposite_answers_give_the_same_share_1_and_share_2s_that_differ_by_the_measurements),
        TEST(a_bad_box_key_leaves_only_zeros),
        TEST(an_arena_is_all_zero_between_contributions),
        TEST(an_arena_for_commitments_is_all_zero_between_contributions),
        TEST(an_arena_of_another_size_is_refused),
        TEST(two_contributions_of_one_pupil_have_nothing_in_common),
        TEST(a_hundred_thousand_draws_are_all_distinct),
        TEST(flipping_any_bit_changes_the_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
