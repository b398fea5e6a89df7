/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_report.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { VALUE_BYTES = 60, GROWTH = 32 };

/* A value comes from somebody's file: what a terminal would obey becomes a space. */
static void blank_controls(char *text) {
    for (char *at = text; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte < 0x20 || byte == 0x7F) {
            *at = ' ';
        } else if (byte == 0xC2 && (unsigned char)at[1] >= 0x80 && (unsigned char)at[1] < 0xA0) {
            at[0] = at[1] = ' '; /* U+0080..U+009F */
        }
    }
}

/* Cuts between characters; three dots tell that it was cut. `capacity` is at least 8. */
static void copy_value(char *out, size_t capacity, const char *value) {
    size_t limit = capacity - 1 < VALUE_BYTES ? capacity - 1 : VALUE_BYTES;
    size_t size = strlen(value);
    bool cut = size > limit;
    if (cut) {
        size = limit - 3;
        while (size > 0 && ((unsigned char)value[size] & 0xC0) == 0x80) {
            size--;
        }
    }
    memcpy(out, value, size);
    memcpy(out + size, cut ? "..." : "", cut ? 4 : 1);
    blank_controls(out);
}

static void append(char out[AUTHOR_REPORT_TEXT], size_t *used, const char *text, size_t size) {
    size = size < AUTHOR_REPORT_TEXT - 1 - *used ? size : AUTHOR_REPORT_TEXT - 1 - *used;
    memcpy(out + *used, text, size);
    *used += size;
    out[*used] = '\0';
}

static void fill_in(char out[AUTHOR_REPORT_TEXT], const char *pattern, const char *const value[2]) {
    size_t used = 0;
    out[0] = '\0';
    for (const char *at = pattern; *at; at++) {
        bool placeholder = at[0] == '{' && (at[1] == '0' || at[1] == '1') && at[2] == '}';
        if (!placeholder) {
            append(out, &used, at, 1);
            continue;
        }
        const char *text = value[at[1] - '0'];
        append(out, &used, text, strlen(text));
        at += 2;
    }
}

void author_report_letters(char out[AUTHOR_REPORT_COLUMN], uint32_t column) {
    char reversed[AUTHOR_REPORT_COLUMN];
    size_t size = 0;
    while (column > 0 && size < AUTHOR_REPORT_COLUMN - 1) {
        column--;
        reversed[size++] = (char)('A' + column % 26);
        column /= 26;
    }
    size = column > 0 ? 0 : size;
    for (size_t i = 0; i < size; i++) {
        out[i] = reversed[size - 1 - i];
    }
    out[size] = '\0';
}

static void fill(struct author_report_finding *finding, enum author_message message,
                 struct author_report_place place, const char *first, const char *second) {
    char value[2][VALUE_BYTES + 1];
    copy_value(value[0], sizeof value[0], first ? first : "");
    copy_value(value[1], sizeof value[1], second ? second : "");
    const char *const values[2] = {value[0], value[1]};
    *finding = (struct author_report_finding){.message = message,
                                              .severity = author_message_severity(message),
                                              .code = author_message_code(message),
                                              .row = place.row,
                                              .column = place.column};
    copy_value(finding->sheet, sizeof finding->sheet, place.sheet ? place.sheet : "");
    copy_value(finding->header, sizeof finding->header, place.header ? place.header : "");
    author_report_letters(finding->letters, place.column);
    for (int language = 0; language < 2; language++) {
        fill_in(finding->reason[language], author_message_reason(message, language), values);
        fill_in(finding->remedy[language], author_message_remedy(message, language), values);
    }
}

/* The last finding that is not an error; an error without a place takes its. */
static struct author_report_finding *least_important(struct author_report *report) {
    for (size_t i = report->count; i > 0; i--) {
        if (report->finding[i - 1].severity != AUTHOR_MESSAGE_ERROR) {
            return &report->finding[i - 1];
        }
    }
    return NULL;
}

static struct author_report_finding *place_for(struct author_report *report, enum author_message message) {
    if (report->count == AUTHOR_REPORT_FINDINGS) {
        return author_message_severity(message) == AUTHOR_MESSAGE_ERROR ? least_important(report) : NULL;
    }
    if (report->count % GROWTH == 0) {
        void *finding = realloc(report->finding, (report->count + GROWTH) * sizeof *report->finding);
        if (!finding) {
            report->fault = FAULT_MEMORY;
            return NULL;
        }
        report->finding = finding;
    }
    return &report->finding[report->count++];
}

void author_report_add(struct author_report *report, enum author_message message,
                       struct author_report_place place, const char *first, const char *second) {
    switch (author_message_severity(message)) {
    case AUTHOR_MESSAGE_ERROR: report->errors++; break;
    case AUTHOR_MESSAGE_WARNING: report->warnings++; break;
    case AUTHOR_MESSAGE_NOTE: report->notes++; break;
    }
    struct author_report_finding *finding = report->fault ? NULL : place_for(report, message);
    place.column -= report->workbook && place.column > 0;
    if (finding) {
        fill(finding, message, place, first, second);
    }
}

void author_report_sheet(struct author_report *report, const char *name) {
    if (report->sheet_count < AUTHOR_REPORT_SHEETS) {
        copy_value(report->sheet[report->sheet_count++], AUTHOR_REPORT_NAME, name);
    }
}

/*
 * The file as a whole comes first, then the sheets in the workbook's order, then those that are missing from
 * it.
 */
static size_t rank_of(const struct author_report *report, const struct author_report_finding *finding) {
    for (size_t i = 0; i < report->sheet_count; i++) {
        if (strcasecmp(report->sheet[i], finding->sheet) == 0) {
            return i + 1;
        }
    }
    return finding->sheet[0] ? report->sheet_count + 1 : 0;
}

static bool comes_before(const struct author_report *report, const struct author_report_finding *a,
                         const struct author_report_finding *b) {
    size_t rank_a = report->workbook ? rank_of(report, a) : 0;
    size_t rank_b = report->workbook ? rank_of(report, b) : 0;
    if (rank_a != rank_b) {
        return rank_a < rank_b;
    }
    return a->row != b->row ? a->row < b->row : a->column < b->column;
}

/* Stable, and for at most 200 findings that are nearly in order already. */
void author_report_sort(struct author_report *report) {
    for (size_t i = 1; i < report->count; i++) {
        struct author_report_finding moved = report->finding[i];
        size_t at = i;
        while (at > 0 && comes_before(report, &moved, &report->finding[at - 1])) {
            report->finding[at] = report->finding[at - 1];
            at--;
        }
        report->finding[at] = moved;
    }
}

void author_report_release(struct author_report *report) {
    free(report->finding);
    *report = (struct author_report){0};
}
