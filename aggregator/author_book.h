/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_BOOK_H
#define AUTHOR_BOOK_H

#include "aggregator/author_table.h"
#include "aggregator/xlsx_parts.h"

/*
 * A workbook (.xlsx) as the table that its CSV twin would give: the name of each sheet in a row of its own in
 * column A, its cells from column B on. Rows keep the sheet's own numbers, and report->workbook makes
 * findings name the sheet's own columns. Sheets whose name begins with _ or # are the author's notes; an
 * empty sheet with an unknown name is passed over.
 */

/* Whether the bytes begin like a ZIP file, so that author_book_read is the one to say what is wrong. */
bool author_book_is_zip(struct bytes content);

/* As author_table_read: FAULT_QUESTIONNAIRE when nothing can be read, which was reported; FAULT_MEMORY. */
enum fault author_book_read(struct author_table *table, struct author_report *report,
                            struct bytes content) FAULT_MUST_CHECK;

/* The same with the sheets of notes, for those who write the table back. */
enum fault author_book_read_all(struct author_table *table, struct author_report *report,
                                struct bytes content) FAULT_MUST_CHECK;

/* author_book_read from parts at hand. */
enum fault author_book_read_parts(struct author_table *table, struct author_report *report,
                                  struct xlsx_parts parts) FAULT_MUST_CHECK;

#endif
