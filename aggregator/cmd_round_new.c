/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/cmd.h"
#include "aggregator/round_plan.h"
#include "aggregator/round_summary.h"
#include "aggregator/say.h"
#include "core/secret.h"
#include "platform/file.h"

static int say_refused(const struct command_context *context, enum fault fault, const struct round *round) {
    char remedy_nl[200], remedy_en[200];
    switch ((int)fault) {
    case FAULT_ROUND_TOO_SMALL:
        snprintf(remedy_nl, sizeof remedy_nl,
                 "Er worden %u leerlingen gevraagd en --k-unit is %u. Voeg klassen toe, of doe mee met een "
                 "andere locatie.",
                 round_asked(round), round->k_unit);
        snprintf(remedy_en, sizeof remedy_en,
                 "%u pupils are asked and --k-unit is %u. Add classes, or join with another site.",
                 round_asked(round), round->k_unit);
        return say_fault(context, fault, NULL, remedy_nl, remedy_en);
    case FAULT_KEY_SAME:
        return say_fault(context, fault, "--holder",
                         "Geef de holder.klh van twee verschillende sleutelhouders.",
                         "Give the holder.klh of two different key holders.");
    case FAULT_NAME_TWICE:
        return say_fault(context, fault, NULL,
                         "Twee sleutelhouders of twee apparaten heten hetzelfde; noem er een anders.",
                         "Two key holders or two kiosks have the same name; rename one.");
    default: return say_fault(context, fault, NULL, "Er is geen ronde gemaakt.", "No round was made.");
    }
}

static int save(const struct command_context *context, const char *path, const struct round *round) {
    struct bytes_buffer content = {0};
    enum fault fault = round_encode(&content, round);
    if (!fault) {
        fault = file_write_new(path, bytes_buffer_view(&content), FILE_SHARED);
    }
    bytes_buffer_release(&content);
    return fault ? say_fault(context, fault, path, "Er is geen ronde gemaakt.", "No round was made.")
                 : COMMAND_OK;
}

static void say_done(const struct command_context *context, const struct round_plan *plan,
                     const struct round *round, const char *pin) {
    round_summary_print(context, round);
    if (!plan->pin_file) {
        say_out(context, "Pincode voor de begeleiders: %s", "PIN for the mentors: %s", pin);
        say(context, "De pincode staat hier een keer; schrijf hem op.",
            "The PIN is shown here once; write it down.");
    }
    if (round->mode == ROUND_SOLO) {
        say(context,
            "WAARSCHUWING: in deze ronde kan een persoon alleen de antwoorden van een kind lezen, en de "
            "leerlingen lezen\n"
            "  dat op het scherm. Kan het met twee mensen, neem dan --mode one-machine of two-machines.",
            "WARNING: in this round one person alone can read a child's answers, and the pupils read so on "
            "the\n"
            "  screen. If two people are possible, take --mode one-machine or two-machines.");
    }
    say(context,
        "Nu tekenen beide sleutelhouders: klankbord round sign %s --holder MAP\n"
        "  Na de eerste handtekening ligt alles hierboven vast.",
        "Now both key holders sign: klankbord round sign %s --holder FOLDER\n"
        "  After the first signature everything above is fixed.",
        plan->out);
}

static int make(struct round *round, char *pin, const struct command_context *context,
                const struct round_plan *plan) {
    int code = round_plan_basics(round, context, plan);
    code = code ? code : round_plan_instrument(round, context, plan);
    code = code ? code : round_plan_classes(round, context, plan);
    code = code ? code : round_plan_people(round, context, plan);
    code = code ? code : round_plan_pin(round, pin, context, plan);
    if (code) {
        return code;
    }
    randombytes_buf(round->id, sizeof round->id);
    enum fault fault = round_seal_body(round);
    if (fault) {
        return say_refused(context, fault, round);
    }
    code = save(context, plan->out, round);
    if (!code) {
        say_done(context, plan, round, pin);
    }
    return code;
}

