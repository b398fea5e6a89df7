/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PUPIL_H
#define PUPIL_H

#include "kiosk/preview.h"
#include "kiosk/ui/stage.h"

/*
 * A pupil for the benches of the screen: reads every page in turn and answers every question with its first
 * answer.
 */

/*
 * Compiles a questionnaire of the source folder ("secondary") and writes its canonical form to `path`. Any
 * failure ends the program.
 */
void pupil_questionnaire(const char *path, const char *name);
/* A preview of it, to be freed by the caller. Any failure ends the program. */
struct preview *pupil_preview(const char *name);

/*
 * What this pupil touches next on the page: an item, or PAGE_NOTHING when it is all over. `language`: on that
 * page.
 */
int pupil_wants(const struct stage *stage, uint16_t language);

/* Touches it, in the middle, once the page listens: the clock goes on. */
void pupil_touch(struct stage *stage, int item, uint64_t *now_ms);

#endif
