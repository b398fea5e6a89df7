/* SPDX-License-Identifier: Apache-2.0 */
#include "sample_round.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/measurement.h"
#include "sample_questionnaire.h"

/* SAMPLE_PIN at the least cost that libsodium offers, so that tests are quick. */
static const char pin_hash[] =
    "$argon2id$v=19$m=8192,t=1,p=1$Az01b7SJUYfXj6JLy6C8Lw$09UimPoP31TVTpOxa/4g8dTsghvvPopthMJTDBKDmGQ";

static void must(bool holds, const char *what) {
    if (!holds) {
        fprintf(stderr, "sample_round: %s\n", what);
        abort();
    }
}

static void must_do(enum fault fault, const char *what) {
    if (fault) {
        fprintf(stderr, "sample_round: %s: %s\n", what, fault_name(fault));
        abort();
    }
}

static void fill(void *out, size_t size, uint64_t *state) {
    uint8_t *bytes = out;
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)sample_random(state);
    }
}

void sample_sign_key(uint8_t public_key[32], uint8_t secret_key[64], uint32_t number) {
    uint8_t seed[32];
    uint64_t state = UINT64_C(0x5163) << 32 | number;
    fill(seed, sizeof seed, &state);
    crypto_sign_ed25519_seed_keypair(public_key, secret_key, seed);
}

void sample_box_key(uint8_t public_key[32], uint8_t secret_key[32], uint32_t number) {
    uint8_t seed[32];
    uint64_t state = UINT64_C(0xB0) << 32 | number;
    fill(seed, sizeof seed, &state);
    crypto_box_seed_keypair(public_key, secret_key, seed);
}

static void set_facts(struct round *round) {
    uint64_t state = 1;
    fill(round->id, sizeof round->id, &state);
    strcpy(round->school, "Voorbeeldschool");
    strcpy(round->site, "Dorpsstraat");
    round->school_type = ROUND_SCHOOL_VO;
    round->school_year = 2026;
    round->first_day = 20261123;
    round->last_day = 20261211;
    round->retention_day = 20270201;
    round->mode = ROUND_TWO_MACHINES;
    round->k_unit = ROUND_K_UNIT_DEFAULT;
    round->k_cell = ROUND_K_CELL_DEFAULT;
    round->language_count = 1;
    strcpy(round->language[0], "nl");
    round->help_count = 1;
    strcpy(round->help[0].language, "nl");
    strcpy(round->help[0].line, "Kindertelefoon 0800-0432");
    round->pin_count = 1;
    strcpy(round->pin_hash[0], pin_hash);
}

static void set_holders(struct sample_round *sample) {
    static const char *const names[2] = {"veiligheidscoördinator", "vertrouwenspersoon"};
    for (uint32_t i = 0; i < 2; i++) {
        struct round_holder *holder = &sample->round->holder[i];
        strcpy(holder->name, names[i]);
        sample_sign_key(holder->sign_key, sample->sign_secret[i], i);
        sample_box_key(holder->box_key, sample->box_secret[i], i);
    }
}

struct kiosk_pair {
    struct round_kiosk kiosk;
    uint8_t secret[DIGEST_SIGN_SECRET_BYTES];
};

static int compare_pairs(const void *a, const void *b) {
    return memcmp(((const struct kiosk_pair *)a)->kiosk.key, ((const struct kiosk_pair *)b)->kiosk.key, 32);
}

