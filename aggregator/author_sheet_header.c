/* SPDX-License-Identifier: Apache-2.0 */
/* The row of headers: which column is where, and in which language. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "aggregator/author_distance.h"
#include "aggregator/author_refused.h"
#include "aggregator/author_sheet.h"

#define SURVEY (1u << AUTHOR_SHEET_SURVEY)
#define CHOICES (1u << AUTHOR_SHEET_CHOICES)
#define SCALES (1u << AUTHOR_SHEET_SCALES)
#define SETTINGS (1u << AUTHOR_SHEET_SETTINGS)
#define REFERENCES (1u << AUTHOR_SHEET_REFERENCES)
#define CONVERSIONS (1u << AUTHOR_SHEET_CONVERSIONS)

static const struct {
    const char *name;
    unsigned sheets;   /* that have the column */
    unsigned required; /* sheets that must have it */
    bool translated;
} COLUMN[AUTHOR_SHEET_COLUMNS] = {
    [AUTHOR_SHEET_TYPE] = {"type", SURVEY, SURVEY, false},
    [AUTHOR_SHEET_NAME] = {"name", SURVEY | CHOICES | SCALES, SURVEY | CHOICES | SCALES, false},
    [AUTHOR_SHEET_LABEL] = {"label", SURVEY | CHOICES | SCALES | REFERENCES,
                            SURVEY | CHOICES | SCALES | REFERENCES, true},
    [AUTHOR_SHEET_HINT] = {"hint", SURVEY, 0, true},
    [AUTHOR_SHEET_AUDIO] = {"media::audio", SURVEY | CHOICES, 0, true},
    [AUTHOR_SHEET_RELEVANT] = {"relevant", SURVEY, 0, false},
    [AUTHOR_SHEET_SCALE] = {"klankbord::scale", SURVEY | REFERENCES | CONVERSIONS, REFERENCES | CONVERSIONS,
                            false},
    [AUTHOR_SHEET_REVERSE] = {"klankbord::reverse", SURVEY, 0, false},
    [AUTHOR_SHEET_SENSITIVE] = {"klankbord::sensitive", SURVEY, 0, false},
    [AUTHOR_SHEET_BREAKDOWN] = {"klankbord::breakdown", SURVEY, 0, false},
    [AUTHOR_SHEET_FACES] = {"klankbord::faces", SURVEY, 0, false},
    [AUTHOR_SHEET_CUT] = {"klankbord::cut", SURVEY, 0, false},
    [AUTHOR_SHEET_OWN] = {"klankbord::own", SURVEY, 0, false},
    [AUTHOR_SHEET_MEASURE] = {"klankbord::measure", SURVEY, 0, false},
    [AUTHOR_SHEET_REQUIRED] = {"required", SURVEY, 0, false},
    [AUTHOR_SHEET_CONSTRAINT] = {"constraint", SURVEY, 0, false},
    [AUTHOR_SHEET_CHOICE_FILTER] = {"choice_filter", SURVEY, 0, false},
    [AUTHOR_SHEET_CALCULATION] = {"calculation", SURVEY, 0, false},
    [AUTHOR_SHEET_DEFAULT] = {"default", SURVEY, 0, false},
    [AUTHOR_SHEET_LIST_NAME] = {"list_name", CHOICES, CHOICES, false},
    [AUTHOR_SHEET_SCORE] = {"klankbord::score", CHOICES, 0, false},
    [AUTHOR_SHEET_COARSE] = {"klankbord::coarse", CHOICES, 0, false},
    [AUTHOR_SHEET_EXCLUSIVE] = {"klankbord::exclusive", CHOICES, 0, false},
    [AUTHOR_SHEET_SUBJECT] = {"klankbord::subject", SCALES, SCALES, false},
    [AUTHOR_SHEET_DIRECTION] = {"klankbord::direction", SCALES, SCALES, false},
    [AUTHOR_SHEET_FORMATIVE] = {"klankbord::formative", SCALES, 0, false},
    [AUTHOR_SHEET_FORM_TITLE] = {"form_title", SETTINGS, SETTINGS, true},
    [AUTHOR_SHEET_FORM_ID] = {"form_id", SETTINGS, SETTINGS, false},
    [AUTHOR_SHEET_VERSION] = {"version", SETTINGS, SETTINGS, false},
    [AUTHOR_SHEET_DEFAULT_LANGUAGE] = {"default_language", SETTINGS, 0, false},
    [AUTHOR_SHEET_AGE_FORM] = {"klankbord::age_form", SETTINGS, 0, false},
    [AUTHOR_SHEET_PROVENANCE] = {"klankbord::provenance", SETTINGS, SETTINGS, true},
    [AUTHOR_SHEET_VALIDITY] = {"klankbord::validity", SETTINGS, SETTINGS, false},
    [AUTHOR_SHEET_TRANSLATION] = {"klankbord::translation", SETTINGS, 0, true},
    [AUTHOR_SHEET_DATE] = {"klankbord::date", REFERENCES, REFERENCES, false},
    [AUTHOR_SHEET_MEAN] = {"klankbord::mean", REFERENCES, REFERENCES, false},
    [AUTHOR_SHEET_DEVIATION] = {"klankbord::deviation", REFERENCES, REFERENCES, false},
    [AUTHOR_SHEET_PUPILS] = {"klankbord::pupils", REFERENCES, REFERENCES, false},
    [AUTHOR_SHEET_SOURCE] = {"klankbord::source", REFERENCES, REFERENCES, false},
    [AUTHOR_SHEET_RAW] = {"klankbord::raw", CONVERSIONS, CONVERSIONS, false},
    [AUTHOR_SHEET_VALUE] = {"klankbord::value", CONVERSIONS, CONVERSIONS, false},
};

