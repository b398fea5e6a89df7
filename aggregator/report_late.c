/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "report_edition_inside.h"
#include "report_section.h"
#include "report_view.h"

/*
 * What came in after the first opening, beside what was there. Nothing here adds up answers: what both
 * together say is bounded by what each of the two releases says.
 */

struct come {
    bool wrong; /* of a class more came than were asked */
    uint64_t asked, first, late;
};

static struct come count(const struct release_content *first, const struct release_content *late) {
    struct come sum = {0};
    for (uint16_t i = 0; i < first->class_count; i++) {
        sum.asked += first->class_list[i].asked;
        sum.first += first->class_list[i].contributions;
        sum.late += late->class_list[i].contributions;
        sum.wrong = sum.wrong || first->class_list[i].contributions + late->class_list[i].contributions >
                                     first->class_list[i].asked;
    }
    return sum;
}

static void put_share(struct report_page *page, uint64_t part, uint64_t asked, bool wrong) {
    if (wrong) {
        report_page_say(page, "aantal leerlingen klopt niet", "head count wrong");
    } else if (asked == 0) {
        report_page_raw(page, "–");
    } else {
        report_page_number(page, report_label_percent(part, asked));
        report_page_raw(page, report_page_percent(page));
    }
}

/* "30 of the 40 (75 %", with what stands between in either language. */
static void put_come(struct report_page *page, const struct come *come, const char *nl, const char *en) {
    report_page_number(page, come->first + come->late);
    report_page_say(page, " van de ", " of the ");
    report_page_number(page, come->asked);
    report_page_say(page, nl, en);
    put_share(page, come->first + come->late, come->asked, come->wrong);
}

void report_section_late(struct report_page *page) {
    if (!page->late) {
        return;
    }
    struct come come = count(page->content, release_content(page->late));
    report_page_say(page, "<p class=\"notice\"><strong>Later kwamen er nog ",
                    "<p class=\"notice\"><strong>Later ");
    report_page_number(page, come.late);
    report_page_say(page, " bij.</strong> Samen zijn het er ", " more came in.</strong> Together they are ");
    put_come(page, &come, " gevraagde leerlingen (", " pupils asked (");
    report_page_say(page,
                    "). Wat de laatkomers zeiden, staat niet in de cijfers hieronder: die zijn apart geteld, "
                    "omdat een nieuw totaal naast het oude zou verraden wat juist zij "
                    "antwoordden.</p>\n",
                    "). What the late ones said is not in the figures below: they were counted by "
                    "themselves, because a new total beside the old one would give away what just "
                    "they answered.</p>\n");
}

static void put_classes(struct report_page *page) {
    const struct release_content *first = release_content(page->first);
    report_page_table(page);
    report_page_say(page,
                    "<caption>Wie wanneer binnenkwam</caption><thead><tr><th scope=\"col\" "
                    "class=\"words\">Klas</th><th scope=\"col\">Gevraagd</th><th "
                    "scope=\"col\">Eerst</th><th scope=\"col\">Later</th><th "
                    "scope=\"col\">Samen</th></tr></thead>\n<tbody>\n",
                    "<caption>Who came in when</caption><thead><tr><th scope=\"col\" "
                    "class=\"words\">Class</th><th scope=\"col\">Asked</th><th "
                    "scope=\"col\">First</th><th scope=\"col\">Later</th><th "
                    "scope=\"col\">Together</th></tr></thead>\n<tbody>\n");
    for (uint16_t i = 0; i < first->class_count; i++) {
        uint32_t asked = first->class_list[i].asked, before = first->class_list[i].contributions;
        uint32_t later = page->content->class_list[i].contributions;
        report_page_raw(page, "<tr><th scope=\"row\">");
        report_page_text(page, page->round->class_list[i].label);
        REPORT_PAGE_FILL(page, "</th><td>#</td><td>#</td><td>#</td><td>", asked, before, later);
        put_share(page, (uint64_t)before + later, asked, (uint64_t)before + later > asked);
        report_page_raw(page, "</td></tr>\n");
    }
    report_page_raw(page, "</tbody></table></div>\n");
}

/* The page as it would be about the first release. */
static struct report_page first_page(const struct report_page *page) {
    struct report_page first = *page;
    first.release = page->first;
    first.content = release_content(page->first);
    return first;
}

/* Between which values the mean of these pupils lies, as it is told in tenths, and how many they may be. */
struct told {
    bool known;
    double low, high;
    double least, most; /* pupils who count: 0 at least where it is not told */
};

