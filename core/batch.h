/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BATCH_H
#define BATCH_H

#include "closing.h"

/*
 * Which contributions are opened together. Follows from the round and a closing list alone, so both key
 * holders find the same (docs/format.md, "Batches"):
 *
 *   1. Every class with at least one record is a group.
 *   2. While a group has fewer than k_unit records: take the smallest such group (ties: lowest class number) and join it to the group with
 *      the fewest records among those that share a year with it; if none shares a year, among all others (ties: lowest class number).
 *   3. A group is a batch. The batches partition the records. One group left with fewer than k_unit: FAULT_BATCH_TOO_SMALL.
 *   4. Strata: batches whose classes share a year, directly or through others, form one stratum. School-level counters are
 *      added up per stratum only.
 *
 * A group's number in ties is its lowest class number. Records excluded by both key holders (damage that only
 * shows on opening) are left out before step 1.
 */

#ifdef DISCLOSURE_SWITCHES
/* Only in tests/attacker, which opens smaller batches to see what the rule is good for. */
uint32_t batch_least(const struct round *round);
#else
/* The fewest records of a batch. */
static inline uint32_t batch_least(const struct round *round) {
    return round->k_unit;
}
#endif

struct batch {
    uint16_t class_count;
    uint16_t class_number[ROUND_CLASSES]; /* ascending */
    uint16_t years;                       /* union of the classes' masks */
    uint16_t stratum;                     /* index */
    uint32_t record_count;
    uint32_t *record;             /* indexes in the closing list, ascending */
    uint8_t digest[DIGEST_BYTES]; /* over round digest and the ids, ascending */
};

struct batch_list {
    uint16_t batch_count;
    struct batch *batch;    /* ascending by lowest class number */
    uint16_t stratum_count; /* ascending by lowest class number of their first batch */
    uint16_t stratum_years[ROUND_CLASSES];
};

/*
 * `excluded` are indexes of records in the closing list, ascending; may be NULL when the count is 0.
 * FAULT_BATCH_TOO_SMALL, FAULT_MEMORY, FAULT_MISUSE (an index out of range or order).
 */
enum fault batch_derive(struct batch_list *out, const struct round *round, const struct closing *closing,
                        const uint32_t *excluded, uint32_t excluded_count) FAULT_MUST_CHECK;
void batch_list_release(struct batch_list *list); /* accepts zeroed or released; leaves it zeroed */

#endif