/* Other spellings that XLSForm allows. */
static const struct {
    const char *written;
    enum author_sheet_column column;
} ALIAS[] = {
    {"audio", AUTHOR_SHEET_AUDIO},
    {"list name", AUTHOR_SHEET_LIST_NAME},
    {"relevance", AUTHOR_SHEET_RELEVANT},
    {"choice filter", AUTHOR_SHEET_CHOICE_FILTER},
    {"default language", AUTHOR_SHEET_DEFAULT_LANGUAGE},
    {"form title", AUTHOR_SHEET_FORM_TITLE},
    {"form id", AUTHOR_SHEET_FORM_ID},
};

const char *author_sheet_column_name(enum author_sheet_column column) {
    return COLUMN[column].name;
}

/* A header in two parts: "klankbord::provenance" and "Nederlands (nl)". Both point into `text`. */
struct header {
    char text[AUTHOR_TABLE_CELL + 1];
    const char *base;
    const char *language; /* "" when it names none */
};

static char *trimmed(char *text) {
    text += strspn(text, " ");
    size_t size = strlen(text);
    while (size > 0 && text[size - 1] == ' ') {
        text[--size] = '\0';
    }
    return text;
}

static void split(struct header *header, const char *written) {
    static const char own[] = "klankbord::", media[] = "media::";
    snprintf(header->text, sizeof header->text, "%s", written);
    size_t skip = strncasecmp(header->text, own, sizeof own - 1) == 0       ? sizeof own - 1
                  : strncasecmp(header->text, media, sizeof media - 1) == 0 ? sizeof media - 1
                                                                            : 0;
    char *mark = strstr(header->text + skip, "::");
    header->language = "";
    if (mark) {
        *mark = '\0';
        header->language = trimmed(mark + 2);
    }
    header->base = trimmed(header->text);
}

static enum author_sheet_column column_of(enum author_sheet_kind kind, const char *base) {
    for (unsigned i = 0; i < AUTHOR_SHEET_COLUMNS; i++) {
        if ((COLUMN[i].sheets >> kind & 1u) && strcasecmp(base, COLUMN[i].name) == 0) {
            return (enum author_sheet_column)i;
        }
    }
    for (size_t i = 0; i < sizeof ALIAS / sizeof *ALIAS; i++) {
        if ((COLUMN[ALIAS[i].column].sheets >> kind & 1u) && strcasecmp(base, ALIAS[i].written) == 0) {
            return ALIAS[i].column;
        }
    }
    return AUTHOR_SHEET_COLUMNS;
}

