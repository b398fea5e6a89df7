/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/author.h"
#include "aggregator/author_table.h"
#include "aggregator/cmd.h"
#include "aggregator/cmd_questionnaire.h"
#include "aggregator/command_files.h"
#include "aggregator/say.h"
#include "core/layout.h"
#include "platform/file.h"
#include "platform/program.h"

static const char MAGIC[8] = {'K', 'L', 'B', 'q', 's', 't', 'n', '\n'};

/*
 * "FILE: sheet survey, cell C12 (relevant): error KB-CONDITION-UNKNOWN: reason" and the remedy on the next
 * line.
 */
static void print_finding(const struct command_context *context, FILE *file, const char *path,
                          const struct author_report_finding *finding) {
    static const char *const word[2][3] = {{"fout", "let op", "ter informatie"},
                                           {"error", "warning", "note"}};
    int language = context->language == FAULT_LANGUAGE_EN;
    fprintf(file, "%s: ", path);
    if (finding->sheet[0]) {
        fprintf(file, "%s %s", say_pick(context->language, "blad", "sheet"), finding->sheet);
    }
    if (finding->row) {
        fprintf(file, "%s%s %s%u", finding->sheet[0] ? ", " : "",
                finding->letters[0] ? say_pick(context->language, "cel", "cell")
                                    : say_pick(context->language, "rij", "row"),
                finding->letters, finding->row);
    }
    if (finding->header[0]) {
        fprintf(file, " (%s)", finding->header);
    }
    fprintf(file, "%s%s %s: %s\n    %s\n", finding->sheet[0] || finding->row ? ": " : "",
            word[language][finding->severity], finding->code, finding->reason[language],
            finding->remedy[language]);
}

void cmd_questionnaire_print(const struct command_context *context, FILE *file, const char *path,
                             const struct author_report *report) {
    for (size_t i = 0; i < report->count; i++) {
        print_finding(context, file, path, &report->finding[i]);
    }
    size_t all = report->errors + report->warnings + report->notes;
    if (all > report->count) {
        fprintf(file, "%s: %s %zu %s\n", path, say_pick(context->language, "en nog", "and"),
                all - report->count, say_pick(context->language, "meldingen", "more"));
    }
}

static void json_text(FILE *file, const char *name, const char *text) {
    fprintf(file, "\"%s\": \"", name);
    for (; *text; text++) {
        fprintf(file, *text == '"' || *text == '\\' ? "\\%c" : "%c",
                *text); /* control characters never come this far */
    }
    fputc('"', file);
}

static void json_finding(const struct command_context *context, FILE *file,
                         const struct author_report_finding *finding) {
    static const char *const severity[] = {"error", "warning", "note"};
    int language = context->language == FAULT_LANGUAGE_EN;
    fputs("    {", file);
    json_text(file, "severity", severity[finding->severity]);
    fputs(", ", file);
    json_text(file, "code", finding->code);
    fputs(", ", file);
    json_text(file, "sheet", finding->sheet);
    fprintf(file, ", \"row\": %u, \"column\": \"%s\", ", finding->row, finding->letters);
    json_text(file, "header", finding->header);
    fputs(", ", file);
    json_text(file, "reason", finding->reason[language]);
    fputs(", ", file);
    json_text(file, "remedy", finding->remedy[language]);
    fputc('}', file);
}

/*
 * The report for programs: an object with what the sentences say. Row 0 and an empty column mean the sheet or
 * file as a whole.
 */
static void print_json(const struct command_context *context, const char *path,
                       const struct author_report *report) {
    fputs("{\n  ", context->out);
    json_text(context->out, "file", path);
    fprintf(context->out, ",\n  \"errors\": %zu, \"warnings\": %zu, \"notes\": %zu,\n  \"findings\": [",
            report->errors, report->warnings, report->notes);
    for (size_t i = 0; i < report->count; i++) {
        fputs(i > 0 ? ",\n" : "\n", context->out);
        json_finding(context, context->out, &report->finding[i]);
    }
    fputs(report->count ? "\n  ]\n}\n" : "]\n}\n", context->out);
}

void cmd_questionnaire_audio(char out[CMD_QUESTIONNAIRE_FOLDER], const char *path) {
    const char *slash = strrchr(path, '/');
    int size =
        snprintf(out, CMD_QUESTIONNAIRE_FOLDER, "%.*saudio", slash ? (int)(slash - path) + 1 : 0, path);
    if (size < 0 || size >= CMD_QUESTIONNAIRE_FOLDER) {
        memcpy(out, "audio", sizeof "audio");
    }
}

