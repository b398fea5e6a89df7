/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a round: tagged fields and the signature block, in the order of docs/format.md, "Round". */
#include <stdlib.h>
#include <string.h>

#include "round.h"
#include "signature_block.h"

static const uint8_t MAGIC[8] = {'K', 'L', 'B', 'r', 'o', 'n', 'd', '\n'};

enum {
    HEAD_BYTES = 14,      /* magic, version, size of the fields */
    FIELD_HEAD_BYTES = 6, /* tag, size */
    TAG_UNCRITICAL = 0x8000
};

/* What a reader collects besides the round; the questionnaire is read once all fields are there. */
struct reading {
    struct round *round;
    struct bytes questionnaire;
};

static void put_id(struct bytes_buffer *out, const struct round *round) {
    bytes_put(out, round->id, sizeof round->id);
}
static void take_id(struct bytes_reader *in, struct reading *to) {
    bytes_take(in, to->round->id, sizeof to->round->id);
}

static void put_school(struct bytes_buffer *out, const struct round *round) {
    bytes_put_text(out, round->school);
}
static void take_school(struct bytes_reader *in, struct reading *to) {
    bytes_take_text(in, to->round->school, sizeof to->round->school);
}

static void put_site(struct bytes_buffer *out, const struct round *round) {
    bytes_put_text(out, round->site);
}
static void take_site(struct bytes_reader *in, struct reading *to) {
    bytes_take_text(in, to->round->site, sizeof to->round->site);
}

static void put_school_type(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, (uint16_t)round->school_type);
}
static void take_school_type(struct bytes_reader *in, struct reading *to) {
    to->round->school_type = (enum round_school_type)bytes_take_count(in, ROUND_SCHOOL_OTHER);
}

static void put_school_year(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, round->school_year);
}
static void take_school_year(struct bytes_reader *in, struct reading *to) {
    to->round->school_year = bytes_take_u16(in);
}

static void put_period(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u32(out, round->first_day);
    bytes_put_u32(out, round->last_day);
}
static void take_period(struct bytes_reader *in, struct reading *to) {
    to->round->first_day = bytes_take_u32(in);
    to->round->last_day = bytes_take_u32(in);
}

static void put_retention(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u32(out, round->retention_day);
}
static void take_retention(struct bytes_reader *in, struct reading *to) {
    to->round->retention_day = bytes_take_u32(in);
}

static void put_mode(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, (uint16_t)round->mode);
}
static void take_mode(struct bytes_reader *in, struct reading *to) {
    to->round->mode = (enum round_mode)bytes_take_count(in, ROUND_SOLO);
}

static void put_minima(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, round->k_unit);
    bytes_put_u16(out, round->k_cell);
}
static void take_minima(struct bytes_reader *in, struct reading *to) {
    to->round->k_unit = bytes_take_u16(in);
    to->round->k_cell = bytes_take_u16(in);
}

static void put_languages(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, round->language_count);
    for (uint16_t i = 0; i < round->language_count; i++) {
        bytes_put_text(out, round->language[i]);
    }
}
static void take_languages(struct bytes_reader *in, struct reading *to) {
    to->round->language_count = bytes_take_count(in, QUESTIONNAIRE_LANGUAGES);
    for (uint16_t i = 0; i < to->round->language_count; i++) {
        bytes_take_text(in, to->round->language[i], sizeof to->round->language[i]);
    }
}

static void put_help(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, round->help_count);
    for (uint16_t i = 0; i < round->help_count; i++) {
        bytes_put_text(out, round->help[i].language);
        bytes_put_text(out, round->help[i].line);
    }
}
static void take_help(struct bytes_reader *in, struct reading *to) {
    to->round->help_count = bytes_take_count(in, ROUND_HELP_LINES);
    for (uint16_t i = 0; i < to->round->help_count; i++) {
        bytes_take_text(in, to->round->help[i].language, sizeof to->round->help[i].language);
        bytes_take_text(in, to->round->help[i].line, sizeof to->round->help[i].line);
    }
}

