/* SPDX-License-Identifier: Apache-2.0 */
#ifndef QUESTIONNAIRE_INSIDE_H
#define QUESTIONNAIRE_INSIDE_H

#include "questionnaire.h"

/* What the files of the questionnaire share among themselves; nobody else includes this. */

/*
 * A text in every language it is in: a mask and the texts. Taking fails the reader: LIMIT, TEXT, TRUNCATED,
 * MEMORY.
 */
void questionnaire_inside_put_text(struct bytes_buffer *out, const struct questionnaire_text *text);
void questionnaire_inside_take_text(struct bytes_reader *in, struct questionnaire_text *text);
/* A byte of 0..largest; LIMIT above. */
uint8_t questionnaire_inside_take_choice(struct bytes_reader *in, uint8_t largest);

/* `least` bytes or more, a final zero within `capacity`: FAULT_LIMIT. Plain text: FAULT_TEXT. */
enum fault questionnaire_inside_check_plain(const char *text, size_t capacity, size_t least,
                                            bool lines) FAULT_MUST_CHECK;
/* Present translations are sound; language 0 is there when `required` or when any other is. */
enum fault questionnaire_inside_check_text(const struct questionnaire *questionnaire,
                                           const struct questionnaire_text *text,
                                           bool required) FAULT_MUST_CHECK;

/*
 * What follows the items (docs/format.md, "appendices"): which ones are there, as bits of the head's flags;
 * writing; reading what `flags` announces; and their rules, once the scales are derived.
 */
enum { QUESTIONNAIRE_APPENDIX_FLAGS = 30 };
uint8_t questionnaire_appendix_flags(const struct questionnaire *questionnaire);
void questionnaire_appendix_put(struct bytes_buffer *out, const struct questionnaire *questionnaire);
void questionnaire_appendix_take(struct bytes_reader *in, struct questionnaire *questionnaire, uint8_t flags);
enum fault questionnaire_appendix_check(const struct questionnaire *questionnaire) FAULT_MUST_CHECK;

#endif
