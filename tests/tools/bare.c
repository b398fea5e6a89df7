/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/*
 * bare [landlock] [seccomp] -- PROGRAM ARGUMENT...: runs a program on a system that lacks these, as older
 * ones do.
 */

enum { EXIT_USAGE = 2, EXIT_FAILED = 3 };

int main(int argc, char *argv[]) {
    int at = 1;
    int bad = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    for (; at < argc && strcmp(argv[at], "--") != 0; at++) {
        if (strcmp(argv[at], "landlock") == 0) {
            bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0);
        } else if (strcmp(argv[at], "seccomp") == 0) {
            bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                                    SCMP_A0(SCMP_CMP_EQ, PR_GET_SECCOMP, 0));
        } else {
            bad = -1;
        }
    }
    if (bad != 0 || at + 1 >= argc || seccomp_load(filter) != 0) {
        fprintf(stderr, "bare [landlock] [seccomp] -- PROGRAM ARGUMENT...\n");
        return EXIT_USAGE;
    }
    execvp(argv[at + 1], argv + at + 1);
    perror(argv[at + 1]);
    return EXIT_FAILED;
}
