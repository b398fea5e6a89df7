/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/cmd.h"

/* In the order of a round's life. */
static const struct command commands[] = {
    {"new", cmd_round_new,
     "--out RONDE.klr --school NAAM … (zie --help)\nMaakt een ronde van een vragenlijst, klassen, "
     "sleutelhouders en apparaten.",
     "--out ROUND.klr --school NAME … (see --help)\nMakes a round of a questionnaire, classes, key holders "
     "and kiosks."},
    {"sign", cmd_round_sign,
     "RONDE.klr --holder MAP\nLaat zien wat vastligt, probeert uw sleutel, en zet uw handtekening.",
     "ROUND.klr --holder FOLDER\nShows what is fixed, proves your key, and adds your signature."},
    {"papers", cmd_round_papers,
     "RONDE.klr --out MAP [--sender TEKST] [--counsellor TEKST] [--replace]\nMaakt de papieren bij deze "
     "ronde: brief aan ouders, blad "
     "voor leerlingen, draaiboek, briefjes, bijlage bij de DPIA.\nHTML om te printen, in het Nederlands. Een "
     "papier dat er al is en anders is, "
     "blijft staan, tenzij met --replace.",
     "ROUND.klr --out FOLDER [--sender TEXT] [--counsellor TEXT] [--replace]\nMakes the papers for this "
     "round, in Dutch: letter to parents, "
     "notice for pupils, script, receipts, DPIA annex.\nHTML for printing. A paper that is there and differs "
     "stays, unless with --replace."},
    {"close", cmd_round_close,
     "--round RONDE --workspace MAP --holder MAP [--holder MAP]\nLaat per klas zien wat binnen is, en tekent "
     "de "
     "sluitlijst.",
     "--round ROUND --workspace FOLDER --holder FOLDER [--holder FOLDER]\nShows per class what came in, and "
     "signs "
     "the closing list."},
    {"destroy", cmd_round_destroy,
     "RONDE.klr --holder MAP\nVernietigt uw sleutel van deze ronde; daarna gaat niets meer open.",
     "ROUND.klr --holder FOLDER\nDestroys your key of this round; nothing opens after that."},
    {NULL, NULL, NULL, NULL},
};

int cmd_round(struct command_context *context, int argc, char **argv) {
    return command_dispatch(context, commands, argc, argv);
}
