/* SPDX-License-Identifier: Apache-2.0 */
#include "keyholder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/secret.h"
#include "platform/folder.h"

static const char keys_name[] = "keys.kls", unfinished_name[] = "keys.next", public_name[] = "holder.klh",
                  lock_name[] = ".lock";

enum fault keyholder_path(char out[KEYHOLDER_PATH_SIZE], const char *folder, const char *name) {
    int length = snprintf(out, KEYHOLDER_PATH_SIZE, "%s/%s", folder, name);
    return length > 0 && length < KEYHOLDER_PATH_SIZE ? FAULT_NONE : FAULT_LIMIT;
}

struct keyholder *keyholder_close(struct keyholder *holder) {
    if (holder) {
        keyfile_free(holder->keys);
        file_lock_release(&holder->lock);
        free(holder);
    }
    return NULL;
}

static enum fault handle_new(struct keyholder **out, const char *folder) {
    *out = calloc(1, sizeof **out);
    if (!*out) {
        return FAULT_MEMORY;
    }
    int length = snprintf((*out)->folder, sizeof(*out)->folder, "%s", folder);
    return length > 0 && (size_t)length < sizeof(*out)->folder ? FAULT_NONE : FAULT_LIMIT;
}

static enum fault read_in(struct bytes_buffer *out, const char *folder, const char *name, size_t limit) {
    char path[KEYHOLDER_PATH_SIZE];
    enum fault fault = keyholder_path(path, folder, name);
    return fault ? fault : file_read(out, path, limit);
}

static enum fault write_in(const char *folder, const char *name, struct bytes content,
                           enum file_audience audience) {
    char path[KEYHOLDER_PATH_SIZE];
    enum fault fault = keyholder_path(path, folder, name);
    return fault ? fault : file_write(path, content, audience);
}

static bool is_in(const char *folder, const char *name) {
    char path[KEYHOLDER_PATH_SIZE];
    return keyholder_path(path, folder, name) == FAULT_NONE && file_exists(path);
}

/* Gone is what was wanted. */
static enum fault destroy_in(const char *folder, const char *name) {
    char path[KEYHOLDER_PATH_SIZE];
    enum fault fault = keyholder_path(path, folder, name);
    fault = fault ? fault : file_destroy(path);
    return fault == FAULT_FILE_MISSING ? FAULT_NONE : fault;
}

/*
 * keys.next is complete and newer: overwrite the old file, put the new one in its place, and let the helper
 * go.
 */
static enum fault take_over(const char *folder, struct bytes newer) {
    enum fault fault = destroy_in(folder, keys_name);
    if (!fault) {
        fault = write_in(folder, keys_name, newer, FILE_PRIVATE);
    }
    return fault ? fault : destroy_in(folder, unfinished_name);
}

/* A replacement that was cut short. What is in keys.next was written whole, or it would not have its name. */
static enum fault finish_replacement(const char *folder) {
    struct bytes_buffer newer = {0};
    if (!is_in(folder, unfinished_name)) {
        return FAULT_NONE;
    }
    enum fault fault = read_in(&newer, folder, unfinished_name, KEYFILE_BYTES);
    struct keyfile_header header;
    if (!fault) {
        fault = keyfile_header_decode(&header, bytes_buffer_view(&newer));
    }
    if (!fault) {
        fault = take_over(folder, bytes_buffer_view(&newer));
    }
    bytes_buffer_release(&newer);
    return fault;
}

/*
 * A plain rename would leave the old wrapped secrets lying in free blocks, so the old file is overwritten
 * where it lies; keys.next makes that safe to be cut short at any step.
 */
static enum fault save_keys(const struct keyholder *holder) {
    struct bytes_buffer content = {0};
    enum fault fault = keyfile_encode(&content, holder->keys);
    if (!fault) {
        fault = write_in(holder->folder, unfinished_name, bytes_buffer_view(&content), FILE_PRIVATE);
    }
    if (!fault) {
        fault = take_over(holder->folder, bytes_buffer_view(&content));
    }
    bytes_buffer_release(&content);
    return fault;
}

