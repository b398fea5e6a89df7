/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMMAND_FILES_H
#define COMMAND_FILES_H

#include "aggregator/command.h"
#include "aggregator/keyholder.h"
#include "aggregator/release.h"

/*
 * Reading what most commands read, and saying what is wrong with it. Each gives COMMAND_OK, or the exit code
 * after having said why.
 */

/*
 * A round file, signed or not; signatures that are there are verified. *out is the caller's (round_free);
 * NULL on failure.
 */
int command_files_round(struct round **out, const struct command_context *context, const char *path);

/* The same, of a round that both key holders have signed; another one is refused. */
int command_files_signed_round(struct round **out, const struct command_context *context, const char *path);

/* Writes the round back over `path`. */
int command_files_save_round(const struct command_context *context, const char *path,
                             const struct round *round);

/*
 * Asks for the passphrase (or reads `passphrase_file`) and opens a key holder's folder; keyholder_close is
 * the caller's.
 */
int command_files_holder(struct keyholder **out, struct command_context *context, const char *folder,
                         const char *passphrase_file);

/*
 * Writes a file that a person named: it replaces an older one of the same kind (the same first 8 bytes), and
 * is FAULT_FILE_EXISTS when anything else has this name. `content` is at least 8 bytes. Faults of file_write.
 * Says nothing.
 */
enum fault command_files_replace(const char *path, struct bytes content) FAULT_MUST_CHECK;

/* A whole file of at most `limit` bytes; the caller releases `out`, which must be zeroed. */
int command_files_read(struct bytes_buffer *out, const struct command_context *context, const char *path,
                       size_t limit);

/*
 * Whether the two releases may be read together, and said if not: a late release alone would be read as the
 * school's; beside another than it names, as more than there is. `late` may be NULL.
 */
int command_files_check_late(const struct command_context *context, const struct release *release,
                             const struct release *late, const char *release_path, const char *late_path);

#endif
