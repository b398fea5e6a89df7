/* SPDX-License-Identifier: Apache-2.0 */
#include "ledger.h"

#include <stdlib.h>
#include <string.h>

#include "core/key.h"
#include "platform/file.h"

enum {
    HEADER_BYTES = 42,
    CHECK_BYTES = 16,
    BEFORE_BODY = 4 + CHECK_BYTES,
    BODY_FIXED = 4 + 5 * DIGEST_BYTES,
    BATCH_FIXED = DIGEST_BYTES + 4,
    IDS_LIMIT = CLOSING_RECORDS
};

static const uint8_t magic[8] = {'K', 'L', 'B', 'l', 'e', 'd', 'g', '\n'};
static const uint8_t nothing[DIGEST_BYTES] = {0};

static void first_head(uint8_t out[DIGEST_BYTES], const uint8_t *header) {
    digest_make(out, DIGEST_LEDGER, (struct bytes){header, HEADER_BYTES});
}

/* The head that the next entry is chained to. */
static void chain_head(uint8_t out[DIGEST_BYTES], const struct ledger *ledger) {
    if (ledger->entry_count) {
        memcpy(out, ledger->entry[ledger->entry_count - 1].head, DIGEST_BYTES);
    } else {
        first_head(out, ledger->content.data);
    }
}

static void length_check(uint8_t out[CHECK_BYTES], const uint8_t before[DIGEST_BYTES],
                         const uint8_t length[4]) {
    struct digest_state state;
    uint8_t digest[DIGEST_BYTES];
    digest_begin(&state, DIGEST_LEDGER);
    digest_add(&state, before, DIGEST_BYTES);
    digest_add(&state, length, 4);
    digest_end(&state, digest);
    memcpy(out, digest, CHECK_BYTES);
}

static void entry_head(uint8_t out[DIGEST_BYTES], const uint8_t before[DIGEST_BYTES], const uint8_t length[4],
                       struct bytes body) {
    struct digest_state state;
    digest_begin(&state, DIGEST_LEDGER);
    digest_add(&state, before, DIGEST_BYTES);
    digest_add(&state, length, 4);
    digest_add(&state, body.data, body.size);
    digest_end(&state, out);
}

