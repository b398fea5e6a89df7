/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOSING_PAGES_H
#define CLOSING_PAGES_H

#include "kiosk/ui/mentor_pages.h"

/* The end of a class: who was there, where the bundle goes, what to write down. */
void closing_pages_close(struct stack *stack, const struct mentor_pages_scene *scene);
void closing_pages_export(struct stack *stack, const struct mentor_pages_scene *scene);
void closing_pages_cleared(struct stack *stack, const struct mentor_pages_scene *scene);
void closing_pages_receipt(struct stack *stack, const struct mentor_pages_scene *scene);

#endif
