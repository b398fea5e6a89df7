/* SPDX-License-Identifier: Apache-2.0 */
/*
 *   make_opening_vectors FOLDER           writes prepare/, aggregate/, ledger/ and release/ in FOLDER: files
 *   with one defect each, INDEX, and seeds/
 *                                         with those that have none
 *   make_opening_vectors --check FOLDER   says whether that would change anything
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "aggregator/aggregate.h"
#include "aggregator/ledger.h"
#include "aggregator/prepare.h"
#include "aggregator/release.h"
#include "tests/sample_round.h"

struct maker {
    const char *folder, *parser, *suffix;
    bool check;
    unsigned differ;
    enum fault (*read)(struct bytes content);
    const struct sample_round *sample;
    enum digest_label label;
    int signer;               /* -1: the file is not signed */
    struct bytes_buffer good; /* the body */
    struct bytes_buffer index;
};

static void must(bool truth, const char *what) {
    if (!truth) {
        fprintf(stderr, "make_opening_vectors: %s\n", what);
        exit(1);
    }
}

static bool is_the_same(const char *path, struct bytes content) {
    FILE *file = fopen(path, "rb");
    uint8_t *found = calloc(content.size + 1, 1);
    must(found != NULL, "memory");
    bool same = file && fread(found, 1, content.size + 1, file) == content.size &&
                memcmp(found, content.data, content.size) == 0;
    if (file) {
        fclose(file);
    }
    free(found);
    return same;
}

static void put(struct maker *maker, const char *name, struct bytes content) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s/%s", maker->folder, maker->parser, name);
    if (maker->check) {
        if (!is_the_same(path, content)) {
            fprintf(stderr, "make_opening_vectors: %s is not what would be made\n", path);
            maker->differ++;
        }
        return;
    }
    FILE *file = fopen(path, "wb");
    must(file && fwrite(content.data, 1, content.size, file) == content.size && fclose(file) == 0, path);
}

static void add_file(struct maker *maker, const char *name, enum fault expected, struct bytes content) {
    char file[256], line[512];
    enum fault found = maker->read(content);
    if (found != expected) {
        fprintf(stderr, "make_opening_vectors: %s/%s gives %s, expected %s\n", maker->parser, name,
                fault_name(found), fault_name(expected));
        exit(1);
    }
    snprintf(file, sizeof file, "%s%s.%s", expected ? "" : "seeds/", name, maker->suffix);
    put(maker, file, content);
    snprintf(line, sizeof line, "%s %s\n", file, fault_name(expected));
    bytes_put(&maker->index, line, strlen(line));
}

/* The good body with `remove` bytes at `at` replaced, signed as it should be. */
static void add(struct maker *maker, const char *name, enum fault expected, size_t at, size_t remove,
                const void *data, size_t size) {
    struct bytes_buffer body = {0};
    uint8_t digest[DIGEST_BYTES], signature[DIGEST_SIGNATURE_BYTES];
    must(at + remove <= maker->good.size, "beyond the end");
    bytes_put(&body, maker->good.data, at);
    bytes_put(&body, data, size);
    bytes_put(&body, maker->good.data + at + remove, maker->good.size - at - remove);
    if (maker->signer >= 0) {
        digest_make(digest, maker->label, bytes_buffer_view(&body));
        digest_sign(signature, maker->label, digest, maker->sample->sign_secret[maker->signer]);
        bytes_put(&body, signature, sizeof signature);
    }
    must(!body.fault, "memory");
    add_file(maker, name, expected, bytes_buffer_view(&body));
    bytes_buffer_release(&body);
}

static void add_common(struct maker *maker, size_t key_at) {
    struct bytes whole = bytes_buffer_view(&maker->good);
    add(maker, "valid", FAULT_NONE, 0, 0, "", 0);
    add(maker, "magic", FAULT_MAGIC, 3, 1, "X", 1);
    add(maker, "version_9", FAULT_VERSION, 8, 1, "\x09", 1);
    add_file(maker, "empty", FAULT_MAGIC, (struct bytes){whole.data, 0});
    add_file(maker, "only_magic", FAULT_TRUNCATED, (struct bytes){whole.data, 8});
    uint8_t not_a_point[32];
    memset(not_a_point, 0xFF, sizeof not_a_point);
    add(maker, "key_is_no_point", FAULT_KEY_INVALID, key_at, 32, not_a_point, 32);
    if (maker->signer >= 0) {
        add(maker, "one_byte_more", FAULT_TRAILING, maker->good.size, 0, "x", 1);
        add(maker, "signed_by_another", FAULT_SIGNATURE, key_at, 32,
            maker->sample->round->holder[1 - maker->signer].sign_key, 32);
        add_file(maker, "without_signature", FAULT_TRUNCATED, whole);
    }
}

