/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Categories on two machines: honest holders get what one machine gets; whoever lies about a size is found
 * out, and nothing is let go.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "core/measurement.h"
#include "tests/sample_opening.h"
#include "tests/sample_questionnaire.h"

enum {
    STRANGER = 7 /* the seed of another round */,
    GIRLS = 60,
    BOYS = 50,
    OTHERS = 2,
    SILENT = 18,
    SIZES = 4,
    OPEN = 3 /* girls and boys */
};

/* Girls, boys, others and who did not say, in turn as many as are left. */
static void answer(void *context, struct answers *answers, const struct questionnaire *questionnaire,
                   uint64_t *state) {
    uint32_t *left = context;
    static const char *const names[] = {"girl", "boy", "other"};
    size_t which = 0;
    do {
        sample_answers(answers, questionnaire, state);
    } while (answers->participation == ANSWERS_DECLINED);
    while (which < 3 && left[which] == 0) {
        which++;
    }
    left[which]--;
    answers->chosen[SAMPLE_GENDER] = 0;
    answers->shown[SAMPLE_GENDER] = true;
    if (which < 3) {
        sample_choose(answers, questionnaire, SAMPLE_GENDER, names[which]);
    }
}

/* Two machines; three classes of two years. */
static struct sample_opening *school_new(uint64_t seed) {
    const struct sample_class classes[] = {
        {"1A", 1, 200, 0}, {"1B", 1, 200, 0}, {seed == STRANGER ? "2B" : "2A", 2, 200, 0}};
    uint32_t left[SIZES] = {GIRLS, BOYS, OTHERS, SILENT};
    struct sample_opening *school = sample_opening_new(classes, 3, seed);
    for (uint16_t i = 0; i < 3; i++) {
        uint32_t count = i == 2 ? 50 : 40;
        uint32_t bundle = sample_opening_add_of(school, (uint16_t)(i + 1), i, count, answer, left);
        check_fault(sample_opening_merge(school, bundle).fault, FAULT_NONE);
    }
    return school;
}

/* A school that is about to be opened, and what lies on the table. */
struct table {
    struct sample_opening *school;
    struct opening opening;
    struct prepare pair[2];
    struct batch_list batches;
    struct bytes_buffer sizes, share;
    uint16_t at;
};

static void lay_out(struct table *table, struct sample_opening *school, const uint8_t *exclude) {
    struct ledger none = {0};
    *table = (struct table){.school = school};
    if (!school->closing) {
        sample_opening_close(school);
    }
    check_fault(sample_opening_init(&table->opening, school), FAULT_NONE);
    check_fault(sample_opening_prepare(table->pair, &table->opening, school, exclude), FAULT_NONE);
    check_fault(ledger_open(&none, school->ledger[0], school->sample->round->holder[0].sign_key), FAULT_NONE);
    check_fault(prepare_batches(&table->batches, &table->opening, table->pair, 0, &none, &table->at),
                FAULT_NONE);
    ledger_release(&none);
}

static void clear_away(struct table *table) {
    prepare_release(&table->pair[0]);
    prepare_release(&table->pair[1]);
    batch_list_release(&table->batches);
    bytes_buffer_release(&table->sizes);
    bytes_buffer_release(&table->share);
    opening_release(&table->opening);
}

static enum fault tell(struct table *table) {
    bytes_buffer_release(&table->sizes);
    return aggregate_make_sizes(&table->sizes, &table->opening, &table->school->holder[0], table->pair,
                                &table->at);
}

static enum fault let_go(struct table *table) {
    bytes_buffer_release(&table->share);
    enum fault fault = aggregate_make_groups(&table->share, &table->opening, &table->school->holder[1],
                                             table->pair, bytes_buffer_view(&table->sizes), &table->at);
    assert_true(!fault || table->share.size == 0);
    return fault;
}

static enum fault combine(struct combine_result *result, struct table *table) {
    enum fault fault = combine_make(result, &table->opening, &table->school->holder[0], table->pair,
                                    bytes_buffer_view(&table->share), &table->at);
    assert_true(!fault || (!result->category_sums && !result->total));
    return fault;
}

