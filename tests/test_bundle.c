/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <time.h>

#include "bits.h"
#include "sample_questionnaire.h"
#include "sample_round.h"

enum { COUNTERS = 3, RECORD = 376 + 4 * COUNTERS };

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

static struct bytes_buffer small_file(uint32_t count) {
    uint64_t random = 7;
    struct bytes_buffer out = {0};
    sample_bundle_unopenable(&out, sample, COUNTERS, count, &random);
    return out;
}

static void what_was_written_is_read_back(void **state) {
    (void)state;
    uint64_t random = 3;
    struct bytes_buffer file = {0};
    struct bundle bundle;
    sample_bundle(&file, sample, 2, 1, 9, &random, NULL);
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&file)), FAULT_NONE);
    random = 3;
    struct bundle_header header = sample_bundle_header(sample, 2, 1, 9, &random);
    assert_memory_equal(bundle.header.id, header.id, BUNDLE_ID_BYTES);
    assert_memory_equal(bundle.header.kiosk_key, sample->round->kiosk[1].key, 32);
    assert_int_equal(bundle.header.class_number, 2);
    assert_int_equal(bundle.header.present, 9);
    assert_int_equal(bundle.header.absent[BUNDLE_ABSENT_ILL], 1);
    assert_int_equal(bundle.header.limit, 9);
    assert_int_equal(bundle.header.count, 9);
    assert_int_equal(file.size,
                     BUNDLE_HEADER_BYTES + 9 * 48 + 64 + 9 * (376 + 96 + 4 * sample->layout.counter_count));
    struct bundle_record record;
    uint8_t before[16] = {0};
    for (uint32_t i = 0; i < 9; i++) {
        check_fault(bundle_record_at(&record, &bundle, i), FAULT_NONE);
        assert_true(i == 0 || memcmp(before, record.id, 16) < 0);
        memcpy(before, record.id, 16);
        assert_ptr_equal(record.sealed2, record.sealed1 + contribution_sealed1_bytes(true));
    }
    check_fault(bundle_record_at(&record, &bundle, 9), FAULT_MISUSE);
    check_fault(bundle_belongs(&bundle, sample->round, sample->layout.counter_count), FAULT_NONE);
    bytes_buffer_release(&file);
}

static void an_empty_session_makes_a_bundle_too(void **state) {
    (void)state;
    struct bytes_buffer file = small_file(0);
    struct bundle bundle;
    struct bundle_record record;
    assert_int_equal(file.size, 148 + 64);
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&file)), FAULT_NONE);
    check_fault(bundle_record_at(&record, &bundle, 0), FAULT_MISUSE);
    bytes_buffer_release(&file);
}

static void any_order_of_records_gives_the_same_file(void **state) {
    (void)state;
    enum { COUNT = 20 };
    static uint8_t records[COUNT][16 + RECORD];
    uint64_t random = 11;
    struct bundle_header header = sample_bundle_header(sample, 1, 0, COUNT, &random);
    header.counter_count = COUNTERS;
    header.flags = 0;
    for (size_t i = 0; i < sizeof records; i++) {
        ((uint8_t *)records)[i] = (uint8_t)sample_random(&random);
    }
    struct bytes_buffer first = {0};
    check_fault(bundle_encode(&first, &header, records[0], sample->kiosk_secret[0]), FAULT_NONE);
    for (int round = 0; round < 50; round++) {
        for (uint32_t i = COUNT - 1; i > 0; i--) {
            uint8_t kept[16 + RECORD];
            uint32_t j = sample_below(&random, i + 1);
            memcpy(kept, records[i], sizeof kept);
            memcpy(records[i], records[j], sizeof kept);
            memcpy(records[j], kept, sizeof kept);
        }
        struct bytes_buffer again = {0};
        check_fault(bundle_encode(&again, &header, records[0], sample->kiosk_secret[0]), FAULT_NONE);
        assert_int_equal(again.size, first.size);
        assert_memory_equal(again.data, first.data, first.size);
        bytes_buffer_release(&again);
    }
    bytes_buffer_release(&first);
}

