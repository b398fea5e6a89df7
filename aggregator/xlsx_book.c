/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/xlsx_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/xlsx_text.h"
#include "aggregator/xlsx_xml.h"

/* ---- parts and the relationships between them ---- */

enum fault xlsx_book_part(struct xlsx_book *book, struct bytes_buffer *out, const char *name) {
    snprintf(book->part, sizeof book->part, "%s", name);
    book->line = 0;
    return book->parts.read(book->parts.context, out, name);
}

static enum fault read_xml(struct xlsx_book *book, const char *name, const struct xlsx_xml_handler *handler,
                           void *context) {
    struct bytes_buffer content = {0};
    enum fault fault = xlsx_book_part(book, &content, name);
    fault = fault ? fault : xlsx_xml_read(bytes_buffer_view(&content), handler, context, &book->line);
    bytes_buffer_release(&content);
    return fault;
}

/*
 * The part that `target` names, seen from the part `from`: absolute from the root, or beside it, with "." and
 * "..".
 */
static bool resolve(char out[XLSX_BOOK_NAME], const char *from, const char *target) {
    char path[2 * XLSX_BOOK_NAME];
    const char *slash = strrchr(from, '/');
    int folder = target[0] == '/' || !slash ? 0 : (int)(slash - from) + 1;
    int size = snprintf(path, sizeof path, "%.*s%s", folder, from, target);
    if (size <= 0 || size >= (int)sizeof path) {
        return false;
    }
    size_t used = 0;
    for (const char *at = path; *at;) {
        size_t length = strcspn(at, "/");
        if (length == 2 && memcmp(at, "..", 2) == 0) {
            while (used > 0 && out[--used] != '/') {
            }
        } else if (length > 0 && !(length == 1 && at[0] == '.')) {
            if (used + length + 2 > XLSX_BOOK_NAME) {
                return false;
            }
            out[used] = '/';
            used += used > 0;
            memcpy(out + used, at, length);
            used += length;
        }
        at += length + (at[length] == '/');
    }
    out[used] = '\0';
    return used > 0;
}

/* "xl/workbook.xml" has its relationships in "xl/_rels/workbook.xml.rels". */
static bool relationships_of(char out[XLSX_BOOK_NAME], const char *part) {
    const char *slash = strrchr(part, '/');
    int folder = slash ? (int)(slash - part) + 1 : 0;
    int size = snprintf(out, XLSX_BOOK_NAME, "%.*s_rels/%s.rels", folder, part, part + folder);
    return size > 0 && size < XLSX_BOOK_NAME;
}

static bool type_is(const char *type, const char *wanted) {
    const char *slash = strrchr(type, '/');
    return slash && strcmp(slash + 1, wanted) == 0;
}

/*
 * Relationships of the package: which part is the workbook. Of the workbook: where its sheets and strings
 * are.
 */
static enum fault on_relationship(void *context, const char *name, const char *const *attributes) {
    struct xlsx_book *book = context;
    const char *id = xlsx_xml_attribute(attributes, "Id");
    const char *type = xlsx_xml_attribute(attributes, "Type");
    const char *target = xlsx_xml_attribute(attributes, "Target");
    const char *mode = xlsx_xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
        (mode && strcmp(mode, "External") == 0)) {
        return FAULT_NONE;
    }
    char *out = NULL;
    if (type_is(type, "officeDocument") && !book->workbook[0]) {
        out = book->workbook;
    } else if (type_is(type, "sharedStrings") && !book->strings[0]) {
        out = book->strings;
    }
    for (size_t i = 0; i < book->sheet_count && type_is(type, "worksheet"); i++) {
        out = strcmp(book->sheet[i].id, id) == 0 ? book->sheet[i].part : out;
    }
    return !out || resolve(out, book->workbook[0] && out != book->workbook ? book->workbook : "", target)
               ? FAULT_NONE
               : FAULT_QUESTIONNAIRE;
}

static enum fault on_sheet(void *context, const char *name, const char *const *attributes) {
    struct xlsx_book *book = context;
    const char *title = xlsx_xml_attribute(attributes, "name");
    const char *id = xlsx_xml_attribute(attributes, "id");
    if (strcmp(name, "sheet") != 0) {
        return FAULT_NONE;
    }
    if (!title || !id || strlen(title) >= XLSX_BOOK_NAME || strlen(id) >= XLSX_BOOK_NAME) {
        return FAULT_QUESTIONNAIRE;
    }
    if (book->sheet_count == XLSX_BOOK_SHEETS) {
        return FAULT_LIMIT;
    }
    struct xlsx_book_sheet *sheet = &book->sheet[book->sheet_count++];
    snprintf(sheet->name, sizeof sheet->name, "%s", title);
    snprintf(sheet->id, sizeof sheet->id, "%s", id);
    return FAULT_NONE;
}

