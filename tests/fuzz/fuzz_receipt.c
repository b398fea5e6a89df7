/* SPDX-License-Identifier: Apache-2.0 */
/* Property: what decodes re-encodes to the same bytes, and has the bundles it names. */
#include <stdlib.h>
#include <string.h>

#include "core/receipt.h"
#include "tests/sample_round.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check(struct bytes content, const struct round *round) {
    struct receipt receipt = {0};
    struct bytes_buffer again = {0};
    if (receipt_decode(&receipt, content, round)) {
        must(receipt.bundle == NULL && receipt.bundle_count == 0);
        return;
    }
    must(receipt_has(&receipt, receipt.bundle + (size_t)(receipt.bundle_count - 1) * DIGEST_BYTES));
    must(!receipt_encode(&again, &receipt) && again.size == content.size &&
         memcmp(again.data, content.data, again.size) == 0);
    bytes_buffer_release(&again);
    receipt_release(&receipt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct sample_round *sample;
    sample = sample ? sample : sample_round_small();
    check((struct bytes){data, size}, sample->round);
    size_t body =
        size < RECEIPT_HEAD_BYTES ? 0 : RECEIPT_HEAD_BYTES + DIGEST_BYTES * (size_t)bytes_load_u32(data + 74);
    uint8_t *copy = body > 0 && body < size ? malloc(body + 1) : NULL;
    if (copy) { /* the same without signatures */
        memcpy(copy, data, body);
        copy[body] = 0;
        check((struct bytes){copy, body + 1}, sample->round);
    }
    free(copy);
    return 0;
}
