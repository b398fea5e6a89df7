/* SPDX-License-Identifier: Apache-2.0 */
#ifndef QUESTIONNAIRE_H
#define QUESTIONNAIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "digest.h"

/*
 * The instrument: items, options, scales, languages, provenance. Made by the compiler (aggregator/author_*.c)
 * from a spreadsheet, or by questionnaire_decode from its one canonical binary form (docs/format.md,
 * "Questionnaire"), which is hashed, put into the round and is all that a kiosk parses. Both end in
 * questionnaire_check, so that every `struct questionnaire` in hand obeys the invariants written there.
 */

enum {
    QUESTIONNAIRE_LANGUAGES = 12, /* at most */
    QUESTIONNAIRE_ITEMS = 120,    /* notes included */
    QUESTIONNAIRE_LISTS = 120,
    QUESTIONNAIRE_OPTIONS = 24, /* in one list, missing codes included */
    QUESTIONNAIRE_SCALES = 8,
    QUESTIONNAIRE_SECTIONS = 40,
    QUESTIONNAIRE_STEPS = 64,        /* in one condition */
    QUESTIONNAIRE_NAME_SIZE = 33,    /* [a-z_][a-z0-9_]*, with the final zero */
    QUESTIONNAIRE_TEXT_SIZE = 2001,  /* UTF-8 bytes with the final zero */
    QUESTIONNAIRE_SCORE_LIMIT = 100, /* scores are 0..100 */
    QUESTIONNAIRE_OWN_ITEMS = 5,     /* the school's own questions */
    QUESTIONNAIRE_RECORDINGS = 4096,
    QUESTIONNAIRE_REFERENCES = 64,
    QUESTIONNAIRE_RAW_SUMS = 1001, /* in one conversion */
    QUESTIONNAIRE_SOURCE_SIZE = 201,
    QUESTIONNAIRE_BYTES_LIMIT = 1 << 20
};
#define QUESTIONNAIRE_NONE UINT16_MAX /* no scale, no section, no coarse group */

/* The reserved names of the two options that are answers without being an opinion. */
#define QUESTIONNAIRE_DONT_KNOW "dont_know"
#define QUESTIONNAIRE_RATHER_NOT "rather_not_say"

/* One text in every language; owned, NULL where a translation is missing (never in language 0). */
struct questionnaire_text {
    char *in[QUESTIONNAIRE_LANGUAGES];
};

enum questionnaire_translation {
    QUESTIONNAIRE_TRANSLATION_NOT_SAID,
    QUESTIONNAIRE_TRANSLATION_DRAFT,
    QUESTIONNAIRE_TRANSLATION_CHECKED /* by a second reader */
};

struct questionnaire_language {
    char code[9];  /* BCP 47 subset: "nl", "en", "uk", "ar", 2-8 lower-case letters */
    char name[49]; /* in its own language: "Nederlands" */
    enum questionnaire_translation translation;
};

enum questionnaire_option_kind {
    QUESTIONNAIRE_OPTION_ANSWER,
    QUESTIONNAIRE_OPTION_DONT_KNOW,
    QUESTIONNAIRE_OPTION_RATHER_NOT
};

struct questionnaire_option {
    char name[QUESTIONNAIRE_NAME_SIZE];
    struct questionnaire_text label;
    enum questionnaire_option_kind kind; /* from the reserved names */
    uint16_t coarse; /* coarse group 0.. in order of first use; NONE for the two missing codes */
    uint8_t score;   /* used when has_score */
    bool has_score;
    bool exclusive; /* in select_multiple: clears the others; always true for the missing codes */
};

struct questionnaire_list {
    char name[QUESTIONNAIRE_NAME_SIZE];
    uint16_t option_count; /* 1..QUESTIONNAIRE_OPTIONS, at least one of kind ANSWER */
    uint16_t coarse_count; /* groups; every one has an option */
    struct questionnaire_option option[QUESTIONNAIRE_OPTIONS];
};

enum questionnaire_subject { /* the three legal subjects and the rest */
                             QUESTIONNAIRE_SUBJECT_OTHER,
                             QUESTIONNAIRE_SUBJECT_INCIDENTS,
                             QUESTIONNAIRE_SUBJECT_SAFETY,
                             QUESTIONNAIRE_SUBJECT_WELLBEING
};

struct questionnaire_scale {
    char name[QUESTIONNAIRE_NAME_SIZE];
    struct questionnaire_text label;
    enum questionnaire_subject subject;
    bool high_is_good;            /* direction, after reversing */
    bool formative;               /* an index of separate events: no reliability */
    uint16_t item_count;          /* derived: items with this scale, 2.. */
    uint8_t score_min, score_max; /* derived: the same for every item of the scale; min < max */
};

struct questionnaire_section {
    struct questionnaire_text label; /* may be missing altogether (in[0] == NULL) */
    uint16_t parent;                 /* section or NONE; parent < own index */
};

