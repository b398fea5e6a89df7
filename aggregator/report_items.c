/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "report_bounds.h"
#include "report_chart.h"
#include "report_section.h"
#include "report_view.h"

/* Items of one subject that share a list of options and are drawn together. */
struct block {
    enum release_level level;
    uint16_t unit;
    uint16_t count;
    uint16_t item[QUESTIONNAIRE_ITEMS];
    bool diverging;           /* from unfavourable to favourable, with the middle in one line */
    struct report_view model; /* a shown one, for the columns; state ABSENT when nothing is shown */
    uint16_t order[QUESTIONNAIRE_OPTIONS];
    bool hatched;
};

void report_section_count(struct report_page *page, const struct release_figure *figure) {
    if (!figure || figure->status == RELEASE_HIDDEN) {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
        return;
    }
    report_page_decimal(page, figure->low, figure->decimals);
    if (figure->high != figure->low) {
        report_page_raw(page, "–");
        report_page_decimal(page, figure->high, figure->decimals);
    }
}

void report_section_percent(struct report_page *page, uint32_t low, uint32_t high) {
    report_page_number(page, low);
    if (high != low) {
        report_page_raw(page, "–");
        report_page_number(page, high);
    }
    report_page_raw(page, report_page_percent(page));
}

void report_section_limits(struct report_page *page, uint32_t low, uint32_t high) {
    if (low == 0 && high == 100) {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
    } else {
        report_section_percent(page, low, high);
    }
}

static void put_option_label(char out[REPORT_LABEL_SIZE], const struct report_page *page,
                             const struct block *block, uint16_t at) {
    report_label_figure(out, page->questionnaire, block->model.cell[block->order[at]].figure, page->words);
}

/* Of what happened how often, the most often is the darkest. */
static enum report_style_colour colour_of(const struct block *block, uint16_t at) {
    return block->diverging ? report_style_diverging(at, block->model.count)
                            : report_style_step((uint16_t)(block->model.count - 1 - at), block->model.count);
}

static bool is_exact(const struct report_view *view, const struct report_view_cell *cell) {
    return cell->figure->status == RELEASE_PUBLISHED && view->answered_low == view->answered_high;
}

/* One part of a bar: as long as is sure, and labelled as in the table. */
static struct report_chart_part part_of(const struct report_view *view, const struct report_view_cell *cell,
                                        enum report_style_colour colour) {
    struct report_chart_part part = {.colour = colour,
                                     .unknown = cell->figure->status != RELEASE_PUBLISHED,
                                     .low = cell->percent_low,
                                     .high = is_exact(view, cell) ? cell->percent_low : cell->percent_high};
    if (!part.unknown && view->answered_high) {
        part.share = (uint32_t)(1000ull * cell->figure->low / view->answered_high);
    }
    return part;
}

static void fill_row(struct report_chart_row *row, struct block *block, const struct report_page *page,
                     const struct report_view *view, const char *label) {
    (void)page;
    row->label = label;
    row->hidden = view->state != REPORT_VIEW_SHOWN || view->count != block->model.count ||
                  view->coarse != block->model.coarse;
    row->count = view->count;
    for (uint16_t i = 0; !row->hidden && i < view->count; i++) {
        const struct report_view_cell *cell = &view->cell[block->order[i]];
        row->part[i] = part_of(view, cell, colour_of(block, i));
        block->hatched |= row->part[i].unknown;
    }
    block->hatched |= row->hidden;
}

static void put_cell(struct report_page *page, const struct report_view *view,
                     const struct report_view_cell *cell) {
    report_page_raw(page, "<td>");
    if (cell->figure->status == RELEASE_HIDDEN) {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
    } else if (is_exact(view, cell)) {
        report_section_percent(page, cell->percent_low, cell->percent_low);
    } else {
        report_section_limits(page, cell->percent_low, cell->percent_high);
    }
    report_page_raw(page, "</td>");
}

static void put_answered(struct report_page *page, const struct report_view *view) {
    report_page_raw(page, "<td>");
    if (view->state != REPORT_VIEW_SHOWN) {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
    } else {
        report_page_number(page, view->answered_low);
        if (view->answered_low != view->answered_high) {
            report_page_raw(page, "–");
            report_page_number(page, view->answered_high);
        }
    }
    report_page_raw(page, "</td>");
}