/* Takes "Nederlands (nl)" apart; false when it is not written so. */
static bool parse_language(struct questionnaire_language *out, const char *written) {
    const char *open = strrchr(written, '(');
    size_t size = open ? strspn(open + 1, "abcdefghijklmnopqrstuvwxyz") : 0;
    if (size < 2 || size >= sizeof out->code || strcmp(open + 1 + size, ")") != 0) {
        return false;
    }
    size_t name = (size_t)(open - written);
    while (name > 0 && written[name - 1] == ' ') {
        name--;
    }
    if (name == 0 || name >= sizeof out->name || !bytes_are_plain_text(written, name, false)) {
        return false;
    }
    *out = (struct questionnaire_language){.code = ""};
    memcpy(out->code, open + 1, size);
    memcpy(out->name, written, name);
    return true;
}

/* The language's index; made when new; QUESTIONNAIRE_LANGUAGES when it cannot be had, which was reported. */
static uint16_t register_language(struct author_sheets *sheets, const char *written,
                                  struct author_report_place place) {
    struct questionnaire_language language;
    if (!parse_language(&language, written)) {
        author_report_add(sheets->report, AUTHOR_LANGUAGE_CODE, place, written, NULL);
        return QUESTIONNAIRE_LANGUAGES;
    }
    for (uint16_t i = 0; i < sheets->language_count; i++) {
        if (strcmp(sheets->language[i].code, language.code) == 0) {
            if (strcmp(sheets->language[i].name, language.name) != 0) {
                author_report_add(sheets->report, AUTHOR_LANGUAGE_NAME, place, language.name,
                                  sheets->language[i].name);
            }
            return i;
        }
    }
    if (sheets->language_count == QUESTIONNAIRE_LANGUAGES) {
        char limit[8];
        snprintf(limit, sizeof limit, "%d", QUESTIONNAIRE_LANGUAGES);
        author_report_add(sheets->report, AUTHOR_LANGUAGE_MANY, place, limit, NULL);
        return QUESTIONNAIRE_LANGUAGES;
    }
    sheets->language[sheets->language_count] = language;
    return sheets->language_count++;
}

/*
 * XLSForm's own columns are refused by name, at the first cell that has something; empty ones are harmless.
 */
static bool report_refused(struct author_sheets *sheets, enum author_sheet_kind kind, const char *written,
                           struct author_report_place place) {
    const struct author_sheet *sheet = &sheets->sheet[kind];
    enum author_message message = author_refused_column(written);
    for (size_t row = sheet->first; message != AUTHOR_MESSAGE_COUNT && row < sheet->end; row++) {
        if (!author_sheet_is_comment(sheets->table, row) &&
            author_table_cell(sheets->table, row, place.column)[0]) {
            place.row = sheets->table->row[row].number;
            author_report_add(sheets->report, message, place, written, NULL);
            break;
        }
    }
    return message != AUTHOR_MESSAGE_COUNT;
}

static void report_unknown(struct author_sheets *sheets, enum author_sheet_kind kind,
                           const struct header *header, struct author_report_place place) {
    const char *name[AUTHOR_SHEET_COLUMNS];
    bool own = strncasecmp(header->base, "klankbord", 9) == 0;
    for (unsigned i = 0; i < AUTHOR_SHEET_COLUMNS; i++) {
        name[i] = COLUMN[i].sheets >> kind & 1u ? COLUMN[i].name : NULL;
    }
    const char *guess = author_distance_nearest(header->base, name, AUTHOR_SHEET_COLUMNS);
    enum author_message message = own && guess ? AUTHOR_COLUMN_GUESS
                                  : own        ? AUTHOR_COLUMN_UNKNOWN
                                  : guess      ? AUTHOR_COLUMN_UNUSED_GUESS
                                               : AUTHOR_COLUMN_UNUSED;
    author_report_add(sheets->report, message, place, place.header, guess);
}

