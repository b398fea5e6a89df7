/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MENTOR_SAY_H
#define MENTOR_SAY_H

#include "kiosk/ui/mentor_pages.h"

/* What all of the mentor's pages use to speak. */

const char *mentor_say(const struct mentor_pages_scene *scene, enum strings_key key);
struct stack_button mentor_say_button(const struct mentor_pages_scene *scene, enum strings_key key,
                                      enum mentor_event event);
/* Title of a page, the class's label filled in. */
void mentor_say_title(struct stack *stack, const struct mentor_pages_scene *scene, enum strings_key key);
/* A paragraph and the space above it. */
void mentor_say_text(struct stack *stack, const struct mentor_pages_scene *scene, enum strings_key key);
/* A paragraph with placeholders filled in. */
void mentor_say_filled(struct stack *stack, const struct mentor_pages_scene *scene, enum theme_text style,
                       enum strings_key key, const struct strings_value *values, size_t value_count);
/* What the open session is called on sticks, when it is called anything. */
void mentor_say_machine(struct stack *stack, const struct mentor_pages_scene *scene);
/* How this machine is shut off less well than it should be; nothing when it is as it should be. */
void mentor_say_worries(struct stack *stack, const struct mentor_pages_scene *scene);
/* What went wrong the last time; nothing when nothing did. */
void mentor_say_fault(struct stack *stack, const struct mentor_pages_scene *scene, enum fault fault);

#endif
