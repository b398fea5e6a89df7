/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever bytes come in: no crash, and what decodes is written again as the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "aggregator/aggregate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth) {
    if (!truth) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct bytes content = {data, size};
    struct aggregate_head head;
    struct bytes sealed;
    if (aggregate_decode_sizes(&head, &sealed, content) == FAULT_NONE) {
        struct bytes_buffer again = {0};
        aggregate_put_head(&again, &head, sealed.size);
        bytes_put(&again, sealed.data, sealed.size);
        must(!again.fault && again.size + DIGEST_SIGNATURE_BYTES == size &&
             memcmp(again.data, data, again.size) == 0);
        bytes_buffer_release(&again);
    }
    return 0;
}
