/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MESSAGE_PAGE_H
#define MESSAGE_PAGE_H

#include "kiosk/strings.h"
#include "kiosk/ui/stack.h"

/* Why this machine cannot begin: what happened, what is safe, what to do next. */

struct message_page_scene {
    const struct strings *strings;
    enum fault fault;
    enum strings_key remedy;
    bool can_search; /* a round may be found on a stick */
};

/* A `build` for stack_fit; the view is a struct message_page_scene. */
void message_page_build(struct stack *stack, const void *view);

/* What a person can do about a fault while the state folder or the round is opened. */
enum strings_key message_page_remedy(enum fault fault);

#endif