static enum fault encode_fault(const struct bundle_header *header) {
    static const uint8_t records[4 * (16 + RECORD)];
    struct bytes_buffer out = {0};
    enum fault fault = bundle_encode(&out, header, records, sample->kiosk_secret[0]);
    assert_true(fault == FAULT_NONE || out.size == 0);
    bytes_buffer_release(&out);
    return fault;
}

static void nothing_bad_is_written(void **state) {
    (void)state;
    uint64_t random = 1;
    struct bundle_header good = sample_bundle_header(sample, 1, 0, 1, &random);
    good.counter_count = COUNTERS;
    good.flags = 0;
    check_fault(encode_fault(&good), FAULT_NONE);
    struct bundle_header bad = good;
    bad.count = 2; /* two records of zeros: one id twice */
    check_fault(encode_fault(&bad), FAULT_RECORD_ORDER);
    bad = good;
    bad.class_number = 0;
    check_fault(encode_fault(&bad), FAULT_LIMIT);
    bad = good;
    bad.present = ROUND_HEADS + 1;
    check_fault(encode_fault(&bad), FAULT_LIMIT);
    bad = good;
    bad.absent[3] = ROUND_HEADS + 1;
    check_fault(encode_fault(&bad), FAULT_LIMIT);
    bad = good;
    bad.limit = BUNDLE_RECORDS + 1;
    check_fault(encode_fault(&bad), FAULT_LIMIT);
    bad = good;
    bad.damaged = BUNDLE_RECORDS + 1;
    check_fault(encode_fault(&bad), FAULT_LIMIT);
    bad = good;
    bad.flags = BUNDLE_FLAGS + 1;
    check_fault(encode_fault(&bad), FAULT_LIMIT);
    bad = good;
    bad.counter_count = 0;
    check_fault(encode_fault(&bad), FAULT_LIMIT);
    bad = good;
    bad.counter_count = LAYOUT_COUNTERS + 1;
    check_fault(encode_fault(&bad), FAULT_LIMIT);
    bad = good;
    bad.count = BUNDLE_RECORDS + 1;
    check_fault(encode_fault(&bad), FAULT_LIMIT);
    bad = good;
    memcpy(bad.kiosk_key, sample->round->kiosk[1].key, 32);
    check_fault(encode_fault(&bad), FAULT_KEY_WRONG);
}

/* Where the records begin, and how often a flipped bit was laid at the door of each of them. */
struct damage {
    size_t records_at;
    size_t of_file, of_record;
};

static void look_at_flip(struct bytes damaged, size_t bit, void *context) {
    struct damage *damage = context;
    struct bundle bundle;
    enum fault fault = bundle_decode(&bundle, damaged);
    if (bit / 8 < damage->records_at) {
        if (!fault) {
            fail_msg("bit %zu is not protected", bit);
        }
        damage->of_file++;
        return;
    }
    check_fault(fault, FAULT_NONE);
    size_t expected = (bit / 8 - damage->records_at) / RECORD;
    for (uint32_t i = 0; i < bundle.header.count; i++) {
        struct bundle_record record;
        fault = bundle_record_at(&record, &bundle, i);
        check_fault(fault, i == expected ? FAULT_RECORD_DAMAGED : FAULT_NONE);
        assert_ptr_equal(record.id, bundle.index.data + i * 48);
        assert_ptr_equal(record.digest, record.id + 16);
    }
    damage->of_record++;
}

static void must_fail(struct bytes damaged, size_t bit, void *context) {
    struct bundle bundle;
    (void)context;
    if (bundle_decode(&bundle, damaged) == FAULT_NONE) {
        fail_msg("%zu bytes are read as a bundle (%zu)", damaged.size, bit);
    }
    assert_null(bundle.records.data);
}

static void every_bit_belongs_to_the_file_or_to_one_record(void **state) {
    (void)state;
    struct bytes_buffer file = small_file(3);
    struct damage damage = {.records_at = 148 + 3 * 48 + 64};
    bits_flip_each(bytes_buffer_view(&file), look_at_flip, &damage);
    assert_int_equal(damage.of_file, 8 * (148 + 3 * 48 + 64));
    assert_int_equal(damage.of_record, 8 * 3 * RECORD);
    bits_resize_each(bytes_buffer_view(&file), must_fail, NULL);
    bytes_buffer_release(&file);
}

