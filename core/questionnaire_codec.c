/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical binary form, written straight down in the order of docs/format.md, "Questionnaire". */
#include <stdlib.h>
#include <string.h>

#include "questionnaire.h"
#include "questionnaire_inside.h"

static const uint8_t MAGIC[8] = {'K', 'L', 'B', 'q', 's', 't', 'n', '\n'};
enum { VERSION = 1 };

enum { FLAG_VALIDATED = 1 };
enum { OPTION_SCORED = 1, OPTION_EXCLUSIVE = 2 };
enum { SCALE_HIGH_IS_GOOD = 1, SCALE_FORMATIVE = 2 };
enum {
    ITEM_REVERSE = 1,
    ITEM_SENSITIVE = 2,
    ITEM_BREAKDOWN = 4,
    ITEM_FACES = 8,
    ITEM_OWN = 16,
    ITEM_CUT = 32,
    ITEM_MEASURE = 64,
    ITEM_FLAGS = 127
};

static uint8_t flag_when(bool on, int flag) {
    return on ? (uint8_t)flag : 0;
}

void questionnaire_inside_put_text(struct bytes_buffer *out, const struct questionnaire_text *text) {
    uint16_t present = 0;
    for (size_t i = 0; i < QUESTIONNAIRE_LANGUAGES; i++) {
        present = (uint16_t)(present | (text->in[i] ? 1u << i : 0u));
    }
    bytes_put_u16(out, present);
    for (size_t i = 0; i < QUESTIONNAIRE_LANGUAGES; i++) {
        if (text->in[i]) {
            bytes_put_text(out, text->in[i]);
        }
    }
}

static void put_list(struct bytes_buffer *out, const struct questionnaire_list *list) {
    bytes_put_text(out, list->name);
    bytes_put_u16(out, list->option_count);
    for (uint16_t i = 0; i < list->option_count; i++) {
        const struct questionnaire_option *option = &list->option[i];
        bytes_put_text(out, option->name);
        questionnaire_inside_put_text(out, &option->label);
        bytes_put_u16(out, option->coarse);
        bytes_put_u8(out, option->score);
        bytes_put_u8(out, (uint8_t)(flag_when(option->has_score, OPTION_SCORED) |
                                    flag_when(option->exclusive, OPTION_EXCLUSIVE)));
    }
}

static void put_scale(struct bytes_buffer *out, const struct questionnaire_scale *scale) {
    bytes_put_text(out, scale->name);
    questionnaire_inside_put_text(out, &scale->label);
    bytes_put_u8(out, (uint8_t)scale->subject);
    bytes_put_u8(out, (uint8_t)(flag_when(scale->high_is_good, SCALE_HIGH_IS_GOOD) |
                                flag_when(scale->formative, SCALE_FORMATIVE)));
}

static void put_marks(struct bytes_buffer *out, const struct questionnaire_item *item) {
    bytes_put_u8(
        out, (uint8_t)(flag_when(item->reverse, ITEM_REVERSE) | flag_when(item->sensitive, ITEM_SENSITIVE) |
                       flag_when(item->breakdown, ITEM_BREAKDOWN) | flag_when(item->faces, ITEM_FACES) |
                       flag_when(item->own, ITEM_OWN) | flag_when(item->has_cut, ITEM_CUT) |
                       flag_when(item->measure[0], ITEM_MEASURE)));
    if (item->has_cut) {
        bytes_put_u8(out, item->cut);
    }
    if (item->measure[0]) {
        bytes_put_text(out, item->measure);
    }
}

static void put_item(struct bytes_buffer *out, const struct questionnaire_item *item) {
    bytes_put_text(out, item->name);
    bytes_put_u8(out, (uint8_t)item->kind);
    questionnaire_inside_put_text(out, &item->label);
    questionnaire_inside_put_text(out, &item->hint);
    bytes_put_u16(out, item->list);
    bytes_put_u16(out, item->section);
    bytes_put_u16(out, item->scale);
    put_marks(out, item);
    bytes_put_u16(out, item->step_count);
    for (uint16_t i = 0; i < item->step_count; i++) {
        bytes_put_u8(out, (uint8_t)item->step[i].kind);
        bytes_put_u16(out, item->step[i].item);
        bytes_put_u16(out, item->step[i].option);
    }
}

