/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "report_chart_inside.h"

enum {
    BAR = 230,
    GAP = 90,
    THIN = 130,
    THIN_GAP = 50,
    MANY = 10,
    TOP = 60,
    AXIS = 260,
    WIDE = 7200,
    WIDE_LEFT = 2700,
    NARROW = 3600,
    NARROW_LEFT = 980,
    EDGE = 20,
    DIGIT = 74, /* how wide one is written */
    SMALLEST_NUMBER = 45,
    DIRECTION = 1250, /* what words beside the middle need */
    BESIDE = 760,     /* what a bar leaves for "38–100 %" */
    NEAR = 2          /* limits this near are one number where there is no room for two */
};

struct report_chart_frame report_chart_frame(int which, int64_t longest) {
    if (which == 0) {
        return (struct report_chart_frame){false, false, WIDE, WIDE_LEFT, WIDE_LEFT - REPORT_CHART_BEFORE};
    }
    bool above = longest > NARROW_LEFT - REPORT_CHART_BEFORE;
    return (struct report_chart_frame){true, above, NARROW, above ? EDGE : NARROW_LEFT, NARROW - EDGE};
}

void report_chart_open(struct report_page *page, const struct report_chart_frame *frame, const char *title,
                       uint32_t height) {
    page->charts++;
    report_page_raw(page, frame->narrow ? "<svg class=\"narrow\"" : "<svg class=\"wide\"");
    REPORT_PAGE_FILL(page, " viewBox=\"0 0 # #\" role=\"img\" aria-label=\"", frame->width, height);
    report_page_raw(page, title);
    report_page_raw(page, "\"><title>");
    report_page_raw(page, title);
    REPORT_PAGE_FILL(
        page,
        "</title><defs><pattern id=\"h#\" width=\"60\" height=\"60\" patternUnits=\"userSpaceOnUse\" "
        "patternTransform=\"rotate(45)\">",
        page->charts);
    report_page_raw(page,
                    "<rect width=\"60\" height=\"60\" fill=\"#ffffff\"/><rect width=\"18\" height=\"60\" "
                    "fill=\"#9aa5b1\"/></pattern></defs>\n");
}

void report_chart_close(struct report_page *page) {
    report_page_raw(page, "</svg>\n");
}

void report_chart_rect(struct report_page *page, int64_t x, int64_t y, int64_t width, int64_t height,
                       const char *fill) {
    REPORT_PAGE_FILL(page, "<rect x=\"#\" y=\"#\" width=\"#\" height=\"#\" fill=\"", x, y, width, height);
    report_page_raw(page, fill);
    report_page_raw(page, "\"/>");
}

void report_chart_hatched(struct report_page *page, int64_t x, int64_t y, int64_t width, int64_t height) {
    REPORT_PAGE_FILL(page, "<rect x=\"#\" y=\"#\" width=\"#\" height=\"#\" ", x, y, width, height);
    report_page_raw(page, "stroke=\"#9aa5b1\" stroke-width=\"8\" fill=\"url(#h");
    report_page_number(page, page->charts);
    report_page_raw(page, ")\"/>");
}

void report_chart_text(struct report_page *page, const char *text, int64_t x, int64_t y, const char *anchor,
                       const char *style) {
    REPORT_PAGE_FILL(page, "<text x=\"#\" y=\"#\" font-size=\"#\" text-anchor=\"", x, y, REPORT_CHART_FONT);
    report_page_raw(page, anchor);
    report_page_raw(page, "\" class=\"");
    report_page_raw(page, style);
    report_page_raw(page, "\">");
    report_page_text(page, text);
    report_page_raw(page, "</text>");
}

void report_chart_line(struct report_page *page, int64_t x1, int64_t y1, int64_t x2, int64_t y2,
                       const char *style) {
    REPORT_PAGE_FILL(page, "<line x1=\"#\" y1=\"#\" x2=\"#\" y2=\"#\" ", x1, y1, x2, y2);
    report_page_raw(page, style);
    report_page_raw(page, "/>");
}

static int64_t row_height(const struct report_chart_frame *frame, const struct report_chart_row *row,
                          int64_t thick, int64_t gap) {
    int64_t text = report_chart_lines(frame, row->label) * (int64_t)REPORT_CHART_LEADING;
    return frame->above ? report_chart_above(frame, row->label) + thick + gap
                        : (text > thick ? text : thick) + gap;
}

