/* SPDX-License-Identifier: Apache-2.0 */
#define _DEFAULT_SOURCE /* mkdtemp */
#include "school.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "aggregator/closing_draft.h"
#include "aggregator/merge.h"
#include "core/secret.h"
#include "platform/file.h"
#include "platform/folder.h"
#include "tests/sample_questionnaire.h"
#include "thousand.h"

void school_well(enum fault fault, const char *what) {
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
        school_well(layout_derive(&sample->layout, round->questionnaire), "layout");
    }
    school_well(questionnaire_digest(round->questionnaire_digest, round->questionnaire), "digest");
    memcpy(round->layout_digest, sample->layout.digest, DIGEST_BYTES);
    school_well(sample_round_sign_again(sample), "round");
}

void school_new(struct school *school, uint16_t heads) {
    school->heads = heads;
    static char labels[SCHOOL_CLASSES][8];
    struct sample_class classes[SCHOOL_CLASSES];
    for (int i = 0; i < SCHOOL_CLASSES; i++) {
        snprintf(labels[i], sizeof labels[i], "%c%d", 'A' + i % 6, i / 6);
        classes[i] = (struct sample_class){labels[i], (uint16_t)(1u << i % 6), school->heads, 0};
    }
    school->sample = sample_round_new(classes, SCHOOL_CLASSES, 4);
    enlarge(school->sample);
    for (int i = 0; i < 2; i++) {
        school_well(unseal_key_new(&school->key[i], school->sample->round->holder[i].box_key,
                                   school->sample->box_secret[i]),
                    "key");
    }
    snprintf(school->folder, sizeof school->folder, "/tmp/klankbord-bench-XXXXXX");
    thousand_must(mkdtemp(school->folder) != NULL, "folder");
}

void school_path(char path[128], const struct school *school, uint32_t bundle) {
    snprintf(path, 128, "%s/%03u.klb", school->folder, (unsigned)bundle);
}

void school_add(struct school *school, uint32_t until) {
    static uint64_t chance = 1;
    char path[128];
    for (; school->bundles < until; school->bundles++) {
        struct bytes_buffer bundle = {0};
        sample_bundle(&bundle, school->sample, (uint16_t)(school->bundles % SCHOOL_CLASSES + 1),
                      (uint16_t)(school->bundles % 4), SCHOOL_PER_BUNDLE, &chance, NULL);
        school_path(path, school, school->bundles);
        school_well(file_write(path, bytes_buffer_view(&bundle), FILE_PRIVATE), "file");
        bytes_buffer_release(&bundle);
    }
}

void school_remove(const char *folder) {
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

struct workspace *school_workspace(const struct school *school) {
    struct workspace *workspace = NULL;
    char path[128];
    snprintf(path, sizeof path, "%s/workspace", school->folder);
    school_remove(path);
    school_well(workspace_open(&workspace, path, school->sample->round), "workspace");
    return workspace;
}

void school_merge(const struct school *school, struct workspace *workspace) {
    struct merge_totals totals = {0};
    school_well(merge_path(&totals, workspace, school->sample->round, school->sample->layout.counter_count,
                           school->folder, NULL, NULL),
                "merge");
    thousand_must(totals.added == school->bundles, "bundles are missing");
}

/* The closing list is people's work and made once; it is not timed. */
void school_close(struct school *school) {
    struct workspace *workspace = school_workspace(school);
    struct workspace_inventory inventory;
    struct closing_draft draft;
    school_merge(school, workspace);
    school_well(workspace_list(&inventory, workspace), "list");
    school_well(closing_draft_make(&draft, &inventory, school->sample->round, NULL, NULL, 0), "draft");
    for (int i = 0; i < 2; i++) {
        school_well(closing_sign(draft.closing, school->sample->round, i, school->sample->sign_secret[i]),
                    "sign");
    }
    closing_free(school->closing);
    school->closing = draft.closing;
    draft.closing = NULL;
    closing_draft_release(&draft);
    workspace_inventory_release(&inventory);
    workspace_close(workspace);
}
