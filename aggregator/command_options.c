/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* getopt_long */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/command.h"
#include "aggregator/say.h"
#include "platform/process.h"

static enum fault parse_number(uint32_t *out, const char *text) {
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 9 || text[digits]) {
        return FAULT_USAGE;
    }
    *out = (uint32_t)strtoul(text, NULL, 10);
    return FAULT_NONE;
}

static enum fault parse_date(uint32_t *out, const char *text) {
    struct process_date date;
    enum fault fault = process_date_parse(&date, text);
    if (!fault) {
        *out = (uint32_t)(date.year * 10000 + date.month * 100 + date.day);
    }
    return fault;
}

static enum fault add_to_list(struct command_list *list, const char *text) {
    if (list->count == COMMAND_LIST_LIMIT) {
        return FAULT_USAGE;
    }
    list->value[list->count++] = text;
    return FAULT_NONE;
}

static enum fault store(const struct command_option *option, const char *text) {
    switch (option->kind) {
    case COMMAND_FLAG: *(bool *)option->value = true; return FAULT_NONE;
    case COMMAND_TEXT: *(const char **)option->value = text; return *text ? FAULT_NONE : FAULT_USAGE;
    case COMMAND_NUMBER: return parse_number(option->value, text);
    case COMMAND_DATE: return parse_date(option->value, text);
    case COMMAND_LIST: return add_to_list(option->value, text);
    }
    return FAULT_MISUSE;
}

static enum fault take(struct command_context *context, const struct command_option *option, const char *text,
                       unsigned char *seen) {
    if (*seen && option->kind != COMMAND_LIST) {
        say_usage(context, "--%s staat er twee keer.", "--%s is given twice.", option->name);
        return FAULT_USAGE;
    }
    *seen = 1;
    if (store(option, text)) {
        say_usage(context, "--%s: '%s' is geen geldige waarde%s.", "--%s: '%s' is not a valid value%s.",
                  option->name, text,
                  option->kind == COMMAND_DATE
                      ? say_pick(context->language, " (schrijf JJJJ-MM-DD)", " (write YYYY-MM-DD)")
                      : "");
        return FAULT_USAGE;
    }
    return FAULT_NONE;
}

static const char *value_name(const struct command_context *context, enum command_option_kind kind) {
    switch (kind) {
    case COMMAND_FLAG: return "";
    case COMMAND_NUMBER: return " N";
    case COMMAND_DATE: return say_pick(context->language, " JJJJ-MM-DD", " YYYY-MM-DD");
    case COMMAND_TEXT:
    case COMMAND_LIST: return say_pick(context->language, " WAARDE", " VALUE");
    }
    return "";
}

static void print_options(const struct command_context *context, const struct command_option *options) {
    fprintf(context->out, "klankbord %s\n", context->name ? context->name : "");
    for (const struct command_option *option = options; option->name; option++) {
        fprintf(context->out, "  --%s%s%s%s\n      %s\n", option->name, value_name(context, option->kind),
                option->kind == COMMAND_LIST ? " …" : "",
                option->required ? say_pick(context->language, "  (verplicht)", "  (required)") : "",
                say_pick(context->language, option->help_nl, option->help_en));
    }
}

static size_t describe(struct option *out, const struct command_option *options) {
    size_t count = 0;
    for (; options[count].name && count < COMMAND_OPTIONS; count++) {
        out[count] = (struct option){options[count].name,
                                     options[count].kind == COMMAND_FLAG ? no_argument : required_argument,
                                     NULL, (int)count + 1};
    }
    out[count] = (struct option){"help", no_argument, NULL, COMMAND_OPTIONS + 1};
    out[count + 1] = (struct option){NULL, 0, NULL, 0};
    return count;
}

/* -o is short for --out, where there is one; what getopt_long would give for it, or '?'. */
static int index_of_out(const struct command_option *options) {
    for (int i = 0; options[i].name; i++) {
        if (strcmp(options[i].name, "out") == 0) {
            return i + 1;
        }
    }
    return '?';
}

/* Everything that is missing, in one go. */
static enum fault check_required(struct command_context *context, const struct command_option *options,
                                 const unsigned char *seen) {
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; options[i].name && i < COMMAND_OPTIONS; i++) {
        if (options[i].required && !seen[i]) {
            say_usage(context, "--%s ontbreekt: %s", "--%s is missing: %s", options[i].name,
                      say_pick(context->language, options[i].help_nl, options[i].help_en));
            fault = FAULT_USAGE;
        }
    }
    return fault;
}

enum fault command_parse(struct command_operands *out, struct command_context *context,
                         const struct command_option *options, int least, int most, int argc, char **argv) {
    struct option described[COMMAND_OPTIONS + 2];
    unsigned char seen[COMMAND_OPTIONS] = {0};
    enum fault fault = FAULT_NONE;
    size_t count = describe(described, options);
    optind = 0; /* glibc: start over, whatever main has read */
    opterr = 0;
    for (int found = 0; (found = getopt_long(argc, argv, ":o:", described, NULL)) != -1;) {
        found = found == 'o' ? index_of_out(options) : found;
        if (found == COMMAND_OPTIONS + 1) {
            print_options(context, options);
            return FAULT_REFUSED;
        }
        if (found >= 1 && (size_t)found <= count) {
            enum fault taken = take(context, &options[found - 1], optarg ? optarg : "", &seen[found - 1]);
            fault = taken ? taken : fault;
        } else {
            say_usage(context,
                      found == ':' ? "%s: de waarde ontbreekt." : "%s: deze optie bestaat niet; zie --help.",
                      found == ':' ? "%s: the value is missing." : "%s: there is no such option; see --help.",
                      argv[optind - 1]);
            fault = FAULT_USAGE;
        }
    }
    *out = (struct command_operands){argc - optind, argv + optind};
    enum fault missing = check_required(context, options, seen);
    if (most == 0 && out->count > 0) {
        say_usage(context, "'%s' hoort hier niet; zie --help.", "'%s' does not belong here; see --help.",
                  out->value[0]);
        return FAULT_USAGE;
    }
    if (out->count < least || out->count > most) {
        say_usage(context, "Geef %d tot %d namen van bestanden of mappen; dit zijn er %d. Zie --help.",
                  "Give %d to %d names of files or folders; these are %d. See --help.", least, most,
                  out->count);
        return FAULT_USAGE;
    }
    return fault ? fault : missing;
}

int command_parse_exit(enum fault fault) {
    return fault == FAULT_REFUSED ? COMMAND_OK : COMMAND_USAGE;
}
