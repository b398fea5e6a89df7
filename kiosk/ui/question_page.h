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

/* What the last two answers are. */
enum question_page_end {
    QUESTION_PAGE_END_OTHER,
    QUESTION_PAGE_END_ALONE,     /* one that is chosen alone, and one without an opinion */
    QUESTION_PAGE_END_NO_OPINION /* both without one */
};

/*
 * The hint and the answers under a question: one under another, the last two side by side when they are no
 * opinion and each has room for its line, or when room is short and `end` tells that they belong together; of
 * several choices then all in two columns. Where room is shorter still, in parts with a button to the next, the
 * hint on the first of them alone. There are three answers at least, unless the end is OTHER.
 */
void question_page_answers(struct stack *stack, const struct pupil_pages_scene *scene,
                           const struct stack_card *cards, size_t count, enum question_page_end end,
                           const struct question_page_hint *hint);

void question_page_build(struct stack *stack, const struct pupil_pages_scene *scene);

#endif
