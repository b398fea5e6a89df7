/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "report_chart.h"
#include "report_section.h"
#include "report_view.h"

enum { GROUPS = QUESTIONNAIRE_OPTIONS + 1 };

/* The school and the categories that are told, as rows. */
struct breakdown {
    uint16_t item;
    uint16_t count; /* rows */
    enum release_level level[GROUPS];
    uint16_t unit[GROUPS];
    char label[GROUPS][REPORT_LABEL_SIZE];
};

static void add_row(struct breakdown *breakdown, const struct report_page *page, enum release_level level,
                    uint16_t unit) {
    uint16_t at = breakdown->count++;
    breakdown->level[at] = level;
    breakdown->unit[at] = unit;
    if (level == RELEASE_SCHOOL) {
        (void)snprintf(breakdown->label[at], REPORT_LABEL_SIZE, "%s",
                       page->words.english ? "whole school" : "hele school");
    } else {
        report_label_unit(breakdown->label[at], page->release, page->round, level, unit, page->words);
    }
}

/* The school first; without a told category no rows at all. */
static void find_rows(struct breakdown *out, const struct report_page *page, uint16_t item) {
    *out = (struct breakdown){.item = item};
    for (uint16_t i = 0; i < QUESTIONNAIRE_OPTIONS; i++) {
        uint16_t unit = (uint16_t)(RELEASE_CATEGORY_STRIDE * item + i);
        if (report_view_has_unit(page->release, RELEASE_BREAKDOWN, unit)) {
            if (out->count == 0) {
                add_row(out, page, RELEASE_SCHOOL, 0);
            }
            add_row(out, page, RELEASE_BREAKDOWN, unit);
        }
    }
}

/* One answer, or group of answers, of one row: between what and what the share lies. */
struct share {
    uint32_t low, high; /* pupils */
    uint32_t percent_low, percent_high;
    bool hidden, banded;
};

struct shares {
    bool shown;
    uint32_t answered_low, answered_high;
    struct share share[QUESTIONNAIRE_OPTIONS];
};

/* One question: its columns, and the shares of every row. */
struct question {
    uint16_t item;
    bool several, coarse, diverging, hatched;
    uint16_t count;
    uint16_t order[QUESTIONNAIRE_OPTIONS];
    char label[QUESTIONNAIRE_OPTIONS][REPORT_LABEL_SIZE]; /* in that order */
    const struct release_figure *column[QUESTIONNAIRE_OPTIONS];
    struct shares row[GROUPS];
};

static void add_figure(struct share *share, const struct release_figure *figure) {
    share->low += figure->low;
    share->high += figure->high;
    share->hidden |= figure->status == RELEASE_HIDDEN;
    share->banded |= figure->status == RELEASE_BANDED;
}

/* A row told by options goes beside one that is told by groups when its options are added up. */
static void fill_share(struct share *share, const struct report_page *page, const struct question *question,
                       const struct report_view *view, const struct release_figure *column) {
    const struct questionnaire_list *list = questionnaire_list_of(page->questionnaire, question->item);
    for (uint16_t i = 0; i < view->count; i++) {
        const struct release_figure *figure = view->cell[i].figure;
        uint16_t index =
            question->coarse && !view->coarse ? list->option[figure->index].coarse : figure->index;
        if (index == column->index) {
            add_figure(share, figure);
        }
    }
    if (!share->hidden && view->answered_low) {
        uint32_t high = report_label_percent(share->high, view->answered_low);
        share->percent_low = report_label_percent(share->low, view->answered_high);
        share->percent_high = high > 100 ? 100 : high;
    }
}

static void fill_rows(struct question *question, const struct report_page *page,
                      const struct breakdown *breakdown) {
    for (uint16_t i = 0; i < breakdown->count; i++) {
        struct report_view view;
        struct shares *row = &question->row[i];
        report_view_item(&view, page->release, breakdown->level[i], breakdown->unit[i], question->item);
        bool fits = view.state == REPORT_VIEW_SHOWN && (!view.coarse || question->coarse) &&
                    (!question->several || view.coarse == question->coarse);
        *row = (struct shares){fits, view.answered_low, view.answered_high, {{0}}};
        for (uint16_t j = 0; fits && j < question->count; j++) {
            fill_share(&row->share[j], page, question, &view, question->column[j]);
            question->hatched |= row->share[j].hidden || row->share[j].banded;
        }
        question->hatched |= !fits;
    }
}

/*
 * The columns are those of the first category that is told by groups, else of the first that is shown. False:
 * none is shown.
 */
