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
    bool about; /* how many count is not told; see size_of */
};

struct funnel {
    struct stat_funnel limits;
    size_t count;
    struct class_mean *point;        /* owned */
    struct stat_funnel_class *class; /* owned; of the same class */
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

/* How many count in a class's mean is told only with its distribution, which classes do not have. */
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
    return stat_funnel_size(page->content->batch[point->batch].contributions, school->n, all);
}

static void release_funnel(struct funnel *funnel) {
    free(funnel->point);
    free(funnel->class);
}

/* False when there is not enough told for a funnel. The caller releases it. */
static bool gather(struct funnel *out, struct report_page *page, uint16_t scale) {
    const struct release *release = page->release;
    double mean = 0, sd = 0;
    *out = (struct funnel){.point = calloc(page->content->batch_count + 1u, sizeof *out->point),
                           .class = calloc(page->content->batch_count + 1u, sizeof *out->class)};
    if (!out->point || !out->class) {
        page->out->fault = FAULT_MEMORY;
        return false;
    }
    bool known = number_of(release_find(release, RELEASE_SCALE, scale, RELEASE_MEAN, 0), &mean) &&
                 number_of(release_find(release, RELEASE_SCALE, scale, RELEASE_DEVIATION, 0), &sd) && sd > 0;
    for (uint16_t i = 0; known && i < page->content->batch_count; i++) {
        const struct release_figure *figure =
            release_find_at(release, RELEASE_CLASS, i, RELEASE_SCALE, scale, RELEASE_MEAN, 0);
        struct class_mean point = {.batch = i};
        struct stat_funnel_class class = {.n = 0};
        class.n = figure && number_of(figure, &class.mean) ? size_of(&point, page, figure, scale) : 0;
        if (class.n) {
            out->class[out->count] = class;
            out->point[out->count++] = point;
        }
    }
    known = known && out->count >= STAT_FUNNEL_LEAST;
    if (known) {
        /* Class means are rounded to one decimal: half of it is no difference. */
        stat_funnel_judge(&out->limits, out->class, out->count, mean, sd, 0.05);
    }
    return known;
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
    chart.middle = clamp(funnel->limits.mean, &chart);
    for (size_t i = 0; points && label && i < funnel->count; i++) {
        const struct stat_funnel_class *class = &funnel->class[i];
        points[i] = (struct report_chart_point){.n = class->n, .value = clamp(class->mean, &chart)};
        if (class->outside) {
            report_label_unit(label[i], page->release, page->round, RELEASE_CLASS, funnel->point[i].batch,
                              page->words);
            points[i].label = label[i];
        }
        chart.smallest = class->n < chart.smallest ? class->n : chart.smallest;
        chart.largest = class->n > chart.largest ? class->n : chart.largest;
    }
    chart.smallest = chart.smallest > 2 ? chart.smallest - 2 : 1;
    chart.largest += 2;
    for (uint16_t i = 0; i < STEPS; i++) {
        size[i] = chart.smallest + (chart.largest - chart.smallest) * i / (STEPS - 1u);
        const struct stat_funnel *of = &funnel->limits;
        struct stat_interval outer = stat_funnel_mean(of->mean, of->sd, size[i], of->level, of->dispersion);
        struct stat_interval inner = stat_funnel_mean(of->mean, of->sd, size[i], 0.95, of->dispersion);
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
    report_page_table(page);
    report_page_say(
        page,
        "<caption>Gemiddelde per klas; " REPORT_SECTION_HIDDEN
        " betekent: niet getoond</caption><thead><tr><th scope=\"col\" "
        "class=\"words\">Klas</th><th scope=\"col\">Gemiddelde</th><th scope=\"col\">Leerlingen die "
        "meetellen</th><th "
        "scope=\"col\" class=\"words\">Grenzen</th></tr></thead>\n<tbody>\n",
        "<caption>Mean by class; " REPORT_SECTION_HIDDEN
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
            report_page_number(page, funnel->class[at].n);
        } else {
            report_page_raw(page, REPORT_SECTION_HIDDEN);
        }
        report_page_raw(page, "</td><td class=\"words\">");
        if (known) {
            bool outside = funnel->class[at++].outside;
            report_page_say(page, outside ? "erbuiten" : "erbinnen", outside ? "outside" : "inside");
        }
        report_page_raw(page, "</td></tr>\n");
    }
    report_page_raw(page, "</tbody></table></div>\n");
}

/* 99.8 %, or 99.92 % where many classes make it stricter. */
static void put_level(struct report_page *page, double level) {
    uint64_t hundredths = (uint64_t)lround(10000 * level);
    bool short_one = hundredths % 10 == 0;
    report_page_decimal(page, short_one ? hundredths / 10 : hundredths, short_one ? 1 : 2);
    report_page_raw(page, report_page_percent(page));
}

void report_section_funnel(struct report_page *page, uint16_t scale) {
    struct funnel funnel;
    if (gather(&funnel, page, scale)) {
        report_page_say(page,
                        "<figure>\n<figcaption>Klassen verschillen altijd een beetje, kleine klassen het "
                        "meest. Binnen de doorgetrokken lijnen (",
                        "<figure>\n<figcaption>Classes always differ a little, small ones most. Inside the "
                        "solid lines (");
        put_level(page, funnel.limits.level);
        report_page_say(
            page,
            ") valt niets te verklaren; alleen wie erbuiten ligt, heet bij naam. De "
            "streepjeslijnen zijn 95&nbsp;%. Dit is geen ranglijst.</figcaption>\n",
            ") there is nothing to explain; only what lies outside is named. The dashed lines are "
            "95%. This is not a ranking.</figcaption>\n");
        draw(page, &funnel, &page->questionnaire->scale[scale]);
        put_table(page, &funnel, scale);
        report_page_raw(page, "</figure>\n");
    }
    release_funnel(&funnel);
}

void report_section_verdict(struct report_page *page, uint16_t scale, uint16_t batch) {
    struct funnel funnel;
    bool known = gather(&funnel, page, scale);
    for (size_t i = 0; known && i < funnel.count; i++) {
        if (funnel.point[i].batch != batch) {
            continue;
        }
        if (!funnel.class[i].outside) {
            report_page_say(page, "<p class=\"mean\">Dit verschil met de school kan goed toeval zijn.</p>\n",
                            "<p class=\"mean\">This difference from the school could well be chance.</p>\n");
        } else {
            bool better =
                (funnel.class[i].mean > funnel.limits.mean) == page->questionnaire->scale[scale].high_is_good;
            report_page_say(page,
                            better
                                ? "<p class=\"mean\">Dit is gunstiger dan door toeval te verklaren is.</p>\n"
                                : "<p class=\"mean\">Dit is minder gunstig dan door toeval te verklaren is: "
                                  "goed om over te "
                                  "praten.</p>\n",
                            better ? "<p class=\"mean\">This is more favourable than chance explains.</p>\n"
                                   : "<p class=\"mean\">This is less favourable than chance explains: worth "
                                     "talking about.</p>\n");
        }
    }
    release_funnel(&funnel);
}
