/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_bytes.h"

#include <stdio.h>
#include <string.h>

#include "aggregator/author_table.h"

static bool begins_with(struct bytes csv, const char *start, size_t size) {
    return csv.size >= size && memcmp(csv.data, start, size) == 0;
}

/*
 * The length of the longest valid beginning: what is valid for n bytes and ends at a character is valid for
 * fewer.
 */
static size_t valid_length(struct bytes csv) {
    size_t valid = 0;
    while (valid < csv.size) {
        size_t step = 1;
        while (step <= 4 && valid + step <= csv.size && !bytes_are_utf8(csv.data + valid, step)) {
            step++;
        }
        if (step > 4 || valid + step > csv.size) {
            break;
        }
        valid += step;
    }
    return valid;
}

/*
 * Letters with an accent are one lone byte in Windows-1252; between ASCII characters that is no damaged
 * UTF-8.
 */
static bool looks_like_windows(struct bytes csv, size_t at) {
    bool lead = csv.data[at] >= 0xC0;
    bool continued = at + 1 < csv.size && (csv.data[at + 1] & 0xC0) == 0x80;
    return csv.data[at] >= 0x80 && !(lead && continued) && !(at > 0 && csv.data[at - 1] >= 0xC0);
}

static void report_bad_byte(struct bytes csv, size_t at, struct author_report *report) {
    char position[24], value[8];
    struct author_report_place whole = {0};
    snprintf(position, sizeof position, "%zu", at + 1);
    snprintf(value, sizeof value, "0x%02X", csv.data[at]);
    enum author_message message = looks_like_windows(csv, at) ? AUTHOR_FILE_WINDOWS : AUTHOR_FILE_UTF8;
    for (size_t i = 0; i < at; i++) {
        whole.row += csv.data[i] == '\n';
    }
    whole.row++;
    author_report_add(report, message, whole, position, value);
}

static bool is_whole_file_wrong(struct bytes csv, struct author_report *report) {
    struct author_report_place whole = {0};
    if (csv.size > AUTHOR_TABLE_BYTES) {
        char limit[24];
        snprintf(limit, sizeof limit, "%d", AUTHOR_TABLE_BYTES);
        author_report_add(report, AUTHOR_FILE_LARGE, whole, limit, NULL);
    } else if (begins_with(csv, "\320\317\021\340", 4)) {
        author_report_add(report, AUTHOR_FILE_WORKBOOK, whole, NULL, NULL);
    } else if (begins_with(csv, "\377\376", 2) || begins_with(csv, "\376\377", 2)) {
        author_report_add(report, AUTHOR_FILE_UTF16, whole, NULL, NULL);
    } else if (csv.size >= 4 && (!csv.data[0] != !csv.data[1]) && (!csv.data[2] != !csv.data[3])) {
        author_report_add(report, AUTHOR_FILE_UTF16, whole, NULL, NULL); /* without a byte order mark */
    } else {
        return false;
    }
    return true;
}

bool author_bytes_are_text(struct bytes *csv, struct author_report *report) {
    struct author_report_place whole = {0};
    if (is_whole_file_wrong(*csv, report)) {
        return false;
    }
    const uint8_t *nul = csv->size ? memchr(csv->data, 0, csv->size) : NULL;
    if (nul) {
        char position[24];
        snprintf(position, sizeof position, "%zu", (size_t)(nul - csv->data) + 1);
        author_report_add(report, AUTHOR_FILE_NUL, whole, position, NULL);
        return false;
    }
    size_t valid = valid_length(*csv);
    if (valid < csv->size) {
        report_bad_byte(*csv, valid, report);
        return false;
    }
    if (begins_with(*csv, "\357\273\277", 3)) {
        *csv = (struct bytes){csv->data + 3, csv->size - 3};
    }
    if (csv->size == 0) {
        author_report_add(report, AUTHOR_FILE_EMPTY, whole, NULL, NULL);
        return false;
    }
    return true;
}

/*
 * Texts hold commas and semicolons too, but far fewer than a row has columns, and often inside quotation
 * marks.
 */
unsigned char author_bytes_delimiter(struct bytes csv) {
    static const unsigned char kind[3] = {',', ';', '\t'};
    size_t count[3] = {0};
    bool quoted = false;
    bool comment = csv.size > 0 && csv.data[0] == '#';
    for (size_t i = 0; i < csv.size; i++) {
        unsigned char byte = csv.data[i];
        if (byte == '\n' || byte == '\r') {
            bool next_comment = i + 1 < csv.size && csv.data[i + 1] == '#';
            comment = !quoted && next_comment;
        } else if (byte == '"' && !comment) {
            quoted = !quoted;
        }
        for (size_t j = 0; j < 3 && !quoted && !comment; j++) {
            count[j] += byte == kind[j];
        }
    }
    size_t best = 0;
    for (size_t j = 1; j < 3; j++) {
        best = count[j] > count[best] ? j : best;
    }
    return kind[best];
}