static enum fault read_plan(struct round_plan *plan, struct command_context *context, int argc, char **argv) {
    const struct command_option options[] = {
        {"out", COMMAND_TEXT, true, &plan->out, "het rondebestand dat wordt gemaakt (.klr)",
         "the round file to be made (.klr)"},
        {"school", COMMAND_TEXT, true, &plan->school, "naam van de school", "name of the school"},
        {"site", COMMAND_TEXT, false, &plan->site, "naam van de locatie", "name of the site"},
        {"type", COMMAND_TEXT, true, &plan->type, "po, sbo, so, vso, pro, vmbo, havo, vwo, vo of other",
         "po, sbo, so, vso, pro, vmbo, havo, vwo, vo or other"},
        {"year", COMMAND_NUMBER, true, &plan->year, "het jaar waarin het schooljaar begint",
         "the year in which the school year begins"},
        {"first", COMMAND_DATE, true, &plan->first, "eerste dag waarop leerlingen invullen",
         "first day on which pupils answer"},
        {"last", COMMAND_DATE, true, &plan->last, "laatste dag", "last day"},
        {"retention", COMMAND_DATE, true, &plan->retention,
         "de dag waarop de verzegelde antwoorden uiterlijk zijn vernietigd; een paar maanden na de laatste "
         "dag",
         "the day by which the sealed answers are destroyed; a few months after the last day"},
        {"mode", COMMAND_TEXT, true, &plan->mode, "two-machines (aangeraden), one-machine of solo",
         "two-machines (recommended), one-machine or solo"},
        {"questionnaire", COMMAND_TEXT, true, &plan->questionnaire, "vragenlijst: .klq of .csv",
         "questionnaire: .klq or .csv"},
        {"classes", COMMAND_TEXT, true, &plan->classes,
         "CSV met klas, leerjaren, leerlingen, niet_gevraagd, reden",
         "CSV with class, years, heads, not_asked, reason"},
        {"holder", COMMAND_LIST, true, &plan->holders,
         "twee keer: holder.klh van een sleutelhouder; de eerste voegt samen",
         "twice: a key holder's holder.klh; the first one combines"},
        {"kiosk", COMMAND_LIST, true, &plan->kiosks,
         "per apparaat: het bestand van klankbord-kiosk --enrol (.kle)",
         "per kiosk: the file of klankbord-kiosk --enrol (.kle)"},
        {"incidents-in-class", COMMAND_FLAG, false, &plan->incidents_in_class,
         "ook per klas tonen wat leerlingen meemaakten (anders pas per leerjaar); leerlingen lezen dat",
         "show what happened to pupils by class too (else from the year up); pupils read so"},
        {"k-unit", COMMAND_NUMBER, false, &plan->k_unit,
         "kleinste groep die wordt geopend; gewoon 10, minstens 5",
         "smallest group that is opened; default 10, at least 5"},
        {"k-cell", COMMAND_NUMBER, false, &plan->k_cell,
         "kleinste telling in het rapport; gewoon 5, minstens 3",
         "smallest count in the report; default 5, at least 3"},
        {"languages", COMMAND_TEXT, false, &plan->languages,
         "talen voor leerlingen, zoals nl,en; anders alle",
         "languages for pupils, such as nl,en; otherwise all"},
        {"help-line", COMMAND_LIST, false, &plan->help_lines,
         "regel op de hulpkaart, zoals \"nl:Kindertelefoon 0800-0432\"",
         "line on the help card, such as \"en:Child helpline 0800-0432\""},
        {"pin-file", COMMAND_TEXT, false, &plan->pin_file,
         "bestand met de pincode; anders wordt er een gemaakt", "file with the PIN; otherwise one is made"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    return command_parse(&none, context, options, 0, 0, argc, argv);
}

int cmd_round_new(struct command_context *context, int argc, char **argv) {
    static struct round_plan plan;
    plan = (struct round_plan){.k_unit = ROUND_K_UNIT_DEFAULT, .k_cell = ROUND_K_CELL_DEFAULT};
    void *pin = NULL;
    enum fault fault = read_plan(&plan, context, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    if (file_exists(plan.out)) {
        return say_fault(context, FAULT_FILE_EXISTS, plan.out,
                         "Kies een andere naam; een ronde wordt nooit overschreven.",
                         "Choose another name; a round is never overwritten.");
    }
    struct round *round = round_new();
    fault = round ? secret_new(&pin, ROUND_PLAN_PIN_SIZE) : FAULT_MEMORY;
    int code = fault ? say_fault(context, fault, NULL, NULL, NULL) : make(round, pin, context, &plan);
    secret_free(pin);
    round_free(round);
    return code;
}
