/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "aggregator/cmd.h"
#include "aggregator/command_open.h"
#include "aggregator/say.h"

/* Everything that some step takes; a step's table names what it takes itself. */
struct values {
    struct command_open_options shared;
    struct command_list statements;
    const char *share, *sizes;
    bool without_groups;
};

static struct command_list holders, files, excluded;
static struct command_open open_work;

static int number_of_only_holder(const struct command_open *open) {
    return open->holders.is_open[0] ? 0 : 1;
}

static int need_one_holder(const struct command_open *open) {
    return open->holders.is_open[0] && open->holders.is_open[1]
               ? say_usage(open->context, "geef hier één --holder: elke sleutelhouder doet haar eigen stap.",
                           "give one --holder here: each key holder does her own step.")
               : COMMAND_OK;
}

static int write_statement(struct command_open *open, int number, const char *path) {
    struct bytes_buffer file = {0};
    struct prepare *prepare = &open->pair[number];
    enum fault fault = prepare_encode(&file, prepare, open->holders.holder[number].opening.sign_secret);
    fault = fault ? fault : command_files_replace(path, bytes_buffer_view(&file));
    bytes_buffer_release(&file);
    if (fault) {
        return say_fault(open->context, fault, path,
                         "Doe dezelfde opdracht nog een keer, zo nodig met een andere --out.",
                         "Give the same command again, with another --out if need be.");
    }
    say(open->context, "Verklaring van %s: %s. Geef de andere sleutelhouder een kopie.",
        "Statement of %s: %s. Give the other key holder a copy.", open->work.round->holder[number].name,
        path);
    return COMMAND_OK;
}

int cmd_open_prepare(struct command_context *context, int argc, char **argv) {
    struct values values = {
        .shared = {.holders = &holders, .passphrase_files = &files, .excluded = &excluded}};
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &values.shared.round, "het rondebestand", "the round file"},
        {"workspace", COMMAND_TEXT, true, &values.shared.workspace, "uw werkmap", "your workspace"},
        {"holder", COMMAND_LIST, true, &holders, "uw map met sleutels", "your folder with keys"},
        {"passphrase-file", COMMAND_LIST, false, &files, "de wachtzin is de eerste regel",
         "the passphrase is the first line"},
        {"list", COMMAND_TEXT, false, &values.shared.list, "de sluitlijst; anders die in de werkmap",
         "the closing list; otherwise the workspace's"},
        {"late", COMMAND_FLAG, false, &values.shared.late,
         "wat na de eerste opening binnenkwam: de late lijst",
         "what came in after the first opening: the late list"},
        {"exclude", COMMAND_LIST, false, &excluded, "nummer van een bijdrage die niet opengaat",
         "id of a contribution that does not open"},
        {"out", COMMAND_TEXT, true, &values.shared.out, "uw verklaring (.klp)", "your statement (.klp)"},
        {"yes", COMMAND_FLAG, false, &values.shared.yes, "zonder te vragen", "without asking"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    struct command_open *open = &open_work;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = command_open_begin(open, context, &values.shared);
    code = code ? code : need_one_holder(open);
    code = code ? code : command_open_compare_codes(open, values.shared.yes);
    code = code ? code : command_open_prepare(open, number_of_only_holder(open));
    code = code ? code : write_statement(open, number_of_only_holder(open), values.shared.out);
    command_open_release(open);
    return code;
}

static int begin_step(struct command_open *open, struct command_context *context, const struct values *values,
                      int number) {
    int code = command_open_begin(open, context, &values->shared);
    code = code ? code : need_one_holder(open);
    if (!code && number_of_only_holder(open) != number) {
        const char *name = open->work.round->holder[number].name;
        code = say_usage(context, "deze stap doet %s; u bent de andere sleutelhouder.",
                         "this step is for %s; you are the other key holder.", name);
    }
    return code ? code : command_open_statements(open, &values->statements);
}

/* Whether there are groups to be told apart: a background question, and list 1. */
static bool has_groups(const struct command_open *open) {
    return contribution_layout_commits(&open->opening.layout) && open->closing->number == 1;
}

static int write_step(struct command_open *open, enum fault fault, const struct bytes_buffer *file,
                      const char *path) {
    if (fault) {
        return command_open_say(open, fault);
    }
    fault = command_files_replace(path, bytes_buffer_view(file));
    return fault ? say_fault(open->context, fault, path,
                             "Doe dezelfde opdracht nog een keer, zo nodig met een andere --out.",
                             "Give the same command again, with another --out if need be.")
                 : COMMAND_OK;
}

