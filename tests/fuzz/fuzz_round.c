/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Property: what decodes re-encodes to the same bytes, and a round without unknown fields makes the same body
 * again. Every input is read as it is, and once more with the digests of its questionnaire and layout put
 * right and without signatures.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/sample_round.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds) {
        abort();
    }
}

static void check(struct bytes content) {
    struct round *round = NULL;
    struct bytes_buffer again = {0};
    if (round_decode(&round, content)) {
        must(round == NULL);
        return;
    }
    must(!round_encode(&again, round) && again.size == content.size &&
         memcmp(again.data, content.data, again.size) == 0);
    bytes_buffer_release(&again);
    size_t size = round->body.size;
    uint8_t digest[DIGEST_BYTES];
    memcpy(digest, round->digest, sizeof digest);
    must(!round_seal_body(round) && round->body.size <= size);
    must(round->body.size < size || memcmp(digest, round->digest, sizeof digest) == 0);
    round_free(round);
}

static void set_digests(const struct bytes *value, uint8_t *questionnaire_digest, uint8_t *layout_digest) {
    struct questionnaire *questionnaire = NULL;
    struct layout layout = {0};
    if (!questionnaire_decode(&questionnaire, *value) && !layout_derive(&layout, questionnaire)) {
        memcpy(layout_digest, layout.digest, DIGEST_BYTES);
        digest_make(questionnaire_digest, DIGEST_QUESTIONNAIRE, *value);
    }
    layout_release(&layout);
    questionnaire_free(questionnaire);
}

/* Finds fields 16, 17 and 18; false unless all are there and the two digests have their size. */
static bool put_right(uint8_t *copy, size_t body) {
    struct bytes_reader in = bytes_reader_of((struct bytes){copy, body});
    struct bytes found[3] = {{0}};
    (void)bytes_take_view(&in, 14);
    while (!in.fault && bytes_left(&in)) {
        uint16_t tag = bytes_take_u16(&in);
        struct bytes value = bytes_take_view(&in, bytes_take_u32(&in));
        if (tag >= 16 && tag <= 18) {
            found[tag - 16] = value;
        }
    }
    if (in.fault || !found[0].data || found[1].size != DIGEST_BYTES || found[2].size != DIGEST_BYTES) {
        return false;
    }
    set_digests(&found[0], copy + (found[1].data - copy), copy + (found[2].data - copy));
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    check((struct bytes){data, size});
    if (size < 15 || size > 1 << 18 || bytes_load_u32(data + 10) > size - 15) {
        return 0;
    }
    size_t body = 14 + (size_t)bytes_load_u32(data + 10);
    uint8_t *copy = malloc(body + 1);
    if (copy) {
        memcpy(copy, data, body);
        copy[body] = 0;
        if (put_right(copy, body)) {
            check((struct bytes){copy, body + 1});
        }
    }
    free(copy);
    return 0;
}
