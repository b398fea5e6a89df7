/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a questionnaire may carry behind its items: how far translations are, recordings, figures to compare
 * with.
 */
#include <string.h>

#include "questionnaire.h"
#include "questionnaire_inside.h"

enum { FLAG_TRANSLATIONS = 2, FLAG_RECORDINGS = 4, FLAG_REFERENCES = 8, FLAG_CONVERSIONS = 16 };
enum { VALUE_LIMIT = 1000000, YEAR_FIRST = 1950, YEAR_LAST = 2100 };

uint8_t questionnaire_appendix_flags(const struct questionnaire *questionnaire) {
    int flags = 0;
    for (uint16_t i = 0; i < questionnaire->language_count; i++) {
        flags |= questionnaire->language[i].translation ? FLAG_TRANSLATIONS : 0;
    }
    flags |= questionnaire->recording_count ? FLAG_RECORDINGS : 0;
    flags |= questionnaire->reference_count ? FLAG_REFERENCES : 0;
    flags |= questionnaire->conversion_count ? FLAG_CONVERSIONS : 0;
    return (uint8_t)flags;
}

/* ---- writing ---- */

static void put_recordings(struct bytes_buffer *out, const struct questionnaire *questionnaire) {
    bytes_put_u16(out, questionnaire->recording_count);
    for (uint16_t i = 0; i < questionnaire->recording_count; i++) {
        const struct questionnaire_recording *recording = &questionnaire->recording[i];
        bytes_put_u8(out, (uint8_t)recording->kind);
        bytes_put_u16(out, recording->part);
        bytes_put_u16(out, recording->option);
        bytes_put_u16(out, recording->language);
        bytes_put_u8(out, recording->robot);
        bytes_put(out, recording->digest, sizeof recording->digest);
    }
}

static void put_references(struct bytes_buffer *out, const struct questionnaire *questionnaire) {
    bytes_put_u16(out, questionnaire->reference_count);
    for (uint16_t i = 0; i < questionnaire->reference_count; i++) {
        const struct questionnaire_reference *reference = &questionnaire->reference[i];
        bytes_put_u16(out, reference->scale);
        bytes_put_u16(out, reference->year);
        bytes_put_u8(out, reference->month);
        questionnaire_inside_put_text(out, &reference->whom);
        bytes_put_text(out, reference->source);
        bytes_put_u32(out, reference->mean);
        bytes_put_u32(out, reference->deviation);
        bytes_put_u32(out, reference->pupils);
    }
}

static void put_conversions(struct bytes_buffer *out, const struct questionnaire *questionnaire) {
    bytes_put_u16(out, questionnaire->conversion_count);
    for (uint16_t i = 0; i < questionnaire->conversion_count; i++) {
        const struct questionnaire_conversion *conversion = &questionnaire->conversion[i];
        bytes_put_u16(out, conversion->scale);
        bytes_put_u16(out, conversion->count);
        for (uint16_t j = 0; j < conversion->count; j++) {
            bytes_put_u32(out, (uint32_t)conversion->value[j]);
        }
    }
}

void questionnaire_appendix_put(struct bytes_buffer *out, const struct questionnaire *questionnaire) {
    uint8_t flags = questionnaire_appendix_flags(questionnaire);
    for (uint16_t i = 0; (flags & FLAG_TRANSLATIONS) && i < questionnaire->language_count; i++) {
        bytes_put_u8(out, (uint8_t)questionnaire->language[i].translation);
    }
    if (flags & FLAG_RECORDINGS) {
        put_recordings(out, questionnaire);
    }
    if (flags & FLAG_REFERENCES) {
        put_references(out, questionnaire);
    }
    if (flags & FLAG_CONVERSIONS) {
        put_conversions(out, questionnaire);
    }
}

/* ---- reading ---- */

