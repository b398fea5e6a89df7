/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_save.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <xlsxwriter.h>

#include "aggregator/author_book.h"
#include "aggregator/author_save_close.h"

enum {
    NUMBER_DIGITS = 9,
    DROP_ROWS = 2000,
    WIDTH_TEXT = 40,
    WIDTH_OTHER = 18,
    GAP_LIMIT = 50,
    LINE_HEIGHT = 15,
    WIDTHS = AUTHOR_TABLE_COLUMNS + 1
};

enum fault author_save_read(struct author_table *table, struct author_report *report, struct bytes content) {
    return author_book_is_zip(content) ? author_book_read_all(table, report, content)
                                       : author_table_read(table, report, content);
}

/* ---- CSV ---- */

static void put_text(struct bytes_buffer *out, const char *text) {
    bytes_put(out, text, strlen(text));
}

static void put_cell(struct bytes_buffer *out, const char *text) {
    if (!strpbrk(text, ",;\t\"\n") && text[0] != '#') {
        put_text(out, text);
        return;
    }
    put_text(out, "\"");
    for (; *text; text++) {
        bytes_put(out, text, 1);
        if (*text == '"') {
            put_text(out, "\"");
        }
    }
    put_text(out, "\"");
}

/*
 * A comment of a workbook stands in a sheet's first column, which is column B here; in the twin it begins the
 * row.
 */
static uint32_t first_cell(const struct author_table *table, size_t row) {
    uint32_t first = 1;
    while (first < table->row[row].cells && !author_table_cell(table, row, first)[0]) {
        first++;
    }
    return author_table_cell(table, row, first)[0] == '#' ? first : 1;
}

enum fault author_save_csv(struct bytes_buffer *out, const struct author_table *table) {
    for (size_t row = 0; row < table->row_count; row++) {
        uint32_t first = first_cell(table, row);
        uint32_t before = row > 0 ? table->row[row - 1].number : table->row[row].number;
        bool named = author_table_cell(table, row, 1)[0] && first == 1;
        uint32_t gap =
            !named && table->row[row].number > before + 1 ? table->row[row].number - before - 1 : 0;
        for (uint32_t i = 0; i < gap && i < GAP_LIMIT; i++) {
            put_text(out, "\n");
        }
        for (uint32_t column = first; column <= table->row[row].cells; column++) {
            put_text(out, column > first ? "," : "");
            put_cell(out, author_table_cell(table, row, column));
        }
        put_text(out, "\n");
    }
    return out->fault;
}

/* ---- workbook ---- */

struct saving {
    const struct author_table *table;
    lxw_workbook *book;
    lxw_format *bold, *text;
    lxw_worksheet *sheet;
    uint32_t base; /* number of the row with the sheet's name */
    bool has_header;
    bool wide[WIDTHS]; /* by the table's column */
    lxw_row_t row;     /* last one that was used, from 0 */
};

/*
 * Numbers that read back as they were written. Everything else is text, or a spreadsheet makes a date of
 * "8-12".
 */
static bool is_plain_number(const char *text) {
    size_t size = strspn(text, "0123456789");
    return size > 0 && size <= NUMBER_DIGITS && !text[size] && (text[0] != '0' || size == 1);
}

static enum fault fault_of(lxw_error error) {
    return error == LXW_NO_ERROR                           ? FAULT_NONE
           : error == LXW_ERROR_MEMORY_MALLOC_FAILED       ? FAULT_MEMORY
           : error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ? FAULT_LIMIT
                                                           : FAULT_FILE_WRITE;
}

/*
 * "_x000D_" stands for a line end in a workbook, so that text which happens to look so has its first
 * character written that way.
 */
static enum fault write_text(const struct saving *saving, lxw_row_t row, lxw_col_t column, const char *text,
                             lxw_format *format) {
    struct bytes_buffer escaped = {0};
    for (const char *at = text; *at; at++) {
        bool looks =
            at[0] == '_' && at[1] == 'x' && strspn(at + 2, "0123456789abcdefABCDEF") >= 4 && at[6] == '_';
        put_text(&escaped, looks ? "_x005F" : "");
        bytes_put(&escaped, at, 1);
    }
    bytes_put_u8(&escaped, 0);
    enum fault fault = escaped.fault ? escaped.fault
                                     : fault_of(worksheet_write_string(saving->sheet, row, column,
                                                                       (const char *)escaped.data, format));
    bytes_buffer_release(&escaped);
    return fault;
}

