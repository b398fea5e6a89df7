/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/check.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/faults/lesson.h"

/*
 * Every request for memory on the way of an answer fails in turn, whoever makes it, SQLite and the C library
 * included: the C library lets a program bring its own malloc. What must hold then, tests/faults/lesson.h
 * says.
 */

enum { SKIPPED = 77, SECONDS = 30, REQUESTS = 100000, FIRST_ONES = 40 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { CAN_REFUSE = 0 }; /* the checkers bring their own malloc */
static volatile long left = -1;
static volatile long asked;
#else
enum { CAN_REFUSE = 1 };
static volatile long left = -1;  /* requests until one is refused; negative: none is */
static volatile long asked = -1; /* how many there were; negative: nobody counts */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *data, size_t size);

static bool refuses(void) {
    asked += asked >= 0;
    return left >= 0 && left-- == 0;
}

void *malloc(size_t size) {
    return refuses() ? NULL : __libc_malloc(size);
}
void *calloc(size_t count, size_t size) { /* NOLINT(readability-inconsistent-declaration-parameter-name) */
    return refuses() ? NULL : __libc_calloc(count, size);
}
void *realloc(void *data, size_t size) { /* NOLINT(readability-inconsistent-declaration-parameter-name) */
    return refuses() ? NULL : __libc_realloc(data, size);
}
#endif

static void begin(void *context) {
    asked = 0;
    left = *(const long *)context;
}

static void end(void *context) {
    *(long *)context = left; /* negative: it was refused */
    left = -1;
}

/* False when the phase asks less often. */
static bool refuse(enum lesson_phase phase, long at, int *failures) {
    int status = -1;
    char what[64];
    struct lesson *lesson = lesson_new();
    lesson->phase = phase;
    lesson->begin = begin;
    lesson->end = end;
    snprintf(what, sizeof what, "%s, request %ld refused", lesson_phase_names[phase], at);
    pid_t child = fork();
    if (child == 0) {
        long count = at;
        (void)alarm(SECONDS);
        lesson->context = &count;
        (void)lesson_hold(lesson);
        _exit(count < 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status)) {
        fail_msg("%s: killed by %d", what, WTERMSIG(status));
    }
    lesson_go_on(lesson);
    lesson_check(lesson, what);
    *failures += lesson->failed;
    lesson_free(lesson);
    return WEXITSTATUS(status) == 0;
}

/*
 * SQLite asks thousands of times while a closed box is read again: after the first ones every 61st, and in a
 * soak each.
 */
static void refuse_every_request(enum lesson_phase phase) {
    int failures = 0;
    long at = 0;
    long refused = 0;
    long step = check_amount(61, 1);
    while (at < REQUESTS && refuse(phase, at, &failures)) {
        refused++;
        at += at < FIRST_ONES ? 1 : step;
    }
    print_message("%s: %ld of some %ld requests for memory refused in turn; %d times somebody was told\n",
                  lesson_phase_names[phase], refused, at, failures);
    assert_true(refused > 0 && at < REQUESTS);
}

static void while_a_class_is_opened(void **state) {
    (void)state;
    refuse_every_request(LESSON_OPENING);
}
static void while_an_answer_is_stored(void **state) {
    (void)state;
    refuse_every_request(LESSON_STORING);
}
static void while_a_class_is_closed(void **state) {
    (void)state;
    refuse_every_request(LESSON_CLOSING);
}
static void while_a_class_is_exported(void **state) {
    (void)state;
    refuse_every_request(LESSON_EXPORTING);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(while_an_answer_is_stored),
        cmocka_unit_test(while_a_class_is_closed),
        cmocka_unit_test(while_a_class_is_exported),
        cmocka_unit_test(while_a_class_is_opened),
    };
    if (!CAN_REFUSE) {
        return SKIPPED;
    }
    (void)setenv("KLANKBORD_SAMPLES", "/dev/shm", 0);
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
