/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_WORDS_LANGUAGE_H
#define AUTHOR_WORDS_LANGUAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "aggregator/author_words_text.h"

/*
 * What the wording rules know of each language of the product. Lists of words, not grammar: they are meant to
 * catch the ordinary case and to stay silent where they are not sure, for a warning that is wrong teaches
 * authors to read none.
 */

/* Words that a text may have, before a language's share is taken (author_words_language_limit). */
enum author_words_language_part {
    AUTHOR_WORDS_QUESTION,
    AUTHOR_WORDS_HINT,
    AUTHOR_WORDS_ANSWER,
    AUTHOR_WORDS_NOTE,
    AUTHOR_WORDS_SENTENCE,
    AUTHOR_WORDS_PARTS
};

struct author_words_language;

/*
 * By code ("nl", also "nl-BE"); for a language that is not known one without words, with the limits of Dutch.
 * Never NULL.
 */
const struct author_words_language *author_words_language_find(const char *code);

/*
 * The most words for a part, by age form: young is a form for children under 12. Dutch and English as in the
 * product's rules for screens (question 20 or 30, hint 25 or 30, answer 6 or 8, note 60 or 80, sentence 15 or
 * 24); Turkish three quarters of that, Arabic, Ukrainian and Polish 85 %, since their endings say what Dutch
 * and English use words for. Answers are not scaled.
 */
size_t author_words_language_limit(const struct author_words_language *language,
                                   enum author_words_language_part part, bool young);

/* The most letters in a word: 15 for the young, else 20; Turkish 18 and 23. */
uint16_t author_words_language_letters(const struct author_words_language *language, bool young);

/*
 * More letters than this make a long word for LIX (Björnsson 1968: 6, for Germanic languages); 8 for Turkish,
 * Ukrainian and Polish, 5 for Arabic.
 */
uint16_t author_words_language_long(const struct author_words_language *language);

/*
 * Whether word `at` denies: "niet", "never", "hasn't", "gelmiyor". Not in "or not" at the end of a question.
 */
bool author_words_language_negates(const struct author_words_language *language,
                                   const struct author_words_text *text, size_t at);

/*
 * Whether word `at` joins two things asked at once: "en", "or", "veya". Not between numbers ("2 or 3"), not
 * first in a sentence, not where it means "whether" ("weet je of"), not in pairs that are one thing ("vader
 * en moeder").
 */
bool author_words_language_joins(const struct author_words_language *language,
                                 const struct author_words_text *text, size_t at);

/* Whether an answer says how much one agrees. */
bool author_words_language_agrees(const struct author_words_language *language,
                                  const struct author_words_text *text);

#endif
