/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From bundle files to both key holders' sums: reading the files, verifying, the workspace, verifying again,
 * opening and adding; against a bare loop of crypto_box_seal_open for both shares and the expansion of the
 * seed, over the same records. Bundles of 25, some 1,000 counters.
 */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aggregator/aggregate.h"
#include "aggregator/closing_draft.h"
#include "aggregator/merge.h"
#include "core/secret.h"
#include "figures.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "tests/sample_questionnaire.h"
#include "tests/sample_round.h"
#include "thousand.h"

enum { CLASSES = 40, PER_BUNDLE = 25, BUNDLES = 400 };

struct bench {
    struct sample_round *sample;
    struct unseal_key key[2];
    char folder[64];
    uint32_t bundles;
    struct closing *closing;
    uint8_t *plain, *words; /* secret memory, of the bare loop */
};

static void well(enum fault fault, const char *what) {
    thousand_must(fault == FAULT_NONE, what);
}

/* The sample round with a questionnaire of about 1,000 counters. */
static void enlarge(struct sample_round *sample) {
    struct round *round = sample->round;
    for (uint64_t seed = 0; sample->layout.counter_count < 980 || sample->layout.counter_count > 1020;
         seed++) {
        layout_release(&sample->layout);
        questionnaire_free(round->questionnaire);
        round->questionnaire = sample_questionnaire_random(seed);
        well(layout_derive(&sample->layout, round->questionnaire), "layout");
    }
    well(questionnaire_digest(round->questionnaire_digest, round->questionnaire), "digest");
    memcpy(round->layout_digest, sample->layout.digest, DIGEST_BYTES);
    well(sample_round_sign_again(sample), "round");
}

static void make_school(struct bench *bench) {
    static char labels[CLASSES][8];
    struct sample_class classes[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
        snprintf(labels[i], sizeof labels[i], "%c%d", 'A' + i % 6, i / 6);
        classes[i] =
            (struct sample_class){labels[i], (uint16_t)(1u << i % 6), BUNDLES / CLASSES * PER_BUNDLE, 0};
    }
    bench->sample = sample_round_new(classes, CLASSES, 4);
    enlarge(bench->sample);
    for (int i = 0; i < 2; i++) {
        well(unseal_key_new(&bench->key[i], bench->sample->round->holder[i].box_key,
                            bench->sample->box_secret[i]),
             "key");
    }
    void *memory = NULL;
    well(secret_new(&memory, 2 * contribution_sealed2_bytes(bench->sample->layout.counter_count)), "memory");
    bench->plain = memory;
    bench->words = bench->plain + contribution_sealed2_bytes(bench->sample->layout.counter_count);
    snprintf(bench->folder, sizeof bench->folder, "/tmp/klankbord-bench-XXXXXX");
    thousand_must(mkdtemp(bench->folder) != NULL, "folder");
}

static void path_of(char path[128], const struct bench *bench, uint32_t bundle) {
    snprintf(path, 128, "%s/%03u.klb", bench->folder, (unsigned)bundle);
}

static void add_bundles(struct bench *bench, uint32_t until) {
    static uint64_t chance = 1;
    char path[128];
    for (; bench->bundles < until; bench->bundles++) {
        struct bytes_buffer bundle = {0};
        sample_bundle(&bundle, bench->sample, (uint16_t)(bench->bundles % CLASSES + 1),
                      (uint16_t)(bench->bundles % 4), PER_BUNDLE, &chance, NULL);
        path_of(path, bench, bench->bundles);
        well(file_write(path, bytes_buffer_view(&bundle), FILE_PRIVATE), "file");
        bytes_buffer_release(&bundle);
    }
}

static void remove_folder(const char *folder) {
    struct folder_names names = {0};
    char path[256];
    if (folder_list(&names, folder, "") == FAULT_NONE) {
        for (size_t i = 0; i < names.count; i++) {
            snprintf(path, sizeof path, "%s/%s", folder, names.names[i]);
            (void)unlink(path);
        }
    }
    folder_names_release(&names);
    (void)rmdir(folder);
}

static struct workspace *fresh_workspace(const struct bench *bench) {
    struct workspace *workspace = NULL;
    char path[128];
    snprintf(path, sizeof path, "%s/workspace", bench->folder);
    remove_folder(path);
    well(workspace_open(&workspace, path, bench->sample->round), "workspace");
    return workspace;
}

