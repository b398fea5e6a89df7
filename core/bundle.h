/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BUNDLE_H
#define BUNDLE_H

#include "contribution.h"

/*
 * The file that leaves a kiosk: the contributions of one closed session, sorted by id, without any time
 * (docs/format.md, "Bundle"). The kiosk's signature covers the header and the index (ids and digests of the
 * records): a flipped bit there refuses the bundle, one in a record makes that record damaged and no other.
 *
 *   bundle = header || index: count * (id[16] || digest[32]), ascending by id || signature[64] || count * (sealed1 || sealed2)
 */

enum {
    BUNDLE_VERSION = 1,
    BUNDLE_RECORDS = 4096,
    BUNDLE_ID_BYTES = 16,
    BUNDLE_HEADER_BYTES = 148,
    BUNDLE_INDEX_ENTRY_BYTES = SHARE_ID_BYTES + DIGEST_BYTES
};

/* Why pupils of the class did not answer, as counts that the mentor gives at closing. */
enum bundle_absence {
    BUNDLE_ABSENT_ILL,
    BUNDLE_ABSENT_ELSEWHERE,
    BUNDLE_ABSENT_PARENTS,
    BUNDLE_ABSENT_OTHER,
    BUNDLE_ABSENCES
};

/* What the coordinator has to know of that machine, at the session's opening or closing. */
enum {
    BUNDLE_FLAG_CLOCK = 1,        /* the kiosk's clock was outside the round's period */
    BUNDLE_FLAG_UNCONFINED = 2,   /* no Landlock, no filter of system calls, or open to a debugger */
    BUNDLE_FLAG_LOCK_LOW = 4,     /* less memory than the kiosk asks for may be locked */
    BUNDLE_FLAG_OLD_VERSIONS = 8, /* the disk keeps what is overwritten, and a setting allows it */
    BUNDLE_FLAG_COMMITTED =
        16, /* nothing of the machine: the contributions hold commitments, for the questionnaire has a breakdown */
    BUNDLE_FLAGS = 31 /* all of them */
};

struct bundle_header {
    uint8_t id[BUNDLE_ID_BYTES]; /* random, drawn when the session closes */
    uint8_t round_digest[DIGEST_BYTES];
    uint8_t layout_digest[DIGEST_BYTES];
    uint8_t kiosk_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint16_t class_number;
    uint16_t present; /* pupils of the class in the room, as the mentor counted; 0..ROUND_HEADS */
    uint16_t absent[BUNDLE_ABSENCES];
    uint16_t limit;   /* pupils that this machine was allowed to serve */
    uint16_t damaged; /* slots of the ballot box that could not be read back */
    uint16_t flags;
    uint32_t counter_count;
    uint32_t count; /* records; 0..BUNDLE_RECORDS */
};

/*
 * Makes the file. `records` are count contributions (contribution_bytes each, id first) one after another, in
 * any order; they are written in ascending order of id. Deterministic: the same content gives the same bytes.
 * FAULT_RECORD_ORDER: an id twice. FAULT_LIMIT, FAULT_MEMORY.
 */
enum fault bundle_encode(struct bytes_buffer *out, const struct bundle_header *header, const uint8_t *records,
                         const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;

/* Of the records of such a bundle: sealed share 1, and a whole contribution with its id. */
size_t bundle_sealed1_bytes(const struct bundle_header *header);
size_t bundle_contribution_bytes(const struct bundle_header *header);

/* A decoded bundle: views into the content, which must outlive it. Nothing to release. */
struct bundle {
    struct bundle_header header;
    uint8_t digest[DIGEST_BYTES]; /* of header and index; identifies the bundle */
    struct bytes index;
    struct bytes records;
    size_t record_size; /* sealed1 and sealed2 */
};

/*
 * Checks everything but the records. Order: MAGIC, VERSION, TRUNCATED (header), LIMIT, TRUNCATED or TRAILING
 * (exact size), RECORD_ORDER (ids strictly ascending), KEY_INVALID, SIGNATURE (by the header's own kiosk
 * key). Whether the kiosk is enrolled and the round is the right one is bundle_belongs' matter.
 */
enum fault bundle_decode(struct bundle *out, struct bytes content) FAULT_MUST_CHECK;

/* The same, at less cost for the bundles of `round`, whose kiosks' keys are known to be valid. */
struct round;
enum fault bundle_decode_for(struct bundle *out, struct bytes content,
                             const struct round *round) FAULT_MUST_CHECK;

/*
 * The same for a bundle whose digest is known from something that both key holders signed after verifying it:
 * the digest stands in for key and signature. FAULT_DIGEST when it is another's.
 */
enum fault bundle_decode_known(struct bundle *out, struct bytes content,
                               const uint8_t digest[DIGEST_BYTES]) FAULT_MUST_CHECK;

/*
 * FAULT_ROUND_OTHER, FAULT_LAYOUT_MISMATCH (the flag of commitments too), FAULT_KIOSK_UNKNOWN,
 * FAULT_CLASS_UNKNOWN, in this order.
 */
enum fault bundle_belongs(const struct bundle *bundle, const struct round *round,
                          uint32_t counter_count) FAULT_MUST_CHECK;

/*
 * Record `at` (0..count-1): its id and digest as signed (id and digest point into the bundle), and its sealed
 * shares. FAULT_RECORD_DAMAGED when the bytes do not give the digest: id and digest are filled all the same.
 */
struct bundle_record {
    const uint8_t *id;
    const uint8_t *digest;
    const uint8_t *sealed1;
    const uint8_t *sealed2;
};
enum fault bundle_record_at(struct bundle_record *out, const struct bundle *bundle,
                            uint32_t at) FAULT_MUST_CHECK;

#endif