static void set_kiosks(struct sample_round *sample, uint16_t count) {
    struct kiosk_pair *pair = calloc(count, sizeof *pair);
    sample->round->kiosk = calloc(count, sizeof *sample->round->kiosk);
    sample->kiosk_secret = calloc(count, sizeof *sample->kiosk_secret);
    must(pair && sample->round->kiosk && sample->kiosk_secret, "out of memory");
    for (uint16_t i = 0; i < count; i++) {
        snprintf(pair[i].kiosk.label, sizeof pair[i].kiosk.label, "laptop %02d", i + 1);
        sample_sign_key(pair[i].kiosk.key, pair[i].secret, 100u + i);
    }
    qsort(pair, count, sizeof *pair, compare_pairs);
    for (uint16_t i = 0; i < count; i++) {
        sample->round->kiosk[i] = pair[i].kiosk;
        memcpy(sample->kiosk_secret[i], pair[i].secret, sizeof pair[i].secret);
    }
    sample->round->kiosk_count = count;
    free(pair);
}

static void set_classes(struct round *round, const struct sample_class *classes, uint16_t count) {
    round->class_list = calloc(count, sizeof *round->class_list);
    must(round->class_list != NULL, "out of memory");
    round->class_count = count;
    for (uint16_t i = 0; i < count; i++) {
        struct round_class *item = &round->class_list[i];
        item->number = (uint16_t)(i + 1);
        snprintf(item->label, sizeof item->label, "%s", classes[i].label);
        item->years = classes[i].years;
        item->heads = classes[i].heads;
        item->not_asked = classes[i].not_asked;
        strcpy(item->reason, classes[i].not_asked ? "op stage" : "");
    }
}

struct sample_round *sample_round_new_of(struct questionnaire *questionnaire,
                                         const struct sample_class *classes, uint16_t class_count,
                                         uint16_t kiosk_count) {
    must(sodium_init() >= 0, "libsodium does not start");
    struct sample_round *sample = calloc(1, sizeof *sample);
    must(sample != NULL, "out of memory");
    sample->round = round_new();
    must(sample->round != NULL, "out of memory");
    set_facts(sample->round);
    set_holders(sample);
    set_kiosks(sample, kiosk_count);
    set_classes(sample->round, classes, class_count);
    sample->round->questionnaire = questionnaire;
    must_do(questionnaire_digest(sample->round->questionnaire_digest, sample->round->questionnaire),
            "digest");
    must_do(layout_derive(&sample->layout, sample->round->questionnaire), "layout");
    memcpy(sample->round->layout_digest, sample->layout.digest, DIGEST_BYTES);
    must_do(sample_round_sign_again(sample), "round");
    return sample;
}

struct sample_round *sample_round_new(const struct sample_class *classes, uint16_t class_count,
                                      uint16_t kiosk_count) {
    return sample_round_new_of(sample_questionnaire(), classes, class_count, kiosk_count);
}

struct sample_round *sample_round_small(void) {
    static const struct sample_class classes[] = {{"1A", 1, 12, 0}, {"1B", 1, 16, 1}, {"2A", 2, 11, 0}};
    return sample_round_new(classes, sizeof classes / sizeof classes[0], 2);
}

struct sample_round *sample_round_free(struct sample_round *sample) {
    if (sample) {
        round_free(sample->round);
        layout_release(&sample->layout);
        free(sample->kiosk_secret);
        free(sample);
    }
    return NULL;
}

enum fault sample_round_sign_again(struct sample_round *sample) {
    enum fault fault = round_seal_body(sample->round);
    for (int i = 0; i < 2 && !fault; i++) {
        fault = round_sign(sample->round, i, sample->sign_secret[i]);
    }
    return fault;
}

static char *copy(const char *text) {
    char *result = text ? malloc(strlen(text) + 1) : NULL;
    must(!text || result, "out of memory");
    return text ? strcpy(result, text) : NULL;
}

static void add_item_like(struct questionnaire *questionnaire, uint16_t like) {
    struct questionnaire_item *item = &questionnaire->item[questionnaire->item_count];
    *item = questionnaire->item[like];
    snprintf(item->name, sizeof item->name, "extra_%d", questionnaire->item_count++);
    for (int i = 0; i < QUESTIONNAIRE_LANGUAGES; i++) {
        item->label.in[i] = copy(item->label.in[i]);
        item->hint.in[i] = copy(item->hint.in[i]);
    }
}