static struct told told_mean(const struct report_page *page, uint16_t scale) {
    const struct release_figure *mean = release_find(page->release, RELEASE_SCALE, scale, RELEASE_MEAN, 0);
    struct told told = {0};
    if (!mean || mean->status == RELEASE_HIDDEN) {
        return told;
    }
    double unit = pow(10, mean->decimals), half = mean->status == RELEASE_PUBLISHED ? 0.5 : 0;
    uint64_t all = 0;
    for (uint16_t i = 0; i < page->content->batch_count; i++) {
        all += page->content->batch[i].left_out ? 0 : page->content->batch[i].contributions;
    }
    told.known = true;
    told.low = (mean->low - half) / unit;
    told.high = (mean->high + half) / unit;
    told.least = mean->n;
    told.most = mean->n ? mean->n : (double)all;
    return told;
}

/* Both together: the late ones weigh at least and at most so much. */
static void put_together(struct report_page *page, const struct told *first, const struct told *late) {
    if (!first->known || !late->known) {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
        return;
    }
    double weight[2] = {late->least / (first->most + late->least), late->most / (first->least + late->most)};
    double low = INFINITY, high = -INFINITY;
    for (int i = 0; i < 2; i++) {
        low = fmin(low, (1 - weight[i]) * first->low + weight[i] * late->low);
        high = fmax(high, (1 - weight[i]) * first->high + weight[i] * late->high);
    }
    uint64_t tenths[2] = {(uint64_t)llround(10 * low), (uint64_t)llround(10 * high)};
    report_page_decimal(page, tenths[0], 1);
    if (tenths[1] != tenths[0]) {
        report_page_raw(page, "–");
        report_page_decimal(page, tenths[1], 1);
    }
}

static void put_means(struct report_page *page) {
    struct report_page first = first_page(page);
    report_page_table(page);
    report_page_say(page,
                    "<caption>Gemiddelden; " REPORT_SECTION_HIDDEN
                    " betekent: niet getoond</caption><thead><tr><th scope=\"col\" "
                    "class=\"words\">Schaal</th><th scope=\"col\">Eerst</th><th "
                    "scope=\"col\">Later</th><th scope=\"col\">Samen</th></tr></thead>\n<tbody>\n",
                    "<caption>Means; " REPORT_SECTION_HIDDEN
                    " means: not shown</caption><thead><tr><th scope=\"col\" class=\"words\">Scale</th><th "
                    "scope=\"col\">First</th><th "
                    "scope=\"col\">Later</th><th scope=\"col\">Together</th></tr></thead>\n<tbody>\n");
    for (uint16_t i = 0; i < page->questionnaire->scale_count; i++) {
        struct told told[2] = {told_mean(&first, i), told_mean(page, i)};
        report_page_raw(page, "<tr><th scope=\"row\">");
        report_page_text(page, report_page_label(page, &page->questionnaire->scale[i].label));
        report_page_raw(page, "</th><td>");
        report_section_count(page, release_find(page->first, RELEASE_SCALE, i, RELEASE_MEAN, 0));
        report_page_raw(page, "</td><td>");
        report_section_count(page, release_find(page->release, RELEASE_SCALE, i, RELEASE_MEAN, 0));
        report_page_raw(page, "</td><td>");
        put_together(page, &told[0], &told[1]);
        report_page_raw(page, "</td></tr>\n");
    }
    report_page_raw(page, "</tbody></table></div>\n");
}

struct share {
    bool known;
    uint32_t counted[2], answered[2];
};

static struct share share_of(const struct report_page *page, uint16_t item) {
    struct share share = {0};
    share.known = report_section_share_counts(page, RELEASE_SCHOOL, 0, item, share.counted, share.answered);
    return share;
}

static void put_percent(struct report_page *page, const struct share *share) {
    report_page_raw(page, "<td>");
    if (!share->known || share->answered[0] == 0) {
        report_page_raw(page, REPORT_SECTION_HIDDEN "</td>");
        return;
    }
    uint32_t low = report_label_percent(share->counted[0], share->answered[1]);
    uint32_t high = report_label_percent(share->counted[1], share->answered[0]);
    high = high > 100 ? 100 : high;
    report_section_percent(page, low, high < low ? low : high);
    report_page_raw(page, "</td>");
}

