/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report_section.h"
#include "report_view.h"
#include "trend.h"

/* Limits of a share this far apart, in percent, are one number on a wall. */
enum { CLOSE = 2 };

/* What was decided before this round began, pupils may have noticed; the rest is still to be done. */
static bool is_earlier(const struct report_page *page, const struct measures_row *row) {
    return row->date < page->round->first_day;
}

static bool has_any(const struct report_page *page, bool earlier) {
    bool any = false;
    for (size_t i = 0; page->measures && i < page->measures->count; i++) {
        any = any || is_earlier(page, &page->measures->row[i]) == earlier;
    }
    return any;
}

static uint16_t noticed_item(const struct report_page *page, const struct measures_row *row) {
    for (uint16_t i = 0; i < page->questionnaire->item_count; i++) {
        if (strcmp(page->questionnaire->item[i].measure, row->name) == 0) {
            return i;
        }
    }
    return QUESTIONNAIRE_NONE;
}

uint16_t report_section_about_scale(const struct questionnaire *questionnaire, const char *name) {
    for (uint16_t i = 0; name[0] && i < questionnaire->scale_count; i++) {
        if (strcmp(questionnaire->scale[i].name, name) == 0) {
            return i;
        }
    }
    return QUESTIONNAIRE_NONE;
}

uint16_t report_section_about_item(const struct questionnaire *questionnaire, const char *name) {
    uint16_t item = name[0] ? questionnaire_find_item(questionnaire, name) : QUESTIONNAIRE_NONE;
    return item != QUESTIONNAIRE_NONE && questionnaire_list_of(questionnaire, item) ? item
                                                                                    : QUESTIONNAIRE_NONE;
}

static const char *text_of(const struct report_page *page, const struct measures_row *row) {
    return page->words.english ? row->text_en : row->text_nl;
}

/* In the page's language where the school wrote it, else as it stands. */
static void put_goal_text(struct report_page *page, const struct measures_row *row) {
    if (page->words.english && row->goal_en[0]) {
        report_page_text(page, row->goal_en);
    } else {
        report_page_school_text(page, row->goal);
    }
}

/* "Minder ruzie" as a heading, then what was done, by whom and when it was decided; `result` when its figures follow. */
static void put_goal(struct report_page *page, const struct measures_row *row, bool result) {
    report_page_say(page, "<h3>Doel: ", "<h3>Goal: ");
    put_goal_text(page, row);
    report_page_raw(page, result ? "</h3>\n<p class=\"goal\">" : "</h3>\n<p>");
    report_page_say(page, "<strong>Maatregel:</strong> ", "<strong>Measure:</strong> ");
    report_page_text(page, text_of(page, row));
    report_page_say(page, ", besloten op ", ", decided on ");
    report_page_date(page, row->date);
    if (row->owner[0]) {
        report_page_say(page, ". <strong>Wie:</strong> ", ". <strong>Who:</strong> ");
        report_page_school_text(page, row->owner);
    }
    report_page_raw(page, ".</p>\n");
}

static const struct trend_line *line_of(const struct trend *trend, enum release_subject about,
                                        uint16_t subject, enum release_kind kind, uint16_t index) {
    for (size_t i = 0; i < trend->count; i++) {
        const struct trend_line *line = &trend->line[i];
        if (line->about == about && line->subject == subject && line->kind == kind && line->index == index) {
            return line;
        }
    }
    return NULL;
}

static void put_before(struct report_page *page, const struct trend_line *line, bool percent) {
    report_page_raw(page, "<td>");
    if (!line || line->state != TREND_COMPARED) {
        report_page_raw(page, "–");
    } else if (percent) {
        report_section_percent(page, (uint32_t)llround(100 * (line->before - line->half[0])),
                               (uint32_t)llround(100 * (line->before + line->half[0])));
    } else {
        report_page_decimal(page, (uint64_t)llround(pow(10, line->decimals) * line->before), line->decimals);
    }
    report_page_raw(page, "</td>");
}

static void put_words(struct report_page *page, const struct trend_line *line) {
    enum fault_language language = page->words.english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL;
    report_page_raw(page, "<td class=\"words\">");
    if (line && line->state == TREND_COMPARED) {
        report_page_text(page, trend_verdict_text(line->change.verdict, language));
    } else if (line) {
        report_page_text(page, trend_state_text(line->state, language));
    }
    report_page_raw(page, "</td>");
}

