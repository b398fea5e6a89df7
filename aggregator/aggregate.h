/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AGGREGATE_H
#define AGGREGATE_H

#include "aggregator/prepare.h"

/*
 * The second step: one holder adds up her shares of every batch (docs/format.md, "Aggregate share"). Holder
 * 1's sums leave sealed to holder 0's round key, signed; holder 0's are made the same way inside combine and
 * never leave secret memory. A sum of random-looking shares of at least k_unit pupils; alone it says nothing.
 *
 * Counters of class level are added per batch, of school level per stratum, of breakdown level over all
 * batches, and only where both holders sit at one machine.
 */

enum { AGGREGATE_VERSION = 1, AGGREGATE_BYTES_LIMIT = 64 << 20, AGGREGATE_HEAD_BYTES = 174 };

/* One holder's sums, all in one piece of secret memory. A zeroed one is empty. */
struct aggregate_sums {
    uint32_t class_counters;     /* per batch */
    uint32_t school_counters;    /* per stratum */
    uint32_t breakdown_counters; /* over all batches; 0 unless opening->breakdowns */
    uint16_t batch_count;
    uint16_t stratum_count;
    uint32_t *memory; /* owned: batches' class counters, strata's school counters, breakdown counters */
    struct unseal_sizes sizes; /* owned; empty unless opening->sizes */
};
uint32_t *aggregate_class_sums(const struct aggregate_sums *sums, uint16_t batch);
uint32_t *aggregate_school_sums(const struct aggregate_sums *sums, uint16_t stratum);
uint32_t *aggregate_breakdown_sums(const struct aggregate_sums *sums);
void aggregate_sums_release(struct aggregate_sums *sums); /* wipes; accepts zeroed or released ones */

/*
 * Opens and adds up the shares of all batches in one pass over the records, for one holder, or for both where
 * they sit at one machine: out[i] are the sums of holders[i]. By opening->threads threads, or fewer where
 * there is no locked memory for all; the sums, and which fault, are the same for any number. Faults of
 * opening_walk, unseal_add; FAULT_MEMORY, FAULT_MEMORY_LOCK; all empty then.
 */
enum fault aggregate_add(struct aggregate_sums *out, const struct opening *opening,
                         const struct batch_list *batches, const struct opening_holder *const *holders,
                         int count) FAULT_MUST_CHECK;

/*
 * An aggregate share is holder 1's, for holder 0; a sizes file is holder 0's, for holder 1, and has no
 * counters.
 */
enum aggregate_kind { AGGREGATE_SHARE, AGGREGATE_SIZES };

/* The file's open part. */
struct aggregate_head {
    enum aggregate_kind kind;
    uint8_t round_digest[DIGEST_BYTES];
    uint8_t closing_digest[DIGEST_BYTES];
    uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES]; /* the sender's */
    uint8_t ledger_head[DIGEST_BYTES];          /* of her entry for these batches */
    uint8_t prepare_digest[DIGEST_BYTES];       /* of the other's statement that it answers */
    uint8_t digest[DIGEST_BYTES];
};

/*
 * Seals and signs. `box_key` is the receiver's round key. With sums->sizes the sealed part has *groups*: the
 * claim, and what breakdown counters there are. FAULT_SODIUM, FAULT_KEY_WRONG, FAULT_MEMORY,
 * FAULT_MEMORY_LOCK. Sets the digest.
 */
