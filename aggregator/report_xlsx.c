/* SPDX-License-Identifier: Apache-2.0 */
#include "report_xlsx.h"

#include <string.h>
#include <xlsxwriter.h>

#include "aggregator/author_save_close.h"
#include "platform/file.h"

enum { LIMIT = 64 << 20, DAY = 86400 };

struct sheet {
    const struct report_table_shape *shape;
    lxw_worksheet *sheet;
    lxw_row_t row;
    lxw_error error;
};

static void note(struct sheet *sheet, lxw_error error) {
    sheet->error = sheet->error ? sheet->error : error;
}

static void put_row(void *context, const struct report_table_cell *cells) {
    struct sheet *sheet = context;
    for (lxw_col_t i = 0; i < sheet->shape->count; i++) {
        if (cells[i].kind == REPORT_TABLE_NUMBER) {
            note(sheet, worksheet_write_number(sheet->sheet, sheet->row, i, cells[i].number, NULL));
        } else if (cells[i].kind == REPORT_TABLE_TEXT) {
            note(sheet, worksheet_write_string(sheet->sheet, sheet->row, i, cells[i].text, NULL));
        }
    }
    sheet->row++;
}

/*
 * Seconds since 1970 of noon on a civil date (proleptic Gregorian), so that every time zone agrees on the
 * day.
 */
static time_t noon_of(uint32_t date) {
    int64_t year = date / 10000, month = date / 100 % 100, day = date % 100;
    year -= month <= 2;
    int64_t era = year / 400, of_era = year % 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    return (time_t)(days * DAY + DAY / 2);
}

static void put_table(struct sheet *sheet, lxw_workbook *book, const struct report_table_source *source) {
    lxw_format *bold = workbook_add_format(book);
    format_set_bold(bold);
    for (lxw_col_t i = 0; i < sheet->shape->count; i++) {
        const struct report_table_column *column = &sheet->shape->column[i];
        note(sheet, worksheet_set_column(sheet->sheet, i, i, column->width, NULL));
        note(sheet, worksheet_write_string(sheet->sheet, 0, i, column->name, bold));
    }
    worksheet_freeze_panes(sheet->sheet, 1, 0);
    sheet->row = 1;
    enum fault fault = report_table_each(source, put_row, sheet);
    note(sheet, fault ? LXW_ERROR_PARAMETER_VALIDATION : LXW_NO_ERROR);
    note(sheet,
         worksheet_autofilter(sheet->sheet, 0, 0, sheet->row - 1, (lxw_col_t)(sheet->shape->count - 1)));
}

static void put_meanings(struct sheet *sheet, lxw_workbook *book, bool english) {
    lxw_format *wrapped = workbook_add_format(book);
    format_set_text_wrap(wrapped);
    format_set_align(wrapped, LXW_ALIGN_VERTICAL_TOP);
    note(sheet, worksheet_set_column(sheet->sheet, 0, 0, 14, NULL));
    note(sheet, worksheet_set_column(sheet->sheet, 1, 1, 110, NULL));
    for (lxw_row_t i = 0; i < sheet->shape->count; i++) {
        const struct report_table_column *column = &sheet->shape->column[i];
        note(sheet, worksheet_write_string(sheet->sheet, i, 0, column->name, wrapped));
        note(sheet, worksheet_write_string(sheet->sheet, i, 1, english ? column->en : column->nl, wrapped));
    }
}

static enum fault write_book(const struct report_table_source *source, const char *scratch) {
    bool english = strcmp(source->language, "en") == 0, changes = source->shape == &report_table_changes;
    char folder[1024] = ".";
    const char *slash = strrchr(scratch, '/');
    if (slash && slash > scratch && (size_t)(slash - scratch) < sizeof folder) {
        memcpy(folder, scratch, (size_t)(slash - scratch));
        folder[slash - scratch] = '\0';
    }
    lxw_workbook_options options = {.constant_memory = LXW_FALSE, .tmpdir = folder, .use_zip64 = LXW_FALSE};
    /* The library wants what it could change. */
    char titles[2][2][16] = {{"Cijfers", "Figures"}, {"Veranderingen", "Changes"}};
    char names[2][2][16] = {{"cijfers", "figures"}, {"veranderingen", "changes"}};
    lxw_doc_properties properties = {.title = titles[changes][english],
                                     .created = noon_of(release_content(source->release)->last_day)};
    lxw_workbook *book = workbook_new_opt(scratch, &options);
    if (!book) {
        return FAULT_MEMORY;
    }
    struct sheet table = {.shape = source->shape,
                          .sheet = workbook_add_worksheet(book, names[changes][english])};
    struct sheet meanings = {.shape = source->shape,
                             .sheet = workbook_add_worksheet(book, english ? "columns" : "kolommen")};
    lxw_error error = table.sheet && meanings.sheet ? LXW_NO_ERROR : LXW_ERROR_MEMORY_MALLOC_FAILED;
    error = error ? error : workbook_set_properties(book, &properties);
    if (!error) {
        put_table(&table, book, source);
        put_meanings(&meanings, book, english);
        error = table.error ? table.error : meanings.error;
    }
    enum fault why;
    lxw_error closed = (lxw_error)author_save_close(book, &why);
    error = error ? error : closed;
    return error == LXW_NO_ERROR ? FAULT_NONE : error == LXW_ERROR_MEMORY_MALLOC_FAILED ? FAULT_MEMORY : why;
}

enum fault report_xlsx(struct bytes_buffer *out, const struct report_table_source *source,
                       const char *scratch) {
    struct bytes_buffer content = {0};
    enum fault fault = release_belongs(source->release, source->round);
    fault = fault ? fault : write_book(source, scratch);
    fault = fault ? fault : file_read(&content, scratch, LIMIT);
    if (file_exists(scratch)) {
        enum fault removed = file_remove(scratch);
        fault = fault ? fault : removed;
    }
    bytes_put(out, content.data, content.size);
    bytes_buffer_release(&content);
    return fault ? fault : out->fault;
}