enum fault cmd_questionnaire_compile_bytes(struct questionnaire **out, struct author_report *report,
                                           const char *path, struct bytes content) {
    char folder[CMD_QUESTIONNAIRE_FOLDER];
    struct author_media media = {author_media_in_folder, folder, true};
    cmd_questionnaire_audio(folder, path);
    return author_compile_with(out, report, content, &media);
}

/*
 * Reads and compiles; what was found is printed to `file`, when there is one. The fault was said when it is
 * not FAULT_QUESTIONNAIRE.
 */
static enum fault compile(struct questionnaire **out, struct author_report *report,
                          const struct command_context *context, FILE *file, const char *path) {
    struct bytes_buffer content = {0};
    *out = NULL;
    enum fault fault = file_read(&content, path, AUTHOR_TABLE_BYTES);
    if (!fault) {
        fault = cmd_questionnaire_compile_bytes(out, report, path, bytes_buffer_view(&content));
        if (file) {
            cmd_questionnaire_print(context, file, path, report);
        }
    }
    if (fault && fault != FAULT_QUESTIONNAIRE) {
        say_fault(context, fault, path, NULL, NULL);
    }
    bytes_buffer_release(&content);
    return fault;
}

enum fault cmd_questionnaire_compile(struct questionnaire **out, const struct command_context *context,
                                     const char *path) {
    struct author_report report = {0};
    enum fault fault = compile(out, &report, context, NULL, path);
    if (fault == FAULT_QUESTIONNAIRE) {
        cmd_questionnaire_print(context, context->err, path, &report);
    }
    author_report_release(&report);
    return fault;
}

static const char *errors_word(const struct command_context *context, size_t count) {
    return count == 1 ? say_pick(context->language, "fout", "error")
                      : say_pick(context->language, "fouten", "errors");
}

static const char *warnings_word(const struct command_context *context, size_t count) {
    return count == 1 ? say_pick(context->language, "waarschuwing", "warning")
                      : say_pick(context->language, "waarschuwingen", "warnings");
}

/*
 * Neither program knows the other's parts, so the kiosk is run: it reads the compiled form and says what does
 * not fit.
 */
static enum fault run_kiosk(const struct command_context *context, const char *path,
                            const struct questionnaire *questionnaire) {
    char language[] = "--lang=nl";
    char layout[] = "--layout=-";
    char name[] = "klankbord-kiosk";
    char *words[] = {name, language, layout, NULL};
    struct bytes_buffer content = {0};
    int code = 0;
    FILE *file = tmpfile();
    enum fault fault = file == NULL ? FAULT_FILE_WRITE : questionnaire_encode(&content, questionnaire);
    if (context->language == FAULT_LANGUAGE_EN) {
        memcpy(language + sizeof language - 3, "en", 2);
    }
    if (!fault && fwrite(content.data, 1, content.size, file) != content.size) {
        fault = FAULT_FILE_WRITE;
    }
    if (!fault) {
        fault = program_run(&code, path, words, file, context->out);
    }
    if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    }
    if (file != NULL) {
        fclose(file);
    }
    bytes_buffer_release(&content);
    return fault ? fault : code == 0 ? FAULT_NONE : FAULT_QUESTIONNAIRE;
}

static enum fault check_layout(const struct command_context *context,
                               const struct questionnaire *questionnaire) {
    char path[PROGRAM_PATH_SIZE];
    enum fault fault = program_find(path, "klankbord-kiosk");
    if (fault) {
        say(context,
            "klankbord-kiosk is niet gevonden, dus is niet nagekeken of elke bladzijde past. "
            "Installeer het kioskprogramma, of doe dit op een apparaat waar het staat.",
            "klankbord-kiosk was not found, so whether every page fits was not checked. "
            "Install the kiosk program, or do this on a machine that has it.");
        return fault;
    }
    return run_kiosk(context, path, questionnaire);
}