/* Where the bar of a row begins whose room begins at y. */
static int64_t bar_of(const struct report_chart_frame *frame, const struct report_chart_row *row, int64_t y,
                      int64_t thick, int64_t gap) {
    return frame->above ? y + report_chart_above(frame, row->label)
                        : y + (row_height(frame, row, thick, gap) - gap - thick) / 2;
}

static int64_t height_of(const struct report_chart_frame *frame, const struct report_chart_row *rows,
                         size_t count, int64_t thick, int64_t gap) {
    int64_t height = TOP;
    for (size_t i = 0; i < count; i++) {
        height += row_height(frame, &rows[i], thick, gap);
    }
    return height;
}

static int64_t longest_of(const struct report_chart_row *rows, size_t count) {
    int64_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t width = report_chart_width(rows[i].label);
        longest = width > longest ? width : longest;
    }
    return longest;
}

static void put_percent(struct report_page *page, uint32_t share, int64_t x, int64_t y, const char *anchor) {
    char text[24];
    (void)snprintf(text, sizeof text, "%u%s", (unsigned)(share / 10), report_page_percent(page));
    report_chart_text(page, text, x, y, anchor, "soft");
}

/* How wide each part is drawn, in thousandths: what is known as it is, the rest divided among what is not. */
static void measure(uint32_t width[REPORT_CHART_PARTS], const struct report_chart_row *row) {
    uint32_t known = 0, unknown = 0;
    for (uint16_t i = 0; i < row->count; i++) {
        known += row->part[i].unknown ? 0 : row->part[i].share;
        unknown += row->part[i].unknown;
    }
    uint32_t rest = known < 1000 ? 1000 - known : 0;
    for (uint16_t i = 0; i < row->count; i++) {
        width[i] = row->part[i].unknown ? rest / unknown : row->part[i].share;
    }
}

/* On its part, as large as fits: the limits, else the one number that they nearly are, else nothing. */
static void put_figure(struct report_page *page, const struct report_chart_part *part, int64_t x, int64_t y,
                       int64_t wide) {
    char text[24];
    bool light = report_style_text_on(part->colour) == REPORT_STYLE_PAPER;
    int size = part->low == part->high
                   ? snprintf(text, sizeof text, "%u", (unsigned)part->low)
                   : snprintf(text, sizeof text, "%u–%u", (unsigned)part->low, (unsigned)part->high);
    size -= part->low == part->high ? 0 : (int)sizeof "–" - 2; /* letters, not bytes */
    if ((size + 1) * DIGIT > wide && part->high - part->low <= NEAR) {
        size = snprintf(text, sizeof text, "%u", (unsigned)part->low);
    }
    if ((size + 1) * DIGIT <= wide && part->share >= SMALLEST_NUMBER) {
        report_chart_text(page, text, x, y, "middle", light ? "light" : "");
    }
}

static void put_parts(struct report_page *page, const struct report_chart_row *row, int64_t x, int64_t y,
                      int64_t span) {
    uint32_t width[REPORT_CHART_PARTS];
    measure(width, row);
    for (uint16_t i = 0; i < row->count; i++) {
        int64_t wide = width[i] * span / 1000;
        if (row->part[i].unknown && wide > 0) {
            report_chart_hatched(page, x, y, wide, BAR);
        } else if (wide > 0) {
            enum report_style_colour colour = row->part[i].colour;
            report_chart_rect(page, x, y, wide > 12 ? wide - 8 : wide, BAR, report_style_hex(colour));
            put_figure(page, &row->part[i], x + wide / 2 - 4, y + BAR / 2 + 45, wide);
        }
        x += wide;
    }
}

static uint32_t drawn(const struct report_chart_row *row) {
    uint32_t width[REPORT_CHART_PARTS], all = 0;
    measure(width, row);
    for (uint16_t i = 0; i < row->count; i++) {
        all += width[i];
    }
    return all;
}

/* What lies left of the middle: the unfavourable half, and half of the middle part. */
static uint32_t left_of_middle(const struct report_chart_row *row) {
    uint32_t width[REPORT_CHART_PARTS], left = 0;
    measure(width, row);
    for (uint16_t i = 0; 2 * i + 1 <= row->count; i++) {
        left += 2 * i + 1 == row->count ? width[i] / 2 : width[i];
    }
    return left;
}

