/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From "send" to thanks, against four flushed writes of a contribution's bytes to a file on the same disk.
 * Taken in turns, and each goes first every other time: whoever comes second finds the disk's journal as the
 * first one left it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "figures.h"
#include "kiosk/session.h"
#include "tests/sample_kiosk.h"
#include "thousand.h"

enum { PUPILS = 200, CLASS = 10, WRITES = 4 };

static double read_clock(clockid_t clock) {
    struct timespec time;
    (void)clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double now(void) {
    return read_clock(CLOCK_MONOTONIC);
}

static void answer(struct session *session) {
    static const enum flow_event on[] = {
        FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE, FLOW_CHOOSE, FLOW_NEXT, FLOW_SKIP, FLOW_SEND};
    for (int turn = 0; turn < 200 && session_flow(session)->state != FLOW_SENDING; turn++) {
        for (size_t i = 0; i < sizeof on / sizeof *on; i++) {
            (void)session_hear(session, on[i], 0, 0);
        }
    }
}

/* *computing: of that, how long this process was not waiting for the disk. */
static double submit(struct session *session, double *computing) {
    answer(session);
    double busy = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    double before = now();
    thousand_must(session_work(session, 0), "nothing to store");
    double took = now() - before;
    *computing = read_clock(CLOCK_PROCESS_CPUTIME_ID) - busy;
    thousand_must(session_flow(session)->state == FLOW_THANKS, "no thanks");
    (void)session_hear(session, FLOW_LEAVE, 0, 0);
    return took;
}

static double write_four(int file, const uint8_t *bytes, size_t size) {
    double before = now();
    for (int i = 0; i < WRITES; i++) {
        bool written = pwrite(file, bytes, size, (off_t)size * i) == (ssize_t)size && fdatasync(file) == 0;
        thousand_must(written, "a write failed");
    }
    return now() - before;
}

static int ascending(const void *a, const void *b) {
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static double percentile(double *values, int percent) {
    qsort(values, PUPILS, sizeof *values, ascending);
    return values[(PUPILS - 1) * percent / 100];
}

static struct session *next_class(struct kiosk_state *state) {
    char path[KIOSK_STATE_PATH_SIZE];
    struct session *session = NULL;
    struct session_setup setup = {
        .round = state->round, .layout = &state->layout, .kiosk_key = state->public_key, .allow_cow = true};
    thousand_must(kiosk_state_new_box(path, state) == FAULT_NONE &&
                      session_open(&session, &setup, path, 1, CLASS, 0) == FAULT_NONE,
                  "no session");
    return session;
}

int main(void) {
    static double ours[PUPILS];
    static double bare[PUPILS];
    static double busy[PUPILS];
    struct sample_kiosk kiosk;
    sample_kiosk_new(&kiosk);
    struct kiosk_state *state = sample_kiosk_open(&kiosk);
    size_t size =
        contribution_bytes(state->layout.counter_count, contribution_layout_commits(&state->layout));
    uint8_t *bytes = calloc(1, size);
    int file = open(sample_kiosk_path(&kiosk, "bare"), O_RDWR | O_CREAT, 0600);
    thousand_must(bytes != NULL && file >= 0, "no file");
    (void)write_four(file, bytes, size);
    struct session *session = NULL;
    for (int i = 0; i < PUPILS; i++) {
        if (i % CLASS == 0) {
            session_free(session);
            session = next_class(state);
        }
        if (i % 2) {
            ours[i] = submit(session, &busy[i]);
        }
        bare[i] = write_four(file, bytes, size);
        if (i % 2 == 0) {
            ours[i] = submit(session, &busy[i]);
        }
    }
    double middle = percentile(ours, 50);
    double tail = percentile(ours, 99);
    printf("send to thanks: p50 %.2f ms, p99 %.2f ms; four flushed writes of %zu bytes: p50 %.2f ms, p99 "
           "%.2f ms\n",
           middle * 1e3, tail * 1e3, size, percentile(bare, 50) * 1e3, percentile(bare, 99) * 1e3);
    printf("of the submission this process computes for %.2f ms, system calls included (p50); the rest is "
           "the disk's\n",
           percentile(busy, 50) * 1e3);
    figures_print("submission_p50", middle / percentile(bare, 50), "ratio", 1.5);
    figures_print("submission_p99", tail * 1e3, "ms", 100);
    session_free(session);
    kiosk_state_close(state);
    (void)close(file);
    (void)unlink(sample_kiosk_path(&kiosk, "bare"));
    sample_kiosk_release(&kiosk);
    free(bytes);
    return 0;
}