static void merge(const struct bench *bench, struct workspace *workspace) {
    struct merge_totals totals = {0};
    well(merge_path(&totals, workspace, bench->sample->round, bench->sample->layout.counter_count,
                    bench->folder, NULL, NULL),
         "merge");
    thousand_must(totals.added == bench->bundles, "bundles are missing");
}

/* The closing list is people's work and made once; it is not timed. */
static void close_round(struct bench *bench) {
    struct workspace *workspace = fresh_workspace(bench);
    struct workspace_inventory inventory;
    struct closing_draft draft;
    merge(bench, workspace);
    well(workspace_list(&inventory, workspace), "list");
    well(closing_draft_make(&draft, &inventory, bench->sample->round, NULL, NULL, 0), "draft");
    for (int i = 0; i < 2; i++) {
        well(closing_sign(draft.closing, bench->sample->round, i, bench->sample->sign_secret[i]), "sign");
    }
    closing_free(bench->closing);
    bench->closing = draft.closing;
    draft.closing = NULL;
    closing_draft_release(&draft);
    workspace_inventory_release(&inventory);
    workspace_close(workspace);
}

static double time_ours(const struct bench *bench) {
    struct workspace *workspace = fresh_workspace(bench);
    struct opening opening;
    struct batch_list batches;
    double before = figures_cpu();
    merge(bench, workspace);
    well(opening_init(&opening, workspace, bench->sample->round, bench->closing), "opening");
    well(batch_derive(&batches, bench->sample->round, bench->closing, NULL, 0), "batches");
    struct aggregate_sums sums[2];
    struct opening_holder holder[2];
    for (int i = 0; i < 2; i++) {
        holder[i] = (struct opening_holder){.number = i,
                                            .key = &bench->key[i],
                                            .sign_secret = bench->sample->sign_secret[i],
                                            .ledger_path = ""};
    }
    well(aggregate_add(sums, &opening, &batches,
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
    uint32_t counters = bench->sample->layout.counter_count;
    size_t sealed2 = contribution_sealed2_bytes(counters);
    const uint8_t *at = bundle.data + bundle.size - PER_BUNDLE * (CONTRIBUTION_SEALED1_BYTES + sealed2);
    for (int j = 0; j < PER_BUNDLE; j++, at += CONTRIBUTION_SEALED1_BYTES + sealed2) {
        int bad = crypto_box_seal_open(bench->plain, at, CONTRIBUTION_SEALED1_BYTES, bench->key[0].public_key,
                                       bench->key[0].secret_key);
        crypto_stream_chacha20_ietf(bench->words, 4ull * counters, nonce,
                                    bench->plain + CONTRIBUTION_HEAD_BYTES);
        bad |= crypto_box_seal_open(bench->plain, at + CONTRIBUTION_SEALED1_BYTES, sealed2,
                                    bench->key[1].public_key, bench->key[1].secret_key);
        thousand_must(!bad, "it does not open");
    }
}

/* Reading is not timed here, and nothing is kept, so that the peak of memory is that of merging and opening. */
static double time_bare(const struct bench *bench) {
    double spent = 0;
    char path[128];
    for (uint32_t i = 0; i < bench->bundles; i++) {
        struct bytes_buffer content = {0};
        path_of(path, bench, i);
        well(file_read(&content, path, SIZE_MAX), "file");
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
    uint32_t records = bench->bundles * PER_BUNDLE;
    close_round(bench);
    for (int i = 0; i < FIGURES_ROUNDS; i++) {
        double bare = i % 2 ? time_bare(bench) : 0;
        ours[i] = time_ours(bench);
        bare = i % 2 ? bare : time_bare(bench);
        ratio[i] = ours[i] / bare;
    }
    printf("%u records of %u counters, merged and opened by both: %.1f microseconds each\n",
           (unsigned)records, (unsigned)bench->sample->layout.counter_count,
           figures_median(ours) / records * 1e6);
    snprintf(name, sizeof name, "merge_of_%u", (unsigned)records);
    figures_print(name, figures_median(ratio), "ratio", 1.30);
    snprintf(name, sizeof name, "merge_memory_of_%u", (unsigned)records);
    figures_print(name, figures_peak_memory(), "MB", 64);
}

int main(void) {
    static struct bench bench;
    thousand_must(sodium_init() >= 0, "no libsodium");
    make_school(&bench);
    add_bundles(&bench, 1000 / PER_BUNDLE);
    measure(&bench);
    add_bundles(&bench, 10000 / PER_BUNDLE);
    measure(&bench);
    char path[128];
    snprintf(path, sizeof path, "%s/workspace", bench.folder);
    remove_folder(path);
    remove_folder(bench.folder);
    return 0;
}
