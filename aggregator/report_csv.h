/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "aggregator/release.h"

/*
 * The figures as a table: UTF-8, RFC 4180 (commas, CRLF, quotation marks where needed), one header row. A
 * cell that a spreadsheet could take for a formula begins with an apostrophe. FAULT_MEMORY; faults of
 * release_belongs.
 */
enum fault report_csv(struct bytes_buffer *out, const struct release *release, const struct round *round,
                      const char *language) FAULT_MUST_CHECK;

#endif
