/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/command_files.h"
#include "aggregator/handover.h"
#include "aggregator/handover_folder.h"
#include "aggregator/head_count.h"
#include "aggregator/report_folder.h"
#include "aggregator/say.h"
#include "aggregator/workspace.h"
#include "platform/file.h"
#include "platform/folder.h"

struct wanted {
    const char *round, *release, *late, *folder, *workspace, *code, *site;
};

static int parse(struct wanted *out, struct command_context *context, int argc, char **argv) {
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &out->round, "het rondebestand", "the round file"},
        {"release", COMMAND_TEXT, true, &out->release, "de vrijgave (release.klv)",
         "the release (release.klv)"},
        {"late", COMMAND_TEXT, false, &out->late, "de vrijgave van wat later binnenkwam (release-late.klv)",
         "the release of what came in later (release-late.klv)"},
        {"out", COMMAND_TEXT, true, &out->folder, "map voor handover.csv en account.html",
         "folder for handover.csv and account.html"},
        {"workspace", COMMAND_TEXT, false, &out->workspace,
         "werkmap van de ronde, voor de redenen van afwezigheid",
         "workspace of the round, for the reasons of absence"},
        {"school-code", COMMAND_TEXT, false, &out->code,
         "BRIN of ander nummer van de school, hoogstens 8 tekens",
         "the school's own number, at most 8 characters"},
        {"site-code", COMMAND_TEXT, false, &out->site, "nummer van de vestiging, hoogstens 8 tekens",
         "number of the site, at most 8 characters"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    return fault ? command_parse_exit(fault) : -1;
}

/* Letters and digits only: it goes into a file that other programs read. */
static bool take_code(char out[HANDOVER_CODE_SIZE], const char *code) {
    size_t size = code ? strlen(code) : 0;
    if (size >= HANDOVER_CODE_SIZE) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        char letter = code[i] >= 'a' && code[i] <= 'z' ? (char)(code[i] - 'a' + 'A') : code[i];
        if (!(letter >= 'A' && letter <= 'Z') && !(letter >= '0' && letter <= '9')) {
            return false;
        }
        out[i] = letter;
    }
    out[size] = '\0';
    return true;
}

static int say_report_folder(const struct command_context *context, const char *folder) {
    say(context,
        "%s: in deze map staat een rapport, en een volgend rapport vervangt de hele map. Er is niets "
        "gemaakt. "
        "Geef met --out een andere map.",
        "%s: this folder holds a report, and the next report replaces the whole folder. Nothing was made. "
        "Give another folder with --out.",
        folder);
    return COMMAND_FAILED;
}

static int read_release(struct release **out, const struct command_context *context,
                        const struct round *round, const char *path) {
    struct bytes_buffer content = {0};
    int code = command_files_read(&content, context, path, RELEASE_BYTES_LIMIT);
    if (!code) {
        enum fault fault = release_decode(out, bytes_buffer_view(&content));
        fault = fault ? fault : release_belongs(*out, round);
        code = fault ? say_fault(context, fault, path,
                                 "Er is niets gemaakt. Gebruik de vrijgave van klankbord open.",
                                 "Nothing was made. Use the release that klankbord open wrote.")
                     : COMMAND_OK;
    }
    bytes_buffer_release(&content);
    return code;
}

static void add_absences(struct handover *handover, const struct workspace_inventory *inventory) {
    for (uint16_t i = 0; i < handover->round->class_count; i++) {
        struct head_count count = {0};
        for (uint32_t j = 0; j < inventory->bundle_count; j++) {
            const struct bundle_header *header = &inventory->bundle[j].header;
            if (header->class_number == handover->round->class_list[i].number) {
                head_count_add(&count, header);
            }
        }
        for (int k = 0; k < BUNDLE_ABSENCES; k++) {
            handover->absent[k] += count.absent[k];
        }
    }
    handover->has_absences = true;
}