enum fault ledger_init(struct ledger *out, const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES]) {
    *out = (struct ledger){0};
    memcpy(out->sign_key, sign_key, sizeof out->sign_key);
    bytes_put(&out->content, magic, sizeof magic);
    bytes_put_u16(&out->content, LEDGER_VERSION);
    bytes_put(&out->content, sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    return out->content.fault;
}

void ledger_release(struct ledger *ledger) {
    for (size_t i = 0; i < ledger->entry_count; i++) {
        free(ledger->entry[i].batch);
    }
    free(ledger->entry);
    bytes_buffer_release(&ledger->content);
    *ledger = (struct ledger){0};
}

static bool ids_ascend(const uint8_t *ids, uint32_t count) {
    for (uint32_t i = 1; i < count; i++) {
        if (memcmp(ids + (size_t)(i - 1) * SHARE_ID_BYTES, ids + (size_t)i * SHARE_ID_BYTES,
                   SHARE_ID_BYTES) >= 0) {
            return false;
        }
    }
    return true;
}

static bool take_batches(struct ledger_entry *entry, struct bytes_reader *in, const uint8_t *content) {
    for (uint16_t i = 0; i < entry->batch_count; i++) {
        struct ledger_batch *batch = &entry->batch[i];
        bytes_take(in, batch->digest, DIGEST_BYTES);
        batch->id_count = bytes_take_u32(in);
        if (in->fault || batch->id_count == 0 || batch->id_count > IDS_LIMIT) {
            return false;
        }
        const uint8_t *ids = bytes_take_view(in, (size_t)batch->id_count * SHARE_ID_BYTES).data;
        if (in->fault || !ids_ascend(ids, batch->id_count)) {
            return false;
        }
        batch->ids_at = (size_t)(ids - content);
    }
    return bytes_finish(in) == FAULT_NONE;
}

static bool kind_fits(const struct ledger_entry *entry) {
    bool has_release = memcmp(entry->release_digest, nothing, DIGEST_BYTES) != 0;
    if (entry->kind == LEDGER_OPENED) {
        return entry->batch_count >= 1 && entry->batch_count <= ROUND_CLASSES && !has_release;
    }
    return entry->kind == LEDGER_RELEASED && entry->batch_count == 0 && has_release;
}

static enum fault take_body(struct ledger_entry *out, struct bytes body, const uint8_t *content) {
    struct bytes_reader in = bytes_reader_of(body);
    out->kind = bytes_take_u8(&in);
    uint8_t zero = bytes_take_u8(&in);
    out->batch_count = bytes_take_u16(&in);
    bytes_take(&in, out->round_digest, DIGEST_BYTES);
    bytes_take(&in, out->closing_digest, DIGEST_BYTES);
    bytes_take(&in, out->other_key, sizeof out->other_key);
    bytes_take(&in, out->other_head, DIGEST_BYTES);
    bytes_take(&in, out->release_digest, DIGEST_BYTES);
    if (in.fault || zero || !kind_fits(out)) {
        return FAULT_LEDGER_DAMAGED;
    }
    if (out->batch_count) {
        out->batch = calloc(out->batch_count, sizeof *out->batch);
        if (!out->batch) {
            return FAULT_MEMORY;
        }
    }
    return take_batches(out, &in, content) ? FAULT_NONE : FAULT_LEDGER_DAMAGED;
}

static enum fault make_room(struct ledger *ledger) {
    if (ledger->entry_count >= LEDGER_ENTRIES) {
        return FAULT_LIMIT;
    }
    struct ledger_entry *more = realloc(ledger->entry, (ledger->entry_count + 1) * sizeof *more);
    if (!more) {
        return FAULT_MEMORY;
    }
    ledger->entry = more;
    ledger->entry[ledger->entry_count] = (struct ledger_entry){0};
    return FAULT_NONE;
}

/* Adds the entry whose bytes stand in the content already. */
static enum fault accept(struct ledger *ledger, struct bytes body, const uint8_t head[DIGEST_BYTES]) {
    enum fault fault = make_room(ledger);
    if (fault) {
        return fault;
    }
    struct ledger_entry *entry = &ledger->entry[ledger->entry_count];
    fault = take_body(entry, body, ledger->content.data);
    if (fault) {
        free(entry->batch);
        return fault;
    }
    memcpy(entry->head, head, DIGEST_BYTES);
    ledger->entry_count++;
    return FAULT_NONE;
}

static bool is_zero(const uint8_t *data, size_t size) {
    for (size_t i = 0; i < size; i++) {
        if (data[i]) {
            return false;
        }
    }
    return true;
}

/* Reads the entry at *at. *torn: from here on there is only what a power cut left. */
static enum fault take_entry(struct ledger *ledger, size_t *at, bool *torn) {
    const uint8_t *data = ledger->content.data + *at;
    size_t left = ledger->content.size - *at;
    uint8_t before[DIGEST_BYTES], check[CHECK_BYTES], head[DIGEST_BYTES];
    *torn = left < BEFORE_BODY || is_zero(data, left);
    if (*torn) {
        return FAULT_NONE;
    }
    chain_head(before, ledger);
    length_check(check, before, data);
    size_t length = bytes_load_u32(data);
    if (memcmp(check, data + 4, CHECK_BYTES) != 0 || length < BODY_FIXED || length > LEDGER_BYTES_LIMIT) {
        return FAULT_LEDGER_DAMAGED;
    }
    size_t whole = BEFORE_BODY + length + DIGEST_BYTES;
    const uint8_t *stored = data + BEFORE_BODY + length;
    *torn = left < whole || (left == whole && is_zero(stored, DIGEST_BYTES));
    if (*torn) {
        return FAULT_NONE;
    }
    struct bytes body = {data + BEFORE_BODY, length};
    entry_head(head, before, data, body);
    if (memcmp(head, stored, DIGEST_BYTES) != 0) {
        return FAULT_LEDGER_DAMAGED;
    }
    *at += whole;
    return accept(ledger, body, head);
}

enum fault ledger_decode(struct ledger *out, struct bytes content) {
    *out = (struct ledger){0};
    struct bytes_reader in = bytes_reader_of(content);
    enum fault fault = bytes_take_beginning(&in, magic, LEDGER_VERSION, LEDGER_BYTES_LIMIT);
    if (!fault) {
        bytes_take(&in, out->sign_key, sizeof out->sign_key);
        fault = in.fault ? in.fault : key_check_sign(out->sign_key);
    }
    if (!fault) {
        bytes_put(&out->content, content.data, content.size);
        fault = out->content.fault;
    }
    size_t at = HEADER_BYTES;
    bool torn = false;
    while (!fault && !torn && at < content.size) {
        fault = take_entry(out, &at, &torn);
    }
    if (fault) {
        ledger_release(out);
        return fault;
    }
    out->torn = content.size - at;
    out->content.size = at;
    return FAULT_NONE;
}

/* A header that a power cut left unfinished says nothing, and is written again with the first entry. */
static bool is_unfinished_header(struct bytes content, const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES]) {
    struct ledger empty;
    bool unfinished = ledger_init(&empty, sign_key) == FAULT_NONE && content.size < HEADER_BYTES &&
                      (content.size == 0 || memcmp(content.data, empty.content.data, content.size) == 0 ||
                       is_zero(content.data, content.size));
    ledger_release(&empty);
    return unfinished;
}