static enum fault encode_public(struct bytes_buffer *out, struct keyfile *keys) {
    struct holder holder = {0};
    const struct keyfile_entry *entry = keyfile_next(keys) ? keyfile_next(keys) : keyfile_latest(keys);
    if (!entry) {
        return FAULT_KEY_INVALID;
    }
    memcpy(holder.name, keys->name, sizeof holder.name);
    memcpy(holder.sign_key, keys->sign_key, sizeof holder.sign_key);
    memcpy(holder.box_key, entry->public_key, sizeof holder.box_key);
    return holder_encode(out, &holder, keys->sign_secret);
}

/* Writes holder.klh unless it is already as it should be, so that a write-protected stick can be read. */
static enum fault save_public(const struct keyholder *holder) {
    struct bytes_buffer content = {0}, present = {0};
    enum fault fault = encode_public(&content, holder->keys);
    if (!fault && (read_in(&present, holder->folder, public_name, HOLDER_BYTES_LIMIT) != FAULT_NONE ||
                   present.size != content.size || memcmp(present.data, content.data, content.size) != 0)) {
        fault = write_in(holder->folder, public_name, bytes_buffer_view(&content), FILE_SHARED);
    }
    bytes_buffer_release(&content);
    bytes_buffer_release(&present);
    return fault;
}

enum fault keyholder_save(struct keyholder *holder) {
    enum fault fault = save_keys(holder);
    return fault ? fault : save_public(holder);
}

/* keys.kls must not be there: a second program making the same folder loses here. */
static enum fault save_first(const struct keyholder *holder) {
    char path[KEYHOLDER_PATH_SIZE];
    struct bytes_buffer content = {0};
    enum fault fault = keyholder_path(path, holder->folder, keys_name);
    if (!fault) {
        fault = keyfile_encode(&content, holder->keys);
    }
    if (!fault) {
        fault = file_write_new(path, bytes_buffer_view(&content), FILE_PRIVATE);
    }
    bytes_buffer_release(&content);
    return fault;
}

static enum fault check_empty(const char *folder) {
    struct folder_names names = {0};
    enum fault fault = folder_list(&names, folder, "");
    if (!fault && names.count) {
        fault = FAULT_FILE_EXISTS;
    }
    folder_names_release(&names);
    return fault;
}

enum fault keyholder_check_free(const char *folder) {
    return file_exists(folder) ? check_empty(folder) : FAULT_NONE;
}

struct keyholder *keyholder_discard(struct keyholder *holder) {
    if (holder) {
        (void)destroy_in(holder->folder, public_name);
        (void)destroy_in(holder->folder, keys_name);
        (void)remove(holder->folder);
    }
    return keyholder_close(holder);
}

/* In a folder that is there and empty: all of it, or nothing. */
static enum fault fill(struct keyholder *holder) {
    enum fault fault = save_first(holder);
    if (fault) {
        return fault;
    }
    fault = save_public(holder);
    if (fault) {
        (void)destroy_in(holder->folder, public_name);
        (void)destroy_in(holder->folder, keys_name);
    }
    return fault;
}

static enum fault fill_folder(struct keyholder *holder) {
    bool was_there = file_exists(holder->folder);
    enum fault fault = folder_create(holder->folder);
    if (!fault) {
        fault = check_empty(holder->folder);
    }
    if (!fault) {
        fault = fill(holder);
    }
    if (fault && !was_there) {
        (void)remove(holder->folder); /* empty again; else it stays */
    }
    return fault;
}

enum fault keyholder_create(struct keyholder **out, const char *folder, const char *name,
                            enum keyfile_kdf kdf, const char *passphrase) {
    enum fault fault = handle_new(out, folder);
    if (!fault) {
        fault = keyholder_check_free(folder); /* before the slow part */
    }
    if (!fault) {
        fault = keyfile_new(&(*out)->keys, name, NULL, kdf, passphrase);
    }
    if (!fault) {
        fault = keyfile_add((*out)->keys, NULL);
    }
    if (!fault) {
        fault = fill_folder(*out);
    }
    if (fault) {
        *out = keyholder_close(*out);
    }
    return fault;
}

