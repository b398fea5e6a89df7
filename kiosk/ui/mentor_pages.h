/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MENTOR_PAGES_H
#define MENTOR_PAGES_H

#include "kiosk/desk.h"
#include "kiosk/machine.h"
#include "kiosk/round_search.h"
#include "kiosk/strings.h"
#include "kiosk/ui/stack.h"

/* The mentor's pages: counts and classes, never an answer. */

struct mentor_pages_scene {
    const struct round *round;
    const struct strings *strings; /* in the mentor's language */
    struct mentor_view view;
    uint16_t part;               /* of a list that is too long; too large means the first again */
    int others;                  /* screens besides this one: a projector, perhaps */
    bool had_others;             /* while pupils of the open class were answering */
    const struct voices *voices; /* what can be read aloud; NULL: nothing */
    bool can_listen;             /* recordings are here and so is sound, or there are none */
    uint16_t class_count;
    const struct desk_class *classes;
    const char *class_label; /* of the class picked, or of the open session; "" when none */
    uint32_t count;          /* of the open session: finished on this machine */
    uint16_t limit;
    bool allows_old_versions; /* an administrator lets answers on a disk that keeps what is overwritten */
    unsigned worries;         /* enum machine_worry, of which the mentor hears some */
    const struct round_renewal
        *renewal;       /* LOCKED, and the date is wrong: what else was found; NULL: not looked for */
    bool pupil_is_busy; /* a pupil's page is waiting behind the mentor's */
    enum fault session_fault;
    bool is_full;
    bool may_admit;            /* the class has more pupils than the limit */
    const char *session_label; /* on sticks; "" when there is none */
    uint16_t folder_count;
    const char *const *folders;
    const struct stick_list *unexported;
    struct clearing clearing;
    uint32_t apart_s; /* EXPORTING: for how long the stick has been written to */
    uint16_t receipt_count;
    const struct bundle_export_receipt *const *receipts;
};

/* A `build` for stack_fit; the view is a struct mentor_pages_scene. Not for MENTOR_PUPILS and MENTOR_GONE. */
void mentor_pages_build(struct stack *stack, const void *view);

#endif
