/* SPDX-License-Identifier: Apache-2.0 */
#include "secret.h"

#include <sodium.h>
#include <string.h>

enum fault secret_new(void **out, size_t size) {
    *out = NULL;
    if (sodium_init() < 0) {
        return FAULT_SODIUM;
    }
    void *secret = sodium_malloc(size);
    if (!secret) {
        return FAULT_MEMORY;
    }
    if (sodium_mlock(secret, size) != 0) {
        sodium_free(secret);
        return FAULT_MEMORY_LOCK;
    }
    memset(secret, 0, size);
    *out = secret;
    return FAULT_NONE;
}

void *secret_free(void *secret) {
    sodium_free(secret);
    return NULL;
}

void secret_wipe(void *data, size_t size) {
    sodium_memzero(data, size);
}
