/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SPEECH_STRETCH_H
#define SPEECH_STRETCH_H

#include <stddef.h>
#include <stdint.h>

/*
 * Slower or faster speech at the same pitch, by waveform similarity overlap-add: pieces of a fortieth of a
 * second are laid over one another by half, each taken where it resembles best how the piece before it went
 * on (normalised cross-correlation; W. Verhelst and M. Roelands, ICASSP 1993). Pure.
 */

enum { SPEECH_STRETCH_SLOWEST = 50, SPEECH_STRETCH_FASTEST = 200 };

/*
 * How many samples come out: count * 100 / percent, rounded down. percent: the speed, 50..200, 100 as it was
 * spoken.
 */
size_t speech_stretch_count(size_t count, unsigned percent);

/*
 * Writes speech_stretch_count samples to `out`, which does not overlap `in`. rate: samples a second, 8000 or
 * more. What is shorter than two pieces is copied, and silence fills up. At 100 percent the samples are those
 * of `in`.
 */
void speech_stretch(int16_t *out, const int16_t *in, size_t count, uint32_t rate, unsigned percent);

#endif
