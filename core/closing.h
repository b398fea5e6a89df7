/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOSING_H
#define CLOSING_H

#include "contribution.h"
#include "round.h"

/*
 * The closing list: what counts in a round, signed by both key holders (docs/format.md, "Closing list"). The
 * batches follow from it (core/batch.h). Late bundles get one further list, which names the one before.
 */

enum {
    CLOSING_VERSION = 1,
    CLOSING_LISTS = 2,
    CLOSING_BUNDLES = 4000,
    CLOSING_RECORDS = 200000,
    CLOSING_BYTES_LIMIT = 16 << 20
};

struct closing_bundle {
    uint8_t digest[DIGEST_BYTES]; /* ascending */
    uint8_t kiosk_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint16_t class_number;
    uint32_t counted;                         /* records of this bundle in the list */
    uint32_t damaged, duplicate, conflicting; /* records of it that are not */
};

struct closing_record {
    uint8_t id[SHARE_ID_BYTES]; /* ascending */
    uint8_t digest[DIGEST_BYTES];
    uint16_t class_number;
    uint16_t bundle; /* index of the bundle that it is counted in */
};

struct closing {
    uint8_t round_digest[DIGEST_BYTES];
    uint16_t number;                /* 1, or 2 for the late list */
    uint8_t previous[DIGEST_BYTES]; /* digest of list 1; zero in list 1 */
    uint32_t bundle_count;
    struct closing_bundle *bundle;
    uint32_t record_count;
    struct closing_record *record;
    /*
     * Classes with more contributions than pupils asked, accepted by both signatures: their numbers,
     * ascending.
     */
    uint16_t surplus_count;
    uint16_t surplus[ROUND_CLASSES];

    uint8_t digest[DIGEST_BYTES];
    bool is_signed[2];
    uint8_t signature[2][DIGEST_SIGNATURE_BYTES];
    struct bytes_buffer body;
};

struct closing *closing_new(void);
struct closing *closing_free(struct closing *closing); /* accepts NULL, gives NULL */

/*
 * Steps 2 to 8 of docs/format.md, "Closing list": the list against the round. Faults as of closing_seal_body,
 * and FAULT_ROUND_OTHER.
 */
enum fault closing_check(const struct closing *closing, const struct round *round) FAULT_MUST_CHECK;

/*
 * Checks the list against the round, encodes the body, sets the digest, drops signatures. FAULT_TOO_MANY: a
 * class has more records than pupils asked and is not in `surplus`. FAULT_RECORD_ORDER, FAULT_CLASS_UNKNOWN,
 * FAULT_KIOSK_UNKNOWN, FAULT_LIMIT, FAULT_MEMORY, FAULT_NOT_CANONICAL (counts that do not add up, a surplus
 * class without surplus), FAULT_SUM_TOO_LARGE, faults of layout_derive. The caller sorts bundles and records;
 * FAULT_RECORD_ORDER otherwise.
 */
enum fault closing_seal_body(struct closing *closing, const struct round *round) FAULT_MUST_CHECK;
enum fault closing_encode(struct bytes_buffer *out, const struct closing *closing) FAULT_MUST_CHECK;
/*
 * Reads and checks all of the above and the signatures that are there. FAULT_ROUND_OTHER when it is another
 * round's.
 */
enum fault closing_decode(struct closing **out, struct bytes content,
                          const struct round *round) FAULT_MUST_CHECK;
enum fault closing_sign(struct closing *closing, const struct round *round, int holder,
                        const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;
/*
 * Judges the late list together with list 1; both must have passed closing_check. FAULT_MISUSE (not lists 2
 * and 1), FAULT_DIGEST (`late` names another list as previous), FAULT_RECORD_CONFLICT (a bundle or an id in
 * both), FAULT_TOO_MANY (a class has more records in both than pupils asked, and is no surplus class of
 * `late`), FAULT_NOT_CANONICAL (a surplus class of `late` that needs none). Call it whenever a late list is
 * used.
 */
enum fault closing_follows(const struct closing *late, const struct closing *first,
                           const struct round *round) FAULT_MUST_CHECK;
/* FAULT_SIGNATURE_MISSING unless both have signed. */
enum fault closing_is_valid(const struct closing *closing) FAULT_MUST_CHECK;

#endif
