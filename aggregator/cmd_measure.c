/* SPDX-License-Identifier: Apache-2.0 */
/* The list of what the school decided to do about its results. */
#include <stdio.h>
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/cmd_questionnaire.h"
#include "aggregator/say.h"
#include "platform/file.h"

static enum fault copy_text(char *out, size_t room, const char *text) {
    if (text && strlen(text) >= room) {
        return FAULT_LIMIT;
    }
    memcpy(out, text ? text : "", text ? strlen(text) + 1 : 1);
    return FAULT_NONE;
}

static enum fault add(const struct command_context *context, struct measures *measures,
                      const struct measures_row *row, const char *path) {
    struct bytes_buffer content = {0};
    static const char *const field[] = {"",        "name",  "goal",    "text-nl", "text-en",
                                        "owner",   "date",  "text-tr", "text-ar", "text-uk",
                                        "text-pl", "about", "goal-en"};
    enum fault fault = FAULT_NONE;
    if (measures_wrong(row)) {
        say(context, "--%s kan zo niet; er is niets opgeschreven.",
            "--%s cannot be so; nothing was written down.", field[measures_wrong(row)]);
        return FAULT_USAGE;
    }
    if (measures_find(measures, row->name) || measures->count == MEASURES_LIMIT) {
        say(context, "%s: de maatregel \"%s\" staat er al in, of er staan er al %d; er is niets veranderd.",
            "%s: the measure \"%s\" is in it already, or there are %d already; nothing was changed.", path,
            row->name, MEASURES_LIMIT);
        return FAULT_FILE_EXISTS;
    }
    measures->row[measures->count++] = *row;
    fault = measures_write(&content, measures);
    fault = fault ? fault : file_write(path, bytes_buffer_view(&content), FILE_SHARED);
    if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    } else {
        say_out(context, "%s: opgeschreven als nummer %zu", "%s: written down as number %zu", path,
                measures->count);
    }
    bytes_buffer_release(&content);
    return fault;
}

static int run_add(struct command_context *context, int argc, char **argv) {
    struct command_operands operand;
    struct measures measures = {.count = 0};
    struct measures_row row = {.date = 0};
    const char *name = NULL, *goal = NULL, *nl = NULL, *en = NULL, *owner = NULL, *about = NULL;
    const char *goal_en = NULL;
    const char *more[MEASURES_MORE] = {NULL};
    bool fits = true;
    const struct command_option options[] = {
        {"name", COMMAND_TEXT, true, &name, "korte naam: kleine letters, cijfers en _",
         "short name: lower-case letters, digits and _"},
        {"goal", COMMAND_TEXT, true, &goal, "wat er moet veranderen", "what it should change, in Dutch"},
        {"goal-en", COMMAND_TEXT, false, &goal_en, "hetzelfde in het Engels, voor Engelse rapporten",
         "the same in English, for English reports"},
        {"text-nl", COMMAND_TEXT, true, &nl, "wat leerlingen konden merken: Heb je iets gemerkt van ...?",
         "the same in Dutch: Heb je iets gemerkt van ...?"},
        {"text-en", COMMAND_TEXT, true, &en, "hetzelfde in het Engels: Have you noticed ...?",
         "what pupils could notice: Have you noticed ...?"},
        {"date", COMMAND_DATE, true, &row.date, "de dag waarop het is besloten, 2026-09-03",
         "the day it was decided, 2026-09-03"},
        {"text-tr", COMMAND_TEXT, false, &more[0], "hetzelfde in het Turks: Şunu fark ettin mi: ...?",
         "the same in Turkish: Şunu fark ettin mi: ...?"},
        {"text-ar", COMMAND_TEXT, false, &more[1], "hetzelfde in het Arabisch", "the same in Arabic"},
        {"text-uk", COMMAND_TEXT, false, &more[2], "hetzelfde in het Oekraïens: Чи помітно тобі таке: ...?",
         "the same in Ukrainian: Чи помітно тобі таке: ...?"},
        {"text-pl", COMMAND_TEXT, false, &more[3], "hetzelfde in het Pools: Czy zauważasz coś takiego: ...?",
         "the same in Polish: Czy zauważasz coś takiego: ...?"},
        {"about", COMMAND_TEXT, false, &about,
         "naam van de vraag of schaal in de vragenlijst die moet veranderen",
         "name of the question or scale in the questionnaire that should change"},
        {"owner", COMMAND_TEXT, false, &owner, "wie het doet: een functie, geen naam",
         "who does it: a role, not a name"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL},
    };
    enum fault fault = command_parse(&operand, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    for (size_t i = 0; i < MEASURES_MORE; i++) {
        fits = copy_text(row.text[i], sizeof row.text[i], more[i]) == FAULT_NONE && fits;
    }
    if (!fits || copy_text(row.name, sizeof row.name, name) || copy_text(row.goal, sizeof row.goal, goal) ||
        copy_text(row.text_nl, sizeof row.text_nl, nl) || copy_text(row.text_en, sizeof row.text_en, en) ||
        copy_text(row.owner, sizeof row.owner, owner) || copy_text(row.about, sizeof row.about, about) ||
        copy_text(row.goal_en, sizeof row.goal_en, goal_en)) {
        return say_usage(context, "Een naam heeft hoogstens 24 tekens, een tekst 200.",
                         "A name has at most 24 characters, a text 200.");
    }
    fault = file_exists(operand.value[0]) ? cmd_questionnaire_measures(&measures, context, operand.value[0])
                                          : FAULT_NONE;
    fault = fault ? fault : add(context, &measures, &row, operand.value[0]);
    return command_exit_of(fault);
}

static int run_list(struct command_context *context, int argc, char **argv) {
    struct command_operands operand;
    struct measures measures = {.count = 0};
    const struct command_option options[] = {{NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    enum fault fault = command_parse(&operand, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    fault = cmd_questionnaire_measures(&measures, context, operand.value[0]);
    for (size_t i = 0; !fault && i < measures.count; i++) {
        const struct measures_row *row = &measures.row[i];
        fprintf(context->out, "%04u-%02u-%02u\t%s\t%s\t%s\t%s\t%s\n", row->date / 10000,
                row->date / 100 % 100, row->date % 100, row->name,
                say_pick(context->language, row->goal, row->goal_en[0] ? row->goal_en : row->goal),
                say_pick(context->language, row->text_nl, row->text_en), row->owner, row->about);
    }
    return command_exit_of(fault);
}

static const struct command commands[] = {
    {"add", run_add,
     "BESTAND.csv --name NAAM --goal TEKST [--goal-en TEKST] --text-nl TEKST --text-en TEKST --date DAG "
     "[--owner FUNCTIE] "
     "[--about VRAAG] "
     "[--text-tr TEKST ...]\n"
     "Opschrijven wat de school gaat doen; volgend jaar wordt het een vraag aan leerlingen.",
     "FILE.csv --name NAME --goal TEXT [--goal-en TEXT] --text-nl TEXT --text-en TEXT --date DAY [--owner "
     "ROLE] [--about "
     "QUESTION] [--text-tr "
     "TEXT ...]\n"
     "Write down what the school will do; next year it becomes a question to pupils."},
    {"list", run_list, "BESTAND.csv\nDe maatregelen, een per regel.", "FILE.csv\nThe measures, one a line."},
    {NULL, NULL, NULL, NULL},
};

int cmd_measure(struct command_context *context, int argc, char **argv) {
    return command_dispatch(context, commands, argc, argv);
}