static void put_pins(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, round->pin_count);
    for (uint16_t i = 0; i < round->pin_count; i++) {
        bytes_put_text(out, round->pin_hash[i]);
    }
}
static void take_pins(struct bytes_reader *in, struct reading *to) {
    to->round->pin_count = bytes_take_count(in, ROUND_PINS);
    for (uint16_t i = 0; i < to->round->pin_count; i++) {
        bytes_take_text(in, to->round->pin_hash[i], sizeof to->round->pin_hash[i]);
    }
}

static void put_holders(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, 2);
    for (int i = 0; i < 2; i++) {
        bytes_put_text(out, round->holder[i].name);
        bytes_put(out, round->holder[i].sign_key, sizeof round->holder[i].sign_key);
        bytes_put(out, round->holder[i].box_key, sizeof round->holder[i].box_key);
    }
}
static void take_holders(struct bytes_reader *in, struct reading *to) {
    if (bytes_take_count(in, 2) != 2) {
        bytes_fail(in, FAULT_LIMIT);
    }
    for (int i = 0; i < 2; i++) {
        struct round_holder *holder = &to->round->holder[i];
        bytes_take_text(in, holder->name, sizeof holder->name);
        bytes_take(in, holder->sign_key, sizeof holder->sign_key);
        bytes_take(in, holder->box_key, sizeof holder->box_key);
    }
}

static void put_kiosks(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, round->kiosk_count);
    for (uint16_t i = 0; i < round->kiosk_count; i++) {
        bytes_put_text(out, round->kiosk[i].label);
        bytes_put(out, round->kiosk[i].key, sizeof round->kiosk[i].key);
    }
}
static void take_kiosks(struct bytes_reader *in, struct reading *to) {
    uint16_t count = bytes_take_count(in, ROUND_KIOSKS);
    struct round_kiosk *kiosk = count ? calloc(count, sizeof *kiosk) : NULL;
    if (count && !kiosk) {
        bytes_fail(in, FAULT_MEMORY);
    }
    to->round->kiosk = kiosk;
    to->round->kiosk_count = kiosk ? count : 0;
    for (uint16_t i = 0; i < to->round->kiosk_count; i++) {
        bytes_take_text(in, kiosk[i].label, sizeof kiosk[i].label);
        bytes_take(in, kiosk[i].key, sizeof kiosk[i].key);
    }
}

static void put_classes(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, round->class_count);
    for (uint16_t i = 0; i < round->class_count; i++) {
        const struct round_class *item = &round->class_list[i];
        bytes_put_u16(out, item->number);
        bytes_put_text(out, item->label);
        bytes_put_u16(out, item->years);
        bytes_put_u16(out, item->heads);
        bytes_put_u16(out, item->not_asked);
        bytes_put_text(out, item->reason);
    }
}
static void take_classes(struct bytes_reader *in, struct reading *to) {
    uint16_t count = bytes_take_count(in, ROUND_CLASSES);
    struct round_class *list = count ? calloc(count, sizeof *list) : NULL;
    if (count && !list) {
        bytes_fail(in, FAULT_MEMORY);
    }
    to->round->class_list = list;
    to->round->class_count = list ? count : 0;
    for (uint16_t i = 0; i < to->round->class_count; i++) {
        list[i].number = bytes_take_u16(in);
        bytes_take_text(in, list[i].label, sizeof list[i].label);
        list[i].years = bytes_take_u16(in);
        list[i].heads = bytes_take_u16(in);
        list[i].not_asked = bytes_take_u16(in);
        bytes_take_text(in, list[i].reason, sizeof list[i].reason);
    }
}

static void put_questionnaire(struct bytes_buffer *out, const struct round *round) {
    enum fault fault = questionnaire_encode(out, round->questionnaire);
    out->fault = out->fault ? out->fault : fault;
}
static void take_questionnaire(struct bytes_reader *in, struct reading *to) {
    to->questionnaire = bytes_take_view(in, bytes_left(in));
}

