/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "aggregator/release.h"

/*
 * The report as one HTML page: no script, nothing from elsewhere, prints on A4, a table under every chart.
 * Made from a release, which only disclosure control can make.
 */

/* `language` is "nl" or "en". FAULT_MEMORY; faults of release_belongs. */
enum fault report_html(struct bytes_buffer *out, const struct release *release, const struct round *round,
                       const char *language) FAULT_MUST_CHECK;

#endif