static int run_check(struct command_context *context, int argc, char **argv) {
    struct command_operands operand;
    struct questionnaire *questionnaire = NULL;
    struct author_report report = {0};
    bool strict = false;
    bool layout = false, json = false;
    const struct command_option options[] = {
        {"strict", COMMAND_FLAG, false, &strict, "ook waarschuwingen zijn fouten", "warnings are errors too"},
        {"json", COMMAND_FLAG, false, &json, "alle meldingen als JSON, voor andere programma's",
         "all findings as JSON, for other programs"},
        {"layout", COMMAND_FLAG, false, &layout, "past elke bladzijde op elk scherm? Vraagt de kiosk",
         "does every page fit on every screen? Asks the kiosk"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL},
    };
    enum fault fault = command_parse(&operand, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    struct command_context talk = *context;
    fault = compile(&questionnaire, &report, context, json ? NULL : context->out, operand.value[0]);
    if (json && (!fault || fault == FAULT_QUESTIONNAIRE)) {
        print_json(context, operand.value[0], &report);
        talk.out = context->err; /* standard output is the one object */
    } else if (!fault || fault == FAULT_QUESTIONNAIRE) {
        say_out(context, "%s: %zu %s, %zu %s.", "%s: %zu %s, %zu %s.", operand.value[0], report.errors,
                errors_word(context, report.errors), report.warnings,
                warnings_word(context, report.warnings));
    }
    enum fault fits = !fault && layout ? check_layout(&talk, questionnaire) : FAULT_NONE;
    fault = !fault && strict && report.warnings ? FAULT_QUESTIONNAIRE : fault ? fault : fits;
    questionnaire_free(questionnaire);
    author_report_release(&report);
    return command_exit_of(fault);
}

static enum fault write_built(const struct command_context *context,
                              const struct questionnaire *questionnaire, const char *path) {
    struct bytes_buffer content = {0};
    uint8_t digest[DIGEST_BYTES];
    char hex[2 * DIGEST_BYTES + 1];
    enum fault fault = questionnaire_encode(&content, questionnaire);
    fault = fault ? fault : questionnaire_digest(digest, questionnaire);
    fault = fault ? fault : command_files_replace(path, bytes_buffer_view(&content));
    if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    } else {
        digest_hex(hex, digest, sizeof digest);
        say_out(context, "%s: %zu bytes, vingerafdruk %s", "%s: %zu bytes, digest %s", path, content.size,
                hex);
    }
    bytes_buffer_release(&content);
    return fault;
}

