/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_EDITION_INSIDE_H
#define REPORT_EDITION_INSIDE_H

#include "aggregator/report_page.h"

/* What stands between title and foot of the editions that have a file of their own. */
void report_edition_put_board(struct report_page *page, uint16_t unit);
void report_edition_put_parents(struct report_page *page, uint16_t unit);
void report_edition_put_guide(struct report_page *page, uint16_t unit);
void report_edition_put_poster(struct report_page *page, uint16_t unit);
void report_edition_put_class(struct report_page *page, uint16_t unit);
void report_edition_put_late(struct report_page *page, uint16_t unit);

#endif
