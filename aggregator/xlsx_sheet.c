/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/xlsx_sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/xlsx_text.h"
#include "aggregator/xlsx_xml.h"

enum value { VALUE_NUMBER, VALUE_SHARED, VALUE_INLINE, VALUE_FORMULA, VALUE_BOOLEAN, VALUE_ERROR };

struct reading {
    const struct xlsx_book *book;
    const struct xlsx_sheet_sink *sink;
    uint32_t row, column; /* of the cell at hand, or the last one */
    bool in_cell, in_value, in_formula, in_inline;
    enum value value;
    struct xlsx_text inline_text;
    struct bytes_buffer content, formula;
};

/* "AB12": column 28 and row 12. False when it is not written so or lies outside the format. */
static bool read_reference(uint32_t *row, uint32_t *column, const char *text) {
    *row = 0;
    *column = 0;
    for (; *text >= 'A' && *text <= 'Z' && *column <= XLSX_BOOK_COLUMNS; text++) {
        *column = *column * 26 + (uint32_t)(*text - 'A') + 1;
    }
    for (; *text >= '0' && *text <= '9' && *row <= XLSX_BOOK_ROWS; text++) {
        *row = *row * 10 + (uint32_t)(*text - '0');
    }
    return !*text && *row >= 1 && *row <= XLSX_BOOK_ROWS && *column >= 1 && *column <= XLSX_BOOK_COLUMNS;
}

static bool read_count(uint32_t *out, const char *text, uint32_t most) {
    *out = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && *out <= most; at++) {
        *out = *out * 10 + (uint32_t)(*at - '0');
    }
    return at != text && !*at && *out <= most;
}

/* A row without a number is the next one, and so is a cell without a reference. */
static enum fault begin_row(struct reading *reading, const char *number) {
    uint32_t row = reading->row + 1;
    if (number && !read_count(&row, number, XLSX_BOOK_ROWS)) {
        return FAULT_QUESTIONNAIRE;
    }
    if (row <= reading->row || row > XLSX_BOOK_ROWS) {
        return FAULT_QUESTIONNAIRE;
    }
    reading->row = row;
    reading->column = 0;
    return FAULT_NONE;
}

static enum fault begin_cell(struct reading *reading, const char *reference, const char *type) {
    static const char *const name[] = {"n", "s", "inlineStr", "str", "b", "e"};
    uint32_t row = reading->row, column = reading->column + 1;
    if (reference && !read_reference(&row, &column, reference)) {
        return FAULT_QUESTIONNAIRE;
    }
    if (row == 0 || row != reading->row || column <= reading->column || column > XLSX_BOOK_COLUMNS) {
        return FAULT_QUESTIONNAIRE;
    }
    reading->column = column;
    reading->in_cell = true;
    reading->content.size = 0;
    reading->formula.size = 0;
    reading->inline_text.value.size = 0;
    reading->value = VALUE_NUMBER; /* "d", a date in words, is read as it is written too */
    for (unsigned i = 0; type && i < sizeof name / sizeof *name; i++) {
        reading->value = strcmp(type, name[i]) == 0 ? (enum value)i : reading->value;
    }
    return FAULT_NONE;
}

static enum fault on_start(void *context, const char *name, const char *const *attributes) {
    struct reading *reading = context;
    if (reading->in_inline) {
        xlsx_text_start(&reading->inline_text, name);
    } else if (strcmp(name, "row") == 0) {
        return begin_row(reading, xlsx_xml_attribute(attributes, "r"));
    } else if (strcmp(name, "c") == 0) {
        return begin_cell(reading, xlsx_xml_attribute(attributes, "r"), xlsx_xml_attribute(attributes, "t"));
    } else if (reading->in_cell) {
        reading->in_value = strcmp(name, "v") == 0;
        reading->in_formula = strcmp(name, "f") == 0;
        reading->in_inline = strcmp(name, "is") == 0;
    }
    return FAULT_NONE;
}

