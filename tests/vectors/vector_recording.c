/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Recordings: a tenth of a second of a rising saw at 16,000 samples a second, and what is wrong with others.
 */
#include <string.h>

#include "core/recording.h"
#include "vectors.h"

enum {
    RATE = 16000,
    SAMPLES = RATE / 10,
    RIFF_AT = 4,
    WAVE_AT = 8,
    FORM_AT = 12,
    FORM_SIZE_AT = 16,
    DATA_AT = 36,
    DATA_SIZE_AT = 40
};

static void put_u32(struct bytes_buffer *content, size_t at, uint32_t value) {
    bytes_store_u32(content->data + at, value);
}

/* The head says again how long the file is. */
static void fit(struct bytes_buffer *content) {
    put_u32(content, RIFF_AT, (uint32_t)content->size - 8);
}

/* With other bytes from `at` on; the head fits the new length. */
static void add(struct vectors *to, struct bytes good, const char *name, enum fault expected, size_t at,
                size_t remove, const void *data, size_t size) {
    struct bytes_buffer content = vectors_copy(good);
    vectors_splice(&content, at, remove, data, size);
    fit(&content);
    vectors_add(to, name, expected, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

static void add_size(struct vectors *to, struct bytes good, const char *name, enum fault expected, size_t at,
                     uint32_t value) {
    struct bytes_buffer content = vectors_copy(good);
    put_u32(&content, at, value);
    vectors_add(to, name, expected, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
}

static void add_form(struct vectors *to, struct bytes good) {
    add(to, good, "form_float", FAULT_RECORDING_FORM, FORM_AT + 8, 2, "\3\0", 2);
    add(to, good, "form_stereo", FAULT_RECORDING_CHANNELS, FORM_AT + 10, 2, "\2\0", 2);
    add(to, good, "form_no_channel", FAULT_RECORDING_CHANNELS, FORM_AT + 10, 2, "\0\0", 2);
    add(to, good, "form_rate_8000", FAULT_RECORDING_RATE, FORM_AT + 12, 2, "\x40\x1F", 2);
    add(to, good, "form_byte_rate", FAULT_RECORDING_FORM, FORM_AT + 16, 2, "\x80\x3E", 2);
    add(to, good, "form_frame", FAULT_RECORDING_FORM, FORM_AT + 20, 2, "\4\0", 2);
    add(to, good, "form_8_bits", FAULT_RECORDING_FORM, FORM_AT + 22, 2, "\x08\0", 2);
    add(to, good, "form_short", FAULT_RECORDING_FORM, FORM_SIZE_AT, 6, "\x0E\0\0\0", 4);
    add(to, good, "form_long", FAULT_RECORDING_FORM, FORM_SIZE_AT, 20,
        "\x12\0\0\0\1\0\1\0\x80\x3E\0\0\0\x7D\0\0\2\0\x10\0\2\0", 22);
    add(to, good, "form_18", FAULT_NONE, FORM_SIZE_AT, 20,
        "\x12\0\0\0\1\0\1\0\x80\x3E\0\0\0\x7D\0\0\2\0\x10\0\0\0", 22);
    add(to, good, "form_twice", FAULT_FIELD_ORDER, FORM_AT, 0, good.data + FORM_AT, DATA_AT - FORM_AT);
    add(to, good, "form_missing", FAULT_FIELD_ORDER, FORM_AT, DATA_AT - FORM_AT, NULL, 0);
}

static void add_chunks(struct vectors *to, struct bytes good) {
    uint8_t notes[8 * (RECORDING_CHUNKS - 1)] = {0};
    for (size_t i = 0; i < sizeof notes; i += 8) {
        memcpy(notes + i, "LIST", 4);
    }
    add(to, good, "chunks_32", FAULT_NONE, FORM_AT, 0, notes, sizeof notes - 8);
    add(to, good, "chunks_33", FAULT_LIMIT, FORM_AT, 0, notes, sizeof notes);
    add(to, good, "chunk_odd", FAULT_NONE, good.size, 0, "note\3\0\0\0abc", 12);
    add(to, good, "chunk_odd_without_filler", FAULT_TRUNCATED, good.size, 0, "note\3\0\0\0abc", 11);
    add(to, good, "chunk_cut_short", FAULT_TRUNCATED, good.size, 0, "note\3\0", 6);
    add(to, good, "data_twice", FAULT_FIELD_ORDER, good.size, 0, "data\2\0\0\0\0\0", 10);
    add(to, good, "data_missing", FAULT_FIELD_MISSING, DATA_AT, good.size - DATA_AT, NULL, 0);
    add_size(to, good, "data_beyond_the_end", FAULT_TRUNCATED, DATA_SIZE_AT, 2 * SAMPLES + 2);
    struct bytes_buffer odd = vectors_copy(good);
    bytes_put_u16(&odd, 0);
    put_u32(&odd, DATA_SIZE_AT, 2 * SAMPLES + 1);
    fit(&odd);
    vectors_add(to, "data_half_a_sample", FAULT_RECORDING_LENGTH, bytes_buffer_view(&odd));
    odd.size -= 4;
    put_u32(&odd, DATA_SIZE_AT, 2 * SAMPLES - 2);
    fit(&odd);
    vectors_add(to, "data_too_short", FAULT_RECORDING_LENGTH, bytes_buffer_view(&odd));
    bytes_buffer_release(&odd);
}

void vectors_make_recording(struct vectors *to, const struct sample_round *sample) {
    int16_t samples[SAMPLES];
    struct bytes_buffer content = {0};
    (void)sample;
    for (int i = 0; i < SAMPLES; i++) {
        samples[i] = (int16_t)(i % 80 * 400 - 16000);
    }
    vectors_must(!recording_encode(&content, RATE, samples, SAMPLES), "a recording");
    struct bytes good = bytes_buffer_view(&content);
    vectors_add(to, "valid", FAULT_NONE, good);
    add(to, good, "magic", FAULT_MAGIC, 3, 1, "X", 1);
    add(to, good, "kind", FAULT_MAGIC, WAVE_AT, 1, "X", 1);
    vectors_add(to, "head_only", FAULT_MAGIC, (struct bytes){good.data, 11});
    add_size(to, good, "size_above", FAULT_TRUNCATED, RIFF_AT, (uint32_t)good.size - 7);
    add_size(to, good, "size_below", FAULT_TRAILING, RIFF_AT, (uint32_t)good.size - 9);
    add_form(to, good);
    add_chunks(to, good);
    bytes_buffer_release(&content);
}

enum fault vectors_read_recording(struct bytes content, const struct sample_round *sample) {
    struct recording recording;
    (void)sample;
    return recording_decode(&recording, content);
}
