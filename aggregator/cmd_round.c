/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/cmd.h"

static const struct command commands[] = {
    {NULL, NULL, NULL, NULL},
};

int cmd_round(struct command_context *context, int argc, char **argv) {
    return command_dispatch(context, commands, argc, argv);
}
