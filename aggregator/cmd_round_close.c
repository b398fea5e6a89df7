/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/cmd_round_close.h"
#include "aggregator/ledger.h"
#include "aggregator/say.h"
#include "core/batch.h"
#include "platform/file.h"

static int make_draft(struct round_close *close) {
    enum fault fault = closing_draft_make(&close->draft, &close->inventory, close->work.round, close->first,
                                          close->surplus, close->surplus_count);
    if (fault == FAULT_TOO_MANY) {
        cmd_round_close_table(close);
        return cmd_round_close_too_many(close);
    }
    if (!fault && close->first) {
        fault = closing_follows(close->draft.closing, close->first, close->work.round);
    }
    if (fault == FAULT_ALREADY_CLOSED) {
        return say_fault(close->context, fault, close->work.folder,
                         "Er zijn geen nieuwe bundels; er is niets veranderd.",
                         "There are no new bundles; nothing was changed.");
    }
    return fault ? say_fault(close->context, fault, close->work.folder, "Er is niets gesloten.",
                             "Nothing was closed.")
                 : COMMAND_OK;
}

static int check_minimum(const struct round_close *close) {
    struct batch_list batches = {0};
    enum fault fault = batch_derive(&batches, close->work.round, close->draft.closing, NULL, 0);
    batch_list_release(&batches);
    if (fault == FAULT_BATCH_TOO_SMALL) {
        cmd_round_close_table(close);
        say(close->context, "Samen zijn het %u bijdragen; deze ronde opent nooit minder dan %u.",
            "Together they are %u contributions; this round never opens fewer than %u.",
            (unsigned)close->draft.closing->record_count, (unsigned)close->work.round->k_unit);
        return close->first
                   ? cmd_round_close_few_late(close)
                   : say_fault(close->context, fault, NULL, "Er is niets gesloten. Voeg meer bundels samen.",
                               "Nothing was closed. Merge more bundles.");
    }
    return fault ? say_fault(close->context, fault, NULL, NULL, NULL) : COMMAND_OK;
}

/* Her own list, made from her own bundles, must be the one she is asked to sign. */
static int compare(const struct round_close *close) {
    const struct closing *own = close->draft.closing;
    if (memcmp(own->digest, close->given->digest, DIGEST_BYTES) == 0) {
        return COMMAND_OK;
    }
    cmd_round_close_lacking(close, close->given, own, "Alleen in de lijst", "Only in the list");
    cmd_round_close_lacking(close, own, close->given, "Alleen in uw werkmap", "Only in your workspace");
    say(close->context, "De lijst telt %u bijdragen, uw werkmap %u.",
        "The list counts %u contributions, your workspace %u.", (unsigned)close->given->record_count,
        (unsigned)own->record_count);
    return say_fault(close->context, FAULT_STATEMENTS_DIFFER, NULL,
                     "Er is niets getekend. Voeg aan beide kanten dezelfde bundels samen en sluit opnieuw.",
                     "Nothing was signed. Merge the same bundles on both sides and close again.");
}

static int sign_and_write(struct round_close *close) {
    struct closing *closing = close->draft.closing;
    struct bytes_buffer content = {0};
    enum fault fault = FAULT_NONE;
    for (int i = 0; i < 2; i++) {
        if (close->given && close->given->is_signed[i]) {
            closing->is_signed[i] = true;
            memcpy(closing->signature[i], close->given->signature[i], DIGEST_SIGNATURE_BYTES);
        }
        if (!fault && close->holders.is_open[i]) {
            fault = closing_sign(closing, close->work.round, i, close->holders.holder[i].opening.sign_secret);
        }
    }
    fault = fault ? fault : closing_encode(&content, closing);
    fault = fault ? fault : file_write(close->path, bytes_buffer_view(&content), FILE_SHARED);
    bytes_buffer_release(&content);
    if (fault) {
        return say_fault(close->context, fault, close->path,
                         "Er is niets gesloten; doe dezelfde opdracht nog een keer.",
                         "Nothing was closed; give the same command again.");
    }
    cmd_round_close_next(close);
    return COMMAND_OK;
}

