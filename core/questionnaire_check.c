/* SPDX-License-Identifier: Apache-2.0 */
/* The invariants of every questionnaire in hand; the order is that of docs/format.md, "Questionnaire". */
#include <string.h>

#include "questionnaire.h"
#include "questionnaire_inside.h"

/* `capacity` when there is no final zero. */
static size_t length_in(const char *text, size_t capacity) {
    const char *end = memchr(text, '\0', capacity);
    return end ? (size_t)(end - text) : capacity;
}

static bool is_name(const char *name) {
    size_t size = length_in(name, QUESTIONNAIRE_NAME_SIZE);
    if (size == 0 || size == QUESTIONNAIRE_NAME_SIZE || (name[0] >= '0' && name[0] <= '9')) {
        return false;
    }
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == size;
}

static enum fault check_name(const char *name) {
    return is_name(name) ? FAULT_NONE : FAULT_TEXT;
}

enum fault questionnaire_inside_check_plain(const char *text, size_t capacity, size_t least, bool lines) {
    size_t size = length_in(text, capacity);
    if (size < least || size == capacity) {
        return FAULT_LIMIT;
    }
    return bytes_are_plain_text(text, size, lines) ? FAULT_NONE : FAULT_TEXT;
}

/* A translation is there or missing, never empty: otherwise one questionnaire would have two forms. */
enum fault questionnaire_inside_check_text(const struct questionnaire *questionnaire,
                                           const struct questionnaire_text *text, bool required) {
    bool any = false;
    for (uint16_t i = 0; i < QUESTIONNAIRE_LANGUAGES; i++) {
        if (!text->in[i]) {
            continue;
        }
        enum fault fault = questionnaire_inside_check_plain(text->in[i], QUESTIONNAIRE_TEXT_SIZE, 1, true);
        if (fault || i >= questionnaire->language_count) {
            return fault ? fault : FAULT_LIMIT;
        }
        any = true;
    }
    return (any || required) && !text->in[0] ? FAULT_QUESTIONNAIRE : FAULT_NONE;
}

static enum fault check_counts(const struct questionnaire *questionnaire) {
    bool inside = questionnaire->language_count >= 1 &&
                  questionnaire->language_count <= QUESTIONNAIRE_LANGUAGES &&
                  questionnaire->list_count <= QUESTIONNAIRE_LISTS &&
                  questionnaire->scale_count <= QUESTIONNAIRE_SCALES &&
                  questionnaire->section_count <= QUESTIONNAIRE_SECTIONS && questionnaire->item_count >= 1 &&
                  questionnaire->item_count <= QUESTIONNAIRE_ITEMS &&
                  questionnaire->recording_count <= QUESTIONNAIRE_RECORDINGS &&
                  questionnaire->reference_count <= QUESTIONNAIRE_REFERENCES &&
                  questionnaire->conversion_count <= QUESTIONNAIRE_SCALES;
    for (uint16_t i = 0; inside && i < questionnaire->list_count; i++) {
        uint16_t count = questionnaire->list[i].option_count;
        inside = count >= 1 && count <= QUESTIONNAIRE_OPTIONS;
    }
    for (uint16_t i = 0; inside && i < questionnaire->item_count; i++) {
        inside = questionnaire->item[i].step_count <= QUESTIONNAIRE_STEPS;
    }
    return inside ? FAULT_NONE : FAULT_LIMIT;
}

static enum fault check_language(const struct questionnaire *questionnaire, uint16_t at) {
    const struct questionnaire_language *language = &questionnaire->language[at];
    size_t size = length_in(language->code, sizeof language->code);
    if (size < 2 || size == sizeof language->code ||
        strspn(language->code, "abcdefghijklmnopqrstuvwxyz") != size) {
        return FAULT_TEXT;
    }
    enum fault fault = questionnaire_inside_check_plain(language->name, sizeof language->name, 1, false);
    if (fault) {
        return fault;
    }
    return questionnaire_find_language(questionnaire, language->code) == at ? FAULT_NONE
                                                                            : FAULT_QUESTIONNAIRE;
}