static void take_recordings(struct bytes_reader *in, struct questionnaire *questionnaire) {
    questionnaire->recording_count = bytes_take_count(in, QUESTIONNAIRE_RECORDINGS);
    for (uint16_t i = 0; i < questionnaire->recording_count && !in->fault; i++) {
        struct questionnaire_recording *recording = &questionnaire->recording[i];
        recording->kind =
            (enum questionnaire_recorded)questionnaire_inside_take_choice(in, QUESTIONNAIRE_RECORDED_OPTION);
        recording->part = bytes_take_u16(in);
        recording->option = bytes_take_u16(in);
        recording->language = bytes_take_u16(in);
        recording->robot = questionnaire_inside_take_choice(in, 1);
        bytes_take(in, recording->digest, sizeof recording->digest);
    }
}

static void take_references(struct bytes_reader *in, struct questionnaire *questionnaire) {
    questionnaire->reference_count = bytes_take_count(in, QUESTIONNAIRE_REFERENCES);
    for (uint16_t i = 0; i < questionnaire->reference_count && !in->fault; i++) {
        struct questionnaire_reference *reference = &questionnaire->reference[i];
        reference->scale = bytes_take_u16(in);
        reference->year = bytes_take_u16(in);
        reference->month = bytes_take_u8(in);
        questionnaire_inside_take_text(in, &reference->whom);
        bytes_take_text(in, reference->source, sizeof reference->source);
        reference->mean = bytes_take_u32(in);
        reference->deviation = bytes_take_u32(in);
        reference->pupils = bytes_take_u32(in);
    }
}

/* Two's complement, without leaning on how the compiler turns large numbers into negative ones. */
static int32_t take_signed(struct bytes_reader *in) {
    uint32_t bits = bytes_take_u32(in);
    return bits <= INT32_MAX ? (int32_t)bits : -(int32_t)(UINT32_MAX - bits) - 1;
}

static void take_conversions(struct bytes_reader *in, struct questionnaire *questionnaire) {
    questionnaire->conversion_count = bytes_take_count(in, QUESTIONNAIRE_SCALES);
    for (uint16_t i = 0; i < questionnaire->conversion_count && !in->fault; i++) {
        struct questionnaire_conversion *conversion = &questionnaire->conversion[i];
        conversion->scale = bytes_take_u16(in);
        conversion->count = bytes_take_count(in, QUESTIONNAIRE_RAW_SUMS);
        for (uint16_t j = 0; j < conversion->count; j++) {
            conversion->value[j] = take_signed(in);
        }
    }
}

void questionnaire_appendix_take(struct bytes_reader *in, struct questionnaire *questionnaire,
                                 uint8_t flags) {
    for (uint16_t i = 0; (flags & FLAG_TRANSLATIONS) && i < questionnaire->language_count; i++) {
        questionnaire->language[i].translation =
            (enum questionnaire_translation)questionnaire_inside_take_choice(
                in, QUESTIONNAIRE_TRANSLATION_CHECKED);
    }
    if (flags & FLAG_RECORDINGS) {
        take_recordings(in, questionnaire);
    }
    if (flags & FLAG_REFERENCES) {
        take_references(in, questionnaire);
    }
    if (flags & FLAG_CONVERSIONS) {
        take_conversions(in, questionnaire);
    }
}

/* ---- rules ---- */

static const struct questionnaire_text *label_of(const struct questionnaire *questionnaire,
                                                 const struct questionnaire_recording *recording) {
    if (recording->kind == QUESTIONNAIRE_RECORDED_ITEM) {
        bool known = recording->part < questionnaire->item_count && recording->option == 0;
        return known ? &questionnaire->item[recording->part].label : NULL;
    }
    bool known = recording->part < questionnaire->list_count &&
                 recording->option < questionnaire->list[recording->part].option_count;
    return known ? &questionnaire->list[recording->part].option[recording->option].label : NULL;
}

/* Below 0, 0 or above, as memcmp. */
static int compare(const struct questionnaire_recording *a, const struct questionnaire_recording *b) {
    int by_kind = (int)a->kind - (int)b->kind;
    int by_part = (int)a->part - (int)b->part;
    int by_option = (int)a->option - (int)b->option;
    int by_language = (int)a->language - (int)b->language;
    return by_kind ? by_kind : by_part ? by_part : by_option ? by_option : by_language;
}

