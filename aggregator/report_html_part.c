/* SPDX-License-Identifier: Apache-2.0 */
#include "report_html_part.h"

#include <stdio.h>
#include <string.h>

/* From light to dark: neighbours differ enough in grey too, and no colour says good or bad. */
static const char *const shades[] = {"#dbe6f2", "#b4cbe3", "#85a8cf", "#5682b4", "#2b4c7e", "#1c3457"};
enum { SHADES = 6 };

void report_html_part_raw(struct report_html_part *page, const char *html) {
    bytes_put(page->out, html, strlen(html));
}

void report_html_part_text(struct report_html_part *page, const char *text) {
    for (const char *at = text; *at; at++) {
        switch (*at) {
        case '&': report_html_part_raw(page, "&amp;"); break;
        case '<': report_html_part_raw(page, "&lt;"); break;
        case '>': report_html_part_raw(page, "&gt;"); break;
        case '"': report_html_part_raw(page, "&quot;"); break;
        case '\'': report_html_part_raw(page, "&#39;"); break;
        default: bytes_put(page->out, at, 1); break;
        }
    }
}

void report_html_part_say(struct report_html_part *page, const char *nl, const char *en) {
    report_html_part_raw(page, page->words.english ? en : nl);
}

const char *report_html_part_label(const struct report_html_part *page,
                                   const struct questionnaire_text *text) {
    return questionnaire_text_in(text, page->words.questionnaire, NULL);
}

static void put_number(struct report_html_part *page, uint64_t number) {
    char text[24];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    report_html_part_raw(page, text);
}

static void put_participation(struct report_html_part *page) {
    const struct release_figure *answered =
        release_find(page->release, RELEASE_PARTICIPATION, 0, RELEASE_ANSWERED, 0);
    const struct release_figure *stopped =
        release_find(page->release, RELEASE_PARTICIPATION, 0, RELEASE_STOPPED, 0);
    const struct release_figure *declined =
        release_find(page->release, RELEASE_PARTICIPATION, 0, RELEASE_DECLINED, 0);
    if (!answered || !stopped || !declined || answered->status != RELEASE_PUBLISHED ||
        stopped->status != RELEASE_PUBLISHED || declined->status != RELEASE_PUBLISHED) {
        return;
    }
    report_html_part_say(page, "<p>Van de leerlingen in de cijfers vulden er ",
                         "<p>Of the pupils in the figures, ");
    put_number(page, answered->low);
    report_html_part_say(page, " alles tot het einde in, stopten er ", " went through to the end, ");
    put_number(page, stopped->low);
    report_html_part_say(page, " onderweg, en wilden er ", " stopped on the way, and ");
    put_number(page, declined->low);
    report_html_part_say(page, " niet meedoen.</p>\n", " did not want to take part.</p>\n");
}

static void put_class_rates(struct report_html_part *page) {
    report_html_part_say(
        page,
        "<table><caption>Respons per klas</caption><thead><tr><th scope=\"col\">Klas</th><th scope=\"col\">"
        "Gevraagd</th><th scope=\"col\">Respons</th></tr></thead><tbody>\n",
        "<table><caption>Response per class</caption><thead><tr><th scope=\"col\">Class</th><th "
        "scope=\"col\">Asked</th><th scope=\"col\">Response</th></tr></thead><tbody>\n");
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        const struct release_class *item = &page->content->class_list[i];
        report_html_part_raw(page, "<tr><th scope=\"row\">");
        report_html_part_text(page, page->round->class_list[i].label);
        report_html_part_raw(page, "</th><td>");
        put_number(page, item->asked);
        report_html_part_raw(page, "</td><td>");
        if (item->asked) {
            put_number(page, report_label_percent(item->contributions, item->asked));
            report_html_part_raw(page, " %");
        } else {
            report_html_part_raw(page, "–");
        }
        report_html_part_raw(page, "</td></tr>\n");
    }
    report_html_part_raw(page, "</tbody></table>\n");
}