void sample_round_enlarge(struct sample_round *sample) {
    struct questionnaire *questionnaire = sample->round->questionnaire;
    for (uint16_t i = questionnaire->scale[SAMPLE_SAFETY].item_count; i < 20; i++) {
        add_item_like(questionnaire, SAMPLE_SAFE_CLASS);
    }
    struct questionnaire_list *list = &questionnaire->list[questionnaire->item[SAMPLE_SAFE_CLASS].list];
    for (uint16_t i = 0; i < list->option_count; i++) {
        list->option[i].score = list->option[i].has_score ? (uint8_t)(list->option[i].score + 95) : 0;
    }
    must_do(questionnaire_check(questionnaire), "questionnaire");
    layout_release(&sample->layout);
    must_do(layout_derive(&sample->layout, questionnaire), "layout");
    must_do(questionnaire_digest(sample->round->questionnaire_digest, questionnaire), "digest");
    memcpy(sample->round->layout_digest, sample->layout.digest, DIGEST_BYTES);
}

struct bundle_header sample_bundle_header(const struct sample_round *sample, uint16_t class_number,
                                          uint16_t kiosk, uint32_t count, uint64_t *state) {
    struct bundle_header header = {
        .class_number = class_number,
        .present = (uint16_t)(count < ROUND_HEADS ? count : ROUND_HEADS),
        .absent = {1, 0, 0, 0},
        .limit = (uint16_t)count,
        .flags = contribution_layout_commits(&sample->layout) ? BUNDLE_FLAG_COMMITTED : 0,
        .counter_count = sample->layout.counter_count,
        .count = count};
    fill(header.id, sizeof header.id, state);
    memcpy(header.round_digest, sample->round->digest, DIGEST_BYTES);
    memcpy(header.layout_digest, sample->layout.digest, DIGEST_BYTES);
    memcpy(header.kiosk_key, sample->round->kiosk[kiosk].key, sizeof header.kiosk_key);
    return header;
}

static struct contribution_context context_of(const struct sample_round *sample,
                                              const struct bundle_header *header) {
    struct contribution_context context = {.class_number = header->class_number, .layout = &sample->layout};
    memcpy(context.share.round_digest, header->round_digest, DIGEST_BYTES);
    memcpy(context.share.layout_digest, header->layout_digest, DIGEST_BYTES);
    context.share.counter_count = header->counter_count;
    memcpy(context.kiosk_key, header->kiosk_key, sizeof context.kiosk_key);
    for (int i = 0; i < 2; i++) {
        memcpy(context.box_key[i], sample->round->holder[i].box_key, sizeof context.box_key[i]);
    }
    return context;
}

static uint8_t *room_for(const struct bundle_header *header) {
    uint8_t *records = calloc(header->count + (size_t)1, bundle_contribution_bytes(header));
    must(records != NULL, "out of memory");
    return records;
}

static void answer_anything(void *context, struct answers *answers, const struct questionnaire *questionnaire,
                            uint64_t *state) {
    (void)context;
    sample_answers(answers, questionnaire, state);
}

void sample_bundle(struct bytes_buffer *out, const struct sample_round *sample, uint16_t class_number,
                   uint16_t kiosk, uint32_t count, uint64_t *state, uint64_t *sums) {
    sample_bundle_of(out, sample, class_number, kiosk, count, state, sums, answer_anything, NULL);
}

