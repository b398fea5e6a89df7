/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_media.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "platform/file.h"

enum { PATH_SIZE = 4096, WAV_HEAD = 12 };

enum fault author_media_in_folder(void *context, uint8_t out[DIGEST_BYTES], const char *name) {
    char path[PATH_SIZE];
    struct bytes_buffer content = {0};
    int size = snprintf(path, sizeof path, "%s/%s", (const char *)context, name);
    if (size < 0 || size >= PATH_SIZE) {
        return FAULT_FILE_MISSING;
    }
    enum fault fault = file_read(&content, path, AUTHOR_MEDIA_BYTES);
    if (!fault && (content.size < WAV_HEAD || memcmp(content.data, "RIFF", 4) != 0 ||
                   memcmp(content.data + 8, "WAVE", 4) != 0)) {
        fault = FAULT_MAGIC;
    }
    if (!fault) {
        crypto_generichash_blake2b(out, DIGEST_BYTES, content.data, content.size, NULL, 0);
    }
    bytes_buffer_release(&content);
    return fault;
}
