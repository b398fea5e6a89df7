/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/disk_plan.h"

#include "tests/check.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct disk_plan disk_plan;

/* How a killed process ends. */
enum { KILLED = 77 };

bool disk_plan_done_by_another(int killed_at, enum fault (*deed)(const void *about), const void *about) {
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        disk_plan.killed_at = killed_at;
        _exit(deed(about) == FAULT_NONE ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == KILLED);
    return WEXITSTATUS(status) == 0;
}

gid_t disk_plan_other_group(void) {
    enum { ANY = 4711, MANY = 64 };
    gid_t groups[MANY], own = getegid();
    int count = geteuid() == 0 ? 0 : getgroups(MANY, groups);
    for (int i = 0; i < count; i++) {
        if (groups[i] != own) {
            return groups[i];
        }
    }
    return geteuid() == 0 ? ANY : own;
}

static bool dies(void) {
    return disk_plan.killed_at > 0 && --disk_plan.killed_at == 0;
}

static bool fails(const char *call) {
    if (dies()) {
        _exit(KILLED);
    }
    if (!disk_plan.call || strcmp(disk_plan.call, call) != 0 ||
        (!disk_plan.always && --disk_plan.countdown != 0)) {
        return false;
    }
    errno = disk_plan.error;
    return true;
}

ssize_t __real_write(int handle, const void *data, size_t size);
ssize_t __wrap_write(int handle, const void *data, size_t size);
ssize_t __wrap_write(int handle, const void *data, size_t size) {
    if (disk_plan.killed_at == 1 && __real_write(handle, data, size / 2) >= 0) {
        _exit(KILLED); /* in the middle of it */
    }
    return fails("write") ? -1 : __real_write(handle, data, size);
}

int __real_fsync(int handle);
int __wrap_fsync(int handle);
int __wrap_fsync(int handle) {
    return fails("fsync") ? -1 : __real_fsync(handle);
}

int __real_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags);
int __wrap_renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    return fails("renameat2") ? -1 : __real_renameat2(from, old, to, new, flags);
}

int __real_rename(const char *old, const char *new);
int __wrap_rename(const char *old, const char *new);
int __wrap_rename(const char *old, const char *new) {
    return fails("rename") ? -1 : __real_rename(old, new);
}

int __real_unlink(const char *name);
int __wrap_unlink(const char *name);
int __wrap_unlink(const char *name) {
    return fails("unlink") ? -1 : __real_unlink(name);
}

int __real_rmdir(const char *name);
int __wrap_rmdir(const char *name);
int __wrap_rmdir(const char *name) {
    return fails("rmdir") ? -1 : __real_rmdir(name);
}

int __real_mkdir(const char *name, mode_t mode);
int __wrap_mkdir(const char *name, mode_t mode);
int __wrap_mkdir(const char *name, mode_t mode) {
    return fails("mkdir") ? -1 : __real_mkdir(name, mode);
}

int __real_chown(const char *name, uid_t user, gid_t group);
int __wrap_chown(const char *name, uid_t user, gid_t group);
int __wrap_chown(const char *name, uid_t user, gid_t group) {
    return fails("chown") ? -1 : __real_chown(name, user, group);
}
