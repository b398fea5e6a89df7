/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/command_files.h"
#include "aggregator/report_files.h"
#include "aggregator/say.h"
#include "platform/file.h"
#include "platform/folder.h"

/* `round` NULL: of whatever round. */
static int read_release(struct release **out, const struct command_context *context,
                        const struct round *round, const char *path) {
    struct bytes_buffer content = {0};
    int code = command_files_read(&content, context, path, RELEASE_BYTES_LIMIT);
    if (!code) {
        enum fault fault = release_decode(out, bytes_buffer_view(&content));
        fault = fault || !round ? fault : release_belongs(*out, round);
        code = fault ? say_fault(context, fault, path,
                                 "Er is geen rapport gemaakt. Gebruik de vrijgave van klankbord open.",
                                 "No report was made. Use the release that klankbord open wrote.")
                     : COMMAND_OK;
    }
    bytes_buffer_release(&content);
    return code;
}

/* Files of this run that were not there before it: taken away again when a later one fails. */
static void take_back(const struct report_files *files, const bool *is_new, const char *folder,
                      uint16_t count) {
    char path[KEYHOLDER_PATH_SIZE];
    for (uint16_t i = 0; i < count; i++) {
        if (is_new[i] && keyholder_path(path, folder, files->file[i].name) == FAULT_NONE) {
            enum fault ignored = file_remove(path);
            (void)ignored;
        }
    }
}

static int write_all(const struct command_context *context, const struct report_files *files,
                     const char *folder) {
    bool is_new[REPORT_FILES] = {false};
    char path[KEYHOLDER_PATH_SIZE];
    for (uint16_t i = 0; i < files->count; i++) {
        enum fault fault = keyholder_path(path, folder, files->file[i].name);
        is_new[i] = !fault && !file_exists(path);
        fault = fault ? fault : file_write(path, bytes_buffer_view(&files->file[i].content), FILE_SHARED);
        if (fault) {
            take_back(files, is_new, folder, i);
            return say_fault(
                context, fault, path,
                "Er is geen nieuw rapport. De vrijgave is onveranderd; doe dezelfde opdracht nog een keer.",
                "There is no new report. The release is unchanged; give the same command again.");
        }
    }
    for (uint16_t i = 0; i < files->count; i++) {
        say(context, "Geschreven: %s/%s", "Written: %s/%s", folder, files->file[i].name);
    }
    return COMMAND_OK;
}

static int make_and_write(const struct command_context *context, const struct release *release,
                          const struct release *previous, const struct round *round, const char *folder) {
    char scratch[KEYHOLDER_PATH_SIZE];
    struct report_files *files = NULL;
    enum fault fault = folder_create(folder);
    fault = fault ? fault : keyholder_path(scratch, folder, ".klankbord-report.part");
    fault = fault ? fault
                  : report_files_make(&files, release, previous, round,
                                      context->language == FAULT_LANGUAGE_EN ? "en" : "nl", scratch);
    int code =
        fault ? say_fault(context, fault, folder, "De vrijgave is onveranderd.", "The release is unchanged.")
              : write_all(context, files, folder);
    report_files_free(files);
    return code;
}

int cmd_report(struct command_context *context, int argc, char **argv) {
    const char *round_path = NULL, *release_path = NULL, *folder = NULL, *previous_path = NULL;
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &round_path, "het rondebestand", "the round file"},
        {"release", COMMAND_TEXT, true, &release_path, "de vrijgave (release.klv)",
         "the release (release.klv)"},
        {"out", COMMAND_TEXT, true, &folder, "map voor het rapport en de cijfers",
         "folder for the report and the figures"},
        {"previous", COMMAND_TEXT, false, &previous_path,
         "de vrijgave van de vorige ronde, om mee te vergelijken",
         "the release of the previous round, to compare with"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    struct round *round = NULL;
    struct release *release = NULL, *previous = NULL;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = command_files_signed_round(&round, context, round_path);
    code = code ? code : read_release(&release, context, round, release_path);
    code = code || !previous_path ? code : read_release(&previous, context, NULL, previous_path);
    code = code ? code : make_and_write(context, release, previous, round, folder);
    release_free(previous);
    release_free(release);
    round_free(round);
    return code;
}
