/* SPDX-License-Identifier: Apache-2.0 */
#include "questionnaire.h"

#include <stdlib.h>
#include <string.h>

#include "secret.h"

static bool allocate(struct questionnaire *questionnaire) {
    questionnaire->list = calloc(QUESTIONNAIRE_LISTS, sizeof *questionnaire->list);
    questionnaire->scale = calloc(QUESTIONNAIRE_SCALES, sizeof *questionnaire->scale);
    questionnaire->section = calloc(QUESTIONNAIRE_SECTIONS, sizeof *questionnaire->section);
    questionnaire->item = calloc(QUESTIONNAIRE_ITEMS, sizeof *questionnaire->item);
    questionnaire->recording = calloc(QUESTIONNAIRE_RECORDINGS, sizeof *questionnaire->recording);
    questionnaire->reference = calloc(QUESTIONNAIRE_REFERENCES, sizeof *questionnaire->reference);
    questionnaire->conversion = calloc(QUESTIONNAIRE_SCALES, sizeof *questionnaire->conversion);
    return questionnaire->list && questionnaire->scale && questionnaire->section && questionnaire->item &&
           questionnaire->recording && questionnaire->reference && questionnaire->conversion;
}

struct questionnaire *questionnaire_new(void) {
    struct questionnaire *questionnaire = calloc(1, sizeof *questionnaire);
    if (questionnaire && !allocate(questionnaire)) {
        questionnaire = questionnaire_free(questionnaire);
    }
    return questionnaire;
}

static void release_text(struct questionnaire_text *text) {
    for (size_t i = 0; i < QUESTIONNAIRE_LANGUAGES; i++) {
        free(text->in[i]);
    }
}

/* Walks the whole room and not the counts: a half-filled one, whose counts are not set yet, is freed too. */
static void release_texts(struct questionnaire *questionnaire) {
    release_text(&questionnaire->title);
    release_text(&questionnaire->provenance);
    for (size_t i = 0; questionnaire->list && i < QUESTIONNAIRE_LISTS; i++) {
        for (size_t j = 0; j < QUESTIONNAIRE_OPTIONS; j++) {
            release_text(&questionnaire->list[i].option[j].label);
        }
    }
    for (size_t i = 0; questionnaire->scale && i < QUESTIONNAIRE_SCALES; i++) {
        release_text(&questionnaire->scale[i].label);
    }
    for (size_t i = 0; questionnaire->section && i < QUESTIONNAIRE_SECTIONS; i++) {
        release_text(&questionnaire->section[i].label);
    }
    for (size_t i = 0; questionnaire->item && i < QUESTIONNAIRE_ITEMS; i++) {
        release_text(&questionnaire->item[i].label);
        release_text(&questionnaire->item[i].hint);
    }
    for (size_t i = 0; questionnaire->reference && i < QUESTIONNAIRE_REFERENCES; i++) {
        release_text(&questionnaire->reference[i].whom);
    }
}

struct questionnaire *questionnaire_free(struct questionnaire *questionnaire) {
    if (!questionnaire) {
        return NULL;
    }
    release_texts(questionnaire);
    free(questionnaire->list);
    free(questionnaire->scale);
    free(questionnaire->section);
    free(questionnaire->item);
    free(questionnaire->recording);
    free(questionnaire->reference);
    free(questionnaire->conversion);
    free(questionnaire);
    return NULL;
}

enum fault questionnaire_digest(uint8_t out[DIGEST_BYTES], const struct questionnaire *questionnaire) {
    struct bytes_buffer content = {0};
    enum fault fault = questionnaire_encode(&content, questionnaire);
    if (!fault) {
        digest_make(out, DIGEST_QUESTIONNAIRE, bytes_buffer_view(&content));
    }
    bytes_buffer_release(&content);
    return fault;
}

enum fault questionnaire_item_digest(uint8_t out[DIGEST_BYTES], const struct questionnaire *questionnaire,
                                     uint16_t item) {
    const struct questionnaire_item *asked = &questionnaire->item[item];
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    uint16_t count = list ? list->option_count : 0;
    struct bytes_buffer content = {0};
    bytes_put_text(&content, asked->name);
    bytes_put_u8(&content, (uint8_t)asked->kind);
    bytes_put_text(&content, questionnaire_text_in(&asked->label, 0, NULL));
    bytes_put_u16(&content, count);
    for (uint16_t i = 0; i < count; i++) {
        bytes_put_text(&content, list->option[i].name);
        bytes_put_text(&content, questionnaire_text_in(&list->option[i].label, 0, NULL));
    }
    enum fault fault = content.fault;
    if (!fault) {
        digest_make(out, DIGEST_ITEM, bytes_buffer_view(&content));
    }
    bytes_buffer_release(&content);
    return fault;
}

/* What one item brings to its scale. */
static enum fault put_scale_item(struct bytes_buffer *out, const struct questionnaire *questionnaire,
                                 uint16_t item) {
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    uint8_t digest[DIGEST_BYTES];
    enum fault fault = questionnaire_item_digest(digest, questionnaire, item);
    if (!fault) {
        bytes_put(out, digest, sizeof digest);
        bytes_put_u8(out, questionnaire->item[item].reverse);
        for (uint16_t i = 0; i < list->option_count; i++) {
            if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER) {
                bytes_put_u8(out, list->option[i].score);
            }
        }
        fault = out->fault;
    }
    return fault;
}

