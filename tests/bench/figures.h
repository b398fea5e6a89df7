/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FIGURES_H
#define FIGURES_H

#include <stddef.h>

/* What every bench needs: CPU time, medians, and the one line per figure that `./dev bench` collects. */

enum { FIGURES_ROUNDS = 9 };

/* CPU time of this process so far, in seconds. */
double figures_cpu(void);

/* The middle one of FIGURES_ROUNDS values; orders them. */
double figures_median(double values[FIGURES_ROUNDS]);

/* Peak memory of this process so far, in MB (10^6 bytes). */
double figures_peak_memory(void);

/* `name value unit goal ok|short`, tab-separated: ok when value <= goal. */
void figures_print(const char *name, double value, const char *unit, double goal);

#endif
