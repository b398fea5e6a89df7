/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/bidi.h"

#include <fribidi.h>

uint32_t bidi_next(const char **at) {
    const unsigned char *byte = (const unsigned char *)*at;
    uint32_t character = byte[0];
    size_t more = character < 0x80 ? 0 : character < 0xE0 ? 1 : character < 0xF0 ? 2 : 3;
    if (more > 0) {
        character &= 0x3Fu >> more;
    }
    size_t taken = 1;
    for (; taken <= more && (byte[taken] & 0xC0) == 0x80; taken++) {
        character = character << 6 | (byte[taken] & 0x3Fu);
    }
    *at += taken;
    return character;
}

/* U+200C and U+200D are not among them: letters join or part by them. */
bool bidi_is_hidden(uint32_t character) {
    return character == 0x00AD || character == 0x061C || character == 0x200B || character == 0x200E ||
           character == 0x200F || (character >= 0x202A && character <= 0x202E) || character == 0x2060 ||
           (character >= 0x2066 && character <= 0x2069) || character == 0xFEFF;
}

static enum bidi_kind kind_of(uint32_t character, FriBidiCharType type) {
    if (bidi_is_hidden(character)) {
        return BIDI_HIDDEN;
    }
    if (type == FRIBIDI_TYPE_NSM) {
        return BIDI_MARK;
    }
    if (character >= '0' && character <= '9') {
        return BIDI_DIGIT;
    }
    return FRIBIDI_IS_LETTER(type) || type == FRIBIDI_TYPE_AN ? BIDI_LETTER : BIDI_NEUTRAL;
}

static bool has_letter(const FriBidiCharType *type, size_t count, bool from_right) {
    for (size_t i = 0; i < count; i++) {
        if (FRIBIDI_IS_LETTER(type[i]) && (FRIBIDI_IS_RTL(type[i]) != 0) == from_right) {
            return true;
        }
    }
    return false;
}

static bool split(struct bidi_text *out, const char *text, size_t size) {
    const char *at = text;
    out->count = 0;
    while (at < text + size && out->count < BIDI_CHARACTERS && at - text < UINT16_MAX - 4) {
        out->at[out->count] = (uint16_t)(at - text);
        out->character[out->count++] = bidi_next(&at);
    }
    out->at[out->count] = (uint16_t)(at - text);
    return at >= text + size;
}

/* FriBidi's levels are signed bytes, and it wants the types twice. */
static bool find_levels(struct bidi_text *out, const FriBidiCharType *type) {
    FriBidiBracketType bracket[BIDI_CHARACTERS];
    FriBidiLevel level[BIDI_CHARACTERS];
    FriBidiParType base = out->from_right ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    FriBidiStrIndex count = (FriBidiStrIndex)out->count;
    fribidi_get_bracket_types(out->character, count, type, bracket);
    bool found = fribidi_get_par_embedding_levels_ex(type, bracket, count, &base, level) != 0;
    for (size_t i = 0; i < out->count; i++) {
        out->level[i] = found ? (uint8_t)level[i] : out->from_right;
    }
    return found;
}

static bool is_digit(const struct bidi_text *out, size_t i) {
    return i < out->count && out->character[i] >= '0' && out->character[i] <= '9';
}

/* What stands inside telephone numbers, dates and fractions. */
static bool joins_digits(uint32_t character) {
    return character == '-' || character == '/' || character == '+' || character == ' ' ||
           (character >= 0x2010 && character <= 0x2013);
}

/*
 * The algorithm keeps the digits of a number together, but after Arabic letters it would put 0432-0800 for
 * 0800-0432.
 * A number with one such sign between its digits, or a plus before them, is one number here (UAX #9, HL3).
 */
static void keep_numbers_whole(const struct bidi_text *out, FriBidiCharType *type) {
    for (size_t i = 0; i < out->count; i++) {
        bool before = i > 0 && is_digit(out, i - 1);
        if (joins_digits(out->character[i]) && before && is_digit(out, i + 1)) {
            type[i] = FRIBIDI_TYPE_CS;
        } else if (out->character[i] == '+' && !before && is_digit(out, i + 1)) {
            type[i] = FRIBIDI_TYPE_EN;
        }
    }
}

bool bidi_read(struct bidi_text *out, const char *text, size_t size, bool page_from_right) {
    FriBidiCharType type[BIDI_CHARACTERS];
    bool complete = split(out, text, size);
    fribidi_get_bidi_types(out->character, (FriBidiStrIndex)out->count, type);
    bool same = has_letter(type, out->count, page_from_right);
    bool other = has_letter(type, out->count, !page_from_right);
    out->from_right = !same && other ? !page_from_right : page_from_right;
    for (size_t i = 0; i < out->count; i++) {
        out->kind[i] = kind_of(out->character[i], type[i]);
    }
    keep_numbers_whole(out, type);
    return (out->count == 0 || find_levels(out, type)) && complete;
}

static void reverse(uint16_t *order, size_t first, size_t end) {
    while (first + 1 < end) {
        uint16_t kept = order[first];
        order[first++] = order[--end];
        order[end] = kept;
    }
}

void bidi_order(uint16_t *order, const uint8_t *level, size_t count) {
    uint8_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint16_t)i;
        highest = level[i] > highest ? level[i] : highest;
    }
    for (unsigned at = highest; at > 0; at--) {
        for (size_t first = 0; first < count; first++) {
            size_t end = first;
            while (end < count && level[order[end]] >= at) {
                end++;
            }
            reverse(order, first, end);
            first = end;
        }
    }
}
