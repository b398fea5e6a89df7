/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "aggregator/measures.h"
#include "aggregator/report_label.h"

/*
 * Writing HTML. Everything that this program did not write itself goes through report_page_text. Numbers
 * never depend on the locale: in text they have the decimal sign of the report's language, in drawings they
 * are whole tenths of a pixel. Errors stick in `out`.
 */

/* What may stand beside a release's own figures. Views; each may be NULL. */
struct report_beside {
    const struct release *previous;  /* of the round before */
    const struct measures *measures; /* what the school decided to do */
    const struct release *late;      /* of this round's late list, which names the release */
};

struct report_page {
    struct bytes_buffer *out;
    const struct release *release;
    const struct release *previous;  /* as in report_beside; may be set after report_page_begin */
    const struct measures *measures; /* the same */
    const struct release *late;      /* the same; NULL on the page that is about it */
    const struct release *first;     /* when `release` is that of the late list: the one before; else NULL */
    const struct release_content *content;
    const struct round *round;
    const struct questionnaire *questionnaire;
    struct report_label_language words;
    uint32_t charts; /* so far: their titles need an id each */
};

/* A page in `language` ("nl" or "en"). Faults of release_belongs. The views must outlive it. */
enum fault report_page_begin(struct report_page *page, struct bytes_buffer *out,
                             const struct release *release, const struct round *round,
                             const char *language) FAULT_MUST_CHECK;

void report_page_raw(struct report_page *page, const char *html);
/* Escaped: & < > " '. */
void report_page_text(struct report_page *page, const char *text);
/*
 * What the school itself wrote, escaped. It writes Dutch: on an English page that is marked, for whoever has it
 * read aloud.
 */
void report_page_school_text(struct report_page *page, const char *text);
/* Our own HTML in the report's language. */
void report_page_say(struct report_page *page, const char *nl, const char *en);
/* Our own HTML with numbers: every # in it takes the next of `count` numbers. */
void report_page_fill(struct report_page *page, const char *html, const int64_t *number, size_t count);
#define REPORT_PAGE_FILL(page, html, ...)                                                                    \
    report_page_fill((page), (html), (const int64_t[]){__VA_ARGS__},                                         \
                     sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))
void report_page_number(struct report_page *page, uint64_t number);
/* `value` units of 10^-decimals, with the language's decimal sign: 37 with one decimal is "3,7". */
void report_page_decimal(struct report_page *page, uint64_t value, uint8_t decimals);

/* What follows a number of hundredths, in text and in drawings: " %" with a space that does not break, or "%" in English. */
const char *report_page_percent(const struct report_page *page);
/*
 * <table>, in a box that scrolls by itself where a screen is too narrow, with a key or a finger: the caller
 * closes both, "</table></div>".
 */
void report_page_table(struct report_page *page);
/* A text of the questionnaire in the report's language. */
const char *report_page_label(const struct report_page *page, const struct questionnaire_text *text);
/* "november"; month 1..12. */
void report_page_month(struct report_page *page, uint32_t month);
/* "3 november 2026". */
void report_page_date(struct report_page *page, uint32_t date);

/*
 * The page around what is said: doctype, style, title, and the watermark when the instrument is not a
 * recognised one. `title` is our own HTML text; `kind` a class for the style sheet ("team").
 */
void report_page_head(struct report_page *page, const char *kind, const char *title);
/*
 * The title block: school and site, `title`, period; unless `brief`, what an instrument that is not
 * recognised means.
 */
void report_page_title(struct report_page *page, const char *title, bool brief);
/*
 * Where the figures come from (instrument, digests, smallest groups, what was damaged), and the end of the
 * page.
 */
void report_page_foot(struct report_page *page);
/* One line instead, for what hangs on a wall. */
void report_page_foot_brief(struct report_page *page);

#endif
