/* SPDX-License-Identifier: Apache-2.0 */
#include "command.h"

#include <string.h>

#include "aggregator/say.h"
#include "core/secret.h"
#include "platform/terminal.h"

const struct command *command_find(const struct command *table, const char *name) {
    for (const struct command *row = table; row->name; row++) {
        if (strcmp(row->name, name) == 0) {
            return row;
        }
    }
    return NULL;
}

/*
 * Prints the `lines` first lines of a help text, or all of it when `lines` is 0; the first behind the name.
 */
static void print_lines(FILE *file, const char *text, int lines) {
    for (int line = 0; *text && (lines == 0 || line < lines); line++) {
        size_t length = strcspn(text, "\n");
        fprintf(file, "%s%.*s\n", line == 0 ? "" : "      ", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void print_row(const struct command_context *context, FILE *file, const struct command *row,
                      const char *prefix, int lines) {
    fprintf(file, "  %s%s ", prefix, row->name);
    print_lines(file, say_pick(context->language, row->help_nl, row->help_en), lines);
}

void command_print_table(const struct command_context *context, FILE *file, const struct command *table,
                         const char *prefix) {
    for (const struct command *row = table; row->name; row++) {
        print_row(context, file, row, prefix, 2);
    }
}

void command_print_help(const struct command_context *context, FILE *file, const struct command *row,
                        const char *prefix) {
    print_row(context, file, row, prefix, 0);
}

int command_dispatch(struct command_context *context, const struct command *table, int argc, char **argv) {
    static char name[64];
    char prefix[64];
    snprintf(prefix, sizeof prefix, "klankbord %s ", argv[0]);
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
        command_print_table(context, context->out, table, prefix);
        return COMMAND_OK;
    }
    const struct command *row = argc > 1 ? command_find(table, argv[1]) : NULL;
    if (!row) {
        context->name = argv[0];
        if (argc > 1) {
            say_usage(context, "er is geen opdracht '%s'; kies een van deze:",
                      "there is no command '%s'; choose one of these:", argv[1]);
        } else {
            say_usage(context, "kies een van deze opdrachten:", "choose one of these commands:");
        }
        command_print_table(context, context->err, table, prefix);
        return COMMAND_USAGE;
    }
    snprintf(name, sizeof name, "%s %s", argv[0], argv[1]);
    context->name = name;
    return row->run(context, argc - 1, argv + 1);
}

static const unsigned char exit_codes[FAULT_COUNT] = {
    [FAULT_NONE] = COMMAND_OK,
    [FAULT_USAGE] = COMMAND_USAGE,
    [FAULT_QUESTIONNAIRE] = COMMAND_QUESTIONNAIRE,
    [FAULT_EXPRESSION] = COMMAND_QUESTIONNAIRE,
    [FAULT_LAYOUT_TOO_LARGE] = COMMAND_QUESTIONNAIRE,
    [FAULT_ROUND_TOO_SMALL] = COMMAND_PRIVACY,
    [FAULT_TOO_MANY] = COMMAND_PRIVACY,
    [FAULT_KEY_USED] = COMMAND_PRIVACY,
    [FAULT_KEY_SAME] = COMMAND_PRIVACY,
    [FAULT_BATCH_TOO_SMALL] = COMMAND_PRIVACY,
    [FAULT_BATCH_OVERLAP] = COMMAND_PRIVACY,
    [FAULT_RELEASED] = COMMAND_PRIVACY,
    [FAULT_ALREADY_CLOSED] = COMMAND_NOTHING,
    [FAULT_STORE_DAMAGED] = COMMAND_INTEGRITY,
    [FAULT_MAGIC] = COMMAND_INTEGRITY,
    [FAULT_VERSION] = COMMAND_INTEGRITY,
    [FAULT_TRUNCATED] = COMMAND_INTEGRITY,
    [FAULT_TRAILING] = COMMAND_INTEGRITY,
    [FAULT_LIMIT] = COMMAND_INTEGRITY,
    [FAULT_NOT_CANONICAL] = COMMAND_INTEGRITY,
    [FAULT_TEXT] = COMMAND_INTEGRITY,
    [FAULT_FIELD_UNKNOWN] = COMMAND_INTEGRITY,
    [FAULT_FIELD_MISSING] = COMMAND_INTEGRITY,
    [FAULT_FIELD_ORDER] = COMMAND_INTEGRITY,
    [FAULT_CHECKSUM] = COMMAND_INTEGRITY,
    [FAULT_SIGNATURE] = COMMAND_INTEGRITY,
    [FAULT_SIGNATURE_MISSING] = COMMAND_INTEGRITY,
    [FAULT_KEY_INVALID] = COMMAND_INTEGRITY,
    [FAULT_KEY_WRONG] = COMMAND_INTEGRITY,
    [FAULT_DIGEST] = COMMAND_INTEGRITY,
    [FAULT_LAYOUT_MISMATCH] = COMMAND_INTEGRITY,
    [FAULT_ROUND_NOT_VALID] = COMMAND_INTEGRITY,
    [FAULT_ROUND_UNTRUSTED] = COMMAND_INTEGRITY,
    [FAULT_ROUND_OTHER] = COMMAND_INTEGRITY,
    [FAULT_KIOSK_UNKNOWN] = COMMAND_INTEGRITY,
    [FAULT_CLASS_UNKNOWN] = COMMAND_INTEGRITY,
    [FAULT_RECORD_DAMAGED] = COMMAND_INTEGRITY,
    [FAULT_RECORD_ORDER] = COMMAND_INTEGRITY,
    [FAULT_RECORD_CONFLICT] = COMMAND_INTEGRITY,
    [FAULT_RECORD_SEALED] = COMMAND_INTEGRITY,
    [FAULT_RECORD_CONTENT] = COMMAND_INTEGRITY,
    [FAULT_RECOVERY_SHEET] = COMMAND_INTEGRITY,
    [FAULT_BATCH_SUMS] = COMMAND_INTEGRITY,
    [FAULT_LEDGER_DAMAGED] = COMMAND_INTEGRITY,
    [FAULT_LEDGER_OLD] = COMMAND_INTEGRITY,
    [FAULT_LEDGER_GAP] = COMMAND_INTEGRITY,
    [FAULT_STATEMENTS_DIFFER] = COMMAND_INTEGRITY,
    [FAULT_SIZES_FALSE] = COMMAND_PRIVACY,
};

int command_exit_of(enum fault fault) {
    if (fault == FAULT_NONE) {
        return COMMAND_OK;
    }
    int code = fault < FAULT_COUNT ? exit_codes[fault] : COMMAND_FAILED;
    return code ? code : COMMAND_FAILED;
}

/* Unbuffered and straight into the caller's locked memory: stdio's own buffer would keep a copy. */
static enum fault first_line(char *out, const char *path) {
    FILE *file = fopen(path, "rb");
    size_t used = 0;
    enum fault fault = FAULT_NONE;
    if (!file) {
        return FAULT_FILE_MISSING;
    }
    setvbuf(file, NULL, _IONBF, 0);
    for (;;) {
        int letter = fgetc(file);
        if (letter == EOF || letter == '\n') {
            fault = ferror(file) ? FAULT_FILE_READ : FAULT_NONE;
            break;
        }
        if (used + 1 == COMMAND_PASSPHRASE_SIZE) {
            fault = FAULT_LIMIT;
            break;
        }
        out[used++] = (char)letter;
    }
    fclose(file);
    if (used && out[used - 1] == '\r') {
        used--;
    }
    out[used] = '\0';
    if (fault) {
        secret_wipe(out, COMMAND_PASSPHRASE_SIZE);
    }
    return fault;
}

static enum fault ask(char *out, const struct command_context *context, const char *nl, const char *en) {
    if (context->non_interactive) {
        return FAULT_NO_TERMINAL;
    }
    return terminal_read_passphrase(out, COMMAND_PASSPHRASE_SIZE, say_pick(context->language, nl, en));
}

enum fault command_passphrase(char *out, struct command_context *context, const char *file,
                              const char *prompt_nl, const char *prompt_en) {
    return file ? first_line(out, file) : ask(out, context, prompt_nl, prompt_en);
}

/* Counts code points, so that é is one character and not two. */
static size_t characters(const char *text) {
    size_t count = 0;
    for (; *text; text++) {
        count += ((unsigned char)*text & 0xc0u) != 0x80u;
    }
    return count;
}

static enum fault ask_twice(char *out, struct command_context *context) {
    char *again = NULL;
    void *memory = NULL;
    enum fault fault = secret_new(&memory, COMMAND_PASSPHRASE_SIZE);
    if (fault) {
        return fault;
    }
    again = memory;
    for (int attempt = 0; attempt < 3; attempt++) {
        fault = ask(out, context,
                    "Nieuwe wachtzin (ten minste 12 tekens): ", "New passphrase (at least 12 characters): ");
        if (!fault && characters(out) < COMMAND_PASSPHRASE_LEAST) {
            say(context, "%s", "%s", fault_text(FAULT_PASSPHRASE_WEAK, context->language));
            fault = FAULT_PASSPHRASE_WEAK;
            continue;
        }
        if (!fault) {
            fault =
                ask(again, context, "Nog een keer dezelfde wachtzin: ", "The same passphrase once more: ");
        }
        if (fault || strcmp(out, again) == 0) {
            break;
        }
        say(context, "De twee wachtzinnen zijn niet gelijk.", "The two passphrases differ.");
        fault = FAULT_PASSPHRASE;
    }
    secret_free(again);
    return fault;
}

enum fault command_passphrase_new(char *out, struct command_context *context, const char *file) {
    enum fault fault = file ? first_line(out, file) : ask_twice(out, context);
    if (!fault && characters(out) < COMMAND_PASSPHRASE_LEAST) {
        fault = FAULT_PASSPHRASE_WEAK;
    }
    if (fault) {
        secret_wipe(out, COMMAND_PASSPHRASE_SIZE);
    }
    return fault;
}

enum fault command_confirm(struct command_context *context, bool yes, const char *question_nl,
                           const char *question_en) {
    bool agreed = false;
    if (yes) {
        return FAULT_NONE;
    }
    if (context->non_interactive) {
        return FAULT_NO_TERMINAL;
    }
    enum fault fault = terminal_confirm(&agreed, say_pick(context->language, question_nl, question_en),
                                        say_pick(context->language, "ja", "yes"));
    return fault ? fault : agreed ? FAULT_NONE : FAULT_REFUSED;
}
