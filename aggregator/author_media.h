/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_MEDIA_H
#define AUTHOR_MEDIA_H

#include <stdbool.h>

#include "core/digest.h"

/* Where the compiler looks up the recordings that a sheet names. */
struct author_media {
    /*
     * BLAKE2b-256 of the whole file `name` (letters, digits, "_-.", ends in .wav). Faults of recording_decode
     * when a kiosk would not play it, FAULT_FILE_MISSING and the other faults of file_read, FAULT_MEMORY.
     */
    enum fault (*digest)(void *context, uint8_t out[DIGEST_BYTES], const char *name);
    void *context;
    bool
        by_name; /* a text whose cell is empty has the recording that is named after it (speak.h), if it is there */
};

/* A folder on disk: `context` is its path, zero-terminated. */
enum fault author_media_in_folder(void *context, uint8_t out[DIGEST_BYTES], const char *name);

#endif