static enum fault check_head(const struct questionnaire *questionnaire) {
    enum fault fault = check_name(questionnaire->name);
    fault = fault ? fault
                  : questionnaire_inside_check_plain(questionnaire->version, sizeof questionnaire->version, 1,
                                                     false);
    fault = fault ? fault
                  : questionnaire_inside_check_plain(questionnaire->age_form, sizeof questionnaire->age_form,
                                                     0, false);
    for (uint16_t i = 0; !fault && i < questionnaire->language_count; i++) {
        fault = check_language(questionnaire, i);
    }
    fault = fault ? fault : questionnaire_inside_check_text(questionnaire, &questionnaire->title, true);
    return fault ? fault : questionnaire_inside_check_text(questionnaire, &questionnaire->provenance, true);
}

static enum fault check_option(const struct questionnaire *questionnaire,
                               const struct questionnaire_option *option) {
    enum fault fault = check_name(option->name);
    fault = fault ? fault : questionnaire_inside_check_text(questionnaire, &option->label, true);
    if (fault) {
        return fault;
    }
    if (option->has_score ? option->score > QUESTIONNAIRE_SCORE_LIMIT : option->score != 0) {
        return FAULT_LIMIT;
    }
    bool dont_know = strcmp(option->name, QUESTIONNAIRE_DONT_KNOW) == 0;
    bool rather_not = strcmp(option->name, QUESTIONNAIRE_RATHER_NOT) == 0;
    enum questionnaire_option_kind kind = dont_know    ? QUESTIONNAIRE_OPTION_DONT_KNOW
                                          : rather_not ? QUESTIONNAIRE_OPTION_RATHER_NOT
                                                       : QUESTIONNAIRE_OPTION_ANSWER;
    bool missing = kind != QUESTIONNAIRE_OPTION_ANSWER;
    bool well = option->kind == kind && missing == (option->coarse == QUESTIONNAIRE_NONE) &&
                !(missing && (option->has_score || !option->exclusive));
    return well ? FAULT_NONE : FAULT_QUESTIONNAIRE;
}

/*
 * Coarse groups are numbered by first use, so that no group is empty and no other numbering means the same.
 */
static enum fault check_coarse(struct questionnaire_list *list) {
    list->coarse_count = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        uint16_t coarse = list->option[i].coarse;
        if (coarse == QUESTIONNAIRE_NONE) {
            continue;
        }
        if (coarse > list->coarse_count) {
            return FAULT_QUESTIONNAIRE;
        }
        list->coarse_count = (uint16_t)(list->coarse_count + (coarse == list->coarse_count));
    }
    return list->coarse_count ? FAULT_NONE : FAULT_QUESTIONNAIRE;
}

static enum fault check_list(struct questionnaire *questionnaire, uint16_t at) {
    struct questionnaire_list *list = &questionnaire->list[at];
    enum fault fault = check_name(list->name);
    for (uint16_t i = 0; !fault && i < list->option_count; i++) {
        fault = check_option(questionnaire, &list->option[i]);
        if (!fault && questionnaire_find_option(list, list->option[i].name) != i) {
            fault = FAULT_QUESTIONNAIRE;
        }
    }
    for (uint16_t i = 0; !fault && i < at; i++) {
        fault = strcmp(questionnaire->list[i].name, list->name) == 0 ? FAULT_QUESTIONNAIRE : FAULT_NONE;
    }
    return fault ? fault : check_coarse(list);
}

static enum fault check_scale(struct questionnaire *questionnaire, uint16_t at) {
    struct questionnaire_scale *scale = &questionnaire->scale[at];
    enum fault fault = check_name(scale->name);
    fault = fault ? fault : questionnaire_inside_check_text(questionnaire, &scale->label, true);
    if (!fault && (unsigned)scale->subject > QUESTIONNAIRE_SUBJECT_WELLBEING) {
        fault = FAULT_LIMIT;
    }
    for (uint16_t i = 0; !fault && i < at; i++) {
        fault = strcmp(questionnaire->scale[i].name, scale->name) == 0 ? FAULT_QUESTIONNAIRE : FAULT_NONE;
    }
    scale->item_count = 0;
    scale->score_min = 0;
    scale->score_max = 0;
    return fault;
}

static enum fault check_section(const struct questionnaire *questionnaire, uint16_t at) {
    const struct questionnaire_section *section = &questionnaire->section[at];
    enum fault fault = questionnaire_inside_check_text(questionnaire, &section->label, false);
    if (fault) {
        return fault;
    }
    return section->parent == QUESTIONNAIRE_NONE || section->parent < at ? FAULT_NONE : FAULT_QUESTIONNAIRE;
}

