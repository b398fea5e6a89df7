/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet survey: questions, notes and groups in the order in which pupils see them. */
#include <stdio.h>
#include <string.h>

#include "aggregator/author_condition.h"
#include "aggregator/author_form.h"
#include "aggregator/author_type.h"

struct group {
    size_t row;
    bool repeat;
    uint16_t section;
    struct author_condition joined; /* its own condition and those of the groups around it */
};

struct walk {
    struct author_form *form;
    struct group group[AUTHOR_FORM_GROUPS];
    unsigned depth; /* groups that are open; may exceed the room, which was reported */
    bool items_full, sections_full;
};

static struct author_form_cell survey(size_t row, enum author_sheet_column column) {
    return (struct author_form_cell){AUTHOR_SHEET_SURVEY, row, column};
}

static const char *value(const struct author_form *form, size_t row, enum author_sheet_column column) {
    return author_form_value(form, survey(row, column));
}

static struct group *innermost(struct walk *walk) {
    unsigned depth = walk->depth < AUTHOR_FORM_GROUPS ? walk->depth : AUTHOR_FORM_GROUPS;
    return depth ? &walk->group[depth - 1] : NULL;
}

static uint16_t new_section(struct walk *walk, size_t row, uint16_t parent) {
    struct questionnaire *out = walk->form->questionnaire;
    if (out->section_count == QUESTIONNAIRE_SECTIONS) {
        if (!walk->sections_full) {
            author_form_too_many(walk->form, survey(row, AUTHOR_SHEET_TYPE), QUESTIONNAIRE_SECTIONS,
                                 "begin_group");
        }
        walk->sections_full = true;
        return QUESTIONNAIRE_NONE;
    }
    struct questionnaire_section *section = &out->section[out->section_count];
    author_form_text(walk->form, &section->label, survey(row, AUTHOR_SHEET_LABEL), false, AUTHOR_FORM_WORDS);
    section->parent = parent;
    return out->section_count++;
}

static void refuse_marks(struct author_form *form, size_t row) {
    static const enum author_sheet_column mark[] = {
        AUTHOR_SHEET_SCALE, AUTHOR_SHEET_REVERSE, AUTHOR_SHEET_SENSITIVE, AUTHOR_SHEET_BREAKDOWN,
        AUTHOR_SHEET_FACES, AUTHOR_SHEET_CUT,     AUTHOR_SHEET_OWN,       AUTHOR_SHEET_MEASURE};
    for (size_t i = 0; i < sizeof mark / sizeof *mark; i++) {
        struct author_form_cell cell = survey(row, mark[i]);
        bool named =
            mark[i] == AUTHOR_SHEET_SCALE || mark[i] == AUTHOR_SHEET_CUT || mark[i] == AUTHOR_SHEET_MEASURE;
        bool set = named ? author_form_value(form, cell)[0] : author_form_yes(form, cell);
        if (set) {
            author_form_report(form, AUTHOR_MARK_PLACE, cell, author_sheet_column_name(mark[i]), NULL);
        }
    }
}

static void join(struct walk *walk, struct author_condition *out, const struct author_condition *more,
                 size_t row) {
    if (!author_condition_join(out, more)) {
        char limit[8];
        snprintf(limit, sizeof limit, "%d", QUESTIONNAIRE_STEPS);
        author_form_report(walk->form, AUTHOR_CONDITION_LONG, survey(row, AUTHOR_SHEET_RELEVANT), limit,
                           NULL);
    }
}

static void warn_audio(struct author_form *form, size_t row) {
    for (uint16_t i = 0; i < form->sheets.language_count; i++) {
        const char *name =
            author_sheet_cell_in(&form->sheets, AUTHOR_SHEET_SURVEY, row, AUTHOR_SHEET_AUDIO, i);
        if (name[0]) {
            author_report_add(
                form->report, AUTHOR_AUDIO_GROUP,
                author_sheet_place_in(&form->sheets, AUTHOR_SHEET_SURVEY, row, AUTHOR_SHEET_AUDIO, i), name,
                NULL);
        }
    }
}

static void begin_group(struct walk *walk, size_t row, bool repeat) {
    struct group *around = innermost(walk);
    struct author_condition own;
    if (walk->depth >= AUTHOR_FORM_GROUPS) {
        char limit[8];
        snprintf(limit, sizeof limit, "%d", AUTHOR_FORM_GROUPS);
        author_form_report(walk->form, AUTHOR_GROUP_DEEP, survey(row, AUTHOR_SHEET_TYPE), limit, NULL);
        walk->depth++;
        return;
    }
    struct group *group = &walk->group[walk->depth];
    *group = (struct group){.row = row, .repeat = repeat};
    group->section = new_section(walk, row, around ? around->section : QUESTIONNAIRE_NONE);
    refuse_marks(walk->form, row);
    warn_audio(walk->form, row);
    (void)author_condition_read(&own, walk->form, survey(row, AUTHOR_SHEET_RELEVANT));
    if (around) {
        group->joined = around->joined;
    }
    join(walk, &group->joined, &own, row);
    walk->depth++;
}

