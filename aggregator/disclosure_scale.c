/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_scale.h"

#include <math.h>
#include <stdlib.h>

/*
 * A smallest unit of the scale: no part of it has the items. With C contributions, m items of scores
 * low..high, n whose scale counts, who lack at most m - least answers each: `answers` is how many answers
 * those gave, `raw` their sum, `score` the sum of their scores, in parts of 1 / (FINE * m).
 */
struct disclosure_scale_unit {
    bool there;
    uint32_t answers, raw, score;
};

enum { FINE = 10 };

/* What is being made. */
struct making {
    struct disclosure_scale *scale;
    const struct disclosure_presence *presence;
    struct disclosure_table *table;
    struct protect *protect;
    const struct disclosure_school *school;
    uint32_t item_count;
    uint32_t item[QUESTIONNAIRE_ITEMS]; /* the scale's items among the subjects of the table */
    int32_t m, least, low, high;
    uint32_t row;                       /* of what nobody counted, one more a node */
    uint16_t root[DISCLOSURE_SUBJECTS]; /* per subject: which part it belongs to */
};

static const struct disclosure_cells *cells_of(const struct making *making, uint32_t subject, uint32_t node) {
    return &making->table->cells[(size_t)subject * making->school->node_count + node];
}

static uint32_t uncounted(const struct making *making, uint32_t node) {
    return cells_of(making, making->scale->scores, node)->missing;
}

static bool has_items(const struct making *making, uint32_t node) {
    bool all = uncounted(making, node) != DISCLOSURE_NO_CELL;
    for (uint32_t i = 0; all && i < making->item_count; i++) {
        all = cells_of(making, making->item[i], node)->missing != DISCLOSURE_NO_CELL;
    }
    return all;
}

/* Whether a node lies in another, or is it; of breakdowns, whether it is that category. */
static bool is_within(const struct disclosure_school *school, uint32_t node, uint32_t whole) {
    uint32_t up = school->node[node].parent;
    return node == whole ||
           (!school->node[node].partition && (up == whole || school->node[up].parent == whole));
}

static bool is_smallest(const struct making *making, uint32_t node) {
    bool smallest = has_items(making, node);
    for (uint32_t i = 1; smallest && i < making->school->node_count; i++) {
        smallest = i == node || making->school->node[i].partition || making->school->node[i].parent != node ||
                   !has_items(making, i);
    }
    return smallest;
}

static void term(const struct making *making, uint32_t cell, int64_t factor) {
    if (cell != DISCLOSURE_NO_CELL) {
        protect_term(making->protect, cell, (int32_t)factor);
    }
}

/* `factor` times who counts: C less who does not. Gives what the constant part is. */
static int64_t put_counted(const struct making *making, uint32_t node, int64_t factor) {
    term(making, uncounted(making, node), -factor);
    return factor * making->school->node[node].contributions;
}

/* `factor` times all answers of a unit: m C less who gave none to each item. */
static int64_t put_answers(const struct making *making, uint32_t node, int64_t factor) {
    for (uint32_t i = 0; i < making->item_count; i++) {
        term(making, cells_of(making, making->item[i], node)->missing, -factor);
    }
    return factor * making->m * making->school->node[node].contributions;
}

/* `factor` times the sum of all scores of all answers. */
static void put_raw(const struct making *making, uint32_t node, int64_t factor) {
    for (uint32_t i = 0; i < making->item_count; i++) {
        uint16_t item = making->table->subject[making->item[i]];
        const struct disclosure_cells *cells = cells_of(making, making->item[i], node);
        for (uint16_t j = 0; j < QUESTIONNAIRE_OPTIONS; j++) {
            if (cells->option[j] != DISCLOSURE_NO_CELL) {
                term(making, cells->option[j],
                     factor * disclosure_table_score(making->school->questionnaire, item, j));
            }
        }
    }
}

/* Ends a relation: its terms and `constant` are at most 0. */
static void end_at_most_zero(const struct making *making, int64_t constant) {
    protect_end_at_most(making->protect, -constant);
}

