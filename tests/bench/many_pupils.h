/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MANY_PUPILS_H
#define MANY_PUPILS_H

#include <stddef.h>

/*
 * Many pupils answer one after another on a stage that is never opened anew, each in the next language of the
 * questionnaire, each reading every page and seeing one drawn; nothing is stored (that is
 * bench_submission's). Any failure ends the program.
 */

/*
 * The most memory in use, in bytes, when one of the pupils had left; what of the process was in memory, files
 * aside, in kB.
 */
struct many_pupils_memory {
    size_t early, late; /* of the first `warm` pupils, of the others */
    double resident_early, resident_late;
};
struct many_pupils_memory many_pupils_answer(int warm, int pupils);

/* Prints by how much the memory in use grew from the first thousand to any of the ten thousand. */
void many_pupils_measure(void);

#endif