/* A condition in postfix order; `option` is an index in the item's list. Names only earlier select items. */
enum questionnaire_operator {
    QUESTIONNAIRE_EQUALS,     /* item's one choice is this option (select_one) */
    QUESTIONNAIRE_NOT_EQUALS, /* its negation: also true when unanswered or not asked, as in XLSForm */
    QUESTIONNAIRE_SELECTED,   /* this option is among the item's choices */
    QUESTIONNAIRE_AND,
    QUESTIONNAIRE_OR,
    QUESTIONNAIRE_NOT
};
struct questionnaire_step {
    enum questionnaire_operator kind;
    uint16_t item;
    uint16_t option;
};

enum questionnaire_kind { QUESTIONNAIRE_NOTE, QUESTIONNAIRE_SELECT_ONE, QUESTIONNAIRE_SELECT_MULTIPLE };

struct questionnaire_item {
    char name[QUESTIONNAIRE_NAME_SIZE];
    enum questionnaire_kind kind;
    struct questionnaire_text label;
    struct questionnaire_text hint; /* in[0] NULL: none */
    uint16_t list;                  /* NONE for a note */
    uint16_t section;               /* or NONE */
    uint16_t scale;                 /* or NONE; only select_one, never with a condition */
    bool reverse;                   /* score counts as score_min + score_max - score */
    bool sensitive;
    bool breakdown; /* a background variable; only select_one, no scale, no condition */
    bool faces;     /* options are shown with faces too; only in a scale that is not about incidents */
    bool own;       /* the school's own question: outside scales, after the core, at most five */
    bool has_cut;   /* only select_one in which every answer has a score, and not reversed */
    uint8_t
        cut; /* when has_cut: lowest score that counts as "it happened often enough"; lowest < cut <= highest */
    char measure
        [QUESTIONNAIRE_NAME_SIZE]; /* "Have you noticed ...?": the recorded measure it asks about; "" for none. Select_one, no scale, not own, after the core */
    uint16_t step_count;           /* 0: always asked; own and sections' conditions joined by AND */
    struct questionnaire_step step[QUESTIONNAIRE_STEPS];
};

/* One text read aloud. The sound is a file of its own, found by its digest. */
enum questionnaire_recorded { QUESTIONNAIRE_RECORDED_ITEM, QUESTIONNAIRE_RECORDED_OPTION };
struct questionnaire_recording {
    enum questionnaire_recorded kind;
    uint16_t part;                /* the item, or the list */
    uint16_t option;              /* in that list; 0 for an item */
    uint16_t language;            /* one in which the label is there */
    bool robot;                   /* a computer's voice */
    uint8_t digest[DIGEST_BYTES]; /* BLAKE2b-256 of the whole WAV file, without key and label */
};

/* What a scale gave elsewhere, for comparison. */
struct questionnaire_reference {
    uint16_t scale;
    uint16_t year;                          /* 1950..2100 */
    uint8_t month;                          /* 1..12 */
    struct questionnaire_text whom;         /* "Dutch pupils of 8 to 12" */
    char source[QUESTIONNAIRE_SOURCE_SIZE]; /* 1.. bytes on one line */
    uint32_t mean, deviation; /* of the scale score (mean of a pupil's item scores), in thousandths */
    uint32_t pupils;          /* 2.. */
};

/* From raw sums to published scale values, as Rasch-scored instruments have it. */
struct questionnaire_conversion {
    uint16_t scale;
    uint16_t count;                        /* raw sums, from items x score_min to items x score_max */
    int32_t value[QUESTIONNAIRE_RAW_SUMS]; /* thousandths, within a million of 0, never falling */
};

struct questionnaire {
    char name[QUESTIONNAIRE_NAME_SIZE]; /* settings: form_id */
    char version[33];                   /* settings: version, plain text */
    char age_form[17];                  /* settings: klankbord::age_form, for example "8-12" or "12-18" */
    bool validated;                     /* settings: klankbord::validity is "recognised" */
    struct questionnaire_text title;
    struct questionnaire_text provenance; /* who wrote it, from what, its validity status in words */
    uint16_t language_count;              /* 1..; language 0 is the default */
    struct questionnaire_language language[QUESTIONNAIRE_LANGUAGES];
    uint16_t list_count;
    struct questionnaire_list *list;
    uint16_t scale_count;
    struct questionnaire_scale *scale;
    uint16_t section_count;
    struct questionnaire_section *section;
    uint16_t item_count; /* 1.. */
    struct questionnaire_item *item;
    uint16_t recording_count; /* strictly ascending by kind, part, option, language */
    struct questionnaire_recording *recording;
    uint16_t reference_count;
    struct questionnaire_reference *reference;
    uint16_t conversion_count; /* ascending by scale, at most one each */
    struct questionnaire_conversion *conversion;
};

/* An empty one with room for the limits above; NULL when memory is out. The caller fills and frees it. */
struct questionnaire *questionnaire_new(void);
struct questionnaire *questionnaire_free(struct questionnaire *questionnaire); /* accepts NULL, gives NULL */

