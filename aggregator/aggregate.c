/* SPDX-License-Identifier: Apache-2.0 */
#include "aggregate.h"

#include <stdlib.h>
#include <string.h>

#include "aggregate_inside.h"
#include "core/key.h"
#include "core/secret.h"

enum { PLAIN_FIXED = 16 + 4 * DIGEST_BYTES, BATCH_BYTES = DIGEST_BYTES + 4, STRATUM_BYTES = 4 };

static const uint8_t magics[][8] = {[AGGREGATE_SHARE] = {'K', 'L', 'B', 'a', 'g', 'g', 'r', '\n'},
                                    [AGGREGATE_SIZES] = {'K', 'L', 'B', 's', 'i', 'z', 'e', '\n'}};
static const enum digest_label labels[] = {
    [AGGREGATE_SHARE] = DIGEST_AGGREGATE, [AGGREGATE_SIZES] = DIGEST_SIZES};

uint32_t *aggregate_class_sums(const struct aggregate_sums *sums, uint16_t batch) {
    return sums->memory + (size_t)batch * sums->class_counters;
}

uint32_t *aggregate_school_sums(const struct aggregate_sums *sums, uint16_t stratum) {
    return sums->memory + (size_t)sums->batch_count * sums->class_counters +
           (size_t)stratum * sums->school_counters;
}

uint32_t *aggregate_breakdown_sums(const struct aggregate_sums *sums) {
    return aggregate_school_sums(sums, sums->stratum_count);
}

void aggregate_sums_release(struct aggregate_sums *sums) {
    secret_free(sums->memory);
    unseal_sizes_release(&sums->sizes);
    *sums = (struct aggregate_sums){0};
}

/* Of the sealed part, behind the prefix: counters, and the claim of one with groups. */
static size_t claim_bytes(const struct aggregate_sums *sums) {
    return sums->sizes.count ? commitment_claim_bytes(sums->sizes.count) : 0;
}

static size_t content_bytes(const struct aggregate_sums *sums) {
    return aggregate_counters(sums) * 4 + claim_bytes(sums);
}

static size_t plain_prefix(const struct aggregate_sums *sums) {
    return PLAIN_FIXED + (size_t)sums->batch_count * BATCH_BYTES +
           (size_t)sums->stratum_count * STRATUM_BYTES;
}

/* Everything in the sealed part but the sums. Nothing of it is secret. */
static void put_prefix(struct bytes_buffer *out, const struct aggregate_head *head,
                       const struct aggregate_sums *sums, const struct batch_list *batches,
                       const uint8_t layout_digest[DIGEST_BYTES]) {
    bytes_put_u16(out, AGGREGATE_VERSION);
    bytes_put_u16(out, sums->batch_count);
    bytes_put_u16(out, sums->stratum_count);
    bytes_put_u16(out, sums->sizes.count > 0);
    bytes_put_u32(out, sums->class_counters);
    bytes_put_u32(out, sums->school_counters);
    bytes_put(out, head->round_digest, DIGEST_BYTES);
    bytes_put(out, head->closing_digest, DIGEST_BYTES);
    bytes_put(out, layout_digest, DIGEST_BYTES);
    bytes_put(out, head->prepare_digest, DIGEST_BYTES);
    for (uint16_t i = 0; i < batches->batch_count; i++) {
        bytes_put(out, batches->batch[i].digest, DIGEST_BYTES);
        bytes_put_u16(out, batches->batch[i].stratum);
        bytes_put_u16(out, 0);
    }
    for (uint16_t i = 0; i < batches->stratum_count; i++) {
        bytes_put_u16(out, batches->stratum_years[i]);
        bytes_put_u16(out, 0);
    }
}

