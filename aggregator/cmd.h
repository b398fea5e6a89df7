/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CMD_H
#define CMD_H

#include "aggregator/command.h"

/* The commands, one file each (cmd_round_new.c and so on); the tables are in main.c and cmd_round.c. */
int cmd_keyholder(struct command_context *context, int argc, char **argv);
int cmd_measure(struct command_context *context, int argc, char **argv);
int cmd_questionnaire(struct command_context *context, int argc, char **argv);
int cmd_round(struct command_context *context, int argc, char **argv);
int cmd_round_new(struct command_context *context, int argc, char **argv);
int cmd_round_close(struct command_context *context, int argc, char **argv);
int cmd_round_papers(struct command_context *context, int argc, char **argv);
int cmd_round_sign(struct command_context *context, int argc, char **argv);
int cmd_round_destroy(struct command_context *context, int argc, char **argv);
int cmd_merge(struct command_context *context, int argc, char **argv);
int cmd_open(struct command_context *context, int argc, char **argv);
int cmd_open_receipt(struct command_context *context, int argc, char **argv);
int cmd_open_prepare(struct command_context *context, int argc, char **argv);
int cmd_open_sizes(struct command_context *context, int argc, char **argv);
int cmd_open_aggregate(struct command_context *context, int argc, char **argv);
int cmd_open_combine(struct command_context *context, int argc, char **argv);
int cmd_report(struct command_context *context, int argc, char **argv);
int cmd_handover(struct command_context *context, int argc, char **argv);
int cmd_inspect(struct command_context *context, int argc, char **argv);

#endif