static void put_hidden(struct report_page *page, const struct report_chart_frame *frame, int64_t y) {
    const char *words = page->words.english ? "not shown" : "niet getoond";
    int64_t middle = (frame->left + frame->width) / 2;
    report_chart_hatched(page, frame->left, y, frame->width - frame->left - 20, BAR);
    report_chart_rect(page, middle - 500, y + 20, 1000, BAR - 40, "#ffffff");
    report_chart_text(page, words, middle, y + BAR / 2 + 45, "middle", "soft");
}

/* Where the middle line lies and how long 100 % is, so that the longest bars on either side just fit. */
struct middle {
    int64_t x, length;
};
static struct middle place_middle(const struct report_chart_frame *frame, const struct report_chart_row *rows,
                                  size_t count) {
    uint32_t most_left = 1, most_right = 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t left = rows[i].hidden ? 0 : left_of_middle(&rows[i]);
        uint32_t right = rows[i].hidden ? 0 : drawn(&rows[i]) - left;
        most_left = left > most_left ? left : most_left;
        most_right = right > most_right ? right : most_right;
    }
    int64_t span = frame->width - frame->left - 20;
    int64_t length = span * 1000 / (most_left + most_right);
    return (struct middle){frame->left + most_left * length / 1000, length};
}

/* At the middle where there is room on both sides, else at the edges. */
static void put_directions(struct report_page *page, const struct report_chart_frame *frame, int64_t middle,
                           int64_t y) {
    const char *worse = page->words.english ? "← less favourable" : "← minder gunstig";
    const char *better = page->words.english ? "more favourable →" : "gunstiger →";
    bool left = middle > DIRECTION, right = left && frame->width - middle > DIRECTION;
    report_chart_text(page, worse, left ? middle - 100 : 0, y, left ? "end" : "start", "soft");
    report_chart_text(page, better, right ? middle + 100 : frame->width, y, right ? "start" : "end", "soft");
}

static void put_axis(struct report_page *page, const struct report_chart_frame *frame, int64_t y) {
    for (int64_t i = 0; i <= 4; i++) {
        put_percent(page, (uint32_t)(250 * i), frame->left + (frame->width - frame->left - 20) * i / 4, y,
                    i == 0 ? "start" : "end");
    }
}

/* The middle, above and below a bar: through it, it would cross a number. */
static void put_ticks(struct report_page *page, int64_t x, int64_t bar) {
    static const char style[] = "stroke=\"#1f2933\" stroke-width=\"14\"";
    report_chart_line(page, x, bar - 30, x, bar, style);
    report_chart_line(page, x, bar + BAR, x, bar + BAR + 30, style);
}

static void put_rows(struct report_page *page, const struct report_chart_frame *frame,
                     const struct report_chart_row *rows, size_t count, bool diverging) {
    int64_t y = TOP;
    struct middle middle = {frame->left, frame->width - frame->left - 20};
    if (diverging) {
        middle = place_middle(frame, rows, count);
    }
    /* Bars lie over it, so that it crosses no number; where labels stand above, it would cross them. */
    if (!frame->above) {
        report_chart_line(page, middle.x, TOP - 40, middle.x, height_of(frame, rows, count, BAR, GAP) - 30,
                          "stroke=\"#1f2933\" stroke-width=\"10\"");
    }
    for (size_t i = 0; i < count; i++) {
        int64_t bar = bar_of(frame, &rows[i], y, BAR, GAP);
        report_chart_label(page, frame, rows[i].label, bar + BAR / 2, bar);
        if (rows[i].hidden) {
            put_hidden(page, frame, bar);
        } else {
            int64_t left = diverging ? left_of_middle(&rows[i]) * middle.length / 1000 : 0;
            put_parts(page, &rows[i], middle.x - left, bar, middle.length);
            if (frame->above && diverging) {
                put_ticks(page, middle.x, bar);
            }
        }
        y += row_height(frame, &rows[i], BAR, GAP);
        report_page_raw(page, "\n");
    }
    if (diverging) {
        put_directions(page, frame, middle.x, y + 130);
    } else {
        put_axis(page, frame, y + 130);
    }
}

static void draw_rows(struct report_page *page, const char *title, const struct report_chart_row *rows,
                      size_t count, bool diverging) {
    for (int which = 0; which < REPORT_CHART_FRAMES; which++) {
        /* Questions: their labels are never short. */
        struct report_chart_frame frame = report_chart_frame(which, INT64_MAX);
        report_chart_open(page, &frame, title, (uint32_t)(height_of(&frame, rows, count, BAR, GAP) + AXIS));
        put_rows(page, &frame, rows, count, diverging);
        report_chart_close(page);
    }
}

