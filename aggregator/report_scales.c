/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>

#include "report_bounds.h"
#include "report_chart.h"
#include "report_section.h"
#include "report_view.h"
#include "stat_mean.h"

enum { DOTS = 64, WORDS = 64 };

struct dots {
    size_t count;
    struct report_chart_dot dot[DOTS];
    char label[DOTS][REPORT_LABEL_SIZE];
    char words[DOTS][WORDS];
};

static uint32_t thousandths(uint32_t value, uint8_t decimals) {
    for (; decimals < 3; decimals++) {
        value *= 10;
    }
    for (; decimals > 3; decimals--) {
        value /= 10;
    }
    return value;
}

static const struct release_figure *mean_of(const struct report_page *page, enum release_level level,
                                            uint16_t unit, uint16_t scale) {
    return release_find_at(page->release, level, unit, RELEASE_SCALE, scale, RELEASE_MEAN, 0);
}

/* A mean as the release has it: a value, or the two limits between which it lies. */
static void add_dot(struct report_page *page, struct dots *dots, enum release_level level, uint16_t unit,
                    uint16_t scale) {
    const struct release_figure *mean = mean_of(page, level, unit, scale);
    if (!mean || dots->count == DOTS) {
        return;
    }
    struct report_chart_dot *dot = &dots->dot[dots->count];
    char *words = dots->words[dots->count], low[REPORT_LABEL_NUMBER], high[REPORT_LABEL_NUMBER];
    char sign = page->words.english ? '.' : ',';
    report_label_unit(dots->label[dots->count], page->release, page->round, level, unit, page->words);
    report_label_decimal(low, mean->low, mean->decimals, sign);
    report_label_decimal(high, mean->high, mean->decimals, sign);
    (void)snprintf(words, WORDS, mean->low == mean->high ? "%s" : "%s–%s", low, high);
    uint32_t from = thousandths(mean->low, mean->decimals), to = thousandths(mean->high, mean->decimals);
    *dot = (struct report_chart_dot){.label = dots->label[dots->count],
                                     .words = words,
                                     .hidden = mean->status == RELEASE_HIDDEN,
                                     .strong = level == RELEASE_SCHOOL,
                                     .has_interval = mean->status == RELEASE_BANDED,
                                     .value = (from + to) / 2,
                                     .low = from,
                                     .high = to};
    dots->count++;
}

/* To one decimal, outwards. */
static void put_everybody(struct report_page *page, const struct release_figure *mean) {
    struct stat_interval bounds;
    report_page_raw(page, "</td><td>");
    if (report_bounds_mean(&bounds, page->release, mean)) {
        report_page_decimal(page, (uint64_t)floor(10 * bounds.low + 1e-9), 1);
        report_page_raw(page, "–");
        report_page_decimal(page, (uint64_t)ceil(10 * bounds.high - 1e-9), 1);
    } else {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
    }
}

static void put_mean_row(struct report_page *page, enum release_level level, uint16_t unit, uint16_t scale,
                         bool everybody) {
    char label[REPORT_LABEL_SIZE];
    const struct release_figure *mean = mean_of(page, level, unit, scale);
    const struct release_figure *deviation =
        release_find_at(page->release, level, unit, RELEASE_SCALE, scale, RELEASE_DEVIATION, 0);
    if (!mean) {
        return;
    }
    report_label_unit(label, page->release, page->round, level, unit, page->words);
    report_page_raw(page, "<tr><th scope=\"row\">");
    report_page_text(page, label);
    report_page_raw(page, "</th><td>");
    report_section_count(page, mean);
    report_page_raw(page, "</td><td>");
    report_section_count(page, deviation);
    report_page_raw(page, "</td><td>");
    if (mean->n) {
        report_page_number(page, mean->n);
    } else {
        report_page_raw(page, REPORT_SECTION_HIDDEN);
    }
    if (everybody) {
        put_everybody(page, mean);
    }
    report_page_raw(page, "</td></tr>\n");
}