static void put_head(struct report_page *page, const char *caption, bool compared) {
    report_page_table(page);
    report_page_raw(page, "<caption>");
    report_page_text(page, caption);
    report_page_say(page, "</caption><thead><tr><th scope=\"col\" class=\"words\">Antwoord</th>",
                    "</caption><thead><tr><th scope=\"col\" class=\"words\">Answer</th>");
    if (compared) {
        report_page_say(page, "<th scope=\"col\">Vorige ronde</th>", "<th scope=\"col\">Previous round</th>");
    }
    report_page_say(page, "<th scope=\"col\">Deze ronde</th>", "<th scope=\"col\">This round</th>");
    if (compared) {
        report_page_say(page, "<th scope=\"col\" class=\"words\">Het verschil</th>",
                        "<th scope=\"col\" class=\"words\">The change</th>");
    }
    report_page_raw(page, "</tr></thead>\n<tbody>\n");
}

static void put_item(struct report_page *page, const struct trend *trend, bool compared, uint16_t item) {
    struct report_view view;
    report_view_item(&view, page->release, RELEASE_SCHOOL, 0, item);
    if (view.state != REPORT_VIEW_SHOWN) {
        report_page_raw(page, "<p class=\"hidden\">");
        report_page_text(page, report_page_label(page, &page->questionnaire->item[item].label));
        report_page_say(page, " Deze uitkomst wordt niet getoond, om leerlingen te beschermen.</p>\n",
                        " This result is not shown, to protect pupils.</p>\n");
        return;
    }
    put_head(page, report_page_label(page, &page->questionnaire->item[item].label), compared);
    for (uint16_t i = 0; i < view.count; i++) {
        char label[REPORT_LABEL_SIZE];
        const struct report_view_cell *cell = &view.cell[i];
        const struct trend_line *line =
            line_of(trend, RELEASE_ITEM, item, cell->figure->kind, cell->figure->index);
        report_label_figure(label, page->questionnaire, cell->figure, page->words);
        report_page_raw(page, "<tr><th scope=\"row\">");
        report_page_text(page, label);
        report_page_raw(page, "</th>");
        if (compared) {
            put_before(page, line, true);
        }
        report_page_raw(page, "<td>");
        if (cell->figure->status == RELEASE_HIDDEN) {
            report_page_raw(page, REPORT_SECTION_HIDDEN);
        } else {
            report_section_percent(page, cell->percent_low, cell->percent_high);
        }
        report_page_raw(page, "</td>");
        if (compared) {
            put_words(page, line);
        }
        report_page_raw(page, "</tr>\n");
    }
    report_page_raw(page, "</tbody></table></div>\n");
}

static void put_scale(struct report_page *page, const struct trend *trend, bool compared, uint16_t scale) {
    const struct trend_line *line = line_of(trend, RELEASE_SCALE, scale, RELEASE_MEAN, 0);
    put_head(page, report_page_label(page, &page->questionnaire->scale[scale].label), compared);
    report_page_say(page, "<tr><th scope=\"row\">gemiddelde</th>", "<tr><th scope=\"row\">mean</th>");
    if (compared) {
        put_before(page, line, false);
    }
    report_page_raw(page, "<td>");
    report_section_count(page, release_find(page->release, RELEASE_SCALE, scale, RELEASE_MEAN, 0));
    report_page_raw(page, "</td>");
    if (compared) {
        put_words(page, line);
    }
    report_page_raw(page, "</tr>\n</tbody></table></div>\n");
}

static void put_result(struct report_page *page, const struct trend *trend, bool compared,
                       const struct measures_row *row) {
    uint16_t scale = report_section_about_scale(page->questionnaire, row->about);
    uint16_t item = report_section_about_item(page->questionnaire, row->about);
    uint16_t noticed = noticed_item(page, row);
    if (scale != QUESTIONNAIRE_NONE) {
        put_scale(page, trend, compared, scale);
    } else if (item != QUESTIONNAIRE_NONE) {
        put_item(page, trend, compared, item);
    }
    if (noticed != QUESTIONNAIRE_NONE) {
        put_item(page, trend, compared, noticed);
    } else {
        report_page_say(
            page, "<p class=\"soft\">Of leerlingen hier iets van merkten, is dit jaar niet gevraagd.</p>\n",
            "<p class=\"soft\">Whether pupils noticed this was not asked this year.</p>\n");
    }
}

