/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "report_chart_inside.h"

enum { ROW = 300, TOP = 60, BESIDE = 700 /* what is left for the value */, RADIUS = 60, BIG = 85 };

struct axis {
    int64_t from, span;  /* where it lies */
    int64_t least, most; /* thousandths */
};

static int64_t place(const struct axis *axis, uint32_t value) {
    int64_t inside = value < axis->least ? axis->least : value > axis->most ? axis->most : value;
    return axis->from + (inside - axis->least) * axis->span / (axis->most - axis->least);
}

static void put_circle(struct report_page *page, int64_t x, int64_t y, int64_t radius, const char *style) {
    REPORT_PAGE_FILL(page, "<circle cx=\"#\" cy=\"#\" r=\"#\" ", x, y, radius);
    report_page_raw(page, style);
    report_page_raw(page, "/>");
}

static void put_dot(struct report_page *page, const struct report_chart_frame *frame,
                    const struct report_chart_dot *dot, const struct axis *axis, int64_t y) {
    report_chart_label(page, frame, dot->label, y, y - 75);
    report_chart_line(page, axis->from, y, axis->from + axis->span, y,
                      "stroke=\"#d5dce3\" stroke-width=\"8\"");
    if (dot->hidden) {
        report_chart_hatched(page, axis->from, y - 60, axis->span, 120);
        report_chart_text(page, "•", axis->from + axis->span + 150, y + 45, "start", "soft");
        return;
    }
    if (dot->has_interval) {
        int64_t low = place(axis, dot->low), high = place(axis, dot->high);
        report_chart_line(page, low, y, high, y, "stroke=\"#2b4c7e\" stroke-width=\"28\"");
        report_chart_line(page, low, y - 55, low, y + 55, "stroke=\"#2b4c7e\" stroke-width=\"20\"");
        report_chart_line(page, high, y - 55, high, y + 55, "stroke=\"#2b4c7e\" stroke-width=\"20\"");
    }
    put_circle(page, place(axis, dot->value), y, dot->strong ? BIG : RADIUS,
               dot->strong ? "fill=\"#2b4c7e\"" : "fill=\"#ffffff\" stroke=\"#2b4c7e\" stroke-width=\"28\"");
    report_chart_text(page, dot->words, axis->from + axis->span + 150, y + 45, "start", "");
}

/* What a label takes more than one line before its dot. */
static int64_t extra_of(const struct report_chart_frame *frame, const struct report_chart_dot *dot) {
    return frame->above ? report_chart_above(frame, dot->label) - 60
                        : (report_chart_lines(frame, dot->label) - 1) * (int64_t)REPORT_CHART_LEADING;
}

static void put_dots(struct report_page *page, const struct report_chart_frame *frame, const char *title,
                     const struct report_chart_dot *dots, size_t count, uint32_t least, uint32_t most) {
    struct axis axis = {frame->left, frame->width - BESIDE - frame->left, 1000 * (int64_t)least,
                        1000 * (int64_t)most};
    int64_t y = TOP + ROW / 2, height = TOP + 280;
    for (size_t i = 0; i < count; i++) {
        height += ROW + extra_of(frame, &dots[i]);
    }
    report_chart_open(page, frame, title, (uint32_t)height);
    for (uint32_t mark = least; mark <= most; mark++) {
        char text[16];
        int64_t x = place(&axis, 1000 * mark);
        (void)snprintf(text, sizeof text, "%u", (unsigned)mark);
        if (!frame->above) { /* it would cross the labels */
            report_chart_line(page, x, TOP, x, height - 240, "stroke=\"#e4e7eb\" stroke-width=\"8\"");
        }
        report_chart_text(page, text, x, height - 90, mark == least && frame->above ? "start" : "middle",
                          "soft");
    }
    for (size_t i = 0; i < count; i++) {
        int64_t extra = extra_of(frame, &dots[i]);
        put_dot(page, frame, &dots[i], &axis, y + (frame->above ? extra : extra / 2));
        y += ROW + extra;
        report_page_raw(page, "\n");
    }
    report_chart_close(page);
}

void report_chart_dots(struct report_page *page, const char *title, const struct report_chart_dot *dots,
                       size_t count, uint32_t least, uint32_t most) {
    int64_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t width = report_chart_width(dots[i].label);
        longest = width > longest ? width : longest;
    }
    for (int which = 0; which < REPORT_CHART_FRAMES; which++) {
        struct report_chart_frame frame = report_chart_frame(which, longest);
        put_dots(page, &frame, title, dots, count, least, most);
    }
}

enum { FUNNEL_HEIGHT = 3000, FUNNEL_LEFT = 360, FUNNEL_MARGIN = 140, FUNNEL_BOTTOM = 2580, FUNNEL_TOP = 120 };

static void put_limit(struct report_page *page, const struct report_chart_funnel *funnel,
                      const struct axis *across, const struct axis *up, int which, const char *style) {
    report_page_raw(page, "<polyline fill=\"none\" points=\"");
    for (uint16_t i = 0; i < funnel->steps; i++) {
        REPORT_PAGE_FILL(page, "#,# ", place(across, 1000 * funnel->size[i]),
                         FUNNEL_BOTTOM + FUNNEL_TOP - place(up, funnel->limit[i][which]));
    }
    report_page_raw(page, "\" ");
    report_page_raw(page, style);
    report_page_raw(page, "/>");
}

