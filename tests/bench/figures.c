/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE
#include "figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

double figures_cpu(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b) {
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

double figures_median(double values[FIGURES_ROUNDS]) {
    qsort(values, FIGURES_ROUNDS, sizeof *values, compare);
    return values[FIGURES_ROUNDS / 2];
}

double figures_peak_memory(void) {
    struct rusage usage = {0};
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss * 1024 / 1e6;
}

void figures_print(const char *name, double value, const char *unit, double goal) {
    printf("%s\t%.3f\t%s\t%.3f\t%s\n", name, value, unit, goal, value <= goal ? "ok" : "short");
    fflush(stdout);
}
