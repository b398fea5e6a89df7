/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MANY_PUPILS_H
#define MANY_PUPILS_H

/*
 * Ten thousand pupils answer one after another on a stage that is never opened anew, each in the next language of the
 * questionnaire, each reading every page and seeing one drawn; nothing is stored (that is bench_submission's). Prints by how much
 * the memory in use grew from the first thousand to the last. Any failure ends the program.
 */
void many_pupils_measure(void);

#endif
