/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE
#include "check.h"

#include "core/answers.h"
#include "core/contribution.h"
#include "core/secret.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* The address checker takes no locks. */
#if defined(__SANITIZE_ADDRESS__)
enum { CHECKED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { CHECKED = 1 };
#else
enum { CHECKED = 0 };
#endif
#else
enum { CHECKED = 0 };
#endif

enum { NOBODY = 65534, DIED = -1 };

/* What `work` returns in a child process of its own, or DIED. */
static int in_child(int (*work)(void)) {
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        _exit(work());
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : DIED;
}

static void secrets_begin_as_zeros(void **state) {
    (void)state;
    for (size_t size = 1; size < 20000; size = size * 3 + 1) {
        void *secret = NULL;
        check_fault(secret_new(&secret, size), FAULT_NONE);
        assert_true(sodium_is_zero(secret, size));
        memset(secret, 0xA5, size);
        assert_null(secret_free(secret));
    }
    assert_null(secret_free(NULL));
}

static void wiping_leaves_zeros(void **state) {
    (void)state;
    uint8_t data[40];
    memset(data, 0xA5, sizeof data);
    secret_wipe(data + 1, 38);
    assert_int_equal(data[0], 0xA5);
    assert_true(sodium_is_zero(data + 1, 38));
    assert_int_equal(data[39], 0xA5);
}

/* What the kernel says about the mapping that holds `secret`. */
static void flags_of(char *out, size_t size, const void *secret) {
    char line[512];
    bool inside = false;
    FILE *file = fopen("/proc/self/smaps", "r");
    assert_non_null(file);
    out[0] = '\0';
    while (fgets(line, sizeof line, file)) {
        unsigned long from = 0, to = 0;
        if (sscanf(line, "%lx-%lx", &from, &to) == 2) {
            inside = (unsigned long)secret >= from && (unsigned long)secret < to;
        } else if (inside && strncmp(line, "VmFlags:", 8) == 0) {
            snprintf(out, size, "%s", line);
        }
    }
    fclose(file);
}

static void secrets_are_locked_and_left_out_of_core_dumps(void **state) {
    (void)state;
    char flags[512];
    void *secret = NULL;
    check_fault(secret_new(&secret, 5000), FAULT_NONE);
    flags_of(flags, sizeof flags, secret);
    secret_free(secret);
    if (CHECKED || flags[0] == '\0') {
        skip(); /* or a kernel that does not tell */
    }
    assert_non_null(strstr(flags, " lo"));
    assert_non_null(strstr(flags, " dd"));
}

static volatile uint8_t *edge;

static int read_past_the_edge(void) {
    signal(SIGSEGV, SIG_DFL);
    signal(SIGBUS, SIG_DFL);
    return edge[0];
}

static void one_byte_past_a_secret_ends_the_program(void **state) {
    (void)state;
    void *secret = NULL;
    check_fault(secret_new(&secret, 64), FAULT_NONE);
    edge = (uint8_t *)secret + 64;
    assert_int_not_equal(in_child(read_past_the_edge), 0);
    assert_int_equal(((uint8_t *)secret)[63], 0);
    secret_free(secret);
}

/* The superuser may lock without limit, so the child becomes nobody first. */
static int forbid_locking(void) {
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_MEMLOCK, &none) != 0) {
        return 100;
    }
    return getuid() == 0 && setuid(NOBODY) != 0 ? 101 : 0;
}

static int new_without_locking(void) {
    void *secret = &secret;
    int failed = forbid_locking();
    enum fault fault = failed ? FAULT_NONE : secret_new(&secret, 32);
    return failed ? failed : secret ? 102 : (int)fault;
}

static void memory_that_cannot_be_locked_is_refused(void **state) {
    (void)state;
    if (CHECKED) {
        skip();
    }
    assert_int_equal(in_child(new_without_locking), FAULT_MEMORY_LOCK);
}

static int answers_without_locking(void) {
    struct answers *answers = NULL;
    int failed = forbid_locking();
    enum fault fault = failed ? FAULT_NONE : answers_new(&answers);
    return failed ? failed : answers ? 102 : (int)fault;
}

static void without_locking_there_are_no_answers(void **state) {
    (void)state;
    if (CHECKED) {
        skip();
    }
    assert_int_equal(in_child(answers_without_locking), FAULT_MEMORY_LOCK);
}

static int contribution_without_locking(void) {
    static uint8_t out[16 + 204 + 172 + 40];
    static const uint32_t measurement[10] = {1};
    struct contribution_context context = {.share = {.counter_count = 10}};
    memset(out, 0xA5, sizeof out);
    int failed = forbid_locking();
    enum fault fault = failed ? FAULT_NONE : contribution_make(out, &context, measurement);
    return failed ? failed : !sodium_is_zero(out, sizeof out) ? 102 : (int)fault;
}

static void without_locking_there_is_no_contribution(void **state) {
    (void)state;
    if (CHECKED) {
        skip();
    }
    assert_int_equal(in_child(contribution_without_locking), FAULT_MEMORY_LOCK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(secrets_begin_as_zeros),
        cmocka_unit_test(wiping_leaves_zeros),
        cmocka_unit_test(secrets_are_locked_and_left_out_of_core_dumps),
        cmocka_unit_test(one_byte_past_a_secret_ends_the_program),
        cmocka_unit_test(memory_that_cannot_be_locked_is_refused),
        cmocka_unit_test(without_locking_there_are_no_answers),
        cmocka_unit_test(without_locking_there_is_no_contribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