/*
 * With `everybody`, a last column for what the absent could change; nobody knows how many of a category were
 * asked.
 */
static void put_mean_head(struct report_page *page, bool everybody) {
    report_page_table(page);
    report_page_say(
        page,
        "<caption>" REPORT_SECTION_HIDDEN " betekent: niet getoond</caption><thead><tr><th scope=\"col\" "
        "class=\"words\">Wie</th><th scope=\"col\">Gemiddelde</th><th scope=\"col\">Spreiding</th><th "
        "scope=\"col\">Leerlingen die meetellen</th>",
        "<caption>" REPORT_SECTION_HIDDEN " means: not shown</caption><thead><tr><th scope=\"col\" "
        "class=\"words\">Who</th><th scope=\"col\">Mean</th><th scope=\"col\">Deviation</th><th "
        "scope=\"col\">Pupils who count</th>");
    if (everybody) {
        report_page_say(page, "<th scope=\"col\">Als iedereen had meegedaan</th>",
                        "<th scope=\"col\">Had everybody taken part</th>");
    }
    report_page_raw(page, "</tr></thead>\n<tbody>\n");
}

static void put_mean_table(struct report_page *page, uint16_t scale, bool years) {
    put_mean_head(page, true);
    put_mean_row(page, RELEASE_SCHOOL, 0, scale, true);
    for (uint16_t i = 0; years && i < page->content->stratum_count; i++) {
        put_mean_row(page, RELEASE_YEAR, i, scale, true);
    }
    report_page_raw(page, "</tbody></table></div>\n");
}

static void put_scale_facts(struct report_page *page, uint16_t at) {
    const struct questionnaire_scale *scale = &page->questionnaire->scale[at];
    const struct release_figure *alpha = release_find(page->release, RELEASE_SCALE, at, RELEASE_ALPHA, 0);
    report_page_say(page, "<p class=\"soft scale\">Schaal van ", "<p class=\"soft scale\">Scale from ");
    REPORT_PAGE_FILL(page, page->words.english ? "# to #, over # questions; " : "# tot #, over # vragen; ",
                     scale->score_min, scale->score_max, scale->item_count);
    report_page_say(page, scale->high_is_good ? "hoger is gunstiger." : "lager is gunstiger.",
                    scale->high_is_good ? "higher is better." : "lower is better.");
    report_page_say(page, " Een leerling telt mee die ten minste vier vijfde van de vragen beantwoordde.",
                    " A pupil counts who answered at least four fifths of the questions.");
    if (scale->formative) {
        report_page_say(
            page,
            " De vragen gaan over verschillende gebeurtenissen; ze vormen een optelling, geen meting van één "
            "ding.",
            " The questions are about different events; they are an index, not a measurement of one thing.");
    } else if (alpha && alpha->status != RELEASE_HIDDEN) {
        report_page_say(page, " Betrouwbaarheid (Cronbachs alfa): ", " Reliability (Cronbach's alpha): ");
        report_page_decimal(page, alpha->low, alpha->decimals);
        if (alpha->high != alpha->low) {
            report_page_raw(page, "–");
            report_page_decimal(page, alpha->high, alpha->decimals);
        }
        report_page_raw(page, ".");
    }
    report_page_raw(page, "</p>\n");
}

/*
 * 95 % of the school's mean as one of the schools that it might have been: classes are clusters
 * (stat_mean.h).
 */
