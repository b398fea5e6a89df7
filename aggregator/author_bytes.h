/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_BYTES_H
#define AUTHOR_BYTES_H

#include <stdbool.h>

#include "aggregator/author_report.h"
#include "core/bytes.h"

/*
 * Looks at the raw bytes before anything is read: takes a UTF-8 byte order mark off `csv`, and reports what
 * is too large, empty, a workbook, UTF-16, holds a NUL, or is not UTF-8 (the old Windows encoding is
 * recognised as such). False when it reported.
 */
bool author_bytes_are_text(struct bytes *csv, struct author_report *report);

/* The delimiter of the file: ',' ';' or a tab. */
unsigned char author_bytes_delimiter(struct bytes csv);

#endif
