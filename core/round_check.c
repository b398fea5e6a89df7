/* SPDX-License-Identifier: Apache-2.0 */
/* What every round in hand obeys; the order is that of docs/format.md, "Round", steps 6 and 7. */
#include <stdlib.h>
#include <string.h>

#include "key.h"
#include "round.h"

enum { PIN_MEMORY_LIMIT = 1 << 20, PIN_PASSES_LIMIT = 16 };

static enum fault limit_unless(bool inside) {
    return inside ? FAULT_NONE : FAULT_LIMIT;
}

static enum fault check_texts(const struct round *round) {
    enum fault fault = bytes_check_text(round->school, sizeof round->school, 1, false);
    return fault ? fault : bytes_check_text(round->site, sizeof round->site, 0, false);
}

static enum fault check_dates(const struct round *round) {
    bool right = round->school_year >= 2000 && round->school_year <= 2199 &&
                 round_date_is_valid(round->first_day) && round_date_is_valid(round->last_day) &&
                 round_date_is_valid(round->retention_day) && round->first_day <= round->last_day &&
                 round->last_day < round->retention_day;
    return right ? FAULT_NONE : FAULT_ROUND_DATES;
}

static enum fault check_choices(const struct round *round) {
    return limit_unless(round->mode >= ROUND_TWO_MACHINES && round->mode <= ROUND_SOLO &&
                        round->k_unit >= ROUND_K_UNIT_LOWEST && round->k_cell >= ROUND_K_CELL_LOWEST &&
                        round->k_cell <= round->k_unit && round->choices <= ROUND_INCIDENTS_IN_CLASS);
}

static uint16_t language_index(const struct round *round, const char *code, size_t capacity) {
    return memchr(code, '\0', capacity) ? questionnaire_find_language(round->questionnaire, code)
                                        : QUESTIONNAIRE_NONE;
}

static enum fault check_languages(const struct round *round) {
    bool inside = round->language_count >= 1 && round->language_count <= QUESTIONNAIRE_LANGUAGES &&
                  round->help_count <= ROUND_HELP_LINES;
    int before = -1;
    for (uint16_t i = 0; inside && i < round->language_count; i++) {
        uint16_t at = language_index(round, round->language[i], sizeof round->language[i]);
        inside = at != QUESTIONNAIRE_NONE && at > before;
        before = at;
    }
    enum fault fault = limit_unless(inside);
    for (uint16_t i = 0; !fault && i < round->help_count; i++) {
        const struct round_help *help = &round->help[i];
        fault =
            limit_unless(language_index(round, help->language, sizeof help->language) != QUESTIONNAIRE_NONE);
        fault = fault ? fault : bytes_check_text(help->line, sizeof help->line, 1, false);
    }
    return fault;
}

/* The number at *text, moving it past its digits; above every limit when there is none. */
static uint32_t take_number(const char **text) {
    uint32_t value = 0;
    const char *start = *text;
    while (**text >= '0' && **text <= '9' && *text - start < 9) {
        value = value * 10 + (uint32_t)(**text - '0');
        (*text)++;
    }
    return *text == start ? UINT32_MAX : value;
}

static bool take_literal(const char **text, const char *literal) {
    size_t size = strlen(literal);
    bool there = strncmp(*text, literal, size) == 0;
    *text += there ? size : 0;
    return there;
}

/* libsodium judges the salt and hash; the cost is bounded here, before anybody runs it. */
static bool is_pin_hash(const char *text) {
    const char *at = text;
    return take_literal(&at, "$argon2id$v=19$m=") && take_number(&at) <= PIN_MEMORY_LIMIT &&
           take_literal(&at, ",t=") && take_number(&at) <= PIN_PASSES_LIMIT && take_literal(&at, ",p=1$") &&
           crypto_pwhash_str_needs_rehash(text, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                          crypto_pwhash_MEMLIMIT_INTERACTIVE) >= 0;
}

static enum fault check_pins(const struct round *round) {
    bool inside = round->pin_count >= 1 && round->pin_count <= ROUND_PINS;
    for (uint16_t i = 0; inside && i < round->pin_count; i++) {
        inside = memchr(round->pin_hash[i], '\0', ROUND_PIN_HASH_SIZE) && is_pin_hash(round->pin_hash[i]);
    }
    return limit_unless(inside);
}

