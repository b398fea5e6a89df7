/* SPDX-License-Identifier: Apache-2.0 */
#include "layout.h"

#include <stdlib.h>

/* What a block under construction is about; the rest of a block is filled in when it is added. */
struct place {
    enum layout_level level;
    uint16_t breakdown;
    uint16_t category;
};

static enum fault grow(struct layout *layout) {
    uint32_t count = layout->block_count;
    /* A power of two of blocks is exactly full. */
    if (count >= 32 && (count & (count - 1)) == 0) {
        struct layout_block *more = realloc(layout->block, 2 * (size_t)count * sizeof *more);
        if (!more) {
            return FAULT_MEMORY;
        }
        layout->block = more;
    }
    return FAULT_NONE;
}

static enum fault add_block(struct layout *layout, const struct place *place, enum layout_kind kind,
                            uint16_t subject, uint64_t count) {
    if (count > LAYOUT_COUNTERS - layout->counter_count) {
        return FAULT_LAYOUT_TOO_LARGE;
    }
    enum fault fault = grow(layout);
    if (fault) {
        return fault;
    }
    layout->block[layout->block_count++] = (struct layout_block){.kind = kind,
                                                                 .level = place->level,
                                                                 .subject = subject,
                                                                 .breakdown = place->breakdown,
                                                                 .category = place->category,
                                                                 .first = layout->counter_count,
                                                                 .count = (uint32_t)count};
    layout->counter_count += (uint32_t)count;
    return FAULT_NONE;
}

static uint32_t answer_options(const struct questionnaire_list *list) {
    uint32_t count = 0;
    for (uint16_t i = 0; i < list->option_count; i++) {
        count += list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER;
    }
    return count;
}

static uint32_t score_steps(const struct questionnaire *questionnaire, uint16_t scale) {
    return (uint32_t)(questionnaire->scale[scale].score_max - questionnaire->scale[scale].score_min);
}

uint32_t layout_cell(const struct layout *layout, const struct questionnaire *questionnaire, uint16_t scale,
                     uint32_t answered, uint32_t raw) {
    uint32_t steps = score_steps(questionnaire, scale);
    uint32_t cell = 0;
    for (uint32_t i = layout->scale[scale].least; i < answered; i++) {
        cell += i * steps + 1;
    }
    return cell + raw - answered * questionnaire->scale[scale].score_min;
}

static enum fault add_histogram(struct layout *layout, const struct place *place,
                                const struct questionnaire *questionnaire, uint16_t scale) {
    uint32_t items = layout->scale[scale].items;
    uint32_t cells = layout_cell(layout, questionnaire, scale, items + 1,
                                 (items + 1) * questionnaire->scale[scale].score_min);
    return add_block(layout, place, LAYOUT_HISTOGRAM, scale, (uint64_t)cells + 1);
}

static enum fault add_class_item(struct layout *layout, const struct place *place,
                                 const struct questionnaire *questionnaire, uint16_t item) {
    bool one = questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE;
    uint16_t groups = questionnaire_list_of(questionnaire, item)->coarse_count;
    enum fault fault = one ? add_block(layout, place, LAYOUT_GROUPS, item, groups)
                           : add_block(layout, place, LAYOUT_ANSWERED, item, 1);
    fault = fault ? fault : add_block(layout, place, LAYOUT_MISSING, item, LAYOUT_MISSING_CODES);
    if (!fault && !one) {
        fault = add_block(layout, place, LAYOUT_ANY, item, groups);
    }
    return fault;
}

static enum fault add_school_item(struct layout *layout, const struct place *place,
                                  const struct questionnaire *questionnaire, uint16_t item) {
    bool one = questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE;
    enum fault fault = add_block(layout, place, one ? LAYOUT_OPTIONS : LAYOUT_CHOSEN, item,
                                 answer_options(questionnaire_list_of(questionnaire, item)));
    if (!fault && questionnaire->item[item].breakdown) {
        fault = add_block(layout, place, LAYOUT_MISSING, item, LAYOUT_MISSING_CODES);
    }
    return fault;
}

