/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* getopt_long */
#include <getopt.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/say.h"
#include "core/secret.h"
#include "platform/process.h"

/* Dispatch and help at once, in the order of a round. */
static const struct command commands[] = {
    {"keyholder", cmd_keyholder,
     "new|check|restore|round-key|sheet …\nDe sleutels van een sleutelhouder maken, nakijken, herstellen en "
     "vernieuwen.",
     "new|check|restore|round-key|sheet …\nMake, check, restore and renew a key holder's keys."},
    {"questionnaire", cmd_questionnaire,
     "template|check|build|convert|extend|layout …\nEen vragenlijst beginnen, nakijken, bouwen, omzetten en "
     "uitbreiden.",
     "template|check|build|convert|extend|layout …\nBegin, check, build, convert and extend a "
     "questionnaire."},
    {"measure", cmd_measure,
     "add|list …\nOpschrijven wat de school met de uitkomsten doet, om er volgend jaar naar te vragen.",
     "add|list …\nWrite down what the school does with its results, to ask about it next year."},
    {"round", cmd_round,
     "new|sign|papers|close|destroy …\nEen ronde maken, ondertekenen, met papieren omgeven, sluiten, en haar "
     "sleutels vernietigen.\n"
     "Beide sleutelhouders tekenen de ronde, en later de sluitlijst. Alle opties: klankbord round new "
     "--help, enzovoort.",
     "new|sign|papers|close|destroy …\nMake a round, sign it, print papers for it, close it, and destroy its "
     "keys.\n"
     "Both key holders sign the round, and later the closing list. All options: klankbord round new --help, "
     "and so on."},
    {"merge", cmd_merge,
     "--round RONDE --workspace MAP BUNDEL…\nVoegt bundels van kiosken samen in een werkmap.\n"
     "Een BUNDEL is een bestand (.klb) of een map, zoals de stick. Nog een keer samenvoegen verandert niets.",
     "--round ROUND --workspace FOLDER BUNDLE…\nMerges kiosks' bundles into a workspace.\n"
     "A BUNDLE is a file (.klb) or a folder, such as the stick. Merging again changes nothing."},
    {"open", cmd_open,
     "[prepare|sizes|aggregate|combine|receipt] --round RONDE --workspace MAP --holder MAP …\n"
     "Opent een gesloten ronde: alleen sommen, nooit één antwoord.\n"
     "Op één computer: klankbord open, met twee keer --holder.\n"
     "Op twee computers, elk met een eigen werkmap waarin dezelfde bundels zijn samengevoegd:\n"
     "  1. eerste:  klankbord round close                   geef closing-1.klc aan de tweede\n"
     "  2. tweede:  klankbord round close --list BESTAND    geef uw closing-1.klc terug\n"
     "  3. eerste:  klankbord round close --list BESTAND    nu hebben beiden dezelfde getekende lijst\n"
     "  4. allebei: klankbord open prepare --out NAAM.klp   geef elkaar een kopie\n"
     "  5. tweede:  klankbord open aggregate --statement A.klp --statement B.klp --out DEEL.kla\n"
     "  6. eerste:  klankbord open combine --statement A.klp --statement B.klp --share DEEL.kla\n"
     "Heeft de vragenlijst een achtergrondvraag, dan maakt de eerste vóór stap 5:\n"
     "              klankbord open sizes --statement A.klp --statement B.klp --out GROEPEN.klg\n"
     "en geeft de tweede dat mee in stap 5: --sizes GROEPEN.klg\n"
     "Bij elke stap horen ook --round, --workspace en --holder. De eerste is sleutelhouder 1 van de ronde.\n"
     "Elke stap mag worden herhaald. Alle opties: klankbord open prepare --help, enzovoort.",
     "[prepare|sizes|aggregate|combine|receipt] --round ROUND --workspace FOLDER --holder FOLDER …\n"
     "Opens a closed round: only sums, never one answer.\n"
     "On one machine: klankbord open, with --holder twice.\n"
     "On two machines, each with a workspace of its own in which the same bundles were merged:\n"
     "  1. first:  klankbord round close                  give closing-1.klc to the second\n"
     "  2. second: klankbord round close --list FILE      give your closing-1.klc back\n"
     "  3. first:  klankbord round close --list FILE      now both have the same signed list\n"
     "  4. both:   klankbord open prepare --out NAME.klp  give each other a copy\n"
     "  5. second: klankbord open aggregate --statement A.klp --statement B.klp --out SHARE.kla\n"
     "  6. first:  klankbord open combine --statement A.klp --statement B.klp --share SHARE.kla\n"
     "With a background question in the questionnaire the first makes before step 5:\n"
     "             klankbord open sizes --statement A.klp --statement B.klp --out GROUPS.klg\n"
     "and the second gives it in step 5: --sizes GROUPS.klg\n"
     "Each step also takes --round, --workspace and --holder. The first is key holder 1 of the round.\n"
     "Every step may be repeated. All options: klankbord open prepare --help, and so on."},
    {"report", cmd_report,
     "--round RONDE --release VRIJGAVE --out MAP [--late VRIJGAVE] [--previous VRIJGAVE] [--measures "
     "LIJST.csv]\n"
     "Maakt van een vrijgave het rapport voor elke lezer, en de cijfers.\nIn de map komen:\n"
     "  report.html      voor het schoolteam\n"
     "  board.html       voor het bestuur\n"
     "  parents.html     voor de medezeggenschapsraad en ouders\n"
     "  guide.html       tekst voor de schoolgids\n"
     "  poster.html      voor leerlingen, aan de muur\n"
     "  class-*.html     gespreksblad, een per klas waarover iets gezegd kan worden\n"
     "  figures.csv, figures.xlsx, figures.json    dezelfde cijfers, drie keer\n"
     "  dictionary.csv   wat de kolommen betekenen\n"
     "  manifest.txt     controlegetallen: b2sum -l 256 -c manifest.txt\n"
     "Met --late, de vrijgave van wat later binnenkwam, ook late.html en figures-late.csv, .xlsx en .json.\n"
     "Met --previous, de vrijgave van de vorige ronde, staat erbij wat er veranderd is en of dat toeval kan "
     "zijn, en in changes.csv, changes.xlsx en changes.json.\n"
     "Met --measures, de lijst van klankbord measure, staat erbij wat de school deed, wat leerlingen daarvan "
     "merkten, en wat zij gaat doen.",
     "--round ROUND --release RELEASE --out FOLDER [--late RELEASE] [--previous RELEASE] [--measures "
     "LIST.csv]\n"
     "Makes the report of a release for each reader, and the figures.\nInto the folder go:\n"
     "  report.html      for the school team\n"
     "  board.html       for the board\n"
     "  parents.html     for the parents' council\n"
     "  guide.html       a text for the school guide\n"
     "  poster.html      for pupils, on the wall\n"
     "  class-*.html     conversation sheet, one a class of which something can be told\n"
     "  figures.csv, figures.xlsx, figures.json    the same figures, three times\n"
     "  dictionary.csv   what the columns mean\n"
     "  manifest.txt     check sums: b2sum -l 256 -c manifest.txt\n"
     "With --late, the release of what came in later, also late.html and figures-late.csv, .xlsx and .json.\n"
     "With --previous, the release of the round before, they say what changed and whether that can be "
     "chance; so do changes.csv, changes.xlsx and changes.json.\n"
     "With --measures, the list of klankbord measure, they say what the school did, what pupils noticed of "
     "it, and what it will do."},
    {"handover", cmd_handover,
     "--round RONDE --release VRIJGAVE --out MAP [--late VRIJGAVE] [--workspace MAP] [--school-code BRIN] "
     "[--site-code "
     "NUMMER]\n"
     "Maakt wat u overdraagt aan bestuur of inspectie: handover.csv en account.html.\n"
     "De drie gemiddelden van de school, en op één bladzijde wie wanneer is gevraagd en waarom niet "
     "iedereen. "
     "Met --workspace komen de redenen van afwezigheid erbij.",
     "--round ROUND --release RELEASE --out FOLDER [--late RELEASE] [--workspace FOLDER] [--school-code "
     "CODE] [--site-code "
     "CODE]\n"
     "Makes what you hand over to board or inspectorate: handover.csv and account.html.\n"
     "The school's three means, and on one page who was asked, when, and why not everybody. With --workspace "
     "the "
     "reasons of absence too."},
    {"inspect", cmd_inspect,
     "[--round RONDE] BESTAND\nZegt wat er in een bestand van Klankbord staat en of het klopt; nooit iets "
     "geheims.",
     "[--round ROUND] FILE\nSays what is in a file of Klankbord and whether it is right; never anything "
     "secret."},
    {NULL, NULL, NULL, NULL},
};

