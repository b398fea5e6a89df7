/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "aggregator/report_table.h"

/*
 * RFC 8259: {"format": "klankbord-figures", "version": 1, where it comes from, "figures": [{...}]}, and the
 * same with "changes". A cell is a string, a number, or null when it is empty. Texts are as they are, without
 * the apostrophe that CSV puts before formulas.
 * FAULT_MEMORY; faults of release_belongs.
 */
enum fault report_json(struct bytes_buffer *out, const struct report_table_source *source) FAULT_MUST_CHECK;

/* A string with its quotation marks, escaped; for every JSON that is written. */
void report_json_text(struct bytes_buffer *out, const char *text);

#endif
