/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/strings.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"
#include "kiosk/strings_data.h"

#define STRINGS_NAME_ENTRY(name, key, reader) key,
static const char *const key_names[] = {STRINGS_KEYS(STRINGS_NAME_ENTRY)};

#define STRINGS_READER_ENTRY(name, key, reader) reader,
static const enum strings_reader key_readers[] = {STRINGS_KEYS(STRINGS_READER_ENTRY)};

static const char *const codes[STRINGS_LANGUAGES] = {"nl", "en", "tr", "ar", "uk", "pl"};
static const char lent_mark[] = "[NL] ";

static int find_key(const char *name) {
    for (int i = 0; i < STRINGS_COUNT; i++) {
        if (strcmp(key_names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static void unescape(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (from[0] == '\\' && from[1] == 'n') {
            *to++ = '\n';
            from++;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

static enum fault read_line(struct strings *out, char *line) {
    char *equals = strstr(line, " = ");
    if (equals == NULL || equals[3] == '\0') {
        return FAULT_TEXT;
    }
    *equals = '\0';
    int key = find_key(line);
    if (key < 0) {
        return FAULT_FIELD_UNKNOWN;
    }
    if (out->text[key] != NULL) {
        return FAULT_FIELD_ORDER;
    }
    unescape(equals + 3);
    if (strlen(equals + 3) >= STRINGS_TEXT_SIZE) {
        return FAULT_LIMIT;
    }
    out->text[key] = equals + 3;
    return FAULT_NONE;
}

static enum fault read_lines(struct strings *out) {
    for (char *line = out->storage; line != NULL;) {
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end = '\0';
        }
        if (line[0] != '\0' && line[0] != '#') {
            enum fault fault = read_line(out, line);
            if (fault) {
                return fault;
            }
        }
        line = end == NULL ? NULL : end + 1;
    }
    return FAULT_NONE;
}

/* How much room the missing texts take with their marks; 0: none is missing. */
static size_t lent_size(const struct strings *out, const struct strings *lender) {
    size_t size = 0;
    for (enum strings_key i = 0; i < STRINGS_COUNT; i++) {
        if (out->text[i] == NULL) {
            size += sizeof lent_mark + strlen(lender == NULL ? "" : strings_get(lender, i));
        }
    }
    return size;
}

static enum fault lend(struct strings *out, const struct strings *lender) {
    size_t size = lent_size(out, lender);
    if (size == 0) {
        return FAULT_NONE;
    }
    if (lender == NULL) {
        return FAULT_FIELD_MISSING;
    }
    char *at = malloc(size);
    if (at == NULL) {
        return FAULT_MEMORY;
    }
    out->lent = at;
    for (enum strings_key i = 0; i < STRINGS_COUNT; i++) {
        if (out->text[i] == NULL) {
            out->text[i] = at;
            at +=
                snprintf(at, size - (size_t)(at - out->lent), "%s%s", lent_mark, strings_get(lender, i)) + 1;
        }
    }
    return FAULT_NONE;
}

enum fault strings_read(struct strings *out, enum strings_language language, const char *content,
                        const struct strings *lender) {
    size_t size = strlen(content);
    enum fault fault = FAULT_NONE;
    memset(out, 0, sizeof *out);
    out->language = language;
    if (!bytes_are_plain_text(content, size, true)) {
        fault = FAULT_TEXT;
        goto done;
    }
    out->storage = malloc(size + 1);
    if (out->storage == NULL) {
        fault = FAULT_MEMORY;
        goto done;
    }
    memcpy(out->storage, content, size + 1);
    fault = read_lines(out);
    if (!fault) {
        fault = lend(out, lender);
    }
done:
    if (fault) {
        strings_close(out);
    }
    return fault;
}

static enum fault read_own(struct strings *out, enum strings_language language,
                           const struct strings *lender) {
    return strings_read(out, language, (const char *)strings_data[language], lender);
}

enum fault strings_open(struct strings *out, enum strings_language language) {
    struct strings dutch = {0};
    if (language == STRINGS_NL) {
        return read_own(out, language, NULL);
    }
    enum fault fault = read_own(&dutch, STRINGS_NL, NULL);
    memset(out, 0, sizeof *out);
    if (!fault) {
        fault = read_own(out, language, &dutch);
    }
    strings_close(&dutch);
    return fault;
}

void strings_close(struct strings *strings) {
    free(strings->storage);
    free(strings->lent);
    memset(strings, 0, sizeof *strings);
}

const char *strings_get(const struct strings *strings, enum strings_key key) {
    return strings->text[key] == NULL ? "" : strings->text[key];
}

bool strings_is_lent(const struct strings *strings, enum strings_key key) {
    return strings->lent != NULL && strncmp(strings_get(strings, key), lent_mark, sizeof lent_mark - 1) == 0;
}

const char *strings_key_name(enum strings_key key) {
    return key_names[key];
}

enum strings_reader strings_key_reader(enum strings_key key) {
    return key_readers[key];
}

/* Where to write next, and room for a final zero always kept. */
struct sink {
    char *out;
    size_t capacity;
    size_t size;
};

/* Whole characters only: a cut inside one would not be UTF-8 any more. */
static void put_text(struct sink *sink, const char *text, size_t size) {
    size_t room = sink->capacity - 1 - sink->size;
    if (size > room) {
        size = room;
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) {
            size--;
        }
        sink->capacity = sink->size + size + 1;
    }
    memcpy(sink->out + sink->size, text, size);
    sink->size += size;
}

static void put_value(struct sink *sink, const struct strings_value *value) {
    char digits[16];
    if (value->text != NULL) {
        put_text(sink, value->text, strlen(value->text));
        return;
    }
    int length = snprintf(digits, sizeof digits, "%u", value->number);
    put_text(sink, digits, (size_t)length);
}

static const struct strings_value *find_value(const char *name, size_t size,
                                              const struct strings_value *values, size_t value_count) {
    for (size_t i = 0; i < value_count; i++) {
        if (strlen(values[i].name) == size && memcmp(values[i].name, name, size) == 0) {
            return &values[i];
        }
    }
    return NULL;
}

void strings_format(char *out, size_t capacity, const struct strings *strings, enum strings_key key,
                    const struct strings_value *values, size_t value_count) {
    struct sink sink = {.out = out, .capacity = capacity};
    const char *at = strings_get(strings, key);
    while (*at != '\0') {
        const char *close = *at == '{' ? strchr(at, '}') : NULL;
        const struct strings_value *value =
            close == NULL ? NULL : find_value(at + 1, (size_t)(close - at - 1), values, value_count);
        if (value != NULL) {
            put_value(&sink, value);
            at = close + 1;
        } else {
            size_t plain = 1 + strcspn(at + 1, "{");
            put_text(&sink, at, plain);
            at += plain;
        }
    }
    out[sink.size] = '\0';
}

enum strings_language strings_language_of(const char *code) {
    for (enum strings_language i = 0; i < STRINGS_LANGUAGES; i++) {
        if (strcmp(codes[i], code) == 0) {
            return i;
        }
    }
    return STRINGS_NL;
}

const char *strings_code(enum strings_language language) {
    return codes[language];
}

bool strings_run_from_right(const char *code) {
    static const char *const from_right[] = {"ar", "ckb", "fa", "he", "ps", "ur"};
    for (size_t i = 0; i < sizeof from_right / sizeof from_right[0]; i++) {
        if (strcmp(from_right[i], code) == 0) {
            return true;
        }
    }
    return false;
}
