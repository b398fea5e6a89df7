/* SPDX-License-Identifier: Apache-2.0 */
#include "release_inside.h"

#include <stdlib.h>
#include <string.h>

#include "core/closing.h"
#include "core/key.h"

enum { FIGURE_BYTES = 23, CLASS_BYTES = 22, BATCH_LEAST = 41 };

static const uint8_t magic[8] = {'K', 'L', 'B', 'r', 'e', 'l', 'e', '\n'};

struct release {
    struct release_content content;
    uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES];
    uint8_t digest[DIGEST_BYTES];
    struct bytes_buffer file;
};

const struct release_content *release_content(const struct release *release) {
    return &release->content;
}

const uint8_t *release_digest(const struct release *release) {
    return release->digest;
}

const uint8_t *release_sign_key(const struct release *release) {
    return release->sign_key;
}

struct bytes release_file(const struct release *release) {
    return bytes_buffer_view(&release->file);
}

void release_content_release(struct release_content *content) {
    free(content->batch);
    free(content->class_list);
    free(content->excluded);
    free(content->figure);
    *content = (struct release_content){0};
}

struct release *release_free(struct release *release) {
    if (release) {
        release_content_release(&release->content);
        bytes_buffer_release(&release->file);
        free(release);
    }
    return NULL;
}

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
    bytes_put(out, content->ledger_head, sizeof content->ledger_head);
    bytes_put(out, release->sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    bytes_put_u16(out, content->batch_count);
    bytes_put_u16(out, content->class_count);
    bytes_put_u32(out, content->excluded_count);
    bytes_put_u32(out, content->figure_count);
    put_batches(out, content);
    put_classes(out, content);
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
    bytes_take(in, content->ledger_head, sizeof content->ledger_head);
    bytes_take(in, release->sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    content->batch_count = bytes_take_u16(in);
    content->class_count = bytes_take_u16(in);
    content->excluded_count = bytes_take_u32(in);
    content->figure_count = bytes_take_u32(in);
}

static enum fault check_fixed(const struct release_content *content) {
    bool within = content->policy == RELEASE_POLICY_SCHOOL_ONLY && content->k_unit >= ROUND_K_UNIT_LOWEST &&
                  content->k_cell >= ROUND_K_CELL_LOWEST && content->k_cell <= content->k_unit &&
                  content->batch_count >= 1 && content->batch_count <= ROUND_CLASSES &&
                  content->class_count >= 1 && content->class_count <= ROUND_CLASSES &&
                  content->excluded_count <= RELEASE_EXCLUDED && content->figure_count <= RELEASE_FIGURES;
    enum fault fault = within ? FAULT_NONE : FAULT_LIMIT;
    return fault ? fault : bytes_check_text(content->program, sizeof content->program, 1, false);
}

/* Room is asked for only when the bytes that should fill it are there. */
static enum fault make_room(struct release_content *content, const struct bytes_reader *in) {
    size_t least = (size_t)content->batch_count * BATCH_LEAST + (size_t)content->class_count * CLASS_BYTES +
                   (size_t)content->excluded_count * SHARE_ID_BYTES +
                   (size_t)content->figure_count * FIGURE_BYTES;
    if (bytes_left(in) < least) {
        return FAULT_TRUNCATED;
    }
    content->batch = calloc(content->batch_count, sizeof *content->batch);
    content->class_list = calloc(content->class_count, sizeof *content->class_list);
    content->excluded = calloc((size_t)content->excluded_count + 1, SHARE_ID_BYTES);
    content->figure = calloc((size_t)content->figure_count + 1, sizeof *content->figure);
    return content->batch && content->class_list && content->excluded && content->figure ? FAULT_NONE
                                                                                         : FAULT_MEMORY;
}

static enum fault take_batch(struct release_batch *out, struct bytes_reader *in) {
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
    if (flags > 3 || flags == 1 || out->stratum >= ROUND_CLASSES || out->class_count == 0 ||
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

/* Which kinds go with which subject; all of school level. */
static bool kind_fits(const struct release_figure *figure) {
    switch (figure->about) {
    case RELEASE_PARTICIPATION:
        return figure->subject == 0 && figure->index == 0 &&
               (figure->kind <= RELEASE_DECLINED || figure->kind == RELEASE_WHOLE);
    case RELEASE_ITEM:
        return figure->subject < QUESTIONNAIRE_ITEMS && figure->kind >= RELEASE_OPTION &&
               figure->kind != RELEASE_MEAN &&
               figure->index < (figure->kind <= RELEASE_ANY ? QUESTIONNAIRE_OPTIONS : 1);
    case RELEASE_SCALE:
        return figure->subject < QUESTIONNAIRE_SCALES && figure->index == 0 &&
               (figure->kind == RELEASE_MEAN || figure->kind == RELEASE_WHOLE);
    default: return false;
    }
}

static enum fault check_figure(const struct release_figure *figure) {
    if (figure->level != RELEASE_SCHOOL || figure->unit != 0 || figure->about > RELEASE_SCALE ||
        figure->kind >= RELEASE_KINDS || figure->status > RELEASE_HIDDEN || figure->decimals > 6 ||
        !kind_fits(figure) || (figure->kind == RELEASE_WHOLE && figure->status != RELEASE_HIDDEN)) {
        return FAULT_LIMIT;
    }
    bool hidden_well = !figure->low && !figure->high && !figure->decimals && !figure->n;
    bool well = figure->status == RELEASE_HIDDEN ? hidden_well : figure->low <= figure->high;
    return well ? FAULT_NONE : FAULT_NOT_CANONICAL;
}

static enum fault take_figure(struct release_figure *out, struct bytes_reader *in) {
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
    return in->fault ? in->fault : check_figure(out);
}

/* A number that orders figures as the format asks. Level and unit are 0 in this version. */
static uint64_t rank(const struct release_figure *figure) {
    return (uint64_t)figure->about << 40 | (uint64_t)figure->subject << 24 | (uint64_t)figure->kind << 16 |
           figure->index;
}

static enum fault take_lists(struct release_content *content, struct bytes_reader *in) {
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < content->batch_count; i++) {
        fault = take_batch(&content->batch[i], in);
    }
    for (uint16_t i = 0; !fault && i < content->class_count; i++) {
        fault = take_class(&content->class_list[i], in);
        if (!fault && i && content->class_list[i].number <= content->class_list[i - 1].number) {
            fault = FAULT_RECORD_ORDER;
        }
    }
    for (uint32_t i = 0; !fault && i < content->excluded_count; i++) {
        uint8_t *id = content->excluded + (size_t)i * SHARE_ID_BYTES;
        bytes_take(in, id, SHARE_ID_BYTES);
        fault = in->fault                                                   ? in->fault
                : i && memcmp(id - SHARE_ID_BYTES, id, SHARE_ID_BYTES) >= 0 ? FAULT_RECORD_ORDER
                                                                            : FAULT_NONE;
    }
    for (uint32_t i = 0; !fault && i < content->figure_count; i++) {
        fault = take_figure(&content->figure[i], in);
        if (!fault && i && rank(&content->figure[i]) <= rank(&content->figure[i - 1])) {
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

static enum fault take_all(struct release *release, struct bytes content) {
    struct bytes_reader in = bytes_reader_of(content);
    enum fault fault = bytes_take_beginning(&in, magic, RELEASE_VERSION, RELEASE_BYTES_LIMIT);
    if (fault) {
        return fault;
    }
    take_fixed(release, &in);
    fault = in.fault ? in.fault : check_fixed(&release->content);
    fault = fault ? fault : make_room(&release->content, &in);
    fault = fault ? fault : take_lists(&release->content, &in);
    return fault ? fault : take_signature(release, &in);
}

enum fault release_decode(struct release **out, struct bytes content) {
    struct release *release = calloc(1, sizeof *release);
    *out = NULL;
    if (!release) {
        return FAULT_MEMORY;
    }
    enum fault fault = take_all(release, content);
    if (!fault) {
        bytes_put(&release->file, content.data, content.size);
        fault = release->file.fault;
    }
    if (fault) {
        release = release_free(release);
    }
    *out = release;
    return fault;
}

/* What has been written is read back: a release that a reader would refuse is never made. */
enum fault release_new(struct release **out, struct release_content *content,
                       const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES],
                       const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    struct release draft = {.content = *content};
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    *content = (struct release_content){0};
    *out = NULL;
    memcpy(draft.sign_key, sign_key, sizeof draft.sign_key);
    enum fault fault = key_check_pair(secret_key, sign_key);
    if (!fault) {
        release_put_body(&draft.file, &draft);
        fault = draft.file.fault;
    }
    if (!fault) {
        digest_make(draft.digest, DIGEST_RELEASE, bytes_buffer_view(&draft.file));
        digest_sign(signature, DIGEST_RELEASE, draft.digest, secret_key);
        bytes_put(&draft.file, signature, sizeof signature);
        fault = draft.file.fault ? draft.file.fault : release_decode(out, bytes_buffer_view(&draft.file));
    }
    release_content_release(&draft.content);
    bytes_buffer_release(&draft.file);
    return fault;
}

static bool figure_fits(const struct release_figure *figure, const struct questionnaire *questionnaire) {
    if (figure->about == RELEASE_SCALE) {
        return figure->subject < questionnaire->scale_count;
    }
    if (figure->about != RELEASE_ITEM) {
        return true;
    }
    if (figure->subject >= questionnaire->item_count) {
        return false;
    }
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, figure->subject);
    bool one = questionnaire->item[figure->subject].kind == QUESTIONNAIRE_SELECT_ONE;
    if (!list) {
        return false;
    }
    if (figure->kind == RELEASE_OPTION || figure->kind == RELEASE_CHOSEN) {
        return one == (figure->kind == RELEASE_OPTION) && figure->index < list->option_count;
    }
    if (figure->kind == RELEASE_GROUP || figure->kind == RELEASE_ANY) {
        return one == (figure->kind == RELEASE_GROUP) && figure->index < list->coarse_count;
    }
    return true;
}

static bool classes_fit(const struct release_content *content, const struct round *round) {
    bool fit = content->class_count == round->class_count;
    for (uint16_t i = 0; fit && i < content->class_count; i++) {
        fit = content->class_list[i].number == round->class_list[i].number;
    }
    for (uint16_t i = 0; i < content->batch_count; i++) {
        for (uint16_t j = 0; fit && j < content->batch[i].class_count; j++) {
            fit = round_find_class(round, content->batch[i].class_number[j]) != NULL;
        }
    }
    return fit;
}

enum fault release_belongs(const struct release *release, const struct round *round) {
    const struct release_content *content = &release->content;
    if (memcmp(content->round_digest, round->digest, DIGEST_BYTES) != 0) {
        return FAULT_ROUND_OTHER;
    }
    if (memcmp(release->sign_key, round->holder[0].sign_key, sizeof release->sign_key) != 0) {
        return FAULT_KEY_WRONG;
    }
    if (memcmp(content->questionnaire_digest, round->questionnaire_digest, DIGEST_BYTES) != 0 ||
        memcmp(content->layout_digest, round->layout_digest, DIGEST_BYTES) != 0) {
        return FAULT_DIGEST;
    }
    bool fits = classes_fit(content, round);
    for (uint32_t i = 0; fits && i < content->figure_count; i++) {
        fits = figure_fits(&content->figure[i], round->questionnaire);
    }
    return fits ? FAULT_NONE : FAULT_LIMIT;
}

const struct release_figure *release_find(const struct release *release, enum release_subject about,
                                          uint16_t subject, enum release_kind kind, uint16_t index) {
    for (uint32_t i = 0; i < release->content.figure_count; i++) {
        const struct release_figure *figure = &release->content.figure[i];
        if (figure->about == about && figure->subject == subject && figure->kind == kind &&
            figure->index == index) {
            return figure;
        }
    }
    return NULL;
}
