/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/paragraph_break.h"

enum { SOFT_HYPHEN = 0x00AD, ZERO_SPACE = 0x200B, HYPHEN = 0x2010 };

bool paragraph_break_is_space(const struct bidi_text *bidi, size_t i) {
    return bidi->character[i] == ' ';
}

static bool is_hyphen(const struct bidi_text *bidi, size_t i) {
    return bidi->character[i] == '-' || bidi->character[i] == HYPHEN;
}

static bool is_digit(const struct bidi_text *bidi, size_t i) {
    return i < bidi->count && bidi->character[i] >= '0' && bidi->character[i] <= '9';
}

static bool is_capital(const struct bidi_text *bidi, size_t i) {
    return i < bidi->count && bidi->character[i] >= 'A' && bidi->character[i] <= 'Z';
}

/* Whether what follows up to the next space or hyphen is two or more capitals and digits, and nothing else. */
static bool is_code(const struct bidi_text *bidi, size_t from) {
    size_t end = from;
    while (is_digit(bidi, end) || is_capital(bidi, end)) {
        end++;
    }
    return end > from + 1 &&
           (end == bidi->count || paragraph_break_is_space(bidi, end) || is_hyphen(bidi, end));
}

/*
 * A telephone number, the name of a machine or its file, or an option of a command: who copies it must see it
 * whole.
 */
static bool is_in_number(const struct bidi_text *bidi, size_t hyphen) {
    return is_digit(bidi, hyphen - 1) || is_digit(bidi, hyphen + 1) || is_code(bidi, hyphen + 1) ||
           (is_capital(bidi, hyphen - 1) && is_capital(bidi, hyphen + 1)) ||
           (hyphen + 1 < bidi->count && is_hyphen(bidi, hyphen + 1)) || is_hyphen(bidi, hyphen - 1);
}

/* How often a sign is in what stands between two spaces. */
static int count_around(const struct bidi_text *bidi, size_t at, uint32_t sign) {
    int count = 0;
    while (at > 0 && !paragraph_break_is_space(bidi, at - 1)) {
        at--;
    }
    for (size_t i = at; i < bidi->count && !paragraph_break_is_space(bidi, i); i++) {
        count += bidi->character[i] == sign;
    }
    return count;
}

/* What has a second hyphen, as packages and files do: who types it after must see where it ends. */
static bool is_in_name(const struct bidi_text *bidi, size_t hyphen) {
    return count_around(bidi, hyphen, '-') > 1;
}

static bool is_in_path(const struct bidi_text *bidi, size_t hyphen) {
    return count_around(bidi, hyphen, '/') > 0;
}

/* An option belongs to the program before it. */
static bool precedes_option(const struct bidi_text *bidi, size_t space) {
    return space + 2 < bidi->count && bidi->character[space + 1] == '-' &&
           (bidi->character[space + 2] == '-' || bidi->kind[space + 2] == BIDI_LETTER);
}

/* A program with a hyphen in its name: broken there before its option, it would seem to be two words to type. */
static bool is_in_command(const struct bidi_text *bidi, size_t hyphen) {
    size_t end = hyphen;
    while (end < bidi->count && !paragraph_break_is_space(bidi, end)) {
        end++;
    }
    return precedes_option(bidi, end);
}

bool paragraph_break_after(const struct bidi_text *bidi, struct paragraph_break_whole whole, size_t first,
                           size_t i) {
    uint32_t character = bidi->character[i];
    if (is_hyphen(bidi, i)) {
        bool name = (whole.names && is_in_name(bidi, i)) ||
                    (whole.commands && (is_in_command(bidi, i) || is_in_path(bidi, i)));
        return i > first && !paragraph_break_is_space(bidi, i - 1) && !is_in_number(bidi, i) && !name;
    }
    if (character == ' ') {
        return !whole.commands || !precedes_option(bidi, i);
    }
    return character == SOFT_HYPHEN || character == ZERO_SPACE;
}

bool paragraph_break_leads(const struct bidi_text *bidi, size_t first, size_t end) {
    enum { MOST_DIGITS = 3 };
    while (first + 1 < end && bidi->kind[first] == BIDI_NEUTRAL) {
        first++;
    }
    bool number = end > first && end - first <= MOST_DIGITS;
    for (size_t i = first; i < end; i++) {
        number = number && is_digit(bidi, i);
    }
    return number || (end == first + 1 && bidi->kind[first] == BIDI_LETTER);
}
