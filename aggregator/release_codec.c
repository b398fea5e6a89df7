/* SPDX-License-Identifier: Apache-2.0 */
#include "release_inside.h"

#include <stdlib.h>
#include <string.h>

#include "core/closing.h"
#include "core/key.h"

enum {
    FIGURE_BYTES = 23,
    CLASS_BYTES = 22,
    STRATUM_BYTES = 7,
    BATCH_LEAST = 41,
    ITEM_LEAST = 37,
    SCALE_LEAST = 40
};

static const uint8_t magic[8] = {'K', 'L', 'B', 'r', 'e', 'l', 'e', '\n'};

static void put_batches(struct bytes_buffer *out, const struct release_content *content) {
    for (uint16_t i = 0; i < content->batch_count; i++) {
        const struct release_batch *batch = &content->batch[i];
        bytes_put(out, batch->digest, DIGEST_BYTES);
        bytes_put_u16(out, batch->stratum);
        bytes_put_u8(out, (uint8_t)((batch->refused ? 1 : 0) | (batch->left_out ? 2 : 0)));
        bytes_put_u32(out, batch->contributions);
        bytes_put_u16(out, batch->class_count);
        for (uint16_t j = 0; j < batch->class_count; j++) {
            bytes_put_u16(out, batch->class_number[j]);
        }
    }
}

static void put_strata(struct bytes_buffer *out, const struct release_content *content) {
    for (uint16_t i = 0; i < content->stratum_count; i++) {
        bytes_put_u16(out, content->stratum[i].years);
        bytes_put_u8(out, content->stratum[i].left_out ? 2 : 0);
        bytes_put_u32(out, content->stratum[i].contributions);
    }
}

static void put_items(struct bytes_buffer *out, const struct release_content *content) {
    for (uint16_t i = 0; i < content->item_count; i++) {
        bytes_put_text(out, content->item[i].name);
        bytes_put_u8(out, (uint8_t)content->item[i].kind);
        bytes_put_u16(out, content->item[i].scale);
        bytes_put(out, content->item[i].digest, DIGEST_BYTES);
    }
}

static void put_scales(struct bytes_buffer *out, const struct release_content *content) {
    for (uint16_t i = 0; i < content->scale_count; i++) {
        const struct release_scale *scale = &content->scale[i];
        bytes_put_text(out, scale->name);
        bytes_put_u8(out, (uint8_t)scale->subject);
        bytes_put_u8(out, (uint8_t)((scale->high_is_good ? 1 : 0) | (scale->formative ? 2 : 0)));
        bytes_put_u8(out, scale->score_min);
        bytes_put_u8(out, scale->score_max);
        bytes_put_u16(out, scale->item_count);
        bytes_put(out, scale->digest, DIGEST_BYTES);
    }
}

static void put_classes(struct bytes_buffer *out, const struct release_content *content) {
    for (uint16_t i = 0; i < content->class_count; i++) {
        const struct release_class *item = &content->class_list[i];
        bytes_put_u16(out, item->number);
        bytes_put_u32(out, item->asked);
        bytes_put_u32(out, item->contributions);
        bytes_put_u32(out, item->damaged);
        bytes_put_u32(out, item->duplicate);
        bytes_put_u32(out, item->conflicting);
    }
}

static void put_figure(struct bytes_buffer *out, const struct release_figure *figure) {
    bytes_put_u8(out, (uint8_t)figure->level);
    bytes_put_u16(out, figure->unit);
    bytes_put_u8(out, (uint8_t)figure->about);
    bytes_put_u16(out, figure->subject);
    bytes_put_u8(out, (uint8_t)figure->kind);
    bytes_put_u16(out, figure->index);
    bytes_put_u8(out, (uint8_t)figure->status);
    bytes_put_u8(out, figure->decimals);
    bytes_put_u32(out, figure->low);
    bytes_put_u32(out, figure->high);
    bytes_put_u32(out, figure->n);
}

