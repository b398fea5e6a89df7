/* SPDX-License-Identifier: Apache-2.0 */
#include "recording.h"

#include <string.h>

enum { CHUNK_BYTES = 8, FORM_BYTES = 16, FORM_BYTES_EXTENDED = 18, PCM = 1, SAMPLE_BYTES = 2 };

const uint32_t recording_rates[RECORDING_RATES] = {16000, 22050, 24000, 32000, 44100, 48000};

static bool is_rate(uint32_t rate) {
    bool known = false;
    for (int i = 0; i < RECORDING_RATES; i++) {
        known = known || recording_rates[i] == rate;
    }
    return known;
}

static bool is_length(uint32_t rate, size_t count) {
    return count >= (size_t)rate * RECORDING_SHORTEST_MS / 1000 && count <= (size_t)rate * RECORDING_SECONDS;
}

static bool has_tag(struct bytes tag, const char text[4]) {
    return tag.size == 4 && memcmp(tag.data, text, 4) == 0;
}

struct walk {
    struct bytes_reader in;
    struct recording found;
    bool has_form, has_samples;
    size_t sample_bytes;
};

static void take_form(struct walk *walk, struct bytes chunk) {
    struct bytes_reader form = bytes_reader_of(chunk);
    uint16_t kind = bytes_take_u16(&form);
    uint16_t channels = bytes_take_u16(&form);
    uint32_t rate = bytes_take_u32(&form);
    uint32_t byte_rate = bytes_take_u32(&form);
    uint16_t frame = bytes_take_u16(&form);
    uint16_t bits = bytes_take_u16(&form);
    uint16_t more = chunk.size == FORM_BYTES_EXTENDED ? bytes_take_u16(&form) : 0;
    if (bytes_finish(&form) || kind != PCM || bits != 8 * SAMPLE_BYTES || more != 0) {
        bytes_fail(&walk->in, FAULT_RECORDING_FORM);
    } else if (channels != 1) {
        bytes_fail(&walk->in, FAULT_RECORDING_CHANNELS);
    } else if (!is_rate(rate)) {
        bytes_fail(&walk->in, FAULT_RECORDING_RATE);
    } else if (frame != SAMPLE_BYTES || byte_rate != rate * SAMPLE_BYTES) {
        bytes_fail(&walk->in, FAULT_RECORDING_FORM);
    }
    walk->found.rate = rate;
}

static void take_chunk(struct walk *walk) {
    struct bytes tag = bytes_take_view(&walk->in, 4);
    uint32_t size = bytes_take_u32(&walk->in);
    struct bytes chunk = bytes_take_view(&walk->in, size);
    (void)bytes_take_view(&walk->in, size % 2); /* chunks begin at even places */
    bool form = has_tag(tag, "fmt ");
    bool samples = has_tag(tag, "data");
    if (walk->in.fault || (!form && !samples)) {
        return;
    }
    if ((form && walk->has_form) || (samples && (!walk->has_form || walk->has_samples))) {
        bytes_fail(&walk->in, FAULT_FIELD_ORDER);
    } else if (form) {
        walk->has_form = true;
        take_form(walk, chunk);
    } else {
        walk->has_samples = true;
        walk->found.sample = chunk.data;
        walk->sample_bytes = chunk.size;
    }
}

/* The head of the file, whose length must be the file's own. */
static enum fault take_head(struct bytes_reader *in) {
    if (in->size > RECORDING_BYTES_LIMIT) {
        return FAULT_FILE_TOO_LARGE;
    }
    bool riff = has_tag(bytes_take_view(in, 4), "RIFF");
    uint32_t size = bytes_take_u32(in);
    bool wave = has_tag(bytes_take_view(in, 4), "WAVE");
    if (!riff || !wave) {
        return FAULT_MAGIC;
    }
    return size > in->size - CHUNK_BYTES   ? FAULT_TRUNCATED
           : size < in->size - CHUNK_BYTES ? FAULT_TRAILING
                                           : FAULT_NONE;
}

enum fault recording_decode(struct recording *out, struct bytes content) {
    struct walk walk = {.in = bytes_reader_of(content)};
    int chunks = 0;
    *out = (struct recording){0};
    enum fault fault = take_head(&walk.in);
    if (fault) {
        return fault;
    }
    while (!walk.in.fault && bytes_left(&walk.in) > 0) {
        if (chunks++ == RECORDING_CHUNKS) {
            return FAULT_LIMIT;
        }
        take_chunk(&walk);
    }
    if (walk.in.fault) {
        return walk.in.fault;
    }
    if (!walk.has_samples) {
        return FAULT_FIELD_MISSING;
    }
    if (walk.sample_bytes % SAMPLE_BYTES != 0 ||
        !is_length(walk.found.rate, walk.sample_bytes / SAMPLE_BYTES)) {
        return FAULT_RECORDING_LENGTH;
    }
    *out = walk.found;
    out->count = (uint32_t)(walk.sample_bytes / SAMPLE_BYTES);
    return FAULT_NONE;
}

int16_t recording_sample(const struct recording *recording, uint32_t i) {
    const uint8_t *at = recording->sample + (size_t)SAMPLE_BYTES * i;
    int32_t value = at[0] | at[1] << 8;
    return (int16_t)(value > INT16_MAX ? value - 65536 : value);
}

void recording_digest(uint8_t out[DIGEST_BYTES], struct bytes content) {
    crypto_generichash_blake2b(out, DIGEST_BYTES, content.data, content.size, NULL, 0);
}

enum fault recording_encode(struct bytes_buffer *out, uint32_t rate, const int16_t *sample, uint32_t count) {
    if (!is_rate(rate)) {
        return FAULT_RECORDING_RATE;
    }
    if (!is_length(rate, count)) {
        return FAULT_RECORDING_LENGTH;
    }
    bytes_put(out, "RIFF", 4);
    bytes_put_u32(out, RECORDING_HEAD_BYTES - CHUNK_BYTES + SAMPLE_BYTES * count);
    bytes_put(out, "WAVEfmt ", 8);
    bytes_put_u32(out, FORM_BYTES);
    bytes_put_u16(out, PCM);
    bytes_put_u16(out, 1);
    bytes_put_u32(out, rate);
    bytes_put_u32(out, rate * SAMPLE_BYTES);
    bytes_put_u16(out, SAMPLE_BYTES);
    bytes_put_u16(out, 8 * SAMPLE_BYTES);
    bytes_put(out, "data", 4);
    bytes_put_u32(out, SAMPLE_BYTES * count);
    for (uint32_t i = 0; i < count; i++) {
        bytes_put_u16(out, (uint16_t)sample[i]);
    }
    return out->fault;
}
