/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet klankbord_scales, and what a scale asks of its items. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "aggregator/author_form.h"

static struct author_form_cell scale_cell(size_t row, enum author_sheet_column column) {
    return (struct author_form_cell){AUTHOR_SHEET_SCALES, row, column};
}

static void read_subject(struct author_form *form, struct questionnaire_scale *scale, size_t row) {
    static const char *const name[] = {
        [QUESTIONNAIRE_SUBJECT_OTHER] = "other",
        [QUESTIONNAIRE_SUBJECT_INCIDENTS] = "incidents",
        [QUESTIONNAIRE_SUBJECT_SAFETY] = "safety",
        [QUESTIONNAIRE_SUBJECT_WELLBEING] = "wellbeing",
    };
    const char *text = author_form_value(form, scale_cell(row, AUTHOR_SHEET_SUBJECT));
    for (unsigned i = 0; i < sizeof name / sizeof *name; i++) {
        if (strcasecmp(text, name[i]) == 0) {
            scale->subject = (enum questionnaire_subject)i;
            return;
        }
    }
    if (author_form_has(form, scale_cell(row, AUTHOR_SHEET_SUBJECT))) {
        author_form_report(form, AUTHOR_SCALE_SUBJECT, scale_cell(row, AUTHOR_SHEET_SUBJECT), text, NULL);
    }
}

static void read_direction(struct author_form *form, struct questionnaire_scale *scale, size_t row) {
    struct author_form_cell cell = scale_cell(row, AUTHOR_SHEET_DIRECTION);
    const char *text = author_form_value(form, cell);
    scale->high_is_good = strcasecmp(text, "high is good") == 0;
    if (!scale->high_is_good && strcasecmp(text, "high is bad") != 0 && author_form_has(form, cell)) {
        author_form_report(form, AUTHOR_SCALE_DIRECTION, cell, text, NULL);
    }
}

static void read_scale(struct author_form *form, size_t row) {
    struct questionnaire *out = form->questionnaire;
    struct author_form_cell name = scale_cell(row, AUTHOR_SHEET_NAME);
    if (out->scale_count == QUESTIONNAIRE_SCALES) {
        author_form_too_many(form, name, QUESTIONNAIRE_SCALES, "klankbord_scales");
        return;
    }
    struct questionnaire_scale *scale = &out->scale[out->scale_count];
    author_form_name(form, scale->name, name);
    for (uint16_t i = 0; i < out->scale_count && scale->name[0]; i++) {
        if (strcmp(out->scale[i].name, scale->name) == 0) {
            char first[16];
            snprintf(first, sizeof first, "%u", form->table.row[form->scale_row[i]].number);
            author_form_report(form, AUTHOR_NAME_DUPLICATE, name, scale->name, first);
        }
    }
    author_form_text(form, &scale->label, scale_cell(row, AUTHOR_SHEET_LABEL), true, AUTHOR_FORM_WORDS);
    read_subject(form, scale, row);
    read_direction(form, scale, row);
    scale->formative = author_form_yes(form, scale_cell(row, AUTHOR_SHEET_FORMATIVE));
    form->scale_row[out->scale_count++] = row;
}

void author_form_scales(struct author_form *form) {
    const struct author_sheet *sheet = &form->sheets.sheet[AUTHOR_SHEET_SCALES];
    for (size_t row = sheet->first; row < sheet->end; row++) {
        if (!author_sheet_is_comment(&form->table, row)) {
            read_scale(form, row);
        }
    }
}

bool author_form_scores(uint8_t range[2], const struct questionnaire_list *list) {
    bool complete = true;
    range[0] = UINT8_MAX;
    range[1] = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        const struct questionnaire_option *option = &list->option[i];
        if (option->kind == QUESTIONNAIRE_OPTION_ANSWER) {
            complete = complete && option->has_score;
            range[0] = option->score < range[0] ? option->score : range[0];
            range[1] = option->score > range[1] ? option->score : range[1];
        }
    }
    return complete && range[0] < range[1];
}

static void join_item(struct author_form *form, uint16_t at) {
    const struct questionnaire_item *item = &form->questionnaire->item[at];
    const struct questionnaire_list *list = questionnaire_list_of(form->questionnaire, at);
    struct questionnaire_scale *scale = &form->questionnaire->scale[item->scale];
    struct author_form_cell cell = {AUTHOR_SHEET_SURVEY, form->item_row[at], AUTHOR_SHEET_SCALE};
    uint8_t range[2];
    scale->item_count++;
    if (!list) {
        return; /* its list was reported */
    }
    if (!author_form_scores(range, list)) {
        author_form_report(form, AUTHOR_SCALE_SCORES, cell, list->name, NULL);
    } else if (scale->score_max == 0) {
        scale->score_min = range[0];
        scale->score_max = range[1];
    } else if (scale->score_min != range[0] || scale->score_max != range[1]) {
        char own[24], first[24];
        snprintf(own, sizeof own, "%u-%u", range[0], range[1]);
        snprintf(first, sizeof first, "%u-%u", scale->score_min, scale->score_max);
        author_form_report(form, AUTHOR_SCALE_RANGE, cell, own, first);
    }
}

void author_form_join(struct author_form *form) {
    struct questionnaire *out = form->questionnaire;
    for (uint16_t i = 0; i < out->item_count; i++) {
        if (out->item[i].scale != QUESTIONNAIRE_NONE) {
            join_item(form, i);
        }
    }
    for (uint16_t i = 0; i < out->scale_count; i++) {
        if (out->scale[i].item_count < 2) {
            author_form_report(form, AUTHOR_SCALE_FEW, scale_cell(form->scale_row[i], AUTHOR_SHEET_NAME),
                               out->scale[i].name, NULL);
        }
    }
}