static bool settle(struct question *question, const struct report_page *page,
                   const struct breakdown *breakdown, uint16_t item) {
    const struct questionnaire_item *asked = &page->questionnaire->item[item];
    struct report_view model = {.state = REPORT_VIEW_ABSENT};
    *question = (struct question){.item = item, .several = asked->kind == QUESTIONNAIRE_SELECT_MULTIPLE};
    for (uint16_t i = 1; i < breakdown->count; i++) {
        struct report_view view;
        report_view_item(&view, page->release, breakdown->level[i], breakdown->unit[i], item);
        if (view.state == REPORT_VIEW_SHOWN &&
            (model.state != REPORT_VIEW_SHOWN || (view.coarse && !model.coarse))) {
            model = view;
        }
    }
    if (model.state != REPORT_VIEW_SHOWN) {
        return false;
    }
    question->coarse = model.coarse;
    question->count = model.count;
    question->diverging = asked->scale != QUESTIONNAIRE_NONE &&
                          page->questionnaire->scale[asked->scale].subject != QUESTIONNAIRE_SUBJECT_INCIDENTS;
    report_view_order(question->order, page->questionnaire, item, &model);
    for (uint16_t i = 0; i < model.count; i++) {
        question->column[i] = model.cell[question->order[i]].figure;
        report_label_figure(question->label[i], page->questionnaire, question->column[i], page->words);
    }
    fill_rows(question, page, breakdown);
    return true;
}

static enum report_style_colour colour_of(const struct question *question, uint16_t at) {
    return question->diverging ? report_style_diverging(at, question->count)
                               : report_style_step((uint16_t)(question->count - 1 - at), question->count);
}

static void fill_part(struct report_chart_part *part, const struct shares *row, const struct share *share) {
    part->unknown = share->hidden || share->banded;
    bool exact = !part->unknown && row->answered_low == row->answered_high;
    part->low = share->percent_low;
    part->high = share->hidden ? 100 : exact ? share->percent_low : share->percent_high;
    part->share = row->answered_high ? (uint32_t)(1000ull * share->low / row->answered_high) : 0;
    if (part->unknown) {
        part->share = 0;
    }
}

/* One answer a question: a bar a row. */
static void put_bars(struct report_page *page, const struct breakdown *breakdown,
                     const struct question *question) {
    struct report_chart_row rows[GROUPS];
    const char *labels[QUESTIONNAIRE_OPTIONS];
    enum report_style_colour colours[QUESTIONNAIRE_OPTIONS];
    memset(rows, 0, sizeof rows);
    for (uint16_t i = 0; i < question->count; i++) {
        labels[i] = question->label[i];
        colours[i] = colour_of(question, i);
    }
    for (uint16_t i = 0; i < breakdown->count; i++) {
        rows[i] = (struct report_chart_row){
            .label = breakdown->label[i], .hidden = !question->row[i].shown, .count = question->count};
        for (uint16_t j = 0; j < question->count; j++) {
            rows[i].part[j].colour = colours[j];
            fill_part(&rows[i].part[j], &question->row[i], &question->row[i].share[j]);
        }
    }
    report_chart_key(page, labels, colours, question->count, question->hatched);
    (question->diverging ? report_chart_diverging : report_chart_stacked)(
        page, page->words.english ? "Answers per group" : "Antwoorden per groep", rows, breakdown->count);
}

/* More than one answer: a bar for each answer and row, from a common base. */
static void put_choices(struct report_page *page, const struct breakdown *breakdown,
                        const struct question *question) {
    static char label[GROUPS * QUESTIONNAIRE_OPTIONS][REPORT_LABEL_SIZE];
    static struct report_chart_row rows[GROUPS * QUESTIONNAIRE_OPTIONS];
    size_t count = 0;
    memset(rows, 0, sizeof rows);
    for (uint16_t i = 0; i < question->count; i++) {
        for (uint16_t j = 0; j < breakdown->count; j++, count++) {
            (void)snprintf(label[count], REPORT_LABEL_SIZE, "%.90s – %.60s", question->label[i],
                           breakdown->label[j]);
            rows[count] = (struct report_chart_row){
                .label = label[count], .hidden = !question->row[j].shown, .count = 1};
            rows[count].part[0].colour = j ? REPORT_STYLE_STEP_4 : REPORT_STYLE_STEP_2;
            fill_part(&rows[count].part[0], &question->row[j], &question->row[j].share[i]);
        }
    }
    report_chart_bars(page, page->words.english ? "Share of who answered" : "Deel van wie antwoord gaf", rows,
                      count);
}

static void put_share(struct report_page *page, const struct shares *row, const struct share *share) {
    report_page_raw(page, "<td>");
    if (!row->shown || share->hidden) {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
    } else if (!share->banded && row->answered_low == row->answered_high) {
        report_section_percent(page, share->percent_low, share->percent_low);
    } else {
        report_section_limits(page, share->percent_low, share->percent_high);
    }
    report_page_raw(page, "</td>");
}

static void put_answered(struct report_page *page, const struct shares *row) {
    report_page_raw(page, "<td>");
    if (!row->shown) {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
    } else {
        report_page_number(page, row->answered_low);
        if (row->answered_low != row->answered_high) {
            report_page_raw(page, "–");
            report_page_number(page, row->answered_high);
        }
    }
    report_page_raw(page, "</td></tr>\n");
}

