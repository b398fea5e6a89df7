/* SPDX-License-Identifier: Apache-2.0 */
#ifndef QUESTION_PAGE_H
#define QUESTION_PAGE_H

#include "kiosk/ui/pupil_pages.h"

/*
 * One question. All answers in one column, each with its whole label, all alike. Where they do not fit, the
 * two answers without an opinion come side by side; where even that is too much, the answers come in parts
 * with a button to the next one.
 */
void question_page_build(struct stack *stack, const struct pupil_pages_scene *scene);

#endif
