/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STRINGS_H
#define STRINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"
#include "strings_keys.h" /* made at build time from assets/strings/nl.strings */

/*
 * The words of the interface. They live in assets/strings/<language>.strings, one `key = text` a line, and
 * are part of the program. A key `ready.title` is the constant STRINGS_READY_TITLE. Placeholders are names in
 * braces: {count}.
 *
 * What pupils see, every language has; what the mentor sees, only Dutch and English. A text that a language
 * lacks is lent from Dutch, with "[NL] " before it so that nobody takes it for a mistake of theirs.
 */

enum strings_language {
    STRINGS_NL,
    STRINGS_EN,
    STRINGS_TR,
    STRINGS_AR,
    STRINGS_UK,
    STRINGS_PL,
    STRINGS_LANGUAGES,
    STRINGS_MENTOR_LANGUAGES = STRINGS_EN + 1 /* those before it the mentor can choose */
};

enum strings_reader { STRINGS_FOR_PUPILS, STRINGS_FOR_MENTOR };

#define STRINGS_ENUM_ENTRY(name, key, reader) name,
enum strings_key { STRINGS_KEYS(STRINGS_ENUM_ENTRY) STRINGS_COUNT };
#undef STRINGS_ENUM_ENTRY

enum { STRINGS_TEXT_SIZE = 600 }; /* no text is longer, with its final zero and its placeholders filled in */

/* One language's texts. A zeroed one is closed. */
struct strings {
    enum strings_language language;
    char *storage;
    char *lent; /* texts of another language */
    const char *text[STRINGS_COUNT];
};

/*
 * Reads a language's texts into `out`, to be released by strings_close. Empty lines and lines that begin with
 * # are skipped; `\n` in a text is a line feed. What is missing is lent from `lender` (which may be closed
 * afterwards), marked; with NULL a missing text is FAULT_FIELD_MISSING. FAULT_TEXT: not plain UTF-8, or a
 * line without `key = text`; FAULT_FIELD_UNKNOWN: a key that Dutch does not have; FAULT_FIELD_ORDER: a key
 * twice; FAULT_LIMIT: too long; FAULT_MEMORY.
 */
enum fault strings_read(struct strings *out, enum strings_language language, const char *content,
                        const struct strings *lender) FAULT_MUST_CHECK;

/* The same with the texts that are part of the program; Dutch lends. */
enum fault strings_open(struct strings *out, enum strings_language language) FAULT_MUST_CHECK;
void strings_close(struct strings *strings); /* accepts zeroed and closed ones */

/* The text; never NULL. */
const char *strings_get(const struct strings *strings, enum strings_key key);

/* Whether this text is another language's. */
bool strings_is_lent(const struct strings *strings, enum strings_key key);

/* The key's own name ("ready.title"), for tests, and who reads it. */
const char *strings_key_name(enum strings_key key);
enum strings_reader strings_key_reader(enum strings_key key);

/* What goes in the place of {name}: a text, or a number when `text` is NULL. */
struct strings_value {
    const char *name;
    const char *text;
    unsigned number;
};

/*
 * Writes the text with its placeholders filled in, cut at `capacity` bytes between characters,
 * zero-terminated.
 */
void strings_format(char *out, size_t capacity, const struct strings *strings, enum strings_key key,
                    const struct strings_value *values, size_t value_count);

/*
 * The interface language for a language code ("nl", "en", "tr", "ar", "uk", "pl"); Dutch for every other one.
 */
enum strings_language strings_language_of(const char *code);
const char *strings_code(enum strings_language language);

/* Whether the language with this code is written from right to left; also for codes without texts of ours. */
bool strings_run_from_right(const char *code);

#endif