enum fault ledger_open(struct ledger *out, const char *path,
                       const uint8_t sign_key[DIGEST_SIGN_PUBLIC_BYTES]) {
    struct bytes_buffer content = {0};
    enum fault fault = file_read(&content, path, LEDGER_BYTES_LIMIT);
    *out = (struct ledger){0};
    if (fault == FAULT_FILE_MISSING) {
        fault = ledger_init(out, sign_key);
    } else if (!fault && is_unfinished_header(bytes_buffer_view(&content), sign_key)) {
        fault = content.size ? file_cut(path, 0) : FAULT_NONE;
        fault = fault ? fault : ledger_init(out, sign_key);
    } else if (!fault) {
        fault = ledger_decode(out, bytes_buffer_view(&content));
        if (!fault && memcmp(out->sign_key, sign_key, sizeof out->sign_key) != 0) {
            fault = FAULT_KEY_WRONG;
        }
        if (!fault && out->torn) {
            fault = file_cut(path, out->content.size);
            out->torn = 0;
        }
        out->written = out->content.size;
    }
    bytes_buffer_release(&content);
    if (fault) {
        ledger_release(out);
    }
    return fault;
}

void ledger_head(uint8_t out[DIGEST_BYTES], const struct ledger *ledger) {
    memcpy(out, ledger->entry_count ? ledger->entry[ledger->entry_count - 1].head : nothing, DIGEST_BYTES);
}

bool ledger_knows(const struct ledger *ledger, const uint8_t head[DIGEST_BYTES]) {
    if (memcmp(head, nothing, DIGEST_BYTES) == 0) {
        return true;
    }
    for (size_t i = 0; i < ledger->entry_count; i++) {
        if (memcmp(ledger->entry[i].head, head, DIGEST_BYTES) == 0) {
            return true;
        }
    }
    return false;
}

void ledger_other_head(uint8_t out[DIGEST_BYTES], const struct ledger *ledger,
                       const uint8_t other_key[DIGEST_SIGN_PUBLIC_BYTES],
                       const uint8_t round_digest[DIGEST_BYTES]) {
    memset(out, 0, DIGEST_BYTES);
    for (size_t i = 0; i < ledger->entry_count; i++) {
        const struct ledger_entry *entry = &ledger->entry[i];
        bool hers = memcmp(entry->other_key, other_key, DIGEST_SIGN_PUBLIC_BYTES) == 0 &&
                    memcmp(entry->round_digest, round_digest, DIGEST_BYTES) == 0;
        if (hers && memcmp(entry->other_head, nothing, DIGEST_BYTES) != 0) {
            memcpy(out, entry->other_head, DIGEST_BYTES);
        }
    }
}

/*
 * How many ids two ascending lists share: of the batch, by way of the closing list, and of the ledger's
 * batch.
 */
