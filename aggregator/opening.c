/* SPDX-License-Identifier: Apache-2.0 */
#include "opening.h"

#include <stdlib.h>
#include <string.h>

#include "core/key.h"

static enum fault group_by_bundle(struct opening *opening) {
    const struct closing *closing = opening->closing;
    uint32_t *next = calloc((size_t)closing->bundle_count + 1, sizeof *next);
    opening->order = calloc((size_t)closing->record_count + 1, sizeof *opening->order);
    if (!next || !opening->order) {
        free(next);
        return FAULT_MEMORY;
    }
    for (uint32_t i = 1; i < closing->bundle_count; i++) {
        next[i] = next[i - 1] + closing->bundle[i - 1].counted;
    }
    for (uint32_t i = 0; i < closing->record_count; i++) {
        opening->order[next[closing->record[i].bundle]++] = i;
    }
    free(next);
    return FAULT_NONE;
}

static enum fault begin(struct opening *out, struct workspace *workspace, const struct round *round,
                        const struct closing *closing) {
    *out = (struct opening){.round = round, .closing = closing, .workspace = workspace, .threads = 1};
    enum fault fault = round_is_valid(round);
    fault = fault ? fault : closing_check(closing, round);
    return fault ? fault : closing_is_valid(closing);
}

/* Leaves nothing behind after a fault. */
static enum fault finish(struct opening *out, enum fault fault) {
    fault = fault ? fault : layout_derive(&out->layout, out->round->questionnaire);
    fault = fault ? fault : group_by_bundle(out);
    if (fault) {
        opening_release(out);
    }
    return fault;
}

enum fault opening_init(struct opening *out, struct workspace *workspace, const struct round *round,
                        const struct closing *closing) {
    enum fault fault = begin(out, workspace, round, closing);
    if (!fault && closing->number != 1) {
        fault = FAULT_MISUSE;
    }
    return finish(out, fault);
}

enum fault opening_init_late(struct opening *out, struct workspace *workspace, const struct round *round,
                             const struct closing *late, const struct closing *first) {
    enum fault fault = begin(out, workspace, round, late);
    fault = fault ? fault : closing_check(first, round);
    fault = fault ? fault : closing_is_valid(first);
    return finish(out, fault ? fault : closing_follows(late, first, round));
}

void opening_release(struct opening *opening) {
    layout_release(&opening->layout);
    free(opening->order);
    *opening = (struct opening){0};
}

enum fault opening_holder_check(const struct opening *opening, const struct opening_holder *holder) {
    const struct round_holder *named = &opening->round->holder[holder->number];
    if (memcmp(holder->key->public_key, named->box_key, sizeof named->box_key) != 0) {
        return FAULT_KEY_WRONG;
    }
    return key_check_pair(holder->sign_secret, named->sign_key);
}

void opening_reached(const struct opening_holder *holder, enum opening_boundary boundary) {
    if (holder->at_boundary) {
        holder->at_boundary(boundary, holder->number);
    }
}

static int index_order(const void *key, const void *element) {
    return memcmp(key, element, SHARE_ID_BYTES);
}

/* The place of an id in a bundle's index, or `count`. */
static uint32_t find_in(const struct bundle *bundle, const uint8_t id[SHARE_ID_BYTES]) {
    const uint8_t *found = bundle->header.count ? bsearch(id, bundle->index.data, bundle->header.count,
                                                          BUNDLE_INDEX_ENTRY_BYTES, index_order)
                                                : NULL;
    return found ? (uint32_t)((size_t)(found - bundle->index.data) / BUNDLE_INDEX_ENTRY_BYTES)
                 : bundle->header.count;
}