static enum fault read_prepare(struct bytes content) {
    struct prepare prepare;
    enum fault fault = prepare_decode(&prepare, content);
    prepare_release(&prepare);
    return fault;
}

static void make_prepare(struct maker *maker) {
    struct prepare prepare = {.holder = 0};
    uint8_t id[SHARE_ID_BYTES] = {0};
    memcpy(prepare.round_digest, maker->sample->round->digest, DIGEST_BYTES);
    memcpy(prepare.sign_key, maker->sample->round->holder[0].sign_key, 32);
    for (uint8_t i = 1; i <= 3; i++) {
        id[0] = i;
        must(!prepare_ids_add(&prepare.unopened, id) && !prepare_ids_add(&prepare.excluded, id), "ids");
    }
    prepare_put_body(&maker->good, &prepare);
    add_common(maker, 75);
    add(maker, "holder_2", FAULT_LIMIT, 10, 1, "\2", 1);
    add(maker, "unopened_200001", FAULT_LIMIT, 171, 4, "\x41\x0D\x03\0", 4);
    add(maker, "excluded_10001", FAULT_LIMIT, 175, 4, "\x11\x27\0\0", 4);
    add(maker, "unopened_one_more", FAULT_TRUNCATED, 171, 1, "\4", 1);
    add(maker, "unopened_one_less", FAULT_TRAILING, 171, 1, "\2", 1);
    add(maker, "unopened_twice", FAULT_RECORD_ORDER, 195, 1, "\1", 1);
    add(maker, "excluded_out_of_order", FAULT_RECORD_ORDER, 227, 1, "\7", 1);
    prepare_release(&prepare);
}

static enum fault read_aggregate(struct bytes content) {
    struct aggregate_head head;
    struct bytes sealed;
    return aggregate_decode(&head, &sealed, content);
}

static enum fault read_sizes(struct bytes content) {
    struct aggregate_head head;
    struct bytes sealed;
    return aggregate_decode_sizes(&head, &sealed, content);
}

/* Both kinds, which differ in magic, label and sender. */
static void make_aggregate(struct maker *maker) {
    struct aggregate_head head = {.kind = maker->read == read_sizes ? AGGREGATE_SIZES : AGGREGATE_SHARE,
                                  .ledger_head = {1},
                                  .prepare_digest = {2}};
    memcpy(head.round_digest, maker->sample->round->digest, DIGEST_BYTES);
    memcpy(head.sign_key, maker->sample->round->holder[maker->signer].sign_key, 32);
    aggregate_put_head(&maker->good, &head, 100);
    for (uint8_t i = 0; i < 100; i++) {
        bytes_put_u8(&maker->good, i); /* sealed bytes are not looked into by the reader */
    }
    add_common(maker, 74);
    add(maker, "sealed_47", FAULT_LIMIT, 170, 1, "\x2F", 1);
    add(maker, "sealed_too_large", FAULT_LIMIT, 173, 1, "\x04", 1);
    add(maker, "sealed_one_less", FAULT_TRAILING, 170, 1, "\x63", 1);
    add(maker, "sealed_one_more", FAULT_TRUNCATED, 170, 1, "\x65", 1);
}

static enum fault read_ledger(struct bytes content) {
    struct ledger ledger;
    enum fault fault = ledger_decode(&ledger, content);
    ledger_release(&ledger);
    return fault;
}

