/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/session.h"
#include "tests/sample_kiosk.h"
#include "tests/sample_questionnaire.h"

/*
 * Whoever watches from outside what the kiosk asks of the system while it stores (a tracer, a disk with a
 * light) learns nothing of the answers: which calls, in which order, of which sizes, with which results is
 * the same whatever was answered, stopping and declining included. Places in the file are left out: they are
 * the slot, which is drawn by lot.
 */

enum { PUPILS = 8, STEPS = 512, KINDS = 5, SKIPPED = 77 };
enum kind { FIRST_OPTIONS, OTHER_OPTIONS, EVERYTHING_SKIPPED, STOPPED, DECLINED };
static const char *const kind_names[KINDS] = {"first options", "other options", "everything skipped",
                                              "stopped", "declined"};

struct step {
    uint64_t call, size;
    int64_t result;
};
struct trace {
    size_t count;
    struct step step[STEPS];
};

static bool say(struct session *session, enum flow_event event, uint16_t value) {
    return session_hear(session, event, value, 0);
}

/* Whatever pages there are on the way to the end that this kind of pupil chooses. */
static void go(struct session *session, enum kind kind) {
    static const enum flow_event on[] = {FLOW_START, FLOW_CHOOSE_LANGUAGE, FLOW_AGREE};
    for (int turn = 0; turn < 200 && session_flow(session)->state != FLOW_SENDING; turn++) {
        for (size_t i = 0; i < 3; i++) {
            if (kind == DECLINED && on[i] == FLOW_AGREE) {
                (void)(say(session, FLOW_DECLINE, 0) && say(session, FLOW_LEAVE, 0));
            } else {
                (void)say(session, on[i], 0);
            }
        }
        if (kind == STOPPED && turn == 3) {
            (void)(say(session, FLOW_STOP, 0) && say(session, FLOW_STOP_SEND, 0));
        }
        if (kind != EVERYTHING_SKIPPED) {
            (void)say(session, FLOW_CHOOSE, kind == OTHER_OPTIONS ? (uint16_t)(1 + turn % 2) : 0);
        }
        (void)(say(session, FLOW_NEXT, 0), say(session, FLOW_SKIP, 0), say(session, FLOW_SEND, 0));
    }
}

/* The traced one: getppid is the mark between which the steps count. */
static void be_pupils(enum kind kind) {
    struct sample_kiosk kiosk;
    struct session *session = NULL;
    char path[KIOSK_STATE_PATH_SIZE];
    sample_kiosk_new(&kiosk);
    struct kiosk_state *state = sample_kiosk_open(&kiosk);
    struct session_setup setup = {
        .round = state->round, .layout = &state->layout, .kiosk_key = state->public_key, .allow_cow = true};
    int wrong = kiosk_state_new_box(path, state) || session_open(&session, &setup, path, 1, PUPILS, 0);
    (void)(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 && raise(SIGSTOP) == 0);
    for (int i = 0; i < PUPILS && !wrong; i++) {
        go(session, kind);
        (void)syscall(SYS_getppid);
        wrong = !session_work(session, 0) || session_flow(session)->state != FLOW_THANKS;
        (void)syscall(SYS_getppid);
        (void)say(session, FLOW_LEAVE, 0);
    }
    session_free(session);
    kiosk_state_close(state);
    sample_kiosk_release(&kiosk);
    _exit(wrong);
}

static bool has_size(uint64_t call) {
    return call == SYS_write || call == SYS_pwrite64 || call == SYS_read || call == SYS_pread64 ||
           call == SYS_getrandom || call == SYS_ftruncate;
}

static uint64_t size_of(const struct __ptrace_syscall_info *info) {
    uint64_t call = info->entry.nr;
    return !has_size(call)                                  ? 0
           : call == SYS_getrandom || call == SYS_ftruncate ? info->entry.args[1]
                                                            : info->entry.args[2];
}

/* The traces of all pupils of one kind, each its own. -1: this system lets nobody trace. */
static int follow(struct trace traces[PUPILS], enum kind kind) {
    int status = 0;
    int marks = 0;
    pid_t child = fork();
    if (child == 0) {
        be_pupils(kind);
    }
    memset(traces, 0, PUPILS * sizeof *traces);
    waitpid(child, &status, 0);
    if (!WIFSTOPPED(status)) {
        return -1;
    }
    (void)ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD);
    while (ptrace(PTRACE_SYSCALL, child, NULL, NULL) == 0 && waitpid(child, &status, 0) == child &&
           !WIFEXITED(status)) {
        struct __ptrace_syscall_info info = {0};
        if (ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info) <= 0) {
            continue;
        }
        struct trace *trace = &traces[marks / 2 < PUPILS ? marks / 2 : PUPILS - 1];
        if (info.op == PTRACE_SYSCALL_INFO_ENTRY && info.entry.nr == SYS_getppid) {
            marks++;
        } else if (marks % 2 && info.op == PTRACE_SYSCALL_INFO_ENTRY && trace->count < STEPS) {
            trace->step[trace->count++] = (struct step){info.entry.nr, size_of(&info), 0};
        } else if (marks % 2 && info.op == PTRACE_SYSCALL_INFO_EXIT && trace->count > 0) {
            trace->step[trace->count - 1].result = info.exit.rval;
        }
    }
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_int_equal(marks, 2 * PUPILS);
    return 0;
}

static void show(const struct trace *trace) {
    for (size_t i = 0; i < trace->count; i++) {
        print_message("%llu(%llu)=%lld ", (unsigned long long)trace->step[i].call,
                      (unsigned long long)trace->step[i].size, (long long)trace->step[i].result);
    }
    print_message("\n");
}

static bool possible = true;

static void storing_takes_the_same_steps_whatever_was_answered(void **state) {
    static struct trace first[PUPILS];
    static struct trace traces[PUPILS];
    (void)state;
    if (follow(first, FIRST_OPTIONS) < 0) {
        possible = false;
        skip();
    }
    assert_true(first[0].count > 5);
    for (int kind = OTHER_OPTIONS; kind < KINDS; kind++) {
        assert_int_equal(follow(traces, (enum kind)kind), 0);
        for (int i = 0; i < PUPILS; i++) {
            bool same = traces[i].count == first[i].count &&
                        memcmp(traces[i].step, first[i].step, sizeof first[i].step) == 0;
            if (!same) {
                print_message("pupil %d, %s:\n", i, kind_names[kind]);
                show(&first[i]);
                show(&traces[i]);
            }
            assert_true(same);
        }
    }
    print_message("%d kinds of pupils, %d each: %zu system calls, the same\n", (int)KINDS, (int)PUPILS,
                  first[1].count);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(storing_takes_the_same_steps_whatever_was_answered),
    };
    int failed = sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
    return failed ? failed : possible ? 0 : SKIPPED;
}