/* Who counts gave least..m answers each, who does not less than least, and who said no none. */
static void add_answers(const struct making *making, uint32_t node) {
    const struct disclosure_scale_unit *unit = &making->scale->unit[node];
    protect_begin(making->protect);
    term(making, unit->answers, -1);
    end_at_most_zero(making, put_counted(making, node, making->least));
    protect_begin(making->protect);
    term(making, unit->answers, 1);
    end_at_most_zero(making, put_counted(making, node, -making->m));
    protect_begin(making->protect);
    term(making, unit->answers, 1);
    end_at_most_zero(making, put_answers(making, node, -1));
    protect_begin(making->protect);
    term(making, unit->answers, -1);
    int64_t constant = put_answers(making, node, 1);
    term(making, uncounted(making, node), -(int64_t)(making->least - 1));
    constant += disclosure_presence_put_declined(making->presence, making->table, node, making->least - 1);
    end_at_most_zero(making, constant);
}

/* `way` 1: `raw` (or all raw less it) is at most `high` times the answers; -1: at least `low` times. */
static void add_raw_end(const struct making *making, uint32_t node, bool others, int way) {
    const struct disclosure_scale_unit *unit = &making->scale->unit[node];
    int64_t end = way > 0 ? making->high : making->low, constant = 0;
    protect_begin(making->protect);
    term(making, unit->raw, others ? -way : way);
    term(making, unit->answers, others ? way * end : -way * end);
    if (others) {
        put_raw(making, node, way);
        constant = put_answers(making, node, -way * end);
    }
    end_at_most_zero(making, constant);
}

/* A score is raw / answers of each: each missing answer weighs low..high. */
static void add_score_end(const struct making *making, uint32_t node, int way) {
    const struct disclosure_scale_unit *unit = &making->scale->unit[node];
    int64_t end = way > 0 ? making->high : making->low;
    protect_begin(making->protect);
    term(making, unit->score, way);
    end_at_most_zero(making, put_counted(making, node, -way * FINE * making->m * end));
    protect_begin(making->protect);
    term(making, unit->score, way);
    term(making, unit->raw, -way * FINE);
    term(making, unit->answers, way * FINE * end);
    end_at_most_zero(making, put_counted(making, node, -way * FINE * making->m * end));
}

/* And lies in the pupil's bin. */
static void add_bin_end(const struct making *making, uint32_t node, int way) {
    const struct disclosure_cells *cells = cells_of(making, making->scale->scores, node);
    int32_t span = making->high - making->low,
            bins = release_bins((uint8_t)making->low, (uint8_t)making->high);
    protect_begin(making->protect);
    term(making, making->scale->unit[node].score, way * bins);
    for (int32_t i = 0; i < bins; i++) {
        int64_t edge = making->low * bins + (i + (way > 0)) * span;
        term(making, cells->option[i], -way * FINE * making->m * edge);
    }
    protect_end_at_most(making->protect, 0);
}

static uint32_t add_unknown(const struct making *making, uint32_t node, uint64_t cap) {
    return protect_add_unknown(making->protect, making->row + node, (uint32_t)cap);
}

static void add_unit(const struct making *making, uint32_t node) {
    struct disclosure_scale_unit *unit = &making->scale->unit[node];
    uint64_t answers = (uint64_t)making->m * making->school->node[node].contributions;
    uint64_t raw = answers * (uint64_t)making->high;
    *unit =
        (struct disclosure_scale_unit){true, add_unknown(making, node, answers),
                                       add_unknown(making, node, raw), add_unknown(making, node, FINE * raw)};
    add_answers(making, node);
    for (int way = -1; way <= 1; way += 2) {
        add_raw_end(making, node, false, way);
        add_raw_end(making, node, true, way);
        add_score_end(making, node, way);
        add_bin_end(making, node, way);
    }
}

/* The parts of a breakdown are all the school. */
static void add_partition(const struct making *making, uint16_t partition, size_t which) {
    protect_begin(making->protect);
    for (uint32_t i = 0; i < making->school->node_count; i++) {
        const struct disclosure_scale_unit *unit = &making->scale->unit[i];
        uint16_t in = making->school->node[i].partition;
        if (unit->there && (in == 0 || in == partition)) {
            const uint32_t cell[] = {unit->answers, unit->raw, unit->score};
            term(making, cell[which], in ? 1 : -1);
        }
    }
    protect_end_exactly(making->protect, 0);
}

static void add_partitions(const struct making *making) {
    uint16_t before = 0;
    for (uint32_t i = 0; i < making->school->node_count; i++) {
        uint16_t in = making->school->node[i].partition;
        for (size_t j = 0; in != before && j < 3; j++) {
            add_partition(making, in, j);
        }
        before = in;
    }
}

/*
 * A told mean of t tenths: (2t - 1) / 20 <= sum of scores / n < (2t + 1) / 20, and `far` (in 1 / (2 * FINE * m)
 * of a score) beyond that. Each end is one more cell, which is how far the sum is from it: hiding it costs next
 * to nothing, so that it goes before any count does.
 */