static bool compares(const struct questionnaire_step *step) {
    return step->kind == QUESTIONNAIRE_EQUALS || step->kind == QUESTIONNAIRE_NOT_EQUALS ||
           step->kind == QUESTIONNAIRE_SELECTED;
}

/* A comparison must name an earlier select item and one of its options; the others carry zeros. */
static bool step_is_sound(const struct questionnaire *questionnaire, const struct questionnaire_step *step,
                          uint16_t item) {
    if (!compares(step)) {
        return (unsigned)step->kind <= QUESTIONNAIRE_NOT && step->item == 0 && step->option == 0;
    }
    const struct questionnaire_list *list =
        step->item < item ? questionnaire_list_of(questionnaire, step->item) : NULL;
    if (!list || step->option >= list->option_count) {
        return false;
    }
    return step->kind == QUESTIONNAIRE_SELECTED ||
           questionnaire->item[step->item].kind == QUESTIONNAIRE_SELECT_ONE;
}

static enum fault check_condition(const struct questionnaire *questionnaire, uint16_t at) {
    const struct questionnaire_item *item = &questionnaire->item[at];
    unsigned depth = 0;
    for (uint16_t i = 0; i < item->step_count; i++) {
        const struct questionnaire_step *step = &item->step[i];
        unsigned needs = compares(step) ? 0 : step->kind == QUESTIONNAIRE_NOT ? 1 : 2;
        if (!step_is_sound(questionnaire, step, at) || depth < needs) {
            return FAULT_EXPRESSION;
        }
        depth = depth - needs + 1;
    }
    return item->step_count == 0 || depth == 1 ? FAULT_NONE : FAULT_EXPRESSION;
}

static bool references_are_sound(const struct questionnaire *questionnaire,
                                 const struct questionnaire_item *item) {
    bool note = item->kind == QUESTIONNAIRE_NOTE;
    bool list = note ? item->list == QUESTIONNAIRE_NONE : item->list < questionnaire->list_count;
    bool section = item->section == QUESTIONNAIRE_NONE || item->section < questionnaire->section_count;
    bool scale = item->scale == QUESTIONNAIRE_NONE || item->scale < questionnaire->scale_count;
    return list && section && scale;
}

/* Lowest and highest score of the list's answers; false when one has none or all have the same. */
static bool score_range(uint8_t *least, uint8_t *most, const struct questionnaire_list *list) {
    *least = UINT8_MAX;
    *most = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        const struct questionnaire_option *option = &list->option[i];
        if (option->kind != QUESTIONNAIRE_OPTION_ANSWER) {
            continue;
        }
        if (!option->has_score) {
            return false;
        }
        *least = option->score < *least ? option->score : *least;
        *most = option->score > *most ? option->score : *most;
    }
    return *least < *most;
}

static bool cut_is_sound(const struct questionnaire *questionnaire, const struct questionnaire_item *item) {
    uint8_t least, most;
    if (!item->has_cut) {
        return item->cut == 0;
    }
    return item->kind == QUESTIONNAIRE_SELECT_ONE && !item->reverse &&
           score_range(&least, &most, &questionnaire->list[item->list]) && item->cut > least &&
           item->cut <= most;
}

static bool faces_are_sound(const struct questionnaire *questionnaire,
                            const struct questionnaire_item *item) {
    return !item->faces || (item->scale != QUESTIONNAIRE_NONE &&
                            questionnaire->scale[item->scale].subject != QUESTIONNAIRE_SUBJECT_INCIDENTS);
}

static bool is_local_well(const struct questionnaire_item *item) {
    bool measure = item->measure[0];
    bool outside = item->kind != QUESTIONNAIRE_NOTE && item->scale == QUESTIONNAIRE_NONE && !item->breakdown;
    return outside && !(measure && item->own) && (!measure || item->kind == QUESTIONNAIRE_SELECT_ONE);
}

