/* SPDX-License-Identifier: Apache-2.0 */
#include "stick_list.h"

#include "platform/file.h"
#include "platform/folder.h"
#include "platform/volume.h"

#include <stdio.h>
#include <string.h>

enum { PATH_SIZE = 4096, ROUND_DIGITS = 8, HALF = 4 };

static const char text[] = "Op dit apparaat is een klas geopend die nog niet op deze stick is gezet.\r\n"
                           "A class was opened on this machine and has not been put on this stick yet.\r\n";

static char upper(char c) {
    return c >= 'a' && c <= 'f' ? (char)(c - 'a' + 'A') : c;
}

static bool is_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}

/* Four digits, a hyphen, four digits, and nothing behind. */
static bool is_label(const char *label) {
    bool sound = strlen(label) == STICK_LIST_LABEL_SIZE - 1;
    for (int i = 0; sound && i < STICK_LIST_LABEL_SIZE - 1; i++) {
        sound = i == HALF ? label[i] == '-' : is_digit(label[i]);
    }
    return sound;
}

void stick_list_label(char out[STICK_LIST_LABEL_SIZE], const char *box_path) {
    const char *slash = strrchr(box_path, '/');
    const char *name = slash ? slash + 1 : box_path;
    memset(out, 0, STICK_LIST_LABEL_SIZE);
    for (int i = 0; i < STICK_LIST_LABEL_SIZE - 1 && *name; i++) {
        out[i] = i == HALF ? '-' : upper(*name++);
    }
    if (!is_label(out)) {
        out[0] = '\0';
    }
}

static void put_beginning(char out[STICK_LIST_NAME_SIZE], const uint8_t round_digest[DIGEST_BYTES]) {
    char hex[ROUND_DIGITS + 1];
    digest_hex(hex, round_digest, ROUND_DIGITS / 2);
    snprintf(out, STICK_LIST_NAME_SIZE, "klankbord-open-%s-", hex);
}

static enum fault put_path(char out[PATH_SIZE], const char *folder, const uint8_t round_digest[DIGEST_BYTES],
                           const char *label) {
    char beginning[STICK_LIST_NAME_SIZE];
    if (!is_label(label)) {
        return FAULT_MISUSE;
    }
    put_beginning(beginning, round_digest);
    int size = snprintf(out, PATH_SIZE, "%s/%s%s.txt", folder, beginning, label);
    return size > 0 && size < PATH_SIZE ? FAULT_NONE : FAULT_LIMIT;
}

enum fault stick_list_add(const char *folder, const uint8_t round_digest[DIGEST_BYTES], const char *label) {
    char path[PATH_SIZE];
    enum fault fault = put_path(path, folder, round_digest, label);
    if (!fault) {
        fault = file_write_new(path, (struct bytes){(const uint8_t *)text, sizeof text - 1}, FILE_SHARED);
    }
    return fault ? fault : volume_forget_times(path);
}

enum fault stick_list_remove(const char *folder, const uint8_t round_digest[DIGEST_BYTES],
                             const char *label) {
    char path[PATH_SIZE];
    enum fault fault = put_path(path, folder, round_digest, label);
    fault = fault ? fault : file_remove(path);
    return fault == FAULT_FILE_MISSING ? FAULT_NONE : fault;
}

void stick_list_read(struct stick_list *out, const char *folder, const uint8_t round_digest[DIGEST_BYTES]) {
    char beginning[STICK_LIST_NAME_SIZE];
    struct folder_names names = {0};
    *out = (struct stick_list){0};
    put_beginning(beginning, round_digest);
    size_t at = strlen(beginning);
    if (folder_list(&names, folder, ".txt")) {
        return;
    }
    for (size_t i = 0; i < names.count && out->count < STICK_LIST_LABELS; i++) {
        char label[STICK_LIST_LABEL_SIZE] = "";
        const char *name = names.names[i];
        bool ours = strlen(name) == at + STICK_LIST_LABEL_SIZE - 1 + 4 && memcmp(name, beginning, at) == 0;
        if (ours) {
            memcpy(label, name + at, STICK_LIST_LABEL_SIZE - 1);
        }
        if (is_label(label)) {
            memcpy(out->label[out->count++], label, sizeof label);
        }
    }
    folder_names_release(&names);
}
