/* SPDX-License-Identifier: Apache-2.0 */
#include "closing_draft.h"

#include <stdlib.h>
#include <string.h>

#define OUTSIDE UINT32_MAX /* a bundle that list 1 names already */

/* Everything the rules need, in one place. */
struct work {
    struct closing_draft *out;
    const struct workspace_inventory *inventory;
    const struct round *round;
    const struct closing *first;
    uint32_t *place; /* per bundle of the inventory: its index in the new list, or OUTSIDE */
};

static bool is_named(const struct closing *first, const uint8_t digest[DIGEST_BYTES]) {
    for (uint32_t i = 0; first && i < first->bundle_count; i++) {
        if (memcmp(first->bundle[i].digest, digest, DIGEST_BYTES) == 0) {
            return true;
        }
    }
    return false;
}

static int id_order(const void *key, const void *element) {
    return memcmp(key, ((const struct closing_record *)element)->id, SHARE_ID_BYTES);
}

static bool is_counted_before(const struct closing *first, const uint8_t id[SHARE_ID_BYTES]) {
    return first && first->record_count &&
           bsearch(id, first->record, first->record_count, sizeof *first->record, id_order);
}

static struct closing_draft_class *class_of(const struct work *work, uint16_t number) {
    for (uint16_t i = 0; i < work->out->class_count; i++) {
        if (work->out->class_list[i].number == number) {
            return &work->out->class_list[i];
        }
    }
    return NULL;
}

static enum fault begin_classes(struct work *work) {
    const struct round *round = work->round;
    struct closing_draft *out = work->out;
    out->class_list = calloc((size_t)round->class_count + 1, sizeof *out->class_list);
    if (!out->class_list) {
        return FAULT_MEMORY;
    }
    out->class_count = round->class_count;
    for (uint16_t i = 0; i < round->class_count; i++) {
        const struct round_class *item = &round->class_list[i];
        out->class_list[i] = (struct closing_draft_class){
            .number = item->number, .heads = item->heads, .asked = round_class_asked(item)};
    }
    return FAULT_NONE;
}

static enum fault add_session(struct work *work, const struct bundle_header *header) {
    struct closing_draft_class *item = class_of(work, header->class_number);
    if (!item) {
        return FAULT_CLASS_UNKNOWN;
    }
    item->bundles++;
    item->lost_slots += header->damaged;
    head_count_add(&item->heads_said, header);
    return FAULT_NONE;
}

/* The bundles of the list, in the inventory's order, which is the list's. */
static enum fault begin_bundles(struct work *work) {
    struct closing *closing = work->out->closing;
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; !fault && i < work->inventory->bundle_count; i++) {
        const struct workspace_bundle *bundle = &work->inventory->bundle[i];
        work->place[i] = OUTSIDE;
        if (is_named(work->first, bundle->digest)) {
            continue;
        }
        work->place[i] = closing->bundle_count;
        struct closing_bundle *entry = &closing->bundle[closing->bundle_count++];
        entry->class_number = bundle->header.class_number;
        memcpy(entry->digest, bundle->digest, DIGEST_BYTES);
        memcpy(entry->kiosk_key, bundle->header.kiosk_key, sizeof entry->kiosk_key);
        fault = add_session(work, &bundle->header);
    }
    return fault;
}

/*
 * The class and the kiosk are sealed inside the record, so at most one of two that differ in them can be
 * right.
 */
static bool agree(const struct workspace_inventory *inventory, const struct workspace_record *a,
                  const struct workspace_record *b) {
    const struct bundle_header *in_a = &inventory->bundle[a->bundle].header;
    const struct bundle_header *in_b = &inventory->bundle[b->bundle].header;
    return memcmp(a->digest, b->digest, DIGEST_BYTES) == 0 && in_a->class_number == in_b->class_number &&
           memcmp(in_a->kiosk_key, in_b->kiosk_key, sizeof in_a->kiosk_key) == 0;
}

static bool all_agree(const struct workspace_inventory *inventory, const struct workspace_record *same,
                      size_t count) {
    for (size_t i = 1; i < count; i++) {
        if (!agree(inventory, &same[0], &same[i])) {
            return false;
        }
    }
    return true;
}

static void count_record(struct work *work, const struct workspace_record *record) {
    struct closing *closing = work->out->closing;
    uint32_t place = work->place[record->bundle];
    struct closing_record *entry = &closing->record[closing->record_count++];
    memcpy(entry->id, record->id, SHARE_ID_BYTES);
    memcpy(entry->digest, record->digest, DIGEST_BYTES);
    entry->class_number = closing->bundle[place].class_number;
    entry->bundle = (uint16_t)place;
    closing->bundle[place].counted++;
}

/* All records with one id, in ascending order of bundle digest. */
static void settle(struct work *work, const struct workspace_record *same, size_t count) {
    bool conflicting = !all_agree(work->inventory, same, count);
    bool counted = is_counted_before(work->first, same[0].id);
    for (size_t i = 0; i < count; i++) {
        uint32_t place = work->place[same[i].bundle];
        if (place == OUTSIDE) {
            continue;
        }
        struct closing_bundle *bundle = &work->out->closing->bundle[place];
        if (conflicting) {
            bundle->conflicting++;
        } else if (!same[i].intact) {
            bundle->damaged++;
        } else if (counted) {
            bundle->duplicate++;
        } else {
            counted = true;
            count_record(work, &same[i]);
        }
    }
}

