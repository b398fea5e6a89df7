/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/measures.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "aggregator/author_form.h"
#include "aggregator/author_save.h"

enum {
    COLUMNS = 6,
    OPTIONAL = MEASURES_MORE + 2,
    ABOUT = MEASURES_MORE,
    FIRST_YEAR = 2020,
    LAST_YEAR = 2100
};
static const char *const HEADER[COLUMNS] = {"measure", "goal", "text_nl", "text_en", "owner", "date"};
const char *const measures_language[MEASURES_MORE] = {"tr", "ar", "uk", "pl"};

static const char *const optional[OPTIONAL] = {"text_tr", "text_ar", "text_uk",
                                               "text_pl", "about",   "goal_en"};

/* What the columns behind the fixed ones hold: an index of optional[], from the header. */
struct more {
    uint32_t count, field[OPTIONAL];
};

static const size_t place[OPTIONAL] = {
    offsetof(struct measures_row, text[0]), offsetof(struct measures_row, text[1]),
    offsetof(struct measures_row, text[2]), offsetof(struct measures_row, text[3]),
    offsetof(struct measures_row, about),   offsetof(struct measures_row, goal_en)};

static const char *optional_of(const struct measures_row *row, uint32_t at) {
    return (const char *)row + place[at];
}

static bool is_text(const char *text, bool required) {
    return (!required || text[0]) && strlen(text) < MEASURES_TEXT &&
           bytes_are_plain_text(text, strlen(text), false);
}

static bool is_date(uint32_t date) {
    static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1 &&
           day <= days[month - 1] && (leap || month != 2 || day < 29);
}

static uint32_t wrong_optional(const struct measures_row *row) {
    for (uint32_t i = 0; i < OPTIONAL; i++) {
        const char *text = optional_of(row, i);
        if (i == ABOUT ? text[0] && !author_form_is_name(text) : !is_text(text, false)) {
            return COLUMNS + 1 + i;
        }
    }
    return 0;
}

uint32_t measures_wrong(const struct measures_row *row) {
    return !author_form_is_name(row->name) || strlen(row->name) >= MEASURES_NAME ? 1
           : !is_text(row->goal, true)                                           ? 2
           : !is_text(row->text_nl, true)                                        ? 3
           : !is_text(row->text_en, true)                                        ? 4
           : !is_text(row->owner, false)                                         ? 5
           : !is_date(row->date)                                                 ? 6
                                                                                 : wrong_optional(row);
}

/* "2026-09-03"; 0 when it is not written so. */
static uint32_t read_date(const char *text) {
    uint32_t date = 0;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return 0;
    }
    for (size_t i = 0; i < 10; i++) {
        if (i != 4 && i != 7) {
            if (text[i] < '0' || text[i] > '9') {
                return 0;
            }
            date = date * 10 + (uint32_t)(text[i] - '0');
        }
    }
    return date;
}

/* The columns that need not be there; *column is the first that is none of them, or is there twice. */
static struct more read_more(uint32_t *column, const struct author_table *table) {
    struct more more = {0};
    bool seen[OPTIONAL] = {false};
    *column = 0;
    for (uint32_t i = COLUMNS; !*column && i < table->row[0].cells; i++) {
        const char *text = author_table_cell(table, 0, i + 1);
        uint32_t at = 0;
        while (at < OPTIONAL && strcasecmp(text, optional[at]) != 0) {
            at++;
        }
        if (at == OPTIONAL || seen[at]) {
            *column = i + 1;
        } else {
            seen[at] = true;
            more.field[more.count++] = at;
        }
    }
    return more;
}

static uint32_t read_row(struct measures_row *out, const struct author_table *table, size_t row,
                         const struct more *more) {
    char *const field[] = {out->name, out->goal, out->text_nl, out->text_en, out->owner};
    static const size_t room[] = {MEASURES_NAME, MEASURES_TEXT, MEASURES_TEXT, MEASURES_TEXT, MEASURES_TEXT};
    for (uint32_t i = 0; i < COLUMNS - 1; i++) {
        const char *text = author_table_cell(table, row, i + 1);
        if (strlen(text) >= room[i]) {
            return i + 1;
        }
        memcpy(field[i], text, strlen(text) + 1);
    }
    if (table->row[row].cells > COLUMNS + more->count) { /* it would be lost when the list is written again */
        return table->row[row].cells;
    }
    for (uint32_t i = 0; i < more->count; i++) {
        const char *text = author_table_cell(table, row, COLUMNS + i + 1);
        bool is_name = more->field[i] != ABOUT || !text[0] || author_form_is_name(text);
        if (strlen(text) >= MEASURES_TEXT || !is_text(text, false) || !is_name) {
            return COLUMNS + i + 1;
        }
        memcpy((char *)out + place[more->field[i]], text, strlen(text) + 1);
    }
    out->date = read_date(author_table_cell(table, row, COLUMNS));
    return measures_wrong(out);
}