static void check_categories(const struct combine_result *result, const struct sample_opening *school) {
    const struct layout *layout = &school->sample->layout;
    uint64_t opened = 0, shut = 0;
    assert_int_equal(result->open[SAMPLE_GENDER], OPEN);
    for (uint32_t i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        bool is_open = block->level == LAYOUT_BREAKDOWN && (OPEN >> block->category & 1);
        for (uint32_t j = block->first; block->level == LAYOUT_BREAKDOWN && j < block->first + block->count;
             j++) {
            uint64_t sum = result->category_sums[j - layout->level_first[LAYOUT_BREAKDOWN]];
            assert_int_equal(sum, is_open ? school->sums[j] : 0);
            opened += sum;
            shut += is_open ? 0 : school->sums[j];
        }
    }
    assert_true(opened > 0 && shut > 0);
}

static size_t entries_of(const struct sample_opening *school, int holder) {
    struct ledger ledger = {0};
    check_fault(ledger_open(&ledger, school->ledger[holder], school->sample->round->holder[holder].sign_key),
                FAULT_NONE);
    size_t count = ledger.entry_count;
    ledger_release(&ledger);
    return count;
}

static void honest_holders_get_the_plain_sums_of_the_open_categories(void **state) {
    (void)state;
    struct table table;
    struct combine_result result;
    lay_out(&table, school_new(1), NULL);
    for (uint32_t round = 0; round < 2; round++) { /* and again, as after an interruption */
        table.opening.threads = 1 + 2 * round;
        check_fault(tell(&table), FAULT_NONE);
        check_fault(let_go(&table), FAULT_NONE);
        check_fault(combine(&result, &table), FAULT_NONE);
        check_categories(&result, table.school);
        combine_result_release(&result);
    }
    assert_int_equal(entries_of(table.school, 0), 1);
    assert_int_equal(entries_of(table.school, 1), 1);
    sample_opening_free(table.school);
    clear_away(&table);
}

/* What a holder finds in a file for her; the caller releases it. */
static void unseal(struct aggregate_sums *out, struct aggregate_head *head, const struct table *table,
                   enum aggregate_kind kind) {
    struct bytes sealed;
    const struct bytes_buffer *file = kind == AGGREGATE_SIZES ? &table->sizes : &table->share;
    check_fault(kind == AGGREGATE_SIZES ? aggregate_decode_sizes(head, &sealed, bytes_buffer_view(file))
                                        : aggregate_decode(head, &sealed, bytes_buffer_view(file)),
                FAULT_NONE);
    check_fault(aggregate_unseal(out, head, sealed, &table->opening, &table->batches,
                                 &table->school->key[kind == AGGREGATE_SIZES]),
                FAULT_NONE);
}

/* The sender seals and signs something else. */
static void seal(struct table *table, const struct aggregate_sums *sums, struct aggregate_head *head) {
    int sender = head->kind == AGGREGATE_SIZES ? 0 : 1;
    struct bytes_buffer *file = sender == 0 ? &table->sizes : &table->share;
    bytes_buffer_release(file);
    check_fault(aggregate_encode(file, head, sums, &table->batches, table->opening.layout.digest,
                                 table->school->sample->round->holder[1 - sender].box_key,
                                 table->school->holder[sender].sign_secret),
                FAULT_NONE);
}

static void shut_categories_are_not_in_the_file(void **state) {
    (void)state;
    struct table table;
    struct aggregate_sums sums;
    struct aggregate_head head;
    lay_out(&table, school_new(2), NULL);
    const struct layout *layout = &table.opening.layout;
    check_fault(tell(&table), FAULT_NONE);
    check_fault(let_go(&table), FAULT_NONE);
    unseal(&sums, &head, &table, AGGREGATE_SHARE);
    for (uint32_t i = 0, open = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        if (block->level == LAYOUT_BREAKDOWN) {
            const uint32_t *at =
                aggregate_breakdown_sums(&sums) + block->first - layout->level_first[LAYOUT_BREAKDOWN];
            assert_int_equal(sodium_is_zero((const uint8_t *)at, block->count * sizeof *at),
                             block->category == 2);
            open += block->category != 2;
        }
        assert_true(i + 1 < layout->block_count || open > 10);
    }
    /* A sizes file is of one length, whatever the sizes, and so is a share. */
    assert_int_equal(sums.breakdown_counters, layout->counter_count - layout->level_first[LAYOUT_BREAKDOWN]);
    aggregate_sums_release(&sums);
    sample_opening_free(table.school);
    clear_away(&table);
}

