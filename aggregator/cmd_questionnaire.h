/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_QUESTIONNAIRE_H
#define CMD_QUESTIONNAIRE_H

#include "aggregator/author_table.h"
#include "aggregator/command.h"
#include "aggregator/measures.h"

/* What the files of `klankbord questionnaire` share. */

/* Every finding, one below the other, each with its remedy. */
void cmd_questionnaire_print(const struct command_context *context, FILE *file, const char *path,
                             const struct author_report *report);

/* Whether the name ends in .csv or .xlsx; says so when not. */
bool cmd_questionnaire_is_sheet(const struct command_context *context, const char *path);

/*
 * A sheet in either form, notes and all. Says what is wrong. FAULT_QUESTIONNAIRE when it cannot be read
 * without loss.
 */
enum fault cmd_questionnaire_read(struct author_table *out, const struct command_context *context,
                                  const char *path) FAULT_MUST_CHECK;
/*
 * The bytes of the form that the name says. Says what is wrong: FAULT_FILE_EXISTS, FAULT_QUESTIONNAIRE,
 * FAULT_MEMORY, file faults.
 */
enum fault cmd_questionnaire_encode(struct bytes_buffer *out, const struct command_context *context,
                                    const char *path, const struct author_table *table) FAULT_MUST_CHECK;
/* Writes them; never over a file that is there. Says what it did, or what is wrong. */
enum fault cmd_questionnaire_write(const struct command_context *context, const char *path,
                                   struct bytes content) FAULT_MUST_CHECK;

/* The folder audio beside `path`; "audio" when that does not fit. */
enum { CMD_QUESTIONNAIRE_FOLDER = 4096 };
void cmd_questionnaire_audio(char out[CMD_QUESTIONNAIRE_FOLDER], const char *path);

/* A school's list of measures. Says what is wrong. Faults of file_read and measures_read. */
enum fault cmd_questionnaire_measures(struct measures *out, const struct command_context *context,
                                      const char *path) FAULT_MUST_CHECK;

int cmd_questionnaire_extend(struct command_context *context, int argc, char **argv);
int cmd_questionnaire_convert(struct command_context *context, int argc, char **argv);
/*
 * Compiles what the file at `path` holds, or will hold: recordings lie in the folder audio beside it. Faults
 * of author_compile_with.
 */
enum fault cmd_questionnaire_compile_bytes(struct questionnaire **out, struct author_report *report,
                                           const char *path, struct bytes content) FAULT_MUST_CHECK;
/*
 * Compiles a sheet with its recordings; says what is wrong. FAULT_QUESTIONNAIRE and the faults of reading it.
 * *out is the caller's.
 */
struct questionnaire;
enum fault cmd_questionnaire_compile(struct questionnaire **out, const struct command_context *context,
                                     const char *path) FAULT_MUST_CHECK;

int cmd_questionnaire_speak(struct command_context *context, int argc, char **argv);
int cmd_questionnaire_template(struct command_context *context, int argc, char **argv);

#endif
