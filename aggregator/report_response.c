/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "report_chart.h"
#include "report_section.h"
#include "stat_response.h"

/* A drawing is not broken over pages: this many bars at most. */
enum { ON_A_PAGE = 20 };

static uint32_t thousandths(uint64_t part, uint64_t of) {
    return of ? (uint32_t)((2000 * part + of) / (2 * of)) : 0;
}

static void put_participation(struct report_page *page) {
    static const enum release_kind kinds[3] = {RELEASE_ANSWERED, RELEASE_STOPPED, RELEASE_DECLINED};
    int64_t count[3];
    for (size_t i = 0; i < 3; i++) {
        const struct release_figure *figure =
            release_find(page->release, RELEASE_PARTICIPATION, 0, kinds[i], 0);
        if (!figure || figure->status != RELEASE_PUBLISHED) {
            return;
        }
        count[i] = figure->low;
    }
    report_page_fill(
        page,
        page->words.english
            ? "<p>Of the pupils in the figures, # went through to the end, # stopped on the way, and # did "
              "not want to take part.</p>\n"
            : "<p>Van de leerlingen in de cijfers vulden er # alles tot het einde in, stopten er # onderweg, "
              "en "
              "wilden er # niet meedoen.</p>\n",
        count, 3);
}

static void put_class_row(struct report_page *page, uint16_t at) {
    const struct release_class *item = &page->content->class_list[at];
    const struct round_class *known = &page->round->class_list[at];
    report_page_raw(page, "<tr><th scope=\"row\">");
    report_page_text(page, known->label);
    report_page_raw(page, "</th>");
    REPORT_PAGE_FILL(page, "<td>#</td><td>#</td><td>", item->asked, item->contributions);
    if (item->contributions > item->asked) {
        report_page_say(page, "aantal leerlingen klopt niet", "head count wrong");
    } else if (item->asked) {
        report_section_percent(page, report_label_percent(item->contributions, item->asked),
                               report_label_percent(item->contributions, item->asked));
    } else {
        report_page_raw(page, "–");
    }
    report_page_raw(page, "</td><td class=\"words\">");
    if (known->not_asked) {
        REPORT_PAGE_FILL(page, page->words.english ? "# not asked: " : "# niet gevraagd: ", known->not_asked);
        report_page_school_text(page, known->reason);
    } else {
        report_page_raw(page, "–");
    }
    report_page_raw(page, "</td></tr>\n");
}

static void put_classes(struct report_page *page) {
    struct report_chart_row *rows = calloc(page->content->class_count + 1u, sizeof *rows);
    if (!rows) {
        page->out->fault = FAULT_MEMORY;
        return;
    }
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        const struct release_class *item = &page->content->class_list[i];
        rows[i].label = page->round->class_list[i].label;
        rows[i].count = 1;
        if (item->contributions > item->asked) {
            rows[i].instead = page->words.english ? "head count wrong" : "aantal leerlingen klopt niet";
        }
        rows[i].part[0].share = thousandths(item->contributions, item->asked);
        rows[i].part[0].low = rows[i].part[0].high = report_label_percent(item->contributions, item->asked);
        rows[i].part[0].colour = REPORT_STYLE_STEP_4;
    }
    /* Of many classes the table begins pages further on: what the drawing is, stands before it. */
    report_page_say(page, "<figure>\n<figcaption>Respons per klas</figcaption>\n",
                    "<figure>\n<figcaption>Response per class</figcaption>\n");
    size_t drawings = ((size_t)page->content->class_count + ON_A_PAGE - 1) / ON_A_PAGE, drawn = 0;
    for (size_t i = 1; i <= drawings; i++) {
        size_t until = (size_t)page->content->class_count * i / drawings; /* about as many in each */
        report_chart_bars(page, page->words.english ? "Response per class" : "Respons per klas", rows + drawn,
                          until - drawn);
        drawn = until;
    }
    free(rows);
    report_page_table(page);
    report_page_say(
        page,
        "<caption>Gevraagd en binnengekomen per klas</caption><thead><tr><th scope=\"col\" "
        "class=\"words\">Klas</th><th "
        "scope=\"col\">Gevraagd</th><th scope=\"col\">Binnen&shy;gekomen</th><th "
        "scope=\"col\">Respons</th><th "
        "scope=\"col\" class=\"words\">Niet gevraagd</th></tr></thead>\n<tbody>\n",
        "<caption>Asked and came in per class</caption><thead><tr><th scope=\"col\" "
        "class=\"words\">Class</th><th "
        "scope=\"col\">Asked</th><th scope=\"col\">Came in</th><th scope=\"col\">Response</th><th "
        "scope=\"col\" class=\"words\">Not asked</th></tr></thead>\n<tbody>\n");
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        put_class_row(page, i);
    }
    report_page_raw(page, "</tbody></table></div>\n</figure>\n");
}

