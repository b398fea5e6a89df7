/* SPDX-License-Identifier: Apache-2.0 */
#include "report_section.h"
#include "report_view.h"

/* Whether choosing the option counts in the one share that stands for the item. */
static bool counts(const struct report_page *page, uint16_t item, const struct questionnaire_option *option) {
    const struct questionnaire_item *asked = &page->questionnaire->item[item];
    const struct questionnaire_scale *scale = &page->questionnaire->scale[asked->scale];
    if (scale->subject == QUESTIONNAIRE_SUBJECT_INCIDENTS) {
        return option->score >= (asked->has_cut ? asked->cut : scale->score_min + 1);
    }
    unsigned twice = 2u * option->score, middle = (unsigned)scale->score_min + scale->score_max;
    return scale->high_is_good != asked->reverse ? twice > middle : twice < middle;
}

/* All options of a group count, or none does; else the group cannot tell. */
static bool cell_counts(const struct report_page *page, uint16_t item, const struct report_view *view,
                        uint16_t at) {
    const struct questionnaire_list *list = questionnaire_list_of(page->questionnaire, item);
    uint16_t index = view->cell[at].figure->index;
    bool all = true;
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].has_score && (view->coarse ? list->option[i].coarse == index : i == index)) {
            all = all && counts(page, item, &list->option[i]);
        }
    }
    return all;
}

static void put_share(struct report_page *page, enum release_level level, uint16_t unit, uint16_t item) {
    struct report_view view;
    uint32_t low = 0, high = 0, rest_low = 0, other_high = 0;
    bool hidden_in = false, hidden_out = false;
    report_view_item(&view, page->release, level, unit, item);
    for (uint16_t i = 0; i < view.count; i++) {
        const struct release_figure *figure = view.cell[i].figure;
        bool counted = cell_counts(page, item, &view, i), hidden = figure->status == RELEASE_HIDDEN;
        low += counted ? figure->low : 0;
        high += counted ? figure->high : 0;
        rest_low += counted ? 0 : figure->low;
        other_high += counted ? 0 : figure->high;
        hidden_in |= counted && hidden;
        hidden_out |= !counted && hidden;
    }
    report_page_raw(page, "<td>");
    if (view.state != REPORT_VIEW_SHOWN || view.answered_low == 0) {
        report_page_raw(page, REPORT_SECTION_HIDDEN "</td>");
        return;
    }
    /* What the other cells leave is a limit too. */
    uint32_t most = view.answered_high - (rest_low < view.answered_high ? rest_low : view.answered_high);
    uint32_t least = !hidden_out && view.answered_low > other_high ? view.answered_low - other_high : 0;
    high = hidden_in || most < high ? most : high;
    low = least > low ? least : low;
    uint32_t from = report_label_percent(low, view.answered_high);
    uint32_t to = report_label_percent(high, view.answered_low);
    report_section_percent(page, from, to > 100 ? 100 : to < from ? from : to);
    report_page_raw(page, "</td>");
}

static bool is_listed(const struct report_page *page, uint16_t item, enum questionnaire_subject subject) {
    uint16_t scale = page->questionnaire->item[item].scale;
    return scale != QUESTIONNAIRE_NONE && page->questionnaire->scale[scale].subject == subject;
}

static void put_caption(struct report_page *page, enum questionnaire_subject subject) {
    if (subject == QUESTIONNAIRE_SUBJECT_INCIDENTS) {
        report_page_say(page,
                        "<h3>Per leerjaar</h3>\n<table><caption>Deel van de leerlingen die het overkwam, zo "
                        "vaak als bij de vraag is afgesproken (anders: ten minste één keer). ",
                        "<h3>By year</h3>\n<table><caption>Share of pupils to whom it happened, as often as "
                        "agreed for the question (else: at least once). ");
    } else {
        report_page_say(page, "<h3>Per leerjaar</h3>\n<table><caption>Deel dat een gunstig antwoord gaf. ",
                        "<h3>By year</h3>\n<table><caption>Share that gave a favourable answer. ");
    }
    report_page_say(page,
                    "In procenten van wie antwoord gaf; " REPORT_SECTION_HIDDEN " betekent: niet getoond.",
                    "In percent of who answered; " REPORT_SECTION_HIDDEN " means: not shown.");
    report_page_say(
        page,
        "</caption><thead><tr><th scope=\"col\" class=\"words\">Vraag</th><th scope=\"col\">school</th>",
        "</caption><thead><tr><th scope=\"col\" class=\"words\">Question</th><th scope=\"col\">school</th>");
}

static bool has_items(const struct report_page *page, enum questionnaire_subject subject) {
    for (uint16_t i = 0; i < page->questionnaire->item_count; i++) {
        if (is_listed(page, i, subject)) {
            return true;
        }
    }
    return false;
}

void report_section_years(struct report_page *page, enum questionnaire_subject subject) {
    if (page->content->stratum_count < 2 || !report_view_has_level(page->release, RELEASE_YEAR) ||
        !has_items(page, subject)) {
        return;
    }
    put_caption(page, subject);
    for (uint16_t i = 0; i < page->content->stratum_count; i++) {
        char label[REPORT_LABEL_SIZE];
        report_label_unit(label, page->release, page->round, RELEASE_YEAR, i, page->words);
        report_page_raw(page, "<th scope=\"col\">");
        report_page_text(page, label);
        report_page_raw(page, "</th>");
    }
    report_page_raw(page, "</tr></thead>\n<tbody>\n");
    for (uint16_t item = 0; item < page->questionnaire->item_count; item++) {
        if (!is_listed(page, item, subject)) {
            continue;
        }
        report_page_raw(page, "<tr><th scope=\"row\">");
        report_page_text(page, report_page_label(page, &page->questionnaire->item[item].label));
        report_page_raw(page, "</th>");
        put_share(page, RELEASE_SCHOOL, 0, item);
        for (uint16_t i = 0; i < page->content->stratum_count; i++) {
            put_share(page, RELEASE_YEAR, i, item);
        }
        report_page_raw(page, "</tr>\n");
    }
    report_page_raw(page, "</tbody></table>\n");
}
