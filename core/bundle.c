/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle.h"

#include <stdlib.h>
#include <string.h>

#include "key.h"
#include "round.h"

static const uint8_t MAGIC[8] = {'K', 'L', 'B', 'b', 'n', 'd', 'l', '\n'};

static bool is_committed(const struct bundle_header *header) {
    return (header->flags & BUNDLE_FLAG_COMMITTED) != 0;
}

size_t bundle_sealed1_bytes(const struct bundle_header *header) {
    return contribution_sealed1_bytes(is_committed(header));
}

size_t bundle_contribution_bytes(const struct bundle_header *header) {
    return contribution_bytes(header->counter_count, is_committed(header));
}

static enum fault check_header(const struct bundle_header *header) {
    bool inside = (header->flags & ~BUNDLE_FLAGS) == 0 && header->class_number >= 1 &&
                  header->present <= ROUND_HEADS && header->limit <= BUNDLE_RECORDS &&
                  header->damaged <= BUNDLE_RECORDS && header->counter_count >= 1 &&
                  header->counter_count <= LAYOUT_COUNTERS && header->count <= BUNDLE_RECORDS;
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        inside = inside && header->absent[i] <= ROUND_HEADS;
    }
    return inside ? FAULT_NONE : FAULT_LIMIT;
}

static void put_header(struct bytes_buffer *out, const struct bundle_header *header) {
    bytes_put(out, MAGIC, sizeof MAGIC);
    bytes_put_u16(out, BUNDLE_VERSION);
    bytes_put_u16(out, header->flags);
    bytes_put(out, header->id, sizeof header->id);
    bytes_put(out, header->round_digest, sizeof header->round_digest);
    bytes_put(out, header->layout_digest, sizeof header->layout_digest);
    bytes_put(out, header->kiosk_key, sizeof header->kiosk_key);
    bytes_put_u16(out, header->class_number);
    bytes_put_u16(out, header->present);
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        bytes_put_u16(out, header->absent[i]);
    }
    bytes_put_u16(out, header->limit);
    bytes_put_u16(out, header->damaged);
    bytes_put_u32(out, header->counter_count);
    bytes_put_u32(out, header->count);
}

/* Magic and version have been read. */
static void take_header(struct bytes_reader *in, struct bundle_header *header) {
    header->flags = bytes_take_u16(in);
    bytes_take(in, header->id, sizeof header->id);
    bytes_take(in, header->round_digest, sizeof header->round_digest);
    bytes_take(in, header->layout_digest, sizeof header->layout_digest);
    bytes_take(in, header->kiosk_key, sizeof header->kiosk_key);
    header->class_number = bytes_take_u16(in);
    header->present = bytes_take_u16(in);
    for (int i = 0; i < BUNDLE_ABSENCES; i++) {
        header->absent[i] = bytes_take_u16(in);
    }
    header->limit = bytes_take_u16(in);
    header->damaged = bytes_take_u16(in);
    header->counter_count = bytes_take_u32(in);
    header->count = bytes_take_u32(in);
}

static int compare_ids(const void *a, const void *b) {
    return memcmp(*(const uint8_t *const *)a, *(const uint8_t *const *)b, SHARE_ID_BYTES);
}

/* The records' beginnings, ascending by id; *out is the caller's to free. */
static enum fault sort_records(const uint8_t ***out, const struct bundle_header *header,
                               const uint8_t *records) {
    size_t size = bundle_contribution_bytes(header);
    *out = malloc((header->count + (size_t)1) * sizeof **out);
    if (!*out) {
        return FAULT_MEMORY;
    }
    for (uint32_t i = 0; i < header->count; i++) {
        (*out)[i] = records + i * size;
    }
    qsort(*out, header->count, sizeof **out, compare_ids);
    for (uint32_t i = 1; i < header->count; i++) {
        if (memcmp((*out)[i - 1], (*out)[i], SHARE_ID_BYTES) == 0) {
            return FAULT_RECORD_ORDER;
        }
    }
    return FAULT_NONE;
}

static void put_index(struct bytes_buffer *out, const struct bundle_header *header, const uint8_t **record) {
    size_t size = bundle_contribution_bytes(header) - SHARE_ID_BYTES;
    for (uint32_t i = 0; i < header->count; i++) {
        uint8_t digest[DIGEST_BYTES];
        contribution_digest(digest, record[i], (struct bytes){record[i] + SHARE_ID_BYTES, size});
        bytes_put(out, record[i], SHARE_ID_BYTES);
        bytes_put(out, digest, sizeof digest);
    }
}

static void put_signature(struct bytes_buffer *out, const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    uint8_t digest[DIGEST_BYTES];
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    digest_make(digest, DIGEST_BUNDLE, bytes_buffer_view(out));
    digest_sign(signature, DIGEST_BUNDLE, digest, secret_key);
    bytes_put(out, signature, sizeof signature);
}

enum fault bundle_encode(struct bytes_buffer *out, const struct bundle_header *header, const uint8_t *records,
                         const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    struct bytes_buffer content = {0};
    const uint8_t **record = NULL;
    enum fault fault = check_header(header);
    fault = fault ? fault : key_check_pair(secret_key, header->kiosk_key);
    fault = fault ? fault : sort_records(&record, header, records);
    if (fault) {
        goto done;
    }
    put_header(&content, header);
    put_index(&content, header, record);
    put_signature(&content, secret_key);
    for (uint32_t i = 0; i < header->count; i++) {
        bytes_put(&content, record[i] + SHARE_ID_BYTES, bundle_contribution_bytes(header) - SHARE_ID_BYTES);
    }
    bytes_put(out, content.data, content.fault ? 0 : content.size);
    fault = content.fault ? content.fault : out->fault;
done:
    free(record);
    bytes_buffer_release(&content);
    return fault;
}

