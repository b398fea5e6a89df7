/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/fault.h"

/*
 * What every command of `klankbord` shares: its row in a table, its options, its exit code, and how it asks
 * for a passphrase or a yes. Sentences go through aggregator/say.h. Data goes to context->out (standard
 * output), talk to context->err.
 */

enum command_exit {
    COMMAND_OK = 0,
    COMMAND_FAILED = 1,        /* it did not work; what was there is untouched */
    COMMAND_USAGE = 2,         /* the command was not filled in correctly */
    COMMAND_QUESTIONNAIRE = 3, /* the questionnaire has errors */
    COMMAND_PRIVACY = 4,       /* refused to protect pupils */
    COMMAND_INTEGRITY = 5,     /* a signature, digest or format is wrong */
    COMMAND_NOTHING = 6        /* there was nothing to do */
};

struct command_context {
    enum fault_language language;
    FILE *out;
    FILE *err;
    bool non_interactive; /* --no-input: never ask, fail instead */
    const char *name;     /* what is running, for messages: "keyholder new" */
};

/*
 * One row is both the dispatch and the help. `run` gets argv[0] = its own name and returns an enum
 * command_exit. The help's first line is the synopsis after the name, the second line says what it does;
 * further lines are details for `klankbord help NAME`.
 */
struct command {
    const char *name;
    int (*run)(struct command_context *context, int argc, char **argv);
    const char *help_nl;
    const char *help_en;
};

/*
 * Rows end with one whose name is NULL. Runs the row named by argv[1] with argv + 1; `help` and mistakes
 * print the table.
 */
int command_dispatch(struct command_context *context, const struct command *table, int argc, char **argv);
/* The row of this name, or NULL. */
const struct command *command_find(const struct command *table, const char *name);
/* Name, synopsis and second line of every row. */
void command_print_table(const struct command_context *context, FILE *file, const struct command *table,
                         const char *prefix);
/* The whole help of one row. */
void command_print_help(const struct command_context *context, FILE *file, const struct command *row,
                        const char *prefix);

/* Options of one command: a table too. */
enum command_option_kind {
    COMMAND_FLAG,   /* bool *            --yes */
    COMMAND_TEXT,   /* const char **     --out FILE; at most once, not empty */
    COMMAND_NUMBER, /* uint32_t *        --k-unit 12; decimal digits only */
    COMMAND_DATE,   /* uint32_t *        --first 2026-12-01, stored as 20261201 */
    COMMAND_LIST    /* struct command_list *   --kiosk A --kiosk B */
};
enum { COMMAND_LIST_LIMIT = 512, COMMAND_OPTIONS = 30 };
struct command_list {
    size_t count;
    const char *value[COMMAND_LIST_LIMIT];
};
struct command_option {
    const char *name; /* without the dashes; the table ends with NULL */
    enum command_option_kind kind;
    bool required;
    void *value; /* as the kind says; left alone when the option is not given */
    const char *help_nl;
    const char *help_en;
};

/*
 * Reads the options with getopt_long. Operands move behind them; *operands is the first, *operand_count how
 * many; fewer than `least` or more than `most` is a mistake. Every mistake is said, all at once where
 * possible. FAULT_NONE: go on. FAULT_USAGE: said, return COMMAND_USAGE. FAULT_REFUSED: `--help` was printed,
 * return COMMAND_OK.
 */
struct command_operands {
    int count;
    char **value;
};
enum fault command_parse(struct command_operands *out, struct command_context *context,
                         const struct command_option *options, int least, int most, int argc,
                         char **argv) FAULT_MUST_CHECK;
/* The exit code for a fault of command_parse: OK after --help, else USAGE. */
int command_parse_exit(enum fault fault);

/* The exit code that goes with a fault. */
int command_exit_of(enum fault fault);

/*
 * Passphrases. `out` is secret memory of COMMAND_PASSPHRASE_SIZE bytes, zero-terminated. `file` NULL: ask at
 * the terminal; else the file's first line, without its end. FAULT_FILE_MISSING, FAULT_LIMIT (longer than the
 * room), FAULT_NO_TERMINAL, FAULT_REFUSED. command_passphrase_new asks twice and refuses fewer than
 * COMMAND_PASSPHRASE_LEAST characters (FAULT_PASSPHRASE_WEAK); FAULT_PASSPHRASE when the two differ three
 * times.
 */
enum { COMMAND_PASSPHRASE_SIZE = 1025, COMMAND_PASSPHRASE_LEAST = 12 };
enum fault command_passphrase(char *out, struct command_context *context, const char *file,
                              const char *prompt_nl, const char *prompt_en) FAULT_MUST_CHECK;
enum fault command_passphrase_new(char *out, struct command_context *context,
                                  const char *file) FAULT_MUST_CHECK;

/*
 * A yes before something that cannot be undone: the person types `ja` or `yes`. `yes` true (--yes) asks
 * nothing. FAULT_REFUSED for a no, FAULT_NO_TERMINAL when there is nobody to ask.
 */
enum fault command_confirm(struct command_context *context, bool yes, const char *question_nl,
                           const char *question_en) FAULT_MUST_CHECK;

#endif