static uint32_t add_mean_end(const struct making *making, uint32_t node, int64_t tenths, int way, int64_t far,
                             double weight) {
    const struct disclosure_node *at = &making->school->node[node];
    int64_t base = 4 * (int64_t)making->m * FINE * (making->high + 1) * at->contributions;
    uint32_t cell = add_unknown(making, node, (uint64_t)(2 * base));
    int64_t constant = 0;
    protect_begin(making->protect);
    term(making, cell, 1);
    for (uint32_t i = 0; i < making->school->node_count; i++) {
        if (making->scale->unit[i].there && is_within(making->school, i, node)) {
            term(making, making->scale->unit[i].score, 2 * way);
            constant += put_counted(making, i, -way * making->m * (2 * tenths + way));
        }
    }
    protect_end_exactly(making->protect, base - constant);
    if (!making->protect->fault) {
        struct protect_cell *told = &making->protect->cell[cell];
        told->state = PROTECT_BANDED;
        told->weight = weight / (FINE * making->m);
        told->value = (uint32_t)base;
        told->low = (uint32_t)(base - far + (way > 0));
        told->high = (uint32_t)(2 * base);
    }
    return cell;
}

static void add_means(const struct making *making, const bool *mean, const uint64_t *tenths) {
    for (uint32_t i = 0; i < making->school->node_count; i++) {
        enum release_level level = making->school->node[i].level;
        double weight = level == RELEASE_SCHOOL ? 1e-3 : level == RELEASE_YEAR ? 1e-4 : 1e-5;
        uint32_t *told = &making->scale->told[2 * (size_t)i];
        told[0] = told[1] = DISCLOSURE_NO_CELL;
        if (mean[i]) {
            told[0] = add_mean_end(making, i, (int64_t)tenths[i], -1, 0, weight);
            told[1] = add_mean_end(making, i, (int64_t)tenths[i], 1, 0, weight);
        }
    }
}

/* No batch is further from the school's mean than its error lets be; where it may be anywhere that is nothing. */
static void add_far(const struct making *making, const struct disclosure_scale_candidates *candidates) {
    const double weight = 1e-4;
    double far = ceil(2.0 * FINE * making->m * candidates->far);
    making->scale->far_first = making->protect->cell_count;
    for (uint32_t i = 0; candidates->far > 0 && candidates->mean[0] && i < making->school->node_count; i++) {
        const struct disclosure_node *at = &making->school->node[i];
        double all = 2.0 * FINE * making->m * (making->high + 1) * at->contributions;
        for (int way = -1; way <= 1 && at->is_class && making->scale->unit[i].there && far < all; way += 2) {
            (void)add_mean_end(making, i, (int64_t)candidates->tenths[0], way, (int64_t)far, weight);
        }
    }
    making->scale->far_end = making->protect->cell_count;
}

/* The scale's items, each with what hangs on it, and the scores. */
static enum fault add_subjects(struct making *making) {
    const struct questionnaire *questionnaire = making->school->questionnaire;
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < questionnaire->item_count; i++) {
        if (questionnaire->item[i].scale == making->scale->scale) {
            uint32_t first = making->table->subject_count;
            making->item[making->item_count++] = first;
            fault = disclosure_table_add_with_children(making->table, i);
            for (uint32_t j = first; j < making->table->subject_count; j++) {
                making->root[j] = (uint16_t)making->item_count;
            }
        }
    }
    making->scale->scores = making->table->subject_count;
    making->root[making->scale->scores] = (uint16_t)(making->item_count + 1);
    return fault ? fault : disclosure_table_add_scores(making->table, making->scale->scale);
}

/* The year that a node lies in; 0 for the school, and for parts of breakdowns. */
static uint16_t region_of(const struct disclosure_school *school, uint32_t node) {
    const struct disclosure_node *at = &school->node[node];
    return (uint16_t)(at->partition || node == 0 ? 0 : at->parent == 0 ? node : at->parent);
}