static int read_absences(struct handover *handover, const struct command_context *context,
                         const char *folder) {
    char path[KEYHOLDER_PATH_SIZE];
    struct workspace *workspace = NULL;
    struct workspace_inventory inventory = {0};
    enum fault fault = keyholder_path(path, folder, "workspace.sqlite");
    /* Opening one that is not there would make it. */
    fault = fault ? fault : file_exists(path) ? FAULT_NONE : FAULT_FILE_MISSING;
    fault = fault ? fault : workspace_open(&workspace, folder, handover->round);
    fault = fault ? fault : workspace_list(&inventory, workspace);
    if (!fault) {
        add_absences(handover, &inventory);
    }
    workspace_inventory_release(&inventory);
    workspace_close(workspace);
    return fault ? say_fault(context, fault, folder,
                             "Er is niets gemaakt. Geef de werkmap van deze ronde, of laat --workspace weg.",
                             "Nothing was made. Name the workspace of this round, or leave --workspace out.")
                 : COMMAND_OK;
}

static void warn(const struct command_context *context, const struct handover *handover) {
    if (handover->response.state == STAT_HEADS_WRONG) {
        say(context,
            "Let op: bij %zu van de klassen klopt het aantal leerlingen niet; er staat geen "
            "responspercentage in. "
            "De andere cijfers staan er wel.",
            "Note: the head count of %zu of the classes is wrong; there is no response percentage. The other "
            "figures "
            "are there.",
            handover->response.wrong_count);
    }
    if (!release_content(handover->release)->recognised) {
        say(context, "Let op: deze vragenlijst is geen erkend instrument; dat staat in beide bestanden.",
            "Note: this questionnaire is not a recognised instrument; both files say so.");
    }
}

static int make_and_write(const struct command_context *context, struct handover *handover,
                          const char *folder) {
    char path[FOLDER_PATH_SIZE];
    struct bytes_buffer table = {0};
    struct bytes_buffer page = {0};
    enum fault fault = handover_make(handover);
    if (!fault) {
        handover_csv(&table, handover);
        handover_page(&page, handover, context->language);
        fault = table.fault ? table.fault : page.fault;
    }
    fault = fault ? fault : folder_resolve(path, folder);
    fault = fault ? fault : handover_folder_write(path, bytes_buffer_view(&table), bytes_buffer_view(&page));
    bytes_buffer_release(&table);
    bytes_buffer_release(&page);
    if (fault) {
        return say_fault(context, fault, folder,
                         "De vrijgave is onveranderd; doe dezelfde opdracht nog een keer.",
                         "The release is unchanged; give the same command again.");
    }
    warn(context, handover);
    say(context, "Geschreven: %s/%s", "Written: %s/%s", folder, HANDOVER_FOLDER_TABLE);
    say(context, "Geschreven: %s/%s", "Written: %s/%s", folder, HANDOVER_FOLDER_PAGE);
    return COMMAND_OK;
}

int cmd_handover(struct command_context *context, int argc, char **argv) {
    struct wanted wanted = {0};
    struct handover handover = {0};
    struct round *round = NULL;
    struct release *release = NULL, *late = NULL;
    int code = parse(&wanted, context, argc, argv);
    if (code >= 0) {
        return code;
    }
    if (!take_code(handover.code, wanted.code) || !take_code(handover.site, wanted.site)) {
        return say_usage(context, "--school-code en --site-code zijn hoogstens 8 letters en cijfers.",
                         "--school-code and --site-code are at most 8 letters and digits.");
    }
    if (report_folder_is_report(wanted.folder)) {
        return say_report_folder(context, wanted.folder);
    }
    code = command_files_signed_round(&round, context, wanted.round);
    code = code ? code : read_release(&release, context, round, wanted.release);
    code = code || !wanted.late ? code : read_release(&late, context, round, wanted.late);
    code = code ? code : command_files_check_late(context, release, late, wanted.release, wanted.late);
    handover.late = late;
    handover.round = round;
    handover.release = release;
    if (!code && wanted.workspace) {
        code = read_absences(&handover, context, wanted.workspace);
    }
    code = code ? code : make_and_write(context, &handover, wanted.folder);
    release_free(late);
    release_free(release);
    round_free(round);
    return code;
}
