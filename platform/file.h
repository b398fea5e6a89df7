/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/bytes.h"
#include "core/fault.h"

/*
 * Whole files, in and out, so that a power cut or a full stick never leaves half of one.
 *
 * Paths are UTF-8 and zero-terminated. The last component is never followed when it is a symbolic link. Only
 * regular files are read, written, appended to or destroyed: a folder, a device or a pipe is FAULT_FILE_READ
 * when reading and FAULT_FILE_WRITE otherwise. Content that is secret must be encrypted before it comes here.
 *
 * Faults that every function may give where they apply:
 *   FAULT_FILE_MISSING   the file, or the folder it should be in, does not exist
 *   FAULT_FILE_READ      it cannot be opened or read (permission, input error)
 *   FAULT_FILE_WRITE     it cannot be written, or the medium does not give back what was written
 *   FAULT_DISK_FULL      no space or no quota left
 *   FAULT_READ_ONLY      the file system is mounted read-only
 *   FAULT_MEMORY         none left
 */

/* Who may read what is written, whatever the umask: only this user, or everybody on this machine. */
enum file_audience { FILE_PRIVATE, FILE_SHARED };

/*
 * Reads a whole file into `out`, which must be zeroed or released and is released by the caller; empty after
 * a fault. FAULT_FILE_TOO_LARGE when it holds more than `limit` bytes (nothing beyond the limit is read). The
 * time of last reading that the file keeps stays as it was, when the file is this user's.
 */
enum fault file_read(struct bytes_buffer *out, const char *path, size_t limit) FAULT_MUST_CHECK;

/*
 * Looks at a whole file without reading it: bytes come when they are looked at, and no time of that is kept
 * in the file. Only for files that are replaced and never changed in place, as installed ones are. *out is
 * empty after a fault, and given back with file_unmap. FAULT_FILE_TOO_LARGE; an empty file is
 * FAULT_TRUNCATED.
 */
enum fault file_map(struct bytes *out, const char *path, size_t limit) FAULT_MUST_CHECK;
void file_unmap(struct bytes *mapped); /* accepts empty ones, leaves it empty */

/*
 * Writes `content` under `path`, replacing what was there: new file under a hidden name in the same folder,
 * write, fsync, read back and compare, rename, fsync of the file under its new name and of the folder. After
 * a fault the old file (or its absence) is untouched and nothing else is left behind, with one exception:
 * when only a final fsync fails, the new file is there in full but its name may not outlive a power cut,
 * which is FAULT_FILE_WRITE too; writing again is then harmless. A process that is killed in the middle
 * leaves the hidden file (".name.<random>.part") behind, which nothing ever reads.
 */
enum fault file_write(const char *path, struct bytes content, enum file_audience audience) FAULT_MUST_CHECK;

/*
 * The same, but never replaces: FAULT_FILE_EXISTS when `path` already holds anything but exactly `content`,
 * or an empty file: that is what FAT makes of one when the stick is pulled out between the rename and the
 * last flush.
 * The same content is success, so that a step that was cut short may simply be done again.
 */
enum fault file_write_new(const char *path, struct bytes content,
                          enum file_audience audience) FAULT_MUST_CHECK;

/*
 * Puts the file `made`, which file_write wrote, in the place `path` on the same file system, in one step and
 * durably; what was there is replaced. FAULT_FILE_MISSING without `made`; after a fault it may still be
 * there.
 */
enum fault file_put(const char *made, const char *path) FAULT_MUST_CHECK;

/*
 * Adds `content` at the end of a private file, made when missing; on stable storage when it returns
 * FAULT_NONE. After a fault the file has its old length again where the system still allows that; a torn tail
 * after a power cut is for the format to recognise. Two writers must exclude each other with file_lock_take.
 */
enum fault file_append(const char *path, struct bytes content) FAULT_MUST_CHECK;

/*
 * Cuts a file back to its first `size` bytes, durably; for a format that found a torn tail. FAULT_FILE_WRITE
 * when it is shorter than `size`.
 */
enum fault file_cut(const char *path, size_t size) FAULT_MUST_CHECK;

/*
 * Overwrites a file once with random bytes, fsyncs, empties and unlinks it, and fsyncs the folder. Flash
 * media and journals may keep copies: destroying what the file was encrypted with is the guarantee, this is
 * the courtesy. FAULT_FILE_MISSING when it is already gone.
 */
enum fault file_destroy(const char *path) FAULT_MUST_CHECK;

/* Removes a file durably without overwriting it. FAULT_FILE_MISSING when it is already gone. */
enum fault file_remove(const char *path) FAULT_MUST_CHECK;

/*
 * A name for a file that somebody else's library has to write itself: hidden, unique, in the folder of
 * `path`, so that what is read from it can then be written under `path` with file_write. Nothing is made. The
 * caller removes it.
 * FAULT_FILE_WRITE.
 */
enum { FILE_SCRATCH_SIZE = 4096 };
enum fault file_scratch(char out[FILE_SCRATCH_SIZE], const char *path) FAULT_MUST_CHECK;

/* True when the path names anything at all, a dangling symbolic link included. */
bool file_exists(const char *path);

/* True when the path names what no file replaces: a folder, a device, a pipe or a symbolic link. */
bool file_is_obstacle(const char *path);

/* One program at a time. A zeroed lock is not held. */
struct file_lock {
    int handle; /* the system's handle plus one; 0 when not held */
};

/*
 * Takes the lock that the file `path` stands for; the file is made when missing, stays empty and stays
 * behind. FAULT_BUSY when another process holds it. The lock ends with file_lock_release or with the process.
 */
enum fault file_lock_take(struct file_lock *lock, const char *path) FAULT_MUST_CHECK;
void file_lock_release(struct file_lock *lock); /* accepts zeroed and released ones */

#endif