static int confirm(struct round_close *close, bool yes) {
    enum fault fault =
        command_confirm(close->context, yes,
                        "Sluiten? Wat nu niet in de lijst staat, telt niet meer mee in dit rapport. (ja) ",
                        "Close? What is not in the list now no longer counts in this report. (yes) ");
    return fault ? say_fault(close->context, fault, NULL, "Er is niets gesloten. Zonder vragen: --yes.",
                             "Nothing was closed. Without questions: --yes.")
                 : COMMAND_OK;
}

/* Whether a holder who is here has opened anything of the round. */
static enum fault has_opened(bool *out, const struct round_close *close) {
    enum fault fault = FAULT_NONE;
    *out = false;
    for (int i = 0; i < 2 && !fault; i++) {
        struct ledger ledger = {0};
        if (close->holders.is_open[i]) {
            const struct round *round = close->work.round;
            fault = ledger_open(&ledger, close->holders.holder[i].ledger, round->holder[i].sign_key);
            *out = *out || (!fault && ledger_has_opened(&ledger, round->digest));
        }
        ledger_release(&ledger);
    }
    return fault;
}

/* The list in the workspace, if there is one. */
static int own_list(struct round_close *close, int number) {
    enum fault fault = command_work_list_path(close->path, &close->work, number);
    if (fault) {
        return say_fault(close->context, fault, close->work.folder, NULL, NULL);
    }
    return file_exists(close->path)
               ? command_work_list(&close->given, close->context, &close->work, close->path)
               : COMMAND_OK;
}

/*
 * Both have signed list 1. Opened: then this is about the late list. Not opened: about a list 1 in its place,
 * when there is something to add.
 */
static int after_first(struct round_close *close) {
    bool opened = false;
    enum fault fault = has_opened(&opened, close);
    if (fault) {
        return say_fault(
            close->context, fault, close->work.folder,
            "Er is niets gesloten. Zet een goede kopie van ledger.kll terug in de map van de sleutelhouder.",
            "Nothing was closed. Put a good copy of ledger.kll back into the key holder's folder.");
    }
    if (!opened) {
        close->replaced = close->given;
        close->given = NULL;
        return COMMAND_OK;
    }
    close->first = close->given;
    close->given = NULL;
    int code = own_list(close, 2);
    return !code && cmd_round_close_is_complete(close)
               ? say_fault(close->context, FAULT_ALREADY_CLOSED, close->path,
                           "Er is één late lijst; die is er al.",
                           "There is one late list; it is there already.")
               : code;
}

static bool is_same(const struct closing *a, const struct closing *b) {
    return a && memcmp(a->digest, b->digest, DIGEST_BYTES) == 0;
}

static int take_given(struct round_close *close, const char *path) {
    close->given = closing_free(close->given);
    int code = command_work_list(&close->given, close->context, &close->work, path);
    if (code) {
        return code;
    }
    if (is_same(close->first, close->given) || is_same(close->replaced, close->given)) {
        return say_fault(close->context, FAULT_ALREADY_CLOSED, path, "Deze lijst is al door beiden getekend.",
                         "This list has been signed by both already.");
    }
    if (close->given->number == (close->first ? 2 : 1)) {
        return COMMAND_OK;
    }
    return close->first
               ? say_fault(
                     close->context, FAULT_ALREADY_CLOSED, path,
                     "Er is niets getekend. U hebt al geopend wat op uw eerste lijst staat; wat er later bij "
                     "kwam, gaat op de late lijst. Zet uw closing-1.klc terug in de werkmap van de andere "
                     "sleutelhouder; zij doet eerst klankbord open combine, en dan klankbord round close.",
                     "Nothing was signed. You have opened what is on your first list; what came in later "
                     "goes on the late list. Put your closing-1.klc back into the other key holder's "
                     "workspace; "
                     "she first gives klankbord open combine, and then klankbord round close.")
               : say_fault(close->context, FAULT_LEDGER_GAP, path,
                           "Er is niets getekend. Open eerst wat op de eerste lijst staat; is dat gebeurd, "
                           "zet dan het nieuwste ledger.kll terug in de map van de sleutelhouder.",
                           "Nothing was signed. First open what is on the first list; if that was done, put "
                           "the newest ledger.kll back into the key holder's folder.");
}

/*
 * Finds out which list this is about: 1, or 2 when list 1 was opened. A half-signed list in the workspace is
 * signed on when it is still what the workspace says, and made anew when it is not.
 */
