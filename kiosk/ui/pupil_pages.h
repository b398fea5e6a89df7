/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PUPIL_PAGES_H
#define PUPIL_PAGES_H

#include <stdbool.h>

#include "core/round.h"
#include "kiosk/flow.h"
#include "kiosk/strings.h"
#include "kiosk/ui/stack.h"

/* The pupil's pages: what the flow says, laid out. */

struct pupil_pages_scene {
    const struct flow *flow;
    const struct round *round;
    const struct strings *strings; /* in the pupil's language */
    bool full;                     /* nobody more may start on this machine */
    uint16_t part;                 /* of a list that is too long; too large means the first again */
};

/* A `build` for stack_fit; the view is a struct pupil_pages_scene. */
void pupil_pages_build(struct stack *stack, const void *view);

#endif