static bool add_interval(const struct report_page *page, struct report_chart_dot *dot, uint16_t scale) {
    const struct release_figure *error =
        release_find(page->release, RELEASE_SCALE, scale, RELEASE_ERROR_CLASSES, 0);
    uint32_t value = 0;
    uint8_t decimals = 0;
    if (!report_view_value(error, &value, &decimals) || error->n < 2 || dot->has_interval) {
        return false;
    }
    double se = (double)value;
    for (; decimals; decimals--) {
        se /= 10;
    }
    struct stat_interval interval = stat_mean_interval(dot->value / 1000.0, se, error->n - 1.0, 0.95);
    dot->has_interval = true;
    dot->low = interval.low > 0 ? (uint32_t)(1000 * interval.low) : 0;
    dot->high = interval.high > 0 ? (uint32_t)(1000 * interval.high) : 0;
    return true;
}

void report_section_scale(struct report_page *page, uint16_t scale, bool years, bool classes) {
    static const char *const title[2] = {"Gemiddelde", "Mean"};
    const struct questionnaire_scale *item = &page->questionnaire->scale[scale];
    struct dots dots = {0};
    report_page_raw(page, "<h3>");
    report_page_text(page, report_page_label(page, &item->label));
    report_page_raw(page, "</h3>\n");
    const struct release_figure *mean = mean_of(page, RELEASE_SCHOOL, 0, scale);
    if (!mean || mean->status == RELEASE_HIDDEN) {
        report_page_say(
            page, "<p class=\"hidden\">Dit gemiddelde wordt niet getoond, om leerlingen te beschermen.</p>\n",
            "<p class=\"hidden\">This mean is not shown, to protect pupils.</p>\n");
        return;
    }
    add_dot(page, &dots, RELEASE_SCHOOL, 0, scale);
    bool interval = add_interval(page, &dots.dot[0], scale);
    for (uint16_t i = 0; years && i < page->content->stratum_count; i++) {
        add_dot(page, &dots, RELEASE_YEAR, i, scale);
    }
    put_scale_facts(page, scale);
    report_page_raw(page, "<figure>\n");
    report_chart_dots(page, title[page->words.english ? 1 : 0], dots.dot, dots.count, item->score_min,
                      item->score_max);
    if (interval) {
        report_page_say(page,
                        "<p class=\"soft\">De streep bij de school: waar het gemiddelde van net zo’n school "
                        "met andere leerlingen "
                        "waarschijnlijk ligt (95&nbsp;%; klassen als groepen).</p>\n",
                        "<p class=\"soft\">The line at the school: where the mean of a school just like it "
                        "with other pupils "
                        "probably lies (95%; classes as clusters).</p>\n");
    }
    put_mean_table(page, scale, years);
    report_page_raw(page, "</figure>\n");
    report_section_references(page, scale);
    if (classes) {
        report_section_funnel(page, scale);
    }
}

void report_section_scale_groups(struct report_page *page, uint16_t scale, const uint16_t *units,
                                 uint16_t count) {
    const struct questionnaire_scale *item = &page->questionnaire->scale[scale];
    struct dots dots = {0};
    bool told = false;
    for (uint16_t i = 0; i < count; i++) {
        const struct release_figure *mean = mean_of(page, RELEASE_BREAKDOWN, units[i], scale);
        told = told || (mean && mean->status != RELEASE_HIDDEN);
    }
    if (!told) {
        return;
    }
    report_page_raw(page, "<h3>");
    report_page_text(page, report_page_label(page, &item->label));
    report_page_raw(page, "</h3>\n<figure>\n");
    add_dot(page, &dots, RELEASE_SCHOOL, 0, scale);
    for (uint16_t i = 0; i < count; i++) {
        add_dot(page, &dots, RELEASE_BREAKDOWN, units[i], scale);
    }
    report_chart_dots(page, page->words.english ? "Mean by group" : "Gemiddelde per groep", dots.dot,
                      dots.count, item->score_min, item->score_max);
    put_mean_head(page, false);
    put_mean_row(page, RELEASE_SCHOOL, 0, scale, false);
    for (uint16_t i = 0; i < count; i++) {
        put_mean_row(page, RELEASE_BREAKDOWN, units[i], scale, false);
    }
    report_page_raw(page, "</tbody></table></div>\n</figure>\n");
}
