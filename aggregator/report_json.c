/* SPDX-License-Identifier: Apache-2.0 */
#include "report_json.h"

#include <stdio.h>
#include <string.h>

struct rows {
    struct bytes_buffer *out;
    const struct report_table_shape *shape;
    bool any;
};

static void put(struct bytes_buffer *out, const char *text) {
    bytes_put(out, text, strlen(text));
}

void report_json_text(struct bytes_buffer *out, const char *text) {
    put(out, "\"");
    for (const char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c < 0x20) {
            char escape[8];
            (void)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c);
            put(out, escape);
        } else {
            put(out, c == '"' || c == '\\' ? "\\" : "");
            bytes_put(out, at, 1);
        }
    }
    put(out, "\"");
}

static void put_row(void *context, const struct report_table_cell *cells) {
    struct rows *rows = context;
    put(rows->out, rows->any ? ",\n{" : "\n{");
    rows->any = true;
    for (uint16_t i = 0; i < rows->shape->count; i++) {
        put(rows->out, i ? "," : "");
        report_json_text(rows->out, rows->shape->column[i].name);
        put(rows->out, ":");
        switch (cells[i].kind) {
        case REPORT_TABLE_TEXT: report_json_text(rows->out, cells[i].text); break;
        case REPORT_TABLE_NUMBER: put(rows->out, cells[i].text); break;
        case REPORT_TABLE_EMPTY:
        default: put(rows->out, "null"); break;
        }
    }
    put(rows->out, "}");
}

static void put_member(struct bytes_buffer *out, const char *name, const char *text) {
    report_json_text(out, name);
    put(out, ":");
    report_json_text(out, text);
    put(out, ",\n");
}

static void put_origin(struct bytes_buffer *out, const struct report_table_source *source) {
    const struct release *release = source->release;
    const struct round *round = source->round;
    const struct release_content *content = release_content(release);
    char digest[2 * DIGEST_BYTES + 1], numbers[160];
    digest_hex(digest, release_digest(release), DIGEST_BYTES);
    put(out, "{\"format\":\"klankbord-");
    put(out, source->shape->name);
    put(out, "\",\"version\":1,\n");
    put_member(out, "language", source->language);
    put_member(out, "school", round->school);
    put_member(out, "site", round->site);
    put_member(out, "instrument", content->instrument);
    put_member(out, "instrument_version", content->instrument_version);
    put_member(out, "validity", content->recognised ? "recognised" : "not_recognised");
    put_member(out, "release", digest);
    put_member(out, "program", content->program);
    (void)snprintf(
        numbers, sizeof numbers,
        "\"school_year\":%u,\n\"first_day\":%u,\n\"last_day\":%u,\n\"k_unit\":%u,\n\"k_cell\":%u,\n",
        (unsigned)content->school_year, (unsigned)content->first_day, (unsigned)content->last_day,
        (unsigned)content->k_unit, (unsigned)content->k_cell);
    put(out, numbers);
    if (source->previous) {
        digest_hex(digest, release_digest(source->previous), DIGEST_BYTES);
        put_member(out, "previous_release", digest);
    }
}

enum fault report_json(struct bytes_buffer *out, const struct report_table_source *source) {
    struct rows rows = {.out = out, .shape = source->shape};
    enum fault fault = release_belongs(source->release, source->round);
    if (fault) {
        return fault;
    }
    put_origin(out, source);
    report_json_text(out, source->shape->name);
    put(out, ":[");
    fault = report_table_each(source, put_row, &rows);
    put(out, "\n]}\n");
    return fault ? fault : out->fault;
}
