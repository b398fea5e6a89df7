/* SPDX-License-Identifier: Apache-2.0 */
#include "disclosure_adding.h"

/* How many of a pooled node score in each bin; gives how many count. */
static uint64_t fill_bins(uint64_t bins[RELEASE_BINS], const struct disclosure_school *school, uint32_t node,
                          uint16_t scale) {
    const struct questionnaire_scale *range = &school->questionnaire->scale[scale];
    const struct layout_scale *arithmetic = &school->layout->scale[scale];
    const uint64_t *histogram =
        disclosure_school_counters(school, node, LAYOUT_SCHOOL, LAYOUT_HISTOGRAM, scale);
    uint64_t counted = 0;
    for (uint32_t answered = arithmetic->least; answered <= arithmetic->items; answered++) {
        for (uint32_t raw = answered * range->score_min; raw <= answered * range->score_max; raw++) {
            uint64_t count =
                histogram[layout_cell(school->layout, school->questionnaire, scale, answered, raw)];
            bins[release_bin_of(range->score_min, range->score_max, answered, raw)] += count;
            counted += count;
        }
    }
    return counted;
}

/* Of a class nobody counted who scores what, and of who counts nobody is told. */
static void add_class_scores(struct adding *adding, uint32_t node, uint16_t bins) {
    const struct disclosure_node *at = &adding->school->node[node];
    const uint64_t *sums =
        disclosure_school_counters(adding->school, node, LAYOUT_CLASS, LAYOUT_SCALE_SUM, adding->subject);
    struct disclosure_cells *cells = &adding->cells[node];
    uint32_t row = adding->first_row + node;
    cells->missing =
        protect_add(adding->protect, row, at->contributions - (uint32_t)sums[0], at->contributions, 0);
    protect_begin(adding->protect);
    adding_term(adding, cells->missing, 1);
    for (uint16_t i = 0; i < bins; i++) {
        cells->option[i] = protect_add(adding->protect, row, 0, at->contributions, 0);
        if (!adding->protect->fault) {
            adding->protect->cell[cells->option[i]].unknown = true;
        }
        adding_term(adding, cells->option[i], 1);
    }
    protect_end_exactly(adding->protect, at->contributions);
}

enum fault disclosure_table_add_scores(struct disclosure_table *table, uint16_t scale) {
    const struct disclosure_school *school = table->school;
    const struct questionnaire_scale *range = &school->questionnaire->scale[scale];
    uint16_t bins = release_bins(range->score_min, range->score_max);
    struct adding adding;
    enum fault fault = adding_begin(&adding, table, scale);
    if (fault) {
        return fault;
    }
    adding.about = RELEASE_SCALE;
    adding.in_class = false; /* distributions never */
    for (uint32_t i = 0; i < school->node_count; i++) {
        uint64_t count[RELEASE_BINS] = {0};
        struct disclosure_cells *cells = &adding.cells[i];
        /*
         * Of a breakdown's categories neither: what they leave of the school's would be a distribution too.
         */
        bool told = !school->node[i].is_class && !school->node[i].partition;
        if (!school->node[i].pooled) {
            if (table->in_class) {
                add_class_scores(&adding, i, bins);
            }
            continue;
        }
        uint64_t counted = fill_bins(count, school, i, scale);
        for (uint16_t j = 0; j < bins; j++) {
            cells->option[j] = adding_listed(&adding, i, RELEASE_SCORE, j, count[j], told);
        }
        cells->missing =
            adding_listed(&adding, i, RELEASE_NOT_COUNTED, 0, school->node[i].contributions - counted, told);
        adding_total(&adding, i, cells->option, bins);
    }
    adding_sums(&adding);
    return adding.protect->fault;
}
