/* SPDX-License-Identifier: Apache-2.0 */
#ifndef VECTOR_FILE_H
#define VECTOR_FILE_H

/*
 * Files of tests/vectors and the like. Include after check.h. Any failure to read ends the test.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/bytes.h"

/*
 * The whole file, `path` seen from the top of the repository. The caller releases `out`, which starts zeroed.
 */
static inline void vector_file_read(struct bytes_buffer *out, const char *path) {
    char full[1024];
    uint8_t chunk[4096];
    snprintf(full, sizeof full, "%s/%s", TEST_SOURCE_FOLDER, path);
    FILE *file = fopen(full, "rb");
    if (!file) {
        fail_msg("cannot read %s", full);
        return;
    }
    for (size_t size; (size = fread(chunk, 1, sizeof chunk, file)) > 0;) {
        bytes_put(out, chunk, size);
    }
    fclose(file);
    assert_int_equal(out->fault, FAULT_NONE);
}

/* One line of index.tsv in a folder of vectors: a file and what is expected of it. */
struct vector_file_line {
    char name[128];
    char expected[2][64];
};

/* Calls `look` for every line of `folder`/index.tsv; gives how many there were. */
static inline size_t vector_file_each(const char *folder, void (*look)(const struct vector_file_line *line,
                                                                       struct bytes content)) {
    struct bytes_buffer index = {0};
    char path[256];
    size_t count = 0;
    snprintf(path, sizeof path, "%s/index.tsv", folder);
    vector_file_read(&index, path);
    bytes_put_u8(&index, 0);
    for (char *at = (char *)index.data; *at; count++) {
        struct vector_file_line line = {{0}, {{0}}};
        size_t size = strcspn(at, "\n");
        char text[512] = {0};
        memcpy(text, at, size < sizeof text ? size : sizeof text - 1);
        at += size + (at[size] == '\n');
        assert_true(sscanf(text, "%127s\t%63s\t%63s", line.name, line.expected[0], line.expected[1]) >= 2);
        struct bytes_buffer content = {0};
        snprintf(path, sizeof path, "%s/%s", folder, line.name);
        vector_file_read(&content, path);
        look(&line, bytes_buffer_view(&content));
        bytes_buffer_release(&content);
    }
    bytes_buffer_release(&index);
    return count;
}

#endif
