/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ROUND_H
#define ROUND_H

#include "layout.h"
#include "questionnaire.h"

/*
 * One survey round of one school: questionnaire, classes, keys, kiosks, period, opening mode. A file of
 * tagged fields with the signatures of both key holders (docs/format.md, "Round"). The one file that travels
 * from the coordinator to the kiosks.
 */

enum {
    ROUND_VERSION = 1,
    ROUND_CLASSES = 400,
    ROUND_KIOSKS = 400,
    ROUND_PINS = 32,
    ROUND_PIN_HASH_SIZE = 128, /* crypto_pwhash_STRBYTES, zero-padded */
    ROUND_HELP_LINES = 12,
    ROUND_YEARS = 16, /* years 1..16, as bits 0..15 */
    ROUND_TEXT_SIZE = 129,
    ROUND_LABEL_SIZE = 49,
    ROUND_HELP_SIZE = 201,
    ROUND_HEADS = 2000, /* in one class */
    ROUND_K_UNIT_LOWEST = 5,
    ROUND_K_UNIT_DEFAULT = 10,
    ROUND_K_CELL_LOWEST = 3,
    ROUND_K_CELL_DEFAULT = 5,
    ROUND_BYTES_LIMIT = 4 << 20
};

/* What the school chose when it planned, bit by bit; the pupil's screen says it. */
enum round_choice {
    ROUND_INCIDENTS_IN_CLASS = 1 /* items about incidents may stand in the figures of a class */
};

enum round_school_type {
    ROUND_SCHOOL_PO = 1,
    ROUND_SCHOOL_SBO,
    ROUND_SCHOOL_SO,
    ROUND_SCHOOL_VSO,
    ROUND_SCHOOL_PRO,
    ROUND_SCHOOL_VMBO,
    ROUND_SCHOOL_HAVO,
    ROUND_SCHOOL_VWO,
    ROUND_SCHOOL_VO,
    ROUND_SCHOOL_OTHER
};

/* Who can read what while the round is opened; the pupil's screen says it. docs/privacy.md explains each. */
enum round_mode { ROUND_TWO_MACHINES = 1, ROUND_ONE_MACHINE, ROUND_SOLO };

/* Dates are civil, written year * 10000 + month * 100 + day: 20261123. */

struct round_class {
    uint16_t number;              /* 1.., ascending; what bundles carry */
    char label[ROUND_LABEL_SIZE]; /* "2B"; unique */
    uint16_t years;     /* mask: bit y-1 for year y; more than one bit for a combination class; never 0 */
    uint16_t heads;     /* pupils in the class, not_asked included */
    uint16_t not_asked; /* of these, not invited */
    char reason[ROUND_TEXT_SIZE]; /* why; empty exactly when not_asked is 0 */
};

struct round_kiosk {
    char label[ROUND_LABEL_SIZE];          /* unique */
    uint8_t key[DIGEST_SIGN_PUBLIC_BYTES]; /* unique; the kiosks are in ascending order of key */
};

struct round_holder {
    char name[ROUND_LABEL_SIZE]; /* a role, "veiligheidscoördinator"; unique */
    uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint8_t box_key[32];
};

struct round_help {
    char language[9];           /* code */
    char line[ROUND_HELP_SIZE]; /* "Kindertelefoon 0800-0432" */
};

struct round {
    uint8_t id[16]; /* random */
    char school[ROUND_TEXT_SIZE];
    char site[ROUND_TEXT_SIZE]; /* may be empty */
    enum round_school_type school_type;
    uint16_t school_year;         /* the year it starts in: 2026 for 2026-2027 */
    uint32_t first_day, last_day; /* period in which sessions may be held */
    uint32_t retention_day;       /* sealed shares are destroyed by then; > last_day */
    enum round_mode mode;
    uint16_t k_unit, k_cell; /* k_cell <= k_unit */
    uint16_t language_count; /* offered to pupils; subset of the questionnaire's, in its order; 1.. */
    char language[QUESTIONNAIRE_LANGUAGES][9];
    uint16_t help_count;
    struct round_help help[ROUND_HELP_LINES];
    uint16_t pin_count; /* 1..; the mentor's PIN opens any of them */
    char pin_hash[ROUND_PINS][ROUND_PIN_HASH_SIZE];
    struct round_holder holder[2]; /* different keys; holder[0] gets the seeds and combines */
    uint16_t kiosk_count;          /* 1.. */
    struct round_kiosk *kiosk;
    uint16_t class_count; /* 1.. */
    struct round_class *class_list;
    struct questionnaire *questionnaire;
    uint8_t questionnaire_digest[DIGEST_BYTES];
    uint8_t layout_digest[DIGEST_BYTES];
    uint16_t choices; /* enum round_choice, ORed; 0 as a rule */

