/* SPDX-License-Identifier: Apache-2.0 */
#include "prepare.h"

#include <stdlib.h>
#include <string.h>

#include "core/key.h"

enum { FIXED_BYTES = 8 + 2 + 1 + 5 * DIGEST_BYTES + 8, EXCLUDED_LIMIT = 10000 };

static const uint8_t magic[8] = {'K', 'L', 'B', 'p', 'r', 'e', 'p', '\n'};

void prepare_release(struct prepare *prepare) {
    free(prepare->unopened.ids);
    free(prepare->excluded.ids);
    *prepare = (struct prepare){0};
}

/* How many ids come before `id`. */
static uint32_t place_of(const struct prepare_ids *ids, const uint8_t id[SHARE_ID_BYTES]) {
    uint32_t low = 0, high = ids->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (memcmp(ids->ids + (size_t)middle * SHARE_ID_BYTES, id, SHARE_ID_BYTES) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool prepare_ids_have(const struct prepare_ids *ids, const uint8_t id[SHARE_ID_BYTES]) {
    uint32_t place = place_of(ids, id);
    return place < ids->count && memcmp(ids->ids + (size_t)place * SHARE_ID_BYTES, id, SHARE_ID_BYTES) == 0;
}

enum fault prepare_ids_add(struct prepare_ids *ids, const uint8_t id[SHARE_ID_BYTES]) {
    if (prepare_ids_have(ids, id)) {
        return FAULT_NONE;
    }
    size_t place = (size_t)place_of(ids, id) * SHARE_ID_BYTES;
    size_t size = (size_t)ids->count * SHARE_ID_BYTES;
    uint8_t *more = realloc(ids->ids, size + SHARE_ID_BYTES);
    if (!more) {
        return FAULT_MEMORY;
    }
    memmove(more + place + SHARE_ID_BYTES, more + place, size - place);
    memcpy(more + place, id, SHARE_ID_BYTES);
    ids->ids = more;
    ids->count++;
    return FAULT_NONE;
}

enum fault prepare_id_parse(uint8_t out[SHARE_ID_BYTES], const char *text) {
    size_t size = 0;
    const char *end = NULL;
    bool well = sodium_hex2bin(out, SHARE_ID_BYTES, text, strlen(text), "-", &size, &end) == 0 &&
                *end == '\0' && size == SHARE_ID_BYTES;
    return well ? FAULT_NONE : FAULT_USAGE;
}

static bool ids_ascend(const struct prepare_ids *ids) {
    for (uint32_t i = 1; i < ids->count; i++) {
        const uint8_t *at = ids->ids + (size_t)i * SHARE_ID_BYTES;
        if (memcmp(at - SHARE_ID_BYTES, at, SHARE_ID_BYTES) >= 0) {
            return false;
        }
    }
    return true;
}

static void put_ids(struct bytes_buffer *out, const struct prepare_ids *ids) {
    if (ids->count) {
        bytes_put(out, ids->ids, (size_t)ids->count * SHARE_ID_BYTES);
    }
}

void prepare_put_body(struct bytes_buffer *out, const struct prepare *prepare) {
    bytes_put(out, magic, sizeof magic);
    bytes_put_u16(out, PREPARE_VERSION);
    bytes_put_u8(out, prepare->holder);
    bytes_put(out, prepare->round_digest, DIGEST_BYTES);
    bytes_put(out, prepare->closing_digest, DIGEST_BYTES);
    bytes_put(out, prepare->sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    bytes_put(out, prepare->own_head, DIGEST_BYTES);
    bytes_put(out, prepare->other_head, DIGEST_BYTES);
    bytes_put_u32(out, prepare->unopened.count);
    bytes_put_u32(out, prepare->excluded.count);
    put_ids(out, &prepare->unopened);
    put_ids(out, &prepare->excluded);
}

enum fault prepare_encode(struct bytes_buffer *out, struct prepare *prepare,
                          const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    if (prepare->holder > 1 || prepare->unopened.count > CLOSING_RECORDS ||
        prepare->excluded.count > EXCLUDED_LIMIT) {
        return FAULT_LIMIT;
    }
    if (!ids_ascend(&prepare->unopened) || !ids_ascend(&prepare->excluded)) {
        return FAULT_RECORD_ORDER;
    }
    enum fault fault = key_check_pair(secret_key, prepare->sign_key);
    if (fault) {
        return fault;
    }
    size_t start = out->size;
    prepare_put_body(out, prepare);
    if (!out->fault) {
        digest_make(prepare->digest, DIGEST_PREPARE, (struct bytes){out->data + start, out->size - start});
        digest_sign(signature, DIGEST_PREPARE, prepare->digest, secret_key);
        bytes_put(out, signature, sizeof signature);
    }
    return out->fault;
}

static enum fault take_ids(struct prepare_ids *out, struct bytes_reader *in) {
    size_t size = (size_t)out->count * SHARE_ID_BYTES;
    out->ids = malloc(size + 1);
    if (!out->ids) {
        return FAULT_MEMORY;
    }
    bytes_take(in, out->ids, size);
    return in->fault ? in->fault : ids_ascend(out) ? FAULT_NONE : FAULT_RECORD_ORDER;
}

static void take_fixed(struct prepare *out, struct bytes_reader *in) {
    out->holder = bytes_take_u8(in);
    bytes_take(in, out->round_digest, DIGEST_BYTES);
    bytes_take(in, out->closing_digest, DIGEST_BYTES);
    bytes_take(in, out->sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    bytes_take(in, out->own_head, DIGEST_BYTES);
    bytes_take(in, out->other_head, DIGEST_BYTES);
    out->unopened.count = bytes_take_u32(in);
    out->excluded.count = bytes_take_u32(in);
}

static enum fault take_signature(struct prepare *out, struct bytes_reader *in, struct bytes content) {
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    digest_make(out->digest, DIGEST_PREPARE, (struct bytes){content.data, in->at});
    bytes_take(in, signature, sizeof signature);
    enum fault fault = bytes_finish(in);
    fault = fault ? fault : key_check_sign(out->sign_key);
    return fault ? fault : digest_verify(signature, DIGEST_PREPARE, out->digest, out->sign_key);
}

enum fault prepare_decode(struct prepare *out, struct bytes content) {
    struct bytes_reader in = bytes_reader_of(content);
    *out = (struct prepare){0};
    enum fault fault = bytes_take_beginning(&in, magic, PREPARE_VERSION, PREPARE_BYTES_LIMIT);
    if (fault) {
        return fault;
    }
    take_fixed(out, &in);
    fault = in.fault;
    if (!fault &&
        (out->holder > 1 || out->unopened.count > CLOSING_RECORDS || out->excluded.count > EXCLUDED_LIMIT)) {
        fault = FAULT_LIMIT;
    }
    if (!fault) {
        size_t ids = (size_t)SHARE_ID_BYTES * ((size_t)out->unopened.count + out->excluded.count);
        size_t size = FIXED_BYTES + ids + DIGEST_SIGNATURE_BYTES;
        fault = content.size < size ? FAULT_TRUNCATED : content.size > size ? FAULT_TRAILING : FAULT_NONE;
    }
    fault = fault ? fault : take_ids(&out->unopened, &in);
    fault = fault ? fault : take_ids(&out->excluded, &in);
    fault = fault ? fault : take_signature(out, &in, content);
    if (fault) {
        prepare_release(out);
    }
    return fault;
}

/* One key holder's look at every record. */
struct look {
    const struct opening *opening;
    const struct opening_holder *holder;
    struct unseal_scratch scratch;
    struct prepare_ids *unopened;
};

static enum fault try_record(void *context, const struct opening_record *record) {
    struct look *look = context;
    struct contribution_context sealed_in;
    opening_context(&sealed_in, look->opening, record->bundle);
    /* Without targets: opened and checked, added to nothing. */
    enum fault fault = unseal_add(NULL, 0, &look->scratch, look->holder->key,
                                  (uint16_t)(look->holder->number + 1), &sealed_in, record->record.id,
                                  opening_sealed(look->opening, look->holder->number, &record->record));
    if (fault == FAULT_RECORD_SEALED || fault == FAULT_RECORD_CONTENT) {
        fault = prepare_ids_add(look->unopened, record->record.id);
    }
    return fault;
}

static int id_order(const void *key, const void *element) {
    return memcmp(key, ((const struct closing_record *)element)->id, SHARE_ID_BYTES);
}

static const struct closing_record *find_record(const struct closing *closing, const uint8_t *id) {
    return closing->record_count
               ? bsearch(id, closing->record, closing->record_count, sizeof *closing->record, id_order)
               : NULL;
}

static bool all_listed(const struct prepare_ids *ids, const struct closing *closing) {
    for (uint32_t i = 0; i < ids->count; i++) {
        if (!find_record(closing, ids->ids + (size_t)i * SHARE_ID_BYTES)) {
            return false;
        }
    }
    return true;
}

static enum fault begin(struct prepare *out, const struct opening *opening,
                        const struct opening_holder *holder) {
    struct ledger ledger = {0};
    const struct round *round = opening->round;
    enum fault fault = opening_holder_check(opening, holder);
    fault = fault ? fault : ledger_open(&ledger, holder->ledger_path, round->holder[holder->number].sign_key);
    if (!fault) {
        out->holder = (uint8_t)holder->number;
        memcpy(out->round_digest, round->digest, DIGEST_BYTES);
        memcpy(out->closing_digest, opening->closing->digest, DIGEST_BYTES);
        memcpy(out->sign_key, round->holder[holder->number].sign_key, DIGEST_SIGN_PUBLIC_BYTES);
        ledger_head(out->own_head, &ledger);
        ledger_other_head(out->other_head, &ledger, round->holder[1 - holder->number].sign_key,
                          round->digest);
    }
    ledger_release(&ledger);
    return fault;
}

enum fault prepare_make(struct prepare *out, const struct opening *opening,
                        const struct opening_holder *holder, struct prepare_ids *excluded, uint32_t *failed) {
    *out = (struct prepare){0};
    struct look look = {.opening = opening, .holder = holder, .unopened = &out->unopened};
    enum fault fault = begin(out, opening, holder);
    if (!fault && !all_listed(excluded, opening->closing)) {
        fault = FAULT_USAGE;
    }
    fault = fault ? fault : unseal_scratch_new(&look.scratch, opening->layout.counter_count);
    fault = fault ? fault : opening_walk(opening, OPENING_BY_SIGNATURE, try_record, &look, failed);
    unseal_scratch_release(&look.scratch);
    if (fault) {
        prepare_release(out);
    } else {
        out->excluded = *excluded;
        *excluded = (struct prepare_ids){0};
    }
    return fault;
}

static bool ids_equal(const struct prepare_ids *a, const struct prepare_ids *b) {
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->ids, b->ids, (size_t)a->count * SHARE_ID_BYTES) == 0);
}

static bool all_in(const struct prepare_ids *ids, const struct prepare_ids *in) {
    for (uint32_t i = 0; i < ids->count; i++) {
        if (!prepare_ids_have(in, ids->ids + (size_t)i * SHARE_ID_BYTES)) {
            return false;
        }
    }
    return true;
}

static enum fault check_one(const struct prepare *prepare, int holder, const struct opening *opening) {
    if (memcmp(prepare->round_digest, opening->round->digest, DIGEST_BYTES) != 0) {
        return FAULT_ROUND_OTHER;
    }
    if (prepare->holder != holder ||
        memcmp(prepare->sign_key, opening->round->holder[holder].sign_key, DIGEST_SIGN_PUBLIC_BYTES) != 0) {
        return FAULT_KEY_WRONG;
    }
    bool same = memcmp(prepare->closing_digest, opening->closing->digest, DIGEST_BYTES) == 0;
    return same && all_listed(&prepare->excluded, opening->closing) ? FAULT_NONE : FAULT_STATEMENTS_DIFFER;
}

enum fault prepare_check_pair(const struct prepare *first, const struct prepare *second,
                              const struct opening *opening) {
    enum fault fault = check_one(first, 0, opening);
    fault = fault ? fault : check_one(second, 1, opening);
    if (!fault && !ids_equal(&first->excluded, &second->excluded)) {
        fault = FAULT_STATEMENTS_DIFFER;
    }
    if (!fault &&
        (!all_in(&first->unopened, &first->excluded) || !all_in(&second->unopened, &first->excluded))) {
        fault = FAULT_RECORD_SEALED;
    }
    return fault;
}

static enum fault derive(struct batch_list *out, const struct opening *opening,
                         const struct prepare_ids *excluded) {
    uint32_t *index = calloc((size_t)excluded->count + 1, sizeof *index);
    if (!index) {
        return FAULT_MEMORY;
    }
    for (uint32_t i = 0; i < excluded->count; i++) {
        const struct closing_record *record =
            find_record(opening->closing, excluded->ids + (size_t)i * SHARE_ID_BYTES);
        index[i] = (uint32_t)(record - opening->closing->record);
    }
    enum fault fault = batch_derive(out, opening->round, opening->closing, index, excluded->count);
    free(index);
    return fault;
}

/* batch_derive promises it; a key holder's program looks for itself before it adds up. */
static enum fault check_sizes(const struct batch_list *batches, uint32_t least, uint16_t *at) {
    for (uint16_t i = 0; i < batches->batch_count; i++) {
        if (batches->batch[i].record_count < least) {
            *at = i;
            return FAULT_BATCH_TOO_SMALL;
        }
    }
    return batches->batch_count ? FAULT_NONE : FAULT_BATCH_TOO_SMALL;
}

enum fault prepare_batches(struct batch_list *out, const struct opening *opening,
                           const struct prepare pair[2], int holder, const struct ledger *ledger,
                           uint16_t *at) {
    *out = (struct batch_list){0};
    enum fault fault = prepare_check_pair(&pair[0], &pair[1], opening);
    if (!fault && (!ledger_knows(ledger, pair[1 - holder].other_head) ||
                   !ledger_knows(ledger, pair[holder].own_head))) {
        fault = FAULT_LEDGER_OLD;
    }
    fault = fault ? fault : ledger_check_closing(ledger, opening->closing);
    fault = fault ? fault : derive(out, opening, &pair[0].excluded);
    fault = fault ? fault : check_sizes(out, batch_least(opening->round), at);
    fault = fault ? fault : ledger_check_batches(ledger, out, opening->closing, at);
    if (fault) {
        batch_list_release(out);
    }
    return fault;
}