static void end_group(struct walk *walk, size_t row) {
    if (walk->depth == 0) {
        author_form_report(walk->form, AUTHOR_GROUP_CLOSED, survey(row, AUTHOR_SHEET_TYPE), NULL, NULL);
        return;
    }
    walk->depth--;
}

static void read_name(struct author_form *form, struct questionnaire_item *item, size_t row) {
    author_form_name(form, item->name, survey(row, AUTHOR_SHEET_NAME));
    uint16_t same =
        item->name[0] ? questionnaire_find_item(form->questionnaire, item->name) : QUESTIONNAIRE_NONE;
    if (same != QUESTIONNAIRE_NONE) {
        char first[16];
        snprintf(first, sizeof first, "%u", form->table.row[form->item_row[same]].number);
        author_form_report(form, AUTHOR_NAME_DUPLICATE, survey(row, AUTHOR_SHEET_NAME), item->name, first);
    }
}

static void read_list(struct author_form *form, struct questionnaire_item *item,
                      const struct author_type *type, size_t row) {
    const struct questionnaire *out = form->questionnaire;
    const char *known[QUESTIONNAIRE_LISTS];
    char guess[AUTHOR_FORM_GUESS];
    item->list = QUESTIONNAIRE_NONE;
    if (item->kind == QUESTIONNAIRE_NOTE) {
        return;
    }
    if (!type->list[0]) {
        author_form_report(form, AUTHOR_LIST_MISSING, survey(row, AUTHOR_SHEET_TYPE), type->written, NULL);
        return;
    }
    for (uint16_t i = 0; i < out->list_count; i++) {
        known[i] = out->list[i].name;
        if (strcmp(known[i], type->list) == 0) {
            form->list_used[i] = true;
            item->list = i;
            return;
        }
    }
    author_form_guess(guess, type->list, known, out->list_count);
    author_form_report(form, AUTHOR_LIST_UNKNOWN, survey(row, AUTHOR_SHEET_TYPE), type->list, guess);
}

static void read_scale(struct author_form *form, struct questionnaire_item *item, size_t row) {
    const struct questionnaire *out = form->questionnaire;
    const char *name = value(form, row, AUTHOR_SHEET_SCALE);
    const char *known[QUESTIONNAIRE_SCALES];
    char guess[AUTHOR_FORM_GUESS];
    item->scale = QUESTIONNAIRE_NONE;
    for (uint16_t i = 0; i < out->scale_count && name[0]; i++) {
        known[i] = out->scale[i].name;
        item->scale = strcmp(known[i], name) == 0 ? i : item->scale;
    }
    if (!name[0]) {
        return;
    }
    if (item->scale == QUESTIONNAIRE_NONE) {
        author_form_guess(guess, name, known, out->scale_count);
        author_form_report(form, AUTHOR_SCALE_UNKNOWN, survey(row, AUTHOR_SHEET_SCALE), name, guess);
    }
    if (item->kind != QUESTIONNAIRE_SELECT_ONE) {
        author_form_report(form, AUTHOR_SCALE_KIND, survey(row, AUTHOR_SHEET_SCALE), NULL, NULL);
        item->scale = QUESTIONNAIRE_NONE;
    }
}

static void read_marks(struct author_form *form, struct questionnaire_item *item, size_t row) {
    if (item->kind == QUESTIONNAIRE_NOTE) {
        refuse_marks(form, row);
        item->scale = QUESTIONNAIRE_NONE;
        return;
    }
    read_scale(form, item, row);
    bool scaled = value(form, row, AUTHOR_SHEET_SCALE)[0] != '\0';
    item->reverse = author_form_yes(form, survey(row, AUTHOR_SHEET_REVERSE));
    item->sensitive = author_form_yes(form, survey(row, AUTHOR_SHEET_SENSITIVE));
    item->breakdown = author_form_yes(form, survey(row, AUTHOR_SHEET_BREAKDOWN));
    if (item->reverse && !scaled) {
        author_form_report(form, AUTHOR_REVERSE_ALONE, survey(row, AUTHOR_SHEET_REVERSE), NULL, NULL);
    }
    if (item->breakdown && (scaled || item->kind != QUESTIONNAIRE_SELECT_ONE || item->step_count)) {
        author_form_report(form, AUTHOR_BREAKDOWN_PLACE, survey(row, AUTHOR_SHEET_BREAKDOWN), NULL, NULL);
    }
    if (scaled && item->step_count) {
        author_form_report(form, AUTHOR_SCALE_CONDITION, survey(row, AUTHOR_SHEET_RELEVANT), NULL, NULL);
    }
    author_form_marks(form, item, row);
}

static void read_condition(struct walk *walk, struct questionnaire_item *item, size_t row) {
    struct group *around = innermost(walk);
    struct author_condition joined = {0}, own;
    if (around) {
        joined = around->joined;
    }
    (void)author_condition_read(&own, walk->form, survey(row, AUTHOR_SHEET_RELEVANT));
    join(walk, &joined, &own, row);
    item->step_count = joined.count;
    memcpy(item->step, joined.step, sizeof item->step);
}

