/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/command_open.h"
#include "aggregator/say.h"
#include "core/receipt.h"

/* What has arrived and can be opened, signed by both, so that kiosks may erase it. */

static struct command_list holders, files, excluded, statements;
static struct command_open open_work;

static bool has_both(const struct command_open *open) {
    return open->holders.is_open[0] && open->holders.is_open[1];
}

/* Both at one machine prepare here; one alone brings the statements of both. */
static int prepare(struct command_open *open, bool yes) {
    int code = COMMAND_OK;
    if (has_both(open) && open->work.round->mode == ROUND_TWO_MACHINES) {
        return say_usage(
            open->context,
            "deze ronde belooft twee computers: elke sleutelhouder tekent op de eigen, met één --holder en "
            "twee keer --statement.",
            "this round promises two computers: each key holder signs on her own, with one --holder and "
            "--statement twice.");
    }
    if (has_both(open)) {
        code = command_open_compare_codes(open, yes);
        for (int i = 0; i < 2; i++) {
            code = code ? code : command_open_prepare(open, i);
        }
    } else {
        code = command_open_statements(open, &statements);
    }
    if (code) {
        return code;
    }
    enum fault fault = prepare_check_pair(&open->pair[0], &open->pair[1], &open->opening);
    return fault ? command_open_say(open, fault) : COMMAND_OK;
}

/* The other's signature, when her receipt is this very one. */
static int add_given(struct receipt *receipt, const struct command_open *open, const char *path) {
    struct bytes_buffer content = {0};
    struct receipt given = {0};
    int code = command_files_read(&content, open->context, path, RECEIPT_BYTES_LIMIT);
    if (!code) {
        enum fault fault = receipt_decode(&given, bytes_buffer_view(&content), open->work.round);
        if (!fault && memcmp(given.digest, receipt->digest, DIGEST_BYTES) != 0) {
            fault = FAULT_STATEMENTS_DIFFER;
        }
        code = fault ? say_fault(open->context, fault, path,
                                 "Er is niets getekend. Beide bewijzen horen bij dezelfde sluitlijst.",
                                 "Nothing was signed. Both receipts are of the same closing list.")
                     : COMMAND_OK;
    }
    if (!code) {
        memcpy(receipt->is_signed, given.is_signed, sizeof receipt->is_signed);
        memcpy(receipt->signature, given.signature, sizeof receipt->signature);
    }
    receipt_release(&given);
    bytes_buffer_release(&content);
    return code;
}

static int write_receipt(struct receipt *receipt, const struct command_open *open, const char *path) {
    struct bytes_buffer content = {0};
    enum fault fault = FAULT_NONE;
    for (int i = 0; i < 2 && !fault; i++) {
        if (open->holders.is_open[i]) {
            fault = receipt_sign(receipt, open->work.round, i, open->holders.holder[i].opening.sign_secret);
        }
    }
    fault = fault ? fault : receipt_encode(&content, receipt);
    fault = fault ? fault : command_files_replace(path, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    if (fault) {
        return say_fault(open->context, fault, path,
                         "Doe dezelfde opdracht nog een keer, zo nodig met een andere --out.",
                         "Give the same command again, with another --out if need be.");
    }
    if (receipt_is_valid(receipt)) {
        say(open->context,
            "Half getekend: %s. De andere sleutelhouder doet ermee: klankbord open receipt --receipt "
            "BESTAND.",
            "Half signed: %s. The other key holder does with it: klankbord open receipt --receipt FILE.",
            path);
    } else {
        say(open->context,
            "Ontvangstbewijs: %s, bundels: %u. Zet het op een stick; op elk apparaat wist de begeleider "
            "ermee wat is aangekomen.",
            "Receipt: %s, bundles: %u. Put it on a stick; on every machine the mentor erases with it what "
            "has arrived.",
            path, (unsigned)receipt->bundle_count);
    }
    return COMMAND_OK;
}

static int run(struct command_open *open, const char *given, const char *out) {
    struct receipt receipt = {0};
    int code = COMMAND_OK;
    enum fault fault = receipt_make(&receipt, open->closing);
    if (fault) {
        code = say_fault(open->context, fault, NULL, "Eerst: klankbord round close, door beiden.",
                         "First: klankbord round close, by both.");
    }
    code = code || !given ? code : add_given(&receipt, open, given);
    code = code ? code : write_receipt(&receipt, open, out);
    receipt_release(&receipt);
    return code;
}

int cmd_open_receipt(struct command_context *context, int argc, char **argv) {
    static struct command_open_options shared;
    const char *given = NULL;
    shared =
        (struct command_open_options){.holders = &holders, .passphrase_files = &files, .excluded = &excluded};
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &shared.round, "het rondebestand", "the round file"},
        {"workspace", COMMAND_TEXT, true, &shared.workspace, "uw werkmap", "your workspace"},
        {"holder", COMMAND_LIST, true, &holders, "map van een sleutelhouder; één of twee keer",
         "folder of a key holder; once or twice"},
        {"passphrase-file", COMMAND_LIST, false, &files, "de wachtzin is de eerste regel; per --holder",
         "the passphrase is the first line; one for each --holder"},
        {"list", COMMAND_TEXT, false, &shared.list, "de sluitlijst; anders die in de werkmap",
         "the closing list; otherwise the workspace's"},
        {"late", COMMAND_FLAG, false, &shared.late, "wat na de eerste opening binnenkwam: de late lijst",
         "what came in after the first opening: the late list"},
        {"statement", COMMAND_LIST, false, &statements,
         "verklaring van een sleutelhouder; twee keer, bij één --holder",
         "statement of a key holder; twice, with one --holder"},
        {"exclude", COMMAND_LIST, false, &excluded, "nummer van een bijdrage die niet opengaat",
         "id of a contribution that does not open"},
        {"receipt", COMMAND_TEXT, false, &given, "het half getekende bewijs van de andere sleutelhouder",
         "the other key holder's half-signed receipt"},
        {"out", COMMAND_TEXT, true, &shared.out, "het ontvangstbewijs (.klo)", "the receipt (.klo)"},
        {"yes", COMMAND_FLAG, false, &shared.yes, "zonder te vragen", "without asking"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = command_open_begin(&open_work, context, &shared);
    code = code ? code : prepare(&open_work, shared.yes);
    code = code ? code : run(&open_work, given, shared.out);
    command_open_release(&open_work);
    return code;
}
