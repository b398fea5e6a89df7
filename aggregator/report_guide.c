/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "report_edition_inside.h"
#include "report_section.h"

/* A share that is told well enough to be one number: its limits are at most this far apart. */
enum { CLOSE = 2, SAID = 3, SAID_BESIDE_MEASURES = 2 };

static void put_means(struct report_page *page) {
    bool any = false;
    for (uint16_t i = 0; i < page->questionnaire->scale_count; i++) {
        const struct questionnaire_scale *scale = &page->questionnaire->scale[i];
        const struct release_figure *mean = release_find(page->release, RELEASE_SCALE, i, RELEASE_MEAN, 0);
        if (!mean || mean->status == RELEASE_HIDDEN || scale->subject == QUESTIONNAIRE_SUBJECT_OTHER) {
            continue;
        }
        if (!any) {
            report_page_say(page, " Gemiddelden: ", " Means: ");
        }
        report_page_raw(page, any ? "; " : "");
        any = true;
        report_page_text(page, report_page_label(page, &scale->label));
        report_page_raw(page, " ");
        report_section_count(page, mean);
        REPORT_PAGE_FILL(page, page->words.english ? " (from # to #, " : " (van # tot #, ", scale->score_min,
                         scale->score_max);
        report_page_say(page, scale->high_is_good ? "hoger is gunstiger)" : "lager is gunstiger)",
                        scale->high_is_good ? "higher is better)" : "lower is better)");
    }
    report_page_raw(page, any ? "." : "");
}

void report_edition_put_guide(struct report_page *page, uint16_t unit) {
    uint64_t asked = 0, came = 0;
    (void)unit;
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        asked += page->content->class_list[i].asked;
        came += page->content->class_list[i].contributions;
    }
    report_page_say(page, "<h2>Om over te nemen</h2>\n<p>Van ", "<h2>To copy</h2>\n<p>From ");
    report_page_date(page, page->round->first_day);
    report_page_say(page, " tot en met ", " up to and including ");
    report_page_date(page, page->round->last_day);
    report_page_say(page,
                    " vroegen wij onze leerlingen zonder naam hoe veilig zij zich voelen, wat zij meemaakten "
                    "en hoe het met hen gaat. Van de ",
                    " we asked our pupils without names how safe they feel, what they experienced and how "
                    "they are doing. Of the ");
    report_page_number(page, asked);
    report_page_say(page, " gevraagde leerlingen ", " pupils asked, ");
    if (release_heads_wrong(page->content)) {
        report_page_say(page, "[aantal leerlingen klopt niet: pas dit aan].",
                        "[head count wrong: change this].");
    } else {
        report_page_say(page, "zat ", "");
        report_page_number(page, report_label_percent(came, asked));
        report_page_say(page, "&nbsp;% achter de computer; iedereen mocht nee zeggen.",
                        "% sat at the computer; everybody could say no.");
    }
    put_means(page);
    if (!page->content->recognised) {
        report_page_say(page, " De vragenlijst is niet wetenschappelijk onderzocht.",
                        " The questionnaire has not been studied scientifically.");
    }
    report_page_say(page,
                    " Antwoorden zijn nooit per leerling bewaard; kleine aantallen maken wij niet bekend. De "
                    "uitkomsten bespreken wij met "
                    "leerlingen, team en medezeggenschapsraad.</p>\n",
                    " Answers were never kept per pupil; we do not publish small numbers. We discuss the "
                    "results with pupils, staff "
                    "and the participation council.</p>\n");
    report_page_say(page, "<h3>Wat wij gaan doen</h3>\n", "<h3>What we will do</h3>\n");
    if (report_section_has_plans(page)) {
        report_section_plans(page);
    } else {
        report_page_raw(page, "<p class=\"write\"></p>\n<p class=\"write\"></p>\n");
    }
}

struct said {
    uint16_t item;
    uint32_t percent;
    bool about; /* known within limits only */
};

/*
 * Items of the subject whose share is told, the most favourable first. Incidents and sensitive items are not
 * for a wall.
 */
