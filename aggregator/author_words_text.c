/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_words_text.h"

#include <string.h>

enum { APOSTROPHE = '\'', ARABIC_COMMA = 0x060C, ARABIC_QUESTION = 0x061F };

/* The next character; text is valid UTF-8, so a lead byte says all. */
static uint32_t next_character(const char **text) {
    const unsigned char *at = (const unsigned char *)*text;
    unsigned size = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    uint32_t character = size == 1 ? at[0] : at[0] & (0x7FU >> size);
    for (unsigned i = 1; i < size; i++) {
        character = character << 6 | (at[i] & 0x3FU);
    }
    *text += size;
    return character;
}

static size_t put_character(char out[4], uint32_t character) {
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--) {
        out[i] = (char)(0x80U | (character & 0x3FU));
        character >>= 6;
    }
    out[0] = (char)((0xF00U >> size & 0xFFU) | character);
    return size;
}

/*
 * Lower case of the alphabets the product speaks: Latin with its accents, Ukrainian. Other characters stay.
 */
static uint32_t fold(uint32_t c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x410 && c <= 0x42F)) {
        return c + 32;
    }
    if (c >= 0x400 && c <= 0x40F) {
        return c + 80;
    }
    if (c == 0x130) {
        return 'i'; /* Turkish capital with a dot */
    }
    bool even = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || c == 0x490;
    bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
    return (even && c % 2 == 0) || (odd && c % 2 == 1) ? c + 1 : c;
}

static bool is_apostrophe(uint32_t c) {
    return c == APOSTROPHE || c == 0x2019 || c == 0x02BC;
}

static bool is_vowel_sign(uint32_t c) {
    return (c >= 0x064B && c <= 0x0652) || c == 0x0640 || c == 0x0670;
}

static bool is_digit(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 0x0660 && c <= 0x0669);
}

static bool is_letter(uint32_t c) {
    bool ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool punctuation = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x206F) ||
                       (c >= 0x3000 && c <= 0x303F) || c == ARABIC_COMMA || c == 0x061B ||
                       c == ARABIC_QUESTION || (c >= 0x066A && c <= 0x066D);
    return ascii || is_digit(c) || !punctuation;
}

static bool ends_sentence(uint32_t c, char next) {
    bool mark = c == '.' || c == '!' || c == '?' || c == ':' || c == ARABIC_QUESTION;
    return mark && (next == ' ' || next == '\n' || next == '\0');
}

/* Reads one word whose first letter is at *text; *text is behind it afterwards. */
static void read_word(struct author_words_text_word *word, const char **text) {
    const char *at = *text;
    size_t size = 0;
    bool counting = true;
    word->number = (*at >= '0' && *at <= '9');
    while (*at) {
        const char *after = at;
        uint32_t c = next_character(&after);
        const char *beyond = after;
        bool apostrophe = is_apostrophe(c);
        if (!is_letter(c) && !(apostrophe && *after && is_letter(next_character(&beyond)))) {
            break;
        }
        char bytes[4];
        size_t more = put_character(bytes, apostrophe ? APOSTROPHE : fold(c));
        counting = counting && !apostrophe;
        word->letters = (uint16_t)(word->letters + (counting && !is_vowel_sign(c)));
        if (!is_vowel_sign(c) && size + more < sizeof word->folded) {
            memcpy(word->folded + size, bytes, more);
            size += more;
        }
        at = after;
    }
    *text = at;
}

void author_words_text_split(struct author_words_text *out, const char *text) {
    uint16_t sentence = 0;
    bool first = true, after_comma = false;
    memset(out, 0, sizeof *out);
    while (*text) {
        const char *after = text;
        uint32_t c = next_character(&after);
        if (is_letter(c) && out->count < AUTHOR_WORDS_TEXT_WORDS) {
            struct author_words_text_word *word = &out->word[out->count++];
            read_word(word, &text);
            word->sentence = sentence;
            word->first = first;
            word->after_comma = after_comma;
            out->sentences = sentence + 1U;
            first = after_comma = false;
            continue;
        }
        out->questions += c == '?' || c == ARABIC_QUESTION;
        after_comma = after_comma || c == ',' || c == ARABIC_COMMA;
        if (ends_sentence(c, *after) && !first) {
            sentence++;
            first = true;
            after_comma = false;
        }
        text = after;
    }
}

size_t author_words_text_sentence(const struct author_words_text *text) {
    size_t longest = 0, counted = 0;
    for (size_t i = 0; i < text->count; i++) {
        counted = text->word[i].first ? 1 : counted + 1;
        longest = counted > longest ? counted : longest;
    }
    return longest;
}
