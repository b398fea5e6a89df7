/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SHEET_H
#define SHEET_H

#include "aggregator/command.h"
#include "aggregator/recovery.h"

/*
 * The recovery sheet as a page of plain text, to be printed; and how it comes back. The one place where
 * secrets are shown.
 */

/*
 * Writes the sheet to a new private file, or to context->out when `path` is "-". FAULT_FILE_EXISTS and other
 * faults of files; nothing is left behind then.
 */
enum fault sheet_write(const struct command_context *context, const char *path, const struct recovery *sheet,
                       const char *name, const uint8_t sign_key[32]) FAULT_MUST_CHECK;

/*
 * Reads a sheet from a file (`path`), or asks for it line by line when `path` is NULL; a wrong line is said
 * at once, by its number. `name` is "" when the text does not tell. FAULT_RECOVERY_SHEET, FAULT_VERSION,
 * faults of files and of the terminal.
 */
enum fault sheet_read(struct recovery *out, char *name, size_t name_size, struct command_context *context,
                      const char *path) FAULT_MUST_CHECK;

#endif
