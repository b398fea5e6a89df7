/* SPDX-License-Identifier: Apache-2.0 */
#include "report_folder.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "handover_folder.h"
#include "keyholder.h"
#include "platform/file.h"

#define MANIFEST "manifest.txt"

enum { HEX = 2 * DIGEST_BYTES, GAP = 2, FILE_LIMIT = 64 << 20 };

/* The line of a file in a manifest: its digest, two spaces, its name. NULL when it has none. */
static const char *line_of(struct bytes manifest, const char *name) {
    size_t size = strlen(name);
    const char *at = (const char *)manifest.data, *end = at + manifest.size;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        if ((size_t)(stop - at) == HEX + GAP + size && memcmp(at + HEX + GAP, name, size) == 0) {
            return at;
        }
        at = stop + 1;
    }
    return NULL;
}

static enum fault is_ours(bool *ours, struct bytes manifest, const char *folder, const char *name) {
    char path[KEYHOLDER_PATH_SIZE], hex[HEX + 1];
    uint8_t digest[DIGEST_BYTES];
    struct bytes_buffer content = {0};
    const char *line = line_of(manifest, name);
    *ours = strcmp(name, MANIFEST) == 0 && manifest.size > 0;
    if (!line) {
        return FAULT_NONE;
    }
    enum fault fault = keyholder_path(path, folder, name);
    fault = fault ? fault : file_read(&content, path, FILE_LIMIT);
    if (!fault) {
        (void)crypto_generichash(digest, sizeof digest, content.data, content.size, NULL, 0);
        digest_hex(hex, digest, DIGEST_BYTES);
        *ours = memcmp(line, hex, HEX) == 0;
    }
    bytes_buffer_release(&content);
    /* Too large or no file at all: not what we wrote. */
    return fault == FAULT_MEMORY ? fault : FAULT_NONE;
}

static enum fault check_names(char in_the_way[REPORT_FOLDER_NAME], struct bytes manifest, const char *path,
                              const struct folder_names *names) {
    for (size_t i = 0; i < names->count; i++) {
        bool ours = false;
        enum fault fault = is_ours(&ours, manifest, path, names->names[i]);
        if (fault || !ours) {
            (void)snprintf(in_the_way, REPORT_FOLDER_NAME, "%s", names->names[i]);
            return fault ? fault : FAULT_FILE_EXISTS;
        }
    }
    return FAULT_NONE;
}

enum fault report_folder_check(char in_the_way[REPORT_FOLDER_NAME], const char *path) {
    char manifest_path[KEYHOLDER_PATH_SIZE];
    struct bytes_buffer manifest = {0};
    struct folder_names names = {0}, hidden = {0};
    in_the_way[0] = '\0';
    if (!file_exists(path)) {
        return FAULT_NONE;
    }
    enum fault fault = folder_is_around_us(path) ? FAULT_FILE_EXISTS : FAULT_NONE;
    fault = fault ? fault : folder_list(&names, path, "");
    fault = fault ? fault : folder_list_hidden(&hidden, path);
    fault = fault ? fault : keyholder_path(manifest_path, path, MANIFEST);
    if (!fault) {
        fault = file_read(&manifest, manifest_path, FILE_LIMIT);
        fault = fault == FAULT_FILE_MISSING ? FAULT_NONE : fault;
    } else if (fault == FAULT_FILE_MISSING) {
        fault = FAULT_FILE_EXISTS; /* a file has the name, not a folder */
    }
    fault = fault ? fault : check_names(in_the_way, bytes_buffer_view(&manifest), path, &names);
    fault = fault ? fault : check_names(in_the_way, bytes_buffer_view(&manifest), path, &hidden);
    bytes_buffer_release(&manifest);
    folder_names_release(&hidden);
    folder_names_release(&names);
    return fault;
}

bool report_folder_is_handover(const char *name) {
    return strcmp(name, HANDOVER_FOLDER_TABLE) == 0 || strcmp(name, HANDOVER_FOLDER_PAGE) == 0;
}

bool report_folder_is_report(const char *path) {
    char manifest[KEYHOLDER_PATH_SIZE];
    return keyholder_path(manifest, path, MANIFEST) == FAULT_NONE && file_exists(manifest);
}

static bool ends_so(const char *name, const char *end) {
    size_t size = strlen(name), tail = strlen(end);
    return size > tail && strcmp(name + size - tail, end) == 0;
}

void report_folder_sweep(const char *path) {
    char parent[KEYHOLDER_PATH_SIZE], prefix[REPORT_FOLDER_NAME + 2], left[KEYHOLDER_PATH_SIZE];
    struct folder_names hidden = {0};
    const char *name = strrchr(path, '/') + 1;
    (void)snprintf(parent, sizeof parent, "%.*s", (int)(name - path), path);
    (void)snprintf(prefix, sizeof prefix, ".%.100s.", name);
    enum fault fault = folder_list_hidden(&hidden, parent);
    for (size_t i = 0; !fault && i < hidden.count; i++) {
        const char *at = hidden.names[i];
        if (strncmp(at, prefix, strlen(prefix)) == 0 && (ends_so(at, ".part") || ends_so(at, ".part.old")) &&
            keyholder_path(left, parent, at) == FAULT_NONE) {
            enum fault ignored = folder_remove_with_files(left);
            ignored = ignored ? file_remove(left) : ignored;
            (void)ignored;
        }
    }
    folder_names_release(&hidden);
}

static enum fault write_into(const struct report_files *files, const char *folder) {
    char path[KEYHOLDER_PATH_SIZE];
    enum fault fault = folder_create(folder);
    for (uint16_t i = 0; !fault && i < files->count; i++) {
        fault = keyholder_path(path, folder, files->file[i].name);
        fault = fault ? fault : file_write(path, bytes_buffer_view(&files->file[i].content), FILE_SHARED);
    }
    return fault;
}

enum fault report_folder_write(const struct report_files *files, const char *path) {
    char in_the_way[REPORT_FOLDER_NAME], made[FILE_SCRATCH_SIZE];
    enum fault fault = report_folder_check(in_the_way, path);
    if (fault) {
        return fault;
    }
    report_folder_sweep(path);
    fault = file_scratch(made, path);
    if (fault) {
        return fault;
    }
    fault = write_into(files, made);
    fault = fault ? fault : folder_put(made, path);
    /* The unfinished new one after a fault, the old one after success; neither is missed. */
    if (file_exists(made)) {
        enum fault ignored = folder_remove_with_files(made);
        (void)ignored;
    }
    return fault;
}