static enum fault add_category_item(struct layout *layout, const struct place *place,
                                    const struct questionnaire *questionnaire, uint16_t item) {
    uint32_t options = answer_options(questionnaire_list_of(questionnaire, item));
    if (questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_ONE) {
        enum fault fault = add_block(layout, place, LAYOUT_OPTIONS, item, options);
        return fault ? fault : add_block(layout, place, LAYOUT_MISSING, item, LAYOUT_MISSING_CODES);
    }
    enum fault fault = add_block(layout, place, LAYOUT_ANSWERED, item, 1);
    fault = fault ? fault : add_block(layout, place, LAYOUT_MISSING, item, LAYOUT_MISSING_CODES);
    return fault ? fault : add_block(layout, place, LAYOUT_CHOSEN, item, options);
}

static enum fault add_class_level(struct layout *layout, const struct questionnaire *questionnaire) {
    struct place place = {LAYOUT_CLASS, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE};
    enum fault fault = add_block(layout, &place, LAYOUT_PARTICIPATION, QUESTIONNAIRE_NONE, 3);
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        if (questionnaire_list_of(questionnaire, i) && !questionnaire->item[i].breakdown) {
            fault = add_class_item(layout, &place, questionnaire, i);
        }
    }
    for (uint16_t i = 0; !fault && i < questionnaire->scale_count; i++) {
        fault = add_block(layout, &place, LAYOUT_SCALE_SUM, i, 2);
    }
    return fault;
}

static enum fault add_school_level(struct layout *layout, const struct questionnaire *questionnaire) {
    struct place place = {LAYOUT_SCHOOL, QUESTIONNAIRE_NONE, QUESTIONNAIRE_NONE};
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        if (questionnaire_list_of(questionnaire, i)) {
            fault = add_school_item(layout, &place, questionnaire, i);
        }
    }
    for (uint16_t i = 0; !fault && i < questionnaire->scale_count; i++) {
        uint64_t scores = score_steps(questionnaire, i) + UINT64_C(1);
        fault = add_histogram(layout, &place, questionnaire, i);
        fault =
            fault ? fault : add_block(layout, &place, LAYOUT_COMPLETE, i, scores * layout->scale[i].items);
    }
    return fault;
}

static enum fault add_category(struct layout *layout, const struct questionnaire *questionnaire,
                               uint16_t breakdown, uint16_t category) {
    struct place place = {LAYOUT_BREAKDOWN, breakdown, category};
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        if (questionnaire_list_of(questionnaire, i) && !questionnaire->item[i].breakdown) {
            fault = add_category_item(layout, &place, questionnaire, i);
        }
    }
    for (uint16_t i = 0; !fault && i < questionnaire->scale_count; i++) {
        fault = add_histogram(layout, &place, questionnaire, i);
    }
    return fault;
}

static enum fault add_breakdown_level(struct layout *layout, const struct questionnaire *questionnaire) {
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        const struct questionnaire_list *list = questionnaire_list_of(questionnaire, i);
        if (!list || !questionnaire->item[i].breakdown) {
            continue;
        }
        for (uint16_t j = 0; !fault && j < list->option_count; j++) {
            if (list->option[j].kind == QUESTIONNAIRE_OPTION_ANSWER) {
                fault = add_category(layout, questionnaire, i, j);
            }
        }
    }
    return fault;
}

