/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_FOLDER_H
#define REPORT_FOLDER_H

#include "aggregator/report_files.h"
#include "platform/folder.h"

/*
 * The folder of a report holds one report and nothing else: whoever opens it must not read a class sheet of
 * another run, and no run may throw away what a person wrote. So an earlier report is replaced as a whole,
 * and only when its manifest knows every file that is there, unchanged.
 * Paths are resolved (folder_resolve).
 */

/* A name in the folder, cut when it does not fit. */
enum { REPORT_FOLDER_NAME = 256 };

/*
 * FAULT_NONE: a report may be put here: nothing is there, or an empty folder, or a whole or partly deleted
 * earlier report. FAULT_FILE_EXISTS: something else is, and `in_the_way` is the first of it: a file that the
 * manifest does not have, or has with another digest; "" when it is the place itself (no folder, or the one
 * that we are in). Faults of folder_list, file_read.
 */
enum fault report_folder_check(char in_the_way[REPORT_FOLDER_NAME], const char *path) FAULT_MUST_CHECK;

/* Whether klankbord handover writes a file of this name: "handover.csv" or "account.html". */
bool report_folder_is_handover(const char *name);

/*
 * Whether `path` is the folder of a report: it has a manifest. Nothing else is put there, for the next report
 * would replace the folder as a whole.
 */
bool report_folder_is_report(const char *path);

/*
 * Takes away what killed runs left beside `path` (".NAME.<random>.part", and ".part.old" of folder_put): of
 * no use to anybody, so that it cannot be taken away stops nothing.
 */
void report_folder_sweep(const char *path);

/*
 * Writes all files into a hidden folder beside `path` and puts that in its place (folder_put): `path` is what
 * it was, or the whole new report. What killed runs left is taken away.
 * Faults of report_folder_check, file_write, folder_put; nothing has changed then.
 */
enum fault report_folder_write(const struct report_files *files, const char *path) FAULT_MUST_CHECK;

#endif