/* Two entries: batches opened, a release made. */
static void make_ledger(struct maker *maker) {
    const uint32_t counts[] = {12, 15, 11};
    uint64_t chance = 1;
    const uint8_t release[DIGEST_BYTES] = {7}, head[DIGEST_BYTES] = {9};
    struct closing *closing = sample_closing(maker->sample, counts, &chance);
    struct batch_list batches;
    struct ledger ledger;
    const struct round *round = maker->sample->round;
    must(!sample_closing_sign(closing, maker->sample) && !batch_derive(&batches, round, closing, NULL, 0),
         "closing");
    must(!ledger_init(&ledger, round->holder[0].sign_key), "ledger");
    must(!ledger_add_opened(&ledger, &batches, closing, round, 0, head), "opened");
    size_t second = ledger.content.size;
    must(!ledger_add_released(&ledger, closing, round, 0, release), "released");
    bytes_put(&maker->good, ledger.content.data, ledger.content.size);
    add_common(maker, 10);
    add_file(maker, "no_entries", FAULT_NONE, (struct bytes){maker->good.data, 42});
    add_file(maker, "torn", FAULT_NONE, (struct bytes){maker->good.data, maker->good.size - 40});
    add_file(maker, "half_a_header", FAULT_TRUNCATED, (struct bytes){maker->good.data, 41});
    add(maker, "kind_changed", FAULT_LEDGER_DAMAGED, 42 + 20, 1, "\2", 1);
    add(maker, "id_changed", FAULT_LEDGER_DAMAGED, 42 + 20 + 164 + 36, 1, "\1", 1);
    add(maker, "length_changed", FAULT_LEDGER_DAMAGED, 44, 1, "\1", 1);
    add(maker, "first_entry_gone", FAULT_LEDGER_DAMAGED, 42, second - 42, "", 0);
    add(maker, "last_head_changed", FAULT_LEDGER_DAMAGED, maker->good.size - 1, 1, "\1", 1);
    ledger_release(&ledger);
    batch_list_release(&batches);
    closing_free(closing);
}

static enum fault read_release(struct bytes content) {
    struct release *release = NULL;
    enum fault fault = release_decode(&release, content);
    release_free(release);
    return fault;
}

static void put_figure(struct bytes_buffer *out, const uint8_t head[9], uint8_t status, uint32_t low,
                       uint32_t high) {
    bytes_put(out, head, 9); /* level, unit, about, subject, kind, index */
    bytes_put_u8(out, status);
    bytes_put_u8(out, 0);
    bytes_put_u32(out, low);
    bytes_put_u32(out, high);
    bytes_put_u32(out, status ? 0 : 40);
}

/* Where the parts of the release below begin. */
enum {
    AT_PROGRAM = 16,
    AT_KEY = 247,
    AT_INSTRUMENT = 279,
    AT_CHOICES = 298,
    AT_COUNTS = 299,
    AT_BATCH = 317,
    AT_STRATUM = 362,
    AT_CLASS = 369,
    AT_ITEM = 413,
    AT_SCALE = 542,
    AT_ID = 585,
    AT_FIGURE = 617,
    FIGURE = 23
};

static void put_item(struct bytes_buffer *out, const char *name, uint8_t kind, uint16_t scale) {
    const uint8_t digest[DIGEST_BYTES] = {kind};
    bytes_put_text(out, name);
    bytes_put_u8(out, kind);
    bytes_put_u16(out, scale);
    bytes_put(out, digest, sizeof digest);
}

/* One batch and stratum, two classes, two items, a scale, two ids. */
static void put_parts(struct bytes_buffer *out) {
    uint8_t zero[DIGEST_BYTES] = {0};
    bytes_put(out, zero, DIGEST_BYTES);
    bytes_put(out, "\0\0\0\x32\0\0\0\2\0\1\0\2\0", 13); /* stratum, flags, contributions, classes 1, 2 */
    bytes_put(out, "\1\0\0\x32\0\0\0", 7);
    for (uint16_t i = 1; i <= 2; i++) {
        bytes_put_u16(out, i);
        bytes_put_u32(out, 30);
        bytes_put_u32(out, 25);
        bytes_put(out, zero, 12);
    }
    put_item(out, "intro", 0, 0xFFFF);
    put_item(out, "happy_now", 1, 0);
    put_item(out, "what", 2, 0xFFFF);
    bytes_put_text(out, "joy");
    bytes_put(out, "\3\1\1\5\2\0", 6); /* well-being, high is good, 1 to 5, two items */
    bytes_put(out, zero, DIGEST_BYTES);
    for (uint8_t i = 1; i <= 2; i++) {
        bytes_put_u8(out, i);
        bytes_put(out, zero, 15);
    }
}

