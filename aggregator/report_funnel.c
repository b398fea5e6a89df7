/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "report_chart.h"
#include "report_section.h"
#include "report_view.h"
#include "stat_funnel.h"

enum { STEPS = 16 };

struct class_mean {
    uint16_t batch;
    uint32_t n;
    bool about; /* n is not told; see size_of */
    double mean;
};

struct funnel {
    double mean, sd, dispersion;
    size_t count;
    struct class_mean *point; /* owned */
};

static bool number_of(const struct release_figure *figure, double *out) {
    uint32_t value = 0;
    uint8_t decimals = 0;
    if (!report_view_value(figure, &value, &decimals)) {
        return false;
    }
    double units = 1;
    for (; decimals; decimals--) {
        units *= 10;
    }
    *out = value / units;
    return true;
}

/*
 * How many count in a class's mean is told only with its distribution, which classes do not have. Then it is the class's part of what counts in the school: as many of
 * its contributions as of all. 0 when the school's is not told either.
 */
static uint32_t size_of(struct class_mean *point, const struct report_page *page,
                        const struct release_figure *figure, uint16_t scale) {
    const struct release_figure *school = release_find(page->release, RELEASE_SCALE, scale, RELEASE_MEAN, 0);
    uint64_t all = 0;
    if (figure->n) {
        return figure->n;
    }
    for (uint16_t i = 0; i < page->content->batch_count; i++) {
        all += page->content->batch[i].left_out ? 0 : page->content->batch[i].contributions;
    }
    point->about = true;
    return all ? (uint32_t)((uint64_t)page->content->batch[point->batch].contributions * school->n / all) : 0;
}

/* False when there is not enough told for a funnel. Releases nothing; the caller frees `point`. */
static bool gather(struct funnel *out, struct report_page *page, uint16_t scale) {
    const struct release *release = page->release;
    *out = (struct funnel){.dispersion = 1};
    bool known = number_of(release_find(release, RELEASE_SCALE, scale, RELEASE_MEAN, 0), &out->mean) &&
                 number_of(release_find(release, RELEASE_SCALE, scale, RELEASE_DEVIATION, 0), &out->sd) &&
                 out->sd > 0;
    double *distance = calloc(page->content->batch_count + 1u, sizeof *distance);
    out->point = calloc(page->content->batch_count + 1u, sizeof *out->point);
    if (!distance || !out->point) {
        page->out->fault = FAULT_MEMORY;
        known = false;
    }
    for (uint16_t i = 0; known && i < page->content->batch_count; i++) {
        const struct release_figure *figure =
            release_find_at(release, RELEASE_CLASS, i, RELEASE_SCALE, scale, RELEASE_MEAN, 0);
        struct class_mean point = {.batch = i};
        point.n = figure && number_of(figure, &point.mean) ? size_of(&point, page, figure, scale) : 0;
        if (point.n) {
            distance[out->count] = (point.mean - out->mean) / (out->sd / sqrt(point.n));
            out->point[out->count++] = point;
        }
    }
    known = known && out->count >= STAT_FUNNEL_LEAST;
    out->dispersion = known ? stat_funnel_dispersion(distance, out->count) : 1;
    free(distance);
    return known;
}

static bool is_outside(const struct funnel *funnel, const struct class_mean *point) {
    struct stat_interval limit =
        stat_funnel_mean(funnel->mean, funnel->sd, point->n, 0.998, funnel->dispersion);
    /* Class means are rounded to one decimal: half of it is no difference. */
    return point->mean + 0.05 < limit.low || point->mean - 0.05 > limit.high;
}

static uint32_t clamp(double value, const struct report_chart_funnel *chart) {
    double thousandths = 1000 * value;
    return thousandths < chart->least  ? chart->least
           : thousandths > chart->most ? chart->most
                                       : (uint32_t)thousandths;
}

/* Down to the whole points of the scale between which everything lies. */
static void zoom(struct report_chart_funnel *chart, const struct report_chart_point *points, size_t count) {
    uint32_t least = chart->middle, most = chart->middle;
    for (uint16_t i = 0; i < chart->steps; i++) {
        least = chart->limit[i][0] < least ? chart->limit[i][0] : least;
        most = chart->limit[i][3] > most ? chart->limit[i][3] : most;
    }
    for (size_t i = 0; i < count; i++) {
        least = points[i].value < least ? points[i].value : least;
        most = points[i].value > most ? points[i].value : most;
    }
    chart->least = least / 1000 * 1000;
    uint32_t top = (most + 999) / 1000 * 1000;
    chart->most = top < chart->most ? top : chart->most;
    chart->most = chart->most > chart->least ? chart->most : chart->least + 1000;
}

