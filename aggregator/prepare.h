/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PREPARE_H
#define PREPARE_H

#include "aggregator/ledger.h"
#include "aggregator/opening.h"

/*
 * The first step of opening: what each key holder could open, said before anything is added up
 * (docs/format.md, "Prepare statement"). Signed by her identity.
 */

enum { PREPARE_VERSION = 1, PREPARE_BYTES_LIMIT = 8 << 20 };

/* Ids, ascending, each once. A zeroed list is empty. */
struct prepare_ids {
    uint32_t count;
    uint8_t *ids; /* owned: count * SHARE_ID_BYTES */
};

struct prepare {
    uint8_t round_digest[DIGEST_BYTES];
    uint8_t closing_digest[DIGEST_BYTES];
    uint8_t holder; /* 0 or 1 */
    uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint8_t own_head[DIGEST_BYTES];   /* of her ledger */
    uint8_t other_head[DIGEST_BYTES]; /* the other's newest head that she knows; zero when none */
    struct prepare_ids unopened;      /* records that pass every public check and do not open with her key */
    struct prepare_ids excluded;      /* left out by choice of both */
    uint8_t digest[DIGEST_BYTES];
};

/*
 * FAULT_LIMIT, FAULT_RECORD_ORDER (ids not ascending), FAULT_KEY_WRONG (not sign_key's secret),
 * FAULT_MEMORY. Sets the digest.
 */
enum fault prepare_encode(struct bytes_buffer *out, struct prepare *prepare,
                          const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;
/*
 * FILE_TOO_LARGE, MAGIC, VERSION, TRUNCATED, LIMIT, RECORD_ORDER, TRAILING, KEY_INVALID, SIGNATURE;
 * FAULT_MEMORY. Zeroed on failure. That the key is a round's is prepare_check's matter.
 */
enum fault prepare_decode(struct prepare *out, struct bytes content) FAULT_MUST_CHECK;
/* The bytes before the signature. Errors stick in `out`. */
void prepare_put_body(struct bytes_buffer *out, const struct prepare *prepare);
void prepare_release(struct prepare *prepare); /* accepts zeroed or released ones; leaves it zeroed */

/* Adds an id, keeping order; an id twice stays once. FAULT_MEMORY. */
enum fault prepare_ids_add(struct prepare_ids *ids, const uint8_t id[SHARE_ID_BYTES]) FAULT_MUST_CHECK;
/* Reads 32 hexadecimal digits, hyphens allowed. FAULT_USAGE. */
enum fault prepare_id_parse(uint8_t out[SHARE_ID_BYTES], const char *text) FAULT_MUST_CHECK;
bool prepare_ids_have(const struct prepare_ids *ids, const uint8_t id[SHARE_ID_BYTES]);

/*
 * The step: verifies every bundle and record and opens each of the holder's shares to see that it opens.
 * `excluded` becomes the statement's own (and is emptied); every id in it must be in the closing list
 * (FAULT_USAGE). Faults of opening_walk (`failed` as there), opening_holder_check, ledger_open.
 */
enum fault prepare_make(struct prepare *out, const struct opening *opening,
                        const struct opening_holder *holder, struct prepare_ids *excluded,
                        uint32_t *failed) FAULT_MUST_CHECK;

/*
 * What must hold before anybody adds up: both statements are of this round and closing list, of holder 0 and
 * 1 with the round's keys, exclude the same records, and every record that either could not open is excluded.
 * FAULT_ROUND_OTHER, FAULT_KEY_WRONG, FAULT_STATEMENTS_DIFFER, FAULT_RECORD_SEALED (some record must be
 * excluded first).
 */
enum fault prepare_check_pair(const struct prepare *first, const struct prepare *second,
                              const struct opening *opening) FAULT_MUST_CHECK;

/*
 * The batches that follow, and whether `holder` may open them: prepare_check_pair; batch_derive; every batch
 * has k_unit or more; the other does not cite a newer ledger of hers (FAULT_LEDGER_OLD);
 * ledger_check_closing; ledger_check_batches. `*at` is the offending batch where one is. The caller releases
 * `out`.
 */
enum fault prepare_batches(struct batch_list *out, const struct opening *opening,
                           const struct prepare pair[2], int holder, const struct ledger *ledger,
                           uint16_t *at) FAULT_MUST_CHECK;

#endif
