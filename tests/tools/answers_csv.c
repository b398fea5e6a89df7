/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/tools/answers_csv.h"

#include <csv.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { COLUMN_CLASS = -1, COLUMN_PARTICIPATION = -2, COLUMNS = QUESTIONNAIRE_ITEMS + 2, CELL_SIZE = 2048 };

struct reader {
    const struct round *round;
    struct answers_csv_problem *problem;
    answers_csv_each *each;
    void *self;
    enum fault fault;
    size_t row;
    size_t column;
    size_t column_count;
    int meaning[COLUMNS]; /* item index, or one of the constants above */
    bool has_class;
    const struct round_class *class_item;
    struct answers *answers;
    bool filled[QUESTIONNAIRE_ITEMS];
};

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
complain(struct reader *reader, const char *format, ...) {
    if (reader->fault) {
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reader->problem->text, sizeof reader->problem->text, format, arguments);
    va_end(arguments);
    reader->problem->row = reader->row;
    reader->fault = FAULT_USAGE;
}

static const struct round_class *class_by_label(const struct round *round, const char *label) {
    for (uint16_t i = 0; i < round->class_count; i++) {
        if (strcmp(round->class_list[i].label, label) == 0) {
            return &round->class_list[i];
        }
    }
    return NULL;
}

static void take_heading(struct reader *reader, const char *cell) {
    if (reader->column >= COLUMNS) {
        complain(reader, "more columns than a questionnaire has items");
        return;
    }
    int *meaning = &reader->meaning[reader->column];
    uint16_t item = questionnaire_find_item(reader->round->questionnaire, cell);
    if (strcmp(cell, "class") == 0) {
        *meaning = COLUMN_CLASS;
        reader->has_class = true;
    } else if (strcmp(cell, "participation") == 0) {
        *meaning = COLUMN_PARTICIPATION;
    } else if (item != QUESTIONNAIRE_NONE && questionnaire_list_of(reader->round->questionnaire, item)) {
        *meaning = item;
    } else {
        complain(reader, "heading '%s' is no item of the questionnaire", cell);
    }
    reader->column_count = reader->column + 1;
}

static void take_participation(struct reader *reader, const char *cell) {
    static const char *const names[] = {"answered", "stopped", "declined"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(cell, names[i]) == 0) {
            reader->answers->participation = (enum answers_participation)i;
            return;
        }
    }
    if (*cell) {
        complain(reader, "participation '%s' is none of answered, stopped, declined", cell);
    }
}

static void take_options(struct reader *reader, uint16_t item, char *cell) {
    const struct questionnaire *questionnaire = reader->round->questionnaire;
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    for (char *at = cell; *at;) {
        size_t length = strcspn(at, " ");
        char *next = at[length] ? at + length + 1 : at + length;
        at[length] = '\0';
        uint16_t option = questionnaire_find_option(list, at);
        if (option == QUESTIONNAIRE_NONE) {
            complain(reader, "item '%s' has no option '%s'", questionnaire->item[item].name, at);
            return;
        }
        reader->answers->chosen[item] |= UINT32_C(1) << option;
        reader->filled[item] = true;
        at = next;
    }
}

static void on_cell(void *data, size_t size, void *self) {
    struct reader *reader = self;
    char cell[CELL_SIZE];
    if (reader->fault || size >= sizeof cell) {
        complain(reader, "a cell of %zu bytes is too long", size);
        return;
    }
    memcpy(cell, data ? data : "", size);
    cell[size] = '\0';
    if (reader->row == 1) {
        take_heading(reader, cell);
    } else if (reader->column >= reader->column_count) {
        complain(reader, "more cells than headings");
    } else if (reader->meaning[reader->column] == COLUMN_CLASS) {
        reader->class_item = class_by_label(reader->round, cell);
        if (!reader->class_item) {
            complain(reader, "class '%s' is not in the round", cell);
        }
    } else if (reader->meaning[reader->column] == COLUMN_PARTICIPATION) {
        take_participation(reader, cell);
    } else {
        take_options(reader, (uint16_t)reader->meaning[reader->column], cell);
    }
    reader->column++;
}

/* Which pages the pupil has seen follows from the row. */
static void mark_shown(struct reader *reader) {
    const struct questionnaire *questionnaire = reader->round->questionnaire;
    struct answers *answers = reader->answers;
    uint16_t seen = answers->participation == ANSWERS_ANSWERED ? questionnaire->item_count : 0;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (reader->filled[i] && answers->participation == ANSWERS_DECLINED) {
            complain(reader, "a pupil who declined has an answer at '%s'", questionnaire->item[i].name);
        }
        if (reader->filled[i] && !questionnaire_asks(questionnaire, i, answers->chosen)) {
            complain(reader, "'%s' is filled in but not asked", questionnaire->item[i].name);
        }
        if (reader->filled[i] && i >= seen) {
            seen = (uint16_t)(i + 1);
        }
    }
    for (uint16_t i = 0; i < seen; i++) {
        answers->shown[i] = questionnaire_asks(questionnaire, i, answers->chosen);
    }
}

static void finish_row(struct reader *reader) {
    if (reader->row == 1) {
        if (!reader->has_class) {
            complain(reader, "there is no column 'class'");
        }
        return;
    }
    if (!reader->class_item) {
        complain(reader, "the class is missing");
    }
    mark_shown(reader);
    if (!reader->fault && answers_check(reader->answers, reader->round->questionnaire)) {
        complain(reader, "these choices cannot go together");
    }
    if (!reader->fault) {
        reader->fault = reader->each(reader->self, reader->class_item, reader->answers);
    }
}

static void on_row(int end, void *self) {
    (void)end;
    struct reader *reader = self;
    if (!reader->fault) {
        finish_row(reader);
    }
    answers_forget(reader->answers);
    memset(reader->filled, 0, sizeof reader->filled);
    reader->class_item = NULL;
    reader->column = 0;
    reader->row++;
}

enum fault answers_csv_read(struct answers_csv_problem *problem, const struct round *round,
                            struct bytes content, answers_csv_each *each, void *self) {
    struct reader reader = {.round = round, .problem = problem, .each = each, .self = self, .row = 1};
    struct csv_parser parser;
    *problem = (struct answers_csv_problem){0};
    enum fault fault = answers_new(&reader.answers);
    if (fault) {
        return fault;
    }
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        fault = FAULT_MEMORY;
        goto done;
    }
    if (csv_parse(&parser, content.data, content.size, on_cell, on_row, &reader) != content.size ||
        csv_fini(&parser, on_cell, on_row, &reader) != 0) {
        complain(&reader, "this is not a CSV: %s", csv_strerror(csv_error(&parser)));
    }
    fault = reader.fault;
done:
    csv_free(&parser);
    reader.answers = answers_free(reader.answers);
    return fault;
}