/*
 * The old files are this very identity's and round key's: only then may an unreadable keys.kls be replaced.
 */
static enum fault check_same(const struct keyholder *holder) {
    struct bytes_buffer keys = {0}, shown = {0};
    struct keyfile_header header;
    struct holder found = {0};
    enum fault fault = read_in(&keys, holder->folder, keys_name, KEYFILE_BYTES);
    if (!fault) {
        fault = keyfile_header_decode(&header, bytes_buffer_view(&keys));
    }
    if (!fault) {
        fault = read_in(&shown, holder->folder, public_name, HOLDER_BYTES_LIMIT);
    }
    if (!fault) {
        fault = holder_decode(&found, bytes_buffer_view(&shown));
    }
    bool same = !fault && memcmp(header.sign_key, holder->keys->sign_key, sizeof header.sign_key) == 0 &&
                memcmp(found.sign_key, holder->keys->sign_key, sizeof found.sign_key) == 0 &&
                memcmp(found.box_key, keyfile_latest(holder->keys)->public_key, sizeof found.box_key) == 0;
    bytes_buffer_release(&keys);
    bytes_buffer_release(&shown);
    return same ? FAULT_NONE : FAULT_FILE_EXISTS;
}

static enum fault replace_lost(struct keyholder *holder) {
    char path[KEYHOLDER_PATH_SIZE];
    enum fault fault = keyholder_path(path, holder->folder, lock_name);
    if (!fault) {
        fault = file_lock_take(&holder->lock, path);
    }
    if (!fault) {
        fault = finish_replacement(holder->folder);
    }
    if (!fault) {
        fault = check_same(holder);
    }
    return fault ? fault : keyholder_save(holder);
}

enum fault keyholder_restore(struct keyholder **out, const char *folder, const char *name,
                             const struct recovery *sheet, enum keyfile_kdf kdf, const char *passphrase) {
    enum fault fault = handle_new(out, folder);
    if (!fault) {
        fault = keyfile_new(&(*out)->keys, name, sheet->seed, kdf, passphrase);
    }
    if (!fault) {
        fault = keyfile_add((*out)->keys, sheet->box_secret);
    }
    if (!fault) {
        fault = is_in(folder, keys_name) || is_in(folder, unfinished_name) ? replace_lost(*out)
                                                                           : fill_folder(*out);
    }
    if (fault) {
        *out = keyholder_close(*out);
    }
    return fault;
}

static enum fault read_keys(struct keyholder *holder, const char *passphrase) {
    struct bytes_buffer content = {0};
    enum fault fault = read_in(&content, holder->folder, keys_name, KEYFILE_BYTES);
    if (!fault) {
        fault = keyfile_decode(&holder->keys, bytes_buffer_view(&content), passphrase);
    }
    bytes_buffer_release(&content);
    return fault;
}

enum fault keyholder_open(struct keyholder **out, const char *folder, const char *passphrase) {
    char path[KEYHOLDER_PATH_SIZE];
    enum fault fault = handle_new(out, folder);
    if (!fault && !is_in(folder, keys_name) && !is_in(folder, unfinished_name)) {
        fault = FAULT_FILE_MISSING; /* before the lock makes a file in a folder that is not ours */
    }
    if (!fault) {
        fault = keyholder_path(path, folder, lock_name);
    }
    if (!fault) {
        fault = file_lock_take(&(*out)->lock, path);
    }
    if (!fault) {
        fault = finish_replacement(folder);
    }
    if (!fault) {
        fault = read_keys(*out, passphrase);
    }
    if (!fault) {
        fault = save_public(*out);
    }
    if (fault) {
        *out = keyholder_close(*out);
    }
    return fault;
}