static void put_wrong_heads(struct report_page *page) {
    bool any = false;
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        const struct release_class *item = &page->content->class_list[i];
        if (item->contributions <= item->asked) {
            continue;
        }
        if (!any) {
            report_page_say(
                page,
                "<p class=\"wrong\"><strong>Aantal leerlingen klopt niet.</strong> Er kwam meer binnen dan "
                "er "
                "leerlingen gevraagd waren: klas ",
                "<p class=\"wrong\"><strong>Head count wrong.</strong> More came in than pupils were asked: "
                "class ");
        }
        report_page_raw(page, any ? ", " : "");
        report_page_text(page, page->round->class_list[i].label);
        any = true;
    }
    if (any) {
        report_page_say(page,
                        ". Zolang dat niet klopt, is er ook geen respons van de school. Vergelijk de "
                        "klassenlijst van de ronde met de aantallen van de mentor.</p>\n",
                        ". As long as that is so, the school has no response either. Compare the round's "
                        "list of classes with the mentor's counts.</p>\n");
    }
}

/* `classes`: their table follows. */
static void put_verdict(struct report_page *page, enum stat_response_verdict verdict, bool classes) {
    report_page_say(page, "<p><strong>Representatief?</strong> ", "<p><strong>Representative?</strong> ");
    if (verdict == STAT_RESPONSE_EVEN) {
        report_page_say(page, "De klassen deden ongeveer even veel mee.",
                        "The classes took part about equally.");
        return;
    }
    if (verdict == STAT_RESPONSE_BEYOND_CHANCE) {
        report_page_say(page,
                        "Sommige klassen deden meer mee dan andere, meer dan door toeval te verklaren is.",
                        "Some classes took part more than others, more than chance explains.");
    } else {
        report_page_say(page,
                        "De klassen deden niet allemaal even veel mee; dat verschil kan goed toeval zijn.",
                        "The classes did not all take part equally; that difference could well be chance.");
    }
    report_page_say(page, " Lees de cijfers van de school als die van wie meedeed",
                    " Read the school’s figures as those of who took part");
    report_page_say(page, classes ? ", en kijk in de tabel welke klassen minder meededen." : ".",
                    classes ? ", and see in the table which classes took part less." : ".");
}

static void put_figures(struct report_page *page, const struct stat_response *response) {
    double indicator = response->r_indicator > 0 ? response->r_indicator : 0;
    report_page_say(page, " <span class=\"soft\">R\u2011indicator ",
                    " <span class=\"soft\">R\u2011indicator ");
    char number[REPORT_LABEL_NUMBER], sign = page->words.english ? '.' : ',';
    report_label_below(number, indicator, 2, STAT_RESPONSE_UNEVEN_BELOW, sign);
    report_page_raw(page, number);
    report_page_say(page, " (1 betekent: alle klassen even veel)", " (1 means: all classes equally)");
    if (response->test != STAT_RESPONSE_NO_TEST) {
        bool tiny = response->p < 0.0005;
        report_page_raw(page, tiny ? "; p &lt; " : "; p = ");
        report_label_below(number, tiny ? 0.001 : response->p, 3, STAT_RESPONSE_CHANCE_BELOW, sign);
        report_page_raw(page, number);
    }
    report_page_say(page,
                    ". Wie afwezig was, kan anders antwoorden dan wie er was; dat ziet niemand aan deze "
                    "cijfers.</span></p>\n",
                    ". Who was absent may answer differently from who was there; these figures cannot show "
                    "it.</span></p>\n");
}

/* Whether classes answered evenly: from head counts alone (stat_response.h). */
static void put_evenness(struct report_page *page, bool classes) {
    struct stat_group *groups = calloc(page->content->class_count + 1u, sizeof *groups);
    struct stat_response response;
    if (!groups) {
        page->out->fault = FAULT_MEMORY;
        return;
    }
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        groups[i] = (struct stat_group){page->content->class_list[i].asked,
                                        page->content->class_list[i].contributions};
    }
    stat_response_describe(&response, groups, page->content->class_count);
    free(groups);
    if (response.state == STAT_OK && page->content->class_count >= 2) {
        put_verdict(page, response.verdict, classes);
        put_figures(page, &response);
    }
}