static void put_head_row(struct report_page *page, const struct block *block) {
    report_page_say(page, "<thead><tr><th scope=\"col\" class=\"words\">Vraag</th>",
                    "<thead><tr><th scope=\"col\" class=\"words\">Question</th>");
    for (uint16_t i = 0; i < block->model.count; i++) {
        char label[REPORT_LABEL_SIZE];
        put_option_label(label, page, block, i);
        report_page_raw(page, "<th scope=\"col\">");
        report_page_text(page, label);
        report_page_raw(page, "</th>");
    }
    report_page_say(page, "<th scope=\"col\">gaven antwoord</th></tr></thead>\n<tbody>\n",
                    "<th scope=\"col\">answered</th></tr></thead>\n<tbody>\n");
}

static void put_table(struct report_page *page, const struct block *block) {
    report_page_table(page);
    report_page_say(page, "<caption>In procenten van wie antwoord gaf. ",
                    "<caption>In percent of who answered. ");
    if (block->hatched) {
        report_page_say(page, REPORT_SECTION_HIDDEN " betekent: niet getoond.",
                        REPORT_SECTION_HIDDEN " means: not shown.");
    }
    report_page_raw(page, "</caption>");
    put_head_row(page, block);
    for (uint16_t i = 0; i < block->count; i++) {
        struct report_view view;
        report_view_item(&view, page->release, block->level, block->unit, block->item[i]);
        report_page_raw(page, "<tr><th scope=\"row\">");
        report_page_text(page, report_page_label(page, &page->questionnaire->item[block->item[i]].label));
        report_page_raw(page, "</th>");
        bool same = view.count == block->model.count && view.coarse == block->model.coarse;
        for (uint16_t j = 0; j < block->model.count; j++) {
            if (same) {
                put_cell(page, &view, &view.cell[block->order[j]]);
            } else {
                report_page_raw(page, "<td>" REPORT_SECTION_HIDDEN "</td>");
            }
        }
        put_answered(page, &view);
        report_page_raw(page, "</tr>\n");
    }
    report_page_raw(page, "</tbody></table></div>\n");
}

/*
 * Below a table of shares: how far the absent could move any of them. Of classes, whose shares are wide
 * already, nothing; nor of the late ones, beside whom those who came first are not absent.
 */
static void put_shift(struct report_page *page, const struct block *block) {
    uint32_t most = 0;
    for (uint16_t i = 0; i < block->count; i++) {
        struct report_view view;
        uint32_t points = 0;
        report_view_item(&view, page->release, block->level, block->unit, block->item[i]);
        if (view.state == REPORT_VIEW_SHOWN &&
            report_bounds_shift(&points, page->release, page->questionnaire, &view)) {
            most = points > most ? points : most;
        }
    }
    if (most && block->level != RELEASE_CLASS && !page->first) {
        REPORT_PAGE_FILL(
            page,
            page->words.english
                ? "<p class=\"soft\">Had everybody who was asked answered, each share could have been "
                  "at most # percentage points lower or higher, whatever the others had said.</p>\n"
                : "<p class=\"soft\">Had iedereen die gevraagd is antwoord gegeven, dan was elk deel "
                  "hoogstens # procentpunten lager of hoger geweest, wat de anderen ook hadden "
                  "gezegd.</p>\n",
            most);
    }
}

static void put_key(struct report_page *page, const struct block *block) {
    char label[REPORT_CHART_PARTS][REPORT_LABEL_SIZE];
    const char *labels[REPORT_CHART_PARTS];
    enum report_style_colour colours[REPORT_CHART_PARTS];
    for (uint16_t i = 0; i < block->model.count; i++) {
        put_option_label(label[i], page, block, i);
        labels[i] = label[i];
        colours[i] = colour_of(block, i);
    }
    report_chart_key(page, labels, colours, block->model.count, block->hatched);
}

