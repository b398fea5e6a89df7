/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAY_H
#define SAY_H

#include "aggregator/command.h"

/*
 * Every sentence in both languages, side by side, so that neither can be forgotten. A message says what
 * happened, what is safe, and what to do next.
 */

#if defined(__GNUC__)
#define SAY_FORMAT __attribute__((format(printf, 2, 4), format(printf, 3, 4)))
#else
#define SAY_FORMAT
#endif

const char *say_pick(enum fault_language language, const char *nl, const char *en);

/* One line of talk to context->err; say_out: one line of data to context->out. */
void say(const struct command_context *context, const char *nl, const char *en, ...) SAY_FORMAT;
void say_out(const struct command_context *context, const char *nl, const char *en, ...) SAY_FORMAT;

/*
 * A file's name for the screen, zero-terminated in `out`: what can steer a terminal or turn a line around is
 * `?`. That is every control character (U+0000..U+001F, U+007F..U+009F), the line and paragraph separators
 * (U+2028, U+2029), the bidirectional controls (U+202A..U+202E, U+2066..U+2069), and every byte that is no
 * UTF-8. Never longer than the name; cut when `capacity` (1..) is too small. For names that others chose, as
 * those on a stick.
 */
enum { SAY_NAME_SIZE = 4097 };
void say_name(char *out, size_t capacity, const char *name);

/*
 * "klankbord keyholder new: FILE: what happened." and, on the next line, what is safe and what to do.
 * `subject` (a file, a class, …) is shown as say_name shows it; it and the remedy may be NULL. Gives the exit
 * code for the fault, so that a command ends with `return say_fault(…)`.
 */
int say_fault(const struct command_context *context, enum fault fault, const char *subject,
              const char *remedy_nl, const char *remedy_en);

/* The same for a mistake in how the command was filled in; always COMMAND_USAGE. */
int say_usage(const struct command_context *context, const char *nl, const char *en, ...) SAY_FORMAT;

#endif
