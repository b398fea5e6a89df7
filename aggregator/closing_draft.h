/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOSING_DRAFT_H
#define CLOSING_DRAFT_H

#include "aggregator/workspace.h"
#include "core/closing.h"
#include "head_count.h"

/*
 * From what is in a workspace to a closing list. Depends on the set of bundles only. The rules
 * (docs/format.md, "Closing list"):
 *
 *   conflicting  the same id stands in the bundles with another digest, class or kiosk: all of them are set
 *   aside
 *   damaged      the bytes do not give the signed digest
 *   counted      intact, and no intact copy of it in a bundle with a smaller digest
 *   duplicate    intact, and counted elsewhere
 *
 * A late list takes the bundles that list 1 does not name; what list 1 counted is a duplicate there, or
 * conflicting.
 */

struct closing_draft_class {
    uint16_t number;
    uint32_t heads, asked;
    struct head_count heads_said; /* by the mentors, in its bundles */
    uint32_t bundles;
    uint32_t counted, damaged, duplicate, conflicting;
    uint32_t lost_slots; /* slots that kiosks could not read back */
};

struct closing_draft {
    struct closing *closing; /* body sealed, unsigned */
    uint16_t class_count;    /* all classes of the round, in its order */
    struct closing_draft_class *class_list;
    uint32_t idle_count; /* enrolled kiosks without any bundle */
    const struct round_kiosk **idle;
};

/*
 * `first` is the valid list 1 when a late list is made, else NULL. `surplus` are the class numbers,
 * ascending, in which more contributions than pupils asked are accepted. FAULT_TOO_MANY: a class has more and
 * is not among them; `out` is filled but for `closing`, so that it can be named. FAULT_ALREADY_CLOSED: a late
 * list without new bundles. FAULT_CLASS_UNKNOWN, FAULT_LIMIT, FAULT_MEMORY.
 */
enum fault closing_draft_make(struct closing_draft *out, const struct workspace_inventory *inventory,
                              const struct round *round, const struct closing *first, const uint16_t *surplus,
                              uint16_t surplus_count) FAULT_MUST_CHECK;
void closing_draft_release(
    struct closing_draft *draft); /* accepts zeroed or released ones; leaves it zeroed */

#endif
