/* SPDX-License-Identifier: Apache-2.0 */
#ifndef WELCOME_PAGE_H
#define WELCOME_PAGE_H

#include "kiosk/ui/pupil_pages.h"

/*
 * The short pages before the questions: what for, who sees what, a page to practise on, and whether one takes
 * part.
 */
void welcome_page_build(struct stack *stack, const struct pupil_pages_scene *scene);

/* Who can see what, as the explanation tells it: its heading and its texts. */
void welcome_page_who(struct stack *stack, const struct pupil_pages_scene *scene);

#endif
