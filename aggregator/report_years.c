/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "report_section.h"
#include "report_view.h"

/* Bytes of a label that stays on one line. */
enum { SHORT = 12 };

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

/* Of a group all options count, or none does; else it may hold any number of both. */
struct part {
    bool inside, outside;
};

static struct part part_of(const struct report_page *page, uint16_t item, const struct report_view *view,
                           uint16_t at) {
    const struct questionnaire_list *list = questionnaire_list_of(page->questionnaire, item);
    uint16_t index = view->cell[at].figure->index;
    struct part part = {false, false};
    for (uint16_t i = 0; i < list->option_count; i++) {
        if (list->option[i].has_score && (view->coarse ? list->option[i].coarse == index : i == index)) {
            bool inside = counts(page, item, &list->option[i]);
            part.inside |= inside;
            part.outside |= !inside;
        }
    }
    return part;
}

bool report_section_share_counts(const struct report_page *page, enum release_level level, uint16_t unit,
                                 uint16_t item, uint32_t counted[2], uint32_t answered[2]) {
    struct report_view view;
    uint32_t in[2] = {0, 0}, out[2] = {0, 0};
    bool hidden_in = false, hidden_out = false;
    report_view_item(&view, page->release, level, unit, item);
    for (uint16_t i = 0; i < view.count; i++) {
        const struct release_figure *figure = view.cell[i].figure;
        struct part part = part_of(page, item, &view, i);
        bool hidden = figure->status == RELEASE_HIDDEN;
        in[0] += part.outside ? 0 : figure->low;
        in[1] += part.inside ? figure->high : 0;
        out[0] += part.inside ? 0 : figure->low;
        out[1] += part.outside ? figure->high : 0;
        hidden_in |= part.inside && hidden;
        hidden_out |= part.outside && hidden;
    }
    if (view.state != REPORT_VIEW_SHOWN || view.answered_low == 0) {
        return false;
    }
    /* What the other cells leave is a limit too. */
    uint32_t most = view.answered_high - (out[0] < view.answered_high ? out[0] : view.answered_high);
    uint32_t least = !hidden_out && view.answered_low > out[1] ? view.answered_low - out[1] : 0;
    counted[1] = hidden_in || most < in[1] ? most : in[1];
    counted[0] = least > in[0] ? least : in[0];
    answered[0] = view.answered_low;
    answered[1] = view.answered_high;
    return true;
}

bool report_section_share(const struct report_page *page, enum release_level level, uint16_t unit,
                          uint16_t item, uint32_t *low, uint32_t *high) {
    uint32_t counted[2], answered[2];
    if (!report_section_share_counts(page, level, unit, item, counted, answered)) {
        return false;
    }
    *low = report_label_percent(counted[0], answered[1]);
    *high = report_label_percent(counted[1], answered[0]);
    *high = *high > 100 ? 100 : *high < *low ? *low : *high;
    return true;
}

void report_section_share_words(const struct report_page *page, uint16_t item, char out[REPORT_LABEL_SIZE]) {
    const struct questionnaire_list *list = questionnaire_list_of(page->questionnaire, item);
    size_t used = 0;
    out[0] = '\0';
    for (uint16_t i = 0; i < list->option_count; i++) {
        const struct questionnaire_option *option = &list->option[i];
        if (option->has_score && counts(page, item, option) && used < REPORT_LABEL_SIZE) {
            const char *join = !used ? "" : page->words.english ? " or " : " of ";
            int more = snprintf(out + used, REPORT_LABEL_SIZE - used, "%s%s", join,
                                report_page_label(page, &option->label));
            used += more > 0 ? (size_t)more : 0;
        }
    }
}

static void put_share(struct report_page *page, enum release_level level, uint16_t unit, uint16_t item) {
    uint32_t low = 0, high = 0;
    report_page_raw(page, "<td>");
    if (report_section_share(page, level, unit, item, &low, &high)) {
        report_section_limits(page, low, high);
    } else {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
    }
    report_page_raw(page, "</td>");
}

static bool is_listed(const struct report_page *page, uint16_t item, enum questionnaire_subject subject) {
    uint16_t scale = page->questionnaire->item[item].scale;
    return scale != QUESTIONNAIRE_NONE && page->questionnaire->scale[scale].subject == subject;
}

static void put_caption(struct report_page *page, enum questionnaire_subject subject) {
    report_page_say(page, "<h3>Per leerjaar</h3>\n", "<h3>By year</h3>\n");
    report_page_table(page);
    if (subject == QUESTIONNAIRE_SUBJECT_INCIDENTS) {
        report_page_say(page,
                        "<caption>Deel van de leerlingen die het overkwam, zo vaak als bij de vraag is "
                        "afgesproken (anders: ten minste één keer). ",
                        "<caption>Share of pupils to whom it happened, as often as agreed for the question "
                        "(else: at least once). ");
    } else {
        report_page_say(page, "<caption>Deel dat een gunstig antwoord gaf. ",
                        "<caption>Share that gave a favourable answer. ");
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
        /* "year 2", where the columns beside it are narrow; joined groups may take two lines. */
        report_page_raw(page,
                        strlen(label) <= SHORT ? "<th scope=\"col\" class=\"one\">" : "<th scope=\"col\">");
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
    report_page_raw(page, "</tbody></table></div>\n");
}
