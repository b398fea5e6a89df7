/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "report_chart.h"
#include "report_edition_inside.h"
#include "report_section.h"

/* The class beside the school: one drawing, one table. */
static void put_mean(struct report_page *page, uint16_t scale, uint16_t batch) {
    const struct questionnaire_scale *item = &page->questionnaire->scale[scale];
    const struct release_figure *figure[2] = {
        release_find_at(page->release, RELEASE_CLASS, batch, RELEASE_SCALE, scale, RELEASE_MEAN, 0),
        release_find(page->release, RELEASE_SCALE, scale, RELEASE_MEAN, 0)};
    if (!figure[0] || figure[0]->status == RELEASE_HIDDEN) {
        return;
    }
    report_page_raw(page, "<p class=\"mean\"><strong>");
    report_page_text(page, report_page_label(page, &item->label));
    report_page_say(page, "</strong>: deze klas gemiddeld ", "</strong>: this class on average ");
    report_section_count(page, figure[0]);
    if (figure[1] && figure[1]->status != RELEASE_HIDDEN) {
        report_page_say(page, ", de school ", ", the school ");
        report_section_count(page, figure[1]);
    }
    REPORT_PAGE_FILL(page, page->words.english ? " (# to #; " : " (# tot #; ", item->score_min,
                     item->score_max);
    report_page_say(page, item->high_is_good ? "hoger is gunstiger).</p>\n" : "lager is gunstiger).</p>\n",
                    item->high_is_good ? "higher is better).</p>\n" : "lower is better).</p>\n");
    report_section_verdict(page, scale, batch);
}

static void put_subject(struct report_page *page, enum questionnaire_subject subject, uint16_t batch) {
    if (!report_section_has(page, subject)) {
        return;
    }
    report_page_raw(page, "<h2>");
    report_page_raw(page, report_section_title(page, subject));
    report_page_raw(page, "</h2>\n");
    for (uint16_t i = 0; i < page->questionnaire->scale_count; i++) {
        if (page->questionnaire->scale[i].subject == subject) {
            put_mean(page, i, batch);
        }
    }
    report_section_items(page, subject, RELEASE_CLASS, batch);
}

static void put_intro(struct report_page *page, uint16_t batch) {
    char label[REPORT_LABEL_SIZE];
    report_label_unit(label, page->release, page->round, RELEASE_CLASS, batch, page->words);
    report_page_say(page, "<h2>Klas ", "<h2>Class ");
    report_page_text(page, label);
    report_page_raw(page, "</h2>\n");
    REPORT_PAGE_FILL(
        page,
        page->words.english
            ? "<p># pupils sat at the computer; some may have said no.</p>\n"
            : "<p># leerlingen zaten achter de computer; sommigen kunnen nee hebben gezegd.</p>\n",
        page->content->batch[batch].contributions);
    if (page->content->batch[batch].class_count > 1) {
        report_page_say(
            page, "<p>Deze klassen zijn samengenomen, omdat een ervan te klein is om apart te tonen.</p>\n",
            "<p>These classes were joined, because one of them is too small to be shown by itself.</p>\n");
    }
    report_page_say(
        page,
        "<p class=\"notice\"><strong>Voor het gesprek, niet om te zoeken.</strong> Vraag nooit wie iets "
        "heeft ingevuld, en laat "
        "leerlingen niet raden. Een punt (" REPORT_SECTION_HIDDEN
        "), een gearceerd vlak of twee getallen met een streep ertussen "
        "beschermen leerlingen en zeggen niets over de antwoorden.</p>\n",
        "<p class=\"notice\"><strong>For talking, not for searching.</strong> Never ask who answered what, "
        "and do not let pupils "
        "guess. A dot (" REPORT_SECTION_HIDDEN
        "), a hatched area or two numbers with a dash between protect pupils and say nothing about "
        "the answers.</p>\n");
}

/* What the school has decided belongs on the table before a class agrees on anything itself. */
static void put_plans(struct report_page *page) {
    if (report_section_has_plans(page)) {
        report_page_say(page, "<h2>Wat de school gaat doen</h2>\n", "<h2>What the school will do</h2>\n");
        report_section_plans(page);
    }
}

static void put_talk(struct report_page *page) {
    report_page_say(page,
                    "<div class=\"whole\"><h2>Om samen over te praten</h2>\n<ul><li>Wat valt jullie op? Wat "
                    "klopt met hoe jullie "
                    "het zien, en wat niet?</li><li>Wat "
                    "gaat goed in onze klas, en hoe houden we dat zo?</li><li>Wat zou het voor iedereen een "
                    "beetje beter maken? Wat kunnen wij "
                    "zelf doen, en wat moet de school doen?</li><li>Wanneer kijken we of het geholpen "
                    "heeft?</li></ul>\n<h3>Wat we afspreken</h3>\n",
                    "<div class=\"whole\"><h2>To talk about together</h2>\n<ul><li>What strikes you? What "
                    "fits with how you see "
                    "it, and what does not?</li><li>What is "
                    "going well in our class, and how do we keep it so?</li><li>What would make it a little "
                    "better for everybody? What can we do, and "
                    "what should the school do?</li><li>When will we look whether it "
                    "helped?</li></ul>\n<h3>What we agree</h3>\n");
    for (int i = 0; i < 4; i++) {
        report_page_raw(page, "<p class=\"write\"></p>\n");
    }
    report_page_raw(page, "</div>\n");
}

void report_edition_put_class(struct report_page *page, uint16_t unit) {
    put_intro(page, unit);
    put_subject(page, QUESTIONNAIRE_SUBJECT_SAFETY, unit);
    put_subject(page, QUESTIONNAIRE_SUBJECT_WELLBEING, unit);
    if (page->content->choices & RELEASE_INCIDENTS_IN_CLASS) {
        put_subject(page, QUESTIONNAIRE_SUBJECT_INCIDENTS, unit);
    } else if (report_section_has(page, QUESTIONNAIRE_SUBJECT_INCIDENTS)) {
        report_page_say(page,
                        "<p class=\"soft\">Wat leerlingen meemaakten, staat alleen in het rapport van de "
                        "school en per leerjaar.</p>\n",
                        "<p class=\"soft\">What pupils experienced is only in the report of the school and "
                        "by year.</p>\n");
    }
    put_plans(page);
    put_talk(page);
}