static void put_axes(struct report_page *page, const struct report_chart_funnel *funnel,
                     const struct axis *across, const struct axis *up, int64_t right) {
    char text[24];
    for (uint32_t mark = (funnel->least + 999) / 1000; mark <= funnel->most / 1000; mark++) {
        int64_t y = FUNNEL_BOTTOM + FUNNEL_TOP - place(up, 1000 * mark);
        (void)snprintf(text, sizeof text, "%u", (unsigned)mark);
        report_chart_line(page, FUNNEL_LEFT, y, right, y, "stroke=\"#e4e7eb\" stroke-width=\"8\"");
        report_chart_text(page, text, FUNNEL_LEFT - 100, y + 45, "end", "soft");
    }
    uint32_t step = (funnel->largest - funnel->smallest) / 5 + 1;
    for (uint32_t n = funnel->smallest; n <= funnel->largest; n += step) {
        (void)snprintf(text, sizeof text, "%u", (unsigned)n);
        report_chart_text(page, text, place(across, 1000 * n), FUNNEL_BOTTOM + 190, "middle", "soft");
    }
    report_chart_text(page,
                      page->words.english ? "pupils in the class whose answers count"
                                          : "leerlingen in de klas van wie de antwoorden tellen",
                      right, FUNNEL_BOTTOM + 370, "end", "soft");
    int64_t y = FUNNEL_BOTTOM + FUNNEL_TOP - place(up, funnel->middle);
    report_chart_line(page, FUNNEL_LEFT, y, right, y, "stroke=\"#1f2933\" stroke-width=\"14\"");
}

enum { CLASS_OUTLINE = 20, CLASS_RADIUS = 56, CLASS_RADIUS_NARROW = 40 };

/*
 * Classes of the same size and mean stand beside each other, so that each is seen; all of them nearer to their
 * own size than to the next.
 */
static int64_t beside_others(const struct report_chart_point *points, size_t count, size_t at, int64_t radius,
                             int64_t a_pupil) {
    int64_t before = 0, same = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_same = points[i].n == points[at].n && points[i].value == points[at].value;
        same += is_same;
        before += is_same && i < at;
    }
    int64_t room = a_pupil / same, step = 2 * radius + CLASS_OUTLINE;
    step = step < room ? step : room;
    return (2 * before - (same - 1)) * step / 2;
}

/* What lies under a circle shows through it: on a telephone there is no room for all of a large school. */
static void put_classes(struct report_page *page, const struct report_chart_frame *frame,
                        const struct axis *across, const struct axis *up,
                        const struct report_chart_point *points, size_t count) {
    int64_t radius = frame->narrow ? CLASS_RADIUS_NARROW : CLASS_RADIUS;
    int64_t a_pupil = across->span * 1000 / (across->most - across->least);
    int64_t right = frame->width - FUNNEL_MARGIN;
    for (size_t i = 0; i < count; i++) {
        int64_t x = place(across, 1000 * points[i].n) + beside_others(points, count, i, radius, a_pupil);
        int64_t y = FUNNEL_BOTTOM + FUNNEL_TOP - place(up, points[i].value);
        put_circle(page, x, y, radius,
                   "fill=\"#ffffff\" fill-opacity=\"0.5\" stroke=\"#2b4c7e\" stroke-width=\"20\"");
        if (points[i].label) {
            report_chart_text(page, points[i].label, x + (x > right - 900 ? -110 : 110), y + 45,
                              x > right - 900 ? "end" : "start", "name");
        }
    }
}

static void put_funnel(struct report_page *page, const struct report_chart_frame *frame, const char *title,
                       const struct report_chart_funnel *funnel, const struct report_chart_point *points,
                       size_t count) {
    int64_t right = frame->width - FUNNEL_MARGIN;
    struct axis across = {FUNNEL_LEFT + 200, right - FUNNEL_LEFT - 400, 1000 * (int64_t)funnel->smallest,
                          1000 * (int64_t)funnel->largest};
    struct axis up = {FUNNEL_TOP, FUNNEL_BOTTOM - FUNNEL_TOP, funnel->least, funnel->most};
    report_chart_open(page, frame, title, FUNNEL_HEIGHT);
    put_axes(page, funnel, &across, &up, right);
    for (int i = 0; i < 4; i++) {
        put_limit(page, funnel, &across, &up, i,
                  i == 0 || i == 3 ? "stroke=\"#2b4c7e\" stroke-width=\"16\""
                                   : "stroke=\"#2b4c7e\" stroke-width=\"12\" stroke-dasharray=\"60 50\"");
    }
    report_page_raw(page, "\n");
    put_classes(page, frame, &across, &up, points, count);
    report_chart_close(page);
}

void report_chart_draw_funnel(struct report_page *page, const char *title,
                              const struct report_chart_funnel *funnel,
                              const struct report_chart_point *points, size_t count) {
    for (int which = 0; which < REPORT_CHART_FRAMES; which++) {
        struct report_chart_frame frame = report_chart_frame(which, 0);
        put_funnel(page, &frame, title, funnel, points, count);
    }
}