/* Each number of a claim one too large, in the file that `kind` is. */
static void lie_in_each_field(struct table *table, enum aggregate_kind kind) {
    struct combine_result result;
    struct aggregate_sums sums;
    struct aggregate_head head;
    static const uint8_t one[32] = {1};
    for (uint32_t field = 0; field <= SIZES; field++) {
        check_fault(tell(table), FAULT_NONE);
        if (kind == AGGREGATE_SHARE) {
            check_fault(let_go(table), FAULT_NONE);
        }
        unseal(&sums, &head, table, kind);
        if (field == 0) {
            crypto_core_ristretto255_scalar_add(sums.sizes.claim, sums.sizes.claim, one);
        } else {
            sodium_add(sums.sizes.claim + 32 + 24 * (field - 1), one, 24);
        }
        seal(table, &sums, &head);
        aggregate_sums_release(&sums);
        check_fault(kind == AGGREGATE_SIZES ? let_go(table) : combine(&result, table), FAULT_SIZES_FALSE);
    }
}

static void a_false_claim_of_the_first_holder_lets_nothing_go(void **state) {
    (void)state;
    struct table table;
    lay_out(&table, school_new(3), NULL);
    lie_in_each_field(&table, AGGREGATE_SIZES);
    check_fault(tell(&table), FAULT_NONE);
    check_fault(let_go(&table), FAULT_NONE);
    sample_opening_free(table.school);
    clear_away(&table);
}

static void a_false_claim_of_the_second_holder_is_found_out(void **state) {
    (void)state;
    struct table table;
    lay_out(&table, school_new(4), NULL);
    lie_in_each_field(&table, AGGREGATE_SHARE);
    sample_opening_free(table.school);
    clear_away(&table);
}

/* Twenty from the boys to the two others: every total stays as it was. */
static void move_twenty(uint8_t *claim) {
    static const uint8_t twenty[24] = {20};
    sodium_sub(claim + 32 + 24 * 1, twenty, 24);
    sodium_add(claim + 32 + 24 * 2, twenty, 24);
}

static void a_group_of_two_cannot_be_asked_for(void **state) {
    (void)state;
    struct table table;
    struct aggregate_sums sums;
    struct aggregate_head head;
    struct combine_result result;
    lay_out(&table, school_new(5), NULL);
    const struct layout *layout = &table.opening.layout;
    check_fault(tell(&table), FAULT_NONE);
    unseal(&sums, &head, &table, AGGREGATE_SIZES);
    move_twenty(sums.sizes.claim);
    seal(&table, &sums, &head);
    aggregate_sums_release(&sums);
    check_fault(let_go(&table), FAULT_SIZES_FALSE);
    /*
     * The second holder does the same, in her claim and in the sums that are published, so that they go
     * together.
     */
    check_fault(tell(&table), FAULT_NONE);
    check_fault(let_go(&table), FAULT_NONE);
    uint32_t first = layout_find(layout, LAYOUT_SCHOOL, LAYOUT_OPTIONS, SAMPLE_GENDER, QUESTIONNAIRE_NONE,
                                 QUESTIONNAIRE_NONE)
                         ->first -
                     layout->level_first[LAYOUT_SCHOOL];
    unseal(&sums, &head, &table, AGGREGATE_SHARE);
    aggregate_school_sums(&sums, 0)[first + 1] -= 20;
    aggregate_school_sums(&sums, 0)[first + 2] += 20;
    seal(&table, &sums, &head);
    check_fault(combine(&result, &table), FAULT_SIZES_FALSE); /* the claim is not of these sums */
    move_twenty(sums.sizes.claim);
    seal(&table, &sums, &head);
    check_fault(combine(&result, &table), FAULT_SIZES_FALSE); /* nor does it open the commitments */
    aggregate_sums_release(&sums);
    /* Or she just puts her half of the two into her file. */
    check_fault(let_go(&table), FAULT_NONE);
    unseal(&sums, &head, &table, AGGREGATE_SHARE);
    aggregate_breakdown_sums(&sums)[sums.breakdown_counters - 1] = 7;
    seal(&table, &sums, &head);
    check_fault(combine(&result, &table), FAULT_STATEMENTS_DIFFER);
    aggregate_sums_release(&sums);
    sample_opening_free(table.school);
    clear_away(&table);
}