/* Notes where a column is; a second one of the same kind and language is reported. */
static void set_column(struct author_sheets *sheets, uint32_t *slot, struct author_report_place place) {
    if (*slot == 0) {
        *slot = place.column;
        return;
    }
    char letters[AUTHOR_REPORT_COLUMN];
    author_report_letters(letters, *slot - sheets->report->workbook);
    author_report_add(sheets->report, AUTHOR_COLUMN_DUPLICATE, place, place.header, letters);
}

static void read_header(struct author_sheets *sheets, enum author_sheet_kind kind, uint32_t at) {
    struct author_sheet *sheet = &sheets->sheet[kind];
    const char *written = author_table_cell(sheets->table, sheet->header, at);
    struct author_report_place place = {author_sheet_kind_name(kind),
                                        sheets->table->row[sheet->header].number, at, written};
    struct header header;
    split(&header, written);
    enum author_sheet_column column = column_of(kind, header.base);
    if (!written[0]) {
        return;
    }
    if (column == AUTHOR_SHEET_COLUMNS && report_refused(sheets, kind, written, place)) {
        return;
    }
    if (column == AUTHOR_SHEET_COLUMNS) {
        report_unknown(sheets, kind, &header, place);
    } else if (!header.language[0]) {
        set_column(sheets, &sheet->plain[column], place);
    } else if (!COLUMN[column].translated) {
        author_report_add(sheets->report, AUTHOR_LANGUAGE_PLACE, place, written, COLUMN[column].name);
    } else {
        uint16_t language = register_language(sheets, header.language, place);
        if (language < QUESTIONNAIRE_LANGUAGES) {
            set_column(sheets, &sheet->in[column][language], place);
        }
    }
}

/* Text below an empty header would be lost without a word. */
static void report_headless(struct author_sheets *sheets, enum author_sheet_kind kind) {
    const struct author_sheet *sheet = &sheets->sheet[kind];
    bool told[AUTHOR_TABLE_COLUMNS + 1] = {false};
    for (size_t row = sheet->first; row < sheet->end; row++) {
        if (author_sheet_is_comment(sheets->table, row)) {
            continue;
        }
        for (uint32_t at = 2; at <= sheets->table->row[row].cells; at++) {
            const char *text = author_table_cell(sheets->table, row, at);
            if (text[0] && !told[at] && !author_table_cell(sheets->table, sheet->header, at)[0]) {
                struct author_report_place place = {author_sheet_kind_name(kind),
                                                    sheets->table->row[row].number, at, NULL};
                author_report_add(sheets->report, AUTHOR_COLUMN_NO_HEADER, place, text, NULL);
                told[at] = true;
            }
        }
    }
}

/* Looks through all headers for a language with this code or name and gives its full spelling in `out`. */
static bool find_language(struct header *out, const struct author_sheets *sheets, const char *wanted) {
    for (unsigned kind = 0; kind < AUTHOR_SHEET_KINDS; kind++) {
        const struct author_sheet *sheet = &sheets->sheet[kind];
        uint32_t cells = sheet->has_header ? sheets->table->row[sheet->header].cells : 0;
        for (uint32_t at = 2; at <= cells; at++) {
            struct questionnaire_language language;
            split(out, author_table_cell(sheets->table, sheet->header, at));
            if (parse_language(&language, out->language) &&
                (strcasecmp(language.code, wanted) == 0 || strcasecmp(language.name, wanted) == 0)) {
                return true;
            }
        }
    }
    return false;
}

