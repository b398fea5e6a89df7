/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMMAND_OPEN_H
#define COMMAND_OPEN_H

#include "aggregator/command_work.h"
#include "aggregator/disclosure.h"

/* What the forms of `klankbord open` share: cmd_open.c (one command), cmd_open_steps.c (step by step). */

struct command_open {
    struct command_context *context;
    struct command_work work;
    struct command_work_holders holders;
    struct closing *closing;
    struct closing *first; /* list 1, when `closing` is the late list; else NULL */
    struct opening opening;
    struct prepare pair[2];      /* by holder; zeroed where there is none */
    struct prepare_ids excluded; /* --exclude */
};

/* The options that every form has. */
struct command_open_options {
    const char *round, *workspace, *list, *out, *level;
    bool late; /* the late list of the workspace instead of list 1 */
    struct command_list *holders, *passphrase_files, *excluded;
    bool yes;
};

/*
 * Reads round, workspace, closing list (list 1 of the workspace, or its late list, unless `list` is given),
 * list 1 of the workspace with a late list, ids to exclude, and opens the key holders.
 */
int command_open_begin(struct command_open *open, struct command_context *context,
                       const struct command_open_options *options);
void command_open_release(struct command_open *open);

/* Shows every bundle with its check code, for comparison with the mentors' receipts, and asks. */
int command_open_compare_codes(struct command_open *open, bool yes);

/* One holder's statement, into open->pair. */
int command_open_prepare(struct command_open *open, int holder);

/* Two statements from files in any order, each into its holder's place of open->pair. */
int command_open_statements(struct command_open *open, const struct command_list *paths);

/*
 * Where the release goes when nothing else was asked: "release.klv" or "release-late.klv" in the workspace;
 * of a coarser level "release-year.klv" and so on.
 */
int command_open_release_path(char out[KEYHOLDER_PATH_SIZE], const struct command_open *open);

/* combine, disclosure control, ledger, and the release at `out`. */
int command_open_combine(struct command_open *open, struct bytes aggregate_file, const char *out);
/* The same for two holders at one machine, who need no file between them. */
int command_open_both(struct command_open *open, const char *out);

/* Says what a step refused and what helps. Gives the exit code. */
int command_open_say(const struct command_open *open, enum fault fault);

#endif
