/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_SAVE_H
#define AUTHOR_SAVE_H

#include "aggregator/author_table.h"

/*
 * A table of sheets written back as its CSV twin or as a workbook. Both say the same: what one is converted
 * to and back from compiles to the same bytes, and has the same sheets, the author's notes included. Comments
 * keep their place among the rows; in a workbook they stand in a sheet's first column, those before the first
 * sheet in that sheet.
 */

/*
 * Reads either form, notes and all; a workbook's own problems and those of its cells are in the report.
 * Faults of author_table_read.
 */
enum fault author_save_read(struct author_table *table, struct author_report *report,
                            struct bytes content) FAULT_MUST_CHECK;

/*
 * The canonical CSV: UTF-8, commas, line feeds, quotation marks where needed, no empty cells at the end of a
 * row. FAULT_MEMORY.
 */
enum fault author_save_csv(struct bytes_buffer *out, const struct author_table *table) FAULT_MUST_CHECK;

/*
 * A workbook in the file `path`, which is replaced: headers in bold and frozen, everything as text but plain
 * numbers, drop-downs where a column has a closed set of values. FAULT_FILE_WRITE, FAULT_MEMORY;
 * FAULT_QUESTIONNAIRE when a sheet's name cannot be one in a workbook (longer than 31 characters, one of
 * []:*?/\ in it, or there twice), or when there is no sheet.
 */
enum fault author_save_workbook(const char *path, const struct author_table *table) FAULT_MUST_CHECK;

#endif
