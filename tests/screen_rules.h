/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCREEN_RULES_H
#define SCREEN_RULES_H

#include "screen.h"

/*
 * What every page must obey (docs/screen-rules.md). What breaks a rule fails the test, with `name`, the
 * size, the language and the text of what breaks it.
 */

/*
 * screen->page is whole and on the screen, nothing overlaps, letters are there, whole and in a colour of
 * text, no line has more than most_characters, targets are large enough and apart, no title stands alone.
 */
void screen_rules_check(const struct screen *screen, const char *name);

/*
 * Builds the first part of the pupil's page and checks it; also that it has at most most_words to read,
 * that everything begins where the rest begins, and that no letter is on the edge of its target. Takes its
 * picture.
 */
void screen_rules_see(struct screen *screen, const char *name);

#endif