static void draw(struct report_page *page, const struct funnel *funnel,
                 const struct questionnaire_scale *scale) {
    uint32_t size[STEPS], limit[STEPS][4];
    struct report_chart_point *points = calloc(funnel->count, sizeof *points);
    char(*label)[REPORT_LABEL_SIZE] = calloc(funnel->count, sizeof *label);
    struct report_chart_funnel chart = {.least = 1000u * scale->score_min,
                                        .most = 1000u * scale->score_max,
                                        .smallest = UINT32_MAX,
                                        .steps = STEPS,
                                        .size = size,
                                        .limit = (const uint32_t(*)[4])limit};
    chart.middle = clamp(funnel->mean, &chart);
    for (size_t i = 0; points && label && i < funnel->count; i++) {
        const struct class_mean *point = &funnel->point[i];
        points[i] = (struct report_chart_point){.n = point->n, .value = clamp(point->mean, &chart)};
        if (is_outside(funnel, point)) {
            report_label_unit(label[i], page->release, page->round, RELEASE_CLASS, point->batch, page->words);
            points[i].label = label[i];
        }
        chart.smallest = point->n < chart.smallest ? point->n : chart.smallest;
        chart.largest = point->n > chart.largest ? point->n : chart.largest;
    }
    chart.smallest = chart.smallest > 2 ? chart.smallest - 2 : 1;
    chart.largest += 2;
    for (uint16_t i = 0; i < STEPS; i++) {
        size[i] = chart.smallest + (chart.largest - chart.smallest) * i / (STEPS - 1u);
        struct stat_interval outer =
            stat_funnel_mean(funnel->mean, funnel->sd, size[i], 0.998, funnel->dispersion);
        struct stat_interval inner =
            stat_funnel_mean(funnel->mean, funnel->sd, size[i], 0.95, funnel->dispersion);
        limit[i][0] = clamp(outer.low, &chart);
        limit[i][1] = clamp(inner.low, &chart);
        limit[i][2] = clamp(inner.high, &chart);
        limit[i][3] = clamp(outer.high, &chart);
    }
    zoom(&chart, points, points ? funnel->count : 0);
    if (points && label) {
        report_chart_draw_funnel(page,
                                 page->words.english ? "Class means against class size, with limits"
                                                     : "Gemiddelden van klassen naar grootte, met grenzen",
                                 &chart, points, funnel->count);
    } else {
        page->out->fault = FAULT_MEMORY;
    }
    free(points);
    free(label);
}

static void put_table(struct report_page *page, const struct funnel *funnel, uint16_t scale) {
    report_page_say(
        page,
        "<table><caption>Gemiddelde per klas; " REPORT_SECTION_HIDDEN
        " betekent: niet getoond</caption><thead><tr><th scope=\"col\" "
        "class=\"words\">Klas</th><th scope=\"col\">Gemiddelde</th><th scope=\"col\">Leerlingen die "
        "meetellen</th><th "
        "scope=\"col\" class=\"words\">Grenzen</th></tr></thead>\n<tbody>\n",
        "<table><caption>Mean by class; " REPORT_SECTION_HIDDEN
        " means: not shown</caption><thead><tr><th scope=\"col\" "
        "class=\"words\">Class</th><th scope=\"col\">Mean</th><th scope=\"col\">Pupils who count</th><th "
        "scope=\"col\" class=\"words\">Limits</th></tr></thead>\n<tbody>\n");
    size_t at = 0;
    for (uint16_t i = 0; i < page->content->batch_count; i++) {
        char label[REPORT_LABEL_SIZE];
        const struct release_figure *figure =
            release_find_at(page->release, RELEASE_CLASS, i, RELEASE_SCALE, scale, RELEASE_MEAN, 0);
        bool known = at < funnel->count && funnel->point[at].batch == i;
        report_label_unit(label, page->release, page->round, RELEASE_CLASS, i, page->words);
        report_page_raw(page, "<tr><th scope=\"row\">");
        report_page_text(page, label);
        report_page_raw(page, "</th><td>");
        report_section_count(page, figure);
        report_page_raw(page, "</td><td>");
        if (known) {
            report_page_say(page, funnel->point[at].about ? "ongeveer " : "",
                            funnel->point[at].about ? "about " : "");
            report_page_number(page, funnel->point[at].n);
        } else {
            report_page_raw(page, REPORT_SECTION_HIDDEN);
        }
        report_page_raw(page, "</td><td class=\"words\">");
        if (known) {
            bool outside = is_outside(funnel, &funnel->point[at++]);
            report_page_say(page, outside ? "erbuiten" : "erbinnen", outside ? "outside" : "inside");
        }
        report_page_raw(page, "</td></tr>\n");
    }
    report_page_raw(page, "</tbody></table>\n");
}

void report_section_funnel(struct report_page *page, uint16_t scale) {
    struct funnel funnel;
    if (gather(&funnel, page, scale)) {
        report_page_say(page,
                        "<figure>\n<figcaption>Klassen verschillen altijd een beetje, kleine klassen het "
                        "meest. Binnen de doorgetrokken "
                        "lijnen (99,8 %) valt niets te verklaren; alleen wie erbuiten ligt, heet bij naam. "
                        "De streepjeslijnen zijn 95 %. Dit is "
                        "geen ranglijst.</figcaption>\n",
                        "<figure>\n<figcaption>Classes always differ a little, small ones most. Inside the "
                        "solid lines (99.8 %) there is nothing "
                        "to explain; only what lies outside is named. The dashed lines are 95 %. This is not "
                        "a ranking.</figcaption>\n");
        draw(page, &funnel, &page->questionnaire->scale[scale]);
        put_table(page, &funnel, scale);
        report_page_raw(page, "</figure>\n");
    }
    free(funnel.point);
}

void report_section_verdict(struct report_page *page, uint16_t scale, uint16_t batch) {
    struct funnel funnel;
    bool known = gather(&funnel, page, scale);
    for (size_t i = 0; known && i < funnel.count; i++) {
        if (funnel.point[i].batch != batch) {
            continue;
        }
        if (!is_outside(&funnel, &funnel.point[i])) {
            report_page_say(page, "<p>Dit verschil met de school kan goed toeval zijn.</p>\n",
                            "<p>This difference from the school could well be chance.</p>\n");
        } else {
            bool better =
                (funnel.point[i].mean > funnel.mean) == page->questionnaire->scale[scale].high_is_good;
            report_page_say(
                page,
                better ? "<p>Dit is gunstiger dan door toeval te verklaren is.</p>\n"
                       : "<p>Dit is minder gunstig dan door toeval te verklaren is: goed om over te "
                         "praten.</p>\n",
                better ? "<p>This is more favourable than chance explains.</p>\n"
                       : "<p>This is less favourable than chance explains: worth talking about.</p>\n");
        }
    }
    free(funnel.point);
}
