/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_H
#define AUTHOR_H

#include "aggregator/author_media.h"
#include "aggregator/author_report.h"
#include "core/questionnaire.h"

/*
 * The compiler: from the CSV twin of an XLSForm workbook (a closed subset, with our own klankbord:: columns;
 * see questionnaires/README.md) to a questionnaire that passed questionnaire_check. It finds as much as it
 * can in one go.
 *
 *   bytes → author_bytes (encoding, delimiter) → author_table (rows of cells, libcsv) → author_sheet (sheets, columns, languages)
 *         → author_settings, author_lists, author_scales, author_survey (with author_type, author_condition),
 *           author_appendix → author_lint
 *
 * Everything is bounded: see author_table.h, author_condition.h, author_form.h and core/questionnaire.h.
 */

/*
 * Compiles. `report` must be zeroed or released, is filled in every case (sorted by row), and is released by
 * the caller. FAULT_NONE: *out is the caller's to free; the report may hold warnings and notes.
 * FAULT_QUESTIONNAIRE: *out is NULL and the report holds at least one error. FAULT_MEMORY. FAULT_MISUSE when
 * the result breaks a rule that the compiler did not report: a mistake of ours.
 */
enum fault author_compile(struct questionnaire **out, struct author_report *report,
                          struct bytes csv) FAULT_MUST_CHECK;

/*
 * The same with a place where the recordings are that media::audio names. Without one (author_compile) each
 * of them is missing.
 */
enum fault author_compile_with(struct questionnaire **out, struct author_report *report, struct bytes csv,
                               const struct author_media *media) FAULT_MUST_CHECK;

#endif
