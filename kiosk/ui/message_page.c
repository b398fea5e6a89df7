/* SPDX-License-Identifier: Apache-2.0 */
#include "kiosk/ui/message_page.h"

#include <stdio.h>
#include <string.h>

#include "core/bytes.h"
#include "kiosk/period.h"
#include "kiosk/ui/action.h"

struct remedy {
    enum fault fault;
    enum strings_key key;
};

static const struct remedy remedies[] = {
    {FAULT_ROUND_NOT_VALID, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_SIGNATURE, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_SIGNATURE_MISSING, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_ROUND_DATES, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_ROUND_UNTRUSTED, STRINGS_MESSAGE_NEXT_TRUST},
    {FAULT_KIOSK_UNKNOWN, STRINGS_MESSAGE_NEXT_KIOSK},
    {FAULT_FILE_MISSING, STRINGS_MESSAGE_NEXT_ENROL},
    {FAULT_BUSY, STRINGS_MESSAGE_NEXT_BUSY},
    {FAULT_MEMORY_LOCK, STRINGS_MESSAGE_NEXT_MEMORY},
    {FAULT_MEMORY, STRINGS_MESSAGE_NEXT_MEMORY},
    {FAULT_NOT_CLOSED, STRINGS_MESSAGE_NEXT_SESSION},
    {FAULT_FONT, STRINGS_MESSAGE_NEXT_FONT},
    {FAULT_FONT_ARABIC, STRINGS_MESSAGE_NEXT_FONT_ARABIC},
    {FAULT_MAGIC, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_VERSION, STRINGS_MESSAGE_NEXT_VERSION},
    {FAULT_TRUNCATED, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_LIMIT, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_TRAILING, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_CHECKSUM, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_FILE_READ, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_TEXT, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_KEY_INVALID, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_FIELD_UNKNOWN, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_FIELD_MISSING, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_FIELD_ORDER, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_QUESTIONNAIRE, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_NOT_CANONICAL, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_DIGEST, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_ROUND_OTHER, STRINGS_MESSAGE_NEXT_ROUND},
    {FAULT_ROUND_MISSING, STRINGS_MESSAGE_NEXT_STICK},
    {FAULT_ROUND_OVER, STRINGS_MESSAGE_NEXT_CLOCK},
    {FAULT_ROUND_EARLY, STRINGS_MESSAGE_NEXT_CLOCK},
    {FAULT_ROUND_SEVERAL, STRINGS_MESSAGE_NEXT_SEVERAL},
};

enum strings_key message_page_remedy(enum fault fault) {
    for (size_t i = 0; i < sizeof remedies / sizeof remedies[0]; i++) {
        if (remedies[i].fault == fault) {
            return remedies[i].key;
        }
    }
    return STRINGS_MESSAGE_NEXT_OTHER;
}

/* A file that is no round that can be read, whatever is wrong with it. */
static bool is_damage(enum fault fault) {
    static const enum fault damage[] = {FAULT_MAGIC,       FAULT_TRUNCATED,     FAULT_LIMIT,
                                        FAULT_TRAILING,    FAULT_CHECKSUM,      FAULT_TEXT,
                                        FAULT_KEY_INVALID, FAULT_FIELD_UNKNOWN, FAULT_FIELD_MISSING,
                                        FAULT_FIELD_ORDER, FAULT_QUESTIONNAIRE, FAULT_NOT_CANONICAL,
                                        FAULT_DIGEST,      FAULT_SIGNATURE,     FAULT_ROUND_DATES};
    bool is = false;
    for (size_t i = 0; i < sizeof damage / sizeof damage[0]; i++) {
        is = is || damage[i] == fault;
    }
    return is;
}

const char *message_page_words(const struct strings *strings, enum fault fault, bool of_round) {
    bool english = strings->language == STRINGS_EN;
    return of_round && is_damage(fault) ? strings_get(strings, STRINGS_MESSAGE_DAMAGED)
                                        : fault_text(fault, english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL);
}

static void paragraph(struct stack *stack, enum theme_text style, enum theme_colour colour,
                      const char *text) {
    stack_gap(stack, 12);
    stack_text(stack, style, colour, text);
}

