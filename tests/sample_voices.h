/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SAMPLE_VOICES_H
#define SAMPLE_VOICES_H

#include "core/questionnaire.h"

/*
 * Recordings to test with: a tenth of a second of one sample value, so that whoever plays one tells which it
 * was. The value of the n-th recording of a questionnaire is SAMPLE_VOICES_FIRST + n. Any failure ends the
 * test program.
 */

enum { SAMPLE_VOICES_RATE = 16000, SAMPLE_VOICES_COUNT = 1600, SAMPLE_VOICES_FIRST = 1000 };

/*
 * Gives every label of the questionnaire a recording in every language it is there in; every third is a
 * robot's.
 */
void sample_voices_add(struct questionnaire *questionnaire);

/* Writes them to the folder, which is made, as 0000.wav, 0001.wav, ... */
void sample_voices_write(const struct questionnaire *questionnaire, const char *folder);

#endif
