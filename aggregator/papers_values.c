/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregator/papers_values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/papers_data.h"

enum { CARDS = 4 };

static const char *const months[12] = {"januari", "februari", "maart",     "april",   "mei",      "juni",
                                       "juli",    "augustus", "september", "oktober", "november", "december"};

void papers_values_day(char *out, size_t size, uint32_t date) {
    static const char *const days[7] = {"zondag",    "maandag", "dinsdag", "woensdag",
                                        "donderdag", "vrijdag", "zaterdag"};
    static const unsigned shift[12] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4}; /* Sakamoto */
    unsigned year = date / 10000, month = date / 100 % 100, day = date % 100;
    out[0] = '\0';
    if (round_date_is_valid(date)) {
        unsigned from = month < 3 ? year - 1 : year;
        unsigned weekday = (from + from / 4 - from / 100 + from / 400 + shift[month - 1] + day) % 7;
        (void)snprintf(out, size, "%s %u %s %u", days[weekday], day, months[month - 1], year);
    }
}

void papers_values_open(struct papers_values *out, const struct round *round, const char *sender,
                        const char *counsellor) {
    memset(out, 0, sizeof *out);
    out->round = round;
    out->title = "";
    out->sender = sender;
    out->counsellor = counsellor;
    for (uint16_t i = 0; i < round->questionnaire->language_count; i++) {
        if (strncmp(round->questionnaire->language[i].code, "nl", 2) == 0) {
            out->dutch = i;
            break;
        }
    }
}

static const struct papers_template_row *row_of(const struct papers_template_row *row, const char *list) {
    while (row && strcmp(row->list, list) != 0) {
        row = row->around;
    }
    return row;
}

/* The item behind row `at` of the questions, notes left out. */
static const struct questionnaire_item *item_at(const struct questionnaire *questionnaire, size_t at) {
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].kind != QUESTIONNAIRE_NOTE && at-- == 0) {
            return &questionnaire->item[i];
        }
    }
    return NULL;
}

static size_t count_items(const struct questionnaire *questionnaire, bool sensitive) {
    size_t count = 0;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        const struct questionnaire_item *item = &questionnaire->item[i];
        count += item->kind != QUESTIONNAIRE_NOTE && (!sensitive || item->sensitive);
    }
    return count;
}

/* Help lines in Dutch; where the round has none, all of them. */
static bool is_shown(const struct round *round, uint16_t at) {
    bool dutch = false;
    for (uint16_t i = 0; i < round->help_count; i++) {
        dutch = dutch || strncmp(round->help[i].language, "nl", 2) == 0;
    }
    return !dutch || strncmp(round->help[at].language, "nl", 2) == 0;
}

static const char *help_at(const struct round *round, size_t at, size_t *count) {
    const char *line = "";
    *count = 0;
    for (uint16_t i = 0; i < round->help_count; i++) {
        if (is_shown(round, i)) {
            line = *count == at ? round->help[i].line : line;
            ++*count;
        }
    }
    return line;
}

/* A language that the round offers; round_check has seen that the questionnaire has it. */
static const struct questionnaire_language *language_at(const struct round *round, size_t at) {
    const struct questionnaire *questionnaire = round->questionnaire;
    uint16_t i = 0;
    while (i + 1 < questionnaire->language_count &&
           strcmp(questionnaire->language[i].code, round->language[at]) != 0) {
        i++;
    }
    return &questionnaire->language[i];
}

static unsigned long sum_of(const struct round *round, bool asked_only) {
    unsigned long sum = 0;
    for (uint16_t i = 0; i < round->class_count; i++) {
        const struct round_class *class = &round->class_list[i];
        sum += asked_only ? (unsigned)(class->heads - class->not_asked) : class->heads;
    }
    return sum;
}

static const char *put(struct papers_values *values, const char *text) {
    (void)snprintf(values->text, sizeof values->text, "%s", text);
    return values->text;
}

static const char *put_number(struct papers_values *values, unsigned long number) {
    (void)snprintf(values->text, sizeof values->text, "%lu", number);
    return values->text;
}

