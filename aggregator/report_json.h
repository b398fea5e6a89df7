/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "aggregator/release.h"

/*
 * The table of report_table.h as JSON (RFC 8259): {"format": "klankbord-figures", "version": 1, where it comes from, "figures": [{...}]}. A cell is a
 * string, a number, or null when it is empty. Texts are as they are, without the apostrophe that CSV puts before formulas.
 * FAULT_MEMORY; faults of release_belongs.
 */
enum fault report_json(struct bytes_buffer *out, const struct release *release, const struct round *round,
                       const char *language) FAULT_MUST_CHECK;

/* A string with its quotation marks, escaped; for every JSON that is written. */
void report_json_text(struct bytes_buffer *out, const char *text);

#endif
