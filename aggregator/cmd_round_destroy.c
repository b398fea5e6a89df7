/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/cmd.h"
#include "aggregator/command_files.h"
#include "aggregator/say.h"

static int destroy(struct command_context *context, const struct round *round, struct keyholder *holder,
                   bool yes) {
    int number = keyholder_number(holder, round);
    const struct keyfile_entry *entry =
        number < 0 ? NULL : keyfile_find(holder->keys, round->holder[number].box_key);
    if (entry && entry->state == KEYFILE_DESTROYED) {
        say(context, "De sleutel van deze ronde was al vernietigd; er was niets te doen.",
            "The key of this round had been destroyed already; there was nothing to do.");
        return COMMAND_NOTHING;
    }
    enum fault fault = command_confirm(
        context, yes,
        "Na het vernietigen gaan de antwoorden van deze ronde nooit meer open, ook niet voor een nieuw "
        "rapport.\n"
        "Is het rapport klaar en bewaard? (ja) ",
        "Once destroyed, the answers of this round can never be opened again, not even for a new report.\n"
        "Is the report finished and kept? (yes) ");
    if (fault) {
        return say_fault(context, fault, holder->folder, "De sleutel is er nog. Zonder vragen: --yes.",
                         "The key is still there. Without questions: --yes.");
    }
    fault = keyholder_destroy_round(holder, round);
    if (fault) {
        return say_fault(context, fault, holder->folder,
                         "Er is niets vernietigd. Hoort deze map bij deze ronde?",
                         "Nothing was destroyed. Does this folder belong to this round?");
    }
    say(context,
        "De rondesleutel van %s is vernietigd.\n"
        "  Doe nog: versnipper het herstelblad van deze ronde, en wis kopieën van de map of stick.\n"
        "  Voor een volgende ronde: klankbord keyholder round-key; dat geeft ook een nieuw blad.",
        "The round key of %s is destroyed.\n"
        "  Still to do: shred the recovery sheet of this round, and erase copies of the folder or stick.\n"
        "  For a next round: klankbord keyholder round-key; that gives a new sheet too.",
        holder->keys->name);
    return COMMAND_OK;
}

int cmd_round_destroy(struct command_context *context, int argc, char **argv) {
    const char *folder = NULL, *file = NULL;
    bool yes = false;
    const struct command_option options[] = {
        {"holder", COMMAND_TEXT, true, &folder, "uw map met sleutels", "your folder with keys"},
        {"passphrase-file", COMMAND_TEXT, false, &file,
         "de wachtzin is de eerste regel; anders wordt ze gevraagd",
         "the passphrase is the first line; otherwise it is asked for"},
        {"yes", COMMAND_FLAG, false, &yes, "vernietigen zonder te vragen", "destroy without asking"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands path;
    struct round *round = NULL;
    struct keyholder *holder = NULL;
    enum fault fault = command_parse(&path, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = command_files_round(&round, context, path.value[0]);
    code = code ? code : command_files_holder(&holder, context, folder, file);
    code = code ? code : destroy(context, round, holder, yes);
    keyholder_close(holder);
    round_free(round);
    return code;
}
