/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* getopt_long */
#include "kiosk/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

static const struct option table[] = {
    {"state", required_argument, NULL, 's'},  {"windowed", optional_argument, NULL, 'w'},
    {"round", required_argument, NULL, 'r'},  {"export", required_argument, NULL, 'e'},
    {"lang", required_argument, NULL, 'l'},   {"font", required_argument, NULL, 'f'},
    {"label", required_argument, NULL, 'n'},  {"enrol", required_argument, NULL, 'E'},
    {"trust", no_argument, NULL, 't'},        {"finish", required_argument, NULL, 'F'},
    {"layout", required_argument, NULL, 'L'}, {"preview", required_argument, NULL, 'P'},
    {"status", no_argument, NULL, 'S'},       {"compared", no_argument, NULL, 'C'},
    {"yes", no_argument, NULL, 'y'},          {"version", no_argument, NULL, 'V'},
    {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0},
};

static enum fault read_size(struct options *out, const char *text) {
    out->windowed = true;
    if (text == NULL) {
        return FAULT_NONE;
    }
    char *rest = NULL;
    long width = strtol(text, &rest, 10);
    long height = *rest == 'x' ? strtol(rest + 1, &rest, 10) : 0;
    if (*rest != '\0' || width < 640 || width > 7680 || height < 480 || height > 4320) {
        return FAULT_USAGE;
    }
    out->width = (int)width;
    out->height = (int)height;
    return FAULT_NONE;
}

static enum fault read_language(struct options *out, const char *code) {
    if (strcmp(code, "nl") != 0 && strcmp(code, "en") != 0) {
        return FAULT_USAGE;
    }
    out->language = strings_language_of(code);
    return FAULT_NONE;
}

static enum fault read_option(struct options *out, int option) {
    switch (option) {
    case 's': out->state = optarg; return FAULT_NONE;
    case 'w': return read_size(out, optarg);
    case 'r': out->round = optarg; return FAULT_NONE;
    case 'e': out->export_folder = optarg; return FAULT_NONE;
    case 'l': return read_language(out, optarg);
    case 'f': out->font = optarg; return FAULT_NONE;
    case 'n': out->label = optarg; return FAULT_NONE;
    case 'E':
        out->enrol = optarg;
        out->job = OPTIONS_ENROL;
        return FAULT_NONE;
    case 't': out->job = OPTIONS_TRUST; return FAULT_NONE;
    case 'S': out->job = OPTIONS_STATUS; return FAULT_NONE;
    case 'C': out->job = OPTIONS_COMPARED; return FAULT_NONE;
    case 'F':
        out->finish = optarg;
        out->job = OPTIONS_FINISH;
        return FAULT_NONE;
    case 'L':
        out->layout = optarg;
        out->job = OPTIONS_LAYOUT;
        return FAULT_NONE;
    case 'P':
        out->preview = optarg;
        out->job = OPTIONS_PREVIEW;
        return FAULT_NONE;
    case 'y': out->yes = true; return FAULT_NONE;
    case 'V': out->job = OPTIONS_VERSION; return FAULT_NONE;
    case 'h': out->job = OPTIONS_HELP; return FAULT_NONE;
    default: return FAULT_USAGE;
    }
}

enum fault options_read(struct options *out, int argc, char *const argv[]) {
    int option = 0;
    *out = (struct options){.width = 1024, .height = 768};
    optind = 0; /* GNU: starts anew, so that tests can call this twice */
    opterr = 0;
    while ((option = getopt_long(argc, argv, "h", table, NULL)) != -1) {
        enum fault fault = read_option(out, option);
        if (fault) {
            return fault;
        }
    }
    int wanted = out->job == OPTIONS_TRUST ? 2 : 0;
    bool lacking = (out->job == OPTIONS_ENROL && out->label == NULL) || (out->yes && out->finish == NULL);
    if (argc - optind != wanted || lacking) {
        return FAULT_USAGE;
    }
    for (int i = 0; i < wanted; i++) {
        out->trust[i] = argv[optind + i];
    }
    return FAULT_NONE;
}

static const char help_nl[] =
    "Gebruik: klankbord-kiosk [opties]\n"
    "\n"
    "Voorbeelden:\n"
    "  klankbord-kiosk --label 'laptop 07' --enrol laptop07.kle   dit apparaat aanmelden\n"
    "  klankbord-kiosk --trust coordinator.klh counsellor.klh     deze sleutelhouders vertrouwen\n"
    "  klankbord-kiosk --round ronde.klr                          de ronde laden en beginnen\n"
    "\n"
    "  --state MAP           waar dit apparaat zijn gegevens bewaart\n"
    "  --round BESTAND       laad deze ronde (of de eerste passende uit een map)\n"
    "  --export MAP          zet bestanden ook in deze map\n"
    "  --lang nl|en          taal van de begeleider\n"
    "  --font BESTAND        ander lettertype dan Andika\n"
    "  --windowed[=1366x768] in een venster, voor ontwikkelaars\n"
    "  --label NAAM          naam van dit apparaat, bij --enrol\n"
    "  --enrol BESTAND       schrijf het verzoek om op de kiosklijst te komen\n"
    "  --trust A.klh B.klh   leg vast wie de twee sleutelhouders zijn\n"
    "  --compared            leg vast dat zij hun vingerafdrukken hebben vergeleken\n"
    "  --status              zeg hoe het met dit apparaat staat\n"
    "  --finish MAP          pincode vergeten: sluit af wat open is, zet alles in MAP\n"
    "  --yes                 vraag niets, bij --finish\n"
    "  --layout BESTAND      past elke bladzijde van deze vragenlijst of ronde op elk scherm?\n"
    "  --preview BESTAND     laat een vragenlijst of ronde zien zoals een leerling; bewaart niets\n"
    "  --version, --help\n";

static const char help_en[] =
    "Usage: klankbord-kiosk [options]\n"
    "\n"
    "Examples:\n"
    "  klankbord-kiosk --label 'laptop 07' --enrol laptop07.kle   enrol this machine\n"
    "  klankbord-kiosk --trust coordinator.klh counsellor.klh     trust these key holders\n"
    "  klankbord-kiosk --round round.klr                          load the round and begin\n"
    "\n"
    "  --state FOLDER        where this machine keeps its data\n"
    "  --round FILE          load this round (or the first that fits from a folder)\n"
    "  --export FOLDER       files may go to this folder as well\n"
    "  --lang nl|en          the mentor's language\n"
    "  --font FILE           another font than Andika\n"
    "  --windowed[=1366x768] in a window, for developers\n"
    "  --label NAME          name of this machine, with --enrol\n"
    "  --enrol FILE          write the request to be put on the kiosk list\n"
    "  --trust A.klh B.klh   pin who the two key holders are\n"
    "  --compared            note that they have compared their fingerprints\n"
    "  --status              say how this machine is doing\n"
    "  --finish FOLDER       PIN forgotten: close what is open, put everything in FOLDER\n"
    "  --yes                 ask nothing, with --finish\n"
    "  --layout FILE         does every page of this questionnaire or round fit on every screen?\n"
    "  --preview FILE        show a questionnaire or round as a pupil sees it; saves nothing\n"
    "  --version, --help\n";

const char *options_help(enum strings_language language) {
    return language == STRINGS_EN ? help_en : help_nl;
}
