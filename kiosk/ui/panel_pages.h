/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PANEL_PAGES_H
#define PANEL_PAGES_H

#include "kiosk/ui/pupil_pages.h"

/* What a pupil can lay over a page and take away again: the languages, and how to read and press. */
void panel_pages_build(struct stack *stack, const struct pupil_pages_scene *scene);

/*
 * The buttons beside a page that lead there, and the one that hides the page: those that work in this state.
 */
void panel_pages_add_tools(struct stack *stack, const struct pupil_pages_scene *scene);

#endif