static uint64_t greatest_divisor(uint64_t a, uint64_t b) {
    while (b) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* One pupil's sum is at most score_max * unit, and must stay far enough below 2^32 to be added at all. */
static enum fault derive_scale(struct layout_scale *out, const struct questionnaire_scale *scale) {
    uint32_t items = scale->item_count;
    *out = (struct layout_scale){.items = items, .least = (4 * items + 4) / 5, .unit = 1};
    for (uint32_t i = out->least; i <= items; i++) {
        out->unit *= i / greatest_divisor(out->unit, i);
        if (out->unit * scale->score_max > UINT32_MAX) {
            return FAULT_LAYOUT_TOO_LARGE;
        }
    }
    return FAULT_NONE;
}

/* The form of docs/format.md, "Layout", which only ever is hashed. */
static enum fault derive_digest(struct layout *layout, uint16_t scale_count) {
    struct bytes_buffer form = {0};
    bytes_put_u16(&form, LAYOUT_VERSION);
    bytes_put_u16(&form, scale_count);
    bytes_put_u32(&form, layout->counter_count);
    bytes_put_u32(&form, layout->block_count);
    for (uint32_t i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        bytes_put_u8(&form, (uint8_t)block->level);
        bytes_put_u8(&form, (uint8_t)block->kind);
        bytes_put_u16(&form, block->subject);
        bytes_put_u16(&form, block->breakdown);
        bytes_put_u16(&form, block->category);
        bytes_put_u32(&form, block->count);
    }
    for (uint16_t i = 0; i < scale_count; i++) {
        bytes_put_u32(&form, layout->scale[i].items);
        bytes_put_u32(&form, layout->scale[i].least);
        bytes_put_u64(&form, layout->scale[i].unit);
    }
    enum fault fault = form.fault;
    digest_make(layout->digest, DIGEST_LAYOUT, bytes_buffer_view(&form));
    bytes_buffer_release(&form);
    return fault;
}

/* At school level only a breakdown has MISSING, right behind its OPTIONS. */
static bool block_has_sizes(const struct layout *layout, uint32_t at) {
    return layout->block[at].level == LAYOUT_SCHOOL && layout->block[at].kind == LAYOUT_OPTIONS &&
           at + 1 < layout->block_count && layout->block[at + 1].level == LAYOUT_SCHOOL &&
           layout->block[at + 1].kind == LAYOUT_MISSING;
}

void layout_sizes(uint32_t *out, const struct layout *layout, const uint32_t *counters) {
    for (uint32_t i = 0; i < layout->block_count; i++) {
        if (block_has_sizes(layout, i)) {
            const struct layout_block *sizes = &layout->block[i], *missing = &layout->block[i + 1];
            for (uint32_t j = 0; j < sizes->count; j++) {
                *out++ = counters[sizes->first + j];
            }
            *out = 0;
            for (uint32_t j = 0; j < missing->count; j++) {
                *out += counters[missing->first + j];
            }
            out++;
        }
    }
}

enum fault layout_derive(struct layout *out, const struct questionnaire *questionnaire) {
    enum fault fault = FAULT_NONE;
    *out = (struct layout){.block = calloc(32, sizeof *out->block)};
    if (!out->block) {
        fault = FAULT_MEMORY;
        goto done;
    }
    for (uint16_t i = 0; !fault && i < questionnaire->scale_count; i++) {
        fault = derive_scale(&out->scale[i], &questionnaire->scale[i]);
    }
    fault = fault ? fault : add_class_level(out, questionnaire);
    out->level_first[LAYOUT_SCHOOL] = out->counter_count;
    fault = fault ? fault : add_school_level(out, questionnaire);
    out->level_first[LAYOUT_BREAKDOWN] = out->counter_count;
    fault = fault ? fault : add_breakdown_level(out, questionnaire);
    out->level_first[LAYOUT_LEVELS] = out->counter_count;
    for (uint32_t i = 0; !fault && i < out->block_count; i++) {
        out->size_count += block_has_sizes(out, i) ? out->block[i].count + 1 : 0;
    }
    fault = fault ? fault : derive_digest(out, questionnaire->scale_count);
done:
    if (fault) {
        layout_release(out);
    }
    return fault;
}

void layout_release(struct layout *layout) {
    free(layout->block);
    *layout = (struct layout){0};
}

enum fault layout_fits(const struct layout *layout, const struct questionnaire *questionnaire,
                       uint32_t pupils) {
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        uint64_t most = layout->scale[i].unit * questionnaire->scale[i].score_max;
        if (most * pupils > UINT32_MAX) {
            return FAULT_SUM_TOO_LARGE;
        }
    }
    return FAULT_NONE;
}

const struct layout_block *layout_find(const struct layout *layout, enum layout_level level,
                                       enum layout_kind kind, uint16_t subject, uint16_t breakdown,
                                       uint16_t category) {
    for (uint32_t i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->block[i];
        if (block->level == level && block->kind == kind && block->subject == subject &&
            block->breakdown == breakdown && block->category == category) {
            return block;
        }
    }
    return NULL;
}
