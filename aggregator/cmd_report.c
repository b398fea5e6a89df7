/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/command_files.h"
#include "aggregator/report_csv.h"
#include "aggregator/report_html.h"
#include "aggregator/say.h"
#include "platform/file.h"
#include "platform/folder.h"

static int read_release(struct release **out, const struct command_context *context,
                        const struct round *round, const char *path) {
    struct bytes_buffer content = {0};
    int code = command_files_read(&content, context, path, RELEASE_BYTES_LIMIT);
    if (!code) {
        enum fault fault = release_decode(out, bytes_buffer_view(&content));
        fault = fault ? fault : release_belongs(*out, round);
        code = fault ? say_fault(context, fault, path,
                                 "Er is geen rapport gemaakt. Gebruik de vrijgave van klankbord open.",
                                 "No report was made. Use the release that klankbord open wrote.")
                     : COMMAND_OK;
    }
    bytes_buffer_release(&content);
    return code;
}

typedef enum fault writer(struct bytes_buffer *out, const struct release *release, const struct round *round,
                          const char *language);

static int write_one(const struct command_context *context, writer *write, const struct release *release,
                     const struct round *round, const char *language, const char *folder, const char *name) {
    char path[KEYHOLDER_PATH_SIZE];
    struct bytes_buffer content = {0};
    enum fault fault = keyholder_path(path, folder, name);
    fault = fault ? fault : write(&content, release, round, language);
    fault = fault ? fault : file_write(path, bytes_buffer_view(&content), FILE_SHARED);
    bytes_buffer_release(&content);
    if (fault) {
        return say_fault(context, fault, folder,
                         "De vrijgave is onveranderd; doe dezelfde opdracht nog een keer.",
                         "The release is unchanged; give the same command again.");
    }
    say(context, "Geschreven: %s", "Written: %s", path);
    return COMMAND_OK;
}

int cmd_report(struct command_context *context, int argc, char **argv) {
    const char *round_path = NULL, *release_path = NULL, *folder = NULL;
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &round_path, "het rondebestand", "the round file"},
        {"release", COMMAND_TEXT, true, &release_path, "de vrijgave (release.klv)",
         "the release (release.klv)"},
        {"out", COMMAND_TEXT, true, &folder, "map voor report.html en figures.csv",
         "folder for report.html and figures.csv"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    struct round *round = NULL;
    struct release *release = NULL;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    const char *language = context->language == FAULT_LANGUAGE_EN ? "en" : "nl";
    int code = command_files_signed_round(&round, context, round_path);
    code = code ? code : read_release(&release, context, round, release_path);
    if (!code) {
        fault = folder_create(folder);
        code = fault ? say_fault(context, fault, folder, NULL, NULL) : COMMAND_OK;
    }
    code = code ? code : write_one(context, report_html, release, round, language, folder, "report.html");
    code = code ? code : write_one(context, report_csv, release, round, language, folder, "figures.csv");
    release_free(release);
    round_free(round);
    return code;
}
