/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAMPLE_OPENING_H
#define SAMPLE_OPENING_H

#include "aggregator/closing_draft.h"
#include "aggregator/disclosure.h"
#include "aggregator/merge.h"
#include "tests/sample_round.h"

/*
 * A whole round in a temporary folder: bundles, a workspace, two key holders with ledgers. Any failure ends
 * the test program. Link sample_round.c and sample_questionnaire.c too.
 */

enum { SAMPLE_OPENING_BUNDLES = 64 };

struct sample_opening {
    struct sample_round *sample;
    char folder[128];
    struct workspace *workspace;
    uint32_t bundle_count;
    struct bytes_buffer bundle[SAMPLE_OPENING_BUNDLES];
    struct closing *closing; /* after sample_opening_close; the late list after sample_opening_close_late */
    struct closing *first;   /* then list 1 */
    struct unseal_key key[2];
    char ledger[2][160];
    struct opening_holder holder[2];
    bool one_machine; /* sample_opening_run: both at one machine, without a file between them */
    int finest;       /* enum release_level that sample_opening_run releases at; 0: everything */
    bool
        groups; /* sample_opening_run on two machines: with the categories of breakdowns, where there can be any */
    uint64_t state;
    uint64_t *sums; /* of all measurements in the bundles */
};

/* A round of these classes, one kiosk a class and one more; an empty workspace; empty ledgers. */
struct sample_opening *sample_opening_new(const struct sample_class *classes, uint16_t class_count,
                                          uint64_t seed);
/* The same with any checked questionnaire, which it takes over. */
struct sample_opening *sample_opening_new_of(struct questionnaire *questionnaire,
                                             const struct sample_class *classes, uint16_t class_count,
                                             uint16_t choices, uint64_t seed);
/*
 * Four classes of years 1, 1, 2, 2 with 60, 55, 40 and 45 contributions in five bundles, merged, closed and
 * signed.
 */
struct sample_opening *sample_opening_full(uint64_t seed);
/*
 * Makes an empty one a round of one machine: signed again, an empty workspace, and sample_opening_run takes
 * both holders at once.
 */
void sample_opening_alone(struct sample_opening *school);
struct sample_opening *sample_opening_free(struct sample_opening *school);

/* Makes one more bundle and gives its index; `count` random pupils. */
uint32_t sample_opening_add(struct sample_opening *school, uint16_t class_number, uint16_t kiosk,
                            uint32_t count);
/* The same with pupils who answer as `answer` says. */
uint32_t sample_opening_add_of(struct sample_opening *school, uint16_t class_number, uint16_t kiosk,
                               uint32_t count, sample_answering *answer, void *context);
/* Puts bundle `index` into the workspace and gives what happened to it. */
struct merge_event sample_opening_merge(struct sample_opening *school, uint32_t index);
/* The same for any bytes. */
struct merge_event sample_opening_merge_bytes(struct sample_opening *school, struct bytes content);
/* Throws the workspace away and makes an empty one. */
void sample_opening_empty(struct sample_opening *school);

/* An unsigned list 1 of what is in the workspace. */
struct closing *sample_opening_draft(struct sample_opening *school);
/* The same, signed by both, as school->closing. */
void sample_opening_close(struct sample_opening *school);

/* What the workspace has besides, on a late list, signed by both. */
void sample_opening_close_late(struct sample_opening *school);
/* opening_init or opening_init_late, of the list that school->closing is. */
enum fault sample_opening_init(struct opening *out, struct sample_opening *school) FAULT_MUST_CHECK;

/* All steps up to the fault or the release; `exclude` (may be NULL) is one id that both leave out. */
enum fault sample_opening_run(struct release **out, struct sample_opening *school,
                              const uint8_t *exclude) FAULT_MUST_CHECK;
/* The same in a child whose program ends at that boundary of that holder; false when it did not end there. */
bool sample_opening_ends_at(struct sample_opening *school, enum opening_boundary boundary, int holder);
/* Both statements. */
enum fault sample_opening_prepare(struct prepare pair[2], const struct opening *opening,
                                  struct sample_opening *school, const uint8_t *exclude) FAULT_MUST_CHECK;

/* A bundle with one pupil whose measurement is not one that a kiosk could make: counter 0 is `value`. */
uint32_t sample_opening_add_crafted(struct sample_opening *school, uint16_t class_number, uint16_t kiosk,
                                    uint32_t value);

#endif