/* The default language is registered first, so that it becomes language 0. */
static void register_default(struct author_sheets *sheets) {
    const struct author_sheet *settings = &sheets->sheet[AUTHOR_SHEET_SETTINGS];
    struct header header;
    uint32_t column = 0;
    uint32_t cells = settings->has_header ? sheets->table->row[settings->header].cells : 0;
    for (uint32_t at = cells; at >= 2; at--) {
        split(&header, author_table_cell(sheets->table, settings->header, at));
        bool here = column_of(AUTHOR_SHEET_SETTINGS, header.base) == AUTHOR_SHEET_DEFAULT_LANGUAGE;
        column = here ? at : column;
    }
    size_t row = settings->first;
    while (row < settings->end && author_sheet_is_comment(sheets->table, row)) {
        row++;
    }
    const char *wanted = column && row < settings->end ? author_table_cell(sheets->table, row, column) : "";
    struct questionnaire_language language;
    if (!wanted[0]) {
        return;
    }
    struct author_report_place place = {author_sheet_kind_name(AUTHOR_SHEET_SETTINGS),
                                        sheets->table->row[row].number, column, "default_language"};
    if (parse_language(&language, wanted)) {
        (void)register_language(sheets, wanted, place);
    } else if (find_language(&header, sheets, wanted)) {
        (void)register_language(sheets, header.language, place);
    } else {
        author_report_add(sheets->report, AUTHOR_LANGUAGE_DEFAULT, place, wanted, NULL);
    }
}

/*
 * A translated column without a language is in the default one. The title may be written both ways, as
 * XLSForm does.
 */
static void join_plain(struct author_sheets *sheets, enum author_sheet_kind kind) {
    struct author_sheet *sheet = &sheets->sheet[kind];
    for (unsigned i = 0; i < AUTHOR_SHEET_COLUMNS; i++) {
        if (!COLUMN[i].translated || !sheet->plain[i]) {
            continue;
        }
        if (sheet->in[i][0] && kind != AUTHOR_SHEET_SETTINGS) {
            struct author_report_place place =
                author_sheet_place(sheets, kind, sheet->header, (enum author_sheet_column)i);
            set_column(sheets, &sheet->in[i][0], place);
        }
        sheet->in[i][0] = sheet->in[i][0] ? sheet->in[i][0] : sheet->plain[i];
    }
}

/* A translated column must be there in the default language, under the name that it would have. */
static void report_missing(struct author_sheets *sheets, enum author_sheet_kind kind) {
    const struct author_sheet *sheet = &sheets->sheet[kind];
    for (unsigned i = 0; i < AUTHOR_SHEET_COLUMNS && sheet->has_header; i++) {
        char name[128];
        if (!(COLUMN[i].required >> kind & 1u) || sheet->plain[i] || sheet->in[i][0]) {
            continue;
        }
        snprintf(name, sizeof name, "%s", COLUMN[i].name);
        if (COLUMN[i].translated && sheets->language_count) {
            snprintf(name, sizeof name, "%s::%s (%s)", COLUMN[i].name, sheets->language[0].name,
                     sheets->language[0].code);
        }
        author_report_add(sheets->report, AUTHOR_COLUMN_MISSING, author_sheet_place_whole(sheets, kind),
                          author_sheet_kind_name(kind), name);
    }
}

static void report_languages(struct author_sheets *sheets) {
    if (sheets->language_count == 0 && sheets->sheet[AUTHOR_SHEET_SURVEY].has_header) {
        struct author_report_place place = author_sheet_place_whole(sheets, AUTHOR_SHEET_SURVEY);
        author_report_add(sheets->report, AUTHOR_LANGUAGE_NONE, place, NULL, NULL);
    }
}

void author_sheet_header_read(struct author_sheets *sheets) {
    register_default(sheets);
    for (unsigned kind = 0; kind < AUTHOR_SHEET_KINDS; kind++) {
        const struct author_sheet *sheet = &sheets->sheet[kind];
        uint32_t cells = sheet->has_header ? sheets->table->row[sheet->header].cells : 0;
        for (uint32_t at = 2; at <= cells; at++) {
            read_header(sheets, (enum author_sheet_kind)kind, at);
        }
    }
    for (unsigned kind = 0; kind < AUTHOR_SHEET_KINDS; kind++) {
        if (sheets->sheet[kind].has_header) {
            join_plain(sheets, (enum author_sheet_kind)kind);
            report_headless(sheets, (enum author_sheet_kind)kind);
        }
        report_missing(sheets, (enum author_sheet_kind)kind);
    }
    report_languages(sheets);
}