/* The core comes first and whole, so that a copy with other questions behind it is the same core. */
static enum fault check_local(const struct questionnaire *questionnaire) {
    unsigned own = 0;
    bool behind = false;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        const struct questionnaire_item *item = &questionnaire->item[i];
        bool local = questionnaire_is_local(item);
        if (local ? !is_local_well(item) : behind && item->kind != QUESTIONNAIRE_NOTE) {
            return FAULT_QUESTIONNAIRE;
        }
        behind = behind || local;
        own += item->own;
        for (uint16_t j = 0; j < i && item->measure[0]; j++) {
            if (strcmp(questionnaire->item[j].measure, item->measure) == 0) {
                return FAULT_QUESTIONNAIRE;
            }
        }
    }
    return own <= QUESTIONNAIRE_OWN_ITEMS ? FAULT_NONE : FAULT_QUESTIONNAIRE;
}

static bool marks_are_sound(const struct questionnaire_item *item) {
    bool scaled = item->scale != QUESTIONNAIRE_NONE;
    bool plain = item->kind == QUESTIONNAIRE_SELECT_ONE && item->step_count == 0;
    if (item->kind == QUESTIONNAIRE_NOTE && item->sensitive) {
        return false;
    }
    return (!scaled || plain) && (!item->breakdown || (plain && !scaled)) && (!item->reverse || scaled);
}

static enum fault check_item(const struct questionnaire *questionnaire, uint16_t at) {
    const struct questionnaire_item *item = &questionnaire->item[at];
    enum fault fault = check_name(item->name);
    fault = fault ? fault : questionnaire_inside_check_text(questionnaire, &item->label, true);
    fault = fault ? fault : questionnaire_inside_check_text(questionnaire, &item->hint, false);
    fault = fault || !item->measure[0] ? fault : check_name(item->measure);
    if (!fault && (unsigned)item->kind > QUESTIONNAIRE_SELECT_MULTIPLE) {
        fault = FAULT_LIMIT;
    }
    if (!fault && (questionnaire_find_item(questionnaire, item->name) != at ||
                   !references_are_sound(questionnaire, item) || !marks_are_sound(item) ||
                   !faces_are_sound(questionnaire, item) || !cut_is_sound(questionnaire, item))) {
        fault = FAULT_QUESTIONNAIRE;
    }
    return fault ? fault : check_condition(questionnaire, at);
}

static enum fault derive_scales(struct questionnaire *questionnaire) {
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        const struct questionnaire_item *item = &questionnaire->item[i];
        if (item->scale == QUESTIONNAIRE_NONE) {
            continue;
        }
        struct questionnaire_scale *scale = &questionnaire->scale[item->scale];
        uint8_t least, most;
        if (!score_range(&least, &most, &questionnaire->list[item->list]) ||
            (scale->item_count && (scale->score_min != least || scale->score_max != most))) {
            return FAULT_QUESTIONNAIRE;
        }
        scale->score_min = least;
        scale->score_max = most;
        scale->item_count++;
    }
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        if (questionnaire->scale[i].item_count < 2) {
            return FAULT_QUESTIONNAIRE;
        }
    }
    return FAULT_NONE;
}

static bool asks_anything(const struct questionnaire *questionnaire) {
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].kind != QUESTIONNAIRE_NOTE) {
            return true;
        }
    }
    return false;
}

/* What cannot be read back must not come into being. */
static enum fault check_size(const struct questionnaire *questionnaire) {
    struct bytes_buffer content = {0};
    enum fault fault = questionnaire_encode(&content, questionnaire);
    if (!fault && content.size > QUESTIONNAIRE_BYTES_LIMIT) {
        fault = FAULT_LIMIT;
    }
    bytes_buffer_release(&content);
    return fault;
}

enum fault questionnaire_check(struct questionnaire *questionnaire) {
    enum fault fault = check_counts(questionnaire);
    fault = fault ? fault : check_head(questionnaire);
    for (uint16_t i = 0; !fault && i < questionnaire->list_count; i++) {
        fault = check_list(questionnaire, i);
    }
    for (uint16_t i = 0; !fault && i < questionnaire->scale_count; i++) {
        fault = check_scale(questionnaire, i);
    }
    for (uint16_t i = 0; !fault && i < questionnaire->section_count; i++) {
        fault = check_section(questionnaire, i);
    }
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        fault = check_item(questionnaire, i);
    }
    if (!fault && !asks_anything(questionnaire)) {
        fault = FAULT_QUESTIONNAIRE;
    }
    fault = fault ? fault : check_local(questionnaire);
    fault = fault ? fault : derive_scales(questionnaire);
    fault = fault ? fault : questionnaire_appendix_check(questionnaire);
    return fault ? fault : check_size(questionnaire);
}
