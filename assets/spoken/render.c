/* SPDX-License-Identifier: Apache-2.0 */
/*
 * render_spoken FROM TO [ESPEAK]: the recordings of the program's own words in the folder TO. What a person
 * read lies in FROM, under the names that the list says, and is copied; a computer's voice is made of the
 * others where the language has one that can be given to children. What is there already stays, and what no
 * text needs any more goes.
 *
 * render_spoken --list FROM: language, file name, whether a person reads it, and the text.
 */
#include <stdio.h>
#include <string.h>

#include "aggregator/speak.h"
#include "core/recording.h"
#include "kiosk/spoken.h"
#include "platform/file.h"
#include "platform/folder.h"

enum { PATH_SIZE = 4352 };

static enum fault path_of(char out[PATH_SIZE], const char *folder, const char *name) {
    int size = snprintf(out, PATH_SIZE, "%s/%s", folder, name);
    return size > 0 && size < PATH_SIZE ? FAULT_NONE : FAULT_LIMIT;
}

static bool is_in(const char *folder, const char *name) {
    char path[PATH_SIZE];
    return path_of(path, folder, name) == FAULT_NONE && file_exists(path);
}

/* A recording that the kiosk would not play is said now, and not found out by a child. */
static enum fault copy(const char *from, const char *to, const char *name) {
    char path[PATH_SIZE];
    struct bytes_buffer content = {0};
    struct recording recording;
    enum fault fault = path_of(path, from, name);
    fault = fault ? fault : file_read(&content, path, RECORDING_BYTES_LIMIT);
    fault = fault ? fault : recording_decode(&recording, bytes_buffer_view(&content));
    fault = fault ? fault : path_of(path, to, name);
    fault = fault ? fault : file_write(path, bytes_buffer_view(&content), FILE_SHARED);
    bytes_buffer_release(&content);
    return fault;
}

static enum fault make(const char *to, const char *name, const char *espeak, const char *language,
                       const char *text) {
    char path[PATH_SIZE];
    struct bytes_buffer content = {0};
    enum fault fault = path_of(path, to, name);
    fault = fault ? fault : speak_say(&content, espeak, language, text);
    fault = fault ? fault : file_write(path, bytes_buffer_view(&content), FILE_SHARED);
    bytes_buffer_release(&content);
    return fault;
}

struct kept {
    char name[SPOKEN_TEXTS][SPOKEN_NAME_SIZE];
    size_t count;
};

static enum fault one(struct kept *kept, const char *from, const char *to, const char *espeak,
                      const struct strings *strings, enum strings_key key) {
    const char *language = strings_code(strings->language);
    char text[STRINGS_TEXT_SIZE];
    char *name = kept->name[kept->count];
    spoken_text(text, strings, key);
    spoken_name(name, strings, key, false);
    bool person = is_in(from, name);
    if (!person) {
        spoken_name(name, strings, key, true);
    }
    if (text[0] == '\0' || (!person && (espeak == NULL || !speak_has_voice(language)))) {
        return FAULT_NONE;
    }
    kept->count++;
    if (is_in(to, name)) {
        return FAULT_NONE;
    }
    enum fault fault = person ? copy(from, to, name) : make(to, name, espeak, language, text);
    if (fault) {
        fprintf(stderr, "render_spoken: %s: %s\n", name, fault_text(fault, FAULT_LANGUAGE_EN));
    }
    return fault;
}

static enum fault tidy(const struct kept *kept, const char *to) {
    struct folder_names names = {0};
    char path[PATH_SIZE];
    enum fault fault = folder_list(&names, to, ".wav");
    for (size_t i = 0; !fault && i < names.count; i++) {
        bool used = false;
        for (size_t k = 0; k < kept->count && !used; k++) {
            used = strcmp(kept->name[k], names.names[i]) == 0;
        }
        fault = used ? FAULT_NONE : path_of(path, to, names.names[i]);
        fault = fault || used ? fault : file_remove(path);
    }
    folder_names_release(&names);
    return fault;
}

static void list(const struct strings *strings, const char *from) {
    for (int i = 0; i < SPOKEN_KEYS; i++) {
        char text[STRINGS_TEXT_SIZE];
        char name[SPOKEN_NAME_SIZE];
        spoken_text(text, strings, spoken_keys[i]);
        spoken_name(name, strings, spoken_keys[i], false);
        printf("%s\t%s\t%s\t%s\n", strings_code(strings->language), name,
               is_in(from, name) ? "a person" : "nobody", text);
    }
}

int main(int argc, char *argv[]) {
    static struct kept kept;
    bool lists = argc == 3 && strcmp(argv[1], "--list") == 0;
    enum fault fault = argc == 3 || argc == 4 ? FAULT_NONE : FAULT_USAGE;
    fault = fault || lists ? fault : folder_create(argv[2]);
    for (enum strings_language language = 0; !fault && language < STRINGS_LANGUAGES; language++) {
        struct strings strings = {0};
        fault = strings_open(&strings, language);
        if (!fault && lists) {
            list(&strings, argv[2]);
        }
        for (int i = 0; !fault && !lists && i < SPOKEN_KEYS; i++) {
            fault = one(&kept, argv[1], argv[2], argc == 4 ? argv[3] : NULL, &strings, spoken_keys[i]);
        }
        strings_close(&strings);
    }
    fault = fault || lists ? fault : tidy(&kept, argv[2]);
    if (fault) {
        fprintf(stderr, "render_spoken: %s\n", fault_text(fault, FAULT_LANGUAGE_EN));
    }
    return fault ? 1 : 0;
}