static void put_item(struct report_page *page, struct report_page *first, uint16_t item) {
    struct share share[2] = {share_of(first, item), share_of(page, item)};
    struct share both = {.known = share[0].known && share[1].known};
    for (int i = 0; i < 2; i++) {
        both.counted[i] = share[0].counted[i] + share[1].counted[i];
        both.answered[i] = share[0].answered[i] + share[1].answered[i];
    }
    report_page_raw(page, "<tr><th scope=\"row\">");
    report_page_text(page, report_page_label(page, &page->questionnaire->item[item].label));
    report_page_raw(page, "</th>");
    put_percent(page, &share[0]);
    put_percent(page, &share[1]);
    put_percent(page, &both);
    report_page_raw(page, "</tr>\n");
}

static bool is_listed(const struct report_page *page, uint16_t item, bool incidents) {
    uint16_t scale = page->questionnaire->item[item].scale;
    return scale != QUESTIONNAIRE_NONE &&
           (page->questionnaire->scale[scale].subject == QUESTIONNAIRE_SUBJECT_INCIDENTS) == incidents;
}

static void put_items(struct report_page *page, bool incidents) {
    struct report_page first = first_page(page);
    bool any = false;
    for (uint16_t i = 0; i < page->questionnaire->item_count && !any; i++) {
        any = is_listed(page, i, incidents);
    }
    if (!any) {
        return;
    }
    report_page_table(page);
    report_page_raw(page, "<caption>");
    if (incidents) {
        report_page_say(
            page,
            "Deel van de leerlingen die het overkwam, zo vaak als bij de vraag is afgesproken (anders: ten "
            "minste één keer)",
            "Share of pupils to whom it happened, as often as agreed for the question (else: at least once)");
    } else {
        report_page_say(page, "Deel dat een gunstig antwoord gaf", "Share that gave a favourable answer");
    }
    report_page_say(page,
                    ", van wie antwoord gaf</caption><thead><tr><th scope=\"col\" "
                    "class=\"words\">Vraag</th><th scope=\"col\">Eerst</th><th "
                    "scope=\"col\">Later</th><th scope=\"col\">Samen</th></tr></thead>\n<tbody>\n",
                    ", of who answered</caption><thead><tr><th scope=\"col\" "
                    "class=\"words\">Question</th><th scope=\"col\">First</th><th "
                    "scope=\"col\">Later</th><th scope=\"col\">Together</th></tr></thead>\n<tbody>\n");
    for (uint16_t i = 0; i < page->questionnaire->item_count; i++) {
        if (is_listed(page, i, incidents)) {
            put_item(page, &first, i);
        }
    }
    report_page_raw(page, "</tbody></table></div>\n");
}

static void put_intro(struct report_page *page) {
    struct come come = count(release_content(page->first), page->content);
    report_page_say(page, "<h2>Wie kwamen later</h2>\n<p>Na de eerste opening kwamen er nog ",
                    "<h2>Who came later</h2>\n<p>After the first opening ");
    report_page_number(page, come.late);
    report_page_say(page, " leerlingen bij; samen zijn het er ", " more pupils came in; together they are ");
    put_come(page, &come, " (", " (");
    report_page_say(page,
                    ").</p>\n<p class=\"notice\"><strong>Waarom apart?</strong> Naast een totaal dat al "
                    "bekend is, zou een nieuw totaal verraden wat juist deze leerlingen antwoordden. "
                    "Daarom zijn zij als eigen groep geteld, met dezelfde bescherming als een klas. Onder "
                    "‘samen’ staat wat uit beide volgt; twee getallen met een streep zijn de grenzen "
                    "waartussen het ligt. Zoek niet wie er later kwam.</p>\n",
                    ").</p>\n<p class=\"notice\"><strong>Why apart?</strong> Beside a total that is known, a "
                    "new total would give away what just these pupils answered. They were "
                    "counted as a group of their own, protected like a class. Under ‘together’ stands what "
                    "follows from both; two numbers with a dash are the limits between which it "
                    "lies. Do not look for who came later.</p>\n");
    put_classes(page);
}

void report_edition_put_late(struct report_page *page, uint16_t unit) {
    static const enum questionnaire_subject order[] = {
        QUESTIONNAIRE_SUBJECT_SAFETY, QUESTIONNAIRE_SUBJECT_INCIDENTS, QUESTIONNAIRE_SUBJECT_WELLBEING,
        QUESTIONNAIRE_SUBJECT_OTHER};
    put_intro(page);
    report_section_reading(page);
    report_page_say(page, "<h2>Eerst, later en samen</h2>\n", "<h2>First, later and together</h2>\n");
    put_means(page);
    put_items(page, false);
    put_items(page, true);
    report_page_say(page, "<h2>Wat de laatkomers zeiden</h2>\n", "<h2>What the late ones said</h2>\n");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        report_section_items(page, order[i], RELEASE_SCHOOL, unit);
    }
}
