/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_extend.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "aggregator/author_sheet.h"

#define NOTICED "klankbord_noticed"

/* A sheet in a table, by its rows: the name, the header, and those up to the next sheet. */
struct part {
    bool found;
    size_t header, end;
};

struct extending {
    const struct author_extend *extend;
    struct author_table_writer writer;
    const char *column[AUTHOR_TABLE_COLUMNS + 1]; /* headers of the copy's sheet at hand, from 1 */
    uint32_t columns;
};

static bool is_named(const struct author_table *table, size_t row) {
    const char *name = author_table_cell(table, row, 1);
    return name[0] && name[0] != '#';
}

static struct part find(const struct author_table *table, const char *name) {
    struct part part = {false, 0, 0};
    size_t row = 0;
    while (row < table->row_count &&
           !(is_named(table, row) && strcasecmp(author_table_cell(table, row, 1), name) == 0)) {
        row++;
    }
    for (row++; row < table->row_count && !is_named(table, row); row++) {
        if (!part.found && !author_sheet_is_comment(table, row)) {
            part.found = true;
            part.header = row;
        }
        part.end = row + 1;
    }
    return part;
}

static uint32_t column_of(const struct extending *extending, const char *header) {
    for (uint32_t i = 1; i <= extending->columns; i++) {
        if (extending->column[i] && strcasecmp(extending->column[i], header) == 0) {
            return i;
        }
    }
    return 0;
}

/* Makes a column at the end when it is not there. */
static void want_column(struct extending *extending, const char *header) {
    if (header[0] && !column_of(extending, header) && extending->columns < AUTHOR_TABLE_COLUMNS) {
        extending->column[++extending->columns] = header;
    }
}

static void put_row(struct extending *extending, const char *const cell[AUTHOR_TABLE_COLUMNS + 1]) {
    for (uint32_t i = 1; i <= extending->columns; i++) {
        const char *text = cell[i] ? cell[i] : "";
        author_table_add_cell(&extending->writer, text, strlen(text));
    }
    author_table_end_row(&extending->writer);
}

static void copy_row(struct extending *extending, size_t row) {
    const struct author_table *core = extending->extend->core;
    for (uint32_t i = 1; i <= core->row[row].cells; i++) {
        const char *text = author_table_cell(core, row, i);
        author_table_add_cell(&extending->writer, text, strlen(text));
    }
    author_table_end_row(&extending->writer);
}

/* The rows of one sheet of the school's own, each cell under the copy's column of the same name. */
static void put_own(struct extending *extending, const char *sheet) {
    const struct author_table *own = extending->extend->own;
    struct part part = own ? find(own, sheet) : (struct part){false, 0, 0};
    uint32_t mark = column_of(extending, "klankbord::own"), type = column_of(extending, "type");
    for (size_t row = part.header + 1; part.found && row < part.end; row++) {
        const char *cell[AUTHOR_TABLE_COLUMNS + 1] = {NULL};
        if (author_sheet_is_comment(own, row)) {
            continue;
        }
        for (uint32_t i = 2; i <= own->row[row].cells; i++) {
            cell[column_of(extending, author_table_cell(own, part.header, i))] =
                author_table_cell(own, row, i);
        }
        cell[0] = NULL;
        if (mark && type && cell[type] && strncasecmp(cell[type], "select", 6) == 0) {
            cell[mark] = "yes";
        }
        put_row(extending, cell);
    }
}

/*
 * Texts of ours in the languages of the product; a column of another language stays empty, and pupils see the
 * default.
 */
static void put_label(struct extending *extending, const char **cell, const char *code, const char *text) {
    char end[16];
    snprintf(end, sizeof end, "(%s)", code);
    for (uint32_t i = 1; i <= extending->columns; i++) {
        const char *header = extending->column[i] ? extending->column[i] : "";
        size_t size = strlen(header), tail = strlen(end);
        if (strncasecmp(header, "label::", 7) == 0 && size > tail && strcmp(header + size - tail, end) == 0) {
            cell[i] = text;
        }
    }
}

