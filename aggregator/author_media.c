/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_media.h"

#include <stdio.h>

#include "core/recording.h"
#include "platform/file.h"

enum { PATH_SIZE = 4096 };

enum fault author_media_in_folder(void *context, uint8_t out[DIGEST_BYTES], const char *name) {
    char path[PATH_SIZE];
    struct bytes_buffer content = {0};
    struct recording recording;
    int size = snprintf(path, sizeof path, "%s/%s", (const char *)context, name);
    if (size < 0 || size >= PATH_SIZE) {
        return FAULT_FILE_MISSING;
    }
    enum fault fault = file_read(&content, path, RECORDING_BYTES_LIMIT);
    if (!fault) {
        fault = recording_decode(&recording, bytes_buffer_view(&content));
    }
    if (!fault) {
        recording_digest(out, bytes_buffer_view(&content));
    }
    bytes_buffer_release(&content);
    return fault;
}