enum fault questionnaire_scale_digest(uint8_t out[DIGEST_BYTES], const struct questionnaire *questionnaire,
                                      uint16_t scale) {
    const struct questionnaire_scale *asked = &questionnaire->scale[scale];
    struct bytes_buffer content = {0};
    bytes_put_u8(&content, asked->score_min);
    bytes_put_u8(&content, asked->score_max);
    bytes_put_u16(&content, asked->item_count);
    enum fault fault = content.fault;
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].scale == scale) {
            fault = put_scale_item(&content, questionnaire, i);
        }
    }
    if (!fault) {
        digest_make(out, DIGEST_SCALE, bytes_buffer_view(&content));
    }
    bytes_buffer_release(&content);
    return fault;
}

enum questionnaire_subject questionnaire_subject_of(const struct questionnaire *questionnaire,
                                                    uint16_t item) {
    uint16_t scale = item < questionnaire->item_count ? questionnaire->item[item].scale : QUESTIONNAIRE_NONE;
    return scale < questionnaire->scale_count ? questionnaire->scale[scale].subject
                                              : QUESTIONNAIRE_SUBJECT_OTHER;
}

bool questionnaire_is_local(const struct questionnaire_item *item) {
    return item->own || item->measure[0];
}

const char *questionnaire_text_in(const struct questionnaire_text *text, uint16_t language, bool *fallback) {
    const char *own = language < QUESTIONNAIRE_LANGUAGES ? text->in[language] : NULL;
    if (fallback) {
        *fallback = !own;
    }
    if (own) {
        return own;
    }
    return text->in[0] ? text->in[0] : "";
}

uint16_t questionnaire_find_item(const struct questionnaire *questionnaire, const char *name) {
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (strcmp(questionnaire->item[i].name, name) == 0) {
            return i;
        }
    }
    return QUESTIONNAIRE_NONE;
}

uint16_t questionnaire_find_option(const struct questionnaire_list *list, const char *name) {
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (strcmp(list->option[i].name, name) == 0) {
            return i;
        }
    }
    return QUESTIONNAIRE_NONE;
}

uint16_t questionnaire_find_language(const struct questionnaire *questionnaire, const char *code) {
    for (uint16_t i = 0; i < questionnaire->language_count; i++) {
        if (strcmp(questionnaire->language[i].code, code) == 0) {
            return i;
        }
    }
    return QUESTIONNAIRE_NONE;
}

bool questionnaire_has_breakdown(const struct questionnaire *questionnaire) {
    bool has = false;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        has = has || questionnaire->item[i].breakdown;
    }
    return has;
}

const struct questionnaire_list *questionnaire_list_of(const struct questionnaire *questionnaire,
                                                       uint16_t item) {
    uint16_t list = item < questionnaire->item_count ? questionnaire->item[item].list : QUESTIONNAIRE_NONE;
    return list < questionnaire->list_count ? &questionnaire->list[list] : NULL;
}

static bool step_holds(const struct questionnaire_step *step, const uint32_t *chosen, const bool *asked) {
    bool is_chosen = asked[step->item] && (chosen[step->item] >> step->option & 1u);
    return step->kind == QUESTIONNAIRE_NOT_EQUALS ? !is_chosen : is_chosen;
}

/* The condition passed questionnaire_check, so that the stack neither overflows nor runs dry. */
static bool condition_holds(const struct questionnaire_item *item, const uint32_t *chosen,
                            const bool *asked) {
    bool value[QUESTIONNAIRE_STEPS] = {false};
    size_t depth = 0;
    for (uint16_t i = 0; i < item->step_count; i++) {
        switch (item->step[i].kind) {
        case QUESTIONNAIRE_EQUALS:
        case QUESTIONNAIRE_NOT_EQUALS:
        case QUESTIONNAIRE_SELECTED: value[depth++] = step_holds(&item->step[i], chosen, asked); break;
        case QUESTIONNAIRE_AND:
            depth--;
            value[depth - 1] = value[depth - 1] && value[depth];
            break;
        case QUESTIONNAIRE_OR:
            depth--;
            value[depth - 1] = value[depth - 1] || value[depth];
            break;
        case QUESTIONNAIRE_NOT: value[depth - 1] = !value[depth - 1]; break;
        }
    }
    bool holds = item->step_count == 0 || value[0];
    secret_wipe(value, sizeof value);
    return holds;
}

bool questionnaire_asks(const struct questionnaire *questionnaire, uint16_t item, const uint32_t *chosen) {
    bool asked[QUESTIONNAIRE_ITEMS] = {false};
    if (item >= questionnaire->item_count) {
        return false;
    }
    /* A condition names earlier items only, so one pass in order settles every item it can depend on. */
    for (uint16_t i = 0; i <= item; i++) {
        asked[i] = condition_holds(&questionnaire->item[i], chosen, asked);
    }
    bool asks = asked[item];
    secret_wipe(asked, sizeof asked);
    return asks;
}