void release_put_body(struct bytes_buffer *out, const struct release *release) {
    const struct release_content *content = &release->content;
    bytes_put(out, magic, sizeof magic);
    bytes_put_u16(out, RELEASE_VERSION);
    bytes_put_u16(out, (uint16_t)content->policy);
    bytes_put_u16(out, content->k_unit);
    bytes_put_u16(out, content->k_cell);
    bytes_put_text(out, content->program);
    bytes_put(out, content->round_digest, DIGEST_BYTES);
    bytes_put(out, content->questionnaire_digest, DIGEST_BYTES);
    bytes_put(out, content->layout_digest, DIGEST_BYTES);
    bytes_put(out, content->closing_digest, DIGEST_BYTES);
    bytes_put(out, content->previous_digest, DIGEST_BYTES);
    bytes_put(out, content->ledger_head, sizeof content->ledger_head);
    bytes_put(out, release->sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    bytes_put_text(out, content->instrument);
    bytes_put_text(out, content->instrument_version);
    bytes_put_u8(out, content->recognised ? 1 : 0);
    bytes_put_u16(out, content->school_year);
    bytes_put_u32(out, content->first_day);
    bytes_put_u32(out, content->last_day);
    bytes_put_u8(out, content->choices);
    bytes_put_u16(out, content->batch_count);
    bytes_put_u16(out, content->stratum_count);
    bytes_put_u16(out, content->class_count);
    bytes_put_u16(out, content->item_count);
    bytes_put_u16(out, content->scale_count);
    bytes_put_u32(out, content->excluded_count);
    bytes_put_u32(out, content->figure_count);
    put_batches(out, content);
    put_strata(out, content);
    put_classes(out, content);
    put_items(out, content);
    put_scales(out, content);
    if (content->excluded_count) {
        bytes_put(out, content->excluded, (size_t)content->excluded_count * SHARE_ID_BYTES);
    }
    for (uint32_t i = 0; i < content->figure_count; i++) {
        put_figure(out, &content->figure[i]);
    }
}

static void take_fixed(struct release *release, struct bytes_reader *in) {
    struct release_content *content = &release->content;
    content->policy = bytes_take_u16(in);
    content->k_unit = bytes_take_u16(in);
    content->k_cell = bytes_take_u16(in);
    bytes_take_text(in, content->program, sizeof content->program);
    bytes_take(in, content->round_digest, DIGEST_BYTES);
    bytes_take(in, content->questionnaire_digest, DIGEST_BYTES);
    bytes_take(in, content->layout_digest, DIGEST_BYTES);
    bytes_take(in, content->closing_digest, DIGEST_BYTES);
    bytes_take(in, content->previous_digest, DIGEST_BYTES);
    bytes_take(in, content->ledger_head, sizeof content->ledger_head);
    bytes_take(in, release->sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    bytes_take_text(in, content->instrument, sizeof content->instrument);
    bytes_take_text(in, content->instrument_version, sizeof content->instrument_version);
    uint8_t recognised = bytes_take_u8(in);
    content->recognised = recognised;
    content->school_year = bytes_take_u16(in);
    content->first_day = bytes_take_u32(in);
    content->last_day = bytes_take_u32(in);
    content->choices = bytes_take_u8(in);
    if (recognised > 1 || content->choices >> RELEASE_FINEST_SHIFT > RELEASE_SCHOOL) {
        bytes_fail(in, FAULT_LIMIT);
    }
}

static void take_counts(struct release_content *content, struct bytes_reader *in) {
    content->batch_count = bytes_take_u16(in);
    content->stratum_count = bytes_take_u16(in);
    content->class_count = bytes_take_u16(in);
    content->item_count = bytes_take_u16(in);
    content->scale_count = bytes_take_u16(in);
    content->excluded_count = bytes_take_u32(in);
    content->figure_count = bytes_take_u32(in);
}

static enum fault check_fixed(const struct release_content *content) {
    bool within = content->policy >= RELEASE_POLICY_SCHOOL_ONLY &&
                  content->policy <= RELEASE_POLICY_AUDITED && content->k_unit >= ROUND_K_UNIT_LOWEST &&
                  content->k_cell >= ROUND_K_CELL_LOWEST && content->k_cell <= content->k_unit &&
                  round_date_is_valid(content->first_day) && round_date_is_valid(content->last_day) &&
                  content->first_day <= content->last_day && content->school_year >= 2000 &&
                  content->school_year < 2200;
    enum fault fault = within ? FAULT_NONE : FAULT_LIMIT;
    fault = fault ? fault : bytes_check_text(content->program, sizeof content->program, 1, false);
    fault = fault ? fault : bytes_check_text(content->instrument, sizeof content->instrument, 1, false);
    return fault
               ? fault
               : bytes_check_text(content->instrument_version, sizeof content->instrument_version, 1, false);
}

static enum fault check_counts(const struct release_content *content) {
    bool within = content->batch_count >= 1 && content->batch_count <= ROUND_CLASSES &&
                  content->stratum_count >= 1 && content->stratum_count <= content->batch_count &&
                  content->class_count >= 1 && content->class_count <= ROUND_CLASSES &&
                  content->item_count >= 1 && content->item_count <= QUESTIONNAIRE_ITEMS &&
                  content->scale_count <= QUESTIONNAIRE_SCALES &&
                  content->excluded_count <= RELEASE_EXCLUDED && content->figure_count <= RELEASE_FIGURES;
    return within ? FAULT_NONE : FAULT_LIMIT;
}

/* Room is asked for only when the bytes that should fill it are there. */
static enum fault make_room(struct release_content *content, const struct bytes_reader *in) {
    size_t least =
        (size_t)content->batch_count * BATCH_LEAST + (size_t)content->stratum_count * STRATUM_BYTES +
        (size_t)content->class_count * CLASS_BYTES + (size_t)content->item_count * ITEM_LEAST +
        (size_t)content->scale_count * SCALE_LEAST + (size_t)content->excluded_count * SHARE_ID_BYTES +
        (size_t)content->figure_count * FIGURE_BYTES;
    if (bytes_left(in) < least) {
        return FAULT_TRUNCATED;
    }
    content->batch = calloc(content->batch_count, sizeof *content->batch);
    content->stratum = calloc(content->stratum_count, sizeof *content->stratum);
    content->class_list = calloc(content->class_count, sizeof *content->class_list);
    content->item = calloc(content->item_count, sizeof *content->item);
    content->scale = calloc((size_t)content->scale_count + 1, sizeof *content->scale);
    content->excluded = calloc((size_t)content->excluded_count + 1, SHARE_ID_BYTES);
    content->figure = calloc((size_t)content->figure_count + 1, sizeof *content->figure);
    return content->batch && content->stratum && content->class_list && content->item && content->scale &&
                   content->excluded && content->figure
               ? FAULT_NONE
               : FAULT_MEMORY;
}

static enum fault take_batch(struct release_batch *out, struct bytes_reader *in, uint16_t strata) {
    bytes_take(in, out->digest, DIGEST_BYTES);
    out->stratum = bytes_take_u16(in);
    uint8_t flags = bytes_take_u8(in);
    out->refused = flags & 1;
    out->left_out = flags & 2;
    out->contributions = bytes_take_u32(in);
    out->class_count = bytes_take_u16(in);
    if (in->fault) {
        return in->fault;
    }
    if (flags > 3 || flags == 1 || out->stratum >= strata || out->class_count == 0 ||
        out->class_count > ROUND_CLASSES || out->contributions > CLOSING_RECORDS) {
        return FAULT_LIMIT;
    }
    for (uint16_t i = 0; i < out->class_count; i++) {
        out->class_number[i] = bytes_take_u16(in);
        if (!in->fault && i && out->class_number[i] <= out->class_number[i - 1]) {
            return FAULT_RECORD_ORDER;
        }
    }
    return in->fault;
}

static enum fault take_class(struct release_class *out, struct bytes_reader *in) {
    out->number = bytes_take_u16(in);
    out->asked = bytes_take_u32(in);
    out->contributions = bytes_take_u32(in);
    out->damaged = bytes_take_u32(in);
    out->duplicate = bytes_take_u32(in);
    out->conflicting = bytes_take_u32(in);
    if (in->fault) {
        return in->fault;
    }
    return out->number == 0 || out->asked > ROUND_HEADS || out->contributions > CLOSING_RECORDS ? FAULT_LIMIT
                                                                                                : FAULT_NONE;
}

static enum fault take_stratum(struct release_stratum *out, struct bytes_reader *in) {
    out->years = bytes_take_u16(in);
    uint8_t flags = bytes_take_u8(in);
    out->left_out = flags != 0;
    out->contributions = bytes_take_u32(in);
    if (in->fault) {
        return in->fault;
    }
    return out->years == 0 || (flags & ~2) || out->contributions > CLOSING_RECORDS ? FAULT_LIMIT : FAULT_NONE;
}

static enum fault take_item(struct release_item *out, struct bytes_reader *in, uint16_t scales) {
    bytes_take_text(in, out->name, sizeof out->name);
    uint8_t kind = bytes_take_u8(in);
    out->scale = bytes_take_u16(in);
    bytes_take(in, out->digest, DIGEST_BYTES);
    if (in->fault) {
        return in->fault;
    }
    if (kind > QUESTIONNAIRE_SELECT_MULTIPLE || (out->scale != QUESTIONNAIRE_NONE && out->scale >= scales)) {
        return FAULT_LIMIT;
    }
    out->kind = (enum questionnaire_kind)kind;
    return bytes_check_text(out->name, sizeof out->name, 1, false);
}

static enum fault take_scale(struct release_scale *out, struct bytes_reader *in) {
    bytes_take_text(in, out->name, sizeof out->name);
    uint8_t subject = bytes_take_u8(in);
    uint8_t flags = bytes_take_u8(in);
    out->score_min = bytes_take_u8(in);
    out->score_max = bytes_take_u8(in);
    out->item_count = bytes_take_u16(in);
    bytes_take(in, out->digest, DIGEST_BYTES);
    if (in->fault) {
        return in->fault;
    }
    if (subject > QUESTIONNAIRE_SUBJECT_WELLBEING || flags > 3 || out->score_min >= out->score_max ||
        out->score_max > QUESTIONNAIRE_SCORE_LIMIT || out->item_count < 2 ||
        out->item_count > QUESTIONNAIRE_ITEMS) {
        return FAULT_LIMIT;
    }
    out->subject = (enum questionnaire_subject)subject;
    out->high_is_good = flags & 1;
    out->formative = flags & 2;
    return bytes_check_text(out->name, sizeof out->name, 1, false);
}

/* At which levels a kind may stand, one bit a level. */
#define AT(level) (1u << (level))
#define FROM_YEAR (AT(RELEASE_YEAR) | AT(RELEASE_SCHOOL) | AT(RELEASE_BREAKDOWN))
#define EVERYWHERE (FROM_YEAR | AT(RELEASE_CLASS))
#define POOLED (AT(RELEASE_YEAR) | AT(RELEASE_SCHOOL))

static const struct {
    enum release_subject about;
    unsigned levels;
    uint16_t indexes;
} rules[RELEASE_KINDS] = {
    [RELEASE_ANSWERED] = {RELEASE_PARTICIPATION, POOLED, 1},
    [RELEASE_STOPPED] = {RELEASE_PARTICIPATION, POOLED, 1},
    [RELEASE_DECLINED] = {RELEASE_PARTICIPATION, POOLED, 1},
    [RELEASE_OPTION] = {RELEASE_ITEM, FROM_YEAR, QUESTIONNAIRE_OPTIONS},
    [RELEASE_GROUP] = {RELEASE_ITEM, EVERYWHERE, QUESTIONNAIRE_OPTIONS},
    [RELEASE_CHOSEN] = {RELEASE_ITEM, FROM_YEAR, QUESTIONNAIRE_OPTIONS},
    [RELEASE_ANY] = {RELEASE_ITEM, EVERYWHERE, QUESTIONNAIRE_OPTIONS},
    [RELEASE_DONT_KNOW] = {RELEASE_ITEM, FROM_YEAR, 1},
    [RELEASE_RATHER_NOT] = {RELEASE_ITEM, FROM_YEAR, 1},
    [RELEASE_NO_ANSWER] = {RELEASE_ITEM, FROM_YEAR, 1},
    [RELEASE_NOT_ASKED] = {RELEASE_ITEM, FROM_YEAR, 1},
    [RELEASE_MISSING] = {RELEASE_ITEM, EVERYWHERE, 1},
    [RELEASE_SCORE] = {RELEASE_SCALE, FROM_YEAR, RELEASE_BINS},
    [RELEASE_NOT_COUNTED] = {RELEASE_SCALE, FROM_YEAR, 1},
    [RELEASE_MEAN] = {RELEASE_SCALE, EVERYWHERE, 1},
    [RELEASE_DEVIATION] = {RELEASE_SCALE, POOLED, 1},
    [RELEASE_ERROR_CLASSES] = {RELEASE_SCALE, AT(RELEASE_SCHOOL), 1},
    [RELEASE_ALPHA] = {RELEASE_SCALE, AT(RELEASE_SCHOOL), 1},
};

static bool kind_fits(const struct release_figure *figure) {
    return figure->kind < RELEASE_KINDS && rules[figure->kind].about == figure->about &&
           (rules[figure->kind].levels & AT(figure->level)) && figure->index < rules[figure->kind].indexes;
}

static bool subject_fits(const struct release_figure *figure, const struct release_content *content) {
    return figure->about == RELEASE_ITEM    ? figure->subject < content->item_count
           : figure->about == RELEASE_SCALE ? figure->subject < content->scale_count
                                            : figure->subject == 0;
}

static bool unit_fits(const struct release_figure *figure, const struct release_content *content) {
    switch (figure->level) {
    case RELEASE_CLASS: return figure->unit < content->batch_count && !content->batch[figure->unit].left_out;
    case RELEASE_YEAR:
        return figure->unit < content->stratum_count && !content->stratum[figure->unit].left_out;
    case RELEASE_SCHOOL: return figure->unit == 0;
    case RELEASE_BREAKDOWN:
    case RELEASE_LEVELS:
    default: return figure->unit / RELEASE_CATEGORY_STRIDE < content->item_count;
    }
}

static bool numbers_fit(const struct release_figure *figure) {
    switch (figure->status) {
    case RELEASE_PUBLISHED: return figure->low == figure->high;
    case RELEASE_BANDED: return figure->low < figure->high;
    case RELEASE_HIDDEN:
    default: return !figure->low && !figure->high && !figure->decimals && !figure->n;
    }
}

static enum fault check_figure(const struct release_figure *figure, const struct release_content *content) {
    if (figure->level >= RELEASE_LEVELS || figure->about > RELEASE_SCALE || figure->status > RELEASE_HIDDEN ||
        figure->decimals > 6 || !kind_fits(figure) || !subject_fits(figure, content) ||
        !unit_fits(figure, content) || figure->level < release_finest(content) ||
        (content->policy == RELEASE_POLICY_SCHOOL_ONLY && figure->level != RELEASE_SCHOOL)) {
        return FAULT_LIMIT;
    }
    return numbers_fit(figure) ? FAULT_NONE : FAULT_NOT_CANONICAL;
}

static enum fault take_figure(struct release_figure *out, struct bytes_reader *in,
                              const struct release_content *content) {
    out->level = bytes_take_u8(in);
    out->unit = bytes_take_u16(in);
    out->about = bytes_take_u8(in);
    out->subject = bytes_take_u16(in);
    out->kind = bytes_take_u8(in);
    out->index = bytes_take_u16(in);
    out->status = bytes_take_u8(in);
    out->decimals = bytes_take_u8(in);
    out->low = bytes_take_u32(in);
    out->high = bytes_take_u32(in);
    out->n = bytes_take_u32(in);
    return in->fault ? in->fault : check_figure(out, content);
}

uint64_t release_rank(const struct release_figure *figure) {
    return (uint64_t)figure->level << 62 | (uint64_t)figure->unit << 46 | (uint64_t)figure->about << 44 |
           (uint64_t)figure->subject << 28 | (uint64_t)figure->kind << 20 | figure->index;
}

static enum fault take_describing(struct release_content *content, struct bytes_reader *in) {
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < content->batch_count; i++) {
        fault = take_batch(&content->batch[i], in, content->stratum_count);
    }
    for (uint16_t i = 0; !fault && i < content->stratum_count; i++) {
        fault = take_stratum(&content->stratum[i], in);
    }
    for (uint16_t i = 0; !fault && i < content->class_count; i++) {
        fault = take_class(&content->class_list[i], in);
        if (!fault && i && content->class_list[i].number <= content->class_list[i - 1].number) {
            fault = FAULT_RECORD_ORDER;
        }
    }
    for (uint16_t i = 0; !fault && i < content->item_count; i++) {
        fault = take_item(&content->item[i], in, content->scale_count);
    }
    for (uint16_t i = 0; !fault && i < content->scale_count; i++) {
        fault = take_scale(&content->scale[i], in);
    }
    return fault;
}

static enum fault take_lists(struct release_content *content, struct bytes_reader *in) {
    enum fault fault = take_describing(content, in);
    for (uint32_t i = 0; !fault && i < content->excluded_count; i++) {
        uint8_t *id = content->excluded + (size_t)i * SHARE_ID_BYTES;
        bytes_take(in, id, SHARE_ID_BYTES);
        fault = in->fault                                                   ? in->fault
                : i && memcmp(id - SHARE_ID_BYTES, id, SHARE_ID_BYTES) >= 0 ? FAULT_RECORD_ORDER
                                                                            : FAULT_NONE;
    }
    for (uint32_t i = 0; !fault && i < content->figure_count; i++) {
        fault = take_figure(&content->figure[i], in, content);
        if (!fault && i && release_rank(&content->figure[i]) <= release_rank(&content->figure[i - 1])) {
            fault = FAULT_RECORD_ORDER;
        }
    }
    return fault;
}

static enum fault take_signature(struct release *release, struct bytes_reader *in) {
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    digest_make(release->digest, DIGEST_RELEASE, (struct bytes){in->data, in->at});
    bytes_take(in, signature, sizeof signature);
    enum fault fault = bytes_finish(in);
    fault = fault ? fault : key_check_sign(release->sign_key);
    return fault ? fault : digest_verify(signature, DIGEST_RELEASE, release->digest, release->sign_key);
}

enum fault release_take(struct release *release, struct bytes content) {
    struct bytes_reader in = bytes_reader_of(content);
    enum fault fault = bytes_take_beginning(&in, magic, RELEASE_VERSION, RELEASE_BYTES_LIMIT);
    if (fault) {
        return fault;
    }
    take_fixed(release, &in);
    fault = in.fault ? in.fault : check_fixed(&release->content);
    if (!fault) {
        take_counts(&release->content, &in);
        fault = in.fault ? in.fault : check_counts(&release->content);
    }
    fault = fault ? fault : make_room(&release->content, &in);
    fault = fault ? fault : take_lists(&release->content, &in);
    return fault ? fault : take_signature(release, &in);
}
