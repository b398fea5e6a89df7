/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HTML_PART_H
#define REPORT_HTML_PART_H

#include "aggregator/report_label.h"

/* The parts that report_html.c puts together. Everything that does not come from this program is escaped. */

struct report_html_part {
    struct bytes_buffer *out;
    const struct release *release;
    const struct release_content *content;
    const struct round *round;
    struct report_label_language words;
};

void report_html_part_raw(struct report_html_part *page, const char *html);
/* Escaped: & < > " '. */
void report_html_part_text(struct report_html_part *page, const char *text);
/* Our own HTML in the report's language. */
void report_html_part_say(struct report_html_part *page, const char *nl, const char *en);
/* A text of the questionnaire in the report's language. */
const char *report_html_part_label(const struct report_html_part *page,
                                   const struct questionnaire_text *text);

/* Who took part: the school's rate, a table of classes, participation where it may be told. */
void report_html_part_response(struct report_html_part *page);
/* One section: its scales, then its questions. Nothing when there are neither. */
void report_html_part_subject(struct report_html_part *page, enum questionnaire_subject subject);
/* Classes that are not in the figures because their sums contradict each other. */
void report_html_part_left_out(struct report_html_part *page);

#endif
