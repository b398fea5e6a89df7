/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CSV_H
#define REPORT_CSV_H

#include "aggregator/report_table.h"

/*
 * UTF-8, RFC 4180 (commas, CRLF, quotation marks where needed), one header row. A text that a spreadsheet
 * could take for a formula begins with an apostrophe.
 */

/* One cell, without its comma; for every CSV that is written. */
void report_csv_text(struct bytes_buffer *out, const char *text);

/* FAULT_MEMORY; faults of release_belongs. */
enum fault report_csv(struct bytes_buffer *out, const struct report_table_source *source) FAULT_MUST_CHECK;
/* What the columns of all tables mean: table, column, meaning. FAULT_MEMORY. */
enum fault report_csv_dictionary(struct bytes_buffer *out, const char *language) FAULT_MUST_CHECK;

#endif