static void put_table(struct report_page *page, const struct breakdown *breakdown,
                      const struct question *question) {
    report_page_table(page);
    report_page_say(page, "<caption>In procenten van wie antwoord gaf",
                    "<caption>In percent of who answered");
    if (question->several) {
        report_page_say(page, "; meer antwoorden waren mogelijk", "; more than one answer was possible");
    }
    report_page_say(page,
                    ". " REPORT_SECTION_HIDDEN
                    " betekent: niet getoond.</caption><thead><tr><th scope=\"col\" "
                    "class=\"words\">Groep</th>",
                    ". " REPORT_SECTION_HIDDEN " means: not shown.</caption><thead><tr><th scope=\"col\" "
                    "class=\"words\">Group</th>");
    for (uint16_t i = 0; i < question->count; i++) {
        report_page_raw(page, "<th scope=\"col\">");
        report_page_text(page, question->label[i]);
        report_page_raw(page, "</th>");
    }
    report_page_say(page, "<th scope=\"col\">gaven antwoord</th></tr></thead>\n<tbody>\n",
                    "<th scope=\"col\">answered</th></tr></thead>\n<tbody>\n");
    for (uint16_t i = 0; i < breakdown->count; i++) {
        report_page_raw(page, "<tr><th scope=\"row\">");
        report_page_text(page, breakdown->label[i]);
        report_page_raw(page, "</th>");
        for (uint16_t j = 0; j < question->count; j++) {
            put_share(page, &question->row[i], &question->row[i].share[j]);
        }
        put_answered(page, &question->row[i]);
    }
    report_page_raw(page, "</tbody></table></div>\n");
}

static void put_question(struct report_page *page, const struct breakdown *breakdown, uint16_t item) {
    static struct question question;
    report_page_raw(page, "<h3>");
    report_page_text(page, report_page_label(page, &page->questionnaire->item[item].label));
    report_page_raw(page, "</h3>\n");
    if (!settle(&question, page, breakdown, item)) {
        report_page_say(
            page, "<p class=\"hidden\">Per groep wordt dit niet getoond, om leerlingen te beschermen.</p>\n",
            "<p class=\"hidden\">By group this is not shown, to protect pupils.</p>\n");
        return;
    }
    report_page_raw(page, "<figure>\n<div class=\"whole\">\n");
    (question.several ? put_choices : put_bars)(page, breakdown, &question);
    report_page_raw(page, "</div>\n");
    put_table(page, breakdown, &question);
    report_page_raw(page, "</figure>\n");
}

/* Which groups are told, and that of the others nothing is. */
static void put_groups(struct report_page *page, const struct breakdown *breakdown) {
    report_page_say(page, "<p>Alle leerlingen samen, en wie bij deze vraag antwoordde: ",
                    "<p>All pupils together, and those who answered this question with: ");
    for (uint16_t i = 1; i < breakdown->count; i++) {
        uint16_t option = breakdown->unit[i] % RELEASE_CATEGORY_STRIDE;
        const struct release_figure *size =
            release_find(page->release, RELEASE_ITEM, breakdown->item, RELEASE_OPTION, option);
        report_page_raw(page, i == 1 ? "" : "; ");
        report_page_text(page, breakdown->label[i]);
        report_page_raw(page, " (");
        report_section_count(page, size);
        report_page_raw(page, ")");
    }
    report_page_say(page,
                    ". Van andere groepen, en van wie het niet zei, staat hier niets: dat beschermt "
                    "leerlingen. Reken het niet uit.</p>\n<p>Een verschil tussen groepen zegt niet waar het "
                    "door komt. Vraag het de leerlingen.</p>\n",
                    ". Of other groups, and of those who did not say, nothing is given here: that protects "
                    "pupils. Do not work it out.</p>\n<p>A difference between groups does not say where it "
                    "comes from. Ask the pupils.</p>\n");
}

static void put_breakdown(struct report_page *page, uint16_t item, bool questions) {
    static struct breakdown breakdown;
    const struct questionnaire *questionnaire = page->questionnaire;
    find_rows(&breakdown, page, item);
    report_page_say(page, "<h2>Naar achtergrond: ", "<h2>By background: ");
    report_page_text(page, report_page_label(page, &questionnaire->item[item].label));
    report_page_raw(page, "</h2>\n");
    if (breakdown.count == 0) {
        report_page_say(page,
                        "<p class=\"hidden\">Van geen enkele groep kan iets apart getoond worden, om "
                        "leerlingen te beschermen.</p>\n",
                        "<p class=\"hidden\">Of no group anything can be shown separately, to protect "
                        "pupils.</p>\n");
        return;
    }
    put_groups(page, &breakdown);
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        report_section_scale_groups(page, i, breakdown.unit + 1, (uint16_t)(breakdown.count - 1));
    }
    for (uint16_t i = 0; questions && i < questionnaire->item_count; i++) {
        uint32_t figures = 0;
        for (uint16_t j = 1; j < breakdown.count && !figures; j++) {
            (void)release_row(page->release, RELEASE_BREAKDOWN, breakdown.unit[j], RELEASE_ITEM, i, &figures);
        }
        if (figures) {
            put_question(page, &breakdown, i);
        }
    }
}

void report_section_breakdowns(struct report_page *page, bool questions) {
    for (uint16_t i = 0; i < page->questionnaire->item_count; i++) {
        if (page->questionnaire->item[i].breakdown) {
            put_breakdown(page, i, questions);
        }
    }
}