static enum fault write_cell(const struct saving *saving, lxw_row_t row, lxw_col_t column, const char *text,
                             lxw_format *format) {
    if (!text[0]) {
        return FAULT_NONE;
    }
    if (!is_plain_number(text)) {
        return write_text(saving, row, column, text, format);
    }
    double value = 0;
    for (const char *at = text; *at; at++) {
        value = value * 10 + (*at - '0');
    }
    return fault_of(worksheet_write_number(saving->sheet, row, column, value, format));
}

/* Columns with a closed set of values, and columns whose usual values are worth offering. */
static const struct {
    const char *sheet, *column;
    bool strict;
    const char *value[7];
} CHOICE[] = {
    {"survey", "type", false, {"note", "begin_group", "end_group", "select_one ", "select_multiple ", NULL}},
    {"survey", "klankbord::reverse", true, {"yes", "no", NULL}},
    {"survey", "klankbord::sensitive", true, {"yes", "no", NULL}},
    {"survey", "klankbord::breakdown", true, {"yes", "no", NULL}},
    {"survey", "klankbord::faces", true, {"yes", "no", NULL}},
    {"survey", "klankbord::own", true, {"yes", "no", NULL}},
    {"choices", "klankbord::exclusive", true, {"yes", "no", NULL}},
    {"klankbord_scales", "klankbord::subject", true, {"incidents", "safety", "wellbeing", "other", NULL}},
    {"klankbord_scales", "klankbord::direction", true, {"high is good", "high is bad", NULL}},
    {"klankbord_scales", "klankbord::formative", true, {"yes", "no", NULL}},
    {"settings", "klankbord::validity", true, {"not validated", "recognised", NULL}},
    {"settings", "klankbord::translation", true, {"draft", "checked", NULL}},
};

static bool begins(const char *header, const char *column) {
    size_t size = strlen(column);
    return strncasecmp(header, column, size) == 0 && (!header[size] || strncmp(header + size, "::", 2) == 0);
}

static void offer(const struct saving *saving, lxw_row_t header, lxw_col_t column, const char *text) {
    for (size_t i = 0; i < sizeof CHOICE / sizeof *CHOICE; i++) {
        const char *list[8];
        if (strcasecmp(saving->sheet->name, CHOICE[i].sheet) != 0 || !begins(text, CHOICE[i].column)) {
            continue;
        }
        memcpy(list, CHOICE[i].value, sizeof CHOICE[i].value);
        lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST,
                                    .value_list = (char **)list,
                                    .error_type = CHOICE[i].strict ? LXW_VALIDATION_ERROR_TYPE_STOP
                                                                   : LXW_VALIDATION_ERROR_TYPE_INFORMATION};
        rule.show_error = CHOICE[i].strict ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF;
        (void)worksheet_data_validation_range(saving->sheet, header + 1, column, header + DROP_ROWS, column,
                                              &rule);
    }
    if (strcasecmp(saving->sheet->name, "survey") == 0 && begins(text, "klankbord::scale")) {
        static char names[] = "=klankbord_scales!$A$2:$A$9";
        lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = names};
        (void)worksheet_data_validation_range(saving->sheet, header + 1, column, header + DROP_ROWS, column,
                                              &rule);
    }
}

static void dress_header(struct saving *saving, size_t at, lxw_row_t row) {
    const struct author_table *table = saving->table;
    for (uint32_t column = 2; column <= table->row[at].cells; column++) {
        const char *text = author_table_cell(table, at, column);
        bool wide = saving->sheet->name[0] == '_' || begins(text, "label") || begins(text, "hint") ||
                    begins(text, "klankbord::provenance");
        saving->wide[column] = wide;
        (void)worksheet_set_column(saving->sheet, (lxw_col_t)(column - 2), (lxw_col_t)(column - 2),
                                   wide ? WIDTH_TEXT : WIDTH_OTHER, saving->text);
        offer(saving, row, (lxw_col_t)(column - 2), text);
    }
    worksheet_freeze_panes(saving->sheet, row + 1, 0);
}

/* How many lines a text takes in a column of this width, roughly: not every program looks for itself. */
static unsigned lines_of(const char *text, unsigned width) {
    unsigned lines = 1, used = 0;
    for (; *text; text++) {
        used += ((unsigned char)*text & 0xC0) != 0x80; /* characters, not bytes */
        if (*text == '\n' || used > width) {
            lines++;
            used = 0;
        }
    }
    return lines;
}

