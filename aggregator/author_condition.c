/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/author_condition.h"

#include <stdio.h>
#include <string.h>

struct parser {
    struct author_form *form;
    struct author_form_cell cell;
    struct author_condition *out;
    const char *text;
    size_t at;
    unsigned depth;
    bool failed;
};

static void fail(struct parser *parser, enum author_message message, const char *first, const char *second) {
    if (!parser->failed) {
        author_form_report(parser->form, message, parser->cell, first, second);
    }
    parser->failed = true;
}

static void fail_number(struct parser *parser, enum author_message message, size_t number) {
    char text[24];
    snprintf(text, sizeof text, "%zu", number);
    fail(parser, message, text, NULL);
}

static void skip_space(struct parser *parser) {
    parser->at += strspn(parser->text + parser->at, " \t\n");
}

/* Names the character, not the byte, for that is what an author counts. */
static size_t position(const struct parser *parser) {
    size_t characters = 1;
    for (size_t i = 0; i < parser->at; i++) {
        characters += ((unsigned char)parser->text[i] & 0xC0) != 0x80;
    }
    return characters;
}

static const char WORD[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

/* What stands here is not part of the grammar: say it as precisely as can be. */
static void fail_here(struct parser *parser) {
    const char *here = parser->text + parser->at;
    char number[24];
    size_t word = strspn(here, WORD);
    bool curly = strncmp(here, "\xE2\x80\x98", 3) == 0 || strncmp(here, "\xE2\x80\x99", 3) == 0 ||
                 strncmp(here, "\xE2\x80\x9C", 3) == 0 || strncmp(here, "\xE2\x80\x9D", 3) == 0;
    if (curly) {
        fail_number(parser, AUTHOR_CONDITION_QUOTES, position(parser));
    } else if (here[0] && strchr("<>+*.", here[0])) {
        char sign[2] = {here[0], '\0'};
        fail(parser, AUTHOR_CONDITION_FUNCTION, sign, NULL);
    } else if (word > 0 && word < 60 && here[word] == '(') {
        char name[64] = {0};
        memcpy(name, here, word);
        fail(parser, AUTHOR_CONDITION_FUNCTION, name, NULL);
    } else {
        snprintf(number, sizeof number, "%zu", position(parser));
        fail(parser, AUTHOR_CONDITION_SYNTAX, number, here);
    }
}

static bool take(struct parser *parser, const char *token) {
    skip_space(parser);
    size_t size = strlen(token);
    if (parser->failed || strncmp(parser->text + parser->at, token, size) != 0) {
        return false;
    }
    parser->at += size;
    return true;
}

/* A word only when it ends there: "orange" does not begin with "or". */
static bool take_word(struct parser *parser, const char *word) {
    skip_space(parser);
    return strspn(parser->text + parser->at, WORD) == strlen(word) && take(parser, word);
}

static void expect(struct parser *parser, const char *token) {
    if (!parser->failed && !take(parser, token)) {
        fail_here(parser);
    }
}

/* Copies up to the character `end` and passes it; "" when that is not a name. */
static void take_name(struct parser *parser, char out[QUESTIONNAIRE_NAME_SIZE], char end) {
    const char *here = parser->text + parser->at;
    const char *stop = strchr(here, end);
    size_t size = stop ? (size_t)(stop - here) : 0;
    out[0] = '\0';
    if (!stop || size >= QUESTIONNAIRE_NAME_SIZE) {
        fail_here(parser);
        return;
    }
    memcpy(out, here, size);
    out[size] = '\0';
    parser->at += size + 1;
}

static void push(struct parser *parser, enum questionnaire_operator kind, uint16_t item, uint16_t option) {
    if (parser->failed) {
        return;
    }
    if (parser->out->count == QUESTIONNAIRE_STEPS) {
        fail_number(parser, AUTHOR_CONDITION_LONG, QUESTIONNAIRE_STEPS);
        return;
    }
    parser->out->step[parser->out->count++] = (struct questionnaire_step){kind, item, option};
}

/* The row of the survey with this name; the number of rows when there is none. */
static size_t survey_row(const struct author_form *form, const char *name) {
    const struct author_sheet *sheet = &form->sheets.sheet[AUTHOR_SHEET_SURVEY];
    for (size_t row = sheet->first; row < sheet->end; row++) {
        struct author_form_cell cell = {AUTHOR_SHEET_SURVEY, row, AUTHOR_SHEET_NAME};
        if (!author_sheet_is_comment(&form->table, row) && strcmp(author_form_value(form, cell), name) == 0) {
            return row;
        }
    }
    return form->table.row_count;
}

static void fail_reference(struct parser *parser, const char *name) {
    const struct questionnaire *questionnaire = parser->form->questionnaire;
    size_t row = name[0] ? survey_row(parser->form, name) : parser->form->table.row_count;
    if (row < parser->cell.row) {
        fail(parser, AUTHOR_CONDITION_KIND, name, NULL); /* a group, or a row that was refused */
    } else if (row < parser->form->table.row_count) {
        fail(parser, AUTHOR_CONDITION_LATER, name, NULL);
    } else {
        const char *known[QUESTIONNAIRE_ITEMS];
        char guess[AUTHOR_FORM_GUESS];
        for (uint16_t i = 0; i < questionnaire->item_count; i++) {
            known[i] = questionnaire->item[i].name;
        }
        author_form_guess(guess, name, known, questionnaire->item_count);
        fail(parser, AUTHOR_CONDITION_UNKNOWN, name, guess);
    }
}

static uint16_t parse_reference(struct parser *parser) {
    char name[QUESTIONNAIRE_NAME_SIZE];
    expect(parser, "${");
    if (parser->failed) {
        return QUESTIONNAIRE_NONE;
    }
    skip_space(parser);
    take_name(parser, name, '}');
    size_t size = strlen(name);
    while (size > 0 && name[size - 1] == ' ') {
        name[--size] = '\0';
    }
    uint16_t item = name[0] ? questionnaire_find_item(parser->form->questionnaire, name) : QUESTIONNAIRE_NONE;
    if (item == QUESTIONNAIRE_NONE) {
        fail_reference(parser, name);
    }
    return item;
}

static void parse_literal(struct parser *parser, char out[QUESTIONNAIRE_NAME_SIZE]) {
    out[0] = '\0';
    if (take(parser, "'")) {
        take_name(parser, out, '\'');
    } else if (take(parser, "\"")) {
        take_name(parser, out, '"');
    } else {
        fail_here(parser);
    }
}

/* One comparison is complete: find the option, and see whether the kind of question allows it. */
static void compare(struct parser *parser, enum questionnaire_operator kind, uint16_t item,
                    const char *name) {
    if (parser->failed) {
        return;
    }
    const struct questionnaire_item *asked = &parser->form->questionnaire->item[item];
    const struct questionnaire_list *list = questionnaire_list_of(parser->form->questionnaire, item);
    uint16_t option = list ? questionnaire_find_option(list, name) : 0;
    if (asked->kind == QUESTIONNAIRE_NOTE ||
        (asked->kind == QUESTIONNAIRE_SELECT_MULTIPLE && kind != QUESTIONNAIRE_SELECTED)) {
        fail(parser, AUTHOR_CONDITION_KIND, asked->name, NULL);
    } else if (option == QUESTIONNAIRE_NONE || !name[0]) {
        fail(parser, AUTHOR_CONDITION_OPTION, asked->name, name);
    } else {
        push(parser, kind, item, option);
    }
}

static void parse_or(struct parser *parser);

static void parse_brackets(struct parser *parser) {
    if (++parser->depth > AUTHOR_CONDITION_DEPTH) {
        fail_number(parser, AUTHOR_CONDITION_DEEP, AUTHOR_CONDITION_DEPTH);
        return;
    }
    parse_or(parser);
    expect(parser, ")");
    parser->depth--;
}

static void parse_selected(struct parser *parser) {
    char name[QUESTIONNAIRE_NAME_SIZE];
    expect(parser, "(");
    uint16_t item = parse_reference(parser);
    expect(parser, ",");
    parse_literal(parser, name);
    compare(parser, QUESTIONNAIRE_SELECTED, item, name);
    expect(parser, ")");
}

static void parse_comparison(struct parser *parser) {
    char name[QUESTIONNAIRE_NAME_SIZE];
    uint16_t item = parse_reference(parser);
    enum questionnaire_operator kind = take(parser, "!=") ? QUESTIONNAIRE_NOT_EQUALS : QUESTIONNAIRE_EQUALS;
    if (kind == QUESTIONNAIRE_EQUALS) {
        expect(parser, "=");
    }
    parse_literal(parser, name);
    compare(parser, kind, item, name);
}

static void parse_primary(struct parser *parser) {
    if (take(parser, "(")) {
        parse_brackets(parser);
    } else if (take_word(parser, "not")) {
        expect(parser, "(");
        parse_brackets(parser);
        push(parser, QUESTIONNAIRE_NOT, 0, 0);
    } else if (take_word(parser, "selected")) {
        parse_selected(parser);
    } else {
        parse_comparison(parser);
    }
}

static void parse_and(struct parser *parser) {
    parse_primary(parser);
    while (!parser->failed && take_word(parser, "and")) {
        parse_primary(parser);
        push(parser, QUESTIONNAIRE_AND, 0, 0);
    }
}

static void parse_or(struct parser *parser) {
    parse_and(parser);
    while (!parser->failed && take_word(parser, "or")) {
        parse_and(parser);
        push(parser, QUESTIONNAIRE_OR, 0, 0);
    }
}

bool author_condition_read(struct author_condition *out, struct author_form *form,
                           struct author_form_cell cell) {
    struct parser parser = {.form = form, .cell = cell, .out = out, .text = author_form_value(form, cell)};
    *out = (struct author_condition){0};
    if (!parser.text[0]) {
        return true;
    }
    parse_or(&parser);
    if (!parser.failed && parser.text[parser.at]) {
        skip_space(&parser);
        fail_here(&parser);
    }
    if (parser.failed) {
        out->count = 0;
    }
    return !parser.failed;
}

bool author_condition_join(struct author_condition *out, const struct author_condition *more) {
    size_t joint = (size_t)out->count + more->count + (out->count && more->count ? 1 : 0);
    if (joint > QUESTIONNAIRE_STEPS) {
        return false;
    }
    bool both = out->count && more->count;
    memcpy(out->step + out->count, more->step, more->count * sizeof *more->step);
    out->count = (uint16_t)(out->count + more->count);
    if (both) {
        out->step[out->count++] = (struct questionnaire_step){QUESTIONNAIRE_AND, 0, 0};
    }
    return true;
}