static void print_help(const struct command_context *context, FILE *file) {
    fprintf(file, "%s\n",
            say_pick(context->language,
                     "klankbord [--lang nl|en] [--no-input] OPDRACHT …\n\nOpdrachten (klankbord help "
                     "OPDRACHT zegt meer):",
                     "klankbord [--lang nl|en] [--no-input] COMMAND …\n\nCommands (klankbord help COMMAND "
                     "tells more):"));
    command_print_table(context, file, commands, "");
}

static int help(struct command_context *context, int argc, char **argv) {
    const struct command *row = argc > 1 ? command_find(commands, argv[1]) : NULL;
    if (argc > 1 && !row) {
        return say_usage(context, "er is geen opdracht '%s'.", "there is no command '%s'.", argv[1]);
    }
    if (!row) {
        print_help(context, context->out);
        return COMMAND_OK;
    }
    command_print_help(context, context->out, row, "klankbord ");
    return COMMAND_OK;
}

/*
 * Dutch unless asked otherwise: the system's own language says nothing about who reads the school's results.
 */
static bool set_language(struct command_context *context, const char *name) {
    bool known = strcmp(name, "nl") == 0 || strcmp(name, "en") == 0;
    context->language = strcmp(name, "en") == 0 ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL;
    return known;
}

static int run(struct command_context *context, int argc, char **argv) {
    if (argc == 0) {
        print_help(context, context->err);
        return COMMAND_USAGE;
    }
    if (strcmp(argv[0], "help") == 0) {
        return help(context, argc, argv);
    }
    const struct command *row = command_find(commands, argv[0]);
    if (!row) {
        say_usage(context, "er is geen opdracht '%s'.", "there is no command '%s'.", argv[0]);
        print_help(context, context->err);
        return COMMAND_USAGE;
    }
    context->name = row->name;
    return row->run(context, argc, argv);
}