static enum fault on_text(void *context, const char *data, size_t size) {
    struct reading *reading = context;
    struct bytes_buffer *out = reading->in_value     ? &reading->content
                               : reading->in_formula ? &reading->formula
                                                     : NULL;
    if (out) {
        bytes_put(out, data, size);
        return out->fault;
    }
    xlsx_text_add(&reading->inline_text, data, size);
    return reading->inline_text.value.fault;
}

/* Programs write 0.1 as 0.10000000000000001 and 3 as 3.0; 15 digits are what a spreadsheet shows at most. */
static void tidy_number(char text[64]) {
    char *end;
    double value = strtod(text, &end);
    if (end != text && !*end && strpbrk(text, ".eE")) {
        snprintf(text, 64, "%.15g", value);
    }
}

/* The cell's text, from wherever its type says that it is; NULL when a shared string is not there. */
static const char *text_of(struct reading *reading, char number[64]) {
    char *content = (char *)reading->content.data;
    uint32_t at;
    switch (reading->value) {
    case VALUE_SHARED:
        if (!content[0]) {
            return content; /* styled and empty, as some programs save it */
        }
        return read_count(&at, content, UINT32_MAX / 16) && at < reading->book->string_count
                   ? (char *)reading->book->text.data + reading->book->string[at]
                   : NULL;
    case VALUE_INLINE: xlsx_book_unescape((char *)reading->inline_text.value.data); break;
    case VALUE_BOOLEAN: return strcmp(content, "1") == 0 ? "TRUE" : content[0] ? "FALSE" : content;
    case VALUE_NUMBER:
        if (strlen(content) < 64) {
            memcpy(number, content, strlen(content) + 1);
            tidy_number(number);
            return number;
        }
        return content;
    case VALUE_FORMULA: xlsx_book_unescape(content); return content;
    case VALUE_ERROR: return content;
    }
    return (char *)reading->inline_text.value.data;
}

static enum fault end_cell(struct reading *reading) {
    char number[64];
    bytes_put_u8(&reading->content, 0);
    bytes_put_u8(&reading->formula, 0);
    bytes_put_u8(&reading->inline_text.value, 0);
    if (reading->content.fault || reading->formula.fault || reading->inline_text.value.fault) {
        return FAULT_MEMORY;
    }
    const char *text = text_of(reading, number);
    struct xlsx_sheet_cell cell = {reading->value == VALUE_ERROR ? XLSX_SHEET_ERROR : XLSX_SHEET_TEXT,
                                   reading->row, reading->column, text};
    if (!text) {
        return FAULT_QUESTIONNAIRE;
    }
    if (!text[0] && reading->formula.size > 1 && reading->value != VALUE_FORMULA) {
        cell.kind = XLSX_SHEET_FORMULA;
        cell.text = (const char *)reading->formula.data;
    }
    return cell.text[0] ? reading->sink->take(reading->sink->context, &cell) : FAULT_NONE;
}

static enum fault on_end(void *context, const char *name) {
    struct reading *reading = context;
    if (reading->in_inline && strcmp(name, "is") != 0) {
        xlsx_text_end(&reading->inline_text, name);
        return FAULT_NONE;
    }
    reading->in_inline = false;
    reading->in_value = false;
    reading->in_formula = false;
    if (reading->in_cell && strcmp(name, "c") == 0) {
        reading->in_cell = false;
        return end_cell(reading);
    }
    return FAULT_NONE;
}

enum fault xlsx_sheet_read(struct xlsx_book *book, size_t at, const struct xlsx_sheet_sink *sink) {
    static const struct xlsx_xml_handler handler = {on_start, on_end, on_text};
    struct reading reading = {.book = book, .sink = sink};
    struct bytes_buffer part = {0};
    enum fault fault = xlsx_book_part(book, &part, book->sheet[at].part);
    fault = fault ? fault : xlsx_xml_read(bytes_buffer_view(&part), &handler, &reading, &book->line);
    bytes_buffer_release(&reading.content);
    bytes_buffer_release(&reading.formula);
    bytes_buffer_release(&reading.inline_text.value);
    bytes_buffer_release(&part);
    return fault;
}
