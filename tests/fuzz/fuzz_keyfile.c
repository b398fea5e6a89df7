/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What decodes re-encodes to the same bytes: the content of a key file. Its header is read too; the slow key
 * derivation is not run.
 */
#include <stdlib.h>
#include <string.h>

#include "aggregator/keyfile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_header(const uint8_t *data, size_t size) {
    struct keyfile_header header;
    if (keyfile_header_decode(&header, (struct bytes){data, size}) == FAULT_NONE &&
        (header.memory > KEYFILE_MEMORY_LIMIT || header.passes > KEYFILE_PASSES_LIMIT ||
         size != KEYFILE_BYTES)) {
        abort();
    }
}

/* The rest is zero, as where there are no entries; so short inputs reach every check. */
static void check_content(const uint8_t *data, size_t size) {
    static uint8_t plain[KEYFILE_PLAIN_BYTES], again[KEYFILE_PLAIN_BYTES];
    static struct keyfile keys;
    memset(plain, 0, sizeof plain);
    memset(&keys, 0, sizeof keys);
    memcpy(plain, data, size < sizeof plain ? size : sizeof plain);
    if (keyfile_plain_decode(&keys, plain) == FAULT_NONE) {
        keyfile_plain_encode(again, &keys);
        if (memcmp(plain, again, sizeof plain) != 0) {
            abort();
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (sodium_init() < 0) {
        abort();
    }
    if (size) {
        check_header(data, size);
        check_content(data, size);
    }
    return 0;
}
