/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One contribution, from answers to sealed bytes in the session's arena, against two bare crypto_box_seal of
 * the same sizes.
 */
#include <stdio.h>
#include <stdlib.h>

#include "core/secret.h"
#include "figures.h"
#include "tests/sample_questionnaire.h"
#include "thousand.h"

enum { PUPILS = 300, KINDS = 64 };

struct bench {
    struct sample_session session;
    struct answers *answers[KINDS];
    struct contribution_arena arena;
    uint32_t *measurement;
    uint8_t *plain;
    uint8_t *out;
};

static void prepare(struct bench *bench) {
    uint64_t chance = 1;
    void *memory = NULL;
    thousand_session_new(&bench->session);
    uint32_t count = bench->session.layout.counter_count;
    for (int i = 0; i < KINDS; i++) {
        thousand_must(answers_new(&bench->answers[i]) == FAULT_NONE, "no locked memory");
        sample_answers(bench->answers[i], bench->session.questionnaire, &chance);
        bench->answers[i]->participation = ANSWERS_ANSWERED;
    }
    thousand_must(secret_new(&memory, count * sizeof *bench->measurement) == FAULT_NONE, "no locked memory");
    bench->measurement = memory;
    thousand_must(secret_new(&memory, CONTRIBUTION_HEAD_BYTES + 4 * (size_t)count) == FAULT_NONE,
                  "no locked memory");
    bench->plain = memory;
    thousand_must(contribution_arena_new(&bench->arena, count, 0) == FAULT_NONE, "no locked memory");
    bench->out = malloc(contribution_bytes(count, false));
    thousand_must(bench->out != NULL, "no memory");
}

static void make(struct bench *bench) {
    for (int i = 0; i < PUPILS; i++) {
        sample_measure(bench->measurement, &bench->session, bench->answers[i % KINDS]);
        enum fault fault =
            contribution_make_in(bench->out, &bench->arena, &bench->session.context, bench->measurement);
        thousand_must(fault == FAULT_NONE, "no contribution");
    }
}

static void seal_twice(struct bench *bench) {
    const struct contribution_context *context = &bench->session.context;
    size_t size = CONTRIBUTION_HEAD_BYTES + 4 * (size_t)context->share.counter_count;
    for (int i = 0; i < PUPILS; i++) {
        int bad = crypto_box_seal(bench->out, bench->plain, CONTRIBUTION_HEAD_BYTES + SHARE_SEED_BYTES,
                                  context->box_key[0]) ||
                  crypto_box_seal(bench->out, bench->plain, size, context->box_key[1]);
        thousand_must(!bad, "no seal");
    }
}

static double time_of(struct bench *bench, void (*work)(struct bench *)) {
    double before = figures_cpu();
    work(bench);
    return figures_cpu() - before;
}

int main(void) {
    static struct bench bench;
    double ratio[FIGURES_ROUNDS], ours[FIGURES_ROUNDS], bare[FIGURES_ROUNDS];
    thousand_must(sodium_init() >= 0, "no libsodium");
    prepare(&bench);
    make(&bench);
    for (int i = 0; i < FIGURES_ROUNDS; i++) {
        bare[i] = time_of(&bench, seal_twice);
        ours[i] = time_of(&bench, make);
        ratio[i] = ours[i] / bare[i];
    }
    printf("%u counters: %.1f microseconds a contribution, %.1f for two bare seals\n",
           (unsigned)bench.session.layout.counter_count, figures_median(ours) / PUPILS * 1e6,
           figures_median(bare) / PUPILS * 1e6);
    figures_print("contribution_make", figures_median(ratio), "ratio", 1.15);
    return 0;
}