enum fault aggregate_encode(struct bytes_buffer *out, struct aggregate_head *head,
                            const struct aggregate_sums *sums, const struct batch_list *batches,
                            const uint8_t layout_digest[DIGEST_BYTES], const uint8_t box_key[32],
                            const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;

/* The open part: the bytes before the sealed part. Errors stick in `out`. */
void aggregate_put_head(struct bytes_buffer *out, const struct aggregate_head *head, size_t sealed_size);

/*
 * The open part and the sealed one. FILE_TOO_LARGE, MAGIC, VERSION, TRUNCATED, LIMIT, TRAILING, KEY_INVALID,
 * SIGNATURE.
 */
enum fault aggregate_decode(struct aggregate_head *out, struct bytes *sealed,
                            struct bytes content) FAULT_MUST_CHECK;

/* The same for a sizes file. */
enum fault aggregate_decode_sizes(struct aggregate_head *out, struct bytes *sealed,
                                  struct bytes content) FAULT_MUST_CHECK;

/*
 * Opens the sealed part, with groups (out->sizes.claim) or, of a share, without. It must be of exactly these
 * batches and this layout. FAULT_RECORD_SEALED: it does not open with this key; FAULT_STATEMENTS_DIFFER:
 * other batches, strata or counters; FAULT_MEMORY, FAULT_MEMORY_LOCK.
 */
enum fault aggregate_unseal(struct aggregate_sums *out, const struct aggregate_head *head,
                            struct bytes sealed, const struct opening *opening,
                            const struct batch_list *batches, const struct unseal_key *key) FAULT_MUST_CHECK;

/*
 * The entry for these batches in the holder's ledger, durable when this returns; none is added when there is
 * one. `head` becomes the head after it. FAULT_LIMIT, FAULT_MEMORY; faults of ledger_write.
 */
enum fault aggregate_record(uint8_t head[DIGEST_BYTES], struct ledger *ledger, const struct opening *opening,
                            const struct opening_holder *holder, const struct batch_list *batches,
                            const uint8_t other_head[DIGEST_BYTES]) FAULT_MUST_CHECK;

/*
 * A holder's part before anything of hers is added up: her keys, her ledger, prepare_batches, with
 * opening->sizes or opening->breakdowns also ledger_check_whole, and aggregate_record. `batches` is the
 * caller's to release;
 * `other_head` is the newest head of the other's ledger. Faults of these; `*at` as in prepare_batches.
 */
enum fault aggregate_commit(struct batch_list *batches, uint8_t head[DIGEST_BYTES],
                            const struct opening *opening, const struct opening_holder *holder,
                            const struct prepare pair[2], const uint8_t other_head[DIGEST_BYTES],
                            uint16_t *at) FAULT_MUST_CHECK;

/*
 * The step, for holder 1: aggregate_commit, so the ledger entry, durable; the sums; the file's content into
 * `out`. Done again for identical batches it adds no entry. `*at` as in prepare_batches.
 */
enum fault aggregate_make(struct bytes_buffer *out, const struct opening *opening,
                          const struct opening_holder *holder, const struct prepare pair[2],
                          uint16_t *at) FAULT_MUST_CHECK;

/*
 * The same with groups, on two machines (aggregate_sizes.c). First, for holder 0: aggregate_commit, and her
 * claim of the sizes of breakdowns over all batches as a file for holder 1. FAULT_MISUSE: the questionnaire
 * has no breakdown, or this is a late list.
 */
enum fault aggregate_make_sizes(struct bytes_buffer *out, const struct opening *opening,
                                const struct opening_holder *holder, const struct prepare pair[2],
                                uint16_t *at) FAULT_MUST_CHECK;
/*
 * Then, for holder 1, as aggregate_make: checks holder 0's claim against what the contributions hold, and
 * adds her own claim and, of the categories that the sizes open and no others, her sums. FAULT_SIZES_FALSE:
 * the claim does not open the sum of commitments; nothing leaves. FAULT_ROUND_OTHER, FAULT_KEY_WRONG,
 * FAULT_STATEMENTS_DIFFER, FAULT_RECORD_SEALED and faults of aggregate_decode: of the sizes file.
 */
enum fault aggregate_make_groups(struct bytes_buffer *out, const struct opening *opening,
                                 const struct opening_holder *holder, const struct prepare pair[2],
                                 struct bytes sizes_file, uint16_t *at) FAULT_MUST_CHECK;

#endif