/* Parts: each item with what hangs on it, and the scores; and each year. */
static enum fault add_parts(struct making *making) {
    uint32_t nodes = making->school->node_count, rows = (making->table->subject_count + 1) * nodes;
    making->scale->part = calloc(rows + (size_t)1, sizeof *making->scale->part);
    if (!making->scale->part) {
        return FAULT_MEMORY;
    }
    for (uint32_t i = 0; i < rows; i++) {
        uint32_t subject = i / nodes;
        making->scale->part[i].subject = subject < making->table->subject_count ? making->root[subject] : 0;
        making->scale->part[i].region = region_of(making->school, i % nodes);
    }
    making->protect->fractions = true;
    making->protect->part = making->scale->part;
    making->protect->part_rows = rows;
    return FAULT_NONE;
}

enum fault disclosure_scale_init(struct disclosure_scale *out, const struct disclosure_school *school,
                                 uint16_t scale, const struct disclosure_presence *presence,
                                 const struct disclosure_scale_candidates *candidates) {
    const struct questionnaire_scale *range = &school->questionnaire->scale[scale];
    *out = (struct disclosure_scale){.school = school, .scale = scale};
    struct making making = {.scale = out,
                            .presence = presence,
                            .table = &out->table,
                            .protect = &out->table.protect,
                            .school = school,
                            .m = (int32_t)school->layout->scale[scale].items,
                            .least = (int32_t)school->layout->scale[scale].least,
                            .low = range->score_min,
                            .high = range->score_max};
    out->unit = calloc(school->node_count + (size_t)1, sizeof *out->unit);
    out->told = calloc(2 * (school->node_count + (size_t)1), sizeof *out->told);
    enum fault fault = out->unit && out->told ? disclosure_table_init(&out->table, school) : FAULT_MEMORY;
    out->table.in_class = true;
    fault = fault ? fault : add_subjects(&making);
    fault = fault ? fault : disclosure_presence_add(presence, &out->table);
    if (fault) {
        return fault;
    }
    making.row = out->table.subject_count * school->node_count;
    for (uint32_t i = 0; i < school->node_count; i++) {
        if (is_smallest(&making, i)) {
            add_unit(&making, i);
        }
    }
    add_partitions(&making);
    add_means(&making, candidates->mean, candidates->tenths);
    add_far(&making, candidates);
    return out->table.protect.fault ? out->table.protect.fault : add_parts(&making);
}

void disclosure_scale_release(struct disclosure_scale *scale) {
    disclosure_table_release(&scale->table);
    free(scale->part);
    free(scale->unit);
    free(scale->told);
    *scale = (struct disclosure_scale){0};
}

/* The same subject in the scale; its subject_count when there is none. */
static uint32_t find_subject(const struct disclosure_scale *scale, const struct disclosure_table *like,
                             uint32_t subject) {
    uint32_t found = 0;
    while (found < scale->table.subject_count && (scale->table.is_item[found] != like->is_item[subject] ||
                                                  scale->table.subject[found] != like->subject[subject])) {
        found++;
    }
    return found;
}

void disclosure_scale_hide(struct disclosure_scale *scale, const struct disclosure_table *like) {
    size_t nodes = scale->school->node_count;
    for (uint32_t i = 0; i < like->subject_count; i++) {
        uint32_t subject = find_subject(scale, like, i);
        for (uint32_t j = 0; subject < scale->table.subject_count && j < nodes; j++) {
            const uint32_t *from = (const uint32_t *)&like->cells[i * nodes + j];
            const uint32_t *to = (const uint32_t *)&scale->table.cells[subject * nodes + j];
            for (size_t k = 0; k < sizeof(struct disclosure_cells) / sizeof *from; k++) {
                if (from[k] != DISCLOSURE_NO_CELL && to[k] != DISCLOSURE_NO_CELL &&
                    like->protect.cell[from[k]].state == PROTECT_HIDDEN) {
                    scale->table.protect.cell[to[k]].state = PROTECT_HIDDEN;
                }
            }
        }
    }
}

enum fault disclosure_scale_judge(struct disclosure_scale *scale) {
    return disclosure_table_judge(&scale->table);
}

bool disclosure_scale_tells_mean(const struct disclosure_scale *scale, uint32_t node) {
    const uint32_t *told = &scale->told[2 * (size_t)node];
    const struct protect_cell *cell = scale->table.protect.cell;
    return told[0] != DISCLOSURE_NO_CELL && cell[told[0]].state == PROTECT_BANDED &&
           cell[told[1]].state == PROTECT_BANDED;
}

bool disclosure_scale_tells_error(const struct disclosure_scale *scale) {
    bool told = true;
    for (uint32_t i = scale->far_first; told && i < scale->far_end; i++) {
        told = scale->table.protect.cell[i].state == PROTECT_BANDED;
    }
    return told;
}
