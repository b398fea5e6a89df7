/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/faults/lesson.h"

/*
 * Every system call on the way of an answer fails in turn, whoever makes it, SQLite and the C library
 * included: a tracer lets a lesson run, and in the opening of a class, the storing of one answer, the closing
 * and the export the n-th call is not carried out and gives an error, or carries out only half of what was
 * asked. Whatever happens: nobody is thanked whose answer is not in the bundle in the end, nothing is
 * doubled, who is not thanked is told, the mentor is told, and the next day goes on.
 */

enum { SKIPPED = 77, SECONDS = 5, CALLS = 1000 };

enum kind { GIVE_EIO, GIVE_ENOSPC, GIVE_EROFS, GIVE_EINTR, HALF, DEAD, KINDS };
static const char *const kind_names[KINDS] = {"EIO",   "ENOSPC",     "EROFS",
                                              "EINTR", "half of it", "EIO from then on"};
static const int kind_errors[KINDS] = {EIO, ENOSPC, EROFS, EINTR, 0, EIO};

struct injection {
    enum kind kind;
    int at;        /* the n-th call of the phase, from 1 */
    bool fired;    /* the phase had so many */
    uint64_t call; /* which one it was */
    int calls;     /* of the phase, in all */
    int killed;    /* the signal that ended the program; 0: none did */
};

static bool possible = true;

#if defined(__x86_64__)

static void set_register(pid_t child, size_t offset, unsigned long long value) {
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): ptrace takes its numbers so */
    assert_int_equal(ptrace(PTRACE_POKEUSER, child, (void *)offset, (void *)value), 0);
}
#define REGISTER(name) offsetof(struct user_regs_struct, name)
enum { CAN_INJECT = 1 };

static void prevent(pid_t child) {
    set_register(child, REGISTER(orig_rax), (unsigned long long)-1);
}
static void give_back(pid_t child, int error) {
    set_register(child, REGISTER(rax), (unsigned long long)-(long long)error);
}
static void shorten(pid_t child, uint64_t size) {
    set_register(child, REGISTER(rdx), size);
}

#else

enum { CAN_INJECT = 0 };
static void prevent(pid_t child) {
    (void)child;
}
static void give_back(pid_t child, int error) {
    (void)child;
    (void)error;
}
static void shorten(pid_t child, uint64_t size) {
    (void)child;
    (void)size;
}

#endif

/* In the child: the tracer is waiting for this, and then for the mark. */
static void wake_tracer(void *context) {
    (void)context;
    (void)raise(SIGSTOP);
}
static void mark_end(void *context) {
    (void)context;
    (void)syscall(SYS_getppid);
}

static bool moves_bytes(uint64_t call) {
    return call == SYS_write || call == SYS_pwrite64 || call == SYS_read || call == SYS_pread64;
}

/*
 * What only gives memory back, or never comes back, fails nowhere; brk says no in a way of its own, and
 * memory has its own test (test_every_allocation.c). The system's chance fails at most by an interruption.
 */
static bool can_fail(const struct injection *injection, uint64_t call) {
    bool never = call == SYS_munmap || call == SYS_madvise || call == SYS_brk || call == SYS_exit_group ||
                 call == SYS_rt_sigreturn || (call == SYS_getrandom && injection->kind != GIVE_EINTR);
    return !never && (injection->kind != HALF || moves_bytes(call));
}

struct watch {
    pid_t child;
    struct injection *injection;
    bool prevented; /* the call that is on */
};

/* False: the phase is over. */
static bool see_call(struct watch *watch) {
    struct injection *injection = watch->injection;
    struct __ptrace_syscall_info info = {0};
    if (ptrace(PTRACE_GET_SYSCALL_INFO, watch->child, sizeof info, &info) <= 0) {
        return true;
    }
    if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
        if (watch->prevented) {
            give_back(watch->child, kind_errors[injection->kind]);
        }
        watch->prevented = false;
        return true;
    }
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY || info.entry.nr == SYS_getppid) {
        return info.entry.nr != SYS_getppid;
    }
    if (!can_fail(injection, info.entry.nr)) {
        return true;
    }
    injection->calls++;
    bool now =
        injection->calls == injection->at || (injection->kind == DEAD && injection->calls > injection->at);
    if (now && !injection->fired) {
        injection->fired = true;
        injection->call = info.entry.nr;
    }
    if (now && injection->kind == HALF) {
        shorten(watch->child, info.entry.args[2] > 1 ? info.entry.args[2] / 2 : 1);
    } else if (now) {
        prevent(watch->child);
        watch->prevented = true;
    }
    return true;
}

static bool wait_for(pid_t child, int *status) {
    assert_int_equal(waitpid(child, status, 0), child);
    return WIFSTOPPED(*status);
}

