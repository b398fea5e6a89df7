/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RECORDING_H
#define RECORDING_H

#include "digest.h"

/*
 * A text read aloud: a WAV file (docs/format.md, "Recording"), one channel of 16-bit samples. The kiosk reads
 * none whose bytes do not hash to the digest in the questionnaire; whoever compiles a questionnaire refuses
 * what the kiosk would.
 */

enum {
    RECORDING_SECONDS = 120,     /* at most */
    RECORDING_SHORTEST_MS = 100, /* at least */
    RECORDING_CHUNKS = 32,       /* at most, the two that count included */
    RECORDING_HEAD_BYTES = 44,   /* of what recording_encode makes, before the samples */
    RECORDING_BYTES_LIMIT = 12 << 20,
    RECORDING_RATES = 6
};

/* Samples a second that are accepted, ascending: 16000, 22050, 24000, 32000, 44100, 48000. */
extern const uint32_t recording_rates[RECORDING_RATES];

/* What recording_decode found; a view on the content, which must outlive it. */
struct recording {
    uint32_t rate;         /* samples a second */
    uint32_t count;        /* samples */
    const uint8_t *sample; /* two bytes each, two's complement */
};

/*
 * Reads one. Checks in the order of docs/format.md: FAULT_FILE_TOO_LARGE; FAULT_MAGIC; FAULT_TRUNCATED or
 * FAULT_TRAILING
 * (the length in the head is not the file's); then chunk by chunk FAULT_TRUNCATED, FAULT_LIMIT (more than
 * RECORDING_CHUNKS), FAULT_FIELD_ORDER (samples before their form, either of them twice),
 * FAULT_RECORDING_FORM (no 16-bit PCM, or it contradicts itself), FAULT_RECORDING_CHANNELS,
 * FAULT_RECORDING_RATE; FAULT_FIELD_MISSING;
 * FAULT_RECORDING_LENGTH. *out is zeroed after a fault.
 */
enum fault recording_decode(struct recording *out, struct bytes content) FAULT_MUST_CHECK;

/* The i-th sample, i < count. */
int16_t recording_sample(const struct recording *recording, uint32_t i);

/* BLAKE2b-256 of the whole file, without key and label: what a questionnaire knows it by. */
void recording_digest(uint8_t out[DIGEST_BYTES], struct bytes content);

/*
 * The plainest file with these samples: head, form, samples. FAULT_RECORDING_RATE and FAULT_RECORDING_LENGTH
 * when recording_decode would refuse it; FAULT_MEMORY.
 */
enum fault recording_encode(struct bytes_buffer *out, uint32_t rate, const int16_t *sample,
                            uint32_t count) FAULT_MUST_CHECK;

#endif