static int run_build(struct command_context *context, int argc, char **argv) {
    struct command_operands operand;
    struct questionnaire *questionnaire = NULL;
    struct author_report report = {0};
    const char *path = NULL;
    const struct command_option options[] = {
        {"out", COMMAND_TEXT, true, &path, "het bestand dat gemaakt wordt, *.klq", "the file to make, *.klq"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL},
    };
    enum fault fault = command_parse(&operand, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    fault = compile(&questionnaire, &report, context, context->err, operand.value[0]);
    if (fault == FAULT_QUESTIONNAIRE) {
        say(context, "%s: %zu %s; er is niets gemaakt.", "%s: %zu %s; nothing was made.", operand.value[0],
            report.errors, errors_word(context, report.errors));
    }
    fault = fault ? fault : write_built(context, questionnaire, path);
    questionnaire_free(questionnaire);
    author_report_release(&report);
    return command_exit_of(fault);
}

/* Either form: the compiled one is recognised by its first bytes. */
static enum fault read_either(struct questionnaire **out, const struct command_context *context,
                              const char *path) {
    struct bytes_buffer content = {0};
    struct author_report report = {0};
    enum fault fault = file_read(&content, path, AUTHOR_TABLE_BYTES);
    bool built = !fault && content.size >= sizeof MAGIC && memcmp(content.data, MAGIC, sizeof MAGIC) == 0;
    if (!fault && built) {
        fault = questionnaire_decode(out, bytes_buffer_view(&content));
    } else if (!fault) {
        fault = cmd_questionnaire_compile_bytes(out, &report, path, bytes_buffer_view(&content));
        cmd_questionnaire_print(context, context->err, path, &report);
    }
    if (fault) {
        say_fault(context, fault, path, NULL, NULL);
    }
    author_report_release(&report);
    bytes_buffer_release(&content);
    return fault;
}

static void print_layout(const struct command_context *context, const struct layout *layout,
                         const struct questionnaire *questionnaire) {
    char line[1024];
    for (uint32_t i = 0; i < layout->counter_count; i++) {
        layout_describe(line, sizeof line, layout, questionnaire, i);
        fprintf(context->out, "%s\n", line);
    }
}

static int run_layout(struct command_context *context, int argc, char **argv) {
    struct command_operands operand;
    struct questionnaire *questionnaire = NULL;
    struct layout layout = {0};
    const struct command_option options[] = {{NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    enum fault fault = command_parse(&operand, context, options, 1, 1, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    fault = read_either(&questionnaire, context, operand.value[0]);
    if (!fault) {
        fault = layout_derive(&layout, questionnaire);
        if (fault) {
            say_fault(context, fault, operand.value[0], NULL, NULL);
        } else {
            print_layout(context, &layout, questionnaire);
        }
    }
    layout_release(&layout);
    questionnaire_free(questionnaire);
    return command_exit_of(fault);
}

static const struct command commands[] = {
    {"check", run_check,
     "BESTAND.xlsx|.csv [--strict] [--json] [--layout]\nNakijken: alle fouten en waarschuwingen, met blad, "
     "cel, reden "
     "en "
     "wat te doen.",
     "FILE.xlsx|.csv [--strict] [--json] [--layout]\nCheck: all errors and warnings, with sheet, cell, "
     "reason and "
     "remedy."},
    {"build", run_build,
     "BESTAND.xlsx|.csv --out BESTAND.klq\nDe ene vorm maken die kiosken lezen; bij fouten wordt er niets "
     "gemaakt.",
     "FILE.xlsx|.csv --out FILE.klq\nMake the one form that kiosks read; nothing is made when there are "
     "errors."},
    {"layout", run_layout,
     "BESTAND.xlsx|.csv|.klq\nElke teller op een regel: nummer, niveau, blok, vraag, en wat hij telt.",
     "FILE.xlsx|.csv|.klq\nOne line for each counter: number, level, block, question, and what it counts."},
    {"template", cmd_questionnaire_template,
     "--out BESTAND.xlsx|.csv\nEen kleine vragenlijst om mee te beginnen, met keuzelijsten en uitleg.",
     "--out FILE.xlsx|.csv\nA small questionnaire to begin with, with drop-downs and help."},
    {"convert", cmd_questionnaire_convert,
     "BESTAND.xlsx|.csv --out BESTAND.csv|.xlsx\nDezelfde vragenlijst in de andere vorm, zonder verlies.",
     "FILE.xlsx|.csv --out FILE.csv|.xlsx\nThe same questionnaire in the other form, without loss."},
    {"extend", cmd_questionnaire_extend,
     "BESTAND.xlsx|.csv --out KOPIE.xlsx|.csv [--own BESTAND] [--measures BESTAND.csv] [--since DAG] "
     "[--version TEKST]\n"
     "Een kopie met eigen vragen van de school en een vraag per maatregel; de rest blijft vergelijkbaar.",
     "FILE.xlsx|.csv --out COPY.xlsx|.csv [--own FILE] [--measures FILE.csv] [--since DAY] [--version TEXT]\n"
     "A copy with the school's own questions and one for each measure; the rest stays comparable."},
    {"speak", cmd_questionnaire_speak,
     "BESTAND.xlsx|.csv [--language TAAL] [--check]\n"
     "Voorlezen: een computerstem voor elke tekst zonder opname in de map audio (nl, en, pl, tr).\n"
     "Een eigen opname heet VRAAG.TAAL.wav of LIJST.ANTWOORD.TAAL.wav en gaat altijd voor; ze wordt nooit "
     "overschreven.\n"
     "Daarna neemt questionnaire build de opnamen op. Met --check: wat ontbreekt, en welke tekst is "
     "veranderd.",
     "FILE.xlsx|.csv [--language LANGUAGE] [--check]\n"
     "Reading aloud: a computer voice for each text without a recording in the folder audio (nl, en, pl, "
     "tr).\n"
     "A recording of your own is called QUESTION.LANGUAGE.wav or LIST.ANSWER.LANGUAGE.wav; it is preferred, "
     "and never overwritten.\n"
     "Then questionnaire build takes the recordings in. With --check: what is missing, and which text has "
     "changed."},
    {NULL, NULL, NULL, NULL},
};

int cmd_questionnaire(struct command_context *context, int argc, char **argv) {
    return command_dispatch(context, commands, argc, argv);
}