void report_html_part_response(struct report_html_part *page) {
    uint64_t asked = 0, contributions = 0;
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        asked += page->content->class_list[i].asked;
        contributions += page->content->class_list[i].contributions;
    }
    report_html_part_say(page, "<h2>Wie deden mee</h2>\n<ul class=\"facts\"><li><b>",
                         "<h2>Who took part</h2>\n<ul class=\"facts\"><li><b>");
    put_number(page, asked);
    report_html_part_say(page, "</b> leerlingen gevraagd</li><li><b>", "</b> pupils asked</li><li><b>");
    put_number(page, report_label_percent(contributions, asked));
    report_html_part_say(page, " %</b> respons</li><li><b>", " %</b> response</li><li><b>");
    put_number(page, page->content->class_count);
    report_html_part_say(page, "</b> klassen</li></ul>\n", "</b> classes</li></ul>\n");
    report_html_part_say(
        page,
        "<p>Respons is het deel van de gevraagde leerlingen dat achter de computer zat. Wie daar ‘nee’ koos, "
        "telt ook mee: niemand kan zien wie dat deed.</p>\n",
        "<p>Response is the share of the pupils asked who sat at the computer. Whoever chose ‘no’ there "
        "counts "
        "too: nobody can see who did.</p>\n");
    put_participation(page);
    put_class_rates(page);
}

static bool is_counted(const struct release_figure *figure) {
    return figure->kind == RELEASE_OPTION || figure->kind == RELEASE_GROUP ||
           figure->kind == RELEASE_CHOSEN || figure->kind == RELEASE_ANY;
}

/* The figures of one item: a range of the content's. */
struct item_figures {
    const struct release_figure *first;
    uint32_t count;
    uint32_t bars;        /* of these, options or groups */
    uint32_t told, exact; /* of all; the rest is hidden, or a band */
    uint32_t n;
    bool several; /* more than one could be chosen */
};

static struct item_figures figures_of(const struct report_html_part *page, uint16_t item) {
    struct item_figures found = {0};
    uint32_t missing = 0;
    for (uint32_t i = 0; i < page->content->figure_count; i++) {
        const struct release_figure *figure = &page->content->figure[i];
        if (figure->level != RELEASE_SCHOOL || figure->about != RELEASE_ITEM || figure->subject != item) {
            continue;
        }
        found.first = found.first ? found.first : figure;
        found.count++;
        found.bars += is_counted(figure);
        found.n = figure->n ? figure->n : found.n;
        missing += figure->kind >= RELEASE_DONT_KNOW && figure->kind <= RELEASE_MISSING ? figure->low : 0;
        found.told += figure->status != RELEASE_HIDDEN;
        found.exact += figure->status == RELEASE_PUBLISHED;
        found.several = page->round->questionnaire->item[item].kind == QUESTIONNAIRE_SELECT_MULTIPLE;
    }
    found.n -= found.exact == found.count ? missing : 0; /* else the base is everybody, who answered or not */
    return found;
}

static const char *shade(uint32_t at, uint32_t count) {
    return shades[count > 1 ? at * (SHADES - 1) / (count - 1) : SHADES - 2];
}

static void put_rect(struct report_html_part *page, double x, double y, double width, double height,
                     const char *fill) {
    char text[160];
    (void)snprintf(text, sizeof text,
                   "<rect x=\"%.2f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"%s\"/>", x, y, width,
                   height, fill);
    report_html_part_raw(page, text);
}

/* What the drawing shows, for those who do not see it: "nooit 12 %, soms 30 %". */
static void put_chart_label(struct report_html_part *page, const struct item_figures *figures) {
    char label[REPORT_LABEL_SIZE];
    for (uint32_t i = 0; i < figures->bars; i++) {
        report_label_figure(label, page->round->questionnaire, &figures->first[i], page->words);
        report_html_part_raw(page, i ? ", " : "");
        report_html_part_text(page, label);
        report_html_part_raw(page, " ");
        put_number(page, report_label_percent(figures->first[i].low, figures->n));
        report_html_part_raw(page, " %");
    }
}

/* One bar from light to dark where the parts make a whole. */
static void put_stacked(struct report_html_part *page, const struct item_figures *figures) {
    double x = 0;
    report_html_part_raw(page, "<svg viewBox=\"0 0 720 26\" role=\"img\" aria-label=\"");
    put_chart_label(page, figures);
    report_html_part_raw(page, "\">");
    for (uint32_t i = 0; i < figures->bars; i++) {
        double width = 720.0 * figures->first[i].low / (figures->n ? figures->n : 1);
        put_rect(page, x, 0, width > 1.5 ? width - 1.5 : width, 26, shade(i, figures->bars));
        x += width;
    }
    report_html_part_raw(page, "</svg>\n");
}

/* One bar an option where several could be chosen; the grey rail is everybody who answered. */
static void put_rows(struct report_html_part *page, const struct item_figures *figures) {
    char size[64];
    (void)snprintf(size, sizeof size, "<svg viewBox=\"0 0 720 %u\" role=\"img\" aria-label=\"",
                   (unsigned)figures->bars * 16);
    report_html_part_raw(page, size);
    put_chart_label(page, figures);
    report_html_part_raw(page, "\">");
    for (uint32_t i = 0; i < figures->bars; i++) {
        put_rect(page, 0, 16.0 * i + 2, 720, 11, "#eef2f6");
        put_rect(page, 0, 16.0 * i + 2, 720.0 * figures->first[i].low / (figures->n ? figures->n : 1), 11,
                 shades[3]);
    }
    report_html_part_raw(page, "</svg>\n");
}

