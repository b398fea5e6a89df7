/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>

#include "report_chart.h"
#include "report_section.h"
#include "trend.h"

static enum fault_language language_of(const struct report_page *page) {
    return page->words.english ? FAULT_LANGUAGE_EN : FAULT_LANGUAGE_NL;
}

/* With one decimal more than people read as exact; the sign only when asked for, or below zero. */
static void put_value(struct report_page *page, double value, double factor, uint8_t decimals, bool sign) {
    double units = factor;
    for (uint8_t i = 0; i < decimals; i++) {
        units *= 10;
    }
    long long rounded = llround(value * units);
    report_page_raw(page, rounded < 0 ? "−" : sign && rounded > 0 ? "+" : "");
    report_page_decimal(page, (uint64_t)(rounded < 0 ? -rounded : rounded), decimals);
}

static void put_effect(struct report_page *page, double effect) {
    static const char *const sizes[][2] = {
        {"zeer klein", "very small"}, {"klein", "small"}, {"middelgroot", "medium"}, {"groot", "large"}};
    if (!isfinite(effect)) {
        report_page_raw(page, "–");
        return;
    }
    put_value(page, effect, 1, 2, true);
    report_page_raw(page, "<br>");
    report_page_text(page, sizes[stat_effect_size(effect)][page->words.english]);
}

/*
 * Before, now, change, its interval, the smallest change that would show, its size, and the verdict in words.
 */
static void put_cells(struct report_page *page, const struct trend_line *line, double factor,
                      uint8_t decimals) {
    const struct trend_change *change = &line->change;
    /* A mean as it was published; what is derived from it has a decimal more. */
    uint8_t published = line->about == RELEASE_SCALE ? line->decimals : decimals;
    const double values[3] = {line->before, line->now, change->change};
    for (size_t i = 0; i < 3; i++) {
        report_page_raw(page, "<td>");
        put_value(page, values[i], factor, published, i == 2);
        report_page_raw(page, "</td>");
    }
    report_page_raw(page, "<td>");
    if (change->verdict == TREND_TOO_FEW) {
        report_page_raw(page, "–</td><td>–");
    } else {
        put_value(page, change->interval.low, factor, decimals, true);
        report_page_say(page, " tot ", " to ");
        put_value(page, change->interval.high, factor, decimals, true);
        report_page_raw(page, "</td><td>");
        put_value(page, change->least, factor, decimals, false);
    }
    report_page_raw(page, "</td><td>");
    put_effect(page, change->effect);
    report_page_raw(page, "</td><td class=\"words\">");
    report_page_text(page, trend_verdict_text(change->verdict, language_of(page)));
    report_page_raw(page, "</td></tr>\n");
}

static void put_head(struct report_page *page, const char *nl, const char *en) {
    report_page_table(page);
    report_page_raw(page, "<caption>");
    report_page_say(page, nl, en);
    report_page_say(
        page,
        "</caption><thead><tr><th scope=\"col\" class=\"words\">Wat</th><th scope=\"col\">Vorige</th><th "
        "scope=\"col\">Nu</th><th scope=\"col\">Verschil</th><th scope=\"col\">95&nbsp;%</th><th "
        "scope=\"col\">Kleinste dat "
        "opvalt</th><th scope=\"col\">Effect&shy;grootte</th><th scope=\"col\" class=\"words\">In "
        "woorden</th></tr></thead>\n<tbody>\n",
        "</caption><thead><tr><th scope=\"col\" class=\"words\">What</th><th scope=\"col\">Before</th><th "
        "scope=\"col\">Now</th><th scope=\"col\">Change</th><th scope=\"col\">95%</th><th "
        "scope=\"col\">Smallest that "
        "shows</th><th scope=\"col\">Effect size</th><th scope=\"col\" class=\"words\">In "
        "words</th></tr></thead>\n<tbody>\n");
}

static const char *name_of(const struct report_page *page, const struct trend_line *line) {
    return report_page_label(page, line->about == RELEASE_SCALE
                                       ? &page->questionnaire->scale[line->subject].label
                                       : &page->questionnaire->item[line->subject].label);
}

static void put_scale_chart(struct report_page *page, const struct trend_line *line) {
    const struct questionnaire_scale *scale = &page->questionnaire->scale[line->subject];
    const double values[2] = {line->before, line->now};
    char words[2][REPORT_LABEL_NUMBER];
    struct report_chart_dot dots[2];
    for (size_t i = 0; i < 2; i++) {
        report_label_decimal(words[i], (uint64_t)llround(pow(10, line->decimals) * values[i]), line->decimals,
                             page->words.english ? '.' : ',');
        dots[i] = (struct report_chart_dot){
            .value = (uint32_t)llround(1000 * values[i]), .words = words[i], .strong = i == 1};
    }
    dots[0].label = page->words.english ? "previous round" : "vorige ronde";
    dots[1].label = page->words.english ? "this round" : "deze ronde";
    report_page_raw(page, "<figcaption>");
    report_page_text(page, name_of(page, line));
    report_page_raw(page, "</figcaption>\n");
    report_chart_dots(page, page->words.english ? "Mean of both rounds" : "Gemiddelde van beide rondes", dots,
                      2, scale->score_min, scale->score_max);
}