static bool is_wanted(const struct extending *extending, size_t at) {
    const struct measures *measures = extending->extend->measures;
    return measures && at < measures->count && measures->row[at].date >= extending->extend->since;
}

static bool any_wanted(const struct extending *extending) {
    bool any = false;
    for (size_t i = 0; i < MEASURES_LIMIT; i++) {
        any = any || is_wanted(extending, i);
    }
    return any;
}

/* Worded so that what was written down needs no other form, and addresses nobody as a boy or a girl. */
static const struct {
    const char *code, *before, *after;
} ASK[] = {
    {"nl", "Heb je iets gemerkt van ", "?"}, {"en", "Have you noticed ", "?"},
    {"tr", "Şunu fark ettin mi: ", "?"},     {"ar", "هل لفت انتباهك: ", "؟"},
    {"uk", "Чи помітно тобі таке: ", "?"},   {"pl", "Czy zauważasz coś takiego: ", "?"},
};
enum { ASKS = sizeof ASK / sizeof *ASK, ASK_BYTES = MEASURES_TEXT + 80 };
_Static_assert(ASKS == 2 + MEASURES_MORE, "a question for each language of a measure");

static void put_measure(struct extending *extending, const struct measures_row *row) {
    const char *cell[AUTHOR_TABLE_COLUMNS + 1] = {NULL};
    char name[QUESTIONNAIRE_NAME_SIZE], text[ASKS][ASK_BYTES];
    snprintf(name, sizeof name, "noticed_%s", row->name);
    cell[column_of(extending, "type")] = "select_one " NOTICED;
    cell[column_of(extending, "name")] = name;
    cell[column_of(extending, "klankbord::measure")] = row->name;
    for (size_t i = 0; i < ASKS; i++) {
        const char *what = i == 0 ? row->text_nl : i == 1 ? row->text_en : row->text[i - 2];
        if (what[0]) {
            snprintf(text[i], ASK_BYTES, "%s%s%s", ASK[i].before, what, ASK[i].after);
            put_label(extending, cell, ASK[i].code, text[i]);
        }
    }
    cell[0] = NULL;
    put_row(extending, cell);
}

static void put_measures(struct extending *extending) {
    for (size_t i = 0; i < MEASURES_LIMIT; i++) {
        if (is_wanted(extending, i)) {
            put_measure(extending, &extending->extend->measures->row[i]);
        }
    }
}