static void put_row(struct report_html_part *page, const struct item_figures *figures, uint32_t at) {
    char label[REPORT_LABEL_SIZE];
    const struct release_figure *figure = &figures->first[at];
    report_label_figure(label, page->round->questionnaire, figure, page->words);
    report_html_part_raw(page, is_counted(figure) ? "<tr><th scope=\"row\">"
                                                  : "<tr class=\"rest\"><th scope=\"row\">");
    if (is_counted(figure) && !figures->several) {
        report_html_part_raw(page, "<span class=\"key\" style=\"background:");
        report_html_part_raw(page, shade(at, figures->bars));
        report_html_part_raw(page, "\"></span>");
    }
    report_html_part_text(page, label);
    report_html_part_raw(page, "</th><td>");
    if (figure->status == RELEASE_HIDDEN) {
        report_html_part_say(page, "niet getoond", "not shown");
    } else {
        put_number(page, figure->low);
    }
    if (figure->status == RELEASE_BANDED) {
        report_html_part_say(page, " tot en met ", " to ");
        put_number(page, figure->high);
    }
    report_html_part_raw(page, "</td><td>");
    if (is_counted(figure) && figures->exact == figures->count) {
        put_number(page, report_label_percent(figure->low, figures->n));
        report_html_part_raw(page, " %");
    }
    report_html_part_raw(page, "</td></tr>\n");
}

static void put_table(struct report_html_part *page, const struct item_figures *figures) {
    report_html_part_raw(page, figures->several ? "<table><caption>" : "<table class=\"keyed\"><caption>");
    put_number(page, figures->n);
    if (figures->exact < figures->count) {
        report_html_part_say(page, " leerlingen, ook wie geen antwoord gaf",
                             " pupils, those who gave no answer too");
    } else if (figures->several) {
        report_html_part_say(page, " leerlingen gaven antwoord; meer antwoorden waren mogelijk",
                             " pupils answered; more than one answer was possible");
    } else {
        report_html_part_say(page, " leerlingen gaven antwoord", " pupils answered");
    }
    report_html_part_say(
        page,
        "</caption><thead><tr><th scope=\"col\">Antwoord</th><th scope=\"col\">Leerlingen</th><th "
        "scope=\"col\">Deel</th></tr></thead><tbody>\n",
        "</caption><thead><tr><th scope=\"col\">Answer</th><th scope=\"col\">Pupils</th><th "
        "scope=\"col\">Share</th></tr></thead><tbody>\n");
    for (uint32_t i = 0; i < figures->count; i++) {
        put_row(page, figures, i);
    }
    report_html_part_raw(page, "</tbody></table>\n");
}

static void put_item(struct report_html_part *page, uint16_t item) {
    struct item_figures figures = figures_of(page, item);
    report_html_part_raw(page, "<section class=\"question\">\n<h3>");
    report_html_part_text(page, report_html_part_label(page, &page->round->questionnaire->item[item].label));
    report_html_part_raw(page, "</h3>\n");
    if (figures.told == 0) {
        report_html_part_say(page, "<p class=\"hidden\">Deze uitkomst wordt niet getoond.</p>\n",
                             "<p class=\"hidden\">This result is not shown.</p>\n");
    } else {
        if (figures.exact == figures.count && figures.several) {
            put_rows(page, &figures);
        } else if (figures.exact == figures.count) {
            put_stacked(page, &figures);
        }
        put_table(page, &figures);
    }
    report_html_part_raw(page, "</section>\n");
}

