/* SPDX-License-Identifier: Apache-2.0 */
#include "school_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/author_table.h"

enum column { CLASS, YEARS, HEADS, NOT_ASKED, REASON, COLUMNS };

static const struct {
    const char *name;
    enum column column;
} headings[] = {
    {"klas", CLASS},   {"class", CLASS},         {"leerjaren", YEARS},         {"leerjaar", YEARS},
    {"years", YEARS},  {"year", YEARS},          {"leerlingen", HEADS},        {"heads", HEADS},
    {"pupils", HEADS}, {"not_asked", NOT_ASKED}, {"niet_gevraagd", NOT_ASKED}, {"niet gevraagd", NOT_ASKED},
    {"reden", REASON}, {"reason", REASON},
};

struct reading {
    struct school_csv *out;
    struct author_table *table;
    uint32_t place[COLUMNS]; /* 1.. in the table; 0: not there */
    size_t header;           /* index of the row with the headings */
    enum fault fault;
};

struct words {
    const char *reason_nl, *reason_en, *remedy_nl, *remedy_en;
};

/* `value` takes the place of the one %s in both reasons. */
static void complain(struct reading *reading, uint32_t row, const char *column, struct words words,
                     const char *value) {
    struct school_csv *out = reading->out;
    if (!out->problem) {
        out->problem = calloc(SCHOOL_CSV_PROBLEMS, sizeof *out->problem);
    }
    if (!out->problem) {
        reading->fault = FAULT_MEMORY;
        return;
    }
    if (out->problem_count++ >= SCHOOL_CSV_PROBLEMS) {
        return;
    }
    struct school_csv_problem *problem = &out->problem[out->problem_count - 1];
    const char *reasons[2] = {words.reason_nl, words.reason_en};
    problem->row = row;
    snprintf(problem->column, sizeof problem->column, "%s", column);
    for (int language = 0; language < 2; language++) {
        const char *mark = strstr(reasons[language], "{}");
        int before = mark ? (int)(mark - reasons[language]) : (int)strlen(reasons[language]);
        snprintf(problem->reason[language], SCHOOL_CSV_TEXT, "%.*s%.60s%s", before, reasons[language],
                 mark ? value : "", mark ? mark + 2 : "");
    }
    snprintf(problem->remedy[0], SCHOOL_CSV_TEXT, "%s", words.remedy_nl);
    snprintf(problem->remedy[1], SCHOOL_CSV_TEXT, "%s", words.remedy_en);
}

static const char *heading_of(const struct reading *reading, enum column column) {
    return reading->place[column] ? author_table_cell(reading->table, reading->header, reading->place[column])
                                  : "";
}

static void complain_cell(struct reading *reading, size_t row, enum column column, struct words words) {
    const char *value =
        reading->place[column] ? author_table_cell(reading->table, row, reading->place[column]) : "";
    complain(reading, reading->table->row[row].number, heading_of(reading, column), words, value);
}

/* What the reader of tables found: encoding, size, quotation marks. */
static void take_over_findings(struct reading *reading, const struct author_report *report) {
    for (size_t i = 0; i < report->count; i++) {
        const struct author_report_finding *finding = &report->finding[i];
        if (finding->severity == AUTHOR_MESSAGE_ERROR) {
            complain(reading, finding->row, finding->letters,
                     (struct words){finding->reason[0], finding->reason[1], finding->remedy[0],
                                    finding->remedy[1]},
                     "{}");
        }
    }
}

static bool equal_aside_from_case(const char *a, const char *b) {
    for (; *a && *b; a++, b++) {
        char lower = *a >= 'A' && *a <= 'Z' ? (char)(*a - 'A' + 'a') : *a;
        if (lower != *b) {
            return false;
        }
    }
    return *a == *b;
}

static enum column column_named(const char *name) {
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
        if (equal_aside_from_case(name, headings[i].name)) {
            return headings[i].column;
        }
    }
    return COLUMNS;
}

static void read_heading(struct reading *reading, uint32_t at) {
    const char *name = author_table_cell(reading->table, reading->header, at);
    uint32_t row = reading->table->row[reading->header].number;
    enum column column = column_named(name);
    if (!name[0]) {
        return;
    }
    if (column == COLUMNS) {
        complain(
            reading, row, name,
            (struct words){"De kolom '{}' is onbekend.", "The column '{}' is unknown.",
                           "Haal hem weg, of noem hem klas, leerjaren, leerlingen, niet_gevraagd of reden.",
                           "Remove it, or call it class, years, heads, not_asked or reason."},
            name);
    } else if (reading->place[column]) {
        complain(reading, row, name,
                 (struct words){"De kolom '{}' staat er twee keer.", "The column '{}' is there twice.",
                                "Houd er een over.", "Keep one of them."},
                 name);
    } else {
        reading->place[column] = at;
    }
}