static void records_that_change_places_are_both_damaged(void **state) {
    (void)state;
    struct bytes_buffer file = small_file(3);
    uint8_t kept[RECORD];
    uint8_t *first = file.data + file.size - 3 * RECORD;
    memcpy(kept, first, RECORD);
    memcpy(first, first + RECORD, RECORD);
    memcpy(first + RECORD, kept, RECORD);
    struct bundle bundle;
    struct bundle_record record;
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&file)), FAULT_NONE);
    check_fault(bundle_record_at(&record, &bundle, 0), FAULT_RECORD_DAMAGED);
    check_fault(bundle_record_at(&record, &bundle, 1), FAULT_RECORD_DAMAGED);
    check_fault(bundle_record_at(&record, &bundle, 2), FAULT_NONE);
    bytes_buffer_release(&file);
}

static void a_bundle_belongs_to_one_round(void **state) {
    (void)state;
    uint64_t random = 5;
    struct bytes_buffer file = {0};
    struct bundle bundle;
    uint32_t counters = sample->layout.counter_count;
    sample_bundle(&file, sample, 2, 0, 1, &random, NULL);
    check_fault(bundle_decode(&bundle, bytes_buffer_view(&file)), FAULT_NONE);
    check_fault(bundle_belongs(&bundle, sample->round, counters), FAULT_NONE);
    check_fault(bundle_belongs(&bundle, sample->round, counters + 1), FAULT_LAYOUT_MISMATCH);
    bundle.header.flags = 0; /* the questionnaire has a breakdown, so its contributions hold commitments */
    check_fault(bundle_belongs(&bundle, sample->round, counters), FAULT_LAYOUT_MISMATCH);
    bundle.header.flags = BUNDLE_FLAG_COMMITTED;
    bundle.header.class_number = 4;
    check_fault(bundle_belongs(&bundle, sample->round, counters), FAULT_CLASS_UNKNOWN);
    memcpy(bundle.header.kiosk_key, sample->round->holder[0].sign_key, 32);
    check_fault(bundle_belongs(&bundle, sample->round, counters), FAULT_KIOSK_UNKNOWN);
    bundle.header.layout_digest[0] ^= 1;
    check_fault(bundle_belongs(&bundle, sample->round, counters), FAULT_LAYOUT_MISMATCH);
    bundle.header.round_digest[0] ^= 1;
    check_fault(bundle_belongs(&bundle, sample->round, counters), FAULT_ROUND_OTHER);
    bytes_buffer_release(&file);
}

/*
 * What a merge of 10,000 records costs here, next to 35 microseconds of opening each. A loose bound: machines
 * are busy.
 */
static void checking_records_is_cheap(void **state) {
    (void)state;
    enum { BUNDLES = 4, COUNT = 2500, N = 1000 };
    uint64_t random = 9;
    struct bytes_buffer file = {0};
    sample_bundle_unopenable(&file, sample, N, COUNT, &random);
    clock_t start = clock();
    for (int b = 0; b < BUNDLES; b++) {
        struct bundle bundle;
        struct bundle_record record;
        check_fault(bundle_decode(&bundle, bytes_buffer_view(&file)), FAULT_NONE);
        for (uint32_t i = 0; i < COUNT; i++) {
            check_fault(bundle_record_at(&record, &bundle, i), FAULT_NONE);
        }
    }
    double each = (double)(clock() - start) / CLOCKS_PER_SEC * 1e6 / (BUNDLES * COUNT);
    print_message("%.2f microseconds for each of %d records of %zu bytes\n", each, BUNDLES * COUNT,
                  contribution_bytes(N, false));
    assert_true(each < 60);
    bytes_buffer_release(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(an_empty_session_makes_a_bundle_too),
        cmocka_unit_test(any_order_of_records_gives_the_same_file),
        cmocka_unit_test(nothing_bad_is_written),
        cmocka_unit_test(every_bit_belongs_to_the_file_or_to_one_record),
        cmocka_unit_test(records_that_change_places_are_both_damaged),
        cmocka_unit_test(a_bundle_belongs_to_one_round),
        cmocka_unit_test(checking_records_is_cheap),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests_name("bundle", tests, make_sample, drop_sample);
}
