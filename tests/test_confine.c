/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/confine.h"

/* Everything in a child: there is no way back. Its exit code counts what went wrong. */

static char own[64], other[64];

static void path_in(char *out, size_t size, const char *folder, const char *name) {
    (void)snprintf(out, size, "%s/%s", folder, name);
}

static int can_write(const char *folder, const char *name) {
    char path[128];
    path_in(path, sizeof path, folder, name);
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    int good = file >= 0 && write(file, "x", 1) == 1;
    if (file >= 0) {
        (void)close(file);
    }
    return good;
}

static int can_read(const char *folder, const char *name) {
    char path[128];
    path_in(path, sizeof path, folder, name);
    int file = open(path, O_RDONLY);
    if (file >= 0) {
        (void)close(file);
    }
    return file >= 0;
}

static void *other_thread(void *unused) {
    return unused;
}

static int run_confined(int (*wrong)(const struct confine_report *), enum confine_access access) {
    pid_t child = fork();
    if (child == 0) {
        struct confine_report report;
        const struct confine_folder folders[] = {{own, access}, {"/nowhere/at/all", CONFINE_WRITE}};
        _exit(confine(&report, folders, 2) != FAULT_NONE ? 100 : wrong(&report));
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int make_folders(void **state) {
    (void)state;
    strcpy(own, "/tmp/klankbord-test-XXXXXX");
    strcpy(other, "/tmp/klankbord-test-XXXXXX");
    return mkdtemp(own) && mkdtemp(other) && can_write(own, "mine") && can_write(other, "theirs") ? 0 : -1;
}

static int remove_folders(void **state) {
    (void)state;
    const char *names[] = {"mine", "new", "renamed", "theirs"};
    char path[128];
    for (size_t i = 0; i < 4; i++) {
        path_in(path, sizeof path, own, names[i]);
        (void)unlink(path);
        path_in(path, sizeof path, other, names[i]);
        (void)unlink(path);
    }
    return rmdir(own) + rmdir(other);
}

static int wrong_with_files(const struct confine_report *report) {
    char from[128];
    char to[128];
    int wrong = !can_read(own, "mine") || !can_write(own, "new");
    path_in(from, sizeof from, own, "new");
    path_in(to, sizeof to, own, "renamed");
    wrong += rename(from, to) != 0;
    if (report->landlock) {
        wrong += can_read(other, "theirs") || can_write(other, "theirs") || can_write(other, "new");
        path_in(from, sizeof from, other, "theirs");
        wrong += unlink(from) == 0 || rename(to, from) == 0;
        wrong += can_read("/etc", "passwd");
    }
    return wrong;
}

static void only_the_own_folders_are_left(void **state) {
    (void)state;
    assert_int_equal(run_confined(wrong_with_files, CONFINE_WRITE), 0);
}

static int wrong_with_reading(const struct confine_report *report) {
    char path[128];
    path_in(path, sizeof path, own, "mine");
    int wrong = !can_read(own, "mine");
    if (report->landlock) {
        wrong += can_write(own, "mine") || can_write(own, "new") || unlink(path) == 0;
        wrong += report->landlock >= 3 && truncate(path, 0) == 0;
    }
    return wrong;
}

static void a_folder_to_read_cannot_be_changed(void **state) {
    (void)state;
    assert_int_equal(run_confined(wrong_with_reading, CONFINE_READ), 0);
}

static int wrong_with_calls(const struct confine_report *report) {
    pthread_t thread;
    int pair[2];
    if (!report->calls) {
        return 50; /* every system that these tests run on can filter calls */
    }
    int wrong = socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EAFNOSUPPORT;
    wrong += socket(AF_INET6, SOCK_DGRAM, 0) >= 0;
    wrong += socket(AF_NETLINK, SOCK_RAW, 0) >= 0;
    wrong += socket(AF_UNIX, SOCK_STREAM, 0) < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0;
    wrong += execl("/bin/true", "true", (char *)NULL) == 0 || errno != EPERM;
    wrong += fork() >= 0;
    wrong += prctl(PR_SET_DUMPABLE, 1) == 0;
    wrong += prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1;
    wrong += pthread_create(&thread, NULL, other_thread, NULL) != 0 || pthread_join(thread, NULL) != 0;
    return wrong;
}

static void no_program_starts_and_no_internet_is_reached_but_threads_and_local_sockets_stay(void **state) {
    (void)state;
    assert_int_equal(run_confined(wrong_with_calls, CONFINE_WRITE), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_the_own_folders_are_left, make_folders, remove_folders),
        cmocka_unit_test_setup_teardown(a_folder_to_read_cannot_be_changed, make_folders, remove_folders),
        cmocka_unit_test_setup_teardown(
            no_program_starts_and_no_internet_is_reached_but_threads_and_local_sockets_stay, make_folders,
            remove_folders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
