/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_WORDS_TEXT_H
#define AUTHOR_WORDS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/questionnaire.h"

/*
 * One text of a questionnaire as words and sentences, so that the wording rules need no bytes. A word is a
 * run of letters and digits of any script, with apostrophes inside; a hyphen ends it. A sentence ends at . !
 * ? : and the Arabic question mark, where a space or the end follows.
 */

enum { AUTHOR_WORDS_TEXT_WORDS = QUESTIONNAIRE_TEXT_SIZE / 2, AUTHOR_WORDS_TEXT_FOLDED = 40 };

struct author_words_text_word {
    char folded[AUTHOR_WORDS_TEXT_FOLDED]; /* lower case, UTF-8, apostrophes as '; cut between characters */
    uint16_t letters;                      /* up to an apostrophe, without Arabic vowel signs */
    uint16_t sentence;                     /* from 0 */
    bool first;                            /* of its sentence */
    bool after_comma;
    bool number; /* begins with a digit */
};

struct author_words_text {
    size_t count;
    size_t sentences; /* that have a word */
    size_t questions; /* question marks, Latin and Arabic */
    struct author_words_text_word word[AUTHOR_WORDS_TEXT_WORDS];
};

/* `text` is valid UTF-8 of fewer than QUESTIONNAIRE_TEXT_SIZE bytes. */
void author_words_text_split(struct author_words_text *out, const char *text);

/* Words of the longest sentence; 0 for a text without words. */
size_t author_words_text_sentence(const struct author_words_text *text);

#endif