static int sizes(struct command_open *open, const char *path) {
    struct bytes_buffer file = {0};
    uint16_t at = 0;
    if (!has_groups(open)) {
        return say_usage(
            open->context,
            "hier zijn geen groepen te openen; deze stap is niet nodig. Volgende stap: klankbord "
            "open aggregate.",
            "there are no groups to open here; this step is not needed. Next: klankbord open "
            "aggregate.");
    }
    enum fault fault =
        aggregate_make_sizes(&file, &open->opening, &open->holders.holder[0].opening, open->pair, &at);
    int code = write_step(open, fault, &file, path);
    if (!code) {
        say(open->context,
            "Uw helft van de groepsgroottes: %s, verzegeld voor %s. Volgende stap, op haar computer: "
            "klankbord "
            "open aggregate --sizes %s.",
            "Your half of the group sizes: %s, sealed for %s. Next, on her computer: klankbord open "
            "aggregate "
            "--sizes %s.",
            path, open->work.round->holder[1].name, path);
    }
    bytes_buffer_release(&file);
    return code;
}

int cmd_open_sizes(struct command_context *context, int argc, char **argv) {
    static struct values values;
    values.shared =
        (struct command_open_options){.holders = &holders, .passphrase_files = &files, .excluded = &excluded};
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &values.shared.round, "het rondebestand", "the round file"},
        {"workspace", COMMAND_TEXT, true, &values.shared.workspace, "uw werkmap", "your workspace"},
        {"holder", COMMAND_LIST, true, &holders, "uw map met sleutels", "your folder with keys"},
        {"passphrase-file", COMMAND_LIST, false, &files, "de wachtzin is de eerste regel",
         "the passphrase is the first line"},
        {"list", COMMAND_TEXT, false, &values.shared.list, "de sluitlijst; anders die in de werkmap",
         "the closing list; otherwise the workspace's"},
        {"late", COMMAND_FLAG, false, &values.shared.late, "de late lijst; daarvan zijn er geen groepen",
         "the late list, of which there are no groups"},
        {"statement", COMMAND_LIST, true, &values.statements, "verklaring van een sleutelhouder; twee keer",
         "statement of a key holder; twice"},
        {"out", COMMAND_TEXT, true, &values.shared.out, "uw helft van de groepsgroottes (.klg)",
         "your half of the group sizes (.klg)"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = begin_step(&open_work, context, &values, 0);
    code = code ? code : sizes(&open_work, values.shared.out);
    command_open_release(&open_work);
    return code;
}

/* Nobody leaves the groups out by forgetting them: the round gets no second release. */
static int check_choice(const struct command_open *open, const struct values *values) {
    if (values->sizes && (values->without_groups || !has_groups(open))) {
        return say_usage(open->context,
                         values->without_groups ? "geef --sizes of --without-groups, niet allebei."
                                                : "hier zijn geen groepen te openen; laat --sizes weg.",
                         values->without_groups ? "give --sizes or --without-groups, not both."
                                                : "there are no groups to open here; leave out --sizes.");
    }
    if (!values->sizes && !values->without_groups && has_groups(open)) {
        return say_usage(
            open->context,
            "deze vragenlijst heeft een achtergrondvraag. Vraag %s om de groepsgroottes (klankbord "
            "open sizes) en geef --sizes BESTAND; of geef --without-groups, dan worden nooit "
            "uitkomsten per groep getoond.",
            "this questionnaire has a background question. Ask %s for the group sizes (klankbord "
            "open sizes) and give --sizes FILE; or give --without-groups, and results by group are "
            "never shown.",
            open->work.round->holder[0].name);
    }
    return COMMAND_OK;
}

typedef enum fault decode_file(struct aggregate_head *head, struct bytes *sealed, struct bytes file);

/* Read once before the opening, so that a wrong or damaged file is called by its name. */
static int read_file(struct bytes_buffer *out, const struct command_open *open, const char *path,
                     decode_file *decode, const char *remedy_nl, const char *remedy_en) {
    struct aggregate_head head;
    struct bytes sealed;
    int code = command_files_read(out, open->context, path, AGGREGATE_BYTES_LIMIT);
    if (code) {
        return code;
    }
    enum fault fault = decode(&head, &sealed, bytes_buffer_view(out));
    return fault ? say_fault(open->context, fault, path, remedy_nl, remedy_en) : COMMAND_OK;
}

static int aggregate(struct command_open *open, const struct values *values) {
    struct bytes_buffer file = {0}, told = {0};
    const struct opening_holder *holder = &open->holders.holder[1].opening;
    const char *path = values->shared.out;
    uint16_t at = 0;
    int code = check_choice(open, values);
    if (!code && values->sizes) {
        code = read_file(&told, open, values->sizes, aggregate_decode_sizes,
                         "Er is niets opgeteld. Vraag een nieuwe kopie van de groepsgroottes.",
                         "Nothing was added up. Ask for a new copy of the group sizes.");
    }
    if (!code) {
        enum fault fault = values->sizes ? aggregate_make_groups(&file, &open->opening, holder, open->pair,
                                                                 bytes_buffer_view(&told), &at)
                                         : aggregate_make(&file, &open->opening, holder, open->pair, &at);
        code = write_step(open, fault, &file, path);
    }
    bytes_buffer_release(&told);
    if (!code) {
        say(open->context,
            "Uw opgetelde deel: %s, verzegeld voor %s. Volgende stap, op haar computer: klankbord open "
            "combine.",
            "Your aggregate share: %s, sealed for %s. Next, on her computer: klankbord open combine.", path,
            open->work.round->holder[0].name);
    }
    bytes_buffer_release(&file);
    return code;
}