static enum fault load_bundle(struct bytes_buffer *content, struct bundle *bundle,
                              const struct opening *opening, enum opening_proof proof,
                              const struct closing_bundle *named, struct crew_lock *lock) {
    if (lock) {
        crew_lock_take(lock);
    }
    enum fault fault = workspace_content(content, opening->workspace, named->digest);
    if (lock) {
        crew_lock_give(lock);
    }
    if (!fault) {
        struct bytes bytes = bytes_buffer_view(content);
        fault = proof == OPENING_BY_LIST ? bundle_decode_known(bundle, bytes, named->digest)
                                         : bundle_decode_for(bundle, bytes, opening->round);
    }
    fault = fault ? fault : bundle_belongs(bundle, opening->round, opening->layout.counter_count);
    if (!fault && (memcmp(bundle->digest, named->digest, DIGEST_BYTES) != 0 ||
                   memcmp(bundle->header.kiosk_key, named->kiosk_key, sizeof named->kiosk_key) != 0 ||
                   bundle->header.class_number != named->class_number)) {
        fault = FAULT_DIGEST;
    }
    return fault;
}

static enum fault visit(const struct opening *opening, const struct bundle *bundle, uint32_t index,
                        opening_visitor *visitor, void *context) {
    const struct closing_record *named = &opening->closing->record[index];
    struct opening_record found = {.index = index, .bundle = bundle};
    uint32_t at = find_in(bundle, named->id);
    if (at == bundle->header.count) {
        return FAULT_BATCH_INCOMPLETE;
    }
    enum fault fault = bundle_record_at(&found.record, bundle, at);
    if (!fault && memcmp(found.record.digest, named->digest, DIGEST_BYTES) != 0) {
        fault = FAULT_DIGEST;
    }
    return fault ? fault : visitor(context, &found);
}

enum fault opening_walk_part(const struct opening *opening, enum opening_proof proof,
                             opening_visitor *visitor, void *context, uint32_t *failed,
                             const struct opening_part *part) {
    struct bytes_buffer content = {0};
    const struct closing *closing = opening->closing;
    const uint32_t *order = opening->order;
    enum fault fault = FAULT_NONE;
    for (uint32_t i = 0; !fault && i < closing->bundle_count; i++) {
        struct bundle bundle;
        if (i % part->step == part->first) {
            fault = load_bundle(&content, &bundle, opening, proof, &closing->bundle[i], part->lock);
            for (uint32_t j = 0; !fault && j < closing->bundle[i].counted; j++) {
                fault = visit(opening, &bundle, order[j], visitor, context);
            }
        }
        order += closing->bundle[i].counted;
        if (fault && failed) {
            *failed = i;
        }
    }
    bytes_buffer_release(&content);
    return fault;
}

enum fault opening_walk(const struct opening *opening, enum opening_proof proof, opening_visitor *visitor,
                        void *context, uint32_t *failed) {
    const struct opening_part all = {0, 1, NULL};
    return opening_walk_part(opening, proof, visitor, context, failed, &all);
}

void opening_context(struct contribution_context *out, const struct opening *opening,
                     const struct bundle *bundle) {
    const struct round *round = opening->round;
    *out = (struct contribution_context){.class_number = bundle->header.class_number,
                                         .layout = &opening->layout};
    memcpy(out->share.round_digest, round->digest, DIGEST_BYTES);
    memcpy(out->share.layout_digest, round->layout_digest, DIGEST_BYTES);
    out->share.counter_count = opening->layout.counter_count;
    memcpy(out->kiosk_key, bundle->header.kiosk_key, sizeof out->kiosk_key);
    for (int i = 0; i < 2; i++) {
        memcpy(out->box_key[i], round->holder[i].box_key, sizeof out->box_key[i]);
    }
}

struct bytes opening_sealed(const struct opening *opening, int holder, const struct bundle_record *record) {
    bool committed = contribution_layout_commits(&opening->layout);
    size_t sealed2 = contribution_sealed2_bytes(opening->layout.counter_count, committed);
    return holder == 0 ? (struct bytes){record->sealed1, contribution_sealed1_bytes(committed)}
                       : (struct bytes){record->sealed2, sealed2};
}
