/* SPDX-License-Identifier: Apache-2.0 */
#include "handover.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stat_mean.h"

static const struct release_figure *published(const struct release *release, uint16_t scale,
                                              enum release_kind kind) {
    const struct release_figure *figure = release_find(release, RELEASE_SCALE, scale, kind, 0);
    return figure && figure->status == RELEASE_PUBLISHED ? figure : NULL;
}

static void bound(struct handover_mean *mean, const struct handover *handover) {
    const struct release_scale *scale = &release_content(handover->release)->scale[mean->scale];
    uint32_t asked = handover->response.heads;
    uint32_t n = mean->mean->n;
    if (handover->response.state != STAT_OK || n == 0 || n > asked) {
        return;
    }
    double unit = pow(10, -(double)mean->mean->decimals);
    mean->has_bounds = true;
    mean->bounds =
        stat_mean_bounds(mean->mean->low * unit, unit / 2, n, asked, scale->score_min, scale->score_max);
}

static void add_mean(struct handover *handover, enum questionnaire_subject subject, uint16_t scale) {
    struct handover_mean *mean = &handover->mean[handover->mean_count++];
    *mean = (struct handover_mean){.subject = subject, .scale = scale, .status = HANDOVER_NOT_ASKED};
    if (scale == QUESTIONNAIRE_NONE) {
        return;
    }
    mean->mean = published(handover->release, scale, RELEASE_MEAN);
    mean->status = mean->mean ? HANDOVER_PUBLISHED : HANDOVER_HIDDEN;
    if (mean->mean) {
        mean->deviation = published(handover->release, scale, RELEASE_DEVIATION);
        mean->error = published(handover->release, scale, RELEASE_ERROR_CLASSES);
        bound(mean, handover);
    }
}

static void add_means(struct handover *handover) {
    static const enum questionnaire_subject subjects[3] = {
        QUESTIONNAIRE_SUBJECT_INCIDENTS, QUESTIONNAIRE_SUBJECT_SAFETY, QUESTIONNAIRE_SUBJECT_WELLBEING};
    const struct release_content *content = release_content(handover->release);
    for (size_t i = 0; i < 3; i++) {
        size_t before = handover->mean_count;
        for (uint16_t j = 0; j < content->scale_count; j++) {
            if (content->scale[j].subject == subjects[i]) {
                add_mean(handover, subjects[i], j);
            }
        }
        if (handover->mean_count == before) {
            add_mean(handover, subjects[i], QUESTIONNAIRE_NONE);
        }
    }
}

static enum fault describe_response(struct handover *handover) {
    const struct release_content *content = release_content(handover->release);
    struct stat_group *groups = calloc(content->class_count + 1u, sizeof *groups);
    if (!groups) {
        return FAULT_MEMORY;
    }
    for (uint16_t i = 0; i < content->class_count; i++) {
        const struct release_class *item = &content->class_list[i];
        groups[i] = (struct stat_group){item->asked, item->contributions};
        handover->set_aside += item->damaged + item->duplicate + item->conflicting;
    }
    for (uint16_t i = 0; handover->late && i < content->class_count; i++) {
        const struct release_class *item = &release_content(handover->late)->class_list[i];
        groups[i].answered += item->contributions;
        handover->late_count += item->contributions;
        handover->set_aside += item->damaged + item->duplicate + item->conflicting;
    }
    stat_response_describe(&handover->response, groups, content->class_count);
    free(groups);
    return FAULT_NONE;
}

static enum fault check(const struct handover *handover) {
    enum fault fault = release_belongs(handover->release, handover->round);
    if (!fault && handover->late) {
        fault = release_belongs(handover->late, handover->round);
    }
    if (!fault && handover->late &&
        !release_holds(handover->release, release_content(handover->late)->previous_digest)) {
        fault = FAULT_DIGEST;
    }
    return fault;
}

enum fault handover_make(struct handover *handover) {
    const struct release_content *content = release_content(handover->release);
    enum fault fault = check(handover);
    handover->late_count = 0;
    handover->enrolled = handover->not_asked = handover->set_aside = handover->left_out = 0;
    handover->mean_count = 0;
    fault = fault ? fault : describe_response(handover);
    if (fault) {
        return fault;
    }
    handover->set_aside += content->excluded_count;
    handover->set_aside += handover->late ? release_content(handover->late)->excluded_count : 0;
    for (uint16_t i = 0; i < handover->round->class_count; i++) {
        handover->enrolled += handover->round->class_list[i].heads;
        handover->not_asked += handover->round->class_list[i].not_asked;
    }
    for (uint16_t i = 0; i < content->batch_count; i++) {
        handover->left_out += content->batch[i].left_out ? content->batch[i].contributions : 0;
    }
    add_means(handover);
    return FAULT_NONE;
}

/* Digits from the last to the first: whole numbers only, so that no locale has a say in it. */
void handover_value(char out[HANDOVER_VALUE_SIZE], uint32_t value, uint8_t decimals, bool comma) {
    char reversed[HANDOVER_VALUE_SIZE];
    size_t count = 0;
    for (uint8_t digits = 0; (digits <= decimals || value) && count < HANDOVER_VALUE_SIZE - 2; digits++) {
        if (digits == decimals && decimals) {
            reversed[count++] = comma ? ',' : '.';
        }
        reversed[count++] = (char)('0' + value % 10);
        value /= 10;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = reversed[count - 1 - i];
    }
    out[count] = '\0';
}

void handover_absences(struct handover_absence *out, const uint32_t absent[BUNDLE_ABSENCES], uint32_t least) {
    *out = (struct handover_absence){0};
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        if (absent[i] >= least) {
            out->told[i] = absent[i];
        } else {
            out->rest += absent[i];
        }
    }
    out->rest_is_small = out->rest > 0 && out->rest < least;
}
