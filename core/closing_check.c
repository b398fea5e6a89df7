/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What every closing list in hand obeys; the order is that of docs/format.md, "Closing list", steps 2 to 8.
 */
#include <stdlib.h>
#include <string.h>

#include "bundle.h"
#include "closing.h"

static enum fault check_head(const struct closing *closing, const struct round *round) {
    if (closing->number < 1 || closing->number > CLOSING_LISTS || closing->bundle_count > CLOSING_BUNDLES ||
        closing->record_count > CLOSING_RECORDS || closing->surplus_count > ROUND_CLASSES) {
        return FAULT_LIMIT;
    }
    if (memcmp(closing->round_digest, round->digest, DIGEST_BYTES) != 0) {
        return FAULT_ROUND_OTHER;
    }
    bool zero = sodium_is_zero(closing->previous, sizeof closing->previous);
    return zero == (closing->number == 1) ? FAULT_NONE : FAULT_NOT_CANONICAL;
}

static enum fault check_bundle(const struct closing *closing, const struct round *round, uint32_t at) {
    const struct closing_bundle *bundle = &closing->bundle[at];
    if (at && memcmp(bundle[-1].digest, bundle->digest, DIGEST_BYTES) >= 0) {
        return FAULT_RECORD_ORDER;
    }
    if (!round_find_class(round, bundle->class_number)) {
        return FAULT_CLASS_UNKNOWN;
    }
    if (!round_find_kiosk(round, bundle->kiosk_key)) {
        return FAULT_KIOSK_UNKNOWN;
    }
    uint64_t all = (uint64_t)bundle->counted + bundle->damaged + bundle->duplicate + bundle->conflicting;
    return all <= BUNDLE_RECORDS ? FAULT_NONE : FAULT_LIMIT;
}

static enum fault check_bundles(const struct closing *closing, const struct round *round) {
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; !fault && i < closing->bundle_count; i++) {
        fault = check_bundle(closing, round, i);
    }
    return fault;
}

static enum fault check_record(const struct closing *closing, uint32_t at) {
    const struct closing_record *record = &closing->record[at];
    if (at && memcmp(record[-1].id, record->id, SHARE_ID_BYTES) >= 0) {
        return FAULT_RECORD_ORDER;
    }
    if (record->bundle >= closing->bundle_count) {
        return FAULT_LIMIT;
    }
    return record->class_number == closing->bundle[record->bundle].class_number ? FAULT_NONE
                                                                                : FAULT_NOT_CANONICAL;
}

static enum fault check_records(const struct closing *closing) {
    enum fault fault = FAULT_NONE;
    uint32_t *counted = calloc(closing->bundle_count + (size_t)1, sizeof *counted);
    if (!counted) {
        return FAULT_MEMORY;
    }
    for (uint32_t i = 0; !fault && i < closing->record_count; i++) {
        fault = check_record(closing, i);
        if (!fault) {
            counted[closing->record[i].bundle]++;
        }
    }
    for (uint32_t i = 0; !fault && i < closing->bundle_count; i++) {
        fault = counted[i] == closing->bundle[i].counted ? FAULT_NONE : FAULT_NOT_CANONICAL;
    }
    free(counted);
    return fault;
}

static enum fault check_surplus(const struct closing *closing, const struct round *round) {
    for (uint16_t i = 0; i < closing->surplus_count; i++) {
        if (i && closing->surplus[i - 1] >= closing->surplus[i]) {
            return FAULT_RECORD_ORDER;
        }
        if (!round_find_class(round, closing->surplus[i])) {
            return FAULT_CLASS_UNKNOWN;
        }
    }
    return FAULT_NONE;
}

static bool is_surplus(const struct closing *closing, uint16_t class_number) {
    for (uint16_t i = 0; i < closing->surplus_count; i++) {
        if (closing->surplus[i] == class_number) {
            return true;
        }
    }
    return false;
}

/*
 * Records per class, by the class's place in the round; the counts of the bundles have been checked against
 * the records.
 */