/* Its list is there already when a copy is extended once more. */
static bool has_list(const struct author_table *table) {
    struct part part = find(table, "choices");
    for (size_t row = part.header + 1; part.found && row < part.end; row++) {
        for (uint32_t i = 2; i <= table->row[row].cells; i++) {
            if (strcmp(author_table_cell(table, row, i), NOTICED) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void put_list(struct extending *extending) {
    static const struct {
        const char *name, *label[ASKS]; /* in the languages of ASK */
    } option[] = {
        {"yes", {"ja", "yes", "evet", "نعم", "так", "tak"}},
        {"a_little", {"een beetje", "a little", "biraz", "قليلًا", "трохи", "trochę"}},
        {"no", {"nee", "no", "hayır", "لا", "ні", "nie"}},
        {"dont_know", {"dat weet ik niet", "I do not know", "bilmiyorum", "لا أعرف", "не знаю", "nie wiem"}},
    };
    for (size_t i = 0; i < sizeof option / sizeof *option; i++) {
        const char *cell[AUTHOR_TABLE_COLUMNS + 1] = {NULL};
        cell[column_of(extending, "list_name")] = NOTICED;
        cell[column_of(extending, "name")] = option[i].name;
        for (size_t j = 0; j < ASKS; j++) {
            put_label(extending, cell, ASK[j].code, option[i].label[j]);
        }
        cell[0] = NULL;
        put_row(extending, cell);
    }
}

/* The header of a sheet with the columns that the additions need. */
static void put_header(struct extending *extending, const char *sheet, size_t header) {
    const struct author_extend *extend = extending->extend;
    struct part own = extend->own ? find(extend->own, sheet) : (struct part){false, 0, 0};
    bool survey = strcasecmp(sheet, "survey") == 0;
    extending->columns = extend->core->row[header].cells;
    for (uint32_t i = 1; i <= extending->columns; i++) {
        const char *text = author_table_cell(extend->core, header, i);
        extending->column[i] = strcasecmp(text, "list name") == 0 ? "list_name" : text;
    }
    for (uint32_t i = 2; own.found && i <= extend->own->row[own.header].cells; i++) {
        want_column(extending, author_table_cell(extend->own, own.header, i));
    }
    if (survey && own.found) {
        want_column(extending, "klankbord::own");
    }
    if (survey && any_wanted(extending)) {
        want_column(extending, "klankbord::measure");
    }
    put_row(extending, extending->column);
}

static void put_version(struct extending *extending, const struct part *settings, size_t row) {
    const struct author_table *core = extending->extend->core;
    for (uint32_t i = 1; i <= core->row[row].cells; i++) {
        bool version = strcasecmp(author_table_cell(core, settings->header, i), "version") == 0;
        const char *text = version ? extending->extend->version : author_table_cell(core, row, i);
        author_table_add_cell(&extending->writer, text, strlen(text));
    }
    author_table_end_row(&extending->writer);
}

enum fault author_extend(struct author_table *out, struct author_report *report,
                         const struct author_extend *extend) {
    struct extending extending = {.extend = extend, .writer = {.table = out, .report = report, .number = 1}};
    struct part survey = find(extend->core, "survey"), choices = find(extend->core, "choices");
    struct part settings = find(extend->core, "settings");
    bool list = any_wanted(&extending) && !has_list(extend->core);
    *out = (struct author_table){0};
    if (!survey.found || !choices.found || (extend->own && !find(extend->own, "survey").found)) {
        return FAULT_QUESTIONNAIRE;
    }
    for (size_t row = 0; row < extend->core->row_count; row++) {
        bool version = extend->version && settings.found && row > settings.header && row < settings.end &&
                       !author_sheet_is_comment(extend->core, row);
        if (row == survey.header) {
            put_header(&extending, "survey", row);
        } else if (row == choices.header) {
            put_header(&extending, "choices", row);
        } else if (version) {
            put_version(&extending, &settings, row);
        } else {
            copy_row(&extending, row);
        }
        if (row + 1 == survey.end) {
            put_own(&extending, "survey");
            put_measures(&extending);
        } else if (row + 1 == choices.end) {
            put_own(&extending, "choices");
            if (list) {
                put_list(&extending);
            }
        }
    }
    return extending.writer.fault;
}

enum fault author_extend_keeps(bool *out, const struct questionnaire *core,
                               const struct questionnaire *copy) {
    *out = core->item_count <= copy->item_count && core->scale_count == copy->scale_count;
    for (uint16_t i = 0; *out && i < core->item_count; i++) {
        uint8_t digest[2][DIGEST_BYTES];
        enum fault fault = questionnaire_item_digest(digest[0], core, i);
        fault = fault ? fault : questionnaire_item_digest(digest[1], copy, i);
        if (fault) {
            return fault;
        }
        *out = memcmp(digest[0], digest[1], DIGEST_BYTES) == 0 && core->item[i].scale == copy->item[i].scale;
    }
    for (uint16_t i = 0; *out && i < core->scale_count; i++) {
        uint8_t digest[2][DIGEST_BYTES];
        enum fault fault = questionnaire_scale_digest(digest[0], core, i);
        fault = fault ? fault : questionnaire_scale_digest(digest[1], copy, i);
        if (fault) {
            return fault;
        }
        *out = memcmp(digest[0], digest[1], DIGEST_BYTES) == 0;
    }
    return FAULT_NONE;
}
