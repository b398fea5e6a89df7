/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SENTENCE_H
#define SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether a sentence of this text ends before byte `at`: with a full stop, a question or an exclamation mark, and
 * quotation marks or brackets behind it, before a space, a line feed or the end. Not where a small letter (Latin or
 * Cyrillic) or a digit goes on, nor behind a full stop after a single letter, a word that is known as shortened, or
 * the number with which a line begins: a name, or what is numbered, may follow with a capital, or in Arabic. A line
 * feed ends whatever stands before it.
 */
bool sentence_ends_at(const char *text, size_t at);

#endif
