/* SPDX-License-Identifier: Apache-2.0 */
#include "volume.h"

#include "errno_fault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Numbers from statfs(2) and linux/magic.h; written out because older headers lack some. */
static const struct {
    unsigned long type;
    enum volume_kind kind;
    const char *name;
} kinds[] = {
    {0xEF53, VOLUME_IN_PLACE, "ext2/ext3/ext4"},
    {0x58465342, VOLUME_IN_PLACE, "xfs"}, /* copies only what is shared (reflinks) */
    {0x4D44, VOLUME_IN_PLACE, "fat"},
    {0x2011BAB0, VOLUME_IN_PLACE, "exfat"},
    {0x3153464A, VOLUME_IN_PLACE, "jfs"},
    {0x9123683E, VOLUME_KEEPS_OLD, "btrfs"},
    {0x2FC12FC1, VOLUME_KEEPS_OLD, "zfs"},
    {0x794C7630, VOLUME_KEEPS_OLD, "overlay"},
    {0x61756673, VOLUME_KEEPS_OLD, "aufs"},
    {0xF2F52010, VOLUME_KEEPS_OLD, "f2fs"},
    {0xCA451A4E, VOLUME_KEEPS_OLD, "bcachefs"},
    {0x3434, VOLUME_KEEPS_OLD, "nilfs2"},
    {0x24051905, VOLUME_KEEPS_OLD, "ubifs"},
    {0x01021994, VOLUME_FORGETS, "tmpfs"},
    {0x858458F6, VOLUME_FORGETS, "ramfs"},
    {0x6969, VOLUME_ELSEWHERE, "nfs"},
    {0xFF534D42, VOLUME_ELSEWHERE, "cifs"},
    {0xFE534D42, VOLUME_ELSEWHERE, "smb2"},
    {0x01021997, VOLUME_ELSEWHERE, "9p"},
    {0x65735546, VOLUME_ELSEWHERE, "fuse"},
};

/* The mount options of the device that holds a file, as the kernel lists them; empty when it does not say. */
static void mount_options(char *out, size_t capacity, dev_t device) {
    char wanted[32];
    char line[4096];
    FILE *mounts = fopen("/proc/self/mountinfo", "re");
    out[0] = '\0';
    snprintf(wanted, sizeof wanted, " %u:%u ", major(device), minor(device));
    while (mounts && fgets(line, sizeof line, mounts)) {
        const char *separator = strstr(line, " - ");
        const char *number = strstr(line, wanted);
        if (separator && number && number < separator) {
            snprintf(out, capacity, "%s", separator);
        }
    }
    if (mounts) {
        fclose(mounts);
    }
}

static bool journals_data(dev_t device) {
    char options[4096];
    mount_options(options, sizeof options, device);
    return strstr(options, "data=journal") != NULL;
}

enum fault volume_kind_of(enum volume_kind *out, const char *path) {
    struct statfs volume;
    struct stat status;
    *out = VOLUME_UNKNOWN;
    if (statfs(path, &volume) != 0 || stat(path, &status) != 0) {
        return errno_fault(errno, FAULT_FILE_READ);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].type == ((unsigned long)volume.f_type & 0xFFFFFFFFUL)) {
            *out = kinds[i].kind;
        }
    }
    if (*out == VOLUME_IN_PLACE && journals_data(status.st_dev)) {
        *out = VOLUME_KEEPS_OLD;
    }
    return FAULT_NONE;
}

enum fault volume_look(struct volume_facts *out, const char *path) {
    struct statfs volume;
    *out = (struct volume_facts){.name = ""};
    if (statfs(path, &volume) != 0) {
        return errno_fault(errno, FAULT_FILE_READ);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].type == ((unsigned long)volume.f_type & 0xFFFFFFFFUL)) {
            out->name = kinds[i].name;
        }
    }
    out->free_bytes = (uint64_t)volume.f_bavail * (uint64_t)volume.f_bsize;
    return FAULT_NONE;
}

static bool is_stick(const char *path) {
    char above[4096 + 4];
    struct stat inside;
    struct stat outside;
    snprintf(above, sizeof above, "%s/..", path);
    return stat(path, &inside) == 0 && stat(above, &outside) == 0 && S_ISDIR(inside.st_mode) &&
           inside.st_dev != outside.st_dev && access(path, W_OK | X_OK) == 0;
}

static enum fault add_path(struct folder_names *out, const char *path) {
    char **larger = realloc(out->names, (out->count + 1) * sizeof *larger);
    if (!larger) {
        return FAULT_MEMORY;
    }
    out->names = larger;
    larger[out->count] = strdup(path);
    if (!larger[out->count]) {
        return FAULT_MEMORY;
    }
    out->count++;
    return FAULT_NONE;
}

/* A folder that is not there has no sticks in it. */
static enum fault add_sticks_in(struct folder_names *out, const char *parent, int depth) {
    struct folder_names names = {0};
    enum fault fault = folder_list(&names, parent, "");
    if (fault) {
        return fault == FAULT_MEMORY ? fault : FAULT_NONE;
    }
    for (size_t i = 0; i < names.count && !fault; i++) {
        char path[4096];
        int size = snprintf(path, sizeof path, "%s/%s", parent, names.names[i]);
        if (size < 0 || (size_t)size >= sizeof path) {
            continue;
        }
        if (is_stick(path)) {
            fault = add_path(out, path);
        } else if (depth > 1) {
            fault = add_sticks_in(out, path, depth - 1);
        }
    }
    folder_names_release(&names);
    return fault;
}

static int by_bytes(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

enum fault volume_list_sticks(struct folder_names *out) {
    static const struct {
        const char *parent;
        int depth;
    } places[] = {{"/media", 2}, {"/run/media", 2}, {"/mnt", 1}};
    enum fault fault = FAULT_NONE;
    *out = (struct folder_names){0};
    for (size_t i = 0; i < sizeof places / sizeof places[0] && !fault; i++) {
        fault = add_sticks_in(out, places[i].parent, places[i].depth);
    }
    if (fault) {
        folder_names_release(out);
        return fault;
    }
    if (out->count > 1) {
        qsort(out->names, out->count, sizeof *out->names, by_bytes);
    }
    return FAULT_NONE;
}

enum fault volume_forget_times(const char *path) {
    enum fault fault = FAULT_NONE;
    const struct timespec constant = {.tv_sec = 946684800};
    const struct timespec times[2] = {constant, constant};
    int handle = (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (handle < 0) {
        return errno_fault(errno, FAULT_FILE_WRITE);
    }
    if (futimens(handle, times) != 0 || (TEMP_FAILURE_RETRY(fsync(handle)) != 0 && errno != EINVAL)) {
        fault = errno_fault(errno, FAULT_FILE_WRITE);
    }
    close(handle);
    return fault;
}
