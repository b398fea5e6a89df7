/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_XLSX_H
#define REPORT_XLSX_H

#include "aggregator/report_table.h"

/*
 * A table of report_table.h as a workbook with two sheets, the table and what the columns mean. Numbers are
 * numbers; texts are texts, never formulas.
 * The same input gives the same bytes: the date inside is the round's last day. The library writes to a file,
 * so `scratch` is the path of one that does not exist, in a folder that can be written to; it holds only what
 * is released, and is gone afterwards.
 * FAULT_FILE_WRITE, FAULT_DISK_FULL, FAULT_READ_ONLY, FAULT_FILE_READ, FAULT_MEMORY; faults of release_belongs.
 */
enum fault report_xlsx(struct bytes_buffer *out, const struct report_table_source *source,
                       const char *scratch) FAULT_MUST_CHECK;

#endif