int cmd_open_aggregate(struct command_context *context, int argc, char **argv) {
    static struct values values;
    values.shared =
        (struct command_open_options){.holders = &holders, .passphrase_files = &files, .excluded = &excluded};
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &values.shared.round, "het rondebestand", "the round file"},
        {"workspace", COMMAND_TEXT, true, &values.shared.workspace, "uw werkmap", "your workspace"},
        {"holder", COMMAND_LIST, true, &holders, "uw map met sleutels", "your folder with keys"},
        {"passphrase-file", COMMAND_LIST, false, &files, "de wachtzin is de eerste regel",
         "the passphrase is the first line"},
        {"list", COMMAND_TEXT, false, &values.shared.list, "de sluitlijst; anders die in de werkmap",
         "the closing list; otherwise the workspace's"},
        {"late", COMMAND_FLAG, false, &values.shared.late,
         "wat na de eerste opening binnenkwam: de late lijst",
         "what came in after the first opening: the late list"},
        {"statement", COMMAND_LIST, true, &values.statements, "verklaring van een sleutelhouder; twee keer",
         "statement of a key holder; twice"},
        {"sizes", COMMAND_TEXT, false, &values.sizes, "de groepsgroottes van de eerste sleutelhouder (.klg)",
         "the first key holder's group sizes (.klg)"},
        {"without-groups", COMMAND_FLAG, false, &values.without_groups,
         "geen uitkomsten per achtergrondvraag, voorgoed", "no results by background question, for good"},
        {"out", COMMAND_TEXT, true, &values.shared.out, "uw opgetelde deel (.kla)",
         "your aggregate share (.kla)"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = begin_step(&open_work, context, &values, 1);
    code = code ? code : aggregate(&open_work, &values);
    command_open_release(&open_work);
    return code;
}

static int combine(struct command_open *open, const struct values *values) {
    char path[KEYHOLDER_PATH_SIZE];
    struct bytes_buffer share = {0};
    int code = command_open_release_path(path, open);
    code = code ? code
                : read_file(&share, open, values->share, aggregate_decode,
                            "Er is niets vrijgegeven. Vraag een nieuwe kopie van het opgetelde deel.",
                            "Nothing was released. Ask for a new copy of the share.");
    code = code ? code
                : command_open_combine(open, bytes_buffer_view(&share),
                                       values->shared.out ? values->shared.out : path);
    bytes_buffer_release(&share);
    return code;
}

int cmd_open_combine(struct command_context *context, int argc, char **argv) {
    static struct values values;
    values.shared =
        (struct command_open_options){.holders = &holders, .passphrase_files = &files, .excluded = &excluded};
    const struct command_option options[] = {
        {"round", COMMAND_TEXT, true, &values.shared.round, "het rondebestand", "the round file"},
        {"workspace", COMMAND_TEXT, true, &values.shared.workspace, "uw werkmap", "your workspace"},
        {"holder", COMMAND_LIST, true, &holders, "uw map met sleutels", "your folder with keys"},
        {"passphrase-file", COMMAND_LIST, false, &files, "de wachtzin is de eerste regel",
         "the passphrase is the first line"},
        {"list", COMMAND_TEXT, false, &values.shared.list, "de sluitlijst; anders die in de werkmap",
         "the closing list; otherwise the workspace's"},
        {"late", COMMAND_FLAG, false, &values.shared.late,
         "wat na de eerste opening binnenkwam: de late lijst",
         "what came in after the first opening: the late list"},
        {"statement", COMMAND_LIST, true, &values.statements, "verklaring van een sleutelhouder; twee keer",
         "statement of a key holder; twice"},
        {"share", COMMAND_TEXT, true, &values.share, "het opgetelde deel van de tweede sleutelhouder",
         "the second key holder's aggregate share"},
        {"level", COMMAND_TEXT, false, &values.shared.level,
         "het fijnste niveau dat wordt getoond: class (alles), year of school; een fijner kan later nog",
         "the finest level that is told: class (everything), year or school; a finer one can follow"},
        {"out", COMMAND_TEXT, false, &values.shared.out,
         "de vrijgave; anders release.klv of release-late.klv in de werkmap",
         "the release; otherwise release.klv or release-late.klv in the workspace"},
        {NULL, COMMAND_FLAG, false, NULL, NULL, NULL}};
    struct command_operands none;
    enum fault fault = command_parse(&none, context, options, 0, 0, argc, argv);
    if (fault) {
        return command_parse_exit(fault);
    }
    int code = begin_step(&open_work, context, &values, 0);
    code = code ? code : combine(&open_work, &values);
    command_open_release(&open_work);
    return code;
}