static void read_headings(struct reading *reading) {
    static const char *const required[] = {
        [CLASS] = "klas / class", [YEARS] = "leerjaren / years", [HEADS] = "leerlingen / heads"};
    for (uint32_t at = 1; at <= reading->table->row[reading->header].cells; at++) {
        read_heading(reading, at);
    }
    for (int column = CLASS; column <= HEADS; column++) {
        if (!reading->place[column]) {
            complain(reading, reading->table->row[reading->header].number, "",
                     (struct words){"De kolom {} ontbreekt.", "The column {} is missing.",
                                    "Zet in de eerste rij de kopjes klas, leerjaren en leerlingen.",
                                    "Put the headings class, years and heads into the first row."},
                     required[column]);
        }
    }
}

static const char *cell(const struct reading *reading, size_t row, enum column column) {
    return reading->place[column] ? author_table_cell(reading->table, row, reading->place[column]) : "";
}

/* Digits only, at most `limit`; else false. */
static bool number_in(uint16_t *out, const char *text, size_t digits, uint32_t limit) {
    uint32_t value = 0;
    if (digits == 0 || digits > 5) {
        return false;
    }
    for (size_t i = 0; i < digits; i++) {
        value = value * 10 + (uint32_t)(text[i] - '0');
    }
    *out = (uint16_t)value;
    return value <= limit;
}

static bool read_number(uint16_t *out, const char *text, uint32_t limit) {
    size_t digits = strspn(text, "0123456789");
    return text[digits] == '\0' && number_in(out, text, digits, limit);
}

/* "7 8", "7/8" and "7+8"; a hyphen is not taken, for nobody can know whether 1-3 means two years or three. */
static bool read_years(uint16_t *mask, const char *text) {
    *mask = 0;
    while (*text) {
        uint16_t year = 0;
        size_t digits = strspn(text, "0123456789");
        if (!number_in(&year, text, digits, ROUND_YEARS) || year == 0) {
            return false;
        }
        *mask = (uint16_t)(*mask | 1u << (year - 1));
        text += digits;
        size_t between = strspn(text, " /+");
        if (between == 0 && *text) {
            return false;
        }
        text += between;
    }
    return *mask != 0;
}

static void read_label(struct reading *reading, struct round_class *item, size_t row) {
    const char *label = cell(reading, row, CLASS);
    if (!label[0]) {
        complain_cell(reading, row, CLASS,
                      (struct words){"De klas heeft geen naam.", "The class has no name.",
                                     "Vul de naam in, zoals 2B.", "Fill in the name, such as 2B."});
        return;
    }
    if (strlen(label) >= ROUND_LABEL_SIZE || !bytes_are_plain_text(label, strlen(label), false)) {
        complain_cell(reading, row, CLASS,
                      (struct words){"De naam '{}' is te lang of bevat een vreemd teken.",
                                     "The name '{}' is too long or holds a strange character.",
                                     "Neem een naam van hooguit 48 tekens op een regel.",
                                     "Take a name of at most 48 characters on one line."});
        return;
    }
    for (uint16_t i = 0; i < reading->out->class_count; i++) {
        if (strcmp(reading->out->class_list[i].label, label) == 0) {
            complain_cell(reading, row, CLASS,
                          (struct words){"Klas '{}' staat er twee keer.", "Class '{}' is there twice.",
                                         "Laat een van de twee rijen weg, of geef een andere naam.",
                                         "Remove one of the two rows, or give another name."});
            return;
        }
    }
    memcpy(item->label, label, strlen(label));
}

static void read_counts(struct reading *reading, struct round_class *item, size_t row) {
    const char *not_asked = cell(reading, row, NOT_ASKED);
    if (!read_number(&item->heads, cell(reading, row, HEADS), ROUND_HEADS) || item->heads == 0) {
        complain_cell(reading, row, HEADS,
                      (struct words){"'{}' is geen aantal leerlingen van 1 tot 2000.",
                                     "'{}' is not a number of pupils from 1 to 2000.",
                                     "Vul het aantal in cijfers in; laat een lege klas weg.",
                                     "Fill in the number in digits; leave an empty class out."});
    } else if (not_asked[0] &&
               (!read_number(&item->not_asked, not_asked, ROUND_HEADS) || item->not_asked > item->heads)) {
        complain_cell(
            reading, row, NOT_ASKED,
            (struct words){"'{}' is geen aantal van 0 tot het aantal leerlingen van de klas.",
                           "'{}' is not a number from 0 to the number of pupils in the class.",
                           "Vul in hoeveel leerlingen van deze klas niet zijn gevraagd, of laat het leeg.",
                           "Fill in how many pupils of this class were not asked, or leave it empty."});
    }
}

