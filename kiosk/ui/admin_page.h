/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ADMIN_PAGE_H
#define ADMIN_PAGE_H

#include "kiosk/status.h"
#include "kiosk/ui/stack.h"

/*
 * What an administrator sees on the kiosk: the facts of kiosk/status.h, and two things that can be done here.
 */

struct admin_page_scene {
    const struct strings *strings;
    const struct status *status;
    const struct folder_names *folders; /* that the enrolment request can be written to */
    bool behind_pin;                    /* only then somebody can say that the keys were compared */
    bool waits;                         /* a folder is being written to */
    uint16_t part;                      /* counted round and round */
    enum fault fault;      /* of what was done last; FAULT_NONE: it worked, or nothing was done */
    enum strings_key done; /* what was done last; STRINGS_COUNT: nothing */
    const char *file;      /* that was written, for ADMIN_REQUESTED */
};

/* A `build` for stack_fit; the view is a struct admin_page_scene. */
void admin_page_build(struct stack *stack, const void *view);

#endif
