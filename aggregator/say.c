/* SPDX-License-Identifier: Apache-2.0 */
#include "say.h"

#include <stdarg.h>

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

static void begin(const struct command_context *context) {
    fprintf(context->err, "klankbord%s%s: ", context->name ? " " : "", context->name ? context->name : "");
}

int say_fault(const struct command_context *context, enum fault fault, const char *subject,
              const char *remedy_nl, const char *remedy_en) {
    begin(context);
    if (subject) {
        fprintf(context->err, "%s: ", subject);
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