/* Runs to the end with the phase's calls seen; false when this system lets nobody trace. */
static bool run_traced(struct lesson *lesson, struct injection *injection) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        (void)alarm(SECONDS);
        _exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0 ? SKIPPED : lesson_hold(lesson) ? 1 : 0);
    }
    struct watch watch = {child, injection, false};
    bool traced = wait_for(child, &status);
    if (traced) {
        (void)ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACESYSGOOD);
    }
    bool on = traced;
    long signal = 0; /* what the child is to get */
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): as above */
    while (on && ptrace(PTRACE_SYSCALL, child, NULL, (void *)signal) == 0 && wait_for(child, &status)) {
        bool call = WSTOPSIG(status) == (SIGTRAP | 0x80);
        on = !call || see_call(&watch);
        signal = call ? 0 : WSTOPSIG(status);
    }
    if (WIFSTOPPED(status)) {
        (void)ptrace(PTRACE_DETACH, child, NULL, NULL);
        (void)wait_for(child, &status);
    }
    injection->killed = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return traced && (injection->killed || (WIFEXITED(status) && WEXITSTATUS(status) != SKIPPED));
}

struct sum {
    int runs, failures;
};

/*
 * What must go on as if nothing had been: who reads, writes, cuts or flushes asks again, or for the rest.
 * SQLite flushes with fdatasync and takes an interruption for an error; in the kiosk none comes
 * (process_hold_signals), and here the pupil is told.
 */
static bool must_be_unnoticed(const struct injection *injection) {
    bool again =
        moves_bytes(injection->call) || injection->call == SYS_fsync || injection->call == SYS_ftruncate;
    return injection->kind == HALF || (injection->kind == GIVE_EINTR && again);
}

static void fail_call(struct sum *sum, bool *fired, enum lesson_phase phase, enum kind kind, int at) {
    char what[128];
    struct injection injection = {.kind = kind, .at = at};
    struct lesson *lesson = lesson_new();
    lesson->phase = phase;
    lesson->begin = wake_tracer;
    lesson->end = mark_end;
    if (!run_traced(lesson, &injection)) {
        possible = false;
        lesson_free(lesson);
        skip();
    }
    snprintf(what, sizeof what, "%s, call %d (system call %llu) gives %s", lesson_phase_names[phase], at,
             (unsigned long long)injection.call, kind_names[kind]);
    if (injection.killed || (lesson->failed && must_be_unnoticed(&injection))) {
        fail_msg("%s: killed by %d, noticed %d", what, injection.killed, lesson->failed);
    }
    lesson_go_on(lesson);
    lesson_check(lesson, what);
    *fired = injection.fired;
    sum->runs += injection.fired;
    sum->failures += lesson->failed;
    lesson_free(lesson);
}

/*
 * Storing fails in every way; closing and exporting, where these errors are all the same to us, leave two to
 * a soak.
 */
static bool is_tried(enum lesson_phase phase, enum kind kind) {
    bool one_for_three = kind == GIVE_ENOSPC || kind == GIVE_EROFS;
    bool in_the_gate = phase == LESSON_OPENING ? kind == GIVE_EIO || kind == HALF
                                               : phase == LESSON_STORING || !one_for_three;
    return in_the_gate || check_amount(0, 1);
}

static void fail_every_call(enum lesson_phase phase) {
    for (int kind = 0; kind < KINDS; kind++) {
        struct sum sum = {0};
        bool fired = is_tried(phase, (enum kind)kind);
        for (int at = 1; fired && at < CALLS; at++) {
            fail_call(&sum, &fired, phase, (enum kind)kind, at);
        }
        if (sum.runs > 0) {
            print_message("%s: %d calls give %s in turn; %d times somebody was told\n",
                          lesson_phase_names[phase], sum.runs, kind_names[kind], sum.failures);
        }
        assert_true(sum.runs > 0 || !is_tried(phase, (enum kind)kind));
    }
}

static void while_a_class_is_opened(void **state) {
    (void)state;
    fail_every_call(LESSON_OPENING);
}
static void while_an_answer_is_stored(void **state) {
    (void)state;
    fail_every_call(LESSON_STORING);
}
static void while_a_class_is_closed(void **state) {
    (void)state;
    fail_every_call(LESSON_CLOSING);
}
static void while_a_class_is_exported(void **state) {
    (void)state;
    fail_every_call(LESSON_EXPORTING);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(while_a_class_is_opened),
        cmocka_unit_test(while_an_answer_is_stored),
        cmocka_unit_test(while_a_class_is_closed),
        cmocka_unit_test(while_a_class_is_exported),
    };
    if (!CAN_INJECT) {
        return SKIPPED;
    }
    /* The disk fails by our hand: there memory is as good as a disk, and far quicker. */
    (void)setenv("KLANKBORD_SAMPLES", "/dev/shm", 0);
    int failed = sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
    return failed ? failed : possible ? 0 : SKIPPED;
}
