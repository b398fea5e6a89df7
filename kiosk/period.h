/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PERIOD_H
#define PERIOD_H

#include <stdint.h>

#include "kiosk/strings.h"

/*
 * A round's dates in a person's words. Days are written as in a round file: year * 10000 + month * 100 + day.
 */

enum { PERIOD_DAY_SIZE = 64 };

/* "13 november 2026". A number that is no day gives "". */
void period_day(char out[PERIOD_DAY_SIZE], const struct strings *strings, uint32_t day);

/*
 * One or two sentences: from when to when the round runs and, unless the clock cannot be read, which day this
 * machine thinks it is (platform/process.h).
 */
void period_say(char out[STRINGS_TEXT_SIZE], const struct strings *strings, uint32_t first_day,
                uint32_t last_day);

#endif
