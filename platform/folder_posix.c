/* SPDX-License-Identifier: Apache-2.0 */
#include "folder.h"

#include "errno_fault.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { NAMES_MAX = 100000 };

/* A folder's ".." is its parent, so no path needs to be taken apart. */
static enum fault sync_parent(const char *path) {
    enum fault fault = FAULT_NONE;
    int child = (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    int parent =
        child < 0 ? -1 : (int)TEMP_FAILURE_RETRY(openat(child, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (child < 0 || parent < 0 || (TEMP_FAILURE_RETRY(fsync(parent)) != 0 && errno != EINVAL)) {
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

static bool is_wanted(const char *name, const char *suffix, bool hidden) {
    bool is_hidden = name[0] == '.';
    bool is_self = strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
    return is_hidden == hidden && !is_self && ends_in(name, suffix);
}

static enum fault list(struct folder_names *out, const char *folder, const char *suffix, bool hidden) {
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
        if (is_wanted(entry->d_name, suffix, hidden)) {
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

enum fault folder_list(struct folder_names *out, const char *folder, const char *suffix) {
    return list(out, folder, suffix, false);
}

enum fault folder_list_hidden(struct folder_names *out, const char *folder) {
    return list(out, folder, "", true);
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

/* Of what does not exist yet the folder that it will be in is resolved, and the name put behind it again. */
static enum fault resolve_new(char out[FOLDER_PATH_SIZE], const char *path) {
    char folder[PATH_MAX], resolved[PATH_MAX];
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/') {
        size--;
    }
    size_t name = size;
    while (name > 0 && path[name - 1] != '/') {
        name--;
    }
    if (size >= sizeof folder || name == size) {
        return size == 0 ? FAULT_FILE_MISSING : FAULT_LIMIT;
    }
    (void)snprintf(folder, sizeof folder, "%.*s", (int)name, name ? path : "");
    if (!realpath(name ? folder : ".", resolved)) {
        return errno_fault(errno, FAULT_FILE_WRITE);
    }
    bool is_root = strcmp(resolved, "/") == 0;
    int length =
        snprintf(out, FOLDER_PATH_SIZE, "%s/%.*s", is_root ? "" : resolved, (int)(size - name), path + name);
    return length > 0 && length < FOLDER_PATH_SIZE ? FAULT_NONE : FAULT_LIMIT;
}

_Static_assert(FOLDER_PATH_SIZE == PATH_MAX, "realpath has room");
enum fault folder_resolve(char out[FOLDER_PATH_SIZE], const char *path) {
    if (realpath(path, out)) {
        return FAULT_NONE;
    }
    return errno == ENOENT ? resolve_new(out, path) : errno_fault(errno, FAULT_FILE_WRITE);
}

bool folder_is_around_us(const char *path) {
    char here[PATH_MAX];
    size_t size = strlen(path);
    return getcwd(here, sizeof here) && strncmp(here, path, size) == 0 &&
           (here[size] == '\0' || here[size] == '/');
}

static enum fault swap_in_two_steps(const char *made, const char *path) {
    char old[PATH_MAX];
    int length = snprintf(old, sizeof old, "%s.old", made);
    if (length < 0 || (size_t)length >= sizeof old) {
        return FAULT_LIMIT;
    }
    if (rename(path, old) != 0) {
        return errno_fault(errno, FAULT_FILE_WRITE);
    }
    if (rename(made, path) != 0) {
        enum fault fault = errno_fault(errno, FAULT_FILE_WRITE);
        int ignored = rename(old, path);
        (void)ignored;
        return fault;
    }
    return rename(old, made) == 0 ? FAULT_NONE : errno_fault(errno, FAULT_FILE_WRITE);
}

/*
 * Who may enter stays as somebody decided it; a group that it was not meant for gets nothing. A stick has no
 * permissions to keep.
 */
static void keep_access(const char *made, const struct stat *was) {
    bool has_group = chown(made, (uid_t)-1, was->st_gid) == 0;
    mode_t mode = (was->st_mode & 07777) | S_IRWXU;
    int ignored = chmod(made, has_group ? mode : mode & ~(mode_t)(S_IRWXG | S_ISGID));
    (void)ignored;
}

enum fault folder_put(const char *made, const char *path) {
    struct stat status;
    bool is_there = lstat(path, &status) == 0;
    if (is_there && !S_ISDIR(status.st_mode)) {
        return FAULT_FILE_EXISTS;
    }
    if (is_there) {
        keep_access(made, &status);
    }
    int result = renameat2(AT_FDCWD, made, AT_FDCWD, path, is_there ? RENAME_EXCHANGE : RENAME_NOREPLACE);
    enum fault fault = FAULT_NONE;
    if (result != 0 && (errno == EINVAL || errno == ENOSYS)) {
        fault = is_there                  ? swap_in_two_steps(made, path)
                : rename(made, path) != 0 ? errno_fault(errno, FAULT_FILE_WRITE)
                                          : FAULT_NONE;
    } else if (result != 0) {
        fault = errno_fault(errno, FAULT_FILE_WRITE);
    }
    return fault ? fault : sync_parent(path);
}

static enum fault remove_all(const char *path, const struct folder_names *names) {
    char file[PATH_MAX];
    struct stat status;
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; i < names->count; i++) {
        int length = snprintf(file, sizeof file, "%s/%s", path, names->names[i]);
        bool fits = length > 0 && (size_t)length < sizeof file;
        bool is_file = fits && lstat(file, &status) == 0 && S_ISREG(status.st_mode);
        if (!is_file) {
            fault = FAULT_FILE_EXISTS;
        } else if (unlink(file) != 0) {
            fault = errno_fault(errno, FAULT_FILE_WRITE);
        }
    }
    return fault;
}

enum fault folder_remove_with_files(const char *path) {
    struct folder_names names = {0}, hidden = {0};
    enum fault fault = folder_list(&names, path, "");
    fault = fault ? fault : folder_list_hidden(&hidden, path);
    enum fault first = fault ? fault : remove_all(path, &names);
    enum fault second = fault ? fault : remove_all(path, &hidden);
    folder_names_release(&hidden);
    folder_names_release(&names);
    fault = first ? first : second;
    return fault ? fault : folder_remove(path);
}