static int find_list(struct round_close *close, const char *given_path) {
    int code = own_list(close, 1);
    if (!code && cmd_round_close_is_complete(close)) {
        code = after_first(close);
    }
    return code || !given_path ? code : take_given(close, given_path);
}

/* A list in the place of one that both have signed has to differ from it. */
static int check_replacement(struct round_close *close) {
    if (!close->replaced) {
        return COMMAND_OK;
    }
    if (is_same(close->replaced, close->draft.closing)) {
        return say_fault(close->context, FAULT_ALREADY_CLOSED, close->path,
                         "Er zijn geen nieuwe bundels; er is niets veranderd.",
                         "There are no new bundles; nothing was changed.");
    }
    return COMMAND_OK;
}

static int find_surplus(struct round_close *close, const struct command_list *labels) {
    const struct round *round = close->work.round;
    for (size_t i = 0; i < labels->count; i++) {
        uint16_t found = 0;
        for (uint16_t j = 0; j < round->class_count; j++) {
            found = strcmp(round->class_list[j].label, labels->value[i]) == 0 ? round->class_list[j].number
                                                                              : found;
        }
        if (!found) {
            return say_usage(close->context, "--accept-surplus: er is geen klas '%s' in de ronde.",
                             "--accept-surplus: there is no class '%s' in the round.", labels->value[i]);
        }
        if (close->surplus_count < ROUND_CLASSES) {
            close->surplus[close->surplus_count++] = found;
        }
    }
    return COMMAND_OK;
}

static int run(struct round_close *close, const char *given_path, bool yes) {
    enum fault fault = workspace_list(&close->inventory, close->work.workspace);
    if (fault) {
        return say_fault(close->context, fault, close->work.folder, NULL, NULL);
    }
    int code = find_list(close, given_path);
    code = code ? code : make_draft(close);
    code = code ? code : check_replacement(close);
    if (!code && close->given && !given_path &&
        memcmp(close->draft.closing->digest, close->given->digest, DIGEST_BYTES) != 0) {
        say(close->context, "Er zijn bundels bijgekomen: de half getekende lijst die er lag, vervalt.",
            "More bundles have come in: the half-signed list that was there is void.");
        close->given = closing_free(close->given);
    }
    code = code || !close->given ? code : compare(close);
    code = code ? code : check_minimum(close);
    if (!code) {
        cmd_round_close_table(close);
        cmd_round_close_kind(close);
        code = confirm(close, yes);
    }
    return code ? code : sign_and_write(close);
}

static void release(struct round_close *close) {
    closing_draft_release(&close->draft);
    closing_free(close->given);
    closing_free(close->first);
    closing_free(close->replaced);
    workspace_inventory_release(&close->inventory);
    command_work_holders_release(&close->holders);
    command_work_release(&close->work);
    free(close);
}

int cmd_round_close(struct command_context *context, int argc, char **argv) {
    const char *round = NULL, *folder = NULL, *list = NULL;
    static struct command_list holders, files, surplus;
    bool yes = false;
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &round, "het rondebestand", "the round file"},
        {"workspace", COMMAND_TEXT, true, &folder, "de werkmap", "the workspace"},
        {"holder", COMMAND_LIST, true, &holders, "map van een sleutelhouder; één of twee keer",
         "folder of a key holder; once or twice"},
        {"passphrase-file", COMMAND_LIST, false, &files, "de wachtzin is de eerste regel; per --holder",
         "the passphrase is the first line; one for each --holder"},
        {"list", COMMAND_TEXT, false, &list, "de half getekende lijst van de andere sleutelhouder",
         "the other key holder's half-signed list"},
        {"accept-surplus", COMMAND_LIST, false, &surplus, "klas met terecht meer bijdragen dan leerlingen",
         "class that rightly has more contributions than pupils"},
        {"yes", COMMAND_FLAG, false, &yes, "sluiten zonder te vragen", "close without asking"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    struct round_close *close = calloc(1, sizeof *close);
    if (!close) {
        return say_fault(context, FAULT_MEMORY, NULL, NULL, NULL);
    }
    close->context = context;
    int code = command_work_open(&close->work, context, round, folder);
    code = code ? code : find_surplus(close, &surplus);
    code = code ? code
                : command_work_holders(&close->holders, context, close->work.round, &holders, &files, false);
    code = code ? code : run(close, list, yes);
    release(close);
    return code;
}
