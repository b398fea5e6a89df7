/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_EDITION_H
#define REPORT_EDITION_H

#include "aggregator/report_page.h"

/*
 * The editions of the report: who reads it decides what is in it. Each is one HTML page that needs nothing
 * from elsewhere and runs nothing, with a table under every drawing; made from a release, which only
 * disclosure control can make. The same input gives the same bytes.
 */

enum report_edition {
    REPORT_EDITION_TEAM,    /* everything down to years; classes only by their means and response */
    REPORT_EDITION_BOARD,   /* means, incidents and response of the school; no class */
    REPORT_EDITION_PARENTS, /* parents' council: the school in its main questions; no class */
    REPORT_EDITION_GUIDE,   /* a paragraph for the school guide */
    REPORT_EDITION_POSTER,  /* for pupils: this is what you said */
    REPORT_EDITION_CLASS,   /* one class: figures and questions to talk about; `unit` is the batch */
    REPORT_EDITION_LATE,    /* what came in after the first opening, for the team; only with a late release */
    REPORT_EDITIONS
};

/* How the file is called: "report.html". Of REPORT_EDITION_CLASS, "class-02-2B.html": report_edition_file. */
enum { REPORT_EDITION_FILE = 80 };
void report_edition_file(char out[REPORT_EDITION_FILE], const struct release *release,
                         const struct round *round, enum report_edition edition, uint16_t unit);

/* Whether the release has what this edition is about: a class sheet needs figures of that class. */
bool report_edition_exists(const struct release *release, enum report_edition edition, uint16_t unit);

/*
 * `beside` may be NULL. `language` is "nl" or "en";
 * `unit` is 0 except for classes. FAULT_DIGEST: beside->late does not name `release`. FAULT_MISUSE:
 * REPORT_EDITION_LATE without beside->late. FAULT_MEMORY; faults of release_belongs.
 */
enum fault report_edition_write(struct bytes_buffer *out, const struct release *release,
                                const struct report_beside *beside, const struct round *round,
                                enum report_edition edition, uint16_t unit,
                                const char *language) FAULT_MUST_CHECK;

#endif
