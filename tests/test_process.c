/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "platform/process.h"

/* The address checker answers for mlock and mlockall itself, and locks nothing. */
#if defined(__SANITIZE_ADDRESS__)
#define CHECKED true
#else
#define CHECKED false
#endif

/* In a child, because a hardened process stays so. */
static void a_hardened_process_leaves_no_core_and_keeps_its_files_private(void **state) {
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit core = {1, 1};
        int wrong = process_harden() != FAULT_NONE;
        wrong |= getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 || core.rlim_max != 0;
        wrong |= prctl(PR_GET_DUMPABLE) != 0;
        wrong |= umask(0) != 077;
        _exit(wrong);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static volatile sig_atomic_t called;
static void note(int signal) {
    (void)signal;
    called++;
}

static void who_asks_to_end_waits_until_the_work_is_done(void **state) {
    (void)state;
    static const int asking[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
    struct sigaction before;
    const struct sigaction action = {.sa_handler = note};
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++) {
        called = 0;
        assert_int_equal(sigaction(asking[i], &action, &before), 0);
        unsigned held = process_hold_signals();
        process_release_signals(process_hold_signals()); /* within: nothing changes */
        assert_int_equal(raise(asking[i]), 0);
        assert_int_equal(called, 0);
        process_release_signals(held);
        assert_int_equal(called, 1);
        assert_int_equal(raise(asking[i]), 0);
        assert_int_equal(called, 2);
        assert_int_equal(sigaction(asking[i], &before, NULL), 0);
    }
}

static void what_holds_can_be_asked(void **state) {
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        uint64_t before = process_locked_memory(), after = before + (CHECKED ? 0 : 8192);
        void *page = NULL;
        int wrong = process_is_hardened();
        wrong |= posix_memalign(&page, 4096, 8192) != 0 || mlock(page, 8192) != 0;
        wrong |= (process_locked_memory() != after) << 1;
        wrong |= (process_harden() != FAULT_NONE || !process_is_hardened()) << 2;
        wrong |= (process_locked_memory() != after) << 3; /* still to be read */
        _exit(wrong);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void the_limit_on_locked_memory_is_raised_as_far_as_allowed(void **state) {
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {65536, 131072};
        if (setrlimit(RLIMIT_MEMLOCK, &limit) != 0) {
            _exit(2);
        }
        uint64_t available = process_locked_memory_limit();
        _exit(available == 131072 && getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == 131072 ? 0
                                                                                                        : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void only_days_that_exist_are_dates(void **state) {
    (void)state;
    const char *good[] = {"2026-01-31", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"};
    const char *bad[] = {"",           "2026-1-31",  "2026-01-32", "2026-00-10", "2026-13-01",  "2026-02-29",
                         "1900-02-29", "2026-04-31", "0000-01-01", "2026/01/01", "2026-01-01 ", " 026-01-01",
                         "2026-+1-01", "2026-01-0x", "-026-01-01", "2026-01-00"};
    struct process_date date;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        char back[40];
        check_fault(process_date_parse(&date, good[i]), FAULT_NONE);
        (void)snprintf(back, sizeof back, "%04d-%02d-%02d", date.year, date.month, date.day);
        assert_string_equal(back, good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        date.year = 1;
        check_fault(process_date_parse(&date, bad[i]), FAULT_USAGE);
        assert_int_equal(date.year, 0);
    }
}

static void today_is_the_local_date(void **state) {
    (void)state;
    struct process_date date;
    time_t before = time(NULL);
    struct tm local;
    assert_int_equal(unsetenv("KLANKBORD_TODAY"), 0);
    assert_int_equal(setenv("TZ", "XXX-14", 1), 0);
    check_fault(process_today(&date), FAULT_NONE);
    if (!localtime_r(&before, &local) || local.tm_mday != date.day) {
        time_t after = time(NULL);
        assert_non_null(localtime_r(&after, &local));
    }
    assert_int_equal(date.year, local.tm_year + 1900);
    assert_int_equal(date.month, local.tm_mon + 1);
    assert_int_equal(date.day, local.tm_mday);
}

static void today_can_be_given_and_must_then_be_a_date(void **state) {
    (void)state;
    struct process_date date;
    assert_int_equal(setenv("KLANKBORD_TODAY", "2031-05-06", 1), 0);
    check_fault(process_today(&date), FAULT_NONE);
    assert_int_equal(date.year, 2031);
    assert_int_equal(date.month, 5);
    assert_int_equal(date.day, 6);
    assert_int_equal(setenv("KLANKBORD_TODAY", "tomorrow", 1), 0);
    check_fault(process_today(&date), FAULT_USAGE);
    assert_int_equal(unsetenv("KLANKBORD_TODAY"), 0);
}

/* In a process of its own: it cannot be undone. */
static void the_heap_is_held_where_the_limit_allows(void **state) {
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        enum { LEAST = 4 << 20, SIZE = 1 << 16 };
        uint64_t before = process_locked_memory(), limit = process_locked_memory_limit();
        bool refused =
            limit == UINT64_MAX || (!process_hold_heap(limit + 1) && process_locked_memory() == before);
        bool held = process_hold_heap(LEAST);
        bool locked = process_locked_memory() > before;
        volatile unsigned char *block = malloc(SIZE), *guard = malloc(SIZE);
        for (size_t i = 0; block && i < SIZE; i++) {
            block[i] = 0x11;
        }
        free((void *)block);
        volatile unsigned char *again = malloc(SIZE); /* the same place */
        bool wiped = guard && again && (again != block || again[SIZE / 2] != 0x11);
        _exit(refused && held == (limit >= LEAST) && (locked == held || CHECKED) && wiped ? 0 : 1);
    }
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hardened_process_leaves_no_core_and_keeps_its_files_private),
        cmocka_unit_test(who_asks_to_end_waits_until_the_work_is_done),
        cmocka_unit_test(what_holds_can_be_asked),
        cmocka_unit_test(the_limit_on_locked_memory_is_raised_as_far_as_allowed),
        cmocka_unit_test(only_days_that_exist_are_dates),
        cmocka_unit_test(today_is_the_local_date),
        cmocka_unit_test(today_can_be_given_and_must_then_be_a_date),
        cmocka_unit_test(the_heap_is_held_where_the_limit_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
