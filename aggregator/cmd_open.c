/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/command_open.h"
#include "aggregator/say.h"
#include "platform/file.h"

static const struct command steps[] = {
    {"prepare", cmd_open_prepare,
     "--round RONDE --workspace MAP --holder MAP --out VERKLARING.klp\nZegt wat u kunt openen, en tekent "
     "dat.",
     "--round ROUND --workspace FOLDER --holder FOLDER --out STATEMENT.klp\nSays what you can open, and "
     "signs it."},
    {"sizes", cmd_open_sizes,
     "--round … --workspace … --holder … --statement A.klp --statement B.klp --out GROEPEN.klg\nEerste "
     "sleutelhouder, bij een achtergrondvraag: uw helft van de groepsgroottes.",
     "--round … --workspace … --holder … --statement A.klp --statement B.klp --out GROUPS.klg\nFirst key "
     "holder, with a background question: your half of the group sizes."},
    {"aggregate", cmd_open_aggregate,
     "--round … --workspace … --holder … --statement A.klp --statement B.klp [--sizes GROEPEN.klg] --out "
     "DEEL.kla\nTweede sleutelhouder: telt uw delen op.",
     "--round … --workspace … --holder … --statement A.klp --statement B.klp [--sizes GROUPS.klg] --out "
     "SHARE.kla\nSecond key holder: adds up your shares."},
    {"combine", cmd_open_combine,
     "--round … --workspace … --holder … --statement A.klp --statement B.klp --share DEEL.kla\nEerste "
     "sleutelhouder: "
     "voegt samen en geeft vrij.",
     "--round … --workspace … --holder … --statement A.klp --statement B.klp --share SHARE.kla\nFirst key "
     "holder: "
     "combines and releases."},
    {"receipt", cmd_open_receipt,
     "--round … --workspace … --holder … --statement A.klp --statement B.klp --out BEWIJS.klo\nTekent wat is "
     "aangekomen, zodat kiosken het mogen wissen.",
     "--round … --workspace … --holder … --statement A.klp --statement B.klp --out RECEIPT.klo\nSigns what "
     "has "
     "arrived, so that kiosks may erase it."},
    {NULL, NULL, NULL, NULL},
};

/*
 * With both keys on one machine its owner could read every answer, and the pupils were told that nobody can.
 */
static int refuse_two_machines(const struct command_open *open) {
    say(open->context,
        "Deze ronde belooft de leerlingen dat hun antwoorden op twee computers worden geopend.",
        "This round promises the pupils that their answers are opened on two computers.");
    (void)say_fault(
        open->context, FAULT_REFUSED, NULL,
        "Elke sleutelhouder doet op de eigen computer: klankbord open prepare; daarna de tweede: open "
        "aggregate, de eerste: open combine.",
        "Each key holder, on her own computer: klankbord open prepare; then the second: open aggregate, the "
        "first: open combine.");
    return COMMAND_PRIVACY;
}

static int open_all(struct command_open *open, struct command_context *context,
                    const struct command_open_options *options) {
    char path[KEYHOLDER_PATH_SIZE];
    int code = command_open_begin(open, context, options);
    if (!code && open->work.round->mode == ROUND_TWO_MACHINES) {
        code = refuse_two_machines(open);
    }
    if (!code && (!open->holders.is_open[0] || !open->holders.is_open[1])) {
        code = say_usage(context, "geef --holder twee keer: de mappen van beide sleutelhouders.",
                         "give --holder twice: the folders of both key holders.");
    }
    code = code ? code : command_open_release_path(path, open);
    code = code ? code : command_open_compare_codes(open, options->yes);
    code = code ? code : command_open_prepare(open, 0);
    code = code ? code : command_open_prepare(open, 1);
    return code ? code : command_open_both(open, options->out ? options->out : path);
}

int cmd_open(struct command_context *context, int argc, char **argv) {
    if (argc > 1 && command_find(steps, argv[1])) {
        return command_dispatch(context, steps, argc, argv);
    }
    static struct command_list holders, files, excluded;
    struct command_open_options values = {
        .holders = &holders, .passphrase_files = &files, .excluded = &excluded};
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &values.round, "het rondebestand", "the round file"},
        {"workspace", COMMAND_TEXT, true, &values.workspace, "de werkmap", "the workspace"},
        {"holder", COMMAND_LIST, true, &holders, "map van een sleutelhouder; twee keer",
         "folder of a key holder; twice"},
        {"passphrase-file", COMMAND_LIST, false, &files, "de wachtzin is de eerste regel; per --holder",
         "the passphrase is the first line; one for each --holder"},
        {"list", COMMAND_TEXT, false, &values.list, "de sluitlijst; anders die in de werkmap",
         "the closing list; otherwise the workspace's"},
        {"late", COMMAND_FLAG, false, &values.late, "wat na de eerste opening binnenkwam: de late lijst",
         "what came in after the first opening: the late list"},
        {"exclude", COMMAND_LIST, false, &excluded, "nummer van een bijdrage die niet opengaat",
         "id of a contribution that does not open"},
        {"level", COMMAND_TEXT, false, &values.level,
         "het fijnste niveau dat wordt getoond: class (alles), year of school; een fijner kan later nog",
         "the finest level that is told: class (everything), year or school; a finer one can follow"},
        {"out", COMMAND_TEXT, false, &values.out,
         "de vrijgave; anders release.klv of release-late.klv in de werkmap",
         "the release; otherwise release.klv or release-late.klv in the workspace"},
        {"yes", COMMAND_FLAG, false, &values.yes, "openen zonder te vragen", "open without asking"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    static struct command_open open;
    int code = open_all(&open, context, &values);
    command_open_release(&open);
    return code;
}
