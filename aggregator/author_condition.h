/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AUTHOR_CONDITION_H
#define AUTHOR_CONDITION_H

#include "aggregator/author_form.h"

/*
 * The column `relevant`: the closed subset of XLSForm's expressions, into postfix steps.
 *
 *   or         = and { "or" and }
 *   and        = primary { "and" primary }
 *   primary    = "(" or ")" | "not" "(" or ")" | "selected" "(" reference "," literal ")"
 *              | reference ( "=" | "!=" ) literal
 *   reference  = "${" name "}"
 *   literal    = "'" name "'" | '"' name '"'
 *
 * Brackets may nest AUTHOR_CONDITION_DEPTH deep.
 */
enum { AUTHOR_CONDITION_DEPTH = 32 };

struct author_condition {
    uint16_t count;
    struct questionnaire_step step[QUESTIONNAIRE_STEPS];
};

/*
 * Reads the condition in `cell` of a row that comes after the questionnaire's items so far. An empty cell
 * gives no steps. False, with the mistakes in the report and no steps, when it cannot be used.
 */
bool author_condition_read(struct author_condition *out, struct author_form *form,
                           struct author_form_cell cell);

/*
 * out AND more; either may be empty. False when that is more than QUESTIONNAIRE_STEPS steps; `out` is
 * unchanged then.
 */
bool author_condition_join(struct author_condition *out, const struct author_condition *more);

#endif
