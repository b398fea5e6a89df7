/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMMAND_WORK_H
#define COMMAND_WORK_H

#include "aggregator/command_files.h"
#include "aggregator/opening.h"

/*
 * What merging, closing and opening read before they start. Each gives COMMAND_OK, or the exit code after
 * having said why not.
 */

struct command_work {
    struct round *round; /* signed by both */
    struct layout layout;
    struct workspace *workspace;
    const char *folder; /* the workspace's; a view */
};
/* A zeroed one, or what this gives, goes into command_work_release. */
int command_work_open(struct command_work *out, const struct command_context *context, const char *round_path,
                      const char *folder);
void command_work_release(struct command_work *work);

/* One opened key holder of the round. */
struct command_work_holder {
    struct keyholder *keys;
    struct unseal_key key;
    char ledger[KEYHOLDER_PATH_SIZE];
    struct opening_holder opening; /* points into the fields above */
};
/* Both at most, by their number in the round; `is_open` tells which are there. */
struct command_work_holders {
    bool is_open[2];
    struct command_work_holder holder[2];
};
/*
 * Opens each folder; passphrase files in the same order, or none. With `with_box_key` the round's box key
 * too. A folder that is no holder of this round, and two of the same, are said.
 */
int command_work_holders(struct command_work_holders *out, struct command_context *context,
                         const struct round *round, const struct command_list *folders,
                         const struct command_list *passphrase_files, bool with_box_key);
void command_work_holders_release(struct command_work_holders *holders);

/* "FOLDER/closing-NUMBER.klc" in the workspace. FAULT_LIMIT. */
enum fault command_work_list_path(char out[KEYHOLDER_PATH_SIZE], const struct command_work *work,
                                  int number) FAULT_MUST_CHECK;
/* Reads a closing list of the round. */
int command_work_list(struct closing **out, const struct command_context *context,
                      const struct command_work *work, const char *path);

#endif
