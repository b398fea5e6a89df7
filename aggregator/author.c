/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author.h"

#include <stdio.h>
#include <stdlib.h>

#include "aggregator/author_book.h"
#include "aggregator/author_form.h"
#include "core/layout.h"

static void report_whole(struct author_form *form, enum author_message message, size_t first, size_t second) {
    char text[2][24];
    struct author_report_place place = author_sheet_place_whole(&form->sheets, AUTHOR_SHEET_SURVEY);
    snprintf(text[0], sizeof text[0], "%zu", first);
    snprintf(text[1], sizeof text[1], "%zu", second);
    author_report_add(form->report, message, place, text[0], text[1]);
}

/*
 * What opening costs follows from the layout alone, so the author hears it now and not in the week of the
 * survey.
 */
static enum fault count_counters(struct author_form *form) {
    struct layout layout = {0};
    enum fault fault = layout_derive(&layout, form->questionnaire);
    if (fault == FAULT_LAYOUT_TOO_LARGE) {
        report_whole(form, AUTHOR_COUNTERS_TOO_MANY, LAYOUT_COUNTERS, 0);
        return FAULT_NONE;
    }
    if (!fault && layout.counter_count > LAYOUT_COUNTERS_ADVISED) {
        report_whole(form, AUTHOR_COUNTERS_MANY, layout.counter_count, LAYOUT_COUNTERS_ADVISED);
    }
    layout_release(&layout);
    return fault;
}

/* Too large altogether is the one rule of questionnaire_check that no single cell can break. */
static enum fault check_whole(struct author_form *form) {
    enum fault fault = questionnaire_check(form->questionnaire);
    if (fault == FAULT_LIMIT) {
        report_whole(form, AUTHOR_FILE_TOTAL, QUESTIONNAIRE_BYTES_LIMIT, 0);
        return FAULT_NONE;
    }
    if (fault) {
        return fault == FAULT_MEMORY ? fault : FAULT_MISUSE;
    }
    return count_counters(form);
}

static enum fault compile(struct author_form *form, struct bytes csv) {
    enum fault fault = author_book_is_zip(csv) ? author_book_read(&form->table, form->report, csv)
                                               : author_table_read(&form->table, form->report, csv);
    if (fault) {
        return fault;
    }
    form->questionnaire = questionnaire_new();
    if (!form->questionnaire) {
        return FAULT_MEMORY;
    }
    author_sheet_find(&form->sheets, &form->table, form->report);
    author_form_settings(form);
    author_form_lists(form);
    author_form_scales(form);
    author_form_survey(form);
    author_form_join(form);
    author_form_appendix(form);
    author_form_lint(form);
    fault = form->fault ? form->fault : form->report->fault;
    return fault || form->report->errors ? fault : check_whole(form);
}

enum fault author_compile_with(struct questionnaire **out, struct author_report *report, struct bytes csv,
                               const struct author_media *media) {
    *out = NULL;
    struct author_form *form = calloc(1, sizeof *form);
    if (!form) {
        return FAULT_MEMORY;
    }
    form->report = report;
    form->media = media;
    enum fault fault = compile(form, csv);
    author_report_sort(report);
    fault = fault ? fault : report->fault;
    fault = fault ? fault : report->errors ? FAULT_QUESTIONNAIRE : FAULT_NONE;
    if (!fault) {
        *out = form->questionnaire;
        form->questionnaire = NULL;
    }
    questionnaire_free(form->questionnaire);
    author_table_release(&form->table);
    free(form);
    return fault;
}

enum fault author_compile(struct questionnaire **out, struct author_report *report, struct bytes csv) {
    return author_compile_with(out, report, csv, NULL);
}
