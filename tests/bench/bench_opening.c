/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening and adding, per key holder, against a bare loop of crypto_box_seal_open and, for holder 1, a bare
 * expansion of the same length. The records are streamed from a file in small chunks, as the aggregator does,
 * so that peak memory does not grow with them; the reading is not timed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "aggregator/unseal.h"
#include "core/secret.h"
#include "figures.h"
#include "tests/sample_questionnaire.h"
#include "thousand.h"

enum { CHUNK = 100, MEMORY_GOAL_MB = 16 };

struct bench {
    struct sample_session session;
    struct unseal_key key[2];
    struct unseal_scratch scratch;
    uint32_t *sum;   /* secret memory */
    uint32_t *words; /* secret memory: the bare expansion */
    uint8_t *plain;  /* secret memory: the bare plaintext */
    uint8_t *chunk;
    FILE *file;
};

static void *secret(size_t size) {
    void *memory = NULL;
    thousand_must(secret_new(&memory, size) == FAULT_NONE, "no locked memory");
    return memory;
}

static void prepare(struct bench *bench) {
    thousand_session_new(&bench->session);
    uint32_t count = bench->session.layout.counter_count;
    for (int i = 0; i < 2; i++) {
        enum fault fault =
            unseal_key_new(&bench->key[i], bench->session.context.box_key[i], bench->session.box_secret[i]);
        thousand_must(fault == FAULT_NONE, "no key");
    }
    thousand_must(unseal_scratch_new(&bench->scratch, count) == FAULT_NONE, "no locked memory");
    bench->sum = secret(count * sizeof *bench->sum);
    bench->words = secret(count * sizeof *bench->words);
    bench->plain = secret(CONTRIBUTION_HEAD_BYTES + 4 * (size_t)count);
    bench->chunk = malloc(CHUNK * contribution_bytes(count, false));
    bench->file = tmpfile();
    thousand_must(bench->chunk && bench->file, "no memory or no file");
}

static void write_records(struct bench *bench, uint32_t records) {
    uint64_t chance = 1;
    uint32_t count = bench->session.layout.counter_count;
    size_t size = contribution_bytes(count, false);
    uint32_t *measurement = secret(count * sizeof *measurement);
    struct answers *answers = NULL;
    thousand_must(answers_new(&answers) == FAULT_NONE, "no locked memory");
    for (uint32_t i = 0; i < records; i++) {
        sample_answers(answers, bench->session.questionnaire, &chance);
        sample_measure(measurement, &bench->session, answers);
        enum fault fault = contribution_make(bench->chunk, &bench->session.context, measurement);
        thousand_must(!fault && fwrite(bench->chunk, size, 1, bench->file) == 1, "no record");
    }
    answers_free(answers);
    secret_free(measurement);
}

static struct bytes sealed_of(const struct bench *bench, uint16_t number, uint32_t at) {
    uint32_t count = bench->session.layout.counter_count;
    const uint8_t *shares = bench->chunk + at * contribution_bytes(count, false) + SHARE_ID_BYTES;
    return number == 1 ? (struct bytes){shares, CONTRIBUTION_SEALED1_BYTES}
                       : (struct bytes){shares + CONTRIBUTION_SEALED1_BYTES,
                                        contribution_sealed2_bytes(count, false)};
}

static void open_and_add(struct bench *bench, uint16_t number) {
    const struct layout *layout = &bench->session.layout;
    uint32_t school = layout->level_first[LAYOUT_SCHOOL];
    const struct unseal_target targets[2] = {{bench->sum, 0, school},
                                             {bench->sum + school, school, layout->counter_count - school}};
    for (uint32_t i = 0; i < CHUNK; i++) {
        const uint8_t *id = bench->chunk + i * contribution_bytes(layout->counter_count, false);
        enum fault fault = unseal_add(targets, 2, &bench->scratch, &bench->key[number - 1], number,
                                      &bench->session.context, id, sealed_of(bench, number, i));
        thousand_must(!fault, "it does not open");
    }
}

static void open_bare(struct bench *bench, uint16_t number) {
    static const uint8_t nonce[crypto_stream_chacha20_ietf_NONCEBYTES] = {0};
    const struct unseal_key *key = &bench->key[number - 1];
    for (uint32_t i = 0; i < CHUNK; i++) {
        struct bytes sealed = sealed_of(bench, number, i);
        int bad =
            crypto_box_seal_open(bench->plain, sealed.data, sealed.size, key->public_key, key->secret_key);
        thousand_must(!bad, "it does not open");
        if (number == 1) {
            crypto_stream_chacha20_ietf((unsigned char *)bench->words,
                                        4ull * bench->session.layout.counter_count, nonce,
                                        bench->plain + CONTRIBUTION_HEAD_BYTES);
        }
    }
}

static double time_of(struct bench *bench, void (*work)(struct bench *, uint16_t), uint16_t number) {
    double before = figures_cpu();
    work(bench, number);
    return figures_cpu() - before;
}

/* The two take turns chunk by chunk, and in going first. */
static double round_of(struct bench *bench, uint16_t number, uint32_t records, double *ours) {
    double bare = 0;
    *ours = 0;
    rewind(bench->file);
    for (uint32_t i = 0; i < records / CHUNK; i++) {
        size_t read = fread(bench->chunk, contribution_bytes(bench->session.layout.counter_count, false),
                            CHUNK, bench->file);
        thousand_must(read == CHUNK, "records are missing");
        bare += i % 2 ? time_of(bench, open_bare, number) : 0;
        *ours += time_of(bench, open_and_add, number);
        bare += i % 2 ? 0 : time_of(bench, open_bare, number);
    }
    return *ours / bare;
}

static void measure(struct bench *bench, uint32_t records) {
    char name[64];
    for (uint16_t number = 1; number <= 2; number++) {
        double ratio[FIGURES_ROUNDS], ours[FIGURES_ROUNDS];
        for (int i = 0; i < FIGURES_ROUNDS; i++) {
            ratio[i] = round_of(bench, number, records, &ours[i]);
        }
        printf("%u records of %u counters, holder %u: %.1f microseconds each\n", (unsigned)records,
               (unsigned)bench->session.layout.counter_count, (unsigned)number,
               figures_median(ours) / records * 1e6);
        snprintf(name, sizeof name, "opening_holder_%u_of_%u", (unsigned)number, (unsigned)records);
        figures_print(name, figures_median(ratio), "ratio", 1.10);
    }
    snprintf(name, sizeof name, "opening_memory_of_%u", (unsigned)records);
    figures_print(name, figures_peak_memory(), "MB", MEMORY_GOAL_MB);
}

int main(void) {
    static struct bench bench;
    thousand_must(sodium_init() >= 0, "no libsodium");
    prepare(&bench);
    write_records(&bench, 1000);
    measure(&bench, 1000);
    write_records(&bench, 9000);
    measure(&bench, 10000);
    fclose(bench.file);
    return 0;
}
