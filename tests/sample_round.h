/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAMPLE_ROUND_H
#define SAMPLE_ROUND_H

#include "core/answers.h"
#include "core/bundle.h"
#include "core/closing.h"
#include "core/layout.h"
#include "core/round.h"

/*
 * A signed round to test with, its secret keys, and bundles of random pupils. Keys, round and its digest are
 * the same on every run. Any failure ends the test program. Link sample_questionnaire.c too.
 */

struct sample_class {
    const char *label;
    uint16_t years; /* mask, bit y-1 for year y */
    uint16_t heads;
    uint16_t not_asked;
};

/* The PIN whose hash is in every sample round. */
#define SAMPLE_PIN "2468"

struct sample_round {
    struct round *round; /* signed by both; k_unit 10, k_cell 5; class numbers 1.. in the order given */
    struct layout layout;
    uint8_t sign_secret[2][DIGEST_SIGN_SECRET_BYTES]; /* the key holders' */
    uint8_t box_secret[2][32];
    uint8_t (*kiosk_secret)[DIGEST_SIGN_SECRET_BYTES]; /* in the order of round->kiosk */
};

/*
 * From the sample questionnaire. The caller frees it with sample_round_free, which accepts NULL and gives
 * NULL.
 */
struct sample_round *sample_round_new(const struct sample_class *classes, uint16_t class_count,
                                      uint16_t kiosk_count);
/* The same with any checked questionnaire, which it takes over. */
struct sample_round *sample_round_new_of(struct questionnaire *questionnaire,
                                         const struct sample_class *classes, uint16_t class_count,
                                         uint16_t kiosk_count);
/* Three classes of 12, 15 and 11 pupils in years 1, 1 and 2; two kiosks. */
struct sample_round *sample_round_small(void);
struct sample_round *sample_round_free(struct sample_round *sample);

/*
 * After a change to the round's fields: makes the body again and signs as both holders. Faults of
 * round_seal_body.
 */
enum fault sample_round_sign_again(struct sample_round *sample) FAULT_MUST_CHECK;

/*
 * Makes the scale "safety" one of 20 items with scores 96..100, so that its sums reach 2^32 with 185 pupils
 * and not with 184. Changes fields only; sample_round_sign_again then says whether the round still fits.
 */
void sample_round_enlarge(struct sample_round *sample);

/* Deterministic keys: the `number`-th of a kind. Sign keys have libsodium's 64-byte secret. */
void sample_sign_key(uint8_t public_key[32], uint8_t secret_key[64], uint32_t number);
void sample_box_key(uint8_t public_key[32], uint8_t secret_key[32], uint32_t number);

/*
 * `out` = the bundle of `count` random pupils of class `class_number` at kiosk `kiosk` (index), really split
 * and sealed. Answers and bundle id follow from *state; the seals are random. Adds the measurements to `sums`
 * (layout.counter_count) unless NULL. The caller releases `out`.
 */
void sample_bundle(struct bytes_buffer *out, const struct sample_round *sample, uint16_t class_number,
                   uint16_t kiosk, uint32_t count, uint64_t *state, uint64_t *sums);

/* Fills in `answers`, which are empty, for the next pupil. */
typedef void sample_answering(void *context, struct answers *answers,
                              const struct questionnaire *questionnaire, uint64_t *state);
/* The same with pupils who answer as `answer` says. */
void sample_bundle_of(struct bytes_buffer *out, const struct sample_round *sample, uint16_t class_number,
                      uint16_t kiosk, uint32_t count, uint64_t *state, uint64_t *sums,
                      sample_answering *answer, void *context);

/*
 * `out` = a bundle whose records have counter_count counters and random bytes instead of seals: for what
 * never opens them. The same for the same state.
 */
void sample_bundle_unopenable(struct bytes_buffer *out, const struct sample_round *sample,
                              uint32_t counter_count, uint32_t count, uint64_t *state);

/* A header for a bundle of this round, as a kiosk fills it in. */
struct bundle_header sample_bundle_header(const struct sample_round *sample, uint16_t class_number,
                                          uint16_t kiosk, uint32_t count, uint64_t *state);

/*
 * A closing list, number 1, not sealed or signed yet, with one bundle per class: counts[i] records of class i
 * + 1 (0: none), made up from *state.
 */
struct closing *sample_closing(const struct sample_round *sample, const uint32_t *counts, uint64_t *state);
/* Seals and signs it as both holders. Faults of closing_seal_body. */
enum fault sample_closing_sign(struct closing *closing, const struct sample_round *sample) FAULT_MUST_CHECK;

#endif
