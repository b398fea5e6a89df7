/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "aggregator/report_page.h"
#include "aggregator/report_style.h"

/*
 * Drawings as inline SVG with real text, in tenths of a pixel, so that no number has a decimal sign. Each is
 * there twice, 720 pixels wide and for a telephone 360, and the style sheet shows one. Each has a title for
 * those who do not see it, and is followed by a table with the same figures, which the caller writes. What is
 * not shown is hatched.
 */

enum { REPORT_CHART_PARTS = 24 };

/*
 * A part of a bar. `share` is its length, in thousandths of the whole; what is written at it is low..high, in
 * whole percent, as in the table: two numbers where it is known within limits only, drawn at the lower one.
 */
struct report_chart_part {
    uint32_t share;
    uint32_t low, high; /* 0 and 100: not shown */
    bool unknown;       /* not shown, or a band: hatched; parts that are unknown divide the rest evenly */
    enum report_style_colour colour;
};

struct report_chart_row {
    const char *label;   /* a view; wrapped */
    bool hidden;         /* nothing of it is shown */
    const char *instead; /* of bars: words on an empty rail where there is no number; NULL otherwise */
    uint16_t count;
    struct report_chart_part part[REPORT_CHART_PARTS];
};

/*
 * `title` is our own words or an escaped text. Bars of which the middle lies in one line: unfavourable left,
 * favourable right.
 */
void report_chart_diverging(struct report_page *page, const char *title, const struct report_chart_row *rows,
                            size_t count);
/* Bars from a common base. */
void report_chart_stacked(struct report_page *page, const char *title, const struct report_chart_row *rows,
                          size_t count);
/*
 * One part a row, on a grey rail that stands for everybody; the number, or its limits, at its end. Between
 * the limits the rail is hatched.
 */
void report_chart_bars(struct report_page *page, const char *title, const struct report_chart_row *rows,
                       size_t count);
/* The key to colours; the last entry explains the hatching when `hatched`. */
void report_chart_key(struct report_page *page, const char *const *labels,
                      const enum report_style_colour *colours, size_t count, bool hatched);

/* A mean, in thousandths of the scale's unit; `low`..`high` its interval when has_interval. */
struct report_chart_dot {
    const char *label;
    bool hidden, has_interval, strong;
    uint32_t value, low, high;
    const char *words; /* the value as printed */
};
/* From `least` to `most`, whole points of the scale. */
void report_chart_dots(struct report_page *page, const char *title, const struct report_chart_dot *dots,
                       size_t count, uint32_t least, uint32_t most);

/* A class in a funnel: value against n; limits given at each of `steps` sizes from 1 to `largest`. */
struct report_chart_funnel {
    uint32_t least, most;       /* of the scale, thousandths: what is drawn */
    uint32_t middle;            /* the school's mean */
    uint32_t smallest, largest; /* n drawn */
    uint16_t steps;
    const uint32_t *size;       /* n at each step */
    const uint32_t (*limit)[4]; /* outer low, inner low, inner high, outer high, clamped to least..most */
};
struct report_chart_point {
    const char *label;
    uint32_t n, value;
};
void report_chart_draw_funnel(struct report_page *page, const char *title,
                              const struct report_chart_funnel *funnel,
                              const struct report_chart_point *points, size_t count);

#endif
