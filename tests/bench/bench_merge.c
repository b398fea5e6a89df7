/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From bundle files to both key holders' sums: reading the files, verifying, the workspace, verifying again,
 * opening and adding; against a bare loop of crypto_box_seal_open for both shares and the expansion of the
 * seed, over the same records. Bundles of 25, some 1,000 counters.
 */
#include <stdio.h>

#include "aggregator/aggregate.h"
#include "core/secret.h"
#include "figures.h"
#include "platform/file.h"
#include "school.h"
#include "thousand.h"

struct bench {
    struct school school;
    uint8_t *plain, *words; /* secret memory, of the bare loop */
};

static double time_ours(const struct bench *bench) {
    struct workspace *workspace = school_workspace(&bench->school);
    struct opening opening;
    struct batch_list batches;
    double before = figures_cpu();
    school_merge(&bench->school, workspace);
    school_well(opening_init(&opening, workspace, bench->school.sample->round, bench->school.closing),
                "opening");
    school_well(batch_derive(&batches, bench->school.sample->round, bench->school.closing, NULL, 0),
                "batches");
    struct aggregate_sums sums[2];
    struct opening_holder holder[2];
    for (int i = 0; i < 2; i++) {
        holder[i] = (struct opening_holder){.number = i,
                                            .key = &bench->school.key[i],
                                            .sign_secret = bench->school.sample->sign_secret[i],
                                            .ledger_path = ""};
    }
    school_well(aggregate_add(sums, &opening, &batches,
                              (const struct opening_holder *const[]){&holder[0], &holder[1]}, 2),
                "sums");
    aggregate_sums_release(&sums[0]);
    aggregate_sums_release(&sums[1]);
    double spent = figures_cpu() - before;
    batch_list_release(&batches);
    opening_release(&opening);
    workspace_close(workspace);
    return spent;
}

/* One bundle's records, opened by both and expanded. */
static void open_bare(const struct bench *bench, struct bytes bundle) {
    static const uint8_t nonce[crypto_stream_chacha20_ietf_NONCEBYTES] = {0};
    uint32_t counters = bench->school.sample->layout.counter_count;
    bool committed = contribution_layout_commits(&bench->school.sample->layout);
    size_t sealed1 = contribution_sealed1_bytes(committed);
    size_t sealed2 = contribution_sealed2_bytes(counters, committed);
    const uint8_t *at = bundle.data + bundle.size - SCHOOL_PER_BUNDLE * (sealed1 + sealed2);
    for (int j = 0; j < SCHOOL_PER_BUNDLE; j++, at += sealed1 + sealed2) {
        int bad = crypto_box_seal_open(bench->plain, at, sealed1, bench->school.key[0].public_key,
                                       bench->school.key[0].secret_key);
        crypto_stream_chacha20_ietf(bench->words, 4ull * counters, nonce,
                                    bench->plain + CONTRIBUTION_HEAD_BYTES);
        bad |= crypto_box_seal_open(bench->plain, at + sealed1, sealed2, bench->school.key[1].public_key,
                                    bench->school.key[1].secret_key);
        thousand_must(!bad, "it does not open");
    }
}

/*
 * Reading is not timed here, and nothing is kept, so that the peak of memory is that of merging and opening.
 */
static double time_bare(const struct bench *bench) {
    double spent = 0;
    char path[128];
    for (uint32_t i = 0; i < bench->school.bundles; i++) {
        struct bytes_buffer content = {0};
        school_path(path, &bench->school, i);
        school_well(file_read(&content, path, SIZE_MAX), "file");
        double before = figures_cpu();
        open_bare(bench, bytes_buffer_view(&content));
        spent += figures_cpu() - before;
        bytes_buffer_release(&content);
    }
    return spent;
}

static void measure(struct bench *bench) {
    char name[64];
    double ratio[FIGURES_ROUNDS], ours[FIGURES_ROUNDS];
    uint32_t records = bench->school.bundles * SCHOOL_PER_BUNDLE;
    school_close(&bench->school);
    for (int i = 0; i < FIGURES_ROUNDS; i++) {
        double bare = i % 2 ? time_bare(bench) : 0;
        ours[i] = time_ours(bench);
        bare = i % 2 ? bare : time_bare(bench);
        ratio[i] = ours[i] / bare;
    }
    printf("%u records of %u counters, merged and opened by both: %.1f microseconds each\n",
           (unsigned)records, (unsigned)bench->school.sample->layout.counter_count,
           figures_median(ours) / records * 1e6);
    snprintf(name, sizeof name, "merge_of_%u", (unsigned)records);
    figures_print(name, figures_median(ratio), "ratio", 1.30);
    snprintf(name, sizeof name, "merge_memory_of_%u", (unsigned)records);
    figures_print(name, figures_peak_memory(), "MB", 64);
}

int main(void) {
    static struct bench bench;
    thousand_must(sodium_init() >= 0, "no libsodium");
    school_new(&bench.school, 8 * SCHOOL_PER_BUNDLE);
    void *memory = NULL;
    size_t sealed2 = contribution_sealed2_bytes(bench.school.sample->layout.counter_count, true);
    school_well(secret_new(&memory, 2 * sealed2), "memory");
    bench.plain = memory;
    bench.words = bench.plain + sealed2;
    school_add(&bench.school, 1000 / SCHOOL_PER_BUNDLE);
    measure(&bench);
    school_add(&bench.school, 10000 / SCHOOL_PER_BUNDLE);
    measure(&bench);
    char path[128];
    snprintf(path, sizeof path, "%s/workspace", bench.school.folder);
    school_remove(path);
    school_remove(bench.school.folder);
    return 0;
}