enum fault questionnaire_encode(struct bytes_buffer *out, const struct questionnaire *questionnaire) {
    bytes_put(out, MAGIC, sizeof MAGIC);
    bytes_put_u16(out, VERSION);
    bytes_put_text(out, questionnaire->name);
    bytes_put_text(out, questionnaire->version);
    bytes_put_text(out, questionnaire->age_form);
    bytes_put_u8(out, (uint8_t)(flag_when(questionnaire->validated, FLAG_VALIDATED) |
                                questionnaire_appendix_flags(questionnaire)));
    bytes_put_u16(out, questionnaire->language_count);
    for (uint16_t i = 0; i < questionnaire->language_count; i++) {
        bytes_put_text(out, questionnaire->language[i].code);
        bytes_put_text(out, questionnaire->language[i].name);
    }
    questionnaire_inside_put_text(out, &questionnaire->title);
    questionnaire_inside_put_text(out, &questionnaire->provenance);
    bytes_put_u16(out, questionnaire->list_count);
    for (uint16_t i = 0; i < questionnaire->list_count; i++) {
        put_list(out, &questionnaire->list[i]);
    }
    bytes_put_u16(out, questionnaire->scale_count);
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        put_scale(out, &questionnaire->scale[i]);
    }
    bytes_put_u16(out, questionnaire->section_count);
    for (uint16_t i = 0; i < questionnaire->section_count; i++) {
        questionnaire_inside_put_text(out, &questionnaire->section[i].label);
        bytes_put_u16(out, questionnaire->section[i].parent);
    }
    bytes_put_u16(out, questionnaire->item_count);
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        put_item(out, &questionnaire->item[i]);
    }
    questionnaire_appendix_put(out, questionnaire);
    return out->fault;
}

/* A byte whose values are 0..largest: a flag set or an enumeration. */
uint8_t questionnaire_inside_take_choice(struct bytes_reader *in, uint8_t largest) {
    uint8_t value = bytes_take_u8(in);
    if (value > largest) {
        bytes_fail(in, FAULT_LIMIT);
    }
    return in->fault ? 0 : value;
}

void questionnaire_inside_take_text(struct bytes_reader *in, struct questionnaire_text *text) {
    char line[QUESTIONNAIRE_TEXT_SIZE];
    uint16_t present = bytes_take_u16(in);
    if (present >> QUESTIONNAIRE_LANGUAGES) {
        bytes_fail(in, FAULT_LIMIT);
    }
    for (size_t i = 0; i < QUESTIONNAIRE_LANGUAGES && !in->fault; i++) {
        if (!(present >> i & 1u)) {
            continue;
        }
        bytes_take_text(in, line, sizeof line);
        size_t size = strlen(line) + 1;
        text->in[i] = in->fault ? NULL : malloc(size);
        if (text->in[i]) {
            memcpy(text->in[i], line, size);
        } else {
            bytes_fail(in, FAULT_MEMORY);
        }
    }
}

static enum questionnaire_option_kind kind_of(const char *name) {
    if (strcmp(name, QUESTIONNAIRE_DONT_KNOW) == 0) {
        return QUESTIONNAIRE_OPTION_DONT_KNOW;
    }
    return strcmp(name, QUESTIONNAIRE_RATHER_NOT) == 0 ? QUESTIONNAIRE_OPTION_RATHER_NOT
                                                       : QUESTIONNAIRE_OPTION_ANSWER;
}

static void take_list(struct bytes_reader *in, struct questionnaire_list *list) {
    bytes_take_text(in, list->name, sizeof list->name);
    list->option_count = bytes_take_count(in, QUESTIONNAIRE_OPTIONS);
    for (uint16_t i = 0; i < list->option_count && !in->fault; i++) {
        struct questionnaire_option *option = &list->option[i];
        bytes_take_text(in, option->name, sizeof option->name);
        questionnaire_inside_take_text(in, &option->label);
        option->coarse = bytes_take_u16(in);
        option->score = bytes_take_u8(in);
        uint8_t flags = questionnaire_inside_take_choice(in, OPTION_SCORED | OPTION_EXCLUSIVE);
        option->has_score = flags & OPTION_SCORED;
        option->exclusive = flags & OPTION_EXCLUSIVE;
        option->kind = kind_of(option->name);
    }
}

static void take_scale(struct bytes_reader *in, struct questionnaire_scale *scale) {
    bytes_take_text(in, scale->name, sizeof scale->name);
    questionnaire_inside_take_text(in, &scale->label);
    scale->subject =
        (enum questionnaire_subject)questionnaire_inside_take_choice(in, QUESTIONNAIRE_SUBJECT_WELLBEING);
    uint8_t flags = questionnaire_inside_take_choice(in, SCALE_HIGH_IS_GOOD | SCALE_FORMATIVE);
    scale->high_is_good = flags & SCALE_HIGH_IS_GOOD;
    scale->formative = flags & SCALE_FORMATIVE;
}

static void take_marks(struct bytes_reader *in, struct questionnaire_item *item) {
    uint8_t flags = questionnaire_inside_take_choice(in, ITEM_FLAGS);
    item->reverse = flags & ITEM_REVERSE;
    item->sensitive = flags & ITEM_SENSITIVE;
    item->breakdown = flags & ITEM_BREAKDOWN;
    item->faces = flags & ITEM_FACES;
    item->own = flags & ITEM_OWN;
    item->has_cut = flags & ITEM_CUT;
    if (item->has_cut) {
        item->cut = questionnaire_inside_take_choice(in, QUESTIONNAIRE_SCORE_LIMIT);
    }
    if (flags & ITEM_MEASURE) {
        bytes_take_text(in, item->measure, sizeof item->measure);
    }
}