void report_section_response(struct report_page *page, bool classes) {
    uint64_t asked = 0, contributions = 0;
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        asked += page->content->class_list[i].asked;
        contributions += page->content->class_list[i].contributions;
    }
    report_page_say(page, "<h2>Wie deden mee</h2>\n<ul class=\"facts\"><li><b>",
                    "<h2>Who took part</h2>\n<ul class=\"facts\"><li><b>");
    report_page_number(page, asked);
    report_page_say(page, "</b> leerlingen gevraagd</li><li><b>", "</b> pupils asked</li><li><b>");
    report_page_number(page, contributions);
    report_page_say(page, "</b> binnengekomen</li><li><b>", "</b> came in</li><li><b>");
    if (release_heads_wrong(page->content)) {
        report_page_raw(page, "?"); /* said in words just below */
    } else {
        report_page_number(page, report_label_percent(contributions, asked));
        report_page_raw(page, report_page_percent(page));
    }
    report_page_say(page, "</b> respons</li><li><b>", "</b> response</li><li><b>");
    report_page_number(page, page->content->class_count);
    report_page_say(page, "</b> klassen</li></ul>\n", "</b> classes</li></ul>\n");
    put_wrong_heads(page);
    report_section_missing(page);
    report_section_late(page);
    report_page_say(page,
                    "<p>Respons is het deel van de gevraagde leerlingen dat achter de computer zat. Wie daar "
                    "‘nee’ koos, telt ook "
                    "mee: niemand kan zien wie dat deed.</p>\n",
                    "<p>Response is the share of the pupils asked who sat at the computer. Whoever chose "
                    "‘no’ there counts too: "
                    "nobody can see who did.</p>\n");
    put_participation(page);
    put_evenness(page, classes);
    if (classes) {
        put_classes(page);
    }
}

static void put_class_list(struct report_page *page, const char *nl, const char *en,
                           bool (*is_one)(const struct report_page *page, uint16_t at)) {
    bool any = false;
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        if (!is_one(page, i)) {
            continue;
        }
        if (!any) {
            report_page_say(page, nl, en);
        }
        report_page_raw(page, any ? ", " : "");
        report_page_text(page, page->round->class_list[i].label);
        any = true;
    }
    report_page_raw(page, any ? ".</p>\n" : "");
}

static bool was_empty(const struct report_page *page, uint16_t at) {
    return page->content->class_list[at].contributions == 0 && page->content->class_list[at].asked > 0;
}

static bool came_later(const struct report_page *page, uint16_t at) {
    return was_empty(page, at) && page->late && release_content(page->late)->class_list[at].contributions > 0;
}

static bool is_empty(const struct report_page *page, uint16_t at) {
    return was_empty(page, at) && !came_later(page, at);
}

static bool is_left_out(const struct report_page *page, uint16_t at) {
    uint16_t number = page->content->class_list[at].number;
    for (uint16_t i = 0; i < page->content->batch_count; i++) {
        const struct release_batch *batch = &page->content->batch[i];
        for (uint16_t j = 0; batch->left_out && j < batch->class_count; j++) {
            if (batch->class_number[j] == number) {
                return true;
            }
        }
    }
    return false;
}

void report_section_missing(struct report_page *page) {
    put_class_list(
        page, "<p class=\"wrong\">Van deze klassen kwam niets binnen; zij ontbreken in alle cijfers: ",
        "<p class=\"wrong\">Nothing came in from these classes; they are in no figure: ", is_empty);
    put_class_list(page,
                   "<p class=\"notice\">Uit deze klassen was bij de eerste opening nog niets binnen; zij "
                   "ontbreken in de "
                   "cijfers hieronder: ",
                   "<p class=\"notice\">From these classes nothing had come in yet at the first opening; "
                   "they are not in "
                   "the figures below: ",
                   came_later);
    put_class_list(
        page,
        "<p class=\"wrong\">Niet in de cijfers, omdat tellingen elkaar tegenspraken (in deze klas, of in een "
        "klas van hetzelfde leerjaar): ",
        "<p class=\"wrong\">Not in the figures, because counts contradicted each other (in this class, or in "
        "one of the same year): ",
        is_left_out);
}
