/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CHART_INSIDE_H
#define REPORT_CHART_INSIDE_H

#include "aggregator/report_chart.h"

/* What the files of charts share. Tenths of a pixel. */

enum {
    REPORT_CHART_FONT = 130,
    REPORT_CHART_LEADING = 165,
    REPORT_CHART_LINES = 4,
    REPORT_CHART_BEFORE = 120 /* between a label and what is drawn */
};

/*
 * Every drawing is made twice: wide, with labels before what is drawn, and as narrow as a telephone, with
 * long labels above it. The style sheet shows one of them.
 */
struct report_chart_frame {
    bool narrow;
    bool above; /* labels stand above */
    int64_t width;
    int64_t left; /* where bars begin */
    int64_t room; /* for a line of a label */
};
enum { REPORT_CHART_FRAMES = 2 };
/* Frame 0 is the wide one. `longest`: width of the longest label, 0 for a drawing without labels. */
struct report_chart_frame report_chart_frame(int which, int64_t longest);
/* How wide a text becomes at most, in the widest of the letters that a reader may have. */
int64_t report_chart_width(const char *text);

/* <svg> with its title and the hatching; `height` in tenths. */
void report_chart_open(struct report_page *page, const struct report_chart_frame *frame, const char *title,
                       uint32_t height);
void report_chart_close(struct report_page *page);
/* How many lines a label takes, 1..REPORT_CHART_LINES, and how high they are where they stand above, else 0. */
uint32_t report_chart_lines(const struct report_chart_frame *frame, const char *label);
int64_t report_chart_above(const struct report_chart_frame *frame, const char *label);
/*
 * Writes it around the middle `y`, ending before frame->left; where labels stand above, ending above `top`,
 * from the left edge.
 */
void report_chart_label(struct report_page *page, const struct report_chart_frame *frame, const char *label,
                        int64_t y, int64_t top);
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
