/* SPDX-License-Identifier: Apache-2.0 */
#include "folder.h"

#include "errno_fault.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { NAMES_MAX = 100000 };

/* A folder's ".." is its parent, so no path needs to be taken apart. */
static enum fault sync_parent(const char *path) {
    enum fault fault = FAULT_NONE;
    int child = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int parent = child < 0 ? -1 : openat(child, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (child < 0 || parent < 0 || (fsync(parent) != 0 && errno != EINVAL)) {
        fault = errno_fault(errno, FAULT_FILE_WRITE);
    }
    if (parent >= 0) {
        close(parent);
    }
    if (child >= 0) {
        close(child);
    }
    return fault;
}

enum fault folder_create(const char *path) {
    struct stat status;
    if (mkdir(path, 0700) == 0) {
        return sync_parent(path);
    }
    if (errno != EEXIST) {
        return errno_fault(errno, FAULT_FILE_WRITE);
    }
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode) ? FAULT_NONE : FAULT_FILE_EXISTS;
}

enum fault folder_remove(const char *path) {
    if (rmdir(path) == 0) {
        return FAULT_NONE;
    }
    return errno == ENOTEMPTY || errno == EEXIST ? FAULT_FILE_EXISTS : errno_fault(errno, FAULT_FILE_WRITE);
}

static int ends_in(const char *name, const char *suffix) {
    size_t name_size = strlen(name);
    size_t suffix_size = strlen(suffix);
    return name_size >= suffix_size && strcmp(name + name_size - suffix_size, suffix) == 0;
}

static enum fault add_name(struct folder_names *out, size_t *capacity, const char *name) {
    if (out->count == NAMES_MAX) {
        return FAULT_LIMIT;
    }
    if (out->count == *capacity) {
        size_t larger = *capacity == 0 ? 32 : 2 * *capacity;
        char **names = realloc(out->names, larger * sizeof *names);
        if (!names) {
            return FAULT_MEMORY;
        }
        out->names = names;
        *capacity = larger;
    }
    out->names[out->count] = strdup(name);
    if (!out->names[out->count]) {
        return FAULT_MEMORY;
    }
    out->count++;
    return FAULT_NONE;
}

static int by_bytes(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

enum fault folder_list(struct folder_names *out, const char *folder, const char *suffix) {
    size_t capacity = 0;
    enum fault fault = FAULT_NONE;
    DIR *stream = opendir(folder);
    *out = (struct folder_names){0};
    if (!stream) {
        return errno_fault(errno, FAULT_FILE_READ);
    }
    while (!fault) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (!entry) {
            fault = errno == 0 ? FAULT_NONE : FAULT_FILE_READ;
            break;
        }
        if (entry->d_name[0] != '.' && ends_in(entry->d_name, suffix)) {
            fault = add_name(out, &capacity, entry->d_name);
        }
    }
    closedir(stream);
    if (fault) {
        folder_names_release(out);
    } else if (out->count > 1) {
        qsort(out->names, out->count, sizeof *out->names, by_bytes);
    }
    return fault;
}

void folder_names_release(struct folder_names *names) {
    for (size_t i = 0; i < names->count; i++) {
        free(names->names[i]);
    }
    free(names->names);
    *names = (struct folder_names){0};
}

enum fault folder_space(uint64_t *free_bytes, const char *folder) {
    struct statvfs status;
    *free_bytes = 0;
    if (statvfs(folder, &status) != 0) {
        return errno_fault(errno, FAULT_FILE_READ);
    }
    if (__builtin_mul_overflow((uint64_t)status.f_bavail, (uint64_t)status.f_frsize, free_bytes)) {
        *free_bytes = UINT64_MAX;
    }
    return FAULT_NONE;
}