void aggregate_put_head(struct bytes_buffer *out, const struct aggregate_head *head, size_t sealed_size) {
    bytes_put(out, magics[head->kind], sizeof magics[head->kind]);
    bytes_put_u16(out, AGGREGATE_VERSION);
    bytes_put(out, head->round_digest, DIGEST_BYTES);
    bytes_put(out, head->closing_digest, DIGEST_BYTES);
    bytes_put(out, head->sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    bytes_put(out, head->ledger_head, DIGEST_BYTES);
    bytes_put(out, head->prepare_digest, DIGEST_BYTES);
    bytes_put_u32(out, (uint32_t)sealed_size);
}

/* The sums as bytes, little-endian, behind the prefix, in secret memory, sealed into `out`. */
static enum fault seal(struct bytes_buffer *out, struct bytes prefix, const struct aggregate_sums *sums,
                       const uint8_t box_key[32]) {
    void *memory = NULL;
    size_t size = prefix.size + content_bytes(sums);
    uint8_t *sealed = malloc(size + crypto_box_SEALBYTES);
    enum fault fault = sealed ? secret_new(&memory, size) : FAULT_MEMORY;
    if (!fault) {
        uint8_t *plain = memory;
        memcpy(plain, prefix.data, prefix.size);
        for (size_t i = 0; i < aggregate_counters(sums); i++) {
            bytes_store_u32(plain + prefix.size + 4 * i, sums->memory[i]);
        }
        if (claim_bytes(sums)) {
            memcpy(plain + size - claim_bytes(sums), sums->sizes.claim, claim_bytes(sums));
        }
        fault = crypto_box_seal(sealed, plain, size, box_key) == 0 ? FAULT_NONE : FAULT_SODIUM;
    }
    if (!fault) {
        bytes_put(out, sealed, size + crypto_box_SEALBYTES);
        fault = out->fault;
    }
    secret_free(memory);
    free(sealed);
    return fault;
}

enum fault aggregate_encode(struct bytes_buffer *out, struct aggregate_head *head,
                            const struct aggregate_sums *sums, const struct batch_list *batches,
                            const uint8_t layout_digest[DIGEST_BYTES], const uint8_t box_key[32],
                            const uint8_t secret_key[DIGEST_SIGN_SECRET_BYTES]) {
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    struct bytes_buffer prefix = {0};
    size_t start = out->size;
    size_t sealed_size = plain_prefix(sums) + content_bytes(sums) + crypto_box_SEALBYTES;
    enum fault fault = key_check_pair(secret_key, head->sign_key);
    if (!fault && sealed_size > AGGREGATE_BYTES_LIMIT - AGGREGATE_HEAD_BYTES - DIGEST_SIGNATURE_BYTES) {
        fault = FAULT_LIMIT;
    }
    if (!fault) {
        put_prefix(&prefix, head, sums, batches, layout_digest);
        aggregate_put_head(out, head, sealed_size);
        fault = prefix.fault ? prefix.fault : seal(out, bytes_buffer_view(&prefix), sums, box_key);
    }
    if (!fault) {
        digest_make(head->digest, labels[head->kind], (struct bytes){out->data + start, out->size - start});
        digest_sign(signature, labels[head->kind], head->digest, secret_key);
        bytes_put(out, signature, sizeof signature);
        fault = out->fault;
    }
    bytes_buffer_release(&prefix);
    return fault;
}

static void take_head(struct aggregate_head *out, struct bytes_reader *in) {
    bytes_take(in, out->round_digest, DIGEST_BYTES);
    bytes_take(in, out->closing_digest, DIGEST_BYTES);
    bytes_take(in, out->sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    bytes_take(in, out->ledger_head, DIGEST_BYTES);
    bytes_take(in, out->prepare_digest, DIGEST_BYTES);
}

static enum fault decode(struct aggregate_head *out, struct bytes *sealed, struct bytes content,
                         enum aggregate_kind kind) {
    uint8_t signature[DIGEST_SIGNATURE_BYTES];
    struct bytes_reader in = bytes_reader_of(content);
    *out = (struct aggregate_head){.kind = kind};
    *sealed = (struct bytes){0};
    enum fault fault = bytes_take_beginning(&in, magics[kind], AGGREGATE_VERSION, AGGREGATE_BYTES_LIMIT);
    if (fault) {
        return fault;
    }
    take_head(out, &in);
    uint32_t size = bytes_take_u32(&in);
    if (in.fault) {
        return in.fault;
    }
    if (size < crypto_box_SEALBYTES ||
        size > AGGREGATE_BYTES_LIMIT - AGGREGATE_HEAD_BYTES - DIGEST_SIGNATURE_BYTES) {
        return FAULT_LIMIT;
    }
    *sealed = bytes_take_view(&in, size);
    digest_make(out->digest, labels[kind], (struct bytes){content.data, in.at});
    bytes_take(&in, signature, sizeof signature);
    fault = bytes_finish(&in);
    fault = fault ? fault : key_check_sign(out->sign_key);
    return fault ? fault : digest_verify(signature, labels[kind], out->digest, out->sign_key);
}

enum fault aggregate_decode(struct aggregate_head *out, struct bytes *sealed, struct bytes content) {
    return decode(out, sealed, content, AGGREGATE_SHARE);
}

enum fault aggregate_decode_sizes(struct aggregate_head *out, struct bytes *sealed, struct bytes content) {
    return decode(out, sealed, content, AGGREGATE_SIZES);
}

static enum fault open_sealed(struct aggregate_sums *out, struct bytes sealed, struct bytes prefix,
                              const struct unseal_key *key) {
    void *memory = NULL;
    size_t size = prefix.size + content_bytes(out);
    if (sealed.size != size + crypto_box_SEALBYTES) {
        return FAULT_STATEMENTS_DIFFER;
    }
    enum fault fault = secret_new(&memory, size);
    if (fault) {
        return fault;
    }
    uint8_t *plain = memory;
    if (crypto_box_seal_open(plain, sealed.data, sealed.size, key->public_key, key->secret_key) != 0) {
        fault = FAULT_RECORD_SEALED;
    } else if (memcmp(plain, prefix.data, prefix.size) != 0) {
        fault = FAULT_STATEMENTS_DIFFER;
    }
    for (size_t i = 0; !fault && i < aggregate_counters(out); i++) {
        out->memory[i] = bytes_load_u32(plain + prefix.size + 4 * i);
    }
    if (!fault && claim_bytes(out)) {
        memcpy(out->sizes.claim, plain + size - claim_bytes(out), claim_bytes(out));
    }
    secret_free(memory);
    return fault;
}

/*
 * Empty sums of the form that a file of this size must have: a share with groups when it is longer than one
 * without. Nothing but the length is taken from the file: what it says of its form must then be that.
 */
static enum fault sums_of_file(struct aggregate_sums *out, enum aggregate_kind kind,
                               const struct opening *opening, const struct batch_list *batches,
                               size_t sealed_size) {
    bool sizes = kind == AGGREGATE_SIZES;
    bool may = !aggregate_has_groups(opening);
    if (sizes && !may) {
        *out = (struct aggregate_sums){0};
        return FAULT_MISUSE;
    }
    if (sizes) {
        *out = (struct aggregate_sums){.batch_count = batches->batch_count,
                                       .stratum_count = batches->stratum_count};
        return unseal_sizes_new(&out->sizes, opening->layout.size_count);
    }
    enum fault fault = aggregate_sums_new(out, &opening->layout, batches, false, false);
    if (!fault && may && sealed_size > plain_prefix(out) + content_bytes(out) + crypto_box_SEALBYTES) {
        aggregate_sums_release(out);
        fault = aggregate_sums_new(out, &opening->layout, batches, true, true);
    }
    return fault;
}

enum fault aggregate_unseal(struct aggregate_sums *out, const struct aggregate_head *head,
                            struct bytes sealed, const struct opening *opening,
                            const struct batch_list *batches, const struct unseal_key *key) {
    struct bytes_buffer prefix = {0};
    enum fault fault = sums_of_file(out, head->kind, opening, batches, sealed.size);
    if (!fault) {
        put_prefix(&prefix, head, out, batches, opening->layout.digest);
        fault = prefix.fault ? prefix.fault : open_sealed(out, sealed, bytes_buffer_view(&prefix), key);
    }
    bytes_buffer_release(&prefix);
    if (fault) {
        aggregate_sums_release(out);
    }
    return fault;
}

enum fault aggregate_record(uint8_t head[DIGEST_BYTES], struct ledger *ledger, const struct opening *opening,
                            const struct opening_holder *holder, const struct batch_list *batches,
                            const uint8_t other_head[DIGEST_BYTES]) {
    enum fault fault = FAULT_NONE;
    opening_reached(holder, OPENING_BEFORE_LEDGER);
    if (!ledger_find_opened(ledger, batches, opening->closing)) {
        fault =
            ledger_add_opened(ledger, batches, opening->closing, opening->round, holder->number, other_head);
        fault = fault ? fault : ledger_write(ledger, holder->ledger_path);
    }
    if (!fault) {
        memcpy(head, ledger_find_opened(ledger, batches, opening->closing)->head, DIGEST_BYTES);
        opening_reached(holder, OPENING_AFTER_LEDGER);
    }
    return fault;
}

void aggregate_fill_head(struct aggregate_head *head, enum aggregate_kind kind, const struct opening *opening,
                         const struct prepare pair[2]) {
    int sender = kind == AGGREGATE_SHARE ? 1 : 0;
    head->kind = kind;
    memcpy(head->round_digest, opening->round->digest, DIGEST_BYTES);
    memcpy(head->closing_digest, opening->closing->digest, DIGEST_BYTES);
    memcpy(head->sign_key, opening->round->holder[sender].sign_key, DIGEST_SIGN_PUBLIC_BYTES);
    memcpy(head->prepare_digest, pair[1 - sender].digest, DIGEST_BYTES);
}

enum fault aggregate_check_head(const struct aggregate_head *head, const struct opening *opening,
                                const struct prepare pair[2]) {
    int sender = head->kind == AGGREGATE_SHARE ? 1 : 0;
    if (memcmp(head->round_digest, opening->round->digest, DIGEST_BYTES) != 0) {
        return FAULT_ROUND_OTHER;
    }
    if (memcmp(head->sign_key, opening->round->holder[sender].sign_key, DIGEST_SIGN_PUBLIC_BYTES) != 0) {
        return FAULT_KEY_WRONG;
    }
    bool same = memcmp(head->closing_digest, opening->closing->digest, DIGEST_BYTES) == 0 &&
                memcmp(head->prepare_digest, pair[1 - sender].digest, DIGEST_BYTES) == 0;
    return same ? FAULT_NONE : FAULT_STATEMENTS_DIFFER;
}

enum fault aggregate_commit(struct batch_list *batches, uint8_t head[DIGEST_BYTES],
                            const struct opening *opening, const struct opening_holder *holder,
                            const struct prepare pair[2], const uint8_t other_head[DIGEST_BYTES],
                            uint16_t *at) {
    struct ledger ledger = {0};
    const struct round_holder *named = &opening->round->holder[holder->number];
    enum fault fault = opening_holder_check(opening, holder);
    fault = fault ? fault : ledger_open(&ledger, holder->ledger_path, named->sign_key);
    fault = fault ? fault : prepare_batches(batches, opening, pair, holder->number, &ledger, at);
    if (!fault && (opening->breakdowns || opening->sizes)) {
        fault = ledger_check_whole(&ledger, batches, opening->closing);
    }
    fault = fault ? fault : aggregate_record(head, &ledger, opening, holder, batches, other_head);
    ledger_release(&ledger);
    return fault;
}

enum fault aggregate_make(struct bytes_buffer *out, const struct opening *opening,
                          const struct opening_holder *holder, const struct prepare pair[2], uint16_t *at) {
    struct batch_list batches = {0};
    struct aggregate_sums sums = {0};
    struct aggregate_head head = {0};
    enum fault fault = holder->number == 1 ? FAULT_NONE : FAULT_KEY_WRONG;
    fault = fault ? fault
                  : aggregate_commit(&batches, head.ledger_head, opening, holder, pair, pair[0].own_head, at);
    fault = fault ? fault : aggregate_add(&sums, opening, &batches, &holder, 1);
    if (!fault) {
        opening_reached(holder, OPENING_AFTER_SUMS);
        aggregate_fill_head(&head, AGGREGATE_SHARE, opening, pair);
        fault = aggregate_encode(out, &head, &sums, &batches, opening->layout.digest,
                                 opening->round->holder[0].box_key, holder->sign_secret);
    }
    aggregate_sums_release(&sums);
    batch_list_release(&batches);
    return fault;
}
