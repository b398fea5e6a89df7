/* SPDX-License-Identifier: Apache-2.0 */
/* A school's copy of an instrument, with its own questions and one for each measure of last year. */
#include "aggregator/author.h"
#include "aggregator/author_extend.h"
#include "aggregator/cmd_questionnaire.h"
#include "aggregator/command_files.h"
#include "aggregator/say.h"
#include "platform/file.h"

enum fault cmd_questionnaire_measures(struct measures *out, const struct command_context *context,
                                      const char *path) {
    struct bytes_buffer content = {0};
    uint32_t line = 0, column = 0;
    char letters[AUTHOR_REPORT_COLUMN];
    enum fault fault = file_read(&content, path, MEASURES_BYTES);
    fault = fault ? fault : measures_read(out, &line, &column, bytes_buffer_view(&content));
    author_report_letters(letters, column);
    if (fault == FAULT_QUESTIONNAIRE) {
        say(context,
            "%s: cel %s%u klopt niet. De kolommen zijn measure,goal,text_nl,text_en,owner,date, en wie wil "
            "daarachter "
            "text_tr,text_ar,text_uk,text_pl,about; een naam is "
            "uniek en heeft 1 "
            "tot 24 kleine letters, cijfers en liggende streepjes; een datum is 2026-09-03.",
            "%s: cell %s%u is wrong. The columns are measure,goal,text_nl,text_en,owner,date, and behind "
            "them if you like "
            "text_tr,text_ar,text_uk,text_pl,about; a name is "
            "unique and has 1 to 24 "
            "lower-case letters, digits and underscores; a date is 2026-09-03.",
            path, letters, line);
    } else if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    }
    bytes_buffer_release(&content);
    return fault;
}

/* From the bytes of the file itself, so that what is said names its own cells. */
static enum fault compile(struct questionnaire **out, const struct command_context *context,
                          const struct bytes_buffer *content, const char *path) {
    struct author_report report = {0};
    enum fault fault = cmd_questionnaire_compile_bytes(out, &report, path, bytes_buffer_view(content));
    cmd_questionnaire_print(context, context->err, path, &report);
    author_report_release(&report);
    return fault;
}

static enum fault compile_file(struct questionnaire **out, const struct command_context *context,
                               const char *path) {
    struct bytes_buffer content = {0};
    enum fault fault = file_read(&content, path, AUTHOR_TABLE_BYTES);
    if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    }
    fault = fault ? fault : compile(out, context, &content, path);
    bytes_buffer_release(&content);
    return fault;
}

/* The copy is written only when it compiles and its core is the instrument's, item by item. */
static enum fault check_copy(const struct command_context *context, const struct bytes_buffer *copy,
                             const char *path, const char *out) {
    struct questionnaire *before = NULL, *after = NULL;
    bool keeps = false;
    enum fault fault = compile_file(&before, context, path);
    fault = fault ? fault : compile(&after, context, copy, out);
    fault = fault ? fault : author_extend_keeps(&keeps, before, after);
    if (!fault && !keeps) {
        say(context,
            "%s: de vragen van de vragenlijst zelf zouden veranderen; er is niets gemaakt. Geef eigen "
            "antwoordlijsten een eigen naam.",
            "%s: the questions of the instrument itself would change; nothing was made. Give lists of your "
            "own answers a name of their own.",
            out);
        fault = FAULT_QUESTIONNAIRE;
    } else if (!fault) {
        say_out(context, "%s: %u vragen en teksten van de vragenlijst, %u erbij",
                "%s: %u items of the instrument, %u added", out, before->item_count,
                after->item_count - before->item_count);
    }
    questionnaire_free(before);
    questionnaire_free(after);
    return fault;
}

static enum fault make_copy(const struct command_context *context, struct author_extend *extend,
                            const char *path, const char *out) {
    struct author_table copy = {0};
    struct author_report report = {0};
    struct bytes_buffer content = {0};
    enum fault fault = author_extend(&copy, &report, extend);
    cmd_questionnaire_print(context, context->err, out, &report);
    if (fault == FAULT_QUESTIONNAIRE) {
        say(context, "%s: het blad survey of choices ontbreekt, in de vragenlijst of bij de eigen vragen.",
            "%s: the sheet survey or choices is missing, in the questionnaire or among the school's own "
            "questions.",
            path);
    }
    fault = fault ? fault : report.errors ? FAULT_QUESTIONNAIRE : FAULT_NONE;
    fault = fault ? fault : cmd_questionnaire_encode(&content, context, out, &copy);
    fault = fault ? fault : check_copy(context, &content, path, out);
    fault = fault ? fault : cmd_questionnaire_write(context, out, bytes_buffer_view(&content));
    bytes_buffer_release(&content);
    author_report_release(&report);
    author_table_release(&copy);
    return fault;
}

int cmd_questionnaire_extend(struct command_context *context, int argc, char **argv) {
    struct command_operands operand;
    struct author_table core = {0}, own = {0};
    struct measures measures = {.count = 0};
    struct author_extend extend = {.core = &core};
    const char *path = NULL, *own_path = NULL, *measures_path = NULL;
    const struct command_option options[] = {
        {"out", COMMAND_TEXT, true, &path, "de kopie, *.xlsx of *.csv", "the copy, *.xlsx or *.csv"},
        {"own", COMMAND_TEXT, false, &own_path, "eigen vragen: een bestand met de bladen survey en choices",
         "the school's own questions: a file with the sheets survey and choices"},
        {"measures", COMMAND_TEXT, false, &measures_path,
         "maatregelen: per maatregel een vraag of leerlingen iets merkten",
         "measures: for each a question whether pupils noticed"},
        {"since", COMMAND_DATE, false, &extend.since, "alleen maatregelen van na deze dag",
         "only measures since this day"},
        {"version", COMMAND_TEXT, false, &extend.version, "de uitgave van de kopie",
         "the version of the copy"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL},
    };
    enum fault fault = command_parse(&operand, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    if (!own_path && !measures_path) {
        return say_usage(context, "Geef --own of --measures: er is niets om toe te voegen.",
                         "Give --own or --measures: there is nothing to add.");
    }
    if (!cmd_questionnaire_is_sheet(context, path)) {
        return COMMAND_USAGE;
    }
    fault = cmd_questionnaire_read(&core, context, operand.value[0]);
    fault = !fault && own_path ? cmd_questionnaire_read(&own, context, own_path) : fault;
    fault = !fault && measures_path ? cmd_questionnaire_measures(&measures, context, measures_path) : fault;
    extend.own = own_path ? &own : NULL;
    extend.measures = measures_path ? &measures : NULL;
    fault = fault ? fault : make_copy(context, &extend, operand.value[0], path);
    author_table_release(&core);
    author_table_release(&own);
    return command_exit_of(fault);
}
