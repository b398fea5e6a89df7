/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/xlsx_zip.h"

#include <zip.h>

enum { CHUNK = 16384 };

enum fault xlsx_zip_open(struct xlsx_zip *out, struct bytes content) {
    zip_error_t error;
    *out = (struct xlsx_zip){0};
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(content.data, content.size, 0, &error);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    bool memory = zip_error_code_zip(&error) == ZIP_ER_MEMORY;
    zip_error_fini(&error);
    if (!archive) {
        zip_source_free(source);
        return memory ? FAULT_MEMORY : FAULT_MAGIC;
    }
    if (zip_get_num_entries(archive, 0) > XLSX_ZIP_PARTS) {
        zip_discard(archive);
        return FAULT_LIMIT;
    }
    out->archive = archive;
    return FAULT_NONE;
}

void xlsx_zip_close(struct xlsx_zip *zip) {
    if (zip->archive) {
        zip_discard(zip->archive);
    }
    *zip = (struct xlsx_zip){0};
}

/* Reads to the end, for libzip compares the checksum there. */
static enum fault unpack(struct xlsx_zip *zip, struct bytes_buffer *out, zip_file_t *file) {
    uint8_t chunk[CHUNK];
    for (;;) {
        zip_int64_t size = zip_fread(file, chunk, sizeof chunk);
        if (size < 0) {
            return FAULT_FILE_READ;
        }
        if (size == 0) {
            return FAULT_NONE;
        }
        zip->read += (size_t)size;
        if (out->size + (size_t)size > XLSX_ZIP_PART_BYTES || zip->read > XLSX_ZIP_BYTES) {
            return FAULT_FILE_TOO_LARGE;
        }
        bytes_put(out, chunk, (size_t)size);
        if (out->fault) {
            return out->fault;
        }
    }
}

static enum fault read_part(void *context, struct bytes_buffer *out, const char *name) {
    struct xlsx_zip *zip = context;
    zip_int64_t at = zip_name_locate(zip->archive, name, ZIP_FL_ENC_GUESS);
    if (at < 0) {
        return FAULT_FILE_MISSING;
    }
    zip_file_t *file = zip_fopen_index(zip->archive, (zip_uint64_t)at, 0);
    if (!file) {
        return FAULT_FILE_READ;
    }
    enum fault fault = unpack(zip, out, file);
    zip_fclose(file);
    return fault;
}

struct xlsx_parts xlsx_zip_parts(struct xlsx_zip *zip) {
    return (struct xlsx_parts){read_part, zip};
}