/* Several questions with the same answers: one bar each. */
static void put_block(struct report_page *page, struct block *block) {
    struct report_chart_row rows[QUESTIONNAIRE_ITEMS];
    memset(rows, 0, sizeof rows);
    for (uint16_t i = 0; i < block->count; i++) {
        struct report_view view;
        report_view_item(&view, page->release, block->level, block->unit, block->item[i]);
        fill_row(&rows[i], block, page, &view,
                 report_page_label(page, &page->questionnaire->item[block->item[i]].label));
    }
    report_page_raw(page, "<figure>\n<div class=\"whole\">\n");
    put_key(page, block);
    if (block->diverging) {
        report_chart_diverging(page, page->words.english ? "Answers per question" : "Antwoorden per vraag",
                               rows, block->count);
    } else {
        report_chart_stacked(page, page->words.english ? "Answers per question" : "Antwoorden per vraag",
                             rows, block->count);
    }
    report_page_raw(page, "</div>\n");
    put_table(page, block);
    put_shift(page, block);
    report_page_raw(page, "</figure>\n");
}

/* What the absent could change; nothing for what is no answer. */
static void put_everybody(struct report_page *page, const struct report_view *view,
                          const struct release_figure *figure) {
    uint32_t low = 0, high = 0;
    report_page_raw(page, "<td>");
    if (figure && report_bounds_share(&low, &high, page->release, page->questionnaire, view, figure)) {
        report_section_percent(page, low, high);
    } else if (figure) {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
    }
    report_page_raw(page, "</td>");
}

static void put_option_table(struct report_page *page, const struct report_view *view,
                             const struct block *block) {
    report_page_table(page);
    report_page_raw(page, "<caption>");
    report_page_number(page, view->answered_low);
    if (view->answered_high != view->answered_low) {
        report_page_raw(page, "–");
        report_page_number(page, view->answered_high);
    }
    report_page_say(page, " leerlingen gaven antwoord", " pupils answered");
    if (view->several) {
        report_page_say(page, "; meer antwoorden waren mogelijk", "; more than one answer was possible");
    }
    report_page_raw(page, "</caption>");
    report_page_say(
        page,
        "<thead><tr><th scope=\"col\" class=\"words\">Antwoord</th><th scope=\"col\">Leerlingen</th><th "
        "scope=\"col\">Deel</th>",
        "<thead><tr><th scope=\"col\" class=\"words\">Answer</th><th scope=\"col\">Pupils</th><th "
        "scope=\"col\">Share</th>");
    uint32_t points = 0;
    bool everybody = !page->first && report_bounds_shift(&points, page->release, page->questionnaire, view);
    if (everybody) {
        report_page_say(page, "<th scope=\"col\">Als iedereen antwoord had gegeven</th>",
                        "<th scope=\"col\">Had everybody answered</th>");
    }
    report_page_raw(page, "</tr></thead>\n<tbody>\n");
    for (uint16_t i = 0; i < view->count + view->missing_count; i++) {
        char label[REPORT_LABEL_SIZE];
        bool counted = i < view->count;
        const struct release_figure *figure =
            counted ? view->cell[block->order[i]].figure : view->missing[i - view->count];
        report_label_figure(label, page->questionnaire, figure, page->words);
        report_page_raw(page, counted ? "<tr><th scope=\"row\">" : "<tr class=\"rest\"><th scope=\"row\">");
        report_page_text(page, label);
        report_page_raw(page, "</th><td>");
        report_section_count(page, figure);
        report_page_raw(page, "</td>");
        if (counted) {
            put_cell(page, view, &view->cell[block->order[i]]);
        } else {
            report_page_raw(page, "<td></td>");
        }
        if (everybody) {
            put_everybody(page, view, counted ? figure : NULL);
        }
        report_page_raw(page, "</tr>\n");
    }
    report_page_raw(page, "</tbody></table></div>\n");
}

/* One question: a bar for each answer, from a common base. */
static void put_single(struct report_page *page, struct block *block) {
    struct report_chart_row rows[REPORT_CHART_PARTS];
    char label[REPORT_CHART_PARTS][REPORT_LABEL_SIZE];
    const struct report_view *view = &block->model;
    memset(rows, 0, sizeof rows);
    report_page_raw(page, "<h3>");
    report_page_text(page, report_page_label(page, &page->questionnaire->item[block->item[0]].label));
    report_page_raw(page, "</h3>\n<figure>\n");
    for (uint16_t i = 0; i < view->count; i++) {
        const struct report_view_cell *cell = &view->cell[block->order[i]];
        put_option_label(label[i], page, block, i);
        rows[i] = (struct report_chart_row){.label = label[i], .count = 1};
        rows[i].part[0] = part_of(view, cell, REPORT_STYLE_STEP_4);
    }
    report_chart_bars(page, page->words.english ? "Share of who answered" : "Deel van wie antwoord gaf", rows,
                      view->count);
    put_option_table(page, view, block);
    report_page_raw(page, "</figure>\n");
}

