/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever bytes come in: no crash, and what decodes is written again as the same bytes. */
#include <stdlib.h>
#include <string.h>

#include "aggregator/release.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth) {
    if (!truth) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct bytes content = {data, size};
    struct release *release = NULL;
    if (release_decode(&release, content) == FAULT_NONE) {
        struct bytes_buffer again = {0};
        release_put_body(&again, release);
        must(!again.fault && again.size + DIGEST_SIGNATURE_BYTES == size &&
             memcmp(again.data, data, again.size) == 0);
        bytes_buffer_release(&again);
    }
    release_free(release);
    return 0;
}
