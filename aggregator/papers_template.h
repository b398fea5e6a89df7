/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PAPERS_TEMPLATE_H
#define PAPERS_TEMPLATE_H

#include <stdbool.h>

#include "core/bytes.h"
#include "core/fault.h"

/*
 * HTML with gaps, filled in:
 *
 *   [[name]]              a value, escaped for HTML
 *   [[?name]] … [[/]]     only when the flag holds       [[!name]] … [[/]]   only when it does not
 *   [[*name]] … [[/]]     once for each row of a list; a name inside is looked up in the row, then around it
 *   [[>name]]             another template, with the same rows around it
 *
 * The templates are ours, in assets/papers, and are built in; so a name that does not exist is our mistake,
 * never skipped.
 */

/* One row that a piece of template stands in; the outermost has none around it. */
struct papers_template_row {
    const char *list;
    size_t at, count;
    const struct papers_template_row *around; /* NULL outermost */
};

/* Where names get their meaning. `row` may be NULL. Each gives false for a name that it does not know. */
struct papers_template_source {
    void *self;
    bool (*text)(const char **out, void *self, const struct papers_template_row *row, const char *name);
    bool (*flag)(bool *out, void *self, const struct papers_template_row *row, const char *name);
    bool (*rows)(size_t *out, void *self, const char *name);
    bool (*part)(const char **out, void *self, const char *name);
};

enum { PAPERS_TEMPLATE_DEPTH = 16, PAPERS_TEMPLATE_NAME = 32 };

/*
 * Appends the filled-in template. FAULT_MISUSE: an unknown name, a bracket that is not closed, an end without
 * a beginning, or more than PAPERS_TEMPLATE_DEPTH pieces in one another; FAULT_MEMORY. What was appended
 * until then stays in `out`.
 */
enum fault papers_template_fill(struct bytes_buffer *out, const char *html,
                                const struct papers_template_source *source) FAULT_MUST_CHECK;

#endif
