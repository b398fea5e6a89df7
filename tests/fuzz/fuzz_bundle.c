/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Property: what decodes, with all records whole, re-encodes to the same bytes. Every input is read as it is,
 * and once more with its index put right and signed by a known kiosk.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/sample_round.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool gather(uint8_t *records, const struct bundle *bundle) {
    for (uint32_t i = 0; i < bundle->header.count; i++) {
        struct bundle_record record;
        if (bundle_record_at(&record, bundle, i)) {
            return false;
        }
        memcpy(records, record.id, SHARE_ID_BYTES);
        memcpy(records + SHARE_ID_BYTES, record.sealed1, bundle->record_size);
        records += SHARE_ID_BYTES + bundle->record_size;
    }
    return true;
}

static void check(struct bytes content, const uint8_t secret_key[64]) {
    struct bundle bundle;
    struct bytes_buffer again = {0};
    if (bundle_decode(&bundle, content)) {
        return;
    }
    uint8_t *records = malloc(content.size);
    if (records && gather(records, &bundle)) {
        enum fault fault = bundle_encode(&again, &bundle.header, records, secret_key);
        if (fault != FAULT_KEY_WRONG &&
            (fault || again.size != content.size || memcmp(again.data, content.data, again.size) != 0)) {
            abort();
        }
    }
    free(records);
    bytes_buffer_release(&again);
}

/* Gives every record its digest and signs, as far as the counts in the header fit the size. */
static void put_right(uint8_t *copy, size_t size, const uint8_t public_key[32],
                      const uint8_t secret_key[64]) {
    uint8_t digest[DIGEST_BYTES];
    uint64_t counters = bytes_load_u32(copy + 140);
    uint64_t count = bytes_load_u32(copy + 144);
    memcpy(copy + 92, public_key, 32);
    if (counters > 1u << 16 || 148 + 64 + count * (48 + 376 + 4 * counters) != size) {
        return;
    }
    size_t record_size = 376 + 4 * (size_t)counters;
    uint8_t *record = copy + 148 + 48 * count + 64;
    for (uint64_t i = 0; i < count; i++) {
        contribution_digest(copy + 148 + 48 * i + 16, copy + 148 + 48 * i,
                            (struct bytes){record, record_size});
        record += record_size;
    }
    digest_make(digest, DIGEST_BUNDLE, (struct bytes){copy, 148 + 48 * count});
    digest_sign(copy + 148 + 48 * count, DIGEST_BUNDLE, digest, secret_key);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t public_key[32], secret_key[64];
    sample_sign_key(public_key, secret_key, 100);
    check((struct bytes){data, size}, secret_key);
    if (size >= 148 + 64 && size < 1 << 16) {
        uint8_t *copy = malloc(size);
        if (copy) {
            memcpy(copy, data, size);
            put_right(copy, size, public_key, secret_key);
            check((struct bytes){copy, size}, secret_key);
        }
        free(copy);
    }
    return 0;
}