static uint32_t shared_ids(const struct batch *batch, const struct closing *closing, const uint8_t *ids,
                           uint32_t count) {
    uint32_t shared = 0;
    for (uint32_t i = 0, j = 0; i < batch->record_count && j < count;) {
        int order =
            memcmp(closing->record[batch->record[i]].id, ids + (size_t)j * SHARE_ID_BYTES, SHARE_ID_BYTES);
        shared += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return shared;
}

static bool may_open(const struct ledger *ledger, const struct batch *batch, const struct closing *closing) {
    for (size_t i = 0; i < ledger->entry_count; i++) {
        for (uint16_t j = 0; j < ledger->entry[i].batch_count; j++) {
            const struct ledger_batch *old = &ledger->entry[i].batch[j];
            uint32_t shared = shared_ids(batch, closing, ledger->content.data + old->ids_at, old->id_count);
            bool identical = shared == batch->record_count && shared == old->id_count &&
                             memcmp(batch->digest, old->digest, DIGEST_BYTES) == 0;
            if (shared && !identical) {
                return false;
            }
        }
    }
    return true;
}

enum fault ledger_check_batches(const struct ledger *ledger, const struct batch_list *batches,
                                const struct closing *closing, uint16_t *at) {
    for (uint16_t i = 0; i < batches->batch_count; i++) {
        if (!may_open(ledger, &batches->batch[i], closing)) {
            *at = i;
            return FAULT_BATCH_OVERLAP;
        }
    }
    return FAULT_NONE;
}

static bool is_under(const struct ledger_entry *entry, const uint8_t closing_digest[DIGEST_BYTES]) {
    return memcmp(entry->closing_digest, closing_digest, DIGEST_BYTES) == 0;
}

static bool is_of_round(const struct ledger_entry *entry, const uint8_t round_digest[DIGEST_BYTES]) {
    return memcmp(entry->round_digest, round_digest, DIGEST_BYTES) == 0;
}

enum fault ledger_check_closing(const struct ledger *ledger, const struct closing *closing) {
    bool late = closing->number != 1, before = false, same = false, other = false;
    for (size_t i = 0; i < ledger->entry_count; i++) {
        const struct ledger_entry *entry = &ledger->entry[i];
        if (!is_of_round(entry, closing->round_digest)) {
            continue;
        }
        bool is_same = is_under(entry, closing->digest);
        bool is_before = late && is_under(entry, closing->previous);
        same = same || (is_same && entry->kind == LEDGER_OPENED);
        before = before || (is_before && entry->kind == LEDGER_OPENED);
        other = other || (!is_same && !is_before);
    }
    /*
     * List 1 cannot name the late list; that it was opened here before is what tells it from a second list 1.
     */
    if (other && (late || !same)) {
        return FAULT_ALREADY_CLOSED;
    }
    return late && !before ? FAULT_LEDGER_GAP : FAULT_NONE;
}

static bool is_of(const struct ledger_entry *entry, const struct batch_list *batches,
                  const struct closing *closing) {
    if (entry->kind != LEDGER_OPENED || entry->batch_count != batches->batch_count ||
        memcmp(entry->round_digest, closing->round_digest, DIGEST_BYTES) != 0 ||
        memcmp(entry->closing_digest, closing->digest, DIGEST_BYTES) != 0) {
        return false;
    }
    for (uint16_t i = 0; i < batches->batch_count; i++) {
        if (memcmp(entry->batch[i].digest, batches->batch[i].digest, DIGEST_BYTES) != 0) {
            return false;
        }
    }
    return true;
}

const struct ledger_entry *ledger_find_opened(const struct ledger *ledger, const struct batch_list *batches,
                                              const struct closing *closing) {
    for (size_t i = 0; i < ledger->entry_count; i++) {
        if (is_of(&ledger->entry[i], batches, closing)) {
            return &ledger->entry[i];
        }
    }
    return NULL;
}

enum fault ledger_check_whole(const struct ledger *ledger, const struct batch_list *batches,
                              const struct closing *closing) {
    bool whole = true;
    for (size_t i = 0; i < ledger->entry_count; i++) {
        const struct ledger_entry *entry = &ledger->entry[i];
        bool here = entry->kind == LEDGER_OPENED && is_of_round(entry, closing->round_digest) &&
                    is_under(entry, closing->digest);
        whole = whole && (!here || is_of(entry, batches, closing));
    }
    return whole ? FAULT_NONE : FAULT_BATCH_OVERLAP;
}

const struct ledger_entry *ledger_find_released(const struct ledger *ledger,
                                                const uint8_t round_digest[DIGEST_BYTES],
                                                const uint8_t closing_digest[DIGEST_BYTES]) {
    for (size_t i = 0; i < ledger->entry_count; i++) {
        const struct ledger_entry *entry = &ledger->entry[i];
        if (entry->kind == LEDGER_RELEASED && is_of_round(entry, round_digest) &&
            is_under(entry, closing_digest)) {
            return entry;
        }
    }
    return NULL;
}

bool ledger_has_opened(const struct ledger *ledger, const uint8_t round_digest[DIGEST_BYTES]) {
    for (size_t i = 0; i < ledger->entry_count; i++) {
        if (ledger->entry[i].kind == LEDGER_OPENED && is_of_round(&ledger->entry[i], round_digest)) {
            return true;
        }
    }
    return false;
}

static void put_beginning(struct bytes_buffer *body, enum ledger_kind kind, uint16_t batches,
                          const struct closing *closing, const uint8_t *other_key) {
    bytes_put_u8(body, (uint8_t)kind);
    bytes_put_u8(body, 0);
    bytes_put_u16(body, batches);
    bytes_put(body, closing->round_digest, DIGEST_BYTES);
    bytes_put(body, closing->digest, DIGEST_BYTES);
    bytes_put(body, other_key, DIGEST_SIGN_PUBLIC_BYTES);
}

static void put_batch(struct bytes_buffer *body, const struct batch *batch, const struct closing *closing) {
    bytes_put(body, batch->digest, DIGEST_BYTES);
    bytes_put_u32(body, batch->record_count);
    for (uint32_t i = 0; i < batch->record_count; i++) {
        bytes_put(body, closing->record[batch->record[i]].id, SHARE_ID_BYTES);
    }
}

/* Chains the body to the content; takes the body over. */
static enum fault add(struct ledger *ledger, struct bytes_buffer *body) {
    uint8_t before[DIGEST_BYTES], head[DIGEST_BYTES], check[CHECK_BYTES], length[4];
    size_t old_size = ledger->content.size;
    enum fault fault = body->fault;
    if (!fault && old_size + BEFORE_BODY + body->size + DIGEST_BYTES > LEDGER_BYTES_LIMIT) {
        fault = FAULT_LIMIT;
    }
    if (!fault) {
        chain_head(before, ledger);
        bytes_store_u32(length, (uint32_t)body->size);
        length_check(check, before, length);
        entry_head(head, before, length, bytes_buffer_view(body));
        bytes_put(&ledger->content, length, sizeof length);
        bytes_put(&ledger->content, check, sizeof check);
        bytes_put(&ledger->content, body->data, body->size);
        bytes_put(&ledger->content, head, sizeof head);
        fault = ledger->content.fault;
    }
    if (!fault) {
        struct bytes stored = {ledger->content.data + old_size + BEFORE_BODY, body->size};
        fault = accept(ledger, stored, head);
    }
    if (fault) {
        ledger->content.size = old_size;
    }
    bytes_buffer_release(body);
    return fault;
}

enum fault ledger_add_opened(struct ledger *ledger, const struct batch_list *batches,
                             const struct closing *closing, const struct round *round, int holder,
                             const uint8_t other_head[DIGEST_BYTES]) {
    struct bytes_buffer body = {0};
    put_beginning(&body, LEDGER_OPENED, batches->batch_count, closing, round->holder[1 - holder].sign_key);
    bytes_put(&body, other_head, DIGEST_BYTES);
    bytes_put(&body, nothing, DIGEST_BYTES);
    for (uint16_t i = 0; i < batches->batch_count; i++) {
        put_batch(&body, &batches->batch[i], closing);
    }
    return add(ledger, &body);
}

enum fault ledger_add_released(struct ledger *ledger, const struct closing *closing,
                               const struct round *round, int holder,
                               const uint8_t release_digest[DIGEST_BYTES]) {
    struct bytes_buffer body = {0};
    put_beginning(&body, LEDGER_RELEASED, 0, closing, round->holder[1 - holder].sign_key);
    bytes_put(&body, nothing, DIGEST_BYTES);
    bytes_put(&body, release_digest, DIGEST_BYTES);
    return add(ledger, &body);
}

enum fault ledger_write(struct ledger *ledger, const char *path) {
    struct bytes missing = {ledger->content.data + ledger->written, ledger->content.size - ledger->written};
    if (missing.size == 0) {
        return FAULT_NONE;
    }
    enum fault fault = file_append(path, missing);
    if (!fault) {
        ledger->written = ledger->content.size;
    }
    return fault;
}