static void fit_row(const struct saving *saving, size_t at, lxw_row_t row) {
    unsigned lines = 1;
    for (uint32_t column = 2; column <= saving->table->row[at].cells; column++) {
        unsigned width = column < WIDTHS && saving->wide[column] ? WIDTH_TEXT : WIDTH_OTHER;
        unsigned needed = lines_of(author_table_cell(saving->table, at, column), width);
        lines = needed > lines ? needed : lines;
    }
    if (lines > 1) {
        (void)worksheet_set_row(saving->sheet, row, LINE_HEIGHT * (lines < 20 ? lines : 20), NULL);
    }
}

static enum fault begin_sheet(struct saving *saving, size_t at) {
    const char *name = author_table_cell(saving->table, at, 1);
    if (workbook_validate_sheet_name(saving->book, name) != LXW_NO_ERROR) {
        return FAULT_QUESTIONNAIRE;
    }
    saving->sheet = workbook_add_worksheet(saving->book, name);
    saving->base = saving->table->row[at].number;
    saving->has_header = false;
    memset(saving->wide, 0, sizeof saving->wide);
    saving->row = 0;
    return saving->sheet ? FAULT_NONE : FAULT_MEMORY;
}

/* The row in the sheet: as far below its name as in the table, but never before a row that was written. */
static lxw_row_t place_of(struct saving *saving, size_t at, bool first) {
    uint32_t number = saving->table->row[at].number;
    lxw_row_t row = number > saving->base ? number - saving->base - 1 : 0;
    saving->row = first ? row : row > saving->row ? row : saving->row + 1;
    return saving->row;
}

static enum fault save_row(struct saving *saving, size_t at, bool first) {
    const struct author_table *table = saving->table;
    uint32_t from = first_cell(table, at);
    bool comment = author_table_cell(table, at, from)[0] == '#';
    lxw_row_t row = place_of(saving, at, first);
    bool header = !comment && !saving->has_header;
    uint32_t shift = comment ? from : 2; /* the table's column that becomes column A */
    enum fault fault = FAULT_NONE;
    for (uint32_t column = shift; !fault && column <= table->row[at].cells; column++) {
        fault = write_cell(saving, row, (lxw_col_t)(column - shift), author_table_cell(table, at, column),
                           header ? saving->bold : saving->text);
    }
    if (header) {
        saving->has_header = true;
        dress_header(saving, at, row);
    } else if (!comment) {
        fit_row(saving, at, row);
    }
    return fault;
}

/* Comments above the first sheet have nowhere else to go than into it. */
static enum fault save_rows(struct saving *saving) {
    const struct author_table *table = saving->table;
    size_t waiting = 0;
    bool first = true;
    enum fault fault = FAULT_NONE;
    for (size_t at = 0; !fault && at < table->row_count; at++) {
        bool named = author_table_cell(table, at, 1)[0] && author_table_cell(table, at, 1)[0] != '#';
        if (!saving->sheet && !named) {
            waiting = at + 1;
            continue;
        }
        if (named) {
            fault = begin_sheet(saving, at);
            saving->base -= !fault && waiting ? (uint32_t)waiting : 0;
            first = true;
            for (size_t i = 0; !fault && i < waiting; i++, first = false) {
                fault = save_row(saving, i, first);
            }
            waiting = 0;
        }
        if (!fault && (!named || table->row[at].cells > 1)) {
            fault = save_row(saving, at, first);
            first = false;
        }
    }
    return fault ? fault : saving->sheet ? FAULT_NONE : FAULT_QUESTIONNAIRE;
}

enum fault author_save_workbook(const char *path, const struct author_table *table) {
    struct saving saving = {.table = table, .book = workbook_new(path)};
    if (!saving.book) {
        return FAULT_MEMORY;
    }
    saving.bold = workbook_add_format(saving.book);
    saving.text = workbook_add_format(saving.book);
    enum fault fault = saving.bold && saving.text ? FAULT_NONE : FAULT_MEMORY;
    if (!fault) {
        format_set_bold(saving.bold);
        format_set_num_format_index(saving.text, 49); /* "@": text, so that nothing is made into a date */
        format_set_text_wrap(saving.text);
        format_set_align(saving.text, LXW_ALIGN_VERTICAL_TOP);
        fault = save_rows(&saving);
    }
    if (fault) {
        lxw_workbook_free(saving.book);
        return fault;
    }
    enum fault why;
    fault = fault_of((lxw_error)author_save_close(saving.book, &why));
    return fault == FAULT_FILE_WRITE ? why : fault;
}