/*
 * Every invariant in the comments above, and: names unique (items; lists; scales; options in a list; language
 * codes); every reference in range; at least one select item; every scale's items share one score range over
 * their ANSWER options, which all have a score, and every scale has two or more items; conditions well-formed
 * (postfix leaves exactly one value), naming earlier select items only; `reverse` only on a scale's item; a
 * note is not sensitive; a translation that is there is not empty; the canonical form fits
 * QUESTIONNAIRE_BYTES_LIMIT; own items and those of measures are no breakdown, and behind the first of them
 * only such items and notes follow; no measure twice. Derives coarse_count, item_count, score_min and
 * score_max (which it overwrites).
 * FAULT_LIMIT, FAULT_TEXT, FAULT_EXPRESSION or FAULT_QUESTIONNAIRE; FAULT_MEMORY.
 */
enum fault questionnaire_check(struct questionnaire *questionnaire) FAULT_MUST_CHECK;

/* The one canonical form. FAULT_MEMORY. The questionnaire must have passed questionnaire_check. */
enum fault questionnaire_encode(struct bytes_buffer *out,
                                const struct questionnaire *questionnaire) FAULT_MUST_CHECK;

/*
 * Reads the canonical form; *out is the caller's to free, NULL on failure. Checks in the order of
 * docs/format.md: FAULT_FILE_TOO_LARGE, FAULT_MAGIC, FAULT_VERSION, FAULT_TRUNCATED, FAULT_LIMIT, FAULT_TEXT,
 * FAULT_TRAILING, the faults of questionnaire_check, FAULT_NOT_CANONICAL when encoding it again gives other
 * bytes, FAULT_MEMORY.
 */
enum fault questionnaire_decode(struct questionnaire **out, struct bytes content) FAULT_MUST_CHECK;

/* Digest of the canonical form. FAULT_MEMORY. */
enum fault questionnaire_digest(uint8_t out[DIGEST_BYTES],
                                const struct questionnaire *questionnaire) FAULT_MUST_CHECK;

/*
 * What two rounds compare before they compare answers (docs/format.md, "Item digest"): name, kind and wording
 * of the item, names and labels of its options, all in language 0. Marks, translations, hints and place do
 * not enter. `item` is in range. FAULT_MEMORY.
 */
enum fault questionnaire_item_digest(uint8_t out[DIGEST_BYTES], const struct questionnaire *questionnaire,
                                     uint16_t item) FAULT_MUST_CHECK;
/*
 * The same for a scale (docs/format.md, "Release"): its range, its items' digests, reversing and scores.
 * `scale` is in range.
 */
enum fault questionnaire_scale_digest(uint8_t out[DIGEST_BYTES], const struct questionnaire *questionnaire,
                                      uint16_t scale) FAULT_MUST_CHECK;

/* The subject of the item's scale; QUESTIONNAIRE_SUBJECT_OTHER outside scales and out of range. */
enum questionnaire_subject questionnaire_subject_of(const struct questionnaire *questionnaire, uint16_t item);

/* Whether the item belongs to the school and not to the instrument: marked own, or about a measure. */
bool questionnaire_is_local(const struct questionnaire_item *item);

/* The text in `language`, else in language 0 (*fallback tells, when not NULL), else "". Never NULL. */
const char *questionnaire_text_in(const struct questionnaire_text *text, uint16_t language, bool *fallback);

/* Index by name or code, or QUESTIONNAIRE_NONE. */
uint16_t questionnaire_find_item(const struct questionnaire *questionnaire, const char *name);
uint16_t questionnaire_find_option(const struct questionnaire_list *list, const char *name);
uint16_t questionnaire_find_language(const struct questionnaire *questionnaire, const char *code);

/* The recording of a label, or NULL. `option` is 0 for an item. */
const struct questionnaire_recording *questionnaire_find_recording(const struct questionnaire *questionnaire,
                                                                   enum questionnaire_recorded kind,
                                                                   uint16_t part, uint16_t option,
                                                                   uint16_t language);
/* The conversion of a scale, or NULL. */
const struct questionnaire_conversion *questionnaire_find_conversion(
    const struct questionnaire *questionnaire, uint16_t scale);

/* Whether an item is a breakdown. */
bool questionnaire_has_breakdown(const struct questionnaire *questionnaire);

/* The list of a select item; NULL for a note. */
const struct questionnaire_list *questionnaire_list_of(const struct questionnaire *questionnaire,
                                                       uint16_t item);

/*
 * Whether `item` is asked, given the choices so far: chosen[i] is the mask of options chosen at item i (bit =
 * option index, 0 = nothing chosen). An item that is itself not asked counts as nothing chosen, whatever its
 * mask says.
 */
bool questionnaire_asks(const struct questionnaire *questionnaire, uint16_t item, const uint32_t *chosen);

#endif
