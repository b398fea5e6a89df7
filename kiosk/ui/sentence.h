/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SENTENCE_H
#define SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether a sentence of this text ends before byte `at`: with a full stop, a question or an exclamation mark, and
 * quotation marks or brackets behind it, before a space, a line feed or the end. Not where a small letter or a
 * digit goes on: that was an abbreviation. A line feed ends whatever stands before it.
 */
bool sentence_ends_at(const char *text, size_t at);

#endif
