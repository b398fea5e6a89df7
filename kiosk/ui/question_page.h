/* SPDX-License-Identifier: Apache-2.0 */
#ifndef QUESTION_PAGE_H
#define QUESTION_PAGE_H

#include "kiosk/ui/pupil_pages.h"

/*
 * One question. All answers in one column, each with its whole label, all alike. Where they do not fit, the
 * two answers without an opinion come side by side; where even that is too much, the answers come in parts
 * with a button to the next one.
 */

/* What is said under a question, in the colour of help; no text: nothing. */
struct question_page_hint {
    const char *text;
    enum theme_text style;
    uint16_t voice; /* see page_item */
};

/*
 * The hint and the answers under a question: one under another; where room is short the last `missing` of
 * them, when they are two, side by side; where it is shorter still, in parts with a button to the next, the
 * hint on the first of them alone.
 */
void question_page_answers(struct stack *stack, const struct pupil_pages_scene *scene,
                           const struct stack_card *cards, size_t count, size_t missing,
                           const struct question_page_hint *hint);

void question_page_build(struct stack *stack, const struct pupil_pages_scene *scene);

#endif
