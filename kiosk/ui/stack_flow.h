/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STACK_FLOW_H
#define STACK_FLOW_H

#include "kiosk/ui/stack.h"

/*
 * A page whose things do not fit under one another even when packed close: it is shown in parts, with a
 * button to the next one above its own buttons. Nothing is left out and no letter becomes smaller; a text
 * higher than the screen is cut between two lines. The question stands on every part, where that leaves room
 * for what else is on it.
 *
 * `stack` is as the builder left it, its page sorted. Leaves on the page what belongs to stack->part, counted
 * round and round. What is higher than the room by itself sets page->overflow and page->excess.
 */
void stack_flow_cut(struct stack *stack);

#endif
