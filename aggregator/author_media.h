/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_MEDIA_H
#define AUTHOR_MEDIA_H

#include "core/digest.h"

/* Where the compiler looks up the recordings that a sheet names. */
struct author_media {
    /*
     * BLAKE2b-256 of the whole file `name` (letters, digits, "_-.", ends in .wav). FAULT_MAGIC when it is no
     * WAV file, FAULT_FILE_TOO_LARGE, FAULT_FILE_MISSING and the other faults of file_read, FAULT_MEMORY.
     */
    enum fault (*digest)(void *context, uint8_t out[DIGEST_BYTES], const char *name);
    void *context;
};

enum { AUTHOR_MEDIA_BYTES = 16 << 20 };

/* A folder on disk: `context` is its path, zero-terminated. At most AUTHOR_MEDIA_BYTES a file. */
enum fault author_media_in_folder(void *context, uint8_t out[DIGEST_BYTES], const char *name);

#endif
