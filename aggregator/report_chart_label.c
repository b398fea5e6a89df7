/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "report_chart_inside.h"

/*
 * A page has the letters of whoever opens it. Those of DejaVu Sans are the widest of the common ones, so that
 * what fits in them is cut nowhere. Tenths of a pixel at REPORT_CHART_FONT, from the space to the tilde;
 * letters with accents are hardly wider than an "n".
 */
static const uint8_t widths[] = {42,  53,  60, 109, 83,  124, 102, 36,  51, 51, 65, 109, 42,  47,  42,  44,
                                 83,  83,  83, 83,  83,  83,  83,  83,  83, 83, 44, 44,  109, 109, 109, 69,
                                 130, 89,  90, 91,  101, 83,  75,  101, 98, 39, 39, 86,  73,  113, 98,  103,
                                 79,  103, 91, 83,  80,  96,  89,  129, 90, 80, 90, 51,  44,  51,  109, 65,
                                 65,  80,  83, 72,  83,  80,  46,  83,  83, 37, 37, 76,  37,  127, 83,  80,
                                 83,  83,  54, 68,  51,  83,  77,  107, 77, 77, 69, 83,  44,  83,  109};
enum { OTHER = 83 };

static int64_t width_of(unsigned char byte) {
    bool follows = (byte & 0xc0) == 0x80; /* a letter's second byte and later ones */
    return follows ? 0 : byte < ' ' || byte > '~' ? OTHER : widths[byte - ' '];
}

int64_t report_chart_width(const char *text) {
    int64_t width = 0;
    for (; *text; text++) {
        width += width_of((unsigned char)*text);
    }
    return width;
}

/* Bytes of the next line of `text`: as many words as have room, at least one. */
static size_t line_of(const char *text, int64_t room, size_t *skip) {
    int64_t width = 0;
    size_t good = 0;
    for (size_t i = 0;; i++) {
        if (text[i] == ' ' || text[i] == '\0') {
            if (width > room && good) {
                break;
            }
            good = i;
            if (text[i] == '\0') {
                break;
            }
        }
        width += width_of((unsigned char)text[i]);
    }
    *skip = good + (text[good] == ' ');
    return good;
}

uint32_t report_chart_lines(const struct report_chart_frame *frame, const char *label) {
    uint32_t lines = 0;
    do {
        size_t skip = 0;
        (void)line_of(label, frame->room, &skip);
        label += skip;
        lines++;
    } while (*label && lines < REPORT_CHART_LINES);
    return lines;
}

int64_t report_chart_above(const struct report_chart_frame *frame, const char *label) {
    return frame->above ? report_chart_lines(frame, label) * (int64_t)REPORT_CHART_LEADING + 30 : 0;
}

void report_chart_label(struct report_page *page, const struct report_chart_frame *frame, const char *label,
                        int64_t y, int64_t top) {
    uint32_t lines = report_chart_lines(frame, label);
    int64_t at = frame->above ? top - 70 - (lines - 1) * (int64_t)REPORT_CHART_LEADING
                              : y + 45 - (lines - 1) * (int64_t)REPORT_CHART_LEADING / 2;
    for (uint32_t i = 0; i < lines; i++, at += REPORT_CHART_LEADING) {
        char line[REPORT_LABEL_SIZE];
        size_t skip = 0, size = line_of(label, frame->room, &skip);
        bool cut = i + 1 == lines && label[skip];
        (void)snprintf(line, sizeof line, "%.*s%s", (int)(size < sizeof line - 8 ? size : sizeof line - 8),
                       label, cut ? "…" : "");
        report_chart_text(page, line, frame->above ? frame->left : frame->left - REPORT_CHART_BEFORE, at,
                          frame->above ? "start" : "end", "name");
        label += skip;
    }
}