static const char *put_day(struct papers_values *values, uint32_t date) {
    papers_values_day(values->text, sizeof values->text, date);
    return values->text;
}

static const char *put_short(struct papers_values *values, uint32_t date) {
    /* with hyphens at which no line is broken */
    (void)snprintf(values->text, sizeof values->text, "%u\u2011%u\u2011%u", (unsigned)(date % 100),
                   (unsigned)(date / 100 % 100), (unsigned)(date / 10000));
    return values->text;
}

static const char *put_hex(struct papers_values *values, const uint8_t digest[DIGEST_BYTES]) {
    digest_hex(values->text, digest, DIGEST_BYTES);
    return values->text;
}

static const char *put_full(struct papers_values *values) {
    const struct round *round = values->round;
    (void)snprintf(values->text, sizeof values->text, "%s%s%s", round->school, round->site[0] ? ", " : "",
                   round->site);
    return values->text;
}

static const char *put_year(struct papers_values *values) {
    unsigned year = values->round->school_year;
    (void)snprintf(values->text, sizeof values->text, "%u-%u", year, year + 1);
    return values->text;
}

/* The names and the order of their values; `of` tells which. */
enum name {
    TITLE,
    SCHOOL,
    SCHOOL_FULL,
    YEAR,
    FIRST,
    LAST,
    RETENTION,
    FIRST_SHORT,
    LAST_SHORT,
    K_UNIT,
    K_CELL,
    HOLDER1,
    HOLDER2,
    CLASS_COUNT,
    ASKED,
    HEADS,
    NOT_ASKED,
    KIOSK_COUNT,
    QUESTIONNAIRE,
    FORM,
    VERSION,
    AGE_FORM,
    PROVENANCE,
    ITEM_COUNT,
    SENSITIVE_COUNT,
    QUESTIONNAIRE_DIGEST,
    ROUND_DIGEST,
    SENDER,
    COUNSELLOR,
    LABEL,
    CLASS_HEADS,
    CLASS_ASKED,
    REASON,
    HOLDER,
    OTHER,
    LINE,
    NUMBER,
    QUESTION,
    LANGUAGE,
    NAMES
};

static const char *const name_of[NAMES] = {
    [TITLE] = "title",
    [SCHOOL] = "school",
    [SCHOOL_FULL] = "school_full",
    [YEAR] = "year",
    [FIRST] = "first",
    [LAST] = "last",
    [RETENTION] = "retention",
    [FIRST_SHORT] = "first_short",
    [LAST_SHORT] = "last_short",
    [K_UNIT] = "k_unit",
    [K_CELL] = "k_cell",
    [HOLDER1] = "holder1",
    [HOLDER2] = "holder2",
    [CLASS_COUNT] = "class_count",
    [ASKED] = "asked",
    [HEADS] = "heads",
    [NOT_ASKED] = "not_asked",
    [KIOSK_COUNT] = "kiosk_count",
    [QUESTIONNAIRE] = "questionnaire",
    [FORM] = "form",
    [VERSION] = "version",
    [AGE_FORM] = "age_form",
    [PROVENANCE] = "provenance",
    [ITEM_COUNT] = "item_count",
    [SENSITIVE_COUNT] = "sensitive_count",
    [QUESTIONNAIRE_DIGEST] = "questionnaire_digest",
    [ROUND_DIGEST] = "round_digest",
    [SENDER] = "sender",
    [COUNSELLOR] = "counsellor",
    [LABEL] = "label",
    [CLASS_HEADS] = "class_heads",
    [CLASS_ASKED] = "class_asked",
    [REASON] = "reason",
    [HOLDER] = "holder",
    [OTHER] = "other",
    [LINE] = "line",
    [NUMBER] = "number",
    [QUESTION] = "question",
    [LANGUAGE] = "language",
};

static enum name find_name(const char *name) {
    enum name at = 0;
    while (at < NAMES && strcmp(name_of[at], name) != 0) {
        at++;
    }
    return at;
}