static bool is_compared(const struct trend_line *line, enum release_subject about) {
    return line->about == about && line->state == TREND_COMPARED;
}

static void put_scales(struct report_page *page, const struct trend *trend) {
    bool any = false;
    for (size_t i = 0; i < trend->count; i++) {
        if (is_compared(&trend->line[i], RELEASE_SCALE)) {
            report_page_raw(page, any ? "" : "<figure>\n");
            put_scale_chart(page, &trend->line[i]);
            any = true;
        }
    }
    if (!any) {
        return;
    }
    put_head(page, "Gemiddelden", "Means");
    for (size_t i = 0; i < trend->count; i++) {
        if (is_compared(&trend->line[i], RELEASE_SCALE)) {
            report_page_raw(page, "<tr><th scope=\"row\">");
            report_page_text(page, name_of(page, &trend->line[i]));
            report_page_raw(page, "</th>");
            put_cells(page, &trend->line[i], 1, 2);
        }
    }
    report_page_raw(page, "</tbody></table></div>\n</figure>\n");
}

/* Of `compared` answers `judged` could be told from chance, and `hard` of these were. */
static void put_counted(struct report_page *page, size_t compared, size_t judged, size_t hard) {
    enum { MORE = 2, UNKNOWN };
    static const char *const one[2][4] = {
        {"<p>Eén antwoord was te vergelijken. Het veranderde niet meer dan toeval verklaart.</p>\n",
         "<p>Eén antwoord was te vergelijken. Het veranderde meer dan toeval verklaart.</p>\n", "",
         "<p>Eén antwoord was te vergelijken, maar er zijn te weinig klassen om te zeggen of het verschil "
         "toeval kan zijn.</p>\n"},
        {"<p>One answer could be compared. It changed no more than chance explains.</p>\n",
         "<p>One answer could be compared. It changed more than chance explains.</p>\n", "",
         "<p>One answer could be compared, but there are too few classes to tell whether its change could "
         "be chance.</p>\n"}};
    static const char *const several[2][4] = {
        {"<p>Van de # antwoorden die te vergelijken waren, veranderde er geen enkel meer dan toeval "
         "verklaart.</p>\n",
         "<p>Van de # antwoorden die te vergelijken waren, veranderde er # meer dan toeval verklaart.</p>\n",
         "<p>Van de # antwoorden die te vergelijken waren, veranderden er # meer dan toeval "
         "verklaart.</p>\n",
         "<p># antwoorden waren te vergelijken, maar er zijn te weinig klassen om te zeggen of hun verschil "
         "toeval kan zijn.</p>\n"},
        {"<p>Of # answers that could be compared, none changed more than chance explains.</p>\n",
         "<p>Of # answers that could be compared, # changed more than chance explains.</p>\n",
         "<p>Of # answers that could be compared, # changed more than chance explains.</p>\n",
         "<p># answers could be compared, but there are too few classes to tell whether their change could "
         "be chance.</p>\n"}};
    size_t form = judged == 0 ? UNKNOWN : hard < MORE ? hard : MORE;
    size_t of = judged ? judged : compared;
    const char *const(*words)[4] = of == 1 ? one : several;
    REPORT_PAGE_FILL(page, words[page->words.english ? 1 : 0][form], (int64_t)of, (int64_t)hard);
}

static void put_items(struct report_page *page, const struct trend *trend) {
    size_t compared = 0, judged = 0, hard = 0;
    for (size_t i = 0; i < trend->count; i++) {
        const struct trend_line *line = &trend->line[i];
        compared += is_compared(line, RELEASE_ITEM);
        judged += is_compared(line, RELEASE_ITEM) && line->change.verdict != TREND_TOO_FEW;
        if (!is_compared(line, RELEASE_ITEM) || line->change.verdict != TREND_HARD) {
            continue;
        }
        char label[REPORT_LABEL_SIZE];
        struct release_figure figure = {
            .about = RELEASE_ITEM, .subject = line->subject, .kind = line->kind, .index = line->index};
        if (hard++ == 0) {
            put_head(page,
                     "Antwoorden waarvan het verschil moeilijk met toeval te verklaren is, in procenten",
                     "Answers whose change is hard to explain by chance, in percent");
        }
        report_label_figure(label, page->questionnaire, &figure, page->words);
        report_page_raw(page, "<tr><th scope=\"row\">");
        report_page_text(page, name_of(page, line));
        report_page_raw(page, " <em>");
        report_page_text(page, label);
        report_page_raw(page, "</em></th>");
        put_cells(page, line, 100, 0);
    }
    report_page_raw(page, hard ? "</tbody></table></div>\n" : "");
    if (compared == 0) {
        report_page_say(
            page,
            "<p>Geen enkel antwoord was te vergelijken: wat ervoor nodig is, wordt in een van beide rondes "
            "niet "
            "getoond, of is niet hetzelfde gevraagd.</p>\n",
            "<p>No answer could be compared: what it takes is not shown in one of the rounds, or was not "
            "asked in the same way.</p>\n");
        return;
    }
    put_counted(page, compared, judged, hard);
}

