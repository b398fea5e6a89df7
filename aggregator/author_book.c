/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_book.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "aggregator/author_sheet.h"
#include "aggregator/xlsx_sheet.h"
#include "aggregator/xlsx_zip.h"

struct filling {
    struct author_table_writer writer;
    const char *name; /* of the sheet */
    bool begun;       /* its name is in the table */
};

bool author_book_is_zip(struct bytes content) {
    return content.size >= 4 && memcmp(content.data, "PK\003\004", 4) == 0;
}

/* ---- cells into rows ---- */

static bool is_known(const char *name) {
    for (unsigned kind = 0; kind < AUTHOR_SHEET_KINDS; kind++) {
        if (strcasecmp(name, author_sheet_kind_name((enum author_sheet_kind)kind)) == 0) {
            return true;
        }
    }
    return false;
}

/* The row with the sheet's name has no number: no row of the workbook holds it. */
static void begin_sheet(struct filling *filling) {
    if (!filling->begun) {
        filling->begun = true;
        filling->writer.number = 0;
        author_table_add_cell(&filling->writer, filling->name, strlen(filling->name));
        author_table_end_row(&filling->writer);
    }
}

static void report_cell(struct filling *filling, const struct xlsx_sheet_cell *cell) {
    struct author_report_place place = {filling->name, cell->row, cell->column + 1, NULL};
    enum author_message message =
        cell->kind == XLSX_SHEET_ERROR ? AUTHOR_BOOK_ERROR_CELL : AUTHOR_BOOK_FORMULA;
    author_report_add(filling->writer.report, message, place, cell->text, NULL);
}

static enum fault take_cell(void *context, const struct xlsx_sheet_cell *cell) {
    struct filling *filling = context;
    struct author_table_writer *writer = &filling->writer;
    begin_sheet(filling);
    if (cell->kind != XLSX_SHEET_TEXT) {
        report_cell(filling, cell);
        return FAULT_NONE;
    }
    if (cell->row != writer->number) {
        author_table_end_row(writer);
        writer->number = cell->row;
    }
    while (writer->column < cell->column && writer->column < AUTHOR_TABLE_COLUMNS) {
        author_table_add_cell(writer, NULL, 0);
    }
    author_table_add_cell(writer, cell->text, strlen(cell->text));
    return writer->fault;
}

static enum fault read_sheet(struct xlsx_book *book, size_t at, struct author_table_writer *writer) {
    struct filling filling = {*writer, book->sheet[at].name, false};
    struct xlsx_sheet_sink sink = {take_cell, &filling};
    filling.writer.sheet = filling.name;
    if (is_known(filling.name)) {
        begin_sheet(&filling);
    }
    enum fault fault = xlsx_sheet_read(book, at, &sink);
    if (filling.begun) {
        author_table_end_row(&filling.writer);
    }
    *writer = filling.writer;
    return fault ? fault : writer->fault;
}

/* ---- what can be wrong with the workbook itself ---- */

static void report_part(struct author_report *report, enum fault fault, const struct xlsx_book *book) {
    char line[24];
    enum author_message message = fault == FAULT_FILE_MISSING     ? AUTHOR_BOOK_MISSING
                                  : fault == FAULT_FILE_TOO_LARGE ? AUTHOR_BOOK_LARGE
                                  : fault == FAULT_FILE_READ      ? AUTHOR_BOOK_UNREADABLE
                                  : fault == FAULT_REFUSED        ? AUTHOR_BOOK_DOCTYPE
                                  : fault == FAULT_TEXT           ? AUTHOR_BOOK_XML
                                  : fault == FAULT_LIMIT          ? AUTHOR_BOOK_LIMIT
                                                                  : AUTHOR_BOOK_CONTRADICTS;
    snprintf(line, sizeof line, "%u", book->line);
    /* Other office files are ZIP files too: no list of sheets means another kind of file. */
    bool kind = (fault == FAULT_FILE_MISSING && strcmp(book->part, "_rels/.rels") == 0) ||
                (fault == FAULT_QUESTIONNAIRE && !book->workbook[0]);
    author_report_add(report, kind ? AUTHOR_BOOK_KIND : message, (struct author_report_place){0}, book->part,
                      line);
}

static enum fault read_sheets(struct xlsx_book *book, struct author_table_writer *writer, bool notes) {
    struct author_report *report = writer->report;
    enum fault fault = FAULT_NONE;
    for (size_t i = 0; !fault && i < book->sheet_count; i++) {
        const char *name = book->sheet[i].name;
        author_report_sheet(report, name);
        if (book->sheet[i].part[0] && name[0] != '#' && name[0] != '\0' && (notes || name[0] != '_')) {
            fault = read_sheet(book, i, writer);
        }
    }
    return fault;
}

static enum fault read_parts(struct author_table *table, struct author_report *report,
                             struct xlsx_parts parts, bool notes) {
    struct author_table_writer writer = {.table = table, .report = report};
    struct xlsx_book book = {.sheet_count = 0};
    *table = (struct author_table){0};
    report->workbook = true;
    enum fault fault = xlsx_book_open(&book, parts);
    fault = fault ? fault : read_sheets(&book, &writer, notes);
    if (fault && fault != FAULT_MEMORY) {
        report_part(report, fault, &book);
        fault = FAULT_QUESTIONNAIRE;
    }
    if (fault) {
        author_table_release(table);
    }
    xlsx_book_close(&book);
    return fault;
}

enum fault author_book_read_parts(struct author_table *table, struct author_report *report,
                                  struct xlsx_parts parts) {
    return read_parts(table, report, parts, false);
}

static void report_file(struct author_report *report, enum author_message message, int limit) {
    char text[24];
    snprintf(text, sizeof text, "%d", limit);
    author_report_add(report, message, (struct author_report_place){0}, text, NULL);
}

static enum fault read_file(struct author_table *table, struct author_report *report, struct bytes content,
                            bool notes) {
    struct xlsx_zip zip;
    *table = (struct author_table){0};
    if (content.size > AUTHOR_TABLE_BYTES) {
        report_file(report, AUTHOR_FILE_LARGE, AUTHOR_TABLE_BYTES);
        return FAULT_QUESTIONNAIRE;
    }
    enum fault fault = xlsx_zip_open(&zip, content);
    if (fault == FAULT_MEMORY) {
        return fault;
    }
    if (fault) {
        report_file(report, fault == FAULT_LIMIT ? AUTHOR_BOOK_PARTS : AUTHOR_BOOK_ZIP, XLSX_ZIP_PARTS);
        return FAULT_QUESTIONNAIRE;
    }
    fault = read_parts(table, report, xlsx_zip_parts(&zip), notes);
    xlsx_zip_close(&zip);
    return fault;
}

enum fault author_book_read(struct author_table *table, struct author_report *report, struct bytes content) {
    return read_file(table, report, content, false);
}

enum fault author_book_read_all(struct author_table *table, struct author_report *report,
                                struct bytes content) {
    return read_file(table, report, content, true);
}