/* What is said of the round as a whole; NULL when the name is not one of these. */
static const char *whole_text(struct papers_values *values, enum name name) {
    const struct round *round = values->round;
    const struct questionnaire *form = round->questionnaire;
    switch ((int)name) {
    case TITLE: return put(values, values->title);
    case SCHOOL: return put(values, round->school);
    case SCHOOL_FULL: return put_full(values);
    case YEAR: return put_year(values);
    case FIRST: return put_day(values, round->first_day);
    case LAST: return put_day(values, round->last_day);
    case RETENTION: return put_day(values, round->retention_day);
    case FIRST_SHORT: return put_short(values, round->first_day);
    case LAST_SHORT: return put_short(values, round->last_day);
    case K_UNIT: return put_number(values, round->k_unit);
    case K_CELL: return put_number(values, round->k_cell);
    case HOLDER1: return put(values, round->holder[0].name);
    case HOLDER2: return put(values, round->holder[1].name);
    case CLASS_COUNT: return put_number(values, round->class_count);
    case ASKED: return put_number(values, sum_of(round, true));
    case HEADS: return put_number(values, sum_of(round, false));
    case NOT_ASKED: return put_number(values, sum_of(round, false) - sum_of(round, true));
    case KIOSK_COUNT: return put_number(values, round->kiosk_count);
    case QUESTIONNAIRE: return put(values, questionnaire_text_in(&form->title, values->dutch, NULL));
    case FORM: return put(values, form->name);
    case VERSION: return put(values, form->version);
    case AGE_FORM: return put(values, form->age_form);
    case PROVENANCE: return put(values, questionnaire_text_in(&form->provenance, values->dutch, NULL));
    case ITEM_COUNT: return put_number(values, count_items(form, false));
    case SENSITIVE_COUNT: return put_number(values, count_items(form, true));
    case QUESTIONNAIRE_DIGEST: return put_hex(values, round->questionnaire_digest);
    case ROUND_DIGEST: return put_hex(values, round->digest);
    case SENDER: return put(values, values->sender ? values->sender : "");
    case COUNSELLOR: return put(values, values->counsellor ? values->counsellor : "");
    default: return NULL;
    }
}

static const char *class_text(struct papers_values *values, enum name name, size_t at) {
    const struct round_class *class = &values->round->class_list[at];
    switch ((int)name) {
    case LABEL: return put(values, class->label);
    case CLASS_HEADS: return put_number(values, class->heads);
    case CLASS_ASKED: return put_number(values, (unsigned)(class->heads - class->not_asked));
    default: return put(values, class->reason);
    }
}

/* What is said of a row; NULL when no such row is around. */
static const char *row_text(struct papers_values *values, enum name name,
                            const struct papers_template_row *row) {
    static const char *const list_of[NAMES] = {
        [LABEL] = "classes",  [CLASS_HEADS] = "classes", [CLASS_ASKED] = "classes", [REASON] = "classes",
        [HOLDER] = "holders", [OTHER] = "holders",       [LINE] = "help",           [NUMBER] = "items",
        [QUESTION] = "items", [LANGUAGE] = "languages"};
    const struct round *round = values->round;
    size_t count;
    row = list_of[name] ? row_of(row, list_of[name]) : NULL;
    if (!row) {
        return NULL;
    }
    switch ((int)name) {
    case HOLDER: return put(values, round->holder[row->at].name);
    case OTHER: return put(values, round->holder[1 - row->at].name);
    case LINE: return put(values, help_at(round, row->at, &count));
    case NUMBER: return put_number(values, (unsigned long)row->at + 1);
    case QUESTION:
        return put(values, questionnaire_text_in(&item_at(round->questionnaire, row->at)->label,
                                                 values->dutch, NULL));
    case LANGUAGE: return put(values, language_at(round, row->at)->name);
    default: return class_text(values, name, row->at);
    }
}

static bool give_text(const char **out, void *self, const struct papers_template_row *row, const char *name) {
    struct papers_values *values = self;
    enum name which = find_name(name);
    *out = which == NAMES ? NULL : whole_text(values, which);
    if (!*out && which != NAMES) {
        *out = row_text(values, which, row);
    }
    return *out != NULL;
}