    /* Not part of the body. */
    uint8_t digest[DIGEST_BYTES]; /* of the body; identifies the round everywhere */
    bool is_signed[2];
    uint8_t signature[2][DIGEST_SIGNATURE_BYTES];
    /* As read or last encoded; what was signed, unknown uncritical fields included. */
    struct bytes_buffer body;
};

/* Empty (all zero) and NULL when memory is out; round_free releases everything inside too and gives NULL. */
struct round *round_new(void);
struct round *round_free(struct round *round);

/* True for a day that exists, in the years 2000..2199. */
bool round_date_is_valid(uint32_t date);

/*
 * Every rule in the comments above, and: school not empty; dates valid and ordered; k_unit, k_cell in range;
 * every class's not_asked <= heads; pupils asked in the whole round >= k_unit (else FAULT_ROUND_TOO_SMALL);
 * the questionnaire's and the layout's digests match; the layout fits the pupils (FAULT_SUM_TOO_LARGE);
 * languages in the questionnaire; box keys not of low order (FAULT_KEY_INVALID), holders' keys valid and
 * different (FAULT_KEY_SAME); PIN hashes are argon2id strings of bounded cost (FAULT_LIMIT). Names and labels
 * that must be unique: FAULT_NAME_TWICE; classes or kiosks not ascending: FAULT_NOT_CANONICAL. The order is
 * that of docs/format.md. Else FAULT_LIMIT, FAULT_TEXT, FAULT_ROUND_DATES, FAULT_LAYOUT_MISMATCH,
 * FAULT_DIGEST, FAULT_MEMORY.
 */
enum fault round_check(const struct round *round) FAULT_MUST_CHECK;

/*
 * Draft: checks, encodes the body from the fields, sets `digest`, and drops the signatures. For `round new`
 * only. Faults of round_check.
 */
enum fault round_seal_body(struct round *round) FAULT_MUST_CHECK;

/* The whole file: body and the signatures so far. FAULT_MEMORY. */
enum fault round_encode(struct bytes_buffer *out, const struct round *round) FAULT_MUST_CHECK;

/*
 * Reads a round file, signed or not; verifies the signatures that are there. *out is the caller's to free;
 * NULL on failure. Check order and faults: docs/format.md, "Round": FILE_TOO_LARGE, MAGIC, VERSION,
 * TRUNCATED, FIELD_ORDER, FIELD_UNKNOWN, LIMIT, TEXT, FIELD_MISSING, TRAILING, faults of the questionnaire
 * and of round_check, NOT_CANONICAL, SIGNATURE.
 */
enum fault round_decode(struct round **out, struct bytes content) FAULT_MUST_CHECK;

/* Adds holder `holder`'s (0, 1) signature. FAULT_KEY_WRONG when the secret key is not that holder's. */
enum fault round_sign(struct round *round, int holder,
                      const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) FAULT_MUST_CHECK;

/* FAULT_ROUND_NOT_VALID unless both have signed. */
enum fault round_is_valid(const struct round *round) FAULT_MUST_CHECK;

/* FAULT_ROUND_UNTRUSTED unless the round's two signing keys are exactly these two, in either order. */
enum fault round_is_trusted(const struct round *round, const uint8_t key_a[32],
                            const uint8_t key_b[32]) FAULT_MUST_CHECK;

/* By number, or NULL; by key, or NULL. */
const struct round_class *round_find_class(const struct round *round, uint16_t number);
const struct round_kiosk *round_find_kiosk(const struct round *round, const uint8_t key[32]);

/* Heads minus not_asked: of one class, of all. */
uint32_t round_class_asked(const struct round_class *class_item);
uint32_t round_asked(const struct round *round);

#endif
