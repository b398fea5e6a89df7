/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_sheet.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "aggregator/author_distance.h"
#include "aggregator/author_refused.h"

static const char *const KIND[AUTHOR_SHEET_KINDS] = {
    [AUTHOR_SHEET_SURVEY] = "survey",
    [AUTHOR_SHEET_CHOICES] = "choices",
    [AUTHOR_SHEET_SCALES] = "klankbord_scales",
    [AUTHOR_SHEET_SETTINGS] = "settings",
    [AUTHOR_SHEET_REFERENCES] = "klankbord_references",
    [AUTHOR_SHEET_CONVERSIONS] = "klankbord_conversions",
};

const char *author_sheet_kind_name(enum author_sheet_kind kind) {
    return KIND[kind];
}

bool author_sheet_is_comment(const struct author_table *table, size_t row) {
    for (uint32_t column = 1; column <= table->row[row].cells; column++) {
        const char *text = author_table_cell(table, row, column);
        if (text[0]) {
            return text[0] == '#';
        }
    }
    return false;
}

static enum author_sheet_kind kind_of(const char *name) {
    for (unsigned kind = 0; kind < AUTHOR_SHEET_KINDS; kind++) {
        if (strcasecmp(name, KIND[kind]) == 0) {
            return (enum author_sheet_kind)kind;
        }
    }
    return AUTHOR_SHEET_KINDS;
}

/* Starts the sheet named in `row`; gives it, or NULL when its rows are to be passed over. */
static struct author_sheet *begin_sheet(struct author_sheets *sheets, size_t row) {
    const char *name = author_table_cell(sheets->table, row, 1);
    struct author_report_place place = {name, sheets->table->row[row].number, 1, NULL};
    enum author_sheet_kind kind = kind_of(name);
    if (name[0] == '_') {
        return NULL;
    }
    if (kind == AUTHOR_SHEET_KINDS && author_refused_sheet(name)) {
        author_report_add(sheets->report, AUTHOR_REFUSED_SHEET, place, name, NULL);
        return NULL;
    }
    if (kind == AUTHOR_SHEET_KINDS) {
        const char *guess = author_distance_nearest(name, KIND, AUTHOR_SHEET_KINDS);
        author_report_add(sheets->report, guess ? AUTHOR_SHEET_GUESS : AUTHOR_SHEET_UNKNOWN, place, name,
                          guess);
        return NULL;
    }
    struct author_sheet *sheet = &sheets->sheet[kind];
    if (sheet->present) {
        char first[16];
        snprintf(first, sizeof first, "%u", sheet->number);
        author_report_add(sheets->report, AUTHOR_SHEET_DUPLICATE, place, name, first);
        return NULL;
    }
    *sheet = (struct author_sheet){.present = true, .number = place.row, .first = row + 1, .end = row + 1};
    return sheet;
}

static void add_row(struct author_sheet *sheet, size_t row) {
    if (!sheet->has_header) {
        sheet->has_header = true;
        sheet->header = row;
        sheet->first = row + 1;
    }
    sheet->end = row + 1;
}

static void report_sheet(const struct author_sheets *sheets, enum author_message message,
                         enum author_sheet_kind kind) {
    struct author_report_place place = author_sheet_place_whole(sheets, kind);
    author_report_add(sheets->report, message, place, KIND[kind], NULL);
}

static void report_absence(const struct author_sheets *sheets) {
    for (unsigned kind = 0; kind < AUTHOR_SHEET_KINDS; kind++) {
        const struct author_sheet *sheet = &sheets->sheet[kind];
        bool optional = kind == AUTHOR_SHEET_SCALES || kind == AUTHOR_SHEET_REFERENCES ||
                        kind == AUTHOR_SHEET_CONVERSIONS;
        if (!sheet->present && !optional) {
            report_sheet(sheets, AUTHOR_SHEET_MISSING, (enum author_sheet_kind)kind);
        } else if (sheet->present && sheet->first == sheet->end) {
            report_sheet(sheets, AUTHOR_SHEET_EMPTY, (enum author_sheet_kind)kind);
        }
    }
}

void author_sheet_find(struct author_sheets *out, const struct author_table *table,
                       struct author_report *report) {
    struct author_sheet *sheet = NULL;
    bool any_name = false, lost_row = false;
    *out = (struct author_sheets){.table = table, .report = report};
    for (size_t row = 0; row < table->row_count; row++) {
        if (author_sheet_is_comment(table, row)) {
            continue;
        }
        bool named = author_table_cell(table, row, 1)[0] != '\0';
        if (named) {
            any_name = true;
            sheet = begin_sheet(out, row);
        }
        if (!any_name && !lost_row) {
            struct author_report_place place = {NULL, table->row[row].number, 1, NULL};
            author_report_add(report, AUTHOR_SHEET_BEFORE, place, NULL, NULL);
            lost_row = true;
        }
        if (sheet && (!named || table->row[row].cells > 1)) {
            add_row(sheet, row);
        }
    }
    report_absence(out);
    author_sheet_header_read(out);
}

static const char *cell_at(const struct author_sheets *sheets, enum author_sheet_kind kind, size_t row,
                           uint32_t column) {
    const struct author_sheet *sheet = &sheets->sheet[kind];
    return column && row < sheet->end ? author_table_cell(sheets->table, row, column) : "";
}

const char *author_sheet_cell(const struct author_sheets *sheets, enum author_sheet_kind kind, size_t row,
                              enum author_sheet_column column) {
    return cell_at(sheets, kind, row, sheets->sheet[kind].plain[column]);
}

const char *author_sheet_cell_in(const struct author_sheets *sheets, enum author_sheet_kind kind, size_t row,
                                 enum author_sheet_column column, uint16_t language) {
    return cell_at(sheets, kind, row, sheets->sheet[kind].in[column][language]);
}

static struct author_report_place place_at(const struct author_sheets *sheets, enum author_sheet_kind kind,
                                           size_t row, uint32_t column, const char *name) {
    const struct author_sheet *sheet = &sheets->sheet[kind];
    const char *header = column ? author_table_cell(sheets->table, sheet->header, column) : name;
    uint32_t number = row < sheets->table->row_count ? sheets->table->row[row].number : sheet->number;
    return (struct author_report_place){KIND[kind], number, column, header};
}

struct author_report_place author_sheet_place(const struct author_sheets *sheets, enum author_sheet_kind kind,
                                              size_t row, enum author_sheet_column column) {
    return place_at(sheets, kind, row, sheets->sheet[kind].plain[column], author_sheet_column_name(column));
}

struct author_report_place author_sheet_place_in(const struct author_sheets *sheets,
                                                 enum author_sheet_kind kind, size_t row,
                                                 enum author_sheet_column column, uint16_t language) {
    return place_at(sheets, kind, row, sheets->sheet[kind].in[column][language],
                    author_sheet_column_name(column));
}

struct author_report_place author_sheet_place_whole(const struct author_sheets *sheets,
                                                    enum author_sheet_kind kind) {
    const struct author_sheet *sheet = &sheets->sheet[kind];
    return (struct author_report_place){KIND[kind], sheet->number, sheet->present ? 1 : 0, NULL};
}