/* Written byte by byte: the program itself has no way to make one but by opening a round. */
static void make_release(struct maker *maker) {
    struct bytes_buffer *out = &maker->good;
    uint8_t zero[7 * DIGEST_BYTES] = {0};
    bytes_put(out, "KLBrele\n\2\0\2\0\12\0\5\0\5\0000.1.0", 23);
    bytes_put(out, maker->sample->round->digest, DIGEST_BYTES);
    bytes_put(out, zero, 6 * DIGEST_BYTES);
    bytes_put(out, maker->sample->round->holder[0].sign_key, 32);
    bytes_put_text(out, "joy");
    bytes_put_text(out, "1");
    bytes_put_u8(out, 1);
    bytes_put_u16(out, 2026);
    bytes_put_u32(out, 20261101);
    bytes_put_u32(out, 20261130);
    bytes_put_u8(out, 1);
    must(out->size == AT_COUNTS, "choices");
    bytes_put(out, "\1\0\1\0\2\0\3\0\1\0\2\0\0\0\6\0\0\0", 18);
    put_parts(out);
    must(out->size == AT_FIGURE, "parts");
    put_figure(out, (const uint8_t[]){0, 0, 0, 1, 1, 0, 4, 0, 0}, 0, 12, 12);
    put_figure(out, (const uint8_t[]){0, 0, 0, 1, 1, 0, 4, 1, 0}, 1, 0, 4);
    put_figure(out, (const uint8_t[]){0, 0, 0, 1, 1, 0, 11, 0, 0}, 2, 0, 0);
    put_figure(out, (const uint8_t[]){1, 0, 0, 2, 0, 0, 12, 3, 0}, 0, 30, 30);
    put_figure(out, (const uint8_t[]){2, 0, 0, 0, 0, 0, 2, 0, 0}, 1, 0, 4);
    put_figure(out, (const uint8_t[]){3, 33, 0, 1, 1, 0, 3, 2, 0}, 0, 20, 20);
}

static void break_release_figures(struct maker *maker) {
    const size_t first = AT_FIGURE, second = first + FIGURE, hidden = second + FIGURE;
    add(maker, "level_4", FAULT_LIMIT, first + 5 * FIGURE, 1, "\4", 1);
    add(maker, "class_of_no_batch", FAULT_LIMIT, first + 1, 1, "\1", 1);
    add(maker, "class_in_full_options", FAULT_LIMIT, first + 6, 1, "\3", 1);
    add(maker, "participation_of_a_class", FAULT_LIMIT, first + 3, 4, "\0\0\0\2", 4);
    add(maker, "year_of_no_stratum", FAULT_LIMIT, first + 3 * FIGURE + 1, 1, "\1", 1);
    add(maker, "breakdown_of_no_item", FAULT_LIMIT, first + 5 * FIGURE + 1, 1, "\x60", 1);
    add(maker, "item_3", FAULT_LIMIT, first + 4, 1, "\3", 1);
    add(maker, "bin_5", FAULT_LIMIT, first + 3 * FIGURE + 7, 1, "\5", 1);
    add(maker, "mean_of_an_item", FAULT_LIMIT, first + 6, 1, "\x0E", 1);
    add(maker, "kind_18", FAULT_LIMIT, first + 6, 1, "\x12", 1);
    add(maker, "status_3", FAULT_LIMIT, first + 9, 1, "\3", 1);
    add(maker, "figure_twice", FAULT_RECORD_ORDER, second + 7, 1, "\0", 1);
    add(maker, "published_as_an_interval", FAULT_NOT_CANONICAL, first + 11, 1, "\x0B", 1);
    add(maker, "band_of_one_value", FAULT_NOT_CANONICAL, second + 11, 1, "\4", 1);
    add(maker, "hidden_with_a_value", FAULT_NOT_CANONICAL, hidden + 15, 1, "\1", 1);
    add(maker, "hidden_with_an_n", FAULT_NOT_CANONICAL, hidden + 19, 1, "\1", 1);
    add(maker, "policy_1_of_a_class", FAULT_LIMIT, 10, 1, "\1", 1);
}

