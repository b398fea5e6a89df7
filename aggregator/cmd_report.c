/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/cmd_questionnaire.h"
#include "aggregator/command_files.h"
#include "aggregator/report_folder.h"
#include "aggregator/report_section.h"
#include "aggregator/say.h"
#include "platform/file.h"

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

static int say_in_the_way(const struct command_context *context, const char *folder, const char *name) {
    char shown[SAY_NAME_SIZE];
    say_name(shown, sizeof shown, name);
    if (!name[0]) {
        say(context, "%s: hier kan geen rapport komen. Geef de naam van een nieuwe map.",
            "%s: no report can be put here. Give the name of a new folder.", folder);
    } else {
        say(context,
            "%s: hier staat iets dat niet van een eerder rapport is, of dat sindsdien is veranderd: %s",
            "%s: something is here that is not of an earlier report, or was changed since: %s", folder,
            shown);
        bool handed_over = report_folder_is_handover(name);
        say(context,
            handed_over
                ? "Dat bestand is van klankbord handover. Er is niets veranderd. Zet handover.csv en "
                  "account.html in een eigen map en doe dezelfde opdracht nog een keer."
                : "Er is niets veranderd. Geef met --out een andere map: in een map staat een rapport en "
                  "niets anders.",
            handed_over
                ? "That file is of klankbord handover. Nothing was changed. Move handover.csv and "
                  "account.html to a folder of their own and give the same command again."
                : "Nothing was changed. Give another folder with --out: a folder holds one report and "
                  "nothing else.");
    }
    return COMMAND_FAILED;
}

static int write_all(const struct command_context *context, const struct report_files *files,
                     const char *folder, const char *path) {
    enum fault fault = report_folder_write(files, path);
    if (fault) {
        return say_fault(
            context, fault, folder,
            "Er is geen nieuw rapport, en een eerder rapport is onveranderd. Doe dezelfde opdracht nog een "
            "keer.",
            "There is no new report, and an earlier one is unchanged. Give the same command again.");
    }
    for (uint16_t i = 0; i < files->count; i++) {
        say(context, "Geschreven: %s/%s", "Written: %s/%s", folder, files->file[i].name);
    }
    return COMMAND_OK;
}

/* A measure may name a figure that this questionnaire does not have. */
static void warn_about(const struct command_context *context, const struct measures *measures,
                       const struct round *round, const char *path) {
    for (size_t i = 0; i < measures->count; i++) {
        const char *about = measures->row[i].about;
        if (about[0] && report_section_about_item(round->questionnaire, about) == QUESTIONNAIRE_NONE &&
            report_section_about_scale(round->questionnaire, about) == QUESTIONNAIRE_NONE) {
            say(context,
                "Let op: %s: de vragenlijst van deze ronde heeft geen vraag of schaal \"%s\"; bij de "
                "maatregel "
                "\"%s\" staat dat cijfer er niet.",
                "Note: %s: this round's questionnaire has no question or scale \"%s\"; that figure is not "
                "shown "
                "with the measure \"%s\".",
                path, about, measures->row[i].name);
        }
    }
}

static int make_and_write(const struct command_context *context, const struct release *release,
                          const struct report_beside *beside, const struct round *round, const char *folder) {
    char path[FOLDER_PATH_SIZE], scratch[FILE_SCRATCH_SIZE], in_the_way[REPORT_FOLDER_NAME] = "";
    struct report_files *files = NULL;
    enum fault fault = folder_resolve(path, folder);
    fault = fault ? fault : report_folder_check(in_the_way, path);
    if (fault == FAULT_FILE_EXISTS) {
        return say_in_the_way(context, folder, in_the_way);
    }
    fault = fault ? fault : file_scratch(scratch, path);
    fault = fault ? fault
                  : report_files_make(&files, release, beside, round,
                                      context->language == FAULT_LANGUAGE_EN ? "en" : "nl", scratch);
    int code =
        fault ? say_fault(
                    context, fault, folder,
                    "De vrijgave is onveranderd. Geef met --out een map op een plek waar u mag schrijven.",
                    "The release is unchanged. Give a folder with --out in a place where you may write.")
              : write_all(context, files, folder, path);
    report_files_free(files);
    return code;
}

int cmd_report(struct command_context *context, int argc, char **argv) {
    const char *round_path = NULL, *release_path = NULL, *folder = NULL, *previous_path = NULL,
               *measures_path = NULL, *late_path = NULL;
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &round_path, "het rondebestand", "the round file"},
        {"release", COMMAND_TEXT, true, &release_path, "de vrijgave (release.klv)",
         "the release (release.klv)"},
        {"out", COMMAND_TEXT, true, &folder, "map voor het rapport en de cijfers",
         "folder for the report and the figures"},
        {"previous", COMMAND_TEXT, false, &previous_path,
         "de vrijgave van de vorige ronde, om mee te vergelijken",
         "the release of the previous round, to compare with"},
        {"measures", COMMAND_TEXT, false, &measures_path,
         "de lijst van klankbord measure: wat de school deed en gaat doen",
         "the list of klankbord measure: what the school did and will do"},
        {"late", COMMAND_TEXT, false, &late_path, "de vrijgave van wat later binnenkwam (release-late.klv)",
         "the release of what came in later (release-late.klv)"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    struct measures measures = {.count = 0};
    struct round *round = NULL;
    struct release *release = NULL, *previous = NULL, *late = NULL;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = command_files_signed_round(&round, context, round_path);
    code = code ? code : read_release(&release, context, round, release_path);
    code = code || !previous_path ? code : read_release(&previous, context, NULL, previous_path);
    code = code || !late_path ? code : read_release(&late, context, round, late_path);
    code = code ? code : command_files_check_late(context, release, late, release_path, late_path);
    if (!code && measures_path) {
        code = command_exit_of(cmd_questionnaire_measures(&measures, context, measures_path));
    }
    if (!code) {
        const struct report_beside beside = {previous, measures_path ? &measures : NULL, late};
        warn_about(context, &measures, round, measures_path);
        code = make_and_write(context, release, &beside, round, folder);
    }
    release_free(late);
    release_free(previous);
    release_free(release);
    round_free(round);
    return code;
}