static enum fault check_recordings(const struct questionnaire *questionnaire) {
    for (uint16_t i = 0; i < questionnaire->recording_count; i++) {
        const struct questionnaire_recording *recording = &questionnaire->recording[i];
        const struct questionnaire_text *label = label_of(questionnaire, recording);
        bool spoken =
            label && recording->language < questionnaire->language_count && label->in[recording->language];
        if (!spoken || (i > 0 && compare(recording - 1, recording) >= 0)) {
            return FAULT_QUESTIONNAIRE;
        }
    }
    return FAULT_NONE;
}

static enum fault check_reference(const struct questionnaire *questionnaire,
                                  const struct questionnaire_reference *reference) {
    if (reference->scale >= questionnaire->scale_count) {
        return FAULT_QUESTIONNAIRE;
    }
    const struct questionnaire_scale *scale = &questionnaire->scale[reference->scale];
    uint32_t low = scale->score_min * 1000u, high = scale->score_max * 1000u;
    bool inside = reference->year >= YEAR_FIRST && reference->year <= YEAR_LAST && reference->month >= 1 &&
                  reference->month <= 12 && reference->mean >= low && reference->mean <= high &&
                  reference->deviation > 0 && reference->deviation <= (high - low) / 2 &&
                  reference->pupils >= 2;
    enum fault fault = inside ? FAULT_NONE : FAULT_LIMIT;
    fault = fault ? fault : questionnaire_inside_check_text(questionnaire, &reference->whom, true);
    return fault ? fault
                 : questionnaire_inside_check_plain(reference->source, sizeof reference->source, 1, false);
}

static enum fault check_conversion(const struct questionnaire *questionnaire, uint16_t at) {
    const struct questionnaire_conversion *conversion = &questionnaire->conversion[at];
    if (conversion->scale >= questionnaire->scale_count ||
        (at > 0 && questionnaire->conversion[at - 1].scale >= conversion->scale)) {
        return FAULT_QUESTIONNAIRE;
    }
    const struct questionnaire_scale *scale = &questionnaire->scale[conversion->scale];
    unsigned range = (unsigned)(scale->score_max - scale->score_min);
    if (conversion->count > QUESTIONNAIRE_RAW_SUMS || conversion->count != scale->item_count * range + 1) {
        return FAULT_QUESTIONNAIRE;
    }
    for (uint16_t i = 0; i < conversion->count; i++) {
        if (conversion->value[i] > VALUE_LIMIT || conversion->value[i] < -VALUE_LIMIT) {
            return FAULT_LIMIT;
        }
        if (i > 0 && conversion->value[i] < conversion->value[i - 1]) {
            return FAULT_QUESTIONNAIRE;
        }
    }
    return FAULT_NONE;
}

enum fault questionnaire_appendix_check(const struct questionnaire *questionnaire) {
    enum fault fault = check_recordings(questionnaire);
    for (uint16_t i = 0; !fault && i < questionnaire->reference_count; i++) {
        fault = check_reference(questionnaire, &questionnaire->reference[i]);
    }
    for (uint16_t i = 0; !fault && i < questionnaire->conversion_count; i++) {
        fault = check_conversion(questionnaire, i);
    }
    return fault;
}

/* ---- looking up ---- */

const struct questionnaire_recording *questionnaire_find_recording(const struct questionnaire *questionnaire,
                                                                   enum questionnaire_recorded kind,
                                                                   uint16_t part, uint16_t option,
                                                                   uint16_t language) {
    const struct questionnaire_recording wanted = {
        .kind = kind, .part = part, .option = option, .language = language};
    uint16_t low = 0;
    uint16_t high = questionnaire->recording_count; /* they ascend */
    while (low < high) {
        uint16_t middle = (uint16_t)((low + high) / 2);
        int order = compare(&questionnaire->recording[middle], &wanted);
        if (order == 0) {
            return &questionnaire->recording[middle];
        }
        low = order < 0 ? (uint16_t)(middle + 1) : low;
        high = order < 0 ? high : middle;
    }
    return NULL;
}

const struct questionnaire_conversion *questionnaire_find_conversion(
    const struct questionnaire *questionnaire, uint16_t scale) {
    for (uint16_t i = 0; i < questionnaire->conversion_count; i++) {
        if (questionnaire->conversion[i].scale == scale) {
            return &questionnaire->conversion[i];
        }
    }
    return NULL;
}
