/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/sentence.h"

#include <string.h>

#include "kiosk/ui/bidi.h"

static bool ends_with(const char *text, size_t at, const char *sign) {
    size_t size = strlen(sign);
    return at >= size && memcmp(text + at - size, sign, size) == 0;
}

/* How many bytes the last of these signs has that the text ends with before `at`; 0: none of them. */
static size_t sign_before(const char *text, size_t at, const char *const *sign, size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count && size == 0; i++) {
        size = ends_with(text, at, sign[i]) ? strlen(sign[i]) : 0;
    }
    return size;
}

static bool is_digit(uint32_t character) {
    return (character >= '0' && character <= '9') || (character >= 0x660 && character <= 0x669);
}

/* Of the languages that pupils read: Latin with its marks, and Cyrillic. In Arabic no letter is small. */
static bool is_small(uint32_t character) {
    bool latin = (character >= 'a' && character <= 'z') ||
                 (character >= 0xDF && character <= 0xFF && character != 0xF7);
    bool even = (character >= 0x139 && character <= 0x148) || (character >= 0x179 && character <= 0x17E);
    bool extended = character >= 0x100 && character <= 0x17F && ((character & 1) == 1) != even;
    bool cyrillic =
        (character >= 0x430 && character <= 0x45F) || character == 0x491; /* with the Ukrainian ones */
    return latin || extended || cyrillic;
}

static bool is_letter(uint32_t character) {
    bool capital = (character >= 'A' && character <= 'Z') ||
                   (character >= 0xC0 && character <= 0x17F && character != 0xD7 && character != 0xF7) ||
                   (character >= 0x400 && character <= 0x42F) || character == 0x490;
    return capital || is_small(character) || (character >= 0x621 && character <= 0x64A);
}

/* Where the word that ends before `at` begins. */
static size_t word_before(const char *text, size_t at) {
    while (at > 0 && strchr(" \n(.", text[at - 1]) == NULL) {
        at--;
    }
    return at;
}

static bool is_word(const char *word, size_t size, const char *const *words, size_t count) {
    bool is = false;
    for (size_t i = 0; i < count && !is; i++) {
        is = strlen(words[i]) == size && memcmp(words[i], word, size) == 0;
    }
    return is;
}

/* All digits up to `at`, from where the text or a line begins: the number of what stands in a list. */
static bool is_list_number(const char *text, size_t first, size_t at) {
    bool number = (first == 0 || text[first - 1] == '\n') && first < at;
    for (size_t i = first; i < at; i++) {
        number = number && is_digit((unsigned char)text[i]);
    }
    return number;
}

/* A full stop that only shortens the word before it, although a capital, or a letter that has none, may follow. */
static bool shortens(const char *text, size_t stop) {
    static const char *const whole[] = {"I", "\u044F", "\u042F"}; /* I, in English and in Ukrainian */
    static const char *const shortened[] = {"bijv",
                                            "bv",
                                            "dhr",
                                            "mevr",
                                            "mw",
                                            "nr",
                                            "tel", /* Dutch */
                                            "Mr",
                                            "Ms",
                                            "Mrs",
                                            "Dr",
                                            "dr",
                                            "St", /* English */
                                            "np",
                                            "ul",
                                            "\u00F6rn", /* Polish, Turkish */
                                            "\u043D\u0430\u043F\u0440",
                                            "\u0432\u0443\u043B",
                                            "\u0434\u0438\u0432", /* Ukrainian */
                                            "\u0456\u043C",
                                            "\u0442\u0435\u043B",
                                            "\u0441\u0432"};
    size_t first = word_before(text, stop);
    size_t size = stop - first;
    const char *at = text + first;
    if (size == 0) {
        return false;
    }
    if (is_list_number(text, first, stop) ||
        is_word(at, size, shortened, sizeof shortened / sizeof shortened[0])) {
        return true;
    }
    bool letter = is_letter(bidi_next(&at)) && at == text + stop;
    return letter && !is_word(text + first, size, whole, sizeof whole / sizeof whole[0]);
}

static bool goes_on(const char *text, size_t space) {
    const char *next = text + space + 1;
    uint32_t character = *next == '\0' ? 0 : bidi_next(&next);
    return is_small(character) || is_digit(character);
}

bool sentence_ends_at(const char *text, size_t at) {
    static const char *const closing[] = {")", "\"", "'", "\u2019", "\u201D", "\u00BB", "\u200F"};
    static const char *const ending[] = {".", "?", "!", "\u2026", "\u061F"};
    if (text[at] == '\n' || text[at] == '\0') {
        return true;
    }
    if (text[at] != ' ' || goes_on(text, at) || (ends_with(text, at, ".") && shortens(text, at - 1))) {
        return false;
    }
    size_t size = 0;
    do {
        at -= size;
        size = sign_before(text, at, closing, sizeof closing / sizeof closing[0]);
    } while (size > 0);
    return sign_before(text, at, ending, sizeof ending / sizeof ending[0]) > 0;
}
