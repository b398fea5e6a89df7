/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ROUND_PLAN_H
#define ROUND_PLAN_H

#include "aggregator/command.h"
#include "core/round.h"

/*
 * `round new`, step by step: from the words of the command line and the files it names to a round that is not
 * sealed yet. Every function says what is wrong and gives COMMAND_OK or the exit code.
 */

struct round_plan {
    const char *out, *school, *site, *type, *mode, *questionnaire, *classes, *languages, *pin_file;
    uint32_t year, first, last, retention, k_unit, k_cell;
    bool incidents_in_class;
    struct command_list holders, kiosks, help_lines;
};

enum { ROUND_PLAN_PIN_LEAST = 6, ROUND_PLAN_PIN_MOST = 12, ROUND_PLAN_PIN_SIZE = 16 };

/* School, type, mode, period, sizes. Refuses a period that is over, warns of one outside the school year. */
int round_plan_basics(struct round *round, const struct command_context *context,
                      const struct round_plan *plan);
/* The questionnaire (.klq, or its CSV), languages, help lines. Needs nothing before it. */
int round_plan_instrument(struct round *round, const struct command_context *context,
                          const struct round_plan *plan);
/* The classes, from the CSV; prints every problem. */
int round_plan_classes(struct round *round, const struct command_context *context,
                       const struct round_plan *plan);
/* Two key holders and the kiosks, from their files. */
int round_plan_people(struct round *round, const struct command_context *context,
                      const struct round_plan *plan);
/*
 * The mentor's PIN: from the file, or 6 random digits. `pin` is ROUND_PLAN_PIN_SIZE bytes of secret memory,
 * for printing it once.
 */
int round_plan_pin(struct round *round, char *pin, const struct command_context *context,
                   const struct round_plan *plan);

#endif