static bool has_table(const struct trend *trend) {
    bool any = false;
    for (size_t i = 0; i < trend->count; i++) {
        any = any || is_compared(&trend->line[i], RELEASE_SCALE) ||
              (is_compared(&trend->line[i], RELEASE_ITEM) && trend->line[i].change.verdict == TREND_HARD);
    }
    return any;
}

static void put_intro(struct report_page *page, const struct trend *trend) {
    report_page_say(page,
                    "<p>Vergeleken is alleen wat in beide rondes hetzelfde gevraagd is, in dezelfde tijd van "
                    "het schooljaar. Ook zonder oorzaak verandert elk cijfer een beetje",
                    "<p>Compared is only what was asked in the same way in both rounds, at the same time of "
                    "the school year. Every figure changes a little without any cause");
    if (has_table(trend)) {
        report_page_say(page, "; de laatste kolom zegt of dit verschil daarop lijkt",
                        "; the last column says whether this change looks like that");
    }
    report_page_raw(page, ".</p>\n");
}

/* What the columns of both tables mean; nothing without a table. */
static void put_legend(struct report_page *page, const struct trend *trend) {
    if (has_table(trend)) {
        report_page_say(
            page,
            "<p class=\"soft\"><strong>95&nbsp;%</strong>: waartussen het echte verschil waarschijnlijk "
            "ligt; "
            "zulke grenzen kloppen in 95 van de 100 vergelijkingen. <strong>Kleinste dat opvalt</strong>: "
            "was "
            "het verschil zo groot geweest, dan hadden vier van de vijf zulke vergelijkingen het laten zien. "
            "<strong>Effectgrootte</strong>: het verschil, gemeten aan hoeveel leerlingen onderling "
            "verschillen; onder 0,2 zeer klein, onder 0,5 klein, onder 0,8 middelgroot, daarboven groot. Zij "
            "zegt hoe groot een verschil is; of het toeval kan zijn, staat in woorden. Die zijn strenger dan "
            "de grenzen, omdat er veel tegelijk vergeleken wordt.</p>\n",
            "<p class=\"soft\"><strong>95%</strong>: between which the true change probably lies; such "
            "limits hold in 95 of 100 comparisons. <strong>Smallest that shows</strong>: had the change been "
            "this large, four of five such comparisons would have shown it. <strong>Effect size</strong>: "
            "the "
            "change, measured by how much pupils differ from each other; below 0.2 very small, below 0.5 "
            "small, below 0.8 medium, else large. It says how large a change is; whether it can be chance is "
            "said in words. These are stricter than the limits, because many are compared at once.</p>\n");
    }
    report_page_say(page, "<p class=\"soft\">Alle vergelijkingen staan in changes.csv.</p>\n",
                    "<p class=\"soft\">All comparisons are in changes.csv.</p>\n");
}

/* What is not the same, named with its reason; an item once, not for each of its answers. */
static void put_not_compared(struct report_page *page, const struct trend *trend) {
    bool any = false;
    for (size_t i = 0; i < trend->count; i++) {
        const struct trend_line *line = &trend->line[i];
        bool again =
            i && trend->line[i - 1].about == line->about && trend->line[i - 1].subject == line->subject;
        if ((line->state != TREND_NEW && line->state != TREND_CHANGED) || again) {
            continue;
        }
        if (!any) {
            report_page_say(page, "<h3>Niet vergeleken</h3>\n<ul>", "<h3>Not compared</h3>\n<ul>");
        }
        report_page_raw(page, "<li>");
        report_page_text(page, name_of(page, line));
        report_page_raw(page, " – ");
        report_page_text(page, trend_state_text(line->state, language_of(page)));
        report_page_raw(page, "</li>\n");
        any = true;
    }
    report_page_raw(page, any ? "</ul>\n" : "");
}

void report_section_trend(struct report_page *page) {
    struct trend trend = {0};
    if (!page->previous) {
        return;
    }
    enum fault fault = trend_compare(&trend, page->previous, page->release);
    page->out->fault = page->out->fault ? page->out->fault : fault;
    report_page_say(page, "<h2>Verandering sinds de vorige ronde</h2>\n",
                    "<h2>Change since the previous round</h2>\n");
    if (!fault && trend.basis != TREND_BASIS_GOOD) {
        report_page_raw(page, "<p class=\"wrong\">");
        report_page_text(page, trend_basis_text(trend.basis, language_of(page)));
        report_page_raw(page, "</p>\n");
    } else if (!fault) {
        put_intro(page, &trend);
        put_scales(page, &trend);
        put_items(page, &trend);
        put_legend(page, &trend);
        put_not_compared(page, &trend);
    }
    trend_release(&trend);
}