/* Limits keep every product far below 2^32: at most 4096 records of 66 kB. */
static enum fault check_size(struct bundle *bundle, struct bytes_reader *in) {
    uint64_t count = bundle->header.count;
    uint64_t record = (uint64_t)bundle_contribution_bytes(&bundle->header) - SHARE_ID_BYTES;
    uint64_t expected = count * BUNDLE_INDEX_ENTRY_BYTES + DIGEST_SIGNATURE_BYTES + count * record;
    if (bytes_left(in) != expected) {
        return bytes_left(in) < expected ? FAULT_TRUNCATED : FAULT_TRAILING;
    }
    bundle->record_size = (size_t)record;
    bundle->index = bytes_take_view(in, (size_t)count * BUNDLE_INDEX_ENTRY_BYTES);
    return FAULT_NONE;
}

static enum fault check_order(const struct bundle *bundle) {
    for (uint32_t i = 1; i < bundle->header.count; i++) {
        const uint8_t *entry = bundle->index.data + (size_t)i * BUNDLE_INDEX_ENTRY_BYTES;
        if (memcmp(entry - BUNDLE_INDEX_ENTRY_BYTES, entry, SHARE_ID_BYTES) >= 0) {
            return FAULT_RECORD_ORDER;
        }
    }
    return FAULT_NONE;
}

/* Everything up to the signature, whose bytes `signature` views. */
static enum fault take_all(struct bundle *bundle, struct bytes *signature, struct bytes content) {
    struct bytes_reader in = bytes_reader_of(content);
    enum fault fault = bytes_take_beginning(&in, MAGIC, BUNDLE_VERSION, SIZE_MAX);
    if (fault) {
        return fault;
    }
    take_header(&in, &bundle->header);
    fault = in.fault ? in.fault : check_header(&bundle->header);
    fault = fault ? fault : check_size(bundle, &in);
    fault = fault ? fault : check_order(bundle);
    if (!fault) {
        digest_make(bundle->digest, DIGEST_BUNDLE, (struct bytes){in.data, in.at});
        *signature = bytes_take_view(&in, DIGEST_SIGNATURE_BYTES);
        bundle->records = bytes_take_view(&in, bytes_left(&in));
    }
    return fault;
}

enum fault bundle_decode(struct bundle *out, struct bytes content) {
    return bundle_decode_for(out, content, NULL);
}

enum fault bundle_decode_for(struct bundle *out, struct bytes content, const struct round *round) {
    struct bundle bundle = {0};
    struct bytes signature = {0};
    enum fault fault = take_all(&bundle, &signature, content);
    /* Looking at a point costs as much as verifying; the round's own keys were looked at when it was read. */
    if (!fault && !(round && round_find_kiosk(round, bundle.header.kiosk_key))) {
        fault = key_check_sign(bundle.header.kiosk_key);
    }
    fault =
        fault ? fault : digest_verify(signature.data, DIGEST_BUNDLE, bundle.digest, bundle.header.kiosk_key);
    *out = fault ? (struct bundle){0} : bundle;
    return fault;
}

enum fault bundle_decode_known(struct bundle *out, struct bytes content, const uint8_t digest[DIGEST_BYTES]) {
    struct bundle bundle = {0};
    struct bytes signature = {0};
    enum fault fault = take_all(&bundle, &signature, content);
    if (!fault && memcmp(bundle.digest, digest, DIGEST_BYTES) != 0) {
        fault = FAULT_DIGEST;
    }
    *out = fault ? (struct bundle){0} : bundle;
    return fault;
}

enum fault bundle_belongs(const struct bundle *bundle, const struct round *round, uint32_t counter_count) {
    const struct bundle_header *header = &bundle->header;
    if (memcmp(header->round_digest, round->digest, DIGEST_BYTES) != 0) {
        return FAULT_ROUND_OTHER;
    }
    if (memcmp(header->layout_digest, round->layout_digest, DIGEST_BYTES) != 0 ||
        header->counter_count != counter_count ||
        is_committed(header) != questionnaire_has_breakdown(round->questionnaire)) {
        return FAULT_LAYOUT_MISMATCH;
    }
    if (!round_find_kiosk(round, header->kiosk_key)) {
        return FAULT_KIOSK_UNKNOWN;
    }
    return round_find_class(round, header->class_number) ? FAULT_NONE : FAULT_CLASS_UNKNOWN;
}

enum fault bundle_record_at(struct bundle_record *out, const struct bundle *bundle, uint32_t at) {
    *out = (struct bundle_record){0};
    if (at >= bundle->header.count) {
        return FAULT_MISUSE;
    }
    const uint8_t *entry = bundle->index.data + (size_t)at * BUNDLE_INDEX_ENTRY_BYTES;
    const uint8_t *shares = bundle->records.data + (size_t)at * bundle->record_size;
    *out = (struct bundle_record){entry, entry + SHARE_ID_BYTES, shares,
                                  shares + bundle_sealed1_bytes(&bundle->header)};
    uint8_t digest[DIGEST_BYTES];
    contribution_digest(digest, out->id, (struct bytes){shares, bundle->record_size});
    return memcmp(digest, out->digest, sizeof digest) == 0 ? FAULT_NONE : FAULT_RECORD_DAMAGED;
}