static void break_release(struct maker *maker) {
    add_common(maker, AT_KEY);
    add(maker, "version_1", FAULT_VERSION, 8, 1, "\1", 1);
    add(maker, "policy_3", FAULT_LIMIT, 10, 1, "\3", 1);
    add(maker, "k_unit_4", FAULT_LIMIT, 12, 1, "\4", 1);
    add(maker, "k_cell_2", FAULT_LIMIT, 14, 1, "\2", 1);
    add(maker, "program_with_tab", FAULT_TEXT, AT_PROGRAM + 3, 1, "\t", 1);
    add(maker, "instrument_empty", FAULT_LIMIT, AT_INSTRUMENT, 5, "\0\0", 2);
    add(maker, "validity_2", FAULT_LIMIT, AT_INSTRUMENT + 8, 1, "\2", 1);
    add(maker, "no_such_day", FAULT_LIMIT, AT_INSTRUMENT + 11, 1, "\0", 1);
    add(maker, "choices_2", FAULT_LIMIT, AT_CHOICES, 1, "\2", 1);
    add(maker, "no_batches", FAULT_LIMIT, AT_COUNTS, 1, "\0", 1);
    add(maker, "more_strata_than_batches", FAULT_LIMIT, AT_COUNTS + 2, 1, "\2", 1);
    add(maker, "figures_400001", FAULT_LIMIT, AT_COUNTS + 14, 4, "\x81\x1A\6\0", 4);
    add(maker, "refused_but_not_left_out", FAULT_LIMIT, AT_BATCH + 34, 1, "\1", 1);
    add(maker, "batch_of_no_stratum", FAULT_LIMIT, AT_BATCH + 32, 1, "\1", 1);
    add(maker, "batch_class_twice", FAULT_RECORD_ORDER, AT_BATCH + 43, 1, "\1", 1);
    add(maker, "stratum_without_years", FAULT_LIMIT, AT_STRATUM, 1, "\0", 1);
    add(maker, "stratum_refused", FAULT_LIMIT, AT_STRATUM + 2, 1, "\1", 1);
    add(maker, "class_twice", FAULT_RECORD_ORDER, AT_CLASS + 22, 1, "\1", 1);
    add(maker, "item_kind_3", FAULT_LIMIT, AT_ITEM + 7, 1, "\3", 1);
    add(maker, "item_of_no_scale", FAULT_LIMIT, AT_ITEM + 8, 2, "\1\0", 2);
    add(maker, "scale_downwards", FAULT_LIMIT, AT_SCALE + 7, 2, "\5\1", 2);
    add(maker, "id_twice", FAULT_RECORD_ORDER, AT_ID + 16, 1, "\1", 1);
    break_release_figures(maker);
}

int main(int argc, char **argv) {
    struct sample_round *sample = sample_round_small();
    bool check = argc == 3 && strcmp(argv[1], "--check") == 0;
    unsigned differ = 0;
    must(check || argc == 2, "usage: make_opening_vectors [--check] FOLDER");
    struct maker makers[] = {
        {.parser = "prepare", .suffix = "klp", .read = read_prepare, .label = DIGEST_PREPARE, .signer = 0},
        {.parser = "aggregate",
         .suffix = "kla",
         .read = read_aggregate,
         .label = DIGEST_AGGREGATE,
         .signer = 1},
        {.parser = "sizes", .suffix = "klg", .read = read_sizes, .label = DIGEST_SIZES, .signer = 0},
        {.parser = "ledger", .suffix = "kll", .read = read_ledger, .signer = -1},
        {.parser = "release", .suffix = "klv", .read = read_release, .label = DIGEST_RELEASE, .signer = 0}};
    for (size_t i = 0; i < 5; i++) {
        struct maker *maker = &makers[i];
        maker->folder = argv[argc - 1];
        maker->check = check;
        maker->sample = sample;
        switch (i) {
        case 0: make_prepare(maker); break;
        case 1: make_aggregate(maker); break;
        case 2: make_aggregate(maker); break;
        case 3: make_ledger(maker); break;
        default:
            make_release(maker);
            break_release(maker);
            break;
        }
        put(maker, "INDEX", bytes_buffer_view(&maker->index));
        differ += maker->differ;
        bytes_buffer_release(&maker->good);
        bytes_buffer_release(&maker->index);
    }
    sample_round_free(sample);
    return differ ? 1 : 0;
}
