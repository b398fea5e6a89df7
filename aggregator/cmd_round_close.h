/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_ROUND_CLOSE_H
#define CMD_ROUND_CLOSE_H

#include "aggregator/closing_draft.h"
#include "aggregator/command_work.h"

/* What `klankbord round close` works on, and what it says; only for cmd_round_close*.c. */

struct round_close {
    struct command_context *context;
    struct command_work work;
    struct command_work_holders holders;
    struct workspace_inventory inventory;
    struct closing *first; /* the valid list 1 when this is about late bundles */
    struct closing
        *replaced;         /* the valid list 1 when nothing of it was opened yet: another takes its place */
    struct closing *given; /* a list that the other holder made, or that lies half-signed in the workspace */
    struct closing_draft draft;
    uint16_t surplus[ROUND_CLASSES];
    uint16_t surplus_count;
    char path[KEYHOLDER_PATH_SIZE]; /* where the list is written */
};

/*
 * What came in by class, what is set aside, and which machines have brought nothing yet: on standard output.
 */
void cmd_round_close_table(const struct round_close *close);
/* Which kind of list this is, before it is signed. */
void cmd_round_close_kind(const struct round_close *close);
/* Bundles that one list has and another lacks, each after these words. */
void cmd_round_close_lacking(const struct round_close *close, const struct closing *has,
                             const struct closing *lacks, const char *nl, const char *en);
/*
 * Classes from which more came in than were asked, and too few late bundles: refusals, with their exit code.
 */
int cmd_round_close_too_many(const struct round_close *close);
int cmd_round_close_few_late(const struct round_close *close);
/* True when what lies there needs nothing more from the holders that are here. */
bool cmd_round_close_is_complete(const struct round_close *close);
/* Where the list is and what to do next. */
void cmd_round_close_next(const struct round_close *close);

#endif
