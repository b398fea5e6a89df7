/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PUPIL_PAGES_H
#define PUPIL_PAGES_H

#include <stdbool.h>

#include "core/round.h"
#include "kiosk/flow.h"
#include "kiosk/spoken.h"
#include "kiosk/strings.h"
#include "kiosk/ui/stack.h"
#include "kiosk/ui/view.h"

/* The pupil's pages: what the flow says, laid out. */

struct pupil_pages_scene {
    const struct flow *flow;
    const struct round *round;
    const struct strings *strings; /* in the pupil's language */
    bool preview;                  /* says so on every page; instead of the mentor's corner the way out */
    bool full;                     /* nobody more may start on this machine */
    const struct view *view;       /* how this pupil reads and presses */
    enum panel panel;              /* what lies over the page */
    bool can_listen;               /* this machine has sound */
    const struct voices *voices;   /* recordings on this machine; NULL: none */
    const struct spoken *spoken;   /* the program's own words on this machine; NULL: none */
    bool is_reading;               /* aloud, now */
    uint16_t part;                 /* of a list that is too long; too large means the first again */
};

/* A `build` for stack_fit; the view is a struct pupil_pages_scene. */
void pupil_pages_build(struct stack *stack, const void *view);

#endif
