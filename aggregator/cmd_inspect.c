/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/cmd.h"
#include "aggregator/command_files.h"
#include "aggregator/inspect.h"
#include "aggregator/say.h"

enum { INSPECT_LIMIT = 1 << 30 };

static int inspect(struct command_context *context, const char *path, const struct round *round) {
    struct bytes_buffer content = {0}, lines = {0};
    int code = command_files_read(&content, context, path, INSPECT_LIMIT);
    if (!code) {
        enum fault fault = inspect_file(&lines, bytes_buffer_view(&content), round, context->language);
        if (lines.size) {
            (void)fwrite(lines.data, 1, lines.size, context->out);
        }
        fflush(context->out);
        code = fault ? say_fault(context, fault, path, NULL, NULL) : COMMAND_OK;
    }
    bytes_buffer_release(&lines);
    bytes_buffer_release(&content);
    return code;
}

int cmd_inspect(struct command_context *context, int argc, char **argv) {
    const char *round_path = NULL;
    const struct command_option options[] = {{"round", COMMAND_TEXT, false, &round_path,
                                              "de ronde, om handtekeningen mee na te gaan",
                                              "the round, to check signatures with"},
                                             {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands paths;
    struct round *round = NULL;
    enum fault fault = command_parse(&paths, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = round_path ? command_files_round(&round, context, round_path) : COMMAND_OK;
    code = code ? code : inspect(context, paths.value[0], round);
    round_free(round);
    return code;
}
