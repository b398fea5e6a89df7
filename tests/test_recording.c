/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include "core/recording.h"

#include <stdlib.h>

static int16_t *silence(uint32_t count) {
    int16_t *sample = calloc(count, sizeof *sample);
    assert_non_null(sample);
    return sample;
}

static enum fault encode(uint32_t rate, uint32_t count) {
    struct bytes_buffer content = {0};
    int16_t *sample = silence(count);
    enum fault fault = recording_encode(&content, rate, sample, count);
    free(sample);
    bytes_buffer_release(&content);
    return fault;
}

static void what_is_encoded_is_what_is_read(void **state) {
    (void)state;
    enum { COUNT = 4410 };
    struct bytes_buffer content = {0};
    struct recording read;
    int16_t *sample = silence(COUNT);
    for (int i = 0; i < COUNT; i++) {
        sample[i] = (int16_t)(i * 37 - INT16_MAX / 2);
    }
    sample[0] = INT16_MIN;
    sample[1] = INT16_MAX;
    sample[2] = -1;
    check_fault(recording_encode(&content, 44100, sample, COUNT), FAULT_NONE);
    assert_int_equal(content.size, RECORDING_HEAD_BYTES + 2 * COUNT);
    check_fault(recording_decode(&read, bytes_buffer_view(&content)), FAULT_NONE);
    assert_int_equal(read.rate, 44100);
    assert_int_equal(read.count, COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(recording_sample(&read, i), sample[i]);
    }
    free(sample);
    bytes_buffer_release(&content);
}

static void only_known_rates_and_lengths_are_made(void **state) {
    (void)state;
    check_fault(encode(8000, 8000), FAULT_RECORDING_RATE);
    check_fault(encode(11025, 11025), FAULT_RECORDING_RATE);
    for (int i = 0; i < RECORDING_RATES; i++) {
        check_fault(encode(recording_rates[i], recording_rates[i] / 10 - 1), FAULT_RECORDING_LENGTH);
        check_fault(encode(recording_rates[i], recording_rates[i] / 10), FAULT_NONE);
    }
    check_fault(encode(48000, 48000 * RECORDING_SECONDS), FAULT_NONE);
    check_fault(encode(48000, 48000 * RECORDING_SECONDS + 1), FAULT_RECORDING_LENGTH);
}

/* A head as the longest has it, with one sample more. */
static void one_that_is_too_long_is_refused(void **state) {
    (void)state;
    enum { COUNT = 16000 * RECORDING_SECONDS };
    struct bytes_buffer content = {0};
    struct recording read;
    int16_t *sample = silence(COUNT);
    check_fault(recording_encode(&content, 16000, sample, COUNT), FAULT_NONE);
    check_fault(recording_decode(&read, bytes_buffer_view(&content)), FAULT_NONE);
    bytes_put_u16(&content, 0);
    bytes_store_u32(content.data + 4, (uint32_t)content.size - 8);
    bytes_store_u32(content.data + 40, 2 * COUNT + 2);
    check_fault(recording_decode(&read, bytes_buffer_view(&content)), FAULT_RECORDING_LENGTH);
    assert_null(read.sample);
    check_fault(recording_decode(&read, (struct bytes){content.data, RECORDING_BYTES_LIMIT + 1}),
                FAULT_FILE_TOO_LARGE);
    free(sample);
    bytes_buffer_release(&content);
}

static void every_missing_byte_is_noticed(void **state) {
    (void)state;
    struct bytes_buffer content = {0};
    struct recording read;
    int16_t *sample = silence(1600);
    check_fault(recording_encode(&content, 16000, sample, 1600), FAULT_NONE);
    for (size_t size = 0; size < content.size; size++) {
        check_fault(recording_decode(&read, (struct bytes){content.data, size}),
                    size < 12 ? FAULT_MAGIC : FAULT_TRUNCATED);
    }
    free(sample);
    bytes_buffer_release(&content);
}

/* b2sum -l 256 of the three bytes "abc". */
static void the_digest_is_what_b2sum_says(void **state) {
    (void)state;
    uint8_t digest[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];
    recording_digest(digest, (struct bytes){(const uint8_t *)"abc", 3});
    digest_hex(hex, digest, sizeof digest);
    assert_string_equal(hex, "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_encoded_is_what_is_read),
        cmocka_unit_test(only_known_rates_and_lengths_are_made),
        cmocka_unit_test(one_that_is_too_long_is_refused),
        cmocka_unit_test(every_missing_byte_is_noticed),
        cmocka_unit_test(the_digest_is_what_b2sum_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