static void settle_all(struct work *work) {
    const struct workspace_record *record = work->inventory->record;
    for (size_t from = 0, to; from < work->inventory->record_count; from = to) {
        for (to = from + 1; to < work->inventory->record_count; to++) {
            if (memcmp(record[from].id, record[to].id, SHARE_ID_BYTES) != 0) {
                break;
            }
        }
        settle(work, &record[from], to - from);
    }
}

static void add_up_classes(struct work *work) {
    const struct closing *closing = work->out->closing;
    for (uint32_t i = 0; i < closing->bundle_count; i++) {
        const struct closing_bundle *bundle = &closing->bundle[i];
        struct closing_draft_class *item = class_of(work, bundle->class_number);
        item->counted += bundle->counted;
        item->damaged += bundle->damaged;
        item->duplicate += bundle->duplicate;
        item->conflicting += bundle->conflicting;
    }
}

static uint32_t counted_before(const struct closing *first, uint16_t number) {
    uint32_t count = 0;
    for (uint32_t i = 0; first && i < first->record_count; i++) {
        count += first->record[i].class_number == number;
    }
    return count;
}

static bool is_in(const uint16_t *numbers, uint16_t count, uint16_t number) {
    for (uint16_t i = 0; i < count; i++) {
        if (numbers[i] == number) {
            return true;
        }
    }
    return false;
}

/* Only a class that needs it goes into the list: accepting in advance accepts nothing. */
static enum fault settle_surplus(struct work *work, const uint16_t *surplus, uint16_t surplus_count) {
    struct closing *closing = work->out->closing;
    enum fault fault = FAULT_NONE;
    for (uint16_t i = 0; i < work->out->class_count; i++) {
        const struct closing_draft_class *item = &work->out->class_list[i];
        if (item->counted == 0 || item->counted + counted_before(work->first, item->number) <= item->asked) {
            continue;
        }
        if (is_in(surplus, surplus_count, item->number)) {
            closing->surplus[closing->surplus_count++] = item->number;
        } else {
            fault = FAULT_TOO_MANY;
        }
    }
    return fault;
}

static bool delivered(const struct workspace_inventory *inventory, const uint8_t key[32]) {
    for (uint32_t i = 0; i < inventory->bundle_count; i++) {
        if (memcmp(inventory->bundle[i].header.kiosk_key, key, 32) == 0) {
            return true;
        }
    }
    return false;
}

static enum fault list_idle(struct work *work) {
    struct closing_draft *out = work->out;
    /* NOLINTNEXTLINE(bugprone-sizeof-expression) the list is one of pointers into the round */
    out->idle = calloc((size_t)work->round->kiosk_count + 1, sizeof *out->idle);
    if (!out->idle) {
        return FAULT_MEMORY;
    }
    for (uint16_t i = 0; i < work->round->kiosk_count; i++) {
        if (!delivered(work->inventory, work->round->kiosk[i].key)) {
            out->idle[out->idle_count++] = &work->round->kiosk[i];
        }
    }
    return FAULT_NONE;
}

static enum fault begin(struct work *work) {
    const struct workspace_inventory *inventory = work->inventory;
    struct closing *closing = closing_new();
    work->out->closing = closing;
    work->place = calloc((size_t)inventory->bundle_count + 1, sizeof *work->place);
    if (!closing || !work->place) {
        return FAULT_MEMORY;
    }
    if (inventory->bundle_count > CLOSING_BUNDLES || inventory->record_count > CLOSING_RECORDS) {
        return FAULT_LIMIT;
    }
    closing->number = work->first ? 2 : 1;
    memcpy(closing->round_digest, work->round->digest, DIGEST_BYTES);
    if (work->first) {
        memcpy(closing->previous, work->first->digest, DIGEST_BYTES);
    }
    closing->bundle = calloc((size_t)inventory->bundle_count + 1, sizeof *closing->bundle);
    closing->record = calloc(inventory->record_count + 1, sizeof *closing->record);
    return closing->bundle && closing->record ? FAULT_NONE : FAULT_MEMORY;
}

enum fault closing_draft_make(struct closing_draft *out, const struct workspace_inventory *inventory,
                              const struct round *round, const struct closing *first, const uint16_t *surplus,
                              uint16_t surplus_count) {
    *out = (struct closing_draft){0};
    struct work work = {.out = out, .inventory = inventory, .round = round, .first = first};
    enum fault fault = begin(&work);
    fault = fault ? fault : begin_classes(&work);
    fault = fault ? fault : begin_bundles(&work);
    fault = fault ? fault : list_idle(&work);
    if (!fault && first && out->closing->bundle_count == 0) {
        fault = FAULT_ALREADY_CLOSED;
    }
    if (!fault) {
        settle_all(&work);
        add_up_classes(&work);
        fault = settle_surplus(&work, surplus, surplus_count);
    }
    fault = fault ? fault : closing_seal_body(out->closing, round);
    if (fault) {
        out->closing = closing_free(out->closing);
    }
    free(work.place);
    return fault;
}

void closing_draft_release(struct closing_draft *draft) {
    closing_free(draft->closing);
    free(draft->class_list);
    free(draft->idle);
    *draft = (struct closing_draft){0};
}