static enum fault check_holders(const struct round *round) {
    enum fault fault = FAULT_NONE;
    const struct round_holder *holder = round->holder;
    for (int i = 0; !fault && i < 2; i++) {
        fault = bytes_check_text(holder[i].name, sizeof holder[i].name, 1, false);
        fault = fault ? fault : key_check_sign(holder[i].sign_key);
        fault = fault ? fault : key_check_box(holder[i].box_key);
    }
    if (!fault && (memcmp(holder[0].sign_key, holder[1].sign_key, sizeof holder[0].sign_key) == 0 ||
                   memcmp(holder[0].box_key, holder[1].box_key, sizeof holder[0].box_key) == 0)) {
        fault = FAULT_KEY_SAME;
    }
    if (!fault && strcmp(holder[0].name, holder[1].name) == 0) {
        fault = FAULT_NAME_TWICE;
    }
    return fault;
}

static int compare_labels(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* `first` is the label of the first of `count` elements that are `stride` bytes apart. */
static enum fault check_unique(const char *first, size_t stride, uint16_t count) {
    const char *label[ROUND_CLASSES > ROUND_KIOSKS ? ROUND_CLASSES : ROUND_KIOSKS];
    for (uint16_t i = 0; i < count; i++) {
        label[i] = first + i * stride;
    }
    qsort(label, count, sizeof label[0], compare_labels);
    for (uint16_t i = 1; i < count; i++) {
        if (strcmp(label[i - 1], label[i]) == 0) {
            return FAULT_NAME_TWICE;
        }
    }
    return FAULT_NONE;
}

static enum fault check_kiosks(const struct round *round) {
    enum fault fault =
        limit_unless(round->kiosk_count >= 1 && round->kiosk_count <= ROUND_KIOSKS && round->kiosk);
    for (uint16_t i = 0; !fault && i < round->kiosk_count; i++) {
        const struct round_kiosk *kiosk = &round->kiosk[i];
        fault = bytes_check_text(kiosk->label, sizeof kiosk->label, 1, false);
        fault = fault ? fault : key_check_sign(kiosk->key);
        if (!fault && i && memcmp(round->kiosk[i - 1].key, kiosk->key, sizeof kiosk->key) >= 0) {
            fault = FAULT_NOT_CANONICAL;
        }
    }
    return fault ? fault : check_unique(round->kiosk[0].label, sizeof round->kiosk[0], round->kiosk_count);
}

static enum fault check_class(const struct round_class *item) {
    enum fault fault = limit_unless(item->number >= 1);
    fault = fault ? fault : bytes_check_text(item->label, sizeof item->label, 1, false);
    fault = fault ? fault
                  : limit_unless(item->years != 0 && item->heads <= ROUND_HEADS &&
                                 item->not_asked <= item->heads);
    fault = fault ? fault : bytes_check_text(item->reason, sizeof item->reason, 0, false);
    return fault ? fault : limit_unless((item->not_asked == 0) == (item->reason[0] == '\0'));
}

static enum fault check_classes(const struct round *round) {
    enum fault fault =
        limit_unless(round->class_count >= 1 && round->class_count <= ROUND_CLASSES && round->class_list);
    for (uint16_t i = 0; !fault && i < round->class_count; i++) {
        fault = check_class(&round->class_list[i]);
        if (!fault && i && round->class_list[i - 1].number >= round->class_list[i].number) {
            fault = FAULT_NOT_CANONICAL;
        }
    }
    fault = fault ? fault
                  : check_unique(round->class_list[0].label, sizeof round->class_list[0], round->class_count);
    if (!fault && round_asked(round) < round->k_unit) {
        fault = FAULT_ROUND_TOO_SMALL;
    }
    return fault;
}

static enum fault check_instrument(const struct round *round) {
    uint8_t digest[DIGEST_BYTES];
    struct layout layout = {0};
    enum fault fault = questionnaire_digest(digest, round->questionnaire);
    if (!fault && memcmp(digest, round->questionnaire_digest, sizeof digest) != 0) {
        fault = FAULT_DIGEST;
    }
    fault = fault ? fault : layout_derive(&layout, round->questionnaire);
    if (!fault && memcmp(layout.digest, round->layout_digest, sizeof layout.digest) != 0) {
        fault = FAULT_LAYOUT_MISMATCH;
    }
    fault = fault ? fault : layout_fits(&layout, round->questionnaire, round_asked(round));
    layout_release(&layout);
    return fault;
}

enum fault round_check(const struct round *round) {
    static enum fault (*const checks[])(const struct round *) = {
        check_dates,   check_choices, check_languages, check_pins,
        check_holders, check_kiosks,  check_classes,   check_instrument};
    if (!round->questionnaire) {
        return FAULT_MISUSE;
    }
    enum fault fault = check_texts(round);
    fault = fault ? fault
                  : limit_unless(round->school_type >= ROUND_SCHOOL_PO &&
                                 round->school_type <= ROUND_SCHOOL_OTHER);
    for (size_t i = 0; !fault && i < sizeof checks / sizeof checks[0]; i++) {
        fault = checks[i](round);
    }
    return fault;
}
