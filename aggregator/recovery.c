/* SPDX-License-Identifier: Apache-2.0 */
#include "recovery.h"

#include <string.h>

#include "core/secret.h"

enum {
    CODE_BYTES = RECOVERY_LINES * RECOVERY_LINE_BYTES,
    TAG_AT = 2,
    TAG_BYTES = 4,
    SEED_AT = TAG_AT + TAG_BYTES,
    BOX_AT = SEED_AT + 32,
    CHARACTERS = 20, /* of a line: 16 of content, 4 of check */
    CONTENT_CHARACTERS = 16,
    CHECKED_BYTES = RECOVERY_LINE_BYTES + 3 /* the content and the 20 bits of its check */
};

_Static_assert(BOX_AT + 32 == CODE_BYTES, "the lines are full");

static void make_tag(uint8_t tag[TAG_BYTES], const uint8_t seed[32], const uint8_t box_secret[32]) {
    struct digest_state state;
    uint8_t digest[DIGEST_BYTES];
    digest_begin(&state, DIGEST_RECOVERY);
    digest_add(&state, seed, 32);
    digest_add(&state, box_secret, 32);
    digest_end(&state, digest);
    memcpy(tag, digest, TAG_BYTES);
    secret_wipe(&state, sizeof state);
    secret_wipe(digest, sizeof digest);
}

/*
 * The first 20 bits of a digest over number and content; the number, so that lines in a wrong place are
 * noticed.
 */
static void add_check(uint8_t checked[CHECKED_BYTES], int number) {
    struct digest_state state;
    uint8_t digest[DIGEST_BYTES], place = (uint8_t)number;
    digest_begin(&state, DIGEST_RECOVERY);
    digest_add(&state, &place, 1);
    digest_add(&state, checked, RECOVERY_LINE_BYTES);
    digest_end(&state, digest);
    memcpy(checked + RECOVERY_LINE_BYTES, digest, 3);
    checked[CHECKED_BYTES - 1] &= 0xf0;
    secret_wipe(&state, sizeof state);
    secret_wipe(digest, sizeof digest);
}

void recovery_line(char out[RECOVERY_LINE_SIZE], const struct recovery *sheet, int number) {
    uint8_t code[CODE_BYTES + 1] = {RECOVERY_VERSION};
    uint8_t checked[CHECKED_BYTES + 1] = {0};
    make_tag(code + TAG_AT, sheet->seed, sheet->box_secret);
    memcpy(code + SEED_AT, sheet->seed, 32);
    memcpy(code + BOX_AT, sheet->box_secret, 32);
    memcpy(checked, code + (number - 1) * RECOVERY_LINE_BYTES, RECOVERY_LINE_BYTES);
    add_check(checked, number);
    digest_base32(out, checked, CHARACTERS);
    secret_wipe(code, sizeof code);
    secret_wipe(checked, sizeof checked);
}

/*
 * 0..31, or -1. People write O for 0 and I or l for 1; those letters are not in the alphabet for that very
 * reason.
 */
static int value_of(char letter) {
    if (letter >= 'a' && letter <= 'z') {
        letter = (char)(letter - 'a' + 'A');
    }
    letter = letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
    const char *found = letter ? strchr(digest_base32_alphabet, letter) : NULL;
    return found ? (int)(found - digest_base32_alphabet) : -1;
}

static bool is_skipped(char letter) {
    return letter == '-' || letter == ' ' || letter == '\t' || letter == '\r';
}

static enum fault decode_characters(uint8_t out[CHECKED_BYTES + 1], const char *text) {
    size_t count = 0;
    for (; *text && *text != '\n'; text++) {
        int value = value_of(*text);
        if (value < 0 && is_skipped(*text)) {
            continue;
        }
        if (value < 0 || count == CHARACTERS) {
            return FAULT_RECOVERY_SHEET;
        }
        size_t bit = 5 * count++;
        unsigned shifted = (unsigned)value << (11 - bit % 8);
        out[bit / 8] |= (uint8_t)(shifted >> 8);
        out[bit / 8 + 1] |= (uint8_t)shifted;
    }
    return count == CHARACTERS ? FAULT_NONE : FAULT_RECOVERY_SHEET;
}

