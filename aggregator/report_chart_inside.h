/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_INSIDE_H
#define REPORT_CHART_INSIDE_H

#include "aggregator/report_chart.h"

/* What the two files of charts share. Tenths of a pixel. */

enum {
    REPORT_CHART_WIDTH = 7200,
    REPORT_CHART_LEFT = 2700, /* where bars begin; labels stand before */
    REPORT_CHART_FONT = 130,
    REPORT_CHART_LEADING = 165,
    REPORT_CHART_LINES = 4
};

/* <svg> with its title and the hatching; `height` in tenths. */
void report_chart_open(struct report_page *page, const char *title, uint32_t height);
void report_chart_close(struct report_page *page);
/*
 * How many lines a label takes, 1..REPORT_CHART_LINES; and writing it, its lines around the middle `y`,
 * ending at x.
 */
uint32_t report_chart_lines(const char *label);
void report_chart_label(struct report_page *page, const char *label, int64_t x, int64_t y);
/* `fill` is a colour or url(#h). */
void report_chart_rect(struct report_page *page, int64_t x, int64_t y, int64_t width, int64_t height,
                       const char *fill);
/* "start", "middle", "end". Escapes `text`. */
void report_chart_text(struct report_page *page, const char *text, int64_t x, int64_t y, const char *anchor,
                       const char *style);
void report_chart_line(struct report_page *page, int64_t x1, int64_t y1, int64_t x2, int64_t y2,
                       const char *style);
/* The hatching of this page's current chart. */
void report_chart_hatched(struct report_page *page, int64_t x, int64_t y, int64_t width, int64_t height);

#endif