static void put_earlier(struct report_page *page) {
    struct trend trend = {0};
    enum fault fault = page->previous ? trend_compare(&trend, page->previous, page->release) : FAULT_NONE;
    bool compared = !fault && page->previous && trend.basis == TREND_BASIS_GOOD;
    page->out->fault = page->out->fault ? page->out->fault : fault;
    report_page_say(
        page,
        "<h2>Wat de school deed, en wat eruit kwam</h2>\n<p class=\"intro\">Naast elk doel staat het cijfer "
        "dat erbij hoort. "
        "Dat een cijfer verandert, bewijst niet dat het door de maatregel komt; dat het niet verandert, "
        "bewijst niet dat de maatregel niets deed.</p>\n",
        "<h2>What the school did, and what came of it</h2>\n<p class=\"intro\">Beside each goal is the "
        "figure that belongs "
        "to it. That a figure changes does not prove that the measure did it; that it does not change does "
        "not prove that the measure did nothing.</p>\n");
    for (size_t i = 0; i < page->measures->count; i++) {
        if (is_earlier(page, &page->measures->row[i])) {
            put_goal(page, &page->measures->row[i], true);
            put_result(page, &trend, compared, &page->measures->row[i]);
        }
    }
    trend_release(&trend);
}

void report_section_measures(struct report_page *page) {
    if (has_any(page, true)) {
        put_earlier(page);
    }
    if (has_any(page, false)) {
        report_page_say(page, "<h2 class=\"goes-on\">Wat de school gaat doen</h2>\n",
                        "<h2 class=\"goes-on\">What the school will do</h2>\n");
        for (size_t i = 0; i < page->measures->count; i++) {
            if (!is_earlier(page, &page->measures->row[i])) {
                put_goal(page, &page->measures->row[i], false);
            }
        }
    }
}

bool report_section_has_done(const struct report_page *page) {
    return has_any(page, true);
}

bool report_section_has_plans(const struct report_page *page) {
    return has_any(page, false);
}

void report_section_plans(struct report_page *page) {
    report_page_raw(page, "<ul>\n");
    for (size_t i = 0; i < page->measures->count; i++) {
        const struct measures_row *row = &page->measures->row[i];
        if (!is_earlier(page, row)) {
            report_page_raw(page, "<li>");
            put_goal_text(page, row);
            report_page_raw(page, ": ");
            report_page_text(page, text_of(page, row));
            report_page_raw(page, "</li>\n");
        }
    }
    report_page_raw(page, "</ul>\n");
}

/*
 * The share that answered "yes" or "a little" to the question that this program makes; another list cannot
 * tell.
 */
static bool noticed_share(const struct report_page *page, uint16_t item, uint32_t *percent) {
    struct report_view view;
    uint32_t low = 0, high = 0, cells = 0;
    const struct questionnaire_list *list = questionnaire_list_of(page->questionnaire, item);
    report_view_item(&view, page->release, RELEASE_SCHOOL, 0, item);
    for (uint16_t i = 0; i < view.count; i++) {
        const struct release_figure *figure = view.cell[i].figure;
        const char *name = figure->kind == RELEASE_OPTION ? list->option[figure->index].name : "";
        if (strcmp(name, "yes") == 0 || strcmp(name, "a_little") == 0) {
            low += figure->low;
            high += figure->high;
            cells += figure->status != RELEASE_HIDDEN;
        }
    }
    low = report_label_percent(low, view.answered_high);
    high = report_label_percent(high, view.answered_low);
    *percent = (low + high) / 2;
    return cells == 2 && view.answered_low > 0 && high <= low + CLOSE;
}

void report_section_noticed(struct report_page *page) {
    bool any = false;
    for (size_t i = 0; page->measures && i < page->measures->count; i++) {
        uint32_t percent = 0;
        const struct measures_row *row = &page->measures->row[i];
        uint16_t item = noticed_item(page, row);
        if (!is_earlier(page, row) || item == QUESTIONNAIRE_NONE || !noticed_share(page, item, &percent)) {
            continue;
        }
        if (!any) {
            report_page_say(page, "<h2>Dit deden we</h2>\n", "<h2>This is what we did</h2>\n");
        }
        any = true;
        report_page_raw(page, "<p class=\"said\">");
        report_page_text(page, text_of(page, row));
        report_page_raw(page, "<br><b>");
        report_page_number(page, percent);
        report_page_say(page, " van de 100</b> merkten er iets van.</p>\n", " in 100</b> noticed it.</p>\n");
    }
}
