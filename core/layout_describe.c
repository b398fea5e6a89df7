/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>

#include "layout.h"

struct line {
    char *out;
    size_t size;
    size_t used;
};

static void append(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void append(struct line *line, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int wanted = vsnprintf(line->out + line->used, line->size - line->used, format, arguments);
    va_end(arguments);
    if (wanted > 0) {
        size_t room = line->size - line->used - 1;
        line->used += (size_t)wanted < room ? (size_t)wanted : room;
    }
}

static const char *level_name(enum layout_level level) {
    static const char *const names[LAYOUT_LEVELS] = {"class", "school", "breakdown"};
    return names[level];
}

static const char *kind_name(enum layout_kind kind) {
    static const char *const names[] = {[LAYOUT_PARTICIPATION] = "participation",
                                        [LAYOUT_GROUPS] = "groups",
                                        [LAYOUT_ANSWERED] = "answered",
                                        [LAYOUT_MISSING] = "missing",
                                        [LAYOUT_ANY] = "any",
                                        [LAYOUT_SCALE_SUM] = "scale_sum",
                                        [LAYOUT_OPTIONS] = "options",
                                        [LAYOUT_CHOSEN] = "chosen",
                                        [LAYOUT_HISTOGRAM] = "histogram",
                                        [LAYOUT_COMPLETE] = "complete"};
    return names[kind];
}

static const char *subject_name(const struct layout_block *block, const struct questionnaire *questionnaire) {
    switch (block->kind) {
    case LAYOUT_PARTICIPATION: return "-";
    case LAYOUT_SCALE_SUM:
    case LAYOUT_HISTOGRAM:
    case LAYOUT_COMPLETE: return questionnaire->scale[block->subject].name;
    case LAYOUT_GROUPS:
    case LAYOUT_ANSWERED:
    case LAYOUT_MISSING:
    case LAYOUT_ANY:
    case LAYOUT_OPTIONS:
    case LAYOUT_CHOSEN: break;
    }
    return questionnaire->item[block->subject].name;
}

static void append_group(struct line *line, const struct questionnaire_list *list, uint32_t group) {
    append(line, "group %u:", (unsigned)group);
    const char *before = " ";
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].coarse == group) {
            append(line, "%s%s", before, list->option[i].name);
            before = ", ";
        }
    }
}

static void append_option(struct line *line, const struct questionnaire_list *list, uint32_t rank) {
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].kind == QUESTIONNAIRE_OPTION_ANSWER && rank-- == 0) {
            append(line, "option %s", list->option[i].name);
            return;
        }
    }
}

static void append_cell(struct line *line, const struct layout *layout,
                        const struct questionnaire *questionnaire, uint16_t scale, uint32_t cell) {
    uint32_t low = questionnaire->scale[scale].score_min;
    uint32_t steps = questionnaire->scale[scale].score_max - low;
    for (uint32_t answered = layout->scale[scale].least; answered <= layout->scale[scale].items; answered++) {
        uint32_t row = answered * steps + 1;
        if (cell < row) {
            append(line, "answered %u, raw %u", (unsigned)answered, (unsigned)(answered * low + cell));
            return;
        }
        cell -= row;
    }
    append(line, "not counted");
}

static void append_complete(struct line *line, const struct questionnaire *questionnaire, uint16_t scale,
                            uint32_t at) {
    uint32_t low = questionnaire->scale[scale].score_min;
    uint32_t scores = questionnaire->scale[scale].score_max - low + 1;
    uint32_t rank = at / scores;
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].scale == scale && rank-- == 0) {
            append(line, "item %s, score %u", questionnaire->item[i].name, (unsigned)(low + at % scores));
            return;
        }
    }
}

static void append_sum(struct line *line, const struct layout *layout, uint16_t scale, uint32_t at) {
    if (at == 0) {
        append(line, "n");
    } else {
        append(line, "sum of raw * %llu / answered", (unsigned long long)layout->scale[scale].unit);
    }
}

static void append_meaning(struct line *line, const struct layout *layout,
                           const struct questionnaire *questionnaire, const struct layout_block *block,
                           uint32_t at) {
    static const char *const participation[] = {"answered", "stopped", "declined"};
    static const char *const missing[] = {"dont_know", "rather_not_say", "skipped", "not_asked"};
    const struct questionnaire_list *list = questionnaire_list_of(questionnaire, block->subject);
    switch (block->kind) {
    case LAYOUT_PARTICIPATION: append(line, "%s", participation[at]); break;
    case LAYOUT_GROUPS:
    case LAYOUT_ANY: append_group(line, list, at); break;
    case LAYOUT_ANSWERED: append(line, "gave an answer"); break;
    case LAYOUT_MISSING: append(line, "%s", missing[at]); break;
    case LAYOUT_OPTIONS:
    case LAYOUT_CHOSEN: append_option(line, list, at); break;
    case LAYOUT_SCALE_SUM: append_sum(line, layout, block->subject, at); break;
    case LAYOUT_HISTOGRAM: append_cell(line, layout, questionnaire, block->subject, at); break;
    case LAYOUT_COMPLETE: append_complete(line, questionnaire, block->subject, at); break;
    }
}

static const struct layout_block *block_of(const struct layout *layout, uint32_t counter) {
    for (uint32_t i = 0; i < layout->block_count; i++) {
        if (counter - layout->block[i].first < layout->block[i].count) {
            return &layout->block[i];
        }
    }
    return NULL;
}

void layout_describe(char *out, size_t size, const struct layout *layout,
                     const struct questionnaire *questionnaire, uint32_t counter) {
    struct line line = {out, size, 0};
    const struct layout_block *block = block_of(layout, counter);
    if (size == 0) {
        return;
    }
    out[0] = '\0';
    if (!block) {
        return;
    }
    append(&line, "%u\t%s\t%s\t%s\t", (unsigned)counter, level_name(block->level), kind_name(block->kind),
           subject_name(block, questionnaire));
    append_meaning(&line, layout, questionnaire, block, counter - block->first);
    if (block->breakdown != QUESTIONNAIRE_NONE) {
        const struct questionnaire_list *list = questionnaire_list_of(questionnaire, block->breakdown);
        append(&line, ", where %s = %s", questionnaire->item[block->breakdown].name,
               list->option[block->category].name);
    }
}