enum { NAME_SIZE = 44 }; /* in the widest letters still narrower than the smallest screen's column */

/* Names come from whoever wrote the stick. */
static void short_name(char out[NAME_SIZE], const char *name, size_t size) {
    static const char more[] = "\xE2\x80\xA6";
    size_t kept = size;
    if (!bytes_are_plain_text(name, size, false)) {
        snprintf(out, NAME_SIZE, "?");
        return;
    }
    if (size >= NAME_SIZE) {
        kept = NAME_SIZE - sizeof more;
        while (kept > 0 && ((unsigned char)name[kept] & 0xC0) == 0x80) {
            kept--;
        }
    }
    snprintf(out, NAME_SIZE, "%.*s%s", (int)kept, name, kept < size ? more : "");
}

/* A shortened name at the end of the sentence: three dots, and no fourth. */
static void drop_stop_after_dots(char *text) {
    static const char dots[] = "\xE2\x80\xA6.";
    size_t size = strlen(text);
    size_t end = sizeof dots - 1;
    if (size >= end && strcmp(text + size - end, dots) == 0) {
        text[size - 1] = '\0';
    }
}

void message_page_file(char out[STRINGS_TEXT_SIZE], const struct strings *strings, const char *path) {
    char file[NAME_SIZE];
    char folder[NAME_SIZE];
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    short_name(file, name, strlen(name));
    short_name(folder, path, slash ? (size_t)(slash - path) : 0);
    struct strings_value values[] = {{"file", file, 0}, {"folder", folder, 0}};
    strings_format(out, STRINGS_TEXT_SIZE, strings, STRINGS_MESSAGE_FILE, values, 2);
    drop_stop_after_dots(out);
}

static void what_happened(struct stack *stack, const struct message_page_scene *scene) {
    const struct round_search *found = scene->found;
    char text[STRINGS_TEXT_SIZE];
    bool file = found && found->path[0];
    paragraph(stack, THEME_BODY, THEME_INK, message_page_words(scene->strings, scene->fault, file));
    if (found && found->first_day) {
        period_say(text, scene->strings, found->first_day, found->last_day);
        paragraph(stack, THEME_BODY, THEME_INK, text);
    }
    if (file) {
        message_page_file(text, scene->strings, found->path);
        paragraph(stack, THEME_SMALL, THEME_HELP, text);
    }
}

static void buttons(struct stack *stack, const struct message_page_scene *scene) {
    bool only_date = scene->fault == FAULT_ROUND_OVER || scene->fault == FAULT_ROUND_EARLY;
    struct stack_button row[] = {
        {.text = scene->can_administer ? strings_get(scene->strings, STRINGS_ADMIN_OPEN) : "",
         .action = ACTION_ADMIN},
        {.text = scene->can_search && only_date ? strings_get(scene->strings, STRINGS_MESSAGE_CLOCK) : "",
         .action = ACTION_SEARCH_ANY_DATE},
        {.text = scene->can_search ? strings_get(scene->strings, STRINGS_MESSAGE_SEARCH) : "",
         .action = ACTION_SEARCH},
        {.text = strings_get(scene->strings, STRINGS_MESSAGE_CLOSE), .action = ACTION_CLOSE, .main = true}};
    stack_buttons(stack, row, 4);
}

void message_page_build(struct stack *stack, const void *view) {
    const struct message_page_scene *scene = view;
    struct strings_value version = {"version", KLANKBORD_VERSION, 0};
    char text[STRINGS_TEXT_SIZE];
    stack_in_parts(stack, scene->strings, scene->part);
    buttons(stack, scene);
    stack_gap(stack, 30);
    stack_text(stack, THEME_TITLE, THEME_INK, strings_get(scene->strings, STRINGS_MESSAGE_TITLE));
    what_happened(stack, scene);
    paragraph(stack, THEME_BODY, THEME_INK, strings_get(scene->strings, STRINGS_MESSAGE_SAFE));
    strings_format(text, sizeof text, scene->strings, scene->remedy, &version, 1);
    paragraph(stack, THEME_BODY, THEME_INK, text);
}
