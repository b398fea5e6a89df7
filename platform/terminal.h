/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"

/*
 * Asking a person something. Always the controlling terminal, never standard input or output, so that pipes
 * and redirections cannot answer for somebody. For programs with one thread.
 *
 * FAULT_NO_TERMINAL when there is none. FAULT_REFUSED when the person ends the input (Ctrl-D) instead of
 * answering.
 */

/* True when there is a terminal to ask at. */
bool terminal_is_interactive(void);

/*
 * Shows `prompt` and reads one line without showing it into `out`, zero-terminated without the line feed;
 * `capacity` counts that zero. `out` should be secret memory: nothing of the line is kept anywhere else, and
 * it is wiped after a fault. FAULT_LIMIT when the line does not fit. The terminal shows typing again on every
 * way out; a signal that ends the program does so after that.
 */
enum fault terminal_read_passphrase(char *out, size_t capacity, const char *prompt) FAULT_MUST_CHECK;

/*
 * Shows `question` and reads one line. *agreed is true only when that line is exactly `answer`, capitals of A
 * to Z aside; anything else, an empty or overlong line included, is no.
 */
enum fault terminal_confirm(bool *agreed, const char *question, const char *answer) FAULT_MUST_CHECK;

#endif
