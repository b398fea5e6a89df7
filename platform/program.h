/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PROGRAM_H
#define PROGRAM_H

#include <stdio.h>

#include "core/fault.h"

/* Another program of ours, run and waited for. */

enum { PROGRAM_PATH_SIZE = 4096 };

/*
 * The program of this name: in the folder of the program that runs, else where PATH says (absolute folders
 * only).
 * FAULT_FILE_MISSING when it is in neither.
 */
enum fault program_find(char out[PROGRAM_PATH_SIZE], const char *name) FAULT_MUST_CHECK;

/*
 * out = a path that is told from the folder of the program that runs: "../share/x". FAULT_FILE_MISSING when
 * the system does not say where that is.
 */
enum fault program_beside(char out[PROGRAM_PATH_SIZE], const char *name) FAULT_MUST_CHECK;

/*
 * Runs it with these words (words[0] is its name, the last is NULL), reading `in` from its beginning and
 * writing to `out`, which is flushed before; *code is its exit code. FAULT_FILE_READ or FAULT_FILE_WRITE when
 * a stream cannot be prepared, FAULT_FILE_MISSING when it cannot be run, FAULT_MISUSE when a signal ended it.
 */
enum fault program_run(int *code, const char *path, char *const words[], FILE *in,
                       FILE *out) FAULT_MUST_CHECK;

#endif
