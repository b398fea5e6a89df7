/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening and adding up, both holders at one machine, from a merged and closed round of 10,000 and of 100,000
 * contributions: what one costs in the large round against the small one, how evenly two threads share it,
 * and how much memory it takes. The rounds are made by children, so that the memory is that of opening alone.
 * Needs some 900 MB in /tmp for a while.
 */
#define _DEFAULT_SOURCE /* clock_gettime, fork */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "aggregator/aggregate.h"
#include "figures.h"
#include "platform/file.h"
#include "school.h"
#include "thousand.h"

enum { SMALL = 10000, LARGE = 100000, MEMORY_MB = 32, MEMORY_BYTES = 32, TIMES = 3 };

static double clock_of(clockid_t clock) {
    struct timespec now = {0};
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void list_path(char path[128], const struct school *school) {
    snprintf(path, 128, "%s/list", school->folder);
}

/* Merges, closes, writes the list beside the workspace, and throws the bundles away. */
static void make_in_child(struct school *school, uint32_t records) {
    char path[128];
    school_add(school, records / SCHOOL_PER_BUNDLE);
    school_close(school);
    struct bytes_buffer file = {0};
    school_well(closing_encode(&file, school->closing), "list");
    list_path(path, school);
    school_well(file_write(path, bytes_buffer_view(&file), FILE_PRIVATE), "list");
    for (uint32_t i = 0; i < school->bundles; i++) {
        school_path(path, school, i);
        (void)unlink(path);
    }
}

static void make(struct school *school, uint32_t records) {
    char path[128];
    int status = 1;
    struct bytes_buffer file = {0};
    fflush(stdout);
    school_new(school, LARGE / SCHOOL_CLASSES + SCHOOL_PER_BUNDLE);
    pid_t child = fork();
    thousand_must(child >= 0, "no child");
    if (child == 0) {
        make_in_child(school, records);
        _exit(0);
    }
    thousand_must(waitpid(child, &status, 0) == child && status == 0, "the round was not made");
    list_path(path, school);
    school_well(file_read(&file, path, CLOSING_BYTES_LIMIT), "list");
    school_well(closing_decode(&school->closing, bytes_buffer_view(&file), school->sample->round), "list");
    bytes_buffer_release(&file);
}

static void open_all(const struct school *school, uint32_t threads) {
    char path[128];
    struct workspace *workspace = NULL;
    struct opening opening;
    struct batch_list batches;
    struct aggregate_sums sums[2];
    struct opening_holder holder[2];
    const struct opening_holder *const both[2] = {&holder[0], &holder[1]};
    snprintf(path, sizeof path, "%s/workspace", school->folder);
    school_well(workspace_open(&workspace, path, school->sample->round), "workspace");
    school_well(opening_init(&opening, workspace, school->sample->round, school->closing), "opening");
    opening.threads = threads;
    school_well(batch_derive(&batches, school->sample->round, school->closing, NULL, 0), "batches");
    for (int i = 0; i < 2; i++) {
        holder[i] = (struct opening_holder){.number = i,
                                            .key = &school->key[i],
                                            .sign_secret = school->sample->sign_secret[i],
                                            .ledger_path = ""};
    }
    school_well(aggregate_add(sums, &opening, &batches, both, 2), "sums");
    aggregate_sums_release(&sums[0]);
    aggregate_sums_release(&sums[1]);
    batch_list_release(&batches);
    opening_release(&opening);
    workspace_close(workspace);
}

static double cpu_of(const struct school *school, uint32_t threads) {
    double before = figures_cpu();
    open_all(school, threads);
    return figures_cpu() - before;
}

static double middle(double a, double b, double c) {
    double low = a < b ? a : b;
    double high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/*
 * The longer of what the two threads compute, our own with everything that is not shared out, against one
 * thread alone: what it takes on two free processors, also measured where they are not free. Time is printed
 * beside it.
 */
static void measure_threads(const struct school *school) {
    double ratio[FIGURES_ROUNDS];
    double time[FIGURES_ROUNDS];
    for (int i = 0; i < FIGURES_ROUNDS; i++) {
        double start = clock_of(CLOCK_MONOTONIC);
        double one = cpu_of(school, 1);
        double between = clock_of(CLOCK_MONOTONIC);
        double own = clock_of(CLOCK_THREAD_CPUTIME_ID);
        double both = cpu_of(school, 2);
        own = clock_of(CLOCK_THREAD_CPUTIME_ID) - own;
        ratio[i] = (own > both - own ? own : both - own) / one;
        time[i] = (clock_of(CLOCK_MONOTONIC) - between) / (between - start);
    }
    printf("two threads took %.2f of the time of one on this machine, with what else it does\n",
           figures_median(time));
    figures_print("scale_longer_of_two_threads", figures_median(ratio), "ratio", 1 / 1.9);
}

static void measure_growth(const struct school *small, const struct school *large) {
    double ratio[TIMES];
    for (int i = 0; i < TIMES; i++) {
        double before = cpu_of(small, 1);
        double of_large = cpu_of(large, 1);
        double of_small = (before + cpu_of(small, 1)) / 2; /* around it, for machines whose load changes */
        ratio[i] = of_large / LARGE / (of_small / SMALL);
        printf("%d records %.1f microseconds each, %d records %.1f\n", SMALL, of_small / SMALL * 1e6, LARGE,
               of_large / LARGE * 1e6);
    }
    figures_print("scale_record_of_100000_against_10000", middle(ratio[0], ratio[1], ratio[2]), "ratio",
                  1.05);
}

static void clean(struct school *school) {
    char path[128];
    snprintf(path, sizeof path, "%s/workspace", school->folder);
    school_remove(path);
    school_remove(school->folder);
    closing_free(school->closing);
}

int main(void) {
    static struct school small;
    static struct school large;
    thousand_must(sodium_init() >= 0, "no libsodium");
    make(&small, SMALL);
    measure_threads(&small);
    make(&large, LARGE);
    measure_growth(&small, &large);
    figures_print("scale_memory_of_100000", figures_peak_memory(), "MB",
                  MEMORY_MB + LARGE * MEMORY_BYTES / 1e6);
    clean(&small);
    clean(&large);
    return 0;
}