/* The options before the command. Gives -1 to go on, else the exit code. */
static int parse(struct command_context *context, int argc, char **argv) {
    static const struct option options[] = {{"lang", required_argument, NULL, 'l'},
                                            {"no-input", no_argument, NULL, 'n'},
                                            {"version", no_argument, NULL, 'v'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    opterr = 0;
    for (int found = 0; (found = getopt_long(argc, argv, "+", options, NULL)) != -1;) {
        switch (found) {
        case 'l':
            if (!set_language(context, optarg)) {
                return say_usage(context, "--lang is nl of en.", "--lang is nl or en.");
            }
            break;
        case 'n': context->non_interactive = true; break;
        case 'v': fprintf(context->out, "klankbord %s\n", KLANKBORD_VERSION); return COMMAND_OK;
        case 'h': print_help(context, context->out); return COMMAND_OK;
        default: print_help(context, context->err); return COMMAND_USAGE;
        }
    }
    return -1;
}

/* Ours, so that a recovery sheet that went through it can be wiped. */
static char output[BUFSIZ];

int main(int argc, char **argv) {
    struct command_context context = {.out = stdout, .err = stderr};
    const char *language = getenv("KLANKBORD_LANG");
    setvbuf(stdout, output, _IOFBF, sizeof output);
    if (language) {
        (void)set_language(&context, language);
    }
    enum fault fault = process_harden();
    if (!fault && sodium_init() < 0) {
        fault = FAULT_SODIUM;
    }
    if (fault) {
        return say_fault(&context, fault, NULL, "Er is niets gedaan.", "Nothing was done.");
    }
    int code = parse(&context, argc, argv);
    if (code < 0) {
        code = run(&context, argc - optind, argv + optind);
    }
    /* Output that did not arrive is a failure, whatever the command thought. */
    bool failed = fflush(stdout) != 0 || ferror(stdout);
    secret_wipe(output, sizeof output);
    if (failed) {
        return say_fault(&context, FAULT_FILE_WRITE, NULL, NULL, NULL);
    }
    return code;
}