static void put_questionnaire_digest(struct bytes_buffer *out, const struct round *round) {
    bytes_put(out, round->questionnaire_digest, sizeof round->questionnaire_digest);
}
static void take_questionnaire_digest(struct bytes_reader *in, struct reading *to) {
    bytes_take(in, to->round->questionnaire_digest, sizeof to->round->questionnaire_digest);
}

static void put_layout_digest(struct bytes_buffer *out, const struct round *round) {
    bytes_put(out, round->layout_digest, sizeof round->layout_digest);
}
static void take_layout_digest(struct bytes_reader *in, struct reading *to) {
    bytes_take(in, to->round->layout_digest, sizeof to->round->layout_digest);
}

/* Not there when nothing was chosen, so that one round has one form. */
static void put_choices(struct bytes_buffer *out, const struct round *round) {
    bytes_put_u16(out, round->choices);
}
static void take_choices(struct bytes_reader *in, struct reading *to) {
    to->round->choices = bytes_take_u16(in);
    if (!in->fault && to->round->choices == 0) {
        bytes_fail(in, FAULT_NOT_CANONICAL);
    }
}

/* Row i is tag i + 1. */
static const struct field {
    void (*put)(struct bytes_buffer *out, const struct round *round);
    void (*take)(struct bytes_reader *in, struct reading *to);
} fields[] = {
    {put_id, take_id},
    {put_school, take_school},
    {put_site, take_site},
    {put_school_type, take_school_type},
    {put_school_year, take_school_year},
    {put_period, take_period},
    {put_retention, take_retention},
    {put_mode, take_mode},
    {put_minima, take_minima},
    {put_languages, take_languages},
    {put_help, take_help},
    {put_pins, take_pins},
    {put_holders, take_holders},
    {put_kiosks, take_kiosks},
    {put_classes, take_classes},
    {put_questionnaire, take_questionnaire},
    {put_questionnaire_digest, take_questionnaire_digest},
    {put_layout_digest, take_layout_digest},
    {put_choices, take_choices},
};
enum { FIELDS = sizeof fields / sizeof fields[0], REQUIRED = FIELDS - 1 };

/* All known fields; the size is filled in once it is known. */
static enum fault put_body(struct bytes_buffer *out, const struct round *round) {
    bytes_put(out, MAGIC, sizeof MAGIC);
    bytes_put_u16(out, ROUND_VERSION);
    bytes_put_u32(out, 0);
    for (uint16_t i = 0; i < (round->choices ? FIELDS : REQUIRED); i++) {
        bytes_put_u16(out, (uint16_t)(i + 1));
        size_t size_at = out->size;
        bytes_put_u32(out, 0);
        fields[i].put(out, round);
        if (!out->fault) {
            bytes_store_u32(out->data + size_at, (uint32_t)(out->size - size_at - 4));
        }
    }
    if (!out->fault) {
        bytes_store_u32(out->data + 10, (uint32_t)(out->size - HEAD_BYTES));
    }
    return out->fault;
}

enum fault round_seal_body(struct round *round) {
    struct bytes_buffer body = {0};
    enum fault fault = round_check(round);
    fault = fault ? fault : put_body(&body, round);
    if (!fault && body.size + 1 + 2 * (1 + DIGEST_SIGNATURE_BYTES) > ROUND_BYTES_LIMIT) {
        fault = FAULT_LIMIT;
    }
    if (fault) {
        bytes_buffer_release(&body);
        return fault;
    }
    bytes_buffer_release(&round->body);
    round->body = body;
    digest_make(round->digest, DIGEST_ROUND, bytes_buffer_view(&round->body));
    memset(round->is_signed, 0, sizeof round->is_signed);
    memset(round->signature, 0, sizeof round->signature);
    return FAULT_NONE;
}

static struct signature_block block_of(const struct round *round) {
    struct signature_block block;
    memcpy(block.is_signed, round->is_signed, sizeof block.is_signed);
    memcpy(block.signature, round->signature, sizeof block.signature);
    return block;
}

