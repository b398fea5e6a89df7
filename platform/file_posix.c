/* SPDX-License-Identifier: Apache-2.0 */
#include "file.h"

#include "errno_fault.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, SUFFIX_BYTES = 8 };

/* O_NONBLOCK so that a pipe put in a file's place cannot make us wait for ever. */
static enum fault open_regular(int *out, off_t *size, const char *path, int flags, enum fault otherwise) {
    struct stat status;
    int handle = (int)TEMP_FAILURE_RETRY(open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
    *out = -1;
    if (handle < 0) {
        return errno_fault(errno, otherwise);
    }
    if (fstat(handle, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(handle);
        return otherwise;
    }
    *out = handle;
    *size = status.st_size;
    return FAULT_NONE;
}

/* Closing never decides anything here: what matters was fsynced before. */
static void close_quietly(int handle) {
    if (handle >= 0) {
        close(handle);
    }
}

static enum fault write_all(int handle, struct bytes content) {
    size_t done = 0;
    while (done < content.size) {
        size_t left = content.size - done;
        ssize_t written = TEMP_FAILURE_RETRY(write(handle, content.data + done, left < CHUNK ? left : CHUNK));
        if (written < 0) {
            return errno_fault(errno, FAULT_FILE_WRITE);
        }
        if (written == 0) {
            return FAULT_FILE_WRITE;
        }
        done += (size_t)written;
    }
    return FAULT_NONE;
}

/* Reads up to `size` bytes; *got is less only at the end of the file. */
static enum fault read_some(int handle, uint8_t *data, size_t size, size_t *got) {
    *got = 0;
    while (*got < size) {
        ssize_t count = TEMP_FAILURE_RETRY(read(handle, data + *got, size - *got));
        if (count < 0) {
            return errno_fault(errno, FAULT_FILE_READ);
        }
        if (count == 0) {
            break;
        }
        *got += (size_t)count;
    }
    return FAULT_NONE;
}

/*
 * After an fsync error the page may be dropped and marked clean: never asked a second time. An interruption
 * is no such error: nothing was dropped, the waiting was.
 */
static enum fault sync_handle(int handle) {
    return TEMP_FAILURE_RETRY(fsync(handle)) == 0 ? FAULT_NONE : errno_fault(errno, FAULT_FILE_WRITE);
}

static enum fault sync_folder_of(const char *path) {
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int length = slash == path   ? snprintf(folder, sizeof folder, "/")
                 : slash == NULL ? snprintf(folder, sizeof folder, ".")
                                 : snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
    if (length < 0 || (size_t)length >= sizeof folder) {
        return FAULT_FILE_WRITE;
    }
    int handle = (int)TEMP_FAILURE_RETRY(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (handle < 0) {
        return errno_fault(errno, FAULT_FILE_WRITE);
    }
    /* EINVAL: this file system has no such thing for folders; then nothing more can be asked of it. */
    enum fault fault = TEMP_FAILURE_RETRY(fsync(handle)) == 0 || errno == EINVAL
                           ? FAULT_NONE
                           : errno_fault(errno, FAULT_FILE_WRITE);
    close_quietly(handle);
    return fault;
}

/* Some files are secret, and nobody else knows of this copy. */
static void forget_chunk(uint8_t *chunk) {
    if (chunk) {
        explicit_bzero(chunk, CHUNK);
    }
    free(chunk);
}

enum fault file_read(struct bytes_buffer *out, const char *path, size_t limit) {
    int handle = -1;
    off_t size = 0;
    size_t left = limit;
    uint8_t *chunk = NULL;
    /* The time of reading is nobody's business; who does not own the file cannot ask for that. */
    enum fault fault = open_regular(&handle, &size, path, O_RDONLY | O_NOATIME, FAULT_FILE_READ);
    if (fault && fault != FAULT_FILE_MISSING) {
        fault = open_regular(&handle, &size, path, O_RDONLY, FAULT_FILE_READ);
    }
    if (fault) {
        goto done;
    }
    if ((uintmax_t)size > limit) {
        fault = FAULT_FILE_TOO_LARGE;
        goto done;
    }
    chunk = malloc(CHUNK);
    if (!chunk) {
        fault = FAULT_MEMORY;
        goto done;
    }
    /* The size asked for above may be out of date by now, so one byte more than the limit is asked for. */
    for (size_t got = CHUNK; !fault && got == CHUNK;) {
        fault = read_some(handle, chunk, CHUNK, &got);
        if (!fault && got > left) {
            fault = FAULT_FILE_TOO_LARGE;
        }
        if (!fault) {
            bytes_put(out, chunk, got);
            left -= got;
            fault = out->fault;
        }
    }

done:
    forget_chunk(chunk);
    close_quietly(handle);
    if (fault) {
        bytes_buffer_release(out);
    }
    return fault;
}

enum fault file_map(struct bytes *out, const char *path, size_t limit) {
    int handle = -1;
    off_t size = 0;
    *out = (struct bytes){0};
    enum fault fault = open_regular(&handle, &size, path, O_RDONLY, FAULT_FILE_READ);
    if (!fault && (uintmax_t)size > limit) {
        fault = FAULT_FILE_TOO_LARGE;
    }
    if (!fault && size == 0) {
        fault = FAULT_TRUNCATED;
    }
    void *content = fault ? MAP_FAILED : mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, handle, 0);
    if (!fault && content == MAP_FAILED) {
        fault = errno_fault(errno, FAULT_FILE_READ);
    }
    if (!fault) {
        *out = (struct bytes){content, (size_t)size};
    }
    close_quietly(handle);
    return fault;
}

void file_unmap(struct bytes *mapped) {
    if (mapped->size > 0) {
        munmap((void *)mapped->data, mapped->size);
    }
    *mapped = (struct bytes){0};
}

/* Gives `path` with its last component made hidden and unique. */
static enum fault unfinished_name(char out[PATH_MAX], const char *path) {
    uint8_t random[SUFFIX_BYTES];
    char hex[2 * SUFFIX_BYTES + 1];
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (TEMP_FAILURE_RETRY(getrandom(random, sizeof random, 0)) != (ssize_t)sizeof random) {
        return FAULT_FILE_WRITE;
    }
    for (size_t i = 0; i < sizeof random; i++) {
        (void)snprintf(hex + 2 * i, 3, "%02x", random[i]);
    }
    /* Not the whole name: it may already be as long as the file system allows. */
    int length = snprintf(out, PATH_MAX, "%.*s.%.100s.%s.part", (int)(name - path), path, name, hex);
    return length > 0 && length < PATH_MAX ? FAULT_NONE : FAULT_FILE_WRITE;
}

_Static_assert(PATH_MAX == FILE_SCRATCH_SIZE, "a path has room");
enum fault file_scratch(char out[FILE_SCRATCH_SIZE], const char *path) {
    return unfinished_name(out, path);
}

static enum fault same_content(bool *same, int handle, struct bytes content) {
    uint8_t *chunk = malloc(CHUNK);
    size_t at = 0;
    enum fault fault = chunk ? FAULT_NONE : FAULT_MEMORY;
    *same = true;
    for (size_t got = CHUNK; !fault && *same && got == CHUNK;) {
        fault = read_some(handle, chunk, CHUNK, &got);
        *same =
            !fault && got <= content.size - at && (got == 0 || memcmp(chunk, content.data + at, got) == 0);
        at += got;
    }
    *same = *same && !fault && at == content.size;
    forget_chunk(chunk);
    return fault;
}

/* Asks the kernel to forget its copy first, so that the comparison reaches the medium where that is possible.
 */
static enum fault read_back(int handle, struct bytes content) {
    bool same = false;
    (void)posix_fadvise(handle, 0, 0, POSIX_FADV_DONTNEED);
    if (lseek(handle, 0, SEEK_SET) != 0) {
        return FAULT_FILE_WRITE;
    }
    enum fault fault = same_content(&same, handle, content);
    if (fault == FAULT_MEMORY) {
        return fault;
    }
    return fault || !same ? FAULT_FILE_WRITE : FAULT_NONE;
}

static enum fault write_unfinished(const char *unfinished, struct bytes content,
                                   enum file_audience audience) {
    int handle =
        (int)TEMP_FAILURE_RETRY(open(unfinished, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (handle < 0) {
        return errno_fault(errno, FAULT_FILE_WRITE);
    }
    if (audience == FILE_SHARED) {
        /* A stick with FAT has no permissions to set and says so with an error that changes nothing. */
        int ignored = fchmod(handle, 0644);
        (void)ignored;
    }
    enum fault fault = write_all(handle, content);
    if (!fault) {
        fault = sync_handle(handle);
    }
    if (!fault) {
        fault = read_back(handle, content);
    }
    close_quietly(handle);
    if (fault) {
        unlink(unfinished);
    }
    return fault;
}

/*
 * After a rename FAT knows the new name, and how long the file is only when the file is flushed once more: a
 * stick that is pulled out before has an empty file there.
 */
static enum fault sync_renamed(const char *path) {
    int handle = (int)TEMP_FAILURE_RETRY(open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    enum fault fault = handle < 0 ? errno_fault(errno, FAULT_FILE_WRITE) : sync_handle(handle);
    close_quietly(handle);
    return fault ? fault : sync_folder_of(path);
}

static enum fault finish(const char *unfinished, const char *path, bool replace) {
    int result = renameat2(AT_FDCWD, unfinished, AT_FDCWD, path, replace ? 0 : RENAME_NOREPLACE);
    if (result != 0 && !replace && (errno == EINVAL || errno == ENOSYS)) {
        /* Some file systems cannot promise it; then a look beforehand is the best there is. */
        if (file_exists(path)) {
            errno = EEXIST;
        } else {
            result = rename(unfinished, path);
        }
    }
    if (result != 0) {
        enum fault fault = errno_fault(errno, FAULT_FILE_WRITE);
        unlink(unfinished);
        return fault;
    }
    return sync_renamed(path);
}

/* A folder has no content to be replaced, and a link or device must not silently become a file. */
static enum fault check_replaceable(const char *path) {
    return file_is_obstacle(path) ? FAULT_FILE_WRITE : FAULT_NONE;
}

enum fault file_put(const char *made, const char *path) {
    enum fault fault = check_replaceable(path);
    if (fault) {
        return fault;
    }
    return rename(made, path) == 0 ? sync_renamed(path) : errno_fault(errno, FAULT_FILE_WRITE);
}

enum fault file_write(const char *path, struct bytes content, enum file_audience audience) {
    char unfinished[PATH_MAX];
    enum fault fault = check_replaceable(path);
    if (!fault) {
        fault = unfinished_name(unfinished, path);
    }
    if (!fault) {
        fault = write_unfinished(unfinished, content, audience);
    }
    if (!fault) {
        fault = finish(unfinished, path, true);
    }
    return fault;
}

/* FAULT_FILE_EXISTS unless the file at `path` is exactly this; then makes sure of it on the medium. */
static enum fault accept_existing(const char *path, struct bytes content) {
    int handle = -1;
    off_t size = 0;
    bool same = false;
    enum fault fault = open_regular(&handle, &size, path, O_RDONLY, FAULT_FILE_EXISTS);
    if (!fault) {
        fault = same_content(&same, handle, content);
    }
    if (!fault && !same) {
        fault = FAULT_FILE_EXISTS;
    }
    if (!fault) {
        fault = sync_handle(handle);
    }
    close_quietly(handle);
    return fault ? fault : sync_folder_of(path);
}

/* What a pulled-out stick leaves of a file (sync_renamed). Nobody misses it. */
static bool is_emptied(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 0;
}

enum fault file_write_new(const char *path, struct bytes content, enum file_audience audience) {
    char unfinished[PATH_MAX];
    bool emptied = is_emptied(path);
    if (!emptied && file_exists(path)) {
        return accept_existing(path, content);
    }
    enum fault fault = unfinished_name(unfinished, path);
    if (!fault) {
        fault = write_unfinished(unfinished, content, audience);
    }
    if (!fault) {
        fault = finish(unfinished, path, emptied);
    }
    return fault == FAULT_FILE_EXISTS ? accept_existing(path, content) : fault;
}

enum fault file_append(const char *path, struct bytes content) {
    int handle = -1;
    off_t size = 0;
    enum fault fault = open_regular(&handle, &size, path, O_WRONLY | O_APPEND | O_CREAT, FAULT_FILE_WRITE);
    if (fault) {
        return fault;
    }
    fault = write_all(handle, content);
    if (!fault) {
        fault = sync_handle(handle);
    }
    if (fault && TEMP_FAILURE_RETRY(ftruncate(handle, size)) == 0) {
        (void)TEMP_FAILURE_RETRY(fsync(handle));
    }
    close_quietly(handle);
    /* The name may be new, also when an earlier, interrupted call made the file. */
    return fault ? fault : sync_folder_of(path);
}

enum fault file_cut(const char *path, size_t size) {
    int handle = -1;
    off_t current = 0;
    enum fault fault = open_regular(&handle, &current, path, O_WRONLY, FAULT_FILE_WRITE);
    if (!fault && (uintmax_t)current < size) {
        fault = FAULT_FILE_WRITE;
    }
    if (!fault && TEMP_FAILURE_RETRY(ftruncate(handle, (off_t)size)) != 0) {
        fault = errno_fault(errno, FAULT_FILE_WRITE);
    }
    if (!fault) {
        fault = sync_handle(handle);
    }
    close_quietly(handle);
    return fault;
}

static enum fault overwrite_randomly(int handle, off_t size) {
    uint8_t *chunk = malloc(CHUNK);
    enum fault fault = chunk ? FAULT_NONE : FAULT_MEMORY;
    while (!fault && size > 0) {
        ssize_t got = TEMP_FAILURE_RETRY(getrandom(chunk, size < CHUNK ? (size_t)size : CHUNK, 0));
        if (got > 0) {
            fault = write_all(handle, (struct bytes){chunk, (size_t)got});
            size -= got;
        } else {
            fault = FAULT_FILE_WRITE;
        }
    }
    free(chunk);
    return fault ? fault : sync_handle(handle);
}

enum fault file_destroy(const char *path) {
    int handle = -1;
    off_t size = 0;
    enum fault fault = open_regular(&handle, &size, path, O_WRONLY, FAULT_FILE_WRITE);
    if (!fault) {
        fault = overwrite_randomly(handle, size);
    }
    if (!fault && TEMP_FAILURE_RETRY(ftruncate(handle, 0)) != 0) {
        fault = errno_fault(errno, FAULT_FILE_WRITE);
    }
    if (!fault) {
        fault = sync_handle(handle);
    }
    close_quietly(handle);
    return fault ? fault : file_remove(path);
}

enum fault file_remove(const char *path) {
    if (unlink(path) != 0) {
        return errno_fault(errno, FAULT_FILE_WRITE);
    }
    return sync_folder_of(path);
}

bool file_exists(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0;
}

bool file_is_obstacle(const char *path) {
    struct stat status;
    return lstat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

enum fault file_lock_take(struct file_lock *lock, const char *path) {
    int handle = -1;
    off_t size = 0;
    *lock = (struct file_lock){0};
    enum fault fault = open_regular(&handle, &size, path, O_RDWR | O_CREAT, FAULT_FILE_WRITE);
    if (fault) {
        return fault;
    }
    if (flock(handle, LOCK_EX | LOCK_NB) != 0) {
        fault = errno == EWOULDBLOCK ? FAULT_BUSY : FAULT_FILE_WRITE;
        close_quietly(handle);
        return fault;
    }
    lock->handle = handle + 1;
    return FAULT_NONE;
}

void file_lock_release(struct file_lock *lock) {
    if (lock->handle > 0) {
        close_quietly(lock->handle - 1);
    }
    *lock = (struct file_lock){0};
}