void report_chart_diverging(struct report_page *page, const char *title, const struct report_chart_row *rows,
                            size_t count) {
    draw_rows(page, title, rows, count, true);
}

void report_chart_stacked(struct report_page *page, const char *title, const struct report_chart_row *rows,
                          size_t count) {
    draw_rows(page, title, rows, count, false);
}

/* "37 %", "50–55 %". */
static void put_limits(struct report_page *page, const struct report_chart_part *part, int64_t x, int64_t y) {
    const char *sign = report_page_percent(page);
    char words[32];
    if (part->low == part->high) {
        (void)snprintf(words, sizeof words, "%u%s", (unsigned)part->low, sign);
    } else {
        (void)snprintf(words, sizeof words, "%u–%u%s", (unsigned)part->low, (unsigned)part->high, sign);
    }
    report_chart_text(page, words, x, y, "start", "");
}

/* What is certain in its colour, what is possible hatched. */
static void put_bar(struct report_page *page, const struct report_chart_frame *frame,
                    const struct report_chart_row *row, int64_t y, int64_t thick) {
    int64_t span = frame->width - frame->left - BESIDE, base = frame->left;
    int64_t text = y + thick / 2 + 45;
    const struct report_chart_part *part = &row->part[0];
    report_chart_label(page, frame, row->label, y + thick / 2, y);
    if (row->hidden || (part->unknown && part->low == 0 && part->high == 100)) {
        report_chart_hatched(page, base, y, span, thick);
        report_chart_text(page, "•", base + span + 100, text, "start", "soft");
        return;
    }
    if (row->instead) {
        report_chart_rect(page, base, y, span, thick, "#e4e7eb");
        report_chart_text(page, row->instead, base + 100, text, "start", "");
        return;
    }
    uint32_t share = part->share < 1000 ? part->share : 1000;
    int64_t sure = (part->unknown ? 10 * part->low : share) * span / 1000;
    int64_t most = part->high > 100 ? span : part->high * span / 100;
    report_chart_rect(page, base, y, span, thick, "#e4e7eb");
    if (part->high > part->low && most > sure) {
        report_chart_hatched(page, base + sure, y, most - sure, thick);
    }
    if (sure > 0) {
        report_chart_rect(page, base, y, sure, thick, report_style_hex(part->colour));
    }
    put_limits(page, part, base + span + 100, text);
}

void report_chart_bars(struct report_page *page, const char *title, const struct report_chart_row *rows,
                       size_t count) {
    int64_t thick = count > MANY ? THIN : BAR, gap = count > MANY ? THIN_GAP / 2 : GAP;
    for (int which = 0; which < REPORT_CHART_FRAMES; which++) {
        struct report_chart_frame frame = report_chart_frame(which, longest_of(rows, count));
        int64_t y = TOP;
        report_chart_open(page, &frame, title, (uint32_t)(height_of(&frame, rows, count, thick, gap) + 40));
        for (size_t i = 0; i < count; i++) {
            put_bar(page, &frame, &rows[i], bar_of(&frame, &rows[i], y, thick, gap), thick);
            report_page_raw(page, "\n");
            y += row_height(&frame, &rows[i], thick, gap);
        }
        report_chart_close(page);
    }
}

void report_chart_key(struct report_page *page, const char *const *labels,
                      const enum report_style_colour *colours, size_t count, bool hatched) {
    report_page_raw(page, "<p class=\"key\">");
    for (size_t i = 0; i < count; i++) {
        report_page_raw(page, "<span><i style=\"background:");
        report_page_raw(page, report_style_hex(colours[i]));
        report_page_raw(page, "\"></i>");
        report_page_text(page, labels[i]);
        report_page_raw(page, "</span> ");
    }
    if (hatched) {
        report_page_say(
            page,
            "<span><i class=\"hatch\"></i>niet getoond, om leerlingen te beschermen; de lengte is de rest, "
            "gelijk verdeeld</span>",
            "<span><i class=\"hatch\"></i>not shown, to protect pupils; the length is the rest, divided "
            "evenly</span>");
    }
    report_page_raw(page, "</p>\n");
}
