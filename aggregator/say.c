/* SPDX-License-Identifier: Apache-2.0 */
#include "say.h"

#include <stdarg.h>
#include <string.h>

#include "core/bytes.h"

const char *say_pick(enum fault_language language, const char *nl, const char *en) {
    return language == FAULT_LANGUAGE_EN ? en : nl;
}

void say(const struct command_context *context, const char *nl, const char *en, ...) {
    va_list arguments;
    va_start(arguments, en);
    vfprintf(context->err, context->language == FAULT_LANGUAGE_EN ? en : nl, arguments);
    va_end(arguments);
    fputc('\n', context->err);
}

void say_out(const struct command_context *context, const char *nl, const char *en, ...) {
    va_list arguments;
    va_start(arguments, en);
    vfprintf(context->out, context->language == FAULT_LANGUAGE_EN ? en : nl, arguments);
    va_end(arguments);
    fputc('\n', context->out);
}

static size_t character_size(const char *text, size_t left) {
    for (size_t size = 1; size <= 4 && size <= left; size++) {
        if (bytes_are_utf8(text, size)) {
            return size;
        }
    }
    return 0;
}

static bool steers(const char *character, size_t size) {
    static const char *const others[] = {"\u2028", "\u2029", "\u202A", "\u202B", "\u202C", "\u202D",
                                         "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (size == 3 && memcmp(character, others[i], 3) == 0) {
            return true;
        }
    }
    return !bytes_are_plain_text(character, size, false);
}

void say_name(char *out, size_t capacity, const char *name) {
    size_t used = 0, left = strlen(name);
    while (left > 0) {
        size_t size = character_size(name, left);
        bool bad = size == 0 || steers(name, size);
        size_t shown = bad ? 1 : size, taken = size ? size : 1;
        if (used + shown >= capacity) {
            break;
        }
        memcpy(out + used, bad ? "?" : name, shown);
        used += shown;
        name += taken;
        left -= taken;
    }
    out[used] = '\0';
}

static void begin(const struct command_context *context) {
    fprintf(context->err, "klankbord%s%s: ", context->name ? " " : "", context->name ? context->name : "");
}

int say_fault(const struct command_context *context, enum fault fault, const char *subject,
              const char *remedy_nl, const char *remedy_en) {
    begin(context);
    if (subject) {
        char shown[SAY_NAME_SIZE];
        say_name(shown, sizeof shown, subject);
        fprintf(context->err, "%s: ", shown);
    }
    fprintf(context->err, "%s\n", fault_text(fault, context->language));
    if (remedy_nl && remedy_en) {
        fprintf(context->err, "  %s\n", say_pick(context->language, remedy_nl, remedy_en));
    }
    return command_exit_of(fault);
}

int say_usage(const struct command_context *context, const char *nl, const char *en, ...) {
    va_list arguments;
    begin(context);
    va_start(arguments, en);
    vfprintf(context->err, context->language == FAULT_LANGUAGE_EN ? en : nl, arguments);
    va_end(arguments);
    fputc('\n', context->err);
    return COMMAND_USAGE;
}