static void put_nothing_of_several(struct report_page *page, const struct block *block) {
    report_page_say(
        page,
        "<div class=\"hidden\"><p>Van deze vragen wordt niets getoond, om leerlingen te "
        "beschermen:</p>\n<ul>\n",
        "<div class=\"hidden\"><p>Nothing is shown of these questions, to protect pupils:</p>\n<ul>\n");
    for (uint16_t i = 0; i < block->count; i++) {
        report_page_raw(page, "<li>");
        report_page_text(page, report_page_label(page, &page->questionnaire->item[block->item[i]].label));
        report_page_raw(page, "</li>\n");
    }
    report_page_raw(page, "</ul></div>\n");
}

static void put_nothing(struct report_page *page, const struct block *block) {
    if (block->count > 1) {
        put_nothing_of_several(page, block);
        return;
    }
    for (uint16_t i = 0; i < block->count; i++) {
        report_page_raw(page, "<h3>");
        report_page_text(page, report_page_label(page, &page->questionnaire->item[block->item[i]].label));
        report_page_raw(page, "</h3>\n");
        report_page_say(
            page, "<p class=\"hidden\">Deze uitkomst wordt niet getoond, om leerlingen te beschermen.</p>\n",
            "<p class=\"hidden\">This result is not shown, to protect pupils.</p>\n");
    }
}

/* The columns of a block are those of its first item that is shown. */
static void settle(struct report_page *page, struct block *block) {
    for (uint16_t i = 0; i < block->count && block->model.state != REPORT_VIEW_SHOWN; i++) {
        struct report_view view;
        report_view_item(&view, page->release, block->level, block->unit, block->item[i]);
        if (view.state == REPORT_VIEW_SHOWN) {
            block->model = view;
            report_view_order(block->order, page->questionnaire, block->item[i], &view);
        }
    }
    const struct questionnaire_item *first = &page->questionnaire->item[block->item[0]];
    block->diverging = first->scale != QUESTIONNAIRE_NONE &&
                       page->questionnaire->scale[first->scale].subject != QUESTIONNAIRE_SUBJECT_INCIDENTS;
}

static void put(struct report_page *page, struct block *block) {
    settle(page, block);
    if (block->model.state != REPORT_VIEW_SHOWN) {
        put_nothing(page, block);
    } else if (block->count == 1) {
        put_single(page, block);
    } else {
        put_block(page, block);
    }
}

/* Goes with the block's items: same options, and the same way of being drawn. */
static bool goes_with(const struct report_page *page, uint16_t first, uint16_t item) {
    const struct questionnaire_item *a = &page->questionnaire->item[first],
                                    *b = &page->questionnaire->item[item];
    return a->kind == QUESTIONNAIRE_SELECT_ONE && b->kind == QUESTIONNAIRE_SELECT_ONE && a->list == b->list &&
           a->scale == b->scale && a->reverse == b->reverse && a->step_count == 0 && b->step_count == 0;
}

void report_section_items(struct report_page *page, enum questionnaire_subject subject,
                          enum release_level level, uint16_t unit) {
    const struct questionnaire *questionnaire = page->questionnaire;
    bool done[QUESTIONNAIRE_ITEMS] = {false};
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        struct block block = {.level = level, .unit = unit};
        for (uint16_t j = i; j < questionnaire->item_count; j++) {
            uint32_t figures = 0;
            if (!done[j] && questionnaire_list_of(questionnaire, j) &&
                report_label_subject(questionnaire, j) == subject && (j == i || goes_with(page, i, j)) &&
                (block.count || j == i)) {
                (void)release_row(page->release, level, unit, RELEASE_ITEM, j, &figures);
                done[j] = true;
                if (figures) {
                    block.item[block.count++] = j;
                }
            }
        }
        if (block.count) {
            put(page, &block);
        }
    }
}