void sample_bundle_of(struct bytes_buffer *out, const struct sample_round *sample, uint16_t class_number,
                      uint16_t kiosk, uint32_t count, uint64_t *state, uint64_t *sums,
                      sample_answering *answer, void *context) {
    struct bundle_header header = sample_bundle_header(sample, class_number, kiosk, count, state);
    struct contribution_context sealing = context_of(sample, &header);
    struct answers *answers = NULL;
    uint8_t *records = room_for(&header);
    uint32_t *measurement = calloc(header.counter_count, sizeof *measurement);
    must(measurement != NULL, "out of memory");
    must_do(answers_new(&answers), "answers");
    for (uint32_t i = 0; i < count; i++) {
        answers_forget(answers);
        answer(context, answers, sample->round->questionnaire, state);
        must_do(measurement_encode(measurement, &sample->layout, sample->round->questionnaire, answers),
                "measurement");
        must_do(contribution_make(records + i * bundle_contribution_bytes(&header), &sealing, measurement),
                "seal");
        for (uint32_t j = 0; sums && j < header.counter_count; j++) {
            sums[j] += measurement[j];
        }
    }
    must_do(bundle_encode(out, &header, records, sample->kiosk_secret[kiosk]), "bundle");
    answers_free(answers);
    free(measurement);
    free(records);
}

void sample_bundle_unopenable(struct bytes_buffer *out, const struct sample_round *sample,
                              uint32_t counter_count, uint32_t count, uint64_t *state) {
    struct bundle_header header = sample_bundle_header(sample, 1, 0, count, state);
    header.counter_count = counter_count;
    header.flags = 0; /* short records, for no real questionnaire */
    uint8_t *records = room_for(&header);
    fill(records, count * bundle_contribution_bytes(&header), state);
    must_do(bundle_encode(out, &header, records, sample->kiosk_secret[0]), "bundle");
    free(records);
}

static int compare_bundles(const void *a, const void *b) {
    return memcmp(((const struct closing_bundle *)a)->digest, ((const struct closing_bundle *)b)->digest,
                  DIGEST_BYTES);
}

static int compare_records(const void *a, const void *b) {
    return memcmp(((const struct closing_record *)a)->id, ((const struct closing_record *)b)->id,
                  SHARE_ID_BYTES);
}

struct closing *sample_closing(const struct sample_round *sample, const uint32_t *counts, uint64_t *state) {
    const struct round *round = sample->round;
    struct closing *closing = closing_new();
    must(closing != NULL, "out of memory");
    size_t records = 0;
    for (uint16_t i = 0; i < round->class_count; i++) {
        records += counts[i];
    }
    closing->bundle = calloc(round->class_count, sizeof *closing->bundle);
    closing->record = calloc(records + 1, sizeof *closing->record);
    must(closing->bundle && closing->record, "out of memory");
    closing->number = 1;
    memcpy(closing->round_digest, round->digest, DIGEST_BYTES);
    for (uint16_t i = 0; i < round->class_count; i++) {
        if (counts[i]) {
            struct closing_bundle *bundle = &closing->bundle[closing->bundle_count++];
            fill(bundle->digest, sizeof bundle->digest, state);
            memcpy(bundle->kiosk_key, round->kiosk[i % round->kiosk_count].key, sizeof bundle->kiosk_key);
            bundle->class_number = round->class_list[i].number;
            bundle->counted = counts[i];
        }
    }
    qsort(closing->bundle, closing->bundle_count, sizeof *closing->bundle, compare_bundles);
    for (uint16_t i = 0; i < closing->bundle_count; i++) {
        for (uint32_t j = 0; j < closing->bundle[i].counted; j++) {
            struct closing_record *record = &closing->record[closing->record_count++];
            fill(record->id, sizeof record->id, state);
            fill(record->digest, sizeof record->digest, state);
            record->class_number = closing->bundle[i].class_number;
            record->bundle = i;
        }
    }
    qsort(closing->record, closing->record_count, sizeof *closing->record, compare_records);
    return closing;
}

enum fault sample_closing_sign(struct closing *closing, const struct sample_round *sample) {
    enum fault fault = closing_seal_body(closing, sample->round);
    for (int i = 0; i < 2 && !fault; i++) {
        fault = closing_sign(closing, sample->round, i, sample->sign_secret[i]);
    }
    return fault;
}