static bool has_breakdown(const struct questionnaire *questionnaire) {
    bool has = false;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        has = has || questionnaire->item[i].breakdown;
    }
    return has;
}

static bool is_draft(const struct round *round, size_t at) {
    return language_at(round, at)->translation == QUESTIONNAIRE_TRANSLATION_DRAFT;
}

static bool has_drafts(const struct round *round) {
    bool has = false;
    for (uint16_t i = 0; i < round->language_count; i++) {
        has = has || is_draft(round, i);
    }
    return has;
}

/* Flags of the row that one stands in. */
static bool give_row_flag(bool *out, const struct papers_values *values,
                          const struct papers_template_row *row, const char *name) {
    const struct papers_template_row *item = row_of(row, "items"), *language = row_of(row, "languages");
    if (strcmp(name, "last_row") == 0 && row) {
        *out = row->at + 1 == row->count;
    } else if (strcmp(name, "sensitive") == 0 && item) {
        *out = item_at(values->round->questionnaire, item->at)->sensitive;
    } else if (strcmp(name, "draft") == 0 && language) {
        *out = is_draft(values->round, language->at);
    } else if (strcmp(name, "own_item") == 0 && item) {
        *out = questionnaire_is_local(item_at(values->round->questionnaire, item->at));
    } else {
        return false;
    }
    return true;
}

static bool give_flag(bool *out, void *self, const struct papers_template_row *row, const char *name) {
    const struct papers_values *values = self;
    const struct round *round = values->round;
    const struct {
        const char *name;
        bool holds;
    } flags[] = {
        {"two_machines", round->mode == ROUND_TWO_MACHINES},
        {"one_machine", round->mode == ROUND_ONE_MACHINE},
        {"solo", round->mode == ROUND_SOLO},
        {"signed", round->is_signed[0] && round->is_signed[1]},
        {"validated", round->questionnaire->validated},
        {"incidents_in_class", (round->choices & ROUND_INCIDENTS_IN_CLASS) != 0},
        {"breakdown", has_breakdown(round->questionnaire)},
        {"not_asked", sum_of(round, true) != sum_of(round, false)},
        {"sender", values->sender != NULL},
        {"counsellor", values->counsellor != NULL},
        {"help", round->help_count > 0},
        {"drafts", has_drafts(round)},
        {"one_class", round->class_count == 1},
        {"one_kiosk", round->kiosk_count == 1},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(flags[i].name, name) == 0) {
            *out = flags[i].holds;
            return true;
        }
    }
    if (strncmp(name, "is_", 3) == 0) {
        *out = strtoul(name + 3, NULL, 10) == values->paper;
        return true;
    }
    return give_row_flag(out, values, row, name);
}

static bool give_rows(size_t *out, void *self, const char *name) {
    const struct papers_values *values = self;
    const struct round *round = values->round;
    if (strcmp(name, "classes") == 0) {
        *out = round->class_count;
    } else if (strcmp(name, "holders") == 0) {
        *out = 2;
    } else if (strcmp(name, "help") == 0) {
        (void)help_at(round, 0, out);
    } else if (strcmp(name, "items") == 0) {
        *out = count_items(round->questionnaire, false);
    } else if (strcmp(name, "languages") == 0) {
        *out = round->language_count;
    } else if (strcmp(name, "cards") == 0) {
        *out = CARDS;
    } else {
        return false;
    }
    return true;
}

static bool give_part(const char **out, void *self, const char *name) {
    (void)self;
    for (size_t i = 0; papers_data[i].name; i++) {
        if (papers_data[i].name[0] == '_' && strcmp(papers_data[i].name + 1, name) == 0) {
            *out = papers_data[i].html;
            return true;
        }
    }
    return false;
}

struct papers_template_source papers_values_source(struct papers_values *values) {
    return (struct papers_template_source){values, give_text, give_flag, give_rows, give_part};
}