static void a_sizes_file_is_of_one_round_and_one_agreement(void **state) {
    (void)state;
    struct table table, other;
    struct sample_opening *stranger = school_new(STRANGER);
    lay_out(&table, school_new(6), NULL);
    lay_out(&other, stranger, NULL);
    check_fault(tell(&other), FAULT_NONE);
    struct bytes_buffer swap = table.sizes;
    table.sizes = other.sizes;
    other.sizes = swap;
    check_fault(let_go(&table), FAULT_ROUND_OTHER);
    check_fault(tell(&table), FAULT_NONE);
    /* The other's own statement has become another one: somebody was excluded. */
    prepare_release(&table.pair[0]);
    prepare_release(&table.pair[1]);
    check_fault(
        sample_opening_prepare(table.pair, &table.opening, table.school, table.school->closing->record[0].id),
        FAULT_NONE);
    check_fault(let_go(&table), FAULT_STATEMENTS_DIFFER);
    check_fault(tell(&table), FAULT_BATCH_OVERLAP); /* with and without one pupil would tell her group */
    clear_away(&other);
    clear_away(&table);
    sample_opening_free(stranger);
    sample_opening_free(table.school);
}

static void every_bit_and_byte_of_a_sizes_file_counts(void **state) {
    (void)state;
    struct table table;
    struct aggregate_head head;
    struct bytes sealed;
    lay_out(&table, school_new(8), NULL);
    check_fault(tell(&table), FAULT_NONE);
    check_fault(aggregate_decode(&head, &sealed, bytes_buffer_view(&table.sizes)), FAULT_MAGIC);
    for (size_t bit = 0; bit < 8 * table.sizes.size; bit += 5) {
        table.sizes.data[bit / 8] ^= (uint8_t)(1U << bit % 8);
        assert_true(aggregate_decode_sizes(&head, &sealed, bytes_buffer_view(&table.sizes)) != FAULT_NONE);
        table.sizes.data[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    size_t size = table.sizes.size;
    for (table.sizes.size = 0; table.sizes.size < size; table.sizes.size += 7) {
        assert_true(let_go(&table) != FAULT_NONE);
    }
    table.sizes.size = size;
    check_fault(let_go(&table), FAULT_NONE);
    /* The share is no sizes file either, and neither holder does the other's step. */
    struct bytes_buffer kept = table.sizes;
    table.sizes = table.share;
    table.share = (struct bytes_buffer){0};
    check_fault(let_go(&table), FAULT_MAGIC);
    bytes_buffer_release(&table.sizes);
    table.sizes = kept;
    check_fault(
        aggregate_make_sizes(&table.share, &table.opening, &table.school->holder[1], table.pair, &table.at),
        FAULT_KEY_WRONG);
    check_fault(aggregate_make_groups(&table.share, &table.opening, &table.school->holder[0], table.pair,
                                      bytes_buffer_view(&table.sizes), &table.at),
                FAULT_KEY_WRONG);
    sample_opening_free(table.school);
    clear_away(&table);
}

/*
 * A record whose kiosk put another commitment into share `number`: a valid one that is false, or bytes that
 * are none.
 */
static void add_tampered(struct sample_opening *school, int number, bool valid) {
    const struct sample_round *sample = school->sample;
    struct contribution_context context = {.class_number = 1, .layout = &sample->layout};
    uint32_t counters = sample->layout.counter_count;
    size_t size1 = contribution_sealed1_bytes(true), size2 = contribution_sealed2_bytes(counters, true);
    uint32_t *measurement = calloc(counters, sizeof *measurement);
    uint8_t *record = malloc(contribution_bytes(counters, true)), *plain = malloc(size2);
    assert_true(measurement && record && plain);
    memcpy(context.share.round_digest, sample->round->digest, DIGEST_BYTES);
    memcpy(context.share.layout_digest, sample->round->layout_digest, DIGEST_BYTES);
    context.share.counter_count = counters;
    memcpy(context.kiosk_key, sample->round->kiosk[0].key, 32);
    memcpy(context.box_key[0], sample->round->holder[0].box_key, 32);
    memcpy(context.box_key[1], sample->round->holder[1].box_key, 32);
    measurement[ANSWERS_DECLINED] = 1;
    check_fault(contribution_make(record, &context, measurement), FAULT_NONE);
    uint8_t *box = record + SHARE_ID_BYTES + (number == 1 ? 0 : size1);
    size_t size = number == 1 ? size1 : size2;
    const struct unseal_key *key = &school->key[number - 1];
    assert_int_equal(crypto_box_seal_open(plain, box, size, key->public_key, key->secret_key), 0);
    memset(plain + size - CONTRIBUTION_SEAL_BYTES - 32, valid ? 0 : 0xFF, 32);
    assert_int_equal(crypto_box_seal(box, plain, size - CONTRIBUTION_SEAL_BYTES, key->public_key), 0);
    struct bundle_header header = sample_bundle_header(sample, 1, 0, 1, &school->state);
    struct bytes_buffer *bundle = &school->bundle[school->bundle_count];
    check_fault(bundle_encode(bundle, &header, record, sample->kiosk_secret[0]), FAULT_NONE);
    check_fault(sample_opening_merge(school, school->bundle_count++).fault, FAULT_NONE);
    free(plain);
    free(record);
    free(measurement);
}

/* A kiosk with false commitments shuts the categories, and nothing else. */
static void a_tampered_kiosk_shuts_categories_only(void **state) {
    (void)state;
    for (int number = 1; number <= 2; number++) {
        struct table table;
        struct combine_result result;
        struct sample_opening *school = school_new(9);
        add_tampered(school, number, true);
        lay_out(&table, school, NULL);
        check_fault(tell(&table), FAULT_NONE);
        /*
         * What lies in share 2 is about holder 0's half, which holder 1 checks; in share 1 the other way
         * round.
         */
        check_fault(let_go(&table), number == 2 ? FAULT_SIZES_FALSE : FAULT_NONE);
        if (number == 1) {
            check_fault(combine(&result, &table), FAULT_SIZES_FALSE);
        }
        bytes_buffer_release(&table.share);
        check_fault(aggregate_make(&table.share, &table.opening, &school->holder[1], table.pair, &table.at),
                    FAULT_NONE);
        check_fault(combine(&result, &table), FAULT_NONE);
        assert_null(result.category_sums);
        assert_int_equal(result.contributions, 131);
        combine_result_release(&result);
        clear_away(&table);
        sample_opening_free(school);
    }
}

static void what_is_no_commitment_must_be_excluded_by_both(void **state) {
    (void)state;
    struct table table = {0};
    struct sample_opening *school = school_new(10);
    struct combine_result result;
    add_tampered(school, 1, false);
    table.school = school;
    sample_opening_close(school);
    check_fault(sample_opening_init(&table.opening, school), FAULT_NONE);
    check_fault(sample_opening_prepare(table.pair, &table.opening, school, NULL), FAULT_NONE);
    assert_int_equal(table.pair[0].unopened.count, 1);
    check_fault(tell(&table), FAULT_RECORD_SEALED);
    uint8_t id[SHARE_ID_BYTES];
    memcpy(id, table.pair[0].unopened.ids, sizeof id);
    clear_away(&table);
    lay_out(&table, school, id);
    check_fault(tell(&table), FAULT_NONE);
    check_fault(let_go(&table), FAULT_NONE);
    check_fault(combine(&result, &table), FAULT_NONE);
    check_categories(&result, school);
    combine_result_release(&result);
    clear_away(&table);
    sample_opening_free(school);
}

/*
 * Sums of categories are over all batches: fewer of them, each opened before, would tell those of the batches
 * that are missing.
 */
static void categories_of_fewer_batches_are_refused(void **state) {
    (void)state;
    struct table table;
    struct ledger ledger;
    lay_out(&table, school_new(11), NULL);
    check_fault(tell(&table), FAULT_NONE);
    check_fault(
        ledger_open(&ledger, table.school->ledger[0], table.school->sample->round->holder[0].sign_key),
        FAULT_NONE);
    check_fault(ledger_check_whole(&ledger, &table.batches, table.school->closing), FAULT_NONE);
    table.batches.batch_count--;
    check_fault(ledger_check_batches(&ledger, &table.batches, table.school->closing, &table.at), FAULT_NONE);
    check_fault(ledger_check_whole(&ledger, &table.batches, table.school->closing), FAULT_BATCH_OVERLAP);
    table.batches.batch_count++;
    ledger_release(&ledger);
    clear_away(&table);
    sample_opening_free(table.school);
}

/* Both holders leave a whole class out, which is fine by the batches. */
static void exclude_class(struct table *table, uint16_t class_number) {
    for (int i = 0; i < 2; i++) {
        struct prepare_ids excluded = {0};
        struct prepare made = {0};
        struct bytes_buffer file = {0};
        const struct closing *closing = table->school->closing;
        for (uint32_t j = 0; j < closing->record_count; j++) {
            if (closing->record[j].class_number == class_number) {
                check_fault(prepare_ids_add(&excluded, closing->record[j].id), FAULT_NONE);
            }
        }
        check_fault(prepare_make(&made, &table->opening, &table->school->holder[i], &excluded, NULL),
                    FAULT_NONE);
        check_fault(prepare_encode(&file, &made, table->school->sample->sign_secret[i]), FAULT_NONE);
        prepare_release(&table->pair[i]);
        check_fault(prepare_decode(&table->pair[i], bytes_buffer_view(&file)), FAULT_NONE);
        free(excluded.ids);
        prepare_release(&made);
        bytes_buffer_release(&file);
    }
}

static void leaving_a_class_out_afterwards_opens_no_category(void **state) {
    (void)state;
    struct table table;
    struct combine_result result;
    const struct opening_holder *both[2];
    lay_out(&table, school_new(12), NULL);
    both[0] = &table.school->holder[0];
    both[1] = &table.school->holder[1];
    check_fault(tell(&table), FAULT_NONE);
    check_fault(let_go(&table), FAULT_NONE);
    check_fault(combine(&result, &table), FAULT_NONE);
    combine_result_release(&result);
    exclude_class(&table, 3);
    check_fault(tell(&table), FAULT_BATCH_OVERLAP);
    table.school->sample->round->mode = ROUND_ONE_MACHINE;
    check_fault(combine_both(&result, &table.opening, both, table.pair, &table.at), FAULT_BATCH_OVERLAP);
    /* Without categories the classes that are left are the same batches as before. */
    table.school->sample->round->mode = ROUND_TWO_MACHINES;
    check_fault(combine_both(&result, &table.opening, both, table.pair, &table.at), FAULT_NONE);
    assert_null(result.category_sums);
    combine_result_release(&result);
    clear_away(&table);
    sample_opening_free(table.school);
}

/* The release tells the two large categories, and again the same when everything is done once more. */
static void the_release_of_two_machines_tells_categories(void **state) {
    (void)state;
    struct sample_opening *school = school_new(13);
    struct release *release[2] = {NULL, NULL};
    uint32_t told[4] = {0};
    school->groups = true;
    sample_opening_close(school);
    for (int i = 0; i < 2; i++) {
        check_fault(sample_opening_run(&release[i], school, NULL), FAULT_NONE);
    }
    struct bytes first = release_file(release[0]), second = release_file(release[1]);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    const struct release_content *content = release_content(release[0]);
    for (uint32_t i = 0; i < content->figure_count; i++) {
        if (content->figure[i].level == RELEASE_BREAKDOWN) {
            told[(content->figure[i].unit - RELEASE_CATEGORY_STRIDE * SAMPLE_GENDER) % 4]++;
        }
    }
    assert_true(told[0] + told[1] > 10);
    assert_int_equal(told[2], 0);
    assert_int_equal(entries_of(school, 0), 2);
    release_free(release[0]);
    release_free(release[1]);
    sample_opening_free(school);
}

#define TEST(name) cmocka_unit_test(name)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(honest_holders_get_the_plain_sums_of_the_open_categories),
        TEST(shut_categories_are_not_in_the_file),
        TEST(a_false_claim_of_the_first_holder_lets_nothing_go),
        TEST(a_false_claim_of_the_second_holder_is_found_out),
        TEST(a_group_of_two_cannot_be_asked_for),
        TEST(a_sizes_file_is_of_one_round_and_one_agreement),
        TEST(every_bit_and_byte_of_a_sizes_file_counts),
        TEST(a_tampered_kiosk_shuts_categories_only),
        TEST(what_is_no_commitment_must_be_excluded_by_both),
        TEST(categories_of_fewer_batches_are_refused),
        TEST(the_release_of_two_machines_tells_categories),
        TEST(leaving_a_class_out_afterwards_opens_no_category),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