static void read_reason(struct reading *reading, struct round_class *item, size_t row) {
    const char *reason = cell(reading, row, REASON);
    if (strlen(reason) >= ROUND_TEXT_SIZE || !bytes_are_plain_text(reason, strlen(reason), false)) {
        complain_cell(reading, row, REASON,
                      (struct words){"De reden is te lang of bevat een vreemd teken.",
                                     "The reason is too long or holds a strange character.",
                                     "Neem hooguit 128 tekens op een regel.",
                                     "Take at most 128 characters on one line."});
        return;
    }
    if ((item->not_asked == 0) != (reason[0] == '\0')) {
        complain_cell(reading, row, REASON,
                      item->not_asked
                          ? (struct words){"Er zijn leerlingen niet gevraagd, maar er staat geen reden.",
                                           "Pupils are not asked, but there is no reason.",
                                           "Vul de kolom reden in, bijvoorbeeld: op stage.",
                                           "Fill in the column reason, for example: on a placement."}
                          : (struct words){"Er staat een reden ('{}'), maar iedereen wordt gevraagd.",
                                           "There is a reason ('{}'), but everybody is asked.",
                                           "Vul niet_gevraagd in, of haal de reden weg.",
                                           "Fill in not_asked, or remove the reason."});
        return;
    }
    memcpy(item->reason, reason, strlen(reason));
}

static void read_row(struct reading *reading, size_t row) {
    struct school_csv *out = reading->out;
    struct round_class item = {.number = (uint16_t)(out->class_count + 1)};
    if (out->class_count == ROUND_CLASSES) {
        complain(reading, reading->table->row[row].number, "",
                 (struct words){"Er zijn meer dan 400 klassen.", "There are more than 400 classes.",
                                "Maak een ronde per locatie.", "Make one round per site."},
                 "");
        return;
    }
    read_label(reading, &item, row);
    if (!read_years(&item.years, cell(reading, row, YEARS))) {
        complain_cell(reading, row, YEARS,
                      (struct words){"'{}' is geen leerjaar van 1 tot 16.",
                                     "'{}' is not a year from 1 to 16.",
                                     "Schrijf 2, of 7 8 voor een combinatieklas.",
                                     "Write 2, or 7 8 for a combination class."});
    }
    size_t before = out->problem_count;
    read_counts(reading, &item, row);
    if (out->problem_count == before) {
        read_reason(reading, &item, row);
    }
    out->class_list[out->class_count++] = item;
}

static void read_table(struct reading *reading) {
    struct school_csv *out = reading->out;
    read_headings(reading);
    if (out->problem_count) {
        return; /* every row would complain about the same */
    }
    out->class_list = calloc(ROUND_CLASSES, sizeof *out->class_list);
    if (!out->class_list) {
        reading->fault = FAULT_MEMORY;
        return;
    }
    for (size_t row = reading->header + 1; row < reading->table->row_count; row++) {
        read_row(reading, row);
    }
}

static void complain_empty(struct reading *reading) {
    complain(reading, 0, "",
             (struct words){"Er staan geen klassen in.", "It holds no classes.",
                            "Zet onder de kopjes een rij per klas.",
                            "Put one row per class below the headings."},
             "");
}

enum fault school_csv_read(struct school_csv *out, struct bytes content) {
    struct author_report report = {0};
    struct author_table table = {0};
    struct reading reading = {.out = out, .table = &table};
    reading.fault = author_table_read(&table, &report, content);
    if (reading.fault == FAULT_QUESTIONNAIRE) {
        reading.fault = FAULT_NONE;
    }
    take_over_findings(&reading, &report);
    if (!reading.fault && out->problem_count == 0 && table.row_count) {
        read_table(&reading);
    }
    if (!reading.fault && out->problem_count == 0 && out->class_count == 0) {
        complain_empty(&reading);
    }
    if (!reading.fault && out->problem_count) {
        reading.fault = FAULT_USAGE;
    }
    if (reading.fault) {
        free(out->class_list);
        out->class_list = NULL;
        out->class_count = 0;
    }
    author_table_release(&table);
    author_report_release(&report);
    return reading.fault;
}

void school_csv_release(struct school_csv *csv) {
    free(csv->class_list);
    free(csv->problem);
    *csv = (struct school_csv){0};
}
