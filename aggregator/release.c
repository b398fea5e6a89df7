/* SPDX-License-Identifier: Apache-2.0 */
#include "release_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/key.h"

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
    free(content->stratum);
    free(content->class_list);
    free(content->item);
    free(content->scale);
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

enum fault release_decode(struct release **out, struct bytes content) {
    struct release *release = calloc(1, sizeof *release);
    *out = NULL;
    if (!release) {
        return FAULT_MEMORY;
    }
    enum fault fault = release_take(release, content);
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
enum release_level release_finest(const struct release_content *content) {
    return (enum release_level)(content->choices >> RELEASE_FINEST_SHIFT);
}

/* A view: figures are in the order of their levels, so what is coarser are the last ones. */
static struct release_content view_at(const struct release_content *content, enum release_level finest) {
    struct release_content view = *content;
    view.choices =
        (uint8_t)((content->choices & RELEASE_INCIDENTS_IN_CLASS) | (unsigned)finest << RELEASE_FINEST_SHIFT);
    while (view.figure_count && view.figure->level < finest) {
        view.figure++;
        view.figure_count--;
    }
    return view;
}

enum fault release_new_at(struct release **out, const struct release_content *content,
                          enum release_level finest, const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES],
                          const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    struct release draft = {.content = view_at(content, finest)};
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
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
    bytes_buffer_release(&draft.file);
    return fault;
}

enum fault release_new(struct release **out, struct release_content *content,
                       const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES],
                       const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    enum fault fault = release_new_at(out, content, release_finest(content), sign_key, secret_key);
    release_content_release(content);
    return fault;
}

bool release_holds(const struct release *release, const uint8_t digest[DIGEST_BYTES]) {
    bool holds = false;
    for (enum release_level i = release_finest(&release->content); !holds && i <= RELEASE_SCHOOL; i++) {
        struct release part = {.content = view_at(&release->content, i)};
        memcpy(part.sign_key, release->sign_key, sizeof part.sign_key);
        release_put_body(&part.file, &part);
        if (!part.file.fault) {
            digest_make(part.digest, DIGEST_RELEASE, bytes_buffer_view(&part.file));
            holds = memcmp(part.digest, digest, DIGEST_BYTES) == 0;
        }
        bytes_buffer_release(&part.file);
    }
    return holds;
}

/* What the questionnaire must have for a figure to be about it. */
static bool figure_fits(const struct release_figure *figure, const struct questionnaire *questionnaire) {
    if (figure->about == RELEASE_SCALE) {
        const struct questionnaire_scale *scale = &questionnaire->scale[figure->subject];
        return figure->kind != RELEASE_SCORE ||
               figure->index < release_bins(scale->score_min, scale->score_max);
    }
    if (figure->about != RELEASE_ITEM) {
        return true;
    }
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, figure->subject);
    bool one = questionnaire->item[figure->subject].kind == QUESTIONNAIRE_SELECT_ONE;
    if (!list) {
        return false;
    }
    bool coarse = figure->kind == RELEASE_GROUP || figure->kind == RELEASE_ANY;
    if (figure->kind == RELEASE_NOT_ASKED) {
        return questionnaire->item[figure->subject].step_count > 0;
    }
    if (figure->kind > RELEASE_ANY) {
        return true;
    }
    return one == (figure->kind == RELEASE_OPTION || figure->kind == RELEASE_GROUP) &&
           figure->index < (coarse ? list->coarse_count : list->option_count);
}

static bool unit_fits(const struct release_figure *figure, const struct questionnaire *questionnaire) {
    if (figure->level != RELEASE_BREAKDOWN) {
        return true;
    }
    uint16_t item = figure->unit / RELEASE_CATEGORY_STRIDE, option = figure->unit % RELEASE_CATEGORY_STRIDE;
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, item);
    return list && questionnaire->item[item].breakdown && option < list->option_count;
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

static bool items_are_same(const struct release_content *content, const struct release_content *expected) {
    bool same = content->item_count == expected->item_count && content->scale_count == expected->scale_count;
    for (uint16_t i = 0; same && i < content->item_count; i++) {
        const struct release_item *a = &content->item[i], *b = &expected->item[i];
        same = strcmp(a->name, b->name) == 0 && a->kind == b->kind && a->scale == b->scale &&
               memcmp(a->digest, b->digest, DIGEST_BYTES) == 0;
    }
    for (uint16_t i = 0; same && i < content->scale_count; i++) {
        const struct release_scale *a = &content->scale[i], *b = &expected->scale[i];
        same = strcmp(a->name, b->name) == 0 && a->subject == b->subject &&
               a->high_is_good == b->high_is_good && a->formative == b->formative &&
               a->score_min == b->score_min && a->score_max == b->score_max &&
               a->item_count == b->item_count && memcmp(a->digest, b->digest, DIGEST_BYTES) == 0;
    }
    return same;
}

/* FAULT_DIGEST unless what the release says of the instrument and the round is what they are. */
static enum fault check_origin(const struct release_content *content, const struct round *round) {
    struct release_content expected = {0};
    enum fault fault = release_fill_origin(&expected, round);
    if (!fault &&
        (memcmp(content->questionnaire_digest, round->questionnaire_digest, DIGEST_BYTES) != 0 ||
         memcmp(content->layout_digest, round->layout_digest, DIGEST_BYTES) != 0 ||
         strcmp(content->instrument, expected.instrument) != 0 ||
         strcmp(content->instrument_version, expected.instrument_version) != 0 ||
         content->recognised != expected.recognised || content->school_year != expected.school_year ||
         content->first_day != expected.first_day || content->last_day != expected.last_day ||
         (content->choices & RELEASE_INCIDENTS_IN_CLASS) != expected.choices ||
         !items_are_same(content, &expected))) {
        fault = FAULT_DIGEST;
    }
    release_content_release(&expected);
    return fault;
}