static size_t gather(const struct report_page *page, enum questionnaire_subject subject,
                     struct said out[QUESTIONNAIRE_ITEMS]) {
    size_t count = 0;
    for (uint16_t i = 0; i < page->questionnaire->item_count; i++) {
        uint32_t low = 0, high = 0;
        const struct questionnaire_item *item = &page->questionnaire->item[i];
        if (item->scale == QUESTIONNAIRE_NONE || item->sensitive ||
            page->questionnaire->scale[item->scale].subject != subject ||
            !report_section_share(page, RELEASE_SCHOOL, 0, i, &low, &high) || high - low > CLOSE) {
            continue;
        }
        size_t at = count++;
        for (; at > 0 && out[at - 1].percent < (low + high) / 2; at--) {
            out[at] = out[at - 1];
        }
        out[at] = (struct said){i, (low + high) / 2, low != high};
    }
    return count;
}

static void put_said(struct report_page *page, const struct said *said) {
    char words[REPORT_LABEL_SIZE];
    report_section_share_words(page, said->item, words);
    report_page_raw(page, "<p class=\"said\">");
    report_page_text(page, report_page_label(page, &page->questionnaire->item[said->item].label));
    report_page_raw(page, "<br><b>");
    report_page_say(page, said->about ? "ongeveer " : "", said->about ? "about " : "");
    report_page_number(page, said->percent);
    report_page_say(page, " van de 100</b> zeggen: ", " in 100</b> say: ");
    report_page_text(page, words);
    report_page_raw(page, "</p>\n");
}

static void put_help(struct report_page *page) {
    bool any = false;
    for (uint16_t i = 0; i < page->round->help_count; i++) {
        if (strcmp(page->round->help[i].language, page->words.english ? "en" : "nl") != 0) {
            continue;
        }
        if (!any) {
            report_page_say(
                page, "<h2>Wil je praten?</h2>\n<p>Vertel het aan iemand op school die je vertrouwt. Of: ",
                "<h2>Want to talk?</h2>\n<p>Tell somebody at school whom you trust. Or: ");
        }
        report_page_raw(page, any ? "; " : "");
        report_page_text(page, page->round->help[i].line);
        any = true;
    }
    report_page_raw(page, any ? ".</p>\n" : "");
}

void report_edition_put_poster(struct report_page *page, uint16_t unit) {
    static const enum questionnaire_subject subjects[] = {QUESTIONNAIRE_SUBJECT_SAFETY,
                                                          QUESTIONNAIRE_SUBJECT_WELLBEING};
    uint64_t came = 0;
    size_t told = 0;
    (void)unit;
    for (uint16_t i = 0; i < page->content->class_count; i++) {
        came += page->content->class_list[i].contributions;
    }
    REPORT_PAGE_FILL(
        page,
        page->words.english
            ? "<p class=\"said\"><b>#</b> of you sat at the computer. Thank you!</p>\n"
            : "<p class=\"said\"><b>#</b> leerlingen zaten achter de computer. Dank jullie wel!</p>\n",
        (int64_t)came);
    for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
        struct said said[QUESTIONNAIRE_ITEMS];
        size_t count = gather(page, subjects[i], said);
        size_t most = report_section_has_done(page) ? SAID_BESIDE_MEASURES : SAID; /* one page on a wall */
        for (size_t j = 0; j < count; j++) {
            if (j + 1 < most || j + 1 == count) {
                put_said(page, &said[j]);
                told++;
            }
        }
    }
    if (!told) {
        report_page_say(page,
                        "<p class=\"said\">Jullie zijn met weinig. Daarom schrijven we hier geen getallen "
                        "op: zo weet niemand wie wat zei.</p>\n",
                        "<p class=\"said\">There are few of you. So we write no numbers here: that way "
                        "nobody knows who said what.</p>\n");
    }
    report_section_noticed(page);
    report_page_say(page, "<h2>Dit gaan we doen</h2>\n", "<h2>This is what we will do</h2>\n");
    bool planned = report_section_has_plans(page);
    if (planned) {
        report_section_plans(page);
    }
    for (int i = planned ? 2 : 0; i < 3; i++) {
        report_page_raw(page, "<p class=\"write\"></p>\n");
    }
    put_help(page);
}