enum fault recovery_line_read(uint8_t out[RECOVERY_LINE_BYTES], const char *text, int number) {
    uint8_t typed[CHECKED_BYTES + 1] = {0}, expected[CHECKED_BYTES] = {0};
    enum fault fault = decode_characters(typed, text);
    memset(out, 0, RECOVERY_LINE_BYTES);
    if (!fault) {
        memcpy(expected, typed, RECOVERY_LINE_BYTES);
        add_check(expected, number);
        fault = sodium_memcmp(typed, expected, sizeof expected) == 0 ? FAULT_NONE : FAULT_RECOVERY_SHEET;
    }
    if (!fault) {
        memcpy(out, typed, RECOVERY_LINE_BYTES);
    }
    secret_wipe(typed, sizeof typed);
    secret_wipe(expected, sizeof expected);
    return fault;
}

enum fault recovery_join(struct recovery *out, const uint8_t lines[RECOVERY_LINES][RECOVERY_LINE_BYTES]) {
    const uint8_t *code = lines[0];
    uint8_t tag[TAG_BYTES];
    memset(out, 0, sizeof *out);
    if (code[0] != RECOVERY_VERSION) {
        return FAULT_VERSION;
    }
    make_tag(tag, code + SEED_AT, code + BOX_AT);
    if (code[1] != 0 || sodium_memcmp(tag, code + TAG_AT, sizeof tag) != 0) {
        return FAULT_RECOVERY_SHEET;
    }
    memcpy(out->seed, code + SEED_AT, 32);
    memcpy(out->box_secret, code + BOX_AT, 32);
    return FAULT_NONE;
}

static const char *skip_blanks(const char *text) {
    return text + strspn(text, " \t");
}

/* The number of a code line, and *text moved behind "3:"; 0 for any other line. */
static int line_number(const char **text) {
    const char *at = skip_blanks(*text);
    if (at[0] < '1' || at[0] > '0' + RECOVERY_LINES || (at[1] != ':' && at[1] != '.' && at[1] != ')')) {
        return 0;
    }
    *text = at + 2;
    return at[0] - '0';
}

static void read_name(char *name, size_t size, const char *line) {
    line = skip_blanks(line);
    if (name && !name[0] && (strncmp(line, "Naam:", 5) == 0 || strncmp(line, "Name:", 5) == 0)) {
        line = skip_blanks(line + 5);
        size_t length = strcspn(line, "\r\n");
        length = length < size ? length : size - 1;
        memcpy(name, line, length);
        name[length] = '\0';
    }
}

enum fault recovery_read(struct recovery *out, bool wrong[RECOVERY_LINES], char *name, size_t name_size,
                         const char *text) {
    uint8_t lines[RECOVERY_LINES][RECOVERY_LINE_BYTES] = {{0}};
    bool seen[RECOVERY_LINES] = {false};
    enum fault fault = FAULT_NONE;
    for (int i = 0; i < RECOVERY_LINES; i++) {
        wrong[i] = true;
    }
    if (name) {
        name[0] = '\0';
    }
    while (*text) {
        const char *line = text;
        int number = line_number(&line);
        if (number) {
            wrong[number - 1] =
                seen[number - 1] || recovery_line_read(lines[number - 1], line, number) != FAULT_NONE;
            seen[number - 1] = true;
        } else {
            read_name(name, name_size, line);
        }
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    for (int i = 0; i < RECOVERY_LINES; i++) {
        fault = wrong[i] ? FAULT_RECOVERY_SHEET : fault;
    }
    memset(out, 0, sizeof *out);
    fault = fault ? fault : recovery_join(out, (const uint8_t(*)[RECOVERY_LINE_BYTES])lines);
    secret_wipe(lines, sizeof lines);
    return fault;
}
