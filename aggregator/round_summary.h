/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ROUND_SUMMARY_H
#define ROUND_SUMMARY_H

#include "aggregator/command.h"
#include "core/round.h"

/*
 * What a key holder signs, in words: the same page when a round is made and when it is signed. The
 * questionnaire's digest is there as `questionnaire build` prints it, and every help line; of the mentors'
 * PINs only how many there are.
 */
void round_summary_print(const struct command_context *context, const struct round *round);

/* Who has signed, and who is still to. */
void round_summary_signatures(const struct command_context *context, const struct round *round);

/* "vo" and so on, as written after --type; NULL for a value outside the enum. */
const char *round_summary_type(enum round_school_type type);
/* "two-machines" and so on, as written after --mode. */
const char *round_summary_mode(enum round_mode mode);

#endif