static enum fault read_table(struct measures *out, uint32_t *line, uint32_t *column,
                             const struct author_table *table) {
    for (uint32_t i = 0; i < COLUMNS; i++) {
        if (strcasecmp(author_table_cell(table, 0, i + 1), HEADER[i]) != 0) {
            *line = 1;
            *column = i + 1;
            return FAULT_QUESTIONNAIRE;
        }
    }
    const struct more more = read_more(column, table);
    if (*column) {
        *line = table->row[0].number;
        return FAULT_QUESTIONNAIRE;
    }
    for (size_t row = 1; row < table->row_count; row++) {
        struct measures_row read = {.date = 0};
        *line = table->row[row].number;
        *column = read_row(&read, table, row, &more);
        *column = *column == 0 && measures_find(out, read.name) ? 1 : *column;
        if (*column) {
            return FAULT_QUESTIONNAIRE;
        }
        if (out->count == MEASURES_LIMIT) {
            return FAULT_LIMIT;
        }
        out->row[out->count++] = read;
    }
    return FAULT_NONE;
}

enum fault measures_read(struct measures *out, uint32_t *line, uint32_t *column, struct bytes csv) {
    struct author_table table = {0};
    struct author_report report = {0};
    *out = (struct measures){.count = 0};
    *line = 0;
    *column = 0;
    enum fault fault = author_table_read(&table, &report, csv);
    if (!fault && (report.errors || report.fault)) {
        fault = report.fault ? report.fault : FAULT_QUESTIONNAIRE;
    }
    if (fault == FAULT_QUESTIONNAIRE && report.count) {
        *line = report.finding[0].row;
    }
    fault = fault ? fault : read_table(out, line, column, &table);
    author_report_release(&report);
    author_table_release(&table);
    return fault;
}

static void put_cell(struct bytes_buffer *out, const char *text, const char *before) {
    bool quoted = strpbrk(text, ",;\t\"") != NULL;
    bytes_put(out, before, strlen(before));
    bytes_put(out, "\"", quoted);
    for (; *text; text++) {
        bytes_put(out, text, 1);
        bytes_put(out, "\"", *text == '"');
    }
    bytes_put(out, "\"", quoted);
}

static bool is_used(const struct measures *measures, uint32_t at) {
    bool used = false;
    for (size_t i = 0; i < measures->count; i++) {
        used = used || optional_of(&measures->row[i], at)[0];
    }
    return used;
}

static void put_row(struct bytes_buffer *out, const struct measures *measures,
                    const char *const field[COLUMNS], const char *const more[OPTIONAL]) {
    for (size_t i = 0; i < COLUMNS; i++) {
        put_cell(out, field[i], i ? "," : "");
    }
    for (uint32_t i = 0; i < OPTIONAL; i++) {
        if (is_used(measures, i)) {
            put_cell(out, more[i], ",");
        }
    }
    bytes_put(out, "\n", 1);
}

enum fault measures_write(struct bytes_buffer *out, const struct measures *measures) {
    put_row(out, measures, HEADER, optional);
    for (size_t i = 0; i < measures->count; i++) {
        const struct measures_row *row = &measures->row[i];
        char date[24];
        snprintf(date, sizeof date, "%04u-%02u-%02u", row->date / 10000, row->date / 100 % 100,
                 row->date % 100);
        const char *const field[] = {row->name, row->goal, row->text_nl, row->text_en, row->owner, date};
        const char *more[OPTIONAL];
        for (uint32_t j = 0; j < OPTIONAL; j++) {
            more[j] = optional_of(row, j);
        }
        put_row(out, measures, field, more);
    }
    return out->fault;
}

const struct measures_row *measures_find(const struct measures *measures, const char *name) {
    for (size_t i = 0; i < measures->count; i++) {
        if (strcmp(measures->row[i].name, name) == 0) {
            return &measures->row[i];
        }
    }
    return NULL;
}