static void take_item(struct bytes_reader *in, struct questionnaire_item *item) {
    bytes_take_text(in, item->name, sizeof item->name);
    item->kind = (enum questionnaire_kind)questionnaire_inside_take_choice(in, QUESTIONNAIRE_SELECT_MULTIPLE);
    questionnaire_inside_take_text(in, &item->label);
    questionnaire_inside_take_text(in, &item->hint);
    item->list = bytes_take_u16(in);
    item->section = bytes_take_u16(in);
    item->scale = bytes_take_u16(in);
    take_marks(in, item);
    item->step_count = bytes_take_count(in, QUESTIONNAIRE_STEPS);
    for (uint16_t i = 0; i < item->step_count; i++) {
        uint8_t kind = questionnaire_inside_take_choice(in, QUESTIONNAIRE_NOT);
        uint16_t asked = bytes_take_u16(in);
        uint16_t option = bytes_take_u16(in);
        item->step[i] = (struct questionnaire_step){(enum questionnaire_operator)kind, asked, option};
    }
}

static uint8_t take_head(struct bytes_reader *in, struct questionnaire *questionnaire) {
    bytes_take_text(in, questionnaire->name, sizeof questionnaire->name);
    bytes_take_text(in, questionnaire->version, sizeof questionnaire->version);
    bytes_take_text(in, questionnaire->age_form, sizeof questionnaire->age_form);
    uint8_t flags = questionnaire_inside_take_choice(in, FLAG_VALIDATED | QUESTIONNAIRE_APPENDIX_FLAGS);
    questionnaire->validated = flags & FLAG_VALIDATED;
    questionnaire->language_count = bytes_take_count(in, QUESTIONNAIRE_LANGUAGES);
    for (uint16_t i = 0; i < questionnaire->language_count; i++) {
        bytes_take_text(in, questionnaire->language[i].code, sizeof questionnaire->language[i].code);
        bytes_take_text(in, questionnaire->language[i].name, sizeof questionnaire->language[i].name);
    }
    questionnaire_inside_take_text(in, &questionnaire->title);
    questionnaire_inside_take_text(in, &questionnaire->provenance);
    return flags;
}

static void take_body(struct bytes_reader *in, struct questionnaire *questionnaire) {
    questionnaire->list_count = bytes_take_count(in, QUESTIONNAIRE_LISTS);
    for (uint16_t i = 0; i < questionnaire->list_count && !in->fault; i++) {
        take_list(in, &questionnaire->list[i]);
    }
    questionnaire->scale_count = bytes_take_count(in, QUESTIONNAIRE_SCALES);
    for (uint16_t i = 0; i < questionnaire->scale_count && !in->fault; i++) {
        take_scale(in, &questionnaire->scale[i]);
    }
    questionnaire->section_count = bytes_take_count(in, QUESTIONNAIRE_SECTIONS);
    for (uint16_t i = 0; i < questionnaire->section_count && !in->fault; i++) {
        questionnaire_inside_take_text(in, &questionnaire->section[i].label);
        questionnaire->section[i].parent = bytes_take_u16(in);
    }
    questionnaire->item_count = bytes_take_count(in, QUESTIONNAIRE_ITEMS);
    for (uint16_t i = 0; i < questionnaire->item_count && !in->fault; i++) {
        take_item(in, &questionnaire->item[i]);
    }
}

static enum fault take_beginning(struct bytes_reader *in) {
    uint8_t magic[sizeof MAGIC];
    if (in->size > QUESTIONNAIRE_BYTES_LIMIT) {
        return FAULT_FILE_TOO_LARGE;
    }
    bytes_take(in, magic, sizeof magic);
    if (in->fault || memcmp(magic, MAGIC, sizeof magic) != 0) {
        return FAULT_MAGIC;
    }
    uint16_t version = bytes_take_u16(in);
    return in->fault ? in->fault : version == VERSION ? FAULT_NONE : FAULT_VERSION;
}

/* Two spellings of one questionnaire would have two digests; this catches whatever rule the reader forgot. */
static enum fault compare_again(const struct questionnaire *questionnaire, struct bytes content) {
    struct bytes_buffer again = {0};
    enum fault fault = questionnaire_encode(&again, questionnaire);
    if (!fault && (again.size != content.size || memcmp(again.data, content.data, content.size) != 0)) {
        fault = FAULT_NOT_CANONICAL;
    }
    bytes_buffer_release(&again);
    return fault;
}

enum fault questionnaire_decode(struct questionnaire **out, struct bytes content) {
    struct bytes_reader in = bytes_reader_of(content);
    struct questionnaire *questionnaire = NULL;
    *out = NULL;
    enum fault fault = take_beginning(&in);
    if (fault) {
        goto done;
    }
    questionnaire = questionnaire_new();
    if (!questionnaire) {
        fault = FAULT_MEMORY;
        goto done;
    }
    uint8_t flags = take_head(&in, questionnaire);
    take_body(&in, questionnaire);
    questionnaire_appendix_take(&in, questionnaire, flags);
    fault = bytes_finish(&in);
    fault = fault ? fault : questionnaire_check(questionnaire);
    fault = fault ? fault : compare_again(questionnaire, content);
    if (!fault) {
        *out = questionnaire;
        questionnaire = NULL;
    }
done:
    questionnaire_free(questionnaire);
    return fault;
}
