/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/spoken.h"

#include <stdio.h>
#include <string.h>

#include "core/recording.h"
#include "platform/file.h"

enum { WORDING_BYTES = 4, PATH_SIZE = 4352 };

const enum strings_key spoken_keys[SPOKEN_KEYS] = {
    STRINGS_WELCOME_WHAT_TITLE,  STRINGS_WELCOME_WHAT,
    STRINGS_WELCOME_WHO_TITLE,   STRINGS_WELCOME_TWO_MACHINES,
    STRINGS_WELCOME_ONE_MACHINE, STRINGS_WELCOME_SOLO,
    STRINGS_WELCOME_INCIDENTS,   STRINGS_WELCOME_HELP_TITLE,
    STRINGS_WELCOME_HELP,        STRINGS_WELCOME_TITLE,
    STRINGS_WELCOME_CHOICE,      STRINGS_WELCOME_YES,
    STRINGS_WELCOME_NO,          STRINGS_PRACTICE_TITLE,
    STRINGS_PRACTICE_TEXT,       STRINGS_PRACTICE_QUESTION,
    STRINGS_PRACTICE_FIRST,      STRINGS_PRACTICE_SECOND,
    STRINGS_PRACTICE_THIRD,      STRINGS_PRACTICE_DONT_KNOW,
    STRINGS_PRACTICE_RATHER_NOT, STRINGS_QUESTION_SEVERAL,
    STRINGS_QUESTION_NUDGE,      STRINGS_STOP_TITLE,
    STRINGS_STOP_TEXT,           STRINGS_STOP_SEND,
    STRINGS_STOP_DISCARD,        STRINGS_STOP_RETURN,
    STRINGS_CHECK_TITLE,         STRINGS_CHECK_TEXT,
    STRINGS_QUIET_TITLE,         STRINGS_QUIET_TEXT,
    STRINGS_QUIET_BACK,          STRINGS_THANKS_TITLE,
    STRINGS_THANKS_TEXT,         STRINGS_THANKS_HELP,
    STRINGS_THANKS_WHO,          STRINGS_SORRY_TITLE,
    STRINGS_SORRY_TEXT,
};

void spoken_text(char out[STRINGS_TEXT_SIZE], const struct strings *strings, enum strings_key key) {
    const char *text = strings_is_lent(strings, key) ? "" : strings_get(strings, key);
    size_t size = strlen(text);
    for (size_t i = 0; i <= size; i++) {
        out[i] = text[i] == '\n' ? ' ' : text[i];
    }
}

void spoken_name(char out[SPOKEN_NAME_SIZE], const struct strings *strings, enum strings_key key,
                 bool robot) {
    char text[STRINGS_TEXT_SIZE];
    char wording[2 * WORDING_BYTES + 1];
    uint8_t digest[DIGEST_BYTES];
    spoken_text(text, strings, key);
    recording_digest(digest, (struct bytes){(const uint8_t *)text, strlen(text)});
    digest_hex(wording, digest, WORDING_BYTES);
    snprintf(out, SPOKEN_NAME_SIZE, "%s.%s.%s%s.wav", strings_key_name(key), strings_code(strings->language),
             wording, robot ? ".robot" : "");
}

static bool map(struct bytes *out, const char *folder, const struct strings *strings, enum strings_key key,
                bool robot) {
    char name[SPOKEN_NAME_SIZE];
    char path[PATH_SIZE];
    spoken_name(name, strings, key, robot);
    int size = snprintf(path, sizeof path, "%s/%s", folder, name);
    return size > 0 && size < PATH_SIZE && file_map(out, path, RECORDING_BYTES_LIMIT) == FAULT_NONE;
}

void spoken_open(struct spoken *out, const struct strings strings[STRINGS_LANGUAGES], const char *folder) {
    *out = (struct spoken){.mapped = true};
    for (int language = 0; language < STRINGS_LANGUAGES; language++) {
        for (int i = 0; i < SPOKEN_KEYS; i++) {
            int at = language * SPOKEN_KEYS + i;
            const struct strings *own = &strings[language];
            bool lent = strings_is_lent(own, spoken_keys[i]);
            bool person = !lent && map(&out->sound[at], folder, own, spoken_keys[i], false);
            out->robot[at] = !lent && !person && map(&out->sound[at], folder, own, spoken_keys[i], true);
            out->there[language] = (uint16_t)(out->there[language] + (person || out->robot[at]));
        }
    }
}

void spoken_close(struct spoken *spoken) {
    for (int i = 0; i < SPOKEN_TEXTS && spoken->mapped; i++) {
        file_unmap(&spoken->sound[i]);
    }
    memset(spoken, 0, sizeof *spoken);
}

void spoken_pretend(struct spoken *out) {
    static const uint8_t nothing[1];
    *out = (struct spoken){.mapped = false};
    for (int i = 0; i < SPOKEN_TEXTS; i++) {
        out->sound[i] = (struct bytes){nothing, sizeof nothing};
        out->robot[i] = true;
        out->there[i / SPOKEN_KEYS]++;
    }
}

uint16_t spoken_find(const struct spoken *spoken, enum strings_language language, enum strings_key key) {
    for (int i = 0; i < SPOKEN_KEYS; i++) {
        int at = (int)language * SPOKEN_KEYS + i;
        if (spoken_keys[i] == key && spoken->sound[at].size > 0) {
            return (uint16_t)at;
        }
    }
    return QUESTIONNAIRE_NONE;
}

bool spoken_has_robot(const struct spoken *spoken, enum strings_language language) {
    bool robot = false;
    for (int i = 0; i < SPOKEN_KEYS; i++) {
        robot = robot || spoken->robot[(int)language * SPOKEN_KEYS + i];
    }
    return robot;
}