enum fault release_belongs(const struct release *release, const struct round *round) {
    const struct release_content *content = &release->content;
    if (memcmp(content->round_digest, round->digest, DIGEST_BYTES) != 0) {
        return FAULT_ROUND_OTHER;
    }
    if (memcmp(release->sign_key, round->holder[0].sign_key, sizeof release->sign_key) != 0) {
        return FAULT_KEY_WRONG;
    }
    enum fault fault = check_origin(content, round);
    if (fault) {
        return fault;
    }
    bool fits = classes_fit(content, round);
    for (uint32_t i = 0; fits && i < content->figure_count; i++) {
        fits = figure_fits(&content->figure[i], round->questionnaire) &&
               unit_fits(&content->figure[i], round->questionnaire);
    }
    return fits ? FAULT_NONE : FAULT_LIMIT;
}

enum fault release_fill_origin(struct release_content *content, const struct round *round) {
    const struct questionnaire *questionnaire = round->questionnaire;
    (void)snprintf(content->instrument, sizeof content->instrument, "%s", questionnaire->name);
    (void)snprintf(content->instrument_version, sizeof content->instrument_version, "%s",
                   questionnaire->version);
    content->recognised = questionnaire->validated;
    content->school_year = round->school_year;
    content->first_day = round->first_day;
    content->last_day = round->last_day;
    content->choices = round->choices & ROUND_INCIDENTS_IN_CLASS ? RELEASE_INCIDENTS_IN_CLASS : 0;
    content->item_count = questionnaire->item_count;
    content->scale_count = questionnaire->scale_count;
    content->item = calloc((size_t)content->item_count + 1, sizeof *content->item);
    content->scale = calloc((size_t)content->scale_count + 1, sizeof *content->scale);
    enum fault fault = content->item && content->scale ? FAULT_NONE : FAULT_MEMORY;
    for (uint16_t i = 0; !fault && i < content->item_count; i++) {
        const struct questionnaire_item *from = &questionnaire->item[i];
        struct release_item *to = &content->item[i];
        (void)snprintf(to->name, sizeof to->name, "%s", from->name);
        to->kind = from->kind;
        to->scale = from->scale;
        fault = questionnaire_item_digest(to->digest, questionnaire, i);
    }
    for (uint16_t i = 0; !fault && i < content->scale_count; i++) {
        const struct questionnaire_scale *from = &questionnaire->scale[i];
        struct release_scale *to = &content->scale[i];
        (void)snprintf(to->name, sizeof to->name, "%s", from->name);
        to->subject = from->subject;
        to->high_is_good = from->high_is_good;
        to->formative = from->formative;
        to->score_min = from->score_min;
        to->score_max = from->score_max;
        to->item_count = from->item_count;
        fault = questionnaire_scale_digest(to->digest, questionnaire, i);
    }
    return fault;
}

uint16_t release_bins(uint8_t score_min, uint8_t score_max) {
    unsigned range = (unsigned)(score_max - score_min);
    return (uint16_t)(range < 2 ? 2 : range > RELEASE_BINS ? RELEASE_BINS : range);
}

uint16_t release_bin_of(uint8_t score_min, uint8_t score_max, uint32_t answered, uint32_t raw) {
    uint16_t bins = release_bins(score_min, score_max);
    uint32_t bin = (raw - answered * score_min) * bins / (answered * (uint32_t)(score_max - score_min));
    return (uint16_t)(bin < bins ? bin : bins - 1u);
}

/* The first figure that does not come before this place. Figures are in order. */
static uint32_t find_from(const struct release_content *content, uint64_t rank) {
    uint32_t low = 0, high = content->figure_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (release_rank(&content->figure[middle]) < rank) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

const struct release_figure *release_find_at(const struct release *release, enum release_level level,
                                             uint16_t unit, enum release_subject about, uint16_t subject,
                                             enum release_kind kind, uint16_t index) {
    const struct release_content *content = &release->content;
    uint64_t wanted = release_rank(&(struct release_figure){
        .level = level, .unit = unit, .about = about, .subject = subject, .kind = kind, .index = index});
    uint32_t at = find_from(content, wanted);
    bool found = at < content->figure_count && release_rank(&content->figure[at]) == wanted;
    return found ? &content->figure[at] : NULL;
}

bool release_heads_wrong(const struct release_content *content) {
    for (uint16_t i = 0; i < content->class_count; i++) {
        if (content->class_list[i].contributions > content->class_list[i].asked) {
            return true;
        }
    }
    return false;
}

const struct release_figure *release_find(const struct release *release, enum release_subject about,
                                          uint16_t subject, enum release_kind kind, uint16_t index) {
    return release_find_at(release, RELEASE_SCHOOL, 0, about, subject, kind, index);
}

const struct release_figure *release_row(const struct release *release, enum release_level level,
                                         uint16_t unit, enum release_subject about, uint16_t subject,
                                         uint32_t *count) {
    const struct release_content *content = &release->content;
    struct release_figure from = {.level = level, .unit = unit, .about = about, .subject = subject};
    struct release_figure to = from;
    to.kind = RELEASE_KINDS;
    uint32_t first = find_from(content, release_rank(&from));
    *count = find_from(content, release_rank(&to)) - first;
    return *count ? &content->figure[first] : NULL;
}
