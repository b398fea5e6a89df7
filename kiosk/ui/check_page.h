/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CHECK_PAGE_H
#define CHECK_PAGE_H

#include "kiosk/ui/pupil_pages.h"

/*
 * Which questions were answered and which were not; never what. Touching one leads back to it. In parts when
 * there are many.
 */
void check_page_build(struct stack *stack, const struct pupil_pages_scene *scene);

#endif