enum fault round_encode(struct bytes_buffer *out, const struct round *round) {
    if (round->body.size == 0) {
        return FAULT_MISUSE;
    }
    struct signature_block block = block_of(round);
    bytes_put(out, round->body.data, round->body.size);
    signature_block_put(out, &block);
    return out->fault;
}

static enum fault take_value(struct reading *to, uint16_t tag, struct bytes value) {
    struct bytes_reader in = bytes_reader_of(value);
    if (tag == 0 || (tag > FIELDS && tag < TAG_UNCRITICAL)) {
        return FAULT_FIELD_UNKNOWN;
    }
    if (tag >= TAG_UNCRITICAL) {
        return FAULT_NONE;
    }
    fields[tag - 1].take(&in, to);
    return bytes_finish(&in);
}

static enum fault take_fields(struct reading *to, struct bytes view) {
    struct bytes_reader in = bytes_reader_of(view);
    int before = -1;
    int known = 0;
    while (bytes_left(&in)) {
        uint16_t tag = bytes_take_u16(&in);
        struct bytes value = bytes_take_view(&in, bytes_take_u32(&in));
        if (in.fault) {
            return in.fault;
        }
        enum fault fault = tag <= before ? FAULT_FIELD_ORDER : take_value(to, tag, value);
        if (fault) {
            return fault;
        }
        before = tag;
        known += tag <= REQUIRED;
    }
    return known == REQUIRED ? FAULT_NONE : FAULT_FIELD_MISSING;
}

/*
 * Known fields have the lowest tags, so they are the beginning; uncritical ones that we do not know follow.
 */
static enum fault compare_again(const struct round *round) {
    struct bytes_buffer again = {0};
    enum fault fault = put_body(&again, round);
    if (!fault &&
        (again.size > round->body.size || memcmp(again.data, round->body.data, HEAD_BYTES - 4) != 0 ||
         memcmp(again.data + HEAD_BYTES, round->body.data + HEAD_BYTES, again.size - HEAD_BYTES) != 0)) {
        fault = FAULT_NOT_CANONICAL;
    }
    bytes_buffer_release(&again);
    return fault;
}

/* The bytes after the fields, and what was read of them into the round. */
static enum fault take_signatures(struct round *round, struct bytes_reader *in) {
    struct signature_block block;
    signature_block_take(&block, in);
    memcpy(round->is_signed, block.is_signed, sizeof round->is_signed);
    memcpy(round->signature, block.signature, sizeof round->signature);
    return bytes_finish(in);
}

static enum fault keep_body(struct round *round, struct bytes body) {
    bytes_put(&round->body, body.data, body.size);
    digest_make(round->digest, DIGEST_ROUND, body);
    return round->body.fault;
}

static enum fault verify(const struct round *round) {
    struct signature_block block = block_of(round);
    return signature_block_verify(&block, DIGEST_ROUND, round->digest, round->holder[0].sign_key,
                                  round->holder[1].sign_key);
}

static enum fault read_round(struct round *round, struct bytes_reader *in, struct bytes content) {
    struct reading to = {.round = round};
    struct bytes view = bytes_take_view(in, bytes_take_u32(in));
    enum fault fault = in->fault ? in->fault : take_fields(&to, view);
    size_t body_size = in->at;
    fault = fault ? fault : take_signatures(round, in);
    fault = fault ? fault : questionnaire_decode(&round->questionnaire, to.questionnaire);
    fault = fault ? fault : round_check(round);
    fault = fault ? fault : keep_body(round, (struct bytes){content.data, body_size});
    fault = fault ? fault : compare_again(round);
    return fault ? fault : verify(round);
}

enum fault round_decode(struct round **out, struct bytes content) {
    struct bytes_reader in = bytes_reader_of(content);
    *out = NULL;
    enum fault fault = bytes_take_beginning(&in, MAGIC, ROUND_VERSION, ROUND_BYTES_LIMIT);
    if (fault) {
        return fault;
    }
    struct round *round = round_new();
    if (!round) {
        return FAULT_MEMORY;
    }
    fault = read_round(round, &in, content);
    if (!fault) {
        *out = round;
        round = NULL;
    }
    round_free(round);
    return fault;
}
