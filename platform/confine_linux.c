/* SPDX-License-Identifier: Apache-2.0 */
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Newer than the headers of Debian 12; the kernel says at run time what it knows. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

enum { LANDLOCK_WITH_REFER = 2, LANDLOCK_WITH_TRUNCATE = 3 };

#define RIGHTS_OF_FILES_TO_READ (LANDLOCK_ACCESS_FS_READ_FILE)
#define RIGHTS_TO_READ (RIGHTS_OF_FILES_TO_READ | LANDLOCK_ACCESS_FS_READ_DIR)
#define RIGHTS_OF_FILES_TO_WRITE                                                                             \
    (RIGHTS_OF_FILES_TO_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE)
#define RIGHTS_TO_WRITE                                                                                      \
    (RIGHTS_OF_FILES_TO_WRITE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR |                \
     LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |            \
     LANDLOCK_ACCESS_FS_REFER)
#define RIGHTS_NOBODY_GETS                                                                                   \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK |             \
     LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

static uint64_t known_to(int version) {
    uint64_t rights = RIGHTS_TO_WRITE | RIGHTS_NOBODY_GETS;
    if (version < LANDLOCK_WITH_TRUNCATE) {
        rights &= ~LANDLOCK_ACCESS_FS_TRUNCATE;
    }
    if (version < LANDLOCK_WITH_REFER) {
        rights &= ~(uint64_t)LANDLOCK_ACCESS_FS_REFER;
    }
    return rights;
}

static enum fault allow(int rules, const struct confine_folder *folder, uint64_t known) {
    struct stat about;
    struct landlock_path_beneath_attr rule = {.parent_fd = open(folder->path, O_PATH | O_CLOEXEC)};
    enum fault fault = FAULT_NONE;
    if (rule.parent_fd < 0) {
        return FAULT_NONE;
    }
    if (fstat(rule.parent_fd, &about) != 0) {
        fault = FAULT_CONFINE;
    } else {
        uint64_t rights =
            S_ISDIR(about.st_mode)
                ? (folder->access == CONFINE_WRITE ? RIGHTS_TO_WRITE : RIGHTS_TO_READ)
                : (folder->access == CONFINE_WRITE ? RIGHTS_OF_FILES_TO_WRITE : RIGHTS_OF_FILES_TO_READ);
        rule.allowed_access = rights & known;
        if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
            fault = FAULT_CONFINE;
        }
    }
    (void)close(rule.parent_fd);
    return fault;
}

static int landlock_offered(void) {
    long offered = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return offered > 0 ? (int)offered : 0;
}

static bool calls_can_be_filtered(void) {
    return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
}

struct confine_report confine_look(void) {
    return (struct confine_report){.landlock = landlock_offered(), .calls = calls_can_be_filtered()};
}

static enum fault confine_files(int *version, const struct confine_folder *folders, size_t count) {
    struct landlock_ruleset_attr attributes = {0};
    enum fault fault = FAULT_NONE;
    *version = landlock_offered();
    if (*version == 0) {
        return FAULT_NONE;
    }
    attributes.handled_access_fs = known_to(*version);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    if (rules < 0) {
        return FAULT_CONFINE;
    }
    for (size_t i = 0; i < count && !fault; i++) {
        fault = allow(rules, &folders[i], attributes.handled_access_fs);
    }
    if (!fault && syscall(SYS_landlock_restrict_self, rules, 0) != 0) {
        fault = FAULT_CONFINE;
    }
    (void)close(rules);
    return fault;
}

/* What a program that asks questions has no use for, and what would let it out of the rest. */
static const int forbidden[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(kcmp),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(move_mount),
    SCMP_SYS(open_tree),
    SCMP_SYS(fsopen),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load),
    SCMP_SYS(bpf),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register),
    SCMP_SYS(swapon),
    SCMP_SYS(swapoff),
    SCMP_SYS(reboot),
    SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime),
    SCMP_SYS(acct),
    SCMP_SYS(personality),
    SCMP_SYS(open_by_handle_at),
    SCMP_SYS(syslog),
    SCMP_SYS(quotactl),
};

static int add_rules(scmp_filter_ctx filter) {
    int bad = 0;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), forbidden[i], 0);
    }
    /* Threads yes, processes no; clone3 hides its flags, and whoever asks for it knows how to do without. */
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1,
                            SCMP_A0(SCMP_CMP_NE, AF_UNIX, 0));
    /* Otherwise a core dump is one call away. */
    bad |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 1,
                            SCMP_A0(SCMP_CMP_EQ, PR_SET_DUMPABLE, 0));
    return bad;
}

static enum fault confine_calls(int *held) {
    *held = calls_can_be_filtered();
    if (!*held) {
        return FAULT_NONE;
    }
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter) {
        return FAULT_MEMORY;
    }
    enum fault fault = add_rules(filter) != 0 || seccomp_load(filter) != 0 ? FAULT_CONFINE : FAULT_NONE;
    seccomp_release(filter);
    return fault;
}

enum fault confine(struct confine_report *out, const struct confine_folder *folders, size_t count) {
    *out = (struct confine_report){0};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return FAULT_CONFINE;
    }
    enum fault fault = confine_files(&out->landlock, folders, count);
    return fault ? fault : confine_calls(&out->calls);
}