static void refuse_columns(struct author_form *form, size_t row) {
    static const struct {
        enum author_sheet_column column;
        enum author_message message;
    } refused[] = {
        {AUTHOR_SHEET_CONSTRAINT, AUTHOR_COLUMN_CONSTRAINT},
        {AUTHOR_SHEET_CHOICE_FILTER, AUTHOR_COLUMN_CHOICE_FILTER},
        {AUTHOR_SHEET_CALCULATION, AUTHOR_COLUMN_CALCULATION},
        {AUTHOR_SHEET_DEFAULT, AUTHOR_COLUMN_DEFAULT},
    };
    if (author_form_yes(form, survey(row, AUTHOR_SHEET_REQUIRED))) {
        author_form_report(form, AUTHOR_COLUMN_REQUIRED, survey(row, AUTHOR_SHEET_REQUIRED), NULL, NULL);
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const char *text = value(form, row, refused[i].column);
        if (text[0]) {
            author_form_report(form, refused[i].message, survey(row, refused[i].column), text, NULL);
        }
    }
}

static void add_item(struct walk *walk, const struct author_type *type, size_t row) {
    struct author_form *form = walk->form;
    struct questionnaire *out = form->questionnaire;
    if (out->item_count == QUESTIONNAIRE_ITEMS) {
        if (!walk->items_full) {
            author_form_too_many(form, survey(row, AUTHOR_SHEET_TYPE), QUESTIONNAIRE_ITEMS,
                                 "select_one/note");
        }
        walk->items_full = true;
        return;
    }
    struct questionnaire_item *item = &out->item[out->item_count];
    item->kind = type->item;
    item->section = innermost(walk) ? innermost(walk)->section : QUESTIONNAIRE_NONE;
    read_name(form, item, row);
    read_list(form, item, type, row);
    author_form_text(form, &item->label, survey(row, AUTHOR_SHEET_LABEL), true, AUTHOR_FORM_JUDGED);
    author_form_text(form, &item->hint, survey(row, AUTHOR_SHEET_HINT), false, AUTHOR_FORM_JUDGED);
    read_condition(walk, item, row);
    read_marks(form, item, row);
    refuse_columns(form, row);
    form->item_row[out->item_count++] = row;
}

static void read_row(struct walk *walk, size_t row) {
    struct author_type type;
    struct author_form_cell cell = survey(row, AUTHOR_SHEET_TYPE);
    author_type_read(&type, author_form_value(walk->form, cell));
    switch (type.kind) {
    case AUTHOR_TYPE_KIND_ITEM: add_item(walk, &type, row); break;
    case AUTHOR_TYPE_KIND_BEGIN_GROUP: begin_group(walk, row, false); break;
    case AUTHOR_TYPE_KIND_BEGIN_REPEAT:
        author_form_report(walk->form, type.message, cell, type.written, NULL);
        begin_group(walk, row, true);
        break;
    case AUTHOR_TYPE_KIND_END_GROUP:
    case AUTHOR_TYPE_KIND_END_REPEAT: end_group(walk, row); break;
    case AUTHOR_TYPE_KIND_DROPPED:
    case AUTHOR_TYPE_KIND_REFUSED:
        author_form_report(walk->form, type.message, cell, type.written, type.guess);
        break;
    }
}

/* As XLSForm does it: a row without type, name and text is the author's own note. */
static bool says_something(const struct author_form *form, size_t row) {
    bool something = value(form, row, AUTHOR_SHEET_NAME)[0] != '\0';
    for (uint16_t i = 0; i < form->sheets.language_count; i++) {
        something = something ||
                    author_sheet_cell_in(&form->sheets, AUTHOR_SHEET_SURVEY, row, AUTHOR_SHEET_LABEL, i)[0];
    }
    return something;
}

void author_form_survey(struct author_form *form) {
    const struct author_sheet *sheet = &form->sheets.sheet[AUTHOR_SHEET_SURVEY];
    struct walk walk = {.form = form};
    for (size_t row = sheet->first; row < sheet->end; row++) {
        if (author_sheet_is_comment(&form->table, row)) {
            continue;
        }
        if (value(form, row, AUTHOR_SHEET_TYPE)[0]) {
            read_row(&walk, row);
        } else if (sheet->plain[AUTHOR_SHEET_TYPE] && says_something(form, row)) {
            author_form_report(form, AUTHOR_TYPE_MISSING, survey(row, AUTHOR_SHEET_TYPE), NULL, NULL);
        }
    }
    for (unsigned i = 0; i < walk.depth && i < AUTHOR_FORM_GROUPS; i++) {
        author_form_report(form, AUTHOR_GROUP_OPEN, survey(walk.group[i].row, AUTHOR_SHEET_TYPE), NULL, NULL);
    }
}
