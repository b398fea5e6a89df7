/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/cmd.h"
#include "aggregator/command_files.h"
#include "aggregator/round_summary.h"
#include "aggregator/say.h"

/* Why this folder cannot sign this round, and what helps. */
static int say_no(const struct command_context *context, enum fault fault, const char *folder) {
    switch ((int)fault) {
    case FAULT_KEY_WRONG:
        return say_fault(
            context, fault, folder,
            "Er is niets getekend. De ronde is met een andere of oudere holder.klh gemaakt; geef de nieuwe "
            "aan wie de ronde maakt.",
            "Nothing was signed. The round was made with another or an older holder.klh; give the new one "
            "to whoever makes the round.");
    case FAULT_KEY_USED:
    case FAULT_KEY_DESTROYED: /* the public file of last year was given */
        return say_fault(
            context, fault, folder,
            "Er is niets getekend. Maak een nieuwe sleutel (klankbord keyholder round-key) en laat de ronde "
            "opnieuw maken met de nieuwe holder.klh.",
            "Nothing was signed. Make a new key (klankbord keyholder round-key) and have the round made "
            "again "
            "with the new holder.klh.");
    default:
        return say_fault(context, fault, folder, "Er is niets getekend; doe dezelfde opdracht nog een keer.",
                         "Nothing was signed; give the same command again.");
    }
}

/* The key is proved and promised on stable storage before there is a signature that says so. */
static int sign(struct round *round, const struct command_context *context, struct keyholder *holder,
                int number) {
    enum fault fault = keyholder_prove(holder, round->holder[number].box_key);
    if (!fault) {
        fault = keyholder_bind(holder, round);
    }
    if (!fault) {
        fault = round_sign(round, number, holder->keys->sign_secret);
    }
    return fault ? say_no(context, fault, holder->folder) : COMMAND_OK;
}

static int sign_file(struct command_context *context, const char *path, struct round *round,
                     struct keyholder *holder, bool yes) {
    int number = keyholder_number(holder, round);
    if (number < 0) {
        return say_no(context, FAULT_KEY_WRONG, holder->folder);
    }
    if (round->is_signed[number]) {
        say(context, "Al getekend door %s; er is niets veranderd.",
            "Already signed by %s; nothing was changed.", round->holder[number].name);
        round_summary_signatures(context, round);
        return COMMAND_OK;
    }
    round_summary_print(context, round);
    fflush(context->out);
    enum fault fault = command_confirm(
        context, yes,
        "Klopt alles hierboven? Na uw handtekening ligt het vast, en hoort uw sleutel bij deze ronde. (ja) ",
        "Is everything above right? Your signature fixes it, and ties your key to this round. (yes) ");
    if (fault) {
        return say_fault(context, fault, path, "Er is niets getekend. Zonder vragen: --yes.",
                         "Nothing was signed. Without questions: --yes.");
    }
    int code = sign(round, context, holder, number);
    code = code ? code : command_files_save_round(context, path, round);
    if (!code) {
        round_summary_signatures(context, round);
    }
    return code;
}

int cmd_round_sign(struct command_context *context, int argc, char **argv) {
    const char *folder = NULL, *file = NULL;
    bool yes = false;
    const struct command_option options[] = {
        {"holder", COMMAND_TEXT, true, &folder, "uw map met sleutels", "your folder with keys"},
        {"passphrase-file", COMMAND_TEXT, false, &file,
         "de wachtzin is de eerste regel; anders wordt ze gevraagd",
         "the passphrase is the first line; otherwise it is asked for"},
        {"yes", COMMAND_FLAG, false, &yes, "tekenen zonder te vragen", "sign without asking"},
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
    code = code ? code : sign_file(context, path.value[0], round, holder, yes);
    keyholder_close(holder);
    round_free(round);
    return code;
}