/* ---- shared strings ---- */

struct strings {
    struct xlsx_book *book;
    struct xlsx_text text;
    bool inside; /* an `si` is open */
};

static enum fault on_string_start(void *context, const char *name, const char *const *attributes) {
    struct strings *strings = context;
    (void)attributes;
    if (strings->inside) {
        xlsx_text_start(&strings->text, name);
    }
    strings->inside = strings->inside || strcmp(name, "si") == 0;
    return FAULT_NONE;
}

static enum fault keep_string(struct xlsx_book *book, struct xlsx_text *text) {
    if (book->string_count == XLSX_BOOK_STRINGS) {
        return FAULT_LIMIT;
    }
    if (book->string_count == book->string_capacity) {
        size_t capacity = book->string_capacity ? 2 * book->string_capacity : 256;
        size_t *string = realloc(book->string, capacity * sizeof *string);
        if (!string) {
            return FAULT_MEMORY;
        }
        book->string = string;
        book->string_capacity = capacity;
    }
    bytes_put_u8(&text->value, 0);
    book->string[book->string_count] = book->text.size;
    bytes_put(&book->text, text->value.data, text->value.size);
    if (text->value.fault || book->text.fault) {
        return FAULT_MEMORY;
    }
    xlsx_book_unescape((char *)book->text.data + book->string[book->string_count++]);
    text->value.size = 0;
    return FAULT_NONE;
}

static enum fault on_string_end(void *context, const char *name) {
    struct strings *strings = context;
    if (strings->inside && strcmp(name, "si") == 0) {
        strings->inside = false;
        return keep_string(strings->book, &strings->text);
    }
    xlsx_text_end(&strings->text, name);
    return FAULT_NONE;
}

static enum fault on_string_text(void *context, const char *data, size_t size) {
    struct strings *strings = context;
    xlsx_text_add(&strings->text, data, size);
    return strings->text.value.fault;
}

static enum fault read_strings(struct xlsx_book *book) {
    static const struct xlsx_xml_handler handler = {on_string_start, on_string_end, on_string_text};
    struct strings strings = {.book = book};
    enum fault fault = book->strings[0] ? read_xml(book, book->strings, &handler, &strings) : FAULT_NONE;
    bytes_buffer_release(&strings.text.value);
    return fault;
}

static unsigned hexadecimal(const char *digits) {
    unsigned value = 0;
    for (size_t i = 0; i < 4; i++) {
        char c = digits[i];
        unsigned digit = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                         : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10
                         : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                                                : 0x10000u;
        value = value * 16 + digit;
    }
    return value;
}

void xlsx_book_unescape(char *text) {
    char *out = text;
    while (*text) {
        unsigned code = strlen(text) >= 7 && text[0] == '_' && text[1] == 'x' && text[6] == '_'
                            ? hexadecimal(text + 2)
                            : 0;
        if (code == '\t' || code == '\n' || code == '\r' || code == '_') {
            *out++ = (char)code;
            text += 7;
        } else {
            *out++ = *text++;
        }
    }
    *out = '\0';
}

/* ---- the whole ---- */

enum fault xlsx_book_open(struct xlsx_book *book, struct xlsx_parts parts) {
    static const struct xlsx_xml_handler relationships = {on_relationship, NULL, NULL};
    static const struct xlsx_xml_handler sheets = {on_sheet, NULL, NULL};
    char part[XLSX_BOOK_NAME];
    book->parts = parts;
    book->sheet = calloc(XLSX_BOOK_SHEETS, sizeof *book->sheet);
    if (!book->sheet) {
        return FAULT_MEMORY;
    }
    enum fault fault = read_xml(book, "_rels/.rels", &relationships, book);
    if (!fault && !book->workbook[0]) {
        fault = FAULT_QUESTIONNAIRE;
    }
    fault = fault ? fault : read_xml(book, book->workbook, &sheets, book);
    if (!fault) {
        fault = relationships_of(part, book->workbook) ? read_xml(book, part, &relationships, book)
                                                       : FAULT_QUESTIONNAIRE;
    }
    return fault ? fault : read_strings(book);
}

void xlsx_book_close(struct xlsx_book *book) {
    bytes_buffer_release(&book->text);
    free(book->string);
    free(book->sheet);
    *book = (struct xlsx_book){0};
}