static void put_mean(struct report_html_part *page, const struct release_figure *figure,
                     const struct questionnaire_scale *scale) {
    char text[96];
    (void)snprintf(text, sizeof text, "%u%c%u", (unsigned)(figure->low / 10), page->words.english ? '.' : ',',
                   (unsigned)(figure->low % 10));
    report_html_part_raw(page, "<p class=\"mean\"><b>");
    report_html_part_raw(page, text);
    report_html_part_say(page, "</b><span>gemiddeld, op een schaal van ",
                         "</b><span>on average, on a scale from ");
    put_number(page, scale->score_min);
    report_html_part_say(page, " tot ", " to ");
    put_number(page, scale->score_max);
    report_html_part_say(page, scale->high_is_good ? "; hoger is gunstiger" : "; lager is gunstiger",
                         scale->high_is_good ? "; higher is better" : "; lower is better");
    report_html_part_raw(page, "</span></p>\n<p class=\"soft\">");
    if (figure->n) {
        report_html_part_say(page, "Over ", "Over ");
        put_number(page, figure->n);
        report_html_part_say(page, " leerlingen die ten minste vier vijfde van deze vragen beantwoordden.",
                             " pupils who answered at least four fifths of these questions.");
    } else {
        report_html_part_say(page,
                             "Over de leerlingen die ten minste vier vijfde van deze vragen beantwoordden; "
                             "hun aantal wordt niet getoond.",
                             "Over the pupils who answered at least four fifths of these questions; their "
                             "number is not shown.");
    }
    report_html_part_raw(page, "</p>\n");
}

static void put_scale(struct report_html_part *page, uint16_t at) {
    const struct questionnaire_scale *scale = &page->round->questionnaire->scale[at];
    const struct release_figure *figure = release_find(page->release, RELEASE_SCALE, at, RELEASE_MEAN, 0);
    report_html_part_raw(page, "<section class=\"scale\">\n<h3>");
    report_html_part_text(page, report_html_part_label(page, &scale->label));
    report_html_part_raw(page, "</h3>\n");
    if (figure && figure->status == RELEASE_PUBLISHED) {
        put_mean(page, figure, scale);
    } else {
        report_html_part_say(page, "<p class=\"hidden\">Dit gemiddelde wordt niet getoond.</p>\n",
                             "<p class=\"hidden\">This mean is not shown.</p>\n");
    }
    report_html_part_raw(page, "</section>\n");
}

static bool is_about(const struct report_html_part *page, uint16_t item, enum questionnaire_subject subject) {
    return questionnaire_list_of(page->round->questionnaire, item) &&
           report_label_subject(page->round->questionnaire, item) == subject;
}

static bool has_content(const struct report_html_part *page, enum questionnaire_subject subject) {
    for (uint16_t i = 0; i < page->round->questionnaire->item_count; i++) {
        if (is_about(page, i, subject)) {
            return true;
        }
    }
    return false;
}

static void put_subject_title(struct report_html_part *page, enum questionnaire_subject subject) {
    switch (subject) {
    case QUESTIONNAIRE_SUBJECT_INCIDENTS:
        report_html_part_say(page, "<h2>Incidenten: wat leerlingen meemaakten</h2>\n",
                             "<h2>Incidents: what pupils experienced</h2>\n");
        break;
    case QUESTIONNAIRE_SUBJECT_SAFETY:
        report_html_part_say(page, "<h2>Veiligheidsbeleving: hoe veilig leerlingen zich voelen</h2>\n",
                             "<h2>Perceived safety: how safe pupils feel</h2>\n");
        break;
    case QUESTIONNAIRE_SUBJECT_WELLBEING:
        report_html_part_say(page, "<h2>Welbevinden: hoe het met leerlingen gaat</h2>\n",
                             "<h2>Well-being: how pupils are doing</h2>\n");
        break;
    case QUESTIONNAIRE_SUBJECT_OTHER:
    default: report_html_part_say(page, "<h2>Andere vragen</h2>\n", "<h2>Other questions</h2>\n"); break;
    }
}

void report_html_part_subject(struct report_html_part *page, enum questionnaire_subject subject) {
    const struct questionnaire *questionnaire = page->round->questionnaire;
    if (!has_content(page, subject)) {
        return;
    }
    put_subject_title(page, subject);
    for (uint16_t i = 0; i < questionnaire->scale_count; i++) {
        if (questionnaire->scale[i].subject == subject) {
            put_scale(page, i);
        }
    }
    for (uint16_t i = 0; i < questionnaire->item_count; i++) {
        if (is_about(page, i, subject)) {
            put_item(page, i);
        }
    }
}

void report_html_part_left_out(struct report_html_part *page) {
    bool any = false;
    for (uint16_t i = 0; i < page->content->batch_count; i++) {
        const struct release_batch *batch = &page->content->batch[i];
        for (uint16_t j = 0; batch->left_out && j < batch->class_count; j++) {
            if (!any) {
                report_html_part_say(page,
                                     "<p>Niet in de cijfers, omdat tellingen elkaar tegenspraken: klas ",
                                     "<p>Not in the figures, because counts contradicted each other: class ");
            }
            report_html_part_raw(page, any ? ", " : "");
            report_html_part_text(page, round_find_class(page->round, batch->class_number[j])->label);
            any = true;
        }
    }
    report_html_part_raw(page, any ? ".</p>\n" : "");
}