static void add_per_class(uint32_t count[ROUND_CLASSES], const struct closing *closing,
                          const struct round *round) {
    for (uint32_t i = 0; i < closing->bundle_count; i++) {
        const struct round_class *item = round_find_class(round, closing->bundle[i].class_number);
        if (item) {
            count[item - round->class_list] += closing->bundle[i].counted;
        }
    }
}

/*
 * `needed`: a surplus class must have a surplus. What list 2 has of its own does not show that; list 1 must
 * be at hand.
 */
static enum fault check_heads(const struct closing *closing, const struct round *round,
                              const uint32_t count[ROUND_CLASSES], bool needed) {
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; !fault && i < round->class_count; i++) {
        const struct round_class *item = &round->class_list[i];
        bool over = count[i] > round_class_asked(item);
        bool accepted = is_surplus(closing, item->number);
        if (over && !accepted) {
            fault = FAULT_TOO_MANY;
        } else if (needed && accepted && !over) {
            fault = FAULT_NOT_CANONICAL;
        }
    }
    return fault;
}

static enum fault check_sums(const struct closing *closing, const struct round *round) {
    struct layout layout = {0};
    enum fault fault = layout_derive(&layout, round->questionnaire);
    fault = fault ? fault : layout_fits(&layout, round->questionnaire, closing->record_count);
    layout_release(&layout);
    return fault;
}

enum fault closing_check(const struct closing *closing, const struct round *round) {
    uint32_t count[ROUND_CLASSES] = {0};
    enum fault fault = check_head(closing, round);
    fault = fault ? fault : check_bundles(closing, round);
    fault = fault ? fault : check_records(closing);
    fault = fault ? fault : check_surplus(closing, round);
    if (fault) {
        return fault;
    }
    add_per_class(count, closing, round);
    fault = check_heads(closing, round, count, closing->number == 1);
    return fault ? fault : check_sums(closing, round);
}

static enum fault check_disjoint_bundles(const struct closing *late, const struct closing *first) {
    for (uint32_t i = 0, j = 0; i < late->bundle_count && j < first->bundle_count;) {
        int order = memcmp(late->bundle[i].digest, first->bundle[j].digest, DIGEST_BYTES);
        if (order == 0) {
            return FAULT_RECORD_CONFLICT;
        }
        i += order < 0;
        j += order > 0;
    }
    return FAULT_NONE;
}

static enum fault check_disjoint_records(const struct closing *late, const struct closing *first) {
    for (uint32_t i = 0, j = 0; i < late->record_count && j < first->record_count;) {
        int order = memcmp(late->record[i].id, first->record[j].id, SHARE_ID_BYTES);
        if (order == 0) {
            return FAULT_RECORD_CONFLICT;
        }
        i += order < 0;
        j += order > 0;
    }
    return FAULT_NONE;
}

/*
 * A class that list 1 overfilled alone was accepted there; list 2 says so again only for what it adds itself.
 */
static enum fault check_heads_together(const struct closing *late, const struct closing *first,
                                       const struct round *round) {
    uint32_t count[ROUND_CLASSES] = {0};
    uint32_t before[ROUND_CLASSES] = {0};
    add_per_class(count, late, round);
    add_per_class(before, first, round);
    for (uint16_t i = 0; i < round->class_count; i++) {
        count[i] = count[i] ? count[i] + before[i] : 0;
    }
    return check_heads(late, round, count, true);
}

enum fault closing_follows(const struct closing *late, const struct closing *first,
                           const struct round *round) {
    if (first->number != 1 || late->number != 2) {
        return FAULT_MISUSE;
    }
    if (memcmp(late->previous, first->digest, DIGEST_BYTES) != 0) {
        return FAULT_DIGEST;
    }
    enum fault fault = check_disjoint_bundles(late, first);
    fault = fault ? fault : check_disjoint_records(late, first);
    return fault ? fault : check_heads_together(late, first, round);
}
