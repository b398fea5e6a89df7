/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLASSES_PAGE_H
#define CLASSES_PAGE_H

#include "kiosk/ui/mentor_pages.h"

/* The round's classes, each with what this machine holds of it; in parts when there are many. */
void classes_page_build(struct stack *stack, const struct mentor_pages_scene *scene);

#endif
